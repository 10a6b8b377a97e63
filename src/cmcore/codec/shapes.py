"""What JSON Schemas are made of: mappings that are closed, lists, choices."""

from collections.abc import Iterable
from typing import TypeAlias

from cmcore.codec.bounds import Data

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
    """Return the schema of a list of `items`, with a minimum length."""
    return {"type": "array", "items": items, **({"minItems": least} if least else {}), **more}


def either(first: Schema, *others: Schema) -> Schema:
    """Return the schema of what fits one of the schemas, or several."""
    return {"anyOf": [first, *others]} if others else first


def named(items: Schema, **more: Data) -> Schema:
    """Return the schema of a mapping of names to `items`."""
    return {"type": "object", "additionalProperties": items, **more}


def whole(least: int, most: int | None = None) -> Schema:
    """Return the schema of a whole number from `least` to `most`."""
    return {"type": "integer", "minimum": least, **({} if most is None else {"maximum": most})}
