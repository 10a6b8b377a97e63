"""Times: an instant of each kind that weekly hours, days, terms and instants can tell apart."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Final

from cmcore.base.errors import InvalidError
from cmcore.charters.analysis._theory import Asked, Cells, Question, Theory, Ways
from cmcore.charters.analysis._worlds import SOME_MONDAY, Parts
from cmcore.charters.conditions.condition import FactTest
from cmcore.charters.conditions.facts import ABSENT, UNKNOWN
from cmcore.charters.conditions.fit import DAYS
from cmcore.charters.conditions.operands import Hours, edges
from cmcore.charters.rule import Term
from cmcore.time.intervals import Clocks, Span, count, instant, midnight

_TICK: Final = timedelta(microseconds=1)
_DAY: Final = timedelta(days=1)
#: How long after midnight the morning is that is shown.
_MORNING: Final = timedelta(hours=10)
_MINUTE: Final = 60_000_000
_MONDAY: Final = 3 * 24 * 60 * _MINUTE
_WEEK: Final = 7 * 24 * 60 * _MINUTE
#: In so many weeks each minute of the week occurs, though clocks may change in one of them.
_ENOUGH: Final = timedelta(weeks=3)
_SEVERAL: Final = 2
#: In a year, clocks of several zones are as far apart as they ever are that year.
_YEAR: Final = timedelta(weeks=53)
#: The first and last years in which every zone has a local time for weeks around.
_SOUND: Final = (datetime(2, 1, 1, tzinfo=UTC), datetime(9998, 1, 1, tzinfo=UTC))


def instants(asked: Asked) -> Theory:
    """Return the kinds of moment of an act, with what clocks and calendars say of it."""
    return _moments("at", asked)


def labelled(fact: str, asked: Asked) -> Theory:
    """Return the kinds of instant of a label."""
    return _moments(fact, asked, {fact: ABSENT})


def holidays(asked: Asked) -> Cells:
    """Return days on which calendars close and days on which they do not, then what a context says.

    Where charters have calendars or zones of their own, it is not said that there are no others.
    """
    own = {(one.charter.calendar, one.charter.zone) for _, one in asked}
    moments: list[datetime] = []
    for calendar, zone in own:
        for day in calendar.closed if calendar else ():
            with suppress(InvalidError, OverflowError):
                start = midnight(day, zone)
                moments += [start + _MORNING, start, start + _DAY, start - _MORNING]
    days: list[Parts] = [{"holiday": one} for one in sorted(set(moments), key=_oddness)]
    if len(own) > 1:
        return Cells(asked, [*days, {"holiday": SOME_MONDAY}], wild=True)
    return Cells(asked, [*days, *({"holiday": one} for one in (True, False, UNKNOWN))])


class _Clocks:
    """Moments as clocks of several zones show them, of which not all kinds can be listed.

    What cannot be by the clock of one zone, no moment has.
    """

    def __init__(self, some: Cells, each: Sequence[Theory]) -> None:
        """Take moments that are known, and all kinds that there are by each clock alone."""
        self.asked = some.asked
        self._some = some
        self._each = each

    def narrow(self, masks: list[int]) -> bool:
        """Leave the truths that each clock leaves."""
        return all(one.narrow(masks) for one in self._each)

    def ways(self, masks: Sequence[int]) -> Ways:
        """Return the moments that are known, without saying that there are no others."""
        return self._some.ways(masks)


def _moments(fact: str, asked: Asked, *more: Parts) -> Theory:
    # before and after, clocks have no day somewhere: no act that counts is of then
    first, last = DAYS
    marks = sorted({one for one in _marks(asked) if first <= one <= last})
    minutes = _minutes(asked)
    found = [SOME_MONDAY, *_between(marks, minutes), *DAYS]
    for mark in marks:
        found += [max(mark - _TICK, first), mark, min(mark + _TICK, last)]
    parts: list[Parts] = [{fact: one} for one in sorted(dict.fromkeys(found), key=_oddness)]
    made = Cells(asked, [*parts, *more, {fact: UNKNOWN}], wild=len(minutes) >= _SEVERAL)
    if len(minutes) < _SEVERAL:
        return made
    clocks = [
        [one for one in asked if _clock(one[1])[0] in {None, zone}] for zone in sorted(minutes)
    ]
    return _Clocks(made, [_moments(fact, own, *more) for own in clocks])


def _oddness(at: datetime) -> tuple[bool, int, int, timedelta]:
    """Return how odd a moment is as an example: far off, not on the minute, or not near others."""
    is_far = not _SOUND[0] < at < _SOUND[1]
    return is_far, at.microsecond, at.second, abs(at - SOME_MONDAY)


def _marks(asked: Asked) -> Iterator[datetime]:
    """Yield the instants at which something begins or ends."""
    for _, question in asked:
        leaf = question.leaf
        if isinstance(leaf, Term):
            yield from filter(None, ends(leaf, question.charter.zone))
        else:
            yield from (edge for edge in edges(leaf.operand) if isinstance(edge, datetime))


def ends(term: Term, zone: str) -> tuple[datetime | None, datetime | None]:
    """Return when a term begins and when it is over; None where it has been so, or will be."""
    return _midnight(term.since, 0, zone), _midnight(term.through, 1, zone)


def _midnight(day: date | None, later: int, zone: str) -> datetime | None:
    """Return when a day begins, or one some days `later`, unless the calendar is at its end."""
    with suppress(InvalidError, OverflowError):
        at = midnight(day + later * _DAY, zone) if day else None
        return at if at and DAYS[0] <= at <= DAYS[1] else None
    return None


def _minutes(asked: Asked) -> dict[str, frozenset[int]]:
    """Return the minutes of the week at which the answers may change, by the zone of the clock."""
    found: dict[str, set[int]] = {}
    for _, question in asked:
        zone, own = _clock(question)
        if zone:
            found.setdefault(zone, set()).update(own)
    return {zone: frozenset(minutes) for zone, minutes in found.items()}


def _clock(question: Question) -> tuple[str | None, Iterable[int]]:
    """Return the zone of the clock that is asked for, if any, and the minutes that matter."""
    leaf = question.leaf
    if not isinstance(leaf, FactTest):
        return None, ()
    minutes = _minutes_of(leaf)
    own = leaf.operand.zone if isinstance(leaf.operand, Hours) else None
    return (own or question.charter.zone, minutes) if minutes else (None, ())


def _minutes_of(test: FactTest) -> Iterable[int]:
    if isinstance(test.operand, Hours):
        return {minute for window in test.operand.week.windows for minute in window}
    if test.fact == "local.weekday":
        return range(0, 7 * 1440, 1440)
    if test.fact == "local.hour":
        return range(0, 7 * 1440, 60)
    return ()


def _between(marks: list[datetime], minutes: dict[str, frozenset[int]]) -> Iterator[datetime]:
    """Yield instants between marks, and before and after them, one for each change of an answer."""
    enough = _ENOUGH if len(minutes) < _SEVERAL else _YEAR
    if not marks:
        yield from _changes(SOME_MONDAY, SOME_MONDAY + enough, minutes)
        return
    first, last = max(marks[0], _SOUND[0]), min(marks[-1], _SOUND[1])
    spans = [(first - enough, first), *pairwise(marks), (last, last + enough)]
    for start, stop in spans:
        middle = start + (stop - start) / 2
        on_hour = middle.replace(minute=0, second=0, microsecond=0)
        yield from (one for one in (on_hour, middle) if start <= one < stop)
        yield from _changes(start, min(stop, start + enough), minutes)


def _changes(
    start: datetime, stop: datetime, minutes: dict[str, frozenset[int]]
) -> Iterator[datetime]:
    if not minutes or start < _SOUND[0] or stop > _SOUND[1]:
        return
    first = count(start)
    clocks = Clocks(Span(start, stop))
    for zone in sorted(minutes):
        for begin, end, offset in clocks.pieces(zone):
            yield instant(begin)
            week = (begin + offset + _MONDAY) // _WEEK
            for number in range(week, (end + offset + _MONDAY) // _WEEK + 1):
                monday = number * _WEEK - _MONDAY - offset
                for minute in sorted(minutes[zone]):
                    at = monday + minute * _MINUTE
                    if first <= at and begin <= at < end:
                        yield instant(at)
