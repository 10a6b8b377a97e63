"""Which strategy stands for which type, so that `from_type` gives valid values."""

from importlib import import_module
from typing import Any, Final

from hypothesis import strategies as st

from cmcore import strategies
from cmcore.base.offers import homes
from cmcore.charters.conditions.condition import AtLeast, Not
from cmcore.charters.conditions.fact import fact

#: Public type -> the strategy of this package that draws it.
_STRATEGIES: Final = {
    "Act": "acts",
    "After": "times_after",
    "Agenda": "agendas",
    "Agreement": "agreements",
    "Aims": "aims",
    "Alternatives": "alternatives",
    "Analysis": "analyses",
    "Answer": "answers",
    "Approval": "approvals",
    "Approvers": "approvers",
    "Arrivals": "arrivals",
    "Assignment": "assignments",
    "Audit": "audits",
    "Author": "authors",
    "AutomoderatorImport": "automoderator_imports",
    "Availability": "availabilities",
    "Backlog": "backlogs",
    "BusinessClock": "clocks",
    "Calendar": "calendars",
    "Calibration": "calibrations",
    "Case": "cases",
    "Change": "changes",
    "Charter": "charters",
    "Check": "checks",
    "Checkup": "checkups",
    "Comparison": "comparisons",
    "Completability": "completabilities",
    "Conduct": "conducts",
    "Context": "contexts",
    "Contrast": "contrasts",
    "Coverage": "coverages",
    "Decision": "decisions",
    "Deed": "deeds",
    "Desk": "desks",
    "Detection": "detections",
    "Draw": "draws",
    "Due": "dues",
    "Duty": "duties",
    "DutyFinding": "duty_findings",
    "Earlier": "earlier",
    "Escalation": "escalations",
    "ReviewEvent": "events",
    "Example": "examples",
    "ExampleResult": "example_results",
    "Expectation": "expectations",
    "ExpectationResult": "expectation_results",
    "Figures": "figures",
    "Finding": "findings",
    "Gap": "gaps",
    "Guarantee": "guarantees",
    "GuaranteeResult": "guarantee_results",
    "Hire": "hires",
    "ImportedRule": "imported_rules",
    "Incident": "incidents",
    "Label": "labels",
    "LabelAgreement": "label_agreements",
    "Labelling": "labellings",
    "LabelledAct": "labelled_acts",
    "LabelledAudit": "labelled_audits",
    "Labeller": "labellers",
    "OwnKind": "own_kinds",
    "Leave": "leaves",
    "Shift": "shifts",
    "SeverityLevel": "levels",
    "LogCheck": "log_checks",
    "LogEntry": "log_entries",
    "LogReason": "log_reasons",
    "Member": "members",
    "Message": "messages",
    "NearMiss": "near_misses",
    "Needs": "needs",
    "Obligation": "obligations",
    "Occasion": "occasions",
    "Organisation": "organisations",
    "OutcomeRisk": "outcome_risks",
    "Owed": "owed",
    "Plan": "plans",
    "PlanDiff": "plan_diffs",
    "Playbook": "playbooks",
    "Problem": "problems",
    "Promise": "promises",
    "Promotion": "promotions",
    "Proportion": "proportions",
    "Proposal": "proposals",
    "Question": "questions",
    "Quorum": "quorums",
    "Remedy": "remedies",
    "Proof": "proofs",
    "Redaction": "redactions",
    "CedarExport": "cedar_exports",
    "Suggested": "suggested",
    "Suggestion": "suggestions",
    "Uncovered": "uncovered",
    "Repair": "repairs",
    "Replay": "replays",
    "Replayed": "replayed",
    "Request": "requests",
    "RequestEvent": "request_events",
    "RequestLog": "request_logs",
    "ResponseTimes": "response_times",
    "Review": "reviews",
    "ReviewStatus": "statuses",
    "ReviewsDue": "owed_reviews",
    "Rate": "rates",
    "Reviewed": "reviewed",
    "Role": "roles",
    "Route": "routes",
    "Routing": "routings",
    "Rule": "rules",
    "Scale": "scales",
    "Scope": "scopes",
    "ScoreCurve": "score_curves",
    "ScoreDrift": "score_drifts",
    "ScoreRange": "score_ranges",
    "Scores": "score_sets",
    "Shortened": "shortened",
    "Sighting": "sightings",
    "Signal": "signals",
    "Situation": "situations",
    "Span": "spans",
    "Staffing": "staffings",
    "SpotCheck": "spot_check_results",
    "Stage": "stages",
    "Stopped": "stopped_acts",
    "Tally": "tallies",
    "Surveillance": "surveillances",
    "Target": "targets",
    "Team": "teams",
    "Term": "terms",
    "FactTest": "tests_",
    "Threshold": "thresholds",
    "Timeline": "timelines",
    "Training": "trainings",
    "Truth": "truths",
    "Unreadable": "unreadable",
    "ValidationCircuit": "circuits",
    "Verification": "verifications",
    "View": "views",
    "Vocabulary": "vocabularies",
    "Volume": "volumes",
    "Week": "weeks",
    "Wanted": "wanted",
    "WhatIf": "what_ifs",
    "WhyNot": "why_nots",
    "WordList": "word_lists",
    "WorkingDays": "working_days",
}
#: A need -> where needs keep it.
_PARTS: Final = {
    "Mix": "mix",
    "NotOnly": "mix",
    "Cap": "mix",
    "Seats": "seats",
    "Separation": "separation",
    "Speakers": "languages",
    "Specialists": "specialists",
    "Supervision": "supervision",
    "Watch": "hours",
    "Work": "work",
}
_EVENTS: Final = (
    *("Approved", "Objected", "Delegated", "Escalated", "Regrouped", "ChangesAsked", "Amended"),
    *("Refused", "Withdrawn", "Published"),
)
#: The kinds of event of an incident, and what any of them is.
_INCIDENT_EVENTS: Final = (
    *("IncidentEvent", "InboundEvent", "ActEvent", "FactEvent", "AlertEvent", "HoldEvent"),
    *("SignalEvent", "StepEvent", "RetrospectiveEvent"),
)
_CONDITIONS: Final = ("All", "AnyOf", "AtLeast", "Not")


