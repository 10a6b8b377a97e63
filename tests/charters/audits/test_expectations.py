"""What audits say of the expectations of a charter, on histories that people have."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Final

import attrs
import pytest

from cmcore import Act, Audit, Charter, Context, InvalidError, audit, catalog, fact, read
from cmcore.charters import (
    Case,
    Earlier,
    Expectation,
    ExpectationResult,
    Fulfilment,
    Proportion,
    Rate,
    Scope,
    Term,
    Unreadable,
    Verdict,
)
from cmcore.charters.audits.periods import PERIODS
from cmcore.charters.audits.score import Score
from cmcore.display.cards import view

MONDAY = datetime(2026, 1, 5, 9, tzinfo=UTC)
WEEKLY = Expectation("weekly", of="posts", at_least=Rate(2, "week"), because="We are read weekly.")
HOURLY = Expectation("hourly", of="posts", at_most=Rate(3, timedelta(hours=1)))
PROMOS = Expectation("promos", of="promos", among="posts", at_most=Proportion(0.2, "month"))
DIGEST = Expectation("digest", of="posts", at_least=Rate(1, "week"), on="sun")
#: Days after a Wednesday on which something was posted, as projects do that post when they release.
POSTED = (0, 9, 23, 24, 38, 45, 60, 61, 75, 90, 100, 110, 125, 140, 150, 165, 180, 195, 210)


def a_charter(*expectations: Expectation, **more: object) -> Charter:
    """Return a charter that expects some things of what is published or shared."""
    charter = Charter(
        "releases",
        circuits=[catalog.circuits["owner"]],
        default="owner",
        counts={
            "posts": fact("kind").one_of("publish", "share"),
            "promos": fact("topics").any_of("promo"),
        },
    )
    return attrs.evolve(charter, expectations=expectations, **more)  # type: ignore[arg-type]


def posts(days: Iterable[float], start: datetime = MONDAY) -> list[Act]:
    """Return posts so many days after a Monday."""
    return [Act(kind="publish", topics=set(), at=start + timedelta(days=n)) for n in days]


def result(
    one: Expectation, history: Iterable[Act | Case | Unreadable], **options: object
) -> ExpectationResult:
    """Return what came of an expectation."""
    (found,) = audit(a_charter(one), history, **options).expectations  # type: ignore[arg-type]
    return found


class TestSparseHistory:
    """Nineteen posts in thirty-one weeks, of which one reaches two posts."""

    @pytest.fixture
    def found(self) -> Audit:
        acts = posts(POSTED, MONDAY + timedelta(days=2))
        return audit(a_charter(WEEKLY, HOURLY, target=0), acts)

    def test_the_floor_is_missed_and_the_empty_weeks_are_listed(self, found: Audit) -> None:
        weekly, _ = found.expectations
        assert weekly.standing is Fulfilment.MISSED
        assert (weekly.met, weekly.missed, weekly.partial) == (1, 28, 2)
        empty = [week.name for week in weekly.failures if not week.count]
        assert empty[:3] == ["2026-W04", "2026-W06", "2026-W09"]
        assert len(empty) == 13

    def test_the_cap_is_kept_in_all_posts(self, found: Audit) -> None:
        _, hourly = found.expectations
        assert (hourly.standing, hourly.met, hourly.missed) == (Fulfilment.MET, 19, 0)

    def test_the_report_says_so_in_its_own_lines(self, found: Audit) -> None:
        lines = found.text().splitlines()
        assert lines[0].startswith("expectations missed: 1 of 2 · target")
        (weekly,) = (line for line in lines if line.startswith("  weekly       missed"))
        assert weekly.endswith(
            "at least 2 per week: `posts`  met in 1 of 29 weeks; seen in part: 2"
        )
        (hourly,) = (line for line in lines if line.startswith("  hourly       met"))
        assert hourly.endswith("met for 19 of 19 acts")
        (empty,) = (line for line in lines if line.startswith("  weekly       0"))
        assert "2026-W26 … 2026-W27" in empty
        french = found.text("fr")
        assert "attentes manquées\xa0: 1 sur 2" in french
        assert "tenue 1 fois sur 29 (semaines)\u202f; vus en partie\xa0: 2" in french

    def test_it_is_seen_over_time(self, found: Audit) -> None:
        lines = found.text().splitlines()
        start = lines.index("Over time")
        assert lines[start + 1].split() == [
            "period",
            "acts",
            "covered",
            "share",
            "weekly",
            "hourly",
        ]
        assert lines[start + 2].split()[:6] == ["2026-01", "4", "0", "0.0%", "1/3", "4/4"]

    def test_a_target_that_is_met_does_not_hide_it(self, found: Audit) -> None:
        assert (found.verdict, found.standing) == (Verdict.MET, Verdict.MISSED)
        assert found.view().tone == "forbidden"

    def test_each_week_is_drawn(self, found: Audit) -> None:
        (weekly,) = (one for one in found.view().pictures if one.title == "weekly")
        assert "2026-W04: 0" in weekly.said()
        assert "<svg" in weekly.element()


class TestEnds:
    """What lies at the ends of a history is judged where it is certain."""

    def test_a_history_of_one_day_says_nothing_of_its_week(self) -> None:
        found = result(WEEKLY, posts([0]))
        assert (found.standing, found.partial) == (Fulfilment.UNDECIDED, 1)

    def test_a_floor_that_is_reached_in_part_of_a_week_is_met(self) -> None:
        found = result(WEEKLY, posts([0, 1]))
        assert (found.standing, found.met) == (Fulfilment.MET, 1)

    def test_a_cap_that_is_passed_in_part_of_a_week_is_missed(self) -> None:
        rare = Expectation("rare", of="posts", at_most=Rate(1, "week"))
        assert result(rare, posts([0, 1])).standing is Fulfilment.MISSED
        assert result(rare, posts([0])).standing is Fulfilment.UNDECIDED

    def test_the_days_that_are_told_to_be_whole_are_judged_without_any_act(self) -> None:
        days = {"since": date(2026, 1, 5), "through": date(2026, 1, 25)}
        found = result(WEEKLY, posts([0, 1]), **days)
        assert [(week.name, week.count) for week in found.failures] == [
            ("2026-W03", 0), ("2026-W04", 0),
        ]  # fmt: skip
        assert result(WEEKLY, [], **days).missed == 3

    @pytest.mark.parametrize("unit", ["day", "week", "month"])
    def test_no_period_of_a_gap_that_is_probably_a_wrong_date_is_missed(self, unit: str) -> None:
        floor = Expectation("floor", of="posts", at_least=Rate(1, unit))
        seen = posts([0, 1], datetime(2006, 3, 8, tzinfo=UTC))
        found = result(floor, [*seen, *posts([0], datetime(2026, 4, 1, 12, tzinfo=UTC))])
        assert (found.standing, found.missed) == (Fulfilment.UNDECIDED, 0)
        found = result(floor, seen, through=date(2026, 4, 30))
        assert (found.standing, found.missed) == (Fulfilment.UNDECIDED, 0)

    def test_a_network_that_may_be_a_slip_may_be_that_of_the_charter(self) -> None:
        rare = Expectation("rare", of="posts", at_most=Rate(1, "week"))
        charter = a_charter(rare, scope=Scope(networks={"x", "facebook"}))
        names = {"facebook": Fulfilment.MISSED, "facebok": Fulfilment.UNDECIDED}
        for name, standing in {**names, "bluesky": Fulfilment.MET}.items():
            days = [0, 1, 8, 9, 15]
            acts = posts(days)
            acts = [attrs.evolve(act, network="facebook") for act in acts]
            acts[1], acts[3] = (attrs.evolve(act, network=name) for act in (acts[1], acts[3]))
            (found,) = audit(charter, acts, context=Context(earlier=Earlier())).expectations
            assert (name, found.standing) == (name, standing)

    def test_without_a_row_nothing_is_judged(self) -> None:
        found = result(WEEKLY, [])
        assert (found.standing, found.occasions) == (Fulfilment.IDLE, ())

    def test_of_a_history_that_begins_with_the_first_act_the_first_week_is_whole(self) -> None:
        nothing = Context(earlier=Earlier())
        found = result(WEEKLY, posts([3, 8, 9, 16]), context=nothing)
        assert [week.name for week in found.failures] == ["2026-W02"]

    def test_days_are_local(self) -> None:
        late = Expectation("daily", of="any", at_least=Rate(1, "day"))
        at = [datetime(2026, 1, day, 23, 30, tzinfo=UTC) for day in (5, 7, 9)]
        charter = a_charter(late, zone="Asia/Tokyo")
        (found,) = audit(charter, [Act(kind="react", at=one) for one in at]).expectations
        assert [day.name for day in found.failures] == ["2026-01-07", "2026-01-09"]

    def test_only_the_hours_of_the_week_that_are_named_count(self) -> None:
        found = result(DIGEST, posts([0, 6, 7, 12.5, 21]))
        assert [week.name for week in found.failures] == ["2026-W03", "2026-W04"]
        assert found.met == 1
        daily = Expectation("daily", of="posts", at_least=Rate(1, "day"), on="sat-sun")
        assert [day.name for day in result(daily, posts([0, 5, 8])).failures] == ["2026-01-11"]

    def test_a_day_that_is_not_in_the_calendar_is_not_judged(self) -> None:
        end = [Act(kind="publish", at=datetime.max.replace(tzinfo=UTC)), *posts([0])]
        (found,) = audit(a_charter(WEEKLY, zone="Asia/Tokyo"), end).expectations
        assert found.standing is Fulfilment.UNDECIDED

    def test_the_calendar_ends(self) -> None:
        last = [Act(kind="publish", at=datetime(9999, 12, 31, 12, tzinfo=UTC))] * 2
        first = [Act(kind="publish", at=datetime(1, 1, 1, 12, tzinfo=UTC))] * 2
        for unit in ("day", "week", "month", "quarter", "year"):
            one = Expectation("x", of="posts", at_least=Rate(2, unit))
            assert result(one, last).met == result(one, first).met == 1


class TestInForce:
    """An expectation is about the acts that its charter frames, while it is in force."""

    TERM = Term(date(2026, 1, 12), date(2026, 1, 25))

    def test_only_the_days_on_which_it_is_in_force_are_judged(self) -> None:
        acts = posts([0, 8, 9, 40])
        found = result(attrs.evolve(WEEKLY, term=self.TERM), acts)
        assert (found.met, [week.name for week in found.failures]) == (1, ["2026-W04"])
        (same,) = audit(a_charter(WEEKLY, term=self.TERM), acts).expectations
        assert (same.met, same.failures) == (found.met, found.failures)

    def test_acts_on_other_networks_do_not_count(self) -> None:
        charter = a_charter(WEEKLY, PROMOS, scope=Scope({"mastodon"}))
        acts = [attrs.evolve(act, network="x") for act in posts([0, 8, 9, 40])]
        weekly, promos = audit(charter, acts).expectations
        assert (weekly.met, promos.standing) == (0, Fulfilment.UNDECIDED)
        assert promos.share is None


class TestDoubts:
    """What is not known is taken both ways."""

    DAYS: Final = {"since": date(2026, 1, 5), "through": date(2026, 1, 18)}

    def test_an_act_that_may_count_decides_nothing(self) -> None:
        unknown = Act(at=MONDAY + timedelta(days=1))
        found = result(WEEKLY, [*posts([0, 7, 8]), unknown], **self.DAYS)
        assert (found.standing, found.undecided) == (Fulfilment.UNDECIDED, 1)
        assert found.occasions[0].counted() == "1–2"

    def test_more_missing_than_acts_are_missing_is_missed(self) -> None:
        found = result(WEEKLY, [*posts([0, 7]), Act(kind="publish")], **self.DAYS)
        assert (found.standing, found.missed, found.undecided) == (Fulfilment.MISSED, 0, 2)
        assert result(WEEKLY, posts([0, 7]), missing=2, **self.DAYS).standing is (
            Fulfilment.UNDECIDED)  # fmt: skip

    @pytest.mark.parametrize("missing", [None, 9])
    def test_acts_that_are_missing_leave_a_cap_undecided(self, missing: int | None) -> None:
        assert result(HOURLY, posts([0]), missing=missing).standing is Fulfilment.UNDECIDED
        cap = Expectation("cap", of="posts", at_most=Rate(3, "week"))
        assert result(cap, posts([0, 20]), missing=missing).standing is Fulfilment.UNDECIDED
        assert result(cap, [], missing=missing).standing is Fulfilment.UNDECIDED

    def test_a_floor_that_is_reached_stays_so_whatever_is_missing(self) -> None:
        acts = posts([0, 1, 7, 8])
        assert result(WEEKLY, acts, missing=None, **self.DAYS).standing is Fulfilment.MET
        assert result(WEEKLY, acts, missing=None).standing is Fulfilment.UNDECIDED

    def test_rows_that_cast_doubt_on_others_leave_nothing_certain(self) -> None:
        doubt = Unreadable("?", at=MONDAY, casts_doubt=True)
        for one in (WEEKLY, HOURLY, PROMOS):
            found = result(one, [*posts([0, 0, 0, 0, 0, 40]), doubt])
            assert (found.standing, found.missed) == (Fulfilment.UNDECIDED, 0)

    def test_a_wrong_year_is_no_silence(self) -> None:
        far = MONDAY.replace(year=2062)
        found = result(WEEKLY, [*posts([0, 1, 7, 8, 14, 15]), *posts([0, 1], far)])
        assert (found.standing, found.missed, found.undecided) == (Fulfilment.UNDECIDED, 0, 1)
        assert found.occasions[3].name == "2026-W05 … 2061-W52"

    def test_an_act_that_may_count_does_not_pass_a_cap(self) -> None:
        acts = [*posts([0, 0, 0, 0]), Act(at=MONDAY)]
        found = result(HOURLY, acts)
        assert (found.standing, found.missed, found.undecided) == (Fulfilment.MISSED, 4, 1)


class TestShares:
    """Each month is counted, and the share of all acts has an interval."""

    def test_a_month_is_what_is_counted(self) -> None:
        acts = posts([0, 1, 2, 30, 31])
        acts[0] = attrs.evolve(acts[0], topics={"promo"})
        found = result(PROMOS, acts, since=date(2026, 1, 1), through=date(2026, 3, 31))
        assert [(month.counted(), month.standing.value) for month in found.occasions] == [
            ("1/3", "missed"), ("0/2", "met"), ("0/0", "no occasion"),
        ]  # fmt: skip
        assert found.share == 0.2
        assert found.interval is not None
        assert found.interval.low < 0.2 < found.interval.high

    def test_what_is_not_known_widens_the_interval(self) -> None:
        sure, unsure = posts([0, 1]), [Act(kind="publish", at=MONDAY)]
        narrow, wide = (result(PROMOS, acts).interval for acts in (sure, [*sure, *unsure]))
        assert narrow is not None
        assert wide is not None
        assert wide.high > narrow.high
        assert result(PROMOS, sure, missing=None).interval == attrs.evolve(wide, low=0, high=1)

    def test_the_report_states_the_interval_of_the_share_and_draws_each_month(self) -> None:
        found = audit(a_charter(PROMOS), posts([0, 40, 80]))
        assert "overall 0.0%, between 0.0% and 63.2% at 90% confidence" in found.text()
        (drawn,) = (one for one in found.view().pictures if one.title == "promos")
        assert "2026-02: 0/1" in drawn.said()

    def test_without_any_post_there_is_no_occasion(self) -> None:
        found = result(
            PROMOS, [Act(kind="react", at=at) for at in (MONDAY, MONDAY.replace(month=4))]
        )
        assert (found.standing, found.idle, found.share) == (Fulfilment.IDLE, 2, None)
        assert found.occasions[0].share is None


class TestFollowed:
    """An act that another is to follow is judged by what followed it in time."""

    CORRECTED = Expectation(
        "corrected", of="posts", after="delete", within=timedelta(days=1), same="link"
    )

    @staticmethod
    def act(kind: str | None, hours: float, links: set[str] | None, text: str | None = "") -> Act:
        return Act(kind=kind, at=MONDAY + timedelta(hours=hours), links=links, text=text)

    def test_it_is_met_in_time_and_by_the_same_link_only(self) -> None:
        fault, late = self.act("delete", 0, {"a.eu"}), self.act("publish", 25, {"a.eu"})
        other, last = self.act("publish", 2, {"b.eu"}), self.act("publish", 99, {"c.eu"})
        missed = result(self.CORRECTED, [fault, other, late, last])
        assert (missed.standing, missed.missed) == (Fulfilment.MISSED, 1)
        assert missed.failures[0].name == "2026-01-05 09:00"
        in_time = self.act("publish", 24, {"a.eu", "b.eu"})
        assert result(self.CORRECTED, [fault, other, in_time, last]).standing is Fulfilment.MET

    def test_what_the_history_does_not_show_any_more_is_not_judged(self) -> None:
        found = result(self.CORRECTED, [self.act("delete", 0, {"a.eu"})])
        assert (found.standing, found.partial) == (Fulfilment.UNDECIDED, 1)
        end = date(9999, 12, 31)
        last = Act(kind="delete", at=datetime(9999, 12, 31, tzinfo=UTC), links={"a.eu"})
        assert result(self.CORRECTED, [last], through=end).missed == 1

    @pytest.mark.parametrize("links", [None, {"a.eu"}])
    def test_what_is_not_known_decides_nothing(self, links: set[str] | None) -> None:
        history = [self.act("delete", 0, links, None), self.act("publish", 99, {"b.eu"})]
        unsure = self.act("publish", 0 if links else 2, links, None)
        assert result(self.CORRECTED, [*history, unsure]).undecided == 1
        assert result(self.CORRECTED, [*history, Act(kind="publish")]).undecided == 1
        gone: list[Act | Unreadable] = [*history, Unreadable("?", at=MONDAY + timedelta(hours=3))]
        assert result(self.CORRECTED, gone).standing is Fulfilment.UNDECIDED

    def test_what_is_known_to_have_no_link_follows_nothing(self) -> None:
        history = [self.act("delete", 0, None, None), self.act("publish", 2, set()),
                   self.act("publish", 99, set())]  # fmt: skip
        assert result(self.CORRECTED, history).missed == 1

    @pytest.mark.parametrize(
        ("faults", "standing"), [([0, 48], Fulfilment.MISSED), ([0, 20], Fulfilment.UNDECIDED)]
    )
    def test_an_act_without_a_moment_follows_only_what_it_can(
        self, faults: list[float], standing: Fulfilment
    ) -> None:
        link = {"https://example.org/a"}
        acts = [self.act("delete", hours, link) for hours in faults]
        acts += [
            attrs.evolve(self.act("publish", 0, link), at=None),
            self.act("publish", 200, set()),
        ]
        days = {"since": MONDAY.date(), "through": MONDAY.date() + timedelta(days=8)}
        assert result(self.CORRECTED, acts, **days).standing is standing

    def test_it_may_be_followed_when_nothing_is_expected_any_more(self) -> None:
        one = attrs.evolve(self.CORRECTED, term=Term(through=MONDAY.date()))
        acts = [self.act(kind, hours, {"a.eu"}) for kind, hours in
                (("delete", 0), ("publish", 23), ("delete", 30), ("publish", 99))]  # fmt: skip
        found = result(one, acts)
        assert (found.met, found.missed) == (1, 0)

    def test_rows_that_cast_doubt_on_others_leave_nothing_certain(self) -> None:
        doubt = Unreadable("?", at=MONDAY + timedelta(hours=90), casts_doubt=True)
        history: list[Act | Unreadable] = [
            self.act("delete", 0, {"a.eu"}),
            self.act("publish", 99, set()),
            doubt,
        ]
        found = result(self.CORRECTED, history)
        assert (found.standing, found.undecided) == (Fulfilment.UNDECIDED, 2)

    def test_it_says_what_is_to_follow_in_both_languages(self) -> None:
        found = result(self.CORRECTED, [])
        assert found.text() == "`posts` within 1 d after `delete`, of the same link"
        assert (
            found.text("fr")
            == "`posts` dans un délai de 1\xa0j après suppression, avec un même lien"
        )
        bare = attrs.evolve(self.CORRECTED, same=())
        assert result(bare, []).text() == "`posts` within 1 d after `delete`"


class TestBeforeEvents:
    """An event is announced three days and again half an hour before it."""

    ANNOUNCED = Expectation(
        "announced",
        of="posts",
        before="launch",
        by=[timedelta(days=3), timedelta(minutes=30)],
        within=timedelta(days=14),
    )
    LAUNCH = MONDAY + timedelta(days=20)

    def found(self, days: Iterable[float], **options: object) -> ExpectationResult:
        """Return what comes of posts so many days after a Monday."""
        around = Context(events={"launch": self.LAUNCH})
        charter = a_charter(self.ANNOUNCED, events={"launch"})
        history = [Case(post, around) for post in posts(days)]
        (result,) = audit(charter, history, **options).expectations  # type: ignore[arg-type]
        return result

    def test_each_time_before_is_judged(self) -> None:
        found = self.found([0, 16, 18, 30])
        assert (found.standing, found.met, found.missed) == (Fulfilment.MET, 2, 0)
        found = self.found([0, 19.99, 30])
        assert (found.standing, found.met, found.missed) == (Fulfilment.MISSED, 0, 2)
        assert [one.name for one in found.failures] == [
            "2026-01-22 09:00 → 2026-01-25 09:00",
            "2026-01-25 08:30 → 2026-01-25 09:00",
        ]

    def test_what_the_history_does_not_show_is_not_judged(self) -> None:
        late, early = self.found([18, 30]), self.found([0, 16])
        assert (late.met, late.partial) == (early.met, early.partial) == (1, 1)

    def test_what_announced_the_event_before_does_not_announce_the_next(self) -> None:
        launches = [self.LAUNCH, self.LAUNCH + timedelta(days=4)]
        first, second = (Context(events={"launch": launch}) for launch in launches)
        history = [
            *(Case(post, first) for post in posts([0, 16, 19.9])),
            *(Case(post, second) for post in posts([23.9, 30])),
        ]
        (found,) = audit(a_charter(self.ANNOUNCED, events={"launch"}), history).expectations
        assert (found.met, found.missed) == (3, 1)
        (failure,) = found.failures
        assert failure.name == "2026-01-26 09:00 → 2026-01-29 09:00"

    def test_an_event_that_nobody_tells_of_leaves_it_open(self) -> None:
        charter = a_charter(self.ANNOUNCED, events={"launch"})
        (found,) = audit(charter, posts([0, 1])).expectations
        assert (found.standing, found.judged) == (Fulfilment.UNDECIDED, 0)
        none = Context(events={"launch": None})
        (found,) = audit(charter, [Case(post, none) for post in posts([0, 1])]).expectations
        assert found.standing is Fulfilment.IDLE

    def test_only_events_while_it_is_in_force_count(self) -> None:
        over = attrs.evolve(self.ANNOUNCED, term=Term(None, date(2026, 1, 24)))
        case = Case(posts([0])[0], Context(events={"launch": self.LAUNCH}))
        (found,) = audit(a_charter(over, events={"launch"}), [case]).expectations
        assert found.standing is Fulfilment.IDLE

    @pytest.mark.parametrize("year", [1, 9999])
    def test_the_calendar_begins_and_ends(self, year: int) -> None:
        edge = datetime(year, 1 if year == 1 else 12, 1 if year == 1 else 31, tzinfo=UTC)
        by = [timedelta(days=9), timedelta.max]
        long = attrs.evolve(self.ANNOUNCED, by=by, within=None)
        for zone in ("UTC", "Asia/Tokyo", "America/Los_Angeles"):
            charter = a_charter(long, events={"launch"}, zone=zone)
            case = Case(posts([0])[0], Context(events={"launch": edge + timedelta(hours=23)}))
            (found,) = audit(charter, [case]).expectations
            assert (found.met, found.missed) == (
                (1, 0) if year == 9999 and found.judged else (0, 0)
            )

    def test_it_says_what_is_to_come_before_in_both_languages(self) -> None:
        found = self.found([])
        assert found.text() == "`posts` 3 d and 30 min before `launch`, at most 14 d before"
        assert (
            found.text("fr") == "`posts` 3\xa0j et 30\xa0min avant `launch`, au plus 14\xa0j avant"
        )
        bare = attrs.evolve(self.ANNOUNCED, within=None)
        (found,) = audit(a_charter(bare, events={"launch"}), []).expectations
        assert found.text() == "`posts` 3 d and 30 min before `launch`"

    def test_the_report_says_how_many_times_it_is_met(self) -> None:
        around = Context(events={"launch": self.LAUNCH})
        charter = a_charter(self.ANNOUNCED, events={"launch"})
        found = audit(charter, [Case(post, around) for post in posts([0, 16, 30])])
        assert "met 1 of 2 times" in str(found)
        assert "2026-01-25 08:30 → 2026-01-25 09:00" in str(found)
        assert "tenue 1 fois sur 2" in str(view(found, "fr"))

    def test_a_file_says_it(self, tmp_path: Path) -> None:
        file = tmp_path / "charter.yaml"
        file.write_text(
            """
