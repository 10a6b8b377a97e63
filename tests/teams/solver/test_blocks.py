"""A shortage is told by the smallest set of roles and people, or of rules, to blame."""

from attrs import evolve

from cmcore.teams.solver.blocks import Block, Cause, blocks
from cmcore.teams.solver.blocks import causes as causes_of
from cmcore.teams.solver.problem import AtMost, Problem, Seats, Supervision
from cmcore.teams.solver.solution import Solution
from cmcore.teams.solver.solve import Engine, solve


def causes(problem: Problem, solution: Solution) -> tuple[Cause, ...]:
    found = causes_of(problem, solution, Engine())
    assert found.is_least
    return found.found


PAIR = Problem(
    [[5, 5, None], [5, 5, None], [None, None, 5]],
    [Seats(2, 2), Seats(2, 2), Seats()],
    hats=[2, 1, 1],
)


def test_two_roles_that_only_two_people_can_hold() -> None:
    solution = solve(PAIR)
    assert sum(solution.missing) == 1
    assert blocks(PAIR, solution) == (Block((0, 1), (0, 1), 4, 3),)


def test_a_role_nobody_can_hold_blocks_itself() -> None:
    problem = Problem([[None, 1]], [Seats(2, 2), Seats()])
    assert blocks(problem, solve(problem)) == (Block((0,), (), 2, 0),)


def test_who_holds_a_role_already_draws_no_other_role_in() -> None:
    problem = Problem([[5, 5]], [Seats(2, 2), Seats()])
    assert blocks(problem, solve(problem)) == (Block((0,), (0,), 2, 1),)


def test_a_pinned_holder_is_no_way_out() -> None:
    problem = Problem([[5, 5]], [Seats(), Seats()], hats=[1], pins=[(0, 1)])
    assert blocks(problem, solve(problem)) == (Block((0,), (0,), 1, 0),)


def test_no_shortage_has_no_cause() -> None:
    problem = Problem([[5]], [Seats()])
    assert causes(problem, solve(problem)) == ()
    assert blocks(problem, solve(problem)) == ()


def test_what_cannot_be_has_causes_that_cannot_be_spared() -> None:
    rules = [Supervision(0, [0], [1]), Supervision(1, [0], [1])]
    seats = [Seats(1, 2), Seats(1, 2)]
    problem = Problem([[5, 5], [None, 5]], seats, pins=[(0, 0), (0, 1)], rules=rules)
    found = causes(problem, solve(problem))
    assert found == (Cause("pin", (0, 0)), Cause("rule", (0,)))


def test_causes_name_what_cannot_be_spared() -> None:
    problem = Problem(
        [[5, 5, 5], [None, None, 5]],
        [Seats(), Seats(), Seats()],
        hats=[3, 1],
        capacity=[10, 20],
        minutes=[[6, 6, 6], [1, 1, 1]],
        incompatible=[(0, 2)],
        bans=[(1, 0)],
        pins=[(1, 2)],
        rules=[AtMost([2], [0], 0)],
    )
    found = causes(problem, solve(problem))
    assert found == (Cause("minutes", (0,)), Cause("need", (0,)), Cause("need", (1,)))
    longer = evolve(problem, capacity=[12, 20])
    assert solve(longer).values[0] == 0


def test_each_kind_of_cause() -> None:
    one = [Seats()]
    banned = Problem([[5]], one, bans=[(0, 0)])
    assert causes(banned, solve(banned)) == (Cause("ban", (0, 0)), Cause("need", (0,)))
    ruled = Problem([[5]], one, rules=[AtMost([0], [0], 0)])
    assert causes(ruled, solve(ruled)) == (Cause("rule", (0,)), Cause("need", (0,)))
    hatless = Problem([[5]], one, hats=[0])
    assert causes(hatless, solve(hatless)) == (Cause("hats", (0,)), Cause("need", (0,)))
    apart = Problem([[5, 5]], [Seats(), Seats()], incompatible=[(0, 1)])
    assert causes(apart, solve(apart)) == (
        Cause("incompatible", (0, 1)),
        Cause("need", (0,)),
        Cause("need", (1,)),
    )
    pinned = Problem([[5, 5]], [Seats(), Seats(0, 1)], hats=[1], pins=[(0, 1)])
    assert causes(pinned, solve(pinned)) == (
        Cause("pin", (0, 1)),
        Cause("hats", (0,)),
        Cause("need", (0,)),
    )
