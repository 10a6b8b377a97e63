"""Reviews to and from plain data: how each was opened, and its events in order."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any, Final

import attrs
import cattrs

from cmcore.base.errors import InvalidError, refuse
from cmcore.base.ids import nearest
from cmcore.charters.decision import Decision
from cmcore.circuits.circuit import ValidationCircuit
from cmcore.codec.bounds import Data
from cmcore.codec.circuits import read_circuit, write_circuit
from cmcore.codec.plain import (
    Gather,
    Hooks,
    Readers,
    Writers,
    as_flag,
    as_instant,
    as_mapping,
    as_text,
    each,
    known_keys,
    missing_key,
)
from cmcore.codec.teams import TEAM
from cmcore.reviews.events import EVENTS, Opening, ReviewEvent
from cmcore.reviews.review import Review

_Read = Callable[[cattrs.Converter, object], Any]
_Write = Callable[[cattrs.Converter, Any], Data]


def _read_circuits(_: cattrs.Converter, data: object) -> list[ValidationCircuit]:
    gather = Gather()
    item = as_mapping(data)
    found = [gather.at((id_,), read_circuit, id_, stages) for id_, stages in item.items()]
    return [circuit for circuit in gather.made(found) if circuit]


#: The parts of openings and events, by name: how each is read and written; the rest is text.
_PARTS: Final[Mapping[str, tuple[_Read, _Write]]] = {
    "at": (lambda _, data: as_instant(data), lambda _, at: datetime.isoformat(at)),
    "decision": (
        lambda made, data: made.structure(data, Decision),
        lambda made, decision: made.unstructure(decision, Decision),
    ),
    "circuits": (
        _read_circuits,
        lambda _, many: {circuit.id: write_circuit(circuit) for circuit in many},
    ),
    "team": (lambda _, data: TEAM.read(data), lambda _, team: TEAM.write(team)),
    "files": (lambda _, data: each(data, as_text), lambda _, files: [*files]),
    "emergency": (lambda _, data: as_flag(data), lambda _, flag: flag),
    "external": (lambda _, data: as_flag(data), lambda _, flag: flag),
}
_TEXT: Final[tuple[_Read, _Write]] = (lambda _, data: as_text(data), lambda _, text: str(text))
#: What the moment of an opening is called in a file, beside those of the events.
OPENED: Final = "opened"
#: The keys of a review in a file.
REVIEW_KEYS: Final = frozenset(
    {*(f.name for f in attrs.fields(Opening) if f.init and f.name != "at"), OPENED, "events"}
)
_KINDS: Final = {str(kind.kind): kind for kind in EVENTS}


def _part(name: str) -> tuple[_Read, _Write]:
    """Return how a part is read and written."""
    return _PARTS.get(name, _TEXT)


def hooks(made: cattrs.Converter) -> Hooks:
    """Return what reads and writes reviews and their events, with a converter for their parts."""
    kinds: tuple[type[ReviewEvent], ...] = (ReviewEvent, *EVENTS)
    readers: Readers = {kind: partial(_read_kind, made, due=kind) for kind in kinds}
    writers: Writers = dict.fromkeys(kinds, partial(_write_event, made))
    readers[Review], writers[Review] = partial(_read_review, made), partial(_write_review, made)
    return readers, writers


# --------------------------------------------------------------------------------------- reading


def _read_review(made: cattrs.Converter, data: object) -> Review:
    """Return the review that `data` writes, every event of which was legal when it happened."""
    item = as_mapping(data)
    events = item.pop("events", [])
    if OPENED in item:
        item["at"] = item.pop(OPENED)
    gather = Gather()
    opening = _read_parts(made, Opening, item, {"at": OPENED}, gather)
    told = gather.at(("events",), each, events, lambda one: _read_event(made, one))
    if told is None or opening is None:
        raise InvalidError(gather.problems)
    return gather.made(gather.at((), Review, opening, told))


def _read_event(made: cattrs.Converter, data: object) -> ReviewEvent:
    """Return one event of a review; `event` says which kind it is of."""
    item = as_mapping(data)
    if "event" not in item:
        raise refuse("missing-key", key="event", known=_KINDS)
    name = as_text(item.pop("event"))
    if name not in _KINDS:
        near = nearest(name, _KINDS)
        raise refuse("wrong-value", "event", given=name, wanted="review-event", near=near)
    gather = Gather()
    event: ReviewEvent = gather.made(_read_parts(made, _KINDS[name], item, {}, gather))
    return event


def _read_kind(made: cattrs.Converter, data: object, due: type[ReviewEvent]) -> ReviewEvent:
    event = _read_event(made, data)
    if not isinstance(event, due):
        raise refuse("wrong-event", "event", found=event.kind, wanted=due.kind)
    return event


def _read_parts(
    made: cattrs.Converter,
    kind: type[Any],
    item: dict[str, Any],
    renamed: Mapping[str, str],
    gather: Gather,
) -> Any:  # noqa: ANN401 - one of that kind, or None where it cannot be made
    """Return what the parts make; `renamed` says what some are called in the file."""
    fields = {f.name: renamed.get(f.name, f.name) for f in attrs.fields(kind) if f.init}
    needed = [f.name for f in attrs.fields(kind) if f.init and f.default is attrs.NOTHING]
    gather.add(known_keys(item, [*fields, "events" if kind is Opening else "event"]))
    gather.add(missing_key(fields[name]) for name in needed if name not in item)
    told: dict[str, Any] = {
        name: gather.at((key,), _part(name)[0], made, item[name])
        for name, key in fields.items()
        if name in item
    }
    return gather.at((), kind, **told) if gather.is_whole else None


# --------------------------------------------------------------------------------------- writing


def _write_review(made: cattrs.Converter, review: Review) -> dict[str, Data]:
    told = _write_parts(made, review.opening)
    events = [_write_event(made, event) for event in review.events]
    return {OPENED: told.pop("at"), **told, "events": events}


def _write_event(made: cattrs.Converter, event: ReviewEvent) -> dict[str, Data]:
    told = _write_parts(made, event)
    return {"event": str(event.kind), "at": told.pop("at"), **told}


def _write_parts(made: cattrs.Converter, thing: Opening | ReviewEvent) -> dict[str, Data]:
    """Return the plain data of each part that is not as usual."""
    parts = {f: getattr(thing, f.name) for f in attrs.fields(type(thing)) if f.init}
    return {
        f.name: _part(f.name)[1](made, given) for f, given in parts.items() if given != f.default
    }
