"""JSON Schemas of the files, for editors, and of the verdicts that programs exchange.

A schema never refuses what the library accepts. It lets through what a schema cannot tell: a fact
that is not declared, a circuit or a role that is not defined, a pattern or a duration that does not
read.
"""

from collections.abc import Callable
from copy import deepcopy
from functools import partial
from typing import Final

from cmcore.base.asked import checked
from cmcore.base.errors import refuse
from cmcore.base.ids import nearest
from cmcore.charters.act import Act
from cmcore.charters.audits.audit import Audit
from cmcore.charters.audits.comparison import Comparison
from cmcore.charters.charter import Charter
from cmcore.charters.decision import Decision
from cmcore.charters.history import Case
from cmcore.charters.suggestions.suggestion import Suggestion
from cmcore.codec.incidents import incident_schema
from cmcore.codec.needs import needs_schema
from cmcore.codec.plans import PLAN
from cmcore.codec.playbooks import playbook_schema
from cmcore.codec.policies import CedarExport
from cmcore.codec.requests import log_schema
from cmcore.codec.schemas.cases import case_schema
from cmcore.codec.schemas.charters import charter_schema
from cmcore.codec.schemas.desks import desk_schema
from cmcore.codec.schemas.organisations import organisation_schema
from cmcore.codec.schemas.verdicts import verdict_schema
from cmcore.codec.shapes import Schema
from cmcore.codec.teams import team_schema
from cmcore.decisionlog.checks import LogCheck
from cmcore.decisionlog.entries import LogEntry
from cmcore.decisionlog.replays import Replay
from cmcore.incidents.incident import Incident
from cmcore.incidents.playbook import Playbook
from cmcore.incidents.replay.owed import Due
from cmcore.incidents.signals.signal import Detection
from cmcore.organisations.organisation import Organisation
from cmcore.requests.desk import Desk
from cmcore.requests.follow_up.response_times import ResponseTimes
from cmcore.requests.log import RequestLog
from cmcore.requests.staff.staffing import Staffing
from cmcore.reviews.events import EVENTS, ReviewEvent
from cmcore.reviews.progress import ReviewStatus, Timeline
from cmcore.reviews.promotions.promotion import Promotion
from cmcore.reviews.review import Review
from cmcore.teams.needs import Needs
from cmcore.teams.people import Team
from cmcore.teams.plan import Plan

DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
#: What programs write and read, and people do not.
_WRITTEN: Final = (
    *(Decision, Audit, Review, ReviewEvent, *EVENTS, ReviewStatus, Timeline),
    *(LogEntry, LogCheck, Replay, Comparison, Promotion, Suggestion, CedarExport),
    *(Detection, Due, ResponseTimes, Staffing),
)
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
    Act: case_schema,
    Case: case_schema,
}
#: The kinds of files that people write, whose keys may be in French.
FILES: Final = frozenset(_FILES)
_SCHEMAS: Final[dict[type, Callable[[], Schema]]] = {
    **_FILES,
    **{kind: partial(verdict_schema, kind) for kind in _WRITTEN},
}


@checked
def schema(kind: type) -> Schema:
    """Return the JSON Schema (draft 2020-12) of the plain data of a value of type `kind`.

    `Charter`, `Team`, `Needs`, `Plan`, `Incident`, `Playbook`, `RequestLog`, `Desk` and
    `Organisation` give the schemas of their files. `Act` and `Case` give the schema of one line of
    a JSON lines history, which `read_case` reads. `Decision`, `Audit`, `Review` and its events,
    `ReviewStatus` and `Timeline` give the schemas of what `unstructure` writes, as do `LogEntry`,
    `LogCheck`, `Replay`, `Comparison`, `Promotion`, `Suggestion`, `CedarExport`, `Detection`,
    `Due`, `ResponseTimes` and `Staffing`.

    Raises:
        InvalidError: when there is no schema for that type.

    Examples:
        >>> from cmcore import Charter, schema
        >>> schema(Charter)["title"]
        'charter'
    """
    if kind not in _SCHEMAS:
        known = [one.__name__ for one in _SCHEMAS]
        raise refuse(
            "no-schema", kind=kind.__name__, known=known, near=nearest(kind.__name__, known)
        )
    return deepcopy({"$schema": DRAFT, **_SCHEMAS[kind]()})
