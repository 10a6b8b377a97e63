"""Immutable, hashable mappings whose order never depends on hashing."""

from collections.abc import ItemsView, Iterator, KeysView, Mapping, ValuesView
from typing import Generic, TypeVar

_V = TypeVar("_V")


class FrozenMap(Mapping[str, _V], Generic[_V]):
    """Keep names and values, sorted by name; equal to any mapping with the same items."""

    __slots__ = ("_items",)
    _items: dict[str, _V]

    def __init__(self, items: Mapping[str, _V] | None = None) -> None:
        ordered = {key: items[key] for key in sorted(items)} if items else {}
        object.__setattr__(self, "_items", ordered)

    def __getitem__(self, key: str) -> _V:
        return self._items[key]

    def __contains__(self, key: object) -> bool:
        return key in self._items

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def keys(self) -> KeysView[str]:
        """Return its names, in order."""
        return self._items.keys()

    def values(self) -> ValuesView[_V]:
        """Return its values, in the order of their names."""
        return self._items.values()

    def items(self) -> ItemsView[str, _V]:
        """Return its names with their values, in order."""
        return self._items.items()

    def __hash__(self) -> int:
        return hash(tuple(self._items.items()))

    def __repr__(self) -> str:
        return repr(self._items)

    def __setattr__(self, name: str, value: object) -> None:
        message = "a frozen map cannot be changed: make another one"
        raise AttributeError(message)

    def __reduce__(self) -> tuple[type["FrozenMap[_V]"], tuple[dict[str, _V]]]:
        return (FrozenMap, (self._items,))
