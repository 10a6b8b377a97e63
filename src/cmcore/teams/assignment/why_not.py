"""Justifying: why not somebody else, and what all the best plans share, by solving again."""

import attrs

from cmcore.base.asked import checked
from cmcore.base.errors import InvalidError, refuse
from cmcore.teams.assignment.assign import again, answer, conflict_of, engine_of, in_unit
from cmcore.teams.assignment.assignment import Assignment, Status
from cmcore.teams.assignment.choices import Alternatives, Cost, WhyNot
from cmcore.teams.assignment.explanation import Explanation
from cmcore.teams.assignment.problem import Posed
from cmcore.teams.plan import Pair, Plan, PlanDiff, RoleChange, unknown_pairs
from cmcore.teams.solver import explain
from cmcore.teams.solver.solve import BUDGET, Engine, Solver


@checked
def why_not(
    assignment: Assignment,
    member: str,
    role: str,
    *,
    solver: Solver = "auto",
    budget: int = BUDGET,
) -> WhyNot:
    """Return what it would cost, exactly, for somebody to hold a role, and the chain of changes.

    Raises:
        InvalidError: when the team has no such member or role, or the assignment has no plan.

    Examples:
        >>> from cmcore import Member, Needs, Role, Seats, Team, assign, why_not
        >>> roles = [Role("author", requires={"writing"})]
        >>> team = Team("crew", [Member("ana", skills={"writing"}), Member("bo")], roles)
        >>> needs = Needs("social", seats=[Seats("author")])
        >>> print(why_not(assign(team, needs), "bo", "author"))
        bo as author: impossible
          skills  has yet to learn `writing`
    """
    team = assignment.question.team
    unknown = list(unknown_pairs([(member, role)], team))
    if unknown:
        raise InvalidError(unknown)
    if not assignment.levels:
        raise refuse("no-plan")
    engine = engine_of(solver, budget)
    posed, found = again(assignment)
    person, place = posed.people.index(member), posed.roles.index(role)
    asked = explain.why_not(posed.problem, found, person, place, engine)
    lacks = tuple(sorted(assignment.question.judged.member(member).lacks(team.role(role))))
    conflicts, why = tuple(conflict_of(posed, one) for one in asked.conflicts), Explanation()
    if asked.status == "infeasible" and not conflicts:
        forced = _forced(assignment, (member, role), engine)
        conflicts, why = forced.conflicts, forced.why
    goals = [level.goal for level in assignment.levels]
    amounts = zip(goals, asked.costs, strict=False)
    costs = (Cost(goal, in_unit(posed, goal, amount)) for goal, amount in amounts)
    cost = WhyNot(
        member,
        role,
        Status(asked.status),
        costs=tuple(cost for cost in costs if cost.amount),
        moves=PlanDiff(tuple(_move(posed, move) for move in asked.moves)),
        conflicts=conflicts,
        why=why,
        lacks=lacks,
        is_held=(member, role) in assignment.pairs,
    )
    return cost.with_names(assignment)


def _forced(assignment: Assignment, pair: Pair, engine: Engine) -> Assignment:
    """Return what is found once somebody must hold a role."""
    question = assignment.question
    pins = Plan([*question.pins.pairs, pair])
    return answer(attrs.evolve(question, pins=pins), engine)


@checked
def alternatives(
    assignment: Assignment, *, solver: Solver = "auto", budget: int = BUDGET
) -> Alternatives:
    """Return which pairs are in all, some and none of the equally good plans.

    Raises:
        InvalidError: when the assignment is not proven the best.

    Examples:
        >>> from cmcore import Member, Needs, Role, Seats, Team, assign
        >>> from cmcore.teams import alternatives
        >>> roles = [Role("author", requires={"writing"})]
        >>> team = Team("crew", [Member("ana", skills={"writing"}), Member("bo")], roles)
        >>> needs = Needs("social", seats=[Seats("author")])
        >>> alternatives(assign(team, needs)).is_unique
        True
    """
    if assignment.status is not Status.OPTIMAL:
        is_open = assignment.status is Status.GAP
        raise refuse("not-optimal", hint="larger-budget" if is_open else "see-conflicts")
    posed, found = again(assignment)
    equals = explain.optima(posed.problem, found, engine_of(solver, budget))
    best = Alternatives(
        posed.named(equals.necessary).pairs,
        posed.named(equals.possible).pairs,
        posed.named(pair for pair in equals.impossible if _is_fit(posed, pair)).pairs,
        posed.named(equals.unknown).pairs,
    )
    return best.with_names(assignment)


def _is_fit(posed: Posed, pair: tuple[int, int]) -> bool:
    return posed.problem.fit[pair[0]][pair[1]] is not None


def _move(posed: Posed, move: explain.Move) -> RoleChange:
    takes, leaves = (tuple(posed.roles[n] for n in many) for many in (move.takes, move.leaves))
    return RoleChange(posed.people[move.person], takes, leaves)
