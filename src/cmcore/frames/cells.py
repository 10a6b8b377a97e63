"""Cells: the columns of one chunk of a frame, as numbers that tell their values apart."""

from abc import ABC, abstractmethod
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from cmcore.base.values import internal
from cmcore.charters.conditions.facts import FactSpec, FactType

Ints = NDArray[np.intp]
Bools = NDArray[np.bool_]

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_TICK: Final = timedelta(microseconds=1)
_FIRST: Final = (datetime.min.replace(tzinfo=UTC) - _EPOCH) // _TICK
_LAST: Final = (datetime.max.replace(tzinfo=UTC) - _EPOCH) // _TICK
#: How many of each unit make a microsecond (below zero: how many microseconds a unit makes).
_TICKS: Final = {"s": 1_000_000, "ms": 1_000, "us": 1, "ns": -1_000}
#: Up to how many times the rows a table that is looked up by code may be long.
_ROOM: Final = 4


class _Odd:
    """What stands for a value that no fact can read."""

    def __str__(self) -> str:
        return "odd"


ODD: Final = _Odd()
# its functions are made when it is loaded
_COMPUTE: Final[Any] = pc


@internal
class Codes:
    """A number for each row, from 0 to `count` excluded; rows with the same number are alike."""

    codes: Ints
    count: int

    def by(self, other: "Codes") -> "Codes":
        """Return the numbers of the pairs of both."""
        bound = self.count * other.count
        return compressed(self.codes * other.count + other.codes, bound)

    def where(self, rows: Bools) -> "Codes":
        """Return the same numbers on `rows`, and one more for all the others."""
        return Codes(np.where(rows, self.codes, self.count), self.count + 1)

    def firsts(self) -> Ints:
        """Return a row for each number; every number must stand somewhere."""
        found = np.empty(self.count, np.intp)
        found[self.codes[::-1]] = np.arange(len(self.codes) - 1, -1, -1, dtype=np.intp)
        return found


def compressed(keys: Ints, bound: int) -> Codes:
    """Return numbers, in order, for the keys that occur; all lie below `bound`."""
    if bound <= _ROOM * len(keys) + 1024:
        seen = np.zeros(bound, np.bool_)
        seen[keys] = True
        places = np.cumsum(seen, dtype=np.intp) - 1
        return Codes(places[keys], int(places[-1]) + 1 if bound else 0)
    distinct, codes = np.unique(keys, return_inverse=True)
    return Codes(codes.astype(np.intp, copy=False), len(distinct))


class Cells(ABC):
    """A column of a chunk: which rows have a value, and each value.

    `given` says where there is a value that its type holds, `odd` where there is another.
    """

    def __init__(self, array: Any) -> None:  # noqa: ANN401 - pyarrow ships no types
        self.array = array
        self.given: Bools = _valid(array)
        self.odd: Bools = np.zeros(len(array), np.bool_)

    def at(self, row: int) -> object:
        """Return the value of a row, None where there is none."""
        if not self.given[row]:
            return ODD if self.odd[row] else None
        return self._at(row)

    @abstractmethod
    def _at(self, row: int) -> object:
        """Return the value of a row that has one."""
        ...


class Coded(Cells):
    """A column whose values can be distinguished by numbers."""

    def codes(self) -> Codes:
        """Return numbers that tell the values apart, 0 where there is none."""
        found = self._codes()
        return found.where(~self.odd) if self.odd.any() else found

    @abstractmethod
    def _codes(self) -> Codes:
        """Return such numbers, without regard to what is odd."""
        ...


class Words(Coded):
    """Words or texts, each distinct one kept once."""

    def __init__(self, array: Any) -> None:  # noqa: ANN401 - pyarrow ships no types
        if pa.types.is_dictionary(array.type) and array.dictionary.null_count:
            array = array.cast(array.type.value_type)
        super().__init__(array)

    @cached_property
    def coded(self) -> Any:  # noqa: ANN401 - pyarrow ships no types
        """The same as places in a list of distinct words."""
        is_coded = pa.types.is_dictionary(self.array.type)
        return self.array if is_coded else self.array.dictionary_encode()

    @cached_property
    def values(self) -> list[str]:
        """The distinct words."""
        found: list[str] = self.coded.dictionary.to_pylist()
        return found

    @cached_property
    def places(self) -> Ints:
        """The place of each row's word among the distinct ones, -1 where there is none."""
        return _ints(self.coded.indices, -1)

    def _codes(self) -> Codes:
        return Codes(self.places + 1, len(self.values) + 1)

    def _at(self, row: int) -> object:
        return self.array[row].as_py()


class Flags(Coded):
    """Yes and no."""

    def __init__(self, array: Any) -> None:  # noqa: ANN401 - pyarrow ships no types
        super().__init__(array)
        self.values: Bools = _numpy(array.fill_null(False))  # noqa: FBT003 - what nulls become

    def _codes(self) -> Codes:
        return Codes(np.where(self.given, self.values + 1, 0).astype(np.intp), 3)

    def _at(self, row: int) -> object:
        return bool(self.values[row])


