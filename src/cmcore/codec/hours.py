"""Hours of a week, zones and clocks from plain data."""

from cmcore.codec.plain import as_text, as_words
from cmcore.time.calendar import Calendar
from cmcore.time.clocks import BusinessClock
from cmcore.time.week import Week, check_zone


def as_zone(data: object) -> str:
    """Return the name of a time zone."""
    return check_zone(as_text(data))


def as_week(data: object) -> Week:
    """Return the hours of a week: one text, or several that are put together."""
    if isinstance(data, list):
        return Week.parse("; ".join(as_words(data)))
    return Week.parse(as_text(data))


def clock_of(
    week: Week | None, zone: str, calendar: Calendar | None = None
) -> BusinessClock | None:
    """Return the clock of hours of the week in a zone; None where there are none."""
    return None if week is None else BusinessClock(week, zone, calendar)
