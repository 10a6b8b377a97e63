"""Labels and rules to and from plain data, the way charter files write them."""

from typing import Any, Final

from cmcore.charters.conditions.condition import ALWAYS, Condition
from cmcore.charters.conditions.facts import LABEL_TYPES, FactType, Label
from cmcore.charters.conditions.vocabulary import Vocabulary
from cmcore.charters.kinds import KINDS, OwnKind
from cmcore.charters.rule import Effect, Rule, Term
from cmcore.codec.bounds import Data
from cmcore.codec.conditions import read_condition, write_condition
from cmcore.codec.forms import Form, Key
from cmcore.codec.plain import (
    BROKEN,
    Gather,
    as_mapping,
    as_text,
    as_words,
    choice,
    key_of,
    missing_key,
)
from cmcore.codec.shapes import listed, ref
from cmcore.codec.values import DAY, FLAG, ID, NAMES, TEXT, WORDS, Value

_TYPE: Final = choice(FactType, hidden={FactType.LOG})


_TYPES: Final = [*map(str, LABEL_TYPES)]
_SYMBOLS: Final = [str(FactType.SYMBOL), str(FactType.SYMBOLS)]
LABEL: Final = Form(
    Label,
    "label",
    "A fact supplied for each act: a type, a list of words, or a mapping of both.",
    Key(
        "type",
        Value(_TYPE, {"enum": _TYPES}, str),
        "What kind of fact it is.",
        missing=FactType.SYMBOL,
        always=True,
    ),
    Key("values", WORDS, "The only words it may have."),
    Key("about", TEXT, "What it means.", missing=""),
    Key("fixed", FLAG.defined("flag"), "Whether no edit of the act can change it."),
    short=({"enum": _TYPES}, listed(TEXT.schema, 1)),
    more={
        "if": {"required": ["values"]},
        "then": {"properties": {"type": {"enum": _SYMBOLS}}},
    },
)


def read_label(data: object) -> Label:
    """Return a label: a type, a list of values, or a mapping of type, values and meaning."""
    if isinstance(data, str):
        return Label(_TYPE(data))
    if isinstance(data, list):
        return Label(FactType.SYMBOL, as_words(data))
    return LABEL.read(data)


def write_label(label: Label) -> Data:
    """Return the plain data of a label, the shortest that reads back equal."""
    if not label.about and label.fixed is None:
        if label.values is None:
            return str(label.type)
        if label.type is FactType.SYMBOL:
            return sorted(label.values)
    return LABEL.write(label)


LIKE: Final = Value(as_text, {"enum": sorted(KINDS)})
OWN_KIND: Final = Form(
    OwnKind,
    "kind",
    "A kind of act of the charter's own: what it is called.",
    Key("en", TEXT.shaped(pattern=r"\S"), "Its name in English.", "english", missing=BROKEN,
        needed="name-kind"),
    Key("fr", TEXT.shaped(pattern=r"\S"), "Its name in French.", "french", missing=BROKEN,
        needed="name-kind"),
    Key("silent", FLAG.defined("flag"), "Whether it says nothing, and points at no message.",
        missing=False),
    Key("like", LIKE, "The built-in kind whose acts say, and point at, what its own do."),
)  # fmt: skip


# ------------------------------------------------------------------------------------------ rules

#: The keys of the days in force.
TERM: Final = (
    Key("since", DAY, "The first day it is in force.", "term.since"),
    Key("through", DAY, "The last day it is in force.", "term.through"),
)
_EFFECTS: Final = {
    Effect.PERMIT: "Lets acts go out; the name of the rule.",
    Effect.REFER: "Sends acts to the circuit under `to`; the name of the rule.",
    Effect.FORBID: "Keeps acts in; the name of the rule.",
}


def _write_when(when: Condition) -> Data:
    return None if when == ALWAYS else write_condition(when)


RULE: Final = Form(
    Rule,
    "rule",
    "One clause: an effect, a condition and a reason.",
    *(
        Key(
            str(effect),
            ID,
            about,
            "id",
            broken=BROKEN,
            written=False,
            later=True,
        )
        for effect, about in _EFFECTS.items()
    ),
    Key("to", NAMES, "The circuit that acts are sent to, or several.", broken=(BROKEN,)),
    Key(
        "when",
        Value(read_condition, ref("condition"), _write_when),
        "The condition; without it, the rule always applies.",
        missing=ALWAYS,
        later=True,
    ),
    Key(
        "because",
        TEXT.shaped(pattern=r"\S"),
        "The reason, shown to the author.",
        missing="",
        broken=BROKEN,
    ),
    Key("note", TEXT, "A private note.", broken=BROKEN),
    Key("source", TEXT, "The clause of the text that it comes from.", broken=BROKEN),
    *TERM,
    parts={"term": Term},
    required=("because",),
    more={
        "oneOf": [{"required": [str(effect)]} for effect in Effect],
        "dependentRequired": {str(Effect.REFER): ["to"], "to": [str(Effect.REFER)]},
    },
)


def read_rule(data: object, vocabulary: Vocabulary) -> Rule:
    """Return one rule, its condition checked against `vocabulary`."""
    reading = RULE.open(data)
    item, gather, told = reading.item, reading.gather, reading.told
    effect = gather.at((), _effect, item)
    if effect is None:
        told |= {"id": BROKEN, "to": ()}
    else:
        reading.key(str(effect))
    if "because" not in item and not (effect and isinstance(item[effect], str)):  # it has no name
        gather.add([missing_key("because", "tell-author")])
        told["because"] = BROKEN
    reading.key("when", vocabulary)
    return reading.made(effect=effect or Effect.FORBID)


def _effect(item: dict[str, Any]) -> Effect:
    return key_of(Effect, item, "no-effect", "several-effects")


def stand_in(data: object, index: int) -> Rule:
    """Return what can still be checked of a rule that could not be read: its name and circuit."""
    item = Gather().at((), as_mapping, data) or {}
    nameless = Rule(f"{BROKEN}{index}", Effect.FORBID, because=BROKEN)
    named = [effect for effect in Effect if isinstance(item.get(effect), str)]
    if len(named) != 1:
        return nameless
    to = item.get("to") if named[0] is Effect.REFER else None
    asked = Gather().at((), as_words, to) if to else None
    effect = Effect.REFER if asked else Effect.FORBID
    return Gather().at((), Rule, item[named[0]], effect, because=BROKEN, to=asked) or nameless


def write_rule(rule: Rule) -> dict[str, Data]:
    """Return the plain data of one rule."""
    return {str(rule.effect): rule.id, **RULE.write(rule)}
