"""The kernel against two oracles, brute force and HiGHS, and the laws of an assignment."""

from collections.abc import Sequence

import pytest
from attrs import astuple, evolve
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cmcore.teams.solver._bundles import choose
from cmcore.teams.solver._duals import Dual, Node, Prices
from cmcore.teams.solver._flow import bound, solve_flow, weigh
from cmcore.teams.solver._highs import solve_highs
from cmcore.teams.solver._menus import menu
from cmcore.teams.solver._propagation import tightened
from cmcore.teams.solver._sift import Sieve
from cmcore.teams.solver.check import conflicts, verify
from cmcore.teams.solver.model import USUAL, Tuning, compile_problem, mask_of, pairs_of
from cmcore.teams.solver.problem import (
    Distinct,
    Pair,
    Problem,
    Rule,
    Seats,
    Supervision,
)
from cmcore.teams.solver.solution import Solution
from cmcore.teams.solver.solve import solve

from .oracles import SIGNS, brute_force, hands, problems

APART = Problem(
    [[9, 9, 1], [9, 9, 1]],
    [Seats(weight=3), Seats(weight=3), Seats(2, 2)],
    hats=[2, 2],
    incompatible=[(0, 1)],
)
"""The two roles that are the best for everybody are kept apart."""


@settings(max_examples=300)
@example(problem=APART)
@given(problem=problems())
def test_every_answer_is_the_best_of_all_there_are(problem: Problem) -> None:
    best = brute_force(problem)
    solution = solve(problem, solver="own")
    if best is None:
        assert solution == Solution(
            (), "infeasible", nodes=solution.nodes, conflicts=conflicts(problem)
        )
    else:
        assert (solution.status, solution.values) == ("optimal", best)
        assert [level.bound for level in solution.levels] == list(best)


@given(problem=problems())
def test_nobody_can_hold_more_than_the_tightened_model_says(problem: Problem) -> None:
    if not conflicts(problem):
        whole = compile_problem(problem)
        model = tightened(whole)
        for person in problem.people:
            for held in hands(problem, person):
                assert len(held) <= model.hats[person] <= whole.hats[person]
                assert mask_of(held) & ~model.may[person] == 0


@given(
    problem=problems(),
    data=st.data(),
    square=st.integers(0, 5),
    load=st.integers(0, 9),
    slack=st.integers(0, 30),
)
def test_a_menu_is_all_that_gains_little_less_than_the_best(
    problem: Problem, data: st.DataObject, square: int, load: int, slack: int
) -> None:
    if conflicts(problem):
        return
    model = compile_problem(problem)
    gains = [data.draw(st.integers(-20, 20)) for _ in problem.roles]
    masks = st.integers(1, max(1, 2 ** len(gains) - 1))
    bonuses = data.draw(st.lists(st.tuples(masks, st.integers(-9, 9)), max_size=2))
    every = model.ladders((0, 0, load, 0, 0, square))
    for person in problem.people:
        least, ladder = problem.loads[person], every[person]
        choice = model.must[person], model.may[person]
        worths = {}
        for held in hands(problem, person):
            mask = mask_of(held)
            worth = sum(gains[role] for role in held) - square * len(held) ** 2
            worth += load * min(least, len({*held} - {*problem.idle}))
            worths[mask] = worth + sum(bonus for wanted, bonus in bonuses if wanted & mask)
        best = max(worths.values())
        little = {(best - worth, mask) for mask, worth in worths.items() if best - worth <= slack}
        found = menu(model, person, choice, gains, ladder, slack, bonuses)
        assert found is not None
        assert sorted(found) == sorted(little)
        gain, held_best = choose(model, person, choice, gains, ladder, bonuses)
        assert gain >= best
        if (model.idling[person] & ~model.must[person]).bit_count() <= USUAL.idle:
            assert (gain, worths[held_best]) == (best, best)


