"""Repeated events: the days on which a rule of repetition falls, within a window and a budget.

Expanders of other packages go on until they find an occurrence, which a hostile rule never has.
Here every day looked at is counted, and those after the window are never looked at.
"""

from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from cmcore.base.errors import refuse
from cmcore.base.regex import regex
from cmcore.base.values import internal

_DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_ON: Final = regex("([+-]?[0-9]{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_LAST: Final = date.max.toordinal()
#: The parts of a rule that are read; of the clock, only what the start says too.
_READ: Final = frozenset(
    {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", "BYMONTH", "BYMONTHDAY", "BYSETPOS",
     "BYHOUR", "BYMINUTE", "BYSECOND"}
)  # fmt: skip


class Budget:
    """How many days may still be looked at, for all the events of a calendar together."""

    def __init__(self, days: int) -> None:
        self.most = self.left = days

    def spend(self, days: int) -> None:
        """Count some days as looked at.

        Raises:
            InvalidError: when there are too many of them.
        """
        self.left -= days
        if self.left < 0:
            raise refuse("too-many-days", most=self.most)


@internal
class Rule:
    """A rule of repetition: its frequency, and which days of each period it takes."""

    frequency: str
    interval: int
    count: int | None
    until: date | datetime | None
    monday: int
    months: frozenset[int]
    days: frozenset[int]
    weekdays: frozenset[tuple[int, int]]
    positions: tuple[int, ...]


def rule_of(parts: Mapping[str, Sequence[Any]], start: datetime) -> Rule:
    """Return a rule, as the package `icalendar` reads it, of an event that starts at `start`.

    Raises:
        InvalidError: a part of it is not read, or says nothing.
    """
    said = {str(name).upper(): list(many) for name, many in parts.items()}
    for name in said:
        if name not in _READ:
            raise refuse("rule-not-read", part=name)
    clock = {"BYHOUR": start.hour, "BYMINUTE": start.minute, "BYSECOND": start.second}
    for name, own in clock.items():
        if said.get(name, [own]) != [own]:
            raise refuse("rule-not-read", part=name)
    frequency = str((said.get("FREQ") or [""])[0]).upper()
    if frequency not in _PERIODS:
        raise refuse("rule-not-read", part=f"FREQ={frequency}")
    weekdays = frozenset(_weekday(str(one), frequency) for one in said.get("BYDAY", ()))
    months = _numbers(said, "BYMONTH", 1, 12)
    days = _numbers(said, "BYMONTHDAY", -31, 31)
    if not weekdays and not days:
        if frequency == "WEEKLY":
            weekdays = frozenset({(0, start.weekday())})
        elif frequency != "DAILY":
            days = frozenset({start.day})
            months = months or frozenset({start.month} if frequency == "YEARLY" else ())
    return Rule(
        frequency,
        _count(said, "INTERVAL") or 1,
        _count(said, "COUNT"),
        next(iter(said.get("UNTIL", ())), None),
        _DAYS.index(str((said.get("WKST") or ["MO"])[0]).upper()),
        months,
        days,
        weekdays,
        tuple(sorted(_numbers(said, "BYSETPOS", -366, 366))),
    )


def _count(said: Mapping[str, list[Any]], name: str) -> int | None:
    """Return a number from one up; None where it is not given."""
    if name not in said:
        return None
    number = next(iter(said[name]), 0)
    if not isinstance(number, int) or number < 1:
        raise refuse("rule-value", part=f"{name}={number}")
    return int(number)


def _numbers(said: Mapping[str, list[Any]], name: str, least: int, most: int) -> frozenset[int]:
    for number in said.get(name, ()):
        if not isinstance(number, int) or not number or not least <= number <= most:
            raise refuse("rule-value", part=f"{name}={number}")
    return frozenset(map(int, said.get(name, ())))


def _weekday(text: str, frequency: str) -> tuple[int, int]:
    """Return a day of the week and which of its kind: 0 for each, -1 for the last."""
    found = _ON.fullmatch(text.upper())
    if found is None or (found[1] and (not int(found[1]) or frequency in {"DAILY", "WEEKLY"})):
        raise refuse("rule-value", part=f"BYDAY={text}")
    return int(found[1] or 0), _DAYS.index(found[2])


# --------------------------------------------------------------------------- periods, by their days

#: The first day and the last of a period, counted from the one of a start.
_Period = Callable[[date, int, int], tuple[int, int]]


def _daily(start: date, number: int, _: int) -> tuple[int, int]:
    day = start.toordinal() + number
    return day, day


def _weekly(start: date, number: int, monday: int) -> tuple[int, int]:
    first = start.toordinal() - (start.weekday() - monday) % 7 + 7 * number
    return first, first + 6


def _monthly(start: date, number: int, _: int) -> tuple[int, int]:
    year, month = divmod(12 * start.year + start.month - 1 + number, 12)
    if year > date.max.year:
        return _LAST + 1, _LAST + 1
    first = date(year, month + 1, 1).toordinal()
    return first, first + monthrange(year, month + 1)[1] - 1


def _yearly(start: date, number: int, _: int) -> tuple[int, int]:
    year = start.year + number
    if year > date.max.year:
        return _LAST + 1, _LAST + 1
    return date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()


#: Frequency -> its periods, and the most days of one.
_PERIODS: Final[Mapping[str, tuple[_Period, int]]] = {
    "DAILY": (_daily, 1),
    "WEEKLY": (_weekly, 7),
    "MONTHLY": (_monthly, 31),
    "YEARLY": (_yearly, 366),
}


def occurrences(
    rule: Rule, start: datetime, first: date, last: date, budget: Budget
) -> Iterator[datetime]:
    """Yield when a rule falls from the day `first` to the day `last`, on the clock of `start`.

    Raises:
        InvalidError: more days are to be looked at than the budget has.
    """
    period, longest = _PERIODS[rule.frequency]
    skipped = 0 if rule.count else max(0, (first - start.date()).days // longest - 1)
    number, found = skipped - skipped % rule.interval, 0
    while (ends := period(start.date(), number, rule.monday))[0] <= last.toordinal():
        budget.spend(ends[1] - ends[0] + 1)
        for day in _taken(rule, max(1, ends[0]), min(_LAST, ends[1])):
            at = datetime.combine(day, start.time())
            if at < start:
                continue
            found += 1
            if _is_over(rule, at, found):
                return
            if first <= day <= last:
                yield at
        number += rule.interval


def _is_over(rule: Rule, at: datetime, found: int) -> bool:
    if rule.count is not None and found > rule.count:
        return True
    if isinstance(rule.until, datetime):
        return at > rule.until
    return rule.until is not None and at.date() > rule.until


def _taken(rule: Rule, first: int, last: int) -> list[date]:
    """Return the days of a period that a rule takes, in order."""
    days = [day for day in map(date.fromordinal, range(first, last + 1)) if _takes(rule, day)]
    if not rule.positions:
        return days
    places = {n - 1 if n > 0 else len(days) + n for n in rule.positions}
    return [day for place, day in enumerate(days) if place in places]


def _takes(rule: Rule, day: date) -> bool:
    if rule.months and day.month not in rule.months:
        return False
    if rule.days and not rule.days & {day.day, day.day - _length(day, of_month=True) - 1}:
        return False
    return not rule.weekdays or any(
        weekday == day.weekday() and (not which or which in _places(rule, day))
        for which, weekday in rule.weekdays
    )


def _places(rule: Rule, day: date) -> tuple[int, int]:
    """Return which of its kind a day is in its month or its year, from the start and the end."""
    of_month = rule.frequency == "MONTHLY" or bool(rule.months)
    place = day.day if of_month else day.timetuple().tm_yday
    return (place - 1) // 7 + 1, -((_length(day, of_month=of_month) - place) // 7 + 1)


def _length(day: date, *, of_month: bool) -> int:
    """Return the days of the month of a day, or of its year."""
    if of_month:
        return monthrange(day.year, day.month)[1]
    return (date(day.year, 12, 31) - date(day.year, 1, 1) + timedelta(days=1)).days
