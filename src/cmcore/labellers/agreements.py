"""Agreement: how far two people, or more, give the same labels, beyond what chance would do."""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Any, Final

from attrs import field

from cmcore.base.asked import checked
from cmcore.base.counts import count_problems
from cmcore.base.errors import Problem, refuse_any
from cmcore.base.ids import clip, name_problems
from cmcore.base.values import value
from cmcore.charters.act import Act
from cmcore.charters.audits.cases import History
from cmcore.display.views import Line, Table, View, Viewable
from cmcore.display.wording import Language, decimal_text, percent, say, say_many
from cmcore.labellers.examples import Row, acts_of, example_problems
from cmcore.labellers.said import gathered, labelled_as, name_of, said_of


@checked
def cohen_kappa(one: Iterable[Hashable | None], other: Iterable[Hashable | None]) -> float | None:
    """Return Cohen's kappa of what two people said of the same things, in the same order.

    It is 1 where they agree on all, and 0 where they agree as often as by chance: as if each had
    said as often what they did, of whichever things. Where either said nothing, None or NaN, it
    does not count. It is None where it is undefined: nothing was said twice, or always the same.
    Yes and no are no numbers: True is not 1.

    Source: J. Cohen, A coefficient of agreement for nominal scales, 1960.

    Raises:
        InvalidError: when one of them is longer, or with everything that cannot be compared.

    Examples:
        >>> from cmcore.labellers import cohen_kappa
        >>> cohen_kappa(["yes", "yes", "no", "no"], ["yes", "no", "no", "no"])
        0.5
    """
    mine, theirs = [*one], [*other]
    refuse_any(_odd(mine, "one"), _odd(theirs, "other"), _unequal(len(mine), len(theirs)))
    pairs = [pair for pair in zip(_told(mine), _told(theirs), strict=True) if None not in pair]
    total = len(pairs)
    counts = [Counter(pair[place] for pair in pairs) for place in (0, 1)]
    by_chance = sum(count * counts[1][said] for said, count in counts[0].items())
    if by_chance == total**2:
        return None
    agreed = sum(a == b for a, b in pairs)
    return float(Fraction(agreed * total - by_chance, total**2 - by_chance))


def _told(said: Iterable[Hashable | None]) -> Iterator[Hashable | None]:
    """Yield what was said, so that a flag equals no number, and None where nothing was."""
    return (None if _is_nothing(one) else (isinstance(one, bool), one) for one in said)


def _is_nothing(one: Hashable | None) -> bool:
    """Return whether nothing was said: None, NaN, and what pandas has for it."""
    try:
        return one is None or bool(one != one)  # noqa: PLR0124 - as NaN is
    except TypeError:  # neither true nor false
        return True


def _odd(said: Iterable[object], *path: str | int) -> Iterator[Problem]:
    """Yield the problem of each thing said that cannot be compared."""
    for place, one in enumerate(said):
        try:
            hash(one)
        except TypeError:
            yield Problem.of("foreign-type", *path, place, kind=type(one).__name__, wanted="word")


def _unequal(one: int, other: int) -> Iterator[Problem]:
    if one != other:
        yield Problem.of("unequal-ratings", "other", one=one, other=other)


@checked
def krippendorff_alpha(ratings: Iterable[Sequence[Hashable | None]]) -> float | None:
    """Return Krippendorff's alpha of what several people said: for each thing, what each said.

    It is 1 where all agree, and 0 where they agree as often as if all that was said had been given
    out by chance. What is None or NaN was not said; a thing of which fewer than two spoke does not
    count. It is None where it is undefined: nothing was said twice, or always the same.

    Source: K. Krippendorff, Computing Krippendorff's alpha-reliability, 2011, for nominal data.

    Raises:
        InvalidError: with each thing of which no list says what was said, and everything that
            cannot be compared.

    Examples:
        >>> from cmcore.labellers import krippendorff_alpha
        >>> krippendorff_alpha([(True, True), (True, True), (False, False), (True, None)])
        1.0
    """
    rows = [*map(_row_of, ratings)]
    refuse_any(problem for place, each in enumerate(rows) for problem in _unlisted(each, place))
    said: Counter[Hashable] = Counter()
    apart = Fraction(0)
    for each in rows:
        told = Counter(one for one in _told(each) if one is not None)
        count = told.total()
        if count > 1:
            said += told
            apart += Fraction(count**2 - sum(n**2 for n in told.values()), count - 1)
    total = said.total()
    by_chance = total**2 - sum(n**2 for n in said.values())
    return float(1 - (total - 1) * apart / by_chance) if by_chance else None


def _row_of(each: object) -> Any:  # noqa: ANN401 - to be looked at
    """Return what several people said as a list, if it is a row of an array."""
    as_list = getattr(each, "tolist", None)
    return as_list() if callable(as_list) else each


def _unlisted(each: object, place: int) -> Iterator[Problem]:
    if isinstance(each, str):
        yield Problem.of("lone-text", "ratings", place, given=each)
    elif isinstance(each, Sequence):
        yield from _odd(each, "ratings", place)
    else:
        kind = type(each).__name__
        yield Problem.of("foreign-type", "ratings", place, kind=kind, wanted="list")


