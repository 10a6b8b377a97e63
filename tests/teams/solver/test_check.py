"""The verification finds every rule broken, and the values by hand."""

from cmcore.teams.solver.check import Values, Violation, verify
from cmcore.teams.solver.problem import (
    AtLeast,
    AtMost,
    Distinct,
    Problem,
    Seats,
    Supervision,
)


def test_every_rule_broken_is_found() -> None:
    problem = Problem(
        [[None, 1, 1], [1, 1, 1]],
        [Seats(), Seats(), Seats()],
        hats=[2, 3],
        capacity=[10, None],
        minutes=[[5, 5, 5], [5, 5, 5]],
        incompatible=[(0, 1), (1, 2)],
        pins=[(1, 0)],
        bans=[(0, 1)],
        rules=[AtMost([1, 2], [0, 1], 1), Supervision(0, [0], [1]), Supervision(2, [0], [1])],
    )
    checked = verify(problem, [(0, 0), (0, 1), (0, 2), (1, 2)])
    assert checked.violations == (
        Violation("unfit", (0,), (0,)),
        Violation("ban", (0,), (1,)),
        Violation("pin", (1,), (0,)),
        Violation("hats", (0,), (0, 1, 2)),
        Violation("minutes", (0,), (0, 1, 2), 5),
        Violation("incompatible", (0,), (0, 1)),
        Violation("incompatible", (0,), (1, 2)),
        Violation("seats", (0, 1), (2,)),
        Violation("ceiling", (0, 1), (1, 2)),
        Violation("supervision", (0,), (0,)),
    )


def test_values_are_those_one_counts_by_hand() -> None:
    problem = Problem(
        [[10, 20, None], [30, 40, 50]],
        [Seats(2, 2, 5), Seats(1, 1), Seats(1, 1, 7)],
        previous=[(1, 0), (1, 1)],
        loads=[3, 2],
        idle=[1],
        rules=[
            AtLeast([0, 1], [0, 1], 3, 11),
            Distinct([0], [[0], [1], [0, 1]], 3, 100),
            AtMost([0], [0], 1),
        ],
    )
    checked = verify(problem, [(0, 0), (0, 1)])
    assert checked.violations == ()
    assert checked.missing == (1, 0, 1)
    assert checked.lacks == (2, 1, 0)
    assert checked.values == Values(5 + 7 + 22 + 100, 0, 2 + 2, 4, 30, 4)
