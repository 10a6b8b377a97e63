"""Lexicons: all the word lists that one text is asked for, as one tree walked once per text."""

from collections.abc import Iterator, Mapping
from typing import Final

from cmcore.text.readings import names_of
from cmcore.text.tokens import phrased, tokens
from cmcore.text.tree import Names, Place, walk
from cmcore.text.words import WordList

_NONE: Final[frozenset[int]] = frozenset()


class Lexicon:
    """Word lists by number, their entries in a common tree."""

    __slots__ = ("_firsts", "_lists", "_only", "_readings", "_tree")

    def __init__(self, lists: Mapping[int, WordList]) -> None:
        self._lists = dict(lists)
        self._only = next(iter(lists)) if len(lists) == 1 else 0
        if self._only:
            self._tree = lists[self._only].tree
        else:
            self._tree = Place()
            for number, words in lists.items():
                self._tree.graft(words.tree, number)
        self._readings = frozenset[str]().union(*(words.readings for words in lists.values()))
        # where no entry begins with a part of a word, its first word must be in the text
        is_plain = not (self._tree.starts or self._tree.ends or self._readings)
        self._firsts = self._tree.words.keys() if is_plain else None

    def found(self, text: str) -> frozenset[int] | None:
        """Return the numbers of the lists of which something is found; None where that fails."""
        try:
            cut = tokens(text)
            names = names_of(text, self._readings) if self._readings else None
        except Exception:  # noqa: BLE001 - a text that cannot be read must never open an outcome
            return None
        if self._firsts is not None and self._firsts.isdisjoint(cut) and not _marked(text):
            return _NONE
        return frozenset(self._held(text, cut, names))

    def _held(self, text: str, cut: tuple[str, ...], names: Names | None) -> Iterator[int]:
        held: set[int] = set()
        reaches: dict[int, list[int]] = {}
        phrases: tuple[str, ...] | None = None
        for entry, start, stop in walk(self._tree, cut, names):
            number = self._only or int(entry)
            if number in held:
                continue
            words = self._lists[number]
            if words.exceptions:
                if number not in reaches:
                    phrases = phrased(text) if phrases is None else phrases
                    reaches[number] = words.reach(phrases, names)
                if stop <= reaches[number][start]:
                    continue
            held.add(number)
            yield number


def _marked(text: str) -> bool:
    """Return whether the text may hold hashtags or mentions, which count unmarked too."""
    return not text.isascii() or "#" in text or "@" in text
