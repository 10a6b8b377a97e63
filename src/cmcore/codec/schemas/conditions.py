"""The schema of conditions: what may be asked of every kind of fact."""

from collections.abc import Iterable
from typing import Final

from cmcore.codec.conditions import BARE, BESIDE, QUIET, Shape, shape_of
from cmcore.codec.schemas.parts import (
    SHAPES,
    TEXT,
    WORDS,
    Schema,
    either,
    listed,
    mapping,
    ref,
    spaced,
    told,
    whole,
)
from cmcore.foundation.durations import days
from cmcore.nouns.conditions import TAKES, Op, Quiet
from cmcore.nouns.facts import LOGGED, MEASURES, SAME, FactSpec, FactType, Vocabulary

_QUIET: Final[Schema] = {
    "title": "time since the last act",
    "type": "string",
    "pattern": rf"^\s*{spaced(QUIET)}\s*$",
    "examples": ["14 d since"],
}
_ASKS: Final[dict[Op, str]] = {
    Op.IS: "It is this very value.",
    Op.ONE_OF: "It is one of these words.",
    Op.ANY_OF: "It holds at least one of these words.",
    Op.ALL_OF: "It holds all of these words.",
    Op.NONE_OF: "It holds none of these words.",
    Op.ONLY: "It holds nothing but these words.",
    Op.BELOW: "It is below this.",
    Op.AT_MOST: "It is this at most.",
    Op.AT_LEAST: "It is this at least.",
    Op.ABOVE: "It is above this.",
    Op.BETWEEN: "It lies from the first to the second, both included.",
    Op.MORE_THAN: "There are more acts than this in the window that ends now.",
    Op.FEWER_THAN: "There are fewer acts than this in the window that ends now.",
    Op.MENTIONS: "The text has one of these words or phrases; `*` ends the start of a word.",
    Op.MATCHES: "An RE2 pattern is found in it.",
    Op.DURING: "It falls in these hours of the week.",
    Op.PRESENT: "It has a value (yes), or is known to have none (no).",
}
_BESIDE: Final[dict[str, str]] = {
    "except": "Words or phrases that hide what they cover: `mettre` is no insult.",
    "zone": "The time zone of the hours, where it is not the charter's own.",
}


def _operand(kind: FactType, op: Op, values: Iterable[str] | None) -> Schema:
    """Return the schema of what `op` takes of a fact of type `kind`."""
    shape = shape_of(kind, op)
    if shape is Shape.PAIR:
        return listed(ref(shape_of(kind, Op.BELOW).name.lower()), 2, maxItems=2)
    if values is not None and op is Op.IS:
        return {"enum": sorted(values)}
    if values is not None and shape is Shape.WORDS:
        return either({"enum": sorted(values)}, listed({"enum": sorted(values)}, 1))
    if shape is Shape.TEXT and op is Op.IS:
        return {**TEXT, "minLength": 1}
    if shape is Shape.RATE and TAKES[kind][op][0](_SILENCE):
        return either(ref("rate"), _QUIET)
    return ref(shape.name.lower())


_SILENCE: Final = Quiet(days(1))


def _question(kind: FactType, values: Iterable[str] | None = None) -> Schema:
    """Return the schema of what a condition may say of a fact: a bare value, or questions."""
    asked = {str(op): told(_ASKS[op], _operand(kind, op, values)) for op in TAKES[kind]}
    for name, (measured, _) in MEASURES.get(kind, {}).items():
        asked[name] = told(f"The {name.replace('_', ' ')}.", ref(f"ask-{measured}"))
    beside = {key: str(op) for key, op in BESIDE.items() if op in TAKES[kind]}
    asked |= {key: told(_BESIDE[key], _BESIDE_SHAPES[key]) for key in beside}
    needs = {key: [op] for key, op in beside.items()}
    more = {"dependentRequired": needs} if needs else {}
    return either(*_bare(kind, values), mapping(asked, minProperties=1, **more))


_BESIDE_SHAPES: Final = {"except": {**WORDS, "minItems": 0}, "zone": TEXT}


def _bare(kind: FactType, values: Iterable[str] | None) -> list[Schema]:
    if kind not in BARE:
        return []
    several = [listed(_operand(kind, Op.IS, values), 1)] if kind is FactType.SYMBOL else []
    return [_operand(kind, BARE[kind], values), *several]


def _fact(spec: FactSpec) -> Schema:
    """Return the schema of what a condition may say of a built-in fact or measure."""
    asked = ref(f"ask-{spec.type}") if spec.values is None else _question(spec.type, spec.values)
    return told(f"{spec.english[:1].upper()}{spec.english[1:]}.", asked)


def _condition() -> Schema:
    many, vocabulary = listed(ref("condition")), Vocabulary()
    specs = [vocabulary.find(name) for name in vocabulary.names()]
    kinds, same = "|".join(sorted(LOGGED)), "|".join(SAME)
    return {
        "title": "condition",
        "description": "What is asked of the facts; several keys must all hold.",
        "type": "object",
        "minProperties": 1,
        "properties": {
            "all": told("True when every part is.", many),
            "any": told("True when at least one part is.", many),
            "not": told("True when its part is false.", ref("condition")),
            "at least": told("How many of the parts under `of` are true.", whole(1)),
            "of": told("The parts that `at least` counts.", {**many, "minItems": 1}),
            **{s.name: _fact(s) for s in specs if s and s.type is not FactType.LOG},
        },
        "patternProperties": {
            rf"^recent\.({kinds})(\.({same}))*$": told("Earlier acts.", ref("ask-log")),
            r"^since\.": told("The time since an event.", ref("ask-duration")),
        },
        "additionalProperties": told("A label of the charter.", ref("ask-label")),
        "if": either({"required": ["at least"]}, {"required": ["of"]}),
        "then": {"required": ["at least", "of"], "maxProperties": 2},
    }


def condition_parts() -> Schema:
    """Return the definitions that a schema needs to refer to a condition."""
    shapes = {shape.name.lower(): item for shape, item in SHAPES.items()}
    asks = {f"ask-{kind}": _question(kind) for kind in FactType}
    label = either(*(ref(f"ask-{kind}") for kind in FactType if kind is not FactType.LOG))
    return {"condition": _condition(), **shapes, **asks, "ask-label": label}
