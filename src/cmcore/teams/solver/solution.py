"""Answers to a problem: the holders found, and how good they are known to be."""

from collections.abc import Sequence
from typing import Literal

from attrs import astuple

from cmcore.base.values import internal
from cmcore.teams.solver.check import Violation, verify
from cmcore.teams.solver.problem import Pair, Problem

Status = Literal["optimal", "gap", "infeasible"]
Solved = Literal["own", "highs"]
Name = Literal["shortage", "hours", "loads", "changes", "affinity", "balance"]
NAMES: tuple[Name, ...] = ("shortage", "hours", "loads", "changes", "affinity", "balance")
DEPTH = len(NAMES)
WANTED = 3
"""The levels of what is missing; those after them tell plans apart that lack as much."""


@internal
class Level:
    """One level's value, and the best it could be as far as proven: equal when it is optimal.

    A bound holds for the answers that have the same values on the levels before it.
    """

    name: Name
    value: int
    bound: int


@internal
class Solution:
    """The best holders found, and how good they are known to be.

    `status` is `optimal` when every level's value is its bound; `gap` when the budget ended first
    (with no levels if it ended before any answer was found); `infeasible` when pins contradict each
    other, as `conflicts` says, or contradict supervision and ceilings.

    `missing` is the empty least seats by role, `lacks` what each rule is missing. Where fitness and
    numbers of roles alone settle the problem, `nodes` is 0. `solver` is the engine that answered.
    """

    pairs: tuple[Pair, ...]
    status: Status
    levels: tuple[Level, ...] = ()
    missing: tuple[int, ...] = ()
    lacks: tuple[int, ...] = ()
    nodes: int = 0
    conflicts: tuple[Violation, ...] = ()
    solver: Solved = "own"

    @property
    def values(self) -> tuple[int, ...]:
        """The levels' values, the most important first."""
        return tuple(level.value for level in self.levels)


def settled(
    problem: Problem,
    pairs: tuple[Pair, ...],
    bounds: Sequence[int],
    nodes: int = 0,
    solver: Solved = "own",
) -> Solution:
    """Return an answer with what its verification finds, and the bounds of its levels.

    `bounds` are of levels made least, affinity lost and not gained.

    Raises:
        RuntimeError: the answer breaks a rule; no answer ever should.
    """
    checked = verify(problem, pairs)
    if checked.violations:
        message = f"the answer breaks {checked.violations[0]}"
        raise RuntimeError(message)
    levels = tuple(
        Level(name, found, -bound if name == "affinity" else bound)
        for name, found, bound in zip(NAMES, astuple(checked.values), bounds, strict=False)
    )
    proven = all(level.value == level.bound for level in levels)
    status: Status = "optimal" if proven else "gap"
    return Solution(pairs, status, levels, checked.missing, checked.lacks, nodes, solver=solver)
