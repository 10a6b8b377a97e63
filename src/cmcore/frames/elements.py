"""Elements: sets of words decided word by word, where there are too many sets to look at each.

What a test of a set asks is that some word be there, or that no word be there that should not: each
word of a row therefore brings the bits it makes true, and leaves those it does not make false.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np

from cmcore.base.values import internal
from cmcore.charters.conditions.condition import FactTest, words_asked
from cmcore.charters.conditions.facts import FactType
from cmcore.charters.conditions.operators import OPERATORS, TAKES, Relation
from cmcore.frames.bits import Bits, packed
from cmcore.frames.cells import Bools, Ints, Sets
from cmcore.frames.groups import FIRST

#: The most words that an alternative may ask for one by one.
_MOST: Final = 3


@internal
class Asked:
    """What an alternative asks of one set: its bit, the test, and whether it wants it true."""

    bit: int
    test: FactTest
    wanted: bool


@internal
class ByWord:
    """For each word, the bits that it makes true in each round, and those it does not make false.

    Words are numbered as `parts.Naming` does; 0 is no word. `base` has the bits that are true in
    a round whatever the words.
    """

    base: tuple[Bits, ...]
    hits: tuple[Bits, ...]
    kept: Bits | None

    def columns(self, wanted: Ints) -> "ByWord":
        """Return the same for some words of the bits, which may be named twice."""
        return ByWord(
            tuple(bits[wanted] for bits in self.base),
            tuple(np.ascontiguousarray(bits[:, wanted]) for bits in self.hits),
            None if self.kept is None else np.ascontiguousarray(self.kept[:, wanted]),
        )

    def bits(self, ids: Ints) -> Bits:
        """Return the bits of rows, of which `ids` has the words: a row of them for each place."""
        size = ids.shape[1]
        found = np.broadcast_to(self.base[0], (size, len(self.base[0]))).copy()
        for turn, (base, hits) in enumerate(zip(self.base, self.hits, strict=True)):
            held = found if turn == 0 else np.broadcast_to(base, found.shape).copy()
            for own in ids:
                held |= hits[own]
            if turn:
                found &= held
        if self.kept is not None:
            for own in ids:
                found &= self.kept[own]
        return found

    def at(self, ids: Ints, words: Ints) -> Bits:
        """Return one word of the bits of each row."""
        found = np.full(ids.shape[1], ~np.uint64(0))
        for base, hits in zip(self.base, self.hits, strict=True):
            held = base[words]
            for own in ids:
                held = held | hits[own, words]
            found &= held
        if self.kept is not None:
            for own in ids:
                found &= self.kept[own, words]
        return found


def by_word(asked: Sequence[Asked], words: Sequence[str], width: int) -> ByWord | None:
    """Return what each word brings, of `width` bits; None where words do not tell one by one.

    `words` are those that the tests name, sorted.
    """
    rounds: list[dict[int, Bools]] = []
    kept = np.ones((len(words) + FIRST, width), np.bool_)
    taken: dict[int, int] = {}
    for one in asked:
        found = _needs(one, words)
        if found is None:
            return None
        needs, spares = found
        kept[:, one.bit] &= spares
        for need in needs:
            turn = taken.get(one.bit, 0)
            taken[one.bit] = turn + 1
            if turn == _MOST:
                return None
            if turn == len(rounds):
                rounds.append({})
            rounds[turn][one.bit] = need
    tables = [_round(found, len(words) + FIRST, width) for found in rounds or [{}]]
    return ByWord(
        tuple(base for base, _ in tables),
        tuple(hits for _, hits in tables),
        None if kept.all() else packed(kept),
    )


def _round(found: dict[int, Bools], count: int, width: int) -> tuple[Bits, Bits]:
    base = np.ones((1, width), np.bool_)
    hits = np.zeros((count, width), np.bool_)
    for bit, need in found.items():
        base[0, bit] = False
        hits[:, bit] = need
    return packed(base)[0], packed(hits)


def _needs(one: Asked, words: Sequence[str]) -> tuple[list[Bools], Bools] | None:
    """Return which words match each needed word, and which words may be there."""
    test = one.test
    there = one.wanted is not OPERATORS[test.op].negated
    anything = np.ones(len(words) + FIRST, np.bool_)
    relation = TAKES[FactType.SYMBOLS][test.op].relation
    if relation is Relation.THERE:
        return ([] if test.operand is there else [~anything]), anything
    want = words_asked(test)
    listed = _among(want, words)
    if relation is Relation.EACH:
        if not there and len(want) > 1:
            return None
        needs = [_among({word}, words) for word in sorted(want)]
        return (needs, anything) if there else ([], ~listed)
    if relation is Relation.BEYOND:
        listed = ~listed
        listed[0] = False
    return ([listed], anything) if there else ([], ~listed)


def _among(want: Iterable[str], words: Sequence[str]) -> Bools:
    """Say which of `words`, which are sorted, are wanted."""
    found = np.zeros(len(words) + FIRST, np.bool_)
    found[[bisect_left(words, word) + FIRST for word in want]] = True
    return found


def words_by_place(cells: Sets, places: Ints) -> Ints:
    """Return the numbers of the words of each row, a row of numbers for each place in the sets."""
    longest = int(cells.lengths.max(initial=0))
    found = np.zeros((longest, len(cells.lengths)), np.intp)
    for at in range(longest):
        rows = np.flatnonzero(cells.lengths > at)
        found[at, rows] = places[cells.starts[rows] + at]
    return found
