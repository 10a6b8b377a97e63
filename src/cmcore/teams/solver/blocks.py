"""Why seats stay empty: the smallest set of roles and people, or of rules, that is to blame."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from math import inf
from operator import attrgetter
from typing import Literal, TypeVar

from attrs import evolve

from cmcore.base.values import internal
from cmcore.teams.solver.problem import AtLeast, Problem, Rule
from cmcore.teams.solver.solution import WANTED, Solution
from cmcore.teams.solver.solve import Engine

_T = TypeVar("_T")


@internal
class Block:
    """Roles that want more seats than the only people for them can fill: a set of Hall (1935).

    All of `people`, and nobody else, can hold any of `roles`; together these want `wanted` seats,
    and at most `filled` of them can be held, because of fitness and numbers of roles.
    """

    roles: tuple[int, ...]
    people: tuple[int, ...]
    wanted: int
    filled: int


def blocks(problem: Problem, solution: Solution) -> tuple[Block, ...]:
    """Return the smallest set of roles and people that leaves each short role short.

    Only fitness, bans, pins and numbers of roles count, so the solution is to be one that the flow
    settles (its `nodes` are 0); for others see `causes`. From a short role, go to all who could
    hold it, to all that they hold, and so on: the least cut around it.
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


Kind = Literal["pin", "ban", "rule", "incompatible", "minutes", "hats", "need", "load"]


@internal
class Cause:
    """One of the things that together cause what is missing.

    `at` is, by kind: the person and the role of a `pin` or a `ban`; a group of a `rule`; two
    `incompatible` roles; the person whose `minutes`, `hats` or least `load` they are; the role of a
    `need`, which is its least seats.
    """

    kind: Kind
    at: tuple[int, ...]


@internal
class Causes:
    """Causes that together explain the shortage; none can be left out if it `is_least`.

    Together, and alone: with everything else left out, as much is missing.
    """

    found: tuple[Cause, ...] = ()
    is_least: bool = True


Groups = Sequence[Mapping[int, int]]
"""Rules that come from one thing and go with it: by their numbers, what it adds to their weight."""

WORK = 130_000
"""How much is looked at to find causes: pairs and rules, as often as a problem is solved."""
FEWEST, MOST = 16, 120
"""The problems solved at least and at most, after which what is left is kept."""


def causes(
    problem: Problem,
    solution: Solution,
    engine: Engine,
    groups: Groups | None = None,
    most_solved: int = MOST,
) -> Causes:
    """Return things that together cause everything that is missing, or that nothing is feasible.

    A deletion filter (Chinneck and Dravnieks 1991): leave things out, all of a kind first, then
    many at once where that goes, for good where it stays so.
    """
    if solution.status != "infeasible" and not any(solution.values[:WANTED]):
        return Causes()
    groups = [{n: 0} for n in range(len(problem.rules))] if groups is None else groups
    every = tuple(_candidates(problem, groups))
    _, lack = _lacking(solution)
    start = solution.pairs if solution.levels else None
    left, is_settled = min(most_solved, max(FEWEST, WORK // problem.size)), True

    def is_spared(gone: Iterable[Cause]) -> bool:
        nonlocal left, is_settled
        if not left:
            is_settled = False
            return False
        left -= 1
        bare = _without(problem, {*gone}, groups)
        found = engine.soon(bare, WANTED, start)
        bounds, values = _lacking(found)
        if not (bounds >= lack or values < lack):
            bounds, values = _lacking(engine.go_on(bare, found, WANTED))
        is_settled = is_settled and (bounds >= lack or values < lack)
        return bounds >= lack

    gone: list[Cause] = []
    for _, kind in groupby(every, key=attrgetter("kind")):
        some = [*gone, *kind]
        gone = some if is_spared(some) else gone
    rest = [cause for cause in every if cause not in {*gone}]
    gone += most(rest, lambda some: is_spared([*gone, *some]))
    return Causes(tuple(cause for cause in every if cause not in {*gone}), is_settled)


def most(many: Sequence[_T], holds: Callable[[Sequence[_T]], bool]) -> list[_T]:
    """Return as many things as possible for which something still holds, in order.

    By steps that double while it holds; what fails alone fails with more.
    """
    kept: list[_T] = []
    start, step = 0, 1
    while start < len(many):
        more = [*kept, *many[start : start + step]]
        if holds(more):
            kept, start, step = more, start + step, 2 * step
        elif step > 1:
            step //= 2
        else:
            start += 1
    return kept


def _lacking(found: Solution) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Return the bounds and values of what is missing, infinite if no plan is found."""
    if not found.levels:
        return (inf if found.status == "infeasible" else 0,), (inf,)
    return tuple(one.bound for one in found.levels[:WANTED]), found.values[:WANTED]


def _candidates(problem: Problem, groups: Groups) -> Iterator[Cause]:
    """Yield all that may be left out; what comes first is most readily left out."""
    yield from (Cause("pin", pair) for pair in problem.pins)
    yield from (Cause("ban", pair) for pair in problem.bans)
    yield from (Cause("rule", (number,)) for number in range(len(groups)))
    yield from (Cause("incompatible", two) for two in problem.incompatible)
    for person, capacity in enumerate(problem.capacity):
        if capacity is not None and capacity < _most_minutes(problem, person):
            yield Cause("minutes", (person,))
    for person, hats in enumerate(problem.hats):
        if hats < sum(fit is not None for fit in problem.fit[person]):
            yield Cause("hats", (person,))
    for role, seats in enumerate(problem.seats):
        if seats.least:
            yield Cause("need", (role,))
    for person, load in enumerate(problem.loads):
        if load:
            yield Cause("load", (person,))


def _most_minutes(problem: Problem, person: int) -> int:
    """Return the minutes of all the roles that somebody is fit for."""
    roles = zip(problem.fit[person], problem.minutes[person], strict=True)
    return sum(minutes for fit, minutes in roles if fit is not None)


def _without(problem: Problem, causes: set[Cause], groups: Groups) -> Problem:
    """Return the problem without some of what it asks."""

    def gone(kind: Kind, *at: int) -> bool:
        return Cause(kind, at) in causes

    return evolve(
        problem,
        pins=[pair for pair in problem.pins if not gone("pin", *pair)],
        bans=[pair for pair in problem.bans if not gone("ban", *pair)],
        rules=_rules(problem, [one for n, one in enumerate(groups) if gone("rule", n)]),
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
        loads=[0 if gone("load", person) else load for person, load in enumerate(problem.loads)],
    )


def _rules(problem: Problem, gone: Groups) -> Iterator[Rule]:
    """Yield the rules less what comes from some things."""
    for number, rule in enumerate(problem.rules):
        less = [weights[number] for weights in gone if number in weights]
        if not less:
            yield rule
        elif isinstance(rule, AtLeast) and rule.weight > sum(less) > 0:
            yield evolve(rule, weight=rule.weight - sum(less))
