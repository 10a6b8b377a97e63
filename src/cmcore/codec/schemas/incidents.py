"""The schemas of files of incidents and of playbooks."""

from typing import Final

from cmcore.charters.kinds import KINDS
from cmcore.codec.events import EVENT_KEYS
from cmcore.codec.incidents import duty_keys
from cmcore.codec.shapes import Schema, either, listed, mapping, named, or_unknown, ref, told
from cmcore.codec.values import DURATION, FLAG, ID, INSTANT, TEXT, WEEK, WORDS, ZONE
from cmcore.incidents.events import IncidentStep
from cmcore.incidents.playbook import DETAILS, POSSIBLE, DutyKind

_INSTANT: Final = INSTANT.schema
_DURATION: Final = DURATION.schema
_SOME: Final[Schema] = {**WORDS.schema, "minItems": 0}
_FACTS: Final = named({"type": ["boolean", "number", "string"]}, minProperties=1)
_MEASURE: Final[Schema] = {"type": "number", "minimum": 0}
_EVENT: Final[Schema] = {
    "at": told("When it was.", _INSTANT),
    "tolerance": told("How far the instant may be off, either way.", _DURATION),
    "source": told("Which source says so.", TEXT.schema),
    "by": told("Who did it, or said it.", TEXT.schema),
    "note": told("What people should know of it.", TEXT.schema),
}
_REASON: Final = told("Why.", TEXT.schema)
#: What the keys of one kind of event hold; what is not here is told on the page of acts.
_DETAILS: Final[Schema] = {
    "criticism": told("Whether it is criticism.", FLAG.schema),
    "about": told("The messages and the acts that it answers or acts upon.", _SOME),
    "corrects": told("The acts of ours whose claims it says were wrong.", _SOME),
    "claims": told("Facts, and what it says they are.", {**_FACTS, "minProperties": 0}),
    "promises": told("What it promises.", listed(ref("promise"))),
    "review": told("The circuits that agreed to it before it went out.", _SOME),
    "that": told("Facts, and what they are from then on.", _FACTS),
    "roles": told("Who was told.", WORDS.schema),
    "measure": told("What was measured.", ID.schema),
    "number": told("What it was.", _MEASURE),
    "reason": _REASON,
}
_NEEDED: Final = {
    "fact": ("that",),
    "alerted": ("roles",),
    "signal": ("measure", "number"),
    str(IncidentStep.REOPENED): ("reason",),
}
_ABOUT: Final = {
    "inbound": "A message of somebody else's.",
    "fact": "From then on, the world is so.",
    "alerted": "Roles were told.",
    "held": "Scheduled posts were held back.",
    "signal": "Something was measured.",
    str(IncidentStep.OPENED): "The incident begins.",
    str(IncidentStep.REOPENED): "It was not over.",
    "reviewed": "The team looked back.",
}


def _event(kind: str) -> Schema:
    about = _ABOUT.get(
        kind, f"What we did: {kind}." if kind in KINDS else f"The incident is {kind}."
    )
    _, names = EVENT_KEYS[kind]
    of_acts = {name: told(f"The `{name}` of the message or the act.", {}) for name in names}
    details = {name: _DETAILS[name] for name in names if name in _DETAILS}
    needed = (kind, "at", *_NEEDED.get(kind, ()))
    keys: Schema = {**of_acts, **details, **_EVENT, kind: told(f"{about} Its id.", ID.schema)}
    some = or_unknown({name: one for name, one in keys.items() if name not in needed})
    return told(about, mapping({**keys, **some}, needed))


def _promise() -> Schema:
    keys: Schema = {
        "that": told("Facts, and what they will be.", _FACTS),
        "by": told("When they will be so.", _INSTANT),
        "tolerance": told("How vague that is.", _DURATION),
    }
    return {"title": "promise", **told("What was promised.", mapping(keys, ["that", "by"]))}


def _level() -> Schema:
    keys: Schema = {
        "level": told("Its name.", ID.schema),
        "when": told("The measures, any of which raises it so far, by name.", named(_MEASURE)),
    }
    about = "A level of severity: its name, or a mapping."
    return {"title": "level", **told(about, either(ID.schema, mapping(keys, ["level"])))}


