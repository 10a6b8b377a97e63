"""Community management, made computable: charters that decide, audits that explain.

Every name is loaded when it is first used, so that `import cmcore` costs next to nothing.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cmcore.base.errors import CmcoreError, InvalidError, MissingExtraError, Problem
    from cmcore.base.truth import Truth
    from cmcore.charters.act import Act, Message
    from cmcore.charters.audits.audit import Audit, Trend, Verdict
    from cmcore.charters.audits.compare import compare
    from cmcore.charters.audits.comparison import Comparison
    from cmcore.charters.audits.conclude import audit, conclude, tally
    from cmcore.charters.audits.tally import Tally
    from cmcore.charters.charter import Approval, Charter, Scope, Volume
    from cmcore.charters.completion import completable
    from cmcore.charters.conditions.condition import (
        ALWAYS,
        NEVER,
        All,
        AnyOf,
        AtLeast,
        Condition,
        Not,
        Op,
        Test,
        all_of,
        any_of,
        at_least,
    )
    from cmcore.charters.conditions.fact import Fact, fact
    from cmcore.charters.conditions.facts import ABSENT, UNKNOWN, FactType, Label, Vocabulary
    from cmcore.charters.context import CALM, Author, Context, Earlier, Situation
    from cmcore.charters.decision import (
        Change,
        Decision,
        Finding,
        NearMiss,
        Outcome,
        Repair,
        Ruling,
    )
    from cmcore.charters.history import Case, Unreadable
    from cmcore.charters.index.compiled import CompiledCharter, compiled
    from cmcore.charters.meaning.decide import decide
    from cmcore.charters.rule import Effect, Rule, Term
    from cmcore.charts.api import chart
    from cmcore.circuits.circuit import (
        NO_OBJECTION,
        Approvers,
        Quorum,
        Silence,
        Source,
        Stage,
        Timeout,
        ValidationCircuit,
        join,
    )
    from cmcore.circuits.completion.completability import Completability
    from cmcore.circuits.shortened import Shortened, shorten
    from cmcore.codec.files import dump, parse, read, structure, unstructure, write
    from cmcore.codec.histories import read_case
    from cmcore.codec.logs import read_requests
    from cmcore.codec.schemas import schema
    from cmcore.codec.streams import read_history
    from cmcore.display.cards import view
    from cmcore.display.views import View
    from cmcore.frames.api import (
        audit_frame,
        decide_dask,
        decide_frame,
        decide_spark,
        tally_dask,
        tally_frame,
        tally_spark,
    )
    from cmcore.incidents.events import (
        ActEvent,
        AlertEvent,
        FactEvent,
        HoldEvent,
        InboundEvent,
        IncidentEvent,
        Promise,
        ReviewEvent,
        SignalEvent,
        Step,
        StepEvent,
    )
    from cmcore.incidents.incident import Incident, IncidentState, situation
    from cmcore.incidents.playbook import Duty, DutyKind, Escalation, Playbook
    from cmcore.incidents.replay.conduct import Conduct, DutyFinding, Standing, Stopped
    from cmcore.incidents.replay.due import due
    from cmcore.incidents.replay.owed import Due, Owed
    from cmcore.incidents.replay.replay import conduct
    from cmcore.incidents.scale import Level, Scale
    from cmcore.incidents.signals.detect import detect
    from cmcore.incidents.signals.signal import Detection, Sighting, Signal
    from cmcore.organisations.checks.checkup import Aims, Answer, Check, Checkup, Known
    from cmcore.organisations.checks.run import checkup
    from cmcore.organisations.organisation import Deed, Figures, Organisation
    from cmcore.requests.desk import Desk, Route, Target
    from cmcore.requests.follow_up.backlog import Backlog
    from cmcore.requests.follow_up.response_times import ResponseTimes
    from cmcore.requests.follow_up.route import route
    from cmcore.requests.follow_up.track import backlog
    from cmcore.requests.follow_up.waits import response_times
    from cmcore.requests.log import RequestLog, RequestState
    from cmcore.requests.request import Request, RequestEvent
    from cmcore.requests.routing import Routing
    from cmcore.requests.staff.staff import arrivals, staffing
    from cmcore.requests.staff.staffing import Arrivals, Staffing
    from cmcore.reviews.drawing import mermaid
    from cmcore.reviews.events import (
        Amended,
        Approved,
        ChangesAsked,
        Delegated,
        Escalated,
        Event,
        Objected,
        Published,
        Refused,
        Regrouped,
        ReviewState,
        Withdrawn,
    )
    from cmcore.reviews.handle import amend, open_review, record, regroup, status, timeline
    from cmcore.reviews.progress import ReviewStatus, Timeline
    from cmcore.reviews.promotions.promote import promote
    from cmcore.reviews.promotions.promotion import Promotion, Proposal, Reviewed, ReviewVerdict
    from cmcore.reviews.promotions.reviewed import reviewed
    from cmcore.reviews.review import Review
    from cmcore.tables.api import to_frame, to_frames
    from cmcore.teams.assignment.assign import assign
    from cmcore.teams.assignment.assignment import Assignment, Goal, Question, Status, Verification
    from cmcore.teams.assignment.choices import Alternatives, WhatIf, WhyNot
    from cmcore.teams.assignment.verify import verify
    from cmcore.teams.assignment.what_if import what_if
    from cmcore.teams.assignment.why_not import alternatives, why_not
    from cmcore.teams.cover.cover import coverage
    from cmcore.teams.cover.coverage import Coverage
    from cmcore.teams.gap import Dimension, Gap
    from cmcore.teams.needs import (
        Mix,
        Needs,
        NotOnly,
        Seats,
        Separation,
        Speakers,
        Specialists,
        Supervision,
        Trait,
        Watch,
        Work,
    )
    from cmcore.teams.people import Availability, Leave, Member, Role, Team
    from cmcore.teams.plan import Plan, PlanDiff
    from cmcore.teams.remedies.cheapest import remedy
    from cmcore.teams.remedies.offers import possible_remedies
    from cmcore.teams.remedies.remedy import Hire, Remedy, Training
    from cmcore.text.words import WordList
    from cmcore.time.clocks import BusinessClock, deadline
    from cmcore.time.durations import days, hours, minutes, weeks
    from cmcore.time.intervals import Span
    from cmcore.time.week import Week

_HOMES = {
    "charts": "chart",
    "codec": "dump parse read structure unstructure write",
    "codec.histories": "read_case",
    "codec.streams": "read_history",
    "codec.logs": "read_requests",
    "codec.schemas": "schema",
    "foundation.cards": "view",
    "foundation.clocks": "BusinessClock deadline",
    "foundation.durations": "days hours minutes weeks",
    "foundation.errors": "CmcoreError InvalidError MissingExtraError Problem",
    "foundation.spans": "Span",
    "foundation.truth": "Truth",
    "foundation.view": "View",
    "foundation.weeks": "Week",
    "foundation.words": "WordList",
    "frames": (
        "audit_frame decide_dask decide_frame decide_spark tally_dask tally_frame tally_spark"
    ),
    "nouns.acts": "Act Message",
    "nouns.asking": "Fact fact",
    "nouns.assignment": "Assignment Goal Question Status Verification",
    "nouns.audit": "Audit Trend Verdict",
    "nouns.backlog": "Backlog",
    "nouns.charter": "Approval Charter Scope Volume",
    "nouns.checkups": "Aims Answer Check Checkup Known",
    "nouns.choices": "Alternatives WhatIf WhyNot",
    "nouns.circuits": (
        "NO_OBJECTION Approvers Quorum Silence Source Stage Timeout ValidationCircuit join"
    ),
    "nouns.comparison": "Comparison",
    "nouns.completability": "Completability",
    "nouns.conditions": (
        "ALWAYS NEVER All AnyOf AtLeast Condition Not Op Test all_of any_of at_least"
    ),
    "nouns.conduct": "Conduct DutyFinding Standing Stopped",
    "nouns.context": "CALM Author Context Earlier Situation",
    "nouns.coverage": "Coverage",
    "nouns.decision": "Change Decision Finding NearMiss Outcome Repair Ruling",
    "nouns.desks": "Desk Route Target",
    "nouns.dues": "Due Owed",
    "nouns.events": (
        "ActEvent AlertEvent FactEvent HoldEvent InboundEvent IncidentEvent Promise ReviewEvent"
        " SignalEvent Step StepEvent"
    ),
    "nouns.facts": "ABSENT UNKNOWN FactType Label Vocabulary",
    "nouns.gaps": "Dimension Gap",
    "nouns.history": "Case Unreadable",
    "nouns.incidents": "Incident IncidentState situation",
    "nouns.moves": (
        "Amended Approved ChangesAsked Delegated Escalated Event Objected Published Refused"
        " Regrouped ReviewState Withdrawn"
    ),
    "nouns.needs": (
        "Mix Needs NotOnly Seats Separation Speakers Specialists Supervision Trait Watch Work"
    ),
    "nouns.organisations": "Deed Figures Organisation",
    "nouns.people": "Availability Leave Member Role Team",
    "nouns.plans": "Plan PlanDiff",
    "nouns.playbooks": "Duty DutyKind Escalation Playbook",
    "nouns.progress": "ReviewStatus Timeline",
    "nouns.promotion": "Promotion Proposal ReviewVerdict Reviewed",
    "nouns.remedies": "Hire Remedy Training",
    "nouns.requests": "Request RequestEvent",
    "nouns.reviews": "Review",
    "nouns.routings": "Routing",
    "nouns.rules": "Effect Rule Term",
    "nouns.scales": "Level Scale",
    "nouns.shortened": "Shortened",
    "nouns.signals": "Detection Sighting Signal",
    "nouns.staffing": "Arrivals Staffing",
    "nouns.timings": "ResponseTimes",
    "nouns.tally": "Tally",
    "nouns.tracks": "RequestLog RequestState",
    "policy.auditing": "audit conclude tally",
    "policy.checking": "checkup",
    "policy.comparing": "compare",
    "policy.compiling": "CompiledCharter compiled",
    "policy.completing": "completable",
    "policy.conducting.replaying": "conduct",
    "policy.covering": "coverage",
    "policy.dealing": "assign",
    "policy.deciding": "decide",
    "policy.detecting": "detect",
    "policy.drawing": "mermaid",
    "policy.justifying": "alternatives why_not",
    "policy.remedying.offering": "possible_remedies",
    "policy.owing": "due",
    "policy.promoting": "promote",
    "policy.promoting.recalling": "reviewed",
    "policy.remedying": "remedy",
    "policy.reviewing": "amend open_review record regroup status timeline",
    "policy.routing": "route",
    "policy.shortening": "shorten",
    "policy.staffing": "arrivals staffing",
    "policy.supposing": "what_if",
    "policy.timing": "response_times",
    "policy.tracking": "backlog",
    "policy.verifying": "verify",
    "tables": "to_frame to_frames",
}
_HOME = {name: home for home, names in _HOMES.items() for name in names.split()}

__all__ = [
    "ABSENT",
    "ALWAYS",
    "CALM",
    "NEVER",
    "NO_OBJECTION",
    "UNKNOWN",
    "Act",
    "ActEvent",
    "Aims",
    "AlertEvent",
    "All",
    "Alternatives",
    "Amended",
    "Answer",
    "AnyOf",
    "Approval",
    "Approved",
    "Approvers",
    "Arrivals",
    "Assignment",
    "AtLeast",
    "Audit",
    "Author",
    "Availability",
    "Backlog",
    "BusinessClock",
    "Case",
    "Change",
    "ChangesAsked",
    "Charter",
    "Check",
    "Checkup",
    "CmcoreError",
    "Comparison",
    "CompiledCharter",
    "Completability",
    "Condition",
    "Conduct",
    "Context",
    "Coverage",
    "Decision",
    "Deed",
    "Delegated",
    "Desk",
    "Detection",
    "Dimension",
    "Due",
    "Duty",
    "DutyFinding",
    "DutyKind",
    "Earlier",
    "Effect",
    "Escalated",
    "Escalation",
    "Event",
    "Fact",
    "FactEvent",
    "FactType",
    "Figures",
    "Finding",
    "Gap",
    "Goal",
    "Hire",
    "HoldEvent",
    "InboundEvent",
    "Incident",
    "IncidentEvent",
    "IncidentState",
    "InvalidError",
    "Known",
    "Label",
    "Leave",
    "Level",
    "Member",
    "Message",
    "MissingExtraError",
    "Mix",
    "NearMiss",
    "Needs",
    "Not",
    "NotOnly",
    "Objected",
    "Op",
    "Organisation",
    "Outcome",
    "Owed",
    "Plan",
    "PlanDiff",
    "Playbook",
    "Problem",
    "Promise",
    "Promotion",
    "Proposal",
    "Published",
    "Question",
    "Quorum",
    "Refused",
    "Regrouped",
    "Remedy",
    "Repair",
    "Request",
    "RequestEvent",
    "RequestLog",
    "RequestState",
    "ResponseTimes",
    "Review",
    "ReviewEvent",
    "ReviewState",
    "ReviewStatus",
    "ReviewVerdict",
    "Reviewed",
    "Role",
    "Route",
    "Routing",
    "Rule",
    "Ruling",
    "Scale",
    "Scope",
    "Seats",
    "Separation",
    "Shortened",
    "Sighting",
    "Signal",
    "SignalEvent",
    "Silence",
    "Situation",
    "Source",
    "Span",
    "Speakers",
    "Specialists",
    "Staffing",
    "Stage",
    "Standing",
    "Status",
    "Step",
    "StepEvent",
    "Stopped",
    "Supervision",
    "Tally",
    "Target",
    "Team",
    "Term",
    "Test",
    "Timeline",
    "Timeout",
    "Training",
    "Trait",
    "Trend",
    "Truth",
    "Unreadable",
    "ValidationCircuit",
    "Verdict",
    "Verification",
    "View",
    "Vocabulary",
    "Volume",
    "Watch",
    "Week",
    "WhatIf",
    "WhyNot",
    "Withdrawn",
    "WordList",
    "Work",
    "all_of",
    "alternatives",
    "amend",
    "any_of",
    "arrivals",
    "assign",
    "at_least",
    "audit",
    "audit_frame",
    "backlog",
    "chart",
    "checkup",
    "compare",
    "compiled",
    "completable",
    "conclude",
    "conduct",
    "coverage",
    "days",
    "deadline",
    "decide",
    "decide_dask",
    "decide_frame",
    "decide_spark",
    "detect",
    "due",
    "dump",
    "fact",
    "hours",
    "join",
    "mermaid",
    "minutes",
    "open_review",
    "parse",
    "possible_remedies",
    "promote",
    "read",
    "read_case",
    "read_history",
    "read_requests",
    "record",
    "regroup",
    "remedy",
    "response_times",
    "reviewed",
    "route",
    "schema",
    "shorten",
    "situation",
    "staffing",
    "status",
    "structure",
    "tally",
    "tally_dask",
    "tally_frame",
    "tally_spark",
    "timeline",
    "to_frame",
    "to_frames",
    "unstructure",
    "verify",
    "view",
    "weeks",
    "what_if",
    "why_not",
    "write",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the name stands for
    from importlib import import_module

    if name == "__version__":
        from importlib.metadata import version

        return version("cmcore")
    if name not in _HOME:
        message = f"module `cmcore` has no attribute `{name}`"
        raise AttributeError(message)
    found = globals()[name] = getattr(import_module(f"cmcore.{_HOME[name]}"), name)
    return found


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
