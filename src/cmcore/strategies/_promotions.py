"""Strategies for what came of reviews, and for the permits that are made of it."""

from hypothesis import strategies as st

from cmcore.charters.charter import Charter
from cmcore.charters.rule import Rule
from cmcore.reviews.promotions.promote import promote
from cmcore.reviews.promotions.promotion import Promotion, Proposal, Reviewed, ReviewVerdict
from cmcore.strategies._acts import a_case
from cmcore.strategies._charters import charters
from cmcore.strategies._drawing import number, pick, several
from cmcore.strategies._reading import reads
from cmcore.strategies._words import an_id

_VERDICTS = (ReviewVerdict.APPROVED, *ReviewVerdict, ReviewVerdict.APPROVED)


@st.composite
def reviewed(draw: st.DrawFn, charter: Charter | None = None, *, unknowns: bool = True) -> Reviewed:
    """Return a strategy for reviewed acts, mostly approved, with the results."""
    case = a_case(draw, reads(charter), unknowns=unknowns)
    return Reviewed(case, pick(draw, _VERDICTS))


@st.composite
def promotions(draw: st.DrawFn, charter: Charter | None = None) -> Promotion:
    """Return a strategy for promotions, come to by promoting a few reviews."""
    judged = charter or draw(charters(max_rules=3))
    told = draw(st.lists(reviewed(judged), max_size=6))
    return promote(judged, told, [one.case for one in told], least=number(draw, 1, 3))


@st.composite
def proposals(draw: st.DrawFn) -> Proposal:
    """Return a strategy for permits that are proposed, each with its support."""
    judged = draw(charters(max_rules=1))
    cases = several(draw, lambda: a_case(draw, reads(judged), unknowns=False), 1, 3)
    found = promote(judged, [Reviewed(one, ReviewVerdict.APPROVED) for one in cases], least=1)
    rule = Rule.permit(an_id(draw), because="Approved unchanged.")
    made = Proposal(rule, tuple(several(draw, lambda: an_id(draw), 1, 3)))
    return pick(draw, [*found.proposals, made])
