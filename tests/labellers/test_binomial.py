from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore.charters.audits.statistics import at_most
from cmcore.labellers.binomial import MOST, allowed, needed, shows


def exactly(count: int, total: int, share: Fraction) -> Fraction:
    """Return the chance of so many at most, from the definition."""
    chances = (comb(total, k) * share**k * (1 - share) ** (total - k) for k in range(count + 1))
    return sum(chances, Fraction(0))


@given(st.data())
def test_the_chance_is_that_of_the_binomial_distribution(data: st.DataObject) -> None:
    total = data.draw(st.integers(1, 200))
    count = data.draw(st.integers(0, total))
    share = Fraction(data.draw(st.integers(1, 99)), 100)
    assert at_most(count, total, float(share)) == pytest.approx(
        float(exactly(count, total, share)), rel=1e-9, abs=1e-300
    )


@given(st.integers(0, 120), st.integers(1, 60), st.integers(1, 50))
def test_as_many_are_allowed_as_the_definition_says(total: int, risk: int, chance: int) -> None:
    share, limit = Fraction(risk, 100), Fraction(chance, 100)
    kept = [k for k in range(total) if exactly(k, total, share) * (1 + Fraction(1, 10**6)) <= limit]
    assert allowed(total, risk / 100, chance / 100) == max(kept, default=-1)


def test_none_wrong_of_so_many_is_what_tables_say() -> None:
    # 299 without a failure show 99 % with 95 % confidence: the classic size of a sample
    assert needed(0, 0, 0.01, 0.05) == 299
    assert allowed(298, 0.01, 0.05) == -1
    assert allowed(299, 0.01, 0.05) == 0
    assert allowed(473, 0.01, 0.05) == 1


@given(st.integers(0, 20), st.integers(1, 60), st.integers(5, 60))
def test_as_many_as_are_needed_would_do(wrong: int, total: int, risk: int) -> None:
    wrong = min(wrong, total)
    size = needed(wrong, total, risk / 100, 0.1)
    if size is None:
        assert wrong * 100 > 0.8 * risk * total
        return
    assert size >= total
    assert shows(-(-wrong * size // total), size, risk / 100, 0.1)


def test_what_is_wrong_as_often_as_the_risk_is_never_shown() -> None:
    assert needed(5, 50, 0.1, 0.1) is None
    assert needed(9_999, 100_000, 0.1, 0.1) is None
    assert MOST == 1_000_000
