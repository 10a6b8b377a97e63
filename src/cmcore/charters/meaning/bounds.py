"""Bounding: how many edits a condition takes at least before it can be false, or true.

A text that holds forty words of a list takes forty cuts: a search for four need not begin.
"""

from collections.abc import Iterable
from functools import cache

from cmcore.base.truth import Truth
from cmcore.charters.conditions.condition import Condition, FactTest, Not, threshold
from cmcore.charters.conditions.facts import OF_LINKS
from cmcore.charters.conditions.operators import PATTERNED, Op
from cmcore.charters.meaning.kleene import truth
from cmcore.charters.meaning.observation import Facts, moved_by
from cmcore.text.cut import ELIDED
from cmcore.text.tokens import tokens
from cmcore.text.words import Match, WordList


def least_edits(condition: Condition, facts: Facts, asked: Iterable[FactTest], goal: Truth) -> int:
    """Return a number of edits below which `condition` cannot become `goal`, true or false.

    `asked` are all the tests that determine the edits to try. One edit may turn several tests,
    so the numbers of several parts are never added.
    """
    if truth(condition, facts) is goal:
        return 0
    if isinstance(condition, FactTest):
        if goal is Truth.TRUE:
            return 1
        return max(_least_cuts(condition, facts, asked), _least_removals(condition, facts))
    if isinstance(condition, Not):
        return least_edits(condition.of, facts, asked, ~goal)
    count, parts = threshold(condition)
    needed = count if goal is Truth.TRUE else len(parts) - count + 1
    numbers = sorted(least_edits(part, facts, asked, goal) for part in parts)
    return numbers[needed - 1] if needed <= len(numbers) else 1


def _least_cuts(test: FactTest, facts: Facts, asked: Iterable[FactTest]) -> int:
    """Return how many cuts a text takes before it mentions no word of a list."""
    text, words = facts.read(test.fact), test.operand
    lists = _lists(test.fact, asked)
    if not isinstance(words, WordList) or not isinstance(text, str) or lists is None:
        return 1
    found = tokens(text)
    hits = words.find(text)
    mine = _entries_at(m for m in hits if found[m.start] not in ELIDED)
    most = max(
        len(set[str]().union(*(mine.get(place, set()) for place in places)))
        for one in lists
        for places in _places_of(hits if one is words else one.find(text))
    )
    return -(-len(set[str]().union(*mine.values())) // max(most, 1))


def _least_removals(test: FactTest, facts: Facts) -> int:
    """Return how many words a set has to lose before it holds none of several: each by an edit."""
    got, words = facts.read(test.fact), test.operand
    is_own = moved_by(test.fact) == {test.fact}
    if test.op is not Op.ANY_OF or not is_own or not isinstance(got, frozenset):
        return 0
    return len(got & words) if isinstance(words, frozenset) else 0


def _lists(fact: str, asked: Iterable[FactTest]) -> list[WordList] | None:
    """Return the word lists by which a text is cut; None where an edit may take out more.

    Only where all entries are single words, nothing is found that was not there before a cut.
    """
    own = [test for test in asked if test.fact == fact]
    lists = [test.operand for test in own if isinstance(test.operand, WordList)]
    others = fact == "text" and any(test.fact.partition(".")[0] in _MARKED for test in asked)
    simple = not others and all(test.op not in PATTERNED for test in own)
    return lists if simple and all(map(_is_simple, lists)) else None


def blocking(fact: str, asked: Iterable[FactTest]) -> FactTest | None:
    """Return a test for which the cuts of a text are not counted, if there is one among some."""
    return next((test for test in asked if _lists(fact, [test]) is None), None)


_MARKED = frozenset({"links", "hashtags", "mentions", *OF_LINKS})


@cache
def _is_simple(words: WordList) -> bool:
    """Return whether every entry and every exception is a single word."""
    return all(len(tokens(one)) == 1 for one in (*words.entries, *words.exceptions))


def _entries_at(found: Iterable[Match]) -> dict[int, set[str]]:
    """Return the entries found at each token of a text."""
    entries: dict[int, set[str]] = {}
    for match in found:
        for place in range(match.start, match.stop):
            entries.setdefault(place, set()).add(match.entry)
    return entries


def _places_of(found: Iterable[Match]) -> list[set[int]]:
    """Return the tokens that cutting each entry takes out of a text."""
    places: dict[str, set[int]] = {}
    for match in found:
        places.setdefault(match.entry, set()).update(range(match.start, match.stop))
    return list(places.values())
