from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given

from cmcore import Act, Charter, ValidationCircuit, decide
from cmcore.base.errors import InvalidError
from cmcore.codec.files import dump, parse, structure, unstructure
from cmcore.reviews.events import Approved, Refused, ReviewEvent
from cmcore.reviews.review import Review
from cmcore.strategies import events, reviews

NINE = datetime(2026, 3, 27, 9, tzinfo=UTC)
DESK: Any = {"desk": [{"ask": {"role": "x"}, "within": "1 h"}]}
CHARTER = Charter("crew", circuits=[structure(DESK, ValidationCircuit)], default="desk")
ACT = Act(id="post", author="ana", text="Hello")
BASE: dict[str, Any] = {
    "decision": unstructure(decide(CHARTER, ACT)),
    "opened": "2026-03-27T09:00Z",
    "circuits": DESK,
    "team": {
        "team": "crew",
        "roles": ["x"],
        "members": {"ana": {}, "bob": {"roles": ["x"]}, "cat": {"roles": ["x"]}},
    },
}
YES = {"event": "approved", "by": "bob", "digest": ACT.digest(), "at": "2026-03-27T09:10Z"}


def read_review(data: object) -> Review:
    return structure(data, Review)


def told(data: object) -> list[tuple[tuple[str | int, ...], str]]:
    with pytest.raises(InvalidError) as caught:
        read_review(data)
    return [(problem.path, problem.message) for problem in caught.value.problems]


@pytest.mark.parametrize("form", ["json", "yaml", "toml"])
@given(review=reviews())
def test_a_review_reads_back_equal_at_any_point(review: Review, form: str) -> None:
    assert parse(dump(review, format=form), Review, format=form) == review
    assert unstructure(read_review(unstructure(review))) == unstructure(review)


@given(events())
def test_an_event_reads_back_equal(event: ReviewEvent) -> None:
    for kind in (ReviewEvent, type(event)):
        assert structure(unstructure(event), kind) == event
    other = Refused if isinstance(event, Approved) else Approved
    with pytest.raises(InvalidError, match=f"`{event.kind}` is another kind of event"):
        structure(unstructure(event), other)


def test_a_review_is_read() -> None:
    review = read_review({**BASE, "events": [YES], "emergency": "no", "external": "no"})
    assert review.events == (Approved("bob", ACT.digest(), at=NINE.replace(minute=10)),)
    assert (review.act, review.opening.emergency) == (ACT, False)
    assert [one.id for one in review.opening.team.members] == ["ana", "bob", "cat"]


def test_every_problem_of_an_opening_is_told_at_once() -> None:
    found = told({"decision": 3, "circuits": {"desk": [{}]}, "files": [3],
                  "events": [{"event": "approvd"}, {}, YES | {"by": 3}], "log": []})  # fmt: skip
    assert found == [
        (("log",), "`log` is not a known key"),
        (("team",), "`team` is missing"),
        (("opened",), "`opened` is missing"),
        (("decision",), "`3` is not a mapping"),
        (("circuits", "desk", 0, "ask"), "`ask` is missing"),
        (("files", 0), "`3` is not text"),
        (("events", 0, "event"), "`approvd` is not an event of a review"),
        (("events", 1), "`event` is missing"),
        (("events", 2, "by"), "`3` is not text"),
    ]


@pytest.mark.parametrize(
    ("change", "path", "message"),
    [
        ({"circuits": {}}, ("circuits",), "a circuit of the decision is missing: `desk`"),
        ({"decision": {**BASE["decision"], "act": {}}}, ("author",), "it is not known who"),
        (
            {"decision": {**BASE["decision"], "act": {"author": "ANA"}}},
            ("author",),
            "`ANA` is not in the team, but looks like `ana`",
        ),
        (
            {"decision": {**BASE["decision"], "outcome": "covered", "circuits": []}},
            ("decision", "outcome"),
            "its rules come to `exception`, not to `covered`",
        ),
        (
            {"team": {"team": "crew", "members": {"bob": 3}}},
            ("team", "members", "bob"),
            "`3` is not",
        ),
        ({"events": [YES | {"digest": "e"}]}, ("events", 0), "`e` is not the content under review"),
        ({"events": [YES | {"by": "ana"}]}, ("events", 0), "`ana` is the author"),
        ({"events": [YES, YES]}, ("events", 1), "the review is approved: it cannot be `approved`"),
        ({"events": [YES | {"to": "x"}]}, ("events", 0, "to"), "`to` is not a known key"),
        ({"events": [YES | {"events": 1}]}, ("events", 0, "events"), "`events` is not a known key"),
        ({"events": [{"event": "approved"}]}, ("events", 0, "by"), "`by` is missing"),
        ({"events": [{"event": "regrouped"}]}, ("events", 0, "team"), "`team` is missing"),
        ({"events": [{"event": "amended"}]}, ("events", 0, "decision"), "`decision` is missing"),
        (
            {"events": [{"event": "published", "digest": "d", "at": "2026-03-27T09:10Z"}]},
            ("events", 0),
            "the review is open: it cannot be `published` now",
        ),
    ],
    ids=str,
)
def test_a_review_that_could_not_be_is_refused_at_its_place(
    change: dict[str, Any], path: tuple[str | int, ...], message: str
) -> None:
    found = told({**BASE, **change})
    assert path in [place for place, _ in found]
    assert any(text.startswith(message) for _, text in found)


@pytest.mark.parametrize("key", ["openedx", "opend"])
def test_a_slip_of_opened_is_told_by_its_name_in_the_file(key: str) -> None:
    with pytest.raises(InvalidError) as caught:
        structure({key: "2026-03-02T09:00+01:00"}, Review)
    told = [str(problem) for problem in caught.value.problems]
    assert f"{key}: `{key}` is not a known key (did you mean `opened`?)" in told


def test_the_moment_of_an_opening_has_one_name() -> None:
    with pytest.raises(InvalidError, match="at: `at` is not a known key"):
        structure({"at": "2026-03-02T09:00+01:00"}, Review)


def test_an_event_in_nobodys_place_may_say_so() -> None:
    plain = {"event": "objected", "at": "2026-03-02T09:00Z", "by": "ana", "instead_of": None}
    assert structure(plain, ReviewEvent) == structure(
        {key: one for key, one in plain.items() if one is not None}, ReviewEvent
    )
