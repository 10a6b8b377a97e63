"""The schema of the facts of one act, as a line of a history has them."""

from collections.abc import Iterable, Mapping
from typing import Final

from cmcore.charters.conditions.facts import FactSpec, FactType
from cmcore.charters.conditions.vocabulary import Vocabulary
from cmcore.codec.acts import MESSAGES, NOTHING
from cmcore.codec.columns import columns, may_be_nothing
from cmcore.codec.schemas.conditions import choice_of
from cmcore.codec.shapes import Schema, either, listed, mapping, named, told
from cmcore.codec.values import DURATION, FLAG, INSTANT, NUMBER, TEXT, WORDS

_VALUES: Final[dict[FactType, Schema]] = {
    FactType.FLAG: FLAG.schema,
    FactType.SYMBOL: TEXT.schema,
    FactType.SYMBOLS: {**WORDS.schema, "minItems": 0},
    FactType.NUMBER: NUMBER.schema,
    FactType.DURATION: DURATION.schema,
    FactType.INSTANT: INSTANT.schema,
    FactType.TEXT: TEXT.schema,
}
_UNKNOWN: Final[Schema] = {"type": "null"}


def _column(spec: FactSpec) -> Schema:
    value = choice_of(spec) or _VALUES[spec.type]
    if not may_be_nothing(spec):
        value = {**value, "not": {"const": NOTHING}}
    nothing: list[Schema] = [{"const": NOTHING}] if may_be_nothing(spec) else []
    about = f"{spec.english[:1].upper()}{spec.english[1:]}." if spec.english else "When it was."
    return told(about, either(value, *nothing, _UNKNOWN))


def _below(name: str, known: Mapping[str, FactSpec]) -> Schema:
    """Return the schema of what is known of a message, by the names it has within it."""
    start = f"{name}."
    return {n.removeprefix(start): _column(s) for n, s in known.items() if n.startswith(start)}


def _absent(facts: Iterable[str]) -> Schema:
    """Return the schema of what is known to be nothing: facts, and labels of the charter."""
    return told("What is known to be nothing.", listed(either({"enum": [*facts]}, TEXT.schema)))


def case_schema() -> Schema:
    """Return the schema of the mapping of facts that an act is written as."""
    known = columns(Vocabulary())
    plain = {"type": ["boolean", "number", "string", "array", "null"], "items": TEXT.schema}
    tagged = {"type": "object", "minProperties": 1, "maxProperties": 1}
    label = either(plain, tagged)
    absent = _absent(name for name, spec in known.items() if may_be_nothing(spec))
    messages = {
        name: told(
            f"The message: `{name}.tone`, and the like, as a mapping.",
            either(_UNKNOWN, mapping({"absent": _absent(below), **below})),
        )
        for name, below in ((name, _below(name, known)) for name in MESSAGES)
    }
    return {
        "title": "act",
        "description": f"The facts of one act; null is unknown, `{NOTHING}` known to be nothing.",
        "type": "object",
        "properties": {
            "id": told("What identifies the act.", {"type": ["string", "null"]}),
            **{name: _column(spec) for name, spec in known.items()},
            **messages,
            "labels": told("Labels of the charter.", named(label)),
            "absent": absent,
            "act": told("The act, of a case.", {"type": "object"}),
            "context": told("What is known around the act.", {"type": "object"}),
            "place": told("Where the case comes from.", TEXT.schema),
        },
        "patternProperties": {
            "^_": told("Left alone.", {}),
            r"^event\.": _column(FactSpec("event.", FactType.INSTANT)),
        },
        "additionalProperties": told("A label of the charter.", plain),
    }
