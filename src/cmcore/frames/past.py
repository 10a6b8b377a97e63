"""The past: how many rows before each count, window by window, found by sorting and searching.

A key for what rows have in common and their place in time make one number; of these, sorted, those
in a window are the ones from one place to another.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Final

import attrs
import numpy as np

from cmcore.base.errors import InvalidError
from cmcore.base.ledgers import View, kept
from cmcore.base.truth import Truth
from cmcore.base.values import internal, value
from cmcore.charters.act import Act
from cmcore.charters.charter import Charter
from cmcore.charters.conditions.condition import FactTest, tests
from cmcore.charters.conditions.facts import FactType, Log
from cmcore.charters.conditions.operators import TAKES
from cmcore.charters.context import Earlier
from cmcore.frames.cells import Bools, Codes, Ints
from cmcore.frames.chunks import Chunk, ticks
from cmcore.frames.shared import (
    Entries,
    Shared,
    TooManyError,
    columns_counted,
    columns_shared,
    entries,
    of_kind,
    shared,
)
from cmcore.frames.timeline import Timeline, Times
from cmcore.time.intervals import midnight
from cmcore.time.units import CalendarUnit, Window

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_TICK: Final = timedelta(microseconds=1)
_DAY: Final = 86_400_000_000
#: A length of time that reaches further back than the calendar.
_LONG: Final = 2**62
_NO: Final = Truth.FALSE.value
_MAYBE: Final = Truth.UNKNOWN.value
_YES: Final = Truth.TRUE.value
#: How many sets of words there may be at most for each row, and for few rows.
_EACH: Final = 8
_FEW: Final = 1 << 16


class Asking:
    """Rows that ask, in order of what they ask and of time, and the sorted keys of the others.

    `until` says how many of the others there are for each up to the end of what it asks of.
    """

    def __init__(self, found: Entries, there: Ints, stride: int, ends: Ints) -> None:
        self.rows = found.rows
        self.signs = found.signs
        self.there = there
        self._keys = found.keys * stride
        self.until = self._before(ends)

    def _before(self, places: Ints) -> Ints:
        """Return how many of all there are for each up to a place of each row, excluded."""
        return np.searchsorted(self.there, self._keys + places[self.rows])

    def count(self, low: Ints) -> Ints:
        """Return how many rows there are for each row from one place on."""
        counts = self.until - self._before(low)
        return np.bincount(self.rows, counts * self.signs, len(low)).astype(np.intp)


@internal
class Askings:
    """What rows ask: of those that surely count, of those that may, of those without a moment."""

    sure: tuple[Asking, ...]
    possible: tuple[Asking, ...]
    undated: tuple[Asking, ...]


@internal
class Span:
    """How a window looks back from each row.

    `low` is the first place in it, `reaches` whether the record is complete for so long. It is not
    `sound` where it begins before the calendar does, and `begins` where it begins with the row.
    """

    low: Ints
    reaches: Bools
    begins: Bools
    sound: Bools


@internal
class Counts:
    """The least and the most acts in a window, by row, and whether the record reaches so far back.

    Where it is not `sound`, the window begins before the calendar does.
    """

    least: Ints
    most: Ints
    reaches: Bools
    sound: Bools


@value
class _Counted(Log):
    """The log of a row, of which only the counts are known."""

    counts: Callable[[Window], tuple[int, int | None]] = attrs.field(kw_only=True)

    def count(self, within: Window) -> tuple[int, int | None]:
        """Return the least and the most acts within a window that ends now; None: no limit."""
        return self.counts(within)


class _Rows(View[Act]):
    """The acts of some rows, made when they are looked at."""

    __slots__ = ("_act", "_spans")

    def __init__(self, act: Callable[[int], Act], spans: Sequence[Ints]) -> None:
        self._act = act
        self._spans = spans

    def __len__(self) -> int:
        return sum(map(len, self._spans))

    def __iter__(self) -> Iterator[Act]:
        return (self._act(int(row)) for rows in self._spans for row in rows)


class Past:
    """What all the rows of a frame know of the rows before them.

    Raises:
        TooManyError: when rows have too many words to be counted so.
    """

    def __init__(
        self, chunk: Chunk, since: Earlier | None, time: Timeline, act: Callable[[int], Act]
    ) -> None:
        self.chunk = chunk
        self.time = time
        self._act = act
        self._stride = len(time.moments) + 2
        self._shared: dict[str, Shared] = {}
        self._entered: dict[tuple[str, ...], Entries] = {}
        self._counts: dict[tuple[str, Window], Counts] = {}
        self._codes: dict[tuple[FactTest, ...], Codes] = {}
        self._spans: dict[Window, Span] = {}
        self._lookback = min(chunk.charter.lookback // _TICK, _LONG)
        start = None if since is None else since.since
        if since is None and len(time.moments):
            self._since: int | None = int(time.moments[0])
        else:
            self._since = None if start is None else ticks(start)
        conditions = (chunk.charter.framed, *(rule.when for rule in chunk.charter.rules))
        asked = (test for one in conditions for test in tests(one) if is_log(test.fact))
        self._askings = {name: self._asking(name) for name in {test.fact for test in asked}}

    # ------------------------------------------------------------------------ what rows ask of rows

    def _asking(self, name: str) -> Askings:
        """Return what is asked for a log, as `meaning.recall` asks it of acts one by one."""
        _, kind, *same = name.split(".")
        things = [self._thing(one) for one in same]
        widths = np.ones(self.chunk.size, np.intp)
        for one in things:
            widths *= one.widths
        if widths.sum() > _EACH * len(widths) + _FEW:
            raise TooManyError
        counted, now = of_kind(self.chunk, kind), self.time.places
        dated, undated = self.time.dated, ~self.time.dated
        sure = (self._ask(self._entries(same), dated, dated & (counted == _YES), now),)
        is_known = not (counted == _MAYBE).any() and all((t.state != _MAYBE).all() for t in things)
        may = sure if is_known else tuple(self._possible(same, dated & (counted != _NO), now))
        # what has no moment may be of this one
        lost = self._possible(same, undated & (counted != _NO), now + 1) if undated.any() else ()
        return Askings(sure, may, tuple(lost))

    def _thing(self, name: str) -> Shared:
        return kept(self._shared, name, lambda: shared(self.chunk, name))

    def _entries(self, same: Sequence[str]) -> Entries:
        """Return the rows in order of what they have of each name, and then of time."""
        things = [self._thing(one) for one in same]
        return kept(self._entered, tuple(same), lambda: entries(things, self.time.order))

    def _possible(self, same: Sequence[str], there: Bools, ends: Ints) -> Iterator[Asking]:
        """Yield what is asked of the rows that may count, by what is unknown on either side.

        Where a row has something unknown, any row that has something may have the same.
        """
        size, dated = self.chunk.size, self.time.dated
        has_all, blank = np.ones(size, np.bool_), np.zeros(size, np.intp)
        for bit, one in enumerate(map(self._thing, same)):
            has_all &= one.state != _NO
            blank |= (one.state == _MAYBE).astype(np.intp) << bit
        there = there & has_all
        every = _among(blank[there])
        for mine in _among(blank[dated & has_all]):
            asking = dated & has_all & (blank == mine)
            for theirs in sorted({one & ~mine for one in every}):
                known = [one for bit, one in enumerate(same) if not (mine | theirs) >> bit & 1]
                others = there & (blank & ~mine == theirs)
                yield self._ask(self._entries(known), asking, others, ends)

    def _ask(self, found: Entries, asking: Bools, there: Bools, ends: Ints) -> Asking:
        mine, others = asking[found.rows], there[found.rows]
        keys = found.keys[others] * self._stride + self.time.places[found.rows[others]]
        return Asking(found.only(mine), keys, self._stride, ends)

    # ------------------------------------------------------------------------------------ windows

    def counts(self, name: str, window: Window) -> Counts:
        """Return the counts of a log in a window that ends with each row."""
        return kept(self._counts, (name, window),
                    lambda: self._counted(self._askings[name], window))  # fmt: skip

    def _counted(self, asked: Askings, window: Window) -> Counts:
        span = self._span(window)
        reaches = span.reaches
        if asked.undated:
            # what has no moment may be in any window but one that begins now
            some = self._total(asked.undated, self._kept) > 0
            reaches = np.where(some, span.begins, reaches) & span.sound
        least = most = self._total(asked.sure, span.low)
        if asked.possible is not asked.sure:
            most = self._total(asked.possible, span.low)
        return Counts(least, most, reaches, span.sound)

    def _total(self, asked: Sequence[Asking], low: Ints) -> Ints:
        found = np.zeros(self.chunk.size, np.intp)
        for one in asked:
            found += one.count(low)
        return found

    def _span(self, window: Window) -> Span:
        return kept(self._spans, window, lambda: self._looked_back(window))

    def _looked_back(self, window: Window) -> Span:
        """Return how a window looks back from each row."""
        time, size = self.time, self.chunk.size
        if isinstance(window, CalendarUnit):
            starts, sound = self._unit_starts(window)
            low = np.searchsorted(time.moments, starts, "left")
            return Span(
                np.minimum(low, time.places),
                self._reached(starts) & sound,
                time.at <= starts,
                sound,
            )
        never = np.zeros(size, np.bool_)
        if window is None:
            reaches = np.full(size, self._since is None)
            return Span(np.zeros(size, np.intp), reaches, never, time.dated)
        length = min(window // _TICK, _LONG)
        reaches = self._reached(time.at - length) & time.dated
        return Span(self._older(length), reaches, never, time.dated)

    def _older(self, length: int) -> Ints:
        """Return how many rows are older than each by a length of time, or more."""
        moments = self.time.moments
        older = np.searchsorted(moments, moments - length, "right")
        return np.append(older, 0)[np.where(self.time.dated, self.time.places, -1)]

    def _unit_starts(self, unit: CalendarUnit) -> tuple[Times, Bools]:
        zone = self.chunk.charter.zone
        clock = self.chunk.clock(zone)
        days, places = np.unique(np.where(clock.known, clock.wall // _DAY, 0), return_inverse=True)
        starts = [_start(unit, int(day), zone) for day in days]
        sound = np.array([start is not None for start in starts], np.bool_)
        begun = np.array([start or 0 for start in starts], np.int64)
        return begun[places], sound[places] & clock.known & self.time.dated

    def _reached(self, starts: Times) -> Bools:
        """Return whether the record reaches back to the start of each window."""
        if self._since is None:
            return np.ones(self.chunk.size, np.bool_)
        return starts >= self._since

    @cached_property
    def _kept(self) -> Ints:
        """The first place of what the charter still looks back at, for each row."""
        if self.time.is_adrift:
            return np.zeros(self.chunk.size, np.intp)
        return self._older(self._lookback)

    # ---------------------------------------------------------------------------------- of one row

    def log(self, name: str, row: int) -> Log | None:
        """Return the log of a row; None where its moment is unknown."""
        if not self.time.dated[row]:
            return None
        now = _EPOCH + int(self.time.at[row]) * _TICK

        def count(within: Window) -> tuple[int, int | None]:
            found = self.counts(name, within)
            if isinstance(within, CalendarUnit) and not found.sound[row]:
                within.start(now, self.chunk.charter.zone)
            return int(found.least[row]), int(found.most[row]) if found.reaches[row] else None

        return _Counted(now, zone=self.chunk.charter.zone, counts=count)

    def earlier(self, row: int) -> Earlier | None:
        """Return the acts of the rows before one; None where its moment is unknown."""
        time = self.time
        if not time.dated[row]:
            return None
        adrift = len(time.order) - len(time.moments) if time.is_adrift else 0
        oldest = np.searchsorted(time.moments, time.at[row] - self._lookback, "right")
        first = adrift + int(np.searchsorted(self._in_order[adrift:], oldest))
        spans = (time.order[:adrift], time.order[first : self._at[row]])
        since = None if self._since is None else _EPOCH + self._since * _TICK
        return Earlier(_Rows(self._act, spans), since)

    @cached_property
    def _in_order(self) -> Ints:
        return self.time.places[self.time.order]

    @cached_property
    def _at(self) -> Ints:
        """The place of each row among all, in order."""
        found = np.empty(self.chunk.size, np.intp)
        found[self.time.order] = np.arange(self.chunk.size)
        return found

    def codes(self, asked: Sequence[FactTest]) -> Codes:
        """Return numbers that tell the answers to tests of one log apart."""
        return kept(self._codes, tuple(asked), lambda: self._told_apart(asked))

    def _told_apart(self, asked: Sequence[FactTest]) -> Codes:
        found = Codes(np.zeros(self.chunk.size, np.intp), 1)
        for test in asked:
            found = found.by(Codes(self._answers(test), 3))
        return found

    def _answers(self, test: FactTest) -> Ints:
        sense = TAKES[FactType.LOG][test.op]
        assert sense.acts is not None  # noqa: S101 - every test of a log is of a number of acts
        window, low, high = sense.acts(test.operand)
        counts = self.counts(test.fact, window)
        limit = (low or 0) if high is None else high + 1
        few = np.where(counts.reaches & (counts.most < limit), _YES, _MAYBE)
        few = np.where(counts.least >= limit, _NO, few)
        found = few if high is not None else _YES - few
        return np.where(counts.sound, found, _MAYBE).astype(np.intp)


def _among(small: Ints) -> list[int]:
    """Return which numbers occur, of small ones."""
    found: list[int] = np.flatnonzero(np.bincount(small)).tolist()
    return found


def _start(unit: CalendarUnit, day: int, zone: str) -> int | None:
    """Return where the unit that a local day lies in begins; None before the calendar."""
    try:
        return ticks(midnight(unit.first((_EPOCH + timedelta(days=day)).date()), zone))
    except (InvalidError, OverflowError, ValueError):
        return None


def is_log(name: str) -> bool:
    """Return whether a fact is a log of earlier acts."""
    return name.startswith("recent.")


def columns_past(charter: Charter) -> frozenset[str]:
    """Return the columns that tell what rows know of those before them."""
    found = {"at"}
    for condition in (charter.framed, *(rule.when for rule in charter.rules)):
        for test in tests(condition):
            if is_log(test.fact):
                _, kind, *same = test.fact.split(".")
                found |= columns_counted(charter, kind)
                found.update(*(columns_shared(charter, one) for one in same))
    return frozenset(found)


@internal
class Part:
    """Some rows of a past, as a chunk numbers them."""

    whole: Past
    first: int
    size: int

    def codes(self, tests: Sequence[FactTest]) -> Codes:
        """Return numbers that tell the answers to tests of one log apart."""
        found = self.whole.codes(tests)
        return Codes(found.codes[self.first : self.first + self.size], found.count)

    def log(self, name: str, row: int) -> Log | None:
        """Return the log of a row; None where its moment is unknown."""
        return self.whole.log(name, self.first + row)

    def earlier(self, row: int) -> Earlier | None:
        """Return the acts of the rows before one; None where its moment is unknown."""
        return self.whole.earlier(self.first + row)
