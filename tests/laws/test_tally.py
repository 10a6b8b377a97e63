"""Tallies add up: a history may be counted in parts, whatever the parts."""

from datetime import timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore import Act, Charter, InvalidError, audit
from cmcore.charters import Case, Tally, Unreadable, conclude, tally
from cmcore.strategies import charters, histories, instants, tallies

Row = Act | Case | Unreadable


@given(st.data())
def test_the_tallies_of_parts_add_up_to_that_of_the_whole(data: st.DataObject) -> None:
    charter: Charter = data.draw(charters(scoped=False).filter(lambda c: not c.lookback))
    history: list[Row] = data.draw(histories(charter, max_size=12))
    cut = data.draw(st.integers(0, len(history)))
    one, other = tally(charter, iter(history[:cut])), tally(charter, iter(history[cut:]))
    assert bare(one + other) == bare(tally(charter, iter(history)))


def bare(counted: Tally) -> Tally:
    """Return a tally without the places of its examples, which are counted from the start."""
    causes = [
        attrs.evolve(c, examples=tuple(attrs.evolve(e, place="") for e in c.examples))
        for c in counted.causes
    ]
    return attrs.evolve(counted, causes=causes)


@given(st.data())
def test_an_audit_is_what_its_tally_amounts_to(data: st.DataObject) -> None:
    charter = data.draw(charters())
    history: list[Row] = data.draw(histories(charter))
    assert conclude(charter, tally(charter, history)) == audit(charter, history)


@given(st.data())
def test_adding_is_associative_and_an_empty_tally_adds_nothing(data: st.DataObject) -> None:
    charter = data.draw(charters())
    one, two, three = (tally(charter, data.draw(histories(charter))) for _ in range(3))
    assert (one + two) + three == one + (two + three)
    assert Tally() + one == one + Tally() == one
    empty = tally(charter, [])
    assert empty + one == one + empty == one


@given(st.data())
def test_rows_that_are_only_late_are_told_apart_in_the_same_way_in_any_grouping(
    data: st.DataObject,
) -> None:
    charter = data.draw(charters().filter(lambda one: one.lookback))
    streams = [[*data.draw(histories(charter)), *_newest_first(data)] for _ in range(3)]
    one, two, three = (tally(charter, iter(stream)) for stream in streams)
    whole = (one + two) + three
    assert whole == one + (two + three)
    late = [row for row in whole.unreadable if row.is_only_late]
    assert len(late) == min(whole.late, 3)
    assert whole.unreadable_count - len(whole.unreadable) == whole.late - len(late)


def _newest_first(data: st.DataObject) -> list[Act]:
    at = data.draw(instants())
    return [Act(at=at - timedelta(seconds=n)) for n in range(data.draw(st.integers(0, 5)))]


@given(tallies())
def test_counts_add_up_in_any_order(counted: Tally) -> None:
    twice = counted + counted
    assert twice.total == 2 * counted.total
    assert sum(part.total for part in twice.periods) == twice.total
    assert sum(cause.count for cause in twice.causes) == twice.total - twice.outcomes.get(
        "covered", 0
    )


@given(charters(), charters())
def test_tallies_of_two_charters_are_not_added(one: Charter, other: Charter) -> None:
    other = attrs.evolve(other, id=f"{one.id}-other"[-100:])
    with pytest.raises(InvalidError, match="cannot be added"):
        tally(one, []) + tally(other, [])
    with pytest.raises(InvalidError, match="the tally is not of"):
        conclude(one, tally(other, []))
