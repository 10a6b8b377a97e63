"""Indexing: the earlier acts that are alike in something, found without looking at each of them.

A history may hold thousands of acts of one moment. Each act of a ledger is filed under the words of
what it may have in common with others (its kind, its network, each of its topics); an act then
looks up its own words.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import product
from threading import Lock

from cmcore.base.ledgers import Extract, Ledger, Merged
from cmcore.charters.act import Act

#: The words of one thing that acts may have in common; `UNKNOWN` is one where it may be any.
Words = frozenset[object]
#: When acts happened, in order, and how many more have no moment.
Moments = tuple[Sequence[datetime], int]


class _File:
    """The acts filed under the same words: places of the dated ones, their moments, the others."""

    __slots__ = ("dated", "in_order", "times", "undated")

    def __init__(self) -> None:
        self.dated: list[int] = []
        self.times: list[datetime] = []
        self.in_order = True
        self.undated: list[int] = []

    def add(self, place: int, at: datetime | None) -> None:
        if at is None:
            self.undated.append(place)
            return
        self.in_order = self.in_order and not (self.times and at < self.times[-1])
        self.dated.append(place)
        self.times.append(at)

    def has_any(self, acts: Extract[Act]) -> bool:
        return any(_parts(places, acts) for places in (self.dated, self.undated))

    def places(self, acts: Extract[Act]) -> Iterator[list[int]]:
        for places in (self.dated, self.undated):
            for part in _parts(places, acts):
                yield places[part.start : part.stop]

    def moments(self, acts: Extract[Act]) -> Moments:
        parts = ((self.times, part) for part in _parts(self.dated, acts))
        return Merged(parts), sum(map(len, _parts(self.undated, acts)))


def _parts(places: Sequence[int], acts: Extract[Act]) -> list[range]:
    """Return which of some places, in order, lie in the spans of an extract."""
    ends = ((bisect_left(places, s.start), bisect_left(places, s.stop)) for s in acts.spans)
    return [range(start, stop) for start, stop in ends if start < stop]


class Index:
    """The acts of a ledger, filed under every choice of one word for each thing."""

    def __init__(self, ledger: Ledger[Act], words: Callable[[Act], Iterable[Words]]) -> None:
        self._ledger = ledger
        self._words = words
        self._files: dict[tuple[object, ...], _File] = {}
        self._read = 0
        self._lock = Lock()

    def files(self, acts: Extract[Act], words: Iterable[Words]) -> list[_File]:
        """Return the files of the acts that have one of some words for each thing."""
        stop = max(span.stop for span in acts.spans)
        if self._read < stop:
            with self._lock:
                self._read_to(stop)
        found = [self._files[key] for key in product(*words) if key in self._files]
        return [file for file in found if file.has_any(acts)]

    def _read_to(self, stop: int) -> None:
        for place in range(self._read, stop):
            act = self._ledger.rows[place]
            for key in product(*self._words(act)):
                self._files.setdefault(key, _File()).add(place, act.at)
        self._read = max(self._read, stop)


def places(files: Iterable[_File], acts: Extract[Act]) -> frozenset[int]:
    """Return the places of the acts of some files."""
    return frozenset().union(*(part for file in files for part in file.places(acts)))


def moments(
    files: Sequence[_File], acts: Extract[Act], less: frozenset[int] = frozenset()
) -> Moments:
    """Return when the acts of some files happened, `less` those at some places."""
    if len(files) == 1 and files[0].in_order and not less:
        return files[0].moments(acts)
    rows = acts.ledger.rows
    found = [rows[place].at for place in places(files, acts) - less]
    dated = sorted(at for at in found if at is not None)
    return Merged([(dated, range(len(dated)))]), len(found) - len(dated)
