"""Chunks: some rows of a frame, with the charter's clock and the missing context."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cached_property, lru_cache
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from cmcore.base.errors import InvalidError
from cmcore.base.values import internal
from cmcore.charters.charter import Charter
from cmcore.charters.conditions.condition import FactTest
from cmcore.charters.conditions.facts import FactSpec, Log
from cmcore.charters.context import Context, Earlier
from cmcore.charters.history import Case
from cmcore.charters.meaning.observation import Facts
from cmcore.frames.cells import Bools, Cells, Codes, Ticks
from cmcore.frames.rows import case_of
from cmcore.time.week import local

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_TICK: Final = timedelta(microseconds=1)
#: No zone changes its clocks and changes them back within so short a time.
_SLOT: Final = 3_600_000_000
#: Of how many such times what a zone says is kept: those of some years.
_SLOTS: Final = 1 << 16
_LEAST: Final = np.iinfo(np.int64).min


def ticks(at: datetime) -> int:
    """Return the microseconds from 1970 in UTC to an instant."""
    return (at - _EPOCH) // _TICK


@internal
class Clock:
    """Instants as wall clocks of a zone show them, in microseconds, where they show anything."""

    wall: NDArray[np.int64]
    known: Bools


class Before(Protocol):
    """What the rows of a chunk know of the rows before them."""

    def codes(self, tests: Sequence[FactTest]) -> Codes:
        """Return numbers that tell the answers to tests of one log apart."""
        ...

    def log(self, name: str, row: int) -> Log | None:
        """Return the log of a row; None where its moment is unknown."""
        ...

    def earlier(self, row: int) -> Earlier | None:
        """Return the acts of the rows before one; None where its moment is unknown."""
        ...


class _Told(Facts):
    """The readings of a row whose logs are counted already."""

    __slots__ = ("_before", "_row")

    def __init__(self, charter: Charter, case: Case, before: Before, row: int) -> None:
        self._before, self._row = before, row
        super().__init__(charter, case.act, case.context)

    def _recent(self, kind: str, *same: str) -> object:
        return self._before.log(".".join(("recent", kind, *same)), self._row)


class Chunk:
    """Rows of a frame, by column; `before` says what each knows of the rows before it."""

    def __init__(  # noqa: PLR0913, PLR0917 - all that there is of rows
        self,
        charter: Charter,
        specs: Mapping[str, FactSpec],
        around: Context,
        size: int,
        columns: Mapping[str, Cells],
        before: Before | None = None,
    ) -> None:
        self.charter = charter
        self.specs = specs
        self.around = around
        self.size = size
        self.columns = columns
        self.before = before
        self._clocks: dict[str, Clock] = {}

    def given(self, name: str) -> Bools:
        """Say which rows give the column a value, be it one that no fact can read."""
        found = self.columns.get(name)
        if found is None:
            return np.zeros(self.size, np.bool_)
        return found.given | found.odd

    @cached_property
    def instants(self) -> tuple[NDArray[np.int64], Bools]:
        """The moment of each row in microseconds, and whether it is known."""
        return self.moments("at", self.around.at)

    def moments(self, name: str, usual: datetime | None) -> tuple[NDArray[np.int64], Bools]:
        """Return the instants of a column, `usual` where a row gives none, and which are known."""
        values = np.zeros(self.size, np.int64)
        known = np.zeros(self.size, np.bool_)
        if usual is not None:
            known[:], values[:] = True, ticks(usual)
        found = self.columns.get(name)
        if isinstance(found, Ticks):
            values = np.where(found.given, found.values, values)
            known = (known & ~found.odd) | found.given
        return values, known

    def clock(self, zone: str) -> Clock:
        """Return the moment of each row on the wall clock of a zone."""
        if zone not in self._clocks:
            self._clocks[zone] = _clock(*self.instants, zone)
        return self._clocks[zone]

    def case(self, row: int, place: str = "", id: str | None = None) -> Case:  # noqa: A002
        """Return the case that a row stands for."""
        earlier = None if self.before is None else self.before.earlier(row)
        return self._case(row, place, id, earlier)

    def facts(self, row: int) -> Facts:
        """Return the readings of the case that a row stands for."""
        case = self._case(row)
        if self.before is None:
            return Facts(self.charter, case.act, case.context)
        return _Told(self.charter, case, self.before, row)

    def _case(
        self,
        row: int,
        place: str = "",
        id: str | None = None,  # noqa: A002
        earlier: Earlier | None = None,
    ) -> Case:
        cells = {name: found.at(row) for name, found in self.columns.items()}
        return case_of(self.charter, self.specs, cells, self.around, place, id, earlier)

    def only(self, names: Iterable[str]) -> "Chunk":
        """Return the same rows with some columns only, without what went before them."""
        kept = {name: self.columns[name] for name in names if name in self.columns}
        return Chunk(self.charter, self.specs, self.around, self.size, kept)


def _clock(instants: NDArray[np.int64], known: Bools, zone: str) -> Clock:
    """Ask the zone once an hour, twice where its clocks change, never once a row."""
    slots, places = np.unique(instants // _SLOT, return_inverse=True)
    shifts = [_shift(int(slot), zone) for slot in slots]
    found = np.array([_LEAST if shift is None else shift for shift in shifts], np.int64)[places]
    for row in np.flatnonzero(known & (found == _LEAST)):
        shift = _offset(int(instants[row]), zone)
        found[row] = _LEAST if shift is None else shift
    shown = known & (found != _LEAST)
    return Clock(np.where(shown, instants + np.where(shown, found, 0), 0), shown)


@lru_cache(_SLOTS)
def _shift(slot: int, zone: str) -> int | None:
    """Return how far the zone is from UTC in a slot of time, None where that changes."""
    found = _offset(slot * _SLOT, zone)
    return found if found == _offset((slot + 1) * _SLOT - 1, zone) else None


def _offset(at: int, zone: str) -> int | None:
    try:
        offset = local(_EPOCH + at * _TICK, zone).utcoffset()
    except (InvalidError, OverflowError):  # beyond the calendar
        return None
    return None if offset is None else offset // _TICK
