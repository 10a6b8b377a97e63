"""Events of incidents to and from plain data: the kind of the event is the key of its id."""

from collections.abc import Callable, Container, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final, TypeVar

import attrs

from cmcore.base.errors import InvalidError, refuse
from cmcore.charters.act import Act, Message
from cmcore.charters.kinds import KINDS
from cmcore.codec.bounds import Data
from cmcore.codec.forms import Form, Key
from cmcore.codec.plain import (
    BROKEN,
    NO_TIME,
    Readers,
    Writers,
    as_bare,
    as_mapping,
    as_number,
    kept,
    of_kind,
    only_kind,
)
from cmcore.codec.shapes import either, ref
from cmcore.codec.values import (
    DURATION,
    FLAG,
    ID,
    INSTANT,
    ORDERED,
    SOME,
    TEXT,
    WORDS,
    Value,
    as_it_is,
    list_of,
    mapping_of,
)
from cmcore.incidents.events import (
    ActEvent,
    After,
    AlertEvent,
    FactEvent,
    HoldEvent,
    InboundEvent,
    IncidentEvent,
    IncidentStep,
    Promise,
    RetrospectiveEvent,
    SignalEvent,
    StepEvent,
)

_T = TypeVar("_T")

# --------------------------------------------------------------------------------- facts, promises

_FACT: Final = Value(as_bare, {"type": ["boolean", "number", "string"]})
_FACTS: Final = mapping_of(_FACT, minProperties=1)
#: What is measured: zero or more.
MEASURE: Final = Value(as_number, {"type": "number", "minimum": 0})
PROMISE: Final = Form(
    Promise,
    "promise",
    "What was promised.",
    Key("that", _FACTS, "Facts, and what they will be.", needed="write-promise"),
    Key("by", INSTANT, "When they will be so.", missing=NO_TIME, needed="write-when"),
    Key("tolerance", DURATION, "How vague that is.", missing=timedelta(0)),
    instead=dict,
)

# ----------------------------------------------------------------------------- what any event has

AFTER: Final = Form(
    After,
    "after",
    "How long after another event it was.",
    Key("after", ID, "The id of the other event.", "event", needed=True, broken=BROKEN),
    Key("by", DURATION, "How long after it was.", missing=timedelta(0), needed="write-how-long"),
    Key("tolerance", DURATION, "How far that may be off, either way.", missing=timedelta(0)),
)


def _read_when(data: object) -> datetime | After:
    return AFTER.read(data) if isinstance(data, Mapping) else INSTANT.read(data)


def _write_when(when: datetime | After) -> Data:
    return AFTER.write(when) if isinstance(when, After) else INSTANT.write(when)


_WHEN: Final = Value(_read_when, either(INSTANT.schema, ref("after")), _write_when)
_SHARED: Final = (
    Key("at", _WHEN, "When it was.", missing=NO_TIME, needed="write-when"),
    Key(
        "tolerance",
        DURATION,
        "How far the instant may be off, either way.",
        missing=timedelta(0),
        unknown=True,
    ),
    Key("source", TEXT, "Which source says so.", unknown=True),
    Key("by", TEXT, "Who did it, or said it.", unknown=True),
)
_NOTE: Final = Key("note", TEXT, "What people should know of it.", missing="", unknown=True)


def _any_event(**told: Any) -> IncidentEvent:  # noqa: ANN401 - what an event has
    """Return what any event has, to be looked at where something else does not read."""
    shared = {f.name for f in attrs.fields(IncidentEvent)}
    return IncidentEvent(**{name: one for name, one in told.items() if name in shared})


def _event(
    kind: str,
    make: Callable[..., IncidentEvent],
    about: str,
    *keys: Key,
    parts: Mapping[str, Callable[..., Any]] | None = None,
) -> Form[IncidentEvent]:
    own = (Key(kind, ID, f"{about} Its id.", "id", broken=BROKEN), *_SHARED, *keys, _NOTE)
    required = [key.name for key in own if not key.unknown]
    return Form(
        partial(_placed, make), kind, about, *own, parts=parts, required=required,
        instead=partial(_placed, _any_event),
    )  # fmt: skip


def _placed(make: Callable[..., IncidentEvent], at: datetime | After, **told: Any) -> IncidentEvent:  # noqa: ANN401 - what an event has
    """Return an event; one that comes after another has no instant yet."""
    if not isinstance(at, After):
        return make(at=at, **told)
    if told["tolerance"]:
        raise refuse("tolerance-of-after", "tolerance")
    return make(at=NO_TIME, after=at, **told)


# ---------------------------------------------------------------------- what each kind has, besides


def _fields(kind: type, part: str, *others: str) -> tuple[Key, ...]:
    """Return the keys of the fields of an act or a message, which are read together."""
    return tuple(
        Key(
            f.name,
            Value(as_it_is, {}),
            f"The `{f.name}` of the message or the act.",
            f"{part}.{f.name}",
            unknown=True,
            written=False,
        )
        for f in attrs.fields(kind)
        if f.name not in others
    )


def _structured(made: type[_T], **told: object) -> _T:
    from cmcore.codec.files import structure

    return structure(kept(told), made)


