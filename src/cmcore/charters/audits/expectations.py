"""Judging expectations: whether each period, or each act, of a history is as a charter expects."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import cached_property, partial
from itertools import pairwise
from operator import itemgetter
from typing import Final, TypeAlias

from cmcore.base.truth import Truth
from cmcore.charters.audits.answers import Announcements, Duties, Preliminaries
from cmcore.charters.audits.counted import CountedActs
from cmcore.charters.audits.expected import ExpectationResult, Fulfilment, Occasion
from cmcore.charters.audits.judging import (
    Evidence,
    Extent,
    Judged,
    Judging,
    judged,
    occasion_of,
    told_at,
)
from cmcore.charters.audits.periods import PERIODS, first_day, last_day, name_of
from cmcore.charters.charter import Charter
from cmcore.charters.expectation import Expectation, on_day

#: The first and the last day of a period that count, and whether any of them surely does.
_Span: TypeAlias = tuple[date, date, bool]
#: A longer time in which nothing happened, in days, is no silence: a wrong year is in most
#: histories.
_LONGEST_GAP: Final = 1826
_DAY: Final = timedelta(days=1)


def result(
    one: Expectation, counted: Sequence[CountedActs], extent: Extent, charter: Charter
) -> ExpectationResult:
    """Return what comes of an expectation of a charter."""
    undated = sum(acts.count for acts in counted if acts.day is None and not _is_event(one, acts))
    spare = None if extent.spare is None else extent.spare + undated
    dated = tuple((acts.day, acts) for acts in counted if acts.day is not None)
    terms = (charter.term, one.term)
    evidence = Evidence(one, dated, spare, terms, charter.zone, extent, charter.calendar)
    if one.event is not None:
        is_open = any(acts.day is None and _is_event(one, acts) for acts in counted)
        return Announcements(evidence, is_open=is_open).result()
    if one.asking is not None:
        return (Duties if one.before is None else Preliminaries)(evidence).result()
    return (_Periods if one.window is None else _Acts)(evidence).result()


def _is_event(one: Expectation, acts: CountedActs) -> bool:
    """Tell whether it is no act that was noted, but an event that acts are to come before."""
    return one.event is not None and acts.of is Truth.FALSE


class _Periods(Judging):
    """Judges the periods of the calendar, empty ones included."""

    def is_open(self) -> bool:
        """Return whether acts without a day may stand in periods that are not seen."""
        if self.one.is_floor or self.one.share is not None:
            return self.extent.is_adrift and not self.extent.is_stated
        return self.too_many()

    def occasions(self) -> Iterator[Judged]:
        """Yield each period that the history has something of while it is in force."""
        unit = str(self.one.unit)
        seen: defaultdict[int, list[CountedActs]] = defaultdict(list)
        for day, acts in self.evidence.dated:
            seen[PERIODS[unit](day)[1]].append(acts)
        for number, gap in self._numbers(unit, seen):
            if gap:
                name = f"{name_of(unit, number)} … {name_of(unit, number + gap)}"
                found = Occasion(name, Fulfilment.UNDECIDED, 0, number=number)
                yield judged(first_day(unit, number), found)
            elif days := self._days(unit, number):
                counted = seen.get(number, ())
                standing = self._standing_of(days, counted)
                make = partial(self._occasion, unit, number, standing, counted)
                yield days[0], standing, make

    @cached_property
    def _whole(self) -> tuple[date, date] | None:
        """The first and the last day of which all acts are known, while it is in force."""
        return self.extent.days(str(self.one.unit), *self.evidence.terms)

    def _numbers(self, unit: str, seen: Iterable[int]) -> Iterator[tuple[int, int]]:
        """Yield the number of each period, or of the first of a gap with how many come after it."""
        met = sorted(seen)
        known = sorted({*met, *(PERIODS[unit](day)[1] for day in self._whole or ())})
        if not known:
            return
        for before, number in pairwise([known[0] - 1, *met, known[-1] + 1]):
            first, final = before + 1, number - 1
            if first <= final and self._is_gap(unit, first, final):
                yield first, final - first
            else:
                yield from ((between, 0) for between in range(first, number))
            if number <= known[-1]:
                yield number, 0

    def _is_gap(self, unit: str, first: int, final: int) -> bool:
        """Return whether nothing is known for so long that one date is probably wrong."""
        silent = last_day(unit, final) - first_day(unit, first)
        return silent.days > _LONGEST_GAP and not self.extent.is_stated

    def _days(self, unit: str, number: int) -> _Span | None:
        """Return the first and the last day on which an act may count, were it always in force.

        Say whether one of those between surely is such a day: where nobody knows, it may be closed.
        """
        first, last, on = first_day(unit, number), last_day(unit, number), self.one.on
        if on is None:
            return first, last, True
        days = [first + n * _DAY for n in range((last - first).days + 1)]
        works = {day: on_day(on, day, self.evidence.calendar) for day in days}
        found = [day for day, truth in works.items() if truth is not Truth.FALSE]
        return (found[0], found[-1], Truth.TRUE in works.values()) if found else None

    def _occasion(
        self, unit: str, number: int, standing: Fulfilment, counted: Sequence[CountedActs]
    ) -> Occasion:
        return occasion_of(name_of(unit, number), standing, self.one, counted, number)

    def _standing_of(self, days: _Span, counted: Sequence[CountedActs]) -> Fulfilment:
        """Return how a period stands, and take note of the acts that it takes to be met."""
        whole = self._whole
        first, last, is_on = days
        is_whole = whole is not None and whole[0] <= first and last <= whole[1]
        # most periods of a long time are empty, and stand alike
        standing, more = self._period(counted, is_whole) if counted else self._empty[is_whole]
        if not is_on:  # nothing may be expected of it at all
            return Fulfilment.UNDECIDED if is_whole else Fulfilment.PARTIAL
        if standing in {Fulfilment.MISSED, Fulfilment.UNDECIDED}:
            known = self.needed
            self.needed = None if known is None or more is None else known + more
        return standing

    @cached_property
    def _empty(self) -> dict[bool, tuple[Fulfilment, int | None]]:
        """How a period without an act stands, and how many it takes, by whether it is whole."""
        return {is_whole: self._period((), is_whole) for is_whole in (False, True)}

    def _period(
        self,
        counted: Sequence[CountedActs],
        is_whole: bool,  # noqa: FBT001 - of the period
    ) -> tuple[Fulfilment, int | None]:
        """Return how a period stands, and how many more acts it takes to be met."""
        return self._stands(counted, is_whole), self.score.needed(self.score.range(counted)[0])

    def _stands(
        self,
        counted: Sequence[CountedActs],
        is_whole: bool,  # noqa: FBT001 - of the period
    ) -> Fulfilment:
        if not is_whole:
            standing = self.stands(counted, None)
            if standing is not Fulfilment.UNDECIDED or self._may_be_missed(counted):
                return standing
            return Fulfilment.PARTIAL
        standing = self.stands(counted, self.spare)
        is_idle = self.one.share is not None and not counted and self.spare == 0
        return Fulfilment.IDLE if is_idle and standing is Fulfilment.MET else standing

    def _may_be_missed(self, counted: Sequence[CountedActs]) -> bool:
        """Return whether unknown facts alone may make it missed, whatever else the period has."""
        return self.score.needed(self.score.range(counted)[1]) is None


class _Acts(Judging):
    """Judges each act by those before it, within a window that slides."""

    def is_open(self) -> bool:
        """Return whether the acts without a moment may be too many for one window."""
        return self.too_many()

    def occasions(self) -> Iterator[Judged]:
        """Yield each act, by what the history holds of the window that ends with it."""
        timed = [(acts.at, day, acts) for day, acts in self.evidence.dated if acts.at is not None]
        timed.sort(key=itemgetter(0))
        moments = [at for at, _, _ in timed]
        window, start = self.one.window or _DAY, 0
        for now, day, act in timed:
            # ages are compared, since the calendar may begin within the window
            while now - moments[start] >= window:
                start += 1
            stop = bisect_right(moments, now)
            recent = [acts for _, _, acts in timed[start:stop]]
            standing = self.stands(recent, self.spare)
            if standing is Fulfilment.MISSED and act.of is not Truth.TRUE:
                standing = Fulfilment.UNDECIDED
            found = occasion_of(told_at(now, self.evidence.zone), standing, self.one, recent)
            yield from [judged(day, found)] * act.count
