"""Check an assignment against its problem from first principles, without the solvers' code."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Literal

from cmcore.base.values import internal
from cmcore.teams.solver.problem import (
    AtLeast,
    AtMost,
    Distinct,
    Pair,
    Problem,
    Rule,
    Supervision,
)

Kind = Literal[
    "unfit", "ban", "pin", "hats", "minutes", "incompatible", "seats", "supervision", "ceiling"
]


@internal
class Violation:
    """One rule broken: by whom, on which roles, and by how much."""

    kind: Kind
    people: tuple[int, ...]
    roles: tuple[int, ...]
    excess: int = 1


@internal
class Values:
    """What an assignment is worth on each level, the most important first.

    `shortage`: the weights of empty least seats and of what `AtLeast` and `Distinct` are missing.
    `hours`: the weights of what timed `AtLeast` are missing.
    `loads`: the roles that people are missing from their least load, not counting idle roles.
    `changes`: the pairs added to or taken from the previous ones (from nothing, every pair is one:
    so a seat above the least is filled only where that lessens the shortage or keeps a holder).
    `affinity`: the sum over the pairs, the only level where more is better.
    `balance`: the sum of the squares of each person's number of roles.
    """

    shortage: int
    hours: int
    loads: int
    changes: int
    affinity: int
    balance: int


@internal
class Verification:
    """Every broken rule, the values of each level, and what each role and rule is missing."""

    violations: tuple[Violation, ...]
    values: Values
    missing: tuple[int, ...]
    lacks: tuple[int, ...]


def verify(problem: Problem, pairs: Iterable[Pair]) -> Verification:
    """Return what `pairs` are worth and every hard rule they break.

    `missing` is the number of empty least seats by role; `lacks` what each rule is missing, in
    people or groups, and 0 for the hard ones.
    """
    held = frozenset(pairs)
    holders = _Holders(held)
    missing = tuple(
        max(0, seats.least - len(holders.of((role,)))) for role, seats in enumerate(problem.seats)
    )
    lacks = tuple(_lack(rule, holders) for rule in problem.rules)
    unmet = [(getattr(rule, "timed", False), n * getattr(rule, "weight", 0))
             for n, rule in zip(lacks, problem.rules, strict=True)]  # fmt: skip
    worn = Counter(person for person, _ in held)
    needed = Counter(person for person, role in held if role not in problem.idle)
    values = Values(
        shortage=sum(n * seats.weight for n, seats in zip(missing, problem.seats, strict=True))
        + sum(lack for timed, lack in unmet if not timed),
        hours=sum(lack for timed, lack in unmet if timed),
        loads=sum(max(0, load - needed[person]) for person, load in enumerate(problem.loads)),
        changes=len(held ^ set(problem.previous)),
        affinity=sum(problem.fit[person][role] or 0 for person, role in held),
        balance=sum(n * n for n in worn.values()),
    )
    return Verification(_broken(problem, held), values, missing, lacks)


def conflicts(problem: Problem) -> tuple[Violation, ...]:
    """Return every contradiction among the pins: what they break, whatever else is held."""
    broken = _broken(problem, frozenset(problem.pins))
    return tuple(found for found in broken if found.kind != "supervision")


def _broken(problem: Problem, held: frozenset[Pair]) -> tuple[Violation, ...]:
    return tuple(found for check in _CHECKS for found in check(problem, held))


class _Holders:
    """Who holds any of some roles."""

    def __init__(self, held: frozenset[Pair]) -> None:
        self._held = held

    def of(self, roles: tuple[int, ...]) -> set[int]:
        return {person for person, role in self._held if role in roles}


def _lack(rule: Rule, holders: _Holders) -> int:
    match rule:
        case AtLeast():
            return max(0, rule.count - len(holders.of(rule.roles) & set(rule.group)))
        case Distinct():
            present = holders.of(rule.roles)
            return max(0, rule.count - sum(not present.isdisjoint(g) for g in rule.groups))
        case _:
            return 0


def _pair_violations(problem: Problem, held: frozenset[Pair]) -> Iterator[Violation]:
    for person, role in sorted(held):
        if problem.fit[person][role] is None:
            yield Violation("unfit", (person,), (role,))
        if (person, role) in problem.bans:
            yield Violation("ban", (person,), (role,))
    for person, role in problem.pins:
        if (person, role) not in held:
            yield Violation("pin", (person,), (role,))


def _personal_violations(problem: Problem, held: frozenset[Pair]) -> Iterator[Violation]:
    for person in sorted({person for person, _ in held}):
        roles = tuple(sorted(role for who, role in held if who == person))
        if len(roles) > problem.hats[person]:
            yield Violation("hats", (person,), roles, len(roles) - problem.hats[person])
        total = sum(problem.minutes[person][role] for role in roles)
        capacity = problem.capacity[person]
        if capacity is not None and total > capacity:
            yield Violation("minutes", (person,), roles, total - capacity)
        for first, second in problem.incompatible:
            if first in roles and second in roles:
                yield Violation("incompatible", (person,), (first, second))


def _seat_violations(problem: Problem, held: frozenset[Pair]) -> Iterator[Violation]:
    holders = _Holders(held)
    for role, seats in enumerate(problem.seats):
        people = sorted(holders.of((role,)))
        if len(people) > seats.most:
            yield Violation("seats", tuple(people), (role,), len(people) - seats.most)


def _rule_violations(problem: Problem, held: frozenset[Pair]) -> Iterator[Violation]:
    holders = _Holders(held)
    for rule in problem.rules:
        if isinstance(rule, Supervision):
            people = holders.of((rule.role,))
            wards = people & set(rule.group)
            if wards and not people & set(rule.others):
                yield Violation("supervision", tuple(sorted(wards)), (rule.role,))
        if isinstance(rule, AtMost):
            people = holders.of(rule.roles) & set(rule.group)
            if len(people) > rule.count:
                excess = len(people) - rule.count
                yield Violation("ceiling", tuple(sorted(people)), rule.roles, excess)


_CHECKS: tuple[Callable[[Problem, frozenset[Pair]], Iterator[Violation]], ...] = (
    _pair_violations,
    _personal_violations,
    _seat_violations,
    _rule_violations,
)
