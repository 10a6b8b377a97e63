from datetime import UTC, datetime, timedelta

import pytest

from cmcore import (
    InvalidError,
    Member,
    Request,
    RequestLog,
    Role,
    Span,
    Team,
    Week,
    minutes,
    staffing,
)
from cmcore.requests import Arrivals, RequestEvent, arrivals
from cmcore.requests.staff.staff import seen

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
WEEK = timedelta(weeks=1)
BUSY = Arrivals([20 if 9 <= hour % 24 < 18 and hour < 120 else 0 for hour in range(168)])
TEAM = Team(
    "brume",
    [
        Member("maud", roles={"communicator"}, skills={"writing"}).working("Mon-Fri 09:00-18:00"),
        Member("yann", roles={"communicator"}, skills={"writing"}).working("Mon-Fri 09:30-18:00"),
        Member("zoe", roles={"communicator"}).working("Mon-Fri 09:00-18:00"),
        Member("ines").working("Mon-Fri 09:00-18:00"),
    ],
    [Role("communicator", requires={"writing"}), Role("other")],
)


class TestArrivals:
    """What comes in, hour by hour."""

    def test_each_hour_is_measured_for_as_long_as_it_lasted(self) -> None:
        log = RequestLog(
            [Request("a", MONDAY), Request("b", MONDAY + WEEK), Request("c", MONDAY + 2 * WEEK)],
            [
                RequestEvent("answered", "a", MONDAY, by="maud"),
                RequestEvent("wrote again", "a", MONDAY + minutes(30)),
            ],
        )
        found = arrivals(log, MONDAY, MONDAY + 2 * WEEK)
        assert found.rates[:2] == (1.5, 0)
        assert found.total == 1.5
        assert arrivals(log, MONDAY + minutes(30), MONDAY + minutes(60)).rates[:2] == (2, None)

    def test_only_the_hours_that_were_seen_count(self) -> None:
        first, last = MONDAY + minutes(20), MONDAY + minutes(250)
        log = RequestLog([Request("a", first), Request("b", MONDAY + minutes(100)),
                          Request("c", last)])  # fmt: skip
        assert arrivals(log).rates[:5] == (None, 1, 0, 0, None)
        assert seen(log) == Span(MONDAY + minutes(60), MONDAY + minutes(240))
        india = seen(log, zone="Asia/Kolkata")
        assert india == Span(MONDAY + minutes(30), MONDAY + minutes(210))
        again = RequestLog([Request("a", MONDAY)], [
            RequestEvent("wrote again", "a", MONDAY + minutes(60))])  # fmt: skip
        assert arrivals(again).rates[:2] == (1, None)
        assert arrivals(log, stop=MONDAY + minutes(90)).rates[:2] == (None, 0)
        for short in (RequestLog(), RequestLog([Request("a", MONDAY)])):
            with pytest.raises(InvalidError, match="no whole hour was seen"):
                arrivals(short)

    def test_an_hour_that_the_clocks_skip_or_repeat_counts_as_it_was(self) -> None:
        autumn = datetime(2026, 10, 24, 22, tzinfo=UTC)  # midnight in Paris, before the change
        twice = RequestLog([Request("a", autumn + timedelta(hours=2, minutes=30))])
        found = arrivals(twice, autumn, autumn + timedelta(hours=25), zone="Europe/Paris")
        assert found.rates[6 * 24 + 2] == 0.5
        spring = datetime(2026, 3, 28, 23, tzinfo=UTC)
        skipped = arrivals(RequestLog(), spring, spring + timedelta(hours=23), zone="Europe/Paris")
        assert skipped.rates[6 * 24 + 2] is None
        assert skipped.rates[6 * 24 + 3] == 0

    def test_a_window_that_will_not_do_is_refused(self) -> None:
        with pytest.raises(InvalidError, match="which is not after its start"):
            arrivals(RequestLog(), MONDAY, MONDAY)
        with pytest.raises(InvalidError, match="a window of 4000 d is too long"):
            arrivals(RequestLog(), MONDAY, MONDAY + timedelta(days=4000))
        with pytest.raises(InvalidError, match="not a known time zone"):
            arrivals(RequestLog(), MONDAY, MONDAY + WEEK, zone="Nowhere")

    def test_every_problem_is_told(self) -> None:
        with pytest.raises(InvalidError) as caught:
            Arrivals([1, -1, float("nan"), float("inf"), None], zone="Nowhere")
        assert [problem.path for problem in caught.value.problems] == [
            ("zone",), ("rates",), ("rates", 1), ("rates", 2), ("rates", 3)
        ]  # fmt: skip


