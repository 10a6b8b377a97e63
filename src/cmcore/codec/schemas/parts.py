"""The schemas of what answers have in them that is written as files write it."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, Final, get_args

from cmcore.charters.act import Act
from cmcore.charters.charter import Charter
from cmcore.charters.conditions.condition import Condition, FactTest
from cmcore.charters.conditions.facts import Label
from cmcore.charters.context import Context
from cmcore.charters.expectation import Expectation
from cmcore.charters.guarantee import Example, Guarantee
from cmcore.charters.history import Case
from cmcore.charters.kinds import OwnKind
from cmcore.charters.rule import Rule
from cmcore.circuits.circuit import ValidationCircuit
from cmcore.codec.events import EVENTS
from cmcore.codec.forms import Form, one_of
from cmcore.codec.guarantees import EXAMPLE, GUARANTEE
from cmcore.codec.incidents import SCALE, incident_schema
from cmcore.codec.needs import needs_schema
from cmcore.codec.playbooks import playbook_schema
from cmcore.codec.requests import EVENTS as REQUEST_EVENTS
from cmcore.codec.requests import REQUEST
from cmcore.codec.rules import RULE
from cmcore.codec.schemas.cases import case_schema
from cmcore.codec.schemas.charters import charter_schema
from cmcore.codec.schemas.desks import desk_schema
from cmcore.codec.schemas.organisations import deed_schema
from cmcore.codec.shapes import Schema, either, mapping, ref
from cmcore.codec.teams import team_schema
from cmcore.incidents.events import (
    ActEvent,
    After,
    AlertEvent,
    FactEvent,
    HoldEvent,
    InboundEvent,
    IncidentEvent,
    RetrospectiveEvent,
    SignalEvent,
    StepEvent,
)
from cmcore.incidents.incident import Incident
from cmcore.incidents.playbook import Duty
from cmcore.incidents.scale import Scale
from cmcore.organisations.organisation import Deed
from cmcore.requests.desk import Target
from cmcore.requests.request import Request, RequestEvent
from cmcore.teams.needs import Needs
from cmcore.teams.team import Team

#: Definitions by name, gathered while a schema is made.
Parts = dict[str, Schema]
Make = Callable[[Parts], Schema]


def joined(parts: Parts, more: Mapping[str, Schema]) -> None:
    """Let definitions join others, of which none may have the name of another that differs.

    Raises:
        AssertionError: two definitions of one name are not equal.
    """
    for name, one in more.items():
        assert parts.setdefault(name, one) == one, name  # noqa: S101 - of our own schemas


def _file(make: Callable[[], Schema], parts: Parts) -> Schema:
    """Return what stands for the schema of a file, which joins the parts."""
    made = make()
    joined(parts, made.pop("$defs", {}))
    joined(parts, {made["title"]: made})
    return ref(made["title"])


def _of_charter(name: str, parts: Parts) -> Schema:
    """Return what stands for a part of a charter as it is there."""
    joined(parts, charter_schema()["$defs"])
    return ref(name)


def _alone() -> Schema:
    """Return the keys that say beside something which labels and the like it reads."""
    charter = charter_schema()["properties"]
    known = {key: charter[key] for key in ("labels", "events")}
    return {**known, "counts": known["events"], "kinds": known["events"]}  # only their names


def _condition(parts: Parts) -> Schema:
    """Return the schema of a condition by itself, with the labels and the like that it reads."""
    _of_charter("condition", parts)
    return either(ref("condition"), mapping({**_alone(), "when": ref("condition")}, ["when"]))


def _form_alone(form: Form[Any], parts: Parts) -> Schema:
    """Return the schema of a part of a charter by itself, with the labels that it reads."""
    _of_charter("condition", parts)
    closed = form.closed()
    return {**closed, "properties": {**_alone(), **closed["properties"]}}


def _example(parts: Parts) -> Schema:
    """Return the schema of an example, whose act is as programs write it."""
    _file(case_schema, parts)
    return EXAMPLE.closed()


def _context(parts: Parts) -> Schema:
    """Return what stands for what is known around an act, as a line of a history has it."""
    _file(case_schema, parts)
    return ref("context")


def _circuits(parts: Parts) -> Schema:
    """Return the schema of circuits by their ids, as a charter has them."""
    _of_charter("circuit", parts)
    return dict(charter_schema()["properties"]["circuits"])


def _one_event(kinds: Iterable[Form[Any]], make: Callable[[], Schema], parts: Parts) -> Schema:
    """Return the schema of one event, with the definitions of the file that it stands in."""
    joined(parts, {key: one for key, one in make()["$defs"].items() if key != "event"})
    return one_of("event", "Something that happened, at some instant.", kinds)


def _duty(parts: Parts) -> Schema:
    joined(parts, playbook_schema()["$defs"])
    return ref("duty")


def _target(parts: Parts) -> Schema:
    joined(parts, desk_schema()["$defs"])
    return ref("target")


def _after(parts: Parts) -> Schema:
    joined(parts, incident_schema()["$defs"])
    return ref("after")


def _scale(parts: Parts) -> Schema:
    joined(parts, incident_schema()["$defs"])
    return SCALE.schema


_INCIDENT_EVENTS: Final = (
    *(IncidentEvent, InboundEvent, ActEvent, FactEvent, AlertEvent, HoldEvent, SignalEvent),
    *(StepEvent, RetrospectiveEvent),
)
#: Kind of value -> its schema, where it is written as files write it.
WRITTEN_AS_IN_FILES: Final[Mapping[object, Make]] = {
    **dict.fromkeys((Condition, FactTest, *get_args(Condition)), _condition),
    tuple[ValidationCircuit, ...]: _circuits,
    ValidationCircuit: _circuits,
    Expectation: partial(_of_charter, "expectation"),
    Rule: partial(_form_alone, RULE),
    Guarantee: partial(_form_alone, GUARANTEE),
    Example: _example,
    Label: partial(_of_charter, "label"),
    OwnKind: partial(_of_charter, "kind"),
    Context: _context,
    Act: partial(_file, case_schema),
    Case: partial(_file, case_schema),
    Charter: partial(_file, charter_schema),
    Team: partial(_file, team_schema),
    Needs: partial(_file, needs_schema),
    Incident: partial(_file, incident_schema),
    Duty: _duty,
    Target: _target,
    After: _after,
    Deed: lambda _: deed_schema(),
    Scale: _scale,
    Request: lambda _: REQUEST.closed(),
    RequestEvent: lambda _: one_of("event", "What befell a request.", REQUEST_EVENTS.values()),
    **dict.fromkeys(_INCIDENT_EVENTS, partial(_one_event, EVENTS.values(), incident_schema)),
}
