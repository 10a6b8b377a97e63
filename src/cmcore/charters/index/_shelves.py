"""Shelves: the items of a large charter by the values they name, so that an act meets few."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import Any, Final

from cmcore.base.values import internal
from cmcore.charters.index._blocks import Block, Gap, Item
from cmcore.charters.index._value_sets import Among, Elements, Shape, Spread

#: The most items of a charter that is one block, and of each block of a larger one.
ONE_BLOCK: Final = 2048
A_BLOCK: Final = 2048


class Shelf:
    """Items by the values that they name of one fact: no other value leaves any of them.

    Their blocks are made when an act first has such a value.
    """

    __slots__ = ("_blocks", "_items", "_order", "fact")

    def __init__(self, fact: int, order: Sequence[int]) -> None:
        self.fact = fact
        self._order = order
        self._items: dict[object, list[Item]] = {Gap.UNKNOWN: []}
        self._blocks: dict[object, tuple[Block, ...]] = {}

    def add(self, item: Item, named: frozenset[Any]) -> None:
        """Add an item under each value that it names, and where none is known."""
        for value in (*named, Gap.UNKNOWN):
            self._items.setdefault(value, []).append(item)

    def blocks(self, got: object) -> Sequence[Block]:
        """Return the blocks in which all items are that this reading of the fact may leave."""
        if isinstance(got, frozenset):
            return [block for value in got for block in self._under(value)]
        if got is Gap.ABSENT:
            return ()
        return self._under(Gap.UNKNOWN if got.__class__ is Gap else got)

    def _under(self, value: object) -> tuple[Block, ...]:
        found = self._blocks.get(value)
        if found is None:
            if value not in self._items:
                return ()
            found = self._blocks[value] = tuple(self._made(value))
        return found

    def _made(self, value: object) -> Iterator[Block]:
        items = self._items[value]
        is_met = value is not Gap.UNKNOWN and all(_is_met(item.shapes[self.fact]) for item in items)
        order = [fact for fact in self._order if fact != self.fact] if is_met else self._order
        return blocks(items, order)


@internal
class Index:
    """The items of a charter: `top` and `loose` are blocks that are tried on every act.

    On the shelves are those of a large charter that only acts with some values may meet.
    """

    top: Block
    loose: tuple[Block, ...] = ()
    shelves: tuple[Shelf, ...] = ()

    def others(self, values: Sequence[object]) -> list[Block]:
        """Return the blocks beside `top` that an act may meet whose facts have these values."""
        found = [*self.loose]
        for shelf in self.shelves:
            found += shelf.blocks(values[shelf.fact])
        return found


def shelve(items: Sequence[Item], order: Sequence[int]) -> Index:
    """Return the index of items whose facts are read in `order`.

    Of the facts of which an item names values, it stands under the one it shares with the fewest.
    """
    if len(items) <= ONE_BLOCK:
        return Index(Block(items, order))
    named = [_named(item) for item in items]
    together: dict[int, list[frozenset[Any]]] = {}
    for own in named:
        for fact, values in own.items():
            together.setdefault(fact, []).append(values)
    crowds = {fact: Counter(chain(*sets)).__getitem__ for fact, sets in together.items()}
    shelves: dict[int, Shelf] = {}
    gate: list[Item] = []
    loose: list[Item] = []
    for item, own in zip(items, named, strict=True):
        beside = [(sum(map(crowds[fact], values)), fact) for fact, values in own.items()]
        count, fact = min(beside, default=(len(items), -1))
        if item.rule is None:
            gate.append(item)
        elif 2 * count > len(items):
            loose.append(item)
        else:
            shelves.setdefault(fact, Shelf(fact, order)).add(item, own[fact])
    loose.sort(key=lambda item: sorted(item.shapes))
    top = Block([*gate, *loose[:A_BLOCK]], order)
    others = tuple(blocks(loose[A_BLOCK:], order))
    return Index(top, others, tuple(shelves[fact] for fact in sorted(shelves)))


def blocks(items: Sequence[Item], order: Sequence[int]) -> Iterator[Block]:
    """Yield items in blocks that are not too large."""
    for start in range(0, len(items), A_BLOCK):
        yield Block(items[start : start + A_BLOCK], order)


def _named(item: Item) -> dict[int, frozenset[Any]]:
    """Return the values without one of which the item is false, of each fact with such values."""
    found: dict[int, frozenset[Any]] = {}
    for fact, shape in item.shapes.items():
        values = _NAMED[type(shape)](shape)
        if values is not None and fact not in item.absent:
            found[fact] = values
    return found


def _is_met(shape: Shape) -> bool:
    """Return whether a shape lets through whatever has one of the values that it names."""
    return isinstance(shape, Among) or shape == Elements(getattr(shape, "touches", ())[:1])


def _among(shape: Among[Any]) -> frozenset[Any] | None:
    return None if shape.others else shape.named


def _touched(shape: Elements) -> frozenset[Any] | None:
    each = [touch.named for touch in shape.touches if not touch.others]
    return min(each, key=len, default=None)


_NAMED: Final[dict[type, Callable[[Any], frozenset[Any] | None]]] = {
    Among: _among,
    Elements: _touched,
    Spread: lambda _: None,
}
