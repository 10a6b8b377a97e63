"""Strategies for people, teams, needs and coverages."""

from collections.abc import Sequence
from datetime import timedelta
from functools import cache
from typing import Any, Final

import attrs
from hypothesis import strategies as st

from cmcore.base.alike import looks
from cmcore.strategies._drawing import distinct, number, pick, rare, several, some
from cmcore.strategies._words import (
    EVERY_YEAR,
    ZONES,
    a_calendar,
    a_week,
    an_id,
    an_instant,
    on_a_clock,
)
from cmcore.teams.availability import Availability, Leave, Shift
from cmcore.teams.cover.cover import coverage
from cmcore.teams.cover.coverage import Coverage
from cmcore.teams.gap import Gap
from cmcore.teams.member import Member
from cmcore.teams.needs import (
    Cap,
    Mix,
    Needs,
    NotOnly,
    Seats,
    Separation,
    Speakers,
    Specialists,
    Supervision,
    Watch,
    Work,
)
from cmcore.teams.role import Role
from cmcore.teams.team import Team
from cmcore.teams.traits import OWN_TRAITS, Trait
from cmcore.time.calendar import Calendar
from cmcore.time.clocks import WorkingWeek
from cmcore.time.intervals import Span

SKILLS: Final = ("writing", "figures", "calm")
NETWORKS: Final = ("bluesky", "mastodon", "linkedin")
LANGUAGES: Final = ("fr", "en", "de")
_ROLES: Final = ("communicator", "analyst", "author", "approver", "expert")
_CONTRACTS: Final = ("internship", "permanent", "stagiaire", "alternance")
_OTHERS: Final = ("internship", "permanent", "junior", "senior")
_HOURS: Final = (1, 6, 24, 100, 200)


def values_of(trait: Trait) -> tuple[str, ...]:
    """Return some values of a trait, a contract under several of its names."""
    return {Trait.CONTRACT: _CONTRACTS, Trait.ZONE: ZONES}.get(trait, _OTHERS)


def a_leave(draw: st.DrawFn) -> Leave:
    """Draw a leave of some hours or days."""
    start = an_instant(draw)
    stop = start + timedelta(hours=pick(draw, _HOURS))
    return Leave(on_a_clock(draw, start), on_a_clock(draw, stop))


def a_shift(draw: st.DrawFn) -> Shift:
    """Draw a shift of some hours or days."""
    start = an_instant(draw)
    stop = start + timedelta(hours=pick(draw, _HOURS))
    return Shift(on_a_clock(draw, start), on_a_clock(draw, stop))


def an_availability(draw: st.DrawFn) -> Availability:
    """Draw when somebody works."""
    return Availability(
        None if rare(draw) else a_week(draw),
        pick(draw, ZONES),
        several(draw, lambda: a_leave(draw), 0, 2),
        number(draw, 0, 1440) if rare(draw, 3) else None,
        some_days(draw),
        shifts=several(draw, lambda: a_shift(draw), 0, 2),
    )


def some_days(draw: st.DrawFn) -> Calendar | None:
    """Draw a calendar of every year or of some only, or none."""
    return a_calendar(draw, pick(draw, (None, EVERY_YEAR))) if rare(draw, 3) else None


#: Roles of the catalog that others may be derived from.
CATALOGUED: Final = ("ambassador", "communicator", "sales")


def a_role(draw: st.DrawFn, id_: str) -> Role:
    """Draw a role with an id."""
    return Role(
        id_,
        requires=some(draw, SKILLS, 0, 1),
        minutes=30 * number(draw, 0, 8),
        english="Role" if rare(draw) else "",
        french="Rôle" if rare(draw) else "",
        based_on=pick(draw, CATALOGUED) if rare(draw) else None,
    )


def _some_skills(draw: st.DrawFn) -> dict[str, Any]:
    """Draw skills, and for some of them, when they end."""
    found = some(draw, SKILLS, 0, 3)
    dated = sorted(some(draw, sorted(found), 0, 2)) if found and rare(draw) else []
    ends = {one: None if rare(draw, 3) else on_a_clock(draw, an_instant(draw)) for one in dated}
    return {"skills": found - ends.keys(), "expiring": ends}


