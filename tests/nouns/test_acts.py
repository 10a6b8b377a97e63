from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from cmcore.foundation.errors import InvalidError, Problem
from cmcore.nouns.acts import Act, Message, aware_problems
from cmcore.nouns.facts import KINDS

NAIVE = datetime(2026, 1, 31, 9)  # noqa: DTZ001 - what is refused
AWARE = NAIVE.replace(tzinfo=UTC)
SETS = ("topics", "links", "hashtags", "mentions", "media")


@pytest.mark.parametrize("kind", KINDS)
def test_an_act_is_of_any_kind(kind: str) -> None:
    assert Act(kind=kind).kind == kind


def test_nothing_needs_to_be_known_of_an_act() -> None:
    assert Act() == Act(labels={}, absent=())
    assert hash(Act()) == hash(Act())


def test_an_act_tells_everything_that_is_wrong_with_it() -> None:
    with pytest.raises(InvalidError) as caught:
        Act(id=" ", kind="publsh", at=NAIVE)
    assert [problem.path for problem in caught.value.problems] == [("at",), ("id",), ("kind",)]
    at, _, kind = caught.value.problems
    assert at == Problem(
        "`2026-01-31T09:00:00` does not say its time zone",
        ("at",),
        hint="give it an offset or a zone",
    )
    assert kind.message == "there is no kind of act `publsh`"
    assert kind.hint == "did you mean `publish`?"


def test_a_kind_that_is_like_no_other_is_told_all_of_them() -> None:
    with pytest.raises(InvalidError) as caught:
        Act(kind="zzz")
    assert caught.value.problems[0].hint == f"one of {', '.join(sorted(KINDS))}"
    with pytest.raises(InvalidError):
        Act(kind=3)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", SETS)
def test_the_sets_of_an_act_are_frozen(name: str) -> None:
    assert getattr(Act(**{name: ["a", "b", "a"]}), name) == frozenset({"a", "b"})
    assert getattr(Act(**{name: ()}), name) == frozenset()
    assert getattr(Act(), name) is None
    with pytest.raises(InvalidError, match="one word where a set is due"):
        Act(**{name: "event"})


def test_absent_facts_are_a_set_of_names() -> None:
    assert Act(absent=["template"]) == Act(absent={"template"})
    with pytest.raises(InvalidError):
        Act(absent="template")
    with pytest.raises(InvalidError):
        Message(absent="author")


@pytest.mark.parametrize("many", [{"a", "b"}, ["b", "a"], ("a", "b"), frozenset({"a", "b"})])
def test_a_label_of_several_words_is_a_set(many: Any) -> None:
    assert Act(labels={"tags": many}).labels["tags"] == frozenset({"a", "b"})


def test_labels_keep_what_they_are_given_in_one_order() -> None:
    given = {"b": timedelta(hours=1), "a": AWARE, "c": 0.5, "e": None}
    act = Act(labels=given)
    assert act.labels == given
    assert list(act.labels) == ["a", "b", "c", "e"]
    assert act == Act(labels=dict(reversed(given.items())))


def test_a_message_knows_when_it_was_written() -> None:
    assert Message(at=AWARE, topics=["a"]).topics == frozenset({"a"})
    assert Message() == Message(absent=[])
    with pytest.raises(InvalidError) as caught:
        Message(at=NAIVE)
    assert [problem.path for problem in caught.value.problems] == [("at",)]


def test_only_a_naive_instant_is_a_problem() -> None:
    assert list(aware_problems(None, "at")) == list(aware_problems(AWARE, "at")) == []
    (problem,) = aware_problems(NAIVE, "events", "launch")
    assert problem.path == ("events", "launch")
