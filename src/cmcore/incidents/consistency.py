"""Consistency: what cannot be true together in the events of an incident."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Final

from cmcore.base.errors import InvalidError, Path, Problem, show_path
from cmcore.base.ids import nearest, repeated
from cmcore.base.truth import Truth
from cmcore.incidents.events import (
    ActEvent,
    After,
    FactEvent,
    FactValue,
    InboundEvent,
    IncidentEvent,
    RetrospectiveEvent,
    SignalEvent,
    StepEvent,
    same_value,
)
from cmcore.incidents.scale import Scale

Events = tuple[IncidentEvent, ...]
#: The sort of fact that a value is; one fact always has one sort.
_SORTS: Final[tuple[tuple[type | tuple[type, ...], str], ...]] = (
    (bool, "yes-or-no"),
    ((int, float), "number"),
    (str, "text"),
)


def event_problems(
    events: Events, sources: Mapping[str, str], until: datetime | None
) -> Iterator[Problem]:
    """Yield every inconsistency, in order of places for each kind of them."""
    yield from repeated((event.id for event in events), "events")
    yield from after_problems(events)
    yield from _misplaced(events)
    yield from _abouts(events)
    yield from _promises(events)
    yield from _sorts(events)
    yield from _clashes(events)
    yield from _unsourced(events, sources)
    if until is not None:
        yield from _too_late(events, until)


def after_problems(events: Events) -> Iterator[Problem]:
    """Yield the events that come after what is no event or has no instant, or beyond reach."""
    known = {event.id: event for event in reversed(events)}
    for index, event in enumerate(events):
        if event.after is None:
            continue
        id_, other = event.after.event, known.get(event.after.event)
        place = ("events", index, "at")
        if other is None:
            yield Problem.of("unknown-event", *place, "after", name=id_, near=nearest(id_, known))
        elif other.after is not None:
            yield Problem.of("after-no-instant", *place, "after", id=id_)
        else:
            yield from _reach_problems(event, event.after, other, place)


def _reach_problems(
    event: IncidentEvent, after: After, other: IncidentEvent, place: Path
) -> Iterator[Problem]:
    try:
        event.following(other, after.by, after.tolerance)
    except InvalidError as error:
        yield from (one.at(*place) for one in error.problems)


def _misplaced(events: Events) -> Iterator[Problem]:
    """Yield the events that are not where they are said to be after another."""
    known = {event.id: event for event in reversed(events)}
    for index, event in enumerate(events):
        other = None if event.after is None else known.get(event.after.event)
        if event.after is not None and other is not None:
            off = other.tolerance + event.after.tolerance
            if (event.at - other.at, event.tolerance) != (event.after.by, off):
                place, by = ("events", index, "at"), event.after.by
                yield Problem.of("after-by-another-time", *place, by=by, id=other.id)


def _abouts(events: Events) -> Iterator[Problem]:
    known = {event.id: event for event in reversed(events)}
    for index, event in enumerate(events):
        abouts = event.about if isinstance(event, ActEvent | RetrospectiveEvent | StepEvent) else ()
        for place, id_ in enumerate(abouts):
            if id_ not in _corrected(event):
                yield from _about(event, id_, known, ("events", index, "about", place))
        for place, id_ in enumerate(_corrected(event)):
            path = ("events", index, "corrects", place)
            found = [*_about(event, id_, known, path)]
            if not found and not isinstance(known[id_], ActEvent):
                found = [Problem.of("corrects-no-act", *path, id=id_)]
            yield from found


def _corrected(event: IncidentEvent) -> tuple[str, ...]:
    return event.corrects if isinstance(event, ActEvent) else ()


def _about(
    event: IncidentEvent, id_: str, known: Mapping[str, IncidentEvent], path: Path
) -> Iterator[Problem]:
    other = known.get(id_)
    if other is None:
        yield Problem.of("unknown-event", *path, name=id_, near=nearest(id_, known))
    elif id_ == event.id:
        yield Problem.of("about-itself", *path, id=id_)
    elif isinstance(event, ActEvent) and not isinstance(other, InboundEvent | ActEvent):
        yield Problem.of("about-neither", *path, id=id_)
    elif isinstance(event, StepEvent) and not isinstance(other, ActEvent):
        yield Problem.of("not-our-act", *path, id=id_)
    elif event.around.before(other.around) is Truth.TRUE:
        yield Problem.of("about-later", *path, id=id_, at=event.at, later=other.at)


def _promises(events: Events) -> Iterator[Problem]:
    for index, event in enumerate(events):
        for place, promise in enumerate(event.promises if isinstance(event, ActEvent) else ()):
            if promise.around.before(event.around) is Truth.TRUE:
                where = ("events", index, "promises", place, "by")
                yield Problem.of("promise-past", *where, by=promise.by, at=event.at)


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
            yield Problem.of("mixed-fact", *path, name=name, sort=sort, due=due)


def sort_of(given: FactValue) -> str:
    """Return the sort of fact that a value is."""
    return next(sort for kind, sort in _SORTS if isinstance(given, kind))


def _clashes(events: Events) -> Iterator[Problem]:
    first: dict[tuple[str, datetime], tuple[FactValue, int]] = {}
    for index, event in enumerate(events):
        for name, given in event.that.items() if isinstance(event, FactEvent) else ():
            other, place = first.setdefault((name, event.at), (given, index))
            if not same_value(other, given):
                where, other_place = ("events", index, "that", name), show_path(("events", place))
                yield Problem.of("clashing-fact", *where, name=name, at=event.at, other=other_place)


def _unsourced(events: Events, sources: Mapping[str, str]) -> Iterator[Problem]:
    for index, event in enumerate(events):
        if event.source is not None and event.source not in sources:
            near = nearest(event.source, sources)
            yield Problem.of(
                "unknown-source", "events", index, "source", name=event.source, near=near
            )


def told_of(events: Iterable[IncidentEvent], scale: Scale) -> frozenset[str]:
    """Return the facts, the measures and the levels that stand in an incident."""
    found = {name for level in scale.levels for name in (level.id, *level.when)}
    for event in events:
        match event:
            case ActEvent():
                found.update(event.claims, *(one.that for one in event.promises))
            case FactEvent():
                found.update(event.that)
            case SignalEvent():
                found.add(event.measure)
            case _:
                pass
    return frozenset(found)


def name_problems(names: Iterable[str], known: frozenset[str]) -> Iterator[Problem]:
    """Yield the problem of each name that nothing in an incident has."""
    for name in names:
        if name not in known:
            near = nearest(name, known)
            yield Problem.of("unknown-named", "names", name, name=name, near=near)


def _too_late(events: Events, until: datetime) -> Iterator[Problem]:
    for index, event in enumerate(events):
        if event.around.first > until:
            yield Problem.of("event-after-end", "events", index, "at", at=event.at, until=until)
