"""What is explained of an assignment, against all the assignments there are."""

from itertools import product

from attrs import astuple, evolve
from hypothesis import given
from hypothesis import strategies as st

from cmcore.policy.assigning.blocking import blocks, causes
from cmcore.policy.assigning.explain import absences, optima, why_not
from cmcore.policy.assigning.problem import (
    Problem,
)
from cmcore.policy.assigning.solve import solve
from cmcore.policy.assigning.verify import verify

from .oracles import all_best, brute_force, costs, problems


@given(problem=problems(3, 3), data=st.data())
def test_the_cost_of_another_choice_is_exact(problem: Problem, data: st.DataObject) -> None:
    solution = solve(problem)
    if not solution.levels or not problem.seats or not problem.fit:
        return
    pair = data.draw(st.tuples(st.sampled_from(problem.people), st.sampled_from(problem.roles)))
    found = why_not(problem, solution, *pair)
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


@given(problem=problems(3, 3) | problems(3, 3, simple=True), depth=st.sampled_from([3, 4]))
def test_what_the_best_answers_share_is_exact(problem: Problem, depth: int) -> None:
    solution = solve(problem, depth=depth)
    if solution.levels:
        answers = all_best(problem)
        best = [pairs for cost, pairs in answers if cost[:depth] == answers[0][0][:depth]]
        every, some = frozenset.intersection(*best), frozenset.union(*best)
        found = optima(problem, solution)
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
    found = causes(problem, solution)
    assert bool(found) == (solution.values[0] > 0)


@given(problem=problems(4, 4))
def test_an_absence_is_solved_again(problem: Problem) -> None:
    solution = solve(problem)
    if not solution.levels:
        return
    found = absences(problem, solution)
    assert [absence.person for absence in found] == list(problem.people)
    for absence in found:
        person = absence.person
        nobody = [
            (None,) * len(row) if who == person else row for who, row in enumerate(problem.fit)
        ]
        pins = [pair for pair in problem.pins if pair[0] != person]
        best = brute_force(evolve(problem, fit=nobody, pins=pins))
        assert (best is None) == (absence.status == "infeasible")
        if best:
            assert absence.opened == best[0] - solution.values[0]
