"""Compare: what a history becomes under another charter."""

from collections import Counter

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from cmcore import Act, Charter, Outcome, audit, compare, decide
from cmcore.charters import Unreadable
from cmcore.charters.audits.comparison import Changed
from cmcore.charters.history import Case
from cmcore.strategies import charters, histories

Row = Act | Case | Unreadable
#: Charters that look back at the acts before, some further than others.
BUSY = charters(facts=("recent.any", "recent.publish"), min_rules=2, max_depth=0, dated=False)
MANY = settings(max_examples=min(3 * settings().max_examples, 20_000))


def ruled(charter: Charter, changed: Changed) -> tuple[Outcome, tuple[str, ...], tuple[str, ...]]:
    found = decide(charter, changed.case.act, changed.case.context)
    return found.outcome, found.circuits, found.determining


def _is_undated(row: Row) -> bool:
    return (row.act if isinstance(row, Case) else row).at is None


class TestCompare:
    """What a history becomes under another charter."""

    @given(charters(), st.data())
    def test_a_charter_compared_with_itself_changes_nothing(
        self, charter: Charter, data: st.DataObject
    ) -> None:
        found = compare(charter, charter, data.draw(histories(charter)))
        assert found.changed == ()
        assert found.changed_count == 0
        assert found.circuits == ()
        assert all(before == after for before, after, _ in found.moves)

    @given(charters(), st.data())
    def test_circuits_of_one_name_that_differ_are_named(
        self, before: Charter, data: st.DataObject
    ) -> None:
        first, *others = before.circuits
        longer = attrs.evolve(first, stages=[*first.stages, first.stages[0]])
        after = attrs.evolve(before, circuits=[longer, *others])
        found = compare(before, after, data.draw(histories(before)))
        assert (found.circuits, found.changed_count) == ((first.id,), 0)
        assert f"`{first.id}`" in str(found)
        assert f"`{first.id}`" in found.text("fr")

    @MANY
    @given(st.one_of(charters(min_rules=1), BUSY), st.data())
    def test_comparing_the_other_way_round_turns_every_move_round(
        self, one: Charter, data: st.DataObject
    ) -> None:
        other = one.without_rule(data.draw(st.sampled_from(one.rules)).id)
        history: list[Row] = data.draw(histories(one))
        forth, back = compare(one, other, history), compare(other, one, history)
        assert sorted((a, b, n) for b, a, n in back.moves) == list(forth.moves)
        assert forth.shares() == back.shares()[::-1]
        assert forth.changed_count == back.changed_count
        for there in forth.changed:
            assert (there.before, there.circuits_before, there.rules_before) == ruled(one, there)
            assert (there.after, there.circuits_after, there.rules_after) == ruled(other, there)
        for there, here in zip(forth.changed, back.changed, strict=True):
            assert (there.before, there.after) == (here.after, here.before)
            assert (there.circuits_before, there.rules_before) == (
                here.circuits_after,
                here.rules_after,
            )

    @MANY
    @given(st.one_of(charters(min_rules=1), BUSY), st.data())
    def test_it_counts_as_the_two_audits_do(self, one: Charter, data: st.DataObject) -> None:
        other = one.without_rule(data.draw(st.sampled_from(one.rules)).id)
        history: list[Row] = data.draw(histories(one))
        found = compare(one, other, history)
        for charter, side in ((one, 0), (other, 1)):
            audited = audit(charter, history)
            counted: Counter[str] = Counter()
            for before, after, count in found.moves:
                counted[(before, after)[side]] += count
            assert found.total + found.unreadable == audited.total
            # the further a charter looks back, the more acts without a moment it may have to count
            looks_alike = charter.lookback == one.lookback or not any(map(_is_undated, history))
            for outcome, count in ((Outcome.COVERED, audited.covered),
                                   (Outcome.FORBIDDEN, audited.forbidden)):  # fmt: skip
                assert counted[outcome] == count if looks_alike else counted[outcome] <= count
