"""Periods of the calendar: which one a day belongs to, what it is called, and its days."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

#: Which period a day belongs to: its name, and its number, so that gaps count.
PERIODS: Final[dict[str, Callable[[date], tuple[str, int]]]] = {
    "day": lambda at: (at.isoformat(), at.toordinal()),
    "week": lambda at: (
        "{:04}-W{:02}".format(*at.isocalendar()[:2]), (at.toordinal() - 1) // 7),
    "month": lambda at: (at.isoformat()[:7], at.year * 12 + at.month),
    "quarter": lambda at: (
        f"{at.year:04}-Q{(at.month + 2) // 3}", at.year * 4 + (at.month + 2) // 3),
    "year": lambda at: (f"{at.year:04}", at.year),
}  # fmt: skip

#: The first day of the period of a number.
_FIRST: Final[dict[str, Callable[[int], date]]] = {
    "day": date.fromordinal,
    "week": lambda number: date.fromordinal(7 * number + 1),
    "month": lambda number: date((number - 1) // 12, (number - 1) % 12 + 1, 1),
    "quarter": lambda number: date((number - 1) // 4, (number - 1) % 4 * 3 + 1, 1),
    "year": lambda number: date(number, 1, 1),
}


def first_day(every: str, number: int) -> date:
    """Return the first day of the period of a number."""
    return _FIRST[every](number)


def last_day(every: str, number: int) -> date:
    """Return the last day of the period of a number, or else of the calendar."""
    try:
        return first_day(every, number + 1) - timedelta(days=1)
    except (OverflowError, ValueError):
        return date.max


def name_of(every: str, number: int) -> str:
    """Return what the period of a number is called."""
    return PERIODS[every](first_day(every, number))[0]
