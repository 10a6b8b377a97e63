"""The schema of conditions: what may be asked of every kind of fact."""

from collections.abc import Iterable, Iterator
from typing import Final

from cmcore.charters.conditions.condition import TAKES, Op, Quiet
from cmcore.charters.conditions.domains import ANY, DOMAINS, Domain, measured
from cmcore.charters.conditions.facts import (
    LABEL_TYPES,
    LOGGED,
    MEASURES,
    SAME,
    FactSpec,
    FactType,
    Vocabulary,
)
from cmcore.codec.conditions import BARE, BESIDE, QUIET, RATE, Shape, shape_of
from cmcore.codec.shapes import Schema, either, listed, mapping, ref, told, whole
from cmcore.codec.values import DURATION, FLAG, INSTANT, NUMBER, TEXT, WEEK, WORDS
from cmcore.time.durations import days


def spaced(pattern: str) -> str:
    """Return the pattern with any space where it has one, and any character where it has a dot."""
    return pattern.replace(" ", r"\s+").replace(".", r"[\s\S]")


SHAPES: Final[dict[Shape, Schema]] = {
    Shape.FLAG: FLAG.schema,
    Shape.NUMBER: NUMBER.schema,
    Shape.DURATION: DURATION.schema,
    Shape.INSTANT: INSTANT.schema,
    Shape.RATE: {
        "title": "rate: a number of acts in a window that ends now",
        "type": "string",
        "pattern": rf"^\s*{spaced(RATE)}$",
        "examples": ["3 in 1 h"],
    },
    Shape.TEXT: {"title": "text", **TEXT.schema},
    Shape.WORDS: {"title": "words", **WORDS.schema},
    Shape.PHRASES: {"title": "words and phrases", **WORDS.schema},
    Shape.WEEK: WEEK.schema,
}
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


#: What numbers there are beside any at all, by how the schema calls them.
_NUMBERS: Final[dict[str, Domain]] = {
    "count": measured("count", ANY),
    "share": measured("capitals", ANY),
    "head-count": DOMAINS[".followers"],
    "hour": DOMAINS["local.hour"],
}


def _number_of(domain: Domain) -> str:
    """Return how the schema calls the numbers from the least to the most that a fact can be."""
    ends = (domain.low, domain.high)
    named = (name for name, one in _NUMBERS.items() if (one.low, one.high) == ends)
    return next(named, "number")


def _operand(kind: FactType, op: Op, values: Iterable[str] | None, number: str) -> Schema:
    """Return the schema of what `op` takes of a fact of type `kind`."""
    shape = shape_of(kind, op)
    if shape is Shape.PAIR:
        return listed(_operand(kind, Op.BELOW, values, number), 2, maxItems=2)
    if values is not None and op is Op.IS:
        return {"enum": sorted(values)}
    if values is not None and shape is Shape.WORDS:
        return either({"enum": sorted(values)}, listed({"enum": sorted(values)}, 1))
    if shape is Shape.TEXT and op is Op.IS:
        return {**TEXT.schema, "minLength": 1}
    if shape is Shape.RATE and TAKES[kind][op][0](_SILENCE):
        return either(ref("rate"), _QUIET)
    return ref(number if shape is Shape.NUMBER else shape.name.lower())


_SILENCE: Final = Quiet(days(1))


def _measures() -> Iterator[tuple[str, Schema]]:
    """Yield each thing that is measured of a text or of a set, and what may be asked of it."""
    for measures in MEASURES.values():
        for name, (made, _) in measures.items():
            of = _number_of(measured(name, ANY)) if made is FactType.NUMBER else made
            yield name, told(f"The {name.replace('_', ' ')}.", ref(f"ask-{of}"))


def _question(
    kind: FactType, values: Iterable[str] | None = None, number: str = "number"
) -> Schema:
    """Return the schema of what a condition may say of a fact: a bare value, or questions."""
    asked = {str(op): told(_ASKS[op], _operand(kind, op, values, number)) for op in TAKES[kind]}
    asked |= {name: asking for name, asking in _measures() if name in MEASURES.get(kind, {})}
    beside = {key: str(op) for key, op in BESIDE.items() if op in TAKES[kind]}
    asked |= {key: told(_BESIDE[key], _BESIDE_SHAPES[key]) for key in beside}
    needs = {key: [op] for key, op in beside.items()}
    more = {"dependentRequired": needs} if needs else {}
    return either(*_bare(kind, values, number), mapping(asked, minProperties=1, **more))


_BESIDE_SHAPES: Final = {"except": {**WORDS.schema, "minItems": 0}, "zone": TEXT.schema}


def _bare(kind: FactType, values: Iterable[str] | None, number: str) -> list[Schema]:
    if kind not in BARE:
        return []
    several = [listed(_operand(kind, Op.IS, values, number), 1)] if kind is FactType.SYMBOL else []
    return [_operand(kind, BARE[kind], values, number), *several]


def _fact(spec: FactSpec) -> Schema:
    """Return the schema of what a condition may say of a built-in fact or measure."""
    of = _number_of(spec.domain) if spec.type is FactType.NUMBER else spec.type
    asked = ref(f"ask-{of}") if spec.values is None else _question(spec.type, spec.values)
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
            **{rf"^(?!since\.|recent\.)[^.]+\.{name}$": asked for name, asked in _measures()},
        },
        "additionalProperties": told("A label of the charter.", ref("ask-label")),
        "if": either({"required": ["at least"]}, {"required": ["of"]}),
        "then": {"required": ["at least", "of"], "maxProperties": 2},
    }


def _range(domain: Domain) -> Schema:
    kind = "integer" if domain.whole else "number"
    return {"title": kind, "type": kind, "minimum": domain.low, "maximum": domain.high}


def condition_parts() -> Schema:
    """Return the definitions that a schema needs to refer to a condition."""
    shapes = {shape.name.lower(): item for shape, item in SHAPES.items()}
    asks = {f"ask-{kind}": _question(kind) for kind in FactType}
    asks |= {f"ask-{name}": _question(FactType.NUMBER, number=name) for name in _NUMBERS}
    shapes |= {name: _range(domain) for name, domain in _NUMBERS.items()}
    label = either(*(ref(f"ask-{kind}") for kind in LABEL_TYPES))
    return {"condition": _condition(), **shapes, **asks, "ask-label": label}
