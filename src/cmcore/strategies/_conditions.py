"""Strategies for labels, vocabularies and the conditions that read them."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, Final

from hypothesis import strategies as st

from cmcore.base.errors import InvalidError
from cmcore.charters.conditions.condition import (
    ALWAYS,
    NEVER,
    All,
    AnyOf,
    AtLeast,
    Condition,
    FactTest,
    Not,
)
from cmcore.charters.conditions.counts import KEPT
from cmcore.charters.conditions.facts import (
    BUILTIN,
    LABEL_TYPES,
    MEASURES,
    WORDED,
    FactSpec,
    FactType,
    Label,
)
from cmcore.charters.conditions.fit import fit_problems
from cmcore.charters.conditions.forms import Form
from cmcore.charters.conditions.operands import ENDS, Hours, OperandKind, Quiet, Range, Rate
from cmcore.charters.conditions.operators import PATTERNED, TAKES, Op
from cmcore.charters.conditions.vocabulary import Vocabulary
from cmcore.charters.kinds import KINDS, OwnKind
from cmcore.strategies._drawing import number, pick, rare, several, some
from cmcore.strategies._forms import a_word, some_words, words_of
from cmcore.strategies._words import (
    HAS_PATTERNS,
    PATTERNS,
    SYMBOLS,
    ZONES,
    a_duration,
    a_name,
    a_number,
    a_week,
    a_word_list,
    an_instant,
    on_a_clock,
)
from cmcore.time.units import CalendarUnit, Window

#: A vocabulary with a few labels and an event, for those who ask for none.
USUAL: Final = Vocabulary(
    {
        "price_claim": Label(FactType.FLAG),
        "tone": Label(FactType.SYMBOL, {"calm", "angry"}),
        "promises": Label(FactType.SYMBOLS),
        "risk": Label(FactType.NUMBER),
    },
    {"launch"},
)

_COUNTS: Final = ("own-posts", "promotions")
_EVENTS: Final = ("launch", "fête", "outage")
_OF_THE_ACT: Final = tuple(n for n in BUILTIN if BUILTIN[n].source == "act" and "." not in n)
_AROUND: Final = (*(n for n in BUILTIN if n not in _OF_THE_ACT), "at")
OWN_KINDS: Final = {
    "open-account": OwnKind("Open an account", "Ouvrir un compte", silent=True),
    "ask-to-edit": OwnKind("Ask somebody to edit", "Demander une modification"),
    "keep-copy": OwnKind("Keep a copy", "Garder une copie", like="hide"),
}
_LOGGED: Final = ("publish", "any", *KINDS)
_OPS: Final = {
    kind: tuple(op for op in ops if op not in PATTERNED or HAS_PATTERNS)
    for kind, ops in TAKES.items()
}
_SCALARS: Final[dict[FactType, Callable[[st.DrawFn], Any]]] = {
    FactType.NUMBER: a_number,
    FactType.DURATION: lambda draw: a_duration(draw) - timedelta(hours=number(draw, 0, 1)),
    FactType.INSTANT: lambda draw: on_a_clock(draw, an_instant(draw)),
}
#: How often a test is drawn again that a charter would refuse, and what is asked then.
_TRIES: Final = 8
_USUAL: Final[dict[FactType, tuple[Op, Any]]] = {
    FactType.FLAG: (Op.IS, True),
    FactType.SYMBOL: (Op.PRESENT, True),
    FactType.SYMBOLS: (Op.PRESENT, True),
    FactType.NUMBER: (Op.ABOVE, 0),
    FactType.DURATION: (Op.ABOVE, timedelta(hours=1)),
    FactType.INSTANT: (Op.ABOVE, datetime(2026, 3, 27, 8, tzinfo=UTC)),
    FactType.TEXT: (Op.PRESENT, True),
    FactType.LOG: (Op.MORE_THAN, Rate(0, timedelta(hours=1))),
}


def a_label(draw: st.DrawFn) -> Label:
    """Draw a label of any type, with and without a list of values."""
    about = pick(draw, ("the tone", "le ton : juste")) if rare(draw) else ""
    closed = some(draw, SYMBOLS, 1, 3) if rare(draw, 3) else None
    kind = pick(draw, LABEL_TYPES if closed is None else WORDED)
    return Label(kind, closed, about, fixed=pick(draw, (None, None, None, False, True)))


def a_vocabulary(draw: st.DrawFn) -> Vocabulary:
    """Draw the facts of a charter."""
    declared = {a_name(draw): a_label(draw) for _ in range(number(draw, 0, 4))}
    own = {name: OWN_KINDS[name] for name in sorted(some(draw, (*OWN_KINDS,), 0, 2))}
    events, counts = some(draw, _EVENTS, 0, 2), some(draw, _COUNTS, 0, 2)
    return Vocabulary(declared, events, counts, own)


def a_count(draw: st.DrawFn, vocabulary: Vocabulary) -> Condition:
    """Draw what says which earlier acts are counted."""
    facts = (*_OF_THE_ACT, *sorted(KEPT), *vocabulary.labels, "kind", "topics")
    return a_condition(draw, lambda: a_test(draw, vocabulary, facts), 1)


def a_test(
    draw: st.DrawFn,
    vocabulary: Vocabulary,
    facts: Sequence[str] = (),
    ops: Collection[Op] = tuple(Op),
) -> FactTest:
    """Draw a test that `vocabulary` can read, of one of `facts` where there are any."""
    name = pick(draw, facts) if facts else _fact(draw, vocabulary)
    spec = vocabulary.find(name)
    if spec is None:
        raise InvalidError([vocabulary.missing(name)])
    own = [op for op in _OPS[spec.type] if op is not Op.PRESENT or spec.domain.optional]
    op = pick(draw, [op for op in own if op in ops] or own)
    for _ in range(_TRIES):
        test = FactTest(spec.name, op, _operand(draw, spec, op))
        if not any(fit_problems(test, vocabulary)):
            return test
    if spec.type is FactType.SYMBOL and spec.values:  # a closed fact may not be one that is absent
        return FactTest(spec.name, Op.IS, min(spec.values))
    return FactTest(spec.name, *_USUAL[spec.type])


def _fact(draw: st.DrawFn, vocabulary: Vocabulary) -> str:
    """Draw the name of a fact, the charter's own being likely."""
    match number(draw, 0, 7):
        case 0 | 1 | 2:
            own = (*vocabulary.labels, *(f"since.{event}" for event in sorted(vocabulary.events)))
            return pick(draw, own or _OF_THE_ACT)
        case 3 | 4:
            return pick(draw, _OF_THE_ACT)
        case 5:
            return pick(draw, _AROUND)
        case 6:
            return pick(draw, _measures(vocabulary))
        case _:
            same = some(draw, tuple(vocabulary.same), 1, 2) if rare(draw, 3) else ()
            counts = tuple(sorted(vocabulary.counts)) * 8
            return ".".join(
                ["recent", pick(draw, (*_LOGGED, *counts, *vocabulary.kinds)), *sorted(same)]
            )


