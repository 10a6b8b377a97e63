"""Members: what each person in the team can do, when, and which roles they hold."""

from collections.abc import Iterator, Mapping
from datetime import datetime

import attrs
from attrs import field

from cmcore.base.asked import checked_late
from cmcore.base.counts import count_problems
from cmcore.base.errors import Problem, refuse_any
from cmcore.base.frozen import FrozenMap, each_once
from cmcore.base.ids import id_problems
from cmcore.base.values import value
from cmcore.teams.affinity import TOP_AFFINITY, affinities, is_affinity
from cmcore.teams.availability import DAY, Availability
from cmcore.teams.contracts import contract_of, contract_problems
from cmcore.teams.gap import Unfit, ends_of, no_ends
from cmcore.teams.role import Role
from cmcore.teams.traits import WORDED, Trait, look_of, trait_problems, trait_value
from cmcore.text.languages import as_languages, each_language
from cmcore.time.week import Week, require_aware


def _numbers(many: Mapping[str, int]) -> FrozenMap[int]:
    return FrozenMap(many)


def _nothing() -> FrozenMap[int]:
    return FrozenMap()


def _likings(many: Mapping[str, float]) -> FrozenMap[float]:
    return FrozenMap(many)


def _no_liking() -> FrozenMap[float]:
    return FrozenMap()


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
    networks: FrozenMap[int] = field(factory=_nothing, kw_only=True, converter=affinities)
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
            if not is_affinity(affinity):
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
