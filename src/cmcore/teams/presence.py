"""Presence: whether somebody is on duty, and when they will be."""

from datetime import datetime, timedelta
from typing import Final

from cmcore.teams.people import Member
from cmcore.time.clocks import BusinessClock

#: The least that a clock can move on by.
_TICK: Final = timedelta(microseconds=1)


def on_duty_from(member: Member, at: datetime) -> datetime | None:
    """Return the first instant, from `at` on, when somebody is on duty: `at` itself if they are.

    None when that does not come within ten years, or when their hours are unknown.
    """
    when = member.availability
    if when.week is None:
        return None
    clock = BusinessClock(when.week, when.zone)
    found = _open(clock, at)
    for leave in when.leaves:
        if found is not None and leave.start <= found < leave.stop:
            found = _open(clock, leave.stop)
    return found


def _open(clock: BusinessClock, at: datetime) -> datetime | None:
    """Return the first instant from `at` on when a clock runs: just before its first tick ends."""
    after = clock.add(at, _TICK)
    return None if after is None else after - _TICK
