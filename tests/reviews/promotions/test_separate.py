"""Groups told apart: the largest there is, within a budget, against every possible group."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore.reviews.promotions import _separate as separating
from cmcore.reviews.promotions._separate import Split, Widest, widest

MASKS = st.integers(0, 63)
SPLITS = st.lists(st.builds(Split, MASKS, MASKS), max_size=7)


def is_apart(splits: Sequence[Split], group: int, unwanted: int) -> bool:
    for split in splits:
        if not group & ~split.true:
            unwanted &= ~split.false
    return unwanted == 0


def whole(splits: Sequence[Split], among: int, group: int) -> int:
    """Return all of whom every test is true that is true of the group."""
    for split in splits:
        if not group & ~split.true:
            among &= split.true
    return among


@given(SPLITS, MASKS, MASKS, st.integers(1, 3))
def test_the_largest_groups_are_all_found(
    splits: list[Split], among: int, unwanted: int, least: int
) -> None:
    possible = [g for g in range(1, among + 1) if not g & ~among and is_apart(splits, g, unwanted)]
    size = max((group.bit_count() for group in possible), default=0)
    best = {g for g in possible if g.bit_count() == size >= least}
    found = widest(splits, among, unwanted, least)
    assert found.is_best
    assert {*found.groups} == best
    assert len(found.groups) == len(best)
    assert all(whole(splits, among, group) == group for group in found.groups)


#: Two tests for each of four unwanted, each of which leaves out one of eight.
HARD = [Split(255 & ~(1 << n), 1 << n // 2) for n in range(8)]


def test_the_budget_ends_the_search_with_a_good_group(monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(widest(HARD, 255, 15, 1).groups) == 16
    monkeypatch.setattr(separating, "MOST_TRIED", 72)
    found = widest(HARD, 255, 15, 1)
    assert found == Widest((0b01010101,), is_best=False)


def test_a_budget_that_is_too_small_finds_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(separating, "MOST_TRIED", 8)
    assert widest(HARD, 255, 15, 1) == Widest((), is_best=False)


def test_no_more_groups_of_one_size_are_found_than_are_wanted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(separating, "MOST_TIED", 3)
    found = widest(HARD, 255, 15, 1)
    assert found.is_best
    assert [group.bit_count() for group in found.groups] == [4, 4, 4]
