"""Time that only goes by within the hours of a week, and deadlines counted in it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import takewhile
from typing import Final

from attrs import field

from cmcore.base.asked import checked, checked_late
from cmcore.base.errors import refuse
from cmcore.base.values import value
from cmcore.time.intervals import Clocks, Span, Stretch, count, instant
from cmcore.time.week import Week, check_zone, require_aware

_TICK: Final = timedelta(microseconds=1)
_STEP: Final = timedelta(weeks=2) // _TICK
#: How far ahead an end is looked for: anything longer than ten years has none.
_FAR: Final = timedelta(days=3653) // _TICK
#: The last instants of the calendar have no local time east of Greenwich.
_END: Final = count(datetime(9999, 12, 30, tzinfo=UTC))


def _zone(name: str) -> str:
    return check_zone(name)


@value
class BusinessClock:
    """A clock that runs while the wall clock of `zone` is in `week`, and stops otherwise.

    Raises:
        InvalidError: when the zone is unknown.
    """

    __thing__ = "clock"

    week: Week
    zone: str = field(default="UTC", converter=_zone)

    @checked_late
    def add(self, start: datetime, duration: timedelta) -> datetime | None:
        """Return the first instant, in UTC, when `duration` has passed on this clock.

        None if that takes more than ten years, as when the week has no hours at all.

        Raises:
            InvalidError: when `start` is naive, or the duration is below zero.
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

    def between(self, start: datetime, stop: datetime) -> timedelta:
        """Return exactly how much time passes on this clock from `start` to `stop`.

        The result is below zero if `stop` comes first.

        Raises:
            InvalidError: when either is naive.
        """
        begin, end = count(require_aware(start, "start")), count(require_aware(stop, "stop"))
        if end < begin:
            return -self.between(stop, start)
        return _TICK * sum(last - first for first, last in self._held(begin, end))

    def _open(self, begin: int) -> Iterator[Stretch]:
        """Yield when the clock runs, from `begin` on, in order; some weeks at a time."""
        if self.week.windows:
            stop = min(begin + _FAR, _END)
            steps = takewhile(lambda at: at < stop, _doubling(begin))
            for at in steps:
                yield from self._held(at, min(2 * at - begin + _STEP, stop))

    def _held(self, begin: int, end: int) -> list[Stretch]:
        if begin == end:
            return []
        return Clocks(Span(instant(begin), instant(end))).held(self.week, self.zone)


def _doubling(begin: int) -> Iterator[int]:
    """Yield `begin`, then instants each twice as far from it as the last, and a step more."""
    at = begin
    while True:
        yield at
        at = 2 * at - begin + _STEP


@checked
def deadline(
    start: datetime, within: timedelta | None, clock: BusinessClock | None = None
) -> datetime | None:
    """Return the instant when `within` has passed on `clock`, or on the wall clock without one.

    None if there is no `within`, or if that instant never comes.

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
    if clock is not None:
        return clock.add(start, within)
    try:
        return require_aware(start, "start") + within
    except OverflowError:
        return None
