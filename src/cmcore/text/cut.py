"""Cutting: what is left of a text without the words that were found in it."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from cmcore.base.regex import regex
from cmcore.text.links import between, link_spans
from cmcore.text.tokens import spans
from cmcore.text.words import Match

_SPACES = " \t\u00a0\u202f"
#: The words that are elided before a vowel, and the mark of what is somebody's own.
ELIDED = frozenset([*"cdjlmnst", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "presqu", "quelqu"])
_LONGEST_LEANING = 1 + max(map(len, ELIDED)) + 1
_LEANING = regex(rf"(?<![\w'’])(?:{'|'.join(sorted(ELIDED))})['’]\Z", re.IGNORECASE)
_OWN = regex(r"['’]s(?!\w)", re.IGNORECASE)
# what follows a word without a space; not a dot before a letter, which would make an address
_CLOSING = regex(r"\n|[,.)\]…]++(?!\w)")
_AFTER_NONE = f"{_SPACES}\n"
_ENDING = ".!?…\n"
_LEFT_OVER = regex(rf"\A(?:[{_SPACES}]*[,;:.!?…)\]–—-]+(?=\s|\Z))+[{_SPACES}]*")


def cut(text: str, matches: Iterable[Match]) -> str:
    """Return the text as written without the words of the matches, spaces tidied.

    What is elided before a word goes with it ("l'incident"), and so does the mark of what is its
    own ("the recall's cause").

    What stood apart may then touch and match in its turn; the text only gets shorter, so cutting
    what is found until nothing is found comes to an end.
    """
    where = spans(text)
    holes = sorted(
        {_whole(text, where[match.start][0], where[match.stop - 1][1]) for match in matches}
    )
    if not holes:
        return text
    pieces: list[str] = []
    at = 0
    for start, stop in holes:
        pieces += [text[at:start]] if at < start or not pieces else []
        at = max(at, stop)
    return tidy([*pieces, text[at:]])


def linked(text: str, matches: Iterable[Match]) -> dict[Match, str]:
    """Return those of some matches that are in an address, or reach into one, with the address."""
    links = link_spans(text)
    if not links:
        return {}
    where = spans(text)
    starts = [start for start, _ in links]
    found: dict[Match, str] = {}
    for match in matches:
        at = bisect_left(starts, where[match.stop - 1][1]) - 1
        if at >= 0 and where[match.start][0] < links[at][1]:
            found[match] = text[slice(*links[at])]
    return found


def erase(text: str, piece: str) -> str:
    """Return the text without a piece, wherever it is an address or stands between spaces."""
    links = (span for span in link_spans(text) if text[slice(*span)] == piece)
    alone = re.finditer(rf"(?<!\S){re.escape(piece)}(?!\S)", text)
    holes = sorted({*links, *(found.span() for found in alone)})
    return tidy([_apart(one) for one in between(text, holes)]).strip()


def _apart(piece: str) -> str:
    """Return what stands before a hole, so that it does not touch what comes after."""
    return piece if not piece or piece[-1].isspace() else f"{piece} "


def _whole(text: str, start: int, stop: int) -> tuple[int, int]:
    """Return a stretch of a text with what leans on it before and after."""
    before = _LEANING.search(text, max(start - _LONGEST_LEANING, 0), start)
    after = _OWN.match(text, stop)
    return before.start() if before else start, after.end() if after else stop


def tidy(pieces: Sequence[str]) -> str:
    """Return what is left of a text around its holes, as one: the spaces of the holes go.

    Where what is gone began a text, a line or a sentence, the signs that followed it go with it.
    """
    text = pieces[0]
    for piece in pieces[1:]:
        left = piece.lstrip(_SPACES) if not text or text[-1] in _AFTER_NONE else piece
        if _is_beginning(text):
            left = _LEFT_OVER.sub(" " if text and not text[-1].isspace() else "", left, count=1)
        if _CLOSING.match(left):
            text = text.rstrip(_SPACES)
        text += left
    return text.strip(_SPACES)


def _is_beginning(text: str) -> bool:
    """Return whether what comes next begins a text, a line or a sentence."""
    said = text.rstrip(_SPACES)
    return not said or said[-1] in _ENDING
