"""Problems of every kind, and their best assignments found by trying them all."""

from collections.abc import Iterator
from itertools import chain, combinations, product
from typing import Any

from attrs import astuple, evolve
from hypothesis import strategies as st

from cmcore.teams.solver.check import verify
from cmcore.teams.solver.problem import (
    AtLeast,
    AtMost,
    Distinct,
    Pair,
    Problem,
    Rule,
    Seats,
    Supervision,
)

Vector = tuple[int, ...]
SIGNS = (1, 1, 1, 1, -1, 1)

# ------------------------------------------------------------------------------------ strategies


def subsets(size: int) -> st.SearchStrategy[frozenset[int]]:
    """Draw some of so many, and all of them as often."""
    every = frozenset(range(size))
    if not size:
        return st.just(every)
    return st.just(every) | st.frozensets(st.integers(0, size - 1))


def rules(n: int, m: int) -> st.SearchStrategy[Rule]:
    few, weight = st.integers(0, 3), st.integers(1, 3)
    groups = st.lists(subsets(n), max_size=3)
    return st.one_of(
        st.builds(Supervision, st.integers(0, m - 1), subsets(n), subsets(n)),
        st.builds(AtMost, subsets(m), subsets(n), few),
        st.builds(AtLeast, subsets(m), subsets(n), few, weight, st.booleans()),
        st.builds(Distinct, subsets(m), groups, few, weight),
    )


@st.composite
def seats(draw: st.DrawFn) -> Seats:
    least = draw(st.integers(0, 2))
    return Seats(least, least + draw(st.integers(0, 2)), draw(st.integers(1, 3)))


@st.composite
def problems(draw: st.DrawFn, people: int = 5, roles: int = 5, *, simple: bool = False) -> Problem:
    """Draw a problem with every kind of rule, or with those that a flow settles if `simple`."""
    n, m = draw(st.integers(0, people)), draw(st.integers(0, roles))
    top = draw(st.sampled_from([1, 3, 1000]))

    def table(cell: st.SearchStrategy[Any]) -> list[list[Any]]:
        return [[draw(cell) for _ in range(m)] for _ in range(n)]

    def some(most: int) -> list[Pair]:
        cells = list(product(range(n), range(m)))
        return draw(st.lists(st.sampled_from(cells), max_size=most)) if cells else []

    problem = Problem(
        table(st.none() | st.integers(0, top)),
        [draw(seats()) for _ in range(m)],
        hats=[draw(st.integers(0, 3)) for _ in range(n)],
        loads=[draw(st.integers(0, 3)) for _ in range(n)] if draw(st.booleans()) else [0] * n,
        pins=some(1),
        bans=some(3),
        previous=some(5),
    )
    if simple or not m:
        return problem
    idle = draw(subsets(m)) if draw(st.booleans()) else ()
    capacity = st.none() | st.integers(0, 20)
    return evolve(
        problem,
        minutes=table(st.integers(0, 9)),
        capacity=[draw(capacity) for _ in range(n)],
        incompatible=draw(st.lists(st.sampled_from(list(combinations(range(m), 2))), max_size=3))
        if m > 1
        else [],
        rules=draw(st.lists(rules(n, m), max_size=3)),
        idle=idle,
    )


# --------------------------------------------------------------------------------------- oracles


def hands(problem: Problem, person: int) -> Iterator[tuple[int, ...]]:
    """Yield all that one person may hold."""
    pins = {role for who, role in problem.pins if who == person}
    capacity, minutes = problem.capacity[person], problem.minutes[person]
    for size in range(min(problem.hats[person], len(problem.seats)) + 1):
        for held in combinations(problem.roles, size):
            if (
                pins <= set(held)
                and all(problem.fit[person][role] is not None for role in held)
                and not any((person, role) in problem.bans for role in held)
                and not any(a in held and b in held for a, b in problem.incompatible)
                and (capacity is None or sum(minutes[role] for role in held) <= capacity)
            ):
                yield held


def counted(problem: Problem) -> list[tuple[tuple[int, ...], frozenset[int]]]:
    """Return the roles and the people of every count that a rule needs."""
    found: list[tuple[tuple[int, ...], frozenset[int]]] = []
    for rule in problem.rules:
        match rule:
            case Supervision():
                found += [((rule.role,), frozenset(some)) for some in (rule.group, rule.others)]
            case Distinct():
                found += [(rule.roles, frozenset(group)) for group in rule.groups]
            case _:
                found.append((rule.roles, frozenset(rule.group)))
    return found


def reachable(problem: Problem) -> dict[Vector, Vector]:
    """Return, for all counts there can be, the least loads, changes, affinity lost and balance."""
    extra = counted(problem)
    states: dict[Vector, Vector] = {(0,) * (len(problem.seats) + len(extra)): (0, 0, 0, 0)}
    for person in problem.people:
        previous = {role for who, role in problem.previous if who == person}
        found: dict[Vector, Vector] = {}
        for held in hands(problem, person):
            adds = [int(role in held) for role in problem.roles]
            adds += [int(person in who and not set(held).isdisjoint(roles)) for roles, who in extra]
            loss = -sum(problem.fit[person][role] or 0 for role in held)
            change = len(previous.symmetric_difference(held))
            unloaded = max(0, problem.loads[person] - len({*held} - {*problem.idle}))
            costs = (unloaded, change, loss, len(held) ** 2)
            for counts, before in states.items():
                key = tuple(a + b for a, b in zip(counts, adds, strict=True))
                cost = tuple(a + b for a, b in zip(before, costs, strict=True))
                found[key] = min(found.get(key, cost), cost)
        states = found
    return states


def lacking(problem: Problem, counts: Vector) -> tuple[int, int] | None:
    """Return the shortage and the hours that lack, or None where these counts break a rule."""
    wanted = [*zip(problem.seats, counts, strict=False)]
    if any(count > want.most for want, count in wanted):
        return None
    short, hours = sum(want.weight * max(0, want.least - count) for want, count in wanted), 0
    left = iter(counts[len(problem.seats) :])
    for rule in problem.rules:
        match rule:
            case Supervision():
                wards, others = next(left), next(left)
                if wards and not others:
                    return None
            case AtMost():
                if next(left) > rule.count:
                    return None
            case AtLeast(timed=True):
                hours += rule.weight * max(0, rule.count - next(left))
            case AtLeast():
                short += rule.weight * max(0, rule.count - next(left))
            case Distinct():
                there = sum(next(left) > 0 for _ in rule.groups)
                short += rule.weight * max(0, rule.count - there)
    return short, hours


def brute_force(problem: Problem) -> tuple[int, ...] | None:
    """Return the best values of all assignments there are."""
    found = [
        (*lacks, *cost)
        for counts, cost in reachable(problem).items()
        if (lacks := lacking(problem, counts)) is not None
    ]
    if not found:
        return None
    *missing, changes, loss, balance = min(found)
    return *missing, changes, -loss, balance


def all_best(problem: Problem) -> list[tuple[tuple[int, ...], frozenset[Pair]]]:
    """Return every assignment that breaks no rule, with its costs, the best first."""
    people = [
        [[(person, role) for role in held] for held in hands(problem, person)]
        for person in problem.people
    ]
    found = []
    for choice in product(*people):
        pairs = frozenset(chain.from_iterable(choice))
        checked = verify(problem, pairs)
        if not checked.violations:
            found.append((costs(astuple(checked.values)), pairs))
    return sorted(found, key=lambda two: (two[0], sorted(two[1])))


def costs(values: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(sign * level for sign, level in zip(SIGNS, values, strict=True))
