"""Strategies for rules of AutoModerator as a charter."""

from hypothesis import strategies as st

from cmcore.automoderator.imported import AutomoderatorImport, ImportedRule
from cmcore.strategies._charters import charters
from cmcore.strategies._drawing import number, pick, rare, several
from cmcore.strategies._verdicts import a_problem

_ACTIONS = (None, "remove", "filter", "report", "approve")


@st.composite
def imported_rules(draw: st.DrawFn) -> ImportedRule:
    """Return a strategy for what came of a rule of AutoModerator."""
    place, line = number(draw, 1, 9), number(draw, 1, 99)
    id_ = None if rare(draw, 3) else f"rule-{place}"
    left = several(draw, lambda: a_problem(draw), 0, 2)
    aside = several(draw, lambda: pick(draw, ("comment", "set_flair")), 0, 2)
    return ImportedRule(place, line, pick(draw, _ACTIONS), id_, tuple(left), tuple(aside))


@st.composite
def automoderator_imports(draw: st.DrawFn) -> AutomoderatorImport:
    """Return a strategy for charters of rules of AutoModerator, with what came of each rule."""
    rules = several(draw, lambda: draw(_RULES), 0, 3)
    findings = None if rare(draw, 3) else several(draw, lambda: a_problem(draw), 0, 2)
    charter = draw(charters(max_rules=2))
    return AutomoderatorImport(
        charter, tuple(rules), findings=None if findings is None else tuple(findings)
    )


_RULES = imported_rules()
