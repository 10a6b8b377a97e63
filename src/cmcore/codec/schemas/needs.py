"""The schema of files of needs."""

from typing import Final

from cmcore.codec.shapes import Schema, either, listed, mapping, named, ref, told, whole
from cmcore.codec.values import DURATION, ID, TEXT, WEEK, WORDS, ZONE
from cmcore.teams.needs import MOST_MINUTES, MOST_PEOPLE, MOST_WEIGHT, MOST_WORK, Trait

_PEOPLE: Final = whole(0, MOST_PEOPLE)


def _seats() -> Schema:
    keys: Schema = {
        "least": told("How many people it wants at least.", {"default": 1, **_PEOPLE}),
        "most": told("How many at most; unless said, there is no limit.", _PEOPLE),
        "weight": told(
            "Greater ones are filled first when not all can be.",
            {"default": 1, **whole(1, MOST_WEIGHT)},
        ),
    }
    about = "How many people a role wants: a number, or a mapping."
    return {"title": "seats", **told(about, either(_PEOPLE, mapping(keys)))}


def _watch() -> Schema:
    keys: Schema = {
        "week": told("When there must be people on duty.", ref("week")),
        "zone": told(
            "The IANA time zone of these hours, where it is not the needs' own.", ZONE.schema
        ),
        "least": told("How many people at least.", {"default": 1, **_PEOPLE}),
        "role": told("Only those who hold this role count.", ID.schema),
        "network": told("Only those count who are specialists of this network.", ID.schema),
        "language": told("Only those count who speak this language.", ID.schema),
    }
    about = "Hours to cover, and who counts."
    return {"title": "hours to cover", **told(about, mapping(keys, ["week"]))}


def _work() -> Schema:
    keys: Schema = {
        "a day": told("How many come in every day.", whole(0, MOST_WORK)),
        "minutes": told("How long each takes.", either(whole(0, MOST_MINUTES), ref("duration"))),
        "role": told("The role of those who do it; anybody, unless said.", ID.schema),
    }
    about = "What comes in every day."
    return {"title": "work", **told(about, mapping(keys, ["a day", "minutes"]))}


def _mix() -> Schema:
    keys: Schema = {
        "of": told("What people should differ by.", {"enum": [str(trait) for trait in Trait]}),
        "least": told("How many different ones there should be, at least.", _PEOPLE),
        "not only": told("The one that not everybody may be.", ID.schema),
        "roles": told(
            "Among those who hold these roles; by default, the whole team.", WORDS.schema
        ),
    }
    ways = [{"required": ["least"]}, {"required": ["not only"]}]
    about = "What sorts of people there should be: `least` or `not only`."
    return {"title": "mix", **told(about, mapping(keys, ["of"], oneOf=ways))}


def _supervision() -> Schema:
    ways = [{"required": [str(trait)]} for trait in Trait]
    keys: Schema = {
        **{
            str(trait): told(f"The {trait} of those who are not to be alone.", ID.schema)
            for trait in Trait
        },
        "roles": told("On these roles; on all of them, unless said.", WORDS.schema),
    }
    about = "Who is not to hold a role alone, by one trait."
    return {"title": "supervision", **told(about, mapping(keys, oneOf=ways))}


def needs_schema() -> Schema:
    """Return the schema of files of needs."""
    week = {**TEXT.schema, "minLength": 1, "examples": WEEK.schema["examples"]}
    pair = listed(ID.schema, 2, maxItems=2, uniqueItems=True)
    counts = named(_PEOPLE, propertyNames=ID.schema)
    keys: Schema = {
        "needs": told("The name of these needs.", ID.schema),
        "zone": told(
            "The IANA time zone of the hours that do not say theirs.",
            {"default": "UTC", **ZONE.schema},
        ),
        "seats": told(
            "How many people each role wants, by role.",
            named(ref("seats"), propertyNames=ID.schema),
        ),
        "specialists": told("How many people are specialists of a network, by network.", counts),
        "languages": told("How many people speak a language, by language.", counts),
        "hours": told(
            "The hours to cover.", either(listed(either(week, ref("watch"))), ref("watch"))
        ),
        "work": told(
            "What comes in every day, by name.", named(ref("work"), propertyNames=ID.schema)
        ),
        "mix": told("What sorts of people there should be.", _one_or_more("mix")),
        "supervision": told("Who is not to hold a role alone.", _one_or_more("supervision")),
        "separation": told("Pairs of roles that nobody holds together.", listed(pair)),
    }
    about = "What a team is asked for: how many people, when, and of what sorts."
    own = {"seats": _seats(), "watch": _watch(), "work": _work(), "mix": _mix()}
    shapes = {"week": WEEK.schema, "duration": DURATION.schema}
    defs = {**own, "supervision": _supervision(), **shapes}
    return {"title": "needs", **told(about, mapping(keys, ["needs"])), "$defs": defs}


def _one_or_more(name: str) -> Schema:
    return either(ref(name), listed(ref(name)))
