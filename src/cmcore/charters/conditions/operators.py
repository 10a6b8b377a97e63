"""Operators: what each asks of a fact, said once for all that reads, judges, indexes or shows it.

An operator has a sense for each type of fact that it may be asked of: what it takes, what it means
of a value, and how the value has to stand to the operand, which is what engines go by. A new one
is a row here and its words in `sentences/operators`; only a new `OperandKind` of operand or a new
`Relation` asks the files or the engines for a row of their own.
"""

from collections.abc import Callable, Mapping
from enum import Enum, StrEnum, auto
from typing import Any, Final

from cmcore.base.values import internal
from cmcore.charters.conditions.facts import LABEL_TYPES, FactType, Log
from cmcore.charters.conditions.operands import OperandKind, Quiet
from cmcore.text.measures import pattern_found
from cmcore.time.units import Window


class Op(StrEnum):
    """What a test asks; the words are those of the charter files."""

    IS = "is"
    ONE_OF = "one of"
    ANY_OF = "any of"
    ALL_OF = "all of"
    NONE_OF = "none of"
    ONLY = "only"
    BELOW = "below"
    AT_MOST = "at most"
    AT_LEAST = "at least"
    ABOVE = "above"
    BETWEEN = "between"
    MORE_THAN = "more than"
    FEWER_THAN = "fewer than"
    MENTIONS = "mentions"
    MATCHES = "matches"
    ALL_MATCH = "all match"
    DURING = "during"
    PRESENT = "present"


class Relation(Enum):
    """How a known value has to stand to the operand."""

    AMONG = auto()
    "The value is the one named, or one of several."
    SOME = auto()
    "One of its elements is named."
    EACH = auto()
    "All that are named are its elements."
    BEYOND = auto()
    "One of its elements is not named."
    SPAN = auto()
    "It lies in a span."
    WORDS = auto()
    "It has an entry of a list."
    PATTERN = auto()
    "A pattern is found in it, or in one of its elements."
    UNMATCHED = auto()
    "In one of its elements a pattern is not found."
    HOURS = auto()
    "It falls in hours of the week."
    COUNT = auto()
    "It has so many acts in a window, or so few."
    THERE = auto()
    "It has a value, or has none."


#: A place between values: just before one (False) or just after it (True).
Cut = tuple[Any, bool]
#: From one cut up to another; None for no end.
Span = tuple[Cut | None, Cut | None]

#: A window, and the least or the most acts in it.
Counted = tuple[Window, int | None, int | None]


@internal
class Sense:
    """What an operator asks of a fact of one type.

    `holds` is the reference: whether the operator holds of a known value, given the operand and the
    charter's time zone; None where the value leaves it open. `span` is where the values lie that it
    holds of, and `found` gives the pieces of a value, or its words, that show the relation; `acts`
    is how many acts a log then holds.
    """

    operand: OperandKind
    relation: Relation
    holds: Callable[[Any, Any, str], bool | None]
    span: Callable[[Any], Span] | None = None
    found: Callable[[Any, Any], tuple[str, ...]] | None = None
    acts: Callable[[Any], Counted] | None = None


@internal
class Operator:
    """One operator: what it asks in a sentence, and its sense by type of fact.

    It holds where the relation is there or, if it is `negated`, where it is not: of a fact that is
    known to have no value, then.
    """

    asks: str
    senses: Mapping[FactType, Sense]
    negated: bool = False


# ------------------------------------------------------------------------------------- of scalars

_SCALARS: Final[Mapping[FactType, tuple[OperandKind, OperandKind]]] = {
    FactType.NUMBER: (OperandKind.NUMBER, OperandKind.NUMBERS),
    FactType.DURATION: (OperandKind.DURATION, OperandKind.DURATIONS),
    FactType.INSTANT: (OperandKind.INSTANT, OperandKind.INSTANTS),
}


