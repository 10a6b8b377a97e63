"""Dealing: the best holders of a team's roles, verified, with what lacks and why."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final, Literal

from cmcore.foundation.errors import Problem
from cmcore.foundation.house import value
from cmcore.nouns.assignment import (
    Assignment,
    Block,
    Breach,
    Cause,
    Conflict,
    Goal,
    Level,
    Question,
    Reason,
    Status,
)
from cmcore.nouns.needs import Needs
from cmcore.nouns.people import Team
from cmcore.nouns.plans import Pair, Plan, unknown_pairs
from cmcore.policy.assigning import blocking
from cmcore.policy.assigning import problem as kernel
from cmcore.policy.assigning.highs import solve_highs
from cmcore.policy.assigning.solve import BUDGET, Solution, solve
from cmcore.policy.posing import Posed, on_duty, pose
from cmcore.policy.verifying import verify
from cmcore.policy.watching import Rota
from cmcore.policy.windowing import window_over

Solver = Literal["own", "highs"]
SOLVERS: Final = ("own", "highs")

#: The nodes searched to tell whether one thing is a cause of the shortage.
_CAUSE_BUDGET: Final = 50
#: The most pairs of people and roles for which causes are looked for.
_CAUSE_SIZE: Final = 2_000


def assign(  # noqa: PLR0913 - each part of a question
    team: Team,
    needs: Needs,
    *,
    previous: Plan | Assignment | Iterable[Pair] | None = None,
    pins: Plan | Iterable[Pair] = (),
    bans: Plan | Iterable[Pair] = (),
    start: datetime | None = None,
    stop: datetime | None = None,
    solver: Solver = "own",
    budget: int = BUDGET,
) -> Assignment:
    """Return the best holders of a team's roles, and how good they are known to be.

    Whoever holds a role is fit for it, within their number of roles and their minutes a day; roles
    are kept apart, supervised and held by no more people than the needs say; pins are held and
    bans are not. Within that, first as little lacks as can be: seats, mixes among the holders of
    roles, and holders on duty while the needs watch over a role, from `start` to `stop`. Then the
    fewest pairs change from `previous` (the roles worn now, unless said; `()` for none). Then the
    roles suit those who hold them, and are spread evenly. The answer is the same everywhere: equal
    ones are told apart by the ids, in order.

    `budget` is the number of nodes of the search after which an answer is given with its gap; with
    `solver="highs"`, HiGHS solves the problem instead, which may pay for large teams. Every answer
    is verified. Specialists, speakers and work are needs that no deal changes or that it only
    changes by the way: `coverage(found.team, needs)` tells how the team then holds.

    Raises:
        InvalidError: when a role or a member named is not there, the window is missing, upside
            down or too long, or the solver is not known.
        MissingExtraError: when `highspy` is not installed and HiGHS is asked for.
    """
    pinned, banned = as_plan(pins), as_plan(bans)
    wrong = [*unknown_pairs(pinned.pairs, team, "pins"), *unknown_pairs(banned.pairs, team, "bans")]
    if solver not in SOLVERS:
        wrong.append(Problem.of("not-a-choice", "solver", given=solver, known=SOLVERS))
    window = window_over(team, needs, start, stop, also=wrong)
    before = Plan.worn(team) if previous is None else as_plan(previous)
    question = Question(team, needs, before, pinned, banned, window)
    return answer(question, solver, budget)


def as_plan(given: Plan | Assignment | Iterable[Pair]) -> Plan:
    """Return the plan that is given, or that pairs or an assignment stand for."""
    if isinstance(given, Assignment):
        return given.plan
    return given if isinstance(given, Plan) else Plan(given)


def answer(question: Question, solver: Solver = "own", budget: int = BUDGET) -> Assignment:
    """Return the best answer to a question that is known to be sound.

    Raises:
        RuntimeError: the answer breaks a rule; no answer ever should.
    """
    posed = posed_of(question)
    is_own = solver == "own"
    found = solve(posed.problem, budget=budget) if is_own else solve_highs(posed.problem)
    return told(question, posed, found, solver)


def posed_of(question: Question) -> Posed:
    """Return the problem that a question poses."""
    team, needs = question.team, question.needs
    rota = Rota(team, needs, question.window) if question.window else None
    return pose(
        team,
        needs,
        on_duty(team, needs, rota),
        previous=question.previous,
        pins=question.pins,
        bans=question.bans,
    )


def told(question: Question, posed: Posed, found: Solution, solver: Solver) -> Assignment:
    """Return what the solver found, verified, in ids and in words."""
    plan = posed.named(found.pairs)
    levels = [Level(Goal(one.name), one.value, one.bound) for one in found.levels]
    why = _Why(posed, found)
    if not levels:
        conflicts = tuple(conflict_of(posed, one) for one in found.conflicts)
        return Assignment(
            question,
            plan,
            Status(found.status),
            conflicts=conflicts,
            reasons=() if conflicts else tuple(why.reasons()),
            nodes=found.nodes,
            solver=solver,
        )
    checked = verify(question.team, question.needs, Assignment(question, plan, Status.GAP))
    if not checked.is_sound or checked.values != found.values:
        message = f"the answer is worth {checked.values} and breaks {checked.conflicts}"
        raise RuntimeError(message)
    is_flow = solver == "own" and not found.nodes
    blocks = tuple(why.blocks()) if is_flow and not any(found.lacks) else ()
    return Assignment(
        question,
        plan,
        Status(found.status),
        levels=levels,
        lacks=checked.lacks,
        blocks=blocks,
        reasons=() if blocks else tuple(why.reasons()),
        nodes=found.nodes,
        solver=solver,
    )


_BREACHES: Final[dict[str, Breach]] = {"incompatible": Breach.SEPARATION}


def conflict_of(posed: Posed, one: kernel.Conflict) -> Conflict:
    """Return a contradiction among pins, in ids."""
    breach = _BREACHES.get(one.kind) or Breach(one.kind)
    people = tuple(posed.people[n] for n in one.people)
    return Conflict(breach, people, tuple(posed.roles[n] for n in one.roles), one.excess)


@value
class _Why:
    """Why something lacks, in ids."""

    posed: Posed
    found: Solution

    def blocks(self) -> Iterator[Block]:
        for one in blocking.blocks(self.posed.problem, self.found):
            roles = tuple(self.posed.roles[n] for n in one.roles)
            people = tuple(self.posed.people[n] for n in one.people)
            yield Block(roles, people, one.wanted, one.filled)

    def reasons(self) -> Iterator[Reason]:
        problem, levels = self.posed.problem, self.found.levels
        size = len(problem.people) * len(problem.roles)
        is_settled = not levels or levels[0].value == levels[0].bound
        if is_settled and size <= _CAUSE_SIZE:
            for cause in blocking.causes(problem, self.found, budget=_CAUSE_BUDGET):
                yield self._reason(cause)

    def _reason(self, cause: blocking.Cause) -> Reason:
        people, roles, at = self.posed.people, self.posed.roles, cause.at
        match cause.kind:
            case "pin" | "ban":
                return Reason(Cause(cause.kind), (people[at[0]],), (roles[at[1]],))
            case "minutes" | "hats":
                return Reason(Cause(cause.kind), (people[at[0]],))
            case "incompatible":
                return Reason(Cause.SEPARATION, (), tuple(roles[n] for n in at))
            case "need":
                return Reason(Cause.NEED, (), (roles[at[0]],), ("seats", roles[at[0]]))
            case _:
                source = self.posed.sources[at[0]]
                kind = Cause.SUPERVISION if source.kind == Cause.SUPERVISION.value else Cause.NEED
                about = (source.role,) if source.role else ()
                return Reason(kind, (), about, source.path)
