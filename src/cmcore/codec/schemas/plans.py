"""The schema of plan files."""

from cmcore.codec.schemas.parts import ID, Schema, either, listed, mapping, named, told


def plan_schema() -> Schema:
    """Return the schema of plan files."""
    roles = told("What they hold: nothing, a role, or several.",
                 either({"type": "null"}, ID, listed(ID)))  # fmt: skip
    keys: Schema = {
        "plan": told("Who holds which roles, by member.", named(roles, propertyNames=ID))
    }
    return {"title": "plan", **told("Who holds which roles.", mapping(keys, ["plan"]))}
