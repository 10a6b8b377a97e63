"""Justifying: why not somebody else, and what all the best plans share, by solving again."""

import attrs

from cmcore.foundation.errors import InvalidError, refuse
from cmcore.nouns.assignment import Assignment, Goal, Level, Reason, Status
from cmcore.nouns.choices import Alternatives, Cost, WhyNot
from cmcore.nouns.plans import Move, Plan, PlanDiff, unknown_pairs
from cmcore.policy.assigning import explain
from cmcore.policy.assigning.solve import BUDGET, Solution
from cmcore.policy.assigning.solve import Level as Numbers
from cmcore.policy.dealing import answer, conflict_of, posed_of
from cmcore.policy.posing import Posed


def why_not(assignment: Assignment, member: str, role: str, *, budget: int = BUDGET) -> WhyNot:
    """Return what it would cost, exactly, that somebody holds a role, and the chain of moves.

    Raises:
        InvalidError: when the team has no such member or role, or the assignment no plan.
    """
    team = assignment.question.team
    unknown = list(unknown_pairs([(member, role)], team))
    if unknown:
        raise InvalidError(unknown)
    posed, found = _again(assignment)
    person, place = posed.people.index(member), posed.roles.index(role)
    asked = explain.why_not(posed.problem, found, person, place, budget=budget)
    lacks = tuple(sorted(team.member(member).lacks(team.role(role))))
    is_unexplained = asked.status == "infeasible" and not asked.conflicts
    costs = (Cost(Goal(one.name), n) for one, n in zip(found.levels, asked.costs, strict=False))
    return WhyNot(
        member,
        role,
        Status(asked.status),
        costs=tuple(cost for cost in costs if cost.amount),
        moves=PlanDiff(tuple(_move(posed, move) for move in asked.moves)),
        conflicts=tuple(conflict_of(posed, one) for one in asked.conflicts),
        reasons=_reasons(assignment, member, role) if is_unexplained else (),
        lacks=lacks,
        is_held=(member, role) in assignment.pairs,
    )


def _reasons(assignment: Assignment, member: str, role: str) -> tuple[Reason, ...]:
    """Return what cannot go together, once somebody must hold a role."""
    question = assignment.question
    pins = Plan([*question.pins.pairs, (member, role)])
    return answer(attrs.evolve(question, pins=pins)).reasons


def alternatives(assignment: Assignment, *, budget: int = BUDGET) -> Alternatives:
    """Return which pairs are in all, in some and in none of the plans that are as good.

    Raises:
        InvalidError: when the assignment is not proven the best.
    """
    if assignment.status is not Status.OPTIMAL:
        is_open = assignment.status is Status.GAP
        raise refuse("not-optimal", hint="larger-budget" if is_open else "see-conflicts")
    posed, found = _again(assignment)
    equals = explain.optima(posed.problem, found, budget=budget)
    return Alternatives(
        posed.named(equals.necessary).pairs,
        posed.named(equals.possible).pairs,
        posed.named(pair for pair in equals.impossible if _is_fit(posed, pair)).pairs,
        posed.named(equals.unknown).pairs,
    )


def _is_fit(posed: Posed, pair: tuple[int, int]) -> bool:
    return posed.problem.fit[pair[0]][pair[1]] is not None


def _again(assignment: Assignment) -> tuple[Posed, Solution]:
    """Return the problem of an assignment and what was found, in numbers."""
    if not assignment.levels:
        raise refuse("no-plan")
    posed = posed_of(assignment.question)
    pairs = tuple((posed.people.index(who), posed.roles.index(role))
                  for who, role in assignment.pairs)  # fmt: skip
    levels = tuple(_numbers(level) for level in assignment.levels)
    # What our own flow settles took no nodes; no other answer may be taken for one of those.
    nodes = assignment.nodes if assignment.solver == "own" else 1
    return posed, Solution(pairs, assignment.status.value, levels, nodes=nodes)


def _numbers(level: Level) -> Numbers:
    return Numbers(level.goal.value, level.value, level.bound)


def _move(posed: Posed, move: explain.Move) -> Move:
    takes, leaves = (tuple(posed.roles[n] for n in many) for many in (move.takes, move.leaves))
    return Move(posed.people[move.person], takes, leaves)
