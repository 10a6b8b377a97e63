"""The JSON Schema of a line of a decision log: an entry, its digest and the one before."""

from typing import Final

from cmcore.codec.schemas import schema
from cmcore.codec.shapes import Schema
from cmcore.decisionlog.entries import LogEntry

_DIGEST: Final[Schema] = {"type": "string", "pattern": "^[0-9a-f]{64}$"}


def log_line_schema() -> Schema:
    """Return the JSON Schema (draft 2020-12) of a line of a decision log.

    That the digests are right, no schema can say: `cmcore log verify` does.
    """
    entry = schema(LogEntry)
    beside: Schema = {key: entry.pop(key) for key in ("$schema", "$defs") if key in entry}
    return {
        **beside,
        "title": "LogLine",
        "description": "A line of a decision log: an entry, a digest, and that of the line before.",
        "type": "object",
        "properties": {"digest": _DIGEST, "entry": entry, "previous": _DIGEST},
        "required": ["digest", "entry", "previous"],
        "additionalProperties": False,
    }
