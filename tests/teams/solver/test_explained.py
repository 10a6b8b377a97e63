"""What is explained of an assignment, against all the assignments there are."""

from collections.abc import Iterator, Sequence
from itertools import product
from math import inf

from attrs import astuple, evolve
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cmcore.teams.solver.blocks import MOST, Cause, Kind, blocks, causes
from cmcore.teams.solver.check import verify
from cmcore.teams.solver.explain import MOST_TRIED, optima, why_not
from cmcore.teams.solver.problem import AtLeast, Problem, Rule, Seats
from cmcore.teams.solver.solution import WANTED
from cmcore.teams.solver.solve import Engine, has_highs, solve

from .oracles import all_best, costs, problems


@given(problem=problems(3, 3), data=st.data())
def test_the_cost_of_another_choice_is_exact(problem: Problem, data: st.DataObject) -> None:
    solution = solve(problem)
    if not solution.levels or not problem.seats or not problem.fit:
        return
    pair = data.draw(st.tuples(st.sampled_from(problem.people), st.sampled_from(problem.roles)))
    found = why_not(problem, solution, *pair, Engine())
    answers = all_best(problem)
    forced = [cost for cost, pairs in answers if pair in pairs]
    assert (found.status == "optimal") == bool(forced)
    if forced:
        best = answers[0][0]
        assert found.costs == tuple(b - a for a, b in zip(best, forced[0], strict=True))
        assert found.tie == (forced[0] == best)
        held = set(solution.pairs)
        for move in found.moves:
            held |= {(move.person, role) for role in move.takes}
            held -= {(move.person, role) for role in move.leaves}
        assert pair in held
        assert not verify(problem, held).violations
        assert costs(astuple(verify(problem, held).values)) == forced[0]


def alike(problem: Problem) -> Problem:
    """Return the problem where all who are fit for a role are as good as each other."""
    fit = [[None if one is None else 0 for one in row] for row in problem.fit]
    return evolve(problem, fit=fit)


@settings(max_examples=200)
@given(
    problem=problems(3, 3) | problems(3, 3, simple=True) | problems(3, 3).map(alike),
    depth=st.sampled_from([5, 6]),
    tried=st.sampled_from([0, 1, MOST_TRIED]),
)
@example(
    problem=Problem([[0, 0], [0, 0]], [Seats(), Seats()], incompatible=[(0, 1)]),
    depth=6,
    tried=MOST_TRIED,
)
@example(
    problem=Problem([[0, 0], [0, 0]], [Seats(), Seats()], pins=[(0, 0)]),
    depth=6,
    tried=MOST_TRIED,
)
def test_what_the_best_answers_share_is_exact_as_far_as_it_is_known(
    problem: Problem, depth: int, tried: int
) -> None:
    solution = solve(problem, depth=depth)
    if solution.levels:
        answers = all_best(problem)
        best = [pairs for cost, pairs in answers if cost[:depth] == answers[0][0][:depth]]
        every, some = frozenset.intersection(*best), frozenset.union(*best)
        found = optima(problem, solution, Engine(), tried)
        unknown = set(found.unknown)
        assert set(found.necessary) == every - unknown
        assert set(found.possible) == (some - every) - unknown
        assert set(found.impossible) == set(product(problem.people, problem.roles)) - some - unknown
        assert not unknown or tried < MOST_TRIED


@given(problem=problems(4, 4, simple=True))
def test_a_block_is_a_set_of_roles_that_its_people_cannot_fill(problem: Problem) -> None:
    solution = solve(problem)
    found = blocks(problem, solution) if solution.levels else ()
    short = {role for role, missing in enumerate(solution.missing) if missing}
    assert short <= {role for block in found for role in block.roles}
    for block in found:
        able = {
            person
            for person, role in product(problem.people, block.roles)
            if problem.fit[person][role] is not None and (person, role) not in problem.bans
        }
        assert able == set(block.people)
        assert block.wanted == sum(problem.seats[role].least for role in block.roles)
        alone = [
            seats if role in block.roles else evolve(seats, least=0)
            for role, seats in enumerate(problem.seats)
        ]
        left = solve(evolve(problem, seats=alone))
        assert block.wanted - block.filled == sum(left.missing)


def sources(problem: Problem) -> list[dict[int, int]]:
    """Return the things that rules come from: two that share its weight, where there is enough."""
    groups: list[dict[int, int]] = []
    for number, rule in enumerate(problem.rules):
        weight = rule.weight if isinstance(rule, AtLeast) else 1
        groups += [{number: 1}, {number: weight - 1}] if weight > 1 else [{number: 0}]
    return groups


ENGINES = [Engine(), Engine("own", 0)]
if has_highs():
    ENGINES += [Engine("highs"), Engine("highs", 0)]


@settings(max_examples=200)
@given(
    problem=problems(3, 3),
    engine=st.sampled_from(ENGINES),
    most=st.sampled_from([1, 3, MOST]),
)
@example(
    problem=Problem([[None]], [Seats(0)], rules=[AtLeast([0], [0], 1, 3, timed=True)]),
    engine=Engine(),
    most=MOST,
)
def test_causes_are_enough_and_none_can_be_spared(
    problem: Problem, engine: Engine, most: int
) -> None:
    solution = solve(problem)
    groups = sources(problem)
    found = causes(problem, solution, engine, groups, most)
    if solution.levels:
        assert bool(found.found) == any(solution.values[:WANTED])
    assert found.is_least or most < MOST or engine == Engine("own", 0)
    assert lacking(only(problem, found.found, groups)) >= lacking(problem)
    for cause in found.found if found.is_least and not solution.conflicts else ():
        fewer = [other for other in found.found if other != cause]
        assert lacking(only(problem, fewer, groups)) < lacking(problem)


def lacking(problem: Problem) -> tuple[float, ...]:
    """Return what lacks at the least, or infinity where nothing is possible."""
    found = solve(problem)
    return found.values[:WANTED] if found.levels else (inf,)


def only(problem: Problem, kept: Sequence[Cause], groups: Sequence[dict[int, int]]) -> Problem:
    """Return the problem with nothing in the way but some causes."""

    def has(kind: Kind, *at: int) -> bool:
        return Cause(kind, at) in kept

    def rules() -> Iterator[Rule]:
        for number, rule in enumerate(problem.rules):
            left = [
                some[number] for n, some in enumerate(groups) if number in some and has("rule", n)
            ]
            if isinstance(rule, AtLeast) and any(left):
                yield evolve(rule, weight=sum(left))
            elif left:
                yield rule

    seats = len(problem.seats)
    return evolve(
        problem,
        pins=[pair for pair in problem.pins if has("pin", *pair)],
        bans=[pair for pair in problem.bans if has("ban", *pair)],
        rules=rules(),
        incompatible=[two for two in problem.incompatible if has("incompatible", *two)],
        capacity=[most if has("minutes", n) else None for n, most in enumerate(problem.capacity)],
        hats=[most if has("hats", n) else seats for n, most in enumerate(problem.hats)],
        seats=[
            one if has("need", n) else evolve(one, least=0) for n, one in enumerate(problem.seats)
        ],
        loads=[least if has("load", n) else 0 for n, least in enumerate(problem.loads)],
    )
