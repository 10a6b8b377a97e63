"""Zones that a calendar describes itself: which known zone has the same clock while it is read."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Final

import attrs

from cmcore.base.errors import InvalidError, refuse
from cmcore.base.regex import regex
from cmcore.codec.ical.lines import Component
from cmcore.codec.ical.package import decoded, parts
from cmcore.codec.ical.repeats import Budget, occurrences, rule_of
from cmcore.time.intervals import Clocks, Span, count, instant
from cmcore.time.week import local, zone_problems

#: The most days that are looked at for all the zones that a calendar describes.
_MOST_DAYS: Final = 250_000
#: Rules of clocks are yearly: a change that still holds is found within two years.
_YEARS: Final = timedelta(days=2 * 366)
_OFFSET: Final = regex("([+-])([01][0-9]|2[0-3])([0-5][0-9])([0-5][0-9])?")
_TICK: Final = timedelta(microseconds=1)
#: The parts of a rule by which clocks are changed.
_READ: Final = frozenset({"FREQ", "INTERVAL", "BYDAY", "BYMONTH", "BYMONTHDAY", "UNTIL", "WKST"})

#: When a clock is changed, and its distance from UTC before and after.
_Change = tuple[datetime, timedelta, timedelta]
#: From when to when, counted as for `Clocks`, a clock is how far from UTC.
Piece = tuple[int, int, int]


class Described:
    """The zones that a calendar describes, over a time that holds all moments which matter."""

    def __init__(self, zones: Iterable[Component], span: Span) -> None:
        self._zones: dict[str, list[Component]] = {}
        for one in zones:
            self._zones.setdefault(one.said("TZID"), []).extend(one.within)
        self._span, self._clocks = span, Clocks(span)
        self._budget = Budget(_MOST_DAYS)

    def alike(self, name: str, known: Iterable[str]) -> str | None:
        """Return the first known zone whose clock shows the same as the one of a name throughout.

        Where a description says nothing for sure, or too much, no zone is like it.
        """
        try:
            pieces = self._pieces(self._zones.get(name, []))
            return next((zone for zone in known if self._is_alike(zone, pieces)), None)
        except (InvalidError, OverflowError):
            return None

    def _is_alike(self, zone: str, pieces: list[Piece]) -> bool:
        """Return whether a zone has the same clock; the ends of pieces are quick to look at."""
        return (
            not [*zone_problems(zone)]
            and all(
                local(instant(at), zone).utcoffset() == offset * _TICK
                for start, stop, offset in pieces
                for at in (start, stop - 1)
            )
            and self._clocks.pieces(zone) == pieces
        )

    def _pieces(self, observed: Iterable[Component]) -> list[Piece]:
        """Return stretches with the distance from UTC that holds over each, as `Clocks` does.

        Raises:
            InvalidError: it does not say what holds, or says two things.
        """
        self._budget.spend(self._span.length.days)
        changes = sorted({one for each in observed for one in self._changes(each)})
        before = sum(at <= self._span.start for at, _, _ in changes)
        told = [one for one in changes[max(0, before - 2) :] if one[0] < self._span.stop]
        if not before or any(
            one[0] == other[0] or one[2] != other[1] for one, other in pairwise(told)
        ):
            raise refuse("calendar-value", name="VTIMEZONE", text="")
        made = [(self._span.start, changes[before - 1][2])]
        made += [(at, after) for at, before_, after in changes[before:]
                 if at < self._span.stop and before_ != after]  # fmt: skip
        starts = [count(at) for at, _ in made]
        stops = [*starts[1:], count(self._span.stop)]
        return [(start, stop, offset // _TICK)
                for start, stop, (_, offset) in zip(starts, stops, made, strict=True)]  # fmt: skip

    def _changes(self, observed: Component) -> Iterator[_Change]:
        """Yield when the clock is changed to what a part of a zone says.

        Raises:
            InvalidError: it does not read, or its rule is none of a clock.
        """
        before, after = (_offset(observed.said(f"TZOFFSET{end}")) for end in ("FROM", "TO"))
        start = _wall(observed.said("DTSTART"))
        walls = {start, *(_wall(text) for one in observed.all("RDATE")
                          for text in one.text.split(","))}  # fmt: skip
        for one in observed.all("RRULE"):
            walls |= self._repeated(one.text, start, before)
        for wall in walls:
            yield (wall - before).replace(tzinfo=UTC), before, after

    def _repeated(self, text: str, start: datetime, before: timedelta) -> set[datetime]:
        """Return when a rule falls, from the last times of it before all that matters."""
        said = {name.upper(): many for name, many in parts(text).items()}
        rule = rule_of(said, start)
        if (rule.frequency, rule.interval) != ("YEARLY", 1) or not said.keys() <= _READ:
            raise refuse("rule-not-read", part=text)
        until = rule.until
        if isinstance(until, datetime) and until.tzinfo is not None:
            until = until.replace(tzinfo=None) + before
        first = self._span.start.date()
        if until is not None:
            first = min(first, date(until.year, until.month, until.day))
        last = self._span.stop.date() + timedelta(days=2)
        rule = attrs.evolve(rule, until=until)
        return {*occurrences(rule, start, first - _YEARS, last, self._budget)}


def _offset(text: str) -> timedelta:
    """Return a distance from UTC.

    Raises:
        InvalidError: it is none.
    """
    found = _OFFSET.fullmatch(text)
    if found is None:
        raise refuse("calendar-value", name="TZOFFSETTO", text=text)
    hours, minutes, seconds = (int(one or 0) for one in found.groups()[1:])
    length = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return -length if found[1] == "-" else length


def _wall(text: str) -> datetime:
    """Return what a clock shows.

    Raises:
        InvalidError: it is no time of a clock.
    """
    found = decoded(text.strip())
    if not isinstance(found, datetime) or found.tzinfo is not None:
        raise refuse("calendar-value", name="DTSTART", text=text)
    return found
