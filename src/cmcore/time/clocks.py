"""Time that only goes by within the hours of a week, and deadlines counted in it."""

from collections.abc import Iterable, Iterator
from datetime import MAXYEAR, UTC, date, datetime, timedelta
from itertools import takewhile
from typing import Final, TypeAlias, cast

import attrs
from attrs import field

from cmcore.base.amounts import show_duration
from cmcore.base.asked import checked, checked_late
from cmcore.base.errors import InvalidError, Problem, refuse, refuse_any
from cmcore.base.regex import regex
from cmcore.base.truth import Truth
from cmcore.base.values import internal, value
from cmcore.time.calendar import Calendar, WorkingDays
from cmcore.time.intervals import (
    Clocks,
    Span,
    Stretch,
    count,
    day_span,
    instant,
    midnight,
    without,
)
from cmcore.time.week import Week, check_zone, local, require_aware

_TICK: Final = timedelta(microseconds=1)
_STEP: Final = timedelta(weeks=2) // _TICK
#: How far ahead an end is looked for: anything longer than ten years has none.
_FAR_DAYS: Final = 3653
_FAR: Final = timedelta(days=_FAR_DAYS) // _TICK
#: The last instants of the calendar have no local time east of Greenwich.
_END: Final = count(datetime(9999, 12, 30, tzinfo=UTC))
_A_DAY: Final = timedelta(days=1)
#: What a deadline is counted in: a time, or working days.
Length: TypeAlias = timedelta | WorkingDays


def _zone(name: str) -> str:
    return check_zone(name)


@value
class BusinessClock:
    """A clock that runs while the wall clock of `zone` is in `week`, and stops otherwise.

    It stops on the days that its `calendar` closes, from midnight to midnight. What depends
    on a year that the calendar does not cover is refused.

    Raises:
        InvalidError: when the zone is unknown.
    """

    week: Week
    zone: str = field(default="UTC", converter=_zone)
    calendar: Calendar | None = None

    @checked_late
    def add(self, start: datetime, duration: timedelta) -> datetime | None:
        """Return the first instant, in UTC, when `duration` has passed on this clock.

        None if that takes more than ten years, as when the week has no hours at all.

        Raises:
            InvalidError: when `start` is naive, the duration is below zero, or the calendar does
                not cover a year that it takes.
        """
        left = duration // _TICK
        if left < 0:
            raise refuse("negative-duration")
        moment = require_aware(start, "start")
        if left == 0:
            return moment
        begin = count(moment)
        for first, last in self._open(begin):
            if last - first >= left:
                return instant(first + left)
            left -= last - first
        return None

    @checked_late
    def end(self, start: datetime, days: WorkingDays) -> datetime | None:
        """Return the instant, in UTC, when the hours of the last working day are over.

        A working day is a day that is not closed and on which hours begin; a night that begins on
        it is part of it. None if that takes more than ten years.

        Raises:
            InvalidError: when `start` is naive, or the calendar does not cover a year it takes.
        """
        moment = require_aware(start, "start")
        # the hours of yesterday may go on past midnight
        first = local(moment, self.zone).date() + (_A_DAY if days.count else -_A_DAY)
        left = max(1, days.count)
        for number in range(_FAR_DAYS if self.week.windows else 0):
            stop = _over(self, first + number * _A_DAY, count(moment))
            left -= stop is not None
            if stop is not None and not left:
                return instant(stop)
        return None

    def between(self, start: datetime, stop: datetime) -> timedelta:
        """Return exactly how much time passes on this clock from `start` to `stop`.

        The result is below zero if `stop` comes first.

        Raises:
            InvalidError: when either is naive, or the calendar does not cover a year between.
        """
        begin, end = count(require_aware(start, "start")), count(require_aware(stop, "stop"))
        if end < begin:
            return -self.between(stop, start)
        return _TICK * sum(last - first for first, last in self.running(begin, end))

    @checked_late
    def running(self, begin: int, end: int) -> list[Stretch]:
        """Return when the clock runs between two instants that are counted, in order and apart.

        Raises:
            InvalidError: when the calendar does not cover a year between.
        """
        return [*_held(self, begin, end)]

    def on(self, calendar: Calendar | None) -> "BusinessClock":
        """Return the clock on a calendar, unless it has one of its own."""
        return attrs.evolve(self, calendar=calendar) if self.calendar is None else self

    def _open(self, begin: int) -> Iterator[Stretch]:
        """Yield when the clock runs, from `begin` on, in order; some weeks at a time."""
        if self.week.windows:
            stop = min(begin + _FAR, _END)
            steps = takewhile(lambda at: at < stop, _doubling(begin))
            for at in steps:
                yield from _held(self, at, min(2 * at - begin + _STEP, stop))