@cache
def _measures(vocabulary: Vocabulary) -> tuple[str, ...]:
    bases = [vocabulary.find(name) for name in (*BUILTIN, *vocabulary.labels)]
    return tuple(f"{s.name}.{m}" for s in bases if s for m in MEASURES.get(s.type, {}))


def a_scalar(draw: st.DrawFn, spec: FactSpec) -> Any:  # noqa: ANN401 - what its type says
    """Draw a value of a fact that is a number, a duration or an instant, within its range."""
    low, high = spec.domain.low, spec.domain.high
    if low == 0 and high == 1 and not spec.domain.whole:
        return number(draw, 0, 4) / 4
    drawn = _SCALARS[spec.type](draw)
    drawn = int(min(drawn, 2**53)) if spec.domain.whole else drawn
    drawn = drawn if low is None else max(drawn, low)
    return drawn if high is None else min(drawn, high)


def _operand(draw: st.DrawFn, spec: FactSpec, op: Op) -> Any:  # noqa: ANN401 - what the op takes
    return _BY_KIND[TAKES[spec.type][op].operand](draw, spec)


def _a_range(draw: st.DrawFn, spec: FactSpec) -> Range:
    one, other = a_scalar(draw, spec), a_scalar(draw, spec)
    return Range(min(one, other), max(one, other))


def _a_rate(draw: st.DrawFn) -> Rate:
    return Rate(number(draw, 0, 3), a_window(draw))


