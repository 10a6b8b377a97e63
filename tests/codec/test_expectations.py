"""The bounds of an expectation: a floor is counted in a unit of the calendar, a cap in any time."""

from datetime import timedelta

import pytest

from cmcore import InvalidError
from cmcore.charters.conditions.operands import Rate
from cmcore.codec.expectations import read_expectation
from cmcore.time.units import CalendarUnit


@pytest.mark.parametrize(
    ("side", "bound", "rate"),
    [
        ("at least", "2 per week", Rate(2, CalendarUnit.WEEK)),
        ("at most", "2 per week", Rate(2, CalendarUnit.WEEK)),
        ("at most", "0 in 1 h", Rate(0, timedelta(hours=1))),
    ],
)
def test_a_number_of_acts_is_read_with_its_time(side: str, bound: str, rate: Rate) -> None:
    read = read_expectation({"id": "x", "of": "publish", side: bound})
    assert (read.at_least or read.at_most) == rate


@pytest.mark.parametrize(
    ("side", "bound"), [("at least", "2 in 1 h"), ("at least", "0 per week"), ("at most", "3")]
)
def test_a_number_of_acts_in_no_time_or_one_that_no_floor_is_counted_in_is_no_bound(
    side: str, bound: str
) -> None:
    with pytest.raises(InvalidError) as refused:
        read_expectation({"id": "x", "of": "publish", side: bound})
    assert [one.path for one in refused.value.problems] == [(side,)]


@pytest.mark.parametrize(
    ("side", "bound", "meant"),
    [
        ("at least", 3, "3 per week"),
        ("at least", 0, "2 per week"),
        ("at least", "3 posts/week", "3 per week"),
        ("at least", "3 posts/hour", "2 per week"),
        ("at most", 4, "4 in 1 h"),
        ("at most", 0, "0 in 1 h"),
        ("at most", "3 posts/hour", "3 in 1 h"),
        ("at most", "3 posts/week", "3 per week"),
    ],
)
def test_what_is_offered_for_a_bound_that_does_not_read_is_one_that_may_stand_there(
    side: str, bound: object, meant: str
) -> None:
    with pytest.raises(InvalidError) as refused:
        read_expectation({"id": "x", "of": "publish", side: bound})
    assert [one.hint for one in refused.value.problems] == [f"write `{meant}`"]
    read_expectation({"id": "x", "of": "publish", side: meant})


@pytest.mark.parametrize("side", ["at least", "at most"])
def test_a_share_that_says_not_of_what_is_one_problem_whether_it_reads_or_not(side: str) -> None:
    for bound in ("20 %", "20 of %"):
        with pytest.raises(InvalidError) as refused:
            read_expectation({"id": "x", "of": "publish", side: bound})
        assert "share-of-nothing" in {one.code for one in refused.value.problems}
