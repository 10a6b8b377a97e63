"""Hours of a week, zones and clocks from plain data."""

from cmcore.codec.plain import as_text, as_words
from cmcore.time.calendar import Calendar
from cmcore.time.clocks import BusinessClock, WorkingWeek, parse_hours
from cmcore.time.week import Week, check_zone


def as_zone(data: object) -> str:
    """Return the name of a time zone."""
    return check_zone(as_text(data))


def as_week(data: object) -> Week:
    """Return the hours of a week: one text, or several that are put together."""
    return Week.parse(_hours(data))


def as_hours(data: object) -> Week | WorkingWeek:
    """Return the same, which may be those of working days only."""
    return parse_hours(_hours(data))


def _hours(data: object) -> str:
    return "; ".join(as_words(data)) if isinstance(data, list) else as_text(data)


def clock_of(
    week: Week | None, zone: str, calendar: Calendar | None = None
) -> BusinessClock | None:
    """Return the clock of hours of the week in a zone; None where there are none."""
    return None if week is None else BusinessClock(week, zone, calendar)
