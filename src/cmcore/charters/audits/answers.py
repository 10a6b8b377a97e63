"""Acts that are to answer something: to follow other acts, or to come before events, in time."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
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
from cmcore.time.clocks import Deadline, known_deadline
from cmcore.time.week import local_if_any

_DAY: Final = timedelta(days=1)
_FIRST: Final = datetime.min.replace(tzinfo=UTC)
_LAST: Final = datetime.max.replace(tzinfo=UTC)


class _Answers(Judging):
    """Judges whether an act came in time, for each thing that asks for one."""

    def __init__(self, evidence: Evidence) -> None:
        super().__init__(evidence)
        #: The times in which an act was due, and none came of which the day is known.
        self._unmet: list[tuple[datetime, datetime]] = []

    def standing(self, counts: Counter[Fulfilment]) -> Fulfilment:
        """Return what the occasions come to: an act without a day answers what is due at once."""
        moments: list[datetime] = []
        for start, end in sorted(self._unmet, key=itemgetter(1)):
            if not moments or start > moments[-1]:
                moments.append(end)
        self.needed = len(moments)
        return super().standing(counts)

    def timed(self) -> list[tuple[datetime, date, CountedActs]]:
        """Return what has a moment, in order of time."""
        dated = self.evidence.dated
        timed = [(acts.at, day, acts) for day, acts in dated if acts.at is not None]
        return sorted(timed, key=itemgetter(0))

    def answered(
        self, asked: Truth, sure: int, maybe: int, window: tuple[datetime, datetime] | None
    ) -> Fulfilment:
        """Return the standing: `sure` acts came in time, and `maybe` more of them did.

        The `window` is the time in which one was due, None if not all of it is seen.
        """
        if self.extent.is_doubted:
            return Fulfilment.UNDECIDED
        if sure:
            return Fulfilment.MET
        if window is None:
            return Fulfilment.PARTIAL
        is_sure = asked is Truth.TRUE and not maybe
        if is_sure:
            self._unmet.append(window)
        return Fulfilment.MISSED if is_sure and self.spare == 0 else Fulfilment.UNDECIDED


class Duties(_Answers):
    """Judges each act that another is to follow in time."""

    def is_open(self) -> bool:
        """Tell whether acts without a moment may be such as others are to follow, or come last."""
        return self.spare != 0 or (self.extent.is_adrift and not self.extent.is_stated)

    def occasions(self) -> Iterator[Judged]:
        """Yield each act that another is to follow, and how many did."""
        timed = self.timed()
        moments = [at for at, _, _ in timed]
        for now, day, act in timed:
            if act.among is Truth.FALSE:
                continue
            due = self._due(now)
            end = due.after or due.at or _LAST
            first = bisect_left(moments, now)
            stop = bisect_right(moments, end if due.after is None else _LAST)
            told = [
                _follows(act, other) & (Truth.UNKNOWN if at == now or at > end else Truth.TRUE)
                for at, _, other in timed[first:stop]
                if other is not act or act.count > 1
            ]
            sure, maybe = told.count(Truth.TRUE), told.count(Truth.UNKNOWN)
            is_seen = self._is_seen(end)
            standing = self.answered(
                act.among, sure, maybe, (now, end) if is_seen and due.at else None
            )
            if due.year is not None and is_seen and standing is Fulfilment.PARTIAL:
                standing = Fulfilment.UNDECIDED
                self.unknown_years |= {due.year}
            found = Occasion(told_at(now, self.evidence.zone), standing, sure, maybe)
            yield from [judged(day, found)] * act.count

    def _due(self, now: datetime) -> Deadline:
        """Return when an act is due that is to follow one at a moment, as far as is known."""
        within = self.one.within or _DAY
        clock = self.one.clock(self.evidence.zone, self.evidence.calendar)
        if clock is None and isinstance(within, timedelta):
            return Deadline(now + min(within, _LAST - now))
        return known_deadline(now, within, clock)

    def _is_seen(self, end: datetime) -> bool:
        """Return whether the history reaches the local day of a moment."""
        day = local_if_any(end, self.evidence.zone)
        return day is not None and day.date() <= (self.extent.through or date.min)


class Preliminaries(_Answers):
    """Judges each act that another is to come before."""

    def is_open(self) -> bool:
        """Tell whether acts without a moment may be such as others are to come before."""
        return self.spare != 0 or (self.extent.is_adrift and not self.extent.is_stated)

    def occasions(self) -> Iterator[Judged]:
        """Yield each act that another is to come before, and how many did."""
        acts = [(at, one) for at, _, one in self.timed() if one.of is not Truth.FALSE]
        moments = [at for at, _ in acts]
        filed = _Filed([one for _, one in acts])
        for now, day, act in self.timed():
            if act.among is Truth.FALSE:
                continue
            first = 0 if self.one.limit is None else _older(moments, now, self.one.limit)
            found = filed.within(act, first, bisect_right(moments, now))
            told = [
                _follows(act, other) & (Truth.UNKNOWN if at == now else Truth.TRUE)
                for at, other in (acts[place] for place in found)
                if other is not act or act.count > 1
            ]
            sure, maybe = told.count(Truth.TRUE), told.count(Truth.UNKNOWN)
            standing = self.answered(act.among, sure, maybe, self._window(now, day))
            occasion = Occasion(told_at(now, self.evidence.zone), standing, sure, maybe)
            yield from [judged(day, occasion)] * act.count

    def _window(self, now: datetime, day: date) -> tuple[datetime, datetime] | None:
        """Return the time in which an act was to come, None if not all of it is seen."""
        extent, limit = self.extent, self.one.limit
        start = None if limit is None else _back(now, limit, self.evidence.zone)
        is_whole = extent.since is None or (start is not None and extent.since <= start.date())
        return (start or _FIRST, now) if is_whole and day <= (extent.through or date.min) else None


class _Filed:
    """Acts in order of time, filed under what they may have in common with another."""

    def __init__(self, acts: Sequence[CountedActs]) -> None:
        self._by_word: defaultdict[str | None, list[int]] = defaultdict(list)
        self._all = range(len(acts))
        for place, act in enumerate(acts):
            shared = act.shared[0] if act.shared else None
            for word in (None,) if shared is None else shared:
                self._by_word[word].append(place)

    def within(self, act: CountedActs, first: int, stop: int) -> list[int]:
        """Return the places, from `first` on, of those that may have in common what an act has."""
        mine = act.shared[0] if act.shared else None
        if mine is None:
            return [*self._all[first:stop]]
        files = [self._by_word[word] for word in (None, *mine) if word in self._by_word]
        found = {n for one in files for n in one[bisect_left(one, first) : bisect_left(one, stop)]}
        return sorted(found)


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
        days = {at: day for at, day, one in noted if one.of is Truth.FALSE}
        events = [*days]
        for index, event in enumerate(events):
            most = self.one.limit
            for lead in self.one.by:
                limit = min((most, *_limits(events, index, lead)), key=_length)
                first = 0 if limit is None else _older(moments, event, limit)
                told = acts[first : _older(moments, event, lead)]
                yield judged(days[event], self._occasion(event, lead, limit, told))
                most = lead

    def _occasion(
        self, event: datetime, lead: timedelta, limit: timedelta | None, told: list[CountedActs]
    ) -> Occasion:
        """Return how it stands with the acts that came by then, no longer than a limit before."""
        counts = counts_of(told)
        sure = sum(count for (of, _), count in counts.items() if of is Truth.TRUE)
        zone, extent = self.evidence.zone, self.extent
        due = _back(event, lead, zone)
        start = due if limit is None else _back(event, limit, zone)
        is_whole = extent.since is None or (start is not None and extent.since <= start.date())
        is_seen = due is not None and due.date() <= (extent.through or date.min) and is_whole
        window = (_FIRST if limit is None else start or _FIRST, due) if due and is_seen else None
        # without a limit, an act may have come before the history
        missing = Truth.of(limit is not None or extent.since is None) | Truth.UNKNOWN
        standing = self.answered(missing, sure, counts.total() - sure, window)
        names = [] if due is None else [f"{due:%Y-%m-%d %H:%M}"]
        name = " → ".join([*names, told_at(event, zone)])
        return Occasion(name, standing, sure, counts.total() - sure)


def _length(limit: timedelta | None) -> timedelta:
    return timedelta.max if limit is None else limit


def _limits(events: Sequence[datetime], index: int, lead: timedelta) -> Iterator[timedelta]:
    """Yield the ages from which on acts are of earlier events, or of what was due before these."""
    event = events[index]
    if index:
        yield min(event - events[index - 1], timedelta.max - lead) + lead
    count = bisect_left(events, True, 0, index, key=lambda at: event - at <= lead)  # noqa: FBT003
    if count:
        yield event - events[count - 1]


def _older(moments: Sequence[datetime], now: datetime, age: timedelta) -> int:
    """Return how many moments are of an age at least."""
    return bisect_left(moments, True, key=lambda at: now - at < age)  # noqa: FBT003 - the first such


def _back(now: datetime, by: timedelta, zone: str) -> datetime | None:
    """Return the local moment some time before another; None outside the calendar."""
    try:
        return local_if_any(now - by, zone)
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
