"""The schema of charter files."""

from typing import Final

from cmcore.charters.charter import USUAL_TARGET
from cmcore.charters.conditions.facts import BUILTIN, KINDS, LABEL_TYPES, LOGGED, RESERVED, FactType
from cmcore.charters.rule import Effect
from cmcore.codec.circuits import CIRCUIT, STAGE
from cmcore.codec.schemas.conditions import condition_parts
from cmcore.codec.shapes import Schema, either, listed, mapping, named, ref, told, whole
from cmcore.codec.values import DAY, ID, TEXT, WORDS, ZONE

_EFFECTS: Final = {
    Effect.PERMIT: "Lets acts go out; the name of the rule.",
    Effect.REFER: "Sends acts to the circuit under `to`; the name of the rule.",
    Effect.FORBID: "Keeps acts in; the name of the rule.",
}
_TERM: Final = {
    "since": told("The first day it is in force.", DAY.schema),
    "through": told("The last day it is in force.", DAY.schema),
}


def _rule() -> Schema:
    ways = [{"required": [str(effect)]} for effect in Effect]
    keys: Schema = {
        **{str(effect): told(about, ID.schema) for effect, about in _EFFECTS.items()},
        "to": told("The circuit that acts are sent to.", TEXT.schema),
        "when": told("What is asked of the facts; always, when left out.", ref("condition")),
        "because": told("The reason, shown to the author.", {**TEXT.schema, "pattern": r"\S"}),
        "note": told("A private note.", TEXT.schema),
        "source": told("The clause of the text it comes from.", TEXT.schema),
        **_TERM,
    }
    sent = {str(Effect.REFER): ["to"], "to": [str(Effect.REFER)]}
    about = "One clause: an effect, a condition and a reason."
    return {
        "title": "rule",
        **told(about, mapping(keys, ["because"], oneOf=ways, dependentRequired=sent)),
    }


def _label() -> Schema:
    types = [*map(str, LABEL_TYPES)]
    symbols = [str(FactType.SYMBOL), str(FactType.SYMBOLS)]
    keys: Schema = {
        "type": told("What kind of fact it is.", {"default": "symbol", "enum": types}),
        "values": told("The only words it may have.", WORDS.schema),
        "about": told("What it means.", TEXT.schema),
        "fixed": told("Whether no edit of the act can change it.", ref("flag")),
    }
    only = {"if": {"required": ["values"]}, "then": {"properties": {"type": {"enum": symbols}}}}
    full = {**mapping(keys), **only}
    about = "A fact supplied for each act: a type, a list of words, or a mapping of both."
    return {"title": "label", **told(about, either({"enum": types}, listed(TEXT.schema, 1), full))}


def charter_schema() -> Schema:
    """Return the schema of charter files."""
    rates = either(ref("rate"), listed(ref("rate")))
    words = {"maxLength": 100, "not": {"enum": sorted({*BUILTIN, *RESERVED})}}
    keys: Schema = {
        "charter": told("The name of the charter.", ID.schema),
        "version": told("Its version, from 1.", {"default": 1, **whole(1)}),
        "title": told("What people call it.", TEXT.schema),
        "target": told(
            "The share of acts it should cover, from 0 to 1.",
            {"default": USUAL_TARGET, "type": "number", "minimum": 0, "maximum": 1},
        ),
        "zone": told(
            "The IANA time zone of its days and hours.", {"default": "UTC", **ZONE.schema}
        ),
        **_TERM,
        "approved by": told("Who signed it.", WORDS.schema),
        "approved on": told("The day it was signed.", DAY.schema),
        "review by": told("The day by which it should be read again.", DAY.schema),
        "networks": told("The only networks it frames.", WORDS.schema),
        "volume": told(
            "How many acts it frames at most, by kind of act.",
            mapping({kind: told(_logged(kind), rates) for kind in sorted(LOGGED)}),
        ),
        "labels": told(
            "The facts that people or classifiers supply.",
            named(ref("label"), propertyNames=words),
        ),
        "events": told(
            "Events, each of which brings the fact `since.<event>`.",
            {**WORDS.schema, "minItems": 0},
        ),
        "circuits": told(
            "Who must see what is not covered, by the circuit's name.",
            named(ref("circuit"), propertyNames=ID.schema, minProperties=1),
        ),
        "default": told("The circuit that decides where no rule does.", TEXT.schema),
        "rules": told(
            "What may go out, what must be seen first, what may not.", listed(ref("rule"))
        ),
    }
    about = "What may go out as it is, what must be seen first and by whom, and what may not."
    needed = ["charter", "circuits", "default"]
    full = mapping(keys, needed, dependentRequired={"approved on": ["approved by"]})
    own = {"circuit": CIRCUIT.schema(), "stage": STAGE.schema(), "rule": _rule(), "label": _label()}
    return {"title": "charter", **told(about, full), "$defs": {**condition_parts(), **own}}


def _logged(kind: str) -> str:
    return "All acts." if kind not in KINDS else f"Acts that {KINDS[kind][0]}."
