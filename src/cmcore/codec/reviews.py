"""Reviews to and from plain data: how each was opened, and its events in order."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, Final

import attrs
import cattrs

from cmcore.base.errors import InvalidError, refuse
from cmcore.base.ids import nearest
from cmcore.circuits.circuit import ValidationCircuit
from cmcore.codec.bounds import Data
from cmcore.codec.circuits import read_circuit, write_circuit
from cmcore.codec.hooks import class_reader, class_writer
from cmcore.codec.plain import Gather, Hooks, Readers, Writers, as_mapping, as_text, each
from cmcore.reviews.events import EVENTS, Opening, ReviewEvent
from cmcore.reviews.review import Review

_Reads = Mapping[type, Callable[[object, object], Any]]
_Writes = Mapping[type, Callable[[Any], dict[str, Data]]]
#: The key of the moment of an opening in a file, unlike those of the events.
OPENED: Final = "opened"
#: The keys of a review in a file.
REVIEW_KEYS: Final = frozenset(
    {*(f.name for f in attrs.fields(Opening) if f.init and f.name != "at"), OPENED, "events"}
)
_KINDS: Final = {str(kind.kind): kind for kind in EVENTS}


def hooks(made: cattrs.Converter) -> Hooks:
    """Return what reads and writes reviews and their events, with a converter for their parts."""
    reads: dict[type, Any] = {
        kind: class_reader(kind, made, beside=["event"], own=_READ) for kind in EVENTS
    }
    reads[Opening] = class_reader(Opening, made, keys={"at": OPENED}, beside=["events"], own=_READ)
    kinds: tuple[type[ReviewEvent], ...] = (ReviewEvent, *EVENTS)
    written: tuple[type, ...] = (Opening, *EVENTS)
    writes = {kind: class_writer(kind, made, own=_WRITTEN) for kind in written}
    readers: Readers = {kind: partial(_read_kind, reads, kind) for kind in kinds}
    writers: Writers = dict.fromkeys(kinds, partial(_write_event, writes))
    readers[Review], writers[Review] = partial(_read_review, reads), partial(_write_review, writes)
    return readers, writers


# --------------------------------------------------------------------------------------- reading


def _read_circuits(data: object) -> list[ValidationCircuit]:
    gather = Gather()
    item = as_mapping(data)
    found = [gather.at((id_,), read_circuit, id_, stages) for id_, stages in item.items()]
    return [circuit for circuit in gather.made(found) if circuit]


_CIRCUITS: Final = tuple[ValidationCircuit, ...]
_READ: Final = {_CIRCUITS: _read_circuits}


def _read_review(reads: _Reads, data: object) -> Review:
    """Return the review that `data` writes, every event of which was legal when it happened."""
    item, gather = as_mapping(data), Gather()
    opening = gather.at((), reads[Opening], item, Opening)
    events = item.get("events", [])
    told = gather.at(("events",), each, events, partial(_read_event, reads))
    if told is None or opening is None:
        raise InvalidError(gather.problems)
    return gather.made(gather.at((), Review, opening, told))


def _read_event(reads: _Reads, data: object) -> ReviewEvent:
    """Return one event of a review; `event` says which kind it is of."""
    item = as_mapping(data)
    if "event" not in item:
        raise refuse("missing-key", key="event", known=_KINDS)
    name = as_text(item["event"])
    if name not in _KINDS:
        near = nearest(name, _KINDS)
        raise refuse("wrong-value", "event", given=name, wanted="review-event", near=near)
    event: ReviewEvent = reads[_KINDS[name]](item, _KINDS[name])
    return event


def _read_kind(reads: _Reads, due: type[ReviewEvent], data: object) -> ReviewEvent:
    event = _read_event(reads, data)
    if not isinstance(event, due):
        raise refuse("wrong-event", "event", found=event.kind, wanted=due.kind)
    return event


# --------------------------------------------------------------------------------------- writing


def _write_circuits(many: Iterable[ValidationCircuit]) -> Data:
    return {circuit.id: write_circuit(circuit) for circuit in many}


_WRITTEN: Final = {_CIRCUITS: _write_circuits}


def _write_review(writes: _Writes, review: Review) -> dict[str, Data]:
    told = writes[Opening](review.opening)
    events = [_write_event(writes, event) for event in review.events]
    return {OPENED: told.pop("at"), **told, "events": events}


def _write_event(writes: _Writes, event: ReviewEvent) -> dict[str, Data]:
    told = writes[type(event)](event)
    return {"event": str(event.kind), "at": told.pop("at"), **told}
