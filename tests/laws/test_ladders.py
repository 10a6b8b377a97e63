"""Ladders: a stage that is enough completes its circuit, unless it is passed on."""

from datetime import UTC, datetime, timedelta

import attrs
import pytest

from cmcore import (
    Act,
    Approvers,
    Availability,
    Charter,
    InvalidError,
    Member,
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
    record,
    status,
)
from cmcore.circuits import shorten
from cmcore.reviews import Approved, Escalated, Objected, ReviewEvent, ReviewState, mermaid

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
LEAD, HEAD = (Approvers("role", {role}) for role in ("lead", "head"))
LADDER = ValidationCircuit(
    "ladder", [Stage(LEAD, within=HOUR, enough=True), Stage(HEAD, within=HOUR, otherwise="lapse")]
)
TEAM = Team(
    "t",
    [Member("ana"), Member("bo", roles={"lead"}), Member("cy", roles={"head"})],
    map(Role, ("lead", "head")),
)


def opened() -> Review:
    charter = Charter("c", circuits=[LADDER], default="ladder")
    act = Act(author="ana", text="Hello")
    return open_review(decide(charter, act, at=NOON), act, charter, NOON, team=TEAM)


def after(*events: ReviewEvent) -> ReviewState:
    review = opened()
    for event in events:
        review = record(review, event)
    return status(review, NOON + 10 * HOUR).state


def yes(by: str, minutes: int) -> Approved:
    at = NOON + timedelta(minutes=minutes)
    return Approved(by, opened().opening.digest, at=at)


def test_a_yes_is_enough() -> None:
    assert after(yes("bo", 10)) is ReviewState.APPROVED


def test_what_is_passed_on_asks_the_next_and_nobody_approves_by_silence() -> None:
    passed = Escalated("bo", at=NOON + timedelta(minutes=10))
    assert after(passed, yes("cy", 20)) is ReviewState.APPROVED
    assert after(passed) is ReviewState.LAPSED
    assert after() is ReviewState.LAPSED
    assert after(yes("cy", 70)) is ReviewState.APPROVED  # time was out, and it escalated


def test_the_next_is_not_heard_before_it_is_asked() -> None:
    with pytest.raises(InvalidError):
        after(yes("cy", 10))
    with pytest.raises(InvalidError):
        after(yes("bo", 10), Objected("cy", at=NOON + timedelta(minutes=20)))


def test_the_first_alone_can_complete_it() -> None:
    there = Availability(Week.always())
    people = [Member("ana"), Member("bo", roles={"lead"}, availability=there)]
    alone = Team("t", people, map(Role, ("lead", "head")))
    span = Span(NOON, NOON + HOUR)
    both = ValidationCircuit("both", [attrs.evolve(s, enough=False) for s in LADDER.stages])
    assert completable(LADDER, alone, span, author="ana").share == 1
    assert completable(both, alone, span, author="ana").share == 0


def test_nothing_of_a_ladder_is_redundant() -> None:
    twice = ValidationCircuit("twice", [Stage(LEAD, enough=True), Stage(LEAD)])
    assert shorten(twice).circuit == twice


def test_it_is_drawn_and_said() -> None:
    drawn = mermaid(LADDER)
    assert 's1 -->|"approve"| approved' in drawn
    assert 's1 -->|"pass on, or time out"| s2' in drawn
    assert "suffit, sauf transmission" in mermaid(LADDER, "fr")
    done = status(record(opened(), yes("bo", 10)), NOON + HOUR)
    assert "t1s2" not in mermaid(done)
    assert str(LADDER.view().pictures[0])
