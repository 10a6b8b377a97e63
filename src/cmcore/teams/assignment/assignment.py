"""Assignments: who should hold which role, how good that is known to be, and why not better."""

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from enum import StrEnum
from functools import cached_property
from typing import Final, Literal

from attrs import field

from cmcore.base.asked import checked_late
from cmcore.base.errors import Path
from cmcore.base.frozen import FrozenMap
from cmcore.base.ids import one_of
from cmcore.base.values import value
from cmcore.display.names import Names, all_named, cell, cells, names_of, own_names
from cmcore.display.views import Line, Table, View, Viewable
from cmcore.display.wording import Language, say, show_work, week_text
from cmcore.teams.assignment.explanation import Block, Explanation, Reason
from cmcore.teams.gap import Amount, GapKind, about
from cmcore.teams.needs import Needs
from cmcore.teams.plan import Plan, PlanDiff
from cmcore.teams.team import Team
from cmcore.time.durations import minutes
from cmcore.time.intervals import Span
from cmcore.time.week import Week, local


class Status(StrEnum):
    """How good an assignment is known to be."""

    OPTIMAL = "optimal"
    GAP = "gap"
    INFEASIBLE = "infeasible"


class Goal(StrEnum):
    """What is optimised, the most important first: each only as far as those before it allow.

    `shortage` counts the people missing from seats, by weight, and the values missing from mixes;
    `hours` the person-minutes missing during the watches of the needs; `loads` the roles that
    people are missing from their least load; `changes` the pairs added to or removed from the
    previous plan; `affinity` how well roles suit their holders, the only goal where more is better;
    `balance` the sum of the squares of each person's number of roles.
    """

    SHORTAGE = "shortage"
    HOURS = "hours"
    LOADS = "loads"
    CHANGES = "changes"
    AFFINITY = "affinity"
    BALANCE = "balance"

    @property
    def unit(self) -> str:
        """What its values count."""
        return _UNITS[self]

    @checked_late
    def shown(self, amount: float, language: Language = "en") -> str:
        """Return a value as text, with its unit if a bare number would mislead."""
        if self is Goal.HOURS:
            return show_work(minutes(amount), language)
        return f"{amount:.6f}".rstrip("0").rstrip(".")


_MISSING: Final = frozenset({Goal.SHORTAGE, Goal.HOURS, Goal.LOADS})
_UNITS: Final = {
    Goal.SHORTAGE: "seats",
    Goal.HOURS: "minutes",
    Goal.LOADS: "roles",
    Goal.CHANGES: "pairs",
    Goal.AFFINITY: "affinity",
    Goal.BALANCE: "squares",
}


@value
class GoalLevel:
    """The value of one goal, and its proven bound: equal when the value is optimal.

    Both are in the unit of the goal: whole numbers, except for affinities with decimals.

    A bound holds for the plans that have the same values on the goals before it.
    """

    goal: Goal
    value: float
    bound: float

    @property
    def is_proven(self) -> bool:
        """Whether no better value exists."""
        return self.value == self.bound


@value
class Shortfall:
    """One need that the plan does not meet: how much is asked for, and how much is missing.

    `what` is what it is about, as in a gap. The unit is people or values of a trait; for a least
    load it is roles; for hours it is the time of each person, added up over the window, and `week`
    has all the hours when somebody is missing, on the clock of `zone`.
    """

    kind: GapKind
    path: Path
    what: FrozenMap[str] = field(converter=FrozenMap[str])
    asked: Amount
    size: Amount
    week: Week | None = None
    zone: str | None = None

    def text(self, language: Language = "en") -> str:
        """Return it as a sentence."""
        code = "lack hours" if self.week else "lack"
        size, asked = show_work(self.size, language), show_work(self.asked, language)
        week = week_text(self.week, language)
        return say(code, language, size=size, asked=asked, week=week, zone=self.zone)


