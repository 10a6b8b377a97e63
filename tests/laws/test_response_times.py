"""Response times: nobody who still waits is left out, whatever becomes of them."""

from collections import Counter
from collections.abc import Container, Iterable
from datetime import datetime, timedelta
from fractions import Fraction
from itertools import product
from math import ceil

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore import Desk, RequestLog, backlog
from cmcore.requests import ResponseTimes, Target, response_times
from cmcore.requests.follow_up.response_times import Quantile
from cmcore.requests.follow_up.waits import Wait, quantile
from cmcore.strategies import desks, instants, request_logs

NEVER = timedelta.max
#: Logs that end at some moment; of an empty one, the moment must be given.
LOGS = request_logs().filter(lambda log: log.end is not None)


def _always(many: Iterable[Target]) -> list[Target]:
    return [attrs.evolve(one, when=None) for one in many]


def _plain(desk: Desk) -> Desk:
    """Return a desk that listens to everybody, however often they write."""
    return attrs.evolve(
        desk,
        ignore=(),
        targets=_always(desk.targets),
        acknowledge=_always(desk.acknowledge),
        resolve=_always(desk.resolve),
    )


PLAIN = desks(has_routes=False).map(_plain)
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
        assert found.overall.count + found.ignored == backlog(log, at, desk).total
        for name in ("count", "answered", "met", "missed", "pending", "untargeted", "undated"):
            whole = getattr(found.overall, name)
            assert sum(getattr(part, name) for part in found.by_network) == whole
            assert sum(getattr(part, name) for part in found.by_hour) == whole
        for part in (found.overall, *found.by_network, *found.by_hour):
            judged = part.met + part.missed + part.pending + part.untargeted + part.undated
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


def told_plainly(
    log: RequestLog, at: datetime, settles: Container[str] = ("answered",)
) -> tuple[list[tuple[str, datetime, datetime | None]], dict[str, datetime | None]]:
    """Return each answer owed, and when each request was resolved, event by event.

    What `settles` what is owed are answers, or acknowledgements too.
    """
    owed: dict[str, datetime | None] = {one.id: one.at for one in log.requests if one.at <= at}
    turns: list[tuple[str, datetime, datetime | None]] = []
    into: dict[str, str] = {}
    resolved: dict[str, datetime | None] = dict.fromkeys(owed)

    def root(id_: str) -> list[str]:
        return [id_, *(root(into[id_]) if id_ in into else [])]

    for event in (one for one in log.events if one.at <= at):
        id_, since = event.request, owed[event.request]
        if event.move in settles:
            for other, start in [*owed.items()]:
                if id_ in root(other) and start is not None:
                    turns.append((other, start, event.at))
                    owed[other] = None
        elif event.move in {"wrote again", "reopened"}:
            owed[id_] = since or event.at
        if event.move == "reopened":
            resolved[id_] = None
            into.pop(id_, None)
        elif event.move == "resolved":
            resolved[id_] = event.at
        elif event.into is not None:
            into[id_] = event.into
    turns += [(id_, since, None) for id_, since in owed.items() if since is not None]
    return turns, {id_: resolved[root(id_)[-1]] for id_ in owed}


@given(LOGS, PLAIN, st.none() | instants())
def test_every_answer_owed_is_timed_and_so_is_every_end(
    log: RequestLog, desk: Desk, at: datetime | None
) -> None:
    moment = at or log.end
    assert moment is not None
    turns, ends = told_plainly(log, moment)
    found = response_times(log, at, desk, shares=[1])
    mine = [(one.request.id, one.since, one.answered) for one in log.turns(moment)]
    assert sorted(mine, key=str) == sorted(turns, key=str)
    assert (found.turns.count, found.turns.answered) == (
        len(turns), sum(answered is not None for _, _, answered in turns)
    )  # fmt: skip
    late = 0
    for id_, since, answered in turns:
        request = next(one for one in log.requests if one.id == id_)
        due = desk.due(request, since)
        late += due is not None and (answered or moment) > due
    assert found.turns.missed == late
    whole = [stop - next(one.at for one in log.requests if one.id == id_)
             for id_, stop in ends.items() if stop is not None]  # fmt: skip
    assert (found.resolution.count, found.resolution.answered) == (len(ends), len(whole))
    promises = attrs.evolve(desk, targets=desk.resolve)
    by = {one.id: promises.due(one, one.at) for one in log.requests}
    late = sum(
        (due := by[id_]) is not None and (stop or moment) > due for id_, stop in ends.items()
    )
    assert found.resolution.missed == late
    if len(whole) == len(ends) and ends:
        assert found.resolution.quantiles[0].high == max(whole)


@given(LOGS, PLAIN, st.none() | instants())
def test_every_acknowledgement_owed_is_timed_and_an_answer_is_one(
    log: RequestLog, desk: Desk, at: datetime | None
) -> None:
    moment = at or log.end
    assert moment is not None
    signs, _ = told_plainly(log, moment, ("acknowledged", "answered"))
    mine = [(one.request.id, one.since, one.answered) for one in log.acknowledgements(moment)]
    assert sorted(mine, key=str) == sorted(signs, key=str)
    found = response_times(log, at, desk).acknowledgements
    promises = attrs.evolve(desk, targets=desk.acknowledge)
    late = 0
    for id_, since, came in signs:
        due = promises.due(next(one for one in log.requests if one.id == id_), since)
        late += due is not None and (came or moment) > due
    assert (found.count, found.missed) == (len(signs), late)
    assert found.answered == sum(came is not None for _, _, came in signs)


@given(LOGS, PLAIN, st.timedeltas(timedelta(0), timedelta(9)))
def test_what_is_not_resolved_in_time_is_late_though_it_is_answered(
    log: RequestLog, desk: Desk, more: timedelta
) -> None:
    end = log.end
    assert end is not None
    at = end + more
    promises = attrs.evolve(desk, targets=desk.resolve)
    found = backlog(log, at, desk)
    for item in found.items:
        due = promises.due(item.track.request, item.track.request.at)
        if item.track.state.is_live and due is not None and due < at:
            assert item.overdue is not None
            assert item.overdue >= at - due
            assert item in found.overdue
            assert item in found.unresolved
        assert item.track.state.is_live or item.resolve_by is None


@given(LOGS, PLAIN, st.timedeltas(timedelta(0), timedelta(9)))
def test_what_is_not_acknowledged_in_time_is_late_even_if_its_answer_is_not_due(
    log: RequestLog, desk: Desk, more: timedelta
) -> None:
    end = log.end
    assert end is not None
    at = end + more
    promises = attrs.evolve(desk, targets=desk.acknowledge)
    for item in backlog(log, at, desk).items:
        track = item.track
        due = promises.due(track.request, track.unacknowledged)
        if track.state.is_live and due is not None and due < at:
            assert item.overdue is not None
            assert item.overdue >= at - due
    for item in backlog(log, at, promises).items:
        assert item.due is None or item.acknowledge_by is None or item.due <= item.acknowledge_by


@given(LOGS)
def test_each_topic_counts_the_requests_that_have_it(log: RequestLog) -> None:
    found = response_times(log)
    counts = Counter(topic for one in log.requests for topic in one.topics or [""])
    assert {one.name: one.count for one in found.by_topic} == counts
    for parts in (found.by_severity, found.by_holder):
        assert sum(one.count for one in parts) == found.overall.count
