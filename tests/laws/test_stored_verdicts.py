"""What a service stores is read back: decisions of dated rules, gaps, and all of an assignment."""

from datetime import UTC, date, datetime, timedelta

import attrs
import pytest
from hypothesis import given

from cmcore import (
    Act,
    Charter,
    Decision,
    Member,
    Needs,
    Role,
    Rule,
    Seats,
    Stage,
    Team,
    ValidationCircuit,
    assign,
    coverage,
    decide,
    dump,
    parse,
    structure,
    unstructure,
)
from cmcore.charters import Case, Term  # fmt: skip
from cmcore.circuits.approvers import Approvers
from cmcore.strategies import charters_and_cases

NOW = datetime(2026, 3, 2, tzinfo=UTC)
DESK = ValidationCircuit("desk", [Stage(Approvers("role", ["boss"]))])


@given(charters_and_cases())
def test_a_decision_on_an_act_without_a_moment_reads_back(drawn: tuple[Charter, Case]) -> None:
    charter, case = drawn
    context = attrs.evolve(case.context, at=None)
    decision = decide(charter, attrs.evolve(case.act, at=None), context)
    assert parse(dump(decision, format="json"), Decision, format="json") == decision


@pytest.mark.parametrize("term", [Term(date(2026, 1, 1)), Term(None, date(2026, 1, 1))])
def test_a_decision_that_could_not_tell_the_day_reads_back(term: Term) -> None:
    rule = attrs.evolve(Rule.permit("dated", because="Fine."), term=term)
    charter = Charter("c", rules=[rule], circuits=[DESK], default="desk")
    decision = decide(charter, Act(kind="publish"))
    assert structure(unstructure(decision), Decision) == decision


def test_what_is_missing_of_a_team_reads_back() -> None:
    team, needs = Team("t", [Member("ana")], [Role("boss")]), Needs("n", seats=[Seats("boss", 2)])
    found = coverage(team, needs, start=NOW, stop=NOW + timedelta(days=1))
    assert found.gaps
    for verdict in (found, *found.gaps, assign(team, needs)):
        assert structure(unstructure(verdict), type(verdict)) == verdict
