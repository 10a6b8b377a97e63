"""Answers to many tests of one fact at once, the same as the reference gives one by one."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, cast

import numpy as np
from numpy.typing import NDArray

from cmcore.base.truth import Truth
from cmcore.charters.conditions.condition import FactTest, Op, Range
from cmcore.charters.conditions.facts import UNKNOWN, Bad, FactType, Reading
from cmcore.charters.index.normal_form import Question
from cmcore.charters.meaning.evaluation import test_truth

#: 0 for false, 1 for unknown, 2 for true: an answer to each question (column) in each row.
Answers = NDArray[np.uint8]

_YES: Final = Truth.TRUE.value
_NO: Final = Truth.FALSE.value


class _Alone:
    """One fact that has been read, as tests ask for it."""

    def __init__(self, reading: Reading, kind: FactType, zone: str) -> None:
        self.reading = reading
        self.kind = kind
        self.zone = zone

    def is_text(self, _: str) -> bool:
        return self.kind is FactType.TEXT

    def read(self, _: str) -> Reading:
        return self.reading


def plain_answers(
    questions: Sequence[Question], readings: Sequence[Reading], kind: FactType, zone: str
) -> Answers:
    """Return the answers to tests of one fact, for each of its readings."""
    asked = cast("Sequence[FactTest]", questions)
    found = np.full((len(readings), len(asked)), Truth.UNKNOWN.value, np.uint8)
    known = [n for n, got in enumerate(readings) if got is not UNKNOWN and not isinstance(got, Bad)]
    values = [readings[n] for n in known]
    found[known] = _BY_TYPE.get(kind, _one_by_one)(asked, values, kind, zone)
    return found


def _one_by_one(
    asked: Sequence[FactTest], readings: Sequence[Any], kind: FactType, zone: str
) -> Answers:
    found = np.empty((len(readings), len(asked)), np.uint8)
    for row, reading in enumerate(readings):
        facts: Any = _Alone(reading, kind, zone)
        found[row] = [test_truth(test, facts).value for test in asked]
    return found


# What an op asks of the place of a value among the limits of all the tests: from where to where.
# A limit's own place is 2n + 1, that of what lies below it 2n, that of what lies above it 2n + 2.
_FROM_TO: Final[dict[Op, Callable[[int, int], tuple[int, int]]]] = {
    Op.BELOW: lambda low, _: (0, low - 1),
    Op.AT_MOST: lambda low, _: (0, low),
    Op.AT_LEAST: lambda low, last: (low, last),
    Op.ABOVE: lambda low, last: (low + 1, last),
    Op.IS: lambda low, _: (low, low),
}


def _scalars(asked: Sequence[FactTest], readings: Sequence[Any], _: FactType, __: str) -> Answers:
    limits = sorted({edge for test in asked for edge in _edges(test)})
    last = 2 * len(limits)
    spans = np.array([_span(test, limits, last) for test in asked], np.intp).reshape(-1, 2)
    places = [bisect_left(limits, got) + bisect_right(limits, got) for got in readings]
    there = np.array(places, np.intp)[:, None]
    holds = (spans[:, 0] <= there) & (there <= spans[:, 1])
    return np.where(holds, _YES, _NO).astype(np.uint8)


def _edges(test: FactTest) -> Iterable[Any]:
    if test.op is Op.PRESENT:
        return ()
    want = test.operand
    return (want.low, want.high) if isinstance(want, Range) else (want,)


def _span(test: FactTest, limits: list[Any], last: int) -> tuple[int, int]:
    if test.op is Op.PRESENT:
        return (0, last) if test.operand else (0, -1)
    places = [2 * bisect_left(limits, edge) + 1 for edge in _edges(test)]
    if test.op is Op.BETWEEN:
        return places[0], places[1]
    return _FROM_TO[test.op](places[0], last)


#: Ops that a word of their list makes true or false, and what they are without one.
_TURNED: Final = {Op.IS: (_NO, _YES), Op.ONE_OF: (_NO, _YES), Op.ANY_OF: (_NO, _YES),
                  Op.NONE_OF: (_YES, _NO)}  # fmt: skip


def _words(
    asked: Sequence[FactTest], readings: Sequence[Any], kind: FactType, zone: str
) -> Answers:
    turned = [place for place, test in enumerate(asked) if test.op in _TURNED]
    others = [place for place, test in enumerate(asked) if test.op not in _TURNED]
    found = np.empty((len(readings), len(asked)), np.uint8)
    found[:, others] = _one_by_one([asked[place] for place in others], readings, kind, zone)
    found[:, turned] = [_TURNED[asked[place].op][0] for place in turned]
    by_word: dict[str, list[int]] = {}
    for place in turned:
        want = asked[place].operand
        for word in cast("frozenset[str]", want if isinstance(want, frozenset) else {want}):
            by_word.setdefault(word, []).append(place)
    then = np.array([_TURNED.get(test.op, (_NO, _NO))[1] for test in asked], np.uint8)
    for row, got in enumerate(readings):
        for word in got if isinstance(got, frozenset) else (got,):
            if hits := by_word.get(word):
                found[row, hits] = then[hits]
    return found


_BY_TYPE: Final = {
    FactType.SYMBOL: _words,
    FactType.SYMBOLS: _words,
    FactType.NUMBER: _scalars,
    FactType.DURATION: _scalars,
}