class Breach(StrEnum):
    """A rule that no plan may break."""

    UNFIT = "unfit"
    BAN = "ban"
    PIN = "pin"
    ROLES = "roles"
    MINUTES = "minutes"
    SEPARATION = "separation"
    SEATS = "seats"
    SUPERVISION = "supervision"
    CAP = "cap"


@value
class Conflict:
    """A broken rule, or pins that no plan can honour: by whom, in which roles, by how much."""

    breach: Breach
    people: tuple[str, ...]
    roles: tuple[str, ...]
    excess: int = 1

    def text(self, language: Language = "en") -> str:
        """Return it as a sentence."""
        people = all_named(self.people, "member", language)
        roles = all_named(self.roles, "role", language)
        return say(
            f"breach {self.breach}",
            language,
            people=people,
            roles=roles,
            excess=self.excess,
            time=show_work(timedelta(minutes=self.excess), language),
        )


@value
class Verification:
    """What a plan is worth, computed without the solver: broken rules, values, and unmet needs.

    `values` are by goal, in order of importance.
    """

    conflicts: tuple[Conflict, ...]
    values: tuple[float, ...]
    lacks: tuple[Shortfall, ...]

    @property
    def is_sound(self) -> bool:
        """Whether no rule is broken."""
        return not self.conflicts


@value
class Question:
    """The question behind an assignment: which team, needs, previous plan, pins and bans.

    `previous` is the plan that should change as little as possible; `pins` are pairs that must be
    held and `bans` pairs that must not.
    """

    team: Team
    needs: Needs
    previous: Plan = field(factory=Plan)
    pins: Plan = field(factory=Plan)
    bans: Plan = field(factory=Plan)
    window: Span | None = None

    @cached_property
    def judged(self) -> Team:
        """The team with the skills that its people have throughout the window."""
        return self.team.at(self.window.start, self.window.stop) if self.window else self.team


def _levels(many: Iterable[GoalLevel]) -> tuple[GoalLevel, ...]:
    return tuple(many)


@value
class Assignment(Viewable):
    """Who should hold which role, and how good that is known to be.

    `optimal` means that the value of every goal is proven the best; `gap`, that the search ended
    first: the distance from each value to its bound is open, and there are no levels if no plan was
    found at all; `infeasible`, that the rules contradict each other, as `conflicts` says. `solver`
    is the engine that solved it, our own search or HiGHS.

    `why` says why something is missing. It is computed when first read, by the same engine, and not
    at all if the shortage is not proven.
    """

    question: Question = field(repr=False)
    plan: Plan
    status: Status
    levels: tuple[GoalLevel, ...] = field(default=(), converter=_levels, kw_only=True)
    lacks: tuple[Shortfall, ...] = field(default=(), kw_only=True)
    conflicts: tuple[Conflict, ...] = field(default=(), kw_only=True)
    nodes: int = field(default=0, kw_only=True)
    solver: Literal["own", "highs"] = field(default="own", kw_only=True)
    explain: "Callable[[Assignment], Explanation] | None" = field(
        default=None, kw_only=True, eq=False, repr=False
    )

    @cached_property
    def why(self) -> Explanation:
        """Why something is missing, computed now if it was not read before."""
        return Explanation() if self.explain is None else self.explain(self)

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The sets of roles that too few people can hold, from `why`."""
        return self.why.blocks

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """The causes that together explain the shortage, from `why`."""
        return self.why.reasons

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The pairs of a member and a role."""
        return self.plan.pairs

    @property
    def missing(self) -> tuple[GoalLevel, ...]:
        """The levels that count missing things: the shortage, hours and loads."""
        return tuple(level for level in self.levels if level.goal in _MISSING)

    @property
    def diff(self) -> PlanDiff:
        """The changes from the previous plan."""
        return self.plan.diff(self.question.previous).with_names(self)

    @property
    def team(self) -> Team:
        """The team with the roles assigned by this plan."""
        return self.plan.applied(self.question.team)

    @checked_late
    def value(self, goal: Goal | str) -> float:
        """Return the value of a goal; KeyError where no plan was found."""
        asked = one_of(Goal, goal, "goal")
        found = {level.goal: level.value for level in self.levels}
        if asked not in found:
            message = f"no plan was found: `{asked}` has no value"
            raise KeyError(message)
        return found[asked]

    def _view(self, language: Language) -> View:
        """Return the view of the assignment for a terminal or a notebook."""
        asked = self.question
        told = self.verdict(language)
        return View(
            title=say(
                "coverage",
                language,
                team=cell(asked.team.id, "team", language),
                needs=cell(asked.needs.id, "needs", language),
                said=told,
            ),
            tone=_TONES[self._state],
            lines=tuple(_lines(self, language)),
            tables=tuple(_tables(self, language)),
            foot=_foot(asked, language),
        )

    def verdict(self, language: Language = "en") -> str:
        """Return in a sentence how good it is."""
        return say(f"assigned {self._state}", language)

    @property
    def _state(self) -> str:
        """The word for the whole: what is short, then what is not proven."""
        if self.status is Status.INFEASIBLE:
            return "infeasible"
        if not self.levels:
            return "unknown"
        if self.lacks:
            return "short" if all(one.is_proven for one in self.missing) else "short gap"
        return "full" if self.status is Status.OPTIMAL else "full gap"


