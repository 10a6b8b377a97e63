"""Judging expectations: whether each period, or each act, of a history is as a charter expects.

What is unknown is taken both ways: an expectation is met, or missed, where it is so whatever the
unknown acts turn out to be. An act that may or may not count counts as no act and as one, and one
of which not even the day is known, or that is missing, as one in whatever period it would matter.
"""

from abc import ABC, abstractmethod
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import pairwise
from operator import itemgetter
from typing import Final

from cmcore.base.errors import InvalidError
from cmcore.base.truth import Truth
from cmcore.base.values import internal
from cmcore.charters.audits.counted import CountedActs
from cmcore.charters.audits.expected import ExpectationResult, Fulfilment, Occasion
from cmcore.charters.audits.figures import Interval, Period
from cmcore.charters.audits.periods import PERIODS, first_day, last_day, name_of
from cmcore.charters.audits.score import Score
from cmcore.charters.audits.statistics import exact
from cmcore.charters.expectation import Expectation
from cmcore.charters.rule import Term
from cmcore.time.units import CalendarUnit
from cmcore.time.week import Week, local

#: How many occasions are listed.
MOST_LISTED: Final = 1000
#: A longer time in which nothing happened, in days, is no silence: a wrong year is in most
#: histories.
_LONGEST_GAP: Final = 1826
_DAY: Final = timedelta(days=1)


@internal
class Extent:
    """What is known of how far a history reaches.

    It has all acts of the local days from `since` through `through`; where `since` is None, from
    the beginning of the period that the `first` row lies in, since there was none before.
    `is_stated` says that somebody said so; else they are the days between the first row and the
    last, and acts that are `adrift`, of which not even the day is known, may precede or follow
    them. `spare` acts are missing, None where nobody knows how many. Where rows cast `doubt` on
    others, nothing that is seen is sure.
    """

    since: date | None
    through: date | None
    first: date | None
    is_stated: bool
    is_adrift: bool
    spare: int | None
    is_doubted: bool
    every: str
    confidence: float

    def days(self, unit: str, *terms: Term) -> tuple[date, date] | None:
        """Return the first and the last day that are whole, and within all terms; if any is."""
        since, through = self.since, self.through
        if since is None and self.first is not None:
            since = CalendarUnit(unit).first(self.first)
        if since is None or through is None:
            return None
        first = max(since, *(term.since or date.min for term in terms))
        last = min(through, *(term.through or date.max for term in terms))
        return (first, last) if first <= last else None


@internal
class Evidence:
    """What a history has for one expectation.

    `dated` are the acts that it counts, or may count, each with their local day, and `spare` says
    how many more there may be; None: nobody knows. It is in force on the days of all `terms`.
    """

    one: Expectation
    dated: tuple[tuple[date, CountedActs], ...]
    spare: int | None
    terms: tuple[Term, ...]
    zone: str
    extent: Extent


def result(
    one: Expectation, counted: Sequence[CountedActs], extent: Extent, term: Term, zone: str
) -> ExpectationResult:
    """Return what comes of an expectation; `term` and `zone` are those of its charter."""
    undated = sum(acts.count for acts in counted if acts.day is None)
    spare = None if extent.spare is None else extent.spare + undated
    dated = tuple((acts.day, acts) for acts in counted if acts.day is not None)
    evidence = Evidence(one, dated, spare, (term, one.term), zone, extent)
    if one.after is not None:
        return _Duties(evidence).result()
    return (_Periods if one.window is None else _Acts)(evidence).result()


