"""Explanations: evidence suffices, and a near miss lacks exactly what it says it lacks."""

from collections import Counter
from itertools import combinations, product

import attrs
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cmcore import (
    Act,
    Approvers,
    Charter,
    Context,
    Effect,
    Outcome,
    Rule,
    Stage,
    ValidationCircuit,
    decide,
    fact,
)
from cmcore.base import Truth
from cmcore.base.truth import at_least as at_least_true
from cmcore.charters import Condition, all_of, any_of, at_least
from cmcore.charters.conditions.condition import FactTest, Not, threshold
from cmcore.charters.conditions.condition import tests as asked_by
from cmcore.charters.decision import NearMiss
from cmcore.charters.history import Case
from cmcore.charters.meaning.explanation import evidence, lacks
from cmcore.charters.meaning.kleene import test_truth as truth_of_test
from cmcore.charters.meaning.kleene import truth
from cmcore.charters.meaning.observation import Facts
from cmcore.charters.scope import Scope
from cmcore.strategies import charters, charters_and_cases

Pair = tuple[Charter, Case]
Known = dict[FactTest, Truth]
MANY = settings(max_examples=min(3 * settings().max_examples, 20_000))
DESK = ValidationCircuit("desk", [Stage(Approvers("role", {"editor"}))])
#: So few facts that what is asked of the scope is asked of permits as well.
FEW = ("network", "kind", "paid", "language")
NARROW = charters_and_cases(
    charters(min_rules=2, dated=False, facts=FEW, max_depth=1).map(
        lambda charter: attrs.evolve(charter, scope=Scope({"event"}))
    )
)
BARE = Charter("bare", circuits=[DESK], default="desk")
CLEAR = (Truth.FALSE, Truth.TRUE)


def by_hand(condition: Condition, known: Known) -> Truth:
    """Evaluate a condition on truths given for its tests."""
    if isinstance(condition, FactTest):
        return known[condition]
    if isinstance(condition, Not):
        return ~by_hand(condition.of, known)
    count, parts = threshold(condition)
    return at_least_true(count, [by_hand(part, known) for part in parts])


def asks_twice(condition: Condition) -> bool:
    return any(n > 1 for n in Counter(asked_by(condition)).values())


def turned(known: Known, tests: tuple[FactTest, ...]) -> list[Known]:
    """Return every way in which exactly these tests turn: an unknown one either way."""
    ways = [tuple(t for t in CLEAR if t is not known[test]) for test in tests]
    return [{**known, **dict(zip(tests, way, strict=True))} for way in product(*ways)]


class TestEvidence:
    """The evidence suffices to make a condition as true, false or unknown as it is."""

    @MANY
    @given(charters_and_cases(charters(min_rules=1)), st.data())
    def test_with_the_evidence_alone_a_known_condition_stays_as_it_is(
        self, pair: Pair, data: st.DataObject
    ) -> None:
        charter, case = pair
        facts = Facts(charter, case.act, case.context)
        for rule in charter.rules:
            whole = truth(rule.when, facts)
            if whole is Truth.UNKNOWN:
                continue
            shown = set(evidence(rule.when, facts))
            known = {
                test: truth_of_test(test, facts)
                if test in shown
                else data.draw(st.sampled_from(Truth))
                for test in asked_by(rule.when)
            }
            assert by_hand(rule.when, known) is whole

    @MANY
    @given(charters_and_cases(charters(min_rules=1)), st.data())
    def test_knowing_the_evidence_of_an_unknown_condition_tells_it(
        self, pair: Pair, data: st.DataObject
    ) -> None:
        charter, case = pair
        facts = Facts(charter, case.act, case.context)
        for rule in charter.rules:
            if truth(rule.when, facts) is not Truth.UNKNOWN:
                continue
            shown = set(evidence(rule.when, facts))
            known = {test: truth_of_test(test, facts) for test in asked_by(rule.when)}
            assert shown
            assert all(known[test] is Truth.UNKNOWN for test in shown)
            told = {test: data.draw(st.sampled_from(CLEAR)) for test in shown}
            assert by_hand(rule.when, known | told) is not Truth.UNKNOWN


def is_of_other_kind(miss: NearMiss) -> bool:
    """Tell whether the kind of act is among what a permit lacks."""
    return "kind" in {found.test.fact for found in miss.lacks}


def may_hold_in_scope(rule: Rule, charter: Charter) -> bool:
    """Tell whether a permit may hold on a network of the scope, whatever all else is."""
    networks = charter.scope.networks
    ways = [Facts(charter, Act(network=one), Context()) for one in networks or ()]
    return networks is None or any(
        by_hand(
            rule.when,
            {
                test: truth_of_test(test, facts) if test.fact == "network" else Truth.UNKNOWN
                for test in asked_by(rule.when)
            },
        )
        is not Truth.FALSE
        for facts in ways
    )


