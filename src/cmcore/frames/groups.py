"""Parts: what distinguishes the rows of a chunk for some tests, and no more.

Every part numbers rows so that those with the same number read alike. What they read is then asked
of the reference, once for each number.
"""

from collections.abc import Callable, Iterable
from math import ceil, floor, isinf
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from cmcore.base.characters import is_damaged
from cmcore.base.values import internal
from cmcore.charters.conditions.forms import NORMAL, Form
from cmcore.charters.meaning.observation import EXTRACTS
from cmcore.frames.cells import Bools, Coded, Codes, Ints, Numbers, Sets, Words
from cmcore.frames.chunks import Chunk

Part = Callable[[Chunk], Codes]

#: The numbers of a word that no fact may be, of one that no test names, and of the first named.
BAD, OTHER, FIRST = 1, 2, 3

_DAY: Final = 86_400_000_000
_MINUTE: Final = 60_000_000
_MINUTES: Final = 7 * 1440
#: 1970 began on a Thursday, three days after a Monday.
_MONDAY: Final = 3 * _DAY


def flagged(rows: Bools) -> Codes:
    """Return 1 on `rows` and 0 elsewhere."""
    return Codes(rows.astype(np.intp), 2)


def one(chunk: Chunk) -> Codes:
    """Tell no row from another."""
    return Codes(np.zeros(chunk.size, np.intp), 1)


def exact(name: str) -> Part:
    """Tell every value of a column from every other."""

    def codes(chunk: Chunk) -> Codes:
        cells = chunk.columns.get(name)
        return cells.codes() if isinstance(cells, Coded) else one(chunk)

    return codes


@internal
class Naming:
    """Numbers for the words of a column: those named by tests, any other, and what it cannot be.

    Words have the normal form of the fact, those of the column are brought to it. `closed` holds
    all the words that the fact may be, where they are known.
    """

    words: tuple[str, ...]
    closed: frozenset[str] | None
    form: Form

    @property
    def count(self) -> int:
        """How many numbers there are; 0 is kept for no word."""
        return len(self.words) + FIRST

    def places(self, words: Iterable[str | None], null: int) -> Ints:
        """Return the numbers of words, and `null` as the last."""
        numbers = {word: number for number, word in enumerate(self.words, FIRST)}
        known, normal = self.closed, NORMAL[self.form]
        forms = (None if word is None else normal[word] for word in words)
        return np.array(
            [
                *(BAD if word is None or (known is not None and word not in known)
                  else numbers.get(word, OTHER) for word in forms),
                null,
            ],
            np.intp,
        )  # fmt: skip


def named(name: str, naming: Naming) -> Part:
    """Tell apart the words that tests name in a column of words or sets."""

    def codes(chunk: Chunk) -> Codes:
        cells = chunk.columns.get(name)
        if isinstance(cells, Words):
            found = naming.places(cells.values, 0)
            return Codes(np.where(cells.odd, BAD, found[cells.places]), naming.count)
        if isinstance(cells, Sets):
            found = naming.places(cells.words.values, BAD)
            coded = cells.coded(found[cells.words.places], naming.count)
            return coded.where(~cells.odd) if cells.odd.any() else coded
        return exact(name)(chunk)

    return codes


def steps(values: NDArray[Any], given: Bools, edges: NDArray[Any]) -> Codes:
    """Tell apart what lies below, at and above each of `edges`, sorted; 0 where nothing is."""
    low = np.searchsorted(edges, values)
    padded = np.append(edges, edges[-1:])
    at = padded[low] == values if len(edges) else np.zeros(len(values), np.bool_)
    at &= low < len(edges)
    return Codes(np.where(given, 2 * low + at + 1, 0), 2 * len(edges) + 2)


def _quick_steps(values: NDArray[Any], given: Bools, edges: NDArray[Any]) -> Codes:
    """Do as `steps`, through a table of all that lies between where whole numbers are near."""
    if values.dtype.kind not in "iu":
        return steps(values, given, edges)
    least, most = int(values.min()), int(values.max())
    if most - least >= len(values):
        return steps(values, given, edges)
    every = (np.arange(most - least + 1) + least).astype(values.dtype)
    table = steps(every, np.ones(len(every), np.bool_), edges)
    places = (values - values.dtype.type(least)).astype(np.intp)
    return Codes(np.where(given, table.codes[places], 0), table.count)


def numbers(name: str, limits: Iterable[float], *, whole: bool) -> Part:
    """Tell apart what lies below, at and above each of `limits` in a column of numbers.

    What is not finite is no number, and of `whole` ones what is not whole is none.
    """
    wanted = sorted(set(limits))

    def codes(chunk: Chunk) -> Codes:
        cells = chunk.columns.get(name)
        if not isinstance(cells, Numbers):
            return exact(name)(chunk)
        sound = cells.given & np.isfinite(cells.values)
        if whole and cells.values.dtype.kind == "f":
            sound &= cells.values == np.floor(cells.values)
        found = _quick_steps(cells.values, sound, _edges(wanted, cells.values.dtype))
        unsound = (cells.given & ~sound) | cells.odd
        return Codes(np.where(unsound, found.count, found.codes), found.count + 1)

    return codes


