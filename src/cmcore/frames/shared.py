"""Shared: what rows may have in common with each other, as numbers.

Of two rows, each with some words, it is asked whether they have one in common. Every set of words
of a row gets a number: by inclusion and exclusion, the rows with one of a, b or c are those with
a, b, c, less those with two of them, and those with all three again.
"""

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cmcore.base.truth import Truth
from cmcore.base.values import internal
from cmcore.charters.charter import Charter
from cmcore.charters.conditions.condition import Condition, FactTest, Not, tests, threshold
from cmcore.charters.context import Context
from cmcore.charters.meaning.readings import settled
from cmcore.charters.meaning.recall import BLANK, SHARED, words_of
from cmcore.frames import groups
from cmcore.frames.cells import Bools, Ints, compressed
from cmcore.frames.chunks import Chunk
from cmcore.frames.dimensions import (
    columns_of,
    columns_read,
    dimensions,
    exact,
    plain_fact,
    readings,
)

_Words = frozenset[object]
#: The answer of each row: 0 for no, 1 for unknown, 2 for yes.
Truths = NDArray[np.int8]
#: The facts that tell what rows have in common, where it is not the one of that name.
_FACTS: Final = {
    "same_topic": ("topics",),
    "same_link": ("links",),
    "same_hashtag": ("hashtags",),
    "same_person": ("recipient", "in_reply_to.author", "target.author"),
    "same_message": ("in_reply_to.id", "target.id"),
}
#: The most words of one row that have sets looked at.
_MOST: Final = 8
_NO: Final = Truth.FALSE.value
_MAYBE: Final = Truth.UNKNOWN.value
_YES: Final = Truth.TRUE.value


class TooManyError(Exception):
    """Rows have more words than can be looked at set by set."""


@internal
class Entries:
    """Rows, each with the number of a set of its words, and whether to add or take it away."""

    rows: Ints
    keys: Ints
    signs: Ints
    count: int

    def only(self, wanted: Bools | Ints) -> "Entries":
        """Return some of the entries."""
        return Entries(self.rows[wanted], self.keys[wanted], self.signs[wanted], self.count)


@internal
class Shared:
    """The words of rows: how far they are known, and which sets they make, by class.

    `state` is 0 for rows that have no word, 1 where one is unknown, else 2. The sets of class n are
    those from `starts[n]` on, `lengths[n]` of them.
    """

    classes: Ints
    state: Truths
    starts: Ints
    lengths: Ints
    sets: Ints
    signs: Ints
    count: int

    @property
    def widths(self) -> Ints:
        """How many sets of words each row has."""
        return self.lengths[self.classes]

    def narrowed(self, found: Entries) -> Entries:
        """Return rows with the sets that they had, each beside each set of these words."""
        own = self.classes[found.rows]
        times = self.lengths[own]
        places = np.repeat(np.arange(len(own), dtype=np.intp), times)
        within = np.arange(len(places), dtype=np.intp) - np.repeat(np.cumsum(times) - times, times)
        sets = self.starts[own][places] + within
        keys = found.keys[places] * self.count + self.sets[sets]
        joint = compressed(keys, found.count * self.count)
        signs = found.signs[places] * self.signs[sets]
        return Entries(found.rows[places], joint.codes, signs, joint.count)


def entries(many: Sequence[Shared], rows: Ints) -> Entries:
    """Return rows that have words of each kind, with all sets of these.

    They are in order of the sets; those that have the same remain in the order given.
    """
    found = Entries(rows, np.zeros(len(rows), np.intp), np.ones(len(rows), np.intp), 1)
    for one in many:
        found = one.narrowed(found)
    short = found.keys.astype(np.min_scalar_type(found.count))  # which is sorted digit by digit
    return found.only(np.argsort(short, kind="stable"))


def shared(chunk: Chunk, name: str) -> Shared:
    """Return what rows have of what a fact such as `recent.publish.same_topic` names.

    Raises:
        TooManyError: when a row has too many words.
    """
    return _numbered(*_classes(chunk, name))


def columns_shared(charter: Charter, name: str) -> frozenset[str]:
    """Return the columns that tell what rows have in common."""
    return frozenset().union(*(columns_of(charter, Context(), fact) for fact in _facts(name)))


