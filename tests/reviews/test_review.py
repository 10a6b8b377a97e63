from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import attrs
import pytest
from hypothesis import given

from cmcore.base.errors import InvalidError
from cmcore.charters.act import Act
from cmcore.charters.charter import Charter
from cmcore.charters.conditions.fact import fact
from cmcore.charters.decisions.decide import decide
from cmcore.charters.rule import Rule
from cmcore.circuits.approvers import Approvers
from cmcore.circuits.circuit import ValidationCircuit
from cmcore.circuits.stage import Stage
from cmcore.display.wording import LANGUAGES
from cmcore.reviews.events import (
    EVENTS,
    Amended,
    Approved,
    ChangesAsked,
    Delegated,
    Opening,
    Refused,
    Regrouped,
    ReviewEvent,
    ReviewMove,
    Withdrawn,
)
from cmcore.reviews.progress import ReviewStatus, Timeline
from cmcore.reviews.review import Review
from cmcore.strategies import events, reviews, statuses, timelines
from cmcore.teams.member import Member
from cmcore.teams.role import Role
from cmcore.teams.team import Team

NINE = datetime(2026, 3, 27, 9, tzinfo=UTC)
STAGE = Stage(Approvers("role", {"x"}))
DESK = ValidationCircuit("desk", [STAGE, STAGE], [STAGE])


CHARTER = Charter("crew", circuits=[DESK], default="desk")
ACT = Act(id="post", author="ana", text="Hello")
TEAM = Team("crew", [Member("ana"), Member("bob", roles={"x"}), Member("cat", roles={"x"})],
            [Role("x")])  # fmt: skip
ANY = Rule.permit("any", when=fact("text").present(), because="Anything goes.")
COVERED = decide(CHARTER.with_rule(ANY), ACT)
AFRESH = decide(CHARTER, attrs.evolve(ACT, text="Goodbye"))


def opening(act: Act = ACT, **told: Any) -> Opening:  # noqa: ANN401 - any field
    usual = {"decision": decide(CHARTER, act), "circuits": [DESK], "team": TEAM, "at": NINE}
    return Opening(**{**usual, **told})


def test_an_opening_keeps_what_a_review_needs_of_a_team() -> None:
    made = opening()
    assert (made.author, made.digest, made.act) == ("ana", ACT.digest(), ACT)
    busy = attrs.evolve(TEAM, members=[attrs.evolve(m, languages={"fr"}) for m in TEAM.members])
    assert opening(team=busy) == made
    assert opening(files=["f" * 64]).digest != made.digest
    assert made.at == opening(at=NINE.astimezone(timezone(timedelta(hours=2)))).at


@pytest.mark.parametrize(
    ("told", "path", "message"),
    [
        ({"act": Act(id="a")}, ("author",), "it is not known who the author is"),
        ({"act": Act(author=" a")}, ("author",), "`a` cannot be an id"),
        ({"act": Act(author="zed")}, ("author",), "`zed` is not in the team"),
        ({"act": Act(author="Ana")}, ("author",), "`Ana` is not in the team, but looks like"),
        ({"at": NINE.replace(tzinfo=None)}, ("at",), "`2026-03-27T09:00:00` does not say"),
        ({"circuits": []}, ("circuits",), "a circuit of the decision is missing: `desk`"),
        ({"circuits": [DESK, DESK]}, ("circuits",), "the id `desk` is used more than once"),
        (
            {"decision": COVERED, "circuits": []},
            ("decision",),
            "the act is covered: only an exception is reviewed",
        ),
    ],
    ids=str,
)
def test_an_opening_that_makes_no_sense_is_refused(
    told: dict[str, Any], path: tuple[str | int, ...], message: str
) -> None:
    with pytest.raises(InvalidError) as caught:
        opening(**told)
    problem = caught.value.problems[0]
    assert problem.path == path
    assert problem.message.startswith(message)


def test_every_event_has_a_move_of_its_own() -> None:
    kinds = [event.kind for event in EVENTS]
    assert len({*kinds}) == len(kinds)
    by_itself = {
        ReviewMove.COMPLETED,
        ReviewMove.ALONE,
        ReviewMove.TIMED_LAPSED,
        ReviewMove.TIMED_REFUSED,
    }
    assert {*ReviewMove} - {*kinds} == by_itself
    assert {*EVENTS} == {*ReviewEvent.__subclasses__()}


