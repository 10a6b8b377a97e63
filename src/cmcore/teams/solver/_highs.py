"""The same model through HiGHS, for what a short search does not settle (extra `solver`).

One integer program, with a goal a level: each is made least while those before it keep their
values. It starts from an answer that is known, and leaves out what that answer has proven. What it
finds is verified like any other; that it is the best is what HiGHS states, in floating point.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from math import ceil, gcd
from typing import Any

from cmcore.base.errors import MissingExtraError
from cmcore.base.values import internal
from cmcore.teams.solver._propagation import tightened
from cmcore.teams.solver.check import conflicts
from cmcore.teams.solver.model import (
    AFFINITY,
    BALANCE,
    CHANGES,
    HOURS,
    LOADS,
    Levels,
    Model,
    Row,
    bits,
    compile_problem,
    masks_of,
    pairs_of,
)
from cmcore.teams.solver.problem import Problem
from cmcore.teams.solver.solution import DEPTH, Solution, settled

MOST_NODES = 2_000
"""The nodes that HiGHS opens for one goal, after which it answers with its gap."""
_SAFE = 10**6
"""Costs that go further than this are not told apart for certain in floating point."""
_OFF = 1e-3
"""By how much a value in floating point may be off."""

_OPTIONS = {
    "output_flag": False,
    "mip_rel_gap": 0,
    "mip_abs_gap": 0,
    "threads": 1,
    "mip_max_nodes": MOST_NODES,
    # It starts from a good answer, and its own heuristics took most of the time.
    "mip_heuristic_run_feasibility_jump": False,
    "mip_heuristic_run_rins": False,
    "mip_heuristic_run_rens": False,
    "mip_heuristic_run_root_reduced_cost": False,
}

_Terms = list[tuple[int, int]]


@internal(eq=False)
class Goal:
    """What is made least on a level: columns and what each costs, and what it costs anyway."""

    level: int
    terms: _Terms
    constant: int = 0


def solve_highs(problem: Problem, start: Solution | None = None, *, depth: int = DEPTH) -> Solution:
    """Return the best holders on the first `depth` levels, found by HiGHS from a start.

    Raises:
        MissingExtraError: `highspy` is not installed.
    """
    found = conflicts(problem)
    if found:
        return Solution((), "infeasible", conflicts=found, solver="highs")
    return _Climb(problem, start, depth).run()


class _Climb:
    """The best answer so far, and the bound of each level."""

    def __init__(self, problem: Problem, start: Solution | None, depth: int) -> None:
        self.problem, self.depth, self.start = problem, depth, start
        self.model = tightened(compile_problem(problem).spared())
        self.program = Program(self.model)
        self.held = masks_of(problem, start.pairs) if start and start.levels else None
        self.nodes = start.nodes if start else 0

    def run(self) -> Solution:
        bounds, goals = [0] * self.depth, self.program.goals(self.depth)
        is_proven = True
        for number, goal in enumerate(goals):
            known = self._known(goal) if is_proven or not goal.terms else None
            bound = self._least(goal) if known is None else known
            if bound is None:
                return self._nothing(is_possible=self.program.is_cut)
            bounds[goal.level] += bound
            now = self._now(goal)
            is_proven = is_proven and bound == now
            if number + 1 < len(goals):
                self.program.keep(goal, now)
        return settled(self.problem, pairs_of(self.held or ()), bounds, self.nodes, "highs")

    def _nothing(self, *, is_possible: bool) -> Solution:
        status: Any = "gap" if is_possible else "infeasible"
        return Solution((), status, nodes=self.nodes, solver="highs")

    def _known(self, goal: Goal) -> int | None:
        """Return the value of a goal that the start has proven, or that nothing changes."""
        if not goal.terms and self.held is not None:
            return goal.constant
        levels = self.start.levels if self.start else ()
        if goal.level >= len(levels) or any(
            level.value != level.bound for level in levels[: goal.level + 1]
        ):
            return None
        return self._now(goal)

    def _now(self, goal: Goal) -> int:
        """Return what the answer at hand is worth on a goal."""
        point = self.program.point(self.held or ())
        return goal.constant + sum(cost * point[column] for column, cost in goal.terms)

    def _least(self, goal: Goal) -> int | None:
        """Make a goal less, and return its bound; None where nothing fits, or nothing is found."""
        program = self.program
        held, bound = program.least(goal, self.held)
        self.nodes += program.nodes
        if held is not None and (self.held is None or self._worth(held) < self._worth(self.held)):
            self.held = held
        if self.held is None or bound is None:
            return None
        return min(bound, self._now(goal))

    def _worth(self, held: Sequence[int]) -> tuple[bool, Levels]:
        """Return what sorts answers: those that break no rule first, then the best."""
        return not self.model.sound(held), self.model.levels(held)


@contextmanager
def _silence() -> Iterator[None]:
    """Keep what HiGHS prints when it is made from standard output, which may be somebody's data."""
    kept, nothing = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    try:
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nothing)


