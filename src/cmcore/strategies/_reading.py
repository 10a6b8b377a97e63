"""What a charter reads, and which values its tests name, so that drawn acts can meet them."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import chain
from typing import Any, Final

from attrs import field, frozen
from hypothesis import strategies as st

from cmcore.charters.charter import Charter
from cmcore.charters.conditions.condition import FactTest, tests
from cmcore.charters.conditions.facts import (
    BUILTIN,
    IN_TEXT,
    RUNNING,
    SAME,
    WORKED_OUT,
    FactSpec,
    FactType,
)
from cmcore.charters.conditions.forms import NORMAL
from cmcore.charters.conditions.operands import Quiet, Rate, limits
from cmcore.charters.conditions.vocabulary import Vocabulary
from cmcore.charters.kinds import KINDS, WITHOUT, undoing
from cmcore.strategies._conditions import USUAL, a_scalar
from cmcore.strategies._drawing import number, pick, rare, some
from cmcore.strategies._forms import a_word, some_words, words_of
from cmcore.strategies._words import SYMBOLS, a_day, a_duration, a_text, an_instant, on_a_clock
from cmcore.text.words import WordList
from cmcore.time.units import CalendarUnit, Window

#: What the acts of a log must have in common -> the facts it is told from.
_SHARED: Final = {
    **{f"same_{n}": (n,) for n in ("network", "account", "author", "language", "template")},
    "same_text": ("text",),
    "same_topic": ("topics",),
    "same_link": ("text", "links"),
    "same_hashtag": ("text", "hashtags"),
    "same_person": ("in_reply_to.author", "target.author", "recipient"),
    "same_message": ("in_reply_to.id", "target.id"),
}
#: What an act says, or points at: whether there is any may be a matter of its kind.
_BY_KIND: Final = frozenset({*IN_TEXT, *WITHOUT})
#: Beyond the limits of some networks, and of others.
_LONG: Final = (290, 400, 501, 2900)
_AN_HOUR: Final = timedelta(hours=1)
_AN_AGE: Final = timedelta(days=1000)
_A_BAN: Final = timedelta(days=14)


@frozen
class Reads:
    """The facts that matter, each with the operands of the tests made on it.

    `shared` are those that say whether earlier acts are alike; `kinds`, the kinds of act logged;
    `windows`, how far back they are looked for, in days of a `zone`; `days`, the first and last
    days in force. `counted` is what is read of earlier acts where a charter counts them, and
    `limited` says whether it matters how long a text is.
    """

    vocabulary: Vocabulary
    named: dict[str, list[Any]]
    shared: set[str] = field(factory=set)
    kinds: set[str] = field(factory=set)
    windows: list[Window] = field(factory=list)
    days: list[date] = field(factory=list)
    zone: str = "UTC"
    counted: "Reads | None" = None
    limited: bool = False

    def below(self, head: str) -> list[str]:
        """Return what is read under `head`, as in `in_reply_to.` followed by a name, sorted."""
        return sorted(n.removeprefix(head) for n in self.named if n.startswith(head))


@cache
def everything() -> Reads:
    """Return the reads of one who reads every fact there is, and names no value."""
    events = [f"since.{event}" for event in USUAL.events]
    names = [*BUILTIN, *USUAL.labels, *events, "earlier"]
    shared = {name for same in SAME for name in _SHARED[same]}
    return Reads(USUAL, {n: [] for n in names}, shared | {"duration"}, set(KINDS), [_AN_HOUR])


def reads(charter: Charter | None) -> Reads:
    """Return what `charter` reads; everything where there is none."""
    if charter is None:
        return everything()
    asked = [*_asked(charter)]
    limited = any(test.fact == "fits" for test in asked)
    counted = _counted(charter)
    found = Reads(charter.vocabulary, {}, zone=charter.zone, counted=counted, limited=limited)
    for test in asked:
        _note(found, test)
    for term in (charter.term, *(rule.term for rule in charter.rules)):
        found.days.extend(day for day in (term.since, term.through) if day is not None)
    for name in (*found.shared, *(["at"] if found.days else [])):
        found.named.setdefault(name, [])
    return found


def _counted(charter: Charter) -> Reads | None:
    """Return what the charter's counts read of earlier acts; None where there is no count."""
    found = Reads(charter.vocabulary, {})
    for condition in charter.counts.values():
        for test in tests(condition):
            _note(found, test)
    return found if charter.counts else None


def back(window: Window, now: datetime, zone: str) -> timedelta:
    """Return how far a window looks back."""
    if isinstance(window, CalendarUnit):
        return now - window.start(now, zone)
    return _AN_AGE if window is None else window


def _asked(charter: Charter) -> Iterator[FactTest]:
    yield from tests(charter.framed)
    for rule in charter.rules:
        yield from tests(rule.when)


