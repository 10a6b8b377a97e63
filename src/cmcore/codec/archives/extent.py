"""Whether an archive gives all that it says there is: what it does not give counts as lost."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import attrs

from cmcore.base.errors import Problem
from cmcore.base.shown import clip
from cmcore.base.values import internal
from cmcore.charters.history import Unreadable
from cmcore.codec.archives.items import NEXT, Item, items_of
from cmcore.codec.archives.networks import of_file
from cmcore.codec.archives.packed import files_of
from cmcore.codec.archives.parts import Part
from cmcore.codec.plain import Gather, as_int, wrong

#: Where a collection of ActivityPub says how many items it has.
_TOTAL: Final = "totalItems"
#: Where pages say that another one follows.
_FOLLOWS: Final = frozenset({"cursor", "next"})
#: What an archive of X says of its own files.
_MANIFEST: Final = "data/manifest.js"


class Extent:
    """What a file says of itself: how many items it has, and whether more of them follow."""

    def __init__(self, total: int = 0) -> None:
        self._total = total
        self._follows = ""
        self._problems: list[Problem] = []

    def take(self, item: Item) -> None:
        """Take note of what stands beside the items; of several documents, the last page counts."""
        if item is NEXT:
            self._follows = ""
        elif item.key in _FOLLOWS and item.data:
            self._follows = item.key
        elif item.key == _TOTAL:
            gather = Gather()
            self._total = max(self._total, gather.at((_TOTAL,), _as_total, item.data) or 0)
            self._problems += gather.problems

    def lacking(self, prefix: str, given: int) -> Iterator[Unreadable]:
        """Yield a row for what is not given of what there is."""
        place = f"{prefix}item {given + 1}"
        if self._problems:
            yield Unreadable(place, tuple(self._problems), casts_doubt=True)
        if given < self._total:
            told = Problem.of("items-missing", total=self._total, given=given)
            yield Unreadable(place, (told,), lost=self._total - given - 1)
        if self._follows:
            told = Problem.of("more-follows", key=self._follows)
            yield Unreadable(place, (told,), casts_doubt=True)


@internal
class Announced:
    """What an archive of X says of itself: how many items which file has, and if it is not whole.

    Files go by their names within its folder `data`.
    """

    counts: Mapping[str, int] = attrs.field(factory=dict)
    is_partial: bool = False

    def count(self, name: str) -> int:
        """Return how many items a file is said to have; 0 where nothing is said."""
        return self.counts.get(_within(name), 0)

    def lacking(self, names: list[str]) -> Iterator[Unreadable]:
        """Yield a row for each file that is not there, and for what X left out."""
        for name in sorted(self.counts.keys() - set(map(_within, names))):
            yield from Extent(self.counts[name]).lacking(f"{name}: ", 0)
        if self.is_partial:
            yield Unreadable("manifest.js", (Problem.of("archive-in-part"),), casts_doubt=True)


def announced(path: Path) -> Announced:
    """Return what a zip says of itself, as archives of X do.

    Raises:
        InvalidError: it is damaged, or what it says does not read.
        OSError: it cannot be read.
    """
    gather = Gather()
    counts: dict[str, int] = {}
    is_partial = False
    for file in files_of(path, lambda name: name.endswith(_MANIFEST)):
        for item in items_of(file.text, frozenset()):
            if item.key == "archiveInfo":
                is_partial = bool(Part(item.data, gather, item.key).flag("isPartialArchive"))
            elif item.key == "dataTypes":
                counts |= dict(_counts(Part(item.data, gather, item.key)))
    gather.done()
    return Announced(counts, is_partial=is_partial)


def _counts(types: Part) -> Iterator[tuple[str, int]]:
    """Yield the name of each file that is read, and how many items it is said to have."""
    for kind in types.keys():  # noqa: SIM118 - no mapping
        for file in types.part(kind).parts("files"):
            name, count = file.text("fileName") or "", file.text("count") or ""
            if of_file(name) == "x" and count.isascii() and count.isdecimal():
                yield _within(name), int(count[:_DIGITS])


#: No archive has more items than that many digits can say.
_DIGITS: Final = 9


def _as_total(data: object) -> int:
    total = as_int(data)
    if not 0 <= total < 10**_DIGITS:
        raise wrong(clip(str(total)), "item-count")
    return total


def _within(name: str) -> str:
    return name.rpartition("data/")[2]
