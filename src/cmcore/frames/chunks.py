"""Chunks: some rows of a frame, with the charter's clock and the missing context."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cmcore.base.errors import InvalidError
from cmcore.base.values import internal
from cmcore.charters.charter import Charter
from cmcore.charters.conditions.facts import FactSpec
from cmcore.charters.context import Context
from cmcore.charters.history import Case
from cmcore.charters.meaning.observation import Facts
from cmcore.frames.cells import Bools, Cells, Ticks
from cmcore.frames.rows import case_of
from cmcore.time.week import local

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_TICK: Final = timedelta(microseconds=1)
#: No zone changes its clocks and changes them back within so short a time.
_SLOT: Final = 3_600_000_000
_LEAST: Final = np.iinfo(np.int64).min


def ticks(at: datetime) -> int:
    """Return the microseconds from 1970 in UTC to an instant."""
    return (at - _EPOCH) // _TICK


@internal
class Clock:
    """Instants as wall clocks of a zone show them, in microseconds, where they show anything."""

    wall: NDArray[np.int64]
    known: Bools


class Chunk:
    """Rows of a frame, by column."""

    def __init__(
        self,
        charter: Charter,
        specs: Mapping[str, FactSpec],
        around: Context,
        size: int,
        columns: Mapping[str, Cells],
    ) -> None:
        self.charter = charter
        self.specs = specs
        self.around = around
        self.size = size
        self.columns = columns
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
        cells = {name: found.at(row) for name, found in self.columns.items()}
        return case_of(self.charter, self.specs, cells, self.around, place, id)

    def facts(self, row: int) -> Facts:
        """Return the readings of the case that a row stands for."""
        case = self.case(row)
        return Facts(self.charter, case.act, case.context)


def _clock(instants: NDArray[np.int64], known: Bools, zone: str) -> Clock:
    """Ask the zone once an hour, twice where its clocks change, never once a row."""
    slots, places = np.unique(instants // _SLOT, return_inverse=True)
    shifts = [_shift(int(slot) * _SLOT, (int(slot) + 1) * _SLOT - 1, zone) for slot in slots]
    found = np.array([_LEAST if shift is None else shift for shift in shifts], np.int64)[places]
    for row in np.flatnonzero(known & (found == _LEAST)):
        shift = _offset(int(instants[row]), zone)
        found[row] = _LEAST if shift is None else shift
    shown = known & (found != _LEAST)
    return Clock(np.where(shown, instants + np.where(shown, found, 0), 0), shown)


def _shift(first: int, last: int, zone: str) -> int | None:
    """Return how far the zone is from UTC from one instant to another, None where that changes."""
    found = _offset(first, zone)
    return found if found == _offset(last, zone) else None


def _offset(at: int, zone: str) -> int | None:
    try:
        offset = local(_EPOCH + at * _TICK, zone).utcoffset()
    except (InvalidError, OverflowError):  # beyond the calendar
        return None
    return None if offset is None else offset // _TICK
