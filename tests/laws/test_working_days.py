"""Working days: the days and the times of a business clock are those of numpy's calendars."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

import numpy as np
from hypothesis import event, given, settings
from hypothesis import strategies as st

from cmcore.time import BusinessClock, Calendar, Week, WorkingDays, deadline

A_DAY = timedelta(days=1)
NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
YEARS = range(2024, 2031)
DAYS = st.dates(date(2025, 1, 1), date(2026, 12, 31))
MASKS = st.lists(st.booleans(), min_size=7, max_size=7).filter(any)
#: Many closed days in a row, as between the years.
NEAR = st.frozensets(st.dates(date(2025, 12, 20), date(2026, 1, 10)), max_size=15)
CLOSED = st.frozensets(DAYS, max_size=40) | NEAR
#: Zones of both hemispheres, half hours and no change of clocks; one jumped over a midnight.
ZONES = st.sampled_from(
    ["Europe/Paris", "America/Los_Angeles", "Asia/Kolkata", "Australia/Lord_Howe", "Africa/Cairo"]
)
#: Ten thousand of them in the deep profile.
MANY = settings(max_examples=min(3 * settings().max_examples, 10_000))


def clock(mask: list[bool], closed: frozenset[date], hours: str, zone: str) -> BusinessClock:
    """Return the clock of the days of a mask."""
    days = ",".join(name for name, is_open in zip(NAMES, mask, strict=True) if is_open)
    return BusinessClock(Week.parse(f"{days} {hours}".strip()), zone, Calendar(closed, YEARS))


def at(day: date, hour: time, zone: str) -> datetime:
    return datetime.combine(day, hour, ZoneInfo(zone)).astimezone(UTC)


def numpy_days(mask: list[bool], closed: frozenset[date]) -> dict[str, Any]:
    return {"weekmask": mask, "holidays": sorted(closed)}


class TestWorkingDays:
    """Numpy's business days are the oracle."""

    @MANY
    @given(MASKS, CLOSED, DAYS, st.integers(0, 25), ZONES)
    def test_the_last_working_day_is_that_of_numpy(
        self, mask: list[bool], closed: frozenset[date], day: date, count: int, zone: str
    ) -> None:
        roll: Literal["backward", "forward"] = "backward" if count else "forward"
        found = np.busday_offset(day, count, roll=roll, **numpy_days(mask, closed))
        event(f"rolled: {not np.is_busday(day, **numpy_days(mask, closed))}")
        office = clock(mask, closed, "09:00-17:30", zone)
        due = deadline(at(day, time(8), zone), WorkingDays(count), office)
        assert due == at(found.item(), time(17, 30), zone)

    @MANY
    @given(MASKS, CLOSED, DAYS, st.integers(0, 60), ZONES)
    def test_the_time_between_two_days_is_that_of_the_working_days(
        self, mask: list[bool], closed: frozenset[date], first: date, length: int, zone: str
    ) -> None:
        last = first + length * A_DAY
        count = int(np.busday_count(first, last, **numpy_days(mask, closed)))
        office = clock(mask, closed, "09:00-17:30", zone)
        ends = [at(day, time(), zone) for day in (first, last)]
        assert office.between(*ends) == count * timedelta(hours=8.5)
        assert office.between(*reversed(ends)) == -count * timedelta(hours=8.5)

    @MANY
    @given(MASKS, CLOSED, DAYS, st.integers(1, 25), ZONES)
    def test_whole_days_of_hours_end_on_the_day_of_numpy(
        self, mask: list[bool], closed: frozenset[date], day: date, count: int, zone: str
    ) -> None:
        found = np.busday_offset(day, count - 1, roll="forward", **numpy_days(mask, closed))
        office = clock(mask, closed, "09:00-17:30", zone)
        due = office.add(at(day, time(), zone), count * timedelta(hours=8.5))
        assert due == at(found.item(), time(17, 30), zone)

    @given(
        st.builds(clock, MASKS, CLOSED, st.just("09:00-12:00,14:00-18:00"), ZONES),
        st.builds(at, DAYS, st.times(), ZONES),
        st.integers(0, 9),
    )
    def test_later_is_never_due_before_and_never_at_once(
        self, office: BusinessClock, start: datetime, count: int
    ) -> None:
        due = office.end(start, WorkingDays(count))
        later = office.end(start + timedelta(hours=7), WorkingDays(count))
        more = office.end(start, WorkingDays(count + 1))
        assert due is not None
        assert later is not None
        assert more is not None
        assert start < due <= later
        assert due <= more
        # the clock runs up to it, and not on
        assert office.between(due - timedelta(minutes=1), due) == timedelta(minutes=1)
        assert office.between(due, due + timedelta(minutes=1)) == timedelta()

    @given(CLOSED, DAYS, st.times(), st.integers(0, 3), ZONES)
    def test_whole_days_end_at_midnight_whatever_the_clocks_do(
        self, closed: frozenset[date], day: date, hour: time, count: int, zone: str
    ) -> None:
        office = clock([True] * 7, closed, "", zone)
        due = office.end(at(day, hour, zone), WorkingDays(count))
        assert due is not None
        wall = due.astimezone(ZoneInfo(zone))
        last = (wall - A_DAY).date() if wall.time() < time(2) else wall.date()
        assert due == at(last + A_DAY, time(), zone)
        assert last not in closed
