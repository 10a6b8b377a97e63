"""Plans: who holds which roles, and who is moved from one plan to another."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

import attrs
from attrs import field

from cmcore.base.asked import checked_late
from cmcore.base.errors import Problem, refuse, refuse_any
from cmcore.base.ids import id_problems, nearest
from cmcore.base.values import value
from cmcore.display.names import all_named, cell, cells
from cmcore.display.views import Line, View, Viewable
from cmcore.display.wording import Language, say, say_many
from cmcore.teams.team import Team, unknown_role

#: A member and a role, by their ids.
Pair = tuple[str, str]


def _pairs(many: Iterable[Pair]) -> tuple[Pair, ...]:
    if isinstance(many, str | Mapping):
        raise refuse("wrong-value", given=many, wanted="pairs")
    pairs = list(many)
    refuse_any(p for index, one in enumerate(pairs) for p in _pair_problems(one, index))
    return tuple(sorted({(who, role) for who, role in pairs}))


def _pair_problems(one: object, index: int) -> Iterator[Problem]:
    if isinstance(one, tuple | list) and len(one) == 2:  # noqa: PLR2004 - a pair is two
        for id_ in one:
            yield from id_problems(id_, index)
    else:
        yield Problem.of("wrong-value", index, given=one, wanted="pair")


@value
class Plan(Viewable):
    """Who holds which roles: unique pairs of a member's id and a role's, in order.

    Raises:
        InvalidError: when a pair is not two ids.
    """

    pairs: tuple[Pair, ...] = field(default=(), converter=_pairs)

    @cached_property
    def _held(self) -> dict[str, tuple[str, ...]]:
        held: dict[str, list[str]] = {}
        for who, role in self.pairs:
            held.setdefault(who, []).append(role)
        return {who: tuple(roles) for who, roles in held.items()}

    @classmethod
    @checked_late
    def current(cls, team: Team) -> "Plan":
        """Return the plan of the roles assigned now."""
        return cls((member.id, role) for member in team.members for role in member.roles)

    @checked_late
    def roles_of(self, member: str) -> tuple[str, ...]:
        """Return the roles that somebody holds, in order."""
        return self._held.get(member, ())

    def holders(self, role: str) -> tuple[str, ...]:
        """Return the ids of those who hold a role, in order."""
        return tuple(who for who, held in self.pairs if held == role)

    @checked_late
    def applied(self, team: Team) -> Team:
        """Return the team with the roles of this plan, and no others.

        Raises:
            InvalidError: when the plan names a member or a role that is not in the team.
        """
        refuse_any(unknown_pairs(self.pairs, team, "plan"))
        members = [one.with_roles(*self.roles_of(one.id)) for one in team.members]
        return attrs.evolve(team, members=members)

    @checked_late
    def diff(self, before: "Plan") -> "PlanDiff":
        """Return the changes from another plan to this one."""
        people = sorted({who for who, _ in {*self.pairs} ^ {*before.pairs}})
        return PlanDiff(tuple(_move(who, before, self) for who in people))

    def _view(self, language: Language) -> View:
        """Return the view of the plan for a terminal or a notebook."""
        people = list(dict.fromkeys(who for who, _ in self.pairs))
        return View(
            title=say_many("plan", len(people), language),
            lines=tuple(
                Line(cell(who, "member", language), "", cells(self.roles_of(who), "role", language))
                for who in people
            ),
        )


@value
class RoleChange:
    """What one person takes and gives up."""

    member: str
    takes: tuple[str, ...] = ()
    leaves: tuple[str, ...] = ()

    def text(self, language: Language = "en") -> str:
        """Return it in a few words."""
        parts = [
            say(code, language, roles=all_named(roles, "role", language))
            for code, roles in (("takes", self.takes), ("leaves", self.leaves))
            if roles
        ]
        return ", ".join(parts)


@value
class PlanDiff(Viewable):
    """The people whose roles change from one plan to another, in order of their ids."""

    moves: tuple[RoleChange, ...] = ()

    def __len__(self) -> int:
        """Return how many people are moved."""
        return len(self.moves)

    @property
    def changes(self) -> int:
        """How many pairs are added or removed."""
        return sum(len(move.takes) + len(move.leaves) for move in self.moves)

    def _view(self, language: Language) -> View:
        """Return the view of the difference for a terminal or a notebook."""
        code = "moved" if self.moves else "nobody moved"
        return View(
            title=say(code, language, count=len(self.moves), changes=self.changes),
            lines=tuple(
                Line(cell(move.member, "member", language), "", move.text(language))
                for move in self.moves
            ),
        )


def _move(who: str, before: Plan, after: Plan) -> RoleChange:
    old, new = set(before.roles_of(who)), set(after.roles_of(who))
    return RoleChange(who, tuple(sorted(new - old)), tuple(sorted(old - new)))


def quoted(ids: Iterable[str], language: Language = "en") -> str:
    """Write ids in backticks, as a list that ends in `and`."""
    return listed([f"`{id_}`" for id_ in ids], language)


def listed(words: Iterable[str], language: Language = "en") -> str:
    """Write a list that ends in `and`."""
    *most, last = [*words] or ["–"]
    return say("and", language).join([*([", ".join(most)] if most else []), last])


def unknown_pairs(pairs: Iterable[Pair], team: Team, *path: str | int) -> Iterator[Problem]:
    """Yield the problems of pairs that name a member or a role that the team has not."""
    people = {member.id for member in team.members}
    roles = {role.id for role in team.roles}
    for index, (who, role) in enumerate(pairs):
        if who not in people:
            yield Problem.of("unknown-member", *path, index, name=who, near=nearest(who, people))
        yield from unknown_role(role, roles, *path, index)
