"""The schema of charter files."""

from cmcore.codec.charters import CHARTER
from cmcore.codec.circuits import CIRCUIT, STAGE
from cmcore.codec.clocks import CALENDAR
from cmcore.codec.expectations import EXPECTATION
from cmcore.codec.guarantees import EXAMPLE, GUARANTEE
from cmcore.codec.rules import LABEL, OWN_KIND, RULE
from cmcore.codec.schemas.cases import act_schema, context_schema
from cmcore.codec.schemas.conditions import condition_parts
from cmcore.codec.shapes import Schema


def charter_schema() -> Schema:
    """Return the schema of charter files."""
    return CHARTER.schema(
        **condition_parts(),
        act=act_schema(),
        calendar=CALENDAR,
        circuit=CIRCUIT,
        context=context_schema(),
        example=EXAMPLE,
        expectation=EXPECTATION,
        guarantee=GUARANTEE,
        kind=OWN_KIND,
        label=LABEL,
        rule=RULE,
        stage=STAGE,
    )
