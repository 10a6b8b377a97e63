"""Posing: what a team and its needs ask of the solver, in its whole numbers.

People and roles are numbered in the order of their ids, so that ties break by id.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import gcd

from attrs import field

from cmcore.base.errors import Path
from cmcore.base.frozen import FrozenMap
from cmcore.base.values import internal
from cmcore.teams.affinity import MILLION
from cmcore.teams.affinity import millionths as in_millionths
from cmcore.teams.duty import Rota, answers
from cmcore.teams.gap import GapKind
from cmcore.teams.member import Member
from cmcore.teams.needs import Cap, Mix, Needs, NotOnly, Watch
from cmcore.teams.needs import Seats as Wanted
from cmcore.teams.plan import Plan
from cmcore.teams.solver.problem import (
    AtLeast,
    AtMost,
    Distinct,
    Pair,
    Problem,
    Rule,
    Seats,
    Supervision,
)
from cmcore.teams.team import Team
from cmcore.teams.traits import look_of


@internal
class OnDuty:
    """For some minutes of a window, `least` of these people should hold the role.

    They alone of those who could are there. `minutes` are by the number of the watch that asks it.
    """

    role: str
    people: tuple[str, ...]
    least: int
    minutes: tuple[tuple[int, int], ...]


def on_duty(team: Team, needs: Needs, rota: Rota | None) -> list[OnDuty]:
    """Return who is there of those who can hold the roles that are watched over, and how long.

    Times when the same people are there count as one. The rota may be of a larger team.
    """
    found: dict[tuple[str, tuple[str, ...], int], list[tuple[int, int]]] = {}
    for index, watch in enumerate(needs.hours if rota else ()):
        if rota is None or watch.role is None or not watch.least:
            continue
        able = watchers(team, watch)
        for mask, minutes in rota.minutes(index, rota.mask(able)):
            there = tuple(one.id for one in able if mask >> rota.numbers[one.id] & 1)
            found.setdefault((watch.role, there, watch.least), []).append((index, minutes))
    return [OnDuty(*key, tuple(found[key])) for key in sorted(found)]


def watchers(team: Team, watch: Watch) -> list[Member]:
    """Return those who are fit for the role of a watch, and would count for it."""
    role = team.role(watch.role or "")
    return [
        m for m in team.members if answers(m, watch, frozenset({role.id})) and not m.lacks(role)
    ]


@internal
class Source:
    """A need that rules of the problem come from, as it is said of some roles."""

    kind: GapKind
    path: Path
    what: FrozenMap[str] = field(converter=FrozenMap[str])
    roles: tuple[str, ...]
    watch: Watch | None = None


@internal
class Posed:
    """The problem, the ids that its numbers stand for, and the needs behind its rules.

    `groups` has, for each of `sources`, the rules that come from it and what it adds to the weight
    of each. `minutes` are those that one unit of the level of hours stands for, and `millionths`
    those of one unit of affinity.
    """

    problem: Problem
    people: tuple[str, ...]
    roles: tuple[str, ...]
    sources: tuple[Source, ...]
    groups: tuple[Mapping[int, int], ...]
    minutes: int = 1
    millionths: int = MILLION

    def named(self, pairs: Iterable[Pair]) -> Plan:
        """Return numbered pairs as a plan."""
        return Plan((self.people[person], self.roles[role]) for person, role in pairs)


def pose(  # noqa: PLR0913 - each part of a question
    team: Team,
    needs: Needs,
    on_duty: Iterable[OnDuty] = (),
    *,
    previous: Plan,
    pins: Plan | None = None,
    bans: Plan | None = None,
) -> Posed:
    """Return the problem of assigning the roles of a team, changing as little as possible."""
    numbers = _Numbers(team)
    likings = (liking for member in team.members for liking in member.affinity.values())
    millionths = gcd(MILLION, *map(in_millionths, likings))
    watched, needed = tuple(on_duty), needs.needed
    minutes = gcd(*(n for row in watched for _, n in row.minutes)) or 1
    rules = [*_rules(team, needs, numbers), *_presence(watched, needs, numbers, minutes)]
    problem = Problem(
        fit=[_fits(team, member, millionths) for member in team.members],
        seats=tuple(_seats(team, needs)),
        hats=[
            len(team.roles) if one.most_roles is None else one.most_roles for one in team.members
        ],
        loads=[one.least_roles for one in team.members],
        idle=[number for role, number in numbers.roles.items() if role not in needed],
        capacity=[member.availability.day for member in team.members],
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
    groups: dict[Source, dict[int, int]] = {}
    for number, (sources, _) in enumerate(rules):
        for source, weight in sources.items():
            groups.setdefault(source, {})[number] = weight
    return Posed(problem, *ids, tuple(groups), tuple(groups.values()), minutes, millionths)


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


def _fits(team: Team, member: Member, unit: int) -> list[int | None]:
    return [
        None if member.lacks(role) else in_millionths(member.affinity.get(role.id, 0)) // unit
        for role in team.roles
    ]


def _seats(team: Team, needs: Needs) -> Iterator[Seats]:
    wanted = {need.role: need for need in needs.seats}
    for role in team.roles:
        need = wanted.get(role.id, Wanted(role.id, 0))
        everybody = max(len(team.members), need.least)
        yield Seats(need.least, everybody if need.most is None else need.most, need.weight)


_Row = tuple[dict[Source, int], Rule]


def _rules(team: Team, needs: Needs, numbers: "_Numbers") -> Iterator[_Row]:
    places = numbers.roles
    for path, need in needs.placed():
        if isinstance(need, Mix | NotOnly) and need.roles is not None:
            roles = tuple(sorted(need.roles))
            rule, what = _mix(team, need, [places[role] for role in roles])
            yield {Source(GapKind.MIX, path, what, roles): 1}, rule
        elif isinstance(need, Cap) and need.roles is not None:
            roles = tuple(sorted(need.roles))
            for value, people in need.alike(team.members).items():
                what = {"trait": str(need.of), **({"value": value} if value else {})}
                group = [numbers.people[one] for one in people]
                ceiling = AtMost([places[role] for role in roles], group, need.most)
                yield {Source(GapKind.CAP, path, what, roles): 1}, ceiling
    for index, guard in enumerate(needs.supervision):
        traits = [m.trait(guard.of) for m in team.members]
        group = [n for n, known in enumerate(traits) if guard.is_ward(known)]
        others = [n for n, known in enumerate(traits) if guard.may_supervise(known)]
        for role in sorted(places if guard.roles is None else guard.roles):
            what = {"trait": str(guard.of), "value": guard.value}
            source = Source(GapKind.SUPERVISION, ("supervision", index), what, (role,))
            yield {source: 1}, Supervision(places[role], group, others)


def _mix(team: Team, need: Mix | NotOnly, roles: Sequence[int]) -> tuple[Rule, dict[str, str]]:
    values: dict[str, list[int]] = {}
    for person, member in enumerate(team.members):
        known = member.look(need.of)
        if known is not None:
            values.setdefault(known, []).append(person)
    if isinstance(need, Mix):
        groups = [values[known] for known in sorted(values)]
        return Distinct(roles, groups, need.least), {"trait": str(need.of)}
    others = [
        person for known in values if known != look_of(need.value) for person in values[known]
    ]
    return AtLeast(roles, others, 1), {"trait": str(need.of), "value": need.value}


def _presence(
    on_duty: Iterable[OnDuty], needs: Needs, numbers: _Numbers, unit: int
) -> Iterator[_Row]:
    for row in on_duty:
        group = [numbers.people[id_] for id_ in row.people]
        sources = {_watching(needs.hours[n], n): minutes // unit for n, minutes in row.minutes}
        weight = sum(sources.values())
        yield sources, AtLeast([numbers.roles[row.role]], group, row.least, weight, timed=True)


def _watching(watch: Watch, number: int) -> Source:
    roles = (watch.role,) if watch.role else ()
    return Source(GapKind.HOURS, ("hours", number), {}, roles, watch)
