"""Several circuits: a rule that refers to several is as one rule to each of them."""

from datetime import UTC, datetime, timedelta

import attrs
import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from cmcore import (
    Act,
    Approvers,
    Charter,
    Decision,
    Incident,
    Quorum,
    Rule,
    Span,
    Stage,
    Team,
    ValidationCircuit,
    completable,
    conduct,
    decide,
    structure,
    unstructure,
)
from cmcore.charters import Effect
from cmcore.charters.history import Case
from cmcore.incidents import ActEvent, Playbook, StepEvent
from cmcore.strategies import charters, charters_and_cases

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HALF = ValidationCircuit("half-team", [Stage(Approvers("role", {"editor"}), Quorum(2))])
COOL = ValidationCircuit("cool-off", [Stage(Approvers("name", {"ana"}))])
DESK = ValidationCircuit("desk", [Stage(Approvers("name", {"bo"}))])
BOTH = Charter(
    "both",
    circuits=[HALF, COOL, DESK],
    default="half-team",
    rules=[
        Rule.permit("all", because="so"),
        Rule.refer("sorry", to=["half-team", "cool-off"], because="Half of us, and time to think."),
    ],
)


@given(charters_and_cases(charters(min_rules=1)), st.data())
def test_to_several_circuits_is_a_rule_to_each(
    pair: tuple[Charter, Case], data: st.DataObject
) -> None:
    charter, case = pair
    to = data.draw(st.frozensets(st.sampled_from([c.id for c in charter.circuits]), min_size=1))
    rule = attrs.evolve(data.draw(st.sampled_from(charter.rules)), effect=Effect.REFER, to=to)
    event(f"{len(to)} circuits")
    rest = charter.without_rule(rule.id)
    split = [attrs.evolve(rule, id=f"{rule.id} {one}", to=one) for one in to]
    whole, apart = (
        decide(rest.with_rule(*rules), case.act, case.context) for rules in ([rule], split)
    )
    assert (whole.outcome, whole.circuits) == (apart.outcome, apart.circuits)
    assert structure(unstructure(whole), Decision) == whole


def test_every_circuit_of_a_rule_must_be_completable() -> None:
    found = completable(BOTH, Team("nobody"), Span(NOON, NOON + timedelta(hours=1)))
    assert [one.circuit for one in found.circuits] == ["cool-off", "half-team"]


@pytest.mark.parametrize(
    ("through", "is_stopped"),
    [(["cool-off"], True), (["half-team"], True), (["cool-off", "half-team"], False)],
    ids=str,
)
def test_an_act_went_through_where_all_of_its_circuits_agreed(
    through: list[str], *, is_stopped: bool
) -> None:
    act = Act(kind="publish", author="cy", text="Sorry.")
    told = ActEvent("a", at=NOON, act=act, review=through)
    found = conduct(
        Incident("i", [StepEvent("o", at=NOON - timedelta(hours=1), step="opened"), told]),
        Playbook("p"),
        BOTH,
    )
    assert (found.first is not None) is is_stopped


def test_the_circuits_are_told_in_both_languages() -> None:
    lines = BOTH.view().lines, BOTH.view("fr").lines
    assert [line[1].text.rpartition("→")[2] for line in lines] == [
        " cool-off and half-team",
        " cool-off et half-team",
    ]
