"""Rows of bits, 64 to a word, the first the lowest."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from cmcore.frames.cells import Bools, Ints

Bits = NDArray[np.uint64]
#: How many bits a word has.
WORD: Final = 64


def packed(held: Bools) -> Bits:
    """Return rows of yes and no, of a multiple of 64 columns, as rows of bits."""
    return np.packbits(held, axis=1, bitorder="little").view("<u8").astype(np.uint64, copy=False)


def any_bit(bits: Bits) -> Bools:
    """Say which rows have a bit."""
    if not bits.shape[1]:
        return np.zeros(len(bits), np.bool_)
    found: Bits = bits[:, 0].copy()
    for column in range(1, bits.shape[1]):
        found |= bits[:, column]
    held: Bools = found != 0
    return held


def places(bits: Bits) -> tuple[Ints, Ints]:
    """Return the row and the place of every bit, in no order."""
    rows, words = np.nonzero(bits)
    left = bits[rows, words]
    none = np.zeros(0, np.intp)
    found: list[tuple[Ints, Ints]] = [(none, none)]
    while len(left):
        below = ~left & (left - 1)
        found.append((rows, words * WORD + np.bitwise_count(below)))
        left = left & (left - 1)
        more = left != 0
        rows, words, left = rows[more], words[more], left[more]
    return np.concatenate([r for r, _ in found]), np.concatenate([p for _, p in found])
