"""JSON Schemas of the files, for editors: help while writing, before the library reads.

A schema never refuses what the library accepts. It lets through what a schema cannot tell: a fact
that is not declared, a circuit that is not defined, a pattern or a duration that does not read.
"""

from collections.abc import Callable, Iterable
from typing import Final, TypeAlias

from cmcore.codec.bounds import Data
from cmcore.codec.conditions import BARE, BESIDE, QUIET, RATE, Shape, shape_of
from cmcore.codec.histories import NOTHING, columns, may_be_nothing
from cmcore.codec.plain import DAY, FLAGS
from cmcore.foundation.durations import days
from cmcore.foundation.errors import refuse
from cmcore.foundation.names import LONGEST_ID
from cmcore.nouns.acts import Act
from cmcore.nouns.charter import USUAL_TARGET, Charter
from cmcore.nouns.circuits import NAMED, NO_OBJECTION, SHARE, Source, Timeout
from cmcore.nouns.conditions import TAKES, Op, Quiet
from cmcore.nouns.facts import (
    BUILTIN,
    KINDS,
    LOGGED,
    MEASURES,
    RESERVED,
    SAME,
    FactSpec,
    FactType,
    Vocabulary,
)
from cmcore.nouns.history import Case
from cmcore.nouns.rules import Effect

Schema: TypeAlias = dict[str, Data]

DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"


def schema(kind: type) -> Schema:
    """Return the JSON Schema (draft 2020-12) of the files that hold a value of type `kind`.

    `Charter` gives the schema of charter files; `Act` and `Case`, that of the mapping of facts
    that one line of a JSON lines history is, and that `read_case` reads.

    Raises:
        InvalidError: when there is no schema for that type.
    """
    if kind not in _SCHEMAS:
        hint = f"there is one for {', '.join(f'`{known.__name__}`' for known in _SCHEMAS)}"
        raise refuse(f"there is no schema for `{kind.__name__}`", hint=hint)
    return {"$schema": DRAFT, **_SCHEMAS[kind]()}


# ------------------------------------------------------------------------------------------ parts


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _told(about: str, shape: Schema) -> Schema:
    return {"description": about, **shape}


def _mapping(keys: Schema, required: Iterable[str] = (), **more: Data) -> Schema:
    """Return the schema of a mapping that holds nothing but `keys`."""
    needed = {"required": list(required)} if required else {}
    return {"type": "object", "properties": keys, **needed, "additionalProperties": False, **more}


def _list(items: Schema, least: int = 0, **more: Data) -> Schema:
    return {"type": "array", "items": items, **({"minItems": least} if least else {}), **more}


def _either(first: Schema, *others: Schema) -> Schema:
    return {"anyOf": [first, *others]} if others else first


def _spaced(pattern: str) -> str:
    """Return the pattern with any space where it has one, and any character where it has a dot."""
    return pattern.replace(" ", r"\s+").replace(".", r"[\s\S]")


_TEXT: Final[Schema] = {"type": "string"}
_WORDS: Final[Schema] = {"type": ["string", "array"], "items": _TEXT, "minItems": 1}
_ID: Final[Schema] = {"type": "string", "minLength": 1, "maxLength": LONGEST_ID}
_DAY: Final[Schema] = {"type": "string", "pattern": f"^{DAY}$", "examples": ["2026-01-31"]}
_SHAPES: Final[dict[Shape, Schema]] = {
    Shape.FLAG: {"title": "yes or no", "enum": [True, False, *FLAGS]},
    Shape.NUMBER: {"title": "number", "type": "number"},
    Shape.DURATION: {
        "title": "duration",
        "type": "string",
        "minLength": 1,
        "examples": ["30 min", "1 h 30 min", "14 d"],
    },
    Shape.INSTANT: {
        "title": "instant with its offset",
        "type": "string",
        "pattern": r"^[0-9]{4}[\s\S]*(?:Z|[+-][0-9:.]+)$",
        "examples": ["2026-01-31T09:00+01:00"],
    },
    Shape.RATE: {
        "title": "rate: a number of acts in a window that ends now",
        "type": "string",
        "pattern": rf"^\s*{_spaced(RATE)}$",
        "examples": ["3 in 1 h"],
    },
    Shape.TEXT: {"title": "text", **_TEXT},
    Shape.WORDS: {"title": "words", **_WORDS},
    Shape.PHRASES: {"title": "words and phrases", **_WORDS},
    Shape.WEEK: {
        "title": "hours of the week",
        **_WORDS,
        "examples": ["Mon-Fri 09:00-18:00", "always"],
    },
}
_QUIET: Final[Schema] = {
    "title": "time since the last act",
    "type": "string",
    "pattern": rf"^\s*{_spaced(QUIET)}\s*$",
    "examples": ["14 d since"],
}


