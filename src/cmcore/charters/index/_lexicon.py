"""Lexicons: all the word lists that one text is asked for, as one tree walked once per text."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from cmcore.text.readings import names_of
from cmcore.text.tokens import APART, phrased, plainly, tokens
from cmcore.text.tree import Names, Place, walk
from cmcore.text.words import WordList

_NONE: Final[frozenset[int]] = frozenset()
#: Up to so many first words are each looked for in the text; more are looked up, word by word.
_A_FEW: Final = 8


class Lexicon:
    """Word lists by number, their entries in a common tree."""

    __slots__ = ("_lacks", "_lists", "_only", "_readings", "_tree")

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
        self._lacks = _lacking(self._tree) if not self._readings else None

    def found(self, text: str) -> frozenset[int] | None:
        """Return the numbers of the lists of which something is found; None where that fails."""
        try:
            if self._lacks and self._lacks(text):
                return _NONE
            cut = tokens(text)
            names = names_of(text, self._readings) if self._readings else None
        except Exception:  # noqa: BLE001 - a text that cannot be read must never open an outcome
            return None
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


def _lacking(tree: Place) -> Callable[[str], bool] | None:
    """Return what says at once of most texts that no entry of a tree is in them, if anything does.

    Folded to ASCII, a text with an entry has the beginning of the first word of one in it.
    """
    begins = sorted(word for word in (*tree.words, *tree.starts, *tree.ends) if word.isascii())
    if len(begins) <= _A_FEW:
        return lambda text: _has_none(begins, text)
    if tree.starts or tree.ends:
        return None
    words = frozenset(word.encode() for word in begins if word.isalnum())
    others = [word for word in begins if not word.isalnum()]
    if len(others) > _A_FEW:
        return None

    def lacks(text: str) -> bool:
        folded = plainly(text)
        return (
            folded is not None
            and words.isdisjoint(folded.translate(APART).split())
            and not (others and any(word in folded.decode() for word in others))
        )

    return lacks


def _has_none(begins: Iterable[str], text: str) -> bool:
    folded = plainly(text)
    if folded is None:
        return False
    shown = folded.decode()
    for begin in begins:  # noqa: SIM110 - a generator would cost more than the search
        if begin in shown:
            return False
    return True
