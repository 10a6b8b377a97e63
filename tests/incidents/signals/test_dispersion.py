"""What is estimated of how much counts and shares vary: against the moments of the books."""

from itertools import product
from math import comb, inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore.incidents.signals._dispersion import Part, clustering, counts, parts, row, shares
from cmcore.incidents.signals._tails import beta_binomial

NUMBERS = st.lists(st.one_of(st.none(), st.integers(0, 30)), min_size=3, max_size=9)


def draws(total: int, windows: int, shape: float) -> list[tuple[tuple[int, ...], float]]:
    """Return the ways in which messages fall in windows, given their sum, with their chances."""
    found = []
    for numbers in product(range(total + 1), repeat=windows):
        if sum(numbers) == total:
            chance, left, rest = 1.0, total, windows * shape
            for number in numbers[:-1]:
                rest -= shape
                at_least = beta_binomial(number, left, shape, rest)
                chance *= at_least - beta_binomial(number + 1, left, shape, rest)
                left -= number
            found.append((numbers, chance))
    return found


class TestRow:
    """The excess of a row is what its messages hang together."""

    @pytest.mark.parametrize("shape", [1e7, 4.0, 0.5])
    @pytest.mark.parametrize(("total", "windows"), [(2, 3), (5, 3), (4, 4)])
    def test_the_expected_excess_is_exact(self, total: int, windows: int, shape: float) -> None:
        found = draws(total, windows, shape)
        assert sum(chance for _, chance in found) == pytest.approx(1)
        mean = sum(chance * sum(row(numbers, 1).excess) for numbers, chance in found)
        share = 1 / (1 + windows * shape)
        assert mean == pytest.approx((windows - 1) * (total - 1) * share, abs=1e-5)

    @given(NUMBERS)
    def test_what_is_left_out_counts_for_nothing(self, numbers: list[int | None]) -> None:
        known = [number for number in numbers if number is not None]
        found, fewer = row(numbers, 2), row(known, 2)
        assert (found.total, found.size) == (sum(known), len(known))
        assert sum(found.excess) == pytest.approx(sum(fewer.excess))
        assert [
            one for one, number in zip(found.excess, numbers, strict=True) if number is None
        ] == [0.0] * (len(numbers) - len(known))

    def test_the_latest_week_is_told_apart(self) -> None:
        assert row([4, None, 2, 9], 3).recent == 3
        assert row([None, 7], 1).recent is None


