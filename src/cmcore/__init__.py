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
    from cmcore.nouns.remedies import Hire, Remedy, Training
    from cmcore.nouns.rules import Effect, Rule, Term
    from cmcore.policy.auditing import audit
    from cmcore.policy.comparing import compare
    from cmcore.policy.covering import coverage
    from cmcore.policy.dealing import assign
    from cmcore.policy.deciding import decide
    from cmcore.policy.justifying import alternatives, why_not
    from cmcore.policy.offering import possible_remedies
    from cmcore.policy.remedying import remedy
    from cmcore.policy.supposing import what_if
    from cmcore.policy.verifying import verify

_HOMES = {
    "codec": "dump parse read structure unstructure write",
    "codec.histories": "read_case read_history",
    "codec.schemas": "schema",
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
    "nouns.circuits": "Approvers Quorum Stage ValidationCircuit",
    "nouns.comparison": "Comparison",
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
    "nouns.rules": "Effect Rule Term",
    "policy.auditing": "audit",
    "policy.comparing": "compare",
    "policy.covering": "coverage",
    "policy.dealing": "assign",
    "policy.deciding": "decide",
    "policy.justifying": "alternatives why_not",
    "policy.offering": "possible_remedies",
    "policy.remedying": "remedy",
    "policy.supposing": "what_if",
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
    "All",
    "Alternatives",
    "AnyOf",
    "Approval",
    "Approvers",
    "Assignment",
    "AtLeast",
    "Audit",
    "Author",
    "Availability",
    "Case",
    "Change",
    "Charter",
    "CmcoreError",
    "Comparison",
    "Condition",
    "Context",
    "Coverage",
    "Decision",
    "Dimension",
    "Earlier",
    "Effect",
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
    "Op",
    "Outcome",
    "Plan",
    "PlanDiff",
    "Problem",
    "Question",
    "Quorum",
    "Remedy",
    "Repair",
    "Role",
    "Rule",
    "Scope",
    "Seats",
    "Separation",
    "Situation",
    "Span",
    "Speakers",
    "Specialists",
    "Stage",
    "Status",
    "Supervision",
    "Team",
    "Term",
    "Test",
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
    "WordList",
    "Work",
    "all_of",
    "alternatives",
    "any_of",
    "assign",
    "at_least",
    "audit",
    "compare",
    "coverage",
    "days",
    "decide",
    "dump",
    "fact",
    "hours",
    "minutes",
    "parse",
    "possible_remedies",
    "read",
    "read_case",
    "read_history",
    "remedy",
    "schema",
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
