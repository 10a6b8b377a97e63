import operator
from collections.abc import Callable
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore.base.truth import Truth, at_least

FALSE, UNKNOWN, TRUE = Truth.FALSE, Truth.UNKNOWN, Truth.TRUE
truths = st.sampled_from(Truth)


def readings(truth: Truth) -> set[bool]:
    """List what a truth may turn out to be."""
    return {FALSE: {False}, TRUE: {True}, UNKNOWN: {False, True}}[truth]


def merged(found: set[bool]) -> Truth:
    """Return the truth that may turn out to be any of these."""
    return UNKNOWN if len(found) > 1 else Truth.of(found.pop())


@pytest.mark.parametrize("join", [operator.and_, operator.or_])
@given(truths, truths)
def test_joining_says_what_every_reading_of_the_unknown_says(
    join: Callable[[object, object], object], one: Truth, other: Truth
) -> None:
    found = {bool(join(a, b)) for a, b in product(readings(one), readings(other))}
    assert join(one, other) is merged(found)


@given(truths)
def test_turning_says_what_every_reading_of_the_unknown_says(one: Truth) -> None:
    assert ~one is merged({not reading for reading in readings(one)})


@given(st.integers(0, 5), st.lists(truths, max_size=4))
def test_at_least_says_what_every_reading_of_the_unknown_says(
    count: int, many: list[Truth]
) -> None:
    found = {sum(each) >= count for each in product(*map(readings, many))}
    assert at_least(count, iter(many)) is merged(found)


def test_a_bool_or_none_becomes_a_truth() -> None:
    assert (Truth.of(True), Truth.of(False), Truth.of(None)) == (TRUE, FALSE, UNKNOWN)  # noqa: FBT003


@pytest.mark.parametrize("truth", Truth)
def test_a_truth_is_never_a_bare_bool(truth: Truth) -> None:
    with pytest.raises(TypeError, match="compare it"):
        bool(truth)


def test_a_truth_reads_as_a_word() -> None:
    assert list(map(repr, Truth)) == ["false", "unknown", "true"]
