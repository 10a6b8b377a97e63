"""The schema of conditions: what may be asked of every kind of fact."""

from collections.abc import Iterator, Mapping
from typing import Final

from cmcore.charters.conditions.domains import ANY, DOMAINS, Domain, measured
from cmcore.charters.conditions.facts import LABEL_TYPES, MEASURES, FactSpec, FactType
from cmcore.charters.conditions.forms import Form
from cmcore.charters.conditions.operands import ENDS, OperandKind
from cmcore.charters.conditions.operators import OPERATORS, TAKES
from cmcore.charters.conditions.vocabulary import Vocabulary
from cmcore.charters.tones import TONES
from cmcore.codec.conditions import BARE, BESIDE, PER, QUIET, RATE
from cmcore.codec.shapes import Schema, either, listed, mapping, ref, told, whole
from cmcore.codec.values import (
    DURATION,
    FLAG,
    INSTANT,
    NUMBER,
    OWN_KIND_NAME,
    TEXT,
    WEEK,
    WORDS,
)


def spaced(pattern: str) -> str:
    """Return the pattern with any space where it has one, and any character where it has a dot."""
    return pattern.replace(" ", r"\s+").replace(".", r"[\s\S]")


_DEFINED: Final[Mapping[str, Schema]] = {
    "flag": FLAG.schema,
    "number": NUMBER.schema,
    "duration": DURATION.schema,
    "instant": INSTANT.schema,
    "rate": {
        "title": "rate: a number of acts in a window that ends now",
        "type": "string",
        "pattern": rf"^\s*(?:{spaced(RATE)}|{spaced(PER)}\s*)$",
        "examples": ["3 in 1 h", "3 per day", "1 ever"],
    },
    "text": {"title": "text", **TEXT.schema},
    "words": {"title": "words", **WORDS.schema},
    "phrases": {"title": "words and phrases", **WORDS.schema},
    "week": WEEK.schema,
}
_QUIET: Final[Schema] = {
    "title": "time since the last act",
    "type": "string",
    "pattern": rf"^\s*{spaced(QUIET)}\s*$",
    "examples": ["14 d since"],
}
#: The schema of an operand of each kind, where it is the same for all facts.
_OPERANDS: Final[Mapping[OperandKind, Schema]] = {
    OperandKind.FLAG: ref("flag"),
    OperandKind.WORD: {**TEXT.schema, "minLength": 1},
    OperandKind.WORDS: ref("words"),
    OperandKind.PHRASES: ref("phrases"),
    OperandKind.PATTERN: ref("text"),
    OperandKind.DURATION: ref("duration"),
    OperandKind.INSTANT: ref("instant"),
    OperandKind.HOURS: ref("week"),
    OperandKind.RATE: ref("rate"),
    OperandKind.RATE_OR_QUIET: either(ref("rate"), _QUIET),
}
_BESIDE: Final[dict[str, str]] = {
    "except": "Words or phrases that hide what they cover: `mettre` is no insult.",
    "inflected": "The language by whose rules words are found in their other forms.",
    "zone": "The time zone of the hours, where it is not the charter's own.",
}


#: The restricted kinds of number, by their names in the schema.
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


def choice_of(spec: FactSpec) -> Schema | None:
    """Return the schema of a word of a fact whose values are a closed list, if they are.

    A kind of act with a hyphen within it may be one that a charter declares, and a format has many
    names.
    """
    if spec.domain.form is Form.TONE:
        return either({"enum": sorted(TONES)}, TEXT.schema)
    if spec.values is None:
        return None
    known: Schema = {"enum": sorted(spec.values)}
    more = {"kind": _OWN_KIND, "format": TEXT.schema}.get(spec.name)
    return known if more is None else either(known, more)


_OWN_KIND: Final[Schema] = {
    "title": "kind of the charter's own",
    "type": "string",
    "maxLength": 100,
    "pattern": OWN_KIND_NAME,
}


def _operand(of: OperandKind, choice: Schema | None, number: str) -> Schema:
    """Return the schema of an operand; of some words alone, if there is such a choice."""
    if of in ENDS:
        return listed(_operand(ENDS[of], choice, number), 2, maxItems=2)
    if choice is not None and of is OperandKind.WORD:
        return choice
    if choice is not None and of is OperandKind.WORDS:
        return either(choice, listed(choice, 1))
    return ref(number) if of is OperandKind.NUMBER else _OPERANDS[of]


