"""What a charter reads, and which values its tests name, so that drawn acts can meet them."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, Final

from attrs import field, frozen
from hypothesis import strategies as st

from cmcore.foundation.frozen import FrozenMap
from cmcore.foundation.words import WordList
from cmcore.nouns.charter import Charter
from cmcore.nouns.conditions import Quiet, Range, Rate, Test, tests
from cmcore.nouns.facts import BUILTIN, KINDS, SAME, FactSpec, FactType, Label, Vocabulary
from cmcore.strategies._conditions import scalars, symbols_of
from cmcore.strategies._words import SYMBOLS, days, instants, rarely, sampled, texts

#: What the acts of a log must have in common -> the facts it is told from.
_SHARED: Final = {
    **{f"same_{name}": (name,) for name in ("network", "account", "author", "language", "template")},
    "same_topic": ("topics",),
    "same_link": ("text", "links"),
    "same_person": ("in_reply_to.author", "target.author"),
}
_FROM_TEXT: Final = frozenset({"links", "hashtags", "mentions"})


@frozen
class Reads:
    """The facts that matter, each with the operands of the tests made on it.

    `shared` are those that tell whether earlier acts are alike; `kinds`, the kinds of act logged.
    """

    vocabulary: Vocabulary
    named: FrozenMap[tuple[Any, ...]]
    shared: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    windows: tuple[timedelta, ...] = ()
    days: frozenset[date] = field(default=frozenset())

    def __contains__(self, name: str) -> bool:
        return name in self.named

    def below(self, head: str) -> list[str]:
        """Return what is read under `head`, as in `in_reply_to.` followed by a name, sorted."""
        return [name.removeprefix(head) for name in self.named if name.startswith(head)]


def everything(vocabulary: Vocabulary) -> Reads:
    """Return the reads of one who reads every fact there is, and names no value."""
    names = [*BUILTIN, *vocabulary.labels, *(f"since.{event}" for event in vocabulary.events)]
    shared = frozenset(name for same in SAME for name in _SHARED[same])
    windows = (timedelta(hours=1), timedelta(days=1))
    return Reads(vocabulary, FrozenMap(dict.fromkeys([*names, "earlier"], ())), shared,
                 frozenset(KINDS), windows)  # fmt: skip


def reads(charter: Charter) -> Reads:
    """Return what `charter` reads."""
    terms = [charter.term, *(rule.term for rule in charter.rules)]
    bounds = frozenset(day for t in terms for day in (t.since, t.through) if day is not None)
    named: dict[str, tuple[Any, ...]] = {"at": ()} if bounds else {}
    shared: set[str] = set()
    kinds: set[str] = set()
    windows: list[timedelta] = []
    for test in _asked(charter):
        for name in _bases(test.fact, charter.vocabulary):
            told = (test.operand,) if name == test.fact else ()
            named[name] = (*named.get(name, ()), *told)
        if isinstance(test.operand, Rate | Quiet):
            operand = test.operand
            windows.append(operand.within if isinstance(operand, Rate) else operand.since)
        if test.fact.startswith("recent."):
            _, kind, *same = test.fact.split(".")
            kinds.add(kind)
            shared.update(name for one in same for name in _SHARED[one])
    for name in shared:
        named.setdefault(name, ())
    known = kinds & set(KINDS) or {"publish"}
    return Reads(charter.vocabulary, FrozenMap(named), frozenset(shared), frozenset(known),
                 tuple(windows), bounds)  # fmt: skip


def _asked(charter: Charter) -> Iterator[Test]:
    yield from tests(charter.scope.condition())
    for rule in charter.rules:
        yield from tests(rule.when)


def _bases(name: str, vocabulary: Vocabulary) -> list[str]:
    """Return the facts of an act and its context that the fact `name` is computed from."""
    head, _, rest = name.partition(".")
    if head == "recent":
        return ["at", "earlier"]
    if head == "local":
        return ["at"]
    if name == "holiday" or head == "since" or rest == "age":
        return ["at", name]
    if name in BUILTIN or name in vocabulary.labels:
        base = "links" if name == "hosts" else name
        return ["text", base] if base in _FROM_TEXT else [base]
    return _bases(name.rpartition(".")[0], vocabulary)


def values(of: Reads, name: str) -> st.SearchStrategy[Any]:
    """Return a strategy for the values of the fact `name`, those that tests name being likely."""
    spec = of.vocabulary.find(name)
    named = of.named.get(name, ())
    if spec is None:  # pragma: no cover - only facts of the vocabulary are asked for
        raise LookupError(name)
    if spec.type is FactType.FLAG:
        return st.booleans()
    if spec.type is FactType.TEXT:
        lists = [words for words in named if isinstance(words, WordList)]
        return texts(entry for words in lists for entry in (*words.entries, *words.exceptions))
    if spec.type in {FactType.SYMBOL, FactType.SYMBOLS}:
        words = sampled([*_words(spec, named), *symbols_of(spec)])
        return words if spec.type is FactType.SYMBOL else st.frozensets(words, max_size=3)
    near = [limit for operand in named for limit in _limits(operand, spec)]
    free = scalars(spec.type)
    return st.one_of(sampled(near), free) if near else free


def _words(spec: FactSpec, named: tuple[Any, ...]) -> list[str]:
    sets = [word for operand in named if isinstance(operand, frozenset) for word in operand]
    alone = [operand for operand in named if isinstance(operand, str)]
    return sorted({word for word in (*sets, *alone) if spec.values is None or word in spec.values})


def _limits(operand: object, spec: FactSpec) -> Iterator[Any]:
    """Yield the bounds that an operand names, and what lies just below and above them."""
    step: Any = 1 if spec.type is FactType.NUMBER else timedelta(minutes=1)
    if isinstance(operand, Range):
        yield from (operand.low, operand.low - step, operand.high, operand.high + step)
    elif isinstance(operand, int | float | timedelta | datetime) and not isinstance(operand, bool):
        yield from (operand, operand - step, operand + step)


def moments(of: Reads) -> st.SearchStrategy[datetime]:
    """Return a strategy for the moment of an act: near the days and instants that are named."""
    from datetime import UTC, time

    bounds = [datetime.combine(day, time(12), UTC) for day in sorted(of.days)]
    steps = [timedelta(0), timedelta(days=1), timedelta(days=-1)]
    near = [*(bound + step for bound in bounds for step in steps), *_instants(of)]
    return rarely(sampled(near), instants()) if near else instants()


def _instants(of: Reads) -> list[datetime]:
    spec = of.vocabulary.find("at")
    named = of.named.get("at", ())
    return [limit for operand in named for limit in _limits(operand, spec)] if spec else []


def ill_typed() -> st.SearchStrategy[Any]:
    """Return a strategy for values a label may be given, of any type at all."""
    return st.one_of(
        st.booleans(),
        st.integers(-2, 2),
        sampled([float("nan"), float("inf"), 0.5]),
        st.sampled_from(SYMBOLS),
        st.frozensets(st.sampled_from(SYMBOLS), max_size=2),
        st.timedeltas(timedelta(0), timedelta(days=2)),
        instants(),
        days(),
        st.frozensets(st.integers(0, 2), min_size=1, max_size=2),
    )


def usual_labels() -> FrozenMap[Label]:
    """Return the labels of acts drawn for no charter in particular."""
    from cmcore.strategies._conditions import USUAL

    return USUAL.labels
