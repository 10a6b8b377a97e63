"""The schemas of the facts of one act, as a line of a history has them, and of its context."""

from collections.abc import Iterable, Mapping
from typing import Final

from cmcore.charters.conditions.facts import BUILTIN, FactSpec, FactType
from cmcore.charters.conditions.vocabulary import Vocabulary
from cmcore.codec.acts import MESSAGES, NOTHING
from cmcore.codec.columns import columns, may_be_nothing
from cmcore.codec.schemas.conditions import choice_of
from cmcore.codec.shapes import Schema, either, listed, mapping, named, ref, told
from cmcore.codec.values import DAY, DURATION, FLAG, INSTANT, NUMBER, TEXT, WORDS

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
    return told(_about(spec), either(value, *nothing, _UNKNOWN))


def _about(spec: FactSpec) -> str:
    return f"{spec.english[:1].upper()}{spec.english[1:]}." if spec.english else "When it was."


def _below(name: str, known: Mapping[str, FactSpec]) -> Schema:
    """Return the schema of what is known of a message, by the names it has within it."""
    start = f"{name}."
    return {n.removeprefix(start): _column(s) for n, s in known.items() if n.startswith(start)}


def _absent(facts: Iterable[str]) -> Schema:
    """Return the schema of what is known to be nothing: facts, and labels of the charter."""
    return told("What is known to be nothing.", listed(either({"enum": [*facts]}, TEXT.schema)))


def _part(name: str) -> Schema:
    """Return the schema of a part of a context, which has the facts of `name`."""
    start = f"{name}."
    facts = [one for one in BUILTIN.values() if one.name.startswith(start) and one.type in _PARTS]
    return mapping({one.name.removeprefix(start): told(_about(one), either(_choice(one), _UNKNOWN))
                    for one in facts})  # fmt: skip


def _choice(spec: FactSpec) -> Schema:
    choice = choice_of(spec)
    return _PARTS[spec.type] if choice is None else either(choice, TEXT.schema)


#: The types of facts that contexts have as they are.
_PARTS: Final[dict[FactType, Schema]] = {
    **_VALUES, FactType.SYMBOLS: listed(TEXT.schema),
}  # fmt: skip


def context_schema() -> Schema:
    """Return the schema of what is known around an act."""
    moment = either(INSTANT.schema, _UNKNOWN)
    earlier = {
        "acts": told("The acts, each with its moment.", listed(ref("act"))),
        "since": told("The moment since when no act is missing; null: none ever is.", moment),
    }
    days = listed(DAY.schema)
    keys = {
        "at": told("The moment of the act, where it does not say.", moment),
        "author": told("Who acts, as a charter sees them.", _part("author")),
        "incident": told("Whether an incident is open, and how severe it is.", _part("incident")),
        "earlier": told("The acts before it.", either(mapping(earlier), _UNKNOWN)),
        "holidays": told("The days that are holidays.", either(days, _UNKNOWN)),
        "events": told("When each event of the charter was; null: not yet.", named(moment)),
    }
    about = "What is known of the circumstances of an act; null is unknown."
    return {"title": "context", **told(about, mapping(keys))}


def case_schema() -> Schema:
    """Return the schema of a line of a history: an act, or one in its context."""
    return {**act_schema(), "$defs": {"act": act_schema(), "context": context_schema()}}


def act_schema() -> Schema:
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
            "act": told("The act, of a case.", ref("act")),
            "context": told("What is known around the act.", ref("context")),
            "place": told("Where the case comes from.", TEXT.schema),
        },
        "patternProperties": {
            "^_": told("Left alone.", {}),
            r"^event\.": _column(FactSpec("event.", FactType.INSTANT)),
        },
        "additionalProperties": told("A label of the charter.", plain),
    }
