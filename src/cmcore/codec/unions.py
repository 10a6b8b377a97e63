"""Values of several types in one place: what a label holds, what a fact reads, an amount."""

from collections.abc import Callable, Hashable, Mapping
from datetime import datetime, timedelta
from enum import Enum, StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Final, Literal, Union, cast, get_args, get_origin

import attrs
import cattrs

from cmcore.base.errors import refuse
from cmcore.base.ids import nearest
from cmcore.base.regex import regex
from cmcore.base.truth import Truth
from cmcore.charters.conditions.facts import Bad, Log, Missing
from cmcore.codec.bounds import Data
from cmcore.codec.hours import as_hours
from cmcore.codec.plain import as_duration, as_mapping, as_text, each, wrong
from cmcore.time.calendar import WorkingDays
from cmcore.time.clocks import Length, WorkingWeek
from cmcore.time.units import CalendarUnit, Window
from cmcore.time.week import Week

_Read = Callable[[object, object], Any]
#: What a mapping of one key distinguishes from a text or from each other.
TAGS: Final[dict[str, type]] = {
    "duration": timedelta,
    "instant": datetime,
    "working_days": WorkingDays,
    "absence": Missing,
    "bad": Bad,
    "log": Log,
}
#: What such a value is called in a problem, by a type it may have.
_WANTED: Final = (("label-value", frozenset), ("fact-value", str), ("amount", int))
_BARE: Final = (bool, int, float, str)


def register_unions(made: cattrs.Converter) -> None:
    """Teach a converter unions, enumerations and literals."""
    made.register_structure_hook_factory(is_mixed, lambda kind: _mixed_reader(kind, made))
    made.register_structure_hook_factory(_is_of_values, lambda kind: _value_reader(kind, made))
    made.register_structure_hook_func(_is_literal, _read_literal)
    made.register_structure_hook_func(lambda kind: kind == Window, lambda data, _: _window(data))
    made.register_structure_hook_func(lambda kind: kind == Length, lambda data, _: as_length(data))
    made.register_structure_hook_func(
        lambda kind: kind == Length | None,
        lambda data, _: None if data is None else as_length(data),
    )
    made.register_structure_hook_func(
        lambda kind: kind == Week | WorkingWeek, lambda data, _: as_hours(data)
    )
    for words in (StrEnum, Enum):  # a word is text too: it must come before that
        made.register_structure_hook(words, _read_word)
    truths = {repr(truth): truth for truth in Truth}
    made.register_structure_hook(Truth, lambda data, _: _named(data, truths))
    made.register_structure_hook(Missing, lambda data, _: _read_absence(data))
    made.register_unstructure_hook(Missing, lambda absence: {"absence": absence.value})
    made.register_unstructure_hook_factory(is_mixed, lambda kind: _mixed_writer(kind, made))


def as_length(data: object) -> Length:
    """Return a duration, or a number of working days."""
    days = WorkingDays.parse(data) if isinstance(data, str) else None
    if days is None and isinstance(data, str) and _DAYS.search(data):
        meant = WorkingDays.parse(_DAYS.sub("working days", data))
        raise refuse("wrong-value", given=data, wanted="working-days", write=str(meant or ""))
    return days or as_duration(data)


#: What shows that working days are meant.
_DAYS: Final = regex(r"(?i)(?:working|business|work)[ -]?days?|jours?[ -]ouvr(?:és?|ables?)")


def _members(kind: object) -> frozenset[Any]:
    """Return what a union is made of; nothing where it is none."""
    is_union = get_origin(kind) in {Union, UnionType}
    return frozenset(get_origin(one) or one for one in get_args(kind)) if is_union else frozenset()


@cache  # asked of the type of each part that is written, of which there are few
def is_mixed(kind: Hashable) -> bool:
    """Return whether a type is a union of types that plain data may not distinguish."""
    members = _members(kind) - {NoneType}
    return len(members) > 1 and not members.isdisjoint(_BARE)


def _is_of_values(kind: object) -> bool:
    members = _members(kind) - {NoneType}
    return len(members) > 1 and all(isinstance(one, type) and attrs.has(one) for one in members)


def _is_literal(kind: object) -> bool:
    return get_origin(kind) is Literal


# --------------------------------------------------------------------------------------- reading


def _named(data: object, words: Mapping[str, Any]) -> Any:  # noqa: ANN401 - what the words name
    text = as_text(data)
    if text not in words:
        raise refuse("not-a-choice", given=text, near=nearest(text, words), known=words)
    return words[text]


@cache
def _words(kind: type[Enum]) -> Mapping[str, Enum]:
    return {str(word.value): word for word in kind}


def _read_word(data: object, kind: type[Enum]) -> Enum:
    return cast("Enum", _named(data, _words(kind)))


def _window(data: object) -> Window:
    """Return a window: a length of time, or a unit of the calendar; null is ever."""
    if isinstance(data, str) and data in {*CalendarUnit}:
        return CalendarUnit(data)
    return None if data is None else as_duration(data)


def _read_literal(data: object, kind: object) -> object:
    return _named(data, {str(word): word for word in get_args(kind)})


def _read_absence(data: object) -> Missing:
    return cast("Missing", _read_word(as_mapping(data).get("absence"), Missing))


def _mixed_reader(kind: object, made: cattrs.Converter) -> _Read:
    """Return a reader of any of some types, distinguished by what they look like, or by a tag."""
    members = _members(kind)
    tags = {tag: one for tag, one in TAGS.items() if one in members}
    bare = members & {*_BARE}
    wanted = next(word for word, one in _WANTED if one in members)

    def read(data: object, _: object) -> object:
        if type(data) in bare or (isinstance(data, int | float) and {int, float} & bare
                                  and not isinstance(data, bool) and data - data == 0):  # fmt: skip
            return data
        if data is None and NoneType in members:
            return None
        if isinstance(data, list) and frozenset in members:
            return frozenset(each(cast("object", data), as_text))
        if isinstance(data, str) and timedelta in members:
            return as_duration(data)
        if isinstance(data, Mapping) and len(cast("Mapping[object, object]", data)) == 1:
            ((tag, given),) = as_mapping(data).items()
            if tag in tags:
                return made.structure(data if tag == "absence" else given, tags[tag])
        raise wrong(data, wanted, "leave-fact-out" if data is None else None)

    return read


def _value_reader(kind: object, made: cattrs.Converter) -> _Read:
    """Return a reader of several kinds of value, distinguished by their keys."""
    fields = {one: [f for f in attrs.fields(one) if f.init] for one in _members(kind) - {NoneType}}
    names = {one: {f.name for f in some} for one, some in fields.items()}
    needed = {
        one: {f.name for f in some if f.default is attrs.NOTHING} for one, some in fields.items()
    }
    ordered = sorted(names, key=lambda one: one.__name__)

    def read(data: object, _: object) -> object:
        item = as_mapping(data)

        def fits(one: type) -> tuple[bool, int, int]:
            must = needed[one]
            return must <= item.keys(), len(must), len(names[one] & item.keys())

        return made.structure(item, max(ordered, key=fits))

    return read


# --------------------------------------------------------------------------------------- writing


def _mixed_writer(kind: object, made: cattrs.Converter) -> Callable[[object], Data]:
    tells = str in _members(kind)

    def write(thing: object) -> Data:
        plain = made.unstructure(thing)
        tag = next((tag for tag, one in TAGS.items() if isinstance(thing, one)), None)
        return {tag: plain} if tells and tag not in {None, "absence"} else plain

    return write
