"""Presence: when somebody is on duty over a window, whether they are now, and when they will be."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Final

from cmcore.base.truth import Truth
from cmcore.base.values import internal
from cmcore.teams.availability import Availability, Shift
from cmcore.teams.member import Member
from cmcore.time.calendar import Calendar
from cmcore.time.clocks import BusinessClock, closed, uncovered
from cmcore.time.intervals import (
    Clocks,
    Stretch,
    count,
    day_span,
    instant,
    joined,
    midnight,
    without,
)
from cmcore.time.week import local

#: The least that a clock can move on by.
_TICK: Final = timedelta(microseconds=1)


@internal
class Presence:
    """When somebody is on duty over a window: `surely`, or `perhaps` with what nobody knows.

    They are `away` on leave, and, but for their shifts, on closed days and in the years of the
    window of which their calendar says nothing: these are `unknown_years`.
    """

    surely: list[Stretch]
    perhaps: list[Stretch]
    away: list[Stretch]
    unknown_years: frozenset[int]


def presence(member: Member, clocks: Clocks, calendar: Calendar | None) -> Presence:
    """Return when somebody works: of an unknown week, the shifts. `calendar` is the team's."""
    when = member.availability
    dated = followed(member, calendar), when.zone, clocks.start, clocks.stop
    leaves = [(count(leave.start), count(leave.stop)) for leave in when.leaves]
    shifts = _within(clocks, when.shifts)
    shut, untold = closed(*dated), uncovered(*dated)
    hours = [] if when.week is None else clocks.held(when.week, when.zone)
    perhaps = without(joined([*without(hours, shut), *shifts]), leaves)
    usual = without(hours, [*shut, *untold.values()])
    surely = without(joined([*usual, *shifts]), leaves) if untold else perhaps
    off = without(joined([*shut, *untold.values()]), shifts)
    return Presence(surely, perhaps, [*leaves, *off], frozenset(untold))


def _within(clocks: Clocks, shifts: Iterable[Shift]) -> list[Stretch]:
    """Return the part of some shifts that lies between two instants."""
    ends = ((max(clocks.start, count(one.start)), min(clocks.stop, count(one.stop)))
            for one in shifts)  # fmt: skip
    return [(start, stop) for start, stop in ends if start < stop]


def followed(member: Member, calendar: Calendar | None) -> Calendar | None:
    """Return the calendar that somebody goes by: their own, or else that of the team."""
    own = member.availability.calendar
    return calendar if own is None else own


def on_duty_from(member: Member, at: datetime, calendar: Calendar | None) -> datetime | None:
    """Return the first instant, from `at` on, when somebody is on duty: `at` itself if they are.

    None when that does not come within ten years, or when nothing is known of their hours.
    `calendar` is that of the team.
    """
    found = [_on_shift_from(member.availability, at), _at_work_from(member, at, calendar)]
    return min((one for one in found if one is not None), default=None)


def _on_shift_from(when: Availability, at: datetime) -> datetime | None:
    """Return the first instant from `at` on when somebody has a shift and no leave."""
    shifts = joined((max(count(at), count(one.start)), count(one.stop))
                    for one in when.shifts if one.stop > at)  # fmt: skip
    left = without(shifts, [(count(one.start), count(one.stop)) for one in when.leaves])
    return instant(left[0][0]).astimezone(at.tzinfo) if left else None


def _at_work_from(member: Member, at: datetime, calendar: Calendar | None) -> datetime | None:
    """Return the first instant from `at` on in somebody's hours of the week."""
    when = member.availability
    if when.week is None:
        return None
    clock = BusinessClock(when.week, when.zone)
    days = followed(member, calendar)
    found = _open(clock, at)
    while found is not None:
        ends = [*_ends(when, days, found)]
        if not ends:
            return found
        back = max(ends, key=lambda end: (end is None, end or found))
        found = None if back is None else _open(clock, back)
    return None


def may_be_on_duty(member: Member, at: datetime, calendar: Calendar | None) -> bool:
    """Return whether nobody knows if somebody is on duty: their hours are unknown, or the day."""
    when, days = member.availability, followed(member, calendar)
    day = local(at, when.zone).date()
    return when.week is None or (
        days is not None and days.closes(day) is Truth.UNKNOWN and when.week.holds(at, when.zone)
    )


def _ends(when: Availability, days: Calendar | None, at: datetime) -> Iterator[datetime | None]:
    """Yield when all that keeps somebody away at an instant is over; None where it never is."""
    yield from (leave.stop for leave in when.leaves if leave.start <= at < leave.stop)
    if days is not None:
        day = local(at, when.zone).date()
        closes = days.closes(day)
        if closes is Truth.TRUE:
            yield day_span(day, day, when.zone)[1]
        elif closes is Truth.UNKNOWN:
            year = min((year for year in days.years if year > day.year), default=None)
            yield None if year is None else midnight(day.replace(year, 1, 1), when.zone)


def _open(clock: BusinessClock, at: datetime) -> datetime | None:
    """Return the first instant from `at` on when a clock runs: just before its first tick ends."""
    after = clock.add(at, _TICK)
    return None if after is None else after - _TICK