def _measures() -> Iterator[tuple[str, Schema]]:
    """Yield each thing that is measured of a text or of a set, and what may be asked of it."""
    for measures in MEASURES.values():
        for name, (made, _) in measures.items():
            of = _number_of(measured(name, ANY)) if made is FactType.NUMBER else made
            yield name, told(f"The {name.replace('_', ' ')}.", ref(f"ask-{of}"))


def _question(kind: FactType, choice: Schema | None = None, number: str = "number") -> Schema:
    """Return the schema of what a condition may say of a fact: a bare value, or questions."""
    senses = TAKES[kind]
    asked = {
        str(op): told(OPERATORS[op].asks, _operand(sense.operand, choice, number))
        for op, sense in senses.items()
    }
    asked |= {name: asking for name, asking in _measures() if name in MEASURES.get(kind, {})}
    beside = {key: str(op) for key, ops in BESIDE.items() for op in ops if op in senses}
    asked |= {key: told(_BESIDE[key], _BESIDE_SHAPES[key]) for key in beside}
    needs = {key: [op] for key, op in beside.items()}
    more = {"dependentRequired": needs} if needs else {}
    return either(*_bare(kind, choice, number), mapping(asked, minProperties=1, **more))


_BESIDE_SHAPES: Final = {
    "except": {**WORDS.schema, "minItems": 0},
    "inflected": TEXT.schema,
    "zone": TEXT.schema,
}


def _bare(kind: FactType, choice: Schema | None, number: str) -> list[Schema]:
    if kind not in BARE:
        return []
    bare = _operand(TAKES[kind][BARE[kind]].operand, choice, number)
    return [bare, *([listed(bare, 1)] if kind is FactType.SYMBOL else [])]


def _fact(spec: FactSpec) -> Schema:
    """Return the schema of what a condition may say of a built-in fact or measure."""
    of = _number_of(spec.domain) if spec.type is FactType.NUMBER else spec.type
    choice = choice_of(spec)
    asked = ref(f"ask-{of}") if choice is None else _question(spec.type, choice)
    return told(f"{spec.english[:1].upper()}{spec.english[1:]}.", asked)


def _condition() -> Schema:
    vocabulary = Vocabulary()
    specs = [vocabulary.find(name) for name in vocabulary.names()]
    facts = {s.name: _fact(s) for s in specs if s and s.type is not FactType.LOG}
    return {
        **condition_of(facts, "condition"),
        "patternProperties": {
            r"^recent\.[^.]+(\.same_[^.]+)*$": told("Earlier acts.", ref("ask-log")),
            r"^since\.": told("The time since an event.", ref("ask-duration")),
            **{rf"^(?!since\.|recent\.)[^.]+\.{name}$": asked for name, asked in _measures()},
        },
        "additionalProperties": told("A label of the charter.", ref("ask-label")),
    }


def condition_of(facts: Mapping[str, Schema], name: str) -> Schema:
    """Return the schema of conditions on some facts, which is defined under a name."""
    many = listed(ref(name))
    return {
        "title": "condition",
        "description": "What is asked of the facts; several keys must all hold.",
        "type": "object",
        "minProperties": 1,
        "properties": {
            "all": told("True when every part is.", many),
            "any": told("True when at least one part is.", many),
            "not": told("True when its part is false.", ref(name)),
            "at least": told("How many of the parts under `of` are true.", whole(1)),
            "of": told("The parts that `at least` counts.", {**many, "minItems": 1}),
            **facts,
        },
        "additionalProperties": False,
        "if": either({"required": ["at least"]}, {"required": ["of"]}),
        "then": {"required": ["at least", "of"], "maxProperties": 2},
    }


def _range(domain: Domain) -> Schema:
    kind = "integer" if domain.whole else "number"
    return {"title": kind, "type": kind, "minimum": domain.low, "maximum": domain.high}


def condition_parts() -> Schema:
    """Return the definitions that a schema needs to refer to a condition."""
    asks = {f"ask-{kind}": _question(kind) for kind in FactType}
    asks |= {f"ask-{name}": _question(FactType.NUMBER, number=name) for name in _NUMBERS}
    shapes = {**_DEFINED, **{name: _range(domain) for name, domain in _NUMBERS.items()}}
    label = either(*(ref(f"ask-{kind}") for kind in LABEL_TYPES))
    return {"condition": _condition(), **shapes, **asks, "ask-label": label}