def _edges(wanted: list[float], dtype: np.dtype[Any]) -> NDArray[Any]:
    """Return the limits in a type of number, so that nothing lies between a limit and its edge."""
    if dtype.kind == "f":
        found = set(map(float, wanted))
        return np.array(sorted(edge for edge in found if not isinf(edge)), dtype)
    info = np.iinfo(dtype)
    whole = {edge for limit in wanted for edge in (floor(limit), ceil(limit))}
    return np.array(sorted(e for e in whole if info.min <= e <= info.max), dtype)


def moments(limits: Iterable[int]) -> Part:
    """Tell apart what lies before, at and after each of `limits`, in microseconds since 1970."""
    edges = _whole(limits)
    return lambda chunk: steps(*chunk.instants, edges)


def spans(name: str, limits: Iterable[int]) -> Part:
    """Tell apart the durations of a column by `limits`, in microseconds."""
    edges = _whole(limits)

    def codes(chunk: Chunk) -> Codes:
        values, known = chunk.moments(name, None)
        return steps(values, known, edges).by(flagged(chunk.given(name)))

    return codes


def apart(name: str) -> Part:
    """Tell every instant of a column from every other."""

    def codes(chunk: Chunk) -> Codes:
        values, known = chunk.moments(name, None)
        distinct, places = np.unique(values, return_inverse=True)
        found = Codes(np.where(known, places + 1, 0), len(distinct) + 1)
        return found.by(flagged(chunk.given(name)))

    return codes


def since(name: str, event: str | None, limits: Iterable[int]) -> Part:
    """Tell apart, by `limits` in microseconds, how long ago the instants of a column were."""
    edges = _whole(limits)

    def codes(chunk: Chunk) -> Codes:
        usual = None if event is None else chunk.around.events.get(event)
        start, begun = chunk.moments(name, usual)
        now, dated = chunk.instants
        return steps(now - start, begun & dated, edges).by(flagged(chunk.given(name)))

    return codes


def _whole(limits: Iterable[int]) -> NDArray[np.int64]:
    return np.array(sorted({limit for limit in limits if abs(limit) < 2**62}), np.int64)


def minute_of_week(zone: str) -> Part:
    """Tell apart the minutes of the week in a zone."""

    def codes(chunk: Chunk) -> Codes:
        clock = chunk.clock(zone)
        found = (clock.wall + _MONDAY) // _MINUTE % _MINUTES + 2
        known = np.where(chunk.instants[1], 1, 0)
        return Codes(np.where(clock.known, found, known).astype(np.intp), _MINUTES + 2)

    return codes


def hour_of_week(chunk: Chunk) -> Codes:
    """Tell apart the hours of the week in the charter's zone."""
    found = minute_of_week(chunk.charter.zone)(chunk)
    return Codes(np.where(found.codes < 2, found.codes, (found.codes - 2) // 60 + 2), 170)  # noqa: PLR2004


def day(chunk: Chunk) -> Codes:
    """Tell apart the days of the charter's calendar."""
    clock = chunk.clock(chunk.charter.zone)
    days = clock.wall // _DAY
    distinct, codes = np.unique(days, return_inverse=True)
    return Codes(np.where(clock.known, codes + 1, 0).astype(np.intp), len(distinct) + 1)


def without(name: str) -> Part:
    """Say where an act is of a kind that has nothing of a fact, and the column gives nothing."""
    return lambda chunk: flagged(_kind_without(chunk, name) & ~chunk.given(name))


def unpointed(target: str) -> Part:
    """Say where there is a message, where there is none, and where there can be none."""

    def codes(chunk: Chunk) -> Codes:
        names = [name for name in chunk.columns if name.startswith(f"{target}.")]
        there = np.zeros(chunk.size, np.bool_)
        for name in names:
            there |= chunk.given(name)
        pointless = _kind_without(chunk, target) & ~there
        return flagged(there).by(flagged(pointless))

    return codes


def extracted(name: str) -> Part:
    """Tell apart the texts of which a fact is read; those that hold nothing of it are alike."""

    def codes(chunk: Chunk) -> Codes:
        cells = chunk.columns.get("text")
        if not isinstance(cells, Words):
            return exact("text")(chunk)
        extract = EXTRACTS[name]
        places = enumerate(cells.values, FIRST)
        alike = (n if is_damaged(text) or extract(text) else OTHER for n, text in places)
        found = np.array([*alike, 0], np.intp)
        return Codes(found[cells.places], len(found) + FIRST).where(~cells.odd)

    return codes


def worded(chunk: Chunk) -> Codes:
    """Tell apart texts of which there is something from those that are empty, or not there."""
    cells = chunk.columns.get("text")
    if not isinstance(cells, Words):
        return one(chunk)
    return flagged(np.array([*map(bool, cells.values), False])[cells.places])


def _kind_without(chunk: Chunk, name: str) -> Bools:
    """Tell where an act is of a kind that has nothing of a fact, unless it is given."""
    kinds = chunk.charter.vocabulary.without[name]
    cells = chunk.columns.get("kind")
    if not isinstance(cells, Words):
        return np.zeros(chunk.size, np.bool_)
    held = np.array([*(word in kinds for word in cells.values), False])
    found: Bools = held[cells.places]
    return found


def together(parts: Iterable[Part]) -> Part:
    """Tell apart what any of `parts` does."""
    many = tuple(parts)

    def codes(chunk: Chunk) -> Codes:
        found = one(chunk)
        for part in many:
            found = found.by(part(chunk))
        return found

    return codes


def every(chunk: Chunk) -> Codes:
    """Tell every row from every other."""
    return Codes(np.arange(chunk.size, dtype=np.intp), chunk.size)
