"""Dormant: a decision names the rules not in force that would have mattered, and no others."""

from datetime import date, timedelta

import attrs
from hypothesis import given, settings

from cmcore import Charter, Context, Term, decide
from cmcore.foundation.truth import Truth
from cmcore.nouns.history import Case
from cmcore.policy.meaning import Ruling, judge
from cmcore.policy.observing import Facts
from cmcore.strategies import charters, charters_and_cases

Pair = tuple[Charter, Case]
MANY = settings(max_examples=5 * settings().max_examples)


def ruling(charter: Charter, case: Case) -> Ruling:
    return judge(charter, Facts(charter, case.act, case.context))


class TestDormant:
    """A decision says which rules expired or not yet in force would have mattered."""

    @MANY
    @given(charters_and_cases(charters(min_rules=1, max_depth=1)))
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
        undated = Facts(charter, case.act, case.context or Context()).day is None
        if before.outcome == "covered":
            assert after.closed is not None
            assert after.closed.state == ("charter undated" if undated else "charter closed")
