"""What the levels mean, seen in small teams whose answer is plain."""

import pytest

from cmcore.teams.solver.problem import (
    AtLeast,
    AtMost,
    Problem,
    Seats,
    Supervision,
)
from cmcore.teams.solver.solution import Level, settled
from cmcore.teams.solver.solve import solve


def test_nobody_and_nothing() -> None:
    solution = solve(Problem([], []))
    assert (solution.status, solution.pairs, solution.values) == ("optimal", (), (0, 0, 0, 0, 0, 0))


def test_an_empty_team_lacks_every_seat() -> None:
    solution = solve(Problem([], [Seats(2, 3, 5), Seats()]))
    assert (solution.values, solution.missing) == ((11, 0, 0, 0, 0, 0), (2, 1))


def test_a_person_fit_for_nothing_and_a_seat_nobody_can_hold() -> None:
    solution = solve(Problem([[None, None], [None, 3]], [Seats(), Seats()]))
    assert (solution.pairs, solution.missing) == (((1, 1),), (1, 0))


def test_a_weightier_seat_comes_before_several_lighter_ones() -> None:
    problem = Problem([[0, 1000, 1000]], [Seats(weight=3), Seats(), Seats()], hats=[1])
    assert solve(problem).pairs == ((0, 0),)


def test_seats_above_the_least_are_filled_only_by_those_who_were_there() -> None:
    fit = [[500], [1000], [400]]
    assert solve(Problem(fit, [Seats(1, 3)])).pairs == ((1, 0),)
    kept = solve(Problem(fit, [Seats(1, 3)], previous=[(0, 0), (2, 0)]))
    assert kept.pairs == ((0, 0), (2, 0))
    assert kept.values == (0, 0, 0, 0, 900, 2)


def test_seats_above_the_least_are_filled_where_a_rule_wants_it() -> None:
    problem = Problem([[500], [1000]], [Seats(1, 2)], rules=[AtLeast([0], [0, 1], 2)])
    assert solve(problem).pairs == ((0, 0), (1, 0))


def test_fewest_changes_come_before_affinity() -> None:
    problem = Problem([[0], [1000]], [Seats()], previous=[(0, 0)])
    assert solve(problem).pairs == ((0, 0),)


def test_a_previous_pair_that_is_impossible_now_is_a_change() -> None:
    problem = Problem([[None], [5]], [Seats()], previous=[(0, 0)])
    assert solve(problem).values == (0, 0, 0, 2, 5, 1)


def test_balance_breaks_ties_of_affinity() -> None:
    problem = Problem([[5, 5], [5, 5]], [Seats(), Seats()])
    assert solve(problem).values == (0, 0, 0, 2, 10, 2)


def test_a_supervised_person_is_never_alone() -> None:
    problem = Problem([[1000], [1]], [Seats(1, 2)], rules=[Supervision(0, [0], [1])])
    assert solve(problem).pairs == ((1, 0),)
    pinned = Problem([[1000], [1]], [Seats(1, 2)], pins=[(0, 0)], rules=[Supervision(0, [0], [1])])
    assert solve(pinned).pairs == ((0, 0), (1, 0))


def test_a_pinned_person_whom_nobody_supervises_makes_the_problem_infeasible() -> None:
    problem = Problem(
        [[1000], [None]], [Seats(1, 2)], pins=[(0, 0)], rules=[Supervision(0, [0], [1])]
    )
    solution = solve(problem)
    assert (solution.status, solution.levels, solution.conflicts) == ("infeasible", (), ())


def test_three_places_to_supervise_and_two_people_for_it() -> None:
    problem = Problem(
        [[1, 1, 1], [1, 1, 1], [1, 1, 1]],
        [Seats(1, 2)] * 3,
        hats=[3, 1, 1],
        pins=[(0, 0), (0, 1), (0, 2)],
        rules=[Supervision(role, [0], [1, 2]) for role in range(3)],
    )
    solution = solve(problem)
    assert (solution.status, solution.levels) == ("infeasible", ())
    assert solve(problem, budget=0, solver="own").status == "gap"


def test_ceilings_hold_over_several_roles() -> None:
    problem = Problem(
        [[9, 9], [9, 9], [1, 1]],
        [Seats(), Seats()],
        hats=[1, 1, 2],
        rules=[AtMost([0, 1], [0, 1], 1)],
    )
    assert solve(problem).values == (0, 0, 0, 2, 10, 2)


def test_the_number_of_levels_may_be_less() -> None:
    problem = Problem([[5, 5]], [Seats(), Seats()], incompatible=[(0, 1)])
    solution = solve(problem, depth=4)
    assert solution.levels == (
        Level("shortage", 1, 1),
        Level("hours", 0, 0),
        Level("loads", 0, 0),
        Level("changes", 1, 1),
    )


def test_an_answer_that_breaks_a_rule_is_never_given() -> None:
    with pytest.raises(RuntimeError, match="the answer breaks"):
        settled(Problem([[None]], [Seats()]), ((0, 0),), (0, 0, 0, 0, 0, 0))
