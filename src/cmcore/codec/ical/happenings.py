"""Events of a calendar, and when each of them takes place within a window."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Final

import attrs

from cmcore.base.errors import InvalidError, Problem, refuse, refuse_any
from cmcore.base.values import internal
from cmcore.codec.ical.lines import Component, Property
from cmcore.codec.ical.moments import Moment, lengths, moments
from cmcore.codec.ical.package import decoded, parts
from cmcore.codec.ical.repeats import Budget, Rule, occurrences, rule_of
from cmcore.codec.ical.zones import Zones
from cmcore.time.intervals import Span

#: What no clock is away from another by.
_APART: Final = timedelta(days=2)
_NOTHING: Final = timedelta(0)
_FIRST, _LAST = datetime.min, datetime.max  # noqa: DTZ901 - of any clock
_WHOLE_DAY: Final = timedelta(days=1)


@internal
class Happening:
    """An event: when it starts, how long it lasts on the clock and beyond, and when again."""

    source: Component
    id: str
    start: Moment
    days: timedelta
    rest: timedelta
    rule: Rule | None
    also: tuple[Moment, ...]
    never: tuple[Moment, ...]
    instead_of: Moment | None
    has_end: bool

    def spans(self, window: Span, zone: str, budget: Budget) -> Iterator[tuple[datetime, datetime]]:
        """Yield when it takes place at any time of a window, for somebody in a zone.

        Raises:
            InvalidError: it begins within the window and has no end, or clocks skip it whole, or
                it is beyond the calendar.
        """
        apart = _APART + self.days + self.rest
        first = _FIRST + max(_NOTHING, window.start.replace(tzinfo=None) - _FIRST - apart)
        last = _LAST - max(_NOTHING, _LAST - window.stop.replace(tzinfo=None) - _APART)
        for wall in sorted(self._walls(first, last, budget)):
            try:
                start, stop = self._ends(wall, zone)
            except OverflowError:
                raise refuse("beyond-calendar", at=wall) from None
            if window.start <= start < window.stop:
                refuse_any(self._faults(wall, start, stop))
            if start < stop and start < window.stop and window.start < stop:
                yield start, stop

    def _ends(self, wall: datetime, zone: str) -> tuple[datetime, datetime]:
        """Return when it starts and stops, if the clock shows `wall` when it starts."""
        stop = self.start.moved(wall + self.days).on(zone) + self.rest
        return self.start.moved(wall).on(zone), stop

    def _faults(self, wall: datetime, start: datetime, stop: datetime) -> Iterator[Problem]:
        """Yield the problem of an event without end, or of one that the clock skips whole.

        What a rule repeats at a time that there is not takes no place that day, as RFC 5545 has it.
        """
        if not self.has_end:
            yield Problem.of("event-without-end")
        elif stop <= start and wall == self.start.wall and self.days + self.rest > _NOTHING:
            yield Problem.of("clock-skips-event", at=wall)

    def _walls(self, first: datetime, last: datetime, budget: Budget) -> set[datetime]:
        """Return what the clock shows whenever it starts, at least all that may matter."""
        start, clock = self.start.wall, self.start.zone
        found = {start} if self.rule is None else set(
            occurrences(self.rule, start, first.date(), last.date(), budget)
        )  # fmt: skip
        found |= {one.shown_by(clock) for one in self.also}
        off = {one.shown_by(clock) for one in self.never if self.start.is_day or not one.is_day}
        days = {one.wall.date() for one in self.never if one.is_day}
        self._refuse_misses(off - found, {wall for wall in found if first <= wall <= last})
        return {wall for wall in found - off
                if first <= wall <= last and wall.date() not in days}  # fmt: skip

    def _refuse_misses(self, missed: set[datetime], found: set[datetime]) -> None:
        """Refuse what takes out nothing on a day on which the event takes place at another time.

        On other days it is what programs leave behind where a rule was changed.
        """
        for wall in sorted(missed):
            starts = [one for one in sorted(found) if one.date() == wall.date()]
            refuse_any(Problem.of("takes-out-nothing", at=wall, starts=one) for one in starts)


def happenings(
    events: Iterable[Component], zones: Zones, problems: list[Problem]
) -> list[Happening]:
    """Return the events that take place; what is wrong with the others is added to `problems`.

    Of an event that was sent several times, the latest counts. What stands for one occurrence of a
    repeated event takes it out of the event; a cancelled one stands for nothing.
    """
    latest: dict[tuple[str, str], Component] = {}
    for one in events:
        key = _id(one), one.said("RECURRENCE-ID")
        if key not in latest or _sequence(latest[key]) <= _sequence(one):
            latest[key] = one
    found: list[Happening] = []
    for one in latest.values():
        try:
            found.append(_happening(one, zones))
        except InvalidError as error:
            problems += error.problems
    moved: dict[str, list[Moment]] = {}
    for each in found:
        if each.instead_of is not None:
            moved.setdefault(each.id, []).append(each.instead_of)
    return [
        attrs.evolve(each, never=(*each.never, *moved.get(each.id, ())))
        if each.instead_of is None
        else each
        for each in found
        if each.source.said("STATUS").upper() != "CANCELLED"
    ]


def reach(events: Iterable[Component], window: Span) -> Span:
    """Return a time that holds all moments of events which overlap a window, on any clock."""
    longest = max(map(_lasts, events), default=_NOTHING)
    before = min(longest, _LAST - _FIRST) + _APART + _WHOLE_DAY
    start = _FIRST + max(_NOTHING, window.start.replace(tzinfo=None) - _FIRST - before)
    stop = _LAST - max(_NOTHING, _LAST - window.stop.replace(tzinfo=None) - _APART - _WHOLE_DAY)
    return Span(start.replace(tzinfo=UTC), stop.replace(tzinfo=UTC))


def _lasts(event: Component) -> timedelta:
    """Return about how long an event lasts; nothing where it does not say."""
    ends = [decoded(event.said(name).partition(",")[0]) for name in ("DTSTART", "DTEND")]
    walls = [datetime(*one.timetuple()[:6]) for one in ends if isinstance(one, date)]  # noqa: DTZ001
    length = decoded(event.said("DURATION"))
    if isinstance(length, timedelta):
        return length
    return walls[-1] - walls[0] if len(walls) == len(ends) else _NOTHING


def place(event: Component, line: int | None, found: Problem) -> Problem:
    """Return a problem of an event, at its id and on a line."""
    return found.at("events", _id(event)).at_line(line or event.line)


def _id(event: Component) -> str:
    """Return the id of an event, or, where it has none, its line."""
    return event.said("UID") or str(event.line)


def _sequence(event: Component) -> int:
    said = event.said("SEQUENCE")
    return int(said) if said.isdecimal() and len(said) < 10 else 0  # noqa: PLR2004 - ample


def _happening(event: Component, zones: Zones) -> Happening:
    """Return what an event says.

    Raises:
        InvalidError: with every problem, each at its event and on its line.
    """
    problems: list[Problem] = []

    def read(name: str) -> list[Moment]:
        return [one for found in event.all(name) for one in _read(found)]

    def _read(found: Property) -> list[Moment]:
        try:
            return moments(found, zones)
        except InvalidError as error:
            problems.extend(place(event, found.line, one) for one in error.problems)
            return []

    starts = read("DTSTART")
    also, never, instead = read("RDATE"), read("EXDATE"), read("RECURRENCE-ID")
    if not event.all("DTSTART"):
        problems.append(place(event, None, Problem.of("event-without-start")))
    if not starts:
        raise InvalidError(problems)
    start = starts[0]
    days, rest = _length(event, start, zones, problems)
    rule = _rule(event, start, problems)
    if problems:
        raise InvalidError(problems)
    has_end = start.is_day or bool(event.all("DTEND") or event.all("DURATION"))
    return Happening(event, _id(event), start, days, rest, rule, (*also,), (*never,),
                     instead[0] if instead else None, has_end)  # fmt: skip


def _length(
    event: Component, start: Moment, zones: Zones, problems: list[Problem]
) -> tuple[timedelta, timedelta]:
    """Return how long an event lasts on the clock, and how long beyond that."""
    end, length = event.one("DTEND"), event.one("DURATION")
    found = end or length
    if found is None:
        return (_WHOLE_DAY if start.is_day else _NOTHING), _NOTHING
    try:
        if end is None:
            return lengths(found)
        stop = moments(found, zones)[0]
        if stop.zone == start.zone and stop.is_day == start.is_day:
            days, rest = stop.wall - start.wall, _NOTHING
        elif stop.zone is None or start.zone is None:
            raise refuse("calendar-value", name=found.name, text=found.text)
        else:
            days, rest = _NOTHING, stop.on("UTC") - start.on("UTC")
        if days + rest < _NOTHING:
            raise refuse("ends-before-it-begins")
    except InvalidError as error:
        problems += [place(event, found.line, one) for one in error.problems]
        return _NOTHING, _NOTHING
    return days, rest


def _rule(event: Component, start: Moment, problems: list[Problem]) -> Rule | None:
    """Return how an event is repeated."""
    found = event.all("RRULE")
    problems += [
        place(event, one.line, Problem.of("rule-again", name=one.name)) for one in found[1:]
    ]
    others = event.all("EXRULE")
    later = [one for one in event.all("RECURRENCE-ID") if "RANGE" in one.params]
    for one in (*others, *later):
        part = "RANGE" if one in later else one.name
        problems.append(place(event, one.line, Problem.of("rule-not-read", part=part)))
    if not found:
        return None
    try:
        rule = rule_of(parts(found[0].text), start.wall)
    except InvalidError as error:
        problems += [place(event, found[0].line, one) for one in error.problems]
        return None
    return attrs.evolve(rule, until=_until(rule.until, start))


def _until(until: date | None, start: Moment) -> date | None:
    """Return the end of a rule on the clock of its start."""
    if not isinstance(until, datetime) or until.tzinfo is None:
        return until
    return Moment(until.replace(tzinfo=None), "UTC", is_day=False).shown_by(start.zone)
