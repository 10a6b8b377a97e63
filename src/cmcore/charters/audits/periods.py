"""Periods of the calendar: which one a day belongs to, what it is called, and its days."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from cmcore.base.regex import regex
from cmcore.base.typography import NO_BREAK
from cmcore.display.wording import Language, say

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


#: What periods are called: a year, and a week, a quarter or a month with perhaps a day.
_NAME: Final = regex(
    r"(?P<year>[0-9]{4})(?:-W(?P<week>[0-9]{2})|-Q(?P<quarter>[1-4])"
    r"|-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>[0-9]{2}))?)?"
)


def period_text(name: str, language: Language) -> str:
    """Write the name of a period: as ISO 8601 has it, in French as people have it."""
    found = _NAME.fullmatch(name)
    if not found:
        return say("no moment", language) if name == "undated" else name
    parts = {part: int(given) for part, given in found.groupdict().items() if given}
    if language == "en" or len(parts) == 1:
        return name
    if "month" not in parts:
        return say(f"period {'week' if 'week' in parts else 'quarter'}", language, **parts)
    month = say("brief months", language).split()[parts["month"] - 1]
    return NO_BREAK.join(str(part) for part in (parts.get("day"), month, parts["year"]) if part)
