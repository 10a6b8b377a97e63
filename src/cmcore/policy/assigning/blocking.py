"""Why seats stay empty: the smallest set of roles and people, or of rules, that is to blame."""

from collections.abc import Iterator
from typing import Literal

from attrs import evolve

from cmcore.foundation.house import value
from cmcore.policy.assigning.problem import Problem
from cmcore.policy.assigning.solve import BUDGET, Solution, solve


@value
class Block:
    """Roles that want more seats than the only people for them can fill: a set of Hall (1935).

    All of `people`, and nobody else, can hold any of `roles`; together these want `wanted` seats,
    and at most `filled` of them can be held, because of fitness and hats.
    """

    roles: tuple[int, ...]
    people: tuple[int, ...]
    wanted: int
    filled: int


def blocks(problem: Problem, solution: Solution) -> tuple[Block, ...]:
    """Return the smallest set of roles and people that leaves each short role short.

    Only fitness, bans, pins and hats count, so the solution is to be one that the flow settles
    (its `nodes` are 0); for others see `causes`. From a short role, go to all who could hold it,
    to all that they hold, and so on: the least cut around it.
    """
    able = _able(problem)
    found = {
        _block(problem, solution, able, role): None
        for role, missing in enumerate(solution.missing)
        if missing
    }
    return tuple(found)


def _able(problem: Problem) -> list[set[int]]:
    """Return the people who can hold each role."""
    bans = set(problem.bans)
    return [
        {
            person
            for person in problem.people
            if problem.fit[person][role] is not None and (person, role) not in bans
        }
        for role in problem.roles
    ]


def _block(problem: Problem, solution: Solution, able: list[set[int]], short: int) -> Block:
    pins, held = set(problem.pins), _holders(solution, len(able))
    roles, seen, queue = {short}, set[int](), [short]
    for role in queue:
        # Who holds a role already can give it no other seat.
        newcomers = able[role] - held[role] - seen
        seen |= newcomers
        for person, other in solution.pairs:
            if person in newcomers and other not in roles and (person, other) not in pins:
                roles.add(other)
                queue.append(other)
    wanted = sum(problem.seats[role].least for role in roles)
    filled = wanted - sum(solution.missing[role] for role in roles)
    people = set[int]().union(*(able[role] for role in roles))
    return Block(tuple(sorted(roles)), tuple(sorted(people)), wanted, filled)


def _holders(solution: Solution, roles: int) -> list[set[int]]:
    held: list[set[int]] = [set() for _ in range(roles)]
    for person, role in solution.pairs:
        held[role].add(person)
    return held


Kind = Literal["pin", "ban", "rule", "incompatible", "minutes", "hats", "need"]


@value
class Cause:
    """One thing that the shortage needs: without it, fewer seats would be empty.

    `at` is, by kind: the person and the role of a `pin` or a `ban`; the number of a `rule`; two
    `incompatible` roles; the person whose `minutes` or `hats` they are; the role of a `need`, which
    is its least seats.
    """

    kind: Kind
    at: tuple[int, ...]


def causes(problem: Problem, solution: Solution, *, budget: int = BUDGET) -> tuple[Cause, ...]:
    """Return things that together cause the whole shortage, none of which can be spared.

    Where nothing is feasible, things that together cannot be. A deletion filter (Chinneck and
    Dravnieks 1991): leave each thing out in turn, for good where it stays so. What the budget does
    not settle is kept.
    """
    if solution.status != "infeasible" and not (solution.levels and solution.levels[0].value):
        return ()
    kept, dropped = [], set[Cause]()
    for cause in _candidates(problem):
        relaxed = _without(problem, dropped | {cause})
        if _is_as_bad(solve(relaxed, budget=budget, depth=1), solution):
            dropped.add(cause)
        else:
            kept.append(cause)
    return tuple(kept)


def _is_as_bad(found: Solution, solution: Solution) -> bool:
    if not solution.levels:
        return found.status == "infeasible"
    return bool(found.levels) and found.levels[0].bound >= solution.levels[0].value


def _candidates(problem: Problem) -> Iterator[Cause]:
    """Yield all that may be left out; what comes first is most readily left out."""
    yield from (Cause("pin", pair) for pair in problem.pins)
    yield from (Cause("ban", pair) for pair in problem.bans)
    yield from (Cause("rule", (number,)) for number in range(len(problem.rules)))
    yield from (Cause("incompatible", two) for two in problem.incompatible)
    for person, capacity in enumerate(problem.capacity):
        if capacity is not None:
            yield Cause("minutes", (person,))
    for person, hats in enumerate(problem.hats):
        if hats < len(problem.seats):
            yield Cause("hats", (person,))
    for role, seats in enumerate(problem.seats):
        if seats.least:
            yield Cause("need", (role,))


def _without(problem: Problem, causes: set[Cause]) -> Problem:
    """Return the problem without some of what it asks."""

    def gone(kind: Kind, *at: int) -> bool:
        return Cause(kind, at) in causes

    return evolve(
        problem,
        pins=[pair for pair in problem.pins if not gone("pin", *pair)],
        bans=[pair for pair in problem.bans if not gone("ban", *pair)],
        rules=[rule for number, rule in enumerate(problem.rules) if not gone("rule", number)],
        incompatible=[two for two in problem.incompatible if not gone("incompatible", *two)],
        capacity=[
            None if gone("minutes", person) else capacity
            for person, capacity in enumerate(problem.capacity)
        ],
        hats=[
            len(problem.seats) if gone("hats", person) else hats
            for person, hats in enumerate(problem.hats)
        ],
        seats=[
            evolve(seats, least=0) if gone("need", role) else seats
            for role, seats in enumerate(problem.seats)
        ],
    )
