"""The same problem through HiGHS, for the large and the hard (extra `solver`).

One integer program a level, each with the values of the levels before it as rows. The answer is
verified like any other; that it is the best is what HiGHS states, in floating point.
"""

from collections.abc import Iterable
from itertools import product
from typing import Any

from cmcore.foundation.errors import MissingExtraError
from cmcore.policy.assigning.problem import (
    AtLeast,
    AtMost,
    Distinct,
    Problem,
    Supervision,
    conflicts,
)
from cmcore.policy.assigning.solve import Solution, settled

_Terms = list[tuple[Any, int]]


def solve_highs(problem: Problem, *, depth: int = 4) -> Solution:
    """Return the best holders on the first `depth` levels, found by HiGHS.

    Raises:
        MissingExtraError: `highspy` is not installed.
    """
    found = conflicts(problem)
    if found:
        return Solution((), "infeasible", conflicts=found)
    program = _Program(problem)
    bounds = []
    for terms, constant in program.levels()[:depth]:
        least = program.least(terms)
        if least is None:
            return Solution((), "infeasible")
        bounds.append(least + constant)
    return settled(problem, program.pairs(), bounds, ())


class _Program:
    """Rows and columns of an integer program: one column a pair, and one for each thing lacking."""

    def __init__(self, problem: Problem) -> None:
        try:
            import highspy
        except ImportError as error:
            raise MissingExtraError("highspy") from error
        self._problem = problem
        self._whole = highspy.HighsVarType.kInteger
        status = highspy.HighsModelStatus
        self._solved = (status.kOptimal, status.kModelEmpty)
        # Every column is bounded: what is infeasible or unbounded is infeasible.
        self._impossible = (status.kInfeasible, status.kUnboundedOrInfeasible)
        self._infinite = highspy.kHighsInf
        self._model: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        for option, setting in (("output_flag", False), ("mip_rel_gap", 0), ("threads", 1)):
            self._model.setOptionValue(option, setting)
        self._columns = 0
        self._worth: dict[int, int] = {}
        pins, bans = set(problem.pins), set(problem.bans)
        self._pair = {
            (person, role): self._column(1, least=int((person, role) in pins))
            for person, role in product(problem.people, problem.roles)
            if problem.fit[person][role] is not None and (person, role) not in bans
        }
        self._lacks: _Terms = []
        self._personal()
        self._seats()
        for rule in problem.rules:
            self._rule(rule)
        self._squares = self._hats()

    def _column(self, most: float, least: int = 0) -> int:
        self._model.addVar(least, most)
        self._model.changeColIntegrality(self._columns, self._whole)
        self._columns += 1
        return self._columns - 1

    def _row(self, terms: _Terms, least: float, most: float) -> None:
        columns, factors = [column for column, _ in terms], [factor for _, factor in terms]
        self._model.addRow(least, most, len(terms), columns, factors)

    def _at_most(self, terms: _Terms, most: int) -> None:
        self._row(terms, -self._infinite, most)

    def _of(self, people: Iterable[int], roles: Iterable[int]) -> _Terms:
        wanted = product(sorted(people), sorted(roles))
        return [(self._pair[pair], 1) for pair in wanted if pair in self._pair]

    def _personal(self) -> None:
        problem = self._problem
        for person in problem.people:
            self._at_most(self._of((person,), problem.roles), problem.hats[person])
            capacity = problem.capacity[person]
            if capacity is not None:
                minutes = problem.minutes[person]
                held = [(role, self._pair.get((person, role))) for role in problem.roles]
                spent = [(column, minutes[role]) for role, column in held if column is not None]
                self._at_most(spent, capacity)
            for two in problem.incompatible:
                self._at_most(self._of((person,), two), 1)

    def _wish(self, terms: _Terms, least: int, weight: int) -> None:
        """Ask for a count, or for what lacks to be paid for."""
        lack = self._column(least)
        self._lacks.append((lack, weight))
        self._row([*terms, (lack, 1)], least, self._infinite)

    def _seats(self) -> None:
        for role, seats in enumerate(self._problem.seats):
            held = self._of(self._problem.people, (role,))
            self._at_most(held, seats.most)
            self._wish(held, seats.least, seats.weight)

    def _holders(self, people: Iterable[int], roles: tuple[int, ...]) -> _Terms:
        """Return one column a person: whether they hold any of the roles."""
        terms: _Terms = []
        for person in people:
            held = self._of((person,), roles)
            if len(roles) == 1:
                terms += held
            elif held:
                any_held = self._column(1)
                terms.append((any_held, 1))
                self._at_most([(any_held, 1), *((column, -1) for column, _ in held)], 0)
                for column, _ in held:
                    self._at_most([(column, 1), (any_held, -1)], 0)
        return terms

    def _rule(self, rule: Supervision | AtMost | AtLeast | Distinct) -> None:
        match rule:
            case Supervision():
                others = self._of(set(self._problem.people) - set(rule.group), (rule.role,))
                for column, _ in self._of(rule.group, (rule.role,)):
                    self._at_most([(column, 1), *((other, -1) for other, _ in others)], 0)
            case AtMost():
                self._at_most(self._holders(rule.group, rule.roles), rule.count)
            case AtLeast():
                self._wish(self._holders(rule.group, rule.roles), rule.count, rule.weight)
            case _:
                found = [(self._column(1), 1) for _ in rule.groups]
                for (column, _), group in zip(found, rule.groups, strict=True):
                    held = self._holders(group, rule.roles)
                    self._at_most([(column, 1), *((one, -1) for one, _ in held)], 0)
                self._wish(found, rule.count, rule.weight)

    def _hats(self) -> _Terms:
        """Return what squares of hats cost: 1 for the first hat, then 3, then 5."""
        squares: _Terms = []
        for person in self._problem.people:
            held = self._of((person,), self._problem.roles)
            steps = [(self._column(1), 2 * worn + 1) for worn in range(len(held))]
            squares += steps
            self._row([*held, *((column, -1) for column, _ in steps)], 0, 0)
        return squares

    def levels(self) -> list[tuple[_Terms, int]]:
        """Return what each level costs, all to be made least: by column, and in any case."""
        previous = set(self._problem.previous)
        changes = [(column, -1 if pair in previous else 1) for pair, column in self._pair.items()]
        losses = [
            (column, -(self._problem.fit[person][role] or 0))
            for (person, role), column in self._pair.items()
        ]
        return [(self._lacks, 0), (changes, len(previous)), (losses, 0), (self._squares, 0)]

    def least(self, terms: _Terms) -> int | None:
        """Make one level least, keep it so, and return its value; None when nothing fits.

        Raises:
            RuntimeError: HiGHS gives up.
        """
        model = self._model
        for column in range(self._columns):
            model.changeColCost(column, 0)
        for column, cost in terms:
            model.changeColCost(column, cost)
        model.run()
        status = model.getModelStatus()
        if status not in self._solved:
            if status in self._impossible:
                return None
            message = f"HiGHS stopped with the status `{model.modelStatusToString(status)}`"
            raise RuntimeError(message)
        value: int = round(model.getInfo().objective_function_value)
        self._row(terms, -self._infinite, value)
        self._found = model.getSolution().col_value
        return value

    def pairs(self) -> tuple[tuple[int, int], ...]:
        """Return the pairs held."""
        return tuple(pair for pair, column in self._pair.items() if self._found[column] > 1 / 2)
