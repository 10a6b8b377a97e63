"""Community management, made computable: charters that decide, audits that explain.

Every name is loaded when it is first used, so that `import cmcore` costs next to nothing.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cmcore.codec import (
        dump,
        parse,
        read,
        structure,
        unstructure,
        write,
    )
    from cmcore.codec.histories import read_case, read_history
    from cmcore.codec.logs import read_requests
    from cmcore.codec.schemas import schema
    from cmcore.foundation.clocks import BusinessClock
    from cmcore.foundation.durations import days, hours, minutes, weeks
    from cmcore.foundation.errors import CmcoreError, InvalidError, MissingExtraError, Problem
    from cmcore.foundation.spans import Span
    from cmcore.foundation.truth import Truth
    from cmcore.foundation.weeks import Week
    from cmcore.foundation.words import WordList
    from cmcore.nouns.acts import Act, Message
    from cmcore.nouns.asking import Fact, fact
    from cmcore.nouns.assignment import Assignment, Goal, Question, Status, Verification
    from cmcore.nouns.audit import Audit, Trend, Verdict
    from cmcore.nouns.backlog import Backlog
    from cmcore.nouns.charter import Approval, Charter, Scope, Volume
    from cmcore.nouns.choices import Alternatives, WhatIf, WhyNot
    from cmcore.nouns.circuits import Approvers, Quorum, Stage, ValidationCircuit
    from cmcore.nouns.comparison import Comparison
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
    from cmcore.nouns.decision import Change, Decision, Finding, NearMiss, Outcome, Repair
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
    from cmcore.nouns.people import Availability, Leave, Member, Role, Team
    from cmcore.nouns.plans import Plan, PlanDiff
    from cmcore.nouns.playbooks import Duty, DutyKind, Escalation, Playbook
    from cmcore.nouns.requests import Request, RequestEvent
    from cmcore.nouns.routings import Routing
    from cmcore.nouns.rules import Effect, Rule, Term
    from cmcore.nouns.scales import Level, Scale
    from cmcore.nouns.signals import Detection, Sighting, Signal
    from cmcore.nouns.staffing import Arrivals, Staffing
    from cmcore.nouns.timings import ResponseTimes
    from cmcore.nouns.tracks import RequestLog, RequestState
    from cmcore.policy.auditing import audit
    from cmcore.policy.comparing import compare
    from cmcore.policy.conducting.replaying import conduct
    from cmcore.policy.covering import coverage
    from cmcore.policy.dealing import assign
    from cmcore.policy.deciding import decide
    from cmcore.policy.detecting import detect
    from cmcore.policy.justifying import alternatives, why_not
    from cmcore.policy.owing import due
    from cmcore.policy.routing import route
    from cmcore.policy.staffing import arrivals, staffing
    from cmcore.policy.supposing import what_if
    from cmcore.policy.timing import response_times
    from cmcore.policy.tracking import backlog
    from cmcore.policy.verifying import verify

_HOMES = {
    "codec": "dump parse read structure unstructure write",
    "codec.histories": "read_case read_history",
    "codec.logs": "read_requests",
    "codec.schemas": "schema",
    "foundation.clocks": "BusinessClock",
    "foundation.durations": "days hours minutes weeks",
    "foundation.errors": "CmcoreError InvalidError MissingExtraError Problem",
    "foundation.spans": "Span",
    "foundation.truth": "Truth",
    "foundation.weeks": "Week",
    "foundation.words": "WordList",
    "nouns.acts": "Act Message",
    "nouns.asking": "Fact fact",
    "nouns.assignment": "Assignment Goal Question Status Verification",
    "nouns.audit": "Audit Trend Verdict",
    "nouns.backlog": "Backlog",
    "nouns.charter": "Approval Charter Scope Volume",
    "nouns.choices": "Alternatives WhatIf WhyNot",
    "nouns.circuits": "Approvers Quorum Stage ValidationCircuit",
    "nouns.comparison": "Comparison",
    "nouns.conditions": (
        "ALWAYS NEVER All AnyOf AtLeast Condition Not Op Test all_of any_of at_least"
    ),
    "nouns.conduct": "Conduct DutyFinding Standing Stopped",
    "nouns.context": "CALM Author Context Earlier Situation",
    "nouns.coverage": "Coverage",
    "nouns.decision": "Change Decision Finding NearMiss Outcome Repair",
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
    "nouns.needs": (
        "Mix Needs NotOnly Seats Separation Speakers Specialists Supervision Trait Watch Work"
    ),
    "nouns.people": "Availability Leave Member Role Team",
    "nouns.plans": "Plan PlanDiff",
    "nouns.playbooks": "Duty DutyKind Escalation Playbook",
    "nouns.requests": "Request RequestEvent",
    "nouns.routings": "Routing",
    "nouns.rules": "Effect Rule Term",
    "nouns.scales": "Level Scale",
    "nouns.signals": "Detection Sighting Signal",
    "nouns.staffing": "Arrivals Staffing",
    "nouns.timings": "ResponseTimes",
    "nouns.tracks": "RequestLog RequestState",
    "policy.auditing": "audit",
    "policy.comparing": "compare",
    "policy.conducting.replaying": "conduct",
    "policy.covering": "coverage",
    "policy.dealing": "assign",
    "policy.deciding": "decide",
    "policy.detecting": "detect",
    "policy.justifying": "alternatives why_not",
    "policy.owing": "due",
    "policy.routing": "route",
    "policy.staffing": "arrivals staffing",
    "policy.supposing": "what_if",
    "policy.timing": "response_times",
    "policy.tracking": "backlog",
    "policy.verifying": "verify",
}
_HOME = {name: home for home, names in _HOMES.items() for name in names.split()}

__all__ = [
    "ABSENT",
    "ALWAYS",
    "CALM",
    "NEVER",
    "UNKNOWN",
    "Act",
    "ActEvent",
    "AlertEvent",
    "All",
    "Alternatives",
    "AnyOf",
    "Approval",
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
    "Charter",
    "CmcoreError",
    "Comparison",
    "Condition",
    "Conduct",
    "Context",
    "Coverage",
    "Decision",
    "Desk",
    "Detection",
    "Dimension",
    "Due",
    "Duty",
    "DutyFinding",
    "DutyKind",
    "Earlier",
    "Effect",
    "Escalation",
    "Fact",
    "FactEvent",
    "FactType",
    "Finding",
    "Gap",
    "Goal",
    "HoldEvent",
    "InboundEvent",
    "Incident",
    "IncidentEvent",
    "IncidentState",
    "InvalidError",
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
    "Op",
    "Outcome",
    "Owed",
    "Plan",
    "PlanDiff",
    "Playbook",
    "Problem",
    "Promise",
    "Question",
    "Quorum",
    "Repair",
    "Request",
    "RequestEvent",
    "RequestLog",
    "RequestState",
    "ResponseTimes",
    "ReviewEvent",
    "Role",
    "Route",
    "Routing",
    "Rule",
    "Scale",
    "Scope",
    "Seats",
    "Separation",
    "Sighting",
    "Signal",
    "SignalEvent",
    "Situation",
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
    "Target",
    "Team",
    "Term",
    "Test",
    "Trait",
    "Trend",
    "Truth",
    "Unreadable",
    "ValidationCircuit",
    "Verdict",
    "Verification",
    "Vocabulary",
    "Volume",
    "Watch",
    "Week",
    "WhatIf",
    "WhyNot",
    "WordList",
    "Work",
    "all_of",
    "alternatives",
    "any_of",
    "arrivals",
    "assign",
    "at_least",
    "audit",
    "backlog",
    "compare",
    "conduct",
    "coverage",
    "days",
    "decide",
    "detect",
    "due",
    "dump",
    "fact",
    "hours",
    "minutes",
    "parse",
    "read",
    "read_case",
    "read_history",
    "read_requests",
    "response_times",
    "route",
    "schema",
    "situation",
    "staffing",
    "structure",
    "unstructure",
    "verify",
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
