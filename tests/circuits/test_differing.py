"""Approvers who must differ: from different employers, never two from one region."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore import (
    Act,
    Approvers,
    Availability,
    Charter,
    InvalidError,
    Member,
    Quorum,
    Review,
    Role,
    Span,
    Stage,
    Team,
    ValidationCircuit,
    Week,
    completable,
    decide,
    open_review,
    parse,
    record,
    status,
)
from cmcore.circuits import NO_OBJECTION, shorten
from cmcore.circuits.quorum import ALL, ANY, Silence
from cmcore.reviews import Approved, Delegated, ReviewEvent, ReviewState, regroup

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
LONG = 10 * HOUR
ASK = Approvers("role", {"approver"})
TWO = Stage(ASK, Quorum(2), differ="employer")


def person(name: str, employer: str | None, *roles: str, zone: str = "UTC") -> Member:
    return Member(
        name,
        roles=roles or ("approver",),
        employer=employer,
        availability=Availability(Week.always(), zone),
    )


TEAM = Team(
    "t",
    [
        person("ana", "acme", "writer"),
        person("bo", "acme"),
        person("cy", "acme"),
        person("di", "bolt"),
        person("ed", None),
        person("flo", "bolt", "deputy"),
    ],
    map(Role, ("approver", "writer", "deputy")),
)


def opened(*stages: Stage, team: Team = TEAM) -> Review:
    circuit = ValidationCircuit("c", stages)
    charter = Charter("c", circuits=[circuit], default="c")
    act = Act(author="ana", text="Hello")
    return open_review(decide(charter, act, at=NOON), act, charter, NOON, team=team)


def yes(review: Review, by: str, instead_of: str | None = None) -> Approved:
    return Approved(by, review.opening.digest, instead_of, at=NOON)


def state(review: Review, *events: ReviewEvent) -> ReviewState:
    return status(record(review, *events), NOON + LONG).state


@pytest.mark.parametrize(
    ("said", "is_enough"),
    [
        (("bo", "di"), True),
        (("bo", "cy"), False),
        (("bo", "ed"), False),
        (("bo", "cy", "ed"), False),
        (("bo", "cy", "ed", "di"), True),
    ],
)
def test_approvers_are_of_different_employers(said: Iterable[str], *, is_enough: bool) -> None:
    review = opened(TWO)
    found = state(review, *(yes(review, by) for by in said))
    assert (found is ReviewState.APPROVED) == is_enough


def test_never_two_from_one_region_as_a_file_says() -> None:
    text = "charter: c\ncircuits: {c: [{ask: {role: r}, need: 3, differ: region}]}\ndefault: c\n"
    (stage,) = parse(text, Charter).circuit("c").stages
    assert (stage.need, stage.differ) == (Quorum(3), "region")


@pytest.mark.parametrize("need", [ANY, ALL, NO_OBJECTION, Quorum(2, 3)], ids=str)
def test_only_several_people_can_differ(need: Quorum | Silence) -> None:
    with pytest.raises(InvalidError, match="two or more"):
        Stage(ASK, need, HOUR, differ="employer")
    with pytest.raises(InvalidError, match="employr"):
        Stage(ASK, Quorum(2), HOUR, differ="employr")


def test_a_deputy_counts_by_their_own_employer() -> None:
    stage = Stage(ASK, Quorum(2), deputies=Approvers("role", {"deputy"}), differ="employer")
    review = opened(stage)
    lent = Delegated("cy", "flo", at=NOON)
    assert state(review, lent, yes(review, "bo"), yes(review, "flo", "cy")) is ReviewState.APPROVED
    assert state(review, lent, yes(review, "di"), yes(review, "flo", "cy")) is ReviewState.OPEN


#: How people write one employer; the last is in Cyrillic letters.
DRESSED = ("Acme", "ACME", " Acme ", "ac\u200bme", "Ａｃｍｅ", "𝐀cme", "Acmé", "Acme.", "АСМЕ")  # noqa: RUF001


@given(st.sampled_from(DRESSED), st.sampled_from(DRESSED))
def test_differently_dressed_spellings_of_one_employer_never_count_as_two(
    one: str, other: str
) -> None:
    review = opened(TWO, team=TEAM.with_member(person("bo", one), person("cy", other)))
    assert state(review, yes(review, "bo"), yes(review, "cy")) is ReviewState.OPEN
    assert state(review, yes(review, "bo"), yes(review, "di")) is ReviewState.APPROVED


def test_an_employer_counts_as_known_now_or_as_last_known() -> None:
    review = opened(TWO)
    gone = TEAM.without("bo")
    left = regroup(record(review, yes(review, "bo")), gone, NOON)
    assert state(left, yes(review, "di")) is ReviewState.APPROVED
    unknown = record(review, yes(review, "ed"), yes(review, "bo"))
    assert status(unknown, NOON).state is ReviewState.OPEN
    known = regroup(unknown, TEAM.with_member(person("ed", "bolt")), NOON)
    assert status(known, NOON).state is ReviewState.APPROVED


@pytest.mark.parametrize("corrected", ["bolt", None])
def test_a_corrected_employer_counts_even_once_its_person_has_left(corrected: str | None) -> None:
    review = opened(TWO)
    moved = TEAM.with_member(person("bo", corrected))
    now = regroup(record(review, yes(review, "bo")), moved, NOON)
    assert state(now, yes(review, "di")) is ReviewState.OPEN
    gone = regroup(now, moved.without("bo"), NOON)
    assert state(gone, yes(review, "di")) is ReviewState.OPEN


def test_a_correction_may_complete_what_was_said() -> None:
    review = opened(TWO)
    alike = record(review, *(yes(review, by) for by in ("bo", "cy", "ed")))
    assert status(alike, NOON).state is ReviewState.OPEN
    fixed = regroup(alike, TEAM.with_member(person("cy", "hooli")), NOON)
    assert status(fixed, NOON).state is ReviewState.APPROVED


def test_the_time_zone_is_a_trait() -> None:
    stage = Stage(ASK, Quorum(2), differ="zone")
    zones = [person("bo", None), person("cy", None), person("di", None, zone="Asia/Kolkata")]
    review = opened(stage, team=TEAM.with_member(*zones))
    assert state(review, yes(review, "bo"), yes(review, "cy")) is ReviewState.OPEN
    assert state(review, yes(review, "bo"), yes(review, "di")) is ReviewState.APPROVED


def test_what_is_missing_is_said_with_the_trait() -> None:
    span = Span(NOON, NOON + HOUR)
    circuit = ValidationCircuit("c", [TWO])
    assert completable(circuit, TEAM, span, author="ana").is_complete
    alike = TEAM.without("di", "flo")
    (found,) = completable(circuit, alike, span, author="ana").circuits
    (vacancy,) = found.vacancies
    assert (vacancy.needed, vacancy.have) == (2, 1)
    assert vacancy.text() == (
        "stage 1 needs 2 of `approver` who differ in employer: the team has 1"
    )
    assert "qui diffèrent par leur employeur" in vacancy.text("fr")


def test_those_away_are_missing_by_their_employer_too() -> None:
    span = Span(NOON, NOON + HOUR)
    away = TEAM.with_member(Member("di", roles={"approver"}, employer="bolt"))
    two = Stage(ASK, Quorum(2), HOUR, "lapse", differ="employer")
    stages = [Stage(ASK, ANY, HOUR), two]
    for chain in (stages, stages[1:], stages[::-1]):
        (found,) = completable(ValidationCircuit("c", chain), away, span, author="ana").circuits
        (failure,) = found.failures
        assert failure.reason.have == failure.reason.needed - 1
        assert "who differ in employer" in failure.text()


def test_a_status_says_how_many_of_those_who_must_differ_count() -> None:
    review = opened(TWO)
    found = status(record(review, yes(review, "bo"), yes(review, "cy")), NOON)
    assert "; 1 yes of 2 who differ in employer; awaits di, ed" in found.tracks[0].text()
    assert "accords\xa0: 1 sur 2 qui diffèrent par leur employeur" in found.tracks[0].text("fr")
    assert (len(found.tracks[0].yes), found.tracks[0].differing) == (2, 1)


def test_stages_whose_people_differ_are_not_asked_at_once() -> None:
    timed = Stage(ASK, Quorum(2), HOUR, "lapse", differ="employer")
    plain = Stage(ASK, Quorum(2), HOUR, "lapse")
    for pair in ([timed, timed], [timed, plain], [plain, timed]):
        circuit = ValidationCircuit("c", pair)
        assert shorten(circuit).circuit == circuit
    assert len(shorten(ValidationCircuit("c", [plain, plain])).circuit.stages) == 1
