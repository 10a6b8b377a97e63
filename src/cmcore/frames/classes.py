"""Tables: the bits that a dimension leaves each row of a chunk, those true beside those possible.

Either each class of rows has bits, or each word of a set has.
"""

from collections.abc import Callable

import numpy as np

from cmcore.base.values import internal
from cmcore.frames.bits import Bits
from cmcore.frames.cells import Codes, Ints
from cmcore.frames.elements import ByWord

#: What gives the bits of the rows from one to another, excluded.
BitsOf = Callable[[int, int], Bits]


@internal
class Classes:
    """Classes of rows, with the bits of each class."""

    codes: Codes
    bits: Bits

    def columns(self, wanted: Ints) -> BitsOf:
        """Return what gives some words of the bits of rows."""
        codes, bits = self.codes.codes, np.ascontiguousarray(self.bits[:, wanted])
        return lambda start, stop: bits.take(codes[start:stop], axis=0)

    def at(self, rows: Ints, words: Ints) -> Bits:
        """Return one word of the bits of each of some rows."""
        return self.bits[self.codes.codes[rows], words]

    def only(self, rows: Ints) -> "Classes":
        """Return the same for some rows."""
        return Classes(Codes(self.codes.codes[rows], self.codes.count), self.bits)


@internal
class Elements:
    """Rows that are sets, with the numbers of their words, and the bits that each word brings.

    `unsaid` has the bits of the rows that are no set: 1 where there is nothing, 2 where it is odd.
    """

    ids: Ints
    state: Ints
    by_word: ByWord
    unsaid: Bits

    def columns(self, wanted: Ints) -> BitsOf:
        """Return what gives some words of the bits of rows."""
        brought = self.by_word.columns(wanted % (self.unsaid.shape[1] // 2))
        unsaid = self.unsaid[:, wanted]

        def bits(start: int, stop: int) -> Bits:
            found = brought.bits(self.ids[:, start:stop])
            state = self.state[start:stop]
            rows = np.flatnonzero(state)
            found[rows] = unsaid[state[rows] - 1]
            return found

        return bits

    def at(self, rows: Ints, words: Ints) -> Bits:
        """Return one word of the bits of each of some rows."""
        found = self.by_word.at(self.ids[:, rows], words % (self.unsaid.shape[1] // 2))
        state = self.state[rows]
        return np.where(state == 0, found, self.unsaid[state - 1, words])


Table = Classes | Elements