def register() -> None:
    """Register a strategy for each public type that `from_type` cannot make up by itself."""
    made = {
        **{kind: _drawn(strategy) for kind, strategy in _STRATEGIES.items()},
        **dict.fromkeys(_CONDITIONS, _composed),
        **dict.fromkeys(_EVENTS, _event),
        **dict.fromkeys(_INCIDENT_EVENTS, _incident_event),
        **{kind: _part(key) for kind, key in _PARTS.items()},
        "Fact": _facts,
    }
    where = homes()
    for kind, strategy in made.items():
        st.register_type_strategy(getattr(import_module(where[kind]), kind), strategy)


def _drawn(name: str) -> Any:  # noqa: ANN401 - a function of the type, as Hypothesis wants it
    return lambda _: getattr(strategies, name)()


def _incident_event(kind: type[Any]) -> st.SearchStrategy[Any]:
    return strategies.incident_events(kind)


def _part(key: str) -> Any:  # noqa: ANN401 - a function of the type, as Hypothesis wants it
    def drawn(kind: type[Any]) -> st.SearchStrategy[Any]:
        def of_kind(found: Any) -> list[Any]:  # noqa: ANN401 - needs
            return [one for one in getattr(found, key) if isinstance(one, kind)]

        return strategies.needs().map(of_kind).filter(bool).flatmap(st.sampled_from)

    return drawn


def _event(kind: type[Any]) -> st.SearchStrategy[Any]:
    return strategies.events(kind)


def _composed(kind: type[Any]) -> st.SearchStrategy[Any]:
    """Return a strategy for conditions whose outermost part is of type `kind`."""
    parts = st.lists(strategies.conditions(max_depth=1), min_size=1, max_size=3)
    if kind is Not:
        return strategies.conditions(max_depth=1).map(Not)
    if kind is AtLeast:
        return parts.flatmap(
            lambda many: st.integers(1, len(many)).map(lambda count: AtLeast(count, many))
        )
    return parts.map(kind)


def _facts(_: type[Any]) -> st.SearchStrategy[Any]:
    return st.builds(fact, strategies.tests_().map(lambda test: test.fact))