# ------------------------------------------------------------------------------------- conditions

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
        return _list(_ref(shape_of(kind, Op.BELOW).name.lower()), 2, maxItems=2)
    if values is not None and op is Op.IS:
        return {"enum": sorted(values)}
    if values is not None and shape is Shape.WORDS:
        return _either({"enum": sorted(values)}, _list({"enum": sorted(values)}, 1))
    if shape is Shape.TEXT and op is Op.IS:
        return {**_TEXT, "minLength": 1}
    if shape is Shape.RATE and TAKES[kind][op][0](_SILENCE):
        return _either(_ref("rate"), _QUIET)
    return _ref(shape.name.lower())


_SILENCE: Final = Quiet(days(1))


def _question(kind: FactType, values: Iterable[str] | None = None) -> Schema:
    """Return the schema of what a condition may say of a fact: a bare value, or questions."""
    asked = {str(op): _told(_ASKS[op], _operand(kind, op, values)) for op in TAKES[kind]}
    for name, (measured, _) in MEASURES.get(kind, {}).items():
        asked[name] = _told(f"The {name.replace('_', ' ')}.", _ref(f"ask-{measured}"))
    beside = {key: str(op) for key, op in BESIDE.items() if op in TAKES[kind]}
    asked |= {key: _told(_BESIDE[key], _BESIDE_SHAPES[key]) for key in beside}
    needs = {key: [op] for key, op in beside.items()}
    more = {"dependentRequired": needs} if needs else {}
    return _either(*_bare(kind, values), _mapping(asked, minProperties=1, **more))


_BESIDE_SHAPES: Final = {"except": {**_WORDS, "minItems": 0}, "zone": _TEXT}


def _bare(kind: FactType, values: Iterable[str] | None) -> list[Schema]:
    if kind not in BARE:
        return []
    several = [_list(_operand(kind, Op.IS, values), 1)] if kind is FactType.SYMBOL else []
    return [_operand(kind, BARE[kind], values), *several]


def _fact(spec: FactSpec) -> Schema:
    """Return the schema of what a condition may say of a built-in fact or measure."""
    asked = _ref(f"ask-{spec.type}") if spec.values is None else _question(spec.type, spec.values)
    return _told(f"{spec.english[:1].upper()}{spec.english[1:]}.", asked)


def _condition() -> Schema:
    many, vocabulary = _list(_ref("condition")), Vocabulary()
    specs = [vocabulary.find(name) for name in vocabulary.names()]
    kinds, same = "|".join(sorted(LOGGED)), "|".join(SAME)
    return {
        "title": "condition",
        "description": "What is asked of the facts; several keys must all hold.",
        "type": "object",
        "minProperties": 1,
        "properties": {
            "all": _told("True when every part is.", many),
            "any": _told("True when at least one part is.", many),
            "not": _told("True when its part is false.", _ref("condition")),
            "at least": _told(
                "How many of the parts under `of` are true.", {"minimum": 1, **_WHOLE}
            ),
            "of": _told("The parts that `at least` counts.", {**many, "minItems": 1}),
            **{s.name: _fact(s) for s in specs if s and s.type is not FactType.LOG},
        },
        "patternProperties": {
            rf"^recent\.({kinds})(\.({same}))*$": _told("Earlier acts.", _ref("ask-log")),
            r"^since\.": _told("The time since an event.", _ref("ask-duration")),
        },
        "additionalProperties": _told("A label of the charter.", _ref("ask-label")),
        "if": _either({"required": ["at least"]}, {"required": ["of"]}),
        "then": {"required": ["at least", "of"], "maxProperties": 2},
    }


_WHOLE: Final[Schema] = {"type": "integer"}


def _definitions() -> Schema:
    shapes = {shape.name.lower(): told for shape, told in _SHAPES.items()}
    asks = {f"ask-{kind}": _question(kind) for kind in FactType}
    label = _either(*(_ref(f"ask-{kind}") for kind in FactType if kind is not FactType.LOG))
    own = {"condition": _condition(), "rule": _rule(), "label": _label()}
    own |= {"circuit": _circuit(), "stage": _stage()}
    return {**own, **shapes, **asks, "ask-label": label}