def test_an_event_names_people_and_an_instant() -> None:
    with pytest.raises(InvalidError) as caught:
        Approved("", " d", instead_of="", at=NINE.replace(tzinfo=None))
    assert [p.path for p in caught.value.problems] == [
        ("at",),
        ("by",),
        ("instead_of",),
        ("digest",),
    ]
    nothing: Any = None
    with pytest.raises(InvalidError, match="3 problems"):
        Approved(nothing, nothing, instead_of=nothing, at=NINE.replace(tzinfo=None))
    with pytest.raises(InvalidError, match=r"^because: `None` is not text"):
        Refused("bob", nothing, at=NINE)
    with pytest.raises(InvalidError, match="`None` is not an instant"):
        Withdrawn("ana", at=nothing)
    assert Withdrawn("ana", at=NINE.astimezone(timezone(timedelta(hours=2)))).at.tzinfo is UTC


def test_a_log_holds_events_alone() -> None:
    given: Any = [Withdrawn("ana", at=NINE), "approved", ReviewEvent(at=NINE)]
    with pytest.raises(InvalidError) as caught:
        Review(opening(), given)
    assert [p.path for p in caught.value.problems] == [("events", 1), ("events", 2)]
    assert all(p.hint and "`Approved`" in p.hint for p in caught.value.problems)


def test_a_review_is_of_the_last_amendment() -> None:
    bare = Review(opening())
    assert (bare.act, bare.digest) == (ACT, ACT.digest())
    amended = Amended(AFRESH, [DESK], at=NINE)
    assert amended.by == "ana"
    changed = Review(opening(), [amended, Withdrawn("ana", at=NINE)])
    assert (changed.act, changed.digest) == (AFRESH.act, AFRESH.act.digest())


def test_a_review_shows_its_log() -> None:
    deputies = Approvers("name", {"dan"})
    desk = ValidationCircuit("desk", [attrs.evolve(STAGE, deputies=deputies)] * 2, [STAGE])
    charter = Charter("crew", circuits=[desk], default="desk")
    team = TEAM.with_member(Member("dan"), Member("eve", roles={"x"}))
    opened = opening(decision=decide(charter, ACT), circuits=[desk], team=team)
    log = [
        Delegated("bob", "dan", at=NINE),
        Approved("dan", opened.digest, "bob", at=NINE),
        Amended(attrs.evolve(AFRESH, charter_digest=charter.digest), [desk], at=NINE),
        ChangesAsked("cat", "shorter, please", at=NINE),
        Regrouped(team, at=NINE),
        Refused("cat", at=NINE),
    ]
    first, second = opened.digest[:12], AFRESH.act.digest()[:12]
    assert Review(opened, log).text() == (
        "review of `post` by `desk`\n"
        "  opened         ana  2026-03-27 09:00+00:00\n"
        "  delegated      bob  2026-03-27 09:00+00:00 · to dan\n"
        f"  approved       dan  2026-03-27 09:00+00:00 · instead of bob · {first}\n"
        f"  amended        ana  2026-03-27 09:00+00:00 · {second}\n"
        "  changes asked  cat  2026-03-27 09:00+00:00 · shorter, please\n"
        "  team changed        2026-03-27 09:00+00:00\n"
        "  refused        cat  2026-03-27 09:00+00:00\n"
        "  (crew, version 1)"
    )
    nameless = opening(attrs.evolve(ACT, id=None), emergency=True)
    told = f"validation de `{nameless.digest[:12]}` par `desk`, en urgence\n"
    assert Review(nameless).text("fr").startswith(told)


@given(reviews(), statuses(), timelines())
def test_reviews_show_themselves_in_both_languages(
    review: Review, status: ReviewStatus, timeline: Timeline
) -> None:
    for thing in (review, status, timeline):
        english, french = (thing.text(language) for language in LANGUAGES)
        assert english != french
        assert "<script" not in thing._repr_mimebundle_()["text/html"]


@given(events())
def test_an_event_is_hashable_and_equal_to_its_like(event: ReviewEvent) -> None:
    again = attrs.evolve(event)
    assert again == event
    assert hash(again) == hash(event)
