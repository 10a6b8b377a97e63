"""Labellers: what gives scores for labels, and the scores with their source."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from math import isfinite
from typing import Final, Protocol, SupportsFloat, cast, runtime_checkable

from attrs import field

from cmcore.base.asked import checked, each_of
from cmcore.base.errors import Problem, refuse_any
from cmcore.base.frozen import FrozenMap
from cmcore.base.ids import name_problems
from cmcore.base.values import internal, value
from cmcore.charters.act import Act

#: How many acts a labeller is given at a time.
BATCH: Final = 64
#: The kind of error of an answer that is no score, or is one too few.
_WRONG: Final = ValueError.__name__


@runtime_checkable
class Labeller(Protocol):
    """What gives acts scores for labels: the higher, the more likely the label is *yes*.

    A score is a number of any scale, and says something of the act alone: not of those beside it.
    `name` and `version` say whose scores they are: a labeller that scores otherwise than before has
    another version. `labels` are those that it gives scores for, `scores` a mapping for each act,
    in order; a label that is left out, None, or anything but a finite number is unknown.
    """

    @property
    def name(self) -> str:
        """What it is called."""
        ...

    @property
    def version(self) -> str:
        """Which version of it this is."""
        ...

    @property
    def labels(self) -> Sequence[str]:
        """The labels that it gives scores for."""
        ...

    def scores(self, acts: Sequence[Act]) -> Sequence[Mapping[str, object]]:
        """Return the scores of each act."""
        ...


def _numbers(given: Mapping[str, float]) -> FrozenMap[float]:
    return FrozenMap(given)


def _none() -> FrozenMap[float]:
    return FrozenMap()


@value
class Scores:
    """The scores of one act and whose they are; a label that is not among them is unknown.

    `failure` is the kind of error that the labeller raised instead of one, if it did.
    """

    labeller: str
    version: str
    of: FrozenMap[float] = field(factory=_none, converter=_numbers)
    failure: str | None = None

    def __attrs_post_init__(self) -> None:
        refuse_any(*(name_problems(name, "of") for name in self.of))


@internal
class Failed:
    """What stands in the place of a score where a labeller raised an error of some kind."""

    kind: str


def labeller_problems(labeller: Labeller, *path: str | int) -> Iterator[Problem]:
    """Yield what is wrong with what a labeller says of itself: its name, version and labels."""
    for key in ("name", "version"):
        yield from _words_problems(getattr(labeller, key), key, *path, key)
    labels: object = labeller.labels
    if isinstance(labels, str):
        yield Problem.of("lone-text", *path, "labels", given=labels)
    elif not isinstance(labels, Sequence):
        yield Problem.of("foreign-type", *path, "labels", kind=type(labels).__name__, wanted="list")
    elif not labels:
        yield Problem.of("empty", *path, "labels", key="labels")
    else:
        yield from _label_problems(labels, *path, "labels")


def _words_problems(given: object, key: str, *path: str | int) -> Iterator[Problem]:
    if not isinstance(given, str):
        yield Problem.of("foreign-type", *path, kind=type(given).__name__, wanted="text")
    elif not given.strip():
        yield Problem.of("empty", *path, hint="write-something", key=key)


def _label_problems(labels: Sequence[object], *path: str | int) -> Iterator[Problem]:
    for place, label in enumerate(labels):
        if not isinstance(label, str):
            kind = type(label).__name__
            yield Problem.of("foreign-type", *path, place, kind=kind, wanted="text")
        elif label in labels[:place]:
            yield Problem.of("label-twice", *path, place, label=label)
        else:
            yield from name_problems(label, *path, place)


@checked
def score(labeller: Labeller, acts: Iterable[Act]) -> tuple[Scores, ...]:
    """Return what a labeller says of each act, in order.

    It is asked for 64 acts at a time. Where it raises, or does not answer for each of them, nothing
    is known of these; no error comes through but what ends a program, as Ctrl-C does, and the
    scores say of which kind it was. What is
    given as a score and is none counts as an error.

    Raises:
        InvalidError: when the labeller has no name, version or labels that can be.

    Examples:
        >>> from cmcore import Act
        >>> from cmcore.labellers import by_words, score
        >>> insults = by_words("insult", ["idiot", "fool"], version="1")
        >>> [one.of for one in score(insults, [Act(text="You fool, you idiot!"), Act()])]
        [{'insult': 2.0}, {}]
    """
    return tuple(scored(labeller, each_of(acts, "acts", Act)))


def scored(labeller: Labeller, acts: Iterable[Act]) -> Iterator[Scores]:
    """Return what a labeller says of each act, once it says what it is.

    Raises:
        InvalidError: with all that is wrong with what it says of itself.
    """
    refuse_any(labeller_problems(labeller, "labeller"))
    return _scored(labeller, acts)


def _scored(labeller: Labeller, acts: Iterable[Act]) -> Iterator[Scores]:
    left = iter(acts)
    while some := tuple(islice(left, BATCH)):
        yield from _batch(labeller, some)


def _batch(labeller: Labeller, acts: tuple[Act, ...]) -> Iterator[Scores]:
    name, version = labeller.name, labeller.version
    try:
        found = [
            _read(one, labeller.labels) for one in islice(labeller.scores(acts), len(acts) + 1)
        ]
    except Exception as error:  # noqa: BLE001 - whatever it raises, its answer is unknown
        yield from (Scores(name, version, failure=kind_of(error)) for _ in acts)
        return
    if len(found) != len(acts):
        yield from (Scores(name, version, failure=_WRONG) for _ in acts)
        return
    yield from (Scores(name, version, of, failure) for of, failure in found)


def kind_of(error: Exception) -> str:
    """Return the kind of an error."""
    return type(error).__name__


def _read(
    given: Mapping[str, object], labels: Sequence[str]
) -> tuple[dict[str, float], str | None]:
    """Return the scores of an act, and the kind of error that stands in the place of one."""
    found: dict[str, float] = {}
    failure = None
    for label in labels:
        one = given.get(label)
        known = number(one)
        if known is not None:
            found[label] = known
        elif one is not None:
            failure = failure or (one.kind if isinstance(one, Failed) else _WRONG)
    return found, failure


def number(given: object) -> float | None:
    """Return a score as a number; None where it is none, as a text that looks like one."""
    if given is None or isinstance(given, str | bytes):
        return None
    try:
        found = float(cast("SupportsFloat", given))
    except (TypeError, ValueError, OverflowError):
        return None
    return found if isfinite(found) else None
