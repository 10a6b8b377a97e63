"""The schema of desk files."""

from cmcore.codec.clocks import CALENDAR
from cmcore.codec.requests import DESK, IGNORED, ROUTE, TARGET
from cmcore.codec.schemas.conditions import condition_of, condition_parts
from cmcore.codec.shapes import Schema, ref, told
from cmcore.requests.desk import FROM_AUTHOR


def desk_schema() -> Schema:
    """Return the schema of desk files."""
    asked = {FROM_AUTHOR: told("What came from the same author before.", ref("ask-log"))}
    parts = condition_parts()
    return DESK.schema(
        calendar=CALENDAR,
        ignored=IGNORED,
        route=ROUTE,
        target=TARGET,
        **{name: parts[name] for name in ("ask-log", "rate")},
        **{"count-condition": condition_of(asked, "count-condition")},
    )