@given(problem=problems(4, 4), data=st.data())
def test_what_is_sifted_out_is_no_better(problem: Problem, data: st.DataObject) -> None:
    """At any prices, what is offered beyond the slack is all that is left out."""
    if conflicts(problem):
        return
    model = tightened(compile_problem(problem))
    price = st.integers(-500, 500)
    prices = Prices([data.draw(price) for _ in model.rows], (256, 0, 0, 0, 0, 0))
    for row in {row for spread in model.spreads for row in spread.rows}:
        prices.rows[row] = abs(prices.rows[row])
    node = Node(list(model.must), list(model.may), [0] * len(model.rows), prices)
    dual = Dual(model, 0, ())
    relaxed = dual.relax(node, prices)
    slack = data.draw(st.integers(0, 2000))
    every = model.ladders(prices.weights)
    kept = [
        menu(model, person, (node.must[person], node.may[person]), gains, every[person], slack,
             dual.bonuses(person, prices))
        for person, gains in enumerate(relaxed.gains)
    ]  # fmt: skip
    offered: list[int] = []

    def offer(held: Sequence[int]) -> int:
        assert model.sound(held)
        offered.append(model.levels(held)[0])
        return slack

    whole = Sieve(model, node, [some for some in kept if some is not None], slack).run(offer)
    best = brute_force(problem)
    if whole and best is not None and 256 * best[0] <= relaxed.proof + slack:
        assert min(offered) == best[0]


IDLE = Problem(
    [[0, 0, 0], [0, 0, 0]],
    [Seats(0, 1), Seats(), Seats()],
    loads=[1, 1],
    idle=[0],
    capacity=[None, 3],
    minutes=[[1, 2, 3]] * 2,
    previous=[(0, 1), (1, 0), (1, 2)],
)
"""Somebody has no time for a role beside the one that counts for no least load."""

LAST = Problem(
    [[5, 4], [None, 8]],
    [Seats(2, 2, 3), Seats(2, 4, 3)],
    hats=[1, 2],
    incompatible=[(0, 1)],
    rules=[Supervision(1, [1], [0])],
)
"""Without prices, moves find no answer: it is the only one left in a node, and taken there."""


@settings(max_examples=300)
@example(problem=IDLE, tuning=USUAL)
@example(problem=IDLE, tuning=Tuning(idle=0))
@example(problem=LAST, tuning=Tuning(first_rounds=0, rounds=0, trades=0))
@example(problem=IDLE, tuning=Tuning(trades=0))
@given(
    problem=problems(),
    tuning=st.builds(
        Tuning,
        first_rounds=st.sampled_from([0, 1, USUAL.first_rounds]),
        rounds=st.sampled_from([0, 1, USUAL.rounds]),
        widest=st.sampled_from([0, 10, USUAL.widest]),
        steps=st.sampled_from([0, 3, USUAL.steps]),
        trades=st.sampled_from([0, USUAL.trades]),
        idle=st.sampled_from([0, 1, USUAL.idle]),
    ),
)
def test_the_values_do_not_depend_on_how_soon_anything_is_given_up(
    problem: Problem, tuning: Tuning
) -> None:
    solution = solve(problem, solver="own", tuning=tuning)
    best = brute_force(problem)
    assert (solution.status, solution.values) == (("optimal", best) if best else ("infeasible", ()))


@given(problem=problems())
def test_an_answer_is_worth_what_its_verification_says(problem: Problem) -> None:
    solution = solve(problem)
    checked = verify(problem, solution.pairs)
    if solution.levels:
        assert not checked.violations
        assert astuple(checked.values) == solution.values
        assert (checked.missing, checked.lacks) == (solution.missing, solution.lacks)


@given(problem=problems(), budget=st.integers(0, 2), depth=st.integers(1, 6))
def test_a_small_budget_makes_bounds_and_never_a_false_optimum(
    problem: Problem, budget: int, depth: int
) -> None:
    best = brute_force(problem)
    solution = solve(problem, budget=budget, depth=depth, solver="own")
    if best is None:
        assert solution.status != "optimal"
    elif solution.levels:
        assert len(solution.levels) == depth
        values, bounds = solution.values, [level.bound for level in solution.levels]
        assert (solution.status == "optimal") == (list(values) == bounds)
        for level in range(depth):
            if values[:level] == best[:level]:
                gap = SIGNS[level] * (best[level] - bounds[level])
                assert gap >= 0
        if solution.status == "optimal":
            assert values == best[:depth]
    else:
        assert solution.status == "gap"


