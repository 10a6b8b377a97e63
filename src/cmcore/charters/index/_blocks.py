"""Blocks: a few hundred conjuncts, each with its bit, and the tables that tell which are left."""

from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from typing import TYPE_CHECKING, Final

from cmcore.base.values import internal
from cmcore.charters.index._masks import Table, mask, table
from cmcore.charters.index._value_sets import Shape, join
from cmcore.charters.index.normal_form import Conjunct
from cmcore.charters.rule import Effect, Rule

if TYPE_CHECKING:
    from cmcore.charters.decision import Ruling


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
    `number` is the rule's place in the charter; the gate of the charter has none. An item may stand
    for a `block` of items with the effect of its rule.
    """

    rule: Rule | None
    number: int
    literals: Conjunct
    shapes: dict[int, Shape]
    absent: frozenset[int]
    asks: Conjunct
    block: "Block | None" = None

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
    the alternatives of the gate, `regions` those of permits, refer rules and forbids. A mask that
    is not below `refer` holds more than permits.
    """

    __slots__ = (
        *("all", "asking", "folded", "gate", "items", "known", "probes", "quick", "refer"),
        "regions",
    )

    def __init__(self, items: Iterable[Item], order: Sequence[int]) -> None:
        self.items = tuple(sorted(items, key=region))
        self.all = (1 << len(self.items)) - 1
        self.asking = mask(at for at, item in enumerate(self.items) if item.asks)
        self.regions = tuple(
            mask(at for at, item in enumerate(self.items) if region(item) == which)
            for which in (PERMIT, REFER, FORBID)
        )
        self.gate = mask(at for at, item in enumerate(self.items) if item.rule is None)
        self.refer = 1 << sum(region(item) < REFER for item in self.items)
        asked = {fact for item in self.items for fact in item.shapes}
        self.probes = tuple((fact, self._table(fact)) for fact in order if fact in asked)
        #: The same, reduced to what known or unknown values need.
        self.quick = tuple((fact, its.look, its.free) for fact, its in self.probes)
        #: The items that stand for blocks.
        self.folded = mask(at for at, item in enumerate(self.items) if item.block)
        #: Rulings by the mask of what holds, if only permits may hold.
        self.known: dict[int, Ruling] = {}

    def keep(self, these: int, ruling: "Ruling") -> "Ruling":
        """Remember a ruling, unless as many are as there are items: the room stays the same."""
        if len(self.known) <= len(self.items):
            self.known[these] = ruling
        return ruling

    def those(self, these: int) -> list[Item]:
        """Return the items of a mask."""
        return [self.items[at] for at in bits(these)]

    def _table(self, fact: int) -> Table:
        shapes = {at: item.shapes[fact] for at, item in enumerate(self.items)
                  if fact in item.shapes}  # fmt: skip
        absent = [at for at in shapes if fact in self.items[at].absent]
        return table(shapes, absent, len(self.items))


def standing_for(block: Block) -> Item:
    """Return the item that stands for a block: left as long as one of its items may be."""
    first, count = block.items[0], len(block.items)
    shapes = {fact: join([*its.shapes.values()]) for fact, its in block.probes
              if len(its.shapes) == count}  # fmt: skip
    absent = frozenset(fact for fact, its in block.probes if its.absent)
    return Item(first.rule, first.number, (), shapes, absent, (), block)


def bits(these: int) -> Iterator[int]:
    """Yield the numbers of the bits of a mask, the highest first."""
    while these:
        at = these.bit_length() - 1
        yield at
        these ^= 1 << at