def _facts(name: str) -> tuple[str, ...]:
    return _FACTS.get(name, (name.removeprefix("same_"),))


def _classes(chunk: Chunk, name: str) -> tuple[list[_Words], Ints]:
    """Return the words of the rows of each class, and the class of each row."""
    charter, facts = chunk.charter, _facts(name)
    parts = [exact(fact) for fact in facts]
    found = groups.together([*parts, groups.worded] if name == "same_link" else parts)(chunk)
    codes = compressed(found.codes, found.count)
    rows = codes.firsts()
    plain = plain_fact(charter, facts[0]) if len(facts) == 1 else None
    if plain is not None:
        return list(map(words_of, readings(chunk, plain, rows))), codes.codes
    some, without = chunk.only(columns_shared(charter, name)), charter.vocabulary.without
    return [SHARED[name](settled(some.case(int(row)).act, without)) for row in rows], codes.codes


def _numbered(words: Sequence[_Words], classes: Ints) -> Shared:
    """Return numbers for the sets of the words that each class has."""
    numbers: dict[tuple[object, ...], int] = {}
    sets: list[int] = []
    signs: list[int] = []
    lengths: list[int] = []
    for own in words:
        known = sorted(own - BLANK, key=repr)
        if len(known) > _MOST:
            raise TooManyError
        some = [one for size in range(1, len(known) + 1) for one in combinations(known, size)]
        sets += (numbers.setdefault(one, len(numbers)) for one in some)
        signs += (1 if len(one) % 2 else -1 for one in some)
        lengths.append(len(some))
    known_ = np.array([_YES if own and not own & BLANK else _MAYBE if own else _NO
                       for own in words], np.int8)  # fmt: skip
    widths = np.array(lengths, np.intp)
    return Shared(
        classes,
        known_[classes],
        np.cumsum(widths) - widths,
        widths,
        np.array(sets, np.intp),
        np.array(signs, np.intp),
        len(numbers),
    )


def of_kind(chunk: Chunk, name: str) -> Truths:
    """Return whether each row is of a kind, or meets the condition of a count of the charter."""
    condition = chunk.charter.counts.get(name)
    if name == "any":
        return np.full(chunk.size, _YES, np.int8)
    if condition is not None:
        return _truths(condition, _answers(chunk, condition), chunk.size)
    kinds, classes = _classes(chunk, "kind")
    there = [_YES if own == {name} else _MAYBE if own == BLANK else _NO for own in kinds]
    return np.array(there, np.int8)[classes]


def columns_counted(charter: Charter, name: str) -> frozenset[str]:
    """Return the columns that tell which rows are of a kind, or of a count."""
    condition = charter.counts.get(name)
    if condition is None:
        return frozenset() if name == "any" else frozenset({"kind"})
    return columns_read(charter, Context(), list(tests(condition)))


def _answers(chunk: Chunk, condition: Condition) -> Mapping[FactTest, Truths]:
    asked = list(dict.fromkeys(tests(condition)))
    found: dict[FactTest, Truths] = {}
    for dimension in dimensions(chunk.charter, chunk.around, asked):
        codes = dimension.codes(chunk)
        answers = dimension.answers(chunk, codes.firsts()).astype(np.int8)
        for column, number in enumerate(dimension.numbers):
            found[asked[number]] = answers[codes.codes, column]
    return found


def _truths(condition: Condition, answers: Mapping[FactTest, Truths], size: int) -> Truths:
    """Return whether a condition holds of each row, as `meaning.kleene.truth` does of one."""
    if isinstance(condition, FactTest):
        return answers[condition]
    if isinstance(condition, Not):
        return _YES - _truths(condition.of, answers, size)
    count, parts = threshold(condition)
    found = [_truths(part, answers, size) for part in parts]
    sure = sum((one == _YES for one in found), np.zeros(size, np.intp))
    possible = sum((one != _NO for one in found), np.zeros(size, np.intp))
    return np.where(sure >= count, _YES, np.where(possible >= count, _MAYBE, _NO)).astype(np.int8)
