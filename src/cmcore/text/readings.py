"""Readings: the other names of the words of a text, for lists that ask for more than folded words.

Names of a reading begin and end with a sign, so that none is a word, its start or its end.
"""

from collections.abc import Iterator
from typing import Final

from cmcore.base.characters import accented
from cmcore.text._stems import stems
from cmcore.text.tokens import BREAK, spans
from cmcore.text.tree import Names

#: The reading of words with their accents, and the sign that asks for it.
EXACT: Final = "="


def exact(word: str) -> str:
    """Return the name of a word that is to be found with its accents."""
    return f"{EXACT}{word}{EXACT}"


def stemmed(language: str, word: str) -> tuple[str, ...]:
    """Return the names of a word that is to be found in its inflected forms."""
    return tuple(f"~{language}~{stem}~" for stem in stems(language, word))


def names_of(text: str, readings: frozenset[str]) -> Names:
    """Return the names of each of `tokens(text)` in some readings."""
    return tuple(tuple(_names(accented(text[start:stop]), readings)) for start, stop in spans(text))


def _names(word: str, readings: frozenset[str]) -> Iterator[str]:
    for one in (word, word[1:]) if word[0] in "#@" and word[1:] else (word,):
        for reading in sorted(readings):
            yield from (exact(one),) if reading == EXACT else stemmed(reading, one)


def aligned(names: Names, found: tuple[str, ...]) -> Names:
    """Return the names of tokens among which there are breaks, which have none."""
    own = iter(names)
    return tuple(() if token == BREAK else next(own) for token in found)
