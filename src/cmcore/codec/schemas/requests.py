"""The schemas of files of requests and of desks."""

from typing import Final

from cmcore.codec.requests import RECEIVED
from cmcore.codec.shapes import Schema, either, listed, mapping, or_unknown, ref, told
from cmcore.codec.values import DURATION, ID, INSTANT, TEXT, WEEK, WORDS, ZONE
from cmcore.requests.request import DETAILS, RequestMove

_AT: Final = told("When it was.", INSTANT.schema)
_REQUEST: Final[Schema] = {
    "network": told("Where it was asked.", TEXT.schema),
    "author": told("Who asks.", TEXT.schema),
    "text": told("What is asked.", TEXT.schema),
    "language": told("In which language.", TEXT.schema),
    "severity": told("How severe it is, in a word.", TEXT.schema),
    "topics": told("What it is about.", {**WORDS.schema, "minItems": 0}),
}
_DETAILS: Final[Schema] = {
    "by": told("Who did it.", ID.schema),
    "to": told("Who has it from now on.", ID.schema),
    "how": told("How, as in `refunded` or `spam`.", {"minLength": 1, **TEXT.schema}),
    "reason": told("Why.", {"minLength": 1, **TEXT.schema}),
    "into": told("The request in which it goes on.", ID.schema),
}
_LISTS: Final[Schema] = {
    "topics": told("Only what is about one of these.", WORDS.schema),
    "networks": told("Only what was asked there.", WORDS.schema),
    "languages": told("Only what is in one of these.", WORDS.schema),
    "severities": told("Only what is as severe.", WORDS.schema),
}


def _received() -> Schema:
    about = "Somebody asks something."
    keys = {RECEIVED: told(f"{about} Its id.", ID.schema), "at": _AT, **or_unknown(_REQUEST)}
    return told(about, mapping(keys, [RECEIVED, "at"]))


def _move(move: RequestMove) -> Schema:
    needed, others = DETAILS[move]
    some = or_unknown({name: _DETAILS[name] for name in others})
    details = {**{name: _DETAILS[name] for name in needed}, **some}
    about = f"A request is {move}."
    keys = {move.value: told(f"{about} Its id.", ID.schema), "at": _AT, **details}
    return told(about, mapping(keys, (move.value, "at", *needed)))


def log_schema() -> Schema:
    """Return the schema of logs of requests that are one document."""
    entry = told("Something that befell a request.", either(_received(), *map(_move, RequestMove)))
    keys: Schema = {"events": told("What befell requests.", listed(ref("event")))}
    about = "Requests, and what befell them."
    defs: Schema = {"event": {"title": "event", **entry}}
    return {"title": "requests", **told(about, mapping(keys, ["events"])), "$defs": defs}


def desk_schema() -> Schema:
    """Return the schema of desk files."""
    duration = DURATION.schema
    target: Schema = {
        "within": told("How soon an answer is due.", duration),
        "hours": told("The hours of the week in which that time goes by.", WEEK.schema),
        "zone": told("The IANA time zone of these hours.", ZONE.schema),
        **_LISTS,
    }
    route: Schema = {"role": told("Who holds it answers.", ID.schema), **_LISTS}
    keys: Schema = {
        "desk": told("The name of the desk.", ID.schema),
        "zone": told("The IANA time zone of its hours.", {"default": "UTC", **ZONE.schema}),
        "targets": told("How soon an answer is due; the first that fits.", listed(ref("target"))),
        "routes": told("Which role answers; the first that fits.", listed(ref("route"))),
    }
    with_hours: Schema = {"dependentRequired": {"zone": ["hours"]}}
    defs: Schema = {
        "target": {
            "title": "target",
            **told("How soon: a duration, or a mapping.",
                   either(duration, mapping(target, ["within"], **with_hours))),
        },
        "route": {
            "title": "route",
            **told("Who: a role, or a mapping.", either(ID.schema, mapping(route, ["role"]))),
        },
    }  # fmt: skip
    about = "How soon requests are answered, and by whom."
    return {"title": "desk", **told(about, mapping(keys, ["desk"])), "$defs": defs}
