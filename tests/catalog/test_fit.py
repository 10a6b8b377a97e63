"""The pieces of the catalog fit together, over all sizes and objectives, without an edit."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import chain, combinations

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cmcore import (
    Availability,
    Member,
    Organisation,
    Span,
    Team,
    Week,
    catalog,
    checkup,
    completable,
    coverage,
)
from cmcore.catalog import Design, design
from cmcore.display.names import named, reader
from cmcore.organisations import Figures, Known

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
HOURS = Span(MONDAY, MONDAY + timedelta(hours=2))
LATER = MONDAY + timedelta(days=7)
AIMS = [*catalog.objectives]
EACH = list(chain.from_iterable(combinations(AIMS, size) for size in range(len(AIMS) + 1)))
DESIGNS = [(size, aims) for size in catalog.sizes for aims in EACH]


def _members(made: Design) -> Iterator[Member]:
    """Yield one person a seat, always on duty, as varied as any mix may ask."""
    seats = [(seat.role, n) for seat in made.needs.seats for n in range(seat.least)]
    for index, (role, number) in enumerate(seats):
        yield Member(
            f"{role} {number}",
            roles=[role],
            skills=made.team().role(role).requires,
            age=("young", "middle", "old")[index % 3],
            availability=Availability(Week.always(), made.needs.zone, minutes=600),
            contract="permanent",
            trade=f"trade {index}",
            level=("senior", "junior")[index % 2],
            networks={one.network for one in made.needs.specialists},
            languages={one.language for one in made.needs.languages},
        )


@pytest.mark.usefixtures("long_loop")
@pytest.mark.parametrize(("size", "aims"), DESIGNS)
def test_a_team_of_one_person_a_seat_completes_what_every_charter_asks_of_all_its_communicators(
    size: str, aims: tuple[str, ...]
) -> None:
    made = design(aims, size, zone="Europe/Paris")
    team = made.team(*_members(made))
    assert not coverage(team, made.needs, start=MONDAY, stop=LATER).gaps
    for name in catalog.charters:
        charter = made.charter(name)
        assert charter.zone == "Europe/Paris"
        for author in (one for one in team.members if "communicator" in one.roles):
            for emergency in (False, True):
                found = completable(charter, team, HOURS, author=author.id, emergency=emergency)
                assert found.share == 1, (name, found.text())


@settings(max_examples=25)
@given(
    st.sampled_from(DESIGNS),
    st.sets(st.sampled_from(["Twitter", "bluesky", "TikTok", "a forum"])),
    st.sets(st.sampled_from(["fr", "EN", "pt_BR"])),
    st.tuples(st.sampled_from(["UTC", "Asia/Kolkata", "America/New_York"]),
              st.sets(st.sampled_from(["Lyon", "Kyoto"]))),
    st.sampled_from([*catalog.charters]),
)  # fmt: skip
def test_so_it_does_with_networks_languages_sites_and_a_zone_and_the_checkup_finds_no_fault(
    wanted: tuple[str, tuple[str, ...]],
    networks: set[str],
    languages: set[str],
    where: tuple[str, set[str]],
    name: str,
) -> None:
    (size, aims), (zone, sites) = wanted, where
    made = design(aims, size, networks=networks, languages=languages, sites=sites, zone=zone)
    team, charter = made.team(*_members(made)), made.charter(name)
    assert not coverage(team, made.needs, start=MONDAY, stop=LATER).gaps
    for author in (one.id for one in team.members if "communicator" in one.roles):
        found = completable(charter, team, HOURS, author=author)
        assert found.share == 1, found.text()
    whole = Organisation(
        "o", zone=zone, team=team, needs=made.needs, charter=charter, sites=sites,
        objectives=made.objectives, playbook=catalog.playbooks["crisis"],
        figures=[Figures(MONDAY.date(), network, posts=1) for network in networks],
    )  # fmt: skip
    held = checkup(whole, MONDAY + timedelta(days=1))
    for code in ("fit", "community manager", "interns supervised", "charter framed", "referents",
                 "time set aside", "networks covered"):  # fmt: skip
        known = held.check(code).known
        asked = code == "networks covered" and not networks
        assert known is (Known.MOOT if asked else Known.YES), (code, held.check(code).evidence())


PLANS = [
    {"ines": {"management", "coordinator"}, "paul": {"communicator"},
     "lea": {"customer-service"}, "max": {"product-expert"}},
    {"ines": {"management"}, "paul": {"communicator"}, "lea": {"coordinator"},
     "max": {"customer-service", "product-expert"}},
]  # fmt: skip


@pytest.mark.parametrize(("plan", "share"), [(PLANS[0], 0), (PLANS[1], 1)])
def test_somebody_who_holds_two_roles_of_one_circuit_keeps_it_open(
    plan: dict[str, set[str]], share: int
) -> None:
    made = design(["customer-service"], "small")
    skills = frozenset[str]().union(*(role.requires for role in made.roles))
    on_duty = Availability(Week.always(), minutes=600)
    members = [Member(name, roles=roles, skills=skills, availability=on_duty)
               for name, roles in plan.items()]  # fmt: skip
    team = made.team(*members)
    assert coverage(team, made.needs, start=MONDAY, stop=LATER).is_covered
    found = completable(made.charter("association"), team, HOURS, author="paul")
    (desk,) = (one for one in found.circuits if one.circuit == "desk")
    assert (desk.share == 1, not desk.failures) == (bool(share), bool(share))


@pytest.mark.parametrize(("size", "aims"), DESIGNS)
def test_playbooks_and_indicators_name_what_the_design_has(
    size: str, aims: tuple[str, ...]
) -> None:
    made = design(aims, size)
    roles = {role.id for role in made.roles}
    for playbook in catalog.playbooks.values():
        asked = {duty.role for duty in playbook.duties if duty.role}
        asked |= {role for duty in playbook.duties for role in duty.roles or ()}
        assert asked <= roles
    assert set(made.indicators) <= {*catalog.indicators}


@pytest.mark.parametrize(("size", "aims"), DESIGNS)
def test_somebody_alone_is_told_who_is_missing(size: str, aims: tuple[str, ...]) -> None:
    made = design(aims, size)
    needed = {seat.role for seat in made.needs.seats}
    skills = set().union(*(role.requires for role in made.roles))
    alone = Member("solo", roles=needed, skills=skills, availability=Availability(Week.always()))
    solo = made.team(alone)
    assert coverage(solo, made.needs, start=MONDAY, stop=LATER).gaps
    for circuit in completable(made.charter("association"), solo, HOURS, author="solo").circuits:
        assert circuit.vacancies
        for lack in circuit.vacancies:
            assert all(ask.names & needed for ask in lack.ask)
            told = lack.text(reader("en", ids=True))
            assert all(f"`{role}`" in told for ask in lack.ask for role in ask.names)
            assert all(named(role, "role") in lack.text() for ask in lack.ask for role in ask.names)
    boss = Member("boss", roles=["management"], availability=Availability(Week.always()))
    charter = made.charter("small-brand")
    needs = made.team().role("management").requires
    for learnt, share in ((frozenset[str](), 0), (needs, 1)):
        two = Team("two", [alone, attrs.evolve(boss, skills=learnt)], made.roles)
        assert completable(charter, two, HOURS, author="solo").share == share


@pytest.mark.parametrize("size", catalog.sizes)
def test_nobody_approves_anything_by_wearing_roles_without_the_skills_they_require(
    size: str,
) -> None:
    """A temp who wears every role of the design, with no skill at all, lets nothing out."""
    made = design(AIMS, size)
    author, *_ = _members(made)
    held = [role.id for role in made.roles]
    temp = Member("temp", roles=held, contract="temporary", availability=author.availability)
    team = made.team(author, temp)
    for name in catalog.charters:
        for emergency in (False, True):
            charter = made.charter(name)
            assert not completable(
                charter, team, HOURS, author=author.id, emergency=emergency
            ).share
    for circuit in catalog.circuits.values():
        assert not completable(circuit, team, HOURS, author=author.id).share, circuit.id
