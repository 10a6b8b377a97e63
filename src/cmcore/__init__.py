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
    from cmcore.codec.schemas import schema
    from cmcore.foundation.clocks import BusinessClock, deadline
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
    from cmcore.nouns.charter import Approval, Charter, Scope, Volume
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
    from cmcore.nouns.context import CALM, Author, Context, Earlier, Situation
    from cmcore.nouns.coverage import Coverage
    from cmcore.nouns.decision import Change, Decision, Finding, NearMiss, Outcome, Repair
    from cmcore.nouns.facts import ABSENT, UNKNOWN, FactType, Label, Vocabulary
    from cmcore.nouns.gaps import Dimension, Gap
    from cmcore.nouns.history import Case, Unreadable
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
    from cmcore.nouns.progress import ReviewStatus, Timeline
    from cmcore.nouns.promotion import Promotion, Proposal, Reviewed, ReviewVerdict
    from cmcore.nouns.remedies import Hire, Remedy, Training
    from cmcore.nouns.reviews import (
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
        Review,
        ReviewState,
        Withdrawn,
    )
    from cmcore.nouns.rules import Effect, Rule, Term
    from cmcore.nouns.shortened import Shortened
    from cmcore.policy.auditing import audit
    from cmcore.policy.comparing import compare
    from cmcore.policy.completing import completable
    from cmcore.policy.covering import coverage
    from cmcore.policy.dealing import assign
    from cmcore.policy.deciding import decide
    from cmcore.policy.drawing import mermaid
    from cmcore.policy.joining import join
    from cmcore.policy.justifying import alternatives, why_not
    from cmcore.policy.offering import possible_remedies
    from cmcore.policy.promoting import promote
    from cmcore.policy.recalling import reviewed
    from cmcore.policy.remedying import remedy
    from cmcore.policy.reviewing import open_review, record, regroup, status, timeline
    from cmcore.policy.shortening import shorten
    from cmcore.policy.supposing import what_if
    from cmcore.policy.verifying import verify

_HOMES = {
    "codec": "dump parse read structure unstructure write",
    "codec.histories": "read_case read_history",
    "codec.schemas": "schema",
    "foundation.clocks": "BusinessClock deadline",
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
    "nouns.charter": "Approval Charter Scope Volume",
    "nouns.choices": "Alternatives WhatIf WhyNot",
    "nouns.circuits": (
        "NO_OBJECTION Approvers Quorum Silence Source Stage Timeout ValidationCircuit"
    ),
    "nouns.comparison": "Comparison",
    "nouns.completability": "Completability",
    "nouns.conditions": (
        "ALWAYS NEVER All AnyOf AtLeast Condition Not Op Test all_of any_of at_least"
    ),
    "nouns.context": "CALM Author Context Earlier Situation",
    "nouns.coverage": "Coverage",
    "nouns.decision": "Change Decision Finding NearMiss Outcome Repair",
    "nouns.facts": "ABSENT UNKNOWN FactType Label Vocabulary",
    "nouns.gaps": "Dimension Gap",
    "nouns.history": "Case Unreadable",
    "nouns.needs": (
        "Mix Needs NotOnly Seats Separation Speakers Specialists Supervision Trait Watch Work"
    ),
    "nouns.people": "Availability Leave Member Role Team",
    "nouns.plans": "Plan PlanDiff",
    "nouns.remedies": "Hire Remedy Training",
    "nouns.progress": "ReviewStatus Timeline",
    "nouns.promotion": "Promotion Proposal ReviewVerdict Reviewed",
    "nouns.reviews": (
        "Amended Approved ChangesAsked Delegated Escalated Event Objected Published Refused"
        " Regrouped Review ReviewState Withdrawn"
    ),
    "nouns.rules": "Effect Rule Term",
    "nouns.shortened": "Shortened",
    "policy.auditing": "audit",
    "policy.comparing": "compare",
    "policy.completing": "completable",
    "policy.covering": "coverage",
    "policy.dealing": "assign",
    "policy.deciding": "decide",
    "policy.drawing": "mermaid",
    "policy.justifying": "alternatives why_not",
    "policy.offering": "possible_remedies",
    "policy.remedying": "remedy",
    "policy.supposing": "what_if",
    "policy.verifying": "verify",
    "policy.joining": "join",
    "policy.promoting": "promote",
    "policy.recalling": "reviewed",
    "policy.reviewing": "open_review record regroup status timeline",
    "policy.shortening": "shorten",
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
    "All",
    "Alternatives",
    "Amended",
    "AnyOf",
    "Approval",
    "Approved",
    "Approvers",
    "Assignment",
    "AtLeast",
    "Audit",
    "Author",
    "Availability",
    "BusinessClock",
    "Case",
    "Change",
    "ChangesAsked",
    "Charter",
    "CmcoreError",
    "Comparison",
    "Completability",
    "Condition",
    "Context",
    "Coverage",
    "Decision",
    "Delegated",
    "Dimension",
    "Earlier",
    "Effect",
    "Escalated",
    "Event",
    "Fact",
    "FactType",
    "Finding",
    "Gap",
    "Goal",
    "Hire",
    "InvalidError",
    "Label",
    "Leave",
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
    "Outcome",
    "Plan",
    "PlanDiff",
    "Problem",
    "Promotion",
    "Proposal",
    "Published",
    "Question",
    "Quorum",
    "Refused",
    "Regrouped",
    "Remedy",
    "Repair",
    "Review",
    "ReviewState",
    "ReviewStatus",
    "ReviewVerdict",
    "Reviewed",
    "Role",
    "Rule",
    "Scope",
    "Seats",
    "Separation",
    "Shortened",
    "Silence",
    "Situation",
    "Source",
    "Span",
    "Speakers",
    "Specialists",
    "Stage",
    "Status",
    "Supervision",
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
    "any_of",
    "assign",
    "at_least",
    "audit",
    "compare",
    "completable",
    "coverage",
    "days",
    "deadline",
    "decide",
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
    "record",
    "regroup",
    "remedy",
    "reviewed",
    "schema",
    "shorten",
    "status",
    "structure",
    "timeline",
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
