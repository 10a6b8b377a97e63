"""Explaining: which tests made a condition what it is, and which would have to turn."""

from collections.abc import Iterable

import attrs

from cmcore.base.truth import Truth
from cmcore.charters.conditions.condition import Condition, FactTest, Not, threshold
from cmcore.charters.conditions.facts import ABSENT, Log, Reading
from cmcore.charters.conditions.operators import OPERATORS
from cmcore.charters.decision import Finding
from cmcore.charters.meaning.kleene import reading_truth, sense, truth
from cmcore.charters.meaning.observation import Facts


def finding(test: FactTest, facts: Facts) -> Finding:
    """Return what `test` found on the facts."""
    return found_by(test, facts.read(test.fact), facts)


def found_by(test: FactTest, got: Reading, facts: Facts) -> Finding:
    """Return what `test` found where its fact reads `got`, whatever else the facts are."""
    is_true = reading_truth(test, got, facts)
    is_there = is_true is Truth.of(not OPERATORS[test.op].negated) and got is not ABSENT
    found = sense(test, facts).found if is_there else None
    hits = found(got, test.operand) if found else ()
    return Finding(test, is_true, _kept(got), hits, facts.zone)


def _kept(got: Reading) -> Reading:
    """Return a reading as a separate value: a log keeps only the acts it reports."""
    if not isinstance(got, Log):
        return got
    return attrs.evolve(got, sure=tuple(got.sure), maybe=tuple(got.maybe))


def evidence(condition: Condition, facts: Facts) -> tuple[FactTest, ...]:
    """Return the tests that suffice to make `condition` as true, false or unknown as it is."""
    if isinstance(condition, FactTest):
        return (condition,)
    if isinstance(condition, Not):
        return evidence(condition.of, facts)
    count, parts = threshold(condition)
    truths = [truth(part, facts) for part in parts]
    whole = truth(condition, facts)
    needed = {
        Truth.TRUE: count,
        Truth.FALSE: len(parts) - count + 1,
        Truth.UNKNOWN: len(parts),
    }[whole]
    chosen = [part for part, is_true in zip(parts, truths, strict=True) if is_true is whole]
    return _joined(evidence(part, facts) for part in chosen[:needed])


def lacks(
    condition: Condition, facts: Facts, goal: Truth = Truth.TRUE
) -> tuple[FactTest, ...] | None:
    """Return the fewest tests that must turn for `condition` to become `goal`; None if none can.

    Each test counts by itself: the answer is least for conditions that ask no question twice.
    """
    if truth(condition, facts) is goal:
        return ()
    if isinstance(condition, FactTest):
        return (condition,)
    if isinstance(condition, Not):
        return lacks(condition.of, facts, ~goal)
    count, parts = threshold(condition)
    needed = count if goal is Truth.TRUE else len(parts) - count + 1
    options = [found for part in parts if (found := lacks(part, facts, goal)) is not None]
    if len(options) < needed:
        return None
    return _joined(sorted(options, key=len)[:needed])


def _joined(groups: Iterable[tuple[FactTest, ...]]) -> tuple[FactTest, ...]:
    return tuple(test for group in groups for test in group)
