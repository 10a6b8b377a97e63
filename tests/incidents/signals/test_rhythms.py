"""Which windows are compared with which, whatever the clocks do."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore.incidents.signals._rhythms import DAY, WEEK, Calendar, Windows
from cmcore.incidents.signals.signal import Rhythm
from cmcore.time.intervals import Span, count, instant

HOUR = timedelta(hours=1)
WEEKS = timedelta(weeks=1)
PARIS = ZoneInfo("Europe/Paris")
#: A Monday, the day after clocks were put on in Paris.
MONDAY = datetime(2026, 3, 30, 9, tzinfo=PARIS)


def starts(found: Windows) -> list[datetime | None]:
    return [None if one is None else instant(one[0]) for one in found.each]


def calendar(window: timedelta = HOUR, weeks: int = 4, zone: str = "Europe/Paris") -> Calendar:
    return Calendar(window, weeks * WEEKS, zone)


class TestTheWeek:
    """Windows at the same time of the week, on the local clock."""

    def test_the_wall_clock_counts_and_not_the_distance(self) -> None:
        own = calendar().rows(count(MONDAY), 4, Rhythm.WEEK)[0]
        wanted = [datetime(2026, 3, day, 8, tzinfo=PARIS) for day in (23, 16, 9, 2)]
        assert starts(own) == wanted
        assert own.count == 4
        first = starts(own)[0]
        assert first is not None
        assert MONDAY - HOUR - first == WEEKS - HOUR

    @pytest.mark.parametrize("turn", ["2026-03-29", "2026-10-25"])
    def test_windows_last_as_long_whatever_the_clocks_do(self, turn: str) -> None:
        day = datetime.fromisoformat(f"{turn}T12:00").replace(tzinfo=PARIS)
        rows = calendar(timedelta(hours=5)).rows(count(day + WEEKS), 4, Rhythm.WEEK)
        found = [one for row in rows for one in row.each if one]
        assert {stop - start for start, stop in found} == {5 * DAY // 24}

    @given(st.integers(0, 365 * 24), st.sampled_from([1, 6, 24, 50]))
    def test_no_window_meets_the_one_it_is_compared_with(self, hour: int, length: int) -> None:
        stop = count(datetime(2026, 1, 1, tzinfo=UTC) + hour * HOUR)
        made = calendar(length * HOUR, 2)
        for rhythm in (Rhythm.WEEK, Rhythm.AROUND, Rhythm.DAY)[: 2 if length > 24 else 3]:
            for row in made.rows(stop, 2, rhythm):
                assert all(one is None or one[1] <= stop - made.window for one in row.each)

    def test_a_window_that_the_clocks_push_into_the_present_is_left_out(self) -> None:
        """The day clocks are put on lasts 23 hours, and meets the day before at the same time."""
        turned = datetime(2026, 3, 29, 9, tzinfo=PARIS)
        own = calendar(timedelta(hours=24)).rows(count(turned), 2, Rhythm.DAY)[0]
        assert [one is None for one in own.each] == [True] + [False] * 13

    def test_the_latest_days_are_kept_for_the_window_itself(self) -> None:
        own, *others = calendar().rows(count(MONDAY), 2, Rhythm.DAY)
        assert own.count == 14
        ends = [one[1] for row in others for one in row.each if one]
        assert max(ends) < count(MONDAY - HOUR - timedelta(days=3))

    @given(st.integers(1, 10 * 168))
    def test_rows_go_round_the_week_once(self, hours: int) -> None:
        stop = count(datetime(2026, 1, 5, tzinfo=UTC) + hours * HOUR)
        rows = calendar(zone="UTC").rows(stop, 1, Rhythm.WEEK)
        found = sorted(one for row in rows for one in row.each if one)
        wanted = [stop - WEEK - DAY // 24 + n * (DAY // 24) for n in range(168 - 73)]
        assert [start for start, _ in found] == wanted


class TestDays:
    """Windows of days, alike or not, and about a time of day."""

    def test_working_days_are_compared_with_working_days(self) -> None:
        own = calendar().rows(count(MONDAY), 2, Rhythm.WORKDAYS)[0]
        days = [one.astimezone(PARIS).weekday() for one in starts(own) if one]
        assert days == [4, 3, 2, 1, 0] * 2
        assert own.each[:2] == (None, None)

    def test_midnight_belongs_to_the_day_it_ends(self) -> None:
        midnight = datetime(2026, 3, 16, tzinfo=PARIS)
        own = calendar().rows(count(midnight), 2, Rhythm.WORKDAYS)[0]
        days = [one.astimezone(PARIS).weekday() for one in starts(own) if one]
        assert days == [5, 6, 5, 6]

    def test_every_day_counts_when_asked(self) -> None:
        own = calendar().rows(count(MONDAY), 2, Rhythm.DAY)[0]
        assert own.count == 14

    @pytest.mark.parametrize(
        ("minutes", "rows", "near"),
        [(30, 48, 9), (60, 24, 5), (90, 16, 3), (300, 4, 1), (1440, 1, 1)],
    )
    def test_two_hours_are_about_the_same_time(self, minutes: int, rows: int, near: int) -> None:
        made = calendar(timedelta(minutes=minutes))
        found = made.rows(count(MONDAY), 2, Rhythm.AROUND)
        assert len(found) == rows
        assert len(made.near(found)) == near
        own = count(MONDAY) % DAY
        for row in made.near(found):
            gaps = [(one[1] - own) % DAY for one in row.each if one and one[1] % DAY]
            assert all(min(gap, DAY - gap) <= DAY // 8 for gap in gaps)

    def test_long_windows_are_compared_every_few_days(self) -> None:
        found = calendar(timedelta(hours=30)).rows(count(MONDAY + WEEKS), 2, Rhythm.AROUND)
        assert [row.count for row in found] == [7]
        ends = [one[1] for one in found[0].each if one]
        gaps = {late - early for late, early in pairwise(ends)}
        assert gaps == {2 * DAY, 2 * DAY - DAY // 24}

    def test_every_window_may_be_about_the_time(self) -> None:
        made = calendar(timedelta(hours=12))
        assert len(made.near(made.rows(count(MONDAY), 2, Rhythm.AROUND))) == 1


class TestHistory:
    """How much there is to compare with."""

    @pytest.mark.parametrize(
        ("hours", "weeks"), [(0, 0), (168, 0), (169, 1), (337, 2), (169 + 3 * 168, 4), (5000, 4)]
    )
    def test_whole_weeks_are_counted_before_the_window(self, hours: int, weeks: int) -> None:
        assert calendar().weeks(count(MONDAY), count(MONDAY - hours * HOUR)) == weeks

    def test_nothing_is_compared_with_the_beginning_of_time(self) -> None:
        early = datetime(2, 1, 9, tzinfo=UTC)
        made = calendar(zone="UTC")
        weeks = made.weeks(count(early), count(datetime(1, 1, 1, tzinfo=UTC)))
        assert weeks == 1
        assert made.rows(count(early), weeks, Rhythm.WEEK)[0].count == 1

    @pytest.mark.parametrize(
        ("weeks", "rhythm"), [(1, None), (2, Rhythm.WORKDAYS), (3, Rhythm.WEEK), (8, Rhythm.WEEK)]
    )
    def test_the_finest_rhythm_is_taken(self, weeks: int, rhythm: Rhythm | None) -> None:
        assert calendar(weeks=8).rhythm(None, count(MONDAY), weeks) is rhythm

    def test_a_rhythm_that_is_asked_for_is_taken_or_none(self) -> None:
        made, stop = calendar(), count(MONDAY)
        assert made.rhythm(Rhythm.DAY, stop, 8) is Rhythm.DAY
        assert made.rhythm(Rhythm.WEEK, stop, 2) is None
        assert calendar(timedelta(hours=25)).rhythm(None, stop, 2) is None

    def test_spans_are_left_out_and_may_leave_too_little(self) -> None:
        gone = Span(MONDAY - WEEKS - 3 * HOUR, MONDAY - WEEKS)
        made = Calendar(HOUR, 3 * WEEKS, "Europe/Paris", [gone])
        own = made.rows(count(MONDAY), 3, Rhythm.WEEK)[0]
        assert [one is None for one in own.each] == [True, False, False]
        assert made.rhythm(None, count(MONDAY), 3) is Rhythm.WORKDAYS
        assert made.rhythm(None, count(MONDAY + HOUR), 3) is Rhythm.WEEK

    def test_what_was_found_is_kept_for_a_while(self) -> None:
        made = calendar()
        stops = [count(MONDAY) + number for number in range(9)]
        first = [made.rows(stop, 2, Rhythm.DAY) for stop in stops]
        assert [made.rows(stop, 2, Rhythm.DAY) for stop in stops] == first
        assert made.rows(stops[-1], 2, Rhythm.DAY) is made.rows(stops[-1], 2, Rhythm.DAY)
