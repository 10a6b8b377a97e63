"""The schemas of verdicts and reviews: of what the converter writes, field by field."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from enum import Enum
from functools import partial
from types import NoneType, UnionType
from typing import Any, Final, Literal, Union, get_args, get_origin

import attrs

from cmcore.base.errors import Problem
from cmcore.base.frozen import FrozenMap
from cmcore.base.truth import Truth
from cmcore.charters.act import Act
from cmcore.charters.charter import Charter
from cmcore.charters.conditions.condition import Condition, FactTest
from cmcore.charters.conditions.facts import Missing
from cmcore.charters.expectation import Expectation
from cmcore.charters.history import Case
from cmcore.charters.rule import Rule
from cmcore.circuits.circuit import ValidationCircuit
from cmcore.codec.errors import PROBLEM
from cmcore.codec.reviews import OPENED
from cmcore.codec.schemas.cases import case_schema
from cmcore.codec.schemas.charters import charter_schema
from cmcore.codec.shapes import Schema, either, listed, mapping, named, ref, told
from cmcore.codec.teams import team_schema
from cmcore.codec.unions import TAGS, is_mixed
from cmcore.codec.values import DAY, DURATION, INSTANT, TEXT
from cmcore.reviews.events import EVENTS, Opening, ReviewEvent
from cmcore.reviews.review import Review
from cmcore.teams.people import Team

#: Definitions by name, gathered while a schema is made.
_Parts = dict[str, Schema]

_PLAIN: Final[dict[object, Schema]] = {
    str: TEXT.schema,
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    NoneType: {"type": "null"},
    date: DAY.schema,
    datetime: INSTANT.schema,
    timedelta: DURATION.schema,
    Truth: {"enum": [repr(truth) for truth in Truth]},
    Missing: mapping({"absence": {"enum": [one.value for one in Missing]}}, ["absence"]),
}


def verdict_schema(kind: type) -> Schema:
    """Return the schema of a value as programs exchange it: what `unstructure` writes of it."""
    parts: _Parts = {}
    made = _shape(kind, parts)
    top = parts.pop(kind.__name__) if made == ref(kind.__name__) else made
    return {"title": kind.__name__, **top, "$defs": dict(sorted(parts.items()))}


def _shape(kind: Any, parts: _Parts) -> Schema:  # noqa: ANN401 - an annotation
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


def _file(make: Callable[[], Schema], parts: _Parts) -> Schema:
    """Return what stands for the schema of a file, which joins the parts."""
    made = make()
    parts |= made.pop("$defs", {})
    parts[made["title"]] = made
    return ref(made["title"])


def _value(kind: type, parts: _Parts) -> Schema:
    """Return what stands for a value written as a mapping of its fields, without what is usual."""
    name = kind.__name__
    if name not in parts:
        parts[name] = {}  # a value may hold others of its kind
        about = (kind.__doc__ or "").partition("\n")[0]
        parts[name] = told(about, mapping(_keys(kind, parts), _needed(kind)))
    return ref(name)


def _generic(kind: Any, parts: _Parts) -> Schema:  # noqa: ANN401 - an annotation
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


def _member(kind: Any, tag: str | None, parts: _Parts) -> Schema:  # noqa: ANN401 - an annotation
    """Return the schema of one of several types, with the tag that says it from the others."""
    made = _shape(kind, parts)
    return made if tag is None or kind is Missing else mapping({tag: made}, [tag])


# ------------------------------------------------------------- what is written in a way of its own


def _condition(parts: _Parts) -> Schema:
    """Return the schema of a condition by itself, with the labels and the like that it reads."""
    charter = charter_schema()
    parts |= charter["$defs"]
    known = {key: charter["properties"][key] for key in ("labels", "events")}
    known["counts"] = known["kinds"] = known["events"]  # of which only the names are known
    return either(ref("condition"), mapping({**known, "when": ref("condition")}, ["when"]))


def _circuits(parts: _Parts) -> Schema:
    """Return the schema of circuits by their ids, as a charter has them."""
    made = charter_schema()
    parts |= made["$defs"]
    return dict(made["properties"]["circuits"])


def _rule(parts: _Parts) -> Schema:
    """Return the schema of a rule, as a charter has it."""
    parts |= charter_schema()["$defs"]
    return ref("rule")


def _expectation(parts: _Parts) -> Schema:
    """Return the schema of an expectation, as a charter has it."""
    parts |= charter_schema()["$defs"]
    return ref("expectation")


def _event(kind: type[ReviewEvent], parts: _Parts) -> Schema:
    """Return the schema of an event of a review, of any kind or of one."""
    if kind is ReviewEvent:
        return either(*(_event(one, parts) for one in EVENTS))
    name = kind.__name__
    word = {"event": {"const": str(kind.kind)}}
    parts[name] = mapping({**word, **_keys(kind, parts)}, ["event", *_needed(kind)])
    return ref(name)


def _review(parts: _Parts) -> Schema:
    keys, needed = _keys(Opening, parts), _needed(Opening)
    keys = {OPENED: keys.pop("at"), **keys, "events": listed(_shape(ReviewEvent, parts))}
    needed[needed.index("at")] = OPENED
    about = "A review: how it was opened, and what happened since."
    parts["Review"] = told(about, mapping(keys, needed))
    return ref("Review")


def _keys(kind: type, parts: _Parts) -> Schema:
    attrs.resolve_types(kind)
    return {f.name: _shape(f.type, parts) for f in attrs.fields(kind) if f.init}


def _needed(kind: type) -> list[str]:
    return [f.name for f in attrs.fields(kind) if f.init and f.default is attrs.NOTHING]


_OWN: Final[dict[object, Callable[[_Parts], Schema]]] = {
    Condition: _condition,
    FactTest: _condition,
    tuple[ValidationCircuit, ...]: _circuits,
    Expectation: _expectation,
    Rule: _rule,
    Problem: lambda _: told(PROBLEM.about, PROBLEM.closed()),
    Review: _review,
    # what is written as files write it
    Act: partial(_file, case_schema),
    Case: partial(_file, case_schema),
    Charter: partial(_file, charter_schema),
    Team: partial(_file, team_schema),
}
