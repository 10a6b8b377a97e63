"""The same problem through HiGHS, for what a short search does not settle (extra `solver`).

One integer program, with a goal a level: each is made least while those before it keep their
values. It starts from an answer that is known, and leaves out what that answer has proven. What it
finds is verified like any other; that it is the best is what HiGHS states, in floating point.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import product
from math import ceil, gcd
from typing import Any

from attrs import astuple

from cmcore.base.errors import MissingExtraError
from cmcore.base.values import internal
from cmcore.teams.solver.check import conflicts, verify
from cmcore.teams.solver.model import AFFINITY, BALANCE, CHANGES, HOURS, LOADS
from cmcore.teams.solver.problem import (
    AtLeast,
    AtMost,
    Distinct,
    Pair,
    Problem,
    Supervision,
)
from cmcore.teams.solver.solution import DEPTH, Solution, settled

MOST_NODES = 2_000
"""The nodes that HiGHS opens for one goal, after which it answers with its gap."""
_SAFE = 10**6
"""Costs that go further than this are not told apart for certain in floating point."""
_OFF = 1e-3
"""By how much a value in floating point may be off."""
_SIGNS = (1, 1, 1, 1, -1, 1)

_OPTIONS = {
    "output_flag": False,
    "mip_rel_gap": 0,
    "mip_abs_gap": 0,
    "threads": 1,
    "mip_max_nodes": MOST_NODES,
    # It starts from a good answer, and looks for better ones took most of its time.
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
        self.program = Program(problem)
        self.pairs = start.pairs if start and start.levels else None
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
        return settled(self.problem, self.pairs or (), bounds, self.nodes, "highs")

    def _nothing(self, *, is_possible: bool) -> Solution:
        status: Any = "gap" if is_possible else "infeasible"
        return Solution((), status, nodes=self.nodes, solver="highs")

    def _known(self, goal: Goal) -> int | None:
        """Return the value of a goal that the start has proven, or that nothing changes."""
        if not goal.terms and self.pairs is not None:
            return goal.constant
        levels = self.start.levels if self.start else ()
        if goal.level >= len(levels) or any(
            level.value != level.bound for level in levels[: goal.level + 1]
        ):
            return None
        return self._now(goal)

    def _now(self, goal: Goal) -> int:
        """Return what the answer at hand is worth on a goal."""
        point = self.program.point(self.pairs or ())
        return goal.constant + sum(cost * point[column] for column, cost in goal.terms)

    def _least(self, goal: Goal) -> int | None:
        """Make a goal less, and return its bound; None where nothing fits, or nothing is found."""
        program = self.program
        pairs, bound = program.least(goal, self.pairs)
        self.nodes += program.nodes
        if pairs is not None and (self.pairs is None or self._is_better(pairs)):
            self.pairs = pairs
        if self.pairs is None or bound is None:
            return None
        return min(bound, self._now(goal))

    def _is_better(self, pairs: Sequence[Pair]) -> bool:
        return self._worth(pairs) < self._worth(self.pairs or ())

    def _worth(self, pairs: Sequence[Pair]) -> tuple[bool, tuple[int, ...]]:
        """Return what sorts answers: those that break no rule first, then the best."""
        checked = verify(self.problem, pairs)
        values = zip(_SIGNS, astuple(checked.values), strict=True)
        return bool(checked.violations), tuple(sign * one for sign, one in values)


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
    """Rows and columns of an integer program: one column a pair, and one for each thing lacking."""

    def __init__(self, problem: Problem) -> None:
        try:
            import highspy
        except ImportError as error:
            raise MissingExtraError("highspy") from error
        self._problem, self._highs = problem, highspy
        self.nodes, self.is_cut = 0, False
        self._least: list[int] = []
        self._most: list[int] = []
        self._rows: list[tuple[_Terms, float, float]] = []
        self._defined: list[tuple[int, Callable[[list[int]], int]]] = []
        self._lacks: tuple[_Terms, ...] = ([], [], [])
        pins, bans = set(problem.pins), set(problem.bans)
        self._pair = {
            (person, role): self._column(1, least=int((person, role) in pins))
            for person, role in product(problem.people, problem.roles)
            if problem.fit[person][role] is not None and (person, role) not in bans
        }
        self._personal()
        self._seats()
        for rule in problem.rules:
            self._rule(rule)
        self._squares = self._hats()
        self._model = self._passed()

    def _passed(self) -> Any:  # noqa: ANN401 - HiGHS has no types
        """Return HiGHS with the whole program."""
        highspy = self._highs
        with _silence():
            model = highspy.Highs()
        for option, setting in _OPTIONS.items():
            model.setOptionValue(option, setting)
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
        model.passModel(program)
        return model

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

    def _of(self, people: Iterable[int], roles: Iterable[int]) -> _Terms:
        wanted = product(sorted(people), sorted(roles))
        return [(self._pair[pair], 1) for pair in wanted if pair in self._pair]

    def _personal(self) -> None:
        problem = self._problem
        for person in problem.people:
            held = self._of((person,), problem.roles)
            if problem.hats[person] < len(held):
                self._at_most(held, problem.hats[person])
            capacity, minutes = problem.capacity[person], problem.minutes[person]
            if capacity is not None:
                pairs = ((role, self._pair.get((person, role))) for role in problem.roles)
                spent = [(column, minutes[role]) for role, column in pairs if column is not None]
                self._at_most(spent, capacity)
            for two in problem.incompatible:
                self._at_most(self._of((person,), two), 1)
            if problem.loads[person]:
                needed = self._of((person,), {*problem.roles} - {*problem.idle})
                self._wish(needed, problem.loads[person], 1, level=LOADS)

    def _wish(self, terms: _Terms, least: int, weight: int, *, level: int = 0) -> None:
        """Ask for a count, or for what lacks to be paid for."""
        lack = self._made(least, lambda point: max(0, least - _sum(terms, point)))
        self._lacks[level].append((lack, weight))
        self._row([*terms, (lack, 1)], least, self._highs.kHighsInf)

    def _seats(self) -> None:
        for role, seats in enumerate(self._problem.seats):
            held = self._of(self._problem.people, (role,))
            if seats.most < len(held):
                self._at_most(held, seats.most)
            self._wish(held, seats.least, seats.weight)

    def _holders(self, people: Iterable[int], roles: tuple[int, ...]) -> _Terms:
        """Return one column a person: whether they hold any of the roles."""
        terms: _Terms = []
        for person in people:
            held = self._of((person,), roles)
            if len(held) <= 1:
                terms += held
            else:
                any_held = self._made(1, lambda point, held=held: min(1, _sum(held, point)))  # type: ignore[misc]
                terms.append((any_held, 1))
                self._at_most([(any_held, 1), *((column, -1) for column, _ in held)], 0)
                for column, _ in held:
                    self._at_most([(column, 1), (any_held, -1)], 0)
        return terms

    def _rule(self, rule: Supervision | AtMost | AtLeast | Distinct) -> None:
        match rule:
            case Supervision():
                others = self._of(rule.others, (rule.role,))
                for column, _ in self._of({*rule.group} - {*rule.others}, (rule.role,)):
                    self._at_most([(column, 1), *((other, -1) for other, _ in others)], 0)
            case AtMost():
                self._at_most(self._holders(rule.group, rule.roles), rule.count)
            case AtLeast():
                held = self._holders(rule.group, rule.roles)
                self._wish(held, rule.count, rule.weight, level=rule.timed)
            case _:
                found: _Terms = []
                for group in rule.groups:
                    held = self._holders(group, rule.roles)
                    column = self._made(1, lambda point, held=held: min(1, _sum(held, point)))  # type: ignore[misc]
                    self._at_most([(column, 1), *((one, -1) for one, _ in held)], 0)
                    found.append((column, 1))
                self._wish(found, rule.count, rule.weight)

    def _hats(self) -> _Terms:
        """Return what squares of hats cost: 1 for the first hat, then 3, then 5."""
        squares: _Terms = []
        for person in self._problem.people:
            held = self._of((person,), self._problem.roles)
            steps: _Terms = []
            for worn in range(min(len(held), self._problem.hats[person])):
                step = self._made(
                    1,
                    lambda point, held=held, worn=worn: int(_sum(held, point) > worn),  # type: ignore[misc]
                )
                steps.append((step, 2 * worn + 1))
            squares += steps
            if held:
                self._row([*held, *((column, -1) for column, _ in steps)], 0, 0)
        return squares

    def goals(self, depth: int) -> list[Goal]:
        """Return what is made least on the first levels, in turn."""
        problem = self._problem
        previous = set(problem.previous)
        changes = [(column, -1 if pair in previous else 1) for pair, column in self._pair.items()]
        losses = [(column, -(problem.fit[person][role] or 0))
                  for (person, role), column in self._pair.items()]  # fmt: skip
        goals = [
            *(Goal(0, terms) for terms in self._tiers(self._lacks[0])),
            Goal(HOURS, self._lacks[HOURS]),
            Goal(LOADS, self._lacks[LOADS]),
            Goal(CHANGES, changes, len(previous)),
            Goal(AFFINITY, losses),
            Goal(BALANCE, self._squares),
        ]
        return [goal for goal in goals if goal.level < depth]

    def _tiers(self, lacks: _Terms) -> list[_Terms]:
        """Part what lacks where one of the dearer outweighs all of the cheaper, the dearest first.

        Only where all together costs more than can be told apart.
        """
        tiers: list[_Terms] = [[]]
        total = 0
        for column, weight in sorted(lacks, key=lambda two: two[1]):
            if weight > total > 0 and total + weight * self._most[column] > _SAFE:
                tiers.append([])
            tiers[-1].append((column, weight))
            total += weight * self._most[column]
        return tiers[::-1]

    def least(
        self, goal: Goal, start: Sequence[Pair] | None
    ) -> tuple[tuple[Pair, ...] | None, int | None]:
        """Make a goal least; return the pairs found and a bound, None for what there is not.

        Raises:
            RuntimeError: HiGHS gives up.
        """
        model, highspy = self._model, self._highs
        unit = gcd(*(cost for _, cost in goal.terms)) or 1
        scale = max(1, max((abs(c) for _, c in goal.terms), default=1) // unit // _SAFE)
        costs = [0.0] * len(self._most)
        for column, cost in goal.terms:
            costs[column] = cost / (unit * scale)
        model.changeColsCost(len(costs), list(range(len(costs))), costs)
        if start is not None:
            answer = highspy.HighsSolution()
            answer.col_value = self.point(start)
            model.setSolution(answer)
        model.run()
        status, info = model.getModelStatus(), model.getInfo()
        known = highspy.HighsModelStatus
        # Every column is bounded: what is infeasible or unbounded is infeasible.
        if status in (known.kInfeasible, known.kUnboundedOrInfeasible):
            return None, None
        self.is_cut = status == known.kSolutionLimit
        if not self.is_cut and status not in (known.kOptimal, known.kModelEmpty):
            message = f"HiGHS stopped with the status `{model.modelStatusToString(status)}`"
            raise RuntimeError(message)
        self.nodes = max(0, info.mip_node_count)
        has_found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        is_empty = status == known.kModelEmpty
        values = model.getSolution().col_value if has_found else ()
        pairs = (
            tuple(p for p, column in self._pair.items() if values[column] > 1 / 2)
            if has_found
            else None
        )
        if is_empty:
            return (), goal.constant
        worth = info.mip_dual_bound if self.is_cut else info.objective_function_value
        return pairs, goal.constant + unit * ceil(
            worth * scale - _OFF * scale if scale > 1 else worth - _OFF
        )

    def keep(self, goal: Goal, most: int) -> None:
        """Ask that a goal is worth no more than this from now on."""
        if goal.terms:
            columns, factors = zip(*goal.terms, strict=True)
            most -= goal.constant
            self._model.addRow(-self._highs.kHighsInf, most, len(columns), columns, factors)

    def point(self, pairs: Iterable[Pair]) -> list[int]:
        """Return the value of every column at an answer."""
        point = [0] * len(self._most)
        for pair in pairs:
            point[self._pair[pair]] = 1
        for column, defined in self._defined:
            point[column] = defined(point)
        return point


def _sum(terms: _Terms, point: list[int]) -> int:
    return sum(factor * point[column] for column, factor in terms)
