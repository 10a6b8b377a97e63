"""Moves: what is tried to make an answer better, and when nothing more is tried."""

import pytest

from cmcore.teams.solver._draft import Plan, rank
from cmcore.teams.solver._local_moves import improve
from cmcore.teams.solver.model import USUAL, Tuning, compile_problem
from cmcore.teams.solver.problem import Problem, Seats

CROSSED = Problem([[2, 9], [9, 8]], [Seats(), Seats()], hats=[1, 1])
"""Each has the role that the other is better at, and only a trade makes it better."""


@pytest.mark.parametrize(("tuning", "held"), [(USUAL, [2, 1]), (Tuning(trades=0), [1, 2])],
                         ids=["some looks left", "none left"])  # fmt: skip
def test_two_people_trade_roles_as_long_as_there_are_looks_left_for_it(
    tuning: Tuning, held: list[int]
) -> None:
    model = compile_problem(CROSSED, tuning)
    plan = Plan(model, rank(model), model.must, model.may)
    plan.start([1, 2], model.loss)
    assert improve(plan) == model.levels(held)
    assert plan.held == held
    assert plan.looks > Tuning(trades=0).trades
