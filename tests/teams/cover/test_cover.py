"""What a coverage tells of a small team, by hand."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import attrs
import pytest
from hypothesis import given

from cmcore import (
    Availability,
    Coverage,
    InvalidError,
    Member,
    Needs,
    Role,
    Seats,
    Team,
    Watch,
    Week,
    coverage,
)
from cmcore.display.names import names_of, reader
from cmcore.display.views import as_html
from cmcore.strategies import coverages
from cmcore.teams import (
    Cap,
    Leave,
    Mix,
    NotOnly,
    Separation,
    Speakers,
    Specialists,
    Supervision,
    Work,
)
from cmcore.teams._shortfall import Measure, Meter
from cmcore.teams.cover._absences import absences
from cmcore.teams.cover._fillers import candidates
from cmcore.teams.gap import Absence, Fall, GapKind, Share
from cmcore.teams.solver.model import Tuning
from cmcore.teams.solver.solve import Engine
from cmcore.time.intervals import Span

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
NEXT = MONDAY + timedelta(days=7)
ROLES = [
    Role("analyst", requires={"figures"}, minutes=60),
    Role("approver"),
    Role("author", requires={"writing"}),
]
OFFICE = Availability(Week.parse("Mon-Fri 09:00-17:00"), minutes=120)


def member(id_: str, *roles: str, **more: Any) -> Member:  # noqa: ANN401 - any field
    return Member(id_, **{"roles": roles, "availability": OFFICE, **more})


def cover(people: list[Member], **asked: Any) -> Coverage:  # noqa: ANN401 - any need
    return coverage(Team("t", people, ROLES), Needs("n", **asked), start=MONDAY, stop=NEXT)


def only(found: Coverage) -> tuple[GapKind, dict[str, str], Any, tuple[str, ...], tuple[str, ...]]:
    (gap,) = found.gaps
    return gap.kind, dict(gap.what), gap.size, gap.people, gap.candidates


class TestSeats:
    def test_those_who_could_take_a_seat_have_the_skills_the_time_and_the_hats(self) -> None:
        fit = {"figures"}
        people = [
            member("able", skills=fit),
            member("away", "approver", skills=fit),
            member("full", "author", skills={*fit, "writing"}, minutes={"author": 61}),
            member("hatted", "author", skills={*fit, "writing"}, most_roles=1),
            member("unfit"),
            member("worn", "analyst", skills=fit),
        ]
        apart = [Separation("analyst", "approver")]
        found = cover(people, seats=[Seats("analyst", 3)], separation=apart)
        assert only(found) == (GapKind.SEATS, {"role": "analyst"}, 2, (), ("able",))
        assert not found.overloads

    def test_a_role_worn_without_its_skills_is_not_held(self) -> None:
        found = cover([member("ana", "analyst")], seats=[Seats("analyst")])
        assert only(found) == (GapKind.SEATS, {"role": "analyst"}, 1, (), ())
        assert [(one.member, one.role, one.lacks) for one in found.unfit] == [
            ("ana", "analyst", ("figures",))
        ]
        assert "has the role analyst without `figures`" in found.text()

    def test_too_many_holders_are_a_gap_too(self) -> None:
        people = [member(name, "approver") for name in "abc"]
        found = cover(people, seats=[Seats("approver", 1, 1)])
        assert only(found) == (GapKind.EXCESS, {"role": "approver"}, 2, ("a", "b", "c"), ())
        assert found.gaps[0].text() == "1 at most, 3 there: `a`, `b`, `c`"
        assert found.share("seats") == pytest.approx(1 / 3)
        closed = cover([member("ana", "approver")], seats=[Seats("approver", 0, 0)])
        assert [(gap.asked, gap.size) for gap in closed.gaps] == [(0, 1)]


class TestPeople:
    def test_specialists_and_speakers_are_counted(self) -> None:
        people = [member("a", networks={"bluesky": 1, "x": 0}, languages={"fr"}), member("b")]
        found = cover(
            people,
            specialists=[Specialists("bluesky"), Specialists("x")],
            languages=[Speakers("fr", 2)],
        )
        assert [(gap.kind, dict(gap.what), gap.size) for gap in found.gaps] == [
            (GapKind.SPECIALISTS, {"network": "x"}, 1),
            (GapKind.LANGUAGES, {"language": "fr"}, 1),
        ]
        assert found.grid_share == 0.5

    def test_a_mix_counts_what_is_known(self) -> None:
        people = [
            member("a", "author", skills={"writing"}, trade="press", level="junior"),
            member("b", "author", skills={"writing"}, level="junior"),
            member("c", skills={"writing"}, trade="sales", level="senior"),
            member("d", skills={"writing"}, trade="press", level="junior"),
        ]
        mix = [Mix("trade", 2, {"author"}), NotOnly("level", "junior", {"author"}), Mix("trade", 3)]
        found = cover(people, mix=mix)
        assert [(gap.kind, dict(gap.what), gap.size, gap.candidates) for gap in found.gaps] == [
            (GapKind.MIX, {"trait": "trade"}, 1, ("c",)),
            (GapKind.NOT_ONLY, {"trait": "level", "value": "junior"}, 1, ("c",)),
            (GapKind.MIX, {"trait": "trade"}, 1, ()),
        ]

    def test_a_cap_counts_who_may_be_alike_and_nobody_may_make_it_worse(self) -> None:
        people = [
            member("a", "author", skills={"writing"}, employer="Acme"),
            member("b", "author", skills={"writing"}, employer="Acmé"),
            member("c", "author", skills={"writing"}),
            member("d", skills={"writing"}, employer="Bolt"),
        ]
        found = cover(people, mix=[Cap("employer", 2, {"author"})])
        assert only(found) == (
            GapKind.CAP,
            {"trait": "employer", "value": "acme"},
            1,
            ("a", "b", "c"),
            (),
        )
        assert (found.gaps[0].asked, found.gaps[0].have) == (2, 3)
        assert found.gaps[0].text() == "2 alike at most, 3 there: `a`, `b`, `c`"
        assert found.gaps[0].text("fr") == "2 semblables au plus, il y en a 3\xa0: `a`, `b`, `c`"
        few = [people[0], attrs.evolve(people[3], employer="Acme"), member("e", skills={"writing"})]
        for most, could in ((1, ()), (2, ("d", "e"))):
            gaps = cover(
                few, seats=[Seats("author", 2)], mix=[Cap("employer", most, {"author"})]
            ).gaps
            assert [(gap.kind, gap.candidates) for gap in gaps] == [(GapKind.SEATS, could)]
        both = [people[2], attrs.evolve(people[2], id="u")]
        unknown = cover(both, mix=[Cap("employer", 1)])
        assert only(unknown) == (GapKind.CAP, {"trait": "employer"}, 1, ("c", "u"), ())
        with pytest.raises(InvalidError, match="1 to"):
            Cap("employer", 0)

    def test_an_intern_is_not_alone(self) -> None:
        people = [
            member("ana", "author", "approver", skills={"writing"}, contract="internship"),
            member("bo", "approver", skills={"writing"}, contract="permanent"),
        ]
        found = cover(people, supervision=[Supervision()])
        assert only(found) == (GapKind.SUPERVISION, {"role": "author"}, 1, ("ana",), ("bo",))
        assert found.share("supervision") == 0.5

    def test_who_may_be_an_intern_too_supervises_nobody(self) -> None:
        ana = member("ana", "approver", contract="internship")
        found = cover([ana, member("bo", "approver")], supervision=[Supervision()])
        assert only(found) == (GapKind.SUPERVISION, {"role": "approver"}, 1, ("ana",), ())
        assert cover([member("bo", "approver")], supervision=[Supervision()]).is_covered

    def test_two_roles_are_kept_apart(self) -> None:
        people = [member("ana", "author", "approver", skills={"writing"}), member("b", "approver")]
        found = cover(people, separation=[Separation("author", "approver")])
        assert only(found) == (
            GapKind.SEPARATION,
            {"first": "approver", "second": "author"},
            1,
            ("ana",),
            (),
        )
        assert found.gaps[0].text("fr") == "tenus ensemble par `ana`"


class TestWork:
    def test_work_is_shared_out_as_well_as_can_be(self) -> None:
        writing = {"writing"}
        people = [
            member("both", "author", "approver", skills=writing),
            member("one", "author", skills=writing),
            member("more", skills=writing),
        ]
        work = [Work("a-replies", 30, 4, "author"), Work("b-checks", 2, 60, "approver")]
        assert cover(people, work=work).is_covered
        found = cover(people, work=[Work("a-replies", 31, 4, "author"), work[1]])
        assert only(found) == (
            GapKind.WORKLOAD,
            {"work": "b-checks"},
            timedelta(minutes=4),
            (),
            ("more", "one"),
        )

    def test_work_for_anybody_is_short_only_when_everybody_is_busy(self) -> None:
        found = cover([member("a")], work=[Work("mail", 121, 1)])
        assert only(found) == (GapKind.WORKLOAD, {"work": "mail"}, timedelta(minutes=1), (), ())

    def test_an_overload_is_told_in_minutes_and_in_roles(self) -> None:
        ana = member(
            "ana", "author", "approver", minutes={"author": 90, "approver": 60}, most_roles=1
        )
        found = cover([ana])
        assert [(o.kind, o.amount, o.limit, o.excess) for o in found.overloads] == [
            ("minutes", 150, 120, 30),
            ("roles", 2, 1, 1),
        ]
        assert "2 h 30 min of roles a day, 30 min more than 2 h" in found.text()
        assert not found.is_covered
        assert [(one.member, one.roles) for one in found.several_roles] == [
            ("ana", ("approver", "author"))
        ]


class TestHours:
    def test_a_gap_says_when_and_who(self) -> None:
        leave = Leave(MONDAY - timedelta(days=9), NEXT)
        people = [
            member("able", skills={"writing"}, networks={"bluesky"}),
            member("away", availability=attrs.evolve(OFFICE, leaves=[leave])),
            member("held", "author", skills={"writing"}, networks={"bluesky"}),
            member("unfit", networks={"bluesky"}),
        ]
        watch = Watch(Week.parse("Mon 16:00-18:00"), "UTC", 1, "author", "bluesky")
        found = cover(people, hours=[watch])
        (gap,) = found.gaps
        late = MONDAY + timedelta(hours=17)
        assert [(one.start, one.stop, one.lacking) for one in gap.when] == [
            (late, late + timedelta(hours=1), 1)
        ]
        assert (str(gap.week), gap.zone, dict(gap.what)) == (
            "Mon 17:00-18:00",
            "UTC",
            {"role": "author", "network": "bluesky"},
        )
        assert gap.candidates == ("able", "held")
        assert gap.text("fr") == (
            "il manque 1\xa0h sur 2\xa0h\xa0: lun. 17\xa0h–18\xa0h (UTC)\u202f; qui le"
            " pourrait\xa0: `able`, `held`"
        )
        assert found.share("hours") == 0.5
        sixteen, seventeen = (one for one in found.heat if one.day == 0 and one.hour in {16, 17})
        assert (sixteen.on_duty, sixteen.needed, sixteen.lacking) == (1, 1, 0)
        assert (seventeen.on_duty, seventeen.needed, seventeen.lacking) == (0, 1, 1)
        assert "17–18 h  0/1 ✗" in found.text()
        assert re.search(r'<td style="[^"]*;color:', as_html(found.view()))

    def test_two_missing_count_twice(self) -> None:
        found = cover([], hours=[Watch(Week.parse("Mon 09:00-10:00"), least=2)])
        assert found.gaps[0].size == timedelta(hours=2)
        assert found.gaps[0].have == timedelta(0)

    def test_the_grid_wants_one_person_for_all(self) -> None:
        people = [member("a", languages={"fr"}), member("b", networks={"bluesky"})]
        watch = Watch(Week.parse("Mon 09:00-10:00"), network="bluesky")
        found = cover(people, hours=[watch], languages=[Speakers("fr")])
        (cell,) = found.grid
        assert (cell.role, cell.network, cell.language, cell.share) == (None, "bluesky", "fr", 0)
        assert found.is_covered

    def test_a_long_grid_is_cut(self) -> None:
        found = cover([], specialists=[Specialists(f"n{n:02}") for n in range(22)])
        assert "and 14 more" in found.text()

    def test_no_window_is_needed_without_hours(self) -> None:
        found = coverage(Team("t"), Needs("n", languages=[Speakers("fr")]))
        assert (found.heat, found.window, found.grid[0].asked) == ((), None, 1)
        assert found.text().endswith("share\n  –     –        French    1        0.0%")
        assert found.share("hours") is None
        assert coverage(Team("t"), Needs("n")).grid_share is None


class TestAbsences:
    def test_roles_are_dealt_again(self) -> None:
        people = [member("a", "approver"), member("b"), member("c", "author", skills={"writing"})]
        found = cover(people, seats=[Seats("approver"), Seats("author")])
        assert found.absences == (
            Absence(("c",), (Fall(GapKind.SEATS, ("seats", "author"), {"role": "author"}, 0, 1),)),
        )
        assert found.tried == 3
        assert found.absences[0].text() == "seats author: 1 missing"

    def test_a_colleague_on_duty_may_take_the_role_over(self) -> None:
        watch = Watch(Week.parse("Mon 09:00-10:00"), role="approver")
        people = [member("a", "approver"), member("b"), member("c", availability=Availability())]
        assert not cover(people, hours=[watch]).absences
        assert [one.people for one in cover(people[::2], hours=[watch]).absences] == [("a",)]

    def test_groups_are_tried_on_request(self) -> None:
        team = Team("t", [member(name, languages={"fr"}) for name in "abc"], ROLES)
        asked = Needs("n", languages=[Speakers("fr", 2)])
        assert [a.people for a in coverage(team, asked, absent=3).absences] == [
            ("a", "b"),
            ("a", "c"),
            ("b", "c"),
        ]
        none = coverage(team, asked, absent=0)
        assert (none.absences, none.tried) == ((), 0)

    def test_what_is_not_proven_says_so(self) -> None:
        """Five roles for four people with little time: where nothing is searched, some is open."""
        spans, days = {"a": 90, "b": 50, "c": 60, "d": 90, "e": 70}, (200, 60, 200, 60)
        people = [
            Member(f"m{number}", availability=Availability(minutes=day))
            for number, day in enumerate(days)
        ]
        team = Team("t", people, [Role(id_, minutes=minutes) for id_, minutes in spans.items()])
        asked = Needs("n", seats=[Seats(id_) for id_ in spans])
        assert all(one.is_proven for one in coverage(team, asked, solver="own").absences)
        lazy = Engine("own", 0, Tuning(first_rounds=0, widest=0))
        found, _ = absences(team, Meter(team.roles, asked, None), lazy, 1)
        assert not all(one.is_proven for one in found)
        for one in found:
            assert ("(not proven)" in one.text()) != one.is_proven


class TestRefusals:
    def test_roles_that_the_team_has_not_are_told_with_the_rest(self) -> None:
        hint = "give `start` and `stop`, such as those of a week"
        asked = Needs("n", seats=[Seats("analist")], hours=[Watch(Week.always(), role="x")])
        with pytest.raises(InvalidError) as caught:
            coverage(Team("t", [], ROLES), asked, absent=-1)
        assert [str(problem) for problem in caught.value.problems] == [
            "seats.analist: no role is called `analist` (did you mean `analyst`?)",
            "hours[0].role: no role is called `x` (one of `analyst`, `approver`, `author`)",
            "absent: `-1` is not a valid number here (write a whole number, 0 or more)",
            f"start: hours need a window ({hint})",
        ]

    def test_a_window_has_two_ends_and_some_length(self) -> None:
        with pytest.raises(InvalidError, match="need a window"):
            coverage(Team("t"), Needs("n"), start=MONDAY)
        with pytest.raises(InvalidError, match="which is not after its start"):
            coverage(Team("t"), Needs("n"), start=NEXT, stop=MONDAY)
        with pytest.raises(InvalidError, match="a window of 3661 d is too long"):
            coverage(Team("t"), Needs("n"), start=MONDAY, stop=MONDAY + timedelta(days=3661))

    def test_too_many_absences_are_refused(self) -> None:
        team = Team("t", [Member(f"m{n:02}") for n in range(50)])
        with pytest.raises(InvalidError, match="there are 20875 absences to try"):
            coverage(team, Needs("n"), absent=3)


def test_a_long_list_of_names_is_cut() -> None:
    people = [member(f"m{n}", "approver") for n in range(8)]
    found = cover(people, seats=[Seats("approver", 0, 0)])
    assert found.gaps[0].text().endswith("`m5`, …")


def test_what_needs_a_window_has_no_candidates_without_one() -> None:
    watch = Watch(Week.always())
    needs = Needs("n", hours=[watch])
    meter = Meter([], needs, None)
    one = Measure(GapKind.HOURS, ("hours", 0), {"hours": "always"}, 0, 0)
    assert candidates(one, watch, meter, []) == ()
    assert meter.all([]) == [one]


@given(coverages())
def test_a_coverage_shows_itself_in_both_languages(found: Coverage) -> None:
    english, french = found.text("en"), found.text("fr")
    assert english != french
    for language, text in (("en", english), ("fr", french)):
        knowing = reader(language, names_of(found))  # type: ignore[arg-type]
        assert text.startswith(found.view(language).title)  # type: ignore[arg-type]
        assert all(gap.text(knowing) in text for gap in found.gaps)
    assert found._repr_mimebundle_()["text/plain"] == english


def test_amounts_are_of_one_unit() -> None:
    hour = timedelta(hours=1)
    assert Share("hours", hour, hour / 4).share == 0.75  # type: ignore[arg-type]
    assert Share("seats", 4, 1).share == 0.75  # type: ignore[arg-type]
    assert Span(MONDAY, NEXT).length == timedelta(days=7)
