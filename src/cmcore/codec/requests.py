"""Logs of requests and the desks that treat them, to and from plain data."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import partial
from typing import Any, Final

from cmcore.base.errors import InvalidError, Path, Problem, more
from cmcore.codec.bounds import Data
from cmcore.codec.clocks import CLOCK, LENGTH, ON_CALENDAR
from cmcore.codec.conditions import read_condition, write_condition
from cmcore.codec.forms import Form, Key, one_of, zone_key
from cmcore.codec.hours import clock_of
from cmcore.codec.plain import (
    BROKEN,
    NO_TIME,
    Readers,
    Writers,
    as_list,
    as_mapping,
    as_text,
    kept,
    of_kind,
    only_kind,
)
from cmcore.codec.shapes import Schema, listed, ref
from cmcore.codec.unions import as_length
from cmcore.codec.values import ID, INSTANT, SOME, TEXT, WORDS, Value, list_of
from cmcore.requests.desk import COUNTED, FROM_AUTHOR, Desk, Route, Selector, Target
from cmcore.requests.log import RequestLog
from cmcore.requests.request import DETAILS, Request, RequestEvent, RequestMove

#: What a log has: received requests, and what happens to them.
Entry = Request | RequestEvent
#: The place of an entry: its path, and its line in a file with one entry per line.
Place = tuple[Path, int | None]

RECEIVED: Final = "received"
KINDS: Final = (RECEIVED, *(move.value for move in RequestMove))
#: The problems that no other entry can resolve.
_SURE: Final = frozenset(
    {"request-twice", "event-before-request", "event-too-late", "newest-first"}
)


# ---------------------------------------------------------------------- requests, and their events

_AT: Final = Key("at", INSTANT, "When it was.", missing=NO_TIME, needed="write-when")
_WORD: Final = Value(as_text, {"minLength": 1, **TEXT.schema})
_DETAILS: Final = {
    "by": (ID, "Who did it."),
    "to": (ID, "Who has it from now on."),
    "how": (_WORD, "How, as in `refunded` or `spam`."),
    "reason": (_WORD, "Why."),
    "into": (ID, "The request in which it goes on."),
}
REQUEST: Final = Form(
    Request,
    "request",
    "Somebody asks something.",
    Key(RECEIVED, ID, "Somebody asks something. Its id.", "id", broken=BROKEN),
    _AT,
    Key("network", TEXT, "On which network it was asked.", unknown=True),
    Key("author", TEXT, "Who asks.", unknown=True),
    Key("text", TEXT, "What is asked.", unknown=True),
    Key("language", TEXT, "In which language.", unknown=True),
    Key("severity", TEXT, "How severe it is, in a word.", unknown=True),
    Key("topics", SOME, "What it is about.", unknown=True),
    required=(RECEIVED,),
)


def _event(move: RequestMove) -> Form[RequestEvent]:
    needed, others = DETAILS[move]
    about = f"A request is {move}."
    return Form(
        partial(RequestEvent, move),
        move.value,
        about,
        Key(move.value, ID, f"{about} Its id.", "request", broken=BROKEN),
        _AT,
        *(
            Key(name, *_DETAILS[name], broken=BROKEN, unknown=name in others)
            for name in (*needed, *others)
        ),
        required=(move.value, *needed),
    )


EVENTS: Final = {move.value: _event(move) for move in RequestMove}


def read_entry(data: object) -> Entry:
    """Return the request or the event of a request that a mapping writes; null is unknown."""
    item = kept(as_mapping(data))
    kinds = [key for key in item if key in KINDS]
    kind = only_kind(item, kinds, KINDS, "no-request-event")
    return REQUEST.read(item) if kind == RECEIVED else EVENTS[kind].read(item)


def write_entry(entry: Entry) -> dict[str, Data]:
    """Return the plain data of a request or of an event."""
    return REQUEST.write(entry) if isinstance(entry, Request) else EVENTS[entry.move].write(entry)


# ----------------------------------------------------------------------------------------- a log


LOG: Final = Form(
    RequestLog,
    "requests",
    "Requests, and what befell them.",
    Key(
        "events",
        Value(as_list, listed(ref("event"))),
        "What befell requests.",
        missing=(),
        needed="write-requests",
    ),
)


def read_log(data: object) -> RequestLog:
    """Return the log that `data` writes: a mapping with a list of `events`, in any order.

    Raises:
        InvalidError: with every problem of every event, each with its place; where all of them
            read, with every inconsistency between them.
    """
    reading = LOG.open(data)
    many, gather = reading.told["events"], reading.gather
    entries = [gather.at(("events", n), read_entry, one) for n, one in enumerate(many)]
    read = [(entry, (("events", n), None)) for n, entry in enumerate(entries) if entry is not None]
    return gather.made(gather.at((), log_of, read, whole=gather.is_whole))


def log_of(placed: Sequence[tuple[Entry, Place]], *, whole: bool = True) -> RequestLog:
    """Return the log of the entries at these places.

    If it is not the `whole`, because other entries cannot be read, inconsistencies that those may
    have caused are left out.

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


