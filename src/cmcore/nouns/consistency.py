"""Consistency: what cannot be true together in the events of an incident."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

from cmcore.foundation.errors import Path, Problem
from cmcore.foundation.names import clip, did_you_mean
from cmcore.foundation.truth import Truth
from cmcore.nouns.events import (
    ActEvent,
    FactEvent,
    FactValue,
    InboundEvent,
    IncidentEvent,
    ReviewEvent,
    StepEvent,
)

Events = tuple[IncidentEvent, ...]
#: What sort of fact a value tells; one fact is always of one sort.
_SORTS: Final[tuple[tuple[type | tuple[type, ...], str], ...]] = (
    (bool, "yes or no"),
    ((int, float), "a number"),
    (str, "text"),
)


def event_problems(
    events: Events, sources: Mapping[str, str], until: datetime | None
) -> Iterator[Problem]:
    """Yield every inconsistency, in order of places for each kind of them."""
    yield from _double_ids(events)
    yield from _abouts(events)
    yield from _promises(events)
    yield from _sorts(events)
    yield from _clashes(events)
    yield from _unsourced(events, sources)
    if until is not None:
        yield from _too_late(events, until)


def _double_ids(events: Events) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for index, event in enumerate(events):
        if first.setdefault(event.id, index) != index:
            hint = f"events[{first[event.id]}] has it already"
            yield Problem(f"two events are called `{clip(event.id)}`", ("events", index), hint=hint)


def _abouts(events: Events) -> Iterator[Problem]:
    known = {event.id: event for event in reversed(events)}
    for index, event in enumerate(events):
        abouts = event.about if isinstance(event, ActEvent | ReviewEvent | StepEvent) else ()
        for place, id_ in enumerate(abouts):
            path = ("events", index, "about", place)
            yield from _about(event, id_, known, path)


def _about(
    event: IncidentEvent, id_: str, known: Mapping[str, IncidentEvent], path: Path
) -> Iterator[Problem]:
    other = known.get(id_)
    if other is None:
        hint = did_you_mean(id_, known) or "name the id of an event"
        yield Problem(f"no event is called `{clip(id_)}`", path, hint=hint)
    elif id_ == event.id:
        yield Problem(f"`{clip(id_)}` is about itself", path, hint="name another event")
    elif isinstance(event, ActEvent) and not isinstance(other, InboundEvent | ActEvent):
        hint = "an act is about messages, or about other acts"
        yield Problem(f"`{clip(id_)}` is neither a message nor an act", path, hint=hint)
    elif isinstance(event, StepEvent) and not isinstance(other, ActEvent):
        hint = "the opening is about the acts of ours that caused the incident"
        yield Problem(f"`{clip(id_)}` is not an act of ours", path, hint=hint)
    elif event.around.before(other.around) is Truth.TRUE:
        hint = f"it is at {event.at.isoformat()}, `{clip(id_)}` at {other.at.isoformat()}"
        yield Problem(f"it is about `{clip(id_)}`, which comes later", path, hint=hint)


def _promises(events: Events) -> Iterator[Problem]:
    for index, event in enumerate(events):
        for place, promise in enumerate(event.promises if isinstance(event, ActEvent) else ()):
            if promise.around.before(event.around) is Truth.TRUE:
                hint = f"it is made at {event.at.isoformat()}"
                told = f"it promises for {promise.by.isoformat()}, which is past"
                yield Problem(told, ("events", index, "promises", place, "by"), hint=hint)


def _told(events: Events) -> Iterator[tuple[str, FactValue, Path]]:
    """Yield every value given to a fact, with its place: first what is, then what is said."""
    for index, event in enumerate(events):
        if isinstance(event, FactEvent):
            for name, given in event.that.items():
                yield name, given, ("events", index, "that", name)
    for index, event in enumerate(events):
        if isinstance(event, ActEvent):
            for name, given in event.claims.items():
                yield name, given, ("events", index, "claims", name)
            for place, promise in enumerate(event.promises):
                for name, given in promise.that.items():
                    yield name, given, ("events", index, "promises", place, "that", name)


def _sorts(events: Events) -> Iterator[Problem]:
    first: dict[str, FactValue] = {}
    for name, given, path in _told(events):
        sort, due = sort_of(given), sort_of(first.setdefault(name, given))
        if sort != due:
            told = f"`{clip(name)}` is {sort} here, and {due} elsewhere"
            yield Problem(told, path, hint="one fact is always of one sort")


def sort_of(given: FactValue) -> str:
    """Return what sort of fact a value tells."""
    return next(sort for kind, sort in _SORTS if isinstance(given, kind))


def _clashes(events: Events) -> Iterator[Problem]:
    first: dict[tuple[str, datetime], tuple[FactValue, int]] = {}
    for index, event in enumerate(events):
        for name, given in event.that.items() if isinstance(event, FactEvent) else ():
            other, place = first.setdefault((name, event.at), (given, index))
            if other != given:
                hint = f"events[{place}] says otherwise at the same instant"
                told = f"`{clip(name)}` has two values at {event.at.isoformat()}"
                yield Problem(told, ("events", index, "that", name), hint=hint)


def _unsourced(events: Events, sources: Mapping[str, str]) -> Iterator[Problem]:
    for index, event in enumerate(events):
        if event.source is not None and event.source not in sources:
            hint = did_you_mean(event.source, sources) or "give its address under `sources`"
            told = f"no source is called `{clip(event.source)}`"
            yield Problem(told, ("events", index, "source"), hint=hint)


def _too_late(events: Events, until: datetime) -> Iterator[Problem]:
    for index, event in enumerate(events):
        if event.around.first > until:
            hint = f"what happened is told until {until.isoformat()}"
            told = f"it comes after the end, at {event.at.isoformat()}"
            yield Problem(told, ("events", index, "at"), hint=hint)
