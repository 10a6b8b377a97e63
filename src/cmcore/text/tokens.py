"""Tokens: the words of a post, folded so that spelling tricks do not hide them."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import accumulate, pairwise
from unicodedata import combining, normalize

from cmcore.base.characters import (
    EMOJI,
    FLAGS,
    MARKS,
    SINGLE,
    calm,
    fold,
    is_plain,
    unfold,
    visible,
    western,
)
from cmcore.base.regex import regex
from cmcore.text.links import link_spans

# possessive quantifiers: nothing is ever tried twice, so the time is linear whatever the text
_REST = rf"(?:[{MARKS}]++[^\W_{SINGLE}]*+)*+"
_WORD = rf"(?:[^\W_{SINGLE}]|[{MARKS}])[^\W_{SINGLE}]*+{_REST}"
_LETTERS = rf"[\w{MARKS}{SINGLE}]++"
# the middle dots that networks let stand inside a hashtag
_TAG = rf"{_LETTERS}(?:[\u00b7\u30fb\u0f0b\u0f0c]{_LETTERS})*+"
_NAME = rf"{_LETTERS}(?:[.-]{_LETTERS})*+"
_KEYCAP = "\ue0e3"  # of private use: what encloses a digit, once told from what strikes letters out
_ODD_SIGNS = (
    rf"\u00a2-\u00a7\u00a9\u00ac\u00ae\u00b0\u00b1\u00b6\u00d7\u00f7{_KEYCAP}\u058f\u060b"
    r"\u09f2\u09f3\u09fb\u0af1\u0bf9\u0e3f\u17db\u2030\u2031\u20a0-\u20cf\u2190-\u23ff\u2500-\u25ff"
    r"\u27c0-\u27ef\u2900-\u2aff\ua838"
)
_MINUS = r"-(?= ?[0-9])"
_SIGNS = rf"[%&+<=>|~^$#@{_ODD_SIGNS}]"
TOKEN = regex(
    rf"{_WORD}|(?<![^\W_{SINGLE}])(?<![{MARKS}])(?:#{_TAG}|@{_NAME}(?:@{_NAME})?+|{_MINUS})"
    rf"|[{SINGLE}][\u3099\u309a]*+|[{EMOJI}]|[{FLAGS}]{{1,2}}|{_SIGNS}"
)
# the same tokens where the folded text is ASCII, as most are once folded, at half the cost
_PLAIN_NAME = r"\w++(?:[.-]\w++)*+"
_PLAIN = regex(
    rf"[a-z0-9]++|(?<![a-z0-9])(?:#\w++|@{_PLAIN_NAME}(?:@{_PLAIN_NAME})?+|{_MINUS})"
    r"|[%&+<=>|~^$#@]",
    re.ASCII,
)
_SIGN_BYTES = b"%&+<=>|~^$-"
#: What stands between words of a text in ASCII is a space, save hashtags, mentions and signs.
APART = bytes(
    byte if byte in b"abcdefghijklmnopqrstuvwxyz0123456789" else 32 for byte in range(256)
)
_SIGN = regex(rf"(?![{EMOJI}])(?:{_SIGNS}|-)")
_HASHTAG = regex(_TAG)
_MENTION = regex(rf"{_NAME}(?:@{_NAME})?+")
NAMED = regex(rf"(?:{_NAME}|{_TAG})\*?")
ONE = regex(f"[{SINGLE}].*")
_STUCK = regex("[^ ][#@\uff03\uff20\ufe5f\ufe6b]")
_MARK = regex("[#@\uff03\uff20\ufe5f\ufe6b]")
_ENCLOSED = regex("([0-9#])(\ufe0f?)\u20e3")
_DASH = regex("[\u2012-\u2015\u2212\ufe31\ufe32\ufe58]")
# what stands between words of one run: spaces of a line, or a sign that joins without a space
_JOINT = regex(r"[ \t\u1680]*+|['’_\u00b7\u05be\u30fb-]")
#: Stands between two words that are not in one run of text; no token is so.
BREAK = "\n"
_SHORTEST_PART = 2
_STAR = regex(rf"\*(?![\w*#@{MARKS}{EMOJI}])")
_STAR_BEFORE = regex(rf"(?:[^\w*#@{MARKS}{EMOJI}]|\A)\*\Z")


def tokens(text: str) -> tuple[str, ...]:
    """Cut a text into folded words, hashtags, mentions, signs, emoji and letters that stand alone.

    Apostrophes, underscores and punctuation separate words; hashtags and mentions keep theirs and
    their mark, save within addresses, where there are none; ideographs, kana, Thai, Lao, Khmer and
    Myanmar characters stand alone. Signs are those of money and mathematics and their like (`%`).
    """
    plain = plainly(text)
    if plain is None or b"#" in plain or b"@" in plain:
        folded = fold(told(text))
        return tuple((_PLAIN if folded.isascii() else TOKEN).findall(folded))
    if len(plain.translate(None, _SIGN_BYTES)) < len(plain):
        return tuple(_PLAIN.findall(plain.decode()))
    return tuple(plain.translate(APART).decode().split())


def plainly(text: str) -> bytes | None:
    """Return a text folded to ASCII, a byte for each character; None where that takes more.

    Words and signs are as `fold` has them; what only separates them, as `«` does, is a quote.
    """
    written = text.encode() if text.isascii() else western(text)
    if written is None:
        return None
    plain, odd = _bytes()
    folded = written.translate(plain, odd)
    return folded if len(folded) == len(written) else None


@cache
def _bytes() -> tuple[bytes, bytes]:
    """Return what each byte of Windows-1252 folds to, and those of which there is no such byte."""
    plain, odd = bytearray(range(256)), bytearray()
    for byte in range(256):
        letter = bytes((byte,)).decode("cp1252", "ignore")
        folded = fold(letter)
        if len(folded) == 1 and folded.isascii():
            plain[byte] = ord(folded)
        elif folded and letter != "\u00b7" and not TOKEN.search(folded):
            plain[byte] = ord('"')
        else:
            odd.append(byte)
    return bytes(plain), bytes(odd)


def phrased(text: str) -> tuple[str, ...]:
    """Return `tokens(text)` with a line break between those that are not in one run of text.

    In one run are words with nothing but spaces between them, or hyphens, apostrophes, underscores
    and middle dots without a space. Punctuation, brackets, quotes, dashes and new lines break it.
    """
    return tuple(phrases(text, starred=False))


def phrases(text: str, *, starred: bool) -> Iterator[str]:
    """Yield words and breaks; `starred`, with the `*` at an end of a word, if it is in place."""
    written = told(text)
    folded = fold(written)
    # folding makes hyphens of dashes, which break a run: here each is a comma, in the same place
    between = fold(_DASH.sub(",", written)) if _DASH.search(written) else folded
    at = len(folded)
    for word in TOKEN.finditer(folded):
        before, after = _stars(folded, word) if starred else ("", "")
        gap = between[at : word.start() - len(before)]
        if gap != " " and not _JOINT.fullmatch(gap):
            yield BREAK
        yield before + word[0] + after
        at = word.end() + len(after)


def _stars(folded: str, word: re.Match[str]) -> tuple[str, str]:
    """Return the star before a word of an entry and the one after it: one of them at most."""
    if sum(letter.isalnum() for letter in word[0]) < _SHORTEST_PART:
        return "", ""
    is_marked = word[0][0] in "#@"
    if not is_marked and _STAR_BEFORE.search(folded, max(word.start() - 2, 0), word.start()):
        return "*", ""
    return "", "*" if _STAR.match(folded, word.end()) else ""


@lru_cache(maxsize=1024)
def is_sign(token: str) -> bool:
    """Return whether a token is a sign such as `%`, which is no word."""
    return _SIGN.fullmatch(token) is not None


def told(text: str) -> str:
    """Return a text of the same length with marks and keycaps distinct from their look-alikes."""
    text = calm(text)
    if "\u20e3" in text:
        text = _ENCLOSED.sub(rf"\1\2{_KEYCAP}", text)
    if not (_MARK.search(text) and _STUCK.search(text)):
        return text
    pieces: list[str] = []
    at = 0
    for start, stop in link_spans(text):
        pieces += [text[at:start], _MARK.sub("/", text[start:stop])]
        at = stop
    return "".join([*pieces, text[at:]])


def spans(text: str) -> tuple[tuple[int, int], ...]:
    """Return where each of `tokens(text)` stands in the text as written, start and stop.

    A character that folds to several tokens belongs to each of them.
    """
    written = told(text)
    if is_plain(written):
        return tuple(found.span() for found in TOKEN.finditer(written.lower()))
    pieces = [unfold(letter) for letter in written]
    owners = _owners(pieces)
    folded = normalize("NFC", "".join(pieces))
    places: list[tuple[int, int]] = []
    for found in TOKEN.finditer(folded):
        start, stop = owners[found.start()][0], max(owners[at][1] for at in range(*found.span()))
        while stop < len(text) and not pieces[stop]:
            stop += 1
        places.append((start, stop))
    return tuple(places)


def is_hashtag(word: str) -> bool:
    """Return whether a folded word may be a hashtag, its mark aside."""
    return _HASHTAG.fullmatch(word) is not None


def is_mention(word: str) -> bool:
    """Return whether a folded word may be a mention, its mark aside."""
    return _MENTION.fullmatch(word) is not None


def hashtags_in(text: str) -> frozenset[str]:
    """Return the hashtags as written, without `#` and without those inside addresses."""
    return _marked(text, "#")


def mentions_in(text: str) -> frozenset[str]:
    """Return the mentions as written, without `@` and without those inside addresses."""
    return _marked(text, "@")


def _marked(text: str, mark: str) -> frozenset[str]:
    found = zip(tokens(text), spans(text), strict=True)
    return frozenset(
        visible(text[start:stop])[1:]
        for token, (start, stop) in found
        if token[0] == mark and len(token) > 1
    )


def _owners(pieces: list[str]) -> list[tuple[int, int]]:
    """Tell, for each character of the composed text, which pieces it comes from."""
    letters = [(letter, at) for at, piece in enumerate(pieces) for letter in piece]
    runs = accumulate(int(combining(letter) == 0) for letter, _ in letters)
    # the canonical order of marks, which composing goes by
    ordered = sorted(
        zip(runs, letters, strict=True), key=lambda item: (item[0], combining(item[1][0]))
    )
    edges = [0]
    for letter in normalize("NFC", "".join(letter for _, (letter, _) in ordered)):
        edges.append(edges[-1] + len(normalize("NFD", letter)))
    sources = [[at for _, (_, at) in ordered[first:last]] for first, last in pairwise(edges)]
    return [(min(source), max(source) + 1) for source in sources]
