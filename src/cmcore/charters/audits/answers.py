"""Acts that are to answer something: to follow other acts, or to come before events, in time."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from operator import itemgetter
from typing import Final

from cmcore.base.truth import Truth
from cmcore.charters.audits.counted import CountedActs
from cmcore.charters.audits.expected import Fulfilment, Occasion
from cmcore.charters.audits.judging import (
    Evidence,
    Judged,
    Judging,
    counts_of,
    judged,
    told_at,
)
from cmcore.time.week import local_if_any

_DAY: Final = timedelta(days=1)


class _Answers(Judging):
    """Judges whether an act came in time, for each thing that asks for one."""

    def timed(self) -> list[tuple[datetime, date, CountedActs]]:
        """Return what has a moment, in order of time."""
        dated = self.evidence.dated
        timed = [(acts.at, day, acts) for day, acts in dated if acts.at is not None]
        return sorted(timed, key=itemgetter(0))

    def answered(self, asked: Truth, sure: int, maybe: int, *, is_seen: bool) -> Fulfilment:
        """Return the standing: `sure` acts came in time, and `maybe` more of them did."""
        if self.extent.is_doubted:
            return Fulfilment.UNDECIDED
        if sure:
            return Fulfilment.MET
        if not is_seen:
            return Fulfilment.PARTIAL
        is_sure = asked is Truth.TRUE and not maybe and self.spare == 0
        return Fulfilment.MISSED if is_sure else Fulfilment.UNDECIDED


class Duties(_Answers):
    """Judges each act that another is to follow in time."""

    def is_open(self) -> bool:
        """Tell whether acts without a moment may be such as others are to follow, or come last."""
        return self.spare != 0 or (self.extent.is_adrift and not self.extent.is_stated)

    def occasions(self) -> Iterator[Judged]:
        """Yield each act that another is to follow, and how many did."""
        timed = self.timed()
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
            standing = self.answered(act.among, sure, maybe, is_seen=is_seen)
            found = Occasion(told_at(now, self.evidence.zone), standing, sure, maybe)
            yield from [judged(day, found)] * act.count


class Announcements(_Answers):
    """Judges each time before each event by which an act is to come."""

    def __init__(self, evidence: Evidence, *, is_open: bool) -> None:
        super().__init__(evidence)
        self._is_open = is_open

    def is_open(self) -> bool:
        """Return whether there may be events that nothing says of."""
        return self._is_open or self.spare != 0

    def occasions(self) -> Iterator[Judged]:
        """Yield each time before each event, and how many acts came by then."""
        noted = self.timed()
        acts = [one for _, _, one in noted if one.of is not Truth.FALSE]
        moments = [at for at, _, one in noted if one.of is not Truth.FALSE]
        events = {at: day for at, day, one in noted if one.of is Truth.FALSE}
        for previous, event in zip([None, *events], events, strict=False):
            most = self.one.within
            for lead in self.one.by:
                limit = _shortest(most, _since(previous, event, lead))
                first = 0 if limit is None else _older(moments, event, limit)
                told = acts[first : _older(moments, event, lead)]
                yield judged(events[event], self._occasion(event, lead, limit, told))
                most = lead

    def _occasion(
        self, event: datetime, lead: timedelta, limit: timedelta | None, told: list[CountedActs]
    ) -> Occasion:
        """Return how it stands with the acts that came by then, no longer than a limit before."""
        counts = counts_of(told)
        sure = sum(count for (of, _), count in counts.items() if of is Truth.TRUE)
        zone, extent = self.evidence.zone, self.extent
        due = _moved(event, lead, zone, back=True)
        start = due if limit is None else _moved(event, limit, zone, back=True)
        is_whole = extent.since is None or (start is not None and extent.since <= start.date())
        is_seen = due is not None and due.date() <= (extent.through or date.min) and is_whole
        # without a limit, an act may have come before the history
        missing = Truth.of(limit is not None or extent.since is None) | Truth.UNKNOWN
        standing = self.answered(missing, sure, counts.total() - sure, is_seen=is_seen)
        names = [] if due is None else [f"{due:%Y-%m-%d %H:%M}"]
        name = " → ".join([*names, told_at(event, zone)])
        return Occasion(name, standing, sure, counts.total() - sure)


def _shortest(*many: timedelta | None) -> timedelta | None:
    return min((one for one in many if one is not None), default=None)


def _since(previous: datetime | None, event: datetime, lead: timedelta) -> timedelta | None:
    """Return the age from which on acts are of the event before, or of what was due before it."""
    if previous is None:
        return None
    between = event - previous
    return between if between > lead else min(between, timedelta.max - lead) + lead


def _older(moments: Sequence[datetime], now: datetime, age: timedelta) -> int:
    """Return how many moments are of an age at least."""
    return bisect_left(moments, True, key=lambda at: now - at < age)  # noqa: FBT003 - the first such


def _after(moments: Sequence[datetime], now: datetime, within: timedelta) -> int:
    """Return how many moments have come by the end of a time."""
    # ages are compared, since the calendar may end within the time
    return bisect_right(moments, within, key=lambda at: at - now)


def _falls(now: datetime, within: timedelta, zone: str) -> date:
    """Return the local day on which a time is over."""
    found = _moved(now, within, zone)
    return date.max if found is None else found.date()


def _moved(now: datetime, by: timedelta, zone: str, *, back: bool = False) -> datetime | None:
    """Return the local moment some time after another, or before; None outside the calendar."""
    try:
        return local_if_any(now - by if back else now + by, zone)
    except OverflowError:
        return None


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