@own_names.register
def _(found: Assignment) -> Names:
    return names_of(found.question.team)


_TONES: Final = {
    "infeasible": "forbidden",
    "unknown": "exception",
    "short": "forbidden",
    "short gap": "forbidden",
    "full": "covered",
    "full gap": "covered",
}


def _lines(found: Assignment, language: Language) -> Iterator[Line]:
    for conflict in found.conflicts:
        yield Line(say("conflict", language), "", conflict.text(language))
    for lack in found.lacks:
        yield Line(say(f"dimension {lack.kind.dimension}", language),
                   about(lack.what, language), lack.text(language))  # fmt: skip
    yield from found.why.lines(language, is_possible=found.status is not Status.INFEASIBLE)


def _tables(found: Assignment, language: Language) -> Iterator[Table]:
    if not found.levels:
        return
    yield _holders(found, language)
    yield Table(
        tuple(say(code, language) for code in ("goal", "value", "proof")),
        tuple(
            (
                say(f"goal {one.goal}", language),
                one.goal.shown(one.value, language),
                _proof(one, language),
            )
            for one in found.levels
            if _is_asked(one.goal, found.question)
        ),
        say("how good", language),
    )


def _is_asked(goal: Goal, asked: Question) -> bool:
    """Return whether a goal is shown: what nobody asks for is never missing."""
    if goal is Goal.HOURS:
        return any(watch.role for watch in asked.needs.hours)
    return goal is not Goal.LOADS or any(one.least_roles for one in asked.team.members)


def _holders(found: Assignment, language: Language) -> Table:
    """List who holds what, and who is moved where there was a plan before."""
    has_moves = bool(found.question.previous.pairs and found.diff)
    moves = {move.member: move.text(language) for move in found.diff.moves if has_moves}
    people = sorted({*moves, *(member.id for member in found.question.team.members)})
    rows = [
        (cell(who, "member", language), cells(found.plan.roles_of(who), "role", language),
         moves.get(who, ""))
        for who in people
    ]  # fmt: skip
    columns = 3 if has_moves else 2
    heads = tuple(say(code, language) for code in ("member", "roles", "moves"))
    return Table(heads[:columns], tuple(row[:columns] for row in rows), say("holders", language))


def _foot(asked: Question, language: Language) -> str:
    if asked.window is None:
        return ""
    zone, ends = asked.needs.zone, (asked.window.start, asked.window.stop)
    start, stop = (local(at, zone) for at in ends)
    return say("window", language, start=start, stop=stop, zone=zone)


def _proof(level: GoalLevel, language: Language) -> str:
    code = "proven" if level.is_proven else "bounded"
    return say(code, language, bound=level.goal.shown(level.bound, language))
