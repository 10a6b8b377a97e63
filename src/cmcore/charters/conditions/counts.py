"""Counts: the conditions by which a charter counts earlier acts, each under a name."""

from collections.abc import Iterator, Mapping
from typing import Final

from cmcore.base.errors import Problem
from cmcore.base.frozen import FrozenMap
from cmcore.charters.conditions.condition import (
    ALWAYS,
    Condition,
    FactTest,
    require_condition,
    tests,
)
from cmcore.charters.conditions.fit import fit_problems
from cmcore.charters.conditions.operators import Op
from cmcore.charters.conditions.vocabulary import Vocabulary

Counts = Mapping[str, Condition]
NO_COUNTS: Final[FrozenMap[Condition]] = FrozenMap()
#: What is known about an earlier act beyond what the act says itself.
KEPT: Final = frozenset({"author", "at", "local.weekday", "local.hour"})


def count_map(given: Counts) -> FrozenMap[Condition]:
    """Freeze the counts of a charter."""
    for condition in given.values():
        require_condition(condition)
    return FrozenMap(given)


def no_counts() -> FrozenMap[Condition]:
    """Return the counts of a charter that has none."""
    return NO_COUNTS


def counted_by(counts: Counts, name: str) -> Condition:
    """Return what is true of the acts that a name counts: a kind of act, a count, or `any`."""
    if name == "any":
        return ALWAYS
    return counts.get(name) or FactTest("kind", Op.IS, name)


def counted_problems(condition: Condition, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Yield what forbids a condition as one on earlier acts, of whose context little is known."""
    for test in tests(condition):
        yield from fit_problems(test, vocabulary)
        spec = vocabulary.find(test.fact)
        if spec is not None and spec.source == "context" and spec.name not in KEPT:
            yield Problem.of("count-of-context", test.fact, fact=test.fact)
