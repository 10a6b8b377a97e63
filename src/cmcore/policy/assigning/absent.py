"""Absences: what lacks without some people, the roles dealt again among the others.

Few absences are a problem to be solved. Whoever others stand in for already, or held nothing, is
taken out of the plan as it is; where only fitness and hats bind, the seats that fall empty are
filled by the cheapest chains of moves, which is exact. The rest is solved.
"""

from collections.abc import Iterable

from attrs import evolve

from cmcore.foundation.house import value
from cmcore.policy.assigning.flow import Network, weigh
from cmcore.policy.assigning.model import Model, bits, compile_problem, masks_of
from cmcore.policy.assigning.problem import Problem
from cmcore.policy.assigning.propagation import tightened
from cmcore.policy.assigning.solve import Engine

MOST = 2_000
"""The problems solved, after which an absence is told as it stands, not proven."""


@value(eq=False)
class Standing:
    """Who holds what without some people, the counts of all rows, and the least that lacks."""

    held: tuple[int, ...]
    counts: tuple[int, ...]
    lacks: tuple[int, int]
    is_proven: bool


class Absences:
    """The best deals without any people, as they are asked for; groups by the masks of people."""

    def __init__(self, problem: Problem, engine: Engine, depth: int) -> None:
        self.problem, self.engine, self.depth = problem, engine, depth
        self.model: Model = tightened(compile_problem(problem))
        self.left = MOST
        whole = self._solved(0)
        self.whole = whole or self._standing([0] * len(problem.fit), is_proven=False)
        self._known = {0: self.whole}
        self._network: Network | None = None

    def without(self, away: int) -> Standing:
        """Return the best deal without some people."""
        if away not in self._known:
            self._known[away] = self._stood_in(away) or self._moved(away) or self._dealt(away)
        return self._known[away]

    def exactly(self, away: int) -> Standing:
        """Return the best deal without some people, on all levels, where it can be found."""
        return self._solved(away) or self.without(away)

    def _stood_in(self, away: int) -> Standing | None:
        """Return the deal without all but one of them, where it lacks no more without that one."""
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

    def _moved(self, away: int) -> Standing | None:
        """Return the deal that moves make up for, where it is known to be the best there is."""
        if self._network is None:
            self._network = Network(self.model, weigh(self.model))
            self._network.fill()
        network = self._network.copy()
        network.leave(bits(away))
        found = self._standing(network.held, is_proven=True)
        least = max(self.whole.lacks[0], network.shortage())
        hours = self.whole.lacks[1] if least == self.whole.lacks[0] else 0
        is_best = self.whole.is_proven and found.lacks == (least, hours)
        return found if is_best and self.model.sound(network.held) else None

    def _dealt(self, away: int) -> Standing:
        base = self._known[away & (away - 1)]
        bare = [0 if away >> person & 1 else mask for person, mask in enumerate(base.held)]
        return self._solved(away) or self._standing(bare, is_proven=False)

    def _solved(self, away: int) -> Standing | None:
        """Return what the engine finds, if it may still be asked; without pins, it always does."""
        if not self.left:
            return None
        self.left -= 1
        nothing = (None,) * len(self.problem.seats)
        problem = evolve(
            self.problem,
            fit=[nothing if away >> n & 1 else row for n, row in enumerate(self.problem.fit)],
            previous=[pair for pair in self.problem.previous if not away >> pair[0] & 1],
        )
        found = self.engine.solve(problem, self.depth)
        held = masks_of(problem, found.pairs)
        return self._standing(held, all(one.value == one.bound for one in found.levels[:2]))

    def _standing(self, held: Iterable[int], is_proven: bool) -> Standing:  # noqa: FBT001 - its field
        masks = tuple(held)
        counts = self.model.counts(masks)
        return Standing(masks, tuple(counts), self.model.lacks(counts), is_proven)
