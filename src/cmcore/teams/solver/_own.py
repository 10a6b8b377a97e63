"""Solve an assignment problem: the flow first, prices and branching where they must, verified."""

from collections.abc import Iterable

from cmcore.teams.solver._branch import search
from cmcore.teams.solver._draft import Plan, rank
from cmcore.teams.solver._flow import Flow, solve_flow
from cmcore.teams.solver._local_moves import lessen
from cmcore.teams.solver._propagation import tightened
from cmcore.teams.solver.check import conflicts
from cmcore.teams.solver.model import USUAL, Model, Tuning, compile_problem, masks_of, pairs_of
from cmcore.teams.solver.problem import Pair, Problem
from cmcore.teams.solver.solution import DEPTH, Solution, settled


def solve_own(
    problem: Problem,
    *,
    budget: int,
    depth: int = DEPTH,
    start: Iterable[Pair] | None = None,
    tuning: Tuning = USUAL,
) -> Solution:
    """Return the best holders on the first `depth` levels, in order of importance.

    A `start` breaks no rule, and is what the search goes on from.

    Equal answers are distinguished by index alone, so that the same problem has the same answer
    everywhere. The time is bounded by `budget`, a number of nodes of the search.
    """
    found = conflicts(problem)
    if found:
        return Solution((), "infeasible", conflicts=found)
    whole = compile_problem(problem, tuning).spared()
    model = tightened(whole)
    flow = solve_flow(model)
    if (
        flow.bound == flow.cost
        and model.sound(flow.held)
        and model.levels(flow.held) == flow.levels
    ):
        nodes = _unsettled(whole, model, flow)
        return settled(problem, pairs_of(flow.held), flow.levels[:depth], nodes)
    proof = search(model, flow, depth, budget, None if start is None else masks_of(problem, start))
    if proof.held is None:
        return Solution((), "infeasible" if proof.complete else "gap", nodes=proof.nodes)
    pairs = pairs_of(proof.held)
    nodes = proof.nodes or _unsettled(whole, model, flow)
    return settled(problem, pairs, proof.bounds, nodes)


def improved(problem: Problem, start: Iterable[Pair]) -> tuple[Pair, ...]:
    """Return an answer from one that breaks no rule, by moves that help, until less is missing."""
    model = tightened(compile_problem(problem).spared())
    plan = Plan(model, rank(model), model.must, model.may)
    plan.start(masks_of(problem, start), model.loss)
    lessen(plan)
    return pairs_of(plan.held)


def _unsettled(whole: Model, model: Model, flow: Flow) -> int:
    """Return 0 if fitness and numbers of roles alone settle the problem, 1 if minutes matter."""
    return int(model is not whole and solve_flow(whole).levels != flow.levels)
