"""Choices: what another holder costs, what all the best plans share, what a change would do."""

from collections.abc import Iterator

from attrs import field

from cmcore.base.values import value
from cmcore.display.names import Names, cell, cells, names_of, own_names
from cmcore.display.views import Line, Table, View, Viewable
from cmcore.display.wording import Language, say, show
from cmcore.teams.assignment.assignment import Assignment, Conflict, Goal, Status
from cmcore.teams.assignment.explanation import Explanation
from cmcore.teams.gap import about
from cmcore.teams.plan import Pair, PlanDiff, listed, quoted


@value
class Cost:
    """By how much one goal would be worse, or better where the amount is below 0."""

    goal: Goal
    amount: float

    def text(self, language: Language = "en") -> str:
        """Return it in a few words."""
        code = f"cost {self.goal}" if self.amount > 0 else f"gain {self.goal}"
        return say(code, language, amount=self.goal.shown(abs(self.amount), language))


@value
class WhyNot(Viewable):
    """Why somebody does not hold a role: what it would cost, and who would change roles.

    `costs` are the goals that would change, the most important first: the first decided, and later
    ones may be gains. Without costs, the choice is just as good, and only the order of the ids
    decided. `status` says whether that is proven; if it is `infeasible`, `conflicts` says what
    would be broken, `lacks` which skills are missing, and `why` what is incompatible.
    """

    member: str
    role: str
    status: Status
    costs: tuple[Cost, ...] = field(default=(), kw_only=True)
    moves: PlanDiff = field(factory=PlanDiff, kw_only=True)
    conflicts: tuple[Conflict, ...] = field(default=(), kw_only=True)
    why: Explanation = field(factory=Explanation, kw_only=True)
    lacks: tuple[str, ...] = field(default=(), kw_only=True)
    is_held: bool = field(default=False, kw_only=True)

    @property
    def is_tie(self) -> bool:
        """Whether it would be just as good, so that only the order of the ids decided."""
        return self.status is Status.OPTIMAL and not self.costs and not self.is_held

    def _view(self, language: Language) -> View:
        """Return the view of it for a terminal or a notebook."""
        return View(
            title=say(
                "why not",
                language,
                member=cell(self.member, "member", language),
                role=cell(self.role, "role", language),
                told=self._told(language),
            ),
            tone=self._tone,
            lines=tuple(self._lines(language)),
        )

    @property
    def _tone(self) -> str:
        if self.is_held:
            return "covered"
        return "forbidden" if self.status is Status.INFEASIBLE else "exception"

    def _told(self, language: Language) -> str:
        if self.is_held:
            return say("is held", language)
        if self.status is Status.INFEASIBLE:
            return say("is impossible", language)
        if self.is_tie:
            return say("is a tie", language)
        told = ", ".join(cost.text(language) for cost in self.costs)
        if self.status is Status.OPTIMAL:
            return told
        return say("as far as known", language, told=told or say("no cost", language))

    def _lines(self, language: Language) -> Iterator[Line]:
        if self.lacks:
            told = say("lacks skills", language, skills=quoted(self.lacks, language))
            yield Line(say("skills", language), "", told)
        for conflict in self.conflicts:
            if not self.lacks or conflict.breach != "unfit":
                yield Line(say("conflict", language), "", conflict.text(language))
        yield from self.why.lines(language, is_possible=False)
        for move in self.moves.moves:
            yield Line(cell(move.member, "member", language), "", move.text(language))


@value
class Alternatives(Viewable):
    """What all the best plans share, for every pair of a member and a role they are fit for.

    `necessary` pairs are in all of them, `possible` ones in some, `impossible` ones in none; for
    `unknown` ones, the search ended first.
    """

    necessary: tuple[Pair, ...]
    possible: tuple[Pair, ...] = ()
    impossible: tuple[Pair, ...] = ()
    unknown: tuple[Pair, ...] = ()

    @property
    def is_unique(self) -> bool:
        """Whether there is only one best plan."""
        return not self.possible and not self.unknown

    def _view(self, language: Language) -> View:
        """Return the view of them for a terminal or a notebook."""
        columns = {"in all": self.necessary, "in some": self.possible, "in none": self.impossible}
        if self.unknown:
            columns["not known"] = self.unknown
        people = sorted({who for pairs in columns.values() for who, _ in pairs})
        rows = [
            (cell(who, "member", language),
             *(_roles(who, pairs, language) for pairs in columns.values()))
            for who in people
        ]  # fmt: skip
        heads = tuple(say(code, language) for code in ("member", *columns))
        table = Table(heads, tuple(rows), say("among best", language))
        return View(title=say(self._code, language), tables=(table,) if people else ())

    @property
    def _code(self) -> str:
        if self.is_unique:
            return "one best"
        return "several best" if self.possible else "maybe several"


