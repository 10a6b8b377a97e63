"""What analyses show can be read: plain moments, words that are given, denials that are said."""

from datetime import UTC, date, datetime
from typing import Final

import attrs
import pytest

from cmcore import Approvers, Charter, Rule, Stage, ValidationCircuit, fact
from cmcore.charters import Case, Condition, Guarantee, Term, analyse, contrast, prove

at, kind = fact("at"), fact("kind")
CHARTER: Final = Charter(
    "c",
    rules=[
        Rule.permit("posts", when=kind.is_("publish"), because="Posts."),
        Rule.refer("hot", to="b", when=fact("incident.open").is_(True), because="Hot."),
    ],
    circuits=[ValidationCircuit(id_, [Stage(Approvers("role", {id_}))]) for id_ in ("a", "b")],
    default="a",
    zone="Europe/Paris",
)
NEW_YEAR: Final = datetime(2027, 1, 1, tzinfo=UTC)


def witnesses(charter: Charter) -> list[Case]:
    found = analyse(charter)
    claims = [claim.witness for claim in found.claims if claim.witness]
    gaps = [one.witness for one in found.gaps]
    return [*claims, *gaps, *(one.witness for one in found.overlaps)]


@pytest.mark.parametrize(
    "when",
    [
        at.during("Mon-Fri 09:00-18:00"), fact("local.hour").below(6),
        fact("local.weekday").is_("sun"), at.at_least(NEW_YEAR), at.below(NEW_YEAR),
        ~at.during("Mon-Fri 09:00-18:00") & at.above(datetime(2026, 3, 1, 8, 17, 3, tzinfo=UTC)),
    ],
)  # fmt: skip
def test_moments_are_near_and_on_the_hour(when: Condition) -> None:
    ruled = CHARTER.with_rule(Rule.refer("then", to="b", when=when, because="Then."))
    for charter in (ruled, attrs.evolve(ruled, term=Term(date(2026, 1, 1)))):
        moments = [case.act.at for case in witnesses(charter) if case.act.at]
        assert moments
        edges = {NEW_YEAR, datetime(2026, 3, 1, 8, 17, 3, tzinfo=UTC)}
        assert all(one.year in {2025, 2026, 2027} for one in moments)
        assert all(one in edges or (one.second, one.microsecond) == (0, 0) for one in moments)


def test_moments_are_shown_on_the_clock_of_the_charter() -> None:
    late = Rule.refer("then", to="b", when=at.during("Mon 09:00-18:00"), because="Then.")
    ruled = attrs.evolve(CHARTER.with_rule(late), never=[Guarantee("exception", when=late.when)])
    for shown in (analyse(ruled), prove(ruled), contrast(CHARTER, ruled)):
        assert "at: 2026-06-01 12:00+02:00" in str(shown)
    assert analyse(attrs.evolve(CHARTER, zone="UTC")).zone == "UTC"


def test_an_incident_is_as_severe_as_a_rule_asks_and_no_more_is_said() -> None:
    hot = next(case for case in witnesses(CHARTER) if case.context.incident.open)
    assert hot.context.incident.severity is None
    grave = Rule.refer("grave", to="b", when=fact("incident.severity").is_("high"), because="G.")
    cases = witnesses(CHARTER.with_rule(grave))
    assert {case.context.incident.severity for case in cases if case.context.incident.open} & {
        "high"
    }


def test_the_kinds_of_act_of_which_nothing_is_said_are_said_without_brackets() -> None:
    found = analyse(CHARTER)
    assert [one.witness.act.kind for one in found.gaps] == ["reply"]
    assert "`incident.open` is no and `kind` is not `publish`" in str(found)
    assert "`incident.open` vaut non et `kind` ne vaut pas `publish`" in found.text("fr")