# --------------------------------------------------------------------------------------- charters

_EFFECTS: Final = {
    Effect.PERMIT: "Lets acts go out; the name of the rule.",
    Effect.REFER: "Sends acts to the circuit under `to`; the name of the rule.",
    Effect.FORBID: "Keeps acts in; the name of the rule.",
}
_SOURCES: Final = {
    Source.ROLE: "People who have one of these roles.",
    Source.SKILL: "People who have one of these skills.",
    Source.TEAM: "People of these teams.",
    Source.NAME: "These very people.",
}
_TERM: Final = {
    "since": _told("The first day it is in force.", _DAY),
    "through": _told("The last day it is in force.", _DAY),
}


def _rule() -> Schema:
    ways = [{"required": [str(effect)]} for effect in Effect]
    keys: Schema = {
        **{str(effect): _told(about, _ID) for effect, about in _EFFECTS.items()},
        "to": _told("The circuit that acts are sent to.", _TEXT),
        "when": _told("What is asked of the facts; always, when left out.", _ref("condition")),
        "because": _told("The reason, shown to the author.", {**_TEXT, "pattern": r"\S"}),
        "note": _told("A private note.", _TEXT),
        "source": _told("The clause of the text it comes from.", _TEXT),
        **_TERM,
    }
    sent = {str(Effect.REFER): ["to"], "to": [str(Effect.REFER)]}
    about = "One clause: an effect, a condition and a reason."
    return {
        "title": "rule",
        **_told(about, _mapping(keys, ["because"], oneOf=ways, dependentRequired=sent)),
    }


def _stage() -> Schema:
    people = {str(source): _told(about, _WORDS) for source, about in _SOURCES.items()}
    quorum = {"type": "string", "pattern": rf"^(?:{'|'.join(NAMED)}|{NO_OBJECTION}|{SHARE})$"}
    asked = _mapping(people, minProperties=1, maxProperties=1)
    keys: Schema = {
        "ask": _told("Who may approve.", asked),
        "need": _told(
            "How many must agree: `any`, `all`, `majority`, a number, `2/3`, `50%`, or that there"
            " is `no objection`.",
            {"default": "any", **_either({"minimum": 1, **_WHOLE}, quorum)},
        ),
        "within": _told("How long they have.", _ref("duration")),
        "else": _told(
            "What happens when the time is out.",
            {"default": str(Timeout.ESCALATE), "enum": [str(way) for way in Timeout]},
        ),
        "deputies": _told("To whom they may delegate.", asked),
        "during": _told("The hours in which the time is counted.", _WORDS),
        "zone": _told("The IANA time zone of those hours; the charter's unless said.", _TEXT),
    }
    about = "One step of a circuit: whom it asks, how many must agree, and within what time."
    needed = {"during": ["within"], "zone": ["during"]}
    silent = {"properties": {"need": {"const": str(NO_OBJECTION)}}, "required": ["need"]}
    timed: Schema = {"if": silent, "then": {"required": ["within"]}}
    return {
        "title": "stage",
        **_told(about, {**_mapping(keys, ["ask"], dependentRequired=needed), **timed}),
    }


def _circuit() -> Schema:
    stages = _list(_ref("stage"), 1)
    keys: Schema = {
        "stages": _told("Who is asked, in order.", stages),
        "emergency": _told("Who is asked in an emergency: fewer stages.", stages),
    }
    about = "Who must see what is not covered: stages in order, or those and fewer in an emergency."
    return {"title": "circuit", **_told(about, _either(stages, _mapping(keys, ["stages"])))}


def _label() -> Schema:
    types = [str(kind) for kind in FactType if kind is not FactType.LOG]
    symbols = [str(FactType.SYMBOL), str(FactType.SYMBOLS)]
    keys: Schema = {
        "type": _told("What kind of fact it is.", {"default": "symbol", "enum": types}),
        "values": _told("The only words it may have.", _WORDS),
        "about": _told("What it means.", _TEXT),
        "fixed": _told("Whether no edit of the act can change it.", _ref("flag")),
    }
    only = {"if": {"required": ["values"]}, "then": {"properties": {"type": {"enum": symbols}}}}
    whole = {**_mapping(keys), **only}
    about = "A fact supplied for each act: a type, a list of words, or a mapping of both."
    return {"title": "label", **_told(about, _either({"enum": types}, _list(_TEXT, 1), whole))}


