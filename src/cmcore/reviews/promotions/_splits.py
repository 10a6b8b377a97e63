"""Splits: which plain tests distinguish some acts from others."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from cmcore.charters.conditions.facts import ABSENT, FactSpec, FactType
from cmcore.charters.meaning.looks import Look, Seen, no_value
from cmcore.reviews.promotions._separate import Split

#: The first of the unwanted: whatever shares nothing. Every test tells a group from it.
ANYTHING: Final = 1


def splits(
    specs: Sequence[FactSpec], wanted: Sequence[Look], unwanted: Sequence[Look], least: int
) -> list[Split]:
    """Return what the tests make of both sides, those that are true of fewer than `least` aside.

    Bit n stands for the nth of `wanted`, and bit n + 1 for the nth of `unwanted`: bit 0 is
    `ANYTHING`. Tests that are true of the same wanted count as one.
    """
    merged: dict[int, int] = {}
    for number, spec in enumerate(specs):
        sides = (_Side([one[number] for one in many]) for many in (wanted, unwanted))
        for split in _of_fact(spec, *sides):
            if split.true.bit_count() >= least:
                merged[split.true] = merged.get(split.true, 0) | split.false
    return [Split(true, false) for true, false in sorted(merged.items())]


class _Side:
    """What one fact is seen to be on one side, as the bits of those of whom it is so."""

    def __init__(self, column: Sequence[Seen]) -> None:
        self._size = len(column)
        self._equal: dict[Seen, list[int]] = {}
        self._with: dict[str, list[int]] = {}
        for number, seen in enumerate(column):
            self._equal.setdefault(seen, []).append(number)
            for word in seen if isinstance(seen, frozenset) else ():
                self._with.setdefault(word, []).append(number)
        self.known = self._bits(range(self._size)) & ~self.of(None)
        self.words = tuple(self._with)
        self.values = tuple(seen for seen in self._equal if isinstance(seen, str | bool))

    def of(self, seen: Seen) -> int:
        return self._bits(self._equal.get(seen, ()))

    def has(self, word: str) -> int:
        return self._bits(self._with.get(word, ()))

    def _bits(self, numbers: Iterable[int]) -> int:
        made = bytearray(self._size // 8 + 1)
        for number in numbers:
            made[number >> 3] |= 1 << (number & 7)
        return int.from_bytes(made, "little")


def _of_fact(spec: FactSpec, wanted: _Side, unwanted: _Side) -> Iterator[Split]:
    if no_value(spec):
        yield _equal(ABSENT, wanted, unwanted)
    for seen in wanted.values:
        yield _equal(seen, wanted, unwanted)
    if spec.type is FactType.SYMBOLS:
        yield _equal(frozenset(), wanted, unwanted)
        sets = wanted.known & ~wanted.of(ABSENT)
        yield Split(sets, ANYTHING)
        for word in unwanted.words:
            yield Split(sets & ~wanted.has(word), unwanted.has(word) << 1)


def _equal(seen: Seen, wanted: _Side, unwanted: _Side) -> Split:
    apart = unwanted.known & ~unwanted.of(seen)
    return Split(wanted.of(seen), ANYTHING | apart << 1)
