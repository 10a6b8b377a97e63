from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from cmcore.base.errors import InvalidError
from cmcore.strategies import clocks, durations, instants
from cmcore.time.clocks import BusinessClock, deadline
from cmcore.time.week import Week

OFFICE = BusinessClock(Week.parse("Mon-Fri 09:00-18:00"), "Europe/Paris")
#: Nights around the clock changes of 2026 in Paris: an hour is left out, another comes twice.
NIGHT = BusinessClock(Week.parse("Sun 02:00-03:00"), "Europe/Paris")
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
NEAR = st.integers(0, 14 * 24 * 60).map(lambda n: datetime(2026, 3, 20, tzinfo=UTC) + n * MINUTE)
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
#: Both changes of the clock are within, from one zone to another on other days.
OF_THE_YEAR = st.timedeltas(timedelta(0), timedelta(days=365)).map(lambda gone: NEW_YEAR + gone)


def paris(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Paris"))


def ticked(clock: BusinessClock, start: datetime, stop: datetime) -> timedelta:
    """Count minute by minute: the meaning, from whole minutes."""
    moments = [start + n * MINUTE for n in range((stop - start) // MINUTE)]
    closed = clock.calendar.closed if clock.calendar else ()
    zone = ZoneInfo(clock.zone)
    return MINUTE * sum(
        clock.week.holds(at, clock.zone) and at.astimezone(zone).date() not in closed
        for at in moments
    )


@given(clocks(), NEAR, st.integers(0, 3000))
def test_what_goes_by_is_the_minutes_held(clock: BusinessClock, start: datetime, n: int) -> None:
    stop = start + n * MINUTE
    assert clock.between(start, stop) == ticked(clock, start, stop)


@given(clocks(), instants(), durations())
def test_the_end_is_the_first_instant_by_which_the_time_has_gone(
    clock: BusinessClock, start: datetime, within: timedelta
) -> None:
    end = clock.add(start, within)
    assume(end is not None)
    assert end is not None
    assert clock.between(start, end) == within
    if within:
        assert clock.between(start, end - timedelta.resolution) < within
    else:
        assert end == start


@given(clocks(), instants(), durations(), durations())
def test_times_add_up(
    clock: BusinessClock, start: datetime, one: timedelta, other: timedelta
) -> None:
    middle = clock.add(start, one)
    assume(middle is not None)
    assert middle is not None
    end = clock.add(start, one + other)
    assume(end is not None)
    assert clock.add(middle, other) == end


@given(clocks(), OF_THE_YEAR, OF_THE_YEAR, OF_THE_YEAR)
@example(OFFICE, NEW_YEAR.replace(year=1996), NEW_YEAR.replace(year=2036), NEW_YEAR)
def test_what_goes_by_adds_up_in_any_order(
    clock: BusinessClock, a: datetime, b: datetime, c: datetime
) -> None:
    assert clock.between(a, b) + clock.between(b, c) == clock.between(a, c)


@pytest.mark.parametrize(
    ("start", "within", "end"),
    [
        ("2026-03-27T17:00", 4 * HOUR, "2026-03-30T12:00"),
        ("2026-03-27T17:00", HOUR, "2026-03-27T18:00"),
        ("2026-03-27T18:00", timedelta.resolution, "2026-03-30T09:00:00.000001"),
        ("2026-03-28T12:00", timedelta(0), "2026-03-28T12:00"),
        ("2026-03-25T09:00", 9 * HOUR, "2026-03-25T18:00"),
        ("2026-03-25T09:00", 10 * 45 * HOUR, "2026-06-02T18:00"),
    ],
)
def test_the_clock_stands_still_outside_its_hours(start: str, within: timedelta, end: str) -> None:
    assert OFFICE.add(paris(start), within) == paris(end)


def test_an_hour_that_is_left_out_does_not_count_and_one_that_comes_twice_counts_twice() -> None:
    spring, autumn = paris("2026-03-29T00:00"), paris("2026-10-25T00:00")
    assert NIGHT.between(spring, spring + 24 * HOUR) == timedelta(0)
    assert NIGHT.between(autumn, autumn + 24 * HOUR) == 2 * HOUR
    assert NIGHT.add(spring, HOUR) == paris("2026-04-05T03:00")
    assert NIGHT.add(autumn, 2 * HOUR) == paris("2026-10-25T03:00")


@pytest.mark.parametrize(
    "start", [datetime(2026, 1, 1, tzinfo=UTC), datetime.max.replace(tzinfo=UTC)]
)
def test_a_clock_that_never_runs_so_long_has_no_end(start: datetime) -> None:
    assert BusinessClock(Week.never()).add(start, MINUTE) is None
    assert BusinessClock(Week.parse("Mon 09:00-09:01")).add(start, 10 * HOUR) is None


@pytest.mark.parametrize("weeks", [1, 2, 3, 6, 7, 14, 15, 254, 255, 510, 511, 521, 522, 523, 999])
def test_an_end_is_looked_for_in_the_ten_years_to_come(weeks: int) -> None:
    """Also at the edges of the steps in which it is looked for, each twice as long as the last."""
    start = datetime(2026, 3, 2, tzinfo=UTC)
    weekly = BusinessClock(Week.parse("Mon 09:00-09:01"))
    end = start + timedelta(weeks=weeks - 1, hours=9, minutes=1)
    assert weekly.add(start, weeks * MINUTE) == (end if weeks <= 522 else None)


def test_time_does_not_run_backwards() -> None:
    with pytest.raises(InvalidError, match="a duration cannot be negative"):
        OFFICE.add(paris("2026-03-27T17:00"), -MINUTE)


def test_a_naive_instant_is_refused() -> None:
    naive = datetime(2026, 3, 27)  # noqa: DTZ001
    for ask in (
        lambda: OFFICE.add(naive, HOUR),
        lambda: OFFICE.between(naive, paris("2026-03-27T17:00")),
        lambda: OFFICE.between(paris("2026-03-27T17:00"), naive),
        lambda: deadline(naive, HOUR),
    ):
        with pytest.raises(InvalidError, match="does not say its time zone"):
            ask()


def test_an_unknown_zone_is_refused() -> None:
    with pytest.raises(InvalidError, match="`Paris` is not a known time zone"):
        BusinessClock(Week.always(), "Paris")


def test_a_deadline_is_on_the_wall_clock_or_on_another() -> None:
    start = paris("2026-03-27T17:00")
    assert deadline(start, 4 * HOUR) == start + 4 * HOUR
    assert deadline(start, 4 * HOUR, OFFICE) == paris("2026-03-30T12:00")
    assert deadline(start, None) is None
    assert deadline(start, None, OFFICE) is None
    assert deadline(start, timedelta.max) is None


@given(instants(), durations())
def test_a_clock_that_always_runs_is_the_wall_clock(start: datetime, within: timedelta) -> None:
    assert deadline(start, within, BusinessClock(Week.always())) == deadline(start, within)