@value
class WorkingWeek:
    """Hours of the week, on the days that a calendar does not close: `working days Mon-Sat`."""

    week: Week = field(factory=lambda: Week.parse("Mon-Fri"))

    @classmethod
    @checked_late
    def parse(cls, text: str) -> "WorkingWeek | None":
        """Read `working days`, from Monday to Friday, or those of other hours; None: it is none.

        Raises:
            InvalidError: when the hours cannot be read.
        """
        told = " ".join(text.casefold().split())
        begin = next((words for words in _WORKING if told.startswith(words)), None)
        if begin is None:
            return None
        hours = told.removeprefix(begin).strip()
        return cls(Week.parse(hours)) if hours else cls()

    def __str__(self) -> str:
        return "working days" if self == WorkingWeek() else f"working days {self.week}"

    def works(self, day: date, calendar: Calendar | None) -> Truth:
        """Return whether hours of it are on a local day; unknown without a calendar of its year."""
        is_on = Truth.of(self.week.touches(day.weekday()))
        return is_on & (Truth.UNKNOWN if calendar is None else ~calendar.closes(day))

    def holds(self, at: datetime, zone: str, calendar: Calendar | None) -> Truth:
        """Return whether an instant is in these hours on the clocks of a zone."""
        is_on = Truth.of(self.week.holds(at, zone))
        return is_on & self.works(local(at, zone).date(), calendar)


#: How people write `working days`, which is not read.
_LIKE_WORKING: Final = regex(r"(?i)(?:work|business)[ -]?days?|jours?[ -]ouvrables?")
_WORKING: Final = ("working days", "working day", "jours ouvrés", "jour ouvré")


def parse_hours(text: str) -> Week | WorkingWeek:
    """Read hours of the week, on any day or on `working days` only.

    Raises:
        InvalidError: when they cannot be read.
    """
    if _LIKE_WORKING.fullmatch(text.strip()):
        raise refuse("bad-day", hint="write-this", given=text, write="working days")
    return WorkingWeek.parse(text) or Week.parse(text)


def closed(calendar: Calendar | None, zone: str, begin: int, end: int) -> list[Stretch]:
    """Return the days that a calendar closes and the time between two instants touches."""
    if calendar is None or begin >= end:
        return []
    first, last = _days(zone, begin, end)
    return [_day(day, zone) for day in calendar.closed if first <= day <= last]


def uncovered(calendar: Calendar | None, zone: str, begin: int, end: int) -> dict[int, Stretch]:
    """Return the years between two instants that a calendar does not cover, as far as they go."""
    if calendar is None or begin >= end:
        return {}
    first, last = (day.year for day in _days(zone, begin, end))
    missing = (year for year in range(first, last + 1) if year not in calendar.years)
    spans = {year: (_new_year(year, zone), _new_year(year + 1, zone)) for year in missing}
    return {year: (max(begin, start), min(end, stop)) for year, (start, stop) in spans.items()}


def _new_year(year: int, zone: str) -> int:
    """Return the first instant of a year; of one beyond the calendar, what no instant reaches."""
    return _day(date(year, 1, 1), zone)[0] if year <= MAXYEAR else _END


def _held(clock: BusinessClock, begin: int, end: int) -> Iterator[Stretch]:
    """Yield when a clock runs between two instants, in order; refuse what nobody knows."""
    known = end if begin == end else _known(clock, begin, end)
    if begin < known:
        running = Clocks(Span(instant(begin), instant(known))).held(clock.week, clock.zone)
        yield from without(running, closed(clock.calendar, clock.zone, begin, known))
    if known < end:
        raise refuse("year-not-in-calendar", year=local(instant(known), clock.zone).year)


def _known(clock: BusinessClock, begin: int, end: int) -> int:
    """Return until when, from `begin` to `end`, the calendar says which days are closed."""
    years = uncovered(clock.calendar, clock.zone, begin, end).values()
    return min((start for start, _ in years), default=end)


def _days(zone: str, begin: int, end: int) -> tuple[date, date]:
    """Return the first and the last local day of the time between two instants."""
    first, last = (local(instant(at), zone).date() for at in (begin, end - 1))
    return first, last