def write_log(log: RequestLog) -> dict[str, Data]:
    """Return the plain data of a log: requests and events together, in order of time."""
    entries: list[Entry] = sorted([*log.requests, *log.events], key=lambda entry: entry.at)
    return {"events": [write_entry(entry) for entry in entries]}


def log_schema() -> Schema:
    """Return the schema of logs of requests that are one document."""
    forms: list[Form[Any]] = [REQUEST, *EVENTS.values()]
    return LOG.schema(event=one_of("event", "Something that befell a request.", forms))


# ---------------------------------------------------------------------------------------- a desk

_LISTS: Final = (
    Key("topics", WORDS, "Only requests about one of these."),
    Key("networks", WORDS, "Only requests on one of these."),
    Key("languages", WORDS, "Only requests in one of these."),
    Key("severities", WORDS, "Only requests of one of these severities."),
    Key(
        "when",
        Value(lambda data: read_condition(data, COUNTED), ref("count-condition"), write_condition),
        f"Only what follows so many messages of its author, as `{FROM_AUTHOR}` counts them.",
    ),
)
_DAY: Final = timedelta(1)
TARGET: Final = Form(
    Target,
    "target",
    "How soon: a duration, or a mapping.",
    Key(
        "within",
        LENGTH,
        "How soon an answer is due.",
        missing=timedelta(1),
        needed="write-within",
    ),
    *CLOCK,
    *_LISTS,
    parts={"clock": clock_of},
    short=(LENGTH.schema,),
)
ROUTE: Final = Form(
    Route,
    "route",
    "Who: a role, or a mapping.",
    Key("role", ID, "The role whose holders answer.", missing=BROKEN, needed="name-role"),
    *_LISTS,
    short=(ID.schema,),
)


IGNORED: Final = Form(Selector, "ignored", "Messages to which no answer is owed.", *_LISTS)


def read_target(data: object, zone: str = "UTC") -> Target:
    """Return a target: a duration, or a mapping; `zone` is that of its hours unless it says."""
    return Target(as_length(data)) if isinstance(data, str) else TARGET.read(data, zone)


def read_route(data: object) -> Route:
    """Return a route: a role alone, for every request, or a mapping."""
    return Route(data) if isinstance(data, str) else ROUTE.read(data)


DESK: Final = Form(
    Desk,
    "desk",
    "How soon requests are answered, and by whom.",
    Key("desk", ID, "The name of the desk.", "id", missing=BROKEN, needed="name-desk"),
    zone_key("The IANA time zone of its hours."),
    Key("calendar", ON_CALENDAR, "The days on which nobody works."),
    Key(
        "targets",
        list_of(Value(read_target, ref("target"), TARGET.write)),
        "How soon an answer is due; the first match applies.",
        zoned=True,
    ),
    Key(
        "acknowledge",
        list_of(Value(read_target, ref("target"), TARGET.write)),
        "How soon an acknowledgement is due, such as a like; the first match applies.",
        zoned=True,
    ),
    Key(
        "resolve",
        list_of(Value(read_target, ref("target"), TARGET.write)),
        "How soon a request is to be resolved; the first match applies.",
        zoned=True,
    ),
    Key(
        "routes",
        list_of(Value(read_route, ref("route"), ROUTE.write)),
        "Which role answers; the first match applies.",
    ),
    Key(
        "ignore",
        list_of(Value(IGNORED.read, ref("ignored"), IGNORED.write)),
        "Messages to which no answer is owed.",
    ),
)


#: Type -> its reader from plain data, and its writer.
READERS: Final[Readers] = {
    Desk: DESK.read,
    Target: read_target,
    Route: read_route,
    RequestLog: read_log,
    Request: of_kind(Request, read_entry),
    RequestEvent: of_kind(RequestEvent, read_entry),
}
WRITERS: Final[Writers] = {
    Desk: DESK.write,
    Target: TARGET.write,
    Route: ROUTE.write,
    RequestLog: write_log,
    Request: write_entry,
    RequestEvent: write_entry,
}
