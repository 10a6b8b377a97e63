from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore.base.errors import InvalidError
from cmcore.base.truth import Truth
from cmcore.time import BusinessClock, Calendar, Week, WorkingDays, deadline
from cmcore.time.clocks import Deadline, known_deadline
from cmcore.time.units import CalendarUnit, Every

#: Good Friday and Easter Monday of 2026, and the day between May Day and its week-end.
CLOSED = Calendar({date(2026, 4, 3), date(2026, 4, 6)})
PARIS = BusinessClock(Week.parse("Mon-Fri 09:00-18:00"), "Europe/Paris", CLOSED)
NIGHTS = BusinessClock(Week.parse("Mon-Sun 22:00-02:00"), "Europe/Paris", CLOSED)


def paris(day: int, hour: int, month: int = 4) -> datetime:
    return datetime(2026, month, day, hour - 2, tzinfo=UTC)


def test_a_calendar_speaks_of_the_years_of_its_days_unless_it_says() -> None:
    assert CLOSED.years == {2026}
    assert CLOSED.closes(date(2026, 4, 6)) is Truth.TRUE
    assert CLOSED.closes(date(2026, 4, 7)) is Truth.FALSE
    assert CLOSED.closes(date(2027, 4, 7)) is Truth.UNKNOWN
    assert Calendar(years={2027}).closes(date(2027, 4, 7)) is Truth.FALSE


@given(
    st.frozensets(st.dates(date(2026, 1, 1), date(2027, 12, 31)), max_size=3),
    st.frozensets(st.dates(date(2027, 1, 1), date(2028, 12, 31)), max_size=3),
    st.dates(date(2026, 1, 1), date(2028, 12, 31)),
)
def test_two_calendars_close_what_either_does(
    some: frozenset[date], more: frozenset[date], day: date
) -> None:
    one, other = Calendar(some, {2026, 2027}), Calendar(more, {2027, 2028})
    known = Truth.UNKNOWN if day.year != 2027 else one.closes(day) | other.closes(day)
    assert (one | other).closes(day) is known


@pytest.mark.parametrize(
    ("make", "path", "message"),
    [
        (Calendar, ("years",), "`years` is empty"),
        (
            lambda: Calendar({date(2026, 4, 3)}, {2027}),
            ("closed",),
            "2026-04-03 is in none of the years `2027`",
        ),
        (
            lambda: Calendar({datetime(2026, 4, 3, tzinfo=UTC)}),
            ("closed",),
            "`2026-04-03T00:00:00+00:00` is not a day",
        ),
    ],
    ids=["no year", "other year", "instant"],
)
def test_a_calendar_that_makes_no_sense_is_refused(
    make: Callable[[], Calendar], path: tuple[str, ...], message: str
) -> None:
    with pytest.raises(InvalidError) as caught:
        make()
    (problem,) = caught.value.problems
    assert (problem.path, problem.message) == (path, message)


@pytest.mark.parametrize(
    ("start", "count", "due"),
    [
        (paris(1, 10), 0, paris(1, 18)),
        (paris(1, 10), 1, paris(2, 18)),
        (paris(1, 10), 2, paris(7, 18)),
        (paris(2, 18), 0, paris(7, 18)),
        (paris(2, 19), 1, paris(7, 18)),
        (paris(4, 10), 1, paris(7, 18)),
        (paris(6, 10), 2, paris(8, 18)),
    ],
    ids=str,
)
def test_working_days_end_with_the_hours_of_the_last_of_them(
    start: datetime, count: int, due: datetime
) -> None:
    assert PARIS.end(start, WorkingDays(count)) == due
    assert deadline(start, WorkingDays(count), PARIS) == due


def test_a_night_is_of_the_day_on_which_it_begins() -> None:
    assert NIGHTS.end(paris(5, 3), WorkingDays(0)) == paris(6, 2) - timedelta(hours=2)
    late = paris(8, 2) - timedelta(hours=1)
    assert NIGHTS.end(late, WorkingDays(0)) == paris(8, 2)
    assert NIGHTS.end(late, WorkingDays(1)) == paris(10, 2)


def test_the_clock_stands_still_on_closed_days() -> None:
    assert PARIS.add(paris(2, 16), timedelta(hours=4)) == paris(7, 11)
    assert PARIS.between(paris(1, 9), paris(7, 18)) == timedelta(hours=27)


