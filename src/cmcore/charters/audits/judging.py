"""How expectations are judged: occasion by occasion, on what is known of a history.

What is unknown is taken both ways: an expectation is met, or missed, where it is so whatever the
unknown acts turn out to be. An act that may or may not count counts as no act and as one, and one
of which not even the day is known, or that is missing, as one in whatever period it would matter.
"""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from typing import Final

from cmcore.base.truth import Truth
from cmcore.base.values import internal
from cmcore.charters.audits.counted import CountedActs
from cmcore.charters.audits.expected import ExpectationResult, Fulfilment, Occasion
from cmcore.charters.audits.figures import Interval, Period
from cmcore.charters.audits.periods import PERIODS
from cmcore.charters.audits.score import Score
from cmcore.charters.audits.statistics import exact
from cmcore.charters.expectation import Expectation
from cmcore.charters.rule import Term
from cmcore.time.calendar import Calendar
from cmcore.time.clocks import WorkingWeek
from cmcore.time.units import CalendarUnit
from cmcore.time.week import local

#: How many occasions are listed.
MOST_LISTED: Final = 1000


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
    calendar: Calendar | None = None


#: The day that an occasion begins on, how it stands, and what makes it: few of many are listed.
Judged = tuple[date, Fulfilment, Callable[[], Occasion]]


def judged(day: date, found: Occasion) -> Judged:
    """Return an occasion that is made already."""
    return day, found.standing, lambda: found


class Judging(ABC):
    """Judges one expectation, occasion by occasion."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self.one = evidence.one
        self.extent = evidence.extent
        self.spare = evidence.spare
        self.score = Score(evidence.one)
        #: How many more acts it takes at least for no occasion to be missed; None: no number does.
        self.needed: int | None = 0
        #: The years of which the calendar would have to say more.
        self.unknown_years = _unknown_years(evidence)

    @abstractmethod
    def occasions(self) -> Iterator[Judged]:
        """Yield the occasions in order, each with the day that it begins on."""

    @abstractmethod
    def is_open(self) -> bool:
        """Return whether it may be missed where the history has nothing."""

    def result(self) -> ExpectationResult:
        """Return what comes of it."""
        counts: Counter[Fulfilment] = Counter()
        over: dict[str, list[int]] = {}
        listed: list[Occasion] = []
        bad: list[Occasion] = []
        for day, standing, occasion in self.occasions():
            counts[standing] += 1
            is_few = counts.total() <= MOST_LISTED
            is_bad = standing not in _GOOD and len(bad) < MOST_LISTED
            if is_few or is_bad:
                found = occasion()
                listed += [found] if is_few else []
                bad += [found] if is_bad else []
            if standing in _JUDGED:
                period = over.setdefault(PERIODS[self.extent.every](day)[0], [0, 0])
                period[0] += 1
                period[1] += standing is Fulfilment.MET
        is_all = self.one.unit is not None and counts.total() <= MOST_LISTED
        share, interval = (None, None) if self.one.share is None else _share(self.evidence)
        return ExpectationResult(
            self.one,
            self.standing(counts),
            met=counts[Fulfilment.MET],
            missed=counts[Fulfilment.MISSED],
            undecided=counts[Fulfilment.UNDECIDED],
            partial=counts[Fulfilment.PARTIAL],
            idle=counts[Fulfilment.IDLE],
            occasions=tuple(listed if is_all else bad),
            periods=tuple(Period(name, *some) for name, some in over.items()),
            share=share,
            interval=interval,
            unknown_years=self.unknown_years,
        )

    def standing(self, counts: Counter[Fulfilment]) -> Fulfilment:
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


_GOOD: Final = frozenset({Fulfilment.MET, Fulfilment.IDLE})
_JUDGED: Final = frozenset({Fulfilment.MET, Fulfilment.MISSED})


def _unknown_years(evidence: Evidence) -> frozenset[int]:
    """Return the years that are judged by working days, and of which no calendar says anything."""
    one, calendar = evidence.one, evidence.calendar
    if not isinstance(one.on, WorkingWeek):
        return frozenset()
    whole = evidence.extent.days(str(one.unit or "day"), *evidence.terms)
    years = {day.year for day, _ in evidence.dated}
    years.update(range(whole[0].year, whole[1].year + 1) if whole else ())
    return frozenset(years) - (calendar.years if calendar else frozenset())


def _share(evidence: Evidence) -> tuple[float | None, Interval]:
    """Return the share of all acts, and its interval whatever the unknown ones are."""
    counts = counts_of(acts for _, acts in evidence.dated)
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


def counts_of(counted: Iterable[CountedActs]) -> Counter[tuple[Truth, Truth]]:
    """Return how many acts there are of each kind: what is counted, and what a share is of."""
    counts: Counter[tuple[Truth, Truth]] = Counter()
    for acts in counted:
        counts[acts.of, acts.among] += acts.count
    return counts


def told_at(at: datetime, zone: str) -> str:
    """Return what an occasion at a moment is called."""
    return f"{local(at, zone):%Y-%m-%d %H:%M}"


def occasion_of(
    name: str,
    standing: Fulfilment,
    one: Expectation,
    counted: Iterable[CountedActs],
    number: int | None = None,
) -> Occasion:
    """Return an occasion with what was counted."""
    counts = counts_of(counted)
    count = counts[Truth.TRUE, Truth.TRUE]
    maybe = sum(n for (of, among), n in counts.items() if of & among is Truth.UNKNOWN)
    if one.share is None:
        return Occasion(name, standing, count, maybe, number=number)
    total = sum(n for (_, among), n in counts.items() if among is Truth.TRUE)
    return Occasion(name, standing, count, maybe, total, counts.total() - total, number)
