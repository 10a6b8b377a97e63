"""Solve an assignment problem: the flow first, the search where it must be, verified in any case."""

from typing import Literal

from cmcore.foundation.house import value
from cmcore.policy.assigning.branch import search
from cmcore.policy.assigning.flow import Flow, solve_flow, split, weigh
from cmcore.policy.assigning.model import Levels, Model, compile_problem, pairs_of
from cmcore.policy.assigning.problem import Conflict, Pair, Problem, conflicts
from cmcore.policy.assigning.verify import Values, Verification, verify

Status = Literal["optimal", "gap", "infeasible"]
NAMES = ("shortage", "changes", "affinity", "balance")
BUDGET = 20_000


@value
class Level:
    """One level's value and the best that can be, as far as proven; equal when it is proven.

    The bound holds among the answers that are as good on the levels before it.
    """

    name: str
    value: int
    bound: int


@value
class Solution:
    pairs: tuple[Pair, ...]
    status: Status
    levels: tuple[Level, ...]
    missing: tuple[int, ...]
    lacks: tuple[int, ...]
    prices: tuple[int, ...]
    nodes: int
    conflicts: tuple[Conflict, ...] = ()


def solve(problem: Problem, *, budget: int = BUDGET, depth: int = 4) -> Solution:
    found = conflicts(problem)
    if found:
        return Solution((), "infeasible", (), (), (), (), 0, found)
    model = compile_problem(problem)
    flow = solve_flow(model, weigh(model))
    pairs = pairs_of(flow.held)
    checked = verify(problem, pairs)
    if not checked.violations and flow.bound == flow.cost and not any(checked.lacks):
        v = checked.values
        vals = (v.shortage, v.changes, v.affinity, v.balance)
        return Solution(pairs, "optimal", tuple(Level(n, x, x) for n, x in zip(NAMES, vals)), checked.missing, checked.lacks, flow.prices, 0)
    proof = search(model, flow, depth, budget)
    if proof.held is None:
        return Solution((), "infeasible" if proof.complete else "gap", (), (), (), (), proof.nodes)
    pairs = pairs_of(proof.held)
    checked = verify(problem, pairs)
    assert not checked.violations, checked
    v = checked.values
    vals = (v.shortage, v.changes, v.affinity, v.balance)
    bounds = [b if k != 2 else -b for k, b in enumerate(proof.bounds)]
    return Solution(pairs, "optimal" if proof.complete else "gap", tuple(Level(n, x, b) for n, x, b in zip(NAMES, vals, bounds)), checked.missing, checked.lacks, proof.prices, proof.nodes)