class TestNearMisses:
    """Near misses are the nearest permits, each with what it lacks."""

    @MANY
    @given(charters_and_cases(charters(min_rules=1, dated=False, scoped=False)))
    def test_turning_what_a_near_miss_lacks_makes_its_permit_true(self, pair: Pair) -> None:
        charter, case = pair
        facts = Facts(charter, case.act, case.context)
        for miss in decide(charter, case.act, case.context).near_misses:
            rule = charter.rule(miss.rule)
            if asks_twice(rule.when):
                continue
            known = {test: truth_of_test(test, facts) for test in asked_by(rule.when)}
            wanted = tuple(found.test for found in miss.lacks)
            assert any(by_hand(rule.when, k) is Truth.TRUE for k in turned(known, wanted))

    @MANY
    @given(NARROW)
    def test_turning_what_it_lacks_brings_the_act_into_the_scope_too(self, pair: Pair) -> None:
        charter, case = pair
        facts = Facts(charter, case.act, case.context)
        for miss in decide(charter, case.act, case.context).near_misses:
            lacking = {found.test.fact for found in miss.lacks}
            asked = [test for test in asked_by(charter.framed) if test.fact not in lacking]
            assert all(truth_of_test(test, facts) is Truth.TRUE for test in asked)

    @MANY
    @given(NARROW)
    def test_no_permit_that_is_for_other_networks_only_is_near_and_each_other_is(
        self, pair: Pair
    ) -> None:
        charter, case = pair
        decision = decide(charter, case.act, case.context)
        named = {miss.rule for miss in decision.near_misses}
        permits = [rule for rule in charter.rules if rule.effect is Effect.PERMIT]
        within = {rule.id for rule in permits if may_hold_in_scope(rule, charter)}
        assert named <= within
        facts = Facts(charter, case.act, case.context)
        is_permitted = any(truth(all_of(charter.framed, rule.when), facts) is Truth.TRUE
                           for rule in permits)  # fmt: skip
        impossible = {rule.id for rule in permits if lacks(rule.when, facts) is None}
        if decision.outcome is not Outcome.COVERED and not is_permitted:
            assert len(named) == min(3, len(within - impossible))

    def test_what_only_its_network_keeps_from_a_permit_is_told(self) -> None:
        rules = [
            Rule.permit("everyday", when=fact("kind").is_("publish"), because="Fine."),
            Rule.permit("on-x", when=fact("network").is_("x"), because="Fine."),
        ]
        scope = Scope({"bluesky"})
        charter = Charter("c", circuits=[DESK], default="desk", rules=rules, scope=scope)
        found = decide(charter, Act(kind="publish", network="x")).near_misses
        assert [miss.text() for miss in found] == [
            "nearest permit `everyday`: `network` is `x`, not one of `bluesky`"
        ]

    def test_three_are_told_the_nearest_first(self) -> None:
        asked = fact("paid").is_(True), fact("language").is_("fr"), fact("network").is_("x")
        rules = [
            Rule.permit(f"p{number}", when=all_of(*asked[: 1 + number % 3]), because="Fine.")
            for number in (5, 2, 4, 0, 3)
        ]
        charter = Charter("c", circuits=[DESK], default="desk", rules=rules)
        found = decide(charter, Act(kind="publish", paid=False, language="en", network="y"))
        assert [(one.rule, len(one.lacks)) for one in found.near_misses] == [
            ("p0", 1), ("p3", 1), ("p4", 2)]  # fmt: skip

    def test_a_permit_for_the_same_kind_of_act_is_nearer_than_any_for_another(self) -> None:
        asked = fact("paid").is_(True), fact("language").is_("fr"), fact("network").is_("x")
        fitting = all_of(fact("kind").is_("publish"), *asked)
        rules = [
            Rule.permit("a", when=fact("kind").is_("delete"), because="Fine."),
            Rule.permit("z", when=fitting, because="Fine."),
        ]
        charter = Charter("c", circuits=[DESK], default="desk", rules=rules)
        found = decide(charter, Act(kind="publish", paid=False, language="en", network="y"))
        assert [one.rule for one in found.near_misses] == ["z", "a"]

    @MANY
    @given(charters_and_cases(charters(min_rules=1)))
    def test_no_fewer_tests_would_do(self, pair: Pair) -> None:
        charter, case = pair
        facts = Facts(charter, case.act, case.context)
        for rule in charter.rules:
            wanted = lacks(rule.when, facts)
            if asks_twice(rule.when) or (wanted is not None and len(wanted) > 3):
                continue
            known = {test: truth_of_test(test, facts) for test in asked_by(rule.when)}
            most = 2 if wanted is None else len(wanted) - 1
            fewer = [some for n in range(most + 1) for some in combinations(known, n)]
            ways = [way for some in fewer for way in turned(known, some)]
            assert not any(by_hand(rule.when, way) is Truth.TRUE for way in ways)

    @given(charters_and_cases())
    def test_near_misses_are_permits_that_are_not_true_the_nearest_first(self, pair: Pair) -> None:
        charter, case = pair
        decision = decide(charter, case.act, case.context)
        assume(decision.near_misses)
        assert decision.outcome is not Outcome.COVERED
        sizes = [(is_of_other_kind(miss), len(miss.lacks), miss.rule)
                 for miss in decision.near_misses]  # fmt: skip
        assert sizes == sorted(sizes)
        for miss in decision.near_misses:
            assert charter.rule(miss.rule).effect is Effect.PERMIT
            assert miss.lacks

    def test_the_shortest_way_is_told(self) -> None:
        paid, share, by_a = (
            fact("paid").is_(True),
            fact("kind").is_("share"),
            fact("author").is_("a"),
        )
        long_way, short_way = all_of(paid, share), ~by_a
        facts = Facts(BARE, Act(kind="reply", paid=False, author="a"), Context())
        assert lacks(any_of(long_way, short_way), facts) == (by_a,)
        assert lacks(any_of(short_way, long_way), facts) == (by_a,)
        assert lacks(at_least(2, long_way, short_way, ~share), facts) == (by_a,)
