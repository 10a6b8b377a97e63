"""Columns: a name, a type and what of a thing stands there; and tables of such columns."""

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from enum import Enum, StrEnum
from operator import attrgetter
from typing import Any

from cmcore.base.values import value


class Type(StrEnum):
    """What a column holds; nothing known is null in all of them.

    Words in order or in a set are one text, with commas; instants are in UTC; `hours` is a number
    of hours, in the unit that `unit` names.
    """

    TEXT = "text"
    COUNT = "count"
    NUMBER = "number"
    FLAG = "flag"
    INSTANT = "instant"
    DURATION = "duration"


@value
class Column:
    """A column: how it is called, what it holds, and how that is read of a thing."""

    name: str
    type: Type
    read: Callable[[Any], object]


@value
class Rows:
    """A table before it is a frame: its columns, and for each the cells."""

    columns: tuple[Column, ...]
    cells: Mapping[str, list[object]]


def columns(**told: "str | tuple[str, str | Callable[[Any], object]]") -> tuple[Column, ...]:
    """Return columns by name: the type, and with it where it is read if that is not the name."""
    made = []
    for name, one in told.items():
        kind, read = (one, name) if isinstance(one, str) else one
        getter = attrgetter(read) if isinstance(read, str) else read
        made.append(Column(name, Type(kind), getter))
    return tuple(made)


def within(shape: tuple[Column, ...], read: Callable[[Any], Any]) -> tuple[Column, ...]:
    """Return the columns of what `read` finds within a thing."""
    return tuple(Column(one.name, one.type, _after(read, one.read)) for one in shape)


def _after(first: Callable[[Any], Any], then: Callable[[Any], object]) -> Callable[[Any], object]:
    return lambda thing: then(first(thing))


def rows_of(things: Iterable[object], shape: tuple[Column, ...]) -> Rows:
    """Return the rows of some things in a shape."""
    many = list(things)
    cells = {one.name: [_cell(one.read(thing)) for thing in many] for one in shape}
    return Rows(shape, cells)


def _cell(given: object) -> object:
    """Return what stands in a cell: a text, a number, a flag, an instant, a duration or None."""
    if isinstance(given, Enum):
        return str(given.value)
    if isinstance(given, frozenset):
        return ", ".join(sorted(map(str, given)))
    if isinstance(given, tuple):
        return ", ".join(map(str, given))
    return given


def unit(amount: object) -> str:
    """Return the unit of an amount that is a count or a time."""
    return "hours" if isinstance(amount, timedelta) else "count"


def number(amount: "int | timedelta") -> float:
    """Return an amount as a number, times in hours."""
    return amount / timedelta(hours=1) if isinstance(amount, timedelta) else float(amount)
