"""The schema of the facts of one act, as a line of a history has them."""

from typing import Final

from cmcore.codec.conditions import Shape
from cmcore.codec.histories import NOTHING, columns, may_be_nothing
from cmcore.codec.schemas.parts import SHAPES, TEXT, WORDS, Schema, either, told
from cmcore.nouns.facts import FactSpec, FactType, Vocabulary

_VALUES: Final[dict[FactType, Schema]] = {
    FactType.FLAG: SHAPES[Shape.FLAG],
    FactType.SYMBOL: TEXT,
    FactType.SYMBOLS: {**WORDS, "minItems": 0},
    FactType.NUMBER: SHAPES[Shape.NUMBER],
    FactType.DURATION: SHAPES[Shape.DURATION],
    FactType.INSTANT: SHAPES[Shape.INSTANT],
    FactType.TEXT: TEXT,
}
_UNKNOWN: Final[Schema] = {"type": "null"}


def _column(spec: FactSpec) -> Schema:
    value = _VALUES[spec.type] if spec.values is None else {"enum": sorted(spec.values)}
    if not may_be_nothing(spec):
        value = {**value, "not": {"const": NOTHING}}
    nothing: list[Schema] = [{"const": NOTHING}] if may_be_nothing(spec) else []
    about = f"{spec.english[:1].upper()}{spec.english[1:]}." if spec.english else "When it was."
    return told(about, either(value, *nothing, _UNKNOWN))


def case_schema() -> Schema:
    """Return the schema of the mapping of facts that an act is written as."""
    known = columns(Vocabulary())
    plain = {"type": ["boolean", "number", "string", "array", "null"], "items": TEXT}
    return {
        "title": "act",
        "description": f"The facts of one act; null is unknown, `{NOTHING}` known to be nothing.",
        "type": "object",
        "properties": {
            "id": told("What identifies the act.", {"type": ["string", "null"]}),
            **{name: _column(spec) for name, spec in known.items()},
        },
        "patternProperties": {
            "^_": told("Left alone.", {}),
            r"^event\.": _column(FactSpec("event.", FactType.INSTANT)),
        },
        "additionalProperties": told("A label of the charter.", plain),
    }
