"""Posing: what a team and its needs ask of the solver, in its whole numbers.

People and roles are numbered in the order of their ids, so that ties break by id.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from cmcore.foundation.errors import Path
from cmcore.foundation.house import value
from cmcore.nouns.gaps import Kind
from cmcore.nouns.needs import Mix, Needs, NotOnly
from cmcore.nouns.needs import Seats as Wanted
from cmcore.nouns.people import Member, Team
from cmcore.nouns.plans import Plan
from cmcore.policy.assigning.problem import (
    AtLeast,
    Distinct,
    Pair,
    Problem,
    Rule,
    Seats,
    Supervision,
)
from cmcore.policy.watching import Rota, answers


@value
class OnDuty:
    """While a watch lasts, `least` of these people should hold the role: they alone are there."""

    role: str
    people: tuple[str, ...]
    least: int
    path: Path
    what: str


def on_duty(team: Team, needs: Needs, rota: Rota | None) -> list[OnDuty]:
    """Return who can hold the roles that are watched over, whenever other people are there.

    The rota may be of a larger team.
    """
    found = set[OnDuty]()
    for index, watch in enumerate(needs.hours if rota else ()):
        if rota is None or watch.role is None:
            continue
        able = [m for m in team.members if answers(m, watch, frozenset({watch.role}))]
        for mask in rota.groups(index):
            there = tuple(m.id for m in able if mask >> rota.numbers[m.id] & 1)
            found.add(OnDuty(watch.role, there, watch.least, ("hours", index), watch.name))
    return sorted(found, key=lambda row: (row.path[1:], row.people))


@value
class Source:
    """The need that a rule of the problem comes from."""

    kind: Kind
    path: Path
    what: str
    role: str | None = None


@value
class Posed:
    """The problem, the ids that its numbers stand for, and the need behind each of its rules."""

    problem: Problem
    people: tuple[str, ...]
    roles: tuple[str, ...]
    sources: tuple[Source, ...]

    def named(self, pairs: Iterable[Pair]) -> Plan:
        """Return numbered pairs as a plan."""
        return Plan((self.people[person], self.roles[role]) for person, role in pairs)


def held_now(team: Team, member: Member) -> frozenset[str]:
    """Return the roles that somebody wears and is fit for."""
    return frozenset(id_ for id_ in member.roles if not member.lacks(team.role(id_)))


def pose(  # noqa: PLR0913 - each part of a question
    team: Team,
    needs: Needs,
    on_duty: Iterable[OnDuty] = (),
    *,
    previous: Plan,
    pins: Plan | None = None,
    bans: Plan | None = None,
    keeping: bool = False,
) -> Posed:
    """Return the problem of dealing the roles of a team, changing as little as can be.

    With `keeping`, what is in the previous plan stays allowed, even for somebody who then has too
    many roles or too little time, or on a role with too many holders.
    """
    kept = previous if keeping else Plan()
    numbers = _Numbers(team)
    rules = [*_rules(team, needs, numbers.roles), *_presence(on_duty, numbers)]
    problem = Problem(
        fit=[_fits(team, member) for member in team.members],
        seats=tuple(_seats(team, needs, kept)),
        hats=[_hats(team, member, kept) for member in team.members],
        capacity=[_capacity(team, member, kept) for member in team.members],
        minutes=[[member.takes(role) for role in team.roles] for member in team.members],
        incompatible=[
            (numbers.roles[apart.first], numbers.roles[apart.second]) for apart in needs.separation
        ],
        pins=numbers.pairs(pins),
        bans=numbers.pairs(bans),
        previous=numbers.pairs(previous),
        rules=[rule for _, rule in rules],
    )  # fmt: skip
    ids = tuple(member.id for member in team.members), tuple(role.id for role in team.roles)
    return Posed(problem, *ids, tuple(source for source, _ in rules))


class _Numbers:
    """The numbers that stand for ids."""

    def __init__(self, team: Team) -> None:
        self.people = {member.id: number for number, member in enumerate(team.members)}
        self.roles = {role.id: number for number, role in enumerate(team.roles)}

    def pairs(self, plan: Plan | None) -> list[Pair]:
        """Return the pairs of those who are there and of roles that there are."""
        return [
            (self.people[who], self.roles[role])
            for who, role in (plan.pairs if plan else ())
            if who in self.people and role in self.roles
        ]


def _fits(team: Team, member: Member) -> list[int | None]:
    return [None if member.lacks(role) else member.affinity.get(role.id, 0) for role in team.roles]


def _hats(team: Team, member: Member, kept: Plan) -> int:
    most = len(team.roles) if member.hats is None else member.hats
    return max(len(kept.roles_of(member.id)), most)


def _capacity(team: Team, member: Member, kept: Plan) -> int:
    held = (team.role(role) for role in kept.roles_of(member.id))
    return max(member.availability.day, sum(member.takes(role) for role in held))


def _seats(team: Team, needs: Needs, kept: Plan) -> Iterator[Seats]:
    wanted = {need.role: need for need in needs.seats}
    for role in team.roles:
        need = wanted.get(role.id, Wanted(role.id, 0))
        everybody = max(len(team.members), need.least)
        most = everybody if need.most is None else max(need.most, len(kept.holders(role.id)))
        yield Seats(need.least, most, need.weight)


_Row = tuple[Source, Rule]


def _rules(team: Team, needs: Needs, places: Mapping[str, int]) -> Iterator[_Row]:
    for path, need in needs.placed():
        if isinstance(need, Mix | NotOnly) and need.roles is not None:
            yield _mix(path, team, need, [places[role] for role in need.roles])
    for index, guard in enumerate(needs.supervision):
        group = [n for n, m in enumerate(team.members) if getattr(m, guard.of) == guard.value]
        for role in sorted(places if guard.roles is None else guard.roles):
            source = Source(Kind.SUPERVISION, ("supervision", index), role, role)
            yield source, Supervision(places[role], group)


def _mix(path: Path, team: Team, need: Mix | NotOnly, roles: Sequence[int]) -> _Row:
    values: dict[str, list[int]] = {}
    for person, member in enumerate(team.members):
        known = getattr(member, need.of)
        if known is not None:
            values.setdefault(known, []).append(person)
    if isinstance(need, Mix):
        groups = [values[known] for known in sorted(values)]
        return Source(Kind.MIX, path, str(need.of)), Distinct(roles, groups, need.least)
    others = [person for known in values if known != need.value for person in values[known]]
    what = f"{need.of}: {need.value}"
    return Source(Kind.NOT_ONLY, path, what), AtLeast(roles, others, 1)


def _presence(on_duty: Iterable[OnDuty], numbers: _Numbers) -> Iterator[_Row]:
    for row in on_duty:
        group = [numbers.people[id_] for id_ in row.people]
        yield (
            Source(Kind.HOURS, row.path, row.what, row.role),
            AtLeast([numbers.roles[row.role]], group, row.least),
        )
