"""How long something takes: on hours of the week, as long as from the worst moment to begin."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore import BusinessClock, Week, hours
from cmcore.base.truth import Truth
from cmcore.organisations.checks._evidence import Longest, in_turn, longest
from cmcore.time import Calendar, deadline
from cmcore.time.calendar import WorkingDays

MONDAY = datetime(2026, 6, 1, tzinfo=UTC)
MONDAYS = BusinessClock(Week.parse("Mon 09:00-10:00"))
WEEKS = st.sampled_from(["Mon 09:00-10:00", "Mon-Fri 09:00-18:00", "Sat 22:00-02:00", "always"])
TIMES = st.lists(st.tuples(st.integers(1, 600), WEEKS | st.none()), min_size=1, max_size=3)


@given(TIMES, st.integers(0, 7 * 24 * 60))
def test_nothing_takes_longer_than_is_said(many: list[tuple[int, str | None]], wait: int) -> None:
    at = start = MONDAY + timedelta(minutes=wait)
    told: list[Longest] = []
    for minutes, week in many:
        clock = None if week is None else BusinessClock(Week.parse(week))
        time = timedelta(minutes=minutes)
        found, end = longest(time, clock), deadline(at, time, clock)
        assert found is not None
        assert found.high is not None
        assert end is not None
        told.append(found)
        at = end
    whole = in_turn(told)
    assert whole.high is not None
    assert at - start <= whole.high
    assert whole.low <= whole.high


def test_an_hour_on_mondays_is_a_week_for_whoever_is_late() -> None:
    week = timedelta(7)
    assert longest(hours(1), MONDAYS) == Longest(week, week, is_worst=True)
    assert longest(hours(1), None) == Longest(hours(1), hours(1))
    assert longest(hours(1), BusinessClock(Week.parse("never"))) is None
    on = BusinessClock(MONDAYS.week, "Europe/Paris", Calendar(years={2026}))
    assert longest(hours(1), on) == Longest(week, None, is_worst=True)
    assert longest(WorkingDays(2), MONDAYS) == Longest(timedelta(2), None)


@pytest.mark.parametrize(
    ("low", "high", "wanted"),
    [(1, 1, Truth.TRUE), (1, 2, Truth.UNKNOWN), (1, None, Truth.UNKNOWN), (2, 2, Truth.FALSE)],
)
def test_it_is_soon_where_it_surely_is(low: int, high: int | None, wanted: Truth) -> None:
    one = Longest(hours(low), None if high is None else hours(high))
    assert one.within(hours(1)) is wanted
