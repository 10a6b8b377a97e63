"""Solve a problem by the engine that fits: our own search first, HiGHS where that is not enough."""

from collections.abc import Iterable
from importlib.util import find_spec
from typing import Final, Literal

from cmcore.base.values import internal
from cmcore.teams.solver._highs import solve_highs
from cmcore.teams.solver._own import improved, solve_own
from cmcore.teams.solver.model import USUAL, Tuning
from cmcore.teams.solver.problem import Pair, Problem
from cmcore.teams.solver.solution import DEPTH, Solution, settled

Solver = Literal["auto", "own", "highs"]
SOLVERS: Final = ("auto", "own", "highs")

BUDGET: Final = 1_600
"""How far our own search goes before an answer is given with its gap: thousands of looks."""
FEW: Final = 60
"""The same, where HiGHS is there to go on."""


@internal
class Engine:
    """What solves problems: `auto`, our `own` search or `highs`, and how far our own search may go.

    By `auto`, HiGHS goes on from the answer of our own search where that ends soon without a proof
    and HiGHS is installed; by `highs`, always.
    """

    solver: Solver = "auto"
    budget: int = BUDGET
    tuning: Tuning = USUAL

    def solve(self, problem: Problem, depth: int = DEPTH) -> Solution:
        """Return the best holders on the first `depth` levels, in order of importance.

        Raises:
            MissingExtraError: `highspy` is not installed, and `highs` asked for.
        """
        found = self.soon(problem, depth)
        if found.status != "gap" and self.solver == "auto":
            return found
        return self.go_on(problem, found, depth)

    def soon(
        self, problem: Problem, depth: int = DEPTH, start: Iterable[Pair] | None = None
    ) -> Solution:
        """Return the best holders as far as our own search goes.

        A `start` breaks no rule, and is what the search goes on from. Where HiGHS is to go on, a
        start is only made better by moves.
        """
        if self._is_alone:
            return self._own(problem, self.budget, depth, start)
        if start is not None:
            return settled(problem, improved(problem, start), [0] * depth, 1)
        return self._own(problem, min(self.budget, FEW), depth)

    def _own(
        self, problem: Problem, budget: int, depth: int, start: Iterable[Pair] | None = None
    ) -> Solution:
        return solve_own(problem, budget=budget, depth=depth, start=start, tuning=self.tuning)

    def go_on(self, problem: Problem, found: Solution, depth: int = DEPTH) -> Solution:
        """Return what HiGHS makes of what was found soon, where it is to be asked.

        Raises:
            MissingExtraError: `highspy` is not installed, and `highs` asked for.
        """
        return found if self._is_alone else solve_highs(problem, found, depth=depth)

    @property
    def _is_alone(self) -> bool:
        return self.solver == "own" or (self.solver == "auto" and not has_highs())


def solve(
    problem: Problem,
    *,
    budget: int = BUDGET,
    depth: int = DEPTH,
    solver: Solver = "auto",
    tuning: Tuning = USUAL,
) -> Solution:
    """Return the best holders, by an engine made for once."""
    return Engine(solver, budget, tuning).solve(problem, depth)


def has_highs() -> bool:
    """Return whether HiGHS is installed."""
    return find_spec("highspy") is not None
