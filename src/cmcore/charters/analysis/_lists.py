"""Lists of words: pieces of text in which one list finds something and others find nothing.

A piece begins with an entry of the one list. What another list is then sure to find has to be
hidden by one of its exceptions, whose words are added, and so on until nothing is left to hide.
That every way of hiding fails is a proof. A text may be made of pieces with something between.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, product
from typing import Final

from cmcore.base.characters import fold
from cmcore.base.values import internal
from cmcore.text.readings import EXACT
from cmcore.text.tokens import BREAK, is_sign
from cmcore.text.tree import Place
from cmcore.text.words import WordList

#: So many ways to hide what is around an entry are looked at; and so many texts are given.
_TRIED, _GIVEN = 100, 6
_MARKS: Final = (EXACT, "~", "#", "@")
#: What stands for a star, and between words that need not be in one run.
_ENDINGS: Final = ("", "s", "k")
_APART: Final = (" ", ", ")
_Span = tuple[int, int]
#: What the words of a row have to be, by their places: each does all that is wanted there.
_Words = dict[int, frozenset[str]]


@internal
class _Piece:
    """Words in a row: those from and up to `own` are the entry that is to be found.

    Before those at `joined` places, there is no break of the run of text, at `broken` ones there
    is; `hidden` are the lists that find nothing in some of them.
    """

    words: _Words
    own: _Span
    joined: frozenset[int] = frozenset()
    broken: frozenset[int] = frozenset()
    hidden: frozenset[tuple[int, _Span]] = frozenset()


@internal
class Pieces:
    """Texts in which a list may find something and others nothing; if `sure`, there are no more."""

    texts: tuple[str, ...]
    sure: bool


def pieces(words: WordList, others: Sequence[WordList]) -> Pieces:
    """Return texts in which a list finds something and none of some others does."""
    looking = _Looking(words, others)
    found = tuple(islice(looking.texts(), _GIVEN))
    return Pieces(found, looking.sure)


class _Looking:
    def __init__(self, words: WordList, others: Sequence[WordList]) -> None:
        self._own = words
        self._others = others
        self.sure = True

    def texts(self) -> Iterator[str]:
        """Yield texts that may do what is wanted."""
        for path in _paths(self._own.tree):
            words = {place: frozenset({word}) for place, word in enumerate(path)}
            left, tried = [_Piece(words, (0, len(path)))], 0
            while left and tried < _TRIED:
                tried += 1
                piece = left.pop()
                seen = self._seen(piece)
                if self._is_lost(piece):
                    continue
                if seen is None:
                    yield from _written(piece)
                else:
                    left += self._hiding(piece, *seen)
            self.sure = self.sure and not left

    def _is_lost(self, piece: _Piece) -> bool:
        """Return whether an exception of the list itself is sure to hide the entry."""
        start, stop = piece.own
        return any(
            begin <= start and stop <= end and piece.joined.issuperset(range(begin + 1, end))
            for begin, end in _found(self._own.hiding, piece.words)
        )

    def _seen(self, piece: _Piece) -> tuple[int, _Span] | None:
        """Return what another list is sure to find that is not hidden from it, if anything."""
        for number, other in enumerate(self._others):
            hidden = [span for of, span in piece.hidden if of == number]
            for start, stop in _found(other.tree, piece.words):
                if not any(begin <= start and stop <= end for begin, end in hidden):
                    return number, (start, stop)
        return None

    def _hiding(self, piece: _Piece, number: int, seen: _Span) -> Iterator[_Piece]:
        """Yield the piece with each exception of a list that may hide what the list finds."""
        for path in _paths(self._others[number].hiding):
            row = [word for word in path if word != BREAK]
            if any(map(is_sign, row)):
                # it may stand between words that are in a row here
                self.sure = self.sure and not _may_hide(row, piece.words, seen)
                continue
            for first in range(seen[1] - len(row), seen[0] + 1):
                words = dict(piece.words)
                for place, word in enumerate(row, first):
                    words[place] = words.get(place, frozenset()) | {word}
                span = (first, first + len(row))
                own = {first + place for place in _breaks(path)}
                broken = piece.broken | own
                joined = piece.joined | (frozenset(range(first + 1, span[1])) - own)
                may_be = all(_may_be(words[place]) for place in range(*span))
                if may_be and joined.isdisjoint(broken):
                    hidden = piece.hidden | {(number, span)}
                    yield _Piece(words, piece.own, joined, broken, hidden)


def _breaks(path: Sequence[str]) -> Iterator[int]:
    """Yield how many words come before each break in a path."""
    places = (place for place, word in enumerate(path) if word == BREAK)
    yield from (place - number for number, place in enumerate(places))


def _may_hide(row: Sequence[str], words: _Words, seen: _Span) -> bool:
    return all(any(_may_be(words[place] | {word}) for word in row) for place in range(*seen))


def _paths(tree: Place) -> Iterator[tuple[str, ...]]:
    """Yield the words of each entry of a tree, as the tree has them."""
    left: list[tuple[Place, tuple[str, ...]]] = [(tree, ())]
    while left:
        place, path = left.pop()
        if place.entries:
            yield path
        left += [(following, (*path, word)) for word, following in place.branches]


def _found(tree: Place, words: _Words) -> Iterator[_Span]:
    """Yield where an entry of a tree is found for sure."""
    for start in words:
        reached, stop = [tree], start
        while reached and stop in words:
            reached = [node for place in reached for node in _after(place, words[stop])]
            stop += 1
            if any(place.entries for place in reached):
                yield start, stop


def _after(place: Place, word: Iterable[str]) -> Iterator[Place]:
    """Yield where a word leads to for sure, by something that it has to be."""
    for one in word:
        yield from _surely(place, one)
        if EXACT in one:  # it is the same word without its accents, too
            yield from _surely(place, fold(one.replace(EXACT, "")))


def _surely(place: Place, one: str) -> Iterator[Place]:
    if one.endswith("*"):
        starts = (one[:size] for size in place.lengths if size < len(one))
        yield from (place.starts[start] for start in starts if start in place.starts)
    elif one.startswith("*"):
        ends = (one[-size:] for size in place.lengths if size < len(one))
        yield from (place.ends[end] for end in ends if end in place.ends)
    else:
        yield from place.after(one)


def _may_be(word: Iterable[str]) -> bool:
    """Return whether a word may be all of this at once, as far as is known."""
    plain = [one for one in word if not any(mark in one for mark in _MARKS)]
    whole = {one for one in plain if "*" not in one}
    starts = [one[:-1] for one in plain if one.endswith("*")]
    ends = [one[1:] for one in plain if one.startswith("*")]
    longest, last = max(starts, key=len, default=""), max(ends, key=len, default="")
    return (
        len(whole) <= 1
        and all(map((min(whole, default=longest)).startswith, starts))
        and all(map((min(whole, default=last)).endswith, ends))
    )


def _written(piece: _Piece) -> list[str]:
    """Return a piece as texts: each star stands for nothing, or for some letters."""
    texts = (_text(piece, ending, apart) for ending, apart in product(_ENDINGS, _APART))
    return list(dict.fromkeys(texts))


def _text(piece: _Piece, ending: str, apart: str) -> str:
    first, *places = sorted(piece.words)
    text = _word(piece.words[first], ending)
    for place in places:
        gap = " " if place in piece.joined else ", " if place in piece.broken else apart
        text += gap + _word(piece.words[place], ending)
    return text


def _word(word: Iterable[str], ending: str) -> str:
    """Return a word that is all of this, as far as is known: its accents are those asked for."""
    shown = [_shown(one) for one in sorted(word, key=lambda one: (EXACT not in one, one))]
    whole = [one for one in shown if "*" not in one]
    if whole:
        return max(whole, key=len)
    start = max((one[:-1] for one in shown if one.endswith("*")), key=len, default="")
    end = max((one[1:] for one in shown if one.startswith("*")), key=len, default="")
    return start if start.endswith(end) and not ending else f"{start}{ending}{end}"


def _shown(one: str) -> str:
    """Return a word of an entry without the marks of how it is read."""
    return one.strip("~").rpartition("~")[2].replace(EXACT, "")
