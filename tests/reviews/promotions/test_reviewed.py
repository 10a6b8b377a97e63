"""What a review comes to, for or against letting such acts out at once."""

from datetime import UTC, datetime, timedelta

import attrs
import pytest

from cmcore import (
    Act,
    Approvers,
    Charter,
    InvalidError,
    Member,
    Quorum,
    Review,
    Role,
    Stage,
    Team,
    ValidationCircuit,
    decide,
    hours,
    open_review,
    record,
)
from cmcore.charters import Case
from cmcore.circuits import NO_OBJECTION, Timeout
from cmcore.reviews import (
    Amended,
    Approved,
    ChangesAsked,
    Published,
    Refused,
    ReviewEvent,
    ReviewVerdict,
    Withdrawn,
    reviewed,
)

NOON = datetime(2026, 3, 30, 12, tzinfo=UTC)
DAY = timedelta(days=1)
CASE = Case(Act(id="a1"))


def after(number: int) -> datetime:
    return NOON + timedelta(minutes=number)


def review(*events: ReviewEvent, stage: Stage | None = None) -> Review:
    asked = stage or Stage(Approvers("role", {"editor"}), Quorum(1))
    charter = Charter("orlane", circuits=[ValidationCircuit("desk", [asked])], default="desk")
    editors = [Member(name, roles={"editor"}) for name in ("bob", "cat")]
    team = Team("crew", [Member("ana"), *editors], [Role("editor")])
    opened = open_review(decide(charter, ACT), ACT, charter, NOON, team=team)
    return record(opened, *events)


ACT = Act(id="a1", author="ana", text="old")
AFRESH = attrs.evolve(ACT, text="new")
CIRCUIT = ValidationCircuit("desk", [Stage(Approvers("role", {"editor"}), Quorum(1))])
ANEW = decide(Charter("orlane", circuits=[CIRCUIT], default="desk"), AFRESH)
YES = Approved("bob", ACT.digest(), at=after(1))
OUT = Published(ACT.digest(), at=after(2))
CHANGE = ChangesAsked("bob", at=after(1))
NEW = Amended(ANEW, [CIRCUIT], at=after(2))
YES_TO_NEW = Approved("bob", AFRESH.digest(), at=after(3))
TOLD: list[tuple[tuple[ReviewEvent, ...], str]] = [
    ((), "open"),
    ((YES,), "approved"),
    ((YES, OUT), "approved"),
    ((YES, Withdrawn("ana", at=after(2))), "open"),
    ((Withdrawn("ana", at=after(2)),), "open"),
    ((Refused("bob", at=after(1)),), "refused"),
    ((CHANGE,), "amended"),
    ((CHANGE, NEW, YES_TO_NEW), "amended"),
    ((YES, NEW, YES_TO_NEW, Published(AFRESH.digest(), at=after(4))), "amended"),
    ((CHANGE, Withdrawn("ana", at=after(2))), "amended"),
    ((CHANGE, NEW, Refused("cat", at=after(3))), "refused"),
]


@pytest.mark.parametrize(("events", "verdict"), TOLD)
def test_a_review_tells_for_against_or_nothing(
    events: tuple[ReviewEvent, ...], verdict: str
) -> None:
    found = reviewed(CASE, review(*events))
    assert found.case is CASE
    assert found.verdict is ReviewVerdict(verdict)


def test_what_comes_after_an_instant_is_not_known_then() -> None:
    whole = review(YES, NEW, YES_TO_NEW)
    verdicts = [reviewed(CASE, whole, after(number)).verdict for number in range(4)]
    assert verdicts == ["open", "approved", "amended", "amended"]


@pytest.mark.parametrize(
    ("need", "otherwise", "verdict"),
    [
        (NO_OBJECTION, Timeout.LAPSE, "approved"),
        (Quorum(1), Timeout.REFUSE, "refused"),
        (Quorum(1), Timeout.LAPSE, "open"),
    ],
)
def test_time_alone_is_told_by_the_instant(need: Quorum, otherwise: Timeout, verdict: str) -> None:
    stage = Stage(Approvers("role", {"editor"}), need, hours(1), otherwise)
    waiting = review(stage=stage)
    assert reviewed(CASE, waiting).verdict is ReviewVerdict.OPEN
    assert reviewed(CASE, waiting, NOON).verdict is ReviewVerdict.OPEN
    assert reviewed(CASE, waiting, NOON + DAY).verdict is ReviewVerdict(verdict)


def test_a_review_is_of_its_act() -> None:
    with pytest.raises(InvalidError, match=r"is of `a1` \(give the act it is of, not `b`\)"):
        reviewed(Case(Act(id="b")), review(YES))
    assert reviewed(Case(Act()), review(YES)).verdict is ReviewVerdict.APPROVED


def test_a_review_that_was_not_open_yet_tells_nothing() -> None:
    with pytest.raises(InvalidError, match="the review was not open yet"):
        reviewed(CASE, review(YES), NOON - DAY)
