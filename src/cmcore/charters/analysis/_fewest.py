"""Leaving out: as few of some things as suffice."""

from collections.abc import Callable, Sequence
from typing import TypeVar

_T = TypeVar("_T")


def fewest(
    things: Sequence[_T], suffices: Callable[[Sequence[_T]], bool], *, in_turn: bool = False
) -> list[_T]:
    """Return some of the things that suffice, none of which can be left out, in their order.

    All of them have to suffice, and what suffices has to do so with more things as well. Halves are
    left out first, so that few questions are asked where few things are needed; `in_turn`, one
    after the other is, so that the first go first.
    """
    kept = list(things)
    size = 1 if in_turn else max(len(kept) // 2, 1)
    while True:
        place = 0
        while place < len(kept):
            left = [*kept[:place], *kept[place + size :]]
            if suffices(left):
                kept = left
            else:
                place += size
        if size == 1:
            return kept
        size //= 2