@pytest.mark.parametrize(
    "ask",
    [
        lambda at: PARIS.add(at, timedelta(hours=20)),
        lambda at: PARIS.end(at, WorkingDays(1)),
        lambda at: PARIS.between(at, at + timedelta(days=2)),
        lambda at: PARIS.between(at + timedelta(days=300), at + timedelta(days=301)),
    ],
    ids=["added", "working days", "between", "all of it"],
)
def test_what_a_calendar_does_not_speak_of_is_refused(ask: Callable[[datetime], Any]) -> None:
    with pytest.raises(InvalidError, match="does not say which days of 2027 are closed"):
        ask(datetime(2026, 12, 31, 12, tzinfo=UTC))


def test_what_it_speaks_of_is_told_up_to_its_last_instant() -> None:
    eve = datetime(2026, 12, 31, 12, tzinfo=UTC)
    assert PARIS.add(eve, timedelta(hours=5)) == eve + timedelta(hours=5)
    assert PARIS.end(eve, WorkingDays(0)) == eve + timedelta(hours=5)
    assert PARIS.between(eve, eve + timedelta(hours=11)) == timedelta(hours=5)


def test_a_day_that_never_was_is_no_working_day() -> None:
    samoa = BusinessClock(Week.parse("Thu,Fri,Mon"), "Pacific/Apia")
    wednesday = datetime(2011, 12, 28, 22, tzinfo=UTC)
    assert samoa.end(wednesday, WorkingDays(1)) == datetime(2011, 12, 30, 10, tzinfo=UTC)
    assert samoa.end(wednesday, WorkingDays(2)) == datetime(2012, 1, 2, 10, tzinfo=UTC)


def test_no_hours_never_end() -> None:
    assert BusinessClock(Week.never()).end(paris(1, 10), WorkingDays(0)) is None
    assert PARIS.end(paris(1, 10), WorkingDays(9)) == paris(16, 18)


def test_working_days_need_hours() -> None:
    with pytest.raises(InvalidError, match="`2 working days` needs hours"):
        deadline(paris(1, 10), WorkingDays(2))


def test_a_clock_keeps_its_own_calendar() -> None:
    bare = BusinessClock(PARIS.week, PARIS.zone)
    assert bare.on(CLOSED) == PARIS
    assert bare.on(None) == bare
    assert PARIS.on(Calendar(years={2030})) == PARIS


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("2 working days", 2),
        ("1 working day", 1),
        ("0 Business  days", 0),
        ("3 jours ouvrés", 3),
        ("1 jour ouvré", 1),
        ("end of the next working day", 1),
        ("The end of the working day", 0),
        ("fin du prochain jour ouvré", 1),
        ("end of next working day", 1),
        ("the next business day", 1),
        ("end of the following working day", 1),
        ("same working day", 0),
        ("end of business day", 0),
        ("two working days", 2),
        ("ten business days", 10),
        ("le jour ouvré suivant", 1),
        ("deux jours ouvrés", 2),
        ("some working days", None),
        ("next day", None),
        ("working day", None),
        ("2 days", None),
        ("2.5 working days", None),
        ("-1 working days", None),
        ("", None),
    ],
)
def test_working_days_are_read_as_people_write_them(text: str, count: int | None) -> None:
    assert WorkingDays.parse(text) == (None if count is None else WorkingDays(count))


@given(st.integers(0, 10**9 - 1))
def test_working_days_are_written_as_they_are_read(count: int) -> None:
    assert WorkingDays.parse(str(WorkingDays(count))) == WorkingDays(count)


def test_no_working_days_below_none() -> None:
    with pytest.raises(InvalidError):
        WorkingDays(-1)


def test_programs_name_every_unit_of_the_calendar() -> None:
    assert get_args(Every) == tuple(CalendarUnit)


def test_a_deadline_is_known_as_far_as_the_calendar_goes() -> None:
    """Beyond it, all that is known is that it is not over before the next year begins."""
    found = known_deadline(paris(1, 10), WorkingDays(400), PARIS)
    begins = datetime(2026, 12, 31, 23, tzinfo=UTC)
    assert (found.at, found.year, found.after) == (None, 2027, begins)
    assert found.passed(begins) is Truth.FALSE
    assert found.passed(begins + timedelta(seconds=1)) is Truth.UNKNOWN
    near, never = Deadline(paris(1, 18)), Deadline()
    assert Deadline.earliest([found, near, never]) == near
    assert Deadline.earliest([found, Deadline(begins + timedelta(1))]) == found
    assert Deadline.earliest([]) == never
    assert never.passed(begins) is Truth.FALSE
    with pytest.raises(InvalidError, match="needs hours"):
        known_deadline(paris(1, 10), WorkingDays(1))
