"""Caps on people who are alike: no plan exceeds them, whichever engine finds it."""

import pytest

from cmcore import Member, Needs, Plan, Role, Seats, Team, assign, verify
from cmcore.teams import Cap, Status
from cmcore.teams.solver.solve import Solver

CAP = Needs("n", seats=[Seats("steward", 3)], mix=[Cap("employer", 2, {"steward"})])
PEOPLE = [("ana", "Acme"), ("bo", "Acmé"), ("cy", "acme"), ("di", "Bolt"), ("eve", None)]
TEAM = Team("t", [Member(who, employer=of) for who, of in PEOPLE], [Role("steward")])


@pytest.mark.parametrize("solver", ["own", "highs"])
def test_at_most_two_of_three_are_of_one_employer(solver: Solver) -> None:
    found = assign(TEAM, CAP, solver=solver)
    assert (found.status, found.lacks) == (Status.OPTIMAL, ())
    assert sum(who in {"ana", "bo", "cy", "eve"} for who, _ in found.pairs) == 2


@pytest.mark.parametrize("solver", ["own", "highs"])
def test_who_may_be_of_any_employer_counts_with_each(solver: Solver) -> None:
    found = assign(TEAM.without("di"), CAP, solver=solver)
    assert [one.size for one in found.lacks] == [1]
    assert "the mix among `steward` (employer: acme)" in str(found)


def test_pins_over_a_cap_are_a_contradiction() -> None:
    pins = [(who, "steward") for who in ("ana", "bo", "cy")]
    found = assign(TEAM, CAP, pins=pins)
    assert found.status is Status.INFEASIBLE
    (conflict,) = found.conflicts
    assert conflict == verify(TEAM, CAP, Plan(pins)).conflicts[0]
    assert conflict.text() == "`ana`, `bo` and `cy` among `steward`: 1 too many alike"
    assert conflict.text("fr").endswith("parmi `steward`\xa0: 1 de trop qui se ressemblent")


def test_a_cap_asks_nobody_to_hold_a_role() -> None:
    assert CAP.needed == {"steward"}
    assert not Needs("n", mix=[Cap("employer", 2, {"steward"})]).needed
