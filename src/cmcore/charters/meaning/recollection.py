"""Recollection: what follows from the truths of a condition's tests is worked out once.

Most acts are alike in most of what a rule asks of them, and differ in their words and moments.
"""

from collections.abc import Callable
from typing import Any, Final, TypeVar

from cmcore.base.ledgers import Memory, kept
from cmcore.base.values import internal
from cmcore.charters.charter import Charter
from cmcore.charters.conditions.condition import Condition, FactTest, tests
from cmcore.charters.conditions.facts import UNKNOWN, Bad, FactType, Missing, Reading
from cmcore.charters.conditions.vocabulary import Vocabulary
from cmcore.charters.meaning.kleene import test_truth
from cmcore.charters.meaning.observation import Facts, moved_by

_T = TypeVar("_T")
#: How many signs are kept with a charter, all together.
_MOST: Final = 262_144
#: The facts that acts share as they read; of all others, acts share what tests find of them.
_SHARED: Final = frozenset({FactType.FLAG, FactType.SYMBOL, FactType.SYMBOLS})
#: The classes of readings that are the same wherever they are equal, and the longest of them.
_PLAIN: Final = frozenset({bool, Missing})
_WORDS: Final = frozenset({str, frozenset})
_LONGEST: Final = 64


def is_shared(got: Reading) -> bool:
    """Return whether a reading is of those that many acts share, such as a word."""
    kind = type(got)
    return kind in _PLAIN or (kind in _WORDS and len(got) <= _LONGEST)  # type: ignore[arg-type]


@internal
class _Asked:
    """What a condition asks: the facts that acts share, and the tests of the others."""

    condition: Condition
    facts: tuple[str, ...]
    tests: tuple[FactTest, ...]

    def signs(self, facts: Facts) -> list[object] | None:
        """Return what decides every test of an act; None where acts hardly share a reading.

        What cannot be used is as good as unknown.
        """
        read = [facts.read(name) for name in self.facts]
        for at, got in enumerate(read):
            if type(got) is Bad:
                read[at] = UNKNOWN
            elif not is_shared(got):
                return None
        return [*read, *(test_truth(test, facts) for test in self.tests)]


class Recollection:
    """What was worked out of the conditions of a charter, by what decided it."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._asked: dict[int, _Asked] = {}
        self._known = Memory[tuple[Any]](_MOST)

    def of(self, work: Callable[[Condition, Facts], _T], condition: Condition, facts: Facts) -> _T:
        """Return what `work` makes of a condition of the charter, by the truths of its tests."""
        asked = self._asked.get(id(condition)) or self._met(condition)
        signs = asked.signs(facts)
        if signs is None:
            return work(condition, facts)
        key = work, id(condition), *signs
        known = self._known.get(key) or self._known.keep(key, (work(condition, facts),), len(key))
        found: _T = known[0]
        return found

    def _met(self, condition: Condition) -> _Asked:
        """Return what a condition asks; it is kept, so that its number stays its own."""
        asked = dict.fromkeys(tests(condition))
        shared = {test.fact for test in asked if self._is_shared(test.fact)}
        others = tuple(test for test in asked if test.fact not in shared)
        made = self._asked[id(condition)] = _Asked(condition, tuple(sorted(shared)), others)
        return made

    def _is_shared(self, fact: str) -> bool:
        """Return whether acts share what a fact reads, as they do not what is read from texts."""
        spec = self._vocabulary.find(fact)
        return spec is not None and spec.type in _SHARED and "text" not in moved_by(fact)


def recollection(charter: Charter) -> Recollection:
    """Return what is kept with a charter of its conditions."""
    return kept(charter.notes, "recollection", lambda: Recollection(charter.vocabulary))
