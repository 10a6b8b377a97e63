"""Moments that count: those of which every clock has a day."""

from datetime import UTC, date, datetime
from typing import Final

import attrs
import pytest

from cmcore import Approvers, Charter, Label, Rule, Stage, ValidationCircuit, fact
from cmcore.base.truth import Truth
from cmcore.charters import Condition, Guarantee, Term, analyse, prove

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


def test_a_clock_of_another_zone_leaves_open_only_what_is_asked_of_both() -> None:
    nights = "Sun 01:00-02:00", "Mon 01:00-02:00"
    paris = AT.during(nights[0], zone="Europe/Paris")
    late, early = datetime(2026, 7, 1, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC)
    whens: dict[str, Condition] = {
        "paris": paris,
        "late": AT.at_least(late) & AT.below(early),
        "nights": AT.during(nights[0]) & AT.during(nights[1]),
        "both": paris & AT.during(nights[0]),
    }
    rules = [Rule.forbid(name, when=when, because="No.") for name, when in whens.items()]
    found = analyse(
        Charter("c", rules=rules, circuits=CIRCUITS, default="a", zone="America/New_York")
    )
    claims = {one.about: one.holds for one in found.claims if one.code == "never true"}
    assert claims == {
        "paris": Truth.FALSE,
        "late": Truth.TRUE,
        "nights": Truth.TRUE,
        "both": Truth.UNKNOWN,
    }
    due = Charter(
        "c", circuits=CIRCUITS, default="a", labels={"due": Label("instant")},
        rules=[Rule.forbid("late", when=DUE.at_least(late) & DUE.below(early), because="No."),
               Rule.forbid("paris", when=DUE.during(nights[0], zone="Europe/Paris"), because="No."),
               Rule.forbid("utc", when=DUE.during(nights[0]), because="No.")],
    )  # fmt: skip
    claims = {one.about: one.holds for one in analyse(due).claims if one.code == "never true"}
    assert claims == {"late": Truth.TRUE, "paris": Truth.FALSE, "utc": Truth.FALSE}


@pytest.mark.parametrize(("bound", "shown"), [(0.7, 1), (-0.3, 0), (4, 5), (2.0, 3.0)])
def test_a_number_of_a_witness_has_few_digits(bound: float, shown: float) -> None:
    above = Rule.forbid("above", when=fact("risk").above(bound), because="No.")
    found = analyse(
        Charter(
            "c", rules=[above], circuits=CIRCUITS, default="a", labels={"risk": Label("number")}
        )
    )
    (claim,) = (one for one in found.claims if one.code == "never true")
    assert claim.witness is not None
    assert claim.witness.act.labels["risk"] == shown
    (gap,) = found.gaps
    assert gap.witness.act.labels["risk"] == bound
