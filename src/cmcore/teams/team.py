"""Teams: people and roles."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar

import attrs
from attrs import field

from cmcore.base.alike import looks
from cmcore.base.asked import checked, checked_late
from cmcore.base.errors import Problem, refuse_any
from cmcore.base.ids import held, id_problems, nearest
from cmcore.base.values import value
from cmcore.display.names import Names, cell, cells, names_by_sort, own_names
from cmcore.display.views import Line, View, Viewable
from cmcore.display.wording import Language, say_many
from cmcore.teams.member import Member
from cmcore.teams.role import Role
from cmcore.time.calendar import Calendar
from cmcore.time.week import zone_problems

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
        return names_by_sort(
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