charter: releases
circuits: {desk: [{ask: {role: editor}}]}
default: desk
events: [launch]
rules: []
expect:
  - {id: announced, of: publish, before: launch, by: [30 min, 3 d]}
  - {id: once, of: publish, before: launch, by: 1 h, within: 2 d}
""",
            encoding="utf-8",
        )
        both, once = read(file, Charter).expectations
        assert both.by == (timedelta(days=3), timedelta(minutes=30))
        assert (once.by, once.within) == ((timedelta(hours=1),), timedelta(days=2))


def test_very_many_periods_are_listed_where_they_are_not_met() -> None:
    daily = Expectation("daily", of="posts", at_least=Rate(1, "day"))
    days = [n for n in range(1200) if n % 100]
    found = result(daily, posts([0, *days]))
    assert {day.standing for day in found.occasions} == {Fulfilment.MISSED}
    assert (found.missed, len(found.occasions)) == (11, 11)
    silent = result(daily, posts([0, 1500]))
    assert (silent.missed, len(silent.occasions)) == (1499, 1000)
    (text,) = (row for row in audit(a_charter(daily), posts([0, 1500])).text().splitlines()
               if "and 499 more" in row)  # fmt: skip
    assert text.startswith("  daily        …")


def test_periods_without_an_act_are_judged_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int | None] = []
    real = Score.stands

    def stands(score: Score, low: Fraction, high: Fraction, spare: int | None) -> Fulfilment:
        asked.append(spare)
        return real(score, low, high, spare)

    monkeypatch.setattr(Score, "stands", stands)
    found = result(WEEKLY, posts([0, 1]), since=date(1900, 1, 1), through=date(2026, 1, 31))
    assert found.missed == 6577
    assert len(asked) < 9


def test_periods_of_any_year_are_named_in_their_order() -> None:
    for every, of in PERIODS.items():
        days = [date(year, 1, 7) for year in (1, 999, 1000, 2026)]
        names = [of(day)[0] for day in days]
        assert names == sorted(names), every


def test_a_period_that_has_no_act_is_seen_over_time() -> None:
    found = audit(a_charter(WEEKLY), posts([0]), through=date(2026, 3, 1))
    lines = found.text().splitlines()
    start = lines.index("Over time")
    assert [line.split()[0] for line in lines[start + 2 : start + 4]] == ["2026-01", "2026-02"]


def test_an_expectation_says_what_it_expects_in_both_languages() -> None:
    found = {one.expectation.id: one for one in
             audit(a_charter(WEEKLY, HOURLY, PROMOS, DIGEST), []).expectations}  # fmt: skip
    assert found["promos"].text() == "at most 20 % per month among `posts`: `promos`"
    assert found["promos"].text("fr") == "au plus 20\u00a0% par mois parmi `posts`\xa0: `promos`"
    assert found["hourly"].text("fr") == "au plus 3 en 1\xa0h\xa0: `posts`"
    assert found["digest"].text() == "at least 1 per week: `posts`, on Sun"


def test_an_id_that_is_repeated_is_placed_as_the_file_has_it(tmp_path: Path) -> None:
    file = tmp_path / "charter.yaml"
    twice = ", ".join(["{id: a, of: publish, at least: 1 per week}"] * 2)
    file.write_text(
        "charter: c\ncircuits: {desk: [{ask: {role: editor}}]}\ndefault: desk\nrules: []\n"
        f"expect: [{twice}]\n",
        encoding="utf-8",
    )
    with pytest.raises(InvalidError) as error:
        read(file, Charter)
    (problem,) = error.value.problems
    assert (problem.path, problem.hint) == (("expect", 1), "expect[0] has it already")


def test_a_charter_file_says_what_is_expected(tmp_path: Path) -> None:
    file = tmp_path / "charter.yaml"
    file.write_text(
        """
charter: releases
circuits: {desk: [{ask: {role: editor}}]}
default: desk
counts: {posts: {kind: [publish, share]}, promos: {topics: {any of: [promo]}}}
rules: []
expect:
  - {id: weekly, at least: 2 per week, of: posts, because: We are read weekly.}
  - {id: hourly, at most: 3 in 1 h, of: posts}
  - {id: promos, at most: "20 % par mois", of: promos, among: posts}
  - {id: digest, at least: 1 per week, of: posts, on: sun}
""",
        encoding="utf-8",
    )
    assert read(file, Charter).expectations == (WEEKLY, HOURLY, PROMOS, DIGEST)
    assert view(read(file, Charter)).title == "releases"
