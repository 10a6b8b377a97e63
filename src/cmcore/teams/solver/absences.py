"""Absences: what is missing without some people, the roles assigned again among the others.

Few absences are a problem to be solved. Whoever others stand in for already, or held nothing, is
taken out of the plan as it is. Else others take over what they held, by moves; when no more is
missing than without fewer of them, or in a flow, that plan is as good as any. Those who are alike
in all that counts are asked about once. The rest is solved, as far as that goes.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from attrs import evolve

from cmcore.base.values import internal
from cmcore.teams.solver._draft import rank
from cmcore.teams.solver._mend import Mending
from cmcore.teams.solver._propagation import tightened
from cmcore.teams.solver.model import (
    HOURS,
    Model,
    bits,
    compile_problem,
    mask_of,
    masks_of,
    pairs_of,
)
from cmcore.teams.solver.problem import Problem
from cmcore.teams.solver.solution import Solution
from cmcore.teams.solver.solve import Engine

WORK: Final = 1_000_000
"""How much is looked at to solve absences: pairs and rules, as often as one is solved.

The rest is told as it stands, not proven.
"""
HARD: Final = 10
"""What a flow does not settle takes the square of its size, parted by this."""
STARTS: Final = 40
"""The deals without others that moves start from, at most, to mend one."""
MENDED: Final = 1_000_000
"""How much is looked at to mend such deals, in all, as `WORK` is."""
WHOLE: Final = 10
"""The whole team is solved with so many times the budget of an absence."""


@internal(eq=False)
class Standing:
    """Who holds what without some people, the counts of all rows, and the least missing."""

    held: tuple[int, ...]
    counts: tuple[int, ...]
    lacks: tuple[int, int]
    is_proven: bool


class Absences:
    """The best plans without any people, as they are asked for; groups by the masks of people."""

    def __init__(self, problem: Problem, engine: Engine, depth: int, work: int = WORK) -> None:
        self.problem, self.engine, self.depth = problem, engine, depth
        self.model: Model = tightened(compile_problem(problem))
        self.left, self.starts = work, MENDED // problem.size
        found = evolve(engine, budget=WHOLE * engine.budget).solve(problem, depth)
        self.whole = self._found(found)
        self._known = {0: self.whole}
        self._ranks = rank(self.model)
        self._alike = _alike(self.model)

    def without(self, away: int) -> Standing:
        """Return the best plan without some people."""
        if away not in self._known:
            self._known[away] = self._stood_in(away) or self._same(away) or self._mended(away)
        return self._known[away]

    def exactly(self, away: int) -> Standing:
        """Return the best plan without some people, on all levels, where it can be found."""
        return self._solved(away) or self.without(away)

    def _stood_in(self, away: int) -> Standing | None:
        """Return the plan without all but one of them, if no more is missing without that one."""
        for person in bits(away):
            base = self.without(away & ~(1 << person))
            counts = list(base.counts)
            for role in bits(base.held[person]):
                counts[role] -= 1
            for row, wanted in self.model.members[person]:
                counts[row] -= base.held[person] & wanted != 0
            if self.model.lacks(counts) == base.lacks and self.model.guarded(counts):
                held = tuple(0 if n == person else mask for n, mask in enumerate(base.held))
                return Standing(held, tuple(counts), base.lacks, base.is_proven)
        return None

    def _same(self, away: int) -> Standing | None:
        """Return the plan without others who are alike, where they come before these."""
        swaps: list[tuple[int, int]] = []
        for people in self._alike:
            gone = {person for person in people if away >> person & 1}
            first = {*people[: len(gone)]}
            swaps += zip(sorted(gone - first), sorted(first - gone), strict=True)
        if not swaps:
            return None
        found = self.without(away ^ mask_of([person for two in swaps for person in two]))
        held = list(found.held)
        for one, other in swaps:
            held[one], held[other] = held[other], held[one]
        return evolve(found, held=tuple(held))

    def _mended(self, away: int) -> Standing:
        """Return the plan that moves or a flow make up for, or else what solving finds."""
        base = self.without(away & (away - 1))
        trial = Mending(self.model, self._ranks, away, base.lacks)
        if not trial.start(base.held):
            trial.settle()
            self._start_elsewhere(trial, away)
        found = None if trial.is_done else self._solved(away, trial.held)
        is_proven = base.is_proven and trial.is_done
        return found or self._standing(trial.held, is_proven=is_proven)

    def _start_elsewhere(self, trial: Mending, away: int) -> None:
        """Repair plans without others, as far as that goes, until no plan leaves less missing."""
        for held in self._others(away):
            if trial.is_done or not self.starts:
                return
            self.starts -= 1
            trial.start(held, is_quick=True)

    def _others(self, away: int) -> list[tuple[int, ...]]:
        """Return plans without others, who are to take over: those first who may hold the most."""
        rest, person = away & (away - 1), next(bits(away))
        known = [
            ((deal.held[person] & ~may).bit_count(), other, deal.held)
            for other, may in enumerate(self.model.may)
            if other != person and (deal := self._known.get(rest | 1 << other))
        ]
        return [held for *_, held in sorted(known)[:STARTS]]

    def _solved(self, away: int, start: Sequence[int] | None = None) -> Standing | None:
        """Return what the engine finds, on from a start or on all levels, if it may yet be asked.

        Without pins, it always finds something.
        """
        if self.left <= 0:
            return None
        nothing = (None,) * len(self.problem.seats)
        problem = evolve(
            self.problem,
            fit=[nothing if away >> n & 1 else row for n, row in enumerate(self.problem.fit)],
            previous=[pair for pair in self.problem.previous if not away >> pair[0] & 1],
        )
        if start is None:
            found = self.engine.solve(problem, self.depth)
        else:
            soon = self.engine.soon(problem, HOURS + 1, pairs_of(start))
            found = self.engine.go_on(problem, soon, HOURS + 1)
        self.left -= problem.size**2 // HARD if found.nodes else problem.size
        return self._found(found)

    def _found(self, found: Solution) -> Standing:
        held = masks_of(self.problem, found.pairs)
        return self._standing(held, all(one.value == one.bound for one in found.levels[:2]))

    def _standing(self, held: Iterable[int], is_proven: bool) -> Standing:  # noqa: FBT001 - its field
        masks = tuple(held)
        counts = self.model.counts(masks)
        return Standing(masks, tuple(counts), self.model.lacks(counts), is_proven)


def _alike(model: Model) -> list[list[int]]:
    """Return the people who are alike in all that counts, in groups of several."""
    tables = (model.may, model.hats, model.loads, model.capacity, model.minutes, model.change,
              model.loss, model.members)  # fmt: skip
    groups: dict[object, list[int]] = {}
    for person, same in enumerate(zip(*tables, strict=True)):
        groups.setdefault(same, []).append(person)
    return [people for people in groups.values() if len(people) > 1]