class Program:
    """Rows and columns of an integer program: one column per pair and per missing thing."""

    def __init__(self, model: Model) -> None:
        try:
            import highspy
        except ImportError as error:
            raise MissingExtraError("highspy") from error
        self._model, self._highs = model, highspy
        self.nodes, self.is_cut = 0, False
        self._least: list[int] = []
        self._most: list[int] = []
        self._rows: list[tuple[_Terms, float, float]] = []
        self._defined: list[tuple[int, Callable[[list[int]], int]]] = []
        self._lacks: tuple[_Terms, ...] = ([], [], [])
        self._holding: dict[tuple[int, int], int] = {}
        self._pair = {
            (person, role): self._column(1, least=model.must[person] >> role & 1)
            for person, able in enumerate(model.able)
            for role in able
        }
        self._squares: _Terms = []
        for person in range(len(model.may)):
            self._personal(person)
        self._team([self._counted(row) for row in model.rows])
        self._solver = self._passed()

    def _passed(self) -> Any:  # noqa: ANN401 - HiGHS has no types
        """Return HiGHS with the whole program."""
        highspy = self._highs
        with _silence():
            solver = highspy.Highs()
        for option, setting in _OPTIONS.items():
            solver.setOptionValue(option, setting)
        program = highspy.HighsLp()
        program.num_col_, program.num_row_ = len(self._most), len(self._rows)
        program.col_cost_ = [0] * len(self._most)
        program.col_lower_, program.col_upper_ = self._least, self._most
        program.row_lower_ = [least for _, least, _ in self._rows]
        program.row_upper_ = [most for _, _, most in self._rows]
        starts, columns, factors = [0], list[int](), list[int]()
        for terms, _, _ in self._rows:
            columns += [column for column, _ in terms]
            factors += [factor for _, factor in terms]
            starts.append(len(columns))
        program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        program.a_matrix_.start_, program.a_matrix_.index_ = starts, columns
        program.a_matrix_.value_ = factors
        program.integrality_ = [highspy.HighsVarType.kInteger] * len(self._most)
        solver.passModel(program)
        return solver

    def _column(self, most: int, least: int = 0) -> int:
        self._least.append(least)
        self._most.append(most)
        return len(self._most) - 1

    def _made(self, most: int, defined: Callable[[list[int]], int]) -> int:
        """Return a column whose value follows from those before it."""
        column = self._column(most)
        self._defined.append((column, defined))
        return column

    def _row(self, terms: _Terms, least: float, most: float) -> None:
        self._rows.append((terms, least, most))

    def _at_most(self, terms: _Terms, most: int) -> None:
        if terms:
            self._row(terms, -self._highs.kHighsInf, most)

    def _of(self, person: int, mask: int) -> _Terms:
        """Return the pairs of one person and some roles."""
        return [(self._pair[person, role], 1) for role in bits(mask & self._model.may[person])]

    def _personal(self, person: int) -> None:
        model = self._model
        held = self._of(person, -1)
        if model.hats[person] < len(held):
            self._at_most(held, model.hats[person])
        capacity = model.capacity[person]
        if capacity is not None:
            spent = zip(held, model.able[person], strict=True)
            minutes = model.minutes[person]
            self._at_most([(column, minutes[role]) for (column, _), role in spent], capacity)
        for role in model.able[person]:
            for other in bits(model.clash[role] & model.may[person] & -(2 << role)):
                self._at_most(self._of(person, 1 << role | 1 << other), 1)
        if model.loads[person]:
            self._wish(self._of(person, ~model.idle), model.loads[person], 1, level=LOADS)
        self._square(held, model.hats[person])

    def _square(self, held: _Terms, hats: int) -> None:
        """Let squares of numbers of roles cost 1 for the first role, then 3, then 5."""
        steps = [
            (self._made(1, lambda point, worn=worn: int(_sum(held, point) > worn)), 2 * worn + 1)  # type: ignore[misc]
            for worn in range(min(len(held), hats))
        ]
        self._squares += steps
        if held:
            self._row([*held, *((column, -1) for column, _ in steps)], 0, 0)

    def _wish(self, terms: _Terms, least: int, weight: int, *, level: int = 0) -> None:
        """Ask for a count, or for what is missing to be paid for."""
        lack = self._made(least, lambda point: max(0, least - _sum(terms, point)))
        self._lacks[level].append((lack, weight))
        self._row([*terms, (lack, 1)], least, self._highs.kHighsInf)

    def _holds(self, person: int, mask: int) -> int:
        """Return the column of whether somebody holds any of some roles."""
        held = self._of(person, mask)
        if len(held) == 1:
            return held[0][0]
        if (known := self._holding.get((person, mask))) is not None:
            return known
        column = self._any(held)
        for pair, _ in held:
            self._at_most([(pair, 1), (column, -1)], 0)
        self._holding[person, mask] = column
        return column

    def _any(self, terms: _Terms) -> int:
        """Return a column that is 0 where all of some are."""
        column = self._made(1, lambda point: min(1, _sum(terms, point)))
        self._at_most([(column, 1), *((one, -1) for one, _ in terms)], 0)
        return column

    def _counted(self, row: Row) -> _Terms:
        """Return whom a row counts, once it is asked of them what the row asks."""
        people = range(len(self._model.may)) if row.group is None else sorted(row.group)
        some = (one for one in people if self._model.may[one] & row.mask)
        terms = [(self._holds(one, row.mask & self._model.may[one]), 1) for one in some]
        if row.most < len(terms):
            self._at_most(terms, row.most)
        if row.weight:
            self._wish(terms, row.least, row.weight, level=row.level)
        return terms

    def _team(self, counted: Sequence[_Terms]) -> None:
        for guard in self._model.guards:
            others = self._model.rows[guard.row].group or ()
            for person in sorted(guard.group.difference(others)):
                for alone in self._of(person, 1 << guard.role):
                    self._at_most([alone, *((one, -1) for one, _ in counted[guard.row])], 0)
        for spread in self._model.spreads:
            found = [(self._any(counted[row]), 1) for row in spread.rows]
            self._wish(found, spread.least, spread.weight)

    def goals(self, depth: int) -> list[Goal]:
        """Return what is made least on the first levels, in turn."""
        model = self._model

        def costs(table: Sequence[Sequence[int]]) -> _Terms:
            return [(column, table[person][role]) for (person, role), column in self._pair.items()]

        goals = [
            *(Goal(0, terms) for terms in self._tiers(self._lacks[0])),
            Goal(HOURS, self._lacks[HOURS]),
            Goal(LOADS, self._lacks[LOADS]),
            Goal(CHANGES, costs(model.change), model.previous),
            Goal(AFFINITY, costs(model.loss)),
            Goal(BALANCE, self._squares),
        ]
        return [goal for goal in goals if goal.level < depth]

    def _tiers(self, lacks: _Terms) -> list[_Terms]:
        """Split shortages into tiers where one of a tier outweighs all below, the dearest first.

        Only where all together costs more than can be distinguished.
        """
        tiers: list[_Terms] = [[]]
        total = 0
        for column, weight in sorted(lacks, key=lambda two: two[1]):
            if weight > total > 0 and total + weight * self._most[column] > _SAFE:
                tiers.append([])
            tiers[-1].append((column, weight))
            total += weight * self._most[column]
        return tiers[::-1]

    def least(self, goal: Goal, start: Sequence[int] | None) -> tuple[list[int] | None, int | None]:
        """Make a goal least; return the answer found and a bound, None for what there is not.

        Raises:
            RuntimeError: HiGHS gives up.
        """
        solver, highspy = self._solver, self._highs
        unit = gcd(*(cost for _, cost in goal.terms)) or 1
        scale = max(1, max((abs(c) for _, c in goal.terms), default=1) // unit // _SAFE)
        costs = [0.0] * len(self._most)
        for column, cost in goal.terms:
            costs[column] = cost / (unit * scale)
        solver.changeColsCost(len(costs), list(range(len(costs))), costs)
        if start is not None:
            answer = highspy.HighsSolution()
            answer.col_value = self.point(start)
            solver.setSolution(answer)
        solver.run()
        status, info = solver.getModelStatus(), solver.getInfo()
        known = highspy.HighsModelStatus
        # Every column is bounded: what is infeasible or unbounded is infeasible.
        if status in (known.kInfeasible, known.kUnboundedOrInfeasible):
            return None, None
        self.is_cut = status == known.kSolutionLimit
        if not self.is_cut and status not in (known.kOptimal, known.kModelEmpty):
            message = f"HiGHS stopped with the status `{solver.modelStatusToString(status)}`"
            raise RuntimeError(message)
        self.nodes = max(0, info.mip_node_count)
        has_found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        if status == known.kModelEmpty:
            return [0] * len(self._model.may), goal.constant
        held = self._held(solver.getSolution().col_value) if has_found else None
        worth = info.mip_dual_bound if self.is_cut else info.objective_function_value
        return held, goal.constant + unit * ceil(
            worth * scale - _OFF * scale if scale > 1 else worth - _OFF
        )

    def keep(self, goal: Goal, most: int) -> None:
        """Ask that a goal is worth no more than this from now on."""
        if goal.terms:
            columns, factors = zip(*goal.terms, strict=True)
            most -= goal.constant
            self._solver.addRow(-self._highs.kHighsInf, most, len(columns), columns, factors)

    def _held(self, values: Sequence[float]) -> list[int]:
        held = [0] * len(self._model.may)
        for (person, role), column in self._pair.items():
            held[person] |= (values[column] > 1 / 2) << role
        return held

    def point(self, held: Sequence[int]) -> list[int]:
        """Return the value of every column at an answer."""
        point = [0] * len(self._most)
        for person, mask in enumerate(held):
            for role in bits(mask):
                point[self._pair[person, role]] = 1
        for column, defined in self._defined:
            point[column] = defined(point)
        return point


def _sum(terms: _Terms, point: list[int]) -> int:
    return sum(factor * point[column] for column, factor in terms)
