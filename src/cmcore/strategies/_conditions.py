"""Strategies for labels, vocabularies and the conditions that read them."""

from datetime import timedelta
from typing import Any, Final

from hypothesis import strategies as st

from cmcore.foundation.frozen import FrozenMap
from cmcore.nouns.conditions import (
    ALWAYS,
    NEVER,
    TAKES,
    All,
    AnyOf,
    AtLeast,
    Condition,
    Hours,
    Not,
    Op,
    Quiet,
    Range,
    Rate,
    Test,
)
from cmcore.nouns.facts import (
    BUILTIN,
    KINDS,
    MEASURES,
    SAME,
    FactSpec,
    FactType,
    Label,
    Vocabulary,
)
from cmcore.strategies._words import (
    HAS_PATTERNS,
    PATTERNS,
    SYMBOLS,
    ZONES,
    durations,
    instants,
    names,
    numbers,
    rarely,
    sampled,
    weeks,
    windows,
    word_lists,
)

USUAL: Final = Vocabulary(
    {
        "price_claim": Label(FactType.FLAG),
        "tone": Label(FactType.SYMBOL, {"calm", "angry"}),
        "promises": Label(FactType.SYMBOLS),
        "risk": Label(FactType.NUMBER),
    },
    {"launch"},
)
"""A vocabulary with a few labels and an event, for those who ask for none."""

_CLOSED: Final = frozenset({FactType.SYMBOL, FactType.SYMBOLS})


def labels() -> st.SearchStrategy[Label]:
    """Return a strategy for labels of every type, with and without a list of values."""
    about = rarely(st.just(""), sampled(["the tone", "le ton : juste"]))
    plain = sampled([kind for kind in FactType if kind is not FactType.LOG])
    values = st.frozensets(sampled(SYMBOLS), min_size=1, max_size=3)
    return st.one_of(
        st.builds(Label, plain, about=about),
        st.builds(Label, sampled(sorted(_CLOSED)), values, about=about),
    )


def vocabularies() -> st.SearchStrategy[Vocabulary]:
    """Return a strategy for the facts of a charter: up to four labels and two events."""
    events = st.frozensets(sampled(["launch", "fête", "outage"]), max_size=2)
    declared = st.dictionaries(names(), labels(), max_size=4).map(FrozenMap)
    return st.builds(Vocabulary, declared, events)


def tests_(vocabulary: Vocabulary = USUAL) -> st.SearchStrategy[Test]:
    """Return a strategy for tests that a charter with `vocabulary` may make, of every op.

    Patterns come up where google-re2 is installed.
    """
    declared = [*vocabulary.labels, *(f"since.{event}" for event in sorted(vocabulary.events))]
    groups = [sampled(declared)] if declared else []
    groups += [
        sampled(_OF_THE_ACT),
        sampled(_AROUND),
        sampled(_measures(vocabulary)),
        st.builds("".join, st.tuples(st.just("recent."), _LOGGED, _NARROWED)),
    ]
    return st.one_of(groups).flatmap(lambda name: _tests_of(vocabulary, name))


_OF_THE_ACT: Final = [name for name in BUILTIN if BUILTIN[name].source == "act" and "." not in name]
_AROUND: Final = [name for name in BUILTIN if name not in _OF_THE_ACT]
_LOGGED: Final = sampled(["publish", "any", "reply", *KINDS])
_NARROWED: Final = rarely(st.just(""), sampled(SAME).map(".{}".format))


def _measures(vocabulary: Vocabulary) -> list[str]:
    bases = [vocabulary.find(name) for name in (*BUILTIN, *vocabulary.labels)]
    return [f"{spec.name}.{m}" for spec in bases if spec for m in MEASURES.get(spec.type, {})]


tests_.__test__ = False  # type: ignore[attr-defined]


def _tests_of(vocabulary: Vocabulary, name: str) -> st.SearchStrategy[Test]:
    spec = vocabulary.find(name)
    if spec is None:  # pragma: no cover - every name comes from the vocabulary itself
        raise LookupError(name)
    ops = [op for op in TAKES[spec.type] if op is not Op.MATCHES or HAS_PATTERNS]
    return sampled(ops).flatmap(lambda op: st.builds(Test, *map(st.just, (name, op)), _asked(spec, op)))


def symbols_of(spec: FactSpec) -> list[str]:
    """Return the words that a fact may read, or a few of them where its values are open."""
    return sorted(spec.values) if spec.values is not None else list(SYMBOLS)


def scalars(kind: FactType) -> st.SearchStrategy[Any]:
    """Return a strategy for the values of a fact that is a number, a duration or an instant."""
    made: dict[FactType, st.SearchStrategy[Any]] = {
        FactType.NUMBER: numbers(),
        FactType.DURATION: durations(timedelta(days=-1)),
        FactType.INSTANT: instants(),
    }
    return made[kind]


def _asked(spec: FactSpec, op: Op) -> st.SearchStrategy[Any]:
    """Return a strategy for what `op` may ask of the fact."""
    if op is Op.PRESENT or spec.type is FactType.FLAG:
        return st.booleans()
    if spec.type is FactType.LOG:
        rates = st.builds(Rate, st.integers(0, 3), windows())
        return rates if op is not Op.AT_LEAST else st.one_of(rates, st.builds(Quiet, windows()))
    if op in _BY_OP:
        return _BY_OP[op]
    if spec.type in _CLOSED:
        words = sampled(symbols_of(spec))
        return words if op is Op.IS else st.frozensets(words, min_size=1, max_size=3)
    one = scalars(spec.type)
    return st.tuples(one, one).map(_range) if op is Op.BETWEEN else one


_BY_OP: Final[dict[Op, st.SearchStrategy[Any]]] = {
    Op.MENTIONS: word_lists(),
    Op.MATCHES: sampled(PATTERNS),
    Op.DURING: st.builds(Hours, weeks(), st.none() | sampled(ZONES)),
}


def _range(pair: tuple[Any, Any]) -> Range:
    return Range(min(pair), max(pair))


def conditions(vocabulary: Vocabulary = USUAL, max_depth: int = 2) -> st.SearchStrategy[Condition]:
    """Return a strategy for conditions over `vocabulary`, of at most `max_depth` levels above tests.

    Always and never come up too.
    """
    return nested(tests_(vocabulary), max_depth)


def nested(leaves: st.SearchStrategy[Test], max_depth: int) -> st.SearchStrategy[Condition]:
    """Return a strategy for conditions made of the tests of `leaves`."""
    made: st.SearchStrategy[Condition] = leaves
    for _ in range(max_depth):
        many = st.lists(made, min_size=1, max_size=3)
        made = st.one_of(
            leaves,
            st.builds(All, many),
            st.builds(AnyOf, many),
            st.builds(Not, made),
            many.flatmap(_some_of),
            st.sampled_from([ALWAYS, NEVER]),
        )
    return made


def _some_of(parts: list[Condition]) -> st.SearchStrategy[AtLeast]:
    return st.integers(1, len(parts)).map(lambda count: AtLeast(count, parts))
