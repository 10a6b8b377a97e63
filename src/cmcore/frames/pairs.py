"""Pairs: groups of rows, each with numbers of its own, be they rules or facts."""

from collections.abc import Sequence

import numpy as np

from cmcore.base.values import internal
from cmcore.frames.cells import Bools, Ints


@internal
class Pairs:
    """Groups, each with numbers of its own, in order: those of rules or of facts."""

    groups: Ints
    numbers: Ints

    def keys(self, width: int) -> Ints:
        """Return one number for each pair, the numbers being below `width`."""
        return self.groups * width + self.numbers

    def lists(self, size: int) -> tuple[Ints, Ints]:
        """Return where the numbers of each of `size` groups start, and the numbers."""
        counts = np.bincount(self.groups, minlength=size)
        return np.concatenate(([0], np.cumsum(counts))).astype(np.intp), self.numbers


def paired(groups: Ints, numbers: Ints, width: int) -> Pairs:
    """Return pairs of which the numbers are below `width`, in order, each once."""
    keys = distinct(groups * width + numbers)
    return Pairs(keys // width, keys % width)


def distinct(keys: Ints) -> Ints:
    """Return keys, none below 0, in order and each once; `np.unique` takes ten times as long."""
    found = np.sort(keys)
    once: Ints = found[np.diff(found, prepend=-1) != 0]
    return once


def among(keys: Ints, known: Ints) -> Bools:
    """Say which keys, none below 0, are among those known, which are in order."""
    there: Bools = np.append(known, -1)[np.searchsorted(known, keys)] == keys
    return there


def in_all(many: Sequence[tuple[Ints, Ints]]) -> tuple[Ints, Ints]:
    """Return pairs of arrays as one pair."""
    none = np.zeros(0, np.intp)
    return (np.concatenate([none, *(one for one, _ in many)]),
            np.concatenate([none, *(other for _, other in many)]))  # fmt: skip
