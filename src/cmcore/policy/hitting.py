"""Hitting: the lightest choice of things that meets every demand, exactly, by branch and bound.

A demand is a cover: the gains of what is chosen come to what is due. With gains of 1 and 1 due,
it is a set of which one at least is to be chosen.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from cmcore.foundation.house import value
from cmcore.policy.assigning.model import bits, mask_of

#: How many nodes of the search are opened before it is given up.
NODES: Final = 5_000


@value
class Cover:
    """Things with what each of them, chosen, gains, as pairs; together they gain `due` at least."""

    gains: tuple[tuple[int, int], ...]
    due: int


def lightest(weights: Sequence[int], covers: Sequence[Cover], nodes: int = NODES) -> int | None:
    """Return the mask of the lightest things that meet all covers, or None when nodes run out.

    All things together are to meet them. Weights are above 0; of choices that weigh the same, any
    one is returned, so that who wants one answer gives weights that tell choices apart.
    """
    return _Search(weights, covers).run(nodes)


class _Search:
    """The lightest choice so far."""

    def __init__(self, weights: Sequence[int], covers: Sequence[Cover]) -> None:
        self.weights = weights
        self.covers = covers
        self.best, self.weight = 0, 1 + sum(weights)

    def run(self, nodes: int) -> int | None:
        """Open nodes, the most promising child first; each has what is chosen and what is barred.

        The children of a node share nothing and leave nothing out.
        """
        stack = [(0, 0)]
        while stack and nodes:
            nodes -= 1
            stack += self._open(*stack.pop())
        return None if stack else self.best

    def _open(self, chosen: int, barred: int) -> Iterator[tuple[int, int]]:
        left = list(self._left(chosen, barred))
        weight = sum(self.weights[thing] for thing in bits(chosen))
        if not left:
            if weight < self.weight:
                self.best, self.weight = chosen, weight
            return
        if any(sum(gain for _, gain in cover.gains) < cover.due for cover in left):
            return
        bound, spare = self._bound(left)
        room = self.weight - weight - bound
        if room <= 0:
            return
        barred |= mask_of([thing for thing, more in spare.items() if more >= room])
        thing = self._choice(left)
        yield chosen, barred | 1 << thing
        if not barred >> thing & 1:
            yield chosen | 1 << thing, barred

    def _left(self, chosen: int, barred: int) -> Iterator[Cover]:
        """Yield what is still due, and the things that are still free."""
        for cover in self.covers:
            due = cover.due - sum(gain for thing, gain in cover.gains if chosen >> thing & 1)
            if due > 0:
                done = chosen | barred
                yield Cover(tuple((n, min(gain, due)) for n, gain in cover.gains
                                  if not done >> n & 1), due)  # fmt: skip

    def _bound(self, left: Sequence[Cover]) -> tuple[int, dict[int, int]]:
        """Return what is spent at least, and by how much more if a thing is chosen, for each."""
        tight = sorted(left, key=lambda cover: (-cover.due, len(cover.gains)))
        return max((self._prices(tight), self._prices(left[::-1])), key=lambda found: found[0])

    def _prices(self, left: Sequence[Cover]) -> tuple[int, dict[int, int]]:
        """Pay each cover a price per unit, in turn, out of what is left of the weights.

        Any prices prove a bound (weak duality): a thing pays no more than its weight in all.
        """
        spare = {thing: self.weights[thing] for cover in left for thing, _ in cover.gains}
        bound = 0
        for cover in left:
            price = _critical(cover, spare)
            bound += price * cover.due
            for thing, gain in cover.gains:
                paid = min(spare[thing], gain * price)
                bound -= gain * price - paid
                spare[thing] -= paid
        return bound, spare

    def _choice(self, left: Sequence[Cover]) -> int:
        """Return what to branch on: the best bargain of the cover with the fewest things."""
        cover = min(left, key=lambda one: len(one.gains))
        return min(cover.gains, key=lambda two: (self.weights[two[0]] // two[1], two[0]))[0]


def _critical(cover: Cover, spare: dict[int, int]) -> int:
    """Return the price of the last unit, when the cheapest things are bought first."""
    due, price = cover.due, 0
    for price, gain in sorted((spare[thing] // gain, gain) for thing, gain in cover.gains):
        due -= gain
        if due <= 0:
            break
    return price