def _note(found: Reads, test: FactTest) -> None:
    for name in _bases(test.fact, found.vocabulary):
        named = found.named.setdefault(name, [])
        if name == test.fact:
            named.append(test.operand)
    if isinstance(test.operand, Rate | Quiet):
        operand = test.operand
        found.windows.append(operand.within if isinstance(operand, Rate) else operand.since)
    if test.fact.startswith("recent."):
        _, kind, *same = test.fact.split(".")
        found.kinds.update({kind} & {*KINDS, *found.vocabulary.kinds})
        found.shared.update(
            name for one in same for name in _SHARED.get(one, (one.removeprefix("same_"),))
        )
    if test.fact.startswith("person."):
        begun = RUNNING[test.fact.removeprefix("person.")]
        found.kinds.update({begun}, undoing(begun))
        found.shared.update((*_SHARED["same_person"], "duration"))
        found.windows.append(_A_BAN)


def _bases(name: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the facts of an act and its context that the fact `name` is computed from."""
    head, _, rest = name.partition(".")
    if head in {"recent", "person"}:
        return ("at", "earlier")
    if head == "local":
        return ("at",)
    if name in WORKED_OUT:
        found = (_bases(base, vocabulary) for base in WORKED_OUT[name])
        return tuple(dict.fromkeys(chain.from_iterable(found)))
    base = name
    by_kind = ("kind",) if {head, base} & _BY_KIND else ()
    if name == "holiday" or head == "since" or rest == "age":
        return ("at", *by_kind, name)
    if name in BUILTIN or name in vocabulary.labels:
        return (*by_kind, "text", base) if base in IN_TEXT else (*by_kind, base)
    return _bases(name.rpartition(".")[0], vocabulary)


def a_value(draw: st.DrawFn, of: Reads, name: str) -> Any:  # noqa: ANN401 - what its type says
    """Draw a value of the fact `name`; those that tests name are likely."""
    spec = of.vocabulary.find(name)
    if spec is None:  # pragma: no cover - only facts of the vocabulary are asked for
        raise LookupError(name)
    named = of.named.get(name, [])
    if spec.type is FactType.FLAG:
        return number(draw, 0, 1) == 1
    if spec.type is FactType.TEXT:
        lists = [words for words in named if isinstance(words, WordList)]
        text = a_text(draw, (e for words in lists for e in (*words.entries, *words.exceptions)))
        is_long = of.limited and rare(draw, 3)
        return text * -(-pick(draw, _LONG) // len(text)) if is_long and text else text
    if spec.type in {FactType.SYMBOL, FactType.SYMBOLS}:
        words = (*_words(spec, named), *words_of(spec))
        is_one = spec.type is FactType.SYMBOL
        return a_word(draw, spec, words) if is_one else some_words(draw, spec, words, 0, 3)
    near = [limit for operand in named for limit in _limits(operand, spec.type)]
    near = [limit for limit in near if spec.domain.holds(limit)]
    return pick(draw, near) if near and not rare(draw, 3) else a_scalar(draw, spec)


def _words(spec: FactSpec, named: list[Any]) -> list[str]:
    sets = {word for operand in named if isinstance(operand, frozenset) for word in operand}
    alone = {operand for operand in named if isinstance(operand, str)}
    known = {w for w in sets | alone if spec.values is None or w in spec.values}
    words = sorted(word.replace("*", "a.b") for word in known)
    return [word for word in words if NORMAL[spec.domain.form][word]]  # a pattern may be none


def _limits(operand: object, kind: FactType) -> Iterator[Any]:
    """Yield the bounds that an operand names, and what lies just below and above them."""
    step: Any = 1 if kind is FactType.NUMBER else timedelta(minutes=1)
    for bound in limits(operand):
        yield from (bound, bound - step, bound + step)


def a_moment(draw: st.DrawFn, of: Reads) -> datetime:
    """Draw the moment of an act: likely near the days and instants that are named."""
    if of.days and not rare(draw, 3):
        noon = datetime.combine(pick(draw, of.days), time(12), UTC)
        return noon + timedelta(days=number(draw, -1, 1))
    return a_value(draw, of, "at")  # type: ignore[no-any-return]


def an_ill_value(draw: st.DrawFn) -> Any:  # noqa: ANN401 - of any type at all
    """Draw a value that a label may be given, most likely not of its type."""
    return pick(draw, _ANY_TYPE)(draw)


_ANY_TYPE: Final[tuple[Callable[[st.DrawFn], Any], ...]] = (
    lambda draw: number(draw, 0, 1) == 1,
    lambda draw: number(draw, -2, 2),
    lambda draw: pick(draw, (-0.5, 1e20, 0.5)),
    lambda draw: pick(draw, (*SYMBOLS, "", "“kep”")),
    lambda draw: some(draw, (*SYMBOLS, "“kep”"), 0, 2),
    lambda draw: some(draw, (0, 1, "two"), 1, 2),
    a_duration,
    lambda draw: -a_duration(draw, 1),
    lambda draw: on_a_clock(draw, an_instant(draw)),
    a_day,
)