def a_window(draw: st.DrawFn) -> Window:
    """Draw how far back earlier acts are counted."""
    return pick(draw, (*CalendarUnit, None)) if rare(draw, 2) else a_duration(draw, 1)


def _words_for(draw: st.DrawFn, spec: FactSpec) -> tuple[str, ...]:
    words = words_of(spec)
    wide = spec.domain.form is Form.HOST and rare(draw)
    return (*words, "*.example.org", "*.fr") if wide else words


#: What draws an operand of each kind, for a fact.
_BY_KIND: Final[Mapping[OperandKind, Callable[[st.DrawFn, FactSpec], Any]]] = {
    OperandKind.FLAG: lambda draw, _: number(draw, 0, 1) == 1,
    OperandKind.WORD: lambda draw, spec: a_word(draw, spec, _words_for(draw, spec)),
    OperandKind.WORDS: lambda draw, spec: some_words(draw, spec, _words_for(draw, spec), 1, 3),
    OperandKind.PHRASES: lambda draw, _: a_word_list(draw),
    OperandKind.PATTERN: lambda draw, _: pick(draw, PATTERNS),
    **dict.fromkeys(ENDS.values(), a_scalar),
    **dict.fromkeys(ENDS.keys(), _a_range),
    OperandKind.HOURS: lambda draw, _: Hours(a_week(draw), pick(draw, (None, *ZONES))),
    OperandKind.RATE: lambda draw, _: _a_rate(draw),
    OperandKind.RATE_OR_QUIET: lambda draw, _: (
        Quiet(a_duration(draw, 1)) if number(draw, 0, 1) else _a_rate(draw)
    ),
}


def a_condition(draw: st.DrawFn, make: Callable[[], FactTest], depth: int) -> Condition:
    """Draw a condition of `depth` levels at most above the tests that `make` makes."""
    form = number(draw, 0, 9) if depth else 0
    if form < 4:  # noqa: PLR2004 - four times in ten
        return make()
    if form == 9:  # noqa: PLR2004 - once in ten
        return ALWAYS if number(draw, 0, 1) else NEVER
    if form == 8:  # noqa: PLR2004 - once in ten
        return Not(a_condition(draw, make, depth - 1))
    parts = several(draw, lambda: a_condition(draw, make, depth - 1), 1, 3)
    if form == 7:  # noqa: PLR2004 - once in ten
        return AtLeast(number(draw, 1, len(parts)), parts)
    return AnyOf(parts) if form == 6 else All(parts)  # noqa: PLR2004 - once, and twice


@cache
def labels() -> st.SearchStrategy[Label]:
    """Return a strategy for labels of every type, with and without a list of values."""
    return st.composite(a_label)()


@cache
def own_kinds() -> st.SearchStrategy[OwnKind]:
    """Return a strategy for the kinds of act that charters declare."""
    return st.sampled_from(sorted(OWN_KINDS.values(), key=lambda kind: kind.english))


@cache
def vocabularies() -> st.SearchStrategy[Vocabulary]:
    """Return a strategy for the facts of a charter: up to four labels, two events, two counts."""
    return st.composite(a_vocabulary)()


@st.composite
def tests_(
    draw: st.DrawFn,
    vocabulary: Vocabulary = USUAL,  # noqa: PT028 - no test, in spite of its name
    *,
    facts: Sequence[str] = (),  # noqa: PT028 - the same
    ops: Collection[Op] = tuple(Op),  # noqa: PT028 - the same
) -> FactTest:
    """Return a strategy for tests that a charter with `vocabulary` may make, of every op.

    They read one of `facts` where there are any, and ask one of `ops` where the fact has one.
    Patterns come up where google-re2 is installed.

    Raises:
        InvalidError: on drawing, when one of `facts` is unknown.
    """
    return a_test(draw, vocabulary, facts, ops)


tests_.__test__ = False  # type: ignore[attr-defined]


@st.composite
def conditions(
    draw: st.DrawFn,
    vocabulary: Vocabulary = USUAL,
    max_depth: int = 2,
    *,
    facts: Sequence[str] = (),
) -> Condition:
    """Return a strategy for conditions over `vocabulary`, always and never among them.

    They have at most `max_depth` levels above their tests, which read one of `facts`, if given.
    """
    return a_condition(draw, lambda: a_test(draw, vocabulary, facts), max_depth)
