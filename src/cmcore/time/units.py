"""Calendar units: days, weeks, months, quarters and years of a time zone."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final, Literal

from cmcore.base.amounts import show_duration
from cmcore.base.asked import checked_late
from cmcore.base.ids import one_of
from cmcore.time.intervals import midnight
from cmcore.time.week import local

#: The name of a unit of the calendar, as programs give it.
Every = Literal["day", "week", "month", "quarter", "year"]


class CalendarUnit(StrEnum):
    """A unit of the calendar; weeks are those of ISO 8601, which begin on a Monday."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"

    @checked_late
    def first(self, day: date) -> date:
        """Return the first day of the unit that a day lies in."""
        return _FIRST[self](day)

    @checked_late
    def start(self, at: datetime, zone: str) -> datetime:
        """Return the first instant of the unit that an instant lies in, on the clocks of a zone.

        Where clocks skip midnight, the day begins later.

        Raises:
            InvalidError: if the zone is unknown, or the calendar begins within the unit.
        """
        return midnight(self.first(local(at, zone).date()), zone)


_FIRST: Final[Mapping[CalendarUnit, Callable[[date], date]]] = {
    CalendarUnit.DAY: lambda day: day,
    CalendarUnit.WEEK: lambda day: day - timedelta(days=day.weekday()),
    CalendarUnit.MONTH: lambda day: day.replace(day=1),
    CalendarUnit.QUARTER: lambda day: day.replace(month=day.month - (day.month - 1) % 3, day=1),
    CalendarUnit.YEAR: lambda day: day.replace(month=1, day=1),
}
#: The units that one lies in: a week may begin in one month and end in the next.
_WITHIN: Final[Mapping[CalendarUnit, frozenset[CalendarUnit]]] = {
    CalendarUnit.DAY: frozenset(CalendarUnit),
    CalendarUnit.WEEK: frozenset({CalendarUnit.WEEK}),
    CalendarUnit.MONTH: frozenset({CalendarUnit.MONTH, CalendarUnit.QUARTER, CalendarUnit.YEAR}),
    CalendarUnit.QUARTER: frozenset({CalendarUnit.QUARTER, CalendarUnit.YEAR}),
    CalendarUnit.YEAR: frozenset({CalendarUnit.YEAR}),
}
_LONGEST: Final[Mapping[CalendarUnit, timedelta]] = {
    unit: timedelta(days=count + 1)
    for unit, count in zip(CalendarUnit, (1, 7, 31, 92, 366), strict=True)
}
#: How far back a count goes: a length of time that ends now, or the unit of the calendar that is
#: going on; None for ever.
Window = timedelta | CalendarUnit | None


def as_window(given: Window | str) -> Window:
    """Return a window, which may be named by its unit: `week`."""
    return one_of(CalendarUnit, given) if isinstance(given, str) else given


def window_text(window: Window) -> str:
    """Return a window as files write it: `in 1 h`, `per week`, `ever`."""
    if isinstance(window, timedelta):
        return f"in {show_duration(window)}"
    return "ever" if window is None else f"per {window}"


def lies_in(window: Window, wide: Window) -> bool:
    """Return whether a window lies within another one, whenever they end."""
    if isinstance(window, CalendarUnit) and isinstance(wide, CalendarUnit):
        return wide in _WITHIN[window]
    if isinstance(window, timedelta) and isinstance(wide, timedelta):
        return window <= wide
    return wide is None


def longest(window: Window) -> timedelta:
    """Return how far back a window goes at most, whatever the clocks do in it."""
    if isinstance(window, CalendarUnit):
        return _LONGEST[window]
    return timedelta.max if window is None else window
