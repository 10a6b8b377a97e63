"""The schema of plan files."""

from cmcore.codec.shapes import Schema, either, listed, mapping, named, told
from cmcore.codec.values import ID


def plan_schema() -> Schema:
    """Return the schema of plan files."""
    roles = told("What they hold: nothing, a role, or several.",
                 either({"type": "null"}, ID.schema, listed(ID.schema)))  # fmt: skip
    keys: Schema = {
        "plan": told("Who holds which roles, by member.", named(roles, propertyNames=ID.schema))
    }
    return {"title": "plan", **told("Who holds which roles.", mapping(keys, ["plan"]))}
