"""Why one person and not another, and what the best answers share."""

from itertools import product

import pytest
from attrs import evolve

from cmcore.base.errors import InvalidError
from cmcore.teams.solver.explain import Move, Optima, optima, why_not
from cmcore.teams.solver.problem import AtMost, Problem, Seats
from cmcore.teams.solver.solve import Engine, solve

CHAIN = Problem([[9, 8], [7, 1], [6, None]], [Seats(), Seats()], hats=[1, 1, 1])


def test_the_chain_of_moves_starts_with_the_person_asked_for() -> None:
    solution = solve(CHAIN)
    assert solution.pairs == ((0, 1), (1, 0))
    found = why_not(CHAIN, solution, 0, 0, Engine())
    assert (found.status, found.costs, found.tie) == ("optimal", (0, 0, 0, 0, 5, 0), False)
    assert found.moves == (Move(0, (0,), (1,)), Move(1, (1,), (0,)))


def test_one_who_already_holds_the_role_costs_nothing_and_moves_nobody() -> None:
    found = why_not(CHAIN, solve(CHAIN), 1, 0, Engine())
    assert (found.tie, found.moves) == (True, ())


def test_a_tie_is_told() -> None:
    problem = Problem([[5], [5]], [Seats()])
    found = why_not(problem, solve(problem), 1, 0, Engine())
    assert (found.tie, found.moves) == (True, (Move(1, (0,), ()), Move(0, (), (0,))))


def test_one_who_cannot_hold_the_role_is_told_why() -> None:
    found = why_not(CHAIN, solve(CHAIN), 2, 1, Engine())
    assert (found.status, found.tie, found.moves) == ("infeasible", False, ())
    assert [conflict.kind for conflict in found.conflicts] == ["unfit"]


def test_moves_that_have_nothing_to_do_with_it_are_left_out() -> None:
    problem = Problem(
        [[5, None], [5, None], [None, 7], [None, 7]], [Seats(), Seats()], hats=[1, 1, 1, 1]
    )
    solution = solve(problem)
    found = why_not(problem, solution, 1, 0, Engine())
    assert found.moves == (Move(1, (0,), ()), Move(0, (), (0,)))


def test_moves_that_a_rule_asks_for_are_told_though_they_touch_no_one_before() -> None:
    problem = Problem(
        [[1, None], [None, 9], [None, 5], [9, None]],
        [Seats(), Seats()],
        rules=[AtMost([0, 1], [0, 1], 1)],
    )
    solution = solve(problem)
    assert solution.pairs == ((1, 1), (3, 0))
    assert why_not(problem, solution, 0, 0, Engine()).moves == (
        Move(0, (0,), ()),
        Move(3, (), (0,)),
        Move(1, (), (1,)),
        Move(2, (1,), ()),
    )


def test_what_all_the_best_answers_share() -> None:
    problem = Problem([[5, None], [5, None], [4, 7]], [Seats(), Seats()], hats=[1, 1, 1])
    assert optima(problem, solve(problem), Engine()) == Optima(
        necessary=((2, 1),), possible=((0, 0), (1, 0)), impossible=((0, 1), (1, 1), (2, 0))
    )


def test_only_proven_answers_have_equals() -> None:
    with pytest.raises(InvalidError, match="alternatives need a plan that is proven the best"):
        optima(ALL_SHORT, solve(ALL_SHORT, budget=0, solver="own"), Engine())


def test_what_the_budget_does_not_settle_is_unknown() -> None:
    solution = solve(ALL_SHORT)
    found = optima(ALL_SHORT, solution, Engine("own", 0))
    assert solution.status == "optimal"
    assert found.unknown
    everything = {*found.necessary, *found.possible, *found.impossible, *found.unknown}
    assert len(everything) == len(ALL_SHORT.fit) * len(ALL_SHORT.seats)


def test_the_more_problems_may_be_solved_the_more_is_known_and_none_of_it_is_taken_back() -> None:
    apart = Problem([[9, 9, 1], [9, 9, 1]], [Seats(weight=3), Seats(weight=3), Seats(2, 2)],
                    hats=[2, 2], incompatible=[(0, 1)])  # fmt: skip
    solution = solve(apart)
    whole = optima(apart, solution, Engine())
    assert not whole.unknown
    kinds = ("necessary", "possible", "impossible")
    unknown = len(apart.fit) * len(apart.seats)
    for most in range(unknown + 1):
        found = optima(apart, solution, Engine(), most)
        assert sum(len(getattr(found, kind)) for kind in (*kinds, "unknown")) == 6
        for kind in kinds:
            assert {*getattr(found, kind)} <= {*getattr(whole, kind)}
        assert len(found.unknown) <= unknown
        unknown = len(found.unknown)
        if not most:
            assert {*solution.pairs} <= {*found.unknown}
    assert not unknown


def test_a_cost_that_the_budget_does_not_prove_is_no_tie() -> None:
    solution = solve(ALL_SHORT)
    found = [
        why_not(ALL_SHORT, solution, person, role, Engine("own", 0))
        for person in ALL_SHORT.people
        for role in ALL_SHORT.roles
    ]
    assert "gap" in {one.status for one in found}
    assert not any(one.tie for one in found if one.status == "gap")


# Two people and twelve roles, each of its own length: the first node of the search does not settle
# which of them fill the minutes best.
MINUTES = [[20 + (31 * who + 17 * role * role) % 40 for role in range(12)] for who in range(2)]
ALL_SHORT = Problem(
    [
        [(37 * who * who + 101 * role * who + 13 * role) % 10 for role in range(12)]
        for who in (0, 1)
    ],
    [Seats()] * 12,
    minutes=MINUTES,
    capacity=[sum(spans) // 2 - 3 for spans in MINUTES],
)


def test_of_three_who_are_alike_two_move() -> None:
    alike = Problem([[5, 5, 5]] * 3, [Seats()] * 3, hats=[1] * 3, previous=[(0, 0), (1, 1), (2, 2)])
    fresh = evolve(alike, previous=())
    for problem in (alike, fresh):
        solution = solve(problem)
        assert solution.pairs == ((0, 0), (1, 1), (2, 2)) or problem is fresh
        for person, role in product(range(3), repeat=2):
            found = why_not(problem, solution, person, role, Engine())
            assert len(found.moves) == (0 if (person, role) in solution.pairs else 2)


def test_of_five_who_could_move_three_do() -> None:
    fit: list[list[int | None]]
    fit = [[0, 0, 2, None], [1, 0, 0, 1], [1, 1, 0, None], [1, 1, 0, 1], [1, 1, 0, 0]]
    seats = [Seats(1, 2), Seats(2, 2), Seats(1, 2), Seats(1, 2)]
    problem = Problem(fit, seats, hats=[1, 1, 1, 2, 2], incompatible=[(0, 1)])
    found = why_not(problem, solve(problem), 1, 2, Engine())
    assert found.moves == (Move(1, (2,), (3,)), Move(0, (), (2,)), Move(3, (3,), ()))
