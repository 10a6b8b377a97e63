"""Order: permuting rules changes nothing; repeating a rule changes nothing."""

from datetime import UTC, date, datetime

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from cmcore import Act, Approvers, Charter, Label, Rule, Stage, ValidationCircuit, decide, fact
from cmcore.charters import Term, Vocabulary
from cmcore.charters.decision import Repair
from cmcore.charters.history import Case
from cmcore.strategies import charters, charters_and_cases, rules

Pair = tuple[Charter, Case]


DESK = ValidationCircuit("desk", [Stage(Approvers("role", {"editor"}))])
#: Charters of several things an author may change, so that there are many ways to mend an act.
MENDABLE = charters(
    vocabulary=Vocabulary({"claim": Label("flag"), "themes": Label("symbols")}),
    facts=("claim", "themes", "topics", "paid", "text"),
    min_rules=2,
    max_depth=1,
    dated=False,
    scoped=False,
)
MANY = settings(max_examples=min(3 * settings().max_examples, 20_000))


def _without(repair: Repair | None, rule: str) -> Repair | None:
    """Return a repair that does not say that a rule would no longer see what the act is about."""
    if repair is None:
        return None
    return attrs.evolve(repair, hides=tuple(one for one in repair.hides if one.rule != rule))


class TestOrder:
    """Permuting rules changes nothing; repeating a rule changes nothing."""

    @MANY
    @given(charters_and_cases(st.one_of(charters(), MENDABLE)), st.data())
    def test_permuting_rules_changes_nothing(self, pair: Pair, data: st.DataObject) -> None:
        charter, case = pair
        shuffled = data.draw(st.permutations(charter.rules))
        circuits = data.draw(st.permutations(charter.circuits))
        other = attrs.evolve(charter, rules=shuffled, circuits=circuits)
        first, second = (decide(c, case.act, case.context) for c in (charter, other))
        # only the digest tells which of the two decided
        assert attrs.evolve(first, charter_digest=second.charter_digest) == second

    @given(charters_and_cases(charters(min_rules=1)), st.data())
    def test_repeating_a_rule_changes_nothing(self, pair: Pair, data: st.DataObject) -> None:
        charter, case = pair
        rule = data.draw(st.sampled_from(charter.rules))
        again = charter.with_rule(attrs.evolve(rule, id="the same, again"))
        before = decide(charter, case.act, case.context)
        after = decide(again, case.act, case.context)
        assert (after.outcome, after.circuits) == (before.outcome, before.circuits)
        assert set(after.determining) - {"the same, again"} == set(before.determining)
        assert _without(after.repair, "the same, again") == before.repair

    @given(charters_and_cases(charters(min_rules=1)), st.data())
    def test_replacing_a_rule_by_itself_gives_an_equal_charter(
        self, pair: Pair, data: st.DataObject
    ) -> None:
        charter, _ = pair
        rule = data.draw(st.sampled_from(charter.rules))
        assert charter.with_rule(rule) == charter

    @given(charters(), st.data())
    def test_a_rule_added_and_taken_away_leaves_the_charter_equal(
        self, charter: Charter, data: st.DataObject
    ) -> None:
        to = [circuit.id for circuit in charter.circuits]
        rule = attrs.evolve(data.draw(rules(charter.vocabulary, to)), id="one more")
        assert charter.with_rule(rule).without_rule("one more") == charter

    @given(st.permutations(["a", "b", "c"]))
    def test_rules_not_in_force_are_told_in_one_order(self, ids: list[str]) -> None:
        over = Term(through=date(2025, 12, 31))
        rules = [Rule(id_, "permit", because="Once.", term=over) for id_ in ids]
        charter = Charter("c", rules=rules, circuits=[DESK], default="desk")
        told = decide(charter, Act(), at=datetime(2026, 1, 1, 12, tzinfo=UTC)).dormant
        assert [dormant.rule for dormant in told] == ["a", "b", "c"]

    @given(st.permutations(["paid", "claim", "sold"]))
    def test_edits_are_proposed_in_one_order(self, ids: list[str]) -> None:
        labels = {"claim": Label("flag"), "sold": Label("flag")}
        rules = [Rule.forbid(id_, when=fact(id_).is_(True), because="No.") for id_ in ids]
        rules.append(Rule.permit("all", because="Fine."))
        charter = Charter("c", rules=rules, circuits=[DESK], default="desk", labels=labels)
        decision = decide(charter, Act(paid=True, labels={"claim": True, "sold": True}))
        assert decision.repair is not None
        assert [change.fact for change in decision.repair.changes] == ["claim", "paid", "sold"]

    @given(st.permutations(["crisis", "desk", "law"]))
    def test_circuits_are_joined_in_one_order(self, names: list[str]) -> None:
        circuits = [ValidationCircuit(name, DESK.stages) for name in names]
        rules = [Rule.refer(f"to {name}", to=name, because="Look.") for name in names]
        charter = Charter("c", rules=rules, circuits=circuits, default="desk")
        assert decide(charter, Act()).circuits == ("crisis", "desk", "law")
