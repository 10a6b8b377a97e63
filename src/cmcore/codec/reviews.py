"""Reviews to and from plain data: how each was opened, and its events in order."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Final

import attrs

from cmcore.codec.bounds import Data
from cmcore.codec.circuits import read_circuit, write_circuit
from cmcore.codec.plain import (
    Gather,
    as_flag,
    as_instant,
    as_int,
    as_mapping,
    as_text,
    as_words,
    each,
    kept,
    opened,
)
from cmcore.codec.rules import BROKEN
from cmcore.foundation.errors import refuse
from cmcore.foundation.names import nearest
from cmcore.nouns.circuits import ValidationCircuit
from cmcore.nouns.reviews import EVENTS, Event, Opening, Panel, Review
from cmcore.policy.reviewing.folding import after, folded

_Read = Callable[[object], Any]
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
PANEL_KEYS: Final = frozenset({"people", "deputies"})


def _read_panel(data: object) -> Panel:
    item, gather = opened(data, PANEL_KEYS)
    people, deputies = (gather.key(item, key, as_words, ()) for key in ("people", "deputies"))
    return gather.made(gather.at((), Panel, people, deputies))


def _read_asked(data: object) -> dict[str, list[Panel]]:
    gather = Gather()
    item = as_mapping(data)
    found = {
        name: gather.at((name,), each, panels, _read_panel) or [] for name, panels in item.items()
    }
    return gather.made(found)


def _read_circuits(data: object) -> list[ValidationCircuit]:
    gather = Gather()
    item = as_mapping(data)
    found = [gather.at((id_,), read_circuit, id_, stages) for id_, stages in item.items()]
    return [circuit for circuit in gather.made(found) if circuit]


#: key in the file -> field of the opening, how it is read, what stands where it cannot be read;
#: nothing stands for a key that may be left out
_OPENING: Final[Mapping[str, tuple[str, _Read, Any]]] = {
    "act": ("act", as_text, None),
    "digest": ("digest", as_text, BROKEN),
    "author": ("author", as_text, BROKEN),
    "charter": ("charter", as_text, BROKEN),
    "version": ("version", as_int, 1),
    "opened": ("at", as_instant, _EPOCH),
    "emergency": ("emergency", as_flag, None),
    "circuits": ("circuits", _read_circuits, ()),
    "asked": ("asked", _read_asked, {}),
}
REVIEW_KEYS: Final = frozenset({*_OPENING, "events"})
_PARTS: Final[Mapping[str, _Read]] = {"at": as_instant, "asked": _read_asked}
_KINDS: Final = {str(kind.kind): kind for kind in EVENTS}


def read_review(data: object) -> Review:
    """Return the review that `data` writes, every event of which was legal when it happened.

    Raises:
        InvalidError: with every problem, each with its place; or at the first illegal event.
    """
    needed = {key: None for key, (_, _, usual) in _OPENING.items() if usual is not None}
    item, gather = opened(data, REVIEW_KEYS, needed)
    told = {
        field: gather.key(item, key, read, usual) for key, (field, read, usual) in _OPENING.items()
    }
    events = gather.key(item, "events", lambda many: each(many, read_event), [])
    gather.done()
    return _replayed(Review(Opening(**kept(told))), events)


def _replayed(review: Review, events: list[Event]) -> Review:
    """Return the review with its events, each held against those before."""
    gather = Gather()
    standing = folded(review)
    for index, event in enumerate(events):
        standing = gather.at(("events", index), after, standing, event) or standing
        gather.done()
    return attrs.evolve(review, events=events)


def read_event(data: object) -> Event:
    """Return one event of a review; `event` says which kind it is of."""
    item = as_mapping(data)
    if "event" not in item:
        raise refuse("missing-key", key="event", known=_KINDS)
    kind = _KINDS.get(as_text(item.pop("event")))
    if kind is None:
        name = as_mapping(data)["event"]
        near = nearest(name, _KINDS)
        raise refuse("wrong-value", "event", given=name, wanted="review-event", near=near)
    return _event(kind, item)


def _event(kind: type[Event], item: dict[str, Any]) -> Event:
    fields = attrs.fields(kind)
    needed = {f.name: None for f in fields if f.default is attrs.NOTHING}
    item, gather = opened(item, ["event", *(f.name for f in fields)], needed)
    told: dict[str, Any] = {
        f.name: gather.key(item, f.name, _PARTS.get(f.name, as_text), None)
        for f in fields
        if f.name in item
    }
    gather.done()
    return kind(**told)


# --------------------------------------------------------------------------------------- writing


def write_review(review: Review) -> dict[str, Data]:
    """Return the plain data of a review."""
    opening = review.opening
    return kept(
        {
            "act": opening.act,
            "digest": opening.digest,
            "author": opening.author,
            "charter": opening.charter,
            "version": opening.version,
            "opened": opening.at.isoformat(),
            "emergency": opening.emergency or None,
            "circuits": {circuit.id: write_circuit(circuit) for circuit in opening.circuits},
            "asked": _write_asked(opening.asked),
            "events": [write_event(event) for event in review.events],
        }
    )


def _write_asked(asked: Mapping[str, tuple[Panel, ...]]) -> dict[str, Data]:
    return {name: [_write_panel(panel) for panel in panels] for name, panels in asked.items()}


def _write_panel(panel: Panel) -> dict[str, Data]:
    deputies = {"deputies": [*panel.deputies]} if panel.deputies else {}
    return {"people": [*panel.people], **deputies}


_WRITTEN: Final[Mapping[str, Callable[[Any], Data]]] = {
    "at": datetime.isoformat,
    "asked": _write_asked,
}


def write_event(event: Event) -> dict[str, Data]:
    """Return the plain data of an event."""
    told = {
        f.name: _WRITTEN.get(f.name, str)(given)
        for f in attrs.fields(type(event))
        if (given := getattr(event, f.name)) not in {None, ""}
    }
    return {"event": str(event.kind), "at": told.pop("at"), **told}


def reader_of(kind: type[Event]) -> Callable[[object], Event]:
    """Return a reader of events of one kind, or of any for `Event`."""

    def read(data: object) -> Event:
        event = read_event(data)
        if not isinstance(event, kind):
            raise refuse("wrong-event", "event", found=event.kind, wanted=kind.kind)
        return event

    return read
