"""Rows of histories: how they are asked for, what their keys mean, and each of them once."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Final, cast

import attrs

from cmcore.base.errors import Problem, refuse_any
from cmcore.base.values import value
from cmcore.charters.charter import Charter
from cmcore.charters.history import Case, Unreadable
from cmcore.codec.acts import Row as Acted
from cmcore.codec.acts import flat
from cmcore.codec.archives.sheets import Sheet
from cmcore.codec.cells import JSON
from cmcore.codec.columns import asked_problems, misspelt
from cmcore.codec.histories import PARTS, Reader, parts_of
from cmcore.codec.lines import EMPTY

Rows = Iterator[Case | Unreadable]
#: The problems of rows without a fact, and of repeated acts.
NO_FACT: Final = Problem.of("row-without-fact")
_REPEATED: Final = Problem.of("id-repeated")
#: How many of the names that are left alone are counted.
_MOST_NAMES: Final = 1_000


@value
class Asked:
    """How a file is to be read, and how often each name was left alone."""

    columns: Mapping[str, str | None]
    separator: str
    usual: Mapping[str, object] | None
    sheet: Sheet = Sheet()
    left: Counter[str] = attrs.field(factory=Counter)

    def leave(self, names: Iterable[str]) -> None:
        """Take note of names that hold something in a row, and are left alone."""
        turned_down = {fact for fact, column in self.columns.items() if column is None}
        for name in names:
            is_told = not name.startswith("_") and name not in turned_down
            if is_told and (name in self.left or len(self.left) < _MOST_NAMES):
                self.left[name] += 1


def nothing(place: str, cause: Problem) -> Unreadable:
    """Return a row that holds nothing: nobody knows what stood there."""
    return Unreadable(place, (cause,), casts_doubt=True)


class Once:
    """Takes rows in turn: one with the id of a row above it may be the same act, counted twice."""

    def __init__(self) -> None:
        self._seen: set[str] = set()

    def row(self, row: Case | Unreadable, told: object) -> Case | Unreadable:
        """Return a row; where it does not read, its id is what it is `told` to be."""
        id_ = row.act.id if isinstance(row, Case) else told
        if not isinstance(id_, str) or not id_:
            return row
        if id_ not in self._seen:
            self._seen.add(id_)
            return row
        if isinstance(row, Case):
            return Unreadable(row.place, (_REPEATED,), row.act.at, casts_doubt=True)
        return attrs.evolve(row, problems=(*row.problems, _REPEATED), casts_doubt=True)


def row_reader(
    charter: Charter, asked: Asked
) -> Callable[[Mapping[str, object], str], Case | Unreadable]:
    """Return what makes a row of a mapping of facts, and the place where it stands."""
    reader = Reader(charter, JSON, asked.usual)
    facts = {*reader.known, "id"}
    once = Once()
    refuse_any(asked_problems([*filter(None, asked.columns.values())], facts, asked.columns))

    def read(item: Mapping[str, object], place: str) -> Case | Unreadable:
        act, context = parts_of(item)
        asked.leave(name for name in item if act is not item and name not in PARTS)
        told = _named(flat(act), facts, asked)
        if not _is_said(told) and context is None:
            is_empty = all(one is None for one in item.values())
            return nothing(place, EMPTY if is_empty else NO_FACT)
        return once.row(reader.row(told, place, context), told.facts.get("id"))

    return read


def _is_said(row: Acted) -> bool:
    """Return whether a row says anything of any fact."""
    return bool(row.absent or row.messages) or any(one is not None for one in row.facts.values())


def _named(row: Acted, facts: Collection[str], asked: Asked) -> Acted:
    """Return what a row says of facts, by their names, taking note of what else it says.

    Raises:
        InvalidError: with every key whose name is nearly that of a fact.
    """
    told = row.facts
    held = {name: name for name in told if name in facts and name not in asked.columns}
    held |= {fact: key for fact, key in asked.columns.items() if key is not None and key in told}
    names = [name for key, data in told.items() for name in (key, *_within(key, data, facts))]
    refuse_any(map(row.placed, misspelt(names, facts, held, asked.columns)))
    keys = {*held.values()}
    asked.leave(name for name, data in told.items() if name not in keys and data is not None)
    return row._replace(facts={fact: told[key] for fact, key in held.items()})


def _within(key: str, data: object, facts: Collection[str]) -> Iterator[str]:
    """Yield the names that a mapping holds under a key that is no fact."""
    if isinstance(data, Mapping) and key not in facts:
        yield from (f"{key}.{name}" for name in cast("Mapping[object, object]", data))
