"""Solve an assignment problem: the flow first, prices and branching where they must, verified."""

from collections.abc import Sequence
from typing import Literal

from attrs import astuple

from cmcore.foundation.house import value
from cmcore.policy.assigning.branch import search
from cmcore.policy.assigning.flow import Flow, solve_flow, split
from cmcore.policy.assigning.model import Model, compile_problem, pairs_of
from cmcore.policy.assigning.problem import Conflict, Pair, Problem, conflicts
from cmcore.policy.assigning.propagation import tightened
from cmcore.policy.assigning.verify import verify

Status = Literal["optimal", "gap", "infeasible"]
Name = Literal["shortage", "changes", "affinity", "balance"]
NAMES: tuple[Name, ...] = ("shortage", "changes", "affinity", "balance")
BUDGET = 2_000
"""The nodes searched before an answer is given with its gap."""


@value
class Level:
    """One level's value, and the best it could be as far as proven: equal when it is optimal.

    A bound holds for the answers that have the same values on the levels before it.
    """

    name: Name
    value: int
    bound: int


@value
class Solution:
    """The best holders found, and how good they are known to be.

    `status` is `optimal` when every level's value is its bound; `gap` when the budget ended first
    (with no levels if it ended before any answer was found); `infeasible` when pins contradict
    each other, as `conflicts` tells, or what supervision and ceilings ask.

    `missing` is the least seats left empty by role, `lacks` what each rule lacks, `prices` by how
    much one more seat of a role would raise the affinity, or None where it would stay empty: exact
    when the flow settles the problem (`nodes` is 0), an estimate from the proof otherwise.
    """

    pairs: tuple[Pair, ...]
    status: Status
    levels: tuple[Level, ...] = ()
    missing: tuple[int, ...] = ()
    lacks: tuple[int, ...] = ()
    prices: tuple[int | None, ...] = ()
    nodes: int = 0
    conflicts: tuple[Conflict, ...] = ()

    @property
    def values(self) -> tuple[int, ...]:
        """The levels' values, the most important first."""
        return tuple(level.value for level in self.levels)


def solve(problem: Problem, *, budget: int = BUDGET, depth: int = 4) -> Solution:
    """Return the best holders on the first `depth` levels, in order of importance.

    Equal answers are told apart by index alone, so that the same problem has the same answer
    everywhere. The time is bounded by `budget`, a number of nodes of the search.
    """
    found = conflicts(problem)
    if found:
        return Solution((), "infeasible", conflicts=found)
    whole = compile_problem(problem)
    model = tightened(whole)
    flow = solve_flow(model)
    prices = _marginal(flow)
    if (
        flow.bound == flow.cost
        and model.sound(flow.held)
        and model.levels(flow.held) == flow.levels
    ):
        nodes = _unsettled(whole, model, flow)
        return settled(problem, pairs_of(flow.held), flow.levels[:depth], prices, nodes)
    proof = search(model, flow, depth, budget)
    if proof.held is None:
        return Solution((), "infeasible" if proof.complete else "gap", nodes=proof.nodes)
    pairs = pairs_of(proof.held)
    nodes = proof.nodes or _unsettled(whole, model, flow)
    return settled(problem, pairs, proof.bounds, proof.prices or prices, nodes)


def _unsettled(whole: Model, model: Model, flow: Flow) -> int:
    """Return 0 where fitness and hats alone settle the problem, 1 where minutes had a part."""
    return int(model is not whole and solve_flow(whole).levels != flow.levels)


def _marginal(flow: Flow) -> tuple[int | None, ...]:
    """Return the affinity in what one more seat of each role costs."""
    levels = (split(price, flow.weights) for price in flow.prices)
    return tuple(None if shortage > 0 else -loss for shortage, _, loss, _ in levels)


def settled(
    problem: Problem,
    pairs: tuple[Pair, ...],
    bounds: Sequence[int],
    prices: tuple[int | None, ...],
    nodes: int = 0,
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
    return Solution(pairs, status, levels, checked.missing, checked.lacks, prices, nodes)