def incident_schema() -> Schema:
    """Return the schema of files of incidents."""
    keys: Schema = {
        "incident": told("The id of the incident.", ID.schema),
        "title": told("Its name, for people.", TEXT.schema),
        "zone": told("The IANA time zone in which it is shown.", {"default": "UTC", **ZONE.schema}),
        "until": told("The instant until which what happened is known.", _INSTANT),
        "untold": told("Kinds of event of which some may lack here.", _SOME),
        "scale": told("The levels of severity, the least first.", listed(ref("level"), 1)),
        "sources": told("The address, or the name, of each source.", named(TEXT.schema)),
        "events": told("What happened, in any order.", listed(ref("event"), 1)),
    }
    event = told("Something that happened, at some instant.",
                 either(*(_event(kind) for kind in EVENT_KEYS)))  # fmt: skip
    about = "What happened in an incident, and who says so."
    defs = {"event": {"title": "event", **event}, "promise": _promise(), "level": _level()}
    needed = ["incident", "events"]
    return {"title": "incident", **told(about, mapping(keys, needed)), "$defs": defs}


# ----------------------------------------------------------------------------------- playbooks

_ESCALATION: Final = mapping(
    {
        "to": told("The role it goes to.", ID.schema),
        "after": told("How long after the deadline.", _DURATION),
    },
    ["to"],
)
_DUTY: Final[Schema] = {
    "within": told("How soon it is owed.", _DURATION),
    "hours": told("The hours of the week in which that time goes by.", WEEK.schema),
    "zone": told("The IANA time zone of these hours.", ZONE.schema),
    "from": told("The level of severity from which on it is owed.", ID.schema),
    "by": told("The role that owes it.", ID.schema),
    "escalate": told("The role it goes to once it is overdue.", either(ID.schema, _ESCALATION)),
    "because": told("Why.", TEXT.schema),
    "roles": told("Who is to be told.", WORDS.schema),
    "words": told("Words and phrases that no act says.", _SOME),
    "except": told("Phrases that hold such words and are meant well.", _SOME),
    "label": told("A flag of acts that means the same.", ID.schema),
    "pertinent": told("Whether only what is about the incident counts.", FLAG.schema),
}


#: Keys that go with another.
_BESIDE: Final = {"zone": "hours", "except": "words"}
#: What is never said: words, or what has a label.
_SAID: Final[Schema] = {
    "anyOf": [
        {"required": ["words"], "properties": {"words": told("Words.", WORDS.schema)}},
        {"required": ["label"]},
    ]
}


def _duty(kind: DutyKind) -> Schema:
    needed, _ = DETAILS[kind]
    own: Schema = {str(kind): told(f"To {kind}; its id.", ID.schema)}
    acts: Schema = {"enum": sorted(POSSIBLE.get(kind, ()))}
    counted = told("The kinds of act that count.", either(acts, listed(acts, 1)))
    known = {**_DUTY, "acts": counted}
    keys = {**own, **{key: known[key] for key in sorted(duty_keys(kind) - {str(kind)})}}
    beside = {key: [other] for key, other in _BESIDE.items() if key in keys}
    more: Schema = {"dependentRequired": beside} if beside else {}
    more |= _SAID if kind is DutyKind.NEVER_SAY else {}
    return told(f"To {kind}.", mapping(keys, (str(kind), *needed), **more))


def playbook_schema() -> Schema:
    """Return the schema of files of playbooks."""
    keys: Schema = {
        "playbook": told("The id of the playbook.", ID.schema),
        "title": told("Its name, for people.", TEXT.schema),
        "zone": told("The IANA time zone of its hours.", {"default": "UTC", **ZONE.schema}),
        "duties": told("What is owed in a crisis.", listed(ref("duty"))),
    }
    duty = told("Something that is owed.", either(*map(_duty, DutyKind)))
    about = "What is owed in a crisis, by when, and by whom."
    defs: Schema = {"duty": {"title": "duty", **duty}}
    return {"title": "playbook", **told(about, mapping(keys, ["playbook"])), "$defs": defs}
