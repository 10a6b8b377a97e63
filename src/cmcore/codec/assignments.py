"""Assignments, and what is asked of them, to and from plain data: plans as the roles of members."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, Final

import attrs
import cattrs

from cmcore.codec.bounds import Data
from cmcore.codec.plain import (
    Gather,
    Hooks,
    Readers,
    as_mapping,
    as_number,
    opened,
    usual,
)
from cmcore.codec.plans import by_member, read_held
from cmcore.teams.assignment.assignment import Assignment, Goal, GoalLevel, Question, Verification
from cmcore.teams.assignment.choices import Alternatives, WhatIf, WhyNot
from cmcore.teams.assignment.explanation import Explanation
from cmcore.teams.plan import Pair, Plan, PlanDiff, RoleChange

_Item = dict[str, Any]
_Read = Callable[[cattrs.Converter, object], Any]
_Write = Callable[[cattrs.Converter, Any], Data]
_Derive = Callable[[Any], object]


def _read_plan(_: cattrs.Converter, data: object) -> Plan:
    return Plan(read_held(data))


def _read_pairs(_: cattrs.Converter, data: object) -> tuple[Pair, ...]:
    return tuple(read_held(data))


def _read_diff(made: cattrs.Converter, data: object) -> PlanDiff:
    return PlanDiff(made.structure(data, tuple[RoleChange, ...]))


def _read_values(_: cattrs.Converter, data: object) -> tuple[float, ...]:
    item, gather = opened(data, map(str, Goal), {str(goal): None for goal in Goal})
    found = tuple(gather.key(item, str(goal), as_number, 0) for goal in Goal)
    gather.done()
    return found


def _write_values(_: cattrs.Converter, values: Iterable[float]) -> _Item:
    return {str(goal): value for goal, value in zip(Goal, values, strict=True)}


#: How to read and write the parts that files write in their own way.
_OWN: Final[Mapping[Any, tuple[_Read, _Write]]] = {
    Plan: (_read_plan, lambda _, plan: by_member(plan.pairs)),
    PlanDiff: (_read_diff, lambda made, diff: made.unstructure(diff.moves)),
    tuple[Pair, ...]: (_read_pairs, lambda _, pairs: by_member(pairs)),
    tuple[float, ...]: (_read_values, _write_values),
}
#: What is written only for people, derived from the rest, and never read.
DERIVED: Final[Mapping[type, Mapping[str, _Derive]]] = {
    Alternatives: {},
    Assignment: {"moves": lambda one: one.diff.moves if one.levels else None},
    GoalLevel: {"unit": lambda one: one.goal.unit},
    Question: {},
    Verification: {"is_sound": lambda one: one.is_sound},
    WhatIf: {
        "left": lambda one: one.left or None,
        "joined": lambda one: one.joined or None,
        "learned": lambda one: {who: [*many] for who, many in one.learned.items()} or None,
        "opened": lambda one: one.opened,
    },
    WhyNot: {},
}


#: What is written in the mapping of the whole: the name of the part, and of which kind it is.
SPREAD: Final[Mapping[type, Mapping[str, type]]] = {
    Assignment: {"question": Question, "why": Explanation},
    WhyNot: {"why": Explanation},
}


def hooks(made: cattrs.Converter) -> Hooks:
    """Return what reads and writes assignments, with a converter for their parts."""
    for kind in DERIVED:
        attrs.resolve_types(kind)
    readers: Readers = {kind: partial(_read, made, kind=kind) for kind in DERIVED}
    return readers, dict.fromkeys(DERIVED, partial(_write, made))


def _fields(kind: type) -> Iterable["attrs.Attribute[Any]"]:
    return attrs.fields(kind)  # type: ignore[no-any-return]


# --------------------------------------------------------------------------------------- reading


def _read(made: cattrs.Converter, data: object, kind: type) -> Any:  # noqa: ANN401 - of the kind
    """Return a value; what is written with it in one mapping are its question and its reasons."""
    item = {k: told for k, told in as_mapping(data).items() if k not in DERIVED[kind]}
    gather = Gather()
    known: dict[str, Any] = {}
    for name, part in SPREAD.get(kind, {}).items():
        told = {f.name: item.pop(f.name) for f in _fields(part) if f.name in item}
        known[name] = gather.at((), _read_parts, made, told, part)
    if kind is Assignment:
        item.setdefault("plan", {})
        known["explain"] = partial(_told, known.pop("why"))
    return gather.made(gather.at((), partial(_read_parts, **known), made, item, kind))


def _told(why: Explanation, _: Assignment) -> Explanation:
    """Return why something is missing, as it was told."""
    return why


def _read_parts(made: cattrs.Converter, item: _Item, kind: type, **known: object) -> Any:  # noqa: ANN401 - of the kind
    fields = {f.name: f for f in _fields(kind) if f.name not in {*known, "explain"}}
    needed = {name: None for name, f in fields.items() if f.default is attrs.NOTHING}
    _, gather = opened(item, fields, needed)
    told = {
        name: gather.at((name,), _part_reader(made, f.type), item[name])
        for name, f in fields.items()
        if name in item
    }
    return gather.made(None if gather.problems else gather.at((), kind, **known, **told))


def _part_reader(made: cattrs.Converter, kind: Any) -> Callable[[object], Any]:  # noqa: ANN401 - a type
    if kind in _OWN:
        return partial(_OWN[kind][0], made)
    return lambda data: made.structure(data, kind)


# --------------------------------------------------------------------------------------- writing


def _write(made: cattrs.Converter, thing: object) -> _Item:
    told = {name: made.unstructure(derive(thing)) for name, derive in DERIVED[type(thing)].items()}
    written = dict(_written(made, thing))
    written |= {name: plain for name, plain in told.items() if plain is not None}
    for name in SPREAD.get(type(thing), ()):
        written.pop(name, None)
        written |= made.unstructure(getattr(thing, name))
    return written


def _written(made: cattrs.Converter, thing: object) -> Iterable[tuple[str, Data]]:
    for f in _fields(type(thing)):
        given = getattr(thing, f.name)
        if f.name != "explain" and not _is_left_out(thing, f, given):
            write = _OWN[f.type][1] if f.type in _OWN else type(made).unstructure
            yield f.name, write(made, given)


def _is_left_out(thing: object, field: "attrs.Attribute[Any]", given: object) -> bool:
    """Return whether there is nothing to say about a part: nothing found, asked or assigned."""
    if isinstance(thing, Assignment) and field.name == "plan":
        return not thing.levels
    many = not isinstance(thing, Alternatives) and not isinstance(given, bool | int | str)
    return many and usual(field)(given, thing)
