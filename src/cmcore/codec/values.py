"""The kinds of values in files: how each is read and written, and its JSON Schema."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final, Generic, TypeVar

import attrs

from cmcore.base.amounts import show_duration
from cmcore.base.ids import LONGEST_ID
from cmcore.codec.bounds import Data
from cmcore.codec.hours import as_hours, as_week, as_zone
from cmcore.codec.plain import (
    DAY_PATTERN,
    FLAGS,
    Gather,
    as_date,
    as_duration,
    as_flag,
    as_instant,
    as_int,
    as_list,
    as_mapping,
    as_number,
    as_text,
    as_words,
    choice,
    each,
    kept,
)
from cmcore.codec.shapes import Schema, either, listed, named, ref, whole
from cmcore.time.clocks import WorkingWeek
from cmcore.time.week import Week

#: What a kind of act may be called that a charter declares: small letters, with a hyphen within.
OWN_KIND_NAME: Final = r"^[^-\s\d_A-Z][^\sA-Z]*-[^-\sA-Z][^\sA-Z]*$"

_T = TypeVar("_T")
_E = TypeVar("_E", bound=StrEnum)


def as_it_is(thing: Any) -> Data:  # noqa: ANN401 - what plain data holds
    """Return what plain data holds as it is."""
    data: Data = thing
    return data


def one_or_several(names: Iterable[str]) -> Data:
    """Return names as files write them: the only one by itself, several in order."""
    many = sorted(names)
    return many[0] if len(many) == 1 else [*many]


@attrs.frozen
class Value(Generic[_T]):
    """A kind of value: what reads it from plain data, its JSON Schema, and what writes it.

    `nothing` is what stands for it where it is left out.
    """

    read: Callable[..., _T]
    schema: Schema
    write: Callable[[Any], Data] = as_it_is
    nothing: Any = None

    def defined(self, name: str) -> "Value[_T]":
        """Return the same value, whose schema is the definition `name`."""
        return attrs.evolve(self, schema=ref(name))

    def shaped(self, **more: Data) -> "Value[_T]":
        """Return the same value, with more in its schema."""
        return attrs.evolve(self, schema={**self.schema, **more})


_TEXT: Final[Schema] = {"type": "string"}
_WORDS: Final[Schema] = {"type": ["string", "array"], "items": _TEXT, "minItems": 1}

TEXT: Final = Value(as_text, _TEXT)
ID: Final = TEXT.shaped(minLength=1, maxLength=LONGEST_ID)
FLAG: Final = Value(as_flag, {"title": "yes or no", "enum": [True, False, *FLAGS]})
NUMBER: Final = Value(as_number, {"title": "number", "type": "number"})
DAY: Final[Value[date]] = Value(
    as_date,
    {"type": "string", "pattern": f"^{DAY_PATTERN}$", "examples": ["2026-01-31"]},
    date.isoformat,
)
INSTANT: Final[Value[datetime]] = Value(
    as_instant,
    {
        "title": "instant with its offset",
        "type": "string",
        "pattern": r"^[0-9]{4}[\s\S]{6,}(?:Z|[+-][0-9:.,]+)$",
        "examples": ["2026-01-31T09:00+01:00"],
    },
    datetime.isoformat,
)
DURATION: Final[Value[timedelta]] = Value(
    as_duration,
    {
        "title": "duration",
        "type": "string",
        "minLength": 1,
        "examples": ["30 min", "1 h 30 min", "14 d"],
    },
    show_duration,
)
_WEEK: Final[Schema] = {"title": "hours of the week"}
WEEK: Final[Value[Week]] = Value(
    as_week,
    {**_WORDS, **_WEEK, "items": {**_WEEK, **_TEXT}, "examples": ["Mon-Fri 09:00-18:00", "always"]},
    str,
)
HOURS: Final[Value[Week | WorkingWeek]] = Value(
    as_hours, {**WEEK.schema, "examples": [*WEEK.schema["examples"], "working days"]}, str
)
ZONE: Final = Value(as_zone, {"minLength": 1, "examples": ["Europe/Paris"], **_TEXT})
#: Words in any order: one at least, or none too.
WORDS: Final[Value[tuple[str, ...]]] = Value(as_words, _WORDS, sorted)
SOME: Final = attrs.evolve(WORDS.shaped(minItems=0), nothing=())
#: Names, of which one alone is mostly written.
NAMES: Final = attrs.evolve(WORDS, write=one_or_several, nothing=())
#: Words whose order is kept, if any.
ORDERED: Final = attrs.evolve(SOME, write=list)


def whole_number(least: int, most: int | None = None) -> Value[int]:
    """Return whole numbers, which editors describe so that they go from `least` to `most`."""
    return Value(as_int, whole(least, most))


def word_of(enum: type[_E]) -> Value[_E]:
    """Return one of the words of an enumeration."""
    return Value(choice(enum), {"enum": [str(word) for word in enum]}, str)


def with_words(value: Value[_T], words: Iterable[str]) -> Value[_T]:
    """Return the same value, or a list of it, of which some words are known, and not all."""
    some: Schema = {"enum": sorted(words)}
    if "items" not in value.schema:
        return attrs.evolve(value, schema=either(some, value.schema))
    items = either(some, _TEXT)
    one = {**value.schema, "items": items}
    return attrs.evolve(value, schema=either(some, one) if "string" in one["type"] else one)


def list_of(value: Value[_T], least: int = 0) -> Value[list[_T]]:
    """Return a list of values of a kind, which editors describe so that it has `least`."""

    def read(data: object, *more: object) -> list[_T]:
        return each(data, lambda one: value.read(one, *more))

    def write(many: Iterable[_T]) -> Data:
        return [value.write(one) for one in many]

    return Value(read, listed(value.schema, least), write, ())


def mapping_of(value: Value[_T], **more: Data) -> Value[dict[str, _T]]:
    """Return a mapping of names to values of a kind."""

    def read(data: object) -> dict[str, _T]:
        gather = Gather()
        item = as_mapping(data)
        made = {name: gather.at((name,), value.read, one) for name, one in item.items()}
        return gather.made(kept(made))

    def write(many: Mapping[str, _T]) -> Data:
        return {name: value.write(one) for name, one in many.items()}

    return Value(read, named(value.schema, **more), write, {})


@attrs.frozen
class Parts(Value[Any]):
    """A list, or a mapping of names, whose parts are read each by itself.

    `read` gives the list or the mapping; `one` reads a part of it: from its data, or from its name
    and its data. A part that does not read hides nothing of the others: `lost`, given its name
    or its number and its data, stands for it, if there is such a thing.
    """

    one: Callable[..., Any] = attrs.field(kw_only=True)
    lost: Callable[..., Any] = attrs.field(default=lambda *_: None, kw_only=True)
    nothing: Any = ()

    def gathered(self, gather: Gather, key: str, many: Any, more: Iterable[object]) -> list[Any]:  # noqa: ANN401 - a list or a mapping
        """Return the parts of what stands under a key; their problems are gathered."""
        is_named = isinstance(many, Mapping)
        steps: Iterable[tuple[Any, Any]] = many.items() if is_named else enumerate(many)
        made: list[Any] = []
        for step, data in steps:
            own = (step, data) if is_named else (data,)
            one = gather.at((key, step), self.one, *own, *more)
            found = self.lost(step, data) if one is None else one
            if found is not None:
                made.append(found)
        return made


def parts_of(value: Value[Any], least: int = 0, **more: Any) -> Parts:  # noqa: ANN401 - as of `Parts`
    """Return a list of values of a kind, each of which is read by itself."""
    whole = list_of(value, least)
    return Parts(as_list, whole.schema, whole.write, one=value.read, **more)


def parts_by_name(
    field: str, schema: Schema, read: Callable[..., Any], write: Callable[[Any], Data], **more: Data
) -> Parts:
    """Return a mapping of ids to parts, each of which has its id as a `field`."""

    def write_all(many: Iterable[object]) -> Data:
        return {getattr(one, field): write(one) for one in many}

    shape = named(schema, propertyNames=ID.schema, **more)
    return Parts(as_mapping, shape, write_all, one=read)
