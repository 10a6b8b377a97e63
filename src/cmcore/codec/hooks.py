"""The one cattrs converter through which every noun and verdict goes to and from plain data.

What reads and writes the values of a subject is imported when the first of them is met, so that a
program which reads charters loads nothing of incidents.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cache, partial
from importlib import import_module
from types import MappingProxyType, ModuleType, NoneType, UnionType
from typing import Any, Final, Union, get_args, get_origin

import attrs
import cattrs

from cmcore.base.amounts import show_duration
from cmcore.base.errors import InvalidError, Problem, refuse
from cmcore.base.frozen import FrozenMap
from cmcore.base.ledgers import View
from cmcore.base.truth import Truth
from cmcore.codec.acts import nested
from cmcore.codec.bounds import Data
from cmcore.codec.errors import PROBLEM
from cmcore.codec.hours import as_week
from cmcore.codec.plain import (
    Gather,
    Hooks,
    Readers,
    Writers,
    as_bare,
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
    opened,
    usual,
)
from cmcore.codec.unions import is_mixed, register_unions
from cmcore.time.clocks import WorkingWeek
from cmcore.time.week import Week

#: Folder of a subject -> the modules that read and write its values.
_MODULES: Final[Mapping[str, tuple[str, ...]]] = {
    "teams": ("teams", "needs", "plans", "assignments"),
    "circuits": ("circuits",),
    "charters": ("charters", "alone", "guarantees"),
    "reviews": ("reviews",),
    "incidents": ("events", "incidents", "playbooks"),
    "requests": ("requests",),
    "organisations": ("organisations",),
    "decisionlog": ("redactions", "entries"),
    "time": ("clocks",),
}


def make_converter() -> cattrs.Converter:
    """Return a converter that is strict: it coerces nothing and lists every problem."""
    made = cattrs.Converter(detailed_validation=False)
    _register_readers(made)
    _register_writers(made)
    _register_subjects(made)
    return made


def _register_subjects(made: cattrs.Converter) -> None:
    """Let a converter find what reads and writes the values of a subject once it meets one."""

    @cache
    def hooks(folder: str) -> Hooks:
        found = [_hooks(module, made) for module in _modules(folder)]
        return (
            {kind: read for readers, _ in found for kind, read in readers.items()},
            {kind: write for _, writers in found for kind, write in writers.items()},
        )

    def found(side: int, kind: Any) -> Any:  # noqa: ANN401 - a type, and its hook
        tables = (hooks(folder)[side] for folder in _folders(kind))
        return next((table[kind] for table in tables if kind in table), None)

    reads, writes = partial(found, 0), partial(found, 1)
    made.register_structure_hook_factory(reads, lambda kind: _ignoring_type(reads(kind)))
    made.register_unstructure_hook_factory(writes, writes)


def _folders(kind: Any) -> list[str]:  # noqa: ANN401 - a type
    """Return the folders of the subjects that a type, or what a union is made of, belongs to."""
    homes = [getattr(one, "__module__", "") for one in (kind, *get_args(kind))]
    return [home.split(".")[1] for home in homes if home.startswith("cmcore.")]


def _modules(folder: str) -> list[ModuleType]:
    return [import_module(f"cmcore.codec.{name}") for name in _MODULES.get(folder, ())]


def _hooks(module: ModuleType, made: cattrs.Converter) -> Hooks:
    """Return what a module reads and writes: its tables, or what it makes with a converter."""
    if hasattr(module, "hooks"):
        found: Hooks = module.hooks(made)
        return found
    return module.READERS, module.WRITERS


# --------------------------------------------------------------------------------------- reading


def _register_readers(made: cattrs.Converter) -> None:
    made.register_structure_hook_factory(attrs.has, lambda cls: class_reader(cls, made))
    register_unions(made)
    for python, read in _READERS.items():
        made.register_structure_hook(python, _ignoring_type(read))
    made.register_structure_hook_factory(_is(frozenset), lambda cls: _many_reader(cls, made))
    for many in (tuple, Sequence):
        made.register_structure_hook_factory(_is(many), lambda cls: _many_reader(cls, made))
    made.register_structure_hook_factory(_is(FrozenMap), lambda cls: _map_reader(cls, made))


def _ignoring_type(read: Callable[[object], Any]) -> Callable[[object, object], Any]:
    return lambda data, _: read(data)


def _is(kind: type) -> Callable[[Any], bool]:
    return lambda cls: (get_origin(cls) or cls) is kind


def class_reader(
    cls: type,
    converter: cattrs.Converter,
    *,
    keys: Mapping[str, str] = MappingProxyType({}),
    beside: Collection[str] = (),
    own: Mapping[Any, Callable[[object], Any]] = MappingProxyType({}),
) -> Callable[[object, object], Any]:
    """Return a hook that reads a mapping into an attrs class, every problem at once.

    `keys` are the keys of the fields that have another name in the mapping, `beside` the keys that
    others read, and `own` what reads fields of some types.
    """
    attrs.resolve_types(cls)
    fields = {keys.get(f.name, f.name): f for f in attrs.fields(cls) if f.init}
    needed = {key: None for key, f in fields.items() if f.default is attrs.NOTHING}
    known = frozenset({*fields, *beside})
    shaped, look = _shape(cls), _looks(cls)

    steps = [
        (key, f.name, own.get(f.type) or _usual(f.type, converter)) for key, f in fields.items()
    ]
    musts = {fields[key].name for key in needed}

    def read(data: object, _: object = cls) -> object:
        given: Any = shaped(data)
        is_usual = type(given) is dict and needed.keys() <= given.keys() <= known
        item, gather = (given, Gather()) if is_usual else opened(given, known, needed)
        told: dict[str, Any] = {}
        for key, name, reader in steps:
            if key in item:
                try:
                    told[name] = reader(item[key])
                except InvalidError as error:
                    gather.add(problem.under(key) for problem in error.problems)
        # what could be read is looked at too, so that all is told in one round
        found = gather.at((), partial(cls, **told)) if musts <= told.keys() else None
        if found is not None and look is not None:
            gather.add(look(found))
        return gather.made(found)

    return read


def _usual(kind: Any, converter: cattrs.Converter) -> Callable[[object], Any]:  # noqa: ANN401 - a type
    """Return what reads a type as a converter does, which it is asked for once, when it is met."""
    others = [one for one in get_args(kind) if one is not NoneType]
    if get_origin(kind) in {Union, UnionType} and len(others) == 1:
        read = _usual(others[0], converter)
        return lambda data: None if data is None else read(data)
    if kind in _READERS:
        return _READERS[kind]
    hook = cache(partial(converter.get_structure_hook, kind))
    return lambda data: hook()(data, kind)


def _shape(cls: type) -> Callable[[object], object]:
    """Return what brings plain data into the shape of the fields of a class."""
    if "charters" in _folders(cls):
        from cmcore.charters.act import Act

        return nested if cls is Act else _same
    return _same


def _same(data: object) -> object:
    return data


def _looks(cls: type) -> Callable[[Any], Iterator[Problem]] | None:
    """Return what finds out whether a value that was read says something against itself."""
    if "charters" not in _folders(cls):
        return None
    from cmcore.codec.decisions import FORGED  # which imports charters

    return FORGED.get(cls)


def _many_reader(cls: Any, converter: cattrs.Converter) -> Callable[[object, object], Any]:  # noqa: ANN401 - a type as cattrs tells it
    kinds: tuple[Any, ...] = get_args(cls)
    kind = kinds[0]
    if len(kinds) > 1 and kinds[-1] is not Ellipsis:
        return lambda data, _: _read_row(data, kinds, converter)
    make = frozenset if get_origin(cls) is frozenset else tuple
    read = _usual(kind, converter)
    return lambda data, _: make(each(data, read))


def _read_row(data: object, kinds: tuple[Any, ...], converter: cattrs.Converter) -> tuple[Any, ...]:
    """Return a list of fixed length, each element of its kind."""
    items, gather = as_list(data), Gather()
    if len(items) != len(kinds):
        raise refuse("wrong-length", count=len(items), wanted=len(kinds))
    made = tuple(
        gather.at((index,), converter.structure, item, kind)
        for index, (item, kind) in enumerate(zip(items, kinds, strict=True))
    )
    return gather.made(made)


def _map_reader(cls: Any, converter: cattrs.Converter) -> Callable[[object, object], Any]:  # noqa: ANN401 - a type as cattrs tells it
    (kind,) = get_args(cls)
    usual = _usual(kind, converter)

    def read(data: object, _: object) -> FrozenMap[Any]:
        gather = Gather()
        item = as_mapping(data)
        made = {key: gather.at((key,), usual, one) for key, one in item.items()}
        return FrozenMap(gather.made(made))

    return read


_READERS: Final[Readers] = {
    str: as_text,
    bool: as_flag,
    int: as_int,
    float: as_number,
    date: as_date,
    datetime: as_instant,
    timedelta: as_duration,
    Week: as_week,
    Problem: PROBLEM.read,
    str | int: lambda step: as_text(step) if isinstance(step, str) else as_int(step),
    bool | int | float | str: as_bare,
}


# --------------------------------------------------------------------------------------- writing


_Write = Callable[[Any], Data]


def _register_writers(made: cattrs.Converter) -> None:
    made.register_unstructure_hook_factory(attrs.has, lambda cls: class_writer(cls, made))
    for python, write in _WRITERS.items():
        made.register_unstructure_hook(python, write)
    one = writer(None, made)

    def write_many(many: Any) -> list[Data]:  # noqa: ANN401 - a frozenset, a tuple or a view
        return [*map(one, _ordered(many))]

    made.register_unstructure_hook_func(_is(frozenset), write_many)
    made.register_unstructure_hook_func(_is(tuple), write_many)
    made.register_unstructure_hook_func(_is_view, write_many)
    made.register_unstructure_hook_factory(_is(FrozenMap), lambda cls: _map_writer(cls, made))


def _is_view(kind: Any) -> bool:  # noqa: ANN401 - a type as cattrs tells it
    return isinstance(kind, type) and issubclass(kind, View)


def _map_writer(
    cls: Any,  # noqa: ANN401 - a type as cattrs tells it
    converter: cattrs.Converter,
) -> Callable[[Mapping[str, object]], dict[str, Data]]:
    one = writer(next(iter(get_args(cls)), None), converter)
    return lambda many: {str(key): one(given) for key, given in many.items()}


def writer(kind: Any, converter: cattrs.Converter) -> _Write:  # noqa: ANN401 - as above
    """Return what writes a part: by its type, where its class does not say enough, else by that."""
    if is_mixed(kind) or _is(FrozenMap)(kind):
        hook = cache(partial(converter.get_unstructure_hook, kind))
        return lambda given: hook()(given)  # noqa: PLW0108 - a type may hold itself
    hooks = cache(converter.get_unstructure_hook)
    return lambda given: hooks(given.__class__)(given)


def _ordered(many: Any) -> list[Any]:  # noqa: ANN401 - a frozenset or a tuple
    return sorted(many, key=str) if isinstance(many, frozenset) else list(many)


def class_writer(
    cls: type,
    converter: cattrs.Converter,
    *,
    own: Mapping[Any, Callable[[Any], Data]] = MappingProxyType({}),
) -> Callable[[object], dict[str, Data]]:
    """Return a hook that writes an attrs value as a mapping without what is usual.

    `own` is what writes fields of some types.
    """
    attrs.resolve_types(cls)
    steps = [
        (f.name, usual(f), own.get(f.type) or writer(f.type, converter))
        for f in attrs.fields(cls)
        if f.init
    ]

    def write(thing: object) -> dict[str, Data]:
        made: dict[str, Data] = {}
        for name, is_usual, one in steps:
            given = getattr(thing, name)
            if not is_usual(given, thing):
                made[name] = one(given)
        return made

    return write


_WRITERS: Final[Writers] = {
    # a word of an enumeration becomes plain text, as does any other kind of text or number
    bool: bool,
    str: str.__str__,
    int: int.__int__,
    float: float.__float__,
    timedelta: show_duration,
    datetime: datetime.isoformat,
    date: date.isoformat,
    Truth: repr,
    Week: str,
    WorkingWeek: str,
    Problem: PROBLEM.write,
}
