"""Incidents and playbooks to and from plain data, the way their files write them."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from cmcore.base.amounts import show_duration
from cmcore.base.errors import InvalidError, Path, Problem
from cmcore.base.ids import id_problems, repeated
from cmcore.codec.bounds import Data
from cmcore.codec.events import (
    EVENT_KEYS,
    id_told,
    id_under,
    read_event,
    read_promise,
    write_event,
    write_promise,
)
from cmcore.codec.hours import as_zone, read_clock
from cmcore.codec.plain import (
    BROKEN,
    NO_TIME,
    Gather,
    Readers,
    Writers,
    as_duration,
    as_flag,
    as_instant,
    as_list,
    as_mapping,
    as_number,
    as_text,
    as_words,
    each,
    kept,
    of_kind,
    only_kind,
    opened,
    written,
)
from cmcore.incidents.consistency import event_problems
from cmcore.incidents.events import IncidentEvent, Promise
from cmcore.incidents.incident import Incident, untold_problems
from cmcore.incidents.playbook import DETAILS, Duty, DutyKind, Escalation, Playbook
from cmcore.incidents.scale import Scale, SeverityLevel
from cmcore.text.words import WordList

INCIDENT_KEYS: Final = frozenset(
    {"incident", "title", "zone", "until", "untold", "scale", "sources", "events"}
)
LEVEL_KEYS: Final = frozenset({"level", "when"})
PLAYBOOK_KEYS: Final = frozenset({"playbook", "title", "zone", "duties"})
ESCALATION_KEYS: Final = frozenset({"to", "after"})
#: What a detail of a duty is called in a file.
_WRITTEN: Final = {"clock": "hours", "level": "from", "role": "by", "escalation": "escalate"}


# --------------------------------------------------------------------------------- an incident


def read_incident(data: object) -> Incident:
    """Return the incident that `data` writes, its events in any order.

    Raises:
        InvalidError: with every problem of every part, each with its place; where all of them
            read, with every inconsistency between them.
    """
    hints = {"incident": "name-incident", "events": "write-events"}
    item, gather = opened(data, INCIDENT_KEYS, hints)
    told: dict[str, Any] = {
        "title": gather.key(item, "title", as_text, ""),
        "zone": gather.key(item, "zone", as_zone, "UTC"),
        "until": gather.key(item, "until", as_instant, None),
        "untold": gather.key(item, "untold", as_words, ()),
        "scale": gather.key(item, "scale", read_scale, Scale()),
        "sources": gather.key(item, "sources", _texts, {}),
    }
    id_ = gather.key(item, "incident", as_text, BROKEN)
    many = gather.key(item, "events", as_list, [])
    events = [gather.at(("events", n), read_event, one) for n, one in enumerate(many)]
    lost = {problem.path[0] for problem in gather.problems if problem.path}
    if "events" not in lost:
        made = gather.at((), Incident, id_, filter(None, events), **told)
        gather.problems = _sure(gather.problems, lost)
        return gather.made(made)
    gather.add(id_problems(id_, "incident"))
    gather.add(untold_problems(told["untold"]))
    gather.add(repeated(map(id_told, many), "events"))
    gather.add(_sure(_sure_problems(events, told["sources"], told["until"]), lost))
    raise InvalidError(gather.problems)


def _sure(problems: Iterable[Problem], lost: Collection[object]) -> list[Problem]:
    """Return problems without those of sources, where what these are could not be read."""
    return [one for one in problems if "sources" not in lost or one.code != "unknown-source"]


def _sure_problems(
    events: Iterable[IncidentEvent | None], sources: Mapping[str, str], until: datetime | None
) -> Iterator[Problem]:
    """Yield what those events that read say against each other, whatever the others say."""
    read = tuple(event or IncidentEvent(f"event {n} of these", NO_TIME)
                 for n, event in enumerate(events))  # fmt: skip
    unsure = {"unknown-event", "duplicate-id"}
    yield from (one for one in event_problems(read, sources, until) if one.code not in unsure)


def _texts(data: object) -> dict[str, str]:
    gather = Gather()
    item = as_mapping(data)
    made = {name: gather.at((name,), as_text, given) for name, given in item.items()}
    return gather.made(kept(made))


def read_scale(data: object) -> Scale:
    """Return a scale from its levels, the least severe first."""
    return Scale(each(data, _read_level))


def _read_level(data: object) -> SeverityLevel:
    if isinstance(data, str):
        return SeverityLevel(data)
    item, gather = opened(data, LEVEL_KEYS, {"level": "name-level"})
    id_ = gather.key(item, "level", as_text, BROKEN)
    when = gather.key(item, "when", _numbers, {})
    return gather.made(gather.at((), SeverityLevel, id_, when))


def _numbers(data: object) -> dict[str, float]:
    gather = Gather()
    item = as_mapping(data)
    made = {name: gather.at((name,), as_number, given) for name, given in item.items()}
    return gather.made(kept(made))


def write_incident(incident: Incident) -> dict[str, Data]:
    """Return the plain data of an incident, as a file has it."""
    return kept(
        {
            "incident": incident.id,
            "title": incident.title or None,
            "zone": incident.zone,
            "until": None if incident.until is None else incident.until.isoformat(),
            "untold": sorted(incident.untold) or None,
            "scale": write_scale(incident.scale),
            "sources": dict(incident.sources) or None,
            "events": [write_event(event) for event in incident.events],
        }
    )


def write_scale(scale: Scale) -> list[Data]:
    """Return the plain data of a scale."""
    return [
        {"level": level.id, "when": dict(level.when)} if level.when else level.id
        for level in scale.levels
    ]


# ---------------------------------------------------------------------------------- a playbook


def read_playbook(data: object) -> Playbook:
    """Return the playbook that `data` writes.

    Raises:
        InvalidError: with every problem of every duty, each with its place.
    """
    item, gather = opened(data, PLAYBOOK_KEYS, {"playbook": "name-playbook"})
    zone = gather.key(item, "zone", as_zone, "UTC")
    many = gather.key(item, "duties", as_list, [])
    duties = [gather.at(("duties", n), read_duty, one, zone) for n, one in enumerate(many)]
    title = gather.key(item, "title", as_text, "")
    id_ = gather.key(item, "playbook", as_text, BROKEN)
    if all(duties):
        return gather.made(gather.at((), Playbook, id_, filter(None, duties), title=title))
    gather.add(id_problems(id_, "playbook"))
    gather.add(repeated(map(_duty_told, many), "duties"))
    raise InvalidError(gather.problems)


def _duty_told(data: object) -> str | None:
    """Return the id of a duty, whatever else is wrong with it."""
    return id_under(data, lambda key, _: key in {*map(str, DutyKind)})


def duty_keys(kind: DutyKind) -> frozenset[str]:
    """Return what a duty of a kind may hold in a file."""
    needed, others = DETAILS[kind]
    names = {_WRITTEN.get(name, name) for name in (*needed, *others)}
    names |= {"zone"} if "hours" in names else set()
    names |= {"except"} if "words" in names else set()
    return frozenset({str(kind), "because", *names})


def read_duty(data: object, zone: str = "UTC") -> Duty:
    """Return a duty: its kind is the key of its id; `zone` is that of its hours."""
    item = as_mapping(data)
    kinds = [kind for kind in map(str, DutyKind) if kind in item]
    kind = DutyKind(only_kind(item, kinds, map(str, DutyKind), "no-duty"))
    item, gather = opened(item, duty_keys(kind))
    told: dict[str, Any] = {
        "within": gather.key(item, "within", as_duration, None),
        "clock": read_clock(item, zone, gather),
        "level": gather.key(item, "from", as_text, None),
        "role": gather.key(item, "by", as_text, None),
        "escalation": gather.key(item, "escalate", _read_escalation, None),
        "roles": gather.key(item, "roles", as_words, None),
        "acts": gather.key(item, "acts", as_words, None),
        "words": _words(item, gather),
        "label": gather.key(item, "label", as_text, None),
        "pertinent": gather.key(item, "pertinent", as_flag, None),
        "because": gather.key(item, "because", as_text, ""),
    }
    id_ = gather.key(item, str(kind), as_text, BROKEN)
    gather.done()
    own: dict[str, Path] = {"id": (str(kind),), **{name: (key,) for name, key in _WRITTEN.items()}}
    return written(own, Duty, id_, kind, **told)


def _words(item: Mapping[str, Any], gather: Gather) -> WordList | None:
    words = gather.key(item, "words", as_words, None)
    exceptions = gather.key(item, "except", as_words, ())
    if words is None:
        if exceptions and "words" not in item:
            gather.add([Problem.of("stands-alone", "except", key="except", beside="words")])
        return None
    own: dict[str, Path] = {"entries": ("words",), "exceptions": ("except",)}
    return gather.at((), written, own, WordList, words, exceptions)


def _read_escalation(data: object) -> Escalation:
    if isinstance(data, str):
        return written({"role": ()}, Escalation, data)
    item, gather = opened(data, ESCALATION_KEYS, {"to": "name-escalation"})
    role = gather.key(item, "to", as_text, BROKEN)
    after = gather.key(item, "after", as_duration, Escalation(BROKEN).after)
    return gather.made(gather.at((), written, {"role": ("to",)}, Escalation, role, after))


def write_playbook(playbook: Playbook) -> dict[str, Data]:
    """Return the plain data of a playbook, as a file has it."""
    return kept(
        {
            "playbook": playbook.id,
            "title": playbook.title or None,
            "duties": [write_duty(duty) for duty in playbook.duties],
        }
    )


def write_duty(duty: Duty) -> dict[str, Data]:
    """Return the plain data of a duty."""
    escalation, words, clock = duty.escalation, duty.words, duty.clock
    return kept(
        {
            str(duty.kind): duty.id,
            "within": None if duty.within is None else show_duration(duty.within),
            "hours": None if clock is None else str(clock.week),
            "zone": None if clock is None else clock.zone,
            "from": duty.level,
            "by": duty.role,
            "escalate": None if escalation is None else _write_escalation(escalation),
            "roles": None if duty.roles is None else sorted(duty.roles),
            "acts": None if duty.acts is None else sorted(duty.acts),
            "words": None if words is None else list(words.entries),
            "except": list(words.exceptions) or None if words is not None else None,
            "label": duty.label,
            "pertinent": duty.pertinent,
            "because": duty.because or None,
        }
    )


def _write_escalation(escalation: Escalation) -> Data:
    if not escalation.after:
        return escalation.role
    return {"to": escalation.role, "after": show_duration(escalation.after)}


# ------------------------------------------------------------------------------------ the hooks


_EVENTS: Final[tuple[type[IncidentEvent], ...]] = (
    IncidentEvent,
    *dict.fromkeys(kind for kind, _ in EVENT_KEYS.values()),
)
#: Type -> what reads it from plain data, and what writes it.
READERS: Final[Readers] = {
    Incident: read_incident,
    Playbook: read_playbook,
    Duty: read_duty,
    Scale: read_scale,
    Promise: read_promise,
    **{kind: of_kind(kind, read_event) for kind in _EVENTS},
}
WRITERS: Final[Writers] = {
    Incident: write_incident,
    Playbook: write_playbook,
    Duty: write_duty,
    Scale: write_scale,
    Promise: write_promise,
    **dict.fromkeys(_EVENTS, write_event),
}