def _day(day: date, zone: str) -> Stretch:
    start, stop = day_span(day, day, zone)
    return count(start), count(stop)


def _over(clock: BusinessClock, day: date, after: int) -> int | None:
    """Return when the hours that begin on a day are over; None where none are left `after` then."""
    if clock.calendar is not None and clock.calendar.closes(day) is Truth.TRUE:
        return None
    hours = clock.week.of_day(day.weekday())
    span = Span(*day_span(day, day + _A_DAY, clock.zone))
    running = Clocks(span).held(hours, clock.zone)
    if not running or running[-1][1] <= after:
        return None
    begin, end = max(running[0][0], after), running[-1][1]
    own = attrs.evolve(clock, week=hours)
    return max((stop for _, stop in _held(own, begin, end)), default=None)


def _doubling(begin: int) -> Iterator[int]:
    """Yield `begin`, then instants each twice as far from it as the last, and a step more."""
    at = begin
    while True:
        yield at
        at = 2 * at - begin + _STEP


def length_problems(
    length: Length, clock: BusinessClock | None, *path: str, key: str = "hours"
) -> Iterator[Problem]:
    """Yield what forbids a length of time that a deadline is counted in.

    `key` is what the hours of the clock are called in a file.
    """
    if isinstance(length, WorkingDays):
        if clock is None:
            yield Problem.of("working-days-without-hours", *path, given=str(length), key=key)
    elif length <= timedelta():
        yield Problem.of("duration-not-positive", *path, given=show_duration(length))


@checked
def deadline(
    start: datetime, within: Length | None, clock: BusinessClock | None = None
) -> datetime | None:
    """Return the instant when `within` has passed on `clock`, or on the wall clock without one.

    Working days need a clock, since its hours say which days these are. None if there is no
    `within`, or if that instant never comes.

    Raises:
        InvalidError: when `start` is naive, working days have no clock, or the clock's calendar
            does not cover a year that they take.

    Examples:
        >>> from datetime import UTC, datetime
        >>> from cmcore import BusinessClock, Week, hours
        >>> from cmcore.time import deadline
        >>> clock = BusinessClock(Week.parse("Mon-Fri 09:00-18:00"))
        >>> friday = datetime(2026, 3, 6, 17, tzinfo=UTC)
        >>> str(deadline(friday, hours(4), clock))
        '2026-03-09 12:00:00+00:00'
    """
    if within is None:
        return None
    if isinstance(within, WorkingDays):
        refuse_any(length_problems(within, clock, "within"))
        return clock.end(start, within) if clock else None
    if clock is not None:
        return clock.add(start, within)
    try:
        return require_aware(start, "start") + within
    except OverflowError:
        return None


@internal
class Deadline:
    """When a time is over, as far as the calendar of its clock says.

    It is over `at` an instant, or never if there is none. If that depends on a `year` that the
    calendar does not cover, all that is known is that it is not over up to the instant `after`.
    """

    at: datetime | None = None
    year: int | None = None
    after: datetime | None = None

    def passed(self, at: datetime) -> Truth:
        """Return whether it has passed at an instant."""
        if self.after is not None and at > self.after:
            return Truth.UNKNOWN
        return Truth.of(self.at is not None and at > self.at)

    @classmethod
    def earliest(cls, many: Iterable["Deadline"]) -> "Deadline":
        """Return the first of several: one that may come before all that are known is unknown."""
        some = list(many)
        known = min((one.at for one in some if one.at is not None), default=None)
        open_ = [(one.after, one.year) for one in some if one.after is not None]
        after, year = min(open_, default=(None, None))
        is_known = after is None or (known is not None and known <= after)
        return cls(known) if is_known else cls(None, year, after)


def known_deadline(
    start: datetime, within: Length | None, clock: BusinessClock | None = None
) -> Deadline:
    """Return the deadline as far as the calendar of the clock says, where `deadline` refuses it.

    Raises:
        InvalidError: when `start` is naive, or working days have no clock.
    """
    try:
        return Deadline(deadline(start, within, clock))
    except InvalidError as error:
        year = next((_year(one) for one in error.problems if one.code == _UNCOVERED), None)
        if clock is None or year is None:
            raise
        begins = midnight(date(year, 1, 1), clock.zone)
        return Deadline(None, year, max(require_aware(start, "start"), begins))


_UNCOVERED: Final = "year-not-in-calendar"


def _year(problem: Problem) -> int:
    return cast("int", problem.params["year"])
