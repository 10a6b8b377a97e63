"""Texts that say the same: with the same words in the same order, however they are spelt."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

from hypothesis import given
from hypothesis import strategies as st

from cmcore import Act
from cmcore.charters import Earlier
from cmcore.charters.meaning.recall import recent

NOON: Final = datetime(2026, 6, 1, 12, tzinfo=UTC)
DAY: Final = timedelta(days=1)
words: Final = st.lists(st.sampled_from(["rappel", "été", "#lot", "ex.fr/a", "🔥"]), min_size=1)
SPELLINGS: Final[list[Callable[[str], str]]] = [
    str,
    str.upper,
    str.title,
    lambda text: f"« {text} » !",
]
spellings: Final = st.sampled_from(SPELLINGS)


def _count(text: str | None, earlier: str | None) -> tuple[int, int | None]:
    """Return how many of one earlier act have the same text for certain, and how many may."""
    before = Earlier([Act(kind="publish", text=earlier, at=NOON - timedelta(hours=1))])
    log = recent(Act(kind="publish", text=text, at=NOON), before, NOON, "publish", ("same_text",))
    return log.count(DAY)


@given(words, spellings, spellings)
def test_the_same_words_are_the_same_text(
    told: list[str], one: Callable[[str], str], other: Callable[[str], str]
) -> None:
    assert _count(one(" ".join(told)), other(" ".join(told))) == (1, 1)


@given(words, words)
def test_other_words_are_another_text(one: list[str], other: list[str]) -> None:
    assert _count(" ".join(one), " ".join(other)) == ((1, 1) if one == other else (0, 0))


@given(words)
def test_a_text_that_is_not_known_may_be_the_same(told: list[str]) -> None:
    for unknown in (None, "caf\ufffd"):
        assert _count(" ".join(told), unknown) == (0, 1)
        assert _count(unknown, " ".join(told)) == (0, 1)


def test_a_text_without_words_is_what_is_written() -> None:
    assert _count("…", "…") == (1, 1)
    assert _count("…", "—") == (0, 0)


def test_what_says_nothing_has_the_text_of_nothing() -> None:
    before = Earlier([Act(kind="hide", at=NOON - timedelta(hours=1))])
    act = Act(kind="hide", at=NOON)
    assert recent(act, before, NOON, "hide", ("same_text",)).count(DAY) == (0, 0)
