"""Rows in order of time: networks list posts newest first, or in no order at all."""

import json
from array import array
from collections.abc import Iterator
from datetime import datetime
from tempfile import SpooledTemporaryFile
from typing import Final
from weakref import finalize

from cmcore.base.values import internal
from cmcore.charters.history import Unreadable
from cmcore.codec.archives.parts import Facts

#: How many bytes of rows are held in memory; the rest goes to a file that has no name.
_IN_MEMORY: Final = 4 * 2**20


@internal
class Told:
    """What one place of an archive says of an act."""

    place: str
    facts: Facts


class InTime:
    """Rows, taken in any order and given in order of time; one without a moment stays behind.

    What it holds in memory of a row that reads is where it stands, whatever the row says.
    """

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed below
        finalize(self, self._file.close)
        self._starts = array("q")
        self._moments = array("d")
        self._broken: dict[int, Unreadable] = {}
        self._end = 0

    def __len__(self) -> int:
        return len(self._starts)

    def take(self, row: Told | Unreadable) -> None:
        """Take one more row."""
        number = len(self._starts)
        self._starts.append(self._end)
        at = row.at if isinstance(row, Unreadable) else moment_of(row.facts)
        self._moments.append(at.timestamp() if at else self._moments[-1] if number else -1e18)
        if isinstance(row, Unreadable):
            self._broken[number] = row
        else:
            self._end += self._file.write(json.dumps([row.place, row.facts]).encode() + b"\n")

    def rows(self) -> Iterator[Told | Unreadable]:
        """Yield the rows in order of time, once."""
        with self._file as file:
            order = array("q", sorted(range(len(self)), key=self._moments.__getitem__))
            for number in order:
                if number in self._broken:
                    yield self._broken.pop(number)
                    continue
                file.seek(self._starts[number])
                place, facts = json.loads(file.readline())
                yield Told(place, facts)


def moment_of(facts: Facts) -> datetime | None:
    """Return when an act was, where that reads: a cell may say anything."""
    try:
        at = datetime.fromisoformat(str(facts.get("at")))
    except ValueError:
        return None
    return at if at.utcoffset() is not None else None
