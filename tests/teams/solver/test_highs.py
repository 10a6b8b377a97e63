"""HiGHS is an extra: the same answers where it is there, and its absence and failures told."""

import os
import sys
from types import SimpleNamespace

import pytest

from cmcore.base.errors import MissingExtraError
from cmcore.teams.solver._highs import solve_highs
from cmcore.teams.solver.problem import AtLeast, AtMost, Problem, Rule, Seats, Supervision
from cmcore.teams.solver.solution import Level
from cmcore.teams.solver.solve import solve

ALONE = Problem([[5]], [Seats()], pins=[(0, 0)], rules=[Supervision(0, [0], [])])


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "highspy", None)
    with pytest.raises(MissingExtraError, match=r"cmcore\[solver\]"):
        solve_highs(Problem([], []))


def test_contradictions_are_told_before_anything_is_solved() -> None:
    solution = solve_highs(Problem([[None]], [Seats()], pins=[(0, 0)]))
    assert (solution.status, len(solution.conflicts)) == ("infeasible", 1)


def test_levels_are_solved_in_order() -> None:
    pytest.importorskip("highspy")
    problem = Problem([[3, 5], [4, 4]], [Seats(), Seats()], hats=[1, 1])
    solution = solve_highs(problem, depth=5)
    assert solution.pairs == ((0, 1), (1, 0))
    assert solution.levels[4] == Level("affinity", 9, 9)
    assert solve_highs(Problem([], [])).status == "optimal"


def test_rules_about_the_same_roles_of_one_person_are_counted_together() -> None:
    pytest.importorskip("highspy")
    rules: list[Rule] = [AtLeast([0, 1], [0, 1], 2), AtMost([0, 1], [0], 0)]
    problem = Problem([[5, 5], [4, 4]], [Seats(), Seats()], rules=rules)
    solution = solve_highs(problem)
    assert (solution.status, solution.pairs) == ("optimal", ((1, 0), (1, 1)))
    assert solution.values == solve(problem, solver="own").values


def test_what_pins_and_supervision_make_impossible_is_infeasible() -> None:
    pytest.importorskip("highspy")
    assert solve_highs(ALONE).status == "infeasible"


def test_a_solver_that_gives_up_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    highspy = pytest.importorskip("highspy")
    status = SimpleNamespace(
        kOptimal="other",
        kModelEmpty="other",
        kInfeasible="other",
        kUnboundedOrInfeasible="other",
        kSolutionLimit="other",
    )
    monkeypatch.setattr(highspy, "HighsModelStatus", status)
    with pytest.raises(RuntimeError, match="HiGHS stopped with the status `Infeasible`"):
        solve_highs(ALONE)


def test_what_highs_prints_never_reaches_standard_output(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    highspy = pytest.importorskip("highspy")
    made = highspy.Highs

    def chatty() -> object:
        os.write(1, b"Running HiGHS 1.16.0: Copyright\n")
        return made()

    monkeypatch.setattr(highspy, "Highs", chatty)
    assert solve_highs(Problem([[5]], [Seats()])).status == "optimal"
    assert capfd.readouterr().out == ""
