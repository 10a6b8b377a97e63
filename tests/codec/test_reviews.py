from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given

from cmcore.codec import dump, parse, structure, unstructure
from cmcore.codec.reviews import read_event, read_review, write_event, write_review
from cmcore.foundation.errors import InvalidError
from cmcore.nouns.reviews import Approved, Event, Refused, Review
from cmcore.strategies import events, reviews

NINE = datetime(2026, 3, 27, 9, tzinfo=UTC)
BASE: dict[str, Any] = {
    "digest": "d",
    "author": "ana",
    "charter": "crew",
    "version": 1,
    "opened": "2026-03-27T09:00Z",
    "circuits": {"desk": [{"ask": {"role": "x"}, "within": "1 h"}]},
    "asked": {"desk": [{"people": ["bob", "cat"], "deputies": "dan"}]},
}
YES = {"event": "approved", "by": "bob", "digest": "d", "at": "2026-03-27T09:10Z"}


def told(data: object) -> list[tuple[tuple[str | int, ...], str]]:
    with pytest.raises(InvalidError) as caught:
        read_review(data)
    return [(problem.path, problem.message) for problem in caught.value.problems]


@pytest.mark.parametrize("form", ["json", "yaml", "toml"])
@given(review=reviews())
def test_a_review_reads_back_equal_at_any_point(review: Review, form: str) -> None:
    assert parse(dump(review, format=form), Review, format=form) == review
    assert write_review(read_review(write_review(review))) == write_review(review)


@given(events())
def test_an_event_reads_back_equal(event: Event) -> None:
    assert read_event(write_event(event)) == event
    for kind in (Event, type(event)):
        assert structure(unstructure(event), kind) == event
    other = Refused if isinstance(event, Approved) else Approved
    with pytest.raises(InvalidError, match=f"`{event.kind}` is another kind of event"):
        structure(unstructure(event), other)


def test_a_review_is_read() -> None:
    review = read_review({**BASE, "events": [YES], "emergency": "no", "act": "post"})
    assert review.events == (Approved("bob", "d", at=NINE.replace(minute=10)),)
    assert (review.opening.act, review.opening.emergency) == ("post", False)
    assert review.opening.asked["desk"][0].deputies == ("dan",)


def test_every_problem_of_an_opening_is_told_at_once() -> None:
    found = told({"digest": 3, "author": "ana", "circuits": {"desk": [{}]}, "asked": {"desk": 3},
                  "events": [{"event": "approvd"}, {}, YES | {"by": 3}], "log": []})  # fmt: skip
    assert found == [
        (("log",), "`log` means nothing here"),
        (("charter",), "`charter` is missing"),
        (("version",), "`version` is missing"),
        (("opened",), "`opened` is missing"),
        (("digest",), "`3` is not text"),
        (("circuits", "desk", 0, "ask"), "`ask` is missing"),
        (("asked", "desk"), "`3` is not a list"),
        (("events", 0, "event"), "`approvd` is not an event of a review"),
        (("events", 1), "`event` is missing"),
        (("events", 2, "by"), "`3` is not text"),
    ]


@pytest.mark.parametrize(
    ("change", "path", "message"),
    [
        ({"asked": {}}, ("asked",), "`desk` does not match its circuits"),
        (
            {"asked": {"desk": [{"peple": ["bob"]}]}},
            ("asked", "desk", 0, "peple"),
            "`peple` means nothing here",
        ),
        ({"author": "bob"}, ("asked", "desk", 0), "`bob` is the author, who is never asked"),
        ({"events": [YES | {"digest": "e"}]}, ("events", 0), "`e` is not the content under review"),
        ({"events": [YES, YES]}, ("events", 1), "the review is approved: it cannot be `approved`"),
        ({"events": [YES | {"to": "x"}]}, ("events", 0, "to"), "`to` means nothing here"),
        ({"events": [{"event": "approved"}]}, ("events", 0, "by"), "`by` is missing"),
    ],
    ids=str,
)
def test_a_review_that_could_not_be_is_refused_at_its_place(
    change: dict[str, Any], path: tuple[str | int, ...], message: str
) -> None:
    found = told({**BASE, **change})
    assert found[0][0] == path or path in [place for place, _ in found]
    assert any(text.startswith(message) for _, text in found)
