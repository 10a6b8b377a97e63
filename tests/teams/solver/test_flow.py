"""A flow of some size proves itself, and scales of weights do not overlap."""

from cmcore.teams.solver._flow import solve_flow, split, weigh
from cmcore.teams.solver.model import compile_problem
from cmcore.teams.solver.problem import Problem, Seats


def test_a_linear_assignment_proves_itself() -> None:
    size = 40
    fit = [[(37 * i * i + 101 * j * i + 13 * j) % 997 for j in range(size)] for i in range(size)]
    model = compile_problem(Problem(fit, [Seats()] * size, hats=[1] * size))
    weights = weigh(model)
    flow = solve_flow(model, weights)
    assert flow.bound == flow.cost
    assert flow.levels[0] == 0
    assert split(flow.cost, weights) == flow.levels


def test_a_cost_is_split_into_its_levels() -> None:
    weights = (1_000_000, 0, 100_000, 10_000, 100, 1)
    assert split(2_100_000 - 30_000 + 400 - 5, weights) == (2, 0, 1, -3, 4, -5)
