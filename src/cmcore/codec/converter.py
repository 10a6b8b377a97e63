"""The one cattrs converter through which every noun and verdict goes to and from plain data."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, get_args

import attrs
import cattrs

from cmcore.codec.charters import read_charter, write_charter
from cmcore.codec.circuits import read_circuit, write_circuit
from cmcore.codec.conditions import read_condition, write_condition
from cmcore.codec.plain import (
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
    each,
    known_keys,
)
from cmcore.codec.rules import read_label, read_rule, write_label, write_rule
from cmcore.foundation.durations import show_duration
from cmcore.foundation.errors import InvalidError, Problem, refuse
from cmcore.foundation.frozen import FrozenMap
from cmcore.foundation.truth import Truth
from cmcore.nouns.acts import LabelValue
from cmcore.nouns.charter import Charter
from cmcore.nouns.circuits import ValidationCircuit
from cmcore.nouns.conditions import All, AnyOf, AtLeast, Condition, Not, Test
from cmcore.nouns.facts import Absence, Label, Vocabulary
from cmcore.nouns.rules import Rule

_PLAIN: dict[Any, Callable[[object], Any]] = {
    str: as_text,
    bool: as_flag,
    int: as_int,
    float: as_number,
    date: as_date,
    datetime: as_instant,
    timedelta: as_duration,
}
_TAGS: dict[str, Callable[[object], Any]] = {"duration": as_duration, "instant": as_instant}


def make_converter() -> cattrs.Converter:
    """Return a converter that is strict: it coerces nothing and lists every problem."""
    made = cattrs.Converter(detailed_validation=False)
    for python, read in _PLAIN.items():
        made.register_structure_hook(python, _ignoring_type(read))
    made.register_structure_hook_factory(attrs.has, lambda cls: _reader(cls, made))
    made.register_structure_hook_factory(_is(frozenset), lambda cls: _set_reader(cls, made))
    made.register_structure_hook_factory(_is(tuple), lambda cls: _tuple_reader(cls, made))
    made.register_structure_hook_factory(_is(FrozenMap), lambda cls: _map_reader(cls, made))
    made.register_structure_hook(LabelValue, _ignoring_type(_read_label_value))
    made.register_structure_hook(Condition, _ignoring_type(_read_condition))
    made.register_structure_hook(Charter, _ignoring_type(read_charter))
    made.register_structure_hook(Rule, _ignoring_type(lambda d: read_rule(d, Vocabulary())))
    made.register_structure_hook(Label, _ignoring_type(read_label))
    made.register_structure_hook(ValidationCircuit, _ignoring_type(_read_circuit))

    made.register_unstructure_hook_factory(attrs.has, lambda _: _writer(made))
    made.register_unstructure_hook(timedelta, show_duration)
    made.register_unstructure_hook(datetime, lambda at: at.isoformat())
    made.register_unstructure_hook(date, lambda day: day.isoformat())
    made.register_unstructure_hook(Truth, repr)
    made.register_unstructure_hook(Absence, lambda a: {"absence": a.value})
    made.register_unstructure_hook_func(_is(frozenset), sorted)
    made.register_unstructure_hook_func(_is(tuple), lambda many: [made.unstructure(x) for x in many])
    made.register_unstructure_hook_func(
        _is(FrozenMap), lambda m: {key: _write_label_value(item, made) for key, item in m.items()}
    )
    for part in (All, AnyOf, Not, AtLeast, Test):
        made.register_unstructure_hook(part, write_condition)
    made.register_unstructure_hook(Charter, write_charter)
    made.register_unstructure_hook(Rule, write_rule)
    made.register_unstructure_hook(Label, write_label)
    made.register_unstructure_hook(ValidationCircuit, lambda c: {c.id: write_circuit(c)})
    return made


def _ignoring_type(read: Callable[[Any], Any]) -> Callable[[Any, Any], Any]:
    return lambda data, _: read(data)


def _is(kind: type) -> Callable[[Any], bool]:
    return lambda cls: getattr(cls, "__origin__", cls) is kind


def _read_condition(data: object) -> Condition:
    return read_condition(data, Vocabulary())


def _read_circuit(data: object) -> ValidationCircuit:
    item = as_mapping(data)
    if len(item) != 1:
        raise refuse("a circuit is one name with its stages", hint="as in `{crisis: [...]}`")
    ((id_, stages),) = item.items()
    return read_circuit(id_, stages)


def _reader(cls: type, converter: cattrs.Converter) -> Callable[[Any, Any], Any]:
    """Return a hook that reads a mapping into an attrs class, every problem at once."""
    attrs.resolve_types(cls)
    fields = {f.name: f for f in attrs.fields(cls) if f.init}

    def read(data: object, _: Any) -> Any:
        item = as_mapping(data)
        gather = Gather()
        gather.add(known_keys(item, fields))
        gather.add(
            Problem(f"`{name}` is missing", (name,))
            for name, f in fields.items()
            if f.default is attrs.NOTHING and name not in item
        )
        given = {
            name: gather.at((name,), converter.structure, item[name], fields[name].type)
            for name in fields
            if name in item
        }
        gather.done()
        return cls(**given)

    return read


def _writer(converter: cattrs.Converter) -> Callable[[Any], dict[str, Any]]:
    """Return a hook that writes an attrs value as a mapping without what is usual."""

    def write(thing: Any) -> dict[str, Any]:
        fields = [f for f in attrs.fields(type(thing)) if f.init and f.name[0] != "_"]
        values = [(f, getattr(thing, f.name)) for f in fields]
        return {f.name: converter.unstructure(v) for f, v in values if not _usual(f, v)}

    return write


def _usual(field: "attrs.Attribute[Any]", given: object) -> bool:
    default = field.default
    if isinstance(default, attrs.Factory):  # type: ignore[arg-type]
        default = default.factory()
    return type(default) is type(given) and default == given


def _set_reader(cls: Any, converter: cattrs.Converter) -> Callable[[Any, Any], Any]:
    (kind,) = get_args(cls) or (str,)
    return lambda data, _: frozenset(each(data, lambda x: converter.structure(x, kind)))


def _tuple_reader(cls: Any, converter: cattrs.Converter) -> Callable[[Any, Any], Any]:
    kind = get_args(cls)[0]
    return lambda data, _: tuple(each(as_list(data), lambda x: converter.structure(x, kind)))


def _map_reader(cls: Any, converter: cattrs.Converter) -> Callable[[Any, Any], Any]:
    (kind,) = get_args(cls)

    def read(data: object, _: Any) -> FrozenMap[Any]:
        gather = Gather()
        item = as_mapping(data)
        made = {key: gather.at((key,), converter.structure, v, kind) for key, v in item.items()}
        gather.done()
        return FrozenMap(made)

    return read


def _read_label_value(data: object) -> Any:
    if isinstance(data, list):
        return frozenset(each(data, as_text))
    if isinstance(data, Mapping) and len(data) == 1 and set(data) <= set(_TAGS):
        ((tag, item),) = data.items()
        return _TAGS[tag](item)
    if isinstance(data, bool | int | float | str):
        return data
    raise InvalidError([Problem("a label is a flag, number, text or list of words")])


def _write_label_value(given: Any, converter: cattrs.Converter) -> Any:
    plain = converter.unstructure(given)
    if isinstance(given, timedelta):
        return {"duration": plain}
    return {"instant": plain} if isinstance(given, datetime) else plain


