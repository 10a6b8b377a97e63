"""Sufficiency: the determining rules alone decide; no other rule matters."""

import attrs
from hypothesis import given, settings

from cmcore import Charter, Outcome, decide
from cmcore.base.truth import Truth
from cmcore.charters.history import Case
from cmcore.strategies import charters_and_cases

Pair = tuple[Charter, Case]
MANY = settings(max_examples=min(3 * settings().max_examples, 20_000))


def keeping(charter: Charter, *ids: str) -> Charter:
    return attrs.evolve(charter, rules=[rule for rule in charter.rules if rule.id in ids])


class TestSufficiency:
    """Keeping only the determining rules keeps the outcome and the circuits.

    No other rule matters. Where nothing permits the act, the determining set is empty and the
    default circuit decides.
    """

    @MANY
    @given(charters_and_cases(ill=True))
    def test_the_determining_rules_alone_decide_alike(self, pair: Pair) -> None:
        charter, case = pair
        whole = decide(charter, case.act, case.context)
        least = decide(keeping(charter, *whole.determining), case.act, case.context)
        assert (least.outcome, least.circuits) == (whole.outcome, whole.circuits)
        assert least.determining == whole.determining

    @given(charters_and_cases())
    def test_no_determining_rule_means_that_nothing_permits_and_the_default_decides(
        self, pair: Pair
    ) -> None:
        charter, case = pair
        decision = decide(charter, case.act, case.context)
        if not decision.determining:
            assert decision.outcome is Outcome.EXCEPTION
            assert decision.circuits == (charter.default,)

    @given(charters_and_cases())
    def test_determining_rules_are_all_told_with_what_they_found(self, pair: Pair) -> None:
        charter, case = pair
        decision = decide(charter, case.act, case.context)
        told = {found.rule: found for found in decision.rules}
        assert set(decision.determining) <= set(told)
        for id_ in decision.determining:
            rule, found = charter.rule(id_), told[id_]
            assert (found.effect, found.because, found.to) == (rule.effect, rule.because, rule.to)
            assert found.truth is not Truth.FALSE

    @given(charters_and_cases())
    def test_only_exceptions_go_to_circuits_and_those_exist(self, pair: Pair) -> None:
        charter, case = pair
        decision = decide(charter, case.act, case.context)
        assert bool(decision.circuits) == (decision.outcome is Outcome.EXCEPTION)
        assert {charter.circuit(name).id for name in decision.circuits} == set(decision.circuits)
        assert list(decision.circuits) == sorted(set(decision.circuits))
