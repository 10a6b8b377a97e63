from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import attrs
import pytest
from hypothesis import given

from cmcore.foundation.errors import InvalidError
from cmcore.foundation.wording import LANGUAGES
from cmcore.nouns.circuits import Approvers, Stage, ValidationCircuit
from cmcore.nouns.progress import ReviewStatus, Timeline
from cmcore.nouns.reviews import (
    EVENTS,
    Amended,
    Approved,
    ChangesAsked,
    Delegated,
    Event,
    Move,
    Opening,
    Panel,
    Published,
    Refused,
    Regrouped,
    Review,
    Withdrawn,
)
from cmcore.strategies import events, reviews, statuses, timelines

NINE = datetime(2026, 3, 27, 9, tzinfo=UTC)
STAGE = Stage(Approvers("role", {"x"}))
DESK = ValidationCircuit("desk", [STAGE, STAGE], [STAGE])


def opening(**told: Any) -> Opening:  # noqa: ANN401 - any field
    usual = {
        "digest": "d",
        "author": "ana",
        "circuits": [DESK],
        "asked": {"desk": [Panel(["bob"]), Panel(["cat", "bob"])]},
        "charter": "crew",
        "version": 1,
        "at": NINE,
    }
    return Opening(**{**usual, **told})


def test_a_panel_is_sorted_and_nobody_is_in_it_twice() -> None:
    assert Panel(["b", "a", "b"], {"d", "c"}) == Panel(("a", "b"), ("c", "d"))
    with pytest.raises(InvalidError) as caught:
        Panel(["a", " b"], ["a"])
    assert [p.message for p in caught.value.problems] == [
        "`b` cannot be an id",
        "`a` is asked and a deputy",
    ]


def test_an_opening_knows_its_ways() -> None:
    made = opening()
    assert made.way("desk") == DESK.stages
    urgent = opening(emergency=True, asked={"desk": [Panel()]})
    assert urgent.way("desk") == DESK.emergency
    assert made.at == opening(at=NINE.astimezone(timezone(timedelta(hours=2)))).at


@pytest.mark.parametrize(
    ("told", "path", "message"),
    [
        ({"digest": ""}, ("digest",), "`` cannot be an id"),
        ({"author": " a"}, ("author",), "`a` cannot be an id"),
        ({"act": ""}, ("act",), "`` cannot be an id"),
        ({"at": NINE.replace(tzinfo=None)}, ("at",), "`2026-03-27T09:00:00` does not say"),
        ({"circuits": [], "asked": {}}, ("circuits",), "a review asks a circuit"),
        ({"circuits": [DESK, DESK]}, ("circuits",), "the id `desk` is used more than once"),
        ({"asked": {}}, ("asked",), "`desk` does not match its circuits"),
        ({"emergency": True}, ("asked", "desk"), "2 stages are staffed where the circuit has 1"),
        ({"author": "cat"}, ("asked", "desk", 1), "`cat` is the author, who is never asked"),
    ],
    ids=str,
)
def test_an_opening_that_makes_no_sense_is_refused(
    told: dict[str, Any], path: tuple[str | int, ...], message: str
) -> None:
    with pytest.raises(InvalidError) as caught:
        opening(**told)
    (problem,) = caught.value.problems
    assert problem.path == path
    assert problem.message.startswith(message)


def test_every_event_has_a_move_of_its_own() -> None:
    kinds = [event.kind for event in EVENTS]
    assert len({*kinds}) == len(kinds)
    timed = {Move.COMPLETED, Move.TIMED_LAPSED, Move.TIMED_REFUSED}
    assert {*Move} - {*kinds} == timed
    assert {*EVENTS} == {*Event.__subclasses__()}


def test_an_event_names_people_and_an_instant() -> None:
    with pytest.raises(InvalidError) as caught:
        Approved("", " d", instead_of="", at=NINE.replace(tzinfo=None))
    assert [p.path for p in caught.value.problems] == [
        ("by",),
        ("instead_of",),
        ("digest",),
        ("at",),
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
    given: Any = [Withdrawn("ana", at=NINE), "approved", Event(at=NINE)]
    with pytest.raises(InvalidError) as caught:
        Review(opening(), given)
    assert [p.path for p in caught.value.problems] == [(1,), (2,)]
    assert all(p.hint and "`Approved`" in p.hint for p in caught.value.problems)


def test_the_digest_is_of_the_last_amendment() -> None:
    bare = Review(opening())
    assert bare.digest == "d"
    changed = [Amended("ana", digest, at=NINE) for digest in ("e", "f")]
    assert Review(opening(), [*changed, Withdrawn("ana", at=NINE)]).digest == "f"


def test_a_review_shows_its_log() -> None:
    log = [
        Delegated("bob", "dan", at=NINE),
        Approved("dan", "d" * 64, "bob", at=NINE),
        ChangesAsked("cat", "shorter, please", at=NINE),
        Regrouped({"desk": [Panel()]}, at=NINE),
        Refused("cat", at=NINE),
        Published("d", at=NINE),
    ]
    assert Review(opening(act="post"), log).text() == (
        "review of post by desk\n"
        "  opened         ana  2026-03-27 09:00+00:00\n"
        "  delegated      bob  2026-03-27 09:00+00:00 · to dan\n"
        "  approved       dan  2026-03-27 09:00+00:00 · instead of bob · dddddddddddd\n"
        "  changes asked  cat  2026-03-27 09:00+00:00 · shorter, please\n"
        "  team changed        2026-03-27 09:00+00:00\n"
        "  refused        cat  2026-03-27 09:00+00:00\n"
        "  published           2026-03-27 09:00+00:00 · d\n"
        "  (crew, version 1)"
    )
    urgent = opening(emergency=True, asked={"desk": [Panel()]})
    assert Review(urgent).text("fr").startswith("validation de d par desk, en urgence\n")


@given(reviews(), statuses(), timelines())
def test_reviews_show_themselves_in_both_languages(
    review: Review, status: ReviewStatus, timeline: Timeline
) -> None:
    for thing in (review, status, timeline):
        english, french = (thing.text(language) for language in LANGUAGES)
        assert english != french
        assert "<script" not in thing._repr_mimebundle_()["text/html"]


@given(events())
def test_an_event_is_hashable_and_equal_to_its_like(event: Event) -> None:
    again = attrs.evolve(event)
    assert again == event
    assert hash(again) == hash(event)
