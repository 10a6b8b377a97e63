"""What is told of circuits that can be completed or cannot, on small teams."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from typing import Any

import attrs
import pytest

from cmcore.base.errors import InvalidError
from cmcore.charters.charter import Charter
from cmcore.charters.completion import completable
from cmcore.charters.rule import Rule
from cmcore.circuits.approvers import Approvers
from cmcore.circuits.circuit import ValidationCircuit
from cmcore.circuits.completion import _deputies as standing_in
from cmcore.circuits.completion.completability import (
    Completability,
    Failure,
    Shortage,
    StageEscalation,
    Want,
)
from cmcore.circuits.quorum import ALL, ANY, NO_OBJECTION, Quorum
from cmcore.circuits.stage import Stage
from cmcore.display.wording import week_text
from cmcore.teams.availability import Availability, Leave
from cmcore.teams.member import Member
from cmcore.teams.role import Role
from cmcore.teams.team import Team
from cmcore.time.clocks import BusinessClock
from cmcore.time.durations import hours, minutes
from cmcore.time.intervals import Span, day_span
from cmcore.time.week import Week

NAMES = ("ana", "bob", "tim")
ROLES = [Role(name) for name in ("desk", "boss", "legal")]
DESK, BOSS, LEGAL = (Approvers("role", {role.id}) for role in ROLES)


def member(name: str, role: str = "", week: str | None = "always", **options: Any) -> Member:  # noqa: ANN401
    when = Availability(None if week is None else Week.parse(week), **options)
    return Member(name, roles={role} if role else (), availability=when)


def team(*members: Member) -> Team:
    return Team("brume", members, ROLES)


def circuit(*stages: Stage) -> ValidationCircuit:
    return ValidationCircuit("crisis", stages)


def day(text: str, last: str = "", zone: str = "UTC") -> Span:
    return Span(*day_span(date.fromisoformat(text), date.fromisoformat(last or text), zone))


MONDAY, SATURDAY, SUNDAY = (day(f"2026-06-{n:02}") for n in (1, 6, 7))
TIM = member("tim")  # who is always there, and whom nobody asks


def one(found: Completability) -> Failure:
    (failure,) = found.circuits[0].failures
    return failure


def when(failure: Failure) -> list[str]:
    return [f"{span.start:%H:%M}-{span.stop:%H:%M}" for span in failure.when]


class TestTimes:
    def test_a_stage_is_done_as_soon_as_somebody_is_there(self) -> None:
        who = team(member("ana", "desk", "Mon 09:00-12:00"), TIM)
        stages = circuit(Stage(DESK, ANY, hours(3), "refuse"))
        found = completable(stages, who, MONDAY, author="tim")
        assert when(one(found)) == ["00:00-06:00", "12:00-00:00"]
        (told,) = found.circuits
        assert told.completes == hours(6)
        assert told.share == 0.25
        assert (told.worst, told.worst_at) == (hours(3), MONDAY.start + hours(6))
        assert told.typical == timedelta(0)
        assert found.share == 0.25

    @pytest.mark.parametrize("days", [1, 14, 16, 100, 1000])
    def test_what_time_alone_ends_comes_however_long_it_takes(self, days: int) -> None:
        silent = circuit(Stage(DESK, NO_OBJECTION, hours(24 * days)))
        who = team(member("ana", "desk", None), member("bob", "boss"))
        assert completable(silent, who, MONDAY).worst == hours(24 * days)
        waiting = circuit(Stage(DESK, ANY, hours(24 * days)), Stage(BOSS))
        assert completable(waiting, who, MONDAY, author="ana").worst == hours(24 * days)

    def test_who_writes_does_not_say_yes(self) -> None:
        who = team(member("ana", "desk"), member("bob", "desk", "Mon 09:00-12:00"))
        stages = circuit(Stage(DESK, ANY, hours(1), "refuse"))
        found = completable(stages, who, MONDAY)
        failure = one(found)
        assert failure.author == found.circuits[0].author == "ana"
        assert when(failure) == ["00:00-08:00", "12:00-00:00"]
        assert completable(stages, who, MONDAY, author="bob").is_complete
        assert found.circuits[0].worst == hours(1)

    def test_the_slowest_author_counts(self) -> None:
        who = team(member("ana", "desk"), member("bob", "desk", "Mon 12:00-24:00"))
        found = completable(circuit(Stage(DESK)), who, MONDAY)
        assert found.is_complete
        assert found.worst == hours(12)
        assert found.circuits[0].author == "ana"
        assert found.typical == timedelta(0)

    def test_two_authors_take_turns_as_the_slowest(self) -> None:
        """Until eleven Bob, who waits for noon; then Ana, who waits for an hour of silence."""
        who = team(member("ana", "boss"), member("bob", "legal"),
                   member("leo", "legal", "Mon 12:00-24:00"))  # fmt: skip
        stages = circuit(Stage(BOSS, ANY, hours(1)), Stage(LEGAL))
        start = MONDAY.start + hours(10.5)
        found = completable(stages, who, Span(start, start + hours(1.5)))
        assert found.worst == hours(1.5)
        assert found.typical == hours(1)
        assert found.circuits[0].author == "bob"

    def test_who_writes_is_no_part_of_a_share(self) -> None:
        """Ana is away when the second stage asks all; where she writes, Bob is all."""
        who = team(member("max", "boss", None), member("ana", "desk", "Mon 00:00-03:00"),
                   member("bob", "desk", "Mon 05:00-24:00"))  # fmt: skip
        stages = circuit(Stage(BOSS, NO_OBJECTION, hours(6)), Stage(DESK, ALL, hours(2), "refuse"))
        span = Span(MONDAY.start, MONDAY.start + hours(3))
        assert completable(stages, who, span).worst == hours(6)
        assert completable(stages, who, span, author="max").share == 0

    def test_who_comes_when_the_time_is_out_is_too_late(self) -> None:
        who = team(member("ana", "desk", "Mon 09:00-24:00"), TIM,
                   member("max", "boss", "Mon 10:00-24:00"))  # fmt: skip
        span = Span(MONDAY.start, MONDAY.start + hours(8))
        for within, share in ((hours(1), 0), (hours(1) + timedelta(microseconds=1), 1)):
            stages = circuit(Stage(DESK), Stage(BOSS, ANY, within, "refuse"))
            assert completable(stages, who, span, author="tim").share == share

    def test_the_median_is_exact(self) -> None:
        """From 6 to 9 it takes three hours and less and less, from 9 to 10 nothing."""
        who = team(member("ana", "desk", "Mon 09:00-10:00"), TIM)
        stages = circuit(Stage(DESK, ANY, hours(3), "refuse"))
        found = completable(stages, who, MONDAY, author="tim")
        assert found.typical == hours(1)

    def test_a_window_without_a_median(self) -> None:
        found = completable(circuit(Stage(DESK)), team(TIM), MONDAY)
        assert found.typical is None
        assert found.worst is None
        assert found.circuits[0].worst_at is None

    def test_unknown_hours_are_never_on_duty(self) -> None:
        found = completable(circuit(Stage(DESK)), team(member("ana", "desk", None), TIM), MONDAY)
        assert found.share == 0
        assert not found.circuits[0].vacancies

    def test_leaves_are_waited_for(self) -> None:
        away = [Leave(MONDAY.start, MONDAY.start + timedelta(days=40))]
        who = team(member("ana", "desk", leaves=away), TIM)
        assert completable(circuit(Stage(DESK)), who, MONDAY).worst == timedelta(days=40)

    def test_nothing_is_waited_for_beyond_ten_years(self) -> None:
        away = [Leave(MONDAY.start, MONDAY.start + timedelta(days=4000))]
        who = team(member("ana", "desk", leaves=away), TIM)
        assert completable(circuit(Stage(DESK)), who, MONDAY).share == 0
        long = circuit(Stage(DESK, NO_OBJECTION, timedelta(days=4000)))
        assert one(completable(long, who, MONDAY)).reason.kind is Want.NO_END

    def test_time_goes_by_in_office_hours(self) -> None:
        office = BusinessClock(Week.parse("Mon 09:00-17:00"))
        stages = circuit(Stage(DESK, NO_OBJECTION, hours(2), clock=office))
        found = completable(stages, team(member("ana", "desk"), TIM), MONDAY, author="tim")
        assert found.is_complete
        # opened at three o'clock, it ends when the day does; just after, in a week
        assert found.worst == timedelta(days=6, hours=18)
        assert found.circuits[0].worst_at == MONDAY.start + hours(15)

    def test_an_hour_of_office_hours_that_never_comes(self) -> None:
        office = BusinessClock(Week.parse("Mon 00:00-00:01"))
        stages = circuit(Stage(DESK, NO_OBJECTION, timedelta(days=10), clock=office))
        found = completable(stages, team(member("ana", "desk"), TIM), MONDAY)
        assert one(found).text() == "the time of stage 1 never ends"

    @pytest.mark.parametrize(
        ("text", "count"),
        [
            ("2026-03-22", 2),  # an hour before two o'clock, and the hour itself
            ("2026-03-29", 0),  # clocks are put on: that hour is not
            ("2026-10-25", 3),  # clocks are put back: that hour comes twice
        ],
    )
    def test_an_hour_that_clocks_skip_or_repeat(self, text: str, count: int) -> None:
        who = team(member("ana", "desk", "Sun 02:00-03:00", zone="Europe/Paris"), TIM)
        stages = circuit(Stage(DESK, ANY, hours(1), "refuse"))
        found = completable(stages, who, day(text, zone="Europe/Paris"), author="tim")
        assert found.circuits[0].completes == hours(count)

    def test_haste_may_open_a_failure(self) -> None:
        """Who says yes on Sunday opens a stage that nobody answers before Monday."""
        monday = "Mon 09:00-10:00"
        who = team(member("ana", "desk", monday), member("bob", "boss", monday), TIM)
        stages = circuit(Stage(DESK), Stage(BOSS, ANY, minutes(30), "refuse"))
        assert completable(stages, who, SUNDAY, author="tim").is_complete
        eager = who.with_member(member("eve", "desk", "Sun"))
        assert completable(stages, eager, SUNDAY, author="tim").share == 0


class TestEscalation:
    stages = circuit(Stage(DESK, ANY, minutes(30)), Stage(BOSS, ANY, hours(2), "refuse"))

    def test_a_stage_out_of_time_is_passed_over(self) -> None:
        who = team(member("ana", "desk", "Mon 09:00-12:00"), member("bob", "boss"), TIM)
        found = completable(self.stages, who, MONDAY, author="tim")
        assert found.is_complete
        assert found.circuits[0].escalations == (StageEscalation(1, hours(20.5)),)
        assert found.worst == minutes(30)
        assert "stage 1: 20 h 30 min" in found.text()

    def test_who_was_too_late_for_a_stage_is_heard_by_the_next_that_asks(self) -> None:
        again = circuit(Stage(DESK, ANY, hours(1)), Stage(BOSS, ANY, hours(4)), Stage(DESK))
        who = team(member("ana", "desk", "Mon 02:00-04:00"), TIM)
        found = completable(again, who, Span(MONDAY.start, MONDAY.start + hours(3)))
        # opened at 0:30, nobody hears Ana at two o'clock: her week starts again
        assert found.worst == timedelta(days=7) + hours(2)
        told = found.circuits[0]
        assert [one.stage for one in told.escalations] == [1, 2]

    def test_who_was_in_time_for_a_stage_out_of_time_has_said_yes_to_the_next(self) -> None:
        again = circuit(Stage(DESK, Quorum(2), hours(1), "escalate"), Stage(DESK))
        bob = member("bob", "desk", "Mon 05:00-24:00")
        opening = Span(MONDAY.start, MONDAY.start + minutes(10))
        for there, worst in (("Mon 00:00-00:30", hours(1)), ("Mon 02:00-02:30", hours(2))):
            found = completable(again, team(member("ana", "desk", there), bob, TIM), opening,
                                author="tim")  # fmt: skip
            assert found.is_complete
            assert found.worst == worst

    def test_nobody_is_above_the_last(self) -> None:
        found = completable(circuit(Stage(DESK, ANY, hours(1))), team(TIM), MONDAY)
        assert found.share == 0


class TestReasons:
    def test_nobody_found_is_said_first(self) -> None:
        stages = circuit(
            Stage(DESK, Quorum(3), minutes(30)), Stage(LEGAL, ANY, hours(1)), Stage(BOSS)
        )
        who = team(member("ana", "desk"), member("bob", "boss"), TIM)
        found = completable(stages, who, MONDAY, author="tim")
        assert found.is_complete
        nobody, few = found.circuits[0].vacancies
        assert nobody.kind is Want.NOBODY_FOUND
        assert nobody.text() == "stage 2 asks `legal`: the team has nobody"
        assert few == Shortage(Want.FEW_FOUND, (1,), (DESK,), 3, 1, ("ana",))
        assert few.text() == "stage 1 needs 3 of `desk`: the team has 1"
        assert few.lacking == 2
        lines = str(found).splitlines()
        assert lines[1].startswith("  nobody")

    def test_who_writes_is_told_from_nobody(self) -> None:
        gaelle, ana = member("gaëlle", "boss"), member("ana", "desk")
        stages = circuit(Stage(DESK), Stage(BOSS))
        for found in (
            one(completable(stages, team(gaelle, ana, TIM), MONDAY)).reason,
            one(completable(stages, team(gaelle, ana, TIM), MONDAY, author="gaëlle")).reason,
            *completable(stages, team(gaelle, ana), MONDAY, author="gaëlle").circuits[0].vacancies,
        ):
            assert (found.kind, found.author) in {
                (Want.NOBODY_FOUND, "gaëlle"),
                (Want.NOBODY_FOUND, "ana"),
            }
            assert found.text().endswith(": the team has nobody else")
            assert found.text("fr").endswith("\xa0: l’équipe n’a personne d’autre")
        two = circuit(Stage(DESK, Quorum(2)))
        few = one(completable(two, team(ana, member("bob", "desk")), MONDAY, author="ana")).reason
        assert few.text() == "stage 1 needs 2 of `desk`: the team has 1 besides `ana`"
        assert (
            few.text("fr")
            == "accords demandés à l’étape 1\xa0: 2 (`desk`)\u202f; l’équipe a 1 en dehors de `ana`"
        )

    @pytest.mark.parametrize("author", [None, "ana", "bob", "tim"])
    @pytest.mark.parametrize("holders", [(), ("ana",), ("ana", "bob"), ("bob", "tim")])
    def test_a_team_that_has_somebody_is_never_said_to_have_nobody(
        self, holders: Sequence[str], author: str | None
    ) -> None:
        who = team(*(member(id_, "boss" if id_ in holders else "desk") for id_ in NAMES))
        found = completable(circuit(Stage(BOSS)), who, MONDAY, author=author).circuits[0]
        reasons = [*found.vacancies, *(failure.reason for failure in found.failures)]
        for reason in reasons:
            assert reason.text().endswith("the team has nobody") == (not holders)
            assert reason.text("fr").endswith("l’équipe n’a personne") == (not holders)
        assert reasons or len(holders) > 1 or author not in {None, *holders}

    def test_nobody_there(self) -> None:
        who = team(member("ana", "desk", "Mon-Fri"), TIM)
        found = completable(circuit(Stage(DESK, ANY, hours(1), "lapse")), who, SATURDAY)
        reason = one(found).reason
        assert reason == Shortage(Want.FEW_THERE, (1,), (DESK,), 1)
        assert reason.text() == "stage 1 needs 1 of `desk`, nobody there in time"

    def test_some_there(self) -> None:
        who = team(member("ana", "boss"), member("bob", "boss", "Mon"), TIM)
        found = completable(circuit(Stage(BOSS, Quorum(2), hours(1), "refuse")), who, SUNDAY)
        reason = completable_at_noon(found).reason
        assert reason.there == ("ana",)
        assert reason.text() == "stage 1 needs 2 of `boss`, 1 there in time"

    def test_the_people_of_two_stages(self) -> None:
        who = team(member("ana", "boss"), TIM)
        stages = circuit(Stage(BOSS), Stage(LEGAL, ANY, hours(1)), Stage(BOSS, ANY, hours(1)))
        reason = one(completable(stages, who, MONDAY)).reason
        assert reason.stages == (1, 3)
        assert (reason.needed, reason.have, reason.lacking) == (2, 1, 1)
        assert reason.escalated == (2,)
        told = "stages 1 and 3 need 2 different people of `boss`, 1 there in time"
        assert reason.text() == told

    def test_a_share(self) -> None:
        who = team(member("ana", "desk"), member("bob", "desk", None), TIM)
        reason = one(completable(circuit(Stage(DESK, ALL)), who, MONDAY)).reason
        assert (reason.needed, reason.have) == (2, 1)

    def test_a_share_counts_who_said_yes_before(self) -> None:
        who = team(member("ana", "desk"), member("bob", "desk"), TIM)
        stages = circuit(Stage(DESK), Stage(DESK, ALL), Stage(DESK))
        assert completable(stages, who, MONDAY, author="tim").is_complete

    def test_silence_of_nobody(self) -> None:
        stages = circuit(Stage(LEGAL, NO_OBJECTION, hours(1), "refuse"))
        assert one(completable(stages, team(TIM), MONDAY)).reason.kind is Want.NOBODY_FOUND

    def test_silence_of_the_author_alone(self) -> None:
        stages = circuit(Stage(DESK, NO_OBJECTION, hours(1), "refuse"))
        found = completable(stages, team(member("ana", "desk", "Mon 09:00-10:00")), MONDAY)
        assert when(one(found)) == ["09:00-10:00"]
        assert one(found).author == "ana"
        assert one(found).text().startswith("when `ana` writes, stage 1 asks `desk`")


def completable_at_noon(found: Completability) -> Failure:
    noon = SUNDAY.start + hours(12)
    return next(f for f in found.circuits[0].failures
                if any(s.start <= noon < s.stop for s in f.when))  # fmt: skip


class TestDeputies:
    def test_a_deputy_speaks_for_who_is_away(self) -> None:
        asked = Stage(BOSS, ANY, hours(1), "refuse")
        who = team(member("ana", "boss", "Mon-Fri"), member("dan", "desk", "Sat 10:00-16:00"), TIM)
        assert completable(circuit(asked), who, SATURDAY).share == 0
        found = completable(
            circuit(attrs.evolve(asked, deputies=DESK)), who, SATURDAY, author="tim"
        )
        assert when(one(found)) == ["00:00-09:00", "16:00-00:00"]
        assert found.worst == hours(1)

    def test_a_deputy_speaks_once(self) -> None:
        stages = circuit(*[Stage(BOSS, ANY, hours(1), "refuse", DESK)] * 2)
        who = team(member("ana", "boss", "Mon"), member("bob", "boss", "Mon"),
                   member("dan", "desk"), TIM)  # fmt: skip
        found = completable(stages, who, SATURDAY, author="tim")
        reason = one(found).reason
        assert reason.stages == (1, 2)
        assert (reason.needed, reason.have, reason.there) == (2, 1, ("dan",))
        more = who.with_member(member("eve", "desk"))
        assert completable(stages, more, SATURDAY, author="tim").is_complete

    def test_nobody_is_spoken_for_twice(self) -> None:
        stages = circuit(*[Stage(BOSS, ANY, hours(1), "refuse", DESK)] * 2)
        who = team(member("ana", "boss", "Mon"), member("bob", "legal"),
                   member("dan", "desk"), member("eve", "desk"), TIM)  # fmt: skip
        reason = one(completable(stages, who, SATURDAY, author="tim")).reason
        assert (reason.needed, reason.have) == (2, 1)

    def test_no_order_of_deputies_is_tried_twice(self) -> None:
        """Three may speak, but there are only two to speak for."""
        stages = circuit(
            Stage(BOSS, ANY, hours(5), "refuse", DESK),
            Stage(BOSS, Quorum(2), hours(5), "refuse", DESK),
        )
        deputies = [member(f"d{n}", "desk", f"Sat 0{n}:00-24:00") for n in range(4)]
        who = team(member("ana", "boss", "Mon"), member("bob", "boss", "Mon"), *deputies, TIM)
        reason = one(completable(stages, who, SATURDAY, author="tim")).reason
        assert reason.stages == (1, 2)
        assert (reason.needed, reason.have) == (3, 2)

    def test_what_a_deputy_says_counts_where_they_are_asked_too(self) -> None:
        stages = circuit(Stage(BOSS, ANY, hours(1), "refuse", DESK), Stage(DESK, ALL))
        who = team(member("ana", "boss", "Mon"), member("dan", "desk"), TIM)
        assert completable(stages, who, SATURDAY, author="tim").is_complete

    def test_who_speaks_for_another_may_have_left_when_they_are_asked(self) -> None:
        stages = circuit(
            Stage(BOSS, ANY, hours(1), "refuse", DESK),
            Stage(BOSS, NO_OBJECTION, hours(6)),
            Stage(DESK, ALL, hours(1), "refuse"),
        )
        dan = member("dan", "desk", "Mon 00:00-03:00")
        span = Span(MONDAY.start, MONDAY.start + hours(3))
        away, there = (team(member("ana", "boss", week), dan, TIM) for week in ("Tue", "always"))
        assert completable(stages, away, span, author="tim").worst == hours(6)
        # where Ana is there, nobody speaks for her
        assert completable(stages, there, span, author="tim").share == 0

    def test_nobody_opens_a_stage_by_what_they_say_in_it(self) -> None:
        stages = circuit(Stage(DESK, ALL), Stage(BOSS, ANY, deputies=DESK))
        who = team(member("ana", "boss", None), member("dan", "desk", "Mon 12:00-24:00"), TIM)
        assert completable(stages, who, MONDAY, author="tim").share == 0

    def test_a_deputy_may_hold_back_from_saying_yes_for_themselves(self) -> None:
        stages = circuit(Stage(DESK), Stage(BOSS, ANY, deputies=DESK))
        who = team(member("ana", "boss", None), member("dan", "desk"), member("eve", "desk"), TIM)
        assert completable(stages, who, MONDAY, author="tim").worst == timedelta(0)

    def test_deputies_who_pass_it_on_from_stage_to_stage_are_found(self) -> None:
        """Who is asked by one stage speaks for the next, so that others must speak for them."""
        roles = {"d": "desk", "b": "boss", "l": "legal"}
        names = (
            "l09 d09 b09 dl11 d10 d09 l11 b13 dl14 bl10 dl09 l12 d10 dl16 bd10 dl09 l11 b16 l17 "
            "d11 d16 d13 l17 b14 d11"
        )
        crew = [
            attrs.evolve(
                member(f"m{n:02}", "", f"Mon {who[-2:]}:00-24:00"),
                roles={roles[letter] for letter in who[:-2]},
            )
            for n, who in enumerate(names.split())
        ]
        stages = circuit(
            Stage(BOSS, Quorum(4), hours(12), "refuse", LEGAL),
            Stage(DESK, Quorum(4), hours(12), "refuse", BOSS),
            Stage(LEGAL, Quorum(2), hours(12), "refuse", DESK),
        )
        nine = MONDAY.start + hours(9)
        found = completable(stages, team(*crew, TIM), Span(nine, nine + minutes(1)), author="tim")
        assert found.worst == hours(1)
        assert found.circuits[0].is_proven

    @pytest.mark.parametrize("names", [*permutations(("ana", "bob", "cyd"))])
    def test_a_stage_that_is_done_stays_done_whoever_speaks_for_the_next(
        self, names: Sequence[str]
    ) -> None:
        hours_ = ("Sat 00:00-24:00", "Sat 05:00-24:00", "Sat 07:00-09:00")
        desk = [member(name, "desk", week) for name, week in zip(names, hours_, strict=True)]
        stages = circuit(Stage(DESK, Quorum(2)), Stage(BOSS, ANY, deputies=DESK))
        span = Span(SATURDAY.start, SATURDAY.start + minutes(1))
        who = team(*desk, member("max", "boss", None), TIM)
        # two say yes by five, and cannot speak for Max as well; at seven the third does
        assert completable(stages, who, span, author="tim").worst == hours(7)

    def test_a_deputy_is_one_of_all(self) -> None:
        stages = circuit(Stage(BOSS, ALL, hours(1), "refuse", DESK))
        bosses = member("ana", "boss"), member("bob", "boss", "Mon")
        who = team(*bosses, member("dan", "desk", "Sat 10:00-16:00"), TIM)
        found = completable(stages, who, SATURDAY, author="tim")
        assert when(one(found)) == ["00:00-09:00", "16:00-00:00"]

    def test_a_search_that_is_cut_is_not_proven(self, monkeypatch: pytest.MonkeyPatch) -> None:
        stages = circuit(Stage(BOSS, ANY, hours(1), "refuse", DESK))
        who = team(member("ana", "boss", "Mon"), member("dan", "desk"), TIM)
        assert completable(stages, who, SATURDAY, author="tim").circuits[0].is_proven
        monkeypatch.setattr(standing_in, "BUDGET", 0)
        found = completable(stages, who, SATURDAY, author="tim")
        assert found.share == 0
        assert not found.circuits[0].is_proven
        assert "not proven" in found.text()


class TestSubjects:
    charter = Charter(
        "airline",
        circuits=[
            ValidationCircuit("unused", [Stage(LEGAL)]),
            ValidationCircuit("usual", [Stage(DESK)]),
            ValidationCircuit("crisis", [Stage(DESK), Stage(BOSS)], [Stage(DESK)]),
        ],
        default="usual",
        rules=[Rule.refer("r", to="crisis", because="It is bad."), Rule.permit("p", because="Ok.")],
        zone="Europe/Paris",
    )

    def test_a_charter_asks_the_circuits_it_can_reach(self) -> None:
        found = completable(self.charter, team(member("ana", "desk"), TIM), MONDAY, author="tim")
        assert [one.circuit for one in found.circuits] == ["crisis", "usual"]
        assert found.subject == "airline"
        assert found.zone == "Europe/Paris"
        assert found.circuit("usual").is_complete
        assert not found.is_complete
        assert found.share == 0
        assert found.worst == found.typical == timedelta(0)
        with pytest.raises(KeyError, match="there is no circuit `unused`"):
            found.circuit("unused")

    def test_in_an_emergency_the_way_is_shorter(self) -> None:
        who = team(member("ana", "desk"), TIM)
        found = completable(self.charter, who, MONDAY, author="tim", emergency=True)
        assert found.is_complete
        assert found.text().endswith("written by `tim`; in emergency)")

    def test_the_zone_is_that_of_most_people(self) -> None:
        paris = [member(name, "desk", zone="Europe/Paris") for name in ("ana", "bob")]
        found = completable(circuit(Stage(DESK)), team(*paris, TIM), MONDAY)
        assert found.zone == "Europe/Paris"
        assert completable(circuit(Stage(DESK)), team(), MONDAY).zone == "UTC"
        told = completable(circuit(Stage(DESK)), team(*paris), MONDAY, zone="Asia/Kolkata")
        assert told.zone == "Asia/Kolkata"


class TestShown:
    def test_a_week_is_told_by_its_hours(self) -> None:
        who = team(member("ana", "desk", "Mon-Fri 09:00-18:00", zone="Europe/Paris"),
                   member("tim", zone="Europe/Paris"))  # fmt: skip
        span = day("2026-06-01", "2026-06-07", "Europe/Paris")
        stages = circuit(Stage(DESK, ANY, hours(1), "refuse"))
        found = completable(stages, who, span, author="tim")
        failure = one(found)
        assert str(failure.week) == (
            "Mon 00:00-08:00,18:00-08:00; Tue-Thu 18:00-08:00; Fri 18:00-24:00; Sat-Sun"
        )
        assert f"{week_text(failure.week)}: stage 1 needs 1 of `desk`" in str(found)
        assert f"{week_text(failure.week, 'fr')}\xa0: accords demandés à l’étape" in found.text(
            "fr"
        )
        assert found.text("fr").startswith("`brume` mène à terme `crisis` 29,8")

    def test_a_day_is_told_by_its_instants(self) -> None:
        who = team(member("ana", "desk", "Sat 09:00-18:00"), TIM)
        stages = circuit(Stage(DESK, ANY, timedelta(seconds=90), "refuse"))
        span = Span(SATURDAY.start, SUNDAY.start + hours(2))
        told = completable(stages, who, span).text()
        assert (
            "Sat 2026-06-06 00:00-08:58:30, Sat 2026-06-06 18:00 – Sun 2026-06-07 02:00: " in told
        )
        whole = completable(stages, who, SUNDAY).text()
        assert "Sun 2026-06-07 00:00-24:00: " in whole

    def test_many_instants_are_cut(self) -> None:
        hourly = ",".join(f"{n:02}:00-{n:02}:30" for n in range(0, 24, 2))
        who = team(member("ana", "desk", f"Sat {hourly}"), TIM)
        stages = circuit(Stage(DESK, ANY, minutes(1), "lapse"))
        found = completable(stages, who, SATURDAY, author="tim")
        assert len(one(found).when) == 12
        assert "and 6 more: stage 1" in found.text()

    def test_what_almost_completes_is_never_shown_whole(self) -> None:
        who = team(member("ana", "desk", leaves=[Leave(SUNDAY.start, SUNDAY.start + minutes(2))]),
                   TIM)  # fmt: skip
        stages = circuit(Stage(DESK, ANY, minutes(1), "refuse"))
        span = day("2026-06-01", "2026-06-30")
        told = completable(stages, who, span, author="tim").text()
        assert told.startswith("`brume` completes `crisis` 99.9% of the time")

    def test_who_has_the_role_without_its_skills_is_named(self) -> None:
        roles = [Role("desk", requires={"first-aid"}), *ROLES[1:]]
        who = Team("brume", [member("ana", "desk"), TIM], roles)
        reason = one(completable(circuit(Stage(DESK)), who, MONDAY, author="tim")).reason
        assert "`ana` has the role `desk` without `first-aid`" in reason.text()
        assert "`first-aid`" in reason.text("fr")

    def test_it_shows_itself_in_both_languages(self) -> None:
        found = completable(circuit(Stage(DESK)), team(member("ana", "desk"), TIM), MONDAY,
                            author="tim")  # fmt: skip
        assert found.text().startswith("`brume` can complete `crisis` at any moment")
        assert found.text("fr").startswith("`brume` peut mener à terme `crisis`")
        assert "<table" in found._repr_mimebundle_()["text/html"]


class TestRefused:
    def test_an_author_of_no_team(self) -> None:
        with pytest.raises(InvalidError, match=r"nobody is called `tom` .did you mean `tim`"):
            completable(circuit(Stage(DESK)), team(TIM), MONDAY, author="tom")

    def test_a_window_too_long(self) -> None:
        with pytest.raises(InvalidError, match="is too long"):
            completable(circuit(Stage(DESK)), team(), day("2026-01-01", "2037-01-01"))

    def test_a_window_at_the_end_of_the_calendar(self) -> None:
        last = Span(datetime(9999, 12, 29, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC))
        with pytest.raises(InvalidError, match="too close to an end of the calendar"):
            completable(circuit(Stage(DESK)), team(), last)

    def test_a_window_near_the_end_of_the_calendar(self) -> None:
        last = Span(datetime(9999, 12, 27, tzinfo=UTC), datetime(9999, 12, 28, tzinfo=UTC))
        long = circuit(Stage(DESK, ANY, timedelta(days=900)), Stage(DESK))
        assert completable(long, team(member("ana", "desk", "Fri 12:00-13:00")), last).share == 0


def test_what_is_asked_of_another_kind_is_told_at_once() -> None:
    nothing: Any = None
    with pytest.raises(InvalidError) as caught:
        completable(nothing, nothing, nothing)
    assert [problem.path for problem in caught.value.problems] == [
        ("subject",), ("team",), ("window",),
    ]  # fmt: skip
