"""The JSON Schema of files of organisations, with those of its parts."""

from collections.abc import Callable, Mapping
from typing import Final

from cmcore.codec.bounds import Data
from cmcore.codec.incidents import incident_schema
from cmcore.codec.needs import needs_schema
from cmcore.codec.organisations import FIGURES, HISTORY, form_with
from cmcore.codec.playbooks import playbook_schema
from cmcore.codec.requests import log_schema
from cmcore.codec.schemas.charters import charter_schema
from cmcore.codec.schemas.desks import desk_schema
from cmcore.codec.shapes import Schema, told
from cmcore.codec.teams import team_schema
from cmcore.codec.values import DAY, ID, TEXT
from cmcore.organisations.organisation import PRACTICES

_PARTS: Final[Mapping[str, Callable[[], Schema]]] = {
    "team": team_schema,
    "needs": needs_schema,
    "charter": charter_schema,
    "playbook": playbook_schema,
    "desk": desk_schema,
    "requests": log_schema,
    "incident": incident_schema,
}


def organisation_schema() -> Schema:
    """Return the schema of files of organisations, with those of its parts."""
    from cmcore.codec.files import converter  # which has this module find its readers

    defs: Schema = {
        "practice": deed_schema(),
        "figures": FIGURES.closed(),
        "history": HISTORY.closed(),
    }
    for name, schema in _PARTS.items():
        defs |= _within(name, schema())
    return form_with(converter()).schema(**defs)


def _within(name: str, schema: Schema) -> Schema:
    """Return the definitions of a whole schema, for one that has it as a part."""
    own = schema.pop("$defs", {})
    named = {name: schema, **{f"{name}.{one}": shape for one, shape in own.items()}}
    return {one: _renamed(shape, name) for one, shape in named.items()}


def _renamed(shape: Data, name: str) -> Data:
    if isinstance(shape, list):
        return [_renamed(one, name) for one in shape]
    if not isinstance(shape, dict):
        return shape
    start = "#/$defs/"
    return {
        key: f"{start}{name}.{one.removeprefix(start)}"
        if key == "$ref" and isinstance(one, str)
        else _renamed(one, name)
        for key, one in shape.items()
    }


def deed_schema() -> Schema:
    """Return the schema of a good practice that was carried out."""
    keys: Schema = dict.fromkeys(sorted(PRACTICES), DAY.schema)
    more: Schema = {
        "by": told("Who did it.", ID.schema),
        "note": told("A word on it.", TEXT.schema),
    }
    return {
        "title": "practice",
        "description": "A good practice, and the day it was carried out.",
        "type": "object",
        "properties": {**keys, **more},
        "oneOf": [{"required": [name]} for name in sorted(PRACTICES)],
        "additionalProperties": False,
    }
