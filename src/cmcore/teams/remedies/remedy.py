"""Remedies: the trainings and hires that would fill the gaps, and their total cost."""

from collections.abc import Iterable, Iterator
from typing import Final

import attrs
from attrs import field

from cmcore.base.asked import checked_late
from cmcore.base.counts import count_problems
from cmcore.base.errors import InvalidError, Problem
from cmcore.base.frozen import each_once
from cmcore.base.ids import id_problems
from cmcore.base.values import value
from cmcore.display.names import Names, all_named, cell, names_by_sort, names_of, own_names
from cmcore.display.views import Line, View, Viewable
from cmcore.display.wording import Language, say
from cmcore.teams.affinity import TOP_AFFINITY
from cmcore.teams.assignment.assignment import Assignment, Shortfall, Status
from cmcore.teams.gap import about
from cmcore.teams.member import Member
from cmcore.teams.plan import PlanDiff, quoted
from cmcore.text.languages import as_languages
from cmcore.text.names import as_networks

#: What a training and a hire cost where nothing else is said: to be replaced by one's own costs.
TRAINING_COST: Final = 1
HIRE_COST: Final = 5


@value
class Training:
    """A member learns skills and languages, and becomes a specialist of networks.

    `cost` is a whole number from 1, in the same unit as all the costs.

    Raises:
        InvalidError: when nothing is learned, or the id or the cost is invalid.
    """

    member: str
    skills: frozenset[str] = field(default=frozenset(), converter=each_once)
    languages: frozenset[str] = field(default=frozenset(), converter=as_languages)
    networks: frozenset[str] = field(default=frozenset(), converter=as_networks)
    cost: int = TRAINING_COST

    def __attrs_post_init__(self) -> None:
        found = [*id_problems(self.member, "member"), *count_problems(self.cost, "cost", least=1)]
        if not self.learned:
            found.append(Problem.of("nothing-learned", "skills"))
        if found:
            raise InvalidError(found)

    @property
    def learned(self) -> tuple[str, ...]:
        """The skills, then the languages, then the networks, each in order."""
        return (*sorted(self.skills), *sorted(self.languages), *sorted(self.networks))

    @checked_late
    def taught(self, member: Member) -> Member:
        """Return the trained member; an existing affinity above 0 for a network is kept."""
        fresh = {name for name in self.networks if not member.networks.get(name)}
        return attrs.evolve(
            member.learning(*self.skills),
            languages=member.languages | self.languages,
            networks={**member.networks, **dict.fromkeys(fresh, TOP_AFFINITY)},
        )

    def text(self, language: Language = "en") -> str:
        """Return it in a few words."""
        learned = quoted(self.learned, language)
        return say("train", language, member=self.member, learned=learned, cost=self.cost)


@value
class Hire:
    """Somebody joins the team.

    `cost` is a whole number from 1, in the same unit as all the costs.

    Raises:
        InvalidError: when the cost is invalid.
    """

    member: Member
    cost: int = HIRE_COST

    def __attrs_post_init__(self) -> None:
        found = list(count_problems(self.cost, "cost", least=1))
        if found:
            raise InvalidError(found)

    def text(self, language: Language = "en") -> str:
        """Return it in a few words."""
        return say("hire", language, member=self.member.id, cost=self.cost)


Option = Training | Hire


def rank(option: Option) -> tuple[object, ...]:
    """Return what options are sorted by: the id of whom they are about, then the rest."""
    if isinstance(option, Hire):
        return option.member.id, 1, (), (), (), option.cost
    learned = (tuple(sorted(n)) for n in (option.skills, option.languages, option.networks))
    return option.member, 0, *learned, option.cost


def _options(many: Iterable[Option]) -> tuple[Option, ...]:
    return tuple(sorted(many, key=rank))