@given(problem=problems(8, 6))
def test_highs_finds_the_same_values(problem: Problem) -> None:
    pytest.importorskip("highspy")
    ours, theirs = solve(problem, solver="own"), solve_highs(problem)
    assert (ours.status, ours.values) == (theirs.status, theirs.values)


@given(problem=problems(simple=True))
def test_a_flow_proves_itself(problem: Problem) -> None:
    if not conflicts(problem):
        model = compile_problem(problem)
        weights = weigh(model)
        flow = solve_flow(model, weights)
        assert flow.bound == flow.cost == bound(model, weights, flow.prices)
        assert solve(problem).nodes == 0


@given(problem=problems(simple=True), data=st.data())
def test_any_prices_bound_a_flow(problem: Problem, data: st.DataObject) -> None:
    if not conflicts(problem):
        model = compile_problem(problem)
        some = tuple(data.draw(st.integers(-2000, 2000)) for _ in problem.roles)
        weights = (500, 500, 300, 100, 1, 1)
        assert bound(model, weights, some) <= solve_flow(model, weights).cost


@given(problem=problems(simple=True), data=st.data())
def test_one_more_person_never_leaves_more_seats_empty(
    problem: Problem, data: st.DataObject
) -> None:
    row = [data.draw(st.none() | st.integers(0, 9)) for _ in problem.seats]
    more = Problem(
        [*problem.fit, row],
        problem.seats,
        hats=[*problem.hats, 2],
        loads=[*problem.loads, 0],
        pins=problem.pins,
        bans=problem.bans,
    )
    if not conflicts(problem):
        assert solve(more).values[0] <= solve(problem).values[0]


@given(problem=problems(), data=st.data())
def test_values_do_not_depend_on_the_order_of_people_and_roles(
    problem: Problem, data: st.DataObject
) -> None:
    people = data.draw(st.permutations(problem.people))
    roles = data.draw(st.permutations(problem.roles))
    assert solve(relabelled(problem, people, roles)).values == solve(problem).values


def relabelled(problem: Problem, people: list[int], roles: list[int]) -> Problem:
    """Return the same problem where new person i is old `people[i]`."""

    def who(many: tuple[int, ...]) -> list[int]:
        return [people.index(person) for person in many]

    def what(many: tuple[int, ...]) -> list[int]:
        return [roles.index(role) for role in many]

    def both(many: tuple[Pair, ...]) -> list[Pair]:
        return [(people.index(person), roles.index(role)) for person, role in many]

    def rule(old: Rule) -> Rule:
        match old:
            case Supervision():
                return Supervision(roles.index(old.role), who(old.group), who(old.others))
            case Distinct():
                groups = [who(group) for group in old.groups]
                return evolve(old, roles=what(old.roles), groups=groups)
            case _:
                return evolve(old, roles=what(old.roles), group=who(old.group))

    return Problem(
        [[problem.fit[person][role] for role in roles] for person in people],
        [problem.seats[role] for role in roles],
        hats=[problem.hats[person] for person in people],
        loads=[problem.loads[person] for person in people],
        capacity=[problem.capacity[person] for person in people],
        minutes=[[problem.minutes[person][role] for role in roles] for person in people],
        incompatible=[(roles.index(a), roles.index(b)) for a, b in problem.incompatible],
        pins=both(problem.pins),
        bans=both(problem.bans),
        previous=both(problem.previous),
        rules=[rule(old) for old in problem.rules],
        idle=what(problem.idle),
    )


def test_pairs_are_those_of_the_masks() -> None:
    assert pairs_of([0b101, 0, 0b10]) == ((0, 0), (0, 2), (2, 1))
