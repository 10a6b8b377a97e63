"""Moments that count: those of which every clock has a day."""

from datetime import UTC, date, datetime
from typing import Final

import attrs
import pytest

from cmcore import Approvers, Charter, Label, Rule, Stage, ValidationCircuit, fact
from cmcore.base.truth import Truth
from cmcore.charters import Guarantee, Term, analyse, prove

CIRCUITS: Final = [ValidationCircuit("a", [Stage(Approvers("role", {"a"}))])]
WEEKDAY, AT, DUE = fact("local.weekday"), fact("at"), fact("due")
WORK, REST = ("mon", "tue", "wed", "thu", "fri"), ("sat", "sun")
ZONES: Final = ["UTC", "Europe/Paris", "America/Los_Angeles", "Pacific/Kiritimati"]


@pytest.mark.parametrize("zone", ZONES)
def test_what_is_promised_of_every_day_is_not_broken_at_the_end_of_the_calendar(zone: str) -> None:
    closed = [
        Rule.forbid("work", when=WEEKDAY.one_of(*WORK), because="No."),
        Rule.forbid("rest", when=WEEKDAY.one_of(*REST), because="No."),
    ]
    late = datetime(2020, 1, 1, tzinfo=UTC)
    charter = Charter(
        "c", rules=closed, circuits=CIRCUITS, default="a", zone=zone,
        always=[Guarantee("forbidden", when=AT.at_least(late))],
    )  # fmt: skip
    (result,) = prove(charter).guarantees
    assert result.holds is Truth.TRUE
    due = attrs.evolve(
        charter,
        labels={"due": Label("instant")},
        rules=[
            Rule.forbid("work", when=DUE.during("Mon-Fri 00:00-24:00"), because="No."),
            Rule.forbid("rest", when=DUE.during("Sat-Sun 00:00-24:00"), because="No."),
        ],
        always=[Guarantee("forbidden", when=DUE.at_least(late))],
    )
    (result,) = prove(due).guarantees
    assert result.holds is Truth.TRUE


@pytest.mark.parametrize("zone", ZONES)
def test_a_term_may_be_as_old_or_as_new_as_the_calendar(zone: str) -> None:
    rules = [
        attrs.evolve(Rule.permit("old", because="Fine."), term=Term(since=date.min)),
        attrs.evolve(Rule.permit("new", because="Fine."), term=Term(through=date.max)),
    ]
    found = analyse(Charter("c", rules=rules, circuits=CIRCUITS, default="a", zone=zone))
    claims = [one for one in found.claims if one.code == "never true"]
    assert [one.holds for one in claims] == [Truth.FALSE, Truth.FALSE]
    assert str(found)
