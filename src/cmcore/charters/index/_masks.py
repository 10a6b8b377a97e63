"""Tables: for each value of a fact, the mask of the items whose shape lets it through."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from cmcore.base.values import internal
from cmcore.charters.conditions.operators import Cut
from cmcore.charters.index._value_sets import Among, Elements, Spread

#: Item -> shape; items are numbered from 0, and each has its bit.
Shapes = Mapping[int, Any]


@internal
class Table:
    """What one fact says of the items: masks by value, for no value, and for an unknown one.

    `look` returns the items that a known value leaves; `asking` are those that ask for the
    fact, `free` all others, `absent` those that its having no value leaves.
    """

    masks: "Words | Line | Sets"
    look: Callable[[Any], int]
    asking: int
    free: int
    absent: int
    shapes: Shapes


def mask(items: Iterable[int]) -> int:
    """Return the mask of items, in a time that does not square with their number."""
    found = sorted(items)
    if not found:
        return 0
    room = bytearray(found[-1] // 8 + 1)
    for item in found:
        room[item >> 3] |= 1 << (item & 7)
    return int.from_bytes(room, "little")


class Words(dict[Any, int]):
    """Masks by value, and one for all other values."""

    __slots__ = ("default",)

    def __init__(self, found: Mapping[Any, int], default: int) -> None:
        super().__init__(found)
        self.default = default

    def __missing__(self, _: object) -> int:
        return self.default

    def looker(self) -> Callable[[Any], int]:
        """Return the function that looks up a value."""
        return self.__getitem__


def words(shapes: Mapping[int, Among[Any]], free: int) -> Words:
    """Return the masks by value of the items that let it through, `free` ones included."""
    adds: dict[Any, list[int]] = {}
    drops: dict[Any, list[int]] = {}
    for item, shape in shapes.items():
        into = drops if shape.others else adds
        for word in shape.named:
            into.setdefault(word, []).append(item)
    default = free | mask(item for item, shape in shapes.items() if shape.others)
    masks = dict.fromkeys((*adds, *drops), default)
    for word, items in drops.items():
        masks[word] ^= mask(items)
    for word, items in adds.items():
        masks[word] |= mask(items)
    return Words(masks, default)


class Line:
    """Masks by stretch of values: `masks[find(value)]`, whatever the value.

    If every edge belongs to the stretch on the same side, one search finds the stretch; otherwise
    the edges are stretches of their own, and it takes two searches.
    """

    __slots__ = ("edges", "masks", "sides")

    def __init__(self, shapes: Mapping[int, Spread], free: int) -> None:
        cuts = {cut for shape in shapes.values() for ends in shape.stretches for cut in ends
                if cut is not None}  # fmt: skip
        self.edges = sorted({cut[0] for cut in cuts})
        self.sides = tuple(sorted({cut[1] for cut in cuts}))
        step = 2 if len(self.sides) == BOTH else 1
        places = {edge: step * at + 1 for at, edge in enumerate(self.edges)}
        turns: dict[int, list[int]] = {}
        for item, shape in shapes.items():
            for start, stop in shape.stretches:
                turns.setdefault(_place(start, places, 0, step), []).append(item)
                turns.setdefault(_place(stop, places, -1, step), []).append(item)
        now = free
        self.masks = []
        for place in range(step * len(places) + 1):
            if place in turns:
                now ^= mask(turns[place])
            self.masks.append(now)

    @property
    def finds(self) -> tuple[Callable[[list[Any], Any], int], ...]:
        """The searches whose sum is the place of a value among the masks."""
        return tuple(_FINDS[side] for side in self.sides)

    def looker(self) -> Callable[[Any], int]:
        """Return the function that looks up a value."""
        edges, masks = self.edges, self.masks
        if len(self.sides) == BOTH:
            return lambda got: masks[bisect_left(edges, got) + bisect_right(edges, got)]
        if not self.sides:
            return lambda _: masks[0]
        (find,) = self.finds
        return lambda got: masks[find(edges, got)]


BOTH: Final = 2
#: Whether edges belong to what lies below them -> the search for a value among them.
_FINDS: Final = {False: bisect_right, True: bisect_left}


def _place(cut: Cut | None, places: Mapping[Any, int], end: int, step: int) -> int:
    if cut is None:
        return end
    return places[cut[0]] + (cut[1] if step == BOTH else 0)


class Sets:
    """Masks by element: of the items that want one, in columns, and of those that avoid it."""

    __slots__ = ("all", "avoids", "columns")

    def __init__(self, shapes: Mapping[int, Elements], free: int) -> None:
        able = {item: shape for item, shape in shapes.items() if not shape.never}
        self.all = free | mask(able)
        most = max((len(shape.touches) for shape in able.values()), default=0)
        self.columns = [
            (self.all ^ mask(item for item, shape in able.items() if len(shape.touches) > column),
             words({item: shape.touches[column] for item, shape in able.items()
                    if len(shape.touches) > column}, 0))
            for column in range(most)
        ]  # fmt: skip
        avoids = {item: shape.avoids for item, shape in able.items() if shape.avoids != Among()}
        self.avoids = words(avoids, 0) if avoids else None

    def looker(self) -> Callable[[Iterable[Any]], int]:
        """Return the function that looks up a set."""
        if len(self.columns) == 1 and self.avoids is None:
            return self._one_column
        return self._columns

    def _one_column(self, got: Iterable[Any]) -> int:
        left, table = self.columns[0]
        for element in got:
            left |= table[element]
        return left

    def _columns(self, got: Iterable[Any]) -> int:
        left = self.all
        for base, table in self.columns:
            for element in got:
                base |= table[element]  # noqa: PLW2901 - grows with each element
            left &= base
        if self.avoids is not None:
            for element in got:
                left &= ~self.avoids[element]
        return left


_MAKE: Final[dict[type, Callable[[Shapes, int], Words | Line | Sets]]] = {
    Among: words,
    Spread: Line,
    Elements: Sets,
}


def table(shapes: Shapes, absent: Iterable[int], count: int) -> Table:
    """Return the table of a fact for `count` items, of which `shapes` holds those that ask for it.

    `absent` are the items among these that its having no value leaves.
    """
    asking = mask(shapes)
    free = ((1 << count) - 1) ^ asking
    kind = type(next(iter(shapes.values())))
    masks = _MAKE[kind](shapes, free)
    return Table(masks, masks.looker(), asking, free, free | mask(absent), shapes)
