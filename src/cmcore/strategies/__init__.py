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
    from cmcore.strategies._charters import (
        approvals,
        approvers,
        charters,
        circuits,
        clocks,
        quorums,
        rules,
        scopes,
        stages,
        terms,
        volumes,
    )
    from cmcore.strategies._completing import completabilities
    from cmcore.strategies._conditions import conditions, labels, tests_, vocabularies
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
    from cmcore.strategies._reviews import events, reviews, shortened, statuses, timelines
    from cmcore.strategies._remedies import hires, options, remedies, trainings
    from cmcore.strategies._teams import (
        availabilities,
        coverages,
        gaps,
        hats,
        leaves,
        members,
        needs,
        spans,
        teams,
        teams_and_needs,
    )
    from cmcore.strategies._verdicts import (
        audits,
        changes,
        charters_and_cases,
        comparisons,
        decisions,
        findings,
        histories,
        near_misses,
        problems,
        repairs,
        unreadable,
    )
    from cmcore.strategies._words import (
        durations,
        ids,
        instants,
        names,
        texts,
        truths,
        weeks,
        word_lists,
    )

_HOMES = {
    "acts": (
        "acts authors cases complete_acts complete_contexts contexts earlier messages situations"
    ),
    "charters": (
        "approvals approvers charters circuits clocks quorums rules scopes stages terms volumes"
    ),
    "completing": "completabilities",
    "conditions": "conditions labels tests_ vocabularies",
    "plans": (
        "alternatives assignments plan_diffs plans questions verifications what_ifs why_nots"
    ),
    "promotions": "promotions proposals reviewed",
    "reviews": "events reviews shortened statuses timelines",
    "remedies": "hires options remedies trainings",
    "teams": (
        "availabilities coverages gaps hats leaves members needs spans teams teams_and_needs"
    ),
    "verdicts": (
        "audits changes charters_and_cases comparisons decisions findings histories near_misses"
        " problems repairs unreadable"
    ),
    "words": "durations ids instants names texts truths weeks word_lists",
}
_HOME = {name: home for home, names in _HOMES.items() for name in names.split()}

__all__ = [
    "acts",
    "alternatives",
    "approvals",
    "approvers",
    "assignments",
    "audits",
    "authors",
    "availabilities",
    "cases",
    "changes",
    "charters",
    "charters_and_cases",
    "circuits",
    "clocks",
    "comparisons",
    "completabilities",
    "complete_acts",
    "complete_contexts",
    "conditions",
    "contexts",
    "coverages",
    "decisions",
    "durations",
    "earlier",
    "events",
    "findings",
    "gaps",
    "hats",
    "hires",
    "histories",
    "ids",
    "instants",
    "labels",
    "leaves",
    "members",
    "messages",
    "names",
    "near_misses",
    "needs",
    "options",
    "plan_diffs",
    "plans",
    "problems",
    "promotions",
    "proposals",
    "questions",
    "quorums",
    "register_all",
    "remedies",
    "repairs",
    "reviewed",
    "reviews",
    "rules",
    "scopes",
    "shortened",
    "situations",
    "spans",
    "stages",
    "statuses",
    "teams",
    "teams_and_needs",
    "terms",
    "tests_",
    "texts",
    "timelines",
    "trainings",
    "truths",
    "unreadable",
    "verifications",
    "vocabularies",
    "volumes",
    "weeks",
    "what_ifs",
    "why_nots",
    "word_lists",
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
