"""Numbers, extraction and patterns: tables of hard texts, and laws that tie them to the tokens."""

# ruff: noqa: RUF001 (look-alike letters are what these texts are made of)

import sys
from unicodedata import lookup

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore.base.errors import InvalidError, MissingExtraError
from cmcore.text.measures import (
    capital_words,
    capitals,
    compile_pattern,
    emoji_count,
    emoji_run,
    exclamation_run,
    exclamations,
    fancy,
    hashtag_word,
    length,
    middle_dots,
    pattern_found,
    word_count,
)
from cmcore.text.tokens import tokens

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
    (exclamation_run, "a! b!! c !  ! \uff01 d ‼! ?!", 3),
    (exclamation_run, "!\u202f!\u200b❗", 3),
    (exclamation_run, "¡a?", 0),
    (emoji_run, "rien", 0),
    (emoji_run, "🎉🔥🎉", 1),
    (emoji_run, "🎉 🎉\n🎉 fin 🎉", 3),
    (emoji_run, "👍🏽👍 ❤️❤ 👨\u200d👩\u200d👧👨\u200d👩\u200d👧👨", 2),
    (emoji_run, "🇫🇷🇩🇪🇫🇷🇫🇷", 2),
    (emoji_run, "🎉a🎉\u200b🎉", 2),
    (capital_words, "La SNCF et l'ONU : E\u0301TE\u0301, 𝗥𝗗𝗩, CO2", 5),
    (capital_words, "A B, L'a, 12, XIXe, Www", 0),
    (capital_words, "#SNCF @ONU https://SNCF.FR/ABC WWW.EX.FR 我们", 2),
    (middle_dots, "étudiant·e·s, col·lega, cher•es, ami‧es", 5),
    (middle_dots, "• point · autre ・ 1 ·", 0),
    (middle_dots, "https://ex.fr/a·b", 0),
    (hashtag_word, "#communitymanager", 16),
    (hashtag_word, "#CommunityManager", 9),
    (hashtag_word, "#COMMUNITYMANAGER", 16),
    (hashtag_word, "#SNCFConnect #ab_cde #a1b", 7),
    (hashtag_word, "#e\u0301te\u0301Ici #été", 3),
    (hashtag_word, "#สวัสดี #我们 #2024 mot", 0),
    (hashtag_word, "https://ex.fr/#longfragment", 0),
    (fancy, "Plain", False),
    (fancy, "été Œuvre 5 ª 1ᵉʳ № ™ Ⅳ ﬁ ½", False),
    (fancy, "Station Ⓜ", False),
    (fancy, "我们 ２", False),
    (fancy, "un 𝗿appel", True),
    (fancy, "𝓻", True),
    (fancy, "\uff32", True),
    (fancy, "ⓡ", True),
    (fancy, "🄰", True),
    (fancy, "ℹ️ Travaux, 1 ℓ, 5ℓ, dans ℝ, parking 🅿️, groupe 🅰", False),
    (fancy, "Mᵐᵉ, 2ᵈᵉ, XIXᵉ, 10¹²³, [ʀ] et [bɪt]", False),
    (fancy, "ℝappel", True),
    (fancy, "🅣🅔🅧🅣🅔", True),
    (fancy, "🆃🅴🆇🆃🅴", True),
    (fancy, "🅰️🅱️", True),
    (fancy, "ᵗᵉˣᵗᵉ", True),
    (fancy, "ₜₑₓₜₑ", True),
    (fancy, "ʀᴀᴘᴘᴇʟ", True),
    (fancy, "ᴛᴇxᴛᴇ", True),
    (fancy, "⒜ d'abord", False),
]


#: The names that Unicode gives to the letters of each alphabet that is a dress of the plain one.
DRESSES = [
    "MATHEMATICAL BOLD SMALL {}",
    "MATHEMATICAL SANS-SERIF BOLD ITALIC CAPITAL {}",
    "MATHEMATICAL MONOSPACE SMALL {}",
    "FULLWIDTH LATIN SMALL LETTER {}",
    "CIRCLED LATIN SMALL LETTER {}",
    "PARENTHESIZED LATIN SMALL LETTER {}",
    "PARENTHESIZED LATIN CAPITAL LETTER {}",
    "SQUARED LATIN CAPITAL LETTER {}",
    "NEGATIVE CIRCLED LATIN CAPITAL LETTER {}",
    "NEGATIVE SQUARED LATIN CAPITAL LETTER {}",
    "LATIN LETTER SMALL CAPITAL {}",
    "MODIFIER LETTER SMALL {}",
]


@pytest.mark.parametrize("dress", DRESSES)
@given(st.text("ABDEGKOPTU", min_size=3, max_size=6))
def test_a_word_in_any_dress_is_fancy(dress: str, word: str) -> None:
    letters = "".join(lookup(dress.format(letter)) for letter in word)
    assert fancy(f"une {letters} ici")
    assert not fancy(f"une {word} {word.lower()} ici")


@pytest.mark.parametrize(("measure", "text", "expected"), NUMBERS)
def test_a_text_is_measured(measure: object, text: str, expected: object) -> None:
    assert callable(measure)
    assert measure(text) == expected


@given(st.text())
def test_measures_stay_in_their_range(text: str) -> None:
    assert 0 <= capitals(text) <= 1
    assert 0 <= word_count(text) <= len(tokens(text))
    assert length(text) <= 3 * len(text)
    assert 0 <= emoji_run(text) <= emoji_count(text) <= len(text)
    assert 0 <= exclamation_run(text) <= exclamations(text)
    assert (exclamation_run(text) == 0) is (exclamations(text) == 0)
    assert 0 <= capital_words(text) <= len(text)


@given(st.lists(st.sampled_from(["rappel", "ETE", "produit", "Ami"]), min_size=1, max_size=4))
def test_capitals_tell_the_words_of_a_hashtag(words: list[str]) -> None:
    camel = "".join(map(str.capitalize, words))
    assert hashtag_word(f"a #{camel} b") == max(map(len, words))
    assert hashtag_word(f"#{camel.lower()}") == len(camel) == hashtag_word(f"#{camel.upper()}")
    assert capital_words(" ".join(words)) == words.count("ETE")
    assert middle_dots("·".join(words)) == len(words) - 1


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


def test_a_pattern_ends_on_any_text_and_in_bounded_memory(
    capfd: pytest.CaptureFixture[str],
) -> None:
    # one that went back would try more ways than there is time for
    assert pattern_found("(a+)+$", "a" * 100_000 + "b") is None
    assert pattern_found("(a|b)*a(a|b){200}c", "ab" * 10_000) is None
    assert capfd.readouterr() == ("", "")


def test_a_pattern_is_compiled_once() -> None:
    assert compile_pattern("once") is compile_pattern("once")


def test_a_missing_engine_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "re2", None)
    with pytest.raises(MissingExtraError, match=r"cmcore\[re2\]"):
        compile_pattern("never compiled before")
