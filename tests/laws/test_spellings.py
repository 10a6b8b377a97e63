"""Spellings: a network or a language means the same however it is spelt, wherever it is named."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore import (
    Availability,
    Charter,
    Coverage,
    InvalidError,
    Member,
    Needs,
    Role,
    Seats,
    Team,
    Watch,
    Week,
    catalog,
    coverage,
    dump,
    hours,
    parse,
    structure,
    unstructure,
)
from cmcore.catalog import design, specialise
from cmcore.incidents import InboundEvent, Sighting
from cmcore.organisations import Figures
from cmcore.requests import Request, Target
from cmcore.teams import Speakers, Specialists, Training

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
DAY = timedelta(days=1)
NETWORKS = {
    "x": ("x", "X", "twitter", "Twitter", "TWITTER", " Twitter "),
    "bluesky": ("bluesky", "Bluesky", "BlueSky", "BLUESKY"),
    "a forum": ("a forum", "A  Forum", "a\u00a0forum"),
}
LANGUAGES = {
    "fr": ("fr", "FR", "Fr "),
    "pt-br": ("pt-br", "pt_BR", "pt-BR", "PT_br"),
    "en": ("en", "EN"),
}
ZONES = {"Europe/Paris": ("europe/paris", "Europe/PARIS", "EUROPE/Paris"), "UTC": ("utc", "Utc")}
OBJECTIVES = st.sets(st.sampled_from([*catalog.objectives]))
SIZES = st.sampled_from([*catalog.sizes])


def _spelt(names: dict[str, tuple[str, ...]]) -> st.SearchStrategy[dict[str, str]]:
    """Return a strategy for some of the names, each with one of its spellings."""
    each = {name: st.sampled_from(spellings) for name, spellings in names.items()}
    return st.sets(st.sampled_from([*names])).flatmap(
        lambda some: st.fixed_dictionaries({name: each[name] for name in sorted(some)})
    )


@given(OBJECTIVES, SIZES, _spelt(NETWORKS), _spelt(LANGUAGES))
def test_a_design_of_other_spellings_is_that_of_the_usual_ones(
    aims: set[str], size: str, networks: dict[str, str], languages: dict[str, str]
) -> None:
    spelt = design(aims, size, networks=networks.values(), languages=languages.values())
    usual = design(aims, size, networks=[*networks], languages=[*languages])
    assert spelt == usual
    assert spelt.team() == usual.team()
    assert {one.network for one in spelt.needs.specialists} == {*networks}
    name = min(catalog.charters)
    assert spelt.charter(name) == usual.charter(name)


@pytest.mark.parametrize(("asked", "odd"), [
    ("networks", "x, facebook"), ("networks", "“x”"),
    ("languages", "franglais"), ("languages", "fr,en"),
])  # fmt: skip
def test_a_design_refuses_what_its_charter_could_not_name(asked: str, odd: str) -> None:
    with pytest.raises(InvalidError) as raised:
        design(["sales"], "small", **{asked: [odd]})  # type: ignore[arg-type]
    assert [problem.path for problem in raised.value.problems] == [(asked,)]


@pytest.mark.parametrize(("zone", "odd"), [(z, odd) for z, odds in ZONES.items() for odd in odds])
def test_a_zone_has_one_spelling_and_the_others_are_told_it(zone: str, odd: str) -> None:
    for make in (
        lambda: design([], zone=odd),
        lambda: Team("t", zone=odd),
        lambda: Needs("n", zone=odd),
        lambda: Availability(Week.always(), odd),
    ):
        with pytest.raises(InvalidError) as raised:
            make()
        (problem,) = raised.value.problems
        assert problem.path == ("zone",)
        assert f"`{zone}`" in str(problem)


#: Where a network is named, what names it there, and what comes out as the network.
ON: dict[str, Callable[[str], Any]] = {
    "specialists": lambda name: Needs("n", specialists=[Specialists(name)]),
    "watch": lambda name: Needs("n", hours=[Watch(Week.always(), network=name)]),
    "member": lambda name: Member("ana", networks=[name]),
    "liking": lambda name: Member("ana", networks={name: 500}),
    "training": lambda name: Training("ana", networks={name}),
    "request": lambda name: Request("r", MONDAY, network=name),
    "selector": lambda name: Target(hours(1), networks={name}),
    "figures": lambda name: Figures(date(2026, 3, 2), name, posts=3),
    "sighting": lambda name: Sighting(MONDAY, network=name),
    "inbound": lambda name: InboundEvent("in", MONDAY, network=name),
}
IN: dict[str, Callable[[str], Any]] = {
    "speakers": lambda name: Needs("n", languages=[Speakers(name)]),
    "watch": lambda name: Needs("n", hours=[Watch(Week.always(), language=name)]),
    "member": lambda name: Member("ana", languages=[name]),
    "training": lambda name: Training("ana", languages={name}),
    "request": lambda name: Request("r", MONDAY, language=name),
    "selector": lambda name: Target(hours(1), languages={name}),
}


def _places() -> Iterator[Any]:
    for names, places in ((NETWORKS, ON), (LANGUAGES, IN)):
        for place, make in places.items():
            for usual, spellings in names.items():
                yield pytest.param(make, usual, spellings, id=f"{place} {usual}")


@pytest.mark.parametrize(("make", "usual", "spellings"), [*_places()])
def test_a_place_holds_the_usual_spelling(
    make: Callable[[str], Any], usual: str, spellings: tuple[str, ...]
) -> None:
    assert {make(one) for one in spellings} == {make(usual)}


@given(_spelt(NETWORKS), _spelt(NETWORKS), _spelt(LANGUAGES), _spelt(LANGUAGES))
def test_coverage_asks_and_finds_in_any_spelling(
    asked: dict[str, str], known: dict[str, str], spoken: dict[str, str], speaks: dict[str, str]
) -> None:
    def gaps(here: Callable[[dict[str, str]], list[str]]) -> Coverage:
        ana = Member("ana", roles=["voice"], networks=here(known), languages=here(speaks),
                     availability=Availability(Week.always()))  # fmt: skip
        needs = Needs(
            "n",
            seats=[Seats("voice")],
            specialists=map(Specialists, here(asked)),
            languages=map(Speakers, here(spoken)),
            hours=[Watch(Week.always(), network=name) for name in here(asked)],
        )
        team = Team("t", [ana], [Role("voice")])
        return coverage(team, needs, start=MONDAY, stop=MONDAY + DAY)

    spelt, usual = gaps(lambda names: [*names.values()]), gaps(lambda names: [*names])
    assert spelt == usual
    lacking = {gap.what["network"] for gap in usual.gaps if gap.path[0] == "specialists"}
    assert lacking == {*asked} - {*known}


def test_a_network_that_is_named_twice_with_two_likings_is_refused() -> None:
    with pytest.raises(InvalidError) as raised:
        Member("ana", networks={"Twitter": 800, "x": 200, "facebook": 1})
    assert [str(problem) for problem in raised.value.problems] == [
        "networks: `x` is named 2 times (put them in one)"
    ]
    assert Member("ana", networks=["Twitter", "x"]).networks == {"x": 1000}


def test_networks_are_shared_out_whatever_their_spelling() -> None:
    team = Team("us", [Member("ana", networks={"Twitter": 900})])
    assert specialise(team, ["X"]).pairs == (("ana", "x"),)


def test_the_catalog_spells_networks_as_usual() -> None:
    for profile in catalog.roles.values():
        assert {*Member("m", networks=profile.networks).networks} == {*profile.networks}


@given(
    _spelt(NETWORKS),
    _spelt(LANGUAGES),
    OBJECTIVES,
    SIZES,
    st.tuples(
        st.sampled_from(["UTC", "Europe/Paris", "America/New_York"]),
        st.sets(st.sampled_from(["Lyon", "Kyoto"])),
    ),
)
def test_what_a_design_is_asked_is_in_all_it_gives_and_each_piece_reads_back(
    networks: dict[str, str],
    languages: dict[str, str],
    aims: set[str],
    size: str,
    at: tuple[str, set[str]],
) -> None:
    zone, sites = at
    made = design(aims, size, networks=[*networks], languages=[*languages], zone=zone, sites=sites)
    needs, team = made.needs, made.team()
    assert (made.objectives, made.size) == (frozenset(aims), size)
    assert {one.network for one in needs.specialists} == {*networks}
    assert {one.language for one in needs.languages} == {*languages}
    referents = {role.id for role in team.roles if role.id.startswith("web-referent ")}
    assert referents == {f"web-referent {site}" for site in sites}
    assert {needs.zone, team.zone, *(one.zone for one in needs.hours)} == {zone}
    assert structure(unstructure(needs), Needs) == needs
    assert structure(unstructure(team), Team) == team
    name = min(catalog.charters)
    scope = made.charter(name).scope
    assert scope == attrs.evolve(
        scope, networks={*networks} or catalog.charters[name].scope.networks
    )
    assert made.charter(name).zone == zone


@pytest.mark.parametrize("name", catalog.charters)
def test_the_charter_of_a_design_reads_back(name: str) -> None:
    zone = "Europe/Paris"
    charter = design(["event"], "large", networks=["Twitter", "a forum"], zone=zone).charter(name)
    assert structure(unstructure(charter), Charter) == charter
    assert charter.scope.networks == frozenset({"x", "a forum"})
    assert {stage.clock for one in charter.circuits for stage in one.stages} == {None}


def test_the_pieces_that_no_design_changes_read_back() -> None:
    for shelf in (catalog.playbooks, catalog.circuits):
        for piece in shelf.values():
            assert parse(dump(piece), type(piece)) == piece


@given(st.sampled_from(["UTC", "Europe/Paris", "America/New_York"]))
def test_who_is_added_to_the_file_of_a_team_works_by_its_clock(zone: str) -> None:
    plain = dump(design(["sales"], "small", zone=zone).team())
    added = plain.replace("members: {}", "members: {ana: {hours: 'Mon-Fri 09:00-17:00'}}")
    assert added != plain
    (ana,) = parse(added, Team).members
    assert ana.availability == attrs.evolve(ana.availability, zone=zone)
