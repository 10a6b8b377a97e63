"""Incidents to and from plain data, the way their files write them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from cmcore.base.errors import InvalidError, Problem, refuse_any
from cmcore.base.ids import id_problems, repeated
from cmcore.codec.bounds import Data
from cmcore.codec.events import (
    AFTER,
    EVENTS,
    MEASURE,
    PROMISE,
    id_told,
    placed,
    read_event,
    write_event,
)
from cmcore.codec.forms import Form, Key, one_of, zone_key
from cmcore.codec.plain import BROKEN, NO_TIME, Readers, Writers
from cmcore.codec.shapes import Schema, ref
from cmcore.codec.values import (
    ID,
    INSTANT,
    SOME,
    TEXT,
    Value,
    list_of,
    mapping_of,
    parts_of,
    with_words,
)
from cmcore.incidents.consistency import after_problems, event_problems
from cmcore.incidents.events import EVENT_KINDS, IncidentEvent
from cmcore.incidents.incident import Incident, untold_problems
from cmcore.incidents.scale import Scale, SeverityLevel

# ------------------------------------------------------------------------------------------ a scale

LEVEL: Final = Form(
    SeverityLevel,
    "level",
    "A level of severity: its name, or a mapping.",
    Key("level", ID, "Its name.", "id", missing=BROKEN, needed="name-level"),
    Key("when", mapping_of(MEASURE), "The measures, any of which raises it so far, by name."),
    short=(ID.schema,),
)


def _read_level(data: object) -> SeverityLevel:
    return SeverityLevel(data) if isinstance(data, str) else LEVEL.read(data)


def _write_level(level: SeverityLevel) -> Data:
    return LEVEL.write(level) if level.when else level.id


_LEVELS: Final = list_of(Value(_read_level, ref("level"), _write_level), 1)
SCALE: Final = Value(
    lambda data: Scale(_LEVELS.read(data)),
    _LEVELS.schema,
    lambda scale: _LEVELS.write(scale.levels),
)

# -------------------------------------------------------------------------------------- an incident


def _sifted(problems: list[Problem]) -> list[Problem]:
    """Return the problems without those of sources, where what these are could not be read."""
    is_lost = any(one.path[:1] == ("sources",) for one in problems)
    return [one for one in problems if not (is_lost and one.code == "unknown-source")]


def _incident(events: Sequence[IncidentEvent], **told: Any) -> Incident:  # noqa: ANN401 - what an incident has
    """Return an incident, whose events are then where they are said to be after others."""
    refuse_any(after_problems(tuple(events)))
    return Incident(events=placed(events), **told)


INCIDENT: Final = Form(
    _incident,
    "incident",
    "What happened in an incident, and who says so.",
    Key("incident", ID, "The id of the incident.", "id", missing=BROKEN, needed="name-incident"),
    Key("title", TEXT, "Its name, for people.", missing=""),
    zone_key("The IANA time zone in which it is shown."),
    Key("until", INSTANT, "The instant until which what happened is known."),
    Key("untold", with_words(SOME, EVENT_KINDS), "Kinds of event of which some may lack here."),
    Key("scale", SCALE, "The levels of severity, the least first.", missing=Scale(), always=True),
    Key("sources", mapping_of(TEXT), "The address, or the name, of each source."),
    Key("names", mapping_of(TEXT), "What its facts, measures and levels are called, for people."),
    Key(
        "events",
        parts_of(
            Value(read_event, ref("event"), write_event),
            1,
            lost=lambda n, _: IncidentEvent(f"event {n} of these", NO_TIME),
        ),
        "What happened, in any order.",
        needed="write-events",
    ),
    sift=_sifted,
)


def read_incident(data: object) -> Incident:
    """Return the incident that `data` writes, its events in any order.

    Raises:
        InvalidError: with every problem of every part, each with its place; where all of them
            read, with every inconsistency between them.
    """
    reading = INCIDENT.open(data)
    gather = reading.gather
    if any(one.path[:1] == ("events",) for one in gather.problems):
        gather.add(_sure_problems(reading.item, reading.told))
        raise InvalidError(_sifted(gather.problems))
    return reading.made()


def _sure_problems(item: Mapping[str, Any], told: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield what is wrong with an incident, whatever the events say that do not read."""
    yield from id_problems(told["id"], "incident")
    yield from untold_problems(told["untold"])
    many = item.get("events")
    yield from repeated(map(id_told, many if isinstance(many, list) else ()), "events")
    found = event_problems(tuple(placed(told["events"])), told["sources"], told["until"])
    yield from (one for one in found if one.code not in {"unknown-event", "duplicate-id"})


def incident_schema() -> Schema:
    """Return the schema of files of incidents."""
    event = one_of("event", "Something that happened, at some instant.", EVENTS.values())
    return INCIDENT.schema(event=event, promise=PROMISE, level=LEVEL, after=AFTER)


#: Type -> its reader from plain data, and its writer.
READERS: Final[Readers] = {Incident: read_incident, Scale: SCALE.read}
WRITERS: Final[Writers] = {Incident: INCIDENT.write, Scale: SCALE.write}