def _compared(
    holds: Callable[[Any, Any, str], bool], span: Callable[[Any], Span], *, pair: bool = False
) -> dict[FactType, Sense]:
    """Return the senses of a comparison with a number, a duration or an instant, or with two."""
    return {
        kind: Sense(takes[pair], Relation.SPAN, holds, span=span)
        for kind, takes in _SCALARS.items()
    }


# --------------------------------------------------------------------------------------- of words


def _of_words(relation: Relation, holds: Callable[[Any, Any, str], bool]) -> Sense:
    return Sense(OperandKind.WORDS, relation, holds)


def _pieces(text: str, pattern: str) -> tuple[str, ...]:
    piece = pattern_found(pattern, text)
    return () if piece is None else (piece,)


def _word_pieces(word: str, pattern: str) -> tuple[str, ...]:
    piece = pattern_found(pattern, word, caseless=True)
    return () if piece is None else (piece,)


def _matching(words: frozenset[str], pattern: str) -> tuple[str, ...]:
    return tuple(w for w in sorted(words) if pattern_found(pattern, w, caseless=True) is not None)


def _unmatched(words: frozenset[str], pattern: str) -> tuple[str, ...]:
    return tuple(sorted(words.difference(_matching(words, pattern))))


def _patterned(found: Callable[[Any, Any], tuple[str, ...]]) -> Sense:
    """Return a sense that holds where something is found; words have no case, texts have."""
    return Sense(
        OperandKind.PATTERN,
        Relation.PATTERN,
        lambda got, want, _: bool(found(got, want)),
        found=found,
    )


# ---------------------------------------------------------------------------------------- of logs


def _fewer(log: Log, within: Window, limit: int) -> bool | None:
    """Return whether a log has fewer acts than `limit`, where it is known well enough."""
    least, most = log.count(within)
    if least >= limit:
        return False
    return True if most is not None and most < limit else None


def _lies(log: Log, within: Window, low: int | None, high: int | None) -> bool | None:
    """Return whether the count of a log lies from `low` up, or from `high` down."""
    if high is not None:
        return _fewer(log, within, high + 1)
    short = _fewer(log, within, low or 0)
    return None if short is None else not short


def _counted(acts: Callable[[Any], Counted], takes: OperandKind = OperandKind.RATE) -> Sense:
    """Return the sense of an operator that asks for at least or at most a number of acts."""
    return Sense(takes, Relation.COUNT, lambda got, want, _: _lies(got, *acts(want)), acts=acts)


def _many(want: Any) -> Counted:  # noqa: ANN401 - a rate, or quiet
    return (want.since, None, 0) if isinstance(want, Quiet) else (want.within, want.count, None)


# --------------------------------------------------------------------------------------- the rows