def _roles(who: str, pairs: tuple[Pair, ...], language: Language) -> str:
    return cells((role for one, role in pairs if one == who), "role", language)


@value
class WhatIf(Viewable):
    """The best plan after the team has changed, with as few changes of roles as possible."""

    before: Assignment
    after: Assignment

    @property
    def diff(self) -> PlanDiff:
        """The changes of roles."""
        return self.after.diff

    @property
    def left(self) -> tuple[str, ...]:
        """The ids of those who left, in order."""
        return self._only(self.before, self.after)

    @property
    def joined(self) -> tuple[str, ...]:
        """The ids of those who joined, in order."""
        return self._only(self.after, self.before)

    @property
    def learned(self) -> dict[str, tuple[str, ...]]:
        """The new skills people learned, by their ids, in order."""
        before = {member.id: member for member in self.before.question.team.members}
        found = {
            member.id: tuple(sorted(member.skills - before[member.id].skills))
            for member in self.after.question.team.members
            if member.id in before
        }
        return {who: skills for who, skills in found.items() if skills}

    @staticmethod
    def _only(one: Assignment, other: Assignment) -> tuple[str, ...]:
        others = {member.id for member in other.question.team.members}
        return tuple(m.id for m in one.question.team.members if m.id not in others)

    @property
    def opened(self) -> int | None:
        """How much more is missing, below 0 if less is; None if no plan was found."""
        if not (self.before.levels and self.after.levels):
            return None
        return int(self.after.value(Goal.SHORTAGE) - self.before.value(Goal.SHORTAGE))

    def _view(self, language: Language) -> View:
        """Return the view of it for a terminal or a notebook."""
        return View(
            title=say("what if", language, changed=self._changed(language),
                      told=self._told(language)),
            tone=self._tone,
            lines=tuple(self._lines(language)),
        )  # fmt: skip

    @property
    def _tone(self) -> str:
        if not self.after.levels or (self.opened or 0) > 0:
            return "forbidden"
        return "exception" if self.after.lacks else "covered"

    def _changed(self, language: Language) -> str:
        """Say who left, joined and learned."""
        told = [
            say(code, language, people=_everybody(people, language))
            for code, people in (("without", self.left), ("joined", self.joined))
            if people
        ]
        told += [
            say(
                "learned",
                language,
                member=cell(who, "member", language),
                skills=listed(skills, language),
            )
            for who, skills in self.learned.items()
        ]
        return ", ".join(told) or say("nothing changed", language)

    def _told(self, language: Language) -> str:
        opened = self.opened
        if opened is None or not self.after.value(Goal.SHORTAGE):
            return self.after.verdict(language)
        if not opened:
            told = say("same shortage", language)
        else:
            sizes = [one.value(Goal.SHORTAGE) for one in (self.before, self.after)]
            told = say("other shortage", language, before=sizes[0], after=sizes[1])
        is_proven = self.after.levels[0].is_proven
        return told if is_proven else f"{told} ({say('not proven', language)})"

    def _lines(self, language: Language) -> Iterator[Line]:
        for conflict in self.after.conflicts:
            yield Line(say("conflict", language), "", conflict.text(language))
        yield from self._lacks(language)
        for move in self.diff.moves if self.after.levels else ():
            yield Line(say("move", language), cell(move.member, "member", language),
                       move.text(language))  # fmt: skip

    def _lacks(self, language: Language) -> Iterator[Line]:
        """Yield what is newly missing, or no longer missing; everything if there was no plan."""
        if not self.after.levels:
            return
        old, new = ({one.path: one for one in found.lacks} for found in (self.before, self.after))
        for path, _ in self.after.question.needs.placed():
            was, now = old.get(path), new.get(path)
            lack = now or was
            if lack is None or was == now:
                continue
            if now and (now.week or self.opened is None):
                told = now.text(language)
            else:
                sizes = [one.size if one else 0 for one in (was, now)]
                before, after = (show(size, language) for size in sizes)
                told = say("was lacking", language, before=before, after=after)
            yield Line(
                say(f"dimension {lack.kind.dimension}", language),
                about(lack.what, language),
                told,
            )


def _everybody(people: tuple[str, ...], language: Language) -> str:
    return listed((cell(one, "member", language) for one in people), language)


@own_names.register
def _(found: WhatIf) -> Names:
    return names_of((found.before, found.after))
