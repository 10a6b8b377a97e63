"""Sharing out what some can give among those who want it, as well as possible: a maximum flow.

Ways to more are found breadth first, as Edmonds and Karp (1972) have it. Where each wants one and
is given one, this is a matching.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Generic, TypeVar

__all__ = ["Sharing", "shared_out"]

T = TypeVar("T")
G = TypeVar("G")


class Sharing(Generic[T, G]):
    """What each giver has left, and what each has given to whom so far.

    `able` names the givers that one who takes may take from.
    """

    def __init__(self, left: Mapping[G, int], able: Callable[[T], Iterable[G]]) -> None:
        self.left = {**left}
        self.given: dict[G, dict[T, int]] = {giver: {} for giver in left}
        self._able = able
        #: The givers with nothing left to give, even if others make room.
        self._dry: set[G] = set()

    def opened(self, giver: G, most: int) -> "Sharing[T, G]":
        """Return the same with one more giver, who has given nothing yet."""
        other = Sharing({**self.left, giver: most}, self._able)
        other.given |= {one: {**given} for one, given in self.given.items()}
        return other

    def give(self, taker: T, wanted: int = 1) -> int:
        """Give one who takes what can be had, others making room for it; return how much."""
        got = 0
        while got < wanted and (more := self._augment(taker, wanted - got)):
            got += more
        return got

    def _augment(self, taker: T, wanted: int) -> int:
        left = self.left
        for giver in self._able(taker):
            if left[giver]:
                moved = min(wanted, left[giver])
                left[giver] -= moved
                self._add(taker, giver, moved)
                return moved
        return self._make_room(taker, wanted)

    def _make_room(self, taker: T, wanted: int) -> int:
        came: dict[T, tuple[T, G] | None] = {taker: None}
        seen = set[G]()
        for place in (queue := [taker]):
            for giver in self._able(place):
                if giver in seen or giver in self._dry:
                    continue
                if self.left[giver]:
                    return self._move(place, giver, wanted, came)
                seen.add(giver)
                for other in self.given[giver]:
                    if other not in came:
                        came[other] = place, giver
                        queue.append(other)
        self._dry |= seen
        return 0

    def _move(self, taker: T, giver: G, wanted: int, came: Mapping[T, tuple[T, G] | None]) -> int:
        """Let the last of a way take from a giver, and each before take what the next gave up."""
        steps = [(taker, giver)]
        moved = min(wanted, self.left[giver])
        while before := came[taker]:
            moved = min(moved, self.given[before[1]][taker])
            taker, _ = before
            steps.append(before)
        self.left[giver] -= moved
        for step in steps:
            self._add(*step, moved)
        for (other, _), (_, source) in pairwise(steps):
            self._add(other, source, -moved)
        return moved

    def _add(self, taker: T, giver: G, more: int) -> None:
        given = self.given[giver]
        amount = given.get(taker, 0) + more
        if amount:
            given[taker] = amount
        else:
            del given[taker]


def shared_out(
    wanted: Sequence[int], able: Sequence[Sequence[int]], given: Sequence[int]
) -> list[int]:
    """Return how much each that wants something gets, so that all together get the most.

    `able[n]` are the places, in `given`, of those who can give to the one at place `n` of `wanted`.
    Those who come first get all that can be had for them.
    """
    sharing = Sharing(dict(enumerate(given)), able.__getitem__)
    return [sharing.give(place, most) for place, most in enumerate(wanted)]