@value
class LabelAgreement:
    """How far two people agree on a label: `agreed` of the `both` acts of which both said it.

    `kappa` and `alpha` are Cohen's and Krippendorff's; None where they are undefined. `apart` names
    the acts on which they do not agree: by their ids, or by how their texts begin.
    """

    label: str
    both: int = field(default=0, kw_only=True)
    agreed: int = field(default=0, kw_only=True)
    kappa: float | None = field(default=None, kw_only=True)
    alpha: float | None = field(default=None, kw_only=True)
    apart: tuple[str, ...] = field(default=(), kw_only=True)

    def __attrs_post_init__(self) -> None:
        refuse_any(
            name_problems(self.label, "label"),
            count_problems(self.both, "both"),
            count_problems(self.agreed, "agreed", most=self.both),
        )


@value
class Agreement(Viewable):
    """How far two people agree on the labels of the same acts: what `agreement` returns.

    `alone` acts are among those of only one of them.
    """

    labels: tuple[LabelAgreement, ...] = ()
    alone: int = field(default=0, kw_only=True)

    def __attrs_post_init__(self) -> None:
        refuse_any(count_problems(self.alone, "alone"))

    def _view(self, language: Language) -> View:
        """Return the view of the agreement for a terminal or a notebook."""
        heads = ("field label", "agreed by both", "agreed on", "cohen", "krippendorff", "disputed")
        rows = tuple(_row(one, language) for one in self.labels)
        told = [say_many("labelled by one", self.alone, language)] if self.alone else []
        told += [] if self.labels else [say("labelled by none", language)]
        return View(
            title=say("agreement of two", language),
            lines=tuple(Line("", "", one) for one in told),
            tables=(Table(tuple(say(one, language) for one in heads), rows),) if rows else (),
        )


#: An act without an id goes by so much of its text.
_LONGEST: Final = 40
#: How many of the acts on which two people do not agree are shown.
_SHOWN: Final = 5


def _row(one: LabelAgreement, language: Language) -> tuple[str, ...]:
    share = percent(one.agreed / one.both if one.both else None, language)
    rates = ("–" if rate is None else decimal_text(rate, language, ".2f")
             for rate in (one.kappa, one.alpha))  # fmt: skip
    more = ("…",) if len(one.apart) > _SHOWN else ()
    return one.label, str(one.both), share, *rates, ", ".join((*one.apart[:_SHOWN], *more))


@checked
def agreement(one: History, other: History) -> Agreement:
    """Return how far two people agree on the labels that they put on the same acts.

    Acts are the same by their ids, or by their content where they have none. What a person said has
    no value, they said as well.

    Raises:
        InvalidError: with every row that cannot be read, every id that comes again, every label of
            an act without an id that one person said to be different things, and everything that
            is neither yes nor no of a label that is one of these elsewhere.

    Examples:
        >>> from cmcore import Act
        >>> from cmcore.labellers import agreement
        >>> ana = [Act(id=f"{n}", labels={"promise": n < 2}) for n in range(4)]
        >>> bo = [Act(id=f"{n}", labels={"promise": n < 1}) for n in range(4)]
        >>> print(agreement(ana, bo))
        agreement of two people
        <BLANKLINE>
          label    said by both  the same  Cohen's kappa  Krippendorff's alpha  not the same
          promise  4             75.0%     0.50           0.53                  1
    """
    rows = {"one": [*one], "other": [*other]}
    flags = _flags(row for many in rows.values() for row in many)
    refuse_any(
        *(example_problems(many, name, flags) for name, many in rows.items()),
        *(gathered(acts_of(many), name)[1] for name, many in rows.items()),
    )
    mine, theirs = map(_by_name, rows.values())
    shared = [name for name in mine if name in theirs]
    sides = [[found[name] for name in shared] for found in (mine, theirs)]
    labels = sorted({label for acts in sides for act in acts for label in said_of(act)})
    return Agreement(
        tuple(found for label in labels if (found := _of_label(label, shared, *sides)).both),
        alone=len(mine.keys() ^ theirs.keys()),
    )


def _flags(rows: Iterable[Row]) -> frozenset[str]:
    """Return the labels of which somebody says yes or no."""
    told = (pair for act in acts_of(rows) for pair in act.labels.items())
    return frozenset(label for label, one in told if isinstance(one, bool))


def _by_name(rows: Iterable[Row]) -> dict[str, Act]:
    """Return acts by what they are the same by, with all that was said of each."""
    found: dict[str, Act] = {}
    for act in acts_of(rows):
        found[name_of(act)] = labelled_as(act, said_of(found.get(name_of(act), Act())))
    return found


def _shown_as(act: Act) -> str:
    """Return what people know an act by: its id, or how its text begins."""
    return act.id or clip(act.text or act.digest(), _LONGEST)


def _of_label(
    label: str, names: Sequence[str], one: Sequence[Act], other: Sequence[Act]
) -> LabelAgreement:
    said = [[said_of(act).get(label) for act in acts] for acts in (one, other)]
    pairs = [(name, a, b) for name, a, b in zip(names, *said, strict=True)
             if a is not None and b is not None]  # fmt: skip
    shown = dict(zip(names, map(_shown_as, one), strict=True))
    apart = tuple(shown[name] for name, a, b in pairs if a != b)
    return LabelAgreement(
        label,
        both=len(pairs),
        agreed=len(pairs) - len(apart),
        kappa=cohen_kappa(*said),
        alpha=krippendorff_alpha(zip(*said, strict=True)),
        apart=apart,
    )
