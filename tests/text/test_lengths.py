"""Lengths as networks count them, against the vectors that they publish, and Unicode's clusters."""

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore.text.graphemes import grapheme_count
from cmcore.text.lengths import length_on_mastodon, length_on_threads, length_on_x
from cmcore.text.measures import length

ENGLAND = "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
FAMILY = "👨\u200d👩\u200d👧\u200d👦"
TEN = "xxxxxxxxxx-"
POEM = "故人西辞黄鹤楼，烟花三月下扬州。孤帆远影碧空尽，唯见长江天际流。"  # noqa: RUF001
KANA = "あいうえおかきくけこ"
SPACES = "".join(map(chr, range(0x2000, 0x200E)))
MARKS = "‐ ‑ ‒ – — ― ‖  ‗ ‘ ’ ‚ ‛ “ ” „ ‟ ′ ″ ‴ ‵ ‶ ‷"  # noqa: RUF001
#: From `conformance/validate.yml` of twitter-text, and docs.x.com/fundamentals/counting-characters.
ON_X = [
    ("This is a test.", 15),
    ("http://test.com", 23),
    ("https://test.com", 23),
    ("test.com", 23),
    ("Test https://test.com test https://test.com test.com test", 86),
    (f"285 chars- http://www.twitter.com/jack {TEN * 24}", 299),
    ("https://www.twitter.com/aloha " * 10, 240),
    (POEM * 5, 320),
    (f"the{POEM * 5}", 323),
    ("A\u0301B", 2),
    ("😷👾😡🔥💩", 10),
    (FAMILY * 140, 280),
    ("🙋🏽", 2),
    ("👨\u200d🎤", 2),
    ("1\u20e3", 2),
    (f"Unicode 10.0 emoji: 🤪; 🧕; 🧕🏾; {ENGLAND}", 34),
    ("Unicode 9.0 emoji: 🤠; 💃; 💃🏾", 29),
    (f"This is a tweet with general punctuation characters: {SPACES} {MARKS}", 112),
    ("randomurl" * 6 + "randomurls.com", 68),
    (f"{KANA * 12} http://{KANA * 5}あいう.com", 358),
    (f"{KANA * 12} http://{KANA * 5}あい.com", 264),
    ("ABC\u202a\uffffABC\ufffe", 12),
    ("\u2066\u202ahttp://foobar.پاکستان/\u202c\u2069", 31),
    ("cafe\u0301", 4),
]
#: From `spec/validators/status_length_validator_spec.rb` of Mastodon, and what follows from it.
ON_MASTODON = [
    ("a" * 520, 520),
    ("a" * 476 + f" http://{'b' * 30}.com/example", 500),
    ("a" * 475 + f" @alice@{'b' * 30}.com", 482),
    ("concurrent.fr", 13),
    (FAMILY, 1),
    ("https://m.social/@ana@b.fr x", 25),
]
#: From `GraphemeBreakTest.txt` of the Unicode Character Database, and UAX 29, table 1a.
CLUSTERS = [
    ("", 0),
    ("\r\n", 1),
    ("\n\r", 2),
    ("a\u0308b", 2),
    ("\u0300", 1),
    ("\u1100\u1160\u11a8", 1),
    ("\uac00\u11a8\u1100", 2),
    ("\uac01\u1160", 2),
    ("\U0001f1e6\U0001f1e7\U0001f1e8\U0001f1e9", 2),
    ("a\U0001f1e6\U0001f1e7\U0001f1e8b", 4),
    ("\U0001f476\U0001f3ff\u0308\u200d\U0001f476\U0001f3ff", 1),
    ("a\u200d\U0001f6d1", 2),
    ("\u0915\u094d\u0924", 1),
    ("\u0600a\u0903", 1),
    ("\u0600\n", 2),
    ("\u200b\u0308", 2),
    ("ก\u0e33", 1),
    (FAMILY, 1),
]
texts = st.text(st.sampled_from("ab \r\n🎉🏽\u200d\u0301é") | st.characters(), max_size=9)


@pytest.mark.parametrize(("text", "expected"), ON_X)
def test_x_counts_so(text: str, expected: int) -> None:
    assert length_on_x(text) == expected


@pytest.mark.parametrize(("text", "expected"), ON_MASTODON)
def test_mastodon_counts_so(text: str, expected: int) -> None:
    assert length_on_mastodon(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("été", 3), ("🎉", 4), ("a👍🏽b", 10), ("https://ex.fr/a", 15)]
)
def test_threads_counts_so(text: str, expected: int) -> None:
    assert length_on_threads(text) == expected


@pytest.mark.parametrize(("text", "expected"), CLUSTERS)
def test_clusters_are_counted(text: str, expected: int) -> None:
    assert grapheme_count(text) == expected


@given(texts)
def test_lengths_stay_in_their_range(text: str) -> None:
    assert grapheme_count(text) <= len(text) <= length_on_threads(text) <= 4 * len(text)
    assert length(text) == length(normalize("NFD", text))
    assert length_on_x(text) == length_on_x(normalize("NFD", text))


@given(st.text(st.sampled_from("abz é!?"), max_size=20), st.sampled_from(["x.fr/" + "a" * 40]))
def test_a_link_is_as_long_as_any_other(text: str, rest: str) -> None:
    for count in (length_on_x, length_on_mastodon):
        assert (
            count(f"{text} https://{rest}")
            == count(f"{text} https://a.fr")
            == count(f"{text} ") + 23
        )


def test_counting_takes_a_linear_time() -> None:
    text = "\u0300" * 100_000 + "a\u200d" * 100_000 + "क" + "\u094d" * 50_000 + "ᄀ" * 50_000
    assert grapheme_count(text) > 100_000