@value
class Remedy(Viewable):
    """The cheapest known trainings and hires after which nothing is missing.

    They fill everything that `assign` counts as a shortage (seats, mixes among the holders of
    roles, and holders on duty during the watches for a role), and the specialists and speakers.

    `optimal` means that no other choice costs less than `cost`, or takes fewer options at this
    cost, or comes first in order with as many. `gap` means that the search ended first, with the
    best known choice that fills every gap, if any. `infeasible` means that all the options together
    do not, or that the rules still contradict each other. `bound` is the proven minimum cost of any
    choice that fills every gap; if it equals the cost, only the choice among equals is open. If
    nothing fills every gap, it means nothing.

    `after` is the best assignment once the options are taken, changing as little as possible from
    `before`. If no choice is known to fill every gap, `options` is empty, `after` uses all options,
    and `lacks` is what is missing even then. `tried` counts the problems that were solved.
    """

    options: tuple[Option, ...] = field(converter=_options)
    status: Status
    before: Assignment = field(repr=False)
    after: Assignment
    bound: int = field(default=0, kw_only=True)
    lacks: tuple[Shortfall, ...] = field(default=(), kw_only=True)
    tried: int = field(default=0, kw_only=True)

    @property
    def cost(self) -> int:
        """The total cost of the options."""
        return sum(option.cost for option in self.options)

    @property
    def is_closed(self) -> bool:
        """Whether nothing is missing any more."""
        return bool(self.after.levels) and not self.lacks

    @property
    def diff(self) -> PlanDiff:
        """Who would be moved."""
        return self.after.diff

    def _view(self, language: Language) -> View:
        """Return the view of the remedy for a terminal or a notebook."""
        asked = self.before.question
        lines = self._closed(language) if self.is_closed else self._open(language)
        return View(
            title=say("coverage", language, team=cell(asked.team.id, "team", language),
                      needs=cell(asked.needs.id, "needs", language), said=self._told(language)),
            tone=_TONES[self.status] if self.is_closed else "forbidden",
            lines=tuple(lines),
        )  # fmt: skip

    def _told(self, language: Language) -> str:
        if not self.is_closed:
            code = "no remedy" if self.status is Status.INFEASIBLE else "remedy unknown"
            return say(code, language)
        if not self.options:
            return say("nothing to remedy", language)
        most = len(self.options) - _SHOWN
        told = [option.text(language) for option in self.options[:_SHOWN]]
        told += [say("and more", language, count=most)] if most > 0 else []
        return say("remedied", language, options=say("joint", language).join(told))

    def _closed(self, language: Language) -> Iterator[Line]:
        code = "proven" if self.bound == self.cost else "bounded"
        told = f"{self.cost}, {say(code, language, bound=self.bound)}"
        yield Line(say("cost", language), "", told)
        for option in self.options[_SHOWN:]:
            yield Line("…", "", option.text(language))
        taken: dict[str, list[str]] = {}
        for move in self.diff.moves:
            for role in move.takes:
                taken.setdefault(role, []).append(move.member)
        for role in sorted(taken):
            yield Line(cell(role, "role", language), "",
                       f"→ {all_named(taken[role], 'member', language)}")  # fmt: skip
        for move in self.diff.moves:
            if move.leaves:
                yield Line(cell(move.member, "member", language), "",
                           attrs.evolve(move, takes=()).text(language))  # fmt: skip

    def _open(self, language: Language) -> Iterator[Line]:
        """Yield what is missing and why: what the plan shows, and what no plan changes."""
        yield from self.after.view(language).lines
        for lack in self.lacks:
            if lack not in self.after.lacks:
                yield Line(say(f"dimension {lack.kind.dimension}", language),
                           about(lack.what, language), lack.text(language))  # fmt: skip


@own_names.register
def _(found: Remedy) -> Names:
    hired = (option.member for option in found.options if isinstance(option, Hire))
    newcomers = names_by_sort(member={one.id: one.name for one in hired})
    return names_of((found.before, found.after)) | newcomers


_TONES: Final = {
    Status.OPTIMAL: "covered",
    Status.GAP: "exception",
}

#: How many options the headline names; lines have the rest.
_SHOWN: Final = 6
