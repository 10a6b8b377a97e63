"""Formulas: what must be so of the truth of tests, for conditions and rules to be as wanted.

A condition is taken apart in strong Kleene logic, exactly. What takes two of three parts is true
when two are true, false when two are false, and not false when two are not false.
"""

from collections.abc import Callable, Iterable
from itertools import chain
from typing import Final

from attrs import field

from cmcore.base.truth import Truth
from cmcore.base.values import internal
from cmcore.charters.conditions.condition import Condition, FactTest, Not, threshold
from cmcore.charters.rule import Term

#: Sets of truth values: one bit for each.
TRUE: Final = 1
FALSE: Final = 2
UNKNOWN: Final = 4
ANY: Final = TRUE | FALSE | UNKNOWN
BIT: Final = {Truth.TRUE: TRUE, Truth.FALSE: FALSE, Truth.UNKNOWN: UNKNOWN}
_FLIPPED: Final = tuple(
    (mask & UNKNOWN) | (mask & TRUE) << 1 | (mask & FALSE) >> 1 for mask in range(ANY + 1)
)


@internal
class Atom:
    """The truth of a question, by its number, is among `mask`."""

    question: int
    mask: int


@internal
class Some:
    """At least `count` of the parts hold."""

    count: int
    parts: "tuple[Formula, ...]"
    questions: tuple[int, ...] = field(init=False, eq=False, repr=False)
    #: Where all parts have to hold: the formulas that they come to, one by one.
    apart: "tuple[Formula, ...]" = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        found = dict.fromkeys(number for part in self.parts for number in asked(part))
        object.__setattr__(self, "questions", tuple(found))
        held = chain.from_iterable(map(apart, self.parts)) if self.is_all else ()
        object.__setattr__(self, "apart", tuple(held))

    @property
    def is_all(self) -> bool:
        """Whether all parts have to hold."""
        return self.count == len(self.parts)


Formula = Atom | Some
#: What has a truth value by itself: a test of a fact, or whether the day lies in a term.
Leaf = FactTest | Term
_Number = Callable[[Leaf], int]


def every(parts: Iterable[Formula]) -> Some:
    """Return the formula that holds where all parts do."""
    held = tuple(parts)
    return Some(len(held), held)


def either(parts: Iterable[Formula]) -> Some:
    """Return the formula that holds where one of the parts does."""
    return Some(1, tuple(parts))


def asked(formula: Formula) -> tuple[int, ...]:
    """Return the questions of a formula, each once."""
    return (formula.question,) if isinstance(formula, Atom) else formula.questions


def apart(formula: Formula) -> "tuple[Formula, ...]":
    """Return formulas that all have to hold for one to do so."""
    return formula.apart if isinstance(formula, Some) and formula.is_all else (formula,)


def asks(condition: Condition | Term, mask: int, number: _Number) -> Formula:
    """Return the formula that holds where the truth of a condition is among `mask`."""
    if isinstance(condition, FactTest | Term):
        return Atom(number(condition), mask)
    if isinstance(condition, Not):
        return asks(condition.of, _FLIPPED[mask], number)
    count, parts = threshold(condition)
    return at_least(count, parts, mask, number)


def at_least(count: int, parts: Iterable[Condition | Term], mask: int, number: _Number) -> Formula:
    """Return the formula that holds where "at least `count` of `parts`" has a truth in `mask`."""
    held = tuple(parts)

    def many(least: int, wanted: int) -> Some:
        return Some(least, tuple(asks(part, wanted, number) for part in held))

    rest = len(held) - count + 1
    if mask == UNKNOWN:
        return every((many(count, TRUE | UNKNOWN), many(rest, FALSE | UNKNOWN)))
    return many(count if mask & TRUE else rest, mask)