def _named(items: Schema, **more: Data) -> Schema:
    """Return the schema of a mapping of names to `items`."""
    return {"type": "object", "additionalProperties": items, **more}


def _charter() -> Schema:
    rates = _either(_ref("rate"), _list(_ref("rate")))
    words = {"maxLength": 100, "not": {"enum": sorted({*BUILTIN, *RESERVED})}}
    keys: Schema = {
        "charter": _told("The name of the charter.", _ID),
        "version": _told("Its version, from 1.", {"default": 1, "minimum": 1, **_WHOLE}),
        "title": _told("What people call it.", _TEXT),
        "target": _told(
            "The share of acts it should cover, from 0 to 1.",
            {"default": USUAL_TARGET, "type": "number", "minimum": 0, "maximum": 1},
        ),
        "zone": _told(
            "The IANA time zone of its days and hours.",
            {"default": "UTC", "minLength": 1, "examples": ["Europe/Paris"], **_TEXT},
        ),
        **_TERM,
        "approved by": _told("Who signed it.", _WORDS),
        "approved on": _told("The day it was signed.", _DAY),
        "review by": _told("The day by which it should be read again.", _DAY),
        "networks": _told("The only networks it frames.", _WORDS),
        "volume": _told(
            "How many acts it frames at most, by kind of act.",
            _mapping({kind: _told(_logged(kind), rates) for kind in sorted(LOGGED)}),
        ),
        "labels": _told(
            "The facts that people or classifiers supply.",
            _named(_ref("label"), propertyNames=words),
        ),
        "events": _told(
            "Events, each of which brings the fact `since.<event>`.", {**_WORDS, "minItems": 0}
        ),
        "circuits": _told(
            "Who must see what is not covered, by the circuit's name.",
            _named(_ref("circuit"), propertyNames=_ID, minProperties=1),
        ),
        "default": _told("The circuit that decides where no rule does.", _TEXT),
        "rules": _told(
            "What may go out, what must be seen first, what may not.", _list(_ref("rule"))
        ),
    }
    about = "What may go out as it is, what must be seen first and by whom, and what may not."
    needed = ["charter", "circuits", "default"]
    whole = _mapping(keys, needed, dependentRequired={"approved on": ["approved by"]})
    return {"title": "charter", **_told(about, whole), "$defs": _definitions()}


def _logged(kind: str) -> str:
    return "All acts." if kind not in KINDS else f"Acts that {KINDS[kind][0]}."


# ------------------------------------------------------------------------------------------ cases

_VALUES: Final[dict[FactType, Schema]] = {
    FactType.FLAG: _SHAPES[Shape.FLAG],
    FactType.SYMBOL: _TEXT,
    FactType.SYMBOLS: {**_WORDS, "minItems": 0},
    FactType.NUMBER: _SHAPES[Shape.NUMBER],
    FactType.DURATION: _SHAPES[Shape.DURATION],
    FactType.INSTANT: _SHAPES[Shape.INSTANT],
    FactType.TEXT: _TEXT,
}
_UNKNOWN: Final[Schema] = {"type": "null"}


def _column(spec: FactSpec) -> Schema:
    value = _VALUES[spec.type] if spec.values is None else {"enum": sorted(spec.values)}
    if not may_be_nothing(spec):
        value = {**value, "not": {"const": NOTHING}}
    nothing: list[Schema] = [{"const": NOTHING}] if may_be_nothing(spec) else []
    about = f"{spec.english[:1].upper()}{spec.english[1:]}." if spec.english else "When it was."
    return _told(about, _either(value, *nothing, _UNKNOWN))


def _case() -> Schema:
    known = columns(Vocabulary())
    plain = {"type": ["boolean", "number", "string", "array", "null"], "items": _TEXT}
    return {
        "title": "act",
        "description": f"The facts of one act; null is unknown, `{NOTHING}` known to be nothing.",
        "type": "object",
        "properties": {
            "id": _told("What identifies the act.", {"type": ["string", "null"]}),
            **{name: _column(spec) for name, spec in known.items()},
        },
        "patternProperties": {
            "^_": _told("Left alone.", {}),
            r"^event\.": _column(FactSpec("event.", FactType.INSTANT)),
        },
        "additionalProperties": _told("A label of the charter.", plain),
    }


_SCHEMAS: Final[dict[type, Callable[[], Schema]]] = {Charter: _charter, Act: _case, Case: _case}
