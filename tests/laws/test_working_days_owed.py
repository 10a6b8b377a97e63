"""Working days that are owed: as if the deadline were written out, and unknown beyond a year."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from cmcore import (
    BusinessClock,
    Desk,
    Incident,
    InvalidError,
    Playbook,
    Request,
    RequestLog,
    Week,
    backlog,
    conduct,
    due,
    hours,
)
from cmcore.incidents import Duty, DutyFinding, Escalation, StepEvent
from cmcore.requests import RequestEvent, Target, response_times
from cmcore.time import Calendar, WorkingDays

A_DAY = timedelta(days=1)
ZONE = "Europe/Paris"
OFFICE = Week.parse("Mon-Fri 09:00-17:30")
YEARS = range(2025, 2028)
#: Many closed days in a row, as between the years.
CLOSED = st.frozensets(st.dates(date(2025, 12, 20), date(2026, 1, 12)), max_size=16)
STARTS = st.builds(
    datetime.combine,
    st.dates(date(2025, 12, 15), date(2026, 1, 10)),
    st.times(timezones=st.just(ZoneInfo(ZONE))),
)
COUNTS = st.integers(0, 12)
HOURS = st.integers(-30, 40 * 24)


def last_hour(start: datetime, count: int, closed: frozenset[date]) -> datetime:
    """Walk day by day to the closing hour of the last working day."""
    day = start.astimezone(ZoneInfo(ZONE)).date()
    wall = start.astimezone(ZoneInfo(ZONE)).time()
    if count == 0 and (day in closed or day.weekday() > 4 or wall >= time(17, 30)):
        count = 1
    while count:
        day += A_DAY
        count -= day.weekday() < 5 and day not in closed
    return datetime.combine(day, time(17, 30), ZoneInfo(ZONE)).astimezone(UTC)


def incident(start: datetime, done: int, end: int) -> Incident:
    """Return an incident that is acknowledged some hours after it opened, and goes on."""
    opened, when = start.astimezone(UTC), start.astimezone(UTC) + done * timedelta(hours=1)
    steps = [StepEvent("open", at=opened, step="opened")]
    if when > opened:
        steps.append(StepEvent("seen", at=when, step="acknowledged"))
    return Incident("lamps", steps, until=max(when, opened) + end * timedelta(hours=1))


@given(STARTS, CLOSED, COUNTS, st.integers(1, 20 * 24), st.integers(0, 40 * 24))
def test_what_is_overdue_by_working_days_goes_to_whoever_is_next(
    start: datetime, closed: frozenset[date], count: int, within: int, end: int
) -> None:
    clock = BusinessClock(OFFICE, ZONE, Calendar(closed, YEARS))
    duty = Duty("say", "acknowledge", within=hours(within), clock=clock,
                escalation=Escalation("boss", WorkingDays(count)))  # fmt: skip
    told = incident(start, -1, end)
    assert told.until is not None
    (owed,) = due(told, Playbook("book", [duty]), told.until).owed
    assert owed.due is not None
    goes = last_hour(owed.due, count, closed)
    assert (owed.escalates, owed.escalated) == (goes, "boss" if told.until > goes else None)


def test_working_days_to_an_escalation_need_the_hours_of_a_clock() -> None:
    late = Escalation("boss", WorkingDays(2))
    with pytest.raises(InvalidError, match=r"escalation.after: `2 working days` needs hours"):
        Duty("say", "acknowledge", within=hours(1), escalation=late)
    with pytest.raises(InvalidError, match=r"escalation.after: `2 working days` is not a fixed"):
        Duty("say", "keep promises", escalation=late)


def finding(told: Incident, duty: Duty) -> DutyFinding:
    (found,) = conduct(told, Playbook("book", [duty])).findings
    return found


@given(STARTS, CLOSED, COUNTS, HOURS, st.integers(0, 30 * 24))
def test_a_duty_in_working_days_is_judged_as_if_its_deadline_were_written_out(
    start: datetime, closed: frozenset[date], count: int, done: int, end: int
) -> None:
    told = incident(start, done, end)
    clock = BusinessClock(OFFICE, ZONE, Calendar(closed, YEARS))
    counted = Duty("seen", "acknowledge", within=WorkingDays(count), clock=clock)
    until = last_hour(start, count, closed)
    if count and np.is_busday(start.date(), holidays=sorted(closed)):
        offset = np.busday_offset(start.date(), count, holidays=sorted(closed))
        assert until.astimezone(ZoneInfo(ZONE)).date() == offset.item()
    plain = Duty("seen", "acknowledge", within=until - start.astimezone(UTC))
    one, other = finding(told, counted), finding(told, plain)
    event(str(one.standing))
    assert (one.standing, one.due, one.margin) == (other.standing, other.due, other.margin)
    owed, written = (
        due(told, Playbook("book", [duty]), told.end).owed for duty in (counted, plain)
    )
    assert [each.due for each in owed] == [each.due for each in written]


@given(STARTS, CLOSED, COUNTS, HOURS, st.integers(0, 30 * 24))
def test_what_a_short_calendar_says_of_a_duty_is_so_whatever_the_next_year_closes(
    start: datetime, closed: frozenset[date], count: int, done: int, end: int
) -> None:
    told = incident(start, done, end)
    short = Calendar((day for day in closed if day.year == 2025), {2025})
    found = [
        finding(
            told,
            Duty(
                "seen",
                "acknowledge",
                within=WorkingDays(count),
                clock=BusinessClock(OFFICE, ZONE, calendar),
            ),
        )
        for calendar in (short, Calendar(closed, YEARS))
    ]
    known, whole = found
    event(f"{known.standing}, {known.code}")
    if known.standing != "unknown":
        assert known.standing == whole.standing
    if known.due is None:
        assert known.text().endswith(("no calendar covers 2026", "days of 2026 are closed"))
        assert "2026" in known.text("fr")
    else:
        assert known == whole


@given(
    STARTS, CLOSED, COUNTS, st.none() | st.integers(0, 40 * 24), st.integers(0, 30 * 24), COUNTS
)  # fmt: skip
def test_what_a_short_calendar_says_of_a_request_is_so_whatever_the_next_year_closes(  # noqa: PLR0913, PLR0917
    start: datetime, closed: frozenset[date], count: int, done: int | None, end: int, other: int
) -> None:
    """One request whose deadline is unknown leaves the others as they are."""
    came = start.astimezone(UTC)
    log = RequestLog(
        [Request("far", came), Request("near", came, topics={"bill"})],
        [] if done is None else [RequestEvent("answered", "far", came + hours(done), by="ana")],
    )
    at = max(came + hours(end), log.end or came)
    clock = BusinessClock(OFFICE, ZONE)
    target, bill = Target(WorkingDays(count), clock), Target(hours(other + 1), topics={"bill"})
    short = Calendar((day for day in closed if day.year == 2025), {2025})
    desks = [Desk(calendar=one, targets=[bill, target]) for one in (short, Calendar(closed, YEARS))]
    known, whole = (backlog(log, at, desk) for desk in desks)
    first, last = ({one.track.request.id: one for one in made.items} for made in (known, whole))
    assert first["near"] == last["near"]
    event(f"far: {first['far'].year}")
    if first["far"].year is None:
        assert first["far"] == last["far"]
    else:
        assert (first["far"].due, first["far"].overdue, known.is_on_time) == (None, None, False)
    some, all_ = (response_times(log, at, desk).overall for desk in desks)
    assert some.met <= all_.met
    assert some.missed <= all_.missed
    assert some.pending <= all_.pending
    assert some.met + some.missed + some.pending + some.undated == 2
