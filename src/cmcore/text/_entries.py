"""Entries: the ways through the tree of words that an entry of a list means."""

from itertools import product
from typing import Final
from unicodedata import category

from cmcore.base.characters import accented, fold
from cmcore.base.errors import Problem
from cmcore.base.regex import regex
from cmcore.text.readings import EXACT, exact, stemmed
from cmcore.text.tokens import (
    APART,
    BREAK,
    NAMED,
    ONE,
    TOKEN,
    is_sign,
    phrases,
    plainly,
    spans,
    told,
)

_LONGEST_ENTRY: Final = 200
_LONGEST_PHRASE: Final = 12
_LONGEST_INFLECTED: Final = 6  # each word may have two stems
_EXACTLY: Final = regex(rf"{EXACT}(?=\*?[#@]?[^\W\d_])")


def is_exact(entry: str) -> bool:
    """Return whether an entry asks for words with their accents."""
    return _EXACTLY.match(entry.strip()) is not None


def ways(entry: str, *, broken: bool, inflected: str | None = None) -> list[list[str]]:
    """Return the ways through the tree that mean an entry in which nothing is wrong.

    Those of an exception, `broken`, have a break where its words as written are not in one run.
    Words that are `inflected` in a language are found by their stems, unless an entry is exact.
    """
    if inflected is None and (way := _bare(entry)):
        return [way]
    text = _EXACTLY.sub("", entry.strip(), count=1)
    way, name = list(phrases(text, starred=True)), fold(told(text)).strip()
    # what is several words in running text may be a single hashtag or mention
    is_name = sum(word != BREAK for word in way) > 1 and NAMED.fullmatch(name)
    if is_exact(entry):
        own = iter([accented(text[start:stop]) for start, stop in spans(text)])
        way = [word if word == BREAK else _exactly(word, next(own)) for word in way]
        name = _exactly(name, accented(text.strip(" *")))
    way = way if broken else [word for word in way if word != BREAK]
    whole = [[name]] if is_name else []
    if inflected is None or is_exact(entry):
        return [way, *whole]
    own = iter([accented(text[start:stop]) for start, stop in spans(text)])
    forms = [_inflected(word, next(own), inflected) for word in way]
    return [*map(list, product(*forms)), *whole]


def _bare(entry: str) -> list[str]:
    """Return the folded words of an entry that is Latin letters, digits and spaces; else none.

    Nearly every entry of a long list is, and is read in a fifth of the time.
    """
    plain = plainly(entry)
    return plain.decode().split() if plain is not None and plain.translate(APART) == plain else []


def _inflected(word: str, own: str, language: str) -> tuple[str, ...]:
    """Return the names of the word of an entry by its stems; of a start, a sign or a mark, none."""
    is_word = word.isalpha() and not ONE.fullmatch(word)
    return stemmed(language, own) if is_word else (word,)


def entry_problem(entry: str, *, inflected: bool = False) -> Problem | None:
    """Return what is wrong with an entry, if anything is."""
    most = _LONGEST_INFLECTED if inflected else _LONGEST_PHRASE
    is_fine = len(entry) <= _LONGEST_ENTRY and 0 < len(_bare(entry)) <= most
    return None if is_fine else _problem(entry, most)


def _problem(entry: str, most: int) -> Problem | None:
    if len(entry) > _LONGEST_ENTRY:
        return Problem.of("entry-too-long", entry=entry, most=_LONGEST_ENTRY)
    text = _EXACTLY.sub("", entry.strip(), count=1)
    folded = fold(told(text))
    words = [word for word in phrases(text, starred=True) if word != BREAK]
    if not words or {"#", "@"}.issuperset(words):
        return Problem.of("entry-without-word", entry=entry)
    if unread := _unread(folded):
        return Problem.of("entry-not-found", entry=entry, part=unread)
    if folded.count("*") != "".join(words).count("*"):
        return Problem.of("misplaced-star", entry=entry)
    if sum(1 if ONE.fullmatch(word) else 4 for word in words) > 4 * most:
        return Problem.of("entry-too-many-words", entry=entry, most=most)
    return None


def _exactly(word: str, own: str) -> str:
    """Return the word of an entry as it is found with its accents, `own` being its letters."""
    if word.startswith("*"):
        return f"*{own}{EXACT}"
    if word.endswith("*"):
        return f"{EXACT}{own}*"
    return word if is_sign(word) else exact(own)


def _unread(folded: str) -> str | None:
    """Return a sign that is no token, which would be lost in silence; None where there is none."""
    left = TOKEN.sub("", folded)
    return next((letter for letter in left if category(letter)[0] == "S"), None)
