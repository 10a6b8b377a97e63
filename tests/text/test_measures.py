"""Numbers, extraction and patterns: tables of hard texts, and laws that tie them to the tokens."""

# ruff: noqa: RUF001 (look-alike letters are what these texts are made of)

import sys
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore.base.errors import InvalidError, MissingExtraError
from cmcore.text.measures import (
    capitals,
    compile_pattern,
    emoji_count,
    exclamations,
    fancy,
    length,
    pattern_found,
    word_count,
)
from cmcore.text.words import tokens

NUMBERS = [
    (length, "", 0),
    (length, "e\u0301te\u0301", 3),
    (length, "👍🏽", 2),
    (word_count, "", 0),
    (word_count, "L'été 😀 #fin @moi 42 !", 5),
    (word_count, "我们", 2),
    (capitals, "", 0.0),
    (capitals, "123 !", 0.0),
    (capitals, "été", 0.0),
    (capitals, "ÉTÉ", 1.0),
    (capitals, "ÉTé a 12", 0.5),
    (capitals, "我们 Ab", 0.5),
    (emoji_count, "rien # 1 * ©", 0),
    (emoji_count, "🇫🇷🇩🇪", 2),
    (emoji_count, "👨\u200d👩\u200d👧 👍🏽👍 1️⃣ ❤️\u200d🔥 🤦🏽\u200d♀️ ☎", 7),
    (emoji_count, "🏴\U000e0067\U000e0062\U000e007f", 1),
    (emoji_count, "😀😀", 2),
    (exclamations, "a!! \uff01 ‼ ❗", 6),
    (exclamations, "a?", 0),
    (fancy, "Plain", False),
    (fancy, "été Œuvre 5 ª 1ᵉʳ № ™ Ⅳ ﬁ ½", False),
    (fancy, "Station Ⓜ", False),
    (fancy, "我们 ２", False),
    (fancy, "un 𝗿appel", True),
    (fancy, "𝓻", True),
    (fancy, "\uff32", True),
    (fancy, "ⓡ", True),
    (fancy, "🄰", True),
]


@pytest.mark.parametrize(("measure", "text", "expected"), NUMBERS)
def test_a_text_is_measured(measure: object, text: str, expected: object) -> None:
    assert callable(measure)
    assert measure(text) == expected


@given(st.text())
def test_measures_stay_in_their_range(text: str) -> None:
    assert 0 <= capitals(text) <= 1
    assert 0 <= word_count(text) <= len(tokens(text))
    assert length(text) <= 3 * len(text)
    assert 0 <= emoji_count(text) <= len(text)


@pytest.mark.parametrize(
    ("pattern", "text", "piece"),
    [
        ("rappel", "Le Rappel", None),
        ("(?i)rappel", "Le Rappel", "Rappel"),
        (r"\d+ ?%", "moins 20 % et 30%", "20 %"),
        ("rappel", "𝗿𝗮𝗽\u200b𝗽𝗲𝗹", "rappel"),
        ("e\u0301te\u0301", "l'été", "été"),
        ("(?i)ÉTÉ", "l'été", "été"),
        (r"^\pL+$", "été", "été"),
        ("x*", "abc", ""),
        ("a.c", "a\ud800c", "a\ufffdc"),
        ("ab", "a\x00b", "ab"),
    ],
)
def test_a_pattern_gives_the_first_piece(pattern: str, text: str, piece: str | None) -> None:
    assert pattern_found(pattern, text) == piece


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("(", r": a `\(` is never closed, at `\(` \("),
        ("(?=a)", r"begins what RE2 does not have, at `\(\?=`"),
        (r"(a)\1", r"a backslash stands before what it has no meaning for, at `\\1`"),
        ("a\\", "nothing follows the backslash at its end"),
        ("é(", r"`é\(` cannot be used"),
        ("((a{100}){100}){100}", "cannot be used"),
        ("x" * 2001, "too long"),
        ("\ud800", "half a character"),
    ],
)
def test_a_bad_pattern_is_refused_in_silence(
    pattern: str, why: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(InvalidError, match=why) as caught:
        compile_pattern(pattern)
    (problem,) = caught.value.problems
    assert problem.hint
    assert "b'" not in problem.message
    assert capfd.readouterr() == ("", "")


def test_a_pattern_takes_a_linear_time_and_bounded_memory(
    capfd: pytest.CaptureFixture[str],
) -> None:
    start = process_time()
    assert pattern_found("(a+)+$", "a" * 100_000 + "b") is None
    assert pattern_found("(a|b)*a(a|b){200}c", "ab" * 10_000) is None
    assert process_time() - start < 10
    assert capfd.readouterr() == ("", "")


def test_a_pattern_is_compiled_once() -> None:
    assert compile_pattern("once") is compile_pattern("once")


def test_a_missing_engine_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "re2", None)
    with pytest.raises(MissingExtraError, match=r"cmcore\[re2\]"):
        compile_pattern("never compiled before")
