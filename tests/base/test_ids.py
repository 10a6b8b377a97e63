import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore.base.ids import (
    LONGEST_ID,
    clip,
    did_you_mean,
    id_problems,
    name_problems,
    nearest,
)


@pytest.mark.parametrize(
    "text", ["a", "daily-life", "règle n° 3 : l'été", "été", "投稿", "a" * LONGEST_ID, "🎉"]
)
def test_an_id_is_any_printable_text(text: str) -> None:
    assert list(id_problems(text)) == []


@pytest.mark.parametrize(
    "text", ["", " ", " a", "a ", "a\n", "a\tb", "a\u200bb", "a\x00", "a" * (LONGEST_ID + 1)]
)
def test_other_texts_cannot_be_an_id(text: str) -> None:
    (problem,) = id_problems(text, "rules", 3)
    assert problem.path == ("rules", 3)
    assert problem.message == f"`{clip(text)}` cannot be an id"
    assert problem.hint == "1 to 200 printable characters, no spaces at either end"


def test_what_is_not_text_is_no_id() -> None:
    (problem,) = id_problems(3, "id")
    assert (problem.message, problem.path, problem.hint) == (
        "`3` cannot be an id",
        ("id",),
        "1 to 200 printable characters, no spaces at either end",
    )


@pytest.mark.parametrize("text", ["a", "price_claim", "été2", "a-b", "投稿", "a" * 100])
def test_a_name_starts_with_a_letter(text: str) -> None:
    assert list(name_problems(text)) == []


@pytest.mark.parametrize("text", ["", "3a", "_a", "-a", "a b", "a.b", "a\n", "a" * 101, "é!"])
def test_other_texts_cannot_be_a_name(text: str) -> None:
    (problem,) = name_problems(text, "labels", text)
    assert problem.path == ("labels", text)
    assert problem.message == f"`{clip(text)}` cannot be a name"


@given(st.text(), st.integers(1, 100))
def test_a_clipped_text_is_one_short_line(text: str, limit: int) -> None:
    shown = clip(text, limit)
    assert len(shown) <= limit
    assert shown == " ".join(shown.split()) or shown.endswith("…")
    assert len(shown.splitlines()) <= 1


@given(st.text(alphabet="ab ", max_size=80))
def test_a_short_text_is_shown_whole(text: str) -> None:
    assert clip(text) == " ".join(text.split())


def test_a_long_text_is_cut_with_a_mark() -> None:
    assert clip("a" * 81) == "a" * 79 + "…"
    assert clip(12345, 3) == "12…"


@pytest.mark.parametrize(
    ("wrong", "known", "near"),
    [
        ("topic", ["topics", "price"], ("topics",)),
        ("APPLE", ["apple", "apples"], ("apple",)),
        ("if", ["when", "to"], ("when",)),
        ("one of", ["any of", "all of", "none of"], ("any of",)),
        ("Direct message", ["message", "publish"], ("message",)),
        ("in_reply_to.x", ["in_reply_to.age", "in_reply_to.at"],
         ("in_reply_to.at", "in_reply_to.age")),
    ],
)  # fmt: skip
def test_what_is_offered_is_what_was_meant_and_nothing_far_from_it(
    wrong: str, known: list[str], near: tuple[str, ...]
) -> None:
    assert nearest(wrong, known) == near


def test_near_names_are_offered_in_one_order() -> None:
    assert did_you_mean("tpoics", {"topics", "text"}) == "did you mean `topics`?"
    assert did_you_mean("textt", {"texts", "text"}) == "did you mean `text` or `texts`?"
    assert did_you_mean("zzz", ["text"]) is None
    assert did_you_mean("x" * 10_000, ["text"]) is None
    assert did_you_mean("a", []) is None