class TestStaffing:
    """How many people, when, and where they lack."""

    def test_the_people_each_hour_takes(self) -> None:
        found = staffing(BUSY, minutes(6), share=0.8, within=minutes(1))
        assert found.hour(0, 9).people == 4
        assert found.hour(0, 9).on_duty is None
        assert found.hour(5, 9).people == 0
        assert (found.most, found.total, found.gaps) == (4, 4 * 9 * 5, ())
        assert found.view().tone == ""

    def test_what_a_team_lacks(self) -> None:
        """Zoé has not the skills, and Yann comes at half past nine."""
        found = staffing(
            BUSY, minutes(6), within=minutes(30), team=TEAM, role="communicator",
            start=MONDAY, stop=MONDAY + WEEK,
        )  # fmt: skip
        assert found.hour(0, 9).people == 3
        assert (found.hour(0, 9).on_duty, found.hour(0, 9).lacking) == (1, 2)
        assert (found.hour(0, 10).on_duty, found.hour(0, 10).lacking) == (2, 1)
        assert found.hour(5, 10).lacking == 0
        assert found.when(2) == Week.parse("Mon-Fri 09:00-10:00")
        assert found.when(1) == Week.parse("Mon-Fri 10:00-18:00")
        assert found.view().tone == "forbidden"

    def test_everybody_counts_where_no_role_is_named(self) -> None:
        found = staffing(BUSY, minutes(6), within=minutes(30), team=TEAM, start=MONDAY,
                         stop=MONDAY + WEEK)  # fmt: skip
        assert found.hour(0, 9).on_duty == 3
        assert found.gaps == ()
        assert found.view().tone == "covered"

    def test_what_is_not_known_is_not_guessed(self) -> None:
        found = staffing(Arrivals([None] * 168), minutes(6))
        assert len(found.unknown) == 168
        assert (found.most, found.total) == (0, 0)
        assert found.view().tone == "exception"
        assert "how much comes in, for 168 hours of the week" in found.text()
        one = staffing(Arrivals([None] + [1] * 167), minutes(6))
        assert "ce qui arrive, pour 1 heure de la semaine" in one.text("fr")

    def test_every_problem_is_told(self) -> None:
        with pytest.raises(InvalidError) as caught:
            staffing(BUSY, minutes(0), share=1, within=minutes(-1), role="x", start=MONDAY,
                     stop=MONDAY)  # fmt: skip
        told = [str(problem) for problem in caught.value.problems]
        assert told[:5] == [
            "share: `1` is not a share (above 0, below 1)",
            "within: a duration cannot be negative (give a duration of zero or more)",
            "handling: `0 s` is not a duration above zero (write one such as `30 min`)",
            "role: `role` needs a team (give a team too)",
            "start: `start` needs a team (give a team too)",
        ]

    def test_work_for_more_people_than_there_are_is_refused(self) -> None:
        with pytest.raises(InvalidError) as caught:
            staffing(Arrivals([1, None, 1e9] + [0] * 165), minutes(6))
        assert str(caught.value) == (
            "arrivals.rates[2]: `1000000000.0` an hour take more than 100,000 people"
            " (check the unit)"
        )

    def test_a_role_that_the_team_has_not_or_a_window_that_lacks_is_refused(self) -> None:
        with pytest.raises(InvalidError) as caught:
            staffing(BUSY, minutes(6), team=TEAM, role="communicater", start=MONDAY)
        told = [str(problem) for problem in caught.value.problems]
        assert "role: no role is called `communicater` (did you mean `communicator`?)" in told
        assert any(one.startswith("stop: hours need a window") for one in told)

    def test_it_shows_itself(self) -> None:
        found = staffing(
            BUSY, minutes(6), within=minutes(30), team=TEAM.without("ines", "zoe"),
            start=MONDAY, stop=MONDAY + WEEK,
        )  # fmt: skip
        assert (
            found.text()
            == """\
80% taken up within 30 min: up to 3 people at once, 135 h a week
  2 missing  Mon-Fri 09:00-10:00
  1 missing  Mon-Fri 10:00-18:00

The week: people on duty / needed, at the worst moment
           Mon    Tue    Wed    Thu    Fri    Sat  Sun
  00–09 h  ·      ·      ·      ·      ·      ·    ·
  09–10 h  1/3 ✗  1/3 ✗  1/3 ✗  1/3 ✗  1/3 ✗  ·    ·
  10–18 h  2/3 ✗  2/3 ✗  2/3 ✗  2/3 ✗  2/3 ✗  ·    ·
  18–24 h  ·      ·      ·      ·      ·      ·    ·
  (6 min each, UTC)"""
        )
        french = found.text("fr")
        assert "80\xa0% pris en charge en 30\xa0min\xa0: 3 personnes à la fois" in french
        assert "il en manque 2  lun.–ven. 9\xa0h–10\xa0h" in french
        assert "il en manque 2" in french
        assert "La semaine\xa0: personnes nécessaires" in staffing(BUSY, minutes(6)).text("fr")
        assert "within 1 h: 1 person at a time" in staffing(Arrivals([1] * 168), minutes(6)).text()
