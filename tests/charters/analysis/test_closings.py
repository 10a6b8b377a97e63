"""Facts that close permits: those that nobody says, and no others."""

from collections.abc import Mapping
from typing import Final

import pytest
from hypothesis import given

from cmcore import Act, Approvers, Charter, Rule, Stage, ValidationCircuit, decide, fact
from cmcore.charters import Condition, analyse
from cmcore.strategies import charters

DESK: Final = ValidationCircuit("desk", [Stage(Approvers("role", {"x"}))])
react, publish = fact("kind").is_("react"), fact("kind").is_("publish")


def closed(*rules: Rule) -> Mapping[str, tuple[str, ...]]:
    charter = Charter("c", rules=rules, circuits=[DESK], default="desk")
    return {one.fact: one.permits for one in analyse(charter).closings}


def test_a_text_closes_only_what_may_have_one() -> None:
    patient = Rule.refer("r", to="desk", when=fact("text").mentions("patient"), because="Look.")
    permits = [
        Rule.permit("react", when=react, because="Fine."),
        Rule.permit("publish", when=publish, because="Fine."),
        Rule.permit("either", when=react | publish, because="Fine."),
    ]
    assert closed(*permits, patient)["text"] == ("publish",)


def test_a_message_answered_closes_only_what_answers_one() -> None:
    patient = fact("target.text").mentions("patient")
    rule = Rule.refer("r", to="desk", when=patient, because="Look.")
    permits = [
        Rule.permit("react", when=react, because="Fine."),
        Rule.permit("publish", when=publish, because="Fine."),
    ]
    assert closed(*permits, rule)["target.text"] == ("react",)


def test_what_a_text_holds_is_known_with_it() -> None:
    few = fact("links.count").at_most(1)
    permits = [
        Rule.permit("p", when=publish & few, because="Fine."),
        Rule.permit("q", when=publish & fact("links").any_of("a.example"), because="Fine."),
    ]
    assert "p" not in closed(*permits)["links"]


@pytest.mark.parametrize("when", [fact("text").mentions("a"), fact("language").is_("fr")])
def test_what_a_permit_asks_for_closes_it(when: Condition) -> None:
    rule = Rule.permit("p", when=when, because="Fine.")
    assert set(closed(rule).values()) == {("p",)}


@given(charters(min_rules=2))
def test_what_is_covered_with_nothing_said_but_its_kind_nothing_else_closes(
    charter: Charter,
) -> None:
    found = analyse(charter)
    for kind in sorted(charter.vocabulary.kind.values or ()):
        decided = decide(charter, Act(kind=kind), repair=False).determining
        for one in found.closings:
            assert one.fact == "kind" or not {*one.permits} & {*decided}
