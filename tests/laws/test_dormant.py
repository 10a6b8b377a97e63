"""Dormant: a decision names the rules not in force that would have mattered, and no others."""

from datetime import UTC, date, datetime, time, timedelta

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cmcore import Act, Approvers, Charter, Effect, Rule, Stage, ValidationCircuit, decide, fact
from cmcore.base.truth import Truth
from cmcore.charters import Scope, Term
from cmcore.charters.decision import Ruling
from cmcore.charters.history import Case
from cmcore.charters.meaning.evaluation import judge
from cmcore.charters.meaning.observation import Facts
from cmcore.strategies import charters, charters_and_cases

Pair = tuple[Charter, Case]
DAY = date(2026, 3, 27)
#: Charters of simple rules, many of which are true of an act, so that those not in force matter.
SIMPLE = charters(facts=("paid", "at"), min_rules=2, max_rules=6, max_depth=0)
MANY = settings(max_examples=min(5 * settings().max_examples, 20_000))


def ruling(charter: Charter, case: Case) -> Ruling:
    return judge(charter, Facts(charter, case.act, case.context))


class TestDormant:
    """A decision says which rules expired or not yet in force would have mattered."""

    @MANY
    @given(charters_and_cases(st.one_of(SIMPLE, charters(min_rules=1, max_depth=1))))
    def test_exactly_those_that_would_change_the_outcome_or_the_circuits_are_told(
        self, pair: Pair
    ) -> None:
        charter, case = pair
        decision = decide(charter, case.act, case.context)
        told = {dormant.rule for dormant in decision.dormant}
        day = Facts(charter, case.act, case.context).day
        for rule in charter.rules:
            awake = charter.with_rule(attrs.evolve(rule, term=Term()))
            after = ruling(awake, case)
            matters = (after.outcome, after.circuits) != (decision.outcome, decision.circuits)
            assert (rule.id in told) == (matters and rule.term.holds(day) is not Truth.TRUE)

    @MANY
    @given(charters_and_cases(charters(min_rules=1, max_depth=1)))
    def test_each_says_since_when_or_until_when(self, pair: Pair) -> None:
        charter, case = pair
        decision = decide(charter, case.act, case.context)
        day = Facts(charter, case.act, case.context).day
        for dormant in decision.dormant:
            term = charter.rule(dormant.rule).term
            match dormant.state:
                case "expired":
                    assert day is not None
                    assert term.through == dormant.day
                    assert term.through is not None
                    assert term.through < day
                case "not yet":
                    assert day is not None
                    assert term.since == dormant.day
                    assert term.since is not None
                    assert day < term.since
                case "undated":
                    assert day is None
                    assert dormant.day is None

    @pytest.mark.parametrize("network", ["bluesky", "mastodon"])
    @pytest.mark.parametrize("effect", Effect)
    def test_out_of_scope_only_a_permit_would_not_have_mattered(
        self, effect: Effect, network: str
    ) -> None:
        desks = [
            ValidationCircuit(id_, [Stage(Approvers("role", {"editor"}))])
            for id_ in ("crisis", "desk")
        ]
        rule = Rule(
            "old",
            effect,
            when=fact("paid").is_(False),
            because="It was so.",
            to="crisis" if effect is Effect.REFER else None,
            term=Term(through=DAY - timedelta(days=1)),
        )
        scope = Scope(networks={"bluesky"})
        charter = Charter("c", circuits=desks, default="desk", rules=[rule], scope=scope)
        at = datetime.combine(DAY, time(12), UTC)
        decision = decide(charter, Act(kind="publish", network=network, paid=False, at=at))
        matters = effect is not Effect.PERMIT or network == "bluesky"
        assert [one.rule for one in decision.dormant] == ["old"] * matters

    @given(charters_and_cases(charters(dated=False)))
    def test_a_charter_without_dates_has_none(self, pair: Pair) -> None:
        charter, case = pair
        assert decide(charter, case.act, case.context).dormant == ()

    @given(charters_and_cases(charters(dated=False)))
    def test_a_charter_not_in_force_covers_nothing_and_says_so(self, pair: Pair) -> None:
        charter, case = pair
        before = decide(charter, case.act, case.context)
        over = attrs.evolve(charter, term=Term(through=date.min + timedelta(days=1)))
        after = decide(over, case.act, case.context)
        assert after.outcome != "covered"
        undated = Facts(charter, case.act, case.context).day is None
        if before.outcome == "covered":
            assert after.closed is not None
            assert after.closed.state == ("charter undated" if undated else "charter closed")

    def test_another_circuit_matters_as_another_outcome_does(self) -> None:
        circuits = [
            ValidationCircuit(name, [Stage(Approvers("role", {"editor"}))])
            for name in ("crisis", "desk")
        ]
        rules = [
            Rule.refer("now", to="desk", because="Look at it."),
            Rule("then", "refer", to="crisis", because="Twice.", term=Term(through=DAY)),
            Rule("also", "refer", to="desk", because="Again.", term=Term(through=DAY)),
        ]
        charter = Charter("c", rules=rules, circuits=circuits, default="desk")
        decision = decide(charter, Act(), at=datetime.combine(DAY, time(), UTC) + timedelta(days=1))
        assert [(d.rule, d.state, d.day) for d in decision.dormant] == [("then", "expired", DAY)]
