"""Looking: what a checkup has before it, and how what is seen becomes an answer."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Any, Final, NamedTuple

import attrs
from attrs import field

from cmcore.base.frozen import FrozenMap
from cmcore.base.truth import Truth
from cmcore.base.values import internal
from cmcore.charters.act import LabelValue
from cmcore.charters.history import Case
from cmcore.incidents.incident import Incident
from cmcore.organisations.checks.checkup import Aims
from cmcore.organisations.checks.known import Known
from cmcore.organisations.organisation import Organisation
from cmcore.reviews.review import Review
from cmcore.teams.gap import Gap, Unfit
from cmcore.time.calendar import WorkingDays
from cmcore.time.clocks import BusinessClock, Length
from cmcore.time.intervals import Span
from cmcore.time.week import local


def _told(given: dict[str, LabelValue]) -> FrozenMap[LabelValue]:
    return FrozenMap(given)


@internal
class Seen:
    """What came of a look: an answer, what shows it, and what it wants where it is unknown."""

    truth: Truth
    said: str = ""
    told: FrozenMap[LabelValue] = field(factory=FrozenMap[LabelValue], converter=_told)
    wants: frozenset[str] = frozenset()
    gaps: tuple[Gap, ...] = ()
    unfit: tuple[Unfit, ...] = ()
    applies: bool = True

    @property
    def known(self) -> Known:
        """The answer of a check."""
        return Known.of(self.truth) if self.applies else Known.MOOT


def seen(truth: Truth, said: str, **told: LabelValue) -> Seen:
    """Return an answer with its evidence."""
    return Seen(truth, said, told)


def yes(said: str, **told: LabelValue) -> Seen:
    """Return a yes with its evidence."""
    return Seen(Truth.TRUE, said, told)


def no(said: str, **told: LabelValue) -> Seen:
    """Return a no with its evidence."""
    return Seen(Truth.FALSE, said, told)


def moot(said: str, **told: LabelValue) -> Seen:
    """Return that what is asked does not apply, and why."""
    return Seen(Truth.TRUE, said, told, applies=False)


def want(*wants: str, said: str = "", **told: LabelValue) -> Seen:
    """Return that it is unknown, and what is missing."""
    return Seen(Truth.UNKNOWN, said, told, frozenset(wants))


@internal
class Tally:
    """How many things are so, how many are not, and how many may be."""

    so: int = 0
    other: int = 0
    unsure: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.so + self.other + self.unsure

    def at_least(self, limit: float) -> Truth:
        """Return whether the share of what is so reaches a limit, whatever the unsure ones are."""
        if self.so >= limit * self.total:
            return Truth.TRUE
        return Truth.of(None if self.so + self.unsure >= limit * self.total else False)

    def at_most(self, limit: float) -> Truth:
        """Return whether the share of what is so keeps to a limit, whatever the unsure ones are."""
        if self.so + self.unsure <= limit * self.total:
            return Truth.TRUE
        return Truth.of(None if self.so <= limit * self.total else False)


def shared(tally: Tally, truth: Truth, least: int, lack: str, **told: LabelValue) -> Seen:
    """Return an answer on a share, unless fewer than `least` things are known."""
    known = tally.so + tally.other
    if known < least:
        return want(lack, said="few", known=known, least=least)
    counts: dict[str, Any] = {"so": tally.so, "total": tally.total, "unsure": tally.unsure}
    counts["share"] = tally.so / tally.total
    wants = frozenset({lack} if truth is Truth.UNKNOWN else ())
    said = "share unsure" if tally.unsure else "share"
    return Seen(truth, said, {**counts, **told}, wants)


class Look:
    """An organisation seen at an instant, in UTC."""

    def __init__(
        self,
        organisation: Organisation,
        at: datetime,
        aims: Aims,
        reviews: Iterable[Review] = (),
    ) -> None:
        self.given, self.at, self.aims = organisation, at, aims
        self.reviews = [one for one in reviews if one.opening.at <= at]

    @property
    def day(self) -> date:
        """The day it is there."""
        return local(self.at, self.given.zone).date()

    @property
    def week(self) -> Span:
        """The seven days to come."""
        return Span(self.at, self.at + timedelta(days=7))

    def moment(self, case: Case) -> datetime | None:
        """Return when a case happened, as far as is known."""
        return case.act.at or case.context.at

    def since(self, back: timedelta) -> list[Case]:
        """Return what happened within a time before now, now included."""
        dated = ((self.moment(case), case) for case in self.given.history or ())
        return [case for at, case in dated if at is not None and self.at - back < at <= self.at]

    @cached_property
    def cases(self) -> list[Case]:
        """What happened lately, or all that is given where that has no limit."""
        back = self.aims.back
        return list(self.given.history or ()) if back is None else self.since(back)

    @cached_property
    def undated(self) -> list[Case]:
        """What happened nobody knows when."""
        return [case for case in self.given.history or () if self.moment(case) is None]

    @property
    def unread(self) -> int:
        """How many rows of the history could not be read."""
        return len(self.given.unread)

    @cached_property
    def incidents(self) -> list[Incident]:
        """The incidents that had opened, as they were known."""
        known = self.given.incidents or ()
        return [one.as_of(self.at) for one in known if one.opened.at <= self.at]


def worst(*many: Seen) -> Seen:
    """Return the first that is no, else the first that is unknown, else the first."""
    ranked = (Truth.FALSE, Truth.UNKNOWN, Truth.TRUE)
    return min(many, key=lambda one: ranked.index(one.truth))


def names(many: Iterable[str]) -> frozenset[str]:
    """Return names as evidence has them."""
    return frozenset(many)


class Longest(NamedTuple):
    """How long something takes at most: `low` or more, `high` or less; None where nobody knows.

    `is_worst` says that the time is that of the worst moment to begin, which others may not share.
    """

    low: timedelta
    high: timedelta | None
    is_worst: bool = False

    def within(self, limit: timedelta) -> Truth:
        """Return whether it keeps to a limit, whenever it begins."""
        if self.low > limit:
            return Truth.FALSE
        return Truth.of(True if self.high is not None and self.high <= limit else None)


#: A Monday.
_WEEK_BEGINS: Final = datetime(2001, 1, 1, tzinfo=UTC)


def longest(time: Length, clock: BusinessClock | None) -> Longest | None:
    """Return how long a time takes on a wall clock; None where it may never be over.

    Opened at midnight, each working day is over a day. On hours of the week, the worst moment to
    begin is when they end; a calendar may close more of them.
    """
    if isinstance(time, WorkingDays):
        return Longest(timedelta(time.count), None)
    if clock is None:
        return Longest(time, time)
    bare = attrs.evolve(clock, zone="UTC", calendar=None)
    starts = [_WEEK_BEGINS + timedelta(minutes=stop) for _, stop in clock.week.windows]
    lasts = [stop - start for start in starts if (stop := bare.add(start, time))]
    if not lasts:
        return None
    return Longest(max(lasts), max(lasts) if clock.calendar is None else None, is_worst=True)


def in_turn(times: Iterable[Longest]) -> Longest:
    """Return how long several things take, each after the other."""
    many = [*times]
    low = sum((one.low for one in many if not one.is_worst), timedelta())
    low += max((one.low for one in many if one.is_worst), default=timedelta())
    highs = [one.high for one in many if one.high is not None]
    return Longest(low, sum(highs, timedelta()) if len(highs) == len(many) else None)
