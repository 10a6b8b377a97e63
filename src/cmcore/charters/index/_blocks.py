"""Blocks: conjuncts, each with its bit, and the tables that say which are left."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from itertools import accumulate, pairwise
from typing import Final

from cmcore.base.values import internal
from cmcore.charters.index._masks import Table, mask, table
from cmcore.charters.index._value_sets import Shape
from cmcore.charters.index.normal_form import Conjunct
from cmcore.charters.rule import Effect, Rule


class Gap(Enum):
    """What stands for a value that is not there."""

    UNKNOWN = 0
    ABSENT = 1
    #: A value of an unusual class: its tests are asked one by one.
    ODD = 2
    #: Not read yet.
    PENDING = 3


@internal
class Item:
    """One conjunct of a rule: its shape for each fact, by the fact's place among those read.

    `absent` are the facts that may be absent, `asks` the literals that no shape can express.
    `number` is the rule's place in the charter; the gate of the charter has none.
    """

    rule: Rule | None
    number: int
    literals: Conjunct
    shapes: dict[int, Shape]
    absent: frozenset[int]
    asks: Conjunct

    @property
    def id(self) -> str:
        """The id of the rule."""
        return self.rule.id if self.rule else ""


#: The regions of a block, from its lowest bits up, after the gate.
PERMIT, REFER, FORBID = range(3)
_REGIONS: Final = {Effect.PERMIT: PERMIT, Effect.REFER: REFER, Effect.FORBID: FORBID}


def region(item: Item) -> int:
    """Return the region that an item belongs to; the gate comes below them all."""
    return _REGIONS[item.rule.effect] if item.rule else -1


Probe = tuple[int, Table]


class Block:
    """Items by bit: the gate lowest, if it is here, permits, refer rules and forbids.

    `asking` are the items with a question that no table answers; `gate` is the mask of
    the alternatives of the gate, `regions` those of permits, refer rules and forbids, `refusing`
    the last two. A mask that is not below `refer` holds more than permits.
    """

    __slots__ = (
        "all",
        "asking",
        "gate",
        "items",
        "probes",
        "quick",
        "refer",
        "refusing",
        "regions",
    )

    def __init__(self, items: Iterable[Item], order: Sequence[int]) -> None:
        self.items = tuple(sorted(items, key=region))
        self.all = (1 << len(self.items)) - 1
        self.asking = mask(at for at, item in enumerate(self.items) if item.asks)
        gate, *ends = accumulate(Counter(map(region, self.items))[which] for which in range(-1, 3))
        below = [(1 << end) - 1 for end in (gate, *ends)]
        self.gate, self.refer = below[0], below[1] + 1
        self.regions = tuple(more ^ less for less, more in pairwise(below))
        self.refusing = self.all ^ below[1]
        asked = {fact for item in self.items for fact in item.shapes}
        self.probes = tuple((fact, self._table(fact)) for fact in order if fact in asked)
        #: The same, reduced to what known or unknown values need.
        self.quick = tuple((fact, its.look, its.free) for fact, its in self.probes)

    def those(self, these: int) -> list[Item]:
        """Return the items of a mask."""
        return [self.items[at] for at in bits(these)]

    def narrowed(self, values: Sequence[object]) -> "Left | None":
        """Return what is left of it by the values of facts; None where more is to be read."""
        left = sure = self.all
        for fact, look, free in self.quick:
            got = values[fact]
            if got.__class__ is not Gap:
                left &= look(got)
                if not left:
                    break
            elif got is Gap.UNKNOWN:
                sure &= free
            elif left & ~free:
                return None
        return None if left & self.asking else (self, left, sure & left)

    def _table(self, fact: int) -> Table:
        shapes = {at: item.shapes[fact] for at, item in enumerate(self.items)
                  if fact in item.shapes}  # fmt: skip
        absent = [at for at in shapes if fact in self.items[at].absent]
        return table(shapes, absent, len(self.items))


#: A block, the items of it that are left, and those of them that surely hold.
Left = tuple[Block, int, int]


def bits(these: int) -> Iterator[int]:
    """Yield the numbers of the bits of a mask, the highest first."""
    while these:
        at = these.bit_length() - 1
        yield at
        these ^= 1 << at
