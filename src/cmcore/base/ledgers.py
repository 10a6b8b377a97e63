"""Ledgers: lists that only grow, and views of them, which never change."""

import gc
from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from heapq import merge
from typing import Any, Generic, TypeVar, overload

T = TypeVar("T")
Worked = TypeVar("Worked")


def kept(notes: dict[Any, Any], key: object, work: Callable[[], Worked]) -> Worked:
    """Return what stands in some notes under a key; what is not there is worked out and noted."""
    if key not in notes:
        notes[key] = work()
    found: Worked = notes[key]
    return found


def built(notes: dict[Any, Any], key: object, work: Callable[[], Worked]) -> Worked:
    """Return the same for large tables, with Python's search for circles put off as they are made.

    They hold none, and being searched again and again as they grow takes as long as making them.
    """
    if key in notes or not gc.isenabled():
        return kept(notes, key, work)
    gc.disable()
    try:
        return kept(notes, key, work)
    finally:
        gc.enable()


class Memory(dict[object, T], Generic[T]):
    """What was worked out before, by key, as long as all of it takes no more room than `most`."""

    __slots__ = ("_most", "_room")

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = self._room = most

    def keep(self, key: object, made: T, room: int) -> T:
        """Remember something that takes some room; where there is none, forget all else first."""
        room += 1
        if room > self._room:
            self.clear()
            self._room = self._most
        if room <= self._room:
            self._room -= room
            self[key] = made
        return made


class Ledger(Generic[T]):
    """A list that only grows, with what was noted of it under any key."""

    def __init__(self, rows: Iterable[T] = ()) -> None:
        self.rows: list[T] = list(rows)
        self.notes: dict[Any, Any] = {}


class View(Sequence[T]):
    """Other lists seen as one tuple: it equals that tuple, and is pickled as one."""

    __slots__ = ()

    @abstractmethod
    def __iter__(self) -> Iterator[T]: ...

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[T, ...]: ...
    def __getitem__(self, at: int | slice) -> T | tuple[T, ...]:
        return tuple(self)[at]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, tuple | View):
            return NotImplemented
        return tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))

    def __reduce__(self) -> tuple[type[tuple[T, ...]], tuple[list[T]]]:
        return tuple, (list(self),)


class Extract(View[T]):
    """Some spans of a ledger, in order; it costs the same however long it is."""

    __slots__ = ("ledger", "spans")

    def __init__(self, ledger: Ledger[T], *spans: range) -> None:
        self.ledger = ledger
        self.spans = spans

    def __len__(self) -> int:
        return sum(map(len, self.spans))

    def __iter__(self) -> Iterator[T]:
        for span in self.spans:
            yield from self.ledger.rows[span.start : span.stop]


class Merged(View[T]):
    """Lists in order, seen as one in order: a list, and the part of it that counts, for each."""

    __slots__ = ("parts",)

    def __init__(self, parts: Iterable[tuple[Sequence[T], range]]) -> None:
        self.parts = tuple(parts)

    def __len__(self) -> int:
        return sum(len(span) for _, span in self.parts)

    def __iter__(self) -> Iterator[T]:
        return merge(*(rows[span.start : span.stop] for rows, span in self.parts))  # type: ignore[type-var]
