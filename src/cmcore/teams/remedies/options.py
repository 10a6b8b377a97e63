"""Offering: the trainings and hires that could help a team, at costs that stand for others."""

from collections.abc import Iterator
from itertools import count
from typing import Final

from cmcore.base.asked import checked
from cmcore.base.errors import InvalidError
from cmcore.teams.availability import Availability
from cmcore.teams.member import Member
from cmcore.teams.needs import Mix, Needs, NotOnly, Watch
from cmcore.teams.remedies.remedy import Hire, Option, Training, rank
from cmcore.teams.role import Role
from cmcore.teams.team import Team, unknown_role
from cmcore.time.week import Week

#: The part of a role's id that a newcomer's has, so that there is room for a number.
_LONGEST: Final = 180


@checked
def possible_remedies(team: Team, needs: Needs) -> tuple[Option, ...]:
    """Return the trainings and hires that could help a team meet its needs, in order.

    Each member may learn each missing skill of a role that is needed, and each network and language
    that a watch for a role asks for, or that is missing in the team. For each needed role, as many
    newcomers may join as it has seats, since its present holders may be needed elsewhere. A
    newcomer is free at all hours, and holds a single role: they have what it requires, and what its
    watches ask for.

    A training costs 1 and a hire 5: placeholders, to replace with your own costs.

    Raises:
        InvalidError: when the needs name roles that the team does not have.

    Examples:
        >>> from cmcore import Member, Needs, Role, Seats, Team
        >>> from cmcore.teams import possible_remedies
        >>> team = Team("crew", [Member("bo")], [Role("author", requires={"writing"})])
        >>> needs = Needs("social", seats=[Seats("author")])
        >>> [(type(option).__name__, option.cost) for option in possible_remedies(team, needs)]
        [('Training', 1), ('Hire', 5)]
    """
    known = {role.id for role in team.roles}
    found = [p for path, role in needs.roles() for p in unknown_role(role, known, *path)]
    if found:
        raise InvalidError(found)
    return tuple(sorted({*_trainings(team, needs), *_hires(team, needs)}, key=rank))


def _trainings(team: Team, needs: Needs) -> Iterator[Training]:
    skills = {skill for id_ in _asked(needs) for skill in team.role(id_).requires}
    networks = {watch.network for watch in _watches(needs) if watch.network}
    languages = {watch.language for watch in _watches(needs) if watch.language}
    for need in needs.specialists:
        if sum(member.networks.get(need.network, 0) > 0 for member in team.members) < need.least:
            networks.add(need.network)
    for asked in needs.languages:
        if sum(asked.language in member.languages for member in team.members) < asked.least:
            languages.add(asked.language)
    for member in team.members:
        known = {network for network, affinity in member.networks.items() if affinity > 0}
        yield from (Training(member.id, {one}) for one in skills - member.skills)
        yield from (Training(member.id, languages={one}) for one in languages - member.languages)
        yield from (Training(member.id, networks={one}) for one in networks - known)


def _asked(needs: Needs) -> set[str]:
    """Return the roles that somebody is asked to hold."""
    roles = {*_wanted(needs)}
    for need in needs.mix:
        if isinstance(need, NotOnly) or (isinstance(need, Mix) and need.least):
            roles |= need.roles or set()
    return roles


def _wanted(needs: Needs) -> dict[str, int]:
    """Return the roles that want people, with how many."""
    seats = [(need.role, need.least) for need in needs.seats]
    posts = [(watch.role, watch.least) for watch in _watches(needs)]
    wanted: dict[str, int] = {}
    for role, least in (*seats, *posts):
        if role and least:
            wanted[role] = max(wanted.get(role, 0), least)
    return wanted


def _watches(needs: Needs) -> list[Watch]:
    """Return the watches that a role can answer."""
    return [watch for watch in needs.hours if watch.role and watch.least]


def _hires(team: Team, needs: Needs) -> Iterator[Hire]:
    taken = {member.id for member in team.members}
    for id_, wanted in sorted(_wanted(needs).items()):
        for _ in range(wanted):
            newcomer = _newcomer(team.role(id_), needs, taken)
            taken.add(newcomer.id)
            yield Hire(newcomer)


def _newcomer(role: Role, needs: Needs, taken: set[str]) -> Member:
    over = [watch for watch in _watches(needs) if watch.role == role.id]
    name = f"new-{role.id[:_LONGEST].rstrip()}"
    names = (name if number == 1 else f"{name}-{number}" for number in count(1))
    return Member(
        next(one for one in names if one not in taken),
        skills=role.requires,
        languages={watch.language for watch in over if watch.language},
        networks={watch.network for watch in over if watch.network},
        availability=Availability(Week.always()),
        most_roles=1,
    )
