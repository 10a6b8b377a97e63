"""What schemas are made of: mappings that are closed, lists, choices, and the shapes of values."""

from collections.abc import Iterable
from typing import Final, TypeAlias

from cmcore.base.ids import LONGEST_ID
from cmcore.codec.bounds import Data
from cmcore.codec.conditions import RATE, Shape
from cmcore.codec.plain import DAY, FLAGS

Schema: TypeAlias = dict[str, Data]


def ref(name: str) -> Schema:
    """Return what stands for the definition `name` of the same schema."""
    return {"$ref": f"#/$defs/{name}"}


def told(about: str, shape: Schema) -> Schema:
    """Return the schema with what an editor says of it."""
    return {"description": about, **shape}


def mapping(keys: Schema, required: Iterable[str] = (), **more: Data) -> Schema:
    """Return the schema of a mapping that holds nothing but `keys`."""
    needed = {"required": list(required)} if required else {}
    return {"type": "object", "properties": keys, **needed, "additionalProperties": False, **more}


def listed(items: Schema, least: int = 0, **more: Data) -> Schema:
    """Return the schema of a list of at least so many `items`."""
    return {"type": "array", "items": items, **({"minItems": least} if least else {}), **more}


def either(first: Schema, *others: Schema) -> Schema:
    """Return the schema of what fits one of the schemas, or several."""
    return {"anyOf": [first, *others]} if others else first


def or_unknown(keys: Schema) -> Schema:
    """Return keys each of which may be null, where it is not known."""
    return {
        name: told(str(shape["description"]), either(shape, {"type": "null"}))
        for name, shape in keys.items()
    }


def named(items: Schema, **more: Data) -> Schema:
    """Return the schema of a mapping of names to `items`."""
    return {"type": "object", "additionalProperties": items, **more}


def whole(least: int, most: int | None = None) -> Schema:
    """Return the schema of a whole number from `least` to `most`."""
    return {"type": "integer", "minimum": least, **({} if most is None else {"maximum": most})}


def spaced(pattern: str) -> str:
    """Return the pattern with any space where it has one, and any character where it has a dot."""
    return pattern.replace(" ", r"\s+").replace(".", r"[\s\S]")


TEXT: Final[Schema] = {"type": "string"}
WORDS: Final[Schema] = {"type": ["string", "array"], "items": TEXT, "minItems": 1}
ID: Final[Schema] = {"type": "string", "minLength": 1, "maxLength": LONGEST_ID}
DAY_TEXT: Final[Schema] = {"type": "string", "pattern": f"^{DAY}$", "examples": ["2026-01-31"]}
ZONE: Final[Schema] = {"minLength": 1, "examples": ["Europe/Paris"], **TEXT}
SHAPES: Final[dict[Shape, Schema]] = {
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
        "pattern": r"^[0-9]{4}[\s\S]{6,}(?:Z|[+-][0-9:.,]+)$",
        "examples": ["2026-01-31T09:00+01:00"],
    },
    Shape.RATE: {
        "title": "rate: a number of acts in a window that ends now",
        "type": "string",
        "pattern": rf"^\s*{spaced(RATE)}$",
        "examples": ["3 in 1 h"],
    },
    Shape.TEXT: {"title": "text", **TEXT},
    Shape.WORDS: {"title": "words", **WORDS},
    Shape.PHRASES: {"title": "words and phrases", **WORDS},
    Shape.WEEK: {
        "title": "hours of the week",
        **WORDS,
        "examples": ["Mon-Fri 09:00-18:00", "always"],
    },
}
