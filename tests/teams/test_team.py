from datetime import UTC, datetime, timedelta, timezone

import attrs
import pytest

from cmcore import Availability, InvalidError, Member, Role, Span, Team, Week
from cmcore.teams import Leave, NotOnly, Shift, Supervision, Trait

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)


def problems(error: pytest.ExceptionInfo[InvalidError]) -> list[str]:
    return [str(problem) for problem in error.value.problems]


@pytest.mark.parametrize("kind", [Leave, Shift, Span])
def test_an_interval_is_kept_in_utc(kind: type[Leave | Shift | Span]) -> None:
    paris = timezone(timedelta(hours=1))
    made = kind(NINE.astimezone(paris), NINE + timedelta(hours=1))
    assert made == kind(NINE, NINE + timedelta(hours=1))
    assert made.start.tzinfo is UTC


@pytest.mark.parametrize("kind", [Leave, Shift, Span])
def test_an_interval_that_holds_nothing_or_is_naive_is_refused(
    kind: type[Leave | Shift | Span],
) -> None:
    with pytest.raises(InvalidError, match=r"stops at .*00\+00:00, which is not after"):
        kind(NINE, NINE)
    naive = NINE.replace(tzinfo=None)
    with pytest.raises(InvalidError) as caught:
        kind(naive, naive)
    assert [problem.path for problem in caught.value.problems] == [("start",), ("stop",)]


def test_the_longest_day_is_that_of_the_week_or_of_the_shifts_of_one_local_day() -> None:
    late = datetime(2026, 3, 28, 20, tzinfo=UTC)  # 21:00 in Paris, before the clocks go on
    night = Shift(late, late + timedelta(hours=9))
    more = Shift(late - timedelta(hours=8), late - timedelta(hours=6, seconds=1))
    when = Availability(Week.parse("Mon 09:00-10:00"), "Europe/Paris", shifts=[night])
    assert when.day == 6 * 60
    assert attrs.evolve(when, shifts=[night, more]).day == 6 * 60
    assert attrs.evolve(when, shifts=[more, *_parts(more)]).day == 119
    assert attrs.evolve(when, week=Week.parse("Mon 09:00-18:00")).day == 9 * 60
    assert attrs.evolve(when, week=None).day == 24 * 60
    assert attrs.evolve(when, minutes=30).day == 30
    assert Availability(Week.never(), shifts=[Shift(late, late + timedelta(days=3))]).day == 24 * 60


def _parts(one: Shift) -> list[Shift]:
    """Return two overlapping parts of a shift: what overlaps counts once."""
    return [Shift(one.start, one.start + timedelta(hours=1)), one]


def test_leaves_are_kept_in_order_once_each() -> None:
    first, second = (Leave(NINE + timedelta(days=n), NINE + timedelta(days=9)) for n in range(2))
    assert Availability(leaves=[second, first, second]).leaves == (first, second)


@pytest.mark.parametrize(
    ("when", "minutes"),
    [
        (Availability(), 1440),
        (Availability(Week.parse("Mon 09:00-12:00; Tue 09:00-10:00")), 180),
        (Availability(Week.parse("Mon 22:00-04:00")), 240),
        (Availability(Week.never()), 0),
        (Availability(Week.parse("Mon"), minutes=90), 90),
    ],
)
def test_a_day_is_as_long_as_said_or_as_the_fullest_of_the_week(
    when: Availability, minutes: int
) -> None:
    assert when.day == minutes


def test_every_problem_of_an_availability_is_told() -> None:
    with pytest.raises(InvalidError) as caught:
        Availability(zone="Europe/Pariss", minutes=1441)
    zone, minutes = problems(caught)
    assert zone.startswith("zone: `Europe/Pariss` is not a known time zone (did you mean `Europe/P")
    assert minutes == (
        "minutes: `1441` is not a valid number here (write a whole number, from 0 to 1440)"
    )


def test_a_role_is_named_in_both_languages_or_by_its_id() -> None:
    role = Role("analyst", french="analyste")
    assert (role.label(), role.label("fr")) == ("analyst", "analyste")
    with pytest.raises(InvalidError, match="`yes` is not a valid number here"):
        Role("analyst", minutes=True)


def test_a_member_is_fit_for_a_role_when_no_skill_lacks() -> None:
    role = Role("analyst", requires={"figures", "calm"}, minutes=30)
    ana = Member("ana", skills={"calm"}, networks={"bluesky"}, minutes={"analyst": 10})
    assert ana.lacks(role) == {"figures"}
    assert ana.takes(role) == 10
    assert Member("bo").takes(role) == 30
    assert ana.networks == {"bluesky": 1000}


def test_every_problem_of_a_member_is_told() -> None:
    with pytest.raises(InvalidError) as caught:
        Member(
            "", networks={"bluesky": 1001}, affinity={"x": -1}, minutes={"x": 2000}, most_roles=-1
        )
    assert [problem.path for problem in caught.value.problems] == [
        ("id",),
        ("networks", "bluesky"),
        ("affinity", "x"),
        ("minutes", "x"),
        ("most_roles",),
    ]


