"""Community management, made computable: charters that decide, audits that explain.

Every name is loaded when it is first used, so that `import cmcore` costs next to nothing.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cmcore.charts import chart
    from cmcore.codec import (
        dump,
        parse,
        read,
        structure,
        unstructure,
        write,
    )
    from cmcore.codec.histories import read_case
    from cmcore.codec.logs import read_requests
    from cmcore.codec.schemas import schema
    from cmcore.codec.streams import read_history
    from cmcore.foundation.cards import view
    from cmcore.foundation.clocks import BusinessClock, deadline
    from cmcore.foundation.durations import days, hours, minutes, weeks
    from cmcore.foundation.errors import CmcoreError, InvalidError, MissingExtraError, Problem
    from cmcore.foundation.spans import Span
    from cmcore.foundation.truth import Truth
    from cmcore.foundation.view import View
    from cmcore.foundation.weeks import Week
    from cmcore.foundation.words import WordList
    from cmcore.frames import (
        audit_frame,
        decide_dask,
        decide_frame,
        decide_spark,
        tally_dask,
        tally_frame,
        tally_spark,
    )
    from cmcore.nouns.acts import Act, Message
    from cmcore.nouns.asking import Fact, fact
    from cmcore.nouns.assignment import Assignment, Goal, Question, Status, Verification
    from cmcore.nouns.audit import Audit, Trend, Verdict
    from cmcore.nouns.backlog import Backlog
    from cmcore.nouns.charter import Approval, Charter, Scope, Volume
    from cmcore.nouns.checkups import Aims, Answer, Check, Checkup, Known
    from cmcore.nouns.choices import Alternatives, WhatIf, WhyNot
    from cmcore.nouns.circuits import (
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
    from cmcore.nouns.comparison import Comparison
    from cmcore.nouns.completability import Completability
    from cmcore.nouns.conditions import (
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
    from cmcore.nouns.conduct import Conduct, DutyFinding, Standing, Stopped
    from cmcore.nouns.context import CALM, Author, Context, Earlier, Situation
    from cmcore.nouns.coverage import Coverage
    from cmcore.nouns.decision import Change, Decision, Finding, NearMiss, Outcome, Repair, Ruling
    from cmcore.nouns.desks import Desk, Route, Target
    from cmcore.nouns.dues import Due, Owed
    from cmcore.nouns.events import (
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
    from cmcore.nouns.facts import ABSENT, UNKNOWN, FactType, Label, Vocabulary
    from cmcore.nouns.gaps import Dimension, Gap
    from cmcore.nouns.history import Case, Unreadable
    from cmcore.nouns.incidents import Incident, IncidentState, situation
    from cmcore.nouns.moves import (
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
    from cmcore.nouns.needs import (
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
    from cmcore.nouns.organisations import Deed, Figures, Organisation
    from cmcore.nouns.people import Availability, Leave, Member, Role, Team
    from cmcore.nouns.plans import Plan, PlanDiff
    from cmcore.nouns.playbooks import Duty, DutyKind, Escalation, Playbook
    from cmcore.nouns.progress import ReviewStatus, Timeline
    from cmcore.nouns.promotion import Promotion, Proposal, Reviewed, ReviewVerdict
    from cmcore.nouns.remedies import Hire, Remedy, Training
    from cmcore.nouns.requests import Request, RequestEvent
    from cmcore.nouns.reviews import Review
    from cmcore.nouns.routings import Routing
    from cmcore.nouns.rules import Effect, Rule, Term
    from cmcore.nouns.scales import Level, Scale
    from cmcore.nouns.shortened import Shortened
    from cmcore.nouns.signals import Detection, Sighting, Signal
    from cmcore.nouns.staffing import Arrivals, Staffing
    from cmcore.nouns.tally import Tally
    from cmcore.nouns.timings import ResponseTimes
    from cmcore.nouns.tracks import RequestLog, RequestState
    from cmcore.policy.auditing import audit, conclude, tally
    from cmcore.policy.checking import checkup
    from cmcore.policy.comparing import compare
    from cmcore.policy.compiling import CompiledCharter, compiled
    from cmcore.policy.completing import completable
    from cmcore.policy.conducting.replaying import conduct
    from cmcore.policy.covering import coverage
    from cmcore.policy.dealing import assign
    from cmcore.policy.deciding import decide
    from cmcore.policy.detecting import detect
    from cmcore.policy.drawing import mermaid
    from cmcore.policy.justifying import alternatives, why_not
    from cmcore.policy.owing import due
    from cmcore.policy.promoting import promote
    from cmcore.policy.promoting.recalling import reviewed
    from cmcore.policy.remedying import remedy
    from cmcore.policy.remedying.offering import possible_remedies
    from cmcore.policy.reviewing import amend, open_review, record, regroup, status, timeline
    from cmcore.policy.routing import route
    from cmcore.policy.shortening import shorten
    from cmcore.policy.staffing import arrivals, staffing
    from cmcore.policy.supposing import what_if
    from cmcore.policy.timing import response_times
    from cmcore.policy.tracking import backlog
    from cmcore.policy.verifying import verify
    from cmcore.tables import to_frame, to_frames

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
