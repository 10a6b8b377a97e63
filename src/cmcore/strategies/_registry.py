"""Which strategy stands for which type, so that `from_type` gives valid values."""

from typing import Any, Final

from hypothesis import strategies as st

import cmcore
from cmcore import strategies

#: Public type -> the strategy of this package that draws it.
_STRATEGIES: Final = {
    "Act": "acts",
    "Approval": "approvals",
    "Approvers": "approvers",
    "Audit": "audits",
    "Author": "authors",
    "Case": "cases",
    "Change": "changes",
    "Charter": "charters",
    "Comparison": "comparisons",
    "Context": "contexts",
    "Decision": "decisions",
    "Earlier": "earlier",
    "Finding": "findings",
    "Label": "labels",
    "Message": "messages",
    "NearMiss": "near_misses",
    "Problem": "problems",
    "Quorum": "quorums",
    "Repair": "repairs",
    "Rule": "rules",
    "Scope": "scopes",
    "Situation": "situations",
    "Stage": "stages",
    "Term": "terms",
    "Test": "tests_",
    "Truth": "truths",
    "Unreadable": "unreadable",
    "ValidationCircuit": "circuits",
    "Vocabulary": "vocabularies",
    "Volume": "volumes",
    "Week": "weeks",
    "WordList": "word_lists",
}
_CONDITIONS: Final = ("All", "AnyOf", "AtLeast", "Not")


def register() -> None:
    """Register a strategy for each public type that `from_type` cannot make up by itself."""
    for kind, strategy in _STRATEGIES.items():
        st.register_type_strategy(getattr(cmcore, kind), _drawn(strategy))
    for kind in _CONDITIONS:
        st.register_type_strategy(getattr(cmcore, kind), _composed)
    st.register_type_strategy(cmcore.Fact, _facts)


def _drawn(name: str) -> Any:  # noqa: ANN401 - a function of the type, as Hypothesis wants it
    return lambda _: getattr(strategies, name)()


def _composed(kind: type[Any]) -> st.SearchStrategy[Any]:
    """Return a strategy for conditions whose outermost part is of type `kind`."""
    parts = st.lists(strategies.conditions(max_depth=1), min_size=1, max_size=3)
    if kind is cmcore.Not:
        return strategies.conditions(max_depth=1).map(cmcore.Not)
    if kind is cmcore.AtLeast:
        return parts.flatmap(
            lambda many: st.integers(1, len(many)).map(lambda count: cmcore.AtLeast(count, many))
        )
    return parts.map(kind)


def _facts(_: type[Any]) -> st.SearchStrategy[Any]:
    return st.builds(cmcore.fact, strategies.tests_().map(lambda test: test.fact))
