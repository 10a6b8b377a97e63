"""The words of facts, as people write them: each in several spellings of the same."""

from typing import Final
from unicodedata import normalize

from hypothesis import strategies as st

from cmcore.charters.conditions.facts import FactSpec
from cmcore.charters.conditions.forms import Form
from cmcore.strategies._drawing import pick, rare, some
from cmcore.strategies._words import SYMBOLS

#: What the words of each form are drawn from, few of them, so that acts and rules meet.
_POOLS: Final[dict[Form, tuple[str, ...]]] = {
    Form.HASHTAG: ("promo", "été", "product", "สวัสดี", "istanbul"),
    Form.MENTION: ("ana", "acme", "acme@mastodon.social"),
    Form.LINK: ("https://example.org/a", "https://example.com", "https://blog.example.org"),
    Form.HOST: ("example.org", "example.com", "bit.ly", "été.fr", "www.fr"),
    Form.DOMAIN: ("example.org", "org", "bit.ly", "été.fr", "blog.example.org"),
    Form.LANGUAGE: ("fr", "pt-br", "en"),
    Form.NETWORK: ("x", "bluesky", "mastodon"),
    **dict.fromkeys((Form.ACCOUNT, Form.ID), ("ana", "acme", "Zoé Diaz")),
    Form.MESSAGE: ("dQw4w9", "post-17", "at://did:plc:ana/post/3k"),
}
#: How else a word is written, by its form; words of any form change case and composition.
_SPELLINGS: Final[dict[Form, tuple[str, ...]]] = {
    Form.HASHTAG: ("#{}", "＃{}"),  # noqa: RUF001 - as people write it
    Form.MENTION: ("@{}", "＠{}"),  # noqa: RUF001 - the same
    **dict.fromkeys((Form.ACCOUNT, Form.ID), ("@{}", " {} ")),
    Form.HOST: ("www.{}", "https://{}/", "{}.", "HTTP://WWW.{}"),
    Form.DOMAIN: ("https://{}/", "{}.", "HTTP://{}"),
    Form.WORD: (" {}", "{}\u200b"),
    Form.LABEL: (" {}", "{}\u200b"),
}
_OTHER_NAMES: Final = {"x": ("Twitter", "X"), "istanbul": ("İSTANBUL",), "pt-br": ("pt_BR",)}


def words_of(spec: FactSpec) -> tuple[str, ...]:
    """Return the words that a fact may read, or a few of them where its values are open."""
    if spec.values is not None:
        return tuple(sorted(spec.values))
    return _POOLS.get(spec.domain.form, SYMBOLS)


def spelled(draw: st.DrawFn, spec: FactSpec, word: str) -> str:
    """Draw a spelling of a word of the fact, the usual one mostly."""
    form = spec.domain.form
    if form in {Form.EXACT, Form.MESSAGE} or not rare(draw):
        return word
    forms = _SPELLINGS.get(form, ())
    ways = (*_OTHER_NAMES.get(word, ()), *(way.format(word) for way in forms))
    cases = () if form is Form.LINK else (word.upper(), word.title(), normalize("NFD", word))
    ways = (*ways, *cases, word)
    return pick(draw, ways)


def a_word(draw: st.DrawFn, spec: FactSpec, words: tuple[str, ...]) -> str:
    """Draw one of `words` in some spelling."""
    return spelled(draw, spec, pick(draw, words))


def some_words(
    draw: st.DrawFn, spec: FactSpec, words: tuple[str, ...], low: int, high: int
) -> frozenset[str]:
    """Draw a set of `words`, each in some spelling."""
    found = sorted(some(draw, words, low, high))
    return frozenset(spelled(draw, spec, word) for word in found)
