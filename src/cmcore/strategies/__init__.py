"""Public Hypothesis strategies for every noun; `from_type(Charter)` finds them by itself.

Every name is loaded when it is first used: Hypothesis calls `register_all` each time it starts.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cmcore.strategies._acts import (
        acts,
        authors,
        cases,
        complete_acts,
        complete_contexts,
        contexts,
        earlier,
        messages,
        situations,
    )
    from cmcore.strategies._automoderator import automoderator_imports, imported_rules
    from cmcore.strategies._charters import (
        approvals,
        approvers,
        charters,
        circuits,
        clocks,
        expectations,
        proportions,
        quorums,
        rates,
        rules,
        scopes,
        stages,
        terms,
        volumes,
    )
    from cmcore.strategies._completing import completabilities
    from cmcore.strategies._conditions import conditions, labels, own_kinds, tests_, vocabularies
    from cmcore.strategies._decisionlog import (
        log_checks,
        log_entries,
        log_reasons,
        redactions,
        replayed,
        replays,
    )
    from cmcore.strategies._guarantees import examples, guarantees
    from cmcore.strategies._incidents import (
        conducts,
        dues,
        duties,
        duty_findings,
        escalations,
        incident_events,
        incidents,
        incidents_and_playbooks,
        levels,
        owed,
        playbooks,
        promises,
        scales,
        stopped_acts,
        times_after,
    )
    from cmcore.strategies._labellers import (
        agreements,
        calibrations,
        draws,
        label_agreements,
        labelled_acts,
        labelled_audits,
        labellers,
        outcome_risks,
        score_curves,
        score_drifts,
        score_ranges,
        score_sets,
        spot_check_results,
        surveillances,
        thresholds,
    )
    from cmcore.strategies._organisations import (
        agendas,
        aims,
        answers,
        checks,
        checkups,
        deeds,
        figures,
        obligations,
        organisations,
        organisations_and_moments,
    )
    from cmcore.strategies._plans import (
        alternatives,
        assignments,
        plan_diffs,
        plans,
        questions,
        verifications,
        what_ifs,
        why_nots,
    )
    from cmcore.strategies._promotions import promotions, proposals, reviewed
    from cmcore.strategies._remedies import hires, options, remedies, trainings
    from cmcore.strategies._requests import (
        arrivals,
        backlogs,
        desks,
        request_events,
        request_logs,
        requests,
        response_times,
        routes,
        routings,
        staffings,
        targets,
    )
    from cmcore.strategies._reviews import (
        events,
        owed_reviews,
        reviews,
        shortened,
        statuses,
        timelines,
    )
    from cmcore.strategies._signals import detections, sightings, signals
    from cmcore.strategies._suggestions import cedar_exports, suggested, suggestions, uncovered
    from cmcore.strategies._teams import (
        availabilities,
        coverages,
        gaps,
        leaves,
        members,
        needs,
        roles,
        shifts,
        spans,
        teams,
        teams_and_needs,
    )
    from cmcore.strategies._verdicts import (
        analyses,
        audits,
        changes,
        charters_and_cases,
        comparisons,
        contrasts,
        decisions,
        example_results,
        expectation_results,
        findings,
        guarantee_results,
        histories,
        labellings,
        near_misses,
        occasions,
        problems,
        proofs,
        repairs,
        tallies,
        unreadable,
        views,
        wanted,
    )
    from cmcore.strategies._words import (
        calendars,
        durations,
        ids,
        instants,
        names,
        texts,
        truths,
        weeks,
        word_lists,
        working_days,
    )

_HOMES = {
    "acts": (
        "acts authors cases complete_acts complete_contexts contexts earlier messages situations"
    ),
    "automoderator": "automoderator_imports imported_rules",
    "charters": (
        "approvals approvers charters circuits clocks expectations proportions quorums rates rules"
        " scopes stages terms volumes"
    ),
    "completing": "completabilities",
    "decisionlog": "log_checks log_entries log_reasons redactions replayed replays",
    "guarantees": "examples guarantees",
    "labellers": (
        "agreements calibrations draws label_agreements labelled_acts labelled_audits labellers"
        " outcome_risks score_curves score_drifts score_ranges score_sets spot_check_results"
        " surveillances thresholds"
    ),
    "conditions": "conditions labels own_kinds tests_ vocabularies",
    "organisations": (
        "agendas aims answers checks checkups deeds figures obligations organisations"
        " organisations_and_moments"
    ),
    "plans": (
        "alternatives assignments plan_diffs plans questions verifications what_ifs why_nots"
    ),
    "promotions": "promotions proposals reviewed",
    "suggestions": "cedar_exports suggested suggestions uncovered",
    "reviews": "events owed_reviews reviews shortened statuses timelines",
    "remedies": "hires options remedies trainings",
    "incidents": (
        "conducts dues duties duty_findings escalations incident_events incidents"
        " incidents_and_playbooks levels owed playbooks promises scales stopped_acts times_after"
    ),
    "requests": (
        "arrivals backlogs desks request_events request_logs requests response_times routes"
        " routings staffings targets"
    ),
    "signals": "detections sightings signals",
    "teams": (
        "availabilities coverages gaps leaves members needs roles shifts spans teams"
        " teams_and_needs"
    ),
    "verdicts": (
        "analyses audits changes charters_and_cases comparisons contrasts decisions"
        " example_results expectation_results findings guarantee_results histories"
        " labellings near_misses occasions problems proofs repairs tallies wanted"
        " unreadable views"
    ),
    "words": "calendars durations ids instants names texts truths weeks word_lists working_days",
}
_HOME = {name: home for home, names in _HOMES.items() for name in names.split()}

__all__ = [
    "acts",
    "agendas",
    "agreements",
    "aims",
    "alternatives",
    "analyses",
    "answers",
    "approvals",
    "approvers",
    "arrivals",
    "assignments",
    "audits",
    "authors",
    "automoderator_imports",
    "availabilities",
    "backlogs",
    "calendars",
    "calibrations",
    "cases",
    "cedar_exports",
    "changes",
    "charters",
    "charters_and_cases",
    "checks",
    "checkups",
    "circuits",
    "clocks",
    "comparisons",
    "completabilities",
    "complete_acts",
    "complete_contexts",
    "conditions",
    "conducts",
    "contexts",
    "contrasts",
    "coverages",
    "decisions",
    "deeds",
    "desks",
    "detections",
    "draws",
    "dues",
    "durations",
    "duties",
    "duty_findings",
    "earlier",
    "escalations",
    "events",
    "example_results",
    "examples",
    "expectation_results",
    "expectations",
    "figures",
    "findings",
    "gaps",
    "guarantee_results",
    "guarantees",
    "hires",
    "histories",
    "ids",
    "imported_rules",
    "incident_events",
    "incidents",
    "incidents_and_playbooks",
    "instants",
    "label_agreements",
    "labelled_acts",
    "labelled_audits",
    "labellers",
    "labellings",
    "labels",
    "leaves",
    "levels",
    "log_checks",
    "log_entries",
    "log_reasons",
    "members",
    "messages",
    "names",
    "near_misses",
    "needs",
    "obligations",
    "occasions",
    "options",
    "organisations",
    "organisations_and_moments",
    "outcome_risks",
    "owed",
    "owed_reviews",
    "own_kinds",
    "plan_diffs",
    "plans",
    "playbooks",
    "problems",
    "promises",
    "promotions",
    "proofs",
    "proportions",
    "proposals",
    "questions",
    "quorums",
    "rates",
    "redactions",
    "register_all",
    "remedies",
    "repairs",
    "replayed",
    "replays",
    "request_events",
    "request_logs",
    "requests",
    "response_times",
    "reviewed",
    "reviews",
    "roles",
    "routes",
    "routings",
    "rules",
    "scales",
    "scopes",
    "score_curves",
    "score_drifts",
    "score_ranges",
    "score_sets",
    "shifts",
    "shortened",
    "sightings",
    "signals",
    "situations",
    "spans",
    "spot_check_results",
    "staffings",
    "stages",
    "statuses",
    "stopped_acts",
    "suggested",
    "suggestions",
    "surveillances",
    "tallies",
    "targets",
    "teams",
    "teams_and_needs",
    "terms",
    "tests_",
    "texts",
    "thresholds",
    "timelines",
    "times_after",
    "trainings",
    "truths",
    "uncovered",
    "unreadable",
    "verifications",
    "views",
    "vocabularies",
    "volumes",
    "wanted",
    "weeks",
    "what_ifs",
    "why_nots",
    "word_lists",
    "working_days",
]


def register_all() -> None:
    """Register a strategy for every noun with Hypothesis; none is built before it is asked for."""
    from cmcore.strategies._registry import register

    register()


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the name stands for
    from importlib import import_module

    if name not in _HOME:
        message = f"module `cmcore.strategies` has no attribute `{name}`"
        raise AttributeError(message)
    found = getattr(import_module(f"cmcore.strategies._{_HOME[name]}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted(__all__)
