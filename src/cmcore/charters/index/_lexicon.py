"""Lexicons: all the word lists that one text is asked for, as one tree walked once per text."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import Final

from cmcore.base.characters import LONGEST, is_damaged
from cmcore.text.readings import names_of
from cmcore.text.tokens import APART, phrased, plainly, tokens
from cmcore.text.tree import Names, Place, walk
from cmcore.text.words import WordList

_NONE: Final[frozenset[int]] = frozenset()
#: Up to so many first words are each looked for in the text; more are looked up, word by word.
_A_FEW: Final = 8


class Lexicon:
    """Word lists by number, their entries in a common tree, made when it is first needed."""

    def __init__(self, lists: Mapping[int, WordList]) -> None:
        self._lists = dict(lists)
        self._only = next(iter(lists)) if len(lists) == 1 else 0
        self._readings = frozenset[str]().union(*(words.readings for words in lists.values()))
        self._lacks = _lacking([words.tree for words in lists.values()], self._readings)

    @cached_property
    def _tree(self) -> Place:
        if self._only:
            return self._lists[self._only].tree
        tree = Place()
        for number, words in self._lists.items():
            tree.graft(words.tree, number)
        return tree

    def found(self, text: str) -> frozenset[int] | None:
        """Return the numbers of the lists of which something is found.

        None where the text is damaged, or reading it fails: that must never open an outcome.
        """
        try:
            folded = plainly(text)
            is_sound = folded is not None and text.isascii() and len(text.strip()) > LONGEST
            if not is_sound and is_damaged(text):
                return None
            if folded is not None and self._lacks(folded):
                return _NONE
            cut = tokens(text)
            names = names_of(text, self._readings) if self._readings else None
        except Exception:  # noqa: BLE001 - see above
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
            if len(held) == len(self._lists):
                return


def _lacking(trees: Sequence[Place], readings: frozenset[str]) -> Callable[[bytes], bool]:
    """Return what says of most texts, folded to ASCII, that no entry of any tree is in them.

    A text with an entry has the beginning of the first word of one in it, or its end.
    """
    opens = any(tree.starts or tree.ends for tree in trees)
    each = (words for tree in trees for words in (tree.words, tree.starts, tree.ends))
    begins = sorted({word for word in chain(*each) if word.isascii()})
    parts = [word for word in begins if opens or not word.isalnum()]
    words = frozenset(word.encode() for word in begins if not opens and word.isalnum())
    if len(begins) <= _A_FEW:
        parts, words = begins, frozenset()
    if readings or len(parts) > _A_FEW:
        return lambda _: False

    def lacks(folded: bytes) -> bool:
        if words and not words.isdisjoint(folded.translate(APART).split()):
            return False
        if parts:
            shown = folded.decode()
            for part in parts:
                if part in shown:
                    return False
        return True

    return lacks
