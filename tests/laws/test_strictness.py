"""Strictness: adding a forbid or refer rule never opens an outcome; a permit never closes one."""

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from cmcore import Charter, Effect, Outcome, Rule, decide
from cmcore.charters.history import Case
from cmcore.strategies import charters, charters_and_cases, rules

Pair = tuple[Charter, Case]
OPENNESS = {Outcome.COVERED: 2, Outcome.EXCEPTION: 1, Outcome.FORBIDDEN: 0}
MANY = settings(max_examples=min(3 * settings().max_examples, 20_000))


def with_one_more(charter: Charter, data: st.DataObject, *effects: Effect) -> Charter:
    to = [circuit.id for circuit in charter.circuits]
    drawn: Rule = data.draw(rules(charter.vocabulary, to))
    effect = data.draw(st.sampled_from(effects))
    circuit = data.draw(st.sampled_from(to)) if effect is Effect.REFER else None
    return charter.with_rule(attrs.evolve(drawn, id="one more", effect=effect, to=circuit))


def openness(charter: Charter, case: Case) -> int:
    return OPENNESS[decide(charter, case.act, case.context).outcome]


class TestStrictness:
    """Adding a forbid or refer rule never opens an outcome; adding a permit never closes one."""

    @MANY
    @given(charters_and_cases(), st.data())
    def test_one_more_forbid_or_refer_never_opens(self, pair: Pair, data: st.DataObject) -> None:
        charter, case = pair
        stricter = with_one_more(charter, data, Effect.FORBID, Effect.REFER)
        assert openness(stricter, case) <= openness(charter, case)

    @MANY
    @given(charters_and_cases(), st.data())
    def test_one_more_forbid_or_refer_takes_no_circuit_away_that_a_rule_asks(
        self, pair: Pair, data: st.DataObject
    ) -> None:
        charter, case = pair
        before = decide(charter, case.act, case.context, repair=False)
        stricter = with_one_more(charter, data, Effect.FORBID, Effect.REFER)
        after = decide(stricter, case.act, case.context, repair=False)
        if before.determining and after.outcome is not Outcome.FORBIDDEN:
            assert {*before.circuits} <= {*after.circuits}

    @MANY
    @given(charters_and_cases(), st.data())
    def test_one_more_permit_never_closes(self, pair: Pair, data: st.DataObject) -> None:
        charter, case = pair
        looser = with_one_more(charter, data, Effect.PERMIT)
        assert openness(looser, case) >= openness(charter, case)

    @given(charters_and_cases(), st.data())
    def test_a_permit_does_not_touch_the_circuits_of_rules(
        self, pair: Pair, data: st.DataObject
    ) -> None:
        charter, case = pair
        before = decide(charter, case.act, case.context)
        after = decide(with_one_more(charter, data, Effect.PERMIT), case.act, case.context)
        if before.determining and before.outcome is not Outcome.COVERED:
            assert after.circuits == before.circuits
            assert after.determining == before.determining

    @given(charters_and_cases(charters(min_rules=1)), st.data())
    def test_a_refer_turned_into_a_forbid_never_opens(
        self, pair: Pair, data: st.DataObject
    ) -> None:
        charter, case = pair
        rule = data.draw(st.sampled_from(charter.rules))
        harder = charter.with_rule(attrs.evolve(rule, effect=Effect.FORBID, to=None))
        assert openness(harder, case) <= openness(charter, case)
