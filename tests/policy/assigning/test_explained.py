"""What is explained of an assignment, against all the assignments there are."""

from collections.abc import Sequence
from itertools import product

from attrs import astuple, evolve
from hypothesis import given
from hypothesis import strategies as st

from cmcore.policy.assigning.blocking import Cause, Kind, blocks, causes
from cmcore.policy.assigning.explain import optima, why_not
from cmcore.policy.assigning.problem import (
    Problem,
)
from cmcore.policy.assigning.solve import Engine, solve
from cmcore.policy.assigning.verify import verify

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


@given(problem=problems(3, 3) | problems(3, 3, simple=True), depth=st.sampled_from([4, 5]))
def test_what_the_best_answers_share_is_exact(problem: Problem, depth: int) -> None:
    solution = solve(problem, depth=depth)
    if solution.levels:
        answers = all_best(problem)
        best = [pairs for cost, pairs in answers if cost[:depth] == answers[0][0][:depth]]
        every, some = frozenset.intersection(*best), frozenset.union(*best)
        found = optima(problem, solution, Engine())
        assert set(found.necessary) == every
        assert set(found.possible) == some - every
        assert set(found.impossible) == set(product(problem.people, problem.roles)) - some
        assert not found.unknown


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


@given(problem=problems(3, 3))
def test_causes_are_enough_and_none_can_be_spared(problem: Problem) -> None:
    solution = solve(problem)
    if not solution.levels:
        return
    found = causes(problem, solution, Engine())
    assert bool(found.found) == any(solution.values[:2])
    assert found.is_least
    alone = only(problem, found.found)
    assert solve(alone).values[:2] == solution.values[:2]
    for cause in found.found:
        fewer = only(problem, [other for other in found.found if other != cause])
        assert solve(fewer).values[:2] < solution.values[:2]


def only(problem: Problem, kept: Sequence[Cause]) -> Problem:
    """Return the problem with nothing in the way but some causes."""

    def has(kind: Kind, *at: int) -> bool:
        return Cause(kind, at) in kept

    seats = len(problem.seats)
    return evolve(
        problem,
        pins=[pair for pair in problem.pins if has("pin", *pair)],
        bans=[pair for pair in problem.bans if has("ban", *pair)],
        rules=[rule for n, rule in enumerate(problem.rules) if has("rule", n)],
        incompatible=[two for two in problem.incompatible if has("incompatible", *two)],
        capacity=[most if has("minutes", n) else None for n, most in enumerate(problem.capacity)],
        hats=[most if has("hats", n) else seats for n, most in enumerate(problem.hats)],
        seats=[
            one if has("need", n) else evolve(one, least=0) for n, one in enumerate(problem.seats)
        ],
    )
