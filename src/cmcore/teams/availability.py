"""When somebody works: hours of the week, dated shifts, and the leaves taken off both."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import cached_property
from typing import Final, TypeVar

from attrs import field

from cmcore.base.counts import count_problems
from cmcore.base.errors import Problem, refuse_any
from cmcore.base.values import value
from cmcore.time.calendar import Calendar
from cmcore.time.intervals import MINUTE, count, day_span, instant, joined, span_problems
from cmcore.time.week import Week, local, zone_problems

#: The minutes of a day.
DAY: Final = 1440


@value
class Leave:
    """A leave from `start`, included, to `stop`, excluded; both are stored in UTC.

    Raises:
        InvalidError: when an end is naive, or `stop` does not come after `start`.
    """

    start: datetime
    stop: datetime

    def __attrs_post_init__(self) -> None:
        refuse_any(span_problems(self.start, self.stop))


@value
class Shift:
    """A time on duty from `start`, included, to `stop`, excluded; both are stored in UTC.

    Raises:
        InvalidError: when an end is naive, or `stop` does not come after `start`.
    """

    start: datetime
    stop: datetime

    def __attrs_post_init__(self) -> None:
        refuse_any(span_problems(self.start, self.stop))


_Time = TypeVar("_Time", Leave, Shift)


def _times(many: Iterable[_Time]) -> tuple[_Time, ...]:
    return tuple(sorted(set(many), key=lambda one: (one.start, one.stop)))


def _leaves(many: Iterable[Leave]) -> tuple[Leave, ...]:
    return _times(many)


def _shifts(many: Iterable[Shift]) -> tuple[Shift, ...]:
    return _times(many)


@value
class Availability:
    """When somebody works: hours of the week on the wall clock of `zone`, and dated `shifts`.

    The hours of the week do not count on the days that their `calendar` closes, by default that of
    the team; in a year that it does not cover, nobody knows on which they do, and they never count.
    Nor does a `week` that is None, which means unknown. A shift counts on its date, whatever the
    calendar. Of all this, the leaves are taken off.

    `minutes` is the time per day that they have for all their roles, in whole minutes; by default,
    their longest day, by the week or by the shifts, or the whole day if the week is unknown.

    Raises:
        InvalidError: when the zone is unknown or the minutes are impossible.
    """

    week: Week | None = None
    zone: str = "UTC"
    leaves: tuple[Leave, ...] = field(default=(), converter=_leaves)
    minutes: int | None = None
    calendar: Calendar | None = None
    shifts: tuple[Shift, ...] = field(default=(), kw_only=True, converter=_shifts)

    def __attrs_post_init__(self) -> None:
        refuse_any(self._problems())

    def _problems(self) -> Iterator[Problem]:
        yield from zone_problems(self.zone)
        if self.minutes is not None:
            yield from count_problems(self.minutes, "minutes", most=DAY)

    @cached_property
    def day(self) -> int:
        """The minutes per day: those given, or those of the longest day."""
        if self.minutes is not None:
            return self.minutes
        week = Week.always() if self.week is None else self.week
        days = (Week(((n * DAY, (n + 1) * DAY),)) for n in range(7))
        return max([*((week & day).minutes for day in days), *self._dated_days()])

    def _dated_days(self) -> Iterator[int]:
        """Yield the whole minutes of each local day that has shifts, a day being 24 h at most."""
        lengths: Counter[date] = Counter()
        for start, stop in joined((count(one.start), count(one.stop)) for one in self.shifts):
            here = start
            while here < stop:
                day = local(instant(here), self.zone).date()
                end = min(stop, count(day_span(day, day, self.zone)[1]))
                lengths[day] += end - here
                here = end
        for length in lengths.values():
            yield min(DAY, length // MINUTE)
