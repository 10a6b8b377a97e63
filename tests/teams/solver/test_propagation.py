"""What is fixed has consequences; nothing more is fixed than must be."""

from cmcore.teams.solver._duals import Node, Prices
from cmcore.teams.solver._propagation import propagate
from cmcore.teams.solver.model import Model, compile_problem
from cmcore.teams.solver.problem import AtLeast, Problem, Seats


def node(model: Model, *floors: int) -> Node:
    return Node(list(model.must), list(model.may), list(floors), Prices([], (0, 0, 0, 0, 0, 0)))


def test_the_only_one_for_a_seat_must_hold_it() -> None:
    model = compile_problem(Problem([[1, 1], [1, None]], [Seats(), Seats()], hats=[1, 1]))
    fixed = node(model, 1, 1)
    assert propagate(model, fixed)
    assert (fixed.must, fixed.may) == ([0b10, 0b01], [0b10, 0b01])


def test_the_only_one_for_several_roles_may_still_choose() -> None:
    problem = Problem([[1, 1]], [Seats(0, 1), Seats(0, 1)], rules=[AtLeast([0, 1], [0], 1)])
    model = compile_problem(problem)
    fixed = node(model, 0, 0, 1)
    assert propagate(model, fixed)
    assert (fixed.must, fixed.may) == ([0], [0b11])


def test_too_few_people_fit_nothing() -> None:
    model = compile_problem(Problem([[1, None]], [Seats(), Seats()]))
    assert not propagate(model, node(model, 1, 1))