def test_the_least_load_is_no_more_than_the_most_roles() -> None:
    assert Member("bo", most_roles=2, least_roles=2).least_roles == 2
    for most, least, key in (
        (1, 2, "most_roles"),
        (None, -1, "least_roles"),
        (1, -1, "least_roles"),
    ):
        with pytest.raises(InvalidError) as caught:
            Member("bo", most_roles=most, least_roles=least)
        assert [problem.path for problem in caught.value.problems] == [(key,)]


class TestTeam:
    def test_the_order_of_people_and_roles_means_nothing(self) -> None:
        people, roles = [Member("b"), Member("a")], [Role("y"), Role("x")]
        assert Team("t", people, roles) == Team("t", people[::-1], roles[::-1])

    def test_unknown_roles_and_repeated_ids_are_told_all_at_once(self) -> None:
        people = [
            Member("ana", roles={"analist"}, affinity={"x": 1}),
            Member("bo"),
            Member("bo", minutes={"y": 1}),
        ]
        with pytest.raises(InvalidError) as caught:
            Team("t", people, [Role("analyst"), Role("analyst")])
        assert problems(caught) == [
            "members.bo: the id `bo` is used more than once (give each an id of its own)",
            "roles.analyst: the id `analyst` is used more than once (give each an id of its own)",
            "members.ana.roles: no role is called `analist` (did you mean `analyst`?)",
            "members.ana.affinity: no role is called `x` (one of `analyst`)",
            "members.bo.minutes: no role is called `y` (one of `analyst`)",
        ]
        with pytest.raises(InvalidError, match=r"no role is called `.`$"):
            Team("t", [Member("ana", roles={"x"})])

    def test_people_come_and_go(self) -> None:
        team = Team("t", [Member("ana"), Member("bo")], [Role("x")])
        assert (
            team.with_member(Member("cy"), Member("bo", most_roles=1)).member("bo").most_roles == 1
        )
        assert [m.id for m in team.with_member(Member("cy")).without("ana", "no").members] == [
            "bo",
            "cy",
        ]
        assert team.role("x").id == "x"
        with pytest.raises(KeyError, match="no member `anna`: did you mean `ana`\\?"):
            team.member("anna")
        with pytest.raises(KeyError, match="no member `cy`"):
            team.member("cy")
        with pytest.raises(KeyError, match="no role `cy`"):
            team.role("cy")

    def test_people_change(self) -> None:
        ana = Member("ana", skills={"figures"}, roles={"author"})
        assert ana.learning("writing", "figures").skills == {"figures", "writing"}
        assert ana.with_roles("analyst").roles == {"analyst"}
        hours = Week.parse("Mon 09:00-12:00")
        paris = Member("ana", availability=Availability(zone="Europe/Paris", minutes=60))
        for given in (hours, str(hours)):
            assert paris.working(given).availability == Availability(
                hours, "Europe/Paris", minutes=60
            )

    def test_it_shows_itself(self) -> None:
        team = Team("t", [Member("ana", name="Ana", roles={"y", "x"})], [Role("x"), Role("y")])
        assert str(team) == "t: 1 person\n  Ana  x, y"
        assert team.text(ids=True) == "t: 1 person\n  Ana (`ana`)  x, y"
        assert team.text("fr") == "t\xa0: 1 personne\n  Ana  x, y"
        pair = team.with_member(Member("bo"))
        assert pair.text().startswith("t: 2 people\n")
        assert pair.text("fr").startswith("t\xa0: 2 personnes\n")


WORDED = ("trade", "age", "level", "seniority", "employer", "region")


@pytest.mark.parametrize("trait", WORDED)
def test_a_trait_is_in_its_normal_form_wherever_it_is_named(trait: str) -> None:
    for dressed in ("Acme  Inc", "ACME INC", " acme inc ", "Ａｃｍｅ Inc", "Ac\u200bme\u00a0Inc"):  # noqa: RUF001
        member = Member("ana", **{trait: dressed})  # type: ignore[arg-type]
        assert member.trait(Trait(trait)) == "acme inc"
        assert NotOnly(trait, dressed).value == "acme inc"
        assert Supervision(trait, dressed).value == "acme inc"


@pytest.mark.parametrize("trait", WORDED)
@pytest.mark.parametrize(
    "odd",
    [
        "\u0410\u0441me",
        "n/a",
        "N/A",
        "unknown",
        "Unknown ",
        "?",
        "-",
        "“Acme”",
        "[Acme]",
        "\ufffdcme",
    ],
)
def test_what_is_not_the_value_of_a_trait_is_refused(trait: str, odd: str) -> None:
    with pytest.raises(InvalidError) as caught:
        Member("ana", **{trait: odd})  # type: ignore[arg-type]
    assert [problem.path for problem in caught.value.problems] == [(trait,)]
    with pytest.raises(InvalidError) as caught:
        NotOnly(trait, odd)
    assert [problem.path for problem in caught.value.problems] == [("value",)]


@pytest.mark.parametrize("trait", WORDED)
@pytest.mark.parametrize("blank", ["", " ", "\t"])
def test_a_blank_trait_is_unknown_and_nothing_is_asked_of_it(trait: str, blank: str) -> None:
    assert Member("ana", **{trait: blank}).trait(Trait(trait)) is None  # type: ignore[arg-type]
    with pytest.raises(InvalidError):
        NotOnly(trait, blank)
