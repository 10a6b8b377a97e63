"""Strategies for plans and assignments, and for what is asked of them."""

from collections.abc import Sequence
from typing import Final

import attrs
from hypothesis import assume
from hypothesis import strategies as st

from cmcore.base.alike import looks
from cmcore.strategies._drawing import pick, rare, several, some
from cmcore.strategies._teams import a_member, a_need, a_span, a_team
from cmcore.strategies._words import an_id
from cmcore.teams.assignment.assign import answer
from cmcore.teams.assignment.assignment import Assignment, Question, Status, Verification
from cmcore.teams.assignment.choices import Alternatives, WhatIf, WhyNot
from cmcore.teams.assignment.verify import verify
from cmcore.teams.assignment.what_if import what_if
from cmcore.teams.assignment.why_not import alternatives as alternatives_of
from cmcore.teams.assignment.why_not import why_not
from cmcore.teams.plan import Pair, Plan, PlanDiff
from cmcore.teams.solver.solve import Engine

_PEOPLE: Final = 4
_LEARNT: Final = ("writing", "figures")


def a_plan(draw: st.DrawFn, pairs: Sequence[Pair] = (), most: int = 4) -> Plan:
    """Draw a plan of some of `pairs`, or of any ids where there are none to choose from."""
    if pairs:
        return Plan(some(draw, pairs, 0, most))
    return Plan(several(draw, lambda: (an_id(draw), an_id(draw)), 0, most))


def a_question(draw: st.DrawFn, *, pinned: bool = True) -> Question:
    """Draw a team of at least one, what is asked of it, and what is held fixed."""
    few = a_team(draw, _PEOPLE - 1)
    roles = [role.id for role in few.roles]
    one = a_member(draw, roles)
    others = [m for m in few.members if not looks(m.id) & looks(one.id)]
    team = attrs.evolve(few, members=[*others, one])
    pairs = [(member.id, role) for member in team.members for role in roles]
    return Question(
        team,
        a_need(draw, roles, limits=True),
        a_plan(draw, pairs) if rare(draw, 2) else Plan.current(team),
        a_plan(draw, pairs, 1) if pinned else Plan(),
        a_plan(draw, pairs, 2),
        a_span(draw),
    )


@st.composite
def plans(draw: st.DrawFn, pairs: Sequence[Pair] = ()) -> Plan:
    """Return a strategy for plans with some of `pairs`, or with any ids if none are given."""
    return a_plan(draw, pairs)


@st.composite
def plan_diffs(draw: st.DrawFn) -> PlanDiff:
    """Return a strategy for differences between two plans for the same team."""
    asked = a_question(draw)
    return asked.bans.diff(asked.previous)


@st.composite
def questions(draw: st.DrawFn) -> Question:
    """Return a strategy for questions to which an assignment is the answer."""
    return a_question(draw)


@st.composite
def assignments(draw: st.DrawFn) -> Assignment:
    """Return a strategy for assignments, come to by assigning: infeasible and unproven ones too."""
    return answer(a_question(draw), Engine("own", 0) if rare(draw) else Engine())


@st.composite
def verifications(draw: st.DrawFn) -> Verification:
    """Return a strategy for verifications of plans that may break any rule."""
    asked = a_question(draw)
    pairs = [(one.id, role.id) for one in asked.team.members for role in asked.team.roles]
    found = Assignment(asked, a_plan(draw, pairs, 6), Status.GAP)
    return verify(asked.team, asked.needs, found)


def _an_optimum(draw: st.DrawFn) -> Assignment:
    found = answer(a_question(draw, pinned=False))
    assume(found.status is Status.OPTIMAL)
    return found


@st.composite
def alternatives(draw: st.DrawFn) -> Alternatives:
    """Return a strategy for what all the best plans of a team share."""
    return alternatives_of(_an_optimum(draw))


@st.composite
def why_nots(draw: st.DrawFn) -> WhyNot:
    """Return a strategy for reasons why somebody does not hold a role."""
    found = _an_optimum(draw)
    team = found.question.team
    return why_not(found, pick(draw, team.members).id, pick(draw, team.roles).id)


@st.composite
def what_ifs(draw: st.DrawFn) -> WhatIf:
    """Return a strategy for what plans become when people leave, join or learn."""
    found = answer(a_question(draw))
    people = [member.id for member in found.question.team.members]
    newcomer = a_member(draw, [role.id for role in found.question.team.roles])
    return what_if(
        found,
        leaves=some(draw, people, 0, 1),
        joins=[newcomer] if newcomer.id not in people and rare(draw, 3) else [],
        learns={pick(draw, people): some(draw, _LEARNT, 0, 2)},
    )