def a_member(draw: st.DrawFn, roles: Sequence[str] = (), *, limits: bool = True) -> Member:
    """Draw somebody who may hold and like some of `roles`."""
    affinities = {role: number(draw, 0, 1000) for role in sorted(some(draw, roles, 0, 2))}
    most = number(draw, 0, 3) if rare(draw, 3) else None
    traits: dict[str, Any] = {t: pick(draw, (*values_of(t), None)) for t in OWN_TRAITS}
    return Member(
        an_id(draw),
        name="Ana" if rare(draw) else "",
        roles=some(draw, roles, 0, 3),
        **_some_skills(draw),
        languages=some(draw, LANGUAGES, 0, 2),
        networks={name: number(draw, 0, 1000) for name in sorted(some(draw, NETWORKS, 0, 2))},
        **traits,
        availability=an_availability(draw),
        affinity=affinities,
        minutes={role: number(draw, 0, 99) for role in affinities},
        most_roles=most,
        least_roles=number(draw, 0, 2 if most is None else most) if limits and rare(draw, 3) else 0,
    )


def a_team(draw: st.DrawFn, most: int = 5, *, limits: bool = True) -> Team:
    """Draw a team of none to `most` people, with a few roles."""
    roles = [a_role(draw, id_) for id_ in sorted(some(draw, _ROLES, 1, 5))]
    ids = [role.id for role in roles]
    members = distinct(
        draw, lambda: a_member(draw, ids, limits=limits), lambda one: looks(one.id), 0, most
    )
    return Team(an_id(draw), members, roles, zone=pick(draw, ZONES), calendar=some_days(draw))


def some_seats(draw: st.DrawFn, role: str) -> Seats:
    """Draw how many people a role wants."""
    least = number(draw, 0, 2)
    most = least + number(draw, 0, 2) if rare(draw, 3) else None
    return Seats(role, least, most, number(draw, 1, 3))


def a_watch(draw: st.DrawFn, roles: Sequence[str], *, calendar: bool = False) -> Watch:
    """Draw hours to cover; of working days, only where needs have a `calendar`."""
    week = a_week(draw)
    return Watch(
        WorkingWeek(week) if calendar and number(draw, 0, 1) else week,
        pick(draw, ZONES),
        number(draw, 0, 2),
        pick(draw, (None, *roles)),
        pick(draw, (None, None, *NETWORKS)),
        pick(draw, (None, None, *LANGUAGES)),
    )


def a_mix(draw: st.DrawFn, roles: Sequence[str]) -> Mix | NotOnly | Cap:
    """Draw what sorts of people there should be."""
    of, among = pick(draw, tuple(Trait)), _some_roles(draw, roles)
    if number(draw, 0, 1):
        many = number(draw, 0, 3)
        return Mix(of, many, among) if number(draw, 0, 1) else Cap(of, max(many, 1), among)
    return NotOnly(of, pick(draw, values_of(of)), among)


def _some_roles(draw: st.DrawFn, roles: Sequence[str]) -> frozenset[str] | None:
    return some(draw, roles, 1, 2) if number(draw, 0, 1) else None


def a_need(draw: st.DrawFn, roles: Sequence[str], *, limits: bool) -> Needs:
    """Draw needs that name `roles`; `limits` says whether they may forbid anything."""
    seats = distinct(draw, lambda: some_seats(draw, pick(draw, roles)), _role, 0, 3)
    least = [attrs.evolve(need, most=None) for need in seats]
    networks, languages = (sorted(some(draw, some_, 0, 2)) for some_ in (NETWORKS, LANGUAGES))
    days = some_days(draw)
    bare = Needs(
        an_id(draw),
        zone=pick(draw, ZONES),
        calendar=days,
        seats=seats if limits else least,
        specialists=[Specialists(name, number(draw, 0, 2)) for name in networks],
        languages=[Speakers(name, number(draw, 0, 2)) for name in languages],
        hours=several(draw, lambda: a_watch(draw, roles, calendar=days is not None), 0, 2),
        work=distinct(draw, lambda: a_work(draw, roles), lambda work: work.name, 0, 2),
    )
    if not limits:
        return bare
    return attrs.evolve(
        bare,
        mix=several(draw, lambda: a_mix(draw, roles), 0, 2),
        supervision=several(draw, lambda: a_supervision(draw, roles), 0, 1),
        separation=_separations(draw, roles),
    )


