"""Holders: whoever counts for a role counts for it everywhere, and nobody else does anywhere."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import attrs
from hypothesis import given
from hypothesis import strategies as st

from cmcore import (
    Availability,
    Member,
    Needs,
    Organisation,
    Role,
    Seats,
    Span,
    Stage,
    Team,
    ValidationCircuit,
    Week,
    checkup,
    completable,
    coverage,
)
from cmcore.circuits.approvers import Approvers
from cmcore.display.names import cell, named, reader
from cmcore.organisations import Check, Known
from cmcore.teams import Supervision
from cmcore.teams.contracts import LEARNING
from cmcore.teams.gap import GapKind

#: Who reads the ids of all that is named as well.
IDS = reader("en", ids=True)
MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
LATER = MONDAY + timedelta(days=7)
#: Roles of the catalog that the checkup asks for, and the skill that each requires here.
ROLES = ("communicator", "analyst", "coordinator", "enthusiast", "product-expert", "sales")
TEAM = [Role(name, requires={f"knows {name}"}, minutes=200) for name in ROLES]
SKILLS = [skill for role in TEAM for skill in role.requires]
CONTRACTS = ("permanent", "freelance", *sorted(LEARNING))
WEEKS = [Week.parse(text) for text in ("always", "Mon-Fri 09:00-17:00", "Sat 10:00-12:00")]
PEOPLE = st.lists(
    st.builds(
        lambda roles, skills, contract, week, minutes: Member(
            "somebody",
            roles=roles,
            skills=skills,
            contract=contract,
            availability=Availability(week, minutes=minutes),
        ),
        st.sets(st.sampled_from(ROLES), max_size=3),
        st.sets(st.sampled_from(SKILLS), max_size=5) | st.just({*SKILLS}),
        st.sampled_from(CONTRACTS),
        st.sampled_from(WEEKS),
        st.sampled_from((None, 240, 600)),
    ),
    max_size=5,
)


def _team(people: Sequence[Member]) -> Team:
    return Team("t", [attrs.evolve(one, id=f"m{n}") for n, one in enumerate(people)], TEAM)


def _check(team: Team, code: str) -> Check:
    return checkup(Organisation("o", team=team, departments={"sales"}), MONDAY).check(code)


def _gaps(team: Team, needs: Needs, kind: GapKind) -> dict[str, tuple[str, ...]]:
    """Return what lacks of a kind, with the people it comes from."""
    found = coverage(team, needs, start=MONDAY, stop=LATER, absent=0)
    return {gap.what["role"]: gap.people for gap in found.gaps if gap.kind is kind}


@given(PEOPLE)
def test_who_fills_a_seat_is_who_holds_the_role(people: list[Member]) -> None:
    team = _team(people)
    needs = Needs("n", seats=[Seats(name, 0, 0) for name in ROLES])
    held = {name: tuple(one.id for one in team.holders(name)) for name in ROLES}
    assert _gaps(team, needs, GapKind.EXCESS) == {name: who for name, who in held.items() if who}
    for name, who in held.items():
        assert {*who} == {
            one.id for one in team.members if name in one.roles and f"knows {name}" in one.skills
        }
    assert team.holders("a role that is not defined") == ()


@given(PEOPLE)
def test_a_role_that_the_checkup_misses_is_a_seat_that_coverage_misses(
    people: list[Member],
) -> None:
    team = _team(people)
    empty = {*_gaps(team, Needs("n", seats=map(Seats, ROLES)), GapKind.SEATS)}
    assert empty == {name for name in ROLES if not team.holders(name)}
    for code, roles in (
        ("core roles", {*ROLES} - {"sales"}),
        ("community manager", {"communicator"}),
        ("departments", {"sales"}),
    ):
        found = _check(team, code)
        assert (found.known is Known.NO) == bool(empty & roles), code
        if found.known is Known.NO:
            assert all(f"`{name}`" in found.evidence(IDS) for name in empty & roles)
            assert all(named(name, "role") in found.evidence() for name in empty & roles)
    front = {"product-expert", "sales"}
    assert (_check(team, "front line").known is Known.YES) == (not front <= empty)


@given(PEOPLE)
def test_who_learns_alone_does_so_for_the_checkup_and_for_coverage(people: list[Member]) -> None:
    team = _team(people)
    needs = Needs("n", supervision=[Supervision(value=one) for one in LEARNING])
    alone = _gaps(team, needs, GapKind.SUPERVISION)
    found = _check(team, "interns supervised")
    unfit = {
        one.member
        for one in coverage(team, needs, absent=0).unfit
        if team.member(one.member).contract in LEARNING
    }
    assert (found.known is Known.NO) == bool(alone or unfit)
    if found.known is not Known.NO:
        assert (found.known is Known.UNKNOWN) == (not any(map(team.holders, ROLES)))
    for name in alone or unfit:
        assert name in found.evidence(IDS)
        assert cell(name, "role" if alone else "member") in found.evidence()


@given(PEOPLE)
def test_who_has_too_much_to_do_has_for_both(people: list[Member]) -> None:
    team = _team(people)
    over = {one.member for one in coverage(team, Needs("n"), absent=0).overloads}
    found = _check(team, "time set aside")
    assert (found.known is Known.NO) == bool(over)
    for who in over:
        assert f"`{who}`" in found.evidence()


@given(PEOPLE)
def test_who_may_approve_by_a_role_is_who_holds_it(people: list[Member]) -> None:
    team = _team(people)
    hour = Span(MONDAY + timedelta(hours=10), MONDAY + timedelta(hours=11))
    for name in ROLES:
        circuit = ValidationCircuit("desk", [Stage(Approvers("role", [name]))])
        (found,) = completable(circuit, team, hour).circuits
        assert bool(found.vacancies) == (not team.holders(name))


@given(PEOPLE, st.sampled_from(["m0", None]))
def test_who_wears_a_role_without_its_skills_is_named_where_a_stage_lacks_people(
    people: list[Member], author: str | None
) -> None:
    team = _team(people)
    author = author if people else None
    hour = Span(MONDAY + timedelta(hours=10), MONDAY + timedelta(hours=11))
    for name in ROLES:
        circuit = ValidationCircuit("desk", [Stage(Approvers("role", [name]))])
        found = completable(circuit, team, hour, author=author).circuits[0]
        lacking = [*found.vacancies, *(failure.reason for failure in found.failures)]
        unfit = {
            one.id
            for one in team.members
            if name in one.roles and one not in team.holders(name) and one.id != author
        }
        for reason in lacking if author or not people else found.vacancies:
            assert {one.member for one in reason.unfit} == unfit
            for one in reason.unfit:
                assert (one.role, one.lacks) == (name, (f"knows {name}",))
                role = named(name, "role")
                told = (f"`{one.member}` has the role {role} without", "a le rôle")
                for language, words in zip(("en", "fr"), told, strict=True):
                    text = reason.text(language)  # type: ignore[arg-type]
                    assert words in text
                    assert f"`knows {name}`" in text
        if found.vacancies and unfit:
            taught = [one.learning(f"knows {name}") for one in team.members if one.id in unfit]
            after = completable(circuit, team.with_member(*taught), hour, author=author)
            assert not after.circuits[0].vacancies
