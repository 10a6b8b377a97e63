"""Lengths: a text as each network counts it; docs/reference/lengths.md says how long it may be."""

import re
from typing import Final
from unicodedata import normalize

from cmcore.base.characters import UNSEEN, calm
from cmcore.base.regex import regex
from cmcore.text.graphemes import grapheme_count
from cmcore.text.links import between, host_of, is_sold, link_spans
from cmcore.text.measures import EMOJI_SHOWN
from cmcore.text.tokens import spans, tokens

#: What a link counts, however long it is, where a network shortens it.
_LINK: Final = 23
_LONGEST_LINK: Final = 4096
_LONGEST_LABEL: Final = 63
_TRAILING: Final = regex(rf"[{UNSEEN}]+\Z")
# an emoji as X sees it: a copyright sign is one where it is to be drawn so
_EMOJI: Final = regex(rf"[\u00a9\u00ae\u2122]\ufe0f|{EMOJI_SHOWN}")
# the characters that X counts once; an emoji and any other count twice
_ONCE: Final = regex("[\u0000-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037]")
_WEB: Final = regex(r"https?://", re.IGNORECASE)
_SCHEME: Final = regex(r"[a-z][a-z0-9+.-]*+://", re.IGNORECASE)


def length_on_x(text: str) -> int:
    """Count as X does: a link is 23, an emoji 2, and so is a character of most scripts but Latin.

    As twitter-text has it, in version 3 of its configuration.
    """
    text = normalize("NFC", calm(text))
    links = [span for span in _linked(text) if _is_link_on_x(text[slice(*span)])]
    return _LINK * len(links) + sum(map(_weight, between(text, links)))


def length_on_mastodon(text: str) -> int:
    """Count as Mastodon does: graphemes, 23 for a link, and no server of who is mentioned."""
    links = [span for span in _linked(text) if _WEB.match(text, *span)]
    names = [(at, stop) for at, stop in _servers(text) if not any(a <= at < b for a, b in links)]
    unlinked = between(text, [*sorted([*links, *names])])
    return _LINK * len(links) + sum(map(grapheme_count, unlinked))


def _servers(text: str) -> list[tuple[int, int]]:
    """Return where the servers of mentions such as `@ana@example.social` stand."""
    found = zip(tokens(text), spans(text), strict=True)
    whole = [span for token, span in found if token.count("@") > 1]
    return [(text.index("@", start + 1), stop) for start, stop in whole]


def length_on_threads(text: str) -> int:
    """Count characters, those of an emoji being the bytes that it takes in UTF-8."""
    emoji = [found[0] for found in _EMOJI.finditer(text)]
    return len(text) + sum(len(one.encode("utf-8", "replace")) - len(one) for one in emoji)


def _linked(text: str) -> list[tuple[int, int]]:
    """Return where the links of a text stand, without what nobody sees at their end."""
    return [
        (start, stop - len(hidden[0]) if (hidden := _TRAILING.search(text[start:stop])) else stop)
        for start, stop in link_spans(text)
    ]


def _is_link_on_x(link: str) -> bool:
    """Return whether X shortens a link: its site can be bought, and no part is too long."""
    host = host_of(link) or ""
    labels = (label if label.isascii() else f"xn--{_wire(label)}" for label in host.split("."))
    is_web = _WEB.match(link) or not _SCHEME.match(link)
    short = len(link) <= _LONGEST_LINK and all(len(label) <= _LONGEST_LABEL for label in labels)
    return bool(is_web and short and is_sold(host))


def _wire(label: str) -> str:
    return label.encode("punycode").decode("ascii")


def _weight(piece: str) -> int:
    rest = _EMOJI.sub("", piece)
    emoji = sum(1 for _ in _EMOJI.finditer(piece))
    return 2 * (emoji + len(rest)) - len(_ONCE.findall(rest))
