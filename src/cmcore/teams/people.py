"""People: who is in the team, what each can do, when, and which roles they hold."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from functools import cached_property
from typing import Any, Final, TypeVar

import attrs
from attrs import field

from cmcore.base.alike import looks
from cmcore.base.asked import checked, checked_late
from cmcore.base.counts import count_problems
from cmcore.base.errors import InvalidError, Problem, refuse_any
from cmcore.base.frozen import FrozenMap, each_once
from cmcore.base.ids import held, id_problems, nearest
from cmcore.base.values import value
from cmcore.display.names import Names, cell, cells, own_names
from cmcore.display.views import Line, View, Viewable
from cmcore.display.wording import Language, say_many
from cmcore.teams.availability import DAY, Availability
from cmcore.teams.contracts import contract_of, contract_problems
from cmcore.teams.gap import Unfit, ends_of, no_ends
from cmcore.teams.traits import WORDED, Trait, look_of, trait_problems, trait_value
from cmcore.text.languages import as_languages, each_language
from cmcore.text.names import as_network, as_networks
from cmcore.time.calendar import Calendar
from cmcore.time.week import Week, require_aware, zone_problems

#: The highest affinity, and that of a network that is only named.
TOP_AFFINITY: Final = 1000
#: Affinities have at most six decimals.
MILLION: Final = 10**6


@value
class Role:
    """A role: the skills it `requires`, the minutes a day it takes, its names for people.

    `based_on` is the role of the catalog that it is derived from, under whatever name.

    Raises:
        InvalidError: with every problem.
    """

    id: str
    requires: frozenset[str] = field(default=frozenset(), kw_only=True, converter=each_once)
    minutes: int = field(default=0, kw_only=True)
    english: str = field(default="", kw_only=True)
    french: str = field(default="", kw_only=True)
    based_on: str | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        found = [*id_problems(self.id, "id"), *count_problems(self.minutes, "minutes", most=DAY)]
        found += [] if self.based_on is None else id_problems(self.based_on, "based_on")
        if found:
            raise InvalidError(found)

    def label(self, language: Language = "en") -> str:
        """Return its name in a language, or its id if it has none."""
        return (self.english if language == "en" else self.french) or self.id


def _numbers(many: Mapping[str, int]) -> FrozenMap[int]:
    return FrozenMap(many)


def _affinities(many: Mapping[str, int] | Iterable[str]) -> FrozenMap[int]:
    """Freeze affinities by the normal forms of networks; names alone have the top one.

    Raises:
        InvalidError: when two of the names are those of one network.
    """
    if not isinstance(many, Mapping):
        return FrozenMap(dict.fromkeys(as_networks(many), TOP_AFFINITY))
    meant = [as_network(name) for name in many]
    refuse_any(
        Problem.of("named-twice", "networks", name=name, times=times)
        for name, times in Counter(meant).items()
        if times > 1
    )
    return FrozenMap(dict(zip(meant, many.values(), strict=True)))


def _nothing() -> FrozenMap[int]:
    return FrozenMap()


def _likings(many: Mapping[str, float]) -> FrozenMap[float]:
    return FrozenMap(many)


def _no_liking() -> FrozenMap[float]:
    return FrozenMap()


def millionths(affinity: float) -> int:
    """Return an affinity in millionths, which are whole."""
    return round(affinity * MILLION)


def of_millionths(number: int) -> float:
    """Return the affinity that some millionths come to: a whole number where it is one."""
    return number / MILLION if number % MILLION else number // MILLION


def _is_affinity(given: object) -> bool:
    """Return whether something is a number from 0 to the top, to six places."""
    if not isinstance(given, int | float) or isinstance(given, bool):
        return False
    return 0 <= given <= TOP_AFFINITY and of_millionths(millionths(given)) == given


@value
class Member:
    """Somebody in the team.

    `roles` are those assigned to them now. `networks` are those they specialise in, with an
    affinity from 0 to 1000 (a set of names means 1000 for each); `affinity` is how well each role
    suits them, on the same scale, with up to six decimals, 0 by default. `minutes` is the time a
    role takes them each day, if it differs from the role's own. They may hold at most `most_roles`,
    and should hold at least `least_roles`, counting roles that the needs name: their least load.
    `contract` is one of `CONTRACTS` or a synonym, such as `stagiaire`. In the other traits,
    `trade` to `region`, neither case nor needless blanks count. None means unknown.

    `skills` have no end. `expiring` has those that have one, each with its first instant without
    it, or None if that is unknown. They count only once `at` says that they hold.

    Raises:
        InvalidError: with every problem.
    """

    id: str
    name: str = field(default="", kw_only=True)
    roles: frozenset[str] = field(default=frozenset(), kw_only=True, converter=each_once)
    skills: frozenset[str] = field(default=frozenset(), kw_only=True, converter=each_once)
    expiring: FrozenMap[datetime | None] = field(factory=no_ends, kw_only=True, converter=ends_of)
    languages: frozenset[str] = field(default=frozenset(), kw_only=True, converter=as_languages)
    networks: FrozenMap[int] = field(factory=_nothing, kw_only=True, converter=_affinities)
    trade: str | None = field(default=None, kw_only=True, converter=trait_value)
    age: str | None = field(default=None, kw_only=True, converter=trait_value)
    level: str | None = field(default=None, kw_only=True, converter=trait_value)
    seniority: str | None = field(default=None, kw_only=True, converter=trait_value)
    employer: str | None = field(default=None, kw_only=True, converter=trait_value)
    region: str | None = field(default=None, kw_only=True, converter=trait_value)
    contract: str | None = field(default=None, kw_only=True, converter=contract_of)
    availability: Availability = field(factory=Availability, kw_only=True)
    affinity: FrozenMap[float] = field(factory=_no_liking, kw_only=True, converter=_likings)
    minutes: FrozenMap[int] = field(factory=_nothing, kw_only=True, converter=_numbers)
    most_roles: int | None = field(default=None, kw_only=True)
    least_roles: int = field(default=0, kw_only=True)

    def __attrs_post_init__(self) -> None:
        refuse_any(self._problems())

    def _problems(self) -> Iterator[Problem]:
        yield from id_problems(self.id, "id")
        for skill in sorted(self.skills & self.expiring.keys()):
            yield Problem.of("skill-with-and-without-end", "expiring", skill, skill=skill)
        for name, liking in self.networks.items():
            yield from count_problems(liking, "networks", name, most=TOP_AFFINITY)
        for role, affinity in self.affinity.items():
            if not _is_affinity(affinity):
                yield Problem.of(
                    "bad-affinity", "affinity", role, given=affinity, most=TOP_AFFINITY
                )
        for role, minutes in self.minutes.items():
            yield from count_problems(minutes, "minutes", role, most=DAY)
        found = list(count_problems(self.least_roles, "least_roles"))
        if self.most_roles is not None:
            found += count_problems(self.most_roles, "most_roles")
            if not found and self.most_roles < self.least_roles:
                most, least = self.most_roles, self.least_roles
                found.append(Problem.of("most-below-least", "most_roles", most=most, least=least))
        yield from found
        yield from contract_problems(self.contract, "contract")
        yield from each_language(self.languages, "languages")
        for trait in WORDED:
            known = self.trait(trait)
            if known is not None:
                yield from trait_problems(known, trait)

    @property
    def all_skills(self) -> tuple[str | tuple[str, datetime | None], ...]:
        """The skills in order: those without an end, then those with one, each with it."""
        return (*sorted(self.skills), *self.expiring.items())

    @checked_late
    def at(self, start: datetime, stop: datetime | None = None) -> "Member":
        """Return the same person with the skills that they have at an instant, or up to `stop`.

        The skills of `expiring` that hold then, throughout, are among the `skills`. The others,
        and those whose end is unknown, do not count.

        Raises:
            InvalidError: when an instant is naive.
        """
        first = require_aware(start, "start")
        last = first if stop is None else require_aware(stop, "stop")
        held = {
            skill
            for skill, end in self.expiring.items()
            if end is not None and first < end and last <= end
        }
        return self.learning(*held) if held else self

    @checked_late
    def lacks(self, role: Role) -> frozenset[str]:
        """Return the skills required by the role that they do not have; empty if they are fit."""
        return role.requires - self.skills

    @checked_late
    def unfit(self, role: Role) -> Unfit:
        """Return which skills of a role they do not have, and which of these end."""
        lacks = sorted(self.lacks(role))
        dated = {skill: self.expiring[skill] for skill in lacks if skill in self.expiring}
        return Unfit(self.id, role.id, tuple(lacks), dated)

    @checked_late
    def holds(self, role: Role) -> bool:
        """Return whether they have the role and its skills: only then do they count.

        Somebody who has a role without its skills fills no seat, approves nothing and supervises
        nobody in it.
        """
        return role.id in self.roles and not self.lacks(role)

    @checked_late
    def trait(self, of: Trait) -> str | None:
        """Return the value of one of their traits; None if it is unknown."""
        known: str | None = self.availability.zone if of is Trait.ZONE else getattr(self, of)
        return known

    @checked_late
    def look(self, of: Trait) -> str | None:
        """Return what one of their traits looks like, by which people differ; None if unknown."""
        known = self.trait(of)
        return None if known is None else look_of(known)

    @checked_late
    def learning(self, *skills: str) -> "Member":
        """Return the same person with more skills, which have no end."""
        left = {skill: end for skill, end in self.expiring.items() if skill not in skills}
        return attrs.evolve(self, skills=self.skills.union(skills), expiring=left)

    def with_roles(self, *roles: str) -> "Member":
        """Return the same person with these roles, and no others."""
        return attrs.evolve(self, roles=roles)

    def working(self, hours: Week | str) -> "Member":
        """Return the same person working these hours of the week, and no others."""
        week = Week.parse(hours) if isinstance(hours, str) else hours
        return attrs.evolve(self, availability=attrs.evolve(self.availability, week=week))

    @checked_late
    def takes(self, role: Role) -> int:
        """Return the minutes a day that the role takes them."""
        return self.minutes.get(role.id, role.minutes)


_T = TypeVar("_T", Member, Role)


def _made_of(kind: type[_T], key: str, many: Any) -> tuple[_T, ...]:  # noqa: ANN401 - as given
    """Return things of a kind in order of their ids.

    Raises:
        InvalidError: when one of them is of another kind.
    """
    given: list[Any] = (
        [many] if isinstance(many, str) or not isinstance(many, Iterable) else [*many]
    )
    refuse_any(
        Problem.of("list-in-list", key, index, kind=kind.__name__)
        if isinstance(one, list | tuple | set | frozenset)
        else Problem.of("not-made-of", key, index, given=one, kind=kind.__name__)
        for index, one in enumerate(given)
        if not isinstance(one, kind)
    )
    return tuple(sorted(given, key=lambda one: str(one.id)))


def _members(many: Iterable[Member]) -> tuple[Member, ...]:
    return _made_of(Member, "members", many)


def _roles(many: Iterable[Role]) -> tuple[Role, ...]:
    return _made_of(Role, "roles", many)


@value
class Team(Viewable):
    """People and roles, each in order of their ids.

    `zone` is the time zone of the team: in a file, members without a zone work in it. A `Member`
    made in Python has the zone of their own `Availability`. `calendar` says on which days nobody
    works who has no calendar of their own.

    Raises:
        InvalidError: with every problem: repeated ids, undefined roles, an unknown zone.
    """

    __thing__ = "team"

    id: str
    members: tuple[Member, ...] = field(default=(), converter=_members)
    roles: tuple[Role, ...] = field(default=(), converter=_roles)
    zone: str = field(default="UTC", kw_only=True)
    calendar: Calendar | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        refuse_any(self._problems())

    @cached_property
    def _members(self) -> dict[str, Member]:
        return {member.id: member for member in self.members}

    @cached_property
    def _roles(self) -> dict[str, Role]:
        return {role.id: role for role in self.roles}

    @cached_property
    def _looks(self) -> dict[str, str]:
        """Whom each look is of: the ids come first, then the names that people show."""
        named = [(one.id, text) for key in ("id", "name") for one in self.members
                 if (text := getattr(one, key))]  # fmt: skip
        return {look: id_ for id_, text in reversed(named) for look in looks(text)}

    @checked_late
    def resembled(self, text: str) -> str | None:
        """Return the id of a member that `text` looks like, by id or by name; None without one."""
        return next(
            (self._looks[look] for look in sorted(looks(text)) if look in self._looks), None
        )

    @checked_late
    def member(self, id: str) -> Member:  # noqa: A002
        """Return the member `id`; KeyError when there is none."""
        return held("member", id, self._members)

    @checked_late
    def role(self, id: str) -> Role:  # noqa: A002
        """Return the role `id`; KeyError when there is none."""
        return held("role", id, self._roles)

    @checked_late
    def at(self, start: datetime, stop: datetime | None = None) -> "Team":
        """Return the team with the skills that its people have at an instant, or up to `stop`.

        Everything that knows when it judges a team does this first: a skill that has run out by
        then, or whose end is unknown, is one that somebody does not have.

        Raises:
            InvalidError: when an instant is naive.

        Examples:
            >>> from datetime import UTC, datetime
            >>> from cmcore import Member, Role, Team
            >>> end = datetime(2027, 2, 1, tzinfo=UTC)
            >>> ana = Member("ana", roles={"medic"}, expiring={"first-aid": end})
            >>> team = Team("crew", [ana], [Role("medic", requires={"first-aid"})])
            >>> before = datetime(2027, 1, 31, tzinfo=UTC)
            >>> [len(team.at(moment).holders("medic")) for moment in (before, end)]
            [1, 0]
        """
        members = [member.at(start, stop) for member in self.members]
        return attrs.evolve(self, members=members) if self.is_dated else self

    @cached_property
    def is_dated(self) -> bool:
        """Whether somebody has a skill with an end, so that it matters when the team is judged."""
        return any(member.expiring for member in self.members)

    @checked_late
    def holders(self, role: str) -> tuple[Member, ...]:
        """Return those who hold the role `role` with the skills it requires; empty if undefined.

        Everything that counts people in a role uses this: coverage, circuits, duties, the checkup.
        """
        found = self._roles.get(role)
        return () if found is None else tuple(one for one in self.members if one.holds(found))

    @checked
    def with_member(self, *members: Member) -> "Team":
        """Return the team with `members` added; each replaces a member with the same id."""
        fresh = {member.id: member for member in members}
        kept = [member for member in self.members if member.id not in fresh]
        return attrs.evolve(self, members=[*kept, *fresh.values()])

    def without(self, *ids: str) -> "Team":
        """Return the team without the members named."""
        return attrs.evolve(self, members=[m for m in self.members if m.id not in ids])

    def _view(self, language: Language) -> View:
        """Return the view of the team for a terminal or a notebook."""
        return View(
            title=say_many("team", len(self.members), language,
                           team=cell(self.id, "team", language)),
            lines=tuple(
                Line(cell(one.id, "member", language), "",
                     cells(sorted(one.roles), "role", language))
                for one in self.members
            ),
        )  # fmt: skip

    @cached_property
    def names(self) -> Names:
        """What its people and roles are called."""
        return Names.of(
            member={one.id: one.name for one in self.members},
            role={one.id: (one.english, one.french) for one in self.roles},
        )

    def _problems(self) -> Iterator[Problem]:
        yield from id_problems(self.id, "team")
        yield from zone_problems(self.zone)
        yield from _repeated("members", [member.id for member in self.members])
        yield from _repeated("roles", [role.id for role in self.roles])
        known = {role.id for role in self.roles}
        for member in self.members:
            for key in ("roles", "affinity", "minutes"):
                for name in sorted({*getattr(member, key)} - known):
                    yield from unknown_role(name, known, "members", member.id, key)


@own_names.register
def _(team: Team) -> Names:
    return team.names


def held_now(team: Team, member: Member) -> frozenset[str]:
    """Return the roles that somebody holds."""
    return frozenset(id_ for id_ in member.roles if member.holds(team.role(id_)))


def _repeated(what: str, ids: Iterable[str]) -> Iterator[Problem]:
    """Yield the problem of ids that are the same, or that people cannot distinguish."""
    seen: dict[str, str] = {}
    for id_, times in Counter(ids).items():
        if times > 1:
            yield Problem.of("duplicate-id", what, id_, id=id_)
        twin = next((seen[look] for look in sorted(looks(id_)) if look in seen), None)
        if twin is not None:
            yield Problem.of("looks-alike", what, id_, id=id_, twin=twin)
        seen.update(dict.fromkeys(looks(id_), id_))


def unknown_role(name: str, known: Collection[str], *path: str | int) -> Iterator[Problem]:
    """Yield the problem of a role that is not defined."""
    if name not in known:
        yield Problem.of("unknown-role", *path, name=name, near=nearest(name, known), known=known)
