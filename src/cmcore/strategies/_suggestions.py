"""Strategies for what is drawn from histories, and for what charters become elsewhere."""

from hypothesis import strategies as st

from cmcore.charters.charter import Charter
from cmcore.charters.rule import Rule
from cmcore.charters.suggestions.suggest import suggest
from cmcore.charters.suggestions.suggestion import Left, Suggested, Suggestion, Uncovered
from cmcore.codec.cedar import to_cedar
from cmcore.codec.policies import CedarExport
from cmcore.strategies._charters import charters
from cmcore.strategies._drawing import number, pick, several
from cmcore.strategies._verdicts import histories
from cmcore.strategies._words import an_id


@st.composite
def suggestions(draw: st.DrawFn, draft: Charter | None = None) -> Suggestion:
    """Return a strategy for suggestions, made from a small history on a draft."""
    on = draft or draw(charters(max_rules=3))
    return suggest(draw(histories(on)), on, least=number(draw, 1, 2))


@st.composite
def suggested(draw: st.DrawFn) -> Suggested:
    """Return a strategy for rules that are suggested, each with its counts."""
    found = draw(suggestions())
    rule = Rule.permit(an_id(draw), because="Published.")
    other = Suggested(rule, number(draw, 0, 9), number(draw, 0, 9))
    return pick(draw, (*found.suggested, other))


@st.composite
def uncovered(draw: st.DrawFn) -> Uncovered:
    """Return a strategy for acts that would not be covered, with the reason."""
    names = several(draw, lambda: an_id(draw), 0, 3)
    why = pick(draw, tuple(Left))
    return Uncovered(
        why, number(draw, 1, 9), pick(draw, (None, "publish")), ("hosts",), tuple(names)
    )


def cedar_exports(charter: Charter | None = None) -> st.SearchStrategy[CedarExport]:
    """Return a strategy for charters as policies of Cedar."""
    return (charters(max_rules=3) if charter is None else st.just(charter)).map(to_cedar)
