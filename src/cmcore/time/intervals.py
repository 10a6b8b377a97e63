"""Half-open intervals of instants, and when the hours of a week fall within one.

Instants are counted in microseconds since 1970 in UTC, so that every sum is exact.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from cmcore.base.errors import InvalidError, Problem, refuse, refuse_any
from cmcore.base.values import value
from cmcore.time.week import Week, local, require_aware

#: A half-open interval of instants, counted.
Stretch = tuple[int, int]

_TICK: Final = timedelta(microseconds=1)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MINUTE: Final = 60_000_000
HOUR: Final = 60 * MINUTE
_DAY: Final = 24 * HOUR
_WEEK: Final = 7 * _DAY
#: 1970 began on a Thursday, three days after a Monday.
_MONDAY: Final = 3 * _DAY
#: No zone changes its clocks and changes them back within so short a time.
_PROBE: Final = 3 * HOUR


@value
class Span:
    """The instants from `start`, included, to `stop`, excluded; both are stored in UTC.

    Raises:
        InvalidError: when an end is naive, or `stop` does not come after `start`.
    """

    __thing__ = "span"

    start: datetime
    stop: datetime

    def __attrs_post_init__(self) -> None:
        refuse_any(span_problems(self.start, self.stop))

    @property
    def length(self) -> timedelta:
        """How long it lasts."""
        return self.stop - self.start


def span_problems(start: datetime, stop: datetime) -> Iterator[Problem]:
    """Yield what forbids an interval from `start` to `stop`."""
    naive = False
    for at, name in ((start, "start"), (stop, "stop")):
        try:
            require_aware(at, name)
        except InvalidError as error:
            naive = True
            yield from error.problems
    if not naive and stop <= start:
        yield Problem.of("stops-too-soon", "stop", stop=stop)


def day_span(first: date, last: date, zone: str) -> tuple[datetime, datetime]:
    """Return when the local day `first` begins and the local day `last` ends, in UTC.

    Raises:
        InvalidError: if the zone is unknown, or the calendar ends there.
    """
    return midnight(first, zone), midnight(_next(last), zone)


def _next(day: date) -> date:
    try:
        return day + timedelta(days=1)
    except OverflowError:
        raise refuse("beyond-calendar", at=day) from None


def midnight(day: date, zone: str) -> datetime:
    """Return the first instant of a local day: clocks that skip midnight begin the day later."""
    clock = local(_EPOCH, zone).tzinfo
    return require_aware(datetime.combine(day, time(), clock), "at")


def count(at: datetime) -> int:
    """Return an instant as a number."""
    return (at - _EPOCH) // _TICK


def instant(moment: int) -> datetime:
    """Return the instant that a number stands for, in UTC."""
    return _EPOCH + moment * _TICK


def joined(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Return the same instants in as few stretches as possible, in order."""
    made: list[Stretch] = []
    for start, stop in sorted(stretches):
        if made and start <= made[-1][1]:
            made[-1] = (made[-1][0], max(stop, made[-1][1]))
        else:
            made.append((start, stop))
    return made


def without(stretches: Sequence[Stretch], gone: Iterable[Stretch]) -> list[Stretch]:
    """Return what is left of stretches, which are in order and apart, once others are gone."""
    left: list[Stretch] = []
    cuts, cut = joined(gone), 0
    for start, stop in stretches:
        here = start
        while cut < len(cuts) and cuts[cut][0] < stop:
            begin, end = cuts[cut]
            if here < begin:
                left.append((here, begin))
            here = max(here, end)
            if end > stop:
                break  # it goes on into the next
            cut += 1
        if here < stop:
            left.append((here, stop))
    return left


