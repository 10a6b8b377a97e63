"""Response times: nobody who still waits is left out, whatever becomes of them."""

from datetime import datetime, timedelta
from fractions import Fraction
from itertools import product
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore import Desk, RequestLog, backlog
from cmcore.requests import ResponseTimes, response_times
from cmcore.requests.follow_up.response_times import Quantile
from cmcore.requests.follow_up.waits import Wait, quantile
from cmcore.strategies import desks, instants, request_logs

NEVER = timedelta.max
#: Logs that end at some moment; of an empty one, the moment must be given.
LOGS = request_logs().filter(lambda log: log.end is not None)
#: Round numbers, over which floating-point products go wrong when they are rounded up.
SHARES = st.sampled_from([Fraction(n, 100) for n in range(1, 101)])
WAITS = st.lists(
    st.builds(Wait, st.integers(0, 6).map(lambda n: timedelta(minutes=n)), st.booleans()),
    max_size=6,
)


def nearest(lengths: list[timedelta], share: Fraction) -> timedelta:
    """Return the shortest time within which a share is over: the definition, spelt out."""
    ordered = sorted(lengths)
    return next(t for t in ordered if sum(one <= t for one in ordered) >= share * len(ordered))


class TestQuantiles:
    """A quantile lies between its bounds, whatever becomes of what is not answered yet."""

    @given(WAITS.filter(bool), SHARES)
    def test_the_bounds_hold_and_are_reached(self, waits: list[Wait], share: Fraction) -> None:
        found = quantile(waits, float(share))
        ends = [
            [wait.length] if wait.is_over else [wait.length + timedelta(minutes=n) for n in (0, 3)]
            + [NEVER]
            for wait in waits
        ]  # fmt: skip
        ways = [nearest(list(way), share) for way in product(*ends)]
        assert found.low == min(ways)
        assert found.high == (None if max(ways) == NEVER else max(ways))

    @given(st.lists(st.timedeltas(timedelta(0), timedelta(days=9)), min_size=1), SHARES)
    def test_when_all_are_answered_it_is_known(
        self, lengths: list[timedelta], share: Fraction
    ) -> None:
        found = quantile([Wait(length, is_over=True) for length in lengths], float(share))
        assert found.is_known
        assert found.high == sorted(lengths)[ceil(share * len(lengths)) - 1]

    @given(WAITS, SHARES, SHARES)
    def test_a_greater_share_takes_no_less_time(
        self, waits: list[Wait], one: Fraction, other: Fraction
    ) -> None:
        less, more = (quantile(waits, float(share)) for share in sorted((one, other)))
        assert (less.low is None) is (more.low is None) is (not waits)
        if less.low is not None and more.low is not None:
            assert less.low <= more.low
        assert less.high is not None or more.high is None
        if less.high is not None and more.high is not None:
            assert less.high <= more.high

    @given(WAITS, SHARES)
    def test_it_is_worded_as_far_as_it_is_known(self, waits: list[Wait], share: Fraction) -> None:
        found = quantile(waits, float(share))
        assert ("not known yet" in found.text()) is (found.high is None and bool(waits))
        assert ("between" in found.text()) is (found.high is not None and found.high != found.low)

    def test_of_nothing_nothing_is_known(self) -> None:
        assert quantile([], 0.5) == Quantile(0.5)
        assert quantile([], 0.5).text() == "–"


class TestTimes:
    """Every request counts once, in the whole as in the parts."""

    @given(LOGS, desks(has_routes=False), st.none() | instants())
    def test_the_parts_add_up(self, log: RequestLog, desk: Desk, at: datetime | None) -> None:
        found = response_times(log, at, desk)
        assert found.overall.count == backlog(log, at, desk).total
        for name in ("count", "answered", "met", "missed", "pending", "untargeted"):
            whole = getattr(found.overall, name)
            assert sum(getattr(part, name) for part in found.by_network) == whole
            assert sum(getattr(part, name) for part in found.by_hour) == whole
        for part in (found.overall, *found.by_network, *found.by_hour):
            judged = part.met + part.missed + part.pending + part.untargeted
            assert judged == part.count
            assert 0 <= part.answered <= part.count

    @given(LOGS, desks(has_routes=False), st.timedeltas(timedelta(0), timedelta(9)))
    def test_what_is_known_stays_known(self, log: RequestLog, desk: Desk, more: timedelta) -> None:
        """As time goes by and nothing happens, the bounds only draw nearer, and lates only grow."""
        end = log.end
        assert end is not None
        before, after = response_times(log, end, desk), response_times(log, end + more, desk)
        for less, later in zip(before.overall.quantiles, after.overall.quantiles, strict=True):
            assert later.high == less.high
            assert later.low is not None
            assert less.low is not None
            assert later.low >= less.low
        assert after.overall.missed >= before.overall.missed
        assert after.overall.met == before.overall.met

    @given(LOGS)
    def test_excusing_moves_requests_aside_and_loses_none(self, log: RequestLog) -> None:
        whole, less = response_times(log), response_times(log, excused={"spam"})
        assert less.overall.count + less.excused == whole.overall.count
        assert less.overall.answered == whole.overall.answered

    @given(LOGS, st.sampled_from([0.5, 0.9]))
    def test_a_quantile_is_found_by_its_share(self, log: RequestLog, share: float) -> None:
        found: ResponseTimes = response_times(log)
        assert found.overall.quantile(share).share == share
        with pytest.raises(KeyError, match=r"no quantile of 0\.25"):
            found.overall.quantile(0.25)
