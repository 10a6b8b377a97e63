"""The one cattrs converter through which every noun and verdict goes to and from plain data."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, Final, TypeVar, cast, get_args, get_origin

import attrs
import cattrs
from cmcore.base.amounts import show_duration

from cmcore.base.errors import Problem, refuse
from cmcore.base.frozen import FrozenMap
from cmcore.base.truth import Truth
from cmcore.charters.act import Act
from cmcore.charters.charter import Charter
from cmcore.charters.conditions.condition import Condition
from cmcore.charters.conditions.facts import Label, Missing
from cmcore.charters.rule import Rule
from cmcore.circuits.circuit import ValidationCircuit
from cmcore.codec.acts import nested
from cmcore.codec.alone import read_alone, read_part, read_rule_alone, write_alone, write_rule_alone
from cmcore.codec.assignments import register
from cmcore.codec.bounds import Data
from cmcore.codec.charters import read_charter, write_charter
from cmcore.codec.circuits import read_circuit, write_circuit
from cmcore.codec.decisions import FORGED
from cmcore.codec.errors import read_problem, write_problem
from cmcore.codec.incidents import READERS as INCIDENT_READERS
from cmcore.codec.incidents import WRITERS as INCIDENT_WRITERS
from cmcore.codec.needs import read_needs, write_needs
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
    is_usual,
    opened,
)
from cmcore.codec.plans import read_plan, write_plan
from cmcore.codec.requests import (
    read_desk,
    read_entry,
    read_log,
    read_route,
    read_target,
    write_desk,
    write_entry,
    write_log,
    write_route,
    write_target,
)
from cmcore.codec.reviews import register_reviews
from cmcore.codec.rules import read_label, write_label
from cmcore.codec.teams import as_week, read_team, write_team
from cmcore.codec.unions import is_mixed, register_unions
from cmcore.requests.desk import Desk, Route, Target
from cmcore.requests.log import RequestLog
from cmcore.requests.request import Request, RequestEvent
from cmcore.teams.needs import Needs
from cmcore.teams.people import Team
from cmcore.teams.plan import Plan
from cmcore.time.week import Week

_Read = Callable[[object], Any]
_Write = Callable[[Any], Data]
_E = TypeVar("_E", Request, RequestEvent)


def make_converter() -> cattrs.Converter:
    """Return a converter that is strict: it coerces nothing and lists every problem."""
    made = cattrs.Converter(detailed_validation=False)
    _register_readers(made)
    _register_writers(made)
    return made


# --------------------------------------------------------------------------------------- reading


def _register_readers(made: cattrs.Converter) -> None:
    made.register_structure_hook_factory(attrs.has, lambda cls: _class_reader(cls, made))
    register_unions(made)
    for python, read in _READERS.items():
        made.register_structure_hook(python, _ignoring_type(read))
    made.register_structure_hook_factory(_is(frozenset), lambda cls: _many_reader(cls, made))
    made.register_structure_hook_factory(_is(tuple), lambda cls: _many_reader(cls, made))
    made.register_structure_hook_factory(_is(FrozenMap), lambda cls: _map_reader(cls, made))


def _ignoring_type(read: _Read) -> Callable[[object, object], Any]:
    return lambda data, _: read(data)


def _is(kind: type) -> Callable[[Any], bool]:
    return lambda cls: (get_origin(cls) or cls) is kind


def _class_reader(cls: type, converter: cattrs.Converter) -> Callable[[object, object], Any]:
    """Return a hook that reads a mapping into an attrs class, every problem at once."""
    attrs.resolve_types(cls)
    fields = {f.name: f for f in attrs.fields(cls) if f.init}
    needed = {name: None for name, f in fields.items() if f.default is attrs.NOTHING}
    look = FORGED.get(cls, _nothing)

    def read(data: object, _: object) -> object:
        item, gather = opened(nested(data) if cls is Act else data, fields, needed)
        given: dict[str, Any] = {}
        for name in (name for name in fields if name in item):
            known = len(gather.problems)
            made = gather.at(
                (name,), converter.structure, item[name], cast("Any", fields[name].type)
            )
            if len(gather.problems) == known:
                given[name] = made
        # what could be read is looked at too, so that all is told in one round
        found = gather.at((), partial(cls, **given)) if needed.keys() <= given.keys() else None
        if found is not None:
            gather.add(look(found))
        return gather.made(found)

    return read


def _nothing(_: object) -> Iterator[Problem]:
    """Yield no problem: a value that could be made says nothing against itself."""
    yield from ()


def _many_reader(cls: Any, converter: cattrs.Converter) -> Callable[[object, object], Any]:  # noqa: ANN401 - a type as cattrs tells it
    kinds: tuple[Any, ...] = get_args(cls)
    kind = kinds[0]
    if len(kinds) > 1 and kinds[-1] is not Ellipsis:
        return lambda data, _: _read_row(data, kinds, converter)
    return lambda data, _: get_origin(cls)(each(data, lambda x: converter.structure(x, kind)))


def _read_row(data: object, kinds: tuple[Any, ...], converter: cattrs.Converter) -> tuple[Any, ...]:
    """Return a list of so many things, each of its kind."""
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

    def read(data: object, _: object) -> FrozenMap[Any]:
        gather = Gather()
        item = as_mapping(data)
        made = {key: gather.at((key,), converter.structure, v, kind) for key, v in item.items()}
        return FrozenMap(gather.made(made))

    return read


def _read_circuit(data: object) -> ValidationCircuit:
    item = as_mapping(data)
    if len(item) != 1:
        raise refuse("circuit-alone")
    ((id_, stages),) = item.items()
    gather = Gather()
    return gather.made(gather.at((id_,), read_circuit, id_, stages))


def _of_kind(kind: type[_E], entry: Request | RequestEvent) -> _E:
    if isinstance(entry, kind):
        return entry
    raise refuse("wrong-event", found=type(entry).__name__, wanted=kind.__name__)


_READERS: Final[dict[Any, _Read]] = {
    str: as_text,
    bool: as_flag,
    int: as_int,
    float: as_number,
    date: as_date,
    datetime: as_instant,
    timedelta: as_duration,
    str | int: lambda step: as_text(step) if isinstance(step, str) else as_int(step),
    Condition: read_alone,
    **{kind: read_part(kind) for kind in get_args(Condition)},
    Charter: read_charter,
    Rule: read_rule_alone,
    Label: read_label,
    ValidationCircuit: _read_circuit,
    Week: as_week,
    Team: read_team,
    Needs: read_needs,
    Plan: read_plan,
    Problem: read_problem,
    Desk: read_desk,
    Target: read_target,
    Route: read_route,
    RequestLog: read_log,
    Request: lambda data: _of_kind(Request, read_entry(data)),
    RequestEvent: lambda data: _of_kind(RequestEvent, read_entry(data)),
    **INCIDENT_READERS,
}


# --------------------------------------------------------------------------------------- writing


def _register_writers(made: cattrs.Converter) -> None:
    made.register_unstructure_hook_factory(attrs.has, lambda cls: _class_writer(cls, made))
    for python, write in _WRITERS.items():
        made.register_unstructure_hook(python, write)
    register(made)
    register_reviews(made)

    def write_many(many: Any) -> list[Data]:  # noqa: ANN401 - a frozenset or a tuple
        return [made.unstructure(one) for one in _ordered(many)]

    made.register_unstructure_hook_func(_is(frozenset), write_many)
    made.register_unstructure_hook_func(_is(tuple), write_many)
    made.register_unstructure_hook_factory(_is(FrozenMap), lambda cls: _map_writer(cls, made))


def _map_writer(
    cls: Any,  # noqa: ANN401 - a type as cattrs tells it
    converter: cattrs.Converter,
) -> Callable[[Mapping[str, object]], dict[str, Data]]:
    kind = next(iter(get_args(cls)), None)
    return lambda many: {str(key): _written(one, kind, converter) for key, one in many.items()}


def _written(thing: object, kind: Any, converter: cattrs.Converter) -> Data:  # noqa: ANN401 - as above
    """Return the plain data of a part, whose type may say what tells it apart."""
    return converter.unstructure(thing, kind if is_mixed(kind) or _is(FrozenMap)(kind) else None)


def _ordered(many: Any) -> list[Any]:  # noqa: ANN401 - a frozenset or a tuple
    return sorted(many, key=str) if isinstance(many, frozenset) else list(many)


def _class_writer(cls: type, converter: cattrs.Converter) -> Callable[[object], dict[str, Data]]:
    """Return a hook that writes an attrs value as a mapping without what is usual."""
    attrs.resolve_types(cls)
    fields = [f for f in attrs.fields(cls) if f.init]

    def write(thing: object) -> dict[str, Data]:
        values = [(f, getattr(thing, f.name)) for f in fields]
        return {
            f.name: _written(value, f.type, converter)
            for f, value in values
            if not is_usual(f, value)
        }

    return write


_WRITERS: Final[dict[type, _Write]] = {
    # a word of an enumeration becomes plain text, as does any other kind of text or number
    bool: bool,
    str: str.__str__,
    int: int.__int__,
    float: float.__float__,
    timedelta: show_duration,
    datetime: datetime.isoformat,
    date: date.isoformat,
    Truth: repr,
    Missing: lambda absence: {"absence": absence.value},
    **dict.fromkeys(get_args(Condition), write_alone),
    Charter: write_charter,
    Rule: write_rule_alone,
    Label: write_label,
    ValidationCircuit: lambda circuit: {circuit.id: write_circuit(circuit)},
    Week: str,
    Team: write_team,
    Needs: write_needs,
    Plan: write_plan,
    Problem: write_problem,
    Desk: write_desk,
    Target: write_target,
    Route: write_route,
    RequestLog: write_log,
    Request: write_entry,
    RequestEvent: write_entry,
    **INCIDENT_WRITERS,
}
