"""Logs of requests and the desks that treat them, to and from plain data."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any, Final

from cmcore.base.amounts import show_duration
from cmcore.base.errors import InvalidError, Path, Problem, more
from cmcore.codec.bounds import Data
from cmcore.codec.hours import as_zone, read_clock
from cmcore.codec.plain import (
    BROKEN,
    NO_TIME,
    Gather,
    Readers,
    Writers,
    as_duration,
    as_instant,
    as_list,
    as_mapping,
    as_text,
    as_words,
    each,
    kept,
    of_kind,
    only_kind,
    opened,
)
from cmcore.requests.desk import Desk, Route, Selector, Target
from cmcore.requests.log import RequestLog
from cmcore.requests.request import DETAILS, Request, RequestEvent, RequestMove

#: What a log has: requests as they are received, and what befalls them.
Entry = Request | RequestEvent
#: Where an entry stands: its path, and its line in a file that has one entry on each.
Place = tuple[Path, int | None]

RECEIVED: Final = "received"
_TEXTS: Final = ("network", "author", "text", "language", "severity")
REQUEST_KEYS: Final = frozenset({RECEIVED, "at", *_TEXTS, "topics"})
KINDS: Final = (RECEIVED, *(move.value for move in RequestMove))
_LISTS: Final = ("topics", "networks", "languages", "severities")
TARGET_KEYS: Final = frozenset({"within", "hours", "zone", *_LISTS})
ROUTE_KEYS: Final = frozenset({"role", *_LISTS})
DESK_KEYS: Final = frozenset({"desk", "zone", "targets", "routes"})
#: What no other entry makes right.
_SURE: Final = frozenset(
    {"request-twice", "event-before-request", "event-too-late", "newest-first"}
)
_AT_HINT: Final = {"at": "write-when"}


# ----------------------------------------------------------------------------------------- a log


def read_log(data: object) -> RequestLog:
    """Return the log that `data` writes: a mapping with a list of `events`, in any order.

    Raises:
        InvalidError: with every problem of every event, each with its place; where all of them
            read, with every inconsistency between them.
    """
    item, gather = opened(data, {"events"}, {"events": "write-requests"})
    many = gather.key(item, "events", as_list, [])
    entries = [gather.at(("events", n), read_entry, one) for n, one in enumerate(many)]
    read = [(entry, (("events", n), None)) for n, entry in enumerate(entries) if entry is not None]
    return gather.made(gather.at((), log_of, read, whole=gather.is_whole))


def log_of(placed: Sequence[tuple[Entry, Place]], *, whole: bool = True) -> RequestLog:
    """Return the log of entries that stand at these places.

    Where it is not the `whole`, since other entries do not read, no inconsistency is told that
    these may have caused.

    Raises:
        InvalidError: with every inconsistency, at the place of its entry, in order of places.
    """
    entries, places = [entry for entry, _ in placed], [place for _, place in placed]
    parts: dict[str, list[tuple[Any, int]]] = {"requests": [], "events": []}
    for number, entry in enumerate(entries):
        parts["requests" if isinstance(entry, Request) else "events"].append((entry, number))
    try:
        return RequestLog(*([entry for entry, _ in part] for part in parts.values()))
    except InvalidError as error:
        told = [one for one in error.problems if one != more() and (whole or one.code in _SURE)]
        found = [(_number(one, parts), one) for one in told]
        moved = [_moved(one, *places[n]) for n, one in sorted(found, key=lambda pair: pair[0])]
        raise InvalidError(moved + [more()] * (more() in error.problems)) from None


def _number(problem: Problem, parts: Mapping[str, list[tuple[Any, int]]]) -> int:
    part, index = problem.path[:2]
    return parts[str(part)][int(index)][1]


def _moved(problem: Problem, path: Path, line: int | None) -> Problem:
    return problem.at(*path, *problem.path[2:]).at_line(line)


def read_entry(data: object) -> Entry:
    """Return the request or the event of a request that a mapping writes; null is not known."""
    item = kept(as_mapping(data))
    kinds = [key for key in item if key in KINDS]
    kind = only_kind(item, kinds, KINDS, "no-request-event")
    return _read_request(item) if kind == RECEIVED else _read_event(item, kind)


def _read_request(data: dict[str, Any]) -> Request:
    item, gather = opened(data, REQUEST_KEYS, _AT_HINT)
    texts: dict[str, Any] = {key: gather.key(item, key, as_text, None) for key in _TEXTS}
    made = gather.at(
        (),
        Request,
        gather.key(item, RECEIVED, as_text, BROKEN),
        gather.key(item, "at", as_instant, NO_TIME),
        topics=gather.key(item, "topics", as_words, ()),
        **texts,
    )
    gather.problems = [_placed(problem, "id", RECEIVED) for problem in gather.problems]
    return gather.made(made)


def _read_event(data: dict[str, Any], kind: str) -> RequestEvent:
    names = [name for names in DETAILS[RequestMove(kind)] for name in names]
    item, gather = opened(data, {kind, "at", *names}, _AT_HINT)
    details: dict[str, Any] = {
        name: gather.key(item, name, as_text, BROKEN) for name in names if name in item
    }
    made = gather.at(
        (),
        RequestEvent,
        RequestMove(kind),
        gather.key(item, kind, as_text, BROKEN),
        gather.key(item, "at", as_instant, NO_TIME),
        **details,
    )
    gather.problems = [_placed(problem, "request", kind) for problem in gather.problems]
    return gather.made(made)


def _placed(problem: Problem, name: str, kind: str) -> Problem:
    """Put a problem of the id where a file has it: under what happened."""
    return problem.at(kind) if problem.path == (name,) else problem


def write_log(log: RequestLog) -> dict[str, Data]:
    """Return the plain data of a log: requests and events together, in order of time."""
    entries: list[Entry] = sorted([*log.requests, *log.events], key=lambda entry: entry.at)
    return {"events": [write_entry(entry) for entry in entries]}


def write_entry(entry: Entry) -> dict[str, Data]:
    """Return the plain data of a request or of an event."""
    at = entry.at.isoformat()
    if isinstance(entry, Request):
        texts = {key: getattr(entry, key) for key in _TEXTS}
        topics = sorted(entry.topics) or None
        return kept({RECEIVED: entry.id, "at": at, **texts, "topics": topics})
    names = [name for names in DETAILS[entry.move] for name in names]
    details = {name: getattr(entry, name) for name in names}
    return kept({entry.move.value: entry.request, "at": at, **details})


# ---------------------------------------------------------------------------------------- a desk


def read_desk(data: object) -> Desk:
    """Return the desk that `data` writes.

    Raises:
        InvalidError: with every problem of every part, each with its place.
    """
    item, gather = opened(data, DESK_KEYS, {"desk": "name-desk"})
    zone = gather.key(item, "zone", as_zone, "UTC")
    made = gather.at(
        (),
        Desk,
        gather.key(item, "desk", as_text, BROKEN),
        zone=zone,
        targets=gather.key(
            item, "targets", lambda many: each(many, lambda one: read_target(one, zone)), ()
        ),
        routes=gather.key(item, "routes", lambda many: each(many, read_route), ()),
    )
    return gather.made(made)


def read_target(data: object, zone: str = "UTC") -> Target:
    """Return a target: a duration, or a mapping; `zone` is that of its hours unless it says."""
    if isinstance(data, str):
        return Target(as_duration(data))
    item, gather = opened(data, TARGET_KEYS, {"within": "write-within"})
    made = gather.at(
        (),
        Target,
        gather.key(item, "within", as_duration, timedelta(1)),
        read_clock(item, zone, gather),
        **_lists(item, gather),
    )
    return gather.made(made)


def read_route(data: object) -> Route:
    """Return a route: a role alone, for every request, or a mapping."""
    if isinstance(data, str):
        return Route(data)
    item, gather = opened(data, ROUTE_KEYS, {"role": "name-role"})
    role = gather.key(item, "role", as_text, BROKEN)
    return gather.made(gather.at((), Route, role, **_lists(item, gather)))


def _lists(item: Mapping[str, Any], gather: Gather) -> dict[str, Any]:
    return {key: gather.key(item, key, as_words, None) for key in _LISTS}


def write_desk(desk: Desk) -> dict[str, Data]:
    """Return the plain data of a desk, as a file has it."""
    return kept(
        {
            "desk": desk.id,
            "zone": desk.zone,
            "targets": [write_target(target) for target in desk.targets] or None,
            "routes": [write_route(route) for route in desk.routes] or None,
        }
    )


def write_target(target: Target) -> dict[str, Data]:
    """Return the plain data of a target."""
    clock = target.clock
    return kept(
        {
            "within": show_duration(target.within),
            "hours": None if clock is None else str(clock.week),
            "zone": None if clock is None else clock.zone,
            **_written(target),
        }
    )


def write_route(route: Route) -> dict[str, Data]:
    """Return the plain data of a route."""
    return kept({"role": route.role, **_written(route)})


def _written(selector: Selector) -> dict[str, Any]:
    found: dict[str, Iterable[str] | None] = {key: getattr(selector, key) for key in _LISTS}
    return {key: None if words is None else sorted(words) for key, words in found.items()}


#: Type -> what reads it from plain data, and what writes it.
READERS: Final[Readers] = {
    Desk: read_desk,
    Target: read_target,
    Route: read_route,
    RequestLog: read_log,
    Request: of_kind(Request, read_entry),
    RequestEvent: of_kind(RequestEvent, read_entry),
}
WRITERS: Final[Writers] = {
    Desk: write_desk,
    Target: write_target,
    Route: write_route,
    RequestLog: write_log,
    Request: write_entry,
    RequestEvent: write_entry,
}
