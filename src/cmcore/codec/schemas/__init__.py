"""JSON Schemas of the files, for editors, and of the verdicts that programs exchange.

A schema never refuses what the library accepts. It lets through what a schema cannot tell: a fact
that is not declared, a circuit or a role that is not defined, a pattern or a duration that does not
read.
"""

from collections.abc import Callable
from copy import deepcopy
from enum import Enum
from typing import Final

import attrs

from cmcore.base.asked import checked
from cmcore.base.errors import refuse
from cmcore.base.ids import nearest
from cmcore.base.offers import homes
from cmcore.charters.act import Act
from cmcore.charters.charter import Charter
from cmcore.charters.history import Case
from cmcore.codec.incidents import incident_schema
from cmcore.codec.needs import needs_schema
from cmcore.codec.plans import PLAN
from cmcore.codec.playbooks import playbook_schema
from cmcore.codec.redactions import REDACTION
from cmcore.codec.requests import log_schema
from cmcore.codec.schemas.cases import case_schema
from cmcore.codec.schemas.charters import charter_schema
from cmcore.codec.schemas.desks import desk_schema
from cmcore.codec.schemas.organisations import organisation_schema
from cmcore.codec.schemas.verdicts import verdict_schema
from cmcore.codec.shapes import Schema
from cmcore.codec.teams import team_schema
from cmcore.decisionlog.redactions import Redaction
from cmcore.display.views import View
from cmcore.incidents.incident import Incident
from cmcore.incidents.playbook import Playbook
from cmcore.organisations.organisation import Organisation
from cmcore.requests.desk import Desk
from cmcore.requests.log import RequestLog
from cmcore.teams.needs import Needs
from cmcore.teams.plan import Plan
from cmcore.teams.team import Team

DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
#: What people write in files.
_FILES: Final[dict[type, Callable[[], Schema]]] = {
    Charter: charter_schema,
    Team: team_schema,
    Needs: needs_schema,
    Plan: PLAN.schema,
    Incident: incident_schema,
    Playbook: playbook_schema,
    RequestLog: log_schema,
    Desk: desk_schema,
    Organisation: organisation_schema,
    Redaction: REDACTION.schema,
    Act: case_schema,
    Case: case_schema,
}
#: The kinds of files that people write, whose keys may be in French.
FILES: Final = frozenset(_FILES)


@checked
def schema(kind: type) -> Schema:
    """Return the JSON Schema (draft 2020-12) of the plain data of a value of type `kind`.

    `Charter`, `Team`, `Needs`, `Plan`, `Incident`, `Playbook`, `RequestLog`, `Desk`,
    `Organisation` and `Redaction` give the schemas of their files. `Act` and `Case` give the schema
    of one line of a JSON lines history, which `read_case` reads. Every other public value, such as
    `Decision`, `Audit` or `Coverage`, gives the schema of what `unstructure` writes of it.

    Raises:
        InvalidError: when there is no schema for that type.

    Examples:
        >>> from cmcore import Charter, Decision, schema
        >>> schema(Charter)["title"], schema(Decision)["title"]
        ('charter', 'Decision')
    """
    if kind not in _FILES and not _is_written(kind):
        known = [one.__name__ for one in _FILES]
        near = nearest(kind.__name__, known)
        raise refuse("no-schema", kind=kind.__name__, known=known, near=near)
    made = _FILES[kind]() if kind in _FILES else verdict_schema(kind)
    return deepcopy({"$schema": DRAFT, **made})


def _is_written(kind: type) -> bool:
    """Return whether a type is that of public values, of which plain data can be written."""
    is_value = (attrs.has(kind) and not issubclass(kind, View)) or issubclass(kind, Enum)
    return is_value and homes().get(kind.__name__) == kind.__module__
