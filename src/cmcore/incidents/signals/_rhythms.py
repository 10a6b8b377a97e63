"""Which earlier windows a window is compared with: those at the same time on the local clock."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

import attrs

from cmcore.incidents.signals.signal import Rhythm
from cmcore.time.intervals import Span, Stretch, count, instant
from cmcore.time.week import local

_TICK: Final = timedelta(microseconds=1)
DAY: Final = timedelta(days=1) // _TICK
WEEK: Final = 7 * DAY
#: 1970 began on a Thursday; Saturday is the sixth day.
_MONDAY: Final = 3 * DAY
_SATURDAY: Final = 5
#: Windows whose ends are at most this far apart are at about the same time of day.
_ABOUT: Final = DAY // 12
#: The latest days are not used to estimate variation, so that a lasting surge does not hide itself.
_FRESH: Final = 3 * DAY
#: How many whole weeks of history a rhythm needs, the finest first, and how many windows.
_NEEDS: Final = {Rhythm.WEEK: 3, Rhythm.WORKDAYS: 2, Rhythm.DAY: 2}
_WINDOWS: Final = 3
#: Nothing is compared with the first year of the calendar, whose local times may not exist.
_FIRST: Final = count(datetime(2, 1, 1, tzinfo=UTC))
#: How many windows have their rows kept, for the signals that are compared with the same.
_KEPT: Final = 4


@attrs.frozen(eq=False)
class Windows:
    """Windows that are comparable, the latest first; those to leave out are None.

    The same ones are the same object, so that what was counted in them is found at once.
    """

    each: tuple[Stretch | None, ...]

    @property
    def count(self) -> int:
        """How many there are."""
        return sum(one is not None for one in self.each)


class Calendar:
    """The windows of a length that precede another, on the clock of a zone.

    All last as long, whatever the clocks do; those that touch a span to leave out are None. What
    was found is kept, for windows that follow each other are compared with nearly the same.
    """

    def __init__(
        self, window: timedelta, baseline: timedelta, zone: str, leave_out: Iterable[Span] = ()
    ) -> None:
        self.length, self.window = window, window // _TICK
        self._zone = zone
        self._clock = local(instant(0), zone).tzinfo
        self._most = (baseline // _TICK) // WEEK
        self._out = [(count(span.start), count(span.stop)) for span in leave_out]
        self._made: dict[tuple[int, int, int, bool | None, int], Windows] = {}
        self._stops: dict[int, int] = {}
        self._rows: dict[tuple[int, int, Rhythm], list[Windows]] = {}

    def weeks(self, stop: int, since: int) -> int:
        """Return how many whole weeks of history precede the window, out of those asked for."""
        length = self._wall(stop) - self.window - self._wall(max(since, _FIRST))
        return max(0, min(self._most, length // WEEK))

    def rhythm(self, asked: Rhythm | None, stop: int, weeks: int) -> Rhythm | None:
        """Return the rhythm asked for, or the finest, provided the history is long enough."""
        for rhythm in _NEEDS if asked is None else (asked,):
            fits = rhythm is Rhythm.WEEK or self.window <= DAY
            is_long = fits and weeks >= _NEEDS[rhythm]
            if is_long and self.rows(stop, weeks, rhythm)[0].count >= _WINDOWS:
                return rhythm
        return None

    def rows(self, stop: int, weeks: int, rhythm: Rhythm) -> list[Windows]:
        """Return rows of comparable windows, until the week or the day has gone round.

        The first are comparable with the window that stops then, the next with the one after it,
        and so on; of these, the latest days are left out.
        """
        key = stop, weeks, rhythm
        if key not in self._rows:
            if len(self._rows) >= _KEPT:
                self._rows.clear()
            self._rows[key] = list(self._fresh(stop, weeks, rhythm))
        return self._rows[key]

    def _fresh(self, stop: int, weeks: int, rhythm: Rhythm) -> Iterator[Windows]:
        wall = self._wall(stop)
        weekend = self._is_weekend(wall) if rhythm is Rhythm.WORKDAYS else None
        step = WEEK if rhythm is Rhythm.WEEK else -(-self.window // DAY) * DAY
        for number in range(step // self.window):
            ahead = number * self.window
            fresh = (ahead + self.window + _FRESH) // step if number else 0
            yield self._row(wall + ahead, step, weeks, weekend, fresh, stop)

    def near(self, rows: Sequence[Windows]) -> list[Windows]:
        """Return the rows, out of those of a day, that are at about the time of the first."""
        reach = _ABOUT // self.window + 1
        return [*rows[:reach], *rows[max(reach, len(rows) - reach + 1) :]]

    def _row(  # noqa: PLR0913, PLR0917 - private
        self,
        wall: int,
        step: int,
        weeks: int,
        weekend: bool | None,  # noqa: FBT001 - private
        fresh: int,
        stop: int,
    ) -> Windows:
        key = wall, step, weeks, weekend, fresh
        if key not in self._made:
            walls = range(wall - step, wall - weeks * WEEK - 1, -step)
            found = (self._window(one, weekend) for one in walls[fresh:])
            self._made[key] = Windows((*(None,) * fresh, *found))
        first, *rest = self._made[key].each
        if first is None or first[1] <= stop - self.window:
            return self._made[key]
        return Windows((None, *rest))  # clocks have changed, and two windows overlap

    def _window(self, wall: int, weekend: bool | None) -> Stretch | None:  # noqa: FBT001 - private
        if weekend is not None and self._is_weekend(wall) is not weekend:
            return None
        if wall not in self._stops:
            self._stops[wall] = count(instant(wall).replace(tzinfo=self._clock))
        stop = self._stops[wall]
        start = stop - self.window
        is_out = any(first < stop and start < last for first, last in self._out)
        return None if is_out else (start, stop)

    def _wall(self, stop: int) -> int:
        return count(local(instant(stop), self._zone).replace(tzinfo=UTC))

    def _is_weekend(self, wall: int) -> bool:
        """Return whether the window that stops then began on a Saturday or a Sunday."""
        return (wall - self.window + _MONDAY) // DAY % 7 >= _SATURDAY