def _role(seats: Seats) -> str:
    return seats.role


def a_work(draw: st.DrawFn, roles: Sequence[str]) -> Work:
    """Draw what comes in every day."""
    return Work(an_id(draw), number(draw, 0, 20), number(draw, 0, 30), pick(draw, (None, *roles)))


def a_supervision(draw: st.DrawFn, roles: Sequence[str]) -> Supervision:
    """Draw who is not to be alone."""
    of = pick(draw, tuple(Trait))
    return Supervision(of, pick(draw, values_of(of)), _some_roles(draw, roles))


def _separations(draw: st.DrawFn, roles: Sequence[str]) -> list[Separation]:
    pair = sorted(some(draw, roles, 0, 2))
    return [Separation(*pair)] if len(pair) > 1 else []


def a_span(draw: st.DrawFn) -> Span:
    """Draw a window of some hours or days."""
    start = an_instant(draw)
    stop = start + timedelta(hours=pick(draw, _HOURS))
    return Span(on_a_clock(draw, start), on_a_clock(draw, stop))


@cache
def leaves() -> st.SearchStrategy[Leave]:
    """Return a strategy for leaves of some hours or days."""
    return st.composite(a_leave)()


@cache
def shifts() -> st.SearchStrategy[Shift]:
    """Return a strategy for shifts of some hours or days."""
    return st.composite(a_shift)()


@cache
def spans() -> st.SearchStrategy[Span]:
    """Return a strategy for windows of some hours or days."""
    return st.composite(a_span)()


@cache
def availabilities() -> st.SearchStrategy[Availability]:
    """Return a strategy for when people work."""
    return st.composite(an_availability)()


@st.composite
def roles(draw: st.DrawFn) -> Role:
    """Return a strategy for roles."""
    return a_role(draw, an_id(draw))


@st.composite
def members(draw: st.DrawFn, roles: Sequence[str] = ()) -> Member:
    """Return a strategy for people who may hold some of `roles`."""
    return a_member(draw, roles)


@st.composite
def teams(draw: st.DrawFn, max_size: int = 5) -> Team:
    """Return a strategy for teams of up to `max_size` people, with a few roles."""
    return a_team(draw, max_size)


@st.composite
def needs(draw: st.DrawFn, roles: Sequence[str] = _ROLES, *, limits: bool = True) -> Needs:
    """Return a strategy for needs that name `roles`.

    `limits` says whether they may have needs that an additional person could break: ceilings, mix,
    supervision and separation.
    """
    return a_need(draw, roles, limits=limits)


@st.composite
def teams_and_needs(
    draw: st.DrawFn, max_size: int = 5, *, limits: bool = True
) -> tuple[Team, Needs]:
    """Return a strategy for a team with needs that name its roles."""
    team = a_team(draw, max_size, limits=limits)
    return team, a_need(draw, [role.id for role in team.roles], limits=limits)


@st.composite
def coverages(draw: st.DrawFn) -> Coverage:
    """Return a strategy for coverages, come to by covering."""
    team = a_team(draw, 3)
    asked = a_need(draw, [role.id for role in team.roles], limits=True)
    window = a_span(draw)
    return coverage(team, asked, start=window.start, stop=window.stop)


@cache
def gaps() -> st.SearchStrategy[Gap]:
    """Return a strategy for gaps, come to by covering."""
    return coverages().filter(lambda found: bool(found.gaps)).map(lambda found: found.gaps[0])
