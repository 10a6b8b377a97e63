"""The schemas of verdicts and reviews: of what the converter writes, field by field."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Final, Literal, Union, get_args, get_origin

import attrs

from cmcore.base.errors import Problem
from cmcore.base.frozen import FrozenMap
from cmcore.base.truth import Truth
from cmcore.charters.conditions.facts import Missing
from cmcore.codec.assignments import DERIVED, SPREAD
from cmcore.codec.errors import PROBLEM
from cmcore.codec.reviews import OPENED
from cmcore.codec.schemas.parts import WRITTEN_AS_IN_FILES, Make, Parts
from cmcore.codec.shapes import Schema, either, listed, mapping, named, ref, told
from cmcore.codec.unions import TAGS, is_mixed
from cmcore.codec.values import DAY, DURATION, HOURS, INSTANT, TEXT, WEEK
from cmcore.reviews.events import EVENTS, Opening, ReviewEvent
from cmcore.reviews.review import Review
from cmcore.teams.assignment.assignment import Goal
from cmcore.teams.plan import Pair, Plan, PlanDiff, RoleChange
from cmcore.time.calendar import WorkingDays
from cmcore.time.clocks import WorkingWeek
from cmcore.time.week import Week

_PLAIN: Final[dict[object, Schema]] = {
    str: TEXT.schema,
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    NoneType: {"type": "null"},
    date: DAY.schema,
    datetime: INSTANT.schema,
    timedelta: DURATION.schema,
    Week: WEEK.schema,
    WorkingWeek: HOURS.schema,
    WorkingDays: TEXT.schema,
    Truth: {"enum": [repr(truth) for truth in Truth]},
    Missing: mapping({"absence": {"enum": [one.value for one in Missing]}}, ["absence"]),
}


def verdict_schema(kind: type) -> Schema:
    """Return the schema of a value as programs exchange it: what `unstructure` writes of it."""
    parts: Parts = {}
    made = _shape(kind, parts)
    top = parts.pop(kind.__name__) if made == ref(kind.__name__) else made
    return {**top, "title": kind.__name__, "$defs": dict(sorted(parts.items()))}


def _shape(kind: Any, parts: Parts) -> Schema:  # noqa: ANN401 - an annotation
    """Return the schema of what an annotation takes; what it refers to joins the parts."""
    if kind in _PLAIN:
        return _PLAIN[kind]
    if kind in _OWN:
        return _OWN[kind](parts)
    if isinstance(kind, type) and issubclass(kind, ReviewEvent):
        return _event(kind, parts)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return {"enum": [word.value for word in kind]}
    if attrs.has(kind):
        return _value(kind, parts)
    return _generic(kind, parts)


def _value(kind: type, parts: Parts) -> Schema:
    """Return what stands for a value written as a mapping of its fields, without what is usual."""
    name = kind.__name__
    if name not in parts:
        parts[name] = {}  # a value may hold others of its kind
        about = (kind.__doc__ or "").partition("\n")[0]
        keys, needed = (_assigned if kind in DERIVED else _fields)(kind, parts)
        parts[name] = told(about, mapping(keys, needed))
    return ref(name)


def _fields(kind: type, parts: Parts) -> tuple[Schema, list[str]]:
    return _keys(kind, parts), _needed(kind)


def _assigned(kind: type, parts: Parts) -> tuple[Schema, list[str]]:
    """Return the keys of an assignment or the like, and those that it always has.

    Its question and its reasons are written in its own mapping, and what is derived from them.
    """
    attrs.resolve_types(kind)
    spread = SPREAD.get(kind, {})
    found = [_assigned(part, parts) for part in spread.values()]
    keys: Schema = {name: one for more, _ in found for name, one in more.items()}
    needed = [name for _, some in found for name in some]
    for f in attrs.fields(kind):
        if f.name not in {*_NEVER, *spread}:
            own = _HELD.get(f.type)
            keys[f.name] = own(parts) if own else _shape(f.type, parts)
            needed += [f.name] * (f.default is attrs.NOTHING and f.type is not Plan)
    derived = {name: _shape(_DERIVED[name], parts) for name in DERIVED.get(kind, ())}
    return {**keys, **derived}, needed


#: What is written of no assignment.
_NEVER: Final = frozenset({"explain"})
#: What is written of one beside its fields: name -> what it is.
_DERIVED: Final[Mapping[str, Any]] = {
    "moves": tuple[RoleChange, ...],
    "unit": str,
    "is_sound": bool,
    "left": tuple[str, ...],
    "joined": tuple[str, ...],
    "learned": FrozenMap[tuple[str, ...]],
    "opened": int,
}


def _held(_: Parts) -> Schema:
    return named(listed(TEXT.schema))


#: What assignments have, written in a way of their own.
_HELD: Final[Mapping[object, Make]] = {
    Plan: _held,
    tuple[Pair, ...]: _held,
    PlanDiff: lambda parts: _shape(tuple[RoleChange, ...], parts),
    tuple[float, ...]: lambda _: mapping({str(goal): {"type": "number"} for goal in Goal}),
}


def _generic(kind: Any, parts: Parts) -> Schema:  # noqa: ANN401 - an annotation
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Literal:
        return {"enum": list(inner)}
    if origin in {Union, UnionType}:
        tags = {one: tag for tag, one in TAGS.items()} if is_mixed(kind) and str in inner else {}
        return either(*(_member(one, tags.get(one), parts) for one in inner))
    if origin is FrozenMap:
        return named(_shape(inner[0], parts))
    if origin is tuple and Ellipsis not in inner:
        return _row([_shape(one, parts) for one in inner])
    return listed(_shape(inner[0], parts))


def _row(cells: list[Schema]) -> Schema:
    """Return the schema of a list in which each place has a schema of its own."""
    count = len(cells)
    return {"type": "array", "prefixItems": cells, "minItems": count, "maxItems": count}


def _member(kind: Any, tag: str | None, parts: Parts) -> Schema:  # noqa: ANN401 - an annotation
    """Return the schema of one of several types, with the tag that says it from the others."""
    made = _shape(kind, parts)
    return made if tag is None or kind is Missing else mapping({tag: made}, [tag])


# ------------------------------------------------------------- what is written in a way of its own


def _event(kind: type[ReviewEvent], parts: Parts) -> Schema:
    """Return the schema of an event of a review, of any kind or of one."""
    if kind is ReviewEvent:
        return either(*(_event(one, parts) for one in EVENTS))
    name = kind.__name__
    word = {"event": {"const": str(kind.kind)}}
    parts[name] = mapping({**word, **_keys(kind, parts)}, ["event", *_needed(kind)])
    return ref(name)


def _review(parts: Parts) -> Schema:
    keys, needed = _keys(Opening, parts), _needed(Opening)
    keys = {OPENED: keys.pop("at"), **keys, "events": listed(_shape(ReviewEvent, parts))}
    needed[needed.index("at")] = OPENED
    about = "A review: how it was opened, and what happened since."
    parts["Review"] = told(about, mapping(keys, needed))
    return ref("Review")


def _keys(kind: type, parts: Parts) -> Schema:
    attrs.resolve_types(kind)
    return {f.name: _shape(f.type, parts) for f in attrs.fields(kind) if f.init}


def _needed(kind: type) -> list[str]:
    return [f.name for f in attrs.fields(kind) if f.init and f.default is attrs.NOTHING]


_OWN: Final[dict[object, Make]] = {
    **WRITTEN_AS_IN_FILES,
    Problem: lambda _: told(PROBLEM.about, PROBLEM.closed()),
    Review: _review,
}
