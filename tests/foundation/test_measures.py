"""Numbers, extraction and patterns: tables of hard texts, and laws that tie them to the tokens."""

# ruff: noqa: RUF001 (look-alike letters are what these texts are made of)

import sys
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore.foundation.errors import InvalidError, MissingExtraError
from cmcore.foundation.measures import (
    capitals,
    compile_pattern,
    emoji_count,
    ends_with_link,
    exclamations,
    fancy,
    hashtags_in,
    hosts_of,
    length,
    links_in,
    mentions_in,
    pattern_found,
    word_count,
)
from cmcore.foundation.words import fold, tokens

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

LINKS = [
    ("", []),
    ("http:// https://... https://)", []),
    ("voir https://x.fr.", ["https://x.fr"]),
    ("(https://x.fr/a_(b)), ok", ["https://x.fr/a_(b)"]),
    ("[t](https://x.fr/a)!", ["https://x.fr/a"]),
    ("[{https://x.fr}]", ["https://x.fr"]),
    ("HTTPS://X.fr/a?b=c&d#e!", ["HTTPS://X.fr/a?b=c&d#e"]),
    ("« https://x.fr » “http://y.fr”", ["https://x.fr", "http://y.fr"]),
    ("看https://x.cn/a\uff0c更多", ["https://x.cn/a"]),
    ("https://a.fr https://a.fr", ["https://a.fr"]),
    ("ftp://x.fr @www.x.fr x.fr", []),
    ("www.x.fr, bit.ly/abc.", ["www.x.fr", "bit.ly/abc"]),
    ("and/or M./Mme a@b.fr/x 1.5/2 x.fr/", []),
]

HOSTS = [
    ("https://WWW.Ex.com:8080/x?y#z", "ex.com"),
    ("https://user:pass@ex.com", "ex.com"),
    ("https://evil.com\\@good.com", "evil.com"),
    ("https://a@b@c.fr/@d", "c.fr"),
    ("https://ex.com.?x", "ex.com"),
    ("https://été.fr", "été.fr"),
    ("https://xn--t-9fab.fr", "xn--t-9fab.fr"),
    ("http://[::1]:80/", "[::1]"),
    ("ex.com/a", "ex.com"),
    ("//ex.com", "ex.com"),
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


@pytest.mark.parametrize(("text", "links"), LINKS)
def test_links_are_read(text: str, links: list[str]) -> None:
    assert links_in(text) == frozenset(links)


@pytest.mark.parametrize(("link", "host"), HOSTS)
def test_a_host_is_read(link: str, host: str) -> None:
    assert hosts_of(frozenset({link})) == {host}


@pytest.mark.parametrize("link", ["", "https://", "http://[bad", "https://:80", "https:///x"])
def test_an_address_without_a_host_gives_none(link: str) -> None:
    assert hosts_of(frozenset({link})) == frozenset()


def test_hosts_are_gathered() -> None:
    links = links_in("https://a.fr/1 https://www.a.fr/2 https://b.fr")
    assert hosts_of(links) == {"a.fr", "b.fr"}


def test_hashtags_and_mentions_are_read_as_written() -> None:
    text = "#Été \uff03Rappel_Produit #e\u0301te\u0301! @Jean.Dupont. via a@b.c C# @user@x.social"
    assert hashtags_in(text) == {"Été", "Rappel_Produit", "été"}
    assert mentions_in(text) == {"Jean.Dupont", "user@x.social"}


def test_hashtags_and_mentions_inside_addresses_are_not_read() -> None:
    text = "https://x.fr/#part https://m.social/@moi (https://x.fr): #vrai #t\u200bag"
    assert hashtags_in(text) == {"vrai", "tag"}
    assert mentions_in(text) == frozenset()


@given(st.text("aé#@._-\u0301𝗮 🇫\u200b涨", max_size=15))
def test_hashtags_and_mentions_are_those_of_the_tokens(text: str) -> None:
    for mark, read in (("#", hashtags_in), ("@", mentions_in)):
        assert {fold(word) for word in read(text)} == {
            token[1:] for token in tokens(text) if token[0] == mark
        }


@pytest.mark.parametrize(
    ("text", "closes"),
    [
        ("", False),
        ("https://x.fr", True),
        ("lire https://x.fr/a.\n", True),
        ("(https://x.fr)", True),
        ("https://x.fr ici", False),
        ("https://x.fr»", False),
        ("fin https://...", False),
        ("http://", False),
    ],
)
def test_a_text_may_end_with_a_link(text: str, closes: object) -> None:
    assert ends_with_link(text) is closes


@given(st.text() | st.text("htps:/.@#[]()aé?\\ ", max_size=30).map("https://".__add__))
def test_extraction_never_fails(text: str) -> None:
    links = links_in(text)
    assert all(link in text for link in links)
    assert all(host == host.lower() for host in hosts_of(links | {text}))
    if ends_with_link(text):
        assert links


@pytest.mark.parametrize("text", ["https://a" + ")" * 100_000, "https://" * 50_000, "#" * 200_000])
def test_extraction_takes_a_linear_time(text: str) -> None:
    start = process_time()
    links_in(text)
    hashtags_in(text)
    assert process_time() - start < 5


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
        ("a\x00b", "a\x00b", "a\x00b"),
    ],
)
def test_a_pattern_gives_the_first_piece(pattern: str, text: str, piece: str | None) -> None:
    assert pattern_found(pattern, text) == piece


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("(", r"missing \)"),
        ("(?=a)", "invalid perl operator"),
        (r"(a)\1", "invalid escape sequence"),
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
