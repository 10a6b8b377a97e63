from collections.abc import Collection
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import attrs
import pytest

from cmcore.base.errors import InvalidError, Problem
from cmcore.charters.act import Act, Message, aware_problems
from cmcore.charters.kinds import KINDS

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
    assert at == Problem.of("naive-datetime", "at", at=NAIVE)
    assert at.message == "`2026-01-31T09:00:00` does not say its time zone"
    assert kind.message == "there is no kind of act `publsh`"
    assert kind.hint == "did you mean `publish`?"


def test_a_kind_that_is_like_no_other_is_told_all_of_them() -> None:
    with pytest.raises(InvalidError) as caught:
        Act(kind="zzz")
    listed = ", ".join(f"`{kind}`" for kind in sorted(KINDS))
    assert caught.value.problems[0].hint == f"one of {listed}"
    with pytest.raises(InvalidError):
        Act(kind=3)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", SETS)
def test_the_sets_of_an_act_are_frozen(name: str) -> None:
    make: Any = Act
    assert getattr(make(**{name: ["a", "b", "a"]}), name) == frozenset({"a", "b"})
    assert getattr(make(**{name: ()}), name) == frozenset()
    assert getattr(make(), name) is None
    with pytest.raises(InvalidError, match="is one text, not a list of them"):
        make(**{name: "event"})


def test_absent_facts_are_a_set_of_names() -> None:
    assert Act(absent=["template"]) == Act(absent={"template"})
    with pytest.raises(InvalidError):
        Act(absent="template")
    with pytest.raises(InvalidError):
        Message(absent="author")


@pytest.mark.parametrize("name", ["at", "local.hour", "hosts", "in_reply_to.text", "a b", "not"])
def test_what_no_act_can_be_without_is_refused(name: str) -> None:
    with pytest.raises(InvalidError, match="not a fact that can be absent"):
        Act(absent={name})


@pytest.mark.parametrize("name", ["topic", "link", "hashtag", "texts", "templates"])
def test_a_label_called_like_one_of_several_may_be_absent(name: str) -> None:
    assert Act(absent={name}).absent == {name}


def test_what_no_message_can_be_without_is_refused_with_the_nearest() -> None:
    with pytest.raises(InvalidError, match="did you mean `template`"):
        Act(absent={"templat"})
    assert Act(absent={"tone", "target", "author"}).absent == {"tone", "target", "author"}
    assert Act(absent={"medical", "aside"}).absent == {"medical", "aside"}
    with pytest.raises(InvalidError, match="did you mean `topics`"):
        Message(absent={"topic"})
    with pytest.raises(InvalidError, match="bogus"):
        Message(absent={"bogus"})


@pytest.mark.parametrize("many", [{"a", "b"}, ["b", "a"], ("a", "b"), frozenset({"a", "b"})])
def test_a_label_of_several_words_is_a_set(many: Collection[str]) -> None:
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


@pytest.mark.parametrize(
    "seen",
    [
        {"kind": "publish"},
        {"network": "mastodon"},
        {"account": "acme"},
        {"text": "Hello!"},
        {"links": {"https://example.org"}},
        {"hashtags": {"a"}},
        {"mentions": {"b"}},
        {"media": {"image"}},
        {"described": True},
        {"paid": False},
        {"in_reply_to": Message()},
        {"in_reply_to": Message(author="x")},
        {"target": Message(author="x")},
        {"target": Message(text="x")},
        {"target": Message(at=datetime(2026, 1, 1, tzinfo=UTC))},
    ],
    ids=str,
)
def test_what_the_public_sees_changes_the_digest(seen: dict[str, Any]) -> None:
    act = Act(text="Hello")
    assert attrs.evolve(act, **seen).digest() != act.digest()
    assert attrs.evolve(act, **seen).digest() == attrs.evolve(act, **seen).digest()


def test_what_only_the_team_knows_does_not() -> None:
    act = Act(text="Hello", in_reply_to=Message(author="x"))
    known = Message(author="x", followers=3, tone="calm", topics={"a"}, replies=1)
    hidden = attrs.evolve(act, id="i", author="ana", labels={"a": 1}, in_reply_to=known)
    assert hidden.digest() == act.digest()
    assert len(act.digest()) == 64


def test_the_files_that_go_out_are_of_the_content_in_their_order() -> None:
    made = [Act().digest(media) for media in ((), [b""], [b"a", b"b"], [b"b", b"a"], [b"ab"])]
    assert len({*made}) == len(made)


def test_an_instant_is_the_same_on_any_clock() -> None:
    noon = datetime(2026, 1, 1, 12, tzinfo=UTC)
    there = noon.astimezone(timezone(timedelta(hours=2)))
    one, other = (Act(target=Message(at=at)) for at in (noon, there))
    assert one == other
    assert one.digest() == other.digest()


@pytest.mark.parametrize("media", [b"photo", "photo.jpg", 3])
def test_files_are_a_list_of_bytes(media: Any) -> None:  # noqa: ANN401 - of any kind
    with pytest.raises(InvalidError, match=r"^media: .* is not a list of files"):
        Act(text="a").digest(media)
    files: list[Any] = [b"photo", "photo.jpg" if media == b"photo" else media]
    with pytest.raises(InvalidError, match=r"^media\[1\]: .* is not a file"):
        Act(text="a").digest(files)
    assert Act(text="a").digest([b"photo"]) == Act(text="a").digest(iter(files[:1]))
