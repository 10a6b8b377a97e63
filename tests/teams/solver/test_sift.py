"""Sifting is a short cut: given up at any time, it changes no value."""

from random import Random

import pytest

from cmcore.teams.solver.model import Tuning
from cmcore.teams.solver.problem import AtLeast, AtMost, Distinct, Problem, Seats, Supervision
from cmcore.teams.solver.solve import solve


def team(seed: int) -> Problem:
    """Make up a team where minutes, incompatible roles and supervision all bind."""
    chance = Random(seed)  # noqa: S311 - nothing to keep secret
    roles = range(6)
    fit = [[chance.choice((None, 3, 50, 700, 1000)) for _ in roles] for _ in range(4)]
    spans = [chance.choice((30, 45, 60, 90, 120)) for _ in roles]
    return Problem(
        fit,
        [Seats()] * 6,
        hats=[3] * 4,
        minutes=[spans] * 4,
        capacity=[chance.choice((60, 90, 120, 180)) for _ in fit],
        incompatible=[(0, 1), (2, 3), (4, 5)],
        rules=[
            *(Supervision(role, [0, 1], [2, 3]) for role in (0, 3)),
            AtMost([1, 2], [0, 1, 2], 1),
            Distinct([3, 4], [[0], [1, 2], [3]], 2),
        ],
    )


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(("widest", "steps"), [(0, 500), (10**12, 0), (10**12, 3), (1000, 500)])
def test_the_values_are_the_same_however_soon_it_is_given_up(
    seed: int, widest: int, steps: int
) -> None:
    expected = solve(team(seed))
    found = solve(team(seed), tuning=Tuning(widest=widest, steps=steps))
    assert (found.status, found.values) == (expected.status, expected.values)
    assert expected.status == "optimal"


def test_without_it_the_only_answer_left_is_found_by_splitting() -> None:
    problem = Problem(
        [[5, 1000, 0], [5, None, 0]],
        [Seats(0, 2), Seats(0, 2, 2), Seats(2, 2)],
        hats=[2, 0],
        capacity=[11, 0],
        minutes=[[5, 0, 4], [1, 2, 0]],
        rules=[AtLeast([0, 1, 2], [0, 1], 2, 3), Distinct([0], [[0], []], 2, 2)],
    )
    expected = solve(problem, solver="own")
    assert (
        solve(problem, solver="own", tuning=Tuning(widest=0)).values
        == expected.values
        == (6, 0, 0, 2, 5, 4)
    )
