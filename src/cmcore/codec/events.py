"""Events of incidents to and from plain data: the kind of the event is the key of its id."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, Final

import attrs

from cmcore.base.amounts import show_duration
from cmcore.base.errors import Problem
from cmcore.charters.act import Act, Message
from cmcore.charters.kinds import KINDS
from cmcore.codec.bounds import Data
from cmcore.codec.plain import (
    BROKEN,
    NO_TIME,
    Gather,
    as_bare,
    as_duration,
    as_flag,
    as_instant,
    as_mapping,
    as_number,
    as_text,
    as_words,
    each,
    kept,
    only_kind,
    opened,
)
from cmcore.incidents.events import (
    ActEvent,
    AlertEvent,
    FactEvent,
    FactValue,
    HoldEvent,
    InboundEvent,
    IncidentEvent,
    IncidentStep,
    Promise,
    RetrospectiveEvent,
    SignalEvent,
    StepEvent,
)

_NOBODY: Final = ("id", "kind", "at", "author")
#: What an act has in a file, beside what any event has; the same of a message.
_ACT: Final = tuple(f.name for f in attrs.fields(Act) if f.name not in _NOBODY)
_MESSAGE: Final = tuple(f.name for f in attrs.fields(Message) if f.name not in _NOBODY[2:])
_SHARED: Final = ("at", "tolerance", "source", "by", "note")
_OURS: Final = ("about", "corrects", "claims", "promises", "review")
PROMISE_KEYS: Final = frozenset({"that", "by", "tolerance"})
#: Kind of event in a file -> its class, and the keys it has beside those of any event.
EVENT_KEYS: Final[Mapping[str, tuple[type[IncidentEvent], tuple[str, ...]]]] = {
    "inbound": (InboundEvent, (*_MESSAGE, "network", "criticism")),
    **dict.fromkeys(KINDS, (ActEvent, (*_ACT, *_OURS))),
    "fact": (FactEvent, ("that",)),
    "alerted": (AlertEvent, ("roles",)),
    "held": (HoldEvent, ()),
    "signal": (SignalEvent, ("measure", "number")),
    **{str(step): (StepEvent, ("reason",)) for step in IncidentStep},
    str(IncidentStep.OPENED): (StepEvent, ("reason", "about")),
    "reviewed": (RetrospectiveEvent, ("about",)),
}
_DETAILS: Final = frozenset({*_SHARED, *(key for _, keys in EVENT_KEYS.values() for key in keys)})
_NEEDED: Final = {
    "fact": {"that": "write-that"},
    "alerted": {"roles": "name-told"},
    "signal": {"measure": "name-measure", "number": "write-number"},
}


def read_event(data: object) -> IncidentEvent:
    """Return the event that a mapping writes; null is not known.

    Raises:
        InvalidError: with every problem, each with its place.
    """
    data = kept(as_mapping(data))
    kind = _kind(data)
    made, keys = EVENT_KEYS[kind]
    needed = {"at": "write-when", **_NEEDED.get(kind, {})}
    item, gather = opened(data, {kind, *_SHARED, *keys}, needed)
    shared: dict[str, Any] = {
        "id": gather.key(item, kind, as_text, BROKEN),
        "at": gather.key(item, "at", as_instant, NO_TIME),
        "tolerance": gather.key(item, "tolerance", as_duration, timedelta(0)),
        "note": gather.key(item, "note", as_text, ""),
        **{key: gather.key(item, key, as_text, None) for key in ("source", "by")},
    }
    told = _READERS[made](item, gather, kind)
    # where something is wrong already, only what any event has can be looked at
    whole = (IncidentEvent, shared) if gather.problems else (made, {**shared, **told})
    event = gather.at((), _make, *whole)
    gather.problems = [_placed(problem, kind) for problem in gather.problems]
    return gather.made(event)


def _make(kind: Callable[..., IncidentEvent], told: Mapping[str, Any]) -> IncidentEvent:
    return kind(**told)


def _placed(problem: Problem, kind: str) -> Problem:
    """Put a problem of the id where a file has it: under the kind of the event."""
    return problem.at(kind) if problem.path == ("id",) else problem


def _kind(item: Mapping[str, Any]) -> str:
    kinds = [key for key in item if key in EVENT_KEYS and not _is_detail(key, item)]
    return only_kind(item, kinds, EVENT_KEYS, "no-event", _DETAILS)


def id_told(data: object) -> str | None:
    """Return the id of an event, whatever else is wrong with it; None where it has none."""
    return id_under(data, lambda key, item: key in EVENT_KEYS and not _is_detail(key, item))


def id_under(data: object, names: Callable[[str, Mapping[str, Any]], bool]) -> str | None:
    """Return the text under the one key that names the kind of an item, if there is one."""
    item = data if isinstance(data, Mapping) else {}
    ids = [given for key, given in item.items() if names(key, item)]
    return ids[0] if len(ids) == 1 and isinstance(ids[0], str) else None


def _is_detail(key: str, item: Mapping[str, Any]) -> bool:
    """Tell whether a key is a detail of an event of another kind."""
    return any(key in keys for kind, (_, keys) in EVENT_KEYS.items() if kind in item)


def _that(data: object) -> dict[str, FactValue]:
    gather = Gather()
    item = as_mapping(data)
    made = {name: gather.at((name,), as_bare, given) for name, given in item.items()}
    return gather.made(kept(made))


def read_promise(data: object) -> Promise:
    """Return a promise: facts, the value each will have, and when."""
    hints = {"that": "write-promise", "by": "write-when"}
    item, gather = opened(data, PROMISE_KEYS, hints)
    that = gather.key(item, "that", _that, {})
    by = gather.key(item, "by", as_instant, NO_TIME)
    tolerance = gather.key(item, "tolerance", as_duration, timedelta(0))
    gather.done()
    return Promise(that, by, tolerance=tolerance)


def _inbound(item: dict[str, Any], gather: Gather, _: str) -> dict[str, Any]:
    return {
        "message": _part(item, gather, Message, _MESSAGE, {}) or Message(),
        "network": gather.key(item, "network", as_text, None),
        "criticism": gather.key(item, "criticism", as_flag, None),
    }


def _act(item: dict[str, Any], gather: Gather, kind: str) -> dict[str, Any]:
    return {
        "act": _part(item, gather, Act, _ACT, {"kind": kind}) or Act(kind=kind),
        "about": gather.key(item, "about", as_words, ()),
        "corrects": gather.key(item, "corrects", as_words, ()),
        "claims": gather.key(item, "claims", _that, {}),
        "promises": gather.key(item, "promises", lambda many: each(many, read_promise), ()),
        "review": gather.key(item, "review", as_words, None),
    }


def _part(
    item: dict[str, Any], gather: Gather, kind: type[Any], keys: tuple[str, ...],
    more: dict[str, Any],
) -> Any:  # fmt: skip  # noqa: ANN401 - an act or a message
    """Return the act or the message that some keys of an event write."""
    from cmcore.codec.files import structure

    given = {key: item[key] for key in keys if key in item}
    return gather.at((), structure, {**given, **more}, kind)


_Reader = Callable[[dict[str, Any], Gather, str], dict[str, Any]]
_READERS: Final[Mapping[type[IncidentEvent], _Reader]] = {
    InboundEvent: _inbound,
    ActEvent: _act,
    FactEvent: lambda item, gather, _: {"that": gather.key(item, "that", _that, {})},
    AlertEvent: lambda item, gather, _: {"roles": gather.key(item, "roles", as_words, ())},
    HoldEvent: lambda _, __, ___: {},
    SignalEvent: lambda item, gather, _: {
        "measure": gather.key(item, "measure", as_text, BROKEN),
        "number": gather.key(item, "number", as_number, 0),
    },
    StepEvent: lambda item, gather, kind: {
        "step": IncidentStep(kind),
        "reason": gather.key(item, "reason", as_text, ""),
        "about": gather.key(item, "about", as_words, ()),
    },
    RetrospectiveEvent: lambda item, gather, _: {"about": gather.key(item, "about", as_words, ())},
}


# --------------------------------------------------------------------------------------- writing


def write_event(event: IncidentEvent) -> dict[str, Data]:
    """Return the plain data of an event, as a file has it."""
    kind, told = _WRITERS[type(event)](event)
    return kept(
        {
            kind: event.id,
            "at": event.at.isoformat(),
            "tolerance": show_duration(event.tolerance) if event.tolerance else None,
            "source": event.source,
            "by": event.by,
            **told,
            "note": event.note or None,
        }
    )


_Told = tuple[str, dict[str, Any]]


def _plain(thing: Act | Message, keys: tuple[str, ...]) -> dict[str, Any]:
    from cmcore.codec.files import unstructure

    written: dict[str, Any] = unstructure(thing)
    return {key: written[key] for key in keys if key in written}


def _write_act(event: ActEvent) -> _Told:
    told = {
        **_plain(event.act, _ACT),
        "about": [id_ for id_ in event.about if id_ not in event.corrects] or None,
        "corrects": list(event.corrects) or None,
        "claims": dict(event.claims) or None,
        "promises": [write_promise(promise) for promise in event.promises] or None,
        "review": None if event.review is None else sorted(event.review),
    }
    return str(event.act.kind), told


def write_promise(promise: Promise) -> dict[str, Data]:
    """Return the plain data of a promise."""
    tolerance = show_duration(promise.tolerance) if promise.tolerance else None
    by = promise.by.isoformat()
    return kept({"that": dict(promise.that), "by": by, "tolerance": tolerance})


_WRITERS: Final[Mapping[type[IncidentEvent], Callable[[Any], _Told]]] = {
    InboundEvent: lambda event: (
        "inbound",
        {**_plain(event.message, _MESSAGE), "network": event.network,
         "criticism": event.criticism},
    ),
    ActEvent: _write_act,
    FactEvent: lambda event: ("fact", {"that": dict(event.that)}),
    AlertEvent: lambda event: ("alerted", {"roles": sorted(event.roles)}),
    HoldEvent: lambda _: ("held", {}),
    SignalEvent: lambda event: ("signal", {"measure": event.measure, "number": event.number}),
    StepEvent: lambda event: (
        str(event.step),
        {"reason": event.reason or None, "about": list(event.about) or None},
    ),
    RetrospectiveEvent: lambda event: ("reviewed", {"about": list(event.about) or None}),
}  # fmt: skip