_ABOUT: Final = Key(
    "about", ORDERED, "The messages and the acts that it answers or acts upon.", unknown=True
)
_MESSAGE: Final = (
    *_fields(Message, "message", "at", "author"),
    Key("network", TEXT, "Where it was said.", unknown=True),
    Key("criticism", FLAG, "Whether it is criticism.", unknown=True),
)
_ACT: Final = (
    *_fields(Act, "act", "id", "kind", "at", "author"),
    _ABOUT,
    Key("corrects", ORDERED, "The acts of ours whose claims it says were wrong.", unknown=True),
    Key(
        "claims", _FACTS.shaped(minProperties=0), "Facts, and what it says they are.", unknown=True
    ),
    Key("promises", list_of(PROMISE.defined("promise")), "What it promises.", unknown=True),
    Key(
        "review",
        SOME,
        "The circuits that agreed to it before it went out.",
        missing=None,
        unknown=True,
    ),
)
_REASON: Final = Key("reason", TEXT, "Why.", missing="", unknown=True)
#: The unusual keys and sentences of a step.
_STEPS: Final = {
    IncidentStep.OPENED: ("The incident begins.", (_REASON, _ABOUT)),
    IncidentStep.REOPENED: ("It was not over.", (attrs.evolve(_REASON, unknown=False),)),
}
#: Kind of event in a file -> its form.
EVENTS: Final[Mapping[str, Form[IncidentEvent]]] = {
    form.title: form
    for form in (
        _event(
            "inbound",
            InboundEvent,
            "A message of somebody else's.",
            *_MESSAGE,
            parts={"message": partial(_structured, Message)},
        ),
        *(
            _event(
                kind,
                ActEvent,
                f"What we did: {kind}.",
                *_ACT,
                parts={"act": partial(_structured, Act, kind=kind)},
            )
            for kind in KINDS
        ),
        _event(
            "fact",
            FactEvent,
            "From then on, the world is so.",
            Key("that", _FACTS, "Facts, and what they are from then on.", needed="write-that"),
        ),
        _event(
            "alerted",
            AlertEvent,
            "Roles were told.",
            Key("roles", WORDS, "Who was told.", missing=(), needed="name-told"),
        ),
        _event("held", HoldEvent, "Scheduled posts were held back."),
        _event(
            "signal",
            SignalEvent,
            "Something was measured.",
            Key("measure", ID, "What was measured.", missing=BROKEN, needed="name-measure"),
            Key("number", MEASURE, "What it was.", missing=0, needed="write-number"),
        ),
        *(
            _event(str(step), partial(StepEvent, step=step), about, *keys)
            for step in IncidentStep
            for about, keys in [_STEPS.get(step, (f"The incident is {step}.", (_REASON,)))]
        ),
        _event("reviewed", RetrospectiveEvent, "The team looked back.", _ABOUT),
    )
}
#: Keys that say no kind of event.
_DETAILS: Final = frozenset().union(*(form.names for form in EVENTS.values())) - EVENTS.keys()

# ------------------------------------------------------------------------------- reading, writing


def read_event(data: object) -> IncidentEvent:
    """Return the event that a mapping writes; null is unknown.

    Raises:
        InvalidError: with every problem, each with its place.
    """
    item = kept(as_mapping(data))
    kinds = [key for key in item if key in EVENTS]
    return EVENTS[only_kind(item, kinds, EVENTS, "no-event", _DETAILS)].read(item)


def _read_alone(data: object) -> IncidentEvent:
    event = read_event(data)
    if event.after is not None:
        raise refuse("after-alone", "at", id=event.after.event)
    return event


def placed(events: Sequence[IncidentEvent]) -> list[IncidentEvent]:
    """Return events that are read, those that come after another at their instants.

    Of what comes after no event of these, or at no instant, nothing stands but its id.
    """
    known = {event.id: event for event in reversed(events) if event.after is None}
    return [_placed_among(known, event) for event in events]


def _placed_among(known: Mapping[str, IncidentEvent], event: IncidentEvent) -> IncidentEvent:
    if event.after is None:
        return event
    other = known.get(event.after.event)
    if other is not None:
        with suppress(InvalidError):
            return event.following(other, event.after.by, event.after.tolerance)
    return IncidentEvent(event.id, NO_TIME)


def id_told(data: object, kinds: Container[str] = EVENTS) -> str | None:
    """Return the text under the one key that names the kind of an item, if there is one."""
    item = data if isinstance(data, Mapping) else {}
    ids = [given for key, given in item.items() if key in kinds]
    return ids[0] if len(ids) == 1 and isinstance(ids[0], str) else None


def write_event(event: IncidentEvent) -> dict[str, Data]:
    """Return the plain data of an event, as a file has it."""
    from cmcore.codec.files import unstructure

    more: dict[str, Any] = {}
    if isinstance(event, InboundEvent):
        kind, more = "inbound", unstructure(event.message)
    elif isinstance(event, ActEvent):
        about = [id_ for id_ in event.about if id_ not in event.corrects]
        kind, more = str(event.act.kind), {**unstructure(event.act), "about": about or None}
    else:
        kind = str(event.step) if isinstance(event, StepEvent) else _KINDS[type(event)]
    form = EVENTS[kind]
    told = {**form.write(event), **more}
    if event.after is not None:
        told |= {"at": AFTER.write(event.after), "tolerance": None}
    return kept({name: told.get(name) for name in form.keys})


#: Class -> a kind of event of it.
_KINDS: Final[Mapping[Any, str]] = {
    getattr(make, "func", make): kind
    for kind, form in EVENTS.items()
    for make in getattr(form.make, "args", ())
}
#: Type -> its reader from plain data, and its writer.
READERS: Final[Readers] = {
    Promise: PROMISE.read,
    After: AFTER.read,
    **{kind: of_kind(kind, _read_alone) for kind in (IncidentEvent, *_KINDS)},
}
WRITERS: Final[Writers] = {
    Promise: PROMISE.write,
    After: AFTER.write,
    **dict.fromkeys((IncidentEvent, *_KINDS), write_event),
}
