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
class Group:
    """Things with what each gains, as pairs, and the most that they gain together."""

    gains: tuple[tuple[int, int], ...]
    most: int

    def less(self, chosen: int, done: int, due: int) -> "Group":
        """Return what the things that are not done can gain still, beside those chosen."""
        most = self.most - sum(gain for thing, gain in self.gains if chosen >> thing & 1)
        most = max(0, min(most, due))
        left = ((thing, min(gain, most)) for thing, gain in self.gains if not done >> thing & 1)
        return Group(tuple(left) if most else (), most)


@value
class Cover:
    """Groups that share no thing; what is chosen of them all gains `due` at least."""

    groups: tuple[Group, ...]
    due: int

    def left(self, chosen: int, barred: int) -> "Cover":
        """Return what is still due, and of what."""
        got = sum(
            min(group.most, sum(gain for thing, gain in group.gains if chosen >> thing & 1))
            for group in self.groups
        )
        due = max(0, self.due - got)
        done = chosen | barred
        less = (group.less(chosen, done, due) for group in self.groups)
        return Cover(tuple(group for group in less if group.gains), due)

    @property
    def most(self) -> int:
        return sum(min(group.most, sum(gain for _, gain in group.gains)) for group in self.groups)

    @property
    def things(self) -> Iterator[tuple[int, int]]:
        return (two for group in self.groups for two in group.gains)


def lightest(weights: Sequence[int], covers: Sequence[Cover], nodes: int = NODES) -> int | None:
    return _Search(weights, covers).run(nodes)


class _Search:
    """The lightest choice so far."""

    def __init__(self, weights: Sequence[int], covers: Sequence[Cover]) -> None:
        self.weights = weights
        self.covers = covers
        self.best, self.weight = 0, 1 + sum(weights)

    def run(self, nodes: int) -> int | None:
        stack = [(0, 0)]
        self.n=0
        while stack and nodes:
            nodes -= 1
            self.n+=1
            stack += self._open(*stack.pop())
        return None if stack else self.best

    def _open(self, chosen: int, barred: int) -> Iterator[tuple[int, int]]:
        left = [one for cover in self.covers if (one := cover.left(chosen, barred)).due]
        weight = sum(self.weights[thing] for thing in bits(chosen))
        if not left:
            if weight < self.weight:
                self.best, self.weight = chosen, weight
            return
        if any(cover.most < cover.due for cover in left):
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

    def _bound(self, left: Sequence[Cover]) -> tuple[int, dict[int, int]]:
        tight = sorted(left, key=lambda cover: -cover.due)
        return max((self._prices(tight), self._prices(left[::-1])), key=lambda found: found[0])

    def _prices(self, left: Sequence[Cover]) -> tuple[int, dict[int, int]]:
        spare = {thing: self.weights[thing] for cover in left for thing, _ in cover.things}
        bound = 0
        for cover in left:
            price = _critical(cover, spare)
            bound += price * cover.due
            for group in cover.groups:
                bound -= _pay(group, spare, price)
        return bound, spare

    def _choice(self, left: Sequence[Cover]) -> int:
        cover = min(left, key=lambda one: sum(1 for _ in one.things))
        return min(cover.things, key=lambda two: (self.weights[two[0]] // two[1], two[0]))[0]


def _critical(cover: Cover, spare: dict[int, int]) -> int:
    """Return the price of the last unit, when the cheapest things are bought first."""
    offers = sorted(
        (spare[thing] // gain, number, gain)
        for number, group in enumerate(cover.groups) for thing, gain in group.gains
    )
    room = [group.most for group in cover.groups]
    due, price = cover.due, 0
    for price, number, gain in offers:
        gain = min(gain, room[number])
        room[number] -= gain
        due -= gain
        if due <= 0:
            break
    return price


def _pay(group: Group, spare: dict[int, int], price: int) -> int:
    """Take out of the weights what a group pays at a price per unit; return what it saves.

    Things beyond the most that a group gains need pay no more than the dearest within it.
    """
    room, saved = group.most, 0
    for thing, gain in sorted(group.gains, key=lambda two: -(-spare[two[0]] // two[1])):
        unit = spare[thing] // gain
        if room <= 0:
            paid = min(spare[thing], gain * price)
            spare[thing] -= paid
            continue
        if unit >= price:
            price = price if room == group.most else price
        paid = min(spare[thing], gain * price)
        units = min(gain, room)
        saved += max(0, units * price - units * paid // gain)
        room -= units
        spare[thing] -= paid
        if room <= 0:
            price = min(price, unit)
    return saved
