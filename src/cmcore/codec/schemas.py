"""JSON Schemas of the files, for editors."""

from typing import Any


def schema(kind: type) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of the files that hold a value of type `kind`."""
    raise NotImplementedError
