"""Designing a team: needs follow from objectives and size, and only ever add up."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore import Availability, InvalidError, Member, Needs, Team, catalog, coverage
from cmcore.catalog import design, specialise
from cmcore.charters import prove
from cmcore.organisations import words
from cmcore.teams import Status

OBJECTIVES = st.sets(st.sampled_from([*catalog.objectives]))
SIZES = st.sampled_from([*catalog.sizes])


def _seats(needs: Needs) -> dict[str, int]:
    return {seat.role: seat.least for seat in needs.seats}


@given(OBJECTIVES, OBJECTIVES, SIZES)
def test_one_more_objective_never_takes_a_need_away(
    some: set[str], more: set[str], size: str
) -> None:
    few, many = design(some, size).needs, design(some | more, size).needs
    assert all(_seats(many)[role] >= least for role, least in _seats(few).items())
    assert {*few.work} <= {*many.work}
    assert {*few.hours} <= {*many.hours}


@pytest.mark.parametrize(
    ("name", "word"), [(name, word) for name, known in words.OBJECTIVES.items() for word in known]
)
def test_what_is_wanted_may_be_named_in_french(name: str, word: str) -> None:
    assert design([word.upper()]) == design([name])


@pytest.mark.parametrize(
    ("name", "word"), [(name, word) for name, known in words.SIZES.items() for word in known]
)
def test_a_size_may_be_named_in_french(name: str, word: str) -> None:
    assert design(["sales"], word.upper()) == design(["sales"], name)


@given(OBJECTIVES, SIZES)
def test_the_order_of_objectives_does_not_matter(some: set[str], size: str) -> None:
    assert design(sorted(some), size) == design(sorted(some, reverse=True), size)


@given(st.sets(st.sampled_from(["tiktok", "x", "mastodon", "a-forum"])))
def test_the_charter_of_a_design_frames_its_networks(networks: set[str]) -> None:
    made = design(["notoriety"], "small", networks=networks)
    for name, usual in catalog.charters.items():
        scope = made.charter(name).scope
        assert scope.networks == (networks or usual.scope.networks)
        assert scope.volume == usual.scope.volume


@pytest.mark.parametrize("network", ["instagram", "facebook", "mastodon"])
@pytest.mark.parametrize("name", catalog.charters)
def test_the_charter_of_a_design_keeps_what_it_guarantees_on_its_network(
    name: str, network: str
) -> None:
    found = prove(design(["notoriety"], "small", networks=[network]).charter(name))
    assert not found.broken
    assert not found.undecided


@given(OBJECTIVES)
def test_a_larger_company_has_no_fewer_seats(some: set[str]) -> None:
    small, medium, large = (_seats(design(some, size).needs) for size in catalog.sizes)
    assert all(medium[role] >= least for role, least in small.items())
    assert all(large[role] >= least for role, least in medium.items())


@given(OBJECTIVES, SIZES)
def test_every_role_that_is_asked_for_is_there(some: set[str], size: str) -> None:
    made = design(some, size, sites=["Lyon"])
    assert {role for _, role in made.needs.roles()} == {role.id for role in made.roles}
    assert all(role.label("fr") != role.id for role in made.roles if role.id != "marketing")


def test_a_design_may_be_asked_of_a_team() -> None:
    made = design(
        ["customer-service"],
        "small",
        networks=["facebook"],
        languages=["fr"],
        sites=["Lyon", "Kyoto"],
        zone="Europe/Paris",
    )
    assert _seats(made.needs) == {
        "communicator": 1,
        "coordinator": 1,
        "customer-service": 1,
        "management": 1,
        "product-expert": 1,
        "web-referent Kyoto": 1,
        "web-referent Lyon": 1,
    }
    learning = {guard.value for guard in made.needs.supervision}
    assert learning == {"internship", "apprenticeship", "civic-service"}
    assert {watch.zone for watch in made.needs.hours} == {"Europe/Paris"}
    somebody = Member("ana", roles=["web-referent Lyon"], skills=["Lyon"])
    team = made.team(somebody)
    assert team.role("web-referent Lyon").requires == {"Lyon"}
    assert team.role("web-referent Lyon").label("fr") == "référent web, Lyon"
    start, stop = datetime(2026, 3, 2, tzinfo=UTC), datetime(2026, 3, 9, tzinfo=UTC)
    gaps = {gap.path for gap in coverage(team, made.needs, start=start, stop=stop).gaps}
    assert ("seats", "web-referent Kyoto") in gaps
    assert ("seats", "web-referent Lyon") not in gaps
    assert gaps < {
        gap.path for gap in coverage(made.team(), made.needs, start=start, stop=stop).gaps
    }


def test_daily_work_grows_with_the_company() -> None:
    loads = [
        sum(work.load for work in design(["customer-service"], size).needs.work)
        for size in catalog.sizes
    ]
    assert loads == [80, 160, 320]


def test_what_the_catalog_has_not_is_refused_at_once() -> None:
    with pytest.raises(InvalidError) as raised:
        design(["notorety", "zzz"], "huge")
    told = [str(problem) for problem in raised.value.problems]
    listed = "`notoriety`, `sales`, `customer-service`, `event`, `recruitment`"
    assert told == [
        "objective: the catalog has no objective `notorety` (did you mean `notoriety`?)",
        f"objective: the catalog has no objective `zzz` (one of {listed})",
        "size: the catalog has no size `huge` (one of `small`, `medium`, `large`)",
    ]
    with pytest.raises(InvalidError, match="is one text, not a list of them"):
        design("sales")


def test_a_design_shows_itself() -> None:
    shown = design(["sales", "event"], "large", networks=["x"], languages=["fr"]).text("fr")
    lines = [" ".join(line.split()) for line in shown.splitlines()]
    assert lines[0] == "grand groupe : événement, ventes"
    for expected in (
        "communicant 3",
        "spécialiste de X 1",
        "parle français 1",
        "questions sur les ventes ventes 120",
        "sam. 10 h–18 h UTC communicant",
    ):
        assert expected in lines


def test_a_design_without_objectives_has_neither_work_nor_hours() -> None:
    assert len(design([], "small").view().tables) == 1


# ------------------------------------------------------------------------------- specialists


def _member(name: str, **networks: int) -> Member:
    return Member(name, networks=networks, availability=Availability())


def test_each_network_goes_to_who_likes_it_best() -> None:
    team = Team(
        "t",
        [
            _member("ana", facebook=900, twitter=800),
            _member("bob", facebook=700),
            _member("cleo", linkedin=100),
        ],
    )
    found = specialise(team, ["facebook", "twitter", "linkedin"])
    assert found.status is Status.OPTIMAL
    assert found.pairs == (("ana", "facebook"), ("ana", "x"), ("cleo", "linkedin"))
    each = specialise(team, ["facebook", "twitter", "linkedin"], each=1)
    assert each.pairs == (("ana", "x"), ("bob", "facebook"), ("cleo", "linkedin"))


def test_a_network_that_nobody_likes_has_no_specialist() -> None:
    found = specialise(Team("t", [_member("ana", facebook=0)]), ["facebook"])
    assert found.pairs == ()
