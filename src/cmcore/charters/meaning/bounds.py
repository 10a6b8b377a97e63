"""Bounding: how many edits a condition takes at least before it can be false, or true.

A text that holds forty words of a list takes forty cuts: a search for four need not begin.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from re import Pattern
from typing import Final

from cmcore.base.characters import visible
from cmcore.base.regex import regex
from cmcore.base.truth import Truth
from cmcore.charters.conditions.condition import Condition, FactTest, Not, threshold
from cmcore.charters.conditions.operators import PATTERNED, Op
from cmcore.charters.conditions.patterns import spaces_found
from cmcore.charters.meaning.kleene import truth
from cmcore.charters.meaning.observation import Facts, moved_by
from cmcore.text.cut import ELIDED
from cmcore.text.readings import names_of
from cmcore.text.tokens import spans, tokens
from cmcore.text.tree import Place, walk
from cmcore.text.words import WordList


class Cuts:
    """What edits may cut out of texts: the words of all lists, where some tests ask for them."""

    def __init__(self, asked: Iterable[FactTest]) -> None:
        self._asked = tuple(asked)
        self._spaces: dict[str, frozenset[str] | None] = {}
        self._words: dict[str, tuple[Place, frozenset[str]]] = {}

    def runs(self, fact: str, text: str) -> Pattern[str] | None:
        """Return how words stand in a text of which an edit takes out one at a time.

        None where no number is sure: what a pattern finds may have any number of words. Where it
        has no white space of the text, it is between spaces, and so is all that goes with it.
        """
        if fact not in self._spaces:
            found = [spaces_found(str(test.operand)) for test in self._asked
                     if test.fact == fact and test.op in PATTERNED]  # fmt: skip
            self._spaces[fact] = frozenset[str]().union(*found) if found else None
        spaces = self._spaces[fact]
        if spaces is None:
            return _FIRM
        return _ALONE if spaces.isdisjoint(f"{visible(text)} ") else None

    def taken(self, fact: str, text: str) -> Iterator[tuple[str, str]]:
        """Return each word of a text that is cut out with its entry, after that entry."""
        if fact not in self._words:
            own = (test.operand for test in self._asked if test.fact == fact)
            self._words[fact] = _scattered(own)
        return _led(*self._words[fact], text)


def _scattered(operands: Iterable[object]) -> tuple[Place, frozenset[str]]:
    """Return the words of all lists as a tree of one level, and how they are read."""
    tree, readings = Place(), frozenset[str]()
    for words in dict.fromkeys(one for one in operands if isinstance(one, WordList)):
        tree.scatter(words.tree)
        readings |= words.readings
    return tree, readings


def _led(tree: Place, readings: frozenset[str], text: str) -> Iterator[tuple[str, str]]:
    """Yield what each word of a text leads to in a tree of one level, with the word."""
    found = tokens(text)
    names = names_of(text, readings) if readings else None
    return ((str(entry), found[start]) for entry, start, _ in walk(tree, found, names))


def least_edits(condition: Condition, facts: Facts, cuts: Cuts, goal: Truth) -> int:
    """Return a number of edits below which `condition` cannot become `goal`, true or false.

    `cuts` are those of all the tests that determine the edits to try. One edit may turn several
    tests, so the numbers of several parts are never added.
    """
    if truth(condition, facts) is goal:
        return 0
    if isinstance(condition, FactTest):
        if goal is Truth.TRUE:
            return 1
        return max(_least_cuts(condition, facts, cuts), _least_removals(condition, facts))
    if isinstance(condition, Not):
        return least_edits(condition.of, facts, cuts, ~goal)
    count, parts = threshold(condition)
    needed = count if goal is Truth.TRUE else len(parts) - count + 1
    numbers = sorted(least_edits(part, facts, cuts, goal) for part in parts)
    return numbers[needed - 1] if needed <= len(numbers) else 1


def _least_cuts(test: FactTest, facts: Facts, cuts: Cuts) -> int:
    """Return how many cuts a text takes before it mentions no word of a list."""
    text, words = facts.read(test.fact), test.operand
    if not isinstance(words, WordList) or not isinstance(text, str):
        return 1
    plain = cuts.runs(test.fact, text)
    mine = _firm(words, text, plain) if plain else {}
    whole = set[str]().union(*mine.values())
    if len(whole) <= 1:
        return 1
    by_entry: dict[str, set[str]] = {}
    for entry, word in cuts.taken(test.fact, text):
        by_entry.setdefault(entry, set()).update(mine.get(word, ()))
    return -(-len(whole) // max(map(len, by_entry.values())))


def _firm(words: WordList, text: str, plain: Pattern[str]) -> dict[str, set[str]]:
    """Return the words of a text that nothing but cutting them out can hide, with their entries.

    They stand in `plain` runs between spaces, so that nothing joins them to others, and are no
    word of an exception, which might come to cover them.
    """
    hits = [match for match in words.find(text) if match.stop == match.start + 1]
    if len({match.entry for match in hits}) <= 1:
        return {}
    found, where = tokens(text), spans(text)
    runs = [run.span() for run in plain.finditer(text)]
    starts = [start for start, _ in runs]
    excepted = Place()
    excepted.scatter(words.hiding)
    hidden = {word for _, word in _led(excepted, words.readings, text)}
    mine: dict[str, set[str]] = {}
    for match in hits:
        word, (start, stop) = found[match.start], where[match.start]
        at = bisect_right(starts, start) - 1
        if at >= 0 and stop <= runs[at][1] and word not in ELIDED and word not in hidden:
            mine.setdefault(word, set()).add(match.entry)
    return mine


_LETTERS: Final = "A-Za-z0-9\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff\u0152\u0153"
#: A run between spaces of plain letters and of signs that join nothing: no address, no hashtag.
_FIRM: Final = regex(f"(?<!\\S)(?:[{_LETTERS}'’(),;:!?«»\"-]|\\.(?!\\w))++(?!\\S)")
#: A run between spaces that is one word: whatever is cut around it, a space stays between both.
_ALONE: Final = regex(f"(?<!\\S)[{_LETTERS}]++(?!\\S)")


def _least_removals(test: FactTest, facts: Facts) -> int:
    """Return how many words a set has to lose before it holds none of several: each by an edit."""
    got, words = facts.read(test.fact), test.operand
    is_own = moved_by(test.fact) == {test.fact}
    if test.op is not Op.ANY_OF or not is_own or not isinstance(got, frozenset):
        return 0
    return len(got & words) if isinstance(words, frozenset) else 0
