"""Explaining: which tests made a condition what it is, and which would have to turn."""

from collections.abc import Callable, Iterable

import attrs

from cmcore.base.truth import Truth, at_least
from cmcore.base.values import internal
from cmcore.charters.charter import Charter
from cmcore.charters.conditions.condition import Condition, FactTest, Not, tests, threshold
from cmcore.charters.conditions.facts import ABSENT, UNKNOWN, FactType, Log, Reading
from cmcore.charters.conditions.operators import OPERATORS
from cmcore.charters.finding import Finding
from cmcore.charters.meaning.kleene import reading_truth, sense, test_truth, truth
from cmcore.charters.meaning.observation import Facts
from cmcore.charters.meaning.recollection import recollection
from cmcore.charters.rule import Rule


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
    return _weighed(condition, facts)[1]


def _weighed(condition: Condition, facts: Facts) -> tuple[Truth, tuple[FactTest, ...]]:
    """Return whether a condition holds, and its evidence: each test is asked once."""
    if isinstance(condition, FactTest):
        return test_truth(condition, facts), (condition,)
    if isinstance(condition, Not):
        is_true, told = _weighed(condition.of, facts)
        return ~is_true, told
    count, parts = threshold(condition)
    weighed = [_weighed(part, facts) for part in parts]
    whole = at_least(count, (is_true for is_true, _ in weighed))
    needed = {
        Truth.TRUE: count,
        Truth.FALSE: len(parts) - count + 1,
        Truth.UNKNOWN: len(parts),
    }[whole]
    chosen = [told for is_true, told in weighed if is_true is whole]
    return whole, _joined(chosen[:needed])


def lacks(
    condition: Condition, facts: Facts, goal: Truth = Truth.TRUE
) -> tuple[FactTest, ...] | None:
    """Return the fewest tests that must turn for `condition` to become `goal`; None if none can.

    Each test counts by itself: the answer is least for conditions that ask no question twice.
    """
    if isinstance(condition, FactTest):
        return () if truth(condition, facts) is goal else (condition,)
    if isinstance(condition, Not):
        return lacks(condition.of, facts, ~goal)
    count, parts = threshold(condition)
    needed = count if goal is Truth.TRUE else len(parts) - count + 1
    options = [found for part in parts if (found := lacks(part, facts, goal)) is not None]
    if len(options) < needed:
        return None
    return _joined(sorted(options, key=len)[:needed])


def missing(charter: Charter, facts: Facts) -> Callable[[Rule], tuple[FactTest, ...] | None]:
    """Return a function of a permit: what is missing from it and the scope to cover the act.

    Each fact is told once; None where nothing would do: the permit is only for networks that are
    out of the scope. What is missing for the scope is so for every permit, and sought once.
    """
    known = recollection(charter)
    around = known.of(lacks, charter.framed, facts) or ()

    def missing_from(rule: Rule) -> tuple[FactTest, ...] | None:
        own = known.of(lacks, rule.when, facts)
        if own is None or not _may_hold_in_scope(rule, charter):
            return None
        told = {test.fact for test in own}
        return (*(test for test in around if test.fact not in told), *own)

    return missing_from


def _may_hold_in_scope(rule: Rule, charter: Charter) -> bool:
    """Return whether a permit may hold on some network of the scope, whatever the rest is."""
    networks = charter.scope.networks
    if networks is None or not any(test.fact == "network" for test in tests(rule.when)):
        return True
    return any(truth(rule.when, _On(one)) is not Truth.FALSE for one in networks)


@internal
class _On:
    """Readings of which only the network is known."""

    network: str
    zone: str = "UTC"

    def type_of(self, _: str) -> FactType:
        return FactType.SYMBOL

    def read(self, name: str) -> Reading:
        return self.network if name == "network" else UNKNOWN


def _joined(groups: Iterable[tuple[FactTest, ...]]) -> tuple[FactTest, ...]:
    return tuple(test for group in groups for test in group)
