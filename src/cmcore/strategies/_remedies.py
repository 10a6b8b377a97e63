"""Strategies for trainings, hires and remedies."""

from collections.abc import Sequence

from hypothesis import strategies as st

from cmcore.strategies._drawing import distinct, number, pick, several, some
from cmcore.strategies._plans import a_question
from cmcore.strategies._teams import LANGUAGES, NETWORKS, SKILLS, a_member, a_team
from cmcore.strategies._words import an_id
from cmcore.teams.assignment.assign import answer
from cmcore.teams.remedies.cheapest import remedy
from cmcore.teams.remedies.remedy import Hire, Option, Remedy, Training
from cmcore.teams.team import Team


def a_training(draw: st.DrawFn, member: str) -> Training:
    """Draw what somebody could learn."""
    skills, languages, networks = (some(draw, n, 0, 2) for n in (SKILLS, LANGUAGES, NETWORKS))
    if not (languages or networks):
        skills |= {pick(draw, SKILLS)}
    return Training(member, skills, languages, networks, number(draw, 1, 3))


def a_hire(draw: st.DrawFn, roles: Sequence[str] = ()) -> Hire:
    """Draw somebody who could join."""
    return Hire(a_member(draw, roles), number(draw, 1, 5))


def some_options(draw: st.DrawFn, team: Team, most: int = 5) -> list[Option]:
    """Draw trainings and hires that a team may choose from."""
    ids = [member.id for member in team.members]
    roles = [role.id for role in team.roles]
    learn = several(draw, lambda: a_training(draw, pick(draw, ids)), 0, most) if ids else []
    rest = most - len(learn)
    join = distinct(draw, lambda: a_hire(draw, roles), lambda hire: hire.member.id, 0, rest)
    return [*learn, *(hire for hire in join if hire.member.id not in ids)]


@st.composite
def trainings(draw: st.DrawFn) -> Training:
    """Return a strategy for what somebody could learn."""
    return a_training(draw, an_id(draw))


@st.composite
def hires(draw: st.DrawFn) -> Hire:
    """Return a strategy for people who could join."""
    return a_hire(draw)


@st.composite
def options(draw: st.DrawFn, team: Team | None = None, max_size: int = 5) -> list[Option]:
    """Return a strategy for up to `max_size` trainings and hires that a team may choose from.

    Without a team, they suit one that is drawn.
    """
    return some_options(draw, a_team(draw) if team is None else team, max_size)


@st.composite
def remedies(draw: st.DrawFn) -> Remedy:
    """Return a strategy for remedies, come to by looking for one; some are impossible."""
    asked = a_question(draw)
    return remedy(answer(asked), some_options(draw, asked.team, 3))
