from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore.base.errors import InvalidError
from cmcore.time.intervals import Clocks, Span, count, day_span, instant, joined, without
from cmcore.time.week import Week

stretches = st.lists(
    st.tuples(st.integers(0, 60), st.integers(1, 20)).map(lambda two: (two[0], sum(two))),
    max_size=5,
)


def members(many: list[tuple[int, int]]) -> set[int]:
    return {n for start, stop in many for n in range(start, stop)}


@given(stretches)
def test_stretches_are_joined_in_order_and_apart(many: list[tuple[int, int]]) -> None:
    made = joined(many)
    assert members(made) == members(many)
    assert all(a[1] < b[0] for a, b in pairwise(made))


@given(stretches, stretches)
def test_what_is_gone_is_gone(many: list[tuple[int, int]], gone: list[tuple[int, int]]) -> None:
    left = without(joined(many), gone)
    assert members(left) == members(many) - members(gone)
    assert all(start < stop for start, stop in left)


@given(st.datetimes(timezones=st.just(UTC)))
def test_an_instant_is_counted_exactly(at: datetime) -> None:
    assert instant(count(at)) == at


@pytest.mark.parametrize(
    ("day", "zone", "start", "hours"),
    [
        (date(2026, 3, 29), "Europe/Paris", "2026-03-28T23:00", 23),
        (date(2026, 10, 25), "Europe/Paris", "2026-10-24T22:00", 25),
        (date(2018, 11, 4), "America/Sao_Paulo", "2018-11-04T03:00", 23),
        (date(2026, 3, 2), "UTC", "2026-03-02T00:00", 24),
    ],
)
def test_a_local_day_begins_and_ends_at_midnight(
    day: date, zone: str, start: str, hours: int
) -> None:
    first, last = day_span(day, day, zone)
    assert first == datetime.fromisoformat(f"{start}+00:00")
    assert last - first == timedelta(hours=hours)


def test_the_last_day_of_the_calendar_has_no_end() -> None:
    with pytest.raises(InvalidError, match="is too close to an end of the calendar"):
        day_span(date.max, date.max, "UTC")


def test_where_the_calendar_begins_some_zones_have_no_local_time() -> None:
    start = datetime(1, 1, 1, tzinfo=UTC)
    clocks = Clocks(Span(start, start + timedelta(hours=1)))
    with pytest.raises(InvalidError, match="has no local time"):
        clocks.pieces("America/New_York")
    assert clocks.held(Week.always(), "UTC") == [(clocks.start, clocks.stop)]


def test_weeks_of_long_stretches_are_whole() -> None:
    start = datetime(2026, 3, 2, tzinfo=UTC)
    clocks = Clocks(Span(start, start + timedelta(days=8)))
    whole = [(clocks.start, clocks.stop)]
    assert clocks.week(whole, "UTC") == Week.always()
    assert set(clocks.hours(*whole[0], "UTC")) == set(range(168))
    assert clocks.pieces("UTC") is clocks.pieces("UTC")
    odd = [(clocks.start + 30_000_000, clocks.start + 7 * 86_400_000_000 - 1)]
    assert clocks.week(odd, "UTC") == Week.always()
    minute = [(clocks.start + 30_000_000, clocks.start + 61_000_000)]
    assert str(clocks.week(minute, "UTC")) == "Mon 00:00-00:02"


def test_clocks_change_at_the_very_instant() -> None:
    span = Span(datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC))
    hour = 3600 * 1_000_000
    found = [
        (instant(start), offset // hour) for start, _, offset in Clocks(span).pieces("Europe/Paris")
    ]

    assert found == [
        (span.start, 1),
        (datetime(2026, 3, 29, 1, tzinfo=UTC), 2),
        (datetime(2026, 10, 25, 1, tzinfo=UTC), 1),
    ]