class _Judging(ABC):
    """Judges one expectation, occasion by occasion."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self.one = evidence.one
        self.extent = evidence.extent
        self.spare = evidence.spare
        self.score = Score(evidence.one)
        #: How many more acts it takes at least for no occasion to be missed; None: no number does.
        self.needed: int | None = 0

    @abstractmethod
    def occasions(self) -> Iterator[tuple[date, Occasion]]:
        """Yield the occasions in order, each with the day that it begins on."""

    @abstractmethod
    def is_open(self) -> bool:
        """Return whether it may be missed where the history has nothing."""

    def result(self) -> ExpectationResult:
        """Return what comes of it."""
        counts: Counter[Fulfilment] = Counter()
        over: dict[str, list[int]] = {}
        listed: list[Occasion] = []
        for day, occasion in self.occasions():
            standing = occasion.standing
            counts[standing] += 1
            listed.append(occasion)
            if standing in _JUDGED:
                period = over.setdefault(PERIODS[self.extent.every](day)[0], [0, 0])
                period[0] += 1
                period[1] += standing is Fulfilment.MET
        share, interval = (None, None) if self.one.share is None else _share(self.evidence)
        return ExpectationResult(
            self.one,
            self._standing(counts),
            met=counts[Fulfilment.MET],
            missed=counts[Fulfilment.MISSED],
            undecided=counts[Fulfilment.UNDECIDED],
            partial=counts[Fulfilment.PARTIAL],
            idle=counts[Fulfilment.IDLE],
            occasions=self._shown(listed),
            periods=tuple(Period(name, *some) for name, some in over.items()),
            share=share,
            interval=interval,
        )

    def _shown(self, listed: list[Occasion]) -> tuple[Occasion, ...]:
        """Return all periods unless they are very many; else what is not met."""
        if self.one.unit is not None and len(listed) <= MOST_LISTED:
            return tuple(listed)
        bad = [one for one in listed if one.standing not in {Fulfilment.MET, Fulfilment.IDLE}]
        return tuple(bad[:MOST_LISTED])

    def _standing(self, counts: Counter[Fulfilment]) -> Fulfilment:
        """Return what the occasions come to."""
        if self.extent.is_doubted:
            return Fulfilment.UNDECIDED
        is_short = self.needed is None or (self.spare is not None and self.needed > self.spare)
        if counts[Fulfilment.MISSED] or is_short:
            return Fulfilment.MISSED
        if counts[Fulfilment.UNDECIDED] or self.is_open():
            return Fulfilment.UNDECIDED
        if counts[Fulfilment.MET]:
            return Fulfilment.MET
        is_idle = counts[Fulfilment.IDLE] or not counts[Fulfilment.PARTIAL]
        return Fulfilment.IDLE if is_idle and self.spare == 0 else Fulfilment.UNDECIDED

    def stands(self, counted: Iterable[CountedActs], spare: int | None) -> Fulfilment:
        """Return how an occasion stands if up to `spare` more acts belong to it."""
        if self.extent.is_doubted:
            return Fulfilment.UNDECIDED
        return self.score.stands(*self.score.range(counted), spare)

    def too_many(self) -> bool:
        """Return whether the acts of which not even the day is known are too many by themselves."""
        return self.stands((), self.spare) is not Fulfilment.MET


_JUDGED: Final = frozenset({Fulfilment.MET, Fulfilment.MISSED})


def _share(evidence: Evidence) -> tuple[float | None, Interval]:
    """Return the share of all acts, and its interval whatever the unknown ones are."""
    counts = _counts(acts for _, acts in evidence.dated)
    sure = counts[Truth.TRUE, Truth.TRUE]
    told = sure + counts[Truth.FALSE, Truth.TRUE]
    share = sure / told if told else None
    if evidence.spare is None or evidence.extent.is_doubted:
        return share, Interval(0.0, 1.0)
    # what may be or not be among them makes the share least as a miss, and greatest as a hit
    either = counts[Truth.UNKNOWN, Truth.TRUE] + counts[Truth.UNKNOWN, Truth.UNKNOWN]
    either += evidence.spare
    hits, misses = counts[Truth.TRUE, Truth.UNKNOWN], counts[Truth.FALSE, Truth.UNKNOWN]
    confidence = evidence.extent.confidence
    least = exact(sure, told + either + misses, confidence)
    most = exact(sure + either + hits, told + either + hits, confidence)
    return share, Interval(least.low, most.high)


class _Periods(_Judging):
    """Judges the periods of the calendar, empty ones included."""

    def is_open(self) -> bool:
        """Return whether acts without a day may stand in periods that are not seen."""
        if self.one.is_floor or self.one.share is not None:
            return self.extent.is_adrift and not self.extent.is_stated
        return self.too_many()

    def occasions(self) -> Iterator[tuple[date, Occasion]]:
        """Yield each period that the history has something of while it is in force."""
        unit = str(self.one.unit)
        seen: defaultdict[int, list[CountedActs]] = defaultdict(list)
        for day, acts in self.evidence.dated:
            seen[PERIODS[unit](day)[1]].append(acts)
        for number, gap in self._numbers(unit, seen):
            if gap:
                name = f"{name_of(unit, number)} … {name_of(unit, number + gap)}"
                found = Occasion(name, Fulfilment.UNDECIDED, 0, number=number)
                yield first_day(unit, number), found
            elif days := self._days(unit, number):
                yield days[0], self._occasion(unit, number, days, seen.get(number, ()))

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

    def _days(self, unit: str, number: int) -> list[date]:
        """Return the days of a period on which an act may count, were it always in force."""
        first, last, on = first_day(unit, number), last_day(unit, number), self.one.on
        days = [first + n * _DAY for n in range((last - first).days + 1)]
        return days if on is None else [day for day in days if _is_on(on, day)]

    def _occasion(
        self, unit: str, number: int, days: Sequence[date], counted: Sequence[CountedActs]
    ) -> Occasion:
        standing = self._period(days, counted)
        if standing in {Fulfilment.MISSED, Fulfilment.UNDECIDED}:
            more = self.score.needed(self.score.range(counted)[0])
            known = self.needed
            self.needed = None if known is None or more is None else known + more
        return _occasion(name_of(unit, number), standing, self.one, counted, number)

    def _period(self, days: Sequence[date], counted: Sequence[CountedActs]) -> Fulfilment:
        whole = self._whole
        if whole is None or days[0] < whole[0] or whole[1] < days[-1]:
            standing = self.stands(counted, None)
            return Fulfilment.PARTIAL if standing is Fulfilment.UNDECIDED else standing
        standing = self.stands(counted, self.spare)
        is_idle = self.one.share is not None and not counted and self.spare == 0
        return Fulfilment.IDLE if is_idle and standing is Fulfilment.MET else standing


def _is_on(week: Week, day: date) -> bool:
    start = day.weekday() * _MINUTES
    return any(low < start + _MINUTES and start < high for low, high in week.windows)


_MINUTES: Final = 1440


class _Acts(_Judging):
    """Judges each act by those before it, within a window that slides."""

    def is_open(self) -> bool:
        """Return whether the acts without a moment may be too many for one window."""
        return self.too_many()

    def occasions(self) -> Iterator[tuple[date, Occasion]]:
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
            found = _occasion(_told(now, self.evidence.zone), standing, self.one, recent)
            yield from [(day, found)] * act.count


class _Duties(_Judging):
    """Judges each act that another is to follow in time."""

    def is_open(self) -> bool:
        """Tell whether acts without a moment may be such as others are to follow, or come last."""
        return self.spare != 0 or (self.extent.is_adrift and not self.extent.is_stated)

    def occasions(self) -> Iterator[tuple[date, Occasion]]:
        """Yield each act that another is to follow, and how many did."""
        timed = [(acts.at, day, acts) for day, acts in self.evidence.dated if acts.at is not None]
        timed.sort(key=itemgetter(0))
        moments = [at for at, _, _ in timed]
        within, through = self.one.within or _DAY, self.extent.through or date.min
        for now, day, act in timed:
            if act.among is Truth.FALSE:
                continue
            first, stop = bisect_left(moments, now), _after(moments, now, within)
            told = [
                _follows(act, other) & (Truth.UNKNOWN if at == now else Truth.TRUE)
                for at, _, other in timed[first:stop]
                if other is not act or act.count > 1
            ]
            sure, maybe = told.count(Truth.TRUE), told.count(Truth.UNKNOWN)
            is_seen = _falls(now, within, self.evidence.zone) <= through
            standing = self._standing_of(act, sure, maybe, is_seen=is_seen)
            found = Occasion(_told(now, self.evidence.zone), standing, sure, maybe)
            yield from [(day, found)] * act.count

    def _standing_of(self, act: CountedActs, sure: int, maybe: int, *, is_seen: bool) -> Fulfilment:
        if self.extent.is_doubted:
            return Fulfilment.UNDECIDED
        if sure:
            return Fulfilment.MET
        if not is_seen:
            return Fulfilment.PARTIAL
        is_sure = act.among is Truth.TRUE and not maybe and self.spare == 0
        return Fulfilment.MISSED if is_sure else Fulfilment.UNDECIDED


def _after(moments: Sequence[datetime], now: datetime, within: timedelta) -> int:
    """Return how many moments have come by the end of a time."""
    # ages are compared, since the calendar may end within the time
    return bisect_right(moments, within, key=lambda at: at - now)


def _falls(now: datetime, within: timedelta, zone: str) -> date:
    """Return the local day on which a time is over."""
    try:
        return local(now + within, zone).date()
    except (OverflowError, InvalidError):
        return date.max


def _follows(act: CountedActs, other: CountedActs) -> Truth:
    """Tell whether an act is one that is to follow another: what it is, and of the same things."""
    found = other.of
    for mine, theirs in zip(act.shared, other.shared, strict=True):
        if mine is None or theirs is None:
            is_empty = frozenset() in (mine, theirs)
            found &= Truth.FALSE if is_empty else Truth.UNKNOWN
        else:
            found &= Truth.of(bool(mine & theirs))
    return found


def _counts(counted: Iterable[CountedActs]) -> Counter[tuple[Truth, Truth]]:
    counts: Counter[tuple[Truth, Truth]] = Counter()
    for acts in counted:
        counts[acts.of, acts.among] += acts.count
    return counts


def _told(at: datetime, zone: str) -> str:
    return f"{local(at, zone):%Y-%m-%d %H:%M}"


def _occasion(
    name: str,
    standing: Fulfilment,
    one: Expectation,
    counted: Iterable[CountedActs],
    number: int | None = None,
) -> Occasion:
    """Return an occasion with what was counted."""
    counts = _counts(counted)
    count = counts[Truth.TRUE, Truth.TRUE]
    maybe = sum(n for (of, among), n in counts.items() if of & among is Truth.UNKNOWN)
    if one.share is None:
        return Occasion(name, standing, count, maybe, number=number)
    total = sum(n for (_, among), n in counts.items() if among is Truth.TRUE)
    return Occasion(name, standing, count, maybe, total, counts.total() - total, number)
