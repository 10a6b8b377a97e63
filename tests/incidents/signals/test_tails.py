from fractions import Fraction
from math import comb

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cmcore.incidents.signals._tails import beta_binomial, least_unusual

SMALL = st.integers(0, 12)


def rising(base: int, times: int) -> Fraction:
    made = Fraction(1)
    for step in range(times):
        made *= base + step
    return made


def exactly(least: int, total: int, here: int, elsewhere: int) -> Fraction:
    terms = (comb(total, at) * rising(here, at) * rising(elsewhere, total - at)
             for at in range(least, total + 1))  # fmt: skip
    return sum(terms, Fraction(0)) / rising(here + elsewhere, total)


class TestBetaBinomial:
    """The tail is the one of the books, and of the tests that are special cases of it."""

    @given(SMALL, SMALL, st.integers(1, 9), st.integers(1, 30))
    def test_it_is_the_sum_of_its_terms(
        self, least: int, more: int, here: int, elsewhere: int
    ) -> None:
        total = least + more
        wanted = float(exactly(least, total, here, elsewhere))
        assert beta_binomial(least, total, here, elsewhere) == pytest.approx(wanted, rel=1e-9)

    @given(SMALL, SMALL, SMALL, SMALL)
    def test_it_is_fishers_exact_test(self, some: int, rest: int, others: int, quiet: int) -> None:
        """Of the ways to choose the successes, those with as many or more of them here."""
        total, successes = some + rest + others + quiet + 1, some + others
        ways = sum(
            comb(some + rest, at) * comb(others + quiet + 1, successes - at)
            for at in range(some, successes + 1)
        )
        wanted = ways / comb(total, successes)
        found = beta_binomial(some, some + rest, others + 1, quiet + 1)
        assert found == pytest.approx(wanted, rel=1e-9)

    @given(SMALL, SMALL, st.integers(1, 9))
    def test_it_tends_to_the_exact_test_of_poisson_counts(
        self, seen: int, others: int, windows: int
    ) -> None:
        """Given their sum, messages fall in each of the windows alike."""
        total, share = seen + others, 1 / (1 + windows)
        wanted = sum(
            comb(total, at) * share**at * (1 - share) ** (total - at)
            for at in range(seen, total + 1)
        )
        found = beta_binomial(seen, total, 1e8, windows * 1e8)
        assert found == pytest.approx(wanted, rel=1e-4)

    @given(st.integers(1, 3000), st.integers(0, 20_000), st.floats(0.01, 1e5), st.integers(1, 60))
    def test_more_is_rarer(self, seen: int, others: int, shape: float, windows: int) -> None:
        fewer, more = (
            beta_binomial(one, one + others, shape, windows * shape) for one in (seen, seen + 1)
        )
        assert 0 <= more <= fewer * (1 + 1e-6) <= 1 + 1e-6

    @given(st.integers(1, 50), st.integers(1, 10**4), st.floats(0.5, 1e4), st.integers(1, 60))
    @example(50, 10**6, 0.5, 1)
    @example(1, 10**6, 1e4, 60)
    def test_few_where_many_are_usual_are_not_rare(
        self, seen: int, usual: int, shape: float, windows: int
    ) -> None:
        others = (seen + usual) * windows
        assert beta_binomial(seen, seen + others, shape, windows * shape) > 0.3

    @given(st.integers(1, 20_000), st.integers(0, 20_000), st.floats(0.5, 1e4), st.floats(0.5, 1e4))
    @example(30_000, 30_000, 1, 1)
    @example(5_000, 55_000, 2, 3)
    def test_what_does_not_fall_here_falls_elsewhere(
        self, least: int, more: int, here: float, elsewhere: float
    ) -> None:
        total = least + more
        some = beta_binomial(least, total, here, elsewhere)
        fewer = beta_binomial(more + 1, total, elsewhere, here)
        assert some + fewer == pytest.approx(1, rel=1e-6)

    def test_the_ends_are_certain(self) -> None:
        assert beta_binomial(0, 5, 1, 1) == 1
        assert beta_binomial(6, 5, 1, 1) == 0
        assert beta_binomial(3, 5, 0, 2) == 0
        assert beta_binomial(3, 5, 2, 0) == 1
        assert beta_binomial(3, 5, 0, 0) == 1


class TestLeast:
    """The least number that is unusual."""

    @given(st.integers(0, 50), st.integers(0, 60))
    def test_it_is_the_first_to_be_so_rare(self, step: int, most: int) -> None:
        found = least_unusual(lambda number: 1.0 if number < step else 0.01, 0.01, most)
        assert found == (step if step <= most else None)
