"""Supervision: whoever learns has somebody beside them whenever they work, not by role alone."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cmcore import (
    Availability,
    Member,
    Needs,
    Organisation,
    Role,
    Span,
    Team,
    Watch,
    Week,
    checkup,
    coverage,
)
from cmcore.display import week_text
from cmcore.organisations import Known
from cmcore.strategies import spans, teams_and_needs
from cmcore.teams import Leave, Mix, NotOnly, Supervision
from cmcore.teams.contracts import LEARNING
from cmcore.teams.gap import Gap, GapKind

SLICE = timedelta(minutes=30)
DAYS = timedelta(days=7)
ZONES = ("UTC", "Europe/Paris", "Asia/Kolkata", "Australia/Lord_Howe")
#: Weeks in which clocks are put on, or back, in one zone or another, and a plain one.
TURNS = ("2026-03-28T12:00", "2026-04-04T10:30", "2026-10-24T23:30", "2026-06-01T00:00")
#: The half hour of the week that each window opens and shuts at.
EDGES = st.integers(0, 335).map(lambda number: 30 * number)
WINDOWS = st.tuples(EDGES, EDGES).filter(lambda two: two[0] != two[1])
WEEKS = st.lists(WINDOWS, max_size=2).map(lambda many: Week(tuple(many))) | st.sampled_from(
    [Week.always(), Week.parse("Mon-Fri 09:00-17:00"), Week.parse("Mon-Sun 22:00-06:00")]
)


@st.composite
def moments(draw: st.DrawFn) -> datetime:
    """Draw when the window begins."""
    return datetime.fromisoformat(f"{draw(st.sampled_from(TURNS))}+00:00")


@st.composite
def crews(draw: st.DrawFn, contracts: Sequence[str | None]) -> list[Member]:
    """Draw those who hold one role, with hours and leaves on half hours."""
    away = draw(st.integers(0, 300))
    start = draw(moments()) + SLICE * away
    leaves = [Leave(start, start + SLICE * draw(st.integers(1, 40)))]
    return [
        Member(
            f"m{number}",
            roles={"author"},
            contract=draw(st.sampled_from(contracts)),
            availability=Availability(
                draw(WEEKS), draw(st.sampled_from(ZONES)), leaves if draw(st.booleans()) else ()
            ),
        )
        for number in range(draw(st.integers(1, 4)))
    ]


KNOWN = crews(("internship", "permanent"))
ANY = crews(("internship", "apprenticeship", "permanent", "freelance"))


def is_there(one: Member, at: datetime) -> bool:
    when = one.availability
    away = any(leave.start <= at < leave.stop for leave in when.leaves)
    return when.week is not None and when.week.holds(at, when.zone) and not away


def slices(start: datetime) -> list[datetime]:
    return [start + SLICE * number for number in range(DAYS // SLICE)]


def by_force(crew: Iterable[Member], start: datetime) -> set[datetime]:
    """Return the half hours in which somebody learns and nobody supervises."""
    people = [*crew]
    return {
        at
        for at in slices(start)
        if any(one.contract in LEARNING and is_there(one, at) for one in people)
        and not any(one.contract not in LEARNING and is_there(one, at) for one in people)
    }


def gaps(crew: Iterable[Member], start: datetime) -> tuple[Gap, ...]:
    asked = Needs("n", zone="Europe/Paris", supervision=[Supervision()])
    team = Team("t", crew, [Role("author")])
    return coverage(team, asked, start=start, stop=start + DAYS, absent=0).gaps


def alone(crew: Iterable[Member], start: datetime) -> set[datetime]:
    """Return the half hours of which coverage tells that nobody supervises."""
    told = gaps(crew, start)
    return {at for at in slices(start) for gap in told for one in gap.when
            if one.start <= at < one.stop}  # fmt: skip


def known(crew: Iterable[Member], start: datetime) -> Known:
    team = Team("t", crew, [Role("author")])
    found = checkup(Organisation("o", team=team), start, questions=["001.5"])
    return found.check("interns supervised").known


def learns_alone(crew: Iterable[Member], start: datetime) -> bool:
    """Tell whether only those who learn hold the role, or are there at some hour."""
    people = [*crew]
    return all(one.contract in LEARNING for one in people) or bool(by_force(people, start))


class TestCoverage:
    """A gap of supervision has the very hours."""

    @given(KNOWN, moments())
    def test_the_hours_without_a_supervisor_are_told_by_the_half_hour(
        self, crew: list[Member], start: datetime
    ) -> None:
        lacks = by_force(crew, start)
        found = gaps(crew, start)
        if all(one.contract == "internship" for one in crew):
            assert [(gap.people, gap.when) for gap in found] == [
                (tuple(one.id for one in crew), ())
            ]
            return
        assert bool(found) == bool(lacks)
        assert alone(crew, start) == lacks
        for gap in found:
            length = sum((one.stop - one.start for one in gap.when), timedelta())
            assert length == SLICE * len(lacks)
            assert all(gap.week and gap.week.holds(at, "Europe/Paris") for at in lacks)
            assert week_text(gap.week) in gap.text()
            assert gap.people == tuple(
                one.id
                for one in crew
                if one.contract == "internship" and any(is_there(one, at) for at in lacks)
            )
            for who in gap.candidates:
                (one,) = (one for one in crew if one.id == who)
                assert one.contract == "permanent"

    @given(KNOWN, moments(), WEEKS, st.data())
    def test_more_supervision_never_adds_such_an_hour_and_more_learning_never_removes_one(
        self, crew: list[Member], start: datetime, week: Week, data: st.DataObject
    ) -> None:
        boss = Member("boss", roles={"author"}, contract="permanent", availability=Availability())
        crew = [*crew, boss]
        chosen = data.draw(st.sampled_from(crew))
        longer = chosen.working((chosen.availability.week or Week.never()) | week)
        others = [longer if one is chosen else one for one in crew]
        before, after = alone(crew, start), alone(others, start)
        if chosen.contract == "permanent":
            assert after <= before
        else:
            assert after >= before

    @given(KNOWN, st.sampled_from(ZONES))
    def test_without_a_window_it_is_by_the_usual_week_on_one_clock(
        self, crew: list[Member], zone: str
    ) -> None:
        when = [Availability(one.availability.week, zone) for one in crew]
        people = [attrs.evolve(one, availability=it) for one, it in zip(crew, when, strict=True)]
        plain = datetime.fromisoformat("2026-06-01T00:00+00:00")
        team = Team("t", people, [Role("author")])
        asked = Needs("n", zone=zone, supervision=[Supervision()])
        usual = coverage(team, asked, absent=0).gaps
        dated = coverage(team, asked, start=plain, stop=plain + DAYS, absent=0).gaps
        assert [attrs.evolve(gap, when=()) for gap in dated] == list(usual)
        assert [gap.text() for gap in dated] == [gap.text() for gap in usual]

    @pytest.mark.parametrize(("zone", "told"), [("Asia/Kolkata", False), ("Europe/Paris", True)])
    def test_without_a_window_clocks_that_differ_cannot_be_told_by_each_other(
        self, zone: str, *, told: bool
    ) -> None:
        day = Week.parse("Mon-Fri 09:00-17:00")
        crew = [
            Member("ivo", roles={"author"}, contract="internship",
                   availability=Availability(Week.always(), "Europe/Paris")),
            Member("max", roles={"author"}, contract="permanent",
                   availability=Availability(day, zone)),
            Member("eve", roles={"author"}, contract="permanent"),
        ]  # fmt: skip
        team = Team("t", crew, [Role("author")])
        found = coverage(team, Needs("n", supervision=[Supervision()])).gaps
        assert [gap.week for gap in found] == [~day] * told
        away = [
            attrs.evolve(crew[0], id="jan", availability=Availability(day, zone)),
            *(crew[0], crew[2]),
        ]
        (gap,) = coverage(
            attrs.evolve(team, members=away), Needs("n", supervision=[Supervision()])
        ).gaps
        assert gap.people == ("ivo", "jan")
        assert (gap.week is None) != told
        assert ("(Paris time)" in gap.text()) == told

    @given(teams_and_needs(), spans() | st.none())
    def test_nobody_is_offered_a_role_on_which_they_would_be_alone(
        self, pair: tuple[Team, Needs], span: Span | None
    ) -> None:
        team, asked = pair
        window = {"start": span.start, "stop": span.stop} if span else {}
        asked = asked if span else attrs.evolve(asked, hours=())
        learns = [Supervision("contract", "internship"), Supervision("level", "junior")]
        asked = attrs.evolve(asked, supervision=[*asked.supervision, *learns])
        for gap in coverage(team, asked, absent=0, **window).gaps:  # type: ignore[arg-type]
            if gap.kind in {GapKind.SEATS, GapKind.SUPERVISION}:
                for who in gap.candidates:
                    one = team.member(who)
                    more = team.with_member(one.with_roles(*one.roles, gap.what["role"]))
                    after = coverage(more, asked, absent=0, **window)  # type: ignore[arg-type]
                    assert not any(
                        one.id in other.people and other.what == gap.what
                        for other in after.gaps
                        if other.kind is GapKind.SUPERVISION
                    )

    def test_an_intern_who_holds_a_role_alone_is_not_offered_to_supervise_a_junior(self) -> None:
        junior = Member("jan", roles={"author"}, level="junior", contract="permanent")
        intern = Member("ivo", roles={"author"}, level="intern", contract="internship")
        asked = Needs("n", supervision=[Supervision("level", "junior"), Supervision()])
        alone = attrs.evolve(junior, contract="apprenticeship")
        for crew, could in (([junior, intern], ("ivo",)), ([alone, intern], ())):
            when = Availability(Week.parse("Mon 09:00-10:00"))
            at_work = [attrs.evolve(crew[0], availability=when), crew[1]]
            team = Team("t", at_work, [Role("author")])
            gaps = coverage(team, asked, absent=0).gaps
            assert [gap.candidates for gap in gaps if gap.people == ("jan",)] == [could]

    def test_nobody_is_offered_hours_at_which_they_would_be_alone(self) -> None:
        start = datetime.fromisoformat("2026-03-02T00:00+00:00")
        day = Availability(Week.parse("Mon-Fri 09:00-17:00"))
        crew = [
            Member("ivo", roles={"author"}, contract="internship", availability=day),
            Member("max", roles={"author"}, contract="permanent", availability=day),
            Member("jan", contract="internship", availability=day),
            Member("eve", contract="permanent", availability=day),
        ]
        team = Team("t", crew, [Role("author")])
        for week, least, could in (
            ("Mon 17:00-18:00", 1, ("eve", "max")),
            ("Mon 16:00-17:00", 3, ("eve", "jan")),
            ("Mon 16:00-18:00", 3, ("eve", "jan", "max")),
        ):
            watch = Watch(Week.parse(week), least=least, role="author")
            asked = Needs("n", hours=[watch], supervision=[Supervision()])
            (gap,) = coverage(team, asked, start=start, stop=start + DAYS, absent=0).gaps
            assert gap.candidates == could, week


class TestNotKnown:
    """Whose contract is not known might supervise: the gap names all who might, and nobody else."""

    @settings(max_examples=max(10, settings().max_examples // 2))
    @given(crews(("internship", "permanent", None)), crews((None, "permanent")), moments())
    def test_those_who_might_are_those_who_could_with_some_contract(
        self, crew: list[Member], beside: list[Member], start: datetime
    ) -> None:
        others = [attrs.evolve(one, id=f"o{one.id}", roles=()) for one in beside]
        everyone = [*crew, *others]
        for gap in gaps(everyone, start):
            assert gap.trait == "contract"
            for one in everyone:
                might = one.contract is None and any(
                    _helps(everyone, attrs.evolve(one, contract=known), gap, start)
                    for known in ("internship", "permanent")
                )
                assert (one.id in gap.perhaps) == might

    @pytest.mark.parametrize(
        ("trait", "english", "french"),
        [
            ("contract", "their contract is known", "leur contrat connu"),
            ("seniority", "their seniority is known", "leur ancienneté connue"),
            ("level", "their level is known", "leur niveau connu"),
            ("trade", "their trade is known", "leur métier connu"),
            ("age", "their age is known", "leur âge connu"),
        ],
    )
    def test_the_gap_says_what_would_have_to_be_known(
        self, trait: str, english: str, french: str
    ) -> None:
        value = "internship" if trait == "contract" else "x"
        ward: dict[str, Any] = {"roles": {"author"}, trait: value}
        crew = [Member("rené", **ward), Member("marc")]
        team = Team("t", crew, [Role("author")])
        for asked in ({"supervision": [Supervision(trait, value)]},
                      {"mix": [NotOnly(trait, value, roles={"author"})]},
                      {"mix": [Mix(trait, least=2, roles={"author"})]}):  # fmt: skip
            (gap,) = coverage(team, Needs("n", **asked), absent=0).gaps
            assert (gap.candidates, gap.perhaps, gap.trait) == ((), ("marc",), trait)
            assert gap.text().endswith(f"; might, once {english}: `marc`")
            assert gap.text("fr").endswith(f"\u202f; peut-être, une fois {french}\xa0: `marc`")

    def test_those_who_could_and_those_who_might_are_named_apart(self) -> None:
        crew = [
            Member("ivo", roles={"author"}, contract="internship"),
            Member("eve", contract="permanent"),
            Member("marc"),
        ]
        team = Team("t", crew, [Role("author")])
        (gap,) = coverage(team, Needs("n", supervision=[Supervision()]), absent=0).gaps
        assert gap.text().endswith("could: `eve`; might, once their contract is known: `marc`")


def _helps(everyone: list[Member], one: Member, gap: Gap, start: datetime) -> bool:
    """Tell whether a gap is smaller, or somebody could fill it, now that more is known of them."""
    after = gaps([one if other.id == one.id else other for other in everyone], start)
    same = [other for other in after if other.what == gap.what]
    return not same or any(
        one.id in other.candidates or _lasts(other) < _lasts(gap) for other in same
    )


def _lasts(gap: Gap) -> timedelta:
    """Return how long a gap lasts; one at all hours has no times of its own."""
    return sum((each.stop - each.start for each in gap.when), timedelta()) or timedelta.max


class TestCheckup:
    """A checkup says yes only where no half hour is without a supervisor."""

    @given(ANY, moments())
    def test_where_all_is_known_it_is_what_is_found_by_the_half_hour(
        self, crew: list[Member], start: datetime
    ) -> None:
        is_alone = learns_alone(crew, start)
        is_moot = all(one.contract not in LEARNING for one in crew)
        assert known(crew, start) is (Known.NO if is_alone and not is_moot else Known.YES)

    @given(ANY, moments(), st.data())
    def test_what_is_not_known_is_settled_only_where_it_cannot_matter(
        self, crew: list[Member], start: datetime, data: st.DataObject
    ) -> None:
        """It is a no in the best case, a yes in the worst, and unknown in between."""
        no_contract = data.draw(st.sets(st.sampled_from([one.id for one in crew])))
        no_hours = data.draw(st.sets(st.sampled_from([one.id for one in crew])))
        blurred, best, worst = [], [], []
        for one in crew:
            left = attrs.evolve(one, contract=None) if one.id in no_contract else one
            kind, mean = (attrs.evolve(left, contract=left.contract or way)
                          for way in ("permanent", "internship"))  # fmt: skip
            if one.id in no_hours:
                left = _hours(left, None)
                kind, mean = (_hours(kind, _when(kind, at_best=True)),
                              _hours(mean, _when(mean, at_best=False)))  # fmt: skip
            blurred.append(left)
            best.append(kind)
            worst.append(mean)
        found = known(blurred, start)
        assert (found is Known.NO) == learns_alone(best, start)
        assert (found is Known.YES) == (not learns_alone(worst, start))


def _when(one: Member, *, at_best: bool) -> Week:
    """Return the hours that supervise most and learn least, or the other way round."""
    return Week.always() if (one.contract not in LEARNING) == at_best else Week.never()


def _hours(one: Member, week: Week | None) -> Member:
    return attrs.evolve(one, availability=attrs.evolve(one.availability, week=week))


def test_somebody_who_learns_too_could_not_supervise() -> None:
    start = datetime.fromisoformat("2026-03-02T00:00+00:00")
    night = Availability(Week.parse("Mon-Sun 22:00-24:00"))
    crew = [
        Member("ivo", roles={"author"}, contract="internship", availability=night),
        Member("max", roles={"author"}, contract="permanent",
               availability=Availability(Week.parse("Mon-Fri 09:00-17:00"))),
        Member("app", contract="apprenticeship", availability=night),
        Member("eve", contract="permanent"),
    ]  # fmt: skip
    (gap,) = gaps(crew, start)
    assert gap.candidates == ("eve", "max")
    assert gap.text() == (
        "nobody supervises `ivo` for 14 h: Mon-Sun 23:00-01:00 (Paris time); could: `eve`, `max`"
    )
    (gap,) = gaps([crew[0], crew[2], crew[3]], start)
    assert gap.text() == "nobody supervises `ivo`; could: `eve`"
