"""Posing: what a team and its needs ask of the solver, in its whole numbers.

People and roles are numbered in the order of their ids, so that ties break by id.
"""

from collections.abc import Iterable, Iterator, Sequence

from cmcore.foundation.house import value
from cmcore.nouns.needs import Mix, Needs, NotOnly
from cmcore.nouns.needs import Seats as Wanted
from cmcore.nouns.people import Member, Team
from cmcore.policy.assigning.problem import (
    AtLeast,
    Distinct,
    Pair,
    Problem,
    Rule,
    Seats,
    Supervision,
)


@value
class OnDuty:
    """At some time, `least` of these people should hold the role: they alone are there."""

    role: str
    people: tuple[str, ...]
    least: int


def held_now(team: Team, member: Member) -> frozenset[str]:
    """Return the roles that somebody wears and is fit for."""
    return frozenset(id_ for id_ in member.roles if not member.lacks(team.role(id_)))


def pose(team: Team, needs: Needs, on_duty: Iterable[OnDuty] = ()) -> Problem:
    """Return the problem of dealing the roles of a team, changing as little as can be.

    What is worn now stays allowed, even by somebody who has too many hats or too little time, or
    on a role with too many holders.
    """
    places = {role.id: index for index, role in enumerate(team.roles)}
    now = [held_now(team, member) for member in team.members]
    return Problem(
        fit=[_fits(team, member) for member in team.members],
        seats=tuple(_seats(team, needs, now)),
        hats=[_hats(team, member, held) for member, held in zip(team.members, now, strict=True)],
        capacity=[_capacity(team, member, held)
                  for member, held in zip(team.members, now, strict=True)],
        minutes=[[member.takes(role) for role in team.roles] for member in team.members],
        incompatible=[(places[apart.first], places[apart.second]) for apart in needs.separation],
        previous=_pairs(now, places),
        rules=(*_rules(team, needs, places), *_presence(team, on_duty, places)),
    )  # fmt: skip


def _fits(team: Team, member: Member) -> list[int | None]:
    return [None if member.lacks(role) else member.affinity.get(role.id, 0) for role in team.roles]


def _hats(team: Team, member: Member, held: frozenset[str]) -> int:
    return max(len(held), len(team.roles) if member.hats is None else member.hats)


def _capacity(team: Team, member: Member, held: frozenset[str]) -> int:
    return max(member.availability.day, sum(member.takes(team.role(role)) for role in held))


def _seats(team: Team, needs: Needs, now: Sequence[frozenset[str]]) -> Iterator[Seats]:
    wanted = {need.role: need for need in needs.seats}
    for role in team.roles:
        need = wanted.get(role.id, Wanted(role.id, 0))
        holders = sum(role.id in held for held in now)
        limit = max(len(now), need.least) if need.most is None else max(need.most, holders)
        yield Seats(need.least, limit, need.weight)


def _pairs(now: Sequence[frozenset[str]], places: dict[str, int]) -> tuple[Pair, ...]:
    return tuple((person, places[role]) for person, held in enumerate(now) for role in held)


def _rules(team: Team, needs: Needs, places: dict[str, int]) -> Iterator[Rule]:
    for need in needs.mix:
        if need.roles is not None:
            roles = [places[role] for role in need.roles]
            yield _mix(team, need, roles)
    for guard in needs.supervision:
        group = [n for n, m in enumerate(team.members) if getattr(m, guard.of) == guard.value]
        for role in sorted(places if guard.roles is None else guard.roles):
            yield Supervision(places[role], group)


def _mix(team: Team, need: Mix | NotOnly, roles: list[int]) -> Rule:
    values: dict[str, list[int]] = {}
    for person, member in enumerate(team.members):
        known = getattr(member, need.of)
        if known is not None:
            values.setdefault(known, []).append(person)
    if isinstance(need, Mix):
        return Distinct(roles, [values[known] for known in sorted(values)], need.least)
    others = [person for known in values if known != need.value for person in values[known]]
    return AtLeast(roles, others, 1)


def _presence(team: Team, on_duty: Iterable[OnDuty], places: dict[str, int]) -> Iterator[AtLeast]:
    numbers = {member.id: number for number, member in enumerate(team.members)}
    for row in on_duty:
        yield AtLeast([places[row.role]], [numbers[id_] for id_ in row.people], row.least)
