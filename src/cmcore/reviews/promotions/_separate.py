"""Separating: the largest group of acts that plain tests distinguish from all unwanted ones.

Groups are bits of whole numbers: bit n is the nth act. The problem is a hard one in general, so
the work is bounded: the result is then good, but unknown to be the best.
"""

from collections.abc import Iterator, Sequence
from heapq import heappop, heappush
from math import inf
from typing import Final

from cmcore.base.values import internal

#: How often a test may be compared with a group: to find a good one, then to look for a better.
MOST_TRIED: Final = 150_000
#: How many groups of the same size are returned at most.
MOST_TIED: Final = 20


@internal
class Split:
    """What a test makes of both sides: the wanted it is true of, the unwanted it is false of."""

    true: int
    false: int


@internal
class Widest:
    """The largest groups found, all of one size; none where there is none of the size asked.

    `is_best` says whether it is known that no larger group is possible.
    """

    groups: tuple[int, ...]
    is_best: bool


def widest(splits: Sequence[Split], among: int, unwanted: int, least: int) -> Widest:
    """Return the largest groups of `least` or more that tests separate from all unwanted.

    A test separates a group if it is true for all of the group. `least` is 1 or more.
    """
    return _Search(splits, unwanted, least).widest(among)


class _Search:
    def __init__(self, splits: Sequence[Split], unwanted: int, least: int) -> None:
        self.splits = splits
        self.unwanted = unwanted
        self.least = least
        self.left = MOST_TRIED

    def widest(self, among: int) -> Widest:
        """Open the largest group first: the first that is apart is then the best."""
        sure = self._dive(among)
        self.left = MOST_TRIED
        floor = max(self.least, sure.bit_count())
        heap = [(-among.bit_count(), among)] if among.bit_count() >= floor else []
        seen = {among}
        found: list[int] = []
        while heap and -heap[0][0] >= floor and self.left > 0 and len(found) < MOST_TIED:
            size, group = heappop(heap)
            rest = self._not_apart(group)
            if not rest:
                found.append(group)
                floor = -size
                continue
            for part in self._parts(group, rest):
                if part.bit_count() >= floor and part not in seen:
                    seen.add(part)
                    heappush(heap, (-part.bit_count(), part))
        if not found and heap and -heap[0][0] >= floor:
            return Widest((sure,) if sure else (), is_best=False)
        return Widest(tuple(found), is_best=True)

    def _dive(self, group: int) -> int:
        """Return a good group at once, by the test that costs least each time; 0 where none is.

        Each test leaves out some of the group, and separates the others from some of the unwanted.
        """
        while self.left > 0:
            rest = self._not_apart(group)
            if not rest:
                return group if group.bit_count() >= self.least else 0
            parts = [(self._cost(group, rest, split), group & split.true) for split in self.splits]
            cost, group = min(parts, default=(inf, 0))
            if cost == inf:
                return 0
        return 0

    def _cost(self, group: int, rest: int, split: Split) -> float:
        """Return how many of the group a test leaves out for each unwanted one it rules out."""
        self.left -= 1
        told = (rest & split.false).bit_count()
        kept = (group & split.true).bit_count()
        return (group.bit_count() - kept) / told if told and kept >= self.least else inf

    def _not_apart(self, group: int) -> int:
        """Return the unwanted from which no test that is true of all the group says it."""
        self.left -= len(self.splits)
        rest = self.unwanted
        for split in self.splits:
            if not group & ~split.true:
                rest &= ~split.false
        return rest

    def _parts(self, group: int, rest: int) -> Iterator[int]:
        """Yield the parts of the group that a test separates from the first of the rest."""
        self.left -= len(self.splits)
        first = rest & -rest
        for split in self.splits:
            if split.false & first:
                yield group & split.true