OPERATORS: Final[Mapping[Op, Operator]] = {
    Op.BELOW: Operator(
        "It is below this.",
        _compared(lambda got, want, _: got < want, lambda want: (None, (want, False))),
    ),
    Op.MORE_THAN: Operator(
        "There are more acts than this in the window that ends now.",
        {
            FactType.LOG: _counted(lambda want: (want.within, want.count + 1, None)),
        },
    ),
    Op.AT_MOST: Operator(
        "It is this at most.",
        {
            **_compared(lambda got, want, _: got <= want, lambda want: (None, (want, True))),
            FactType.LOG: _counted(lambda want: (want.within, None, want.count)),
        },
    ),
    Op.FEWER_THAN: Operator(
        "There are fewer acts than this in the window that ends now.",
        {
            FactType.LOG: _counted(lambda want: (want.within, None, want.count - 1)),
        },
    ),
    Op.AT_LEAST: Operator(
        "It is this at least.",
        {
            **_compared(lambda got, want, _: got >= want, lambda want: ((want, False), None)),
            FactType.LOG: _counted(_many, OperandKind.RATE_OR_QUIET),
        },
    ),
    Op.ABOVE: Operator(
        "It is above this.",
        _compared(lambda got, want, _: got > want, lambda want: ((want, True), None)),
    ),
    Op.BETWEEN: Operator(
        "It lies from the first to the second, both included.",
        _compared(
            lambda got, want, _: want.low <= got <= want.high,
            lambda want: ((want.low, False), (want.high, True)),
            pair=True,
        ),
    ),
    Op.IS: Operator(
        "It is this very value.",
        {
            FactType.FLAG: Sense(
                OperandKind.FLAG, Relation.AMONG, lambda got, want, _: got == want
            ),
            FactType.SYMBOL: Sense(
                OperandKind.WORD, Relation.AMONG, lambda got, want, _: got == want
            ),
            FactType.NUMBER: Sense(
                OperandKind.NUMBER,
                Relation.SPAN,
                lambda got, want, _: got == want,
                span=lambda want: ((want, False), (want, True)),
            ),
        },
    ),
    Op.ONE_OF: Operator(
        "It is one of these words.",
        {FactType.SYMBOL: _of_words(Relation.AMONG, lambda got, want, _: got in want)},
    ),
    Op.ANY_OF: Operator(
        "It holds at least one of these words.",
        {FactType.SYMBOLS: _of_words(Relation.SOME, lambda got, want, _: not want.isdisjoint(got))},
    ),
    Op.ALL_OF: Operator(
        "It holds all of these words.",
        {FactType.SYMBOLS: _of_words(Relation.EACH, lambda got, want, _: want <= got)},
    ),
    Op.NONE_OF: Operator(
        "It holds none of these words.",
        {
            FactType.SYMBOL: _of_words(Relation.AMONG, lambda got, want, _: got not in want),
            FactType.SYMBOLS: _of_words(Relation.SOME, lambda got, want, _: want.isdisjoint(got)),
        },
        negated=True,
    ),
    Op.ONLY: Operator(
        "It holds nothing but these words.",
        {FactType.SYMBOLS: _of_words(Relation.BEYOND, lambda got, want, _: got <= want)},
        negated=True,
    ),
    Op.MENTIONS: Operator(
        "The text has one of these words or phrases; `rappel*`, `*gesetz`, `=dû` with accents.",
        {
            FactType.TEXT: Sense(
                OperandKind.PHRASES,
                Relation.WORDS,
                lambda got, want, _: want.holds(got),
                found=lambda got, want: tuple(dict.fromkeys(m.entry for m in want.find(got))),
            )
        },
    ),
    Op.MATCHES: Operator(
        "An RE2 pattern is found in it.",
        {
            FactType.TEXT: _patterned(_pieces),
            FactType.SYMBOL: _patterned(_word_pieces),
            FactType.SYMBOLS: _patterned(_matching),
        },
    ),
    Op.ALL_MATCH: Operator(
        "An RE2 pattern is found in each of its words.",
        {
            FactType.SYMBOLS: Sense(
                OperandKind.PATTERN,
                Relation.UNMATCHED,
                lambda got, want, _: not _unmatched(got, want),
                found=_unmatched,
            )
        },
        negated=True,
    ),
    Op.DURING: Operator(
        "It falls in these hours of the week.",
        {
            FactType.INSTANT: Sense(
                OperandKind.HOURS,
                Relation.HOURS,
                lambda got, want, zone: want.week.holds(got, want.zone or zone),
            )
        },
    ),
    Op.PRESENT: Operator(
        "It has a value (yes), or is known to have none (no).",
        dict.fromkeys(  # a log is always there
            LABEL_TYPES, Sense(OperandKind.FLAG, Relation.THERE, lambda _, want, __: want)
        ),
    ),
}
#: What may be asked of a fact of each type, and in what sense.
TAKES: Final[dict[FactType, Mapping[Op, Sense]]] = {
    kind: {op: row.senses[kind] for op, row in OPERATORS.items() if kind in row.senses}
    for kind in FactType
}
#: The operators whose operand is a pattern: a text too, but no word of a fact.
PATTERNED: Final = frozenset(
    op
    for senses in TAKES.values()
    for op, one in senses.items()
    if one.operand is OperandKind.PATTERN
)