class Numbers(Cells):
    """Whole or real numbers."""

    def __init__(self, array: Any) -> None:  # noqa: ANN401 - pyarrow ships no types
        if pa.types.is_floating(array.type):
            array = array.cast(pa.float64())
        super().__init__(array)
        self.values: NDArray[Any] = _numpy(array.fill_null(0))

    def _at(self, row: int) -> object:
        return self.values[row].item()


class Ticks(Cells):
    """Durations, or instants since 1970 in UTC, counted in microseconds."""

    def __init__(self, array: Any) -> None:  # noqa: ANN401 - pyarrow ships no types
        super().__init__(array)
        self.is_instant = bool(pa.types.is_timestamp(array.type))
        counted = _numpy(array.cast(pa.int64()).fill_null(0))
        scale = _TICKS[array.type.unit]
        most = (_LAST if self.is_instant else 2**62) // max(scale, 1)
        least = (_FIRST if self.is_instant else -(2**62)) // max(scale, 1)
        if scale < 0:
            counted = counted // -scale
        self.odd = self.given & ((counted < least) | (counted > most))
        self.given = self.given & ~self.odd
        self.values: NDArray[np.int64] = np.where(self.given, counted, 0) * max(scale, 1)

    def _at(self, row: int) -> object:
        span = timedelta(microseconds=int(self.values[row]))
        return _EPOCH + span if self.is_instant else span


class Sets(Coded):
    """Sets of words, kept as lists of places in a list of distinct words."""

    def __init__(self, array: Any) -> None:  # noqa: ANN401 - pyarrow ships no types
        super().__init__(array)
        lengths = _numpy(_COMPUTE.list_value_length(array).fill_null(0)).astype(np.intp)
        self.words = Words(array.flatten())
        self.lengths = lengths
        self.starts: Ints = np.cumsum(lengths) - lengths

    def _codes(self) -> Codes:
        return self.coded(self.words.places + 1, len(self.words.values) + 1)

    def coded(self, places: Ints, count: int) -> Codes:
        """Return numbers for the rows by those of their words, from 0 to `count` excluded."""
        keys, bound = np.where(self.given, 1, 0).astype(np.intp), 2
        longest = int(self.lengths.max(initial=0))
        padded = np.append(places, 0) + 1 if longest else places
        for at in range(longest):
            there = self.lengths > at
            step = np.where(there, padded[np.where(there, self.starts + at, 0)], 0)
            if bound * (count + 1) >= 2**62:
                found = compressed(keys, bound)
                keys, bound = found.codes, found.count
            keys, bound = keys * (count + 1) + step, bound * (count + 1)
        return compressed(keys, bound)

    def variety(self, most: int) -> int:
        """Return how many distinct sets there are in a sample of rows, spread evenly."""
        rows = np.linspace(0, len(self.array) - 1, min(most, len(self.array))).astype(np.intp)
        codes = Sets(self.array.take(pa.array(rows)))._codes()  # noqa: SLF001 - of the same class
        return compressed(codes.codes, codes.count).count

    def _at(self, row: int) -> object:
        return frozenset(self.array[row].as_py())


#: What the columns of each type of fact become, and the type of a column that has no value.
_KINDS: Final[dict[FactType, tuple[type[Cells], Any]]] = {
    FactType.FLAG: (Flags, pa.bool_()),
    FactType.SYMBOL: (Words, pa.string()),
    FactType.TEXT: (Words, pa.string()),
    FactType.SYMBOLS: (Sets, pa.list_(pa.string())),
    FactType.NUMBER: (Numbers, pa.int64()),
    FactType.DURATION: (Ticks, pa.duration("us")),
    FactType.INSTANT: (Ticks, pa.timestamp("us", "UTC")),
}


def cells(
    spec: FactSpec,
    array: Any,  # noqa: ANN401 - pyarrow ships no types
    odd: Bools | None = None,
) -> Cells:
    """Return the cells of an Arrow array of a type that fits the fact, null where `odd`."""
    kind, empty = _KINDS[spec.type]
    made = kind(array.cast(empty) if pa.types.is_null(array.type) else array)
    if odd is not None:
        made.odd = made.odd | odd
    return made


def _valid(array: Any) -> Bools:  # noqa: ANN401 - pyarrow ships no types
    return _numpy(array.is_valid())


def _ints(array: Any, null: int) -> Ints:  # noqa: ANN401 - pyarrow ships no types
    return _numpy(array.cast(pa.int64()).fill_null(null)).astype(np.intp, copy=False)


def _numpy(array: Any) -> NDArray[Any]:  # noqa: ANN401 - pyarrow ships no types
    found: NDArray[Any] = array.to_numpy(zero_copy_only=False)
    return found