class TestClustering:
    """The estimate leans to the side of more, and less so the more is known."""

    @given(st.lists(st.floats(-50, 50), min_size=3, max_size=10), st.floats(1, 1e5))
    def test_it_is_above_what_is_seen(self, blocks: list[float], weight: float) -> None:
        assert clustering(blocks, weight) >= min(0.2, max(sum(blocks), 0) / weight) - 1e-12

    def test_without_messages_it_is_supposed(self) -> None:
        assert clustering([0.0, 0.0, 0.0], 0) == pytest.approx(0.2)
        assert clustering([0.0] * 8, 1e6) == pytest.approx(2e-6, rel=1e-3)

    def test_blocks_that_differ_make_it_unsure(self) -> None:
        assert clustering([10, 10, 10], 100) < clustering([0, 0, 30], 100)

    @pytest.mark.parametrize(
        ("blocks", "quantile"), [(3, 1.886), (4, 1.638), (9, 1.397), (30, 1.311)]
    )
    def test_it_leans_by_students_quantile(self, blocks: int, quantile: float) -> None:
        """With as many blocks of 1 as of -1, that cancel out, and 0 where one is left over."""
        ones = [1.0] * (blocks // 2)
        values = [*ones, *(-one for one in ones), *[0.0] * (blocks % 2)]
        error = (2 * len(ones) * blocks / (blocks - 1)) ** 0.5
        found = clustering(values, 1e9) * (1e9 + 10) - 2
        assert found / error == pytest.approx(quantile, rel=0.005)


class TestCounts:
    """What a count is compared with."""

    def test_even_weeks_leave_the_shape_of_lone_messages(self) -> None:
        found = counts([row([50] * 8, 1)] * 168)
        assert found.usual == 50
        assert found.dispersion == pytest.approx(1, abs=0.02)

    def test_bursts_show_where_windows_are_as_busy(self) -> None:
        """Nights in bursts, days not: nights are compared with nights."""
        night, day = row([0, 6, 0, 0, 7, 0, 6, 0], 1), row([40] * 8, 1)
        rows = [night, *[night, day] * 80]
        assert counts(rows).dispersion > 3
        assert counts([day, *rows]).dispersion < 1.1

    def test_without_messages_bursts_are_supposed(self) -> None:
        found = counts([row([0, 0, 0], 1)] * 168)
        assert found.usual == 0
        assert found.dispersion == 1
        assert found.shape == pytest.approx((1 - 0.2) / (3 * 0.2))

    def test_what_all_hangs_together_has_no_shape(self) -> None:
        bursts = [row([90, 0, 0], 1), row([0, 80, 0], 1)] * 20
        assert counts(bursts).dispersion == inf

    def test_a_page_that_has_grown_is_given_more(self) -> None:
        assert counts([row([12, 8, 10, 10], 1)] * 20).usual == pytest.approx(12)
        assert counts([row([8, 12, 10, 10], 1)] * 20).usual == pytest.approx(10)
        assert counts([row([90, 10, 10, 10], 1)] * 20).usual == pytest.approx(45)


class TestShares:
    """What a share is compared with."""

    @pytest.mark.parametrize(("some", "among"), [(3, 9), (1, 6), (5, 8)])
    def test_the_expected_excess_of_lone_messages_is_none(self, some: int, among: int) -> None:
        """Of all the ways to choose which are negative, two windows of unlike sizes."""
        first, mean = 2, 0.0
        for here in range(max(0, some - among + first), min(first, some) + 1):
            ways = comb(first, here) * comb(among - first, some - here) / comb(among, some)
            found = parts([Part(here, first), Part(some - here, among - first)])
            mean += ways * sum(found.excess)
        assert mean == pytest.approx(0, abs=1e-12)

    def test_many_even_windows_are_sure(self) -> None:
        rows = [parts([Part(2, 10)] * 56)] * 24
        found = shares(rows[:5], rows)
        assert found.mean == 0.2
        assert found.share == pytest.approx(0.2, abs=0.001)
        assert found.correlation < 0.001
        assert found.strength > 500

    def test_windows_of_one_mood_are_not(self) -> None:
        rows = [parts([Part(10, 10), *[Part(0, 10)] * 4] * 8)] * 24
        assert shares(rows[:5], rows).correlation > 0.9

    def test_nothing_negative_is_told_from_little(self) -> None:
        few, many = (shares([one], [one]) for one in (parts([Part(0, 2)] * n) for n in (5, 500)))
        assert few.mean == many.mean == 0
        assert few.share > 10 * many.share > 0

    def test_what_is_left_out_or_empty_counts_for_nothing(self) -> None:
        full, holed = parts([Part(1, 4)] * 6), parts([Part(1, 4), None, Part(0, 0)] * 6)
        assert full[:5] == holed[:5]
        assert sum(full.excess) == sum(holed.excess)

    def test_more_messages_have_more_copies_of_each_other(self) -> None:
        rows = [parts([Part(1, 5, 1), *[Part(0, 5)] * 9] * 6)]
        found = shares(rows, rows)
        assert found.pairing == pytest.approx(1 / 100)
        here, elsewhere = found.beta(2)
        assert here / (here + elsewhere) == pytest.approx(found.share)
        here, elsewhere = found.beta(101)
        assert here / (here + elsewhere) == pytest.approx(0.5)
        assert found.beta(1001)[1] == 0

    def test_lone_messages_have_no_pairs(self) -> None:
        rows = [parts([Part(1, 1), Part(0, 1)])]
        assert shares(rows, rows).pairing == 0
