"""Problems refuse what makes no sense, and tell which pins contradict each other, all at once."""

import pytest

from cmcore.base.errors import InvalidError
from cmcore.teams.solver.check import Violation, conflicts
from cmcore.teams.solver.problem import (
    AtLeast,
    AtMost,
    Distinct,
    Problem,
    Seats,
    Supervision,
)
from cmcore.teams.solver.solve import solve


def told(**fields: object) -> list[str]:
    with pytest.raises(InvalidError) as caught:
        Problem(**fields)  # type: ignore[arg-type]
    return [str(problem) for problem in caught.value.problems]


def test_tables_are_optional_and_collections_are_put_in_order() -> None:
    problem = Problem([[1, 2]], [Seats(), Seats()], incompatible=[(1, 0)], pins=[(0, 1), (0, 0)])
    assert problem.hats == (2,)
    assert problem.capacity == (None,)
    assert problem.minutes == ((0, 0),)
    assert problem.incompatible == ((0, 1),)
    assert problem.pins == ((0, 0), (0, 1))
    assert AtMost([2, 1, 1], [0], 1) == AtMost((1, 2), (0,), 1)
    assert hash(problem) == hash(
        Problem([[1, 2]], [Seats(), Seats()], incompatible=[(0, 1)], pins=[(0, 0), (0, 1)])
    )


def test_every_wrong_shape_is_told() -> None:
    found = told(fit=[[1], [1, 2]], seats=[Seats()], hats=[1], capacity=[], minutes=[[1, 2]])
    assert found == [
        "hats: `1` rows where there are `2` people",
        "capacity: `0` rows where there are `2` people",
        "minutes: `1` rows where there are `2` people",
        "fit[1]: `2` columns where there are `1` roles",
        "minutes[0]: `2` columns where there are `1` roles",
    ]


NUMBER = "is not a valid number here (write a whole number,"
ONE, ZERO = f"{NUMBER} from 1 to 1000000000)", f"{NUMBER} 0 or more)"
SCALE = f"{NUMBER} from 0 to 1000000000)"


def test_every_wrong_number_and_index_is_told() -> None:
    found = told(
        fit=[[10**9 + 1, -1]],
        seats=[Seats(2, 1), Seats(weight=0)],
        hats=[-1],
        capacity=[-1],
        minutes=[[0, -5]],
        incompatible=[(1, 1), (0, 2)],
        pins=[(1, 0)],
        bans=[(0, 2)],
        previous=[(-1, 0)],
        rules=[
            AtMost([0], [0], -1),
            AtLeast([0], [3], 1, 0),
            Distinct([4], [[0], [5]], 1, 0),
            Supervision(6, [0], []),
        ],
    )
    assert found == [
        "seats[0]: `2` to `1` seats is not a range",
        f"seats[1]: `0` {ONE}",
        f"fit[0][0]: `1000000001` {SCALE}",
        f"fit[0][1]: `-1` {SCALE}",
        f"minutes[0][1]: `-5` {ZERO}",
        f"capacity[0]: `-1` {ZERO}",
        f"hats[0]: `-1` {ZERO}",
        f"rules[0]: `-1` {ZERO}",
        f"rules[1]: `0` {ONE}",
        f"rules[2]: `0` {ONE}",
        "pins[0]: there is no person `1`",
        "bans[0]: there is no role `2`",
        "previous[0]: there is no person `-1`",
        "incompatible[0]: there is no role `2`",
        "incompatible[1]: `1` cannot be kept apart from itself (name two roles)",
        "rules[1]: there is no person `3`",
        "rules[2]: there is no person `5`",
        "rules[2]: there is no role `4`",
        "rules[3]: there is no role `6`",
    ]


def test_every_contradiction_of_the_pins_is_told_at_once() -> None:
    problem = Problem(
        [[None, 1, 1], [1, 1, 1]],
        [Seats(), Seats(), Seats()],
        hats=[2, 3],
        capacity=[10, None],
        minutes=[[5, 5, 5], [5, 5, 5]],
        incompatible=[(0, 1)],
        pins=[(0, 0), (0, 1), (0, 2), (1, 2)],
        bans=[(0, 1)],
        rules=[AtMost([1, 2], [0, 1], 1), Supervision(0, [0], [1])],
    )
    found = (
        Violation("unfit", (0,), (0,)),
        Violation("ban", (0,), (1,)),
        Violation("hats", (0,), (0, 1, 2)),
        Violation("minutes", (0,), (0, 1, 2), 5),
        Violation("incompatible", (0,), (0, 1)),
        Violation("seats", (0, 1), (2,)),
        Violation("ceiling", (0, 1), (1, 2)),
    )
    assert conflicts(problem) == found
    solution = solve(problem)
    assert (solution.status, solution.pairs, solution.conflicts) == ("infeasible", (), found)


def test_pins_that_agree_are_no_conflict() -> None:
    problem = Problem(
        [[1, 1]],
        [Seats(), Seats()],
        capacity=[10],
        minutes=[[5, 5]],
        pins=[(0, 0), (0, 1)],
        rules=[AtMost([0], [0], 1)],
    )
    assert conflicts(problem) == ()
