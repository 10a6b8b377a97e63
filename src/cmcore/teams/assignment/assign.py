"""Dealing: the best holders of a team's roles, verified, with what is missing and why."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

import attrs

from cmcore.base.asked import checked
from cmcore.base.counts import count_problems
from cmcore.base.errors import InvalidError, refuse_any
from cmcore.teams.affinity import millionths, of_millionths
from cmcore.teams.assignment.assignment import (
    Assignment,
    Breach,
    Conflict,
    Goal,
    GoalLevel,
    Question,
    Status,
)
from cmcore.teams.assignment.explanation import Block, Explanation, Reason, ReasonKind
from cmcore.teams.assignment.problem import Posed, on_duty, pose
from cmcore.teams.assignment.verify import verify
from cmcore.teams.duty import Rota
from cmcore.teams.needs import Needs
from cmcore.teams.plan import Pair, Plan, unknown_pairs
from cmcore.teams.solver import blocks
from cmcore.teams.solver.check import Violation, conflicts
from cmcore.teams.solver.model import HOURS
from cmcore.teams.solver.solution import WANTED, Solution, settled
from cmcore.teams.solver.solve import BUDGET, Engine, Solver
from cmcore.teams.team import Team
from cmcore.teams.window import window_over

#: How far our own search goes to find whether something is a cause of a shortage.
_CAUSE_BUDGET: Final = 4


@checked
def assign(  # noqa: PLR0913 - each part of a question
    team: Team,
    needs: Needs,
    *,
    previous: Plan | Assignment | Iterable[Pair] | None = None,
    pins: Plan | Iterable[Pair] = (),
    bans: Plan | Iterable[Pair] = (),
    start: datetime | None = None,
    stop: datetime | None = None,
    solver: Solver = "auto",
    budget: int = BUDGET,
) -> Assignment:
    """Return the best assignment of a team's roles, and how good it is known to be.

    Everybody is fit for the roles they hold, within their number of roles and their minutes a day;
    of the skills that end, those that hold throughout the window count, and none without a window;
    separations, supervisions and caps are respected, no role has too many holders, pins are held
    and bans are not. Within these rules, first as little as possible is missing: seats,
    mixes among the holders of roles, and holders on duty during the watches of the needs, from
    `start` to `stop`. Then the fewest pairs change from `previous` (by default the roles assigned
    now; `()` for none). Then roles suit their holders, and are spread evenly. The answer is the
    same
    everywhere: among equal plans, the order of ids decides.

    `budget` is the number of search nodes after which an answer is given with its gap; with
    `solver="highs"`, HiGHS solves the problem instead, which may pay off for large teams. Every
    answer is verified. An assignment does not aim at specialists, speakers and work:
    `coverage(found.team, needs)` shows how the team then covers them, and the hours at which
    somebody works in a role without the supervision it needs.

    Raises:
        InvalidError: when a role or a member named does not exist, the window is missing, upside
            down or too long, or the solver is unknown.
        MissingExtraError: when `highspy` is not installed and HiGHS is asked for.

    Examples:
        >>> from cmcore import Member, Needs, Role, Seats, Team, assign
        >>> roles = [Role("author", requires={"writing"})]
        >>> team = Team("crew", [Member("ana", skills={"writing"}), Member("bo")], roles)
        >>> needs = Needs("social", seats=[Seats("author")])
        >>> assign(team, needs).pairs
        (('ana', 'author'),)
    """
    pinned, banned = as_plan(pins, "pins"), as_plan(bans, "bans")
    wrong = [*unknown_pairs(pinned.pairs, team, "pins"), *unknown_pairs(banned.pairs, team, "bans")]
    wrong += count_problems(budget, "budget")
    window = window_over(team, needs, start, stop, also=wrong)
    engine = Engine(solver, budget)
    before = Plan.current(team) if previous is None else as_plan(previous, "previous")
    question = Question(team, needs, before, pinned, banned, window)
    return answer(question, engine)


def engine_of(solver: Solver, budget: int) -> Engine:
    """Return what solves, as it was asked for.

    Raises:
        InvalidError: when the budget is impossible.
    """
    refuse_any(count_problems(budget, "budget"))
    return Engine(solver, budget)


def as_plan(given: Plan | Assignment | Iterable[Pair], name: str) -> Plan:
    """Return the plan that is given, or that pairs or an assignment stand for.

    Raises:
        InvalidError: when they are no pairs, with the name of the argument.
    """
    if isinstance(given, Assignment):
        return given.plan
    if isinstance(given, Plan):
        return given
    try:
        return Plan(given)
    except InvalidError as error:
        raise InvalidError(one.at(name, *one.path[1:]) for one in error.problems) from None


def answer(question: Question, engine: Engine = Engine()) -> Assignment:  # noqa: B008 - a value
    """Return the best answer to a question that is known to be sound.

    Raises:
        RuntimeError: the answer breaks a rule; no answer ever should.
    """
    posed = posed_of(question)
    return told(question, posed, engine.solve(posed.problem))


def posed_of(question: Question) -> Posed:
    """Return the problem that a question poses."""
    team, needs = question.judged, question.needs
    rota = Rota(team, needs, question.window) if question.window else None
    return pose(
        team,
        needs,
        on_duty(team, needs, rota),
        previous=question.previous,
        pins=question.pins,
        bans=question.bans,
    )


def told(question: Question, posed: Posed, found: Solution) -> Assignment:
    """Return what the solver found, verified, in ids and in words."""
    plan = posed.named(found.pairs)
    levels = [
        GoalLevel(
            Goal(one.name), *(in_unit(posed, Goal(one.name), n) for n in (one.value, one.bound))
        )
        for one in found.levels
    ]
    given = Assignment(
        question,
        plan,
        Status(found.status),
        conflicts=tuple(conflict_of(posed, one) for one in found.conflicts),
        nodes=found.nodes,
        solver=found.solver,
        explain=explained,
    )
    if not levels:
        return given if given.conflicts else attrs.evolve(given, conflicts=_alone(given.why))
    checked = verify(question.team, question.needs, given)
    if not checked.is_sound or checked.values != tuple(level.value for level in levels):
        message = f"the answer is worth {checked.values} and breaks {checked.conflicts}"
        raise RuntimeError(message)
    return attrs.evolve(given, levels=levels, lacks=checked.lacks)


def in_unit(posed: Posed, goal: Goal, number: int) -> float:
    """Return a value of the solver in the unit of its goal."""
    if goal is Goal.AFFINITY:
        return of_millionths(number * posed.millionths)
    return number * posed.minutes if goal is Goal.HOURS else number


_BREACHES: Final[dict[str, Breach]] = {
    "incompatible": Breach.SEPARATION,
    "hats": Breach.ROLES,
    "ceiling": Breach.CAP,
}


def conflict_of(posed: Posed, one: Violation) -> Conflict:
    """Return a contradiction among pins, in ids."""
    breach = _BREACHES.get(one.kind) or Breach(one.kind)
    people = tuple(posed.people[n] for n in one.people)
    return Conflict(breach, people, tuple(posed.roles[n] for n in one.roles), one.excess)


def _alone(why: Explanation) -> tuple[Conflict, ...]:
    """Return whom pins leave without anybody to supervise: nothing else makes a plan impossible."""
    pins = [reason for reason in why.reasons if reason.cause is ReasonKind.PIN]
    return tuple(
        Conflict(Breach.SUPERVISION, people, guard.roles)
        for guard in why.reasons
        if guard.cause is ReasonKind.SUPERVISION
        and (people := tuple(pin.people[0] for pin in pins if pin.roles == guard.roles))
    )


# --------------------------------------------------------------------------------- why it lacks


def explained(assignment: Assignment) -> Explanation:
    """Return why something is missing, by what solved the assignment."""
    posed, found = again(assignment)
    engine = Engine("highs" if assignment.solver == "highs" else "own", _CAUSE_BUDGET)
    is_flow = found.solver == "own" and not found.nodes
    if found.levels and is_flow and not any((*found.lacks, *found.values[HOURS:WANTED])):
        return Explanation(tuple(_blocks(posed, found)))
    is_open = any(one.value != one.bound for one in found.levels[:WANTED])
    if found.conflicts or (found.status == "gap" and (is_open or not found.levels)):
        return Explanation()
    causes = blocks.causes(posed.problem, found, engine, posed.groups)
    reasons = tuple(dict.fromkeys(_reason(posed, cause) for cause in causes.found))
    return Explanation((), reasons, causes.is_least)


def again(assignment: Assignment) -> tuple[Posed, Solution]:
    """Return the problem of an assignment and what was found, in numbers."""
    posed = posed_of(assignment.question)
    pairs = tuple((posed.people.index(who), posed.roles.index(role))
                  for who, role in assignment.pairs)  # fmt: skip
    if not assignment.levels:
        known = conflicts(posed.problem)
        is_gap = assignment.status is Status.GAP
        found = Solution((), "gap" if is_gap else "infeasible", conflicts=known)
        return posed, attrs.evolve(found, nodes=assignment.nodes, solver=assignment.solver)
    signs = {Goal.AFFINITY: -1}
    bounds = [signs.get(one.goal, 1) * numbered(posed, one) for one in assignment.levels]
    return posed, settled(posed.problem, pairs, bounds, assignment.nodes, assignment.solver)


def numbered(posed: Posed, level: GoalLevel) -> int:
    """Return the bound of a goal in the whole numbers of the solver."""
    if level.goal is Goal.AFFINITY:
        return millionths(level.bound) // posed.millionths
    return round(level.bound) // (posed.minutes if level.goal is Goal.HOURS else 1)


def _blocks(posed: Posed, found: Solution) -> Iterator[Block]:
    for one in blocks.blocks(posed.problem, found):
        roles = tuple(posed.roles[n] for n in one.roles)
        people = tuple(posed.people[n] for n in one.people)
        yield Block(roles, people, one.wanted, one.filled)


def _reason(posed: Posed, cause: blocks.Cause) -> Reason:
    people, roles, at = posed.people, posed.roles, cause.at
    match cause.kind:
        case "pin" | "ban":
            return Reason(ReasonKind(cause.kind), (people[at[0]],), (roles[at[1]],))
        case "minutes" | "hats":
            kind = ReasonKind.MINUTES if cause.kind == "minutes" else ReasonKind.ROLES
            return Reason(kind, (people[at[0]],))
        case "load":
            return _load(posed, at[0])
        case "incompatible":
            return Reason(ReasonKind.SEPARATION, (), tuple(roles[n] for n in at))
        case "need":
            return Reason(ReasonKind.NEED, (), (roles[at[0]],), ("seats", roles[at[0]]))
        case _:
            source = posed.sources[at[0]]
            kind = (
                ReasonKind.SUPERVISION
                if source.kind == ReasonKind.SUPERVISION.value
                else ReasonKind.NEED
            )
            return Reason(kind, (), source.roles, source.path, source.what, source.watch)


def _load(posed: Posed, person: int) -> Reason:
    """Return the least load of somebody, with the needed roles they could hold, and their seats.

    Of seats, those that are too few for all who should hold some role and could hold that one.
    """
    problem = posed.problem
    could = [role for role, fit in enumerate(problem.fit[person])
             if fit is not None and role not in problem.idle]  # fmt: skip
    eager = [fit for fit, load in zip(problem.fit, problem.loads, strict=True) if load]
    wanted = [sum(fit[role] is not None for fit in eager) for role in problem.roles]
    full = tuple(
        (posed.roles[role], problem.seats[role].most)
        for role in could
        if problem.seats[role].most < wanted[role]
    )
    roles = tuple(posed.roles[role] for role in could)
    return Reason(ReasonKind.LOAD, (posed.people[person],), roles, seats=full)
