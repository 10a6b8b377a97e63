"""The schema of charter files."""

from typing import Final

from cmcore.charters.charter import USUAL_TARGET
from cmcore.charters.conditions.facts import BUILTIN, KINDS, LABEL_TYPES, LOGGED, RESERVED, FactType
from cmcore.charters.rule import Effect
from cmcore.circuits.circuit import NAMED, NO_OBJECTION, SHARE, Source, Timeout
from cmcore.codec.schemas.conditions import condition_parts
from cmcore.codec.schemas.parts import (
    DAY_TEXT,
    ID,
    TEXT,
    WORDS,
    ZONE,
    Schema,
    either,
    listed,
    mapping,
    named,
    ref,
    told,
    whole,
)

_EFFECTS: Final = {
    Effect.PERMIT: "Lets acts go out; the name of the rule.",
    Effect.REFER: "Sends acts to the circuit under `to`; the name of the rule.",
    Effect.FORBID: "Keeps acts in; the name of the rule.",
}
_SOURCES: Final = {
    Source.ROLE: "People who hold one of these roles, with the skills it requires.",
    Source.SKILL: "People who have one of these skills.",
    Source.TEAM: "People of these teams.",
    Source.NAME: "These very people.",
}
_TERM: Final = {
    "since": told("The first day it is in force.", DAY_TEXT),
    "through": told("The last day it is in force.", DAY_TEXT),
}


def _rule() -> Schema:
    ways = [{"required": [str(effect)]} for effect in Effect]
    keys: Schema = {
        **{str(effect): told(about, ID) for effect, about in _EFFECTS.items()},
        "to": told("The circuit that acts are sent to.", TEXT),
        "when": told("What is asked of the facts; always, when left out.", ref("condition")),
        "because": told("The reason, shown to the author.", {**TEXT, "pattern": r"\S"}),
        "note": told("A private note.", TEXT),
        "source": told("The clause of the text it comes from.", TEXT),
        **_TERM,
    }
    sent = {str(Effect.REFER): ["to"], "to": [str(Effect.REFER)]}
    about = "One clause: an effect, a condition and a reason."
    return {
        "title": "rule",
        **told(about, mapping(keys, ["because"], oneOf=ways, dependentRequired=sent)),
    }


def _stage() -> Schema:
    people = {str(source): told(about, WORDS) for source, about in _SOURCES.items()}
    quorum = {"type": "string", "pattern": rf"^(?:{'|'.join(NAMED)}|{NO_OBJECTION}|{SHARE})$"}
    asked = mapping(people, minProperties=1, maxProperties=1)
    keys: Schema = {
        "ask": told("Who may approve.", asked),
        "need": told(
            "How many must agree: `any`, `all`, `majority`, a number, `2/3`, `50%`, or that there"
            " is `no objection`.",
            {"default": "any", **either(whole(1), quorum)},
        ),
        "within": told("How long they have.", ref("duration")),
        "else": told(
            "What happens when the time is out.",
            {"default": str(Timeout.ESCALATE), "enum": [str(way) for way in Timeout]},
        ),
        "deputies": told("To whom they may delegate.", asked),
        "during": told("The hours in which the time is counted.", WORDS),
        "zone": told("The IANA time zone of those hours; the charter's unless said.", TEXT),
    }
    about = "One step of a circuit: whom it asks, how many must agree, and within what time."
    needed = {"during": ["within"], "zone": ["during"]}
    silent = {"properties": {"need": {"const": str(NO_OBJECTION)}}, "required": ["need"]}
    timed: Schema = {"if": silent, "then": {"required": ["within"]}}
    return {
        "title": "stage",
        **told(about, {**mapping(keys, ["ask"], dependentRequired=needed), **timed}),
    }


def _circuit() -> Schema:
    stages = listed(ref("stage"), 1)
    keys: Schema = {
        "stages": told("Who is asked, in order.", stages),
        "emergency": told("Who is asked in an emergency: fewer stages.", stages),
    }
    about = "Who must see what is not covered: stages in order, or those and fewer in an emergency."
    return {"title": "circuit", **told(about, either(stages, mapping(keys, ["stages"])))}


def _label() -> Schema:
    types = [*map(str, LABEL_TYPES)]
    symbols = [str(FactType.SYMBOL), str(FactType.SYMBOLS)]
    keys: Schema = {
        "type": told("What kind of fact it is.", {"default": "symbol", "enum": types}),
        "values": told("The only words it may have.", WORDS),
        "about": told("What it means.", TEXT),
        "fixed": told("Whether no edit of the act can change it.", ref("flag")),
    }
    only = {"if": {"required": ["values"]}, "then": {"properties": {"type": {"enum": symbols}}}}
    full = {**mapping(keys), **only}
    about = "A fact supplied for each act: a type, a list of words, or a mapping of both."
    return {"title": "label", **told(about, either({"enum": types}, listed(TEXT, 1), full))}


def charter_schema() -> Schema:
    """Return the schema of charter files."""
    rates = either(ref("rate"), listed(ref("rate")))
    words = {"maxLength": 100, "not": {"enum": sorted({*BUILTIN, *RESERVED})}}
    keys: Schema = {
        "charter": told("The name of the charter.", ID),
        "version": told("Its version, from 1.", {"default": 1, **whole(1)}),
        "title": told("What people call it.", TEXT),
        "target": told(
            "The share of acts it should cover, from 0 to 1.",
            {"default": USUAL_TARGET, "type": "number", "minimum": 0, "maximum": 1},
        ),
        "zone": told("The IANA time zone of its days and hours.", {"default": "UTC", **ZONE}),
        **_TERM,
        "approved by": told("Who signed it.", WORDS),
        "approved on": told("The day it was signed.", DAY_TEXT),
        "review by": told("The day by which it should be read again.", DAY_TEXT),
        "networks": told("The only networks it frames.", WORDS),
        "volume": told(
            "How many acts it frames at most, by kind of act.",
            mapping({kind: told(_logged(kind), rates) for kind in sorted(LOGGED)}),
        ),
        "labels": told(
            "The facts that people or classifiers supply.",
            named(ref("label"), propertyNames=words),
        ),
        "events": told(
            "Events, each of which brings the fact `since.<event>`.", {**WORDS, "minItems": 0}
        ),
        "circuits": told(
            "Who must see what is not covered, by the circuit's name.",
            named(ref("circuit"), propertyNames=ID, minProperties=1),
        ),
        "default": told("The circuit that decides where no rule does.", TEXT),
        "rules": told(
            "What may go out, what must be seen first, what may not.", listed(ref("rule"))
        ),
    }
    about = "What may go out as it is, what must be seen first and by whom, and what may not."
    needed = ["charter", "circuits", "default"]
    full = mapping(keys, needed, dependentRequired={"approved on": ["approved by"]})
    own = {"circuit": _circuit(), "stage": _stage(), "rule": _rule(), "label": _label()}
    return {"title": "charter", **told(about, full), "$defs": {**condition_parts(), **own}}


def _logged(kind: str) -> str:
    return "All acts." if kind not in KINDS else f"Acts that {KINDS[kind][0]}."