class Clocks:
    """What the wall clocks of any zone show between two instants."""

    def __init__(self, span: Span) -> None:
        self.start, self.stop = count(span.start), count(span.stop)
        self._pieces: dict[str, list[tuple[int, int, int]]] = {}

    def pieces(self, zone: str) -> list[tuple[int, int, int]]:
        """Return stretches with the distance from UTC, in microseconds, that holds over each.

        Raises:
            InvalidError: if the zone is unknown, or the calendar ends within the span.
        """
        if zone not in self._pieces:
            self._pieces[zone] = self._cut(zone)
        return self._pieces[zone]

    def _cut(self, zone: str) -> list[tuple[int, int, int]]:
        made: list[tuple[int, int, int]] = []
        here, offset = self.start, _offset(self.start, zone)
        for probe in [*range(self.start + _PROBE, self.stop, _PROBE), self.stop - 1]:
            other = _offset(probe, zone)
            if other != offset:
                change = _change(max(here, probe - _PROBE), probe, zone)
                made.append((here, change, offset))
                here, offset = change, other
        return [*made, (here, self.stop, offset)]

    def held(self, week: Week, zone: str) -> list[Stretch]:
        """Return when the wall clock of `zone` is in a window of `week`, in order and apart."""
        found: list[Stretch] = []
        for start, stop, offset in self.pieces(zone):
            first = (start + offset + _MONDAY) // _WEEK
            last = (stop + offset + _MONDAY) // _WEEK
            for number in range(first, last + 1):
                monday = number * _WEEK - _MONDAY - offset
                found += [
                    (max(start, monday + opens * MINUTE), min(stop, monday + shuts * MINUTE))
                    for opens, shuts in week.windows
                ]
        return joined(stretch for stretch in found if stretch[0] < stretch[1])

    def turns(self, zone: str) -> list[int]:
        """Return when the wall clock of `zone` comes to another day or is changed, in order."""
        found: list[int] = []
        for start, stop, offset in self.pieces(zone):
            midnight = start + -(start + offset) % _DAY
            found += [start, *range(midnight + (midnight == start) * _DAY, stop, _DAY)]
        return found

    def week(self, stretches: Iterable[Stretch], zone: str) -> Week:
        """Return the minutes of the week of `zone` in which any of the instants falls."""
        windows: list[tuple[int, int]] = []
        pieces = self.pieces(zone)
        for begin, end in stretches:
            for start, stop, offset in pieces:
                low, high = max(begin, start), min(end, stop)
                if low < high:
                    windows += _windows(low + offset + _MONDAY, high + offset + _MONDAY)
        return Week(tuple(dict.fromkeys(windows)))

    def hours(self, begin: int, end: int, zone: str) -> Iterator[int]:
        """Yield the hours of the week, from 0 to 167, that a stretch touches in `zone`."""
        for start, stop, offset in self.pieces(zone):
            low, high = max(begin, start), min(end, stop)
            if low < high:
                first = (low + offset + _MONDAY) // HOUR
                last = (high - 1 + offset + _MONDAY) // HOUR
                yield from (hour % 168 for hour in range(first, min(last, first + 167) + 1))


def _windows(low: int, high: int) -> list[tuple[int, int]]:
    """Return the minutes of the week from one wall time to another, both counted from a Monday."""
    if high - low >= _WEEK:
        return [(0, 7 * 1440)]
    first = low // MINUTE
    length = -(-high // MINUTE) - first
    start = first % (7 * 1440)
    stop = start + length
    if length >= 7 * 1440:
        return [(0, 7 * 1440)]
    return [(start, stop if stop <= 7 * 1440 else stop - 7 * 1440)]


def _change(low: int, high: int, zone: str) -> int:
    """Return the first moment after `low` whose distance from UTC is another than at `low`.

    `bisect` on a range would do, but not on 32-bit machines, and a browser is one.
    """
    offset = _offset(low, zone)
    while low + 1 < high:
        middle = (low + high) // 2
        if _offset(middle, zone) == offset:
            low = middle
        else:
            high = middle
    return high


def _offset(moment: int, zone: str) -> int:
    return (local(instant(moment), zone).utcoffset() or timedelta()) // _TICK
