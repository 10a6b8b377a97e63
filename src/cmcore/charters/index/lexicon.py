"""Lexicons: all the word lists that one text is asked for, as one tree walked once per text."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
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
#: What is not read as it stands: a text with such a character is read by itself.
_UNSURE: Final = r"[\x00-\x08\x0e-\x1f\x7f]"
#: How many letters a pattern may look for: RE2 takes some hundred bytes for each.
_LONGEST_PATTERN: Final = 20_000


class Lexicon:
    """Word lists by number, their entries in a common tree, made when it is first needed."""

    def __init__(self, lists: Mapping[int, WordList]) -> None:
        self._lists = dict(lists)
        self._only = next(iter(lists)) if len(lists) == 1 else 0
        self._readings = frozenset[str]().union(*(words.readings for words in lists.values()))
        self._begins = _begins([words.tree for words in lists.values()])
        self._lacks = _lacking(*self._begins, is_read=bool(self._readings))

    @property
    def numbers(self) -> AbstractSet[int]:
        """The numbers of the lists."""
        return self._lists.keys()

    @cached_property
    def pattern(self) -> str | None:
        """What RE2 finds in every text in small letters of ASCII in which an entry may be.

        None where only reading them word by word says so, or the pattern would be too long.
        """
        parts, words = self._begins
        if self._readings or sum(map(len, chain(parts, words))) > _LONGEST_PATTERN:
            return None
        ways = [_UNSURE, *map(re.escape, parts)]
        whole = "|".join(word.decode() for word in sorted(words))
        return "|".join([*ways, f"(?:^|[^a-z0-9])(?:{whole})(?:$|[^a-z0-9])"] if words else ways)

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


def _begins(trees: Sequence[Place]) -> tuple[list[str], frozenset[bytes]]:
    """Return what is somewhere in a text folded to ASCII, or is a word of it, if an entry is in it.

    A text with an entry has the beginning of the first word of one in it, or its end.
    """
    opens = any(tree.starts or tree.ends for tree in trees)
    parts, words = set[str](), set[str]()
    for word in chain(*((*tree.words, *tree.starts, *tree.ends) for tree in trees)):
        if word.isascii():
            (words if not opens and word.isalnum() else parts).add(word)
    return sorted(parts), frozenset(" ".join(words).encode().split())


def _lacking(
    parts: list[str], words: frozenset[bytes], *, is_read: bool
) -> Callable[[bytes], bool]:
    """Return what says of most texts, folded to ASCII, that no entry of any tree is in them."""
    if len(parts) + len(words) <= _A_FEW:
        parts, words = [*parts, *(word.decode() for word in words)], frozenset()
    if is_read or len(parts) > _A_FEW:
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
