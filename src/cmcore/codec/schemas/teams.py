"""The schema of team files."""

from typing import Final

from cmcore.codec.shapes import Schema, either, listed, mapping, named, ref, told, whole
from cmcore.codec.values import DAY, DURATION, ID, INSTANT, TEXT, WEEK, WORDS, ZONE
from cmcore.teams.people import TOP_AFFINITY

_DAY_MINUTES: Final = 1440
_SOME: Final[Schema] = {**WORDS.schema, "minItems": 0}
_AFFINITY: Final = whole(0, TOP_AFFINITY)
_DAILY: Final = either(whole(0, _DAY_MINUTES), ref("duration"))
#: What a trait is, and how it may be said.
_TRAITS: Final = {
    "trade": ("Their trade.", "journalist"),
    "age": ("How old they are, in a word.", "30-39"),
    "level": ("How high they stand in their trade.", "junior"),
    "seniority": ("How long they have been there.", "over 5 years"),
    "contract": ("What binds them to the team.", "internship"),
}


def _role() -> Schema:
    keys: Schema = {
        "requires": told("The skills it takes; who has them all is fit for it.", _SOME),
        "minutes": told("The time a day it takes.", {"default": 0, **_DAILY}),
        "en": told("Its name for people, in English.", TEXT.schema),
        "fr": told("Its name for people, in French.", TEXT.schema),
    }
    about = "A role: nothing, a list of the skills it takes, or a mapping."
    shapes = ({"type": "null"}, listed(TEXT.schema), mapping(keys))
    return {"title": "role", **told(about, either(*shapes))}


def _member() -> Schema:
    traits = {
        key: told(about, {**TEXT.schema, "examples": [example]})
        for key, (about, example) in _TRAITS.items()
    }
    keys: Schema = {
        "name": told("Their name, for people.", TEXT.schema),
        "roles": told("The roles assigned to them now.", _SOME),
        "skills": told("What they can do.", _SOME),
        "languages": told("The languages they speak.", {**_SOME, "examples": ["fr", "en"]}),
        "networks": told(
            f"The networks they are a specialist of: names, or affinities to {TOP_AFFINITY}.",
            either(_SOME, named(_AFFINITY)),
        ),
        **traits,
        "hours": told("When they work; unless said, they are never on duty.", ref("week")),
        "zone": told("The IANA time zone of their hours, where it is not the team's.", ZONE.schema),
        "leaves": told("When they are away.", listed(ref("leave"))),
        "day": told("The time a day they have for all their roles.", _DAILY),
        "affinity": told(
            f"How well a role suits them, from 0 to {TOP_AFFINITY}, to six places, by role.",
            named({"type": "number", "minimum": 0, "maximum": TOP_AFFINITY}),
        ),
        "minutes": told("The time a day that a role takes them, by role.", named(_DAILY)),
        "most_roles": told("The most roles they may hold.", whole(0)),
        "least_roles": told(
            "The fewest roles they should hold, of those that needs ask for.",
            {"default": 0, **whole(0)},
        ),
    }
    about = "Somebody of the team: nothing, or a mapping."
    return {"title": "member", **told(about, either({"type": "null"}, mapping(keys)))}


def _leave() -> Schema:
    instant = INSTANT.schema
    days: Schema = {
        "from": told("The first day away.", DAY.schema),
        "through": told("The last day away.", DAY.schema),
    }
    instants: Schema = {
        "from": told("The first instant away.", instant),
        "to": told("The instant they are back.", instant),
    }
    shapes = (DAY.schema, mapping(days, days), mapping(instants, instants))
    about = "Some time away: a day, a first day and a last, or from an instant to another."
    return {"title": "leave", **told(about, either(*shapes))}


def team_schema() -> Schema:
    """Return the schema of team files."""
    keys: Schema = {
        "team": told("The name of the team.", ID.schema),
        "zone": told(
            "The IANA time zone of those who do not say theirs.", {"default": "UTC", **ZONE.schema}
        ),
        "roles": told(
            "The roles there are, by id; or a list of ids.",
            either(named(ref("role"), propertyNames=ID.schema), listed(ID.schema)),
        ),
        "members": told("The people, by id.", named(ref("member"), propertyNames=ID.schema)),
    }
    about = "Who is there, what each can do, when, and which roles they hold."
    own: Schema = {"role": _role(), "member": _member(), "leave": _leave()}
    shapes = {"week": WEEK.schema, "duration": DURATION.schema}
    return {"title": "team", **told(about, mapping(keys, ["team"])), "$defs": {**own, **shapes}}
