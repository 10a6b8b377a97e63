"""Answers to many tests of one fact at once, the same as the reference gives one by one."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Any, Final, cast

import numpy as np
from numpy.typing import NDArray

from cmcore.base.truth import Truth
from cmcore.charters.conditions.condition import FactTest, words_asked
from cmcore.charters.conditions.facts import UNKNOWN, Bad, FactType, Reading
from cmcore.charters.conditions.operators import OPERATORS, TAKES, Relation, Span
from cmcore.charters.index.normal_form import Question
from cmcore.charters.meaning.kleene import test_truth

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

    def type_of(self, _: str) -> FactType:
        return self.kind

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


def _scalars(asked: Sequence[FactTest], readings: Sequence[Any], kind: FactType, _: str) -> Answers:
    wanted = [_span(test, kind) for test in asked]
    limits = sorted({cut[0] for span in wanted for cut in span or () if cut is not None})
    spans = np.array([_places(span, limits) for span in wanted], np.intp).reshape(-1, 2)
    places = [bisect_left(limits, got) + bisect_right(limits, got) for got in readings]
    there = np.array(places, np.intp)[:, None]
    holds = (spans[:, 0] <= there) & (there < spans[:, 1])
    return np.where(holds, _YES, _NO).astype(np.uint8)


def _span(test: FactTest, kind: FactType) -> Span | None:
    """Return the span in which a test holds; None where it holds of no value."""
    span = TAKES[kind][test.op].span
    if span is None:  # it asks only whether there is a value
        return (None, None) if test.operand else None
    return span(test.operand)


def _places(span: Span | None, limits: Sequence[Any]) -> tuple[int, int]:
    """Return from which place among the limits on a span holds, and from which on no more.

    A limit's own place is 2n + 1, that of what lies below it 2n, that of what lies above it 2n + 2.
    """
    if span is None:
        return 0, 0
    start, stop = (cut and 2 * bisect_left(limits, cut[0]) + 1 + cut[1] for cut in span)
    return start or 0, 2 * len(limits) + 1 if stop is None else stop


#: How a word of its list has to stand to a value for the answer to turn.
_TURNED: Final = frozenset({Relation.AMONG, Relation.SOME})


def _words(
    asked: Sequence[FactTest], readings: Sequence[Any], kind: FactType, zone: str
) -> Answers:
    is_turned = [TAKES[kind][test.op].relation in _TURNED for test in asked]
    turned = [place for place, is_one in enumerate(is_turned) if is_one]
    others = [place for place, is_one in enumerate(is_turned) if not is_one]
    found = np.empty((len(readings), len(asked)), np.uint8)
    found[:, others] = _one_by_one([asked[place] for place in others], readings, kind, zone)
    # the answer if none of its words is there, and if one is
    ways = [(_YES, _NO) if OPERATORS[test.op].negated else (_NO, _YES) for test in asked]
    found[:, turned] = [ways[place][0] for place in turned]
    then = np.array([way[1] for way in ways], np.uint8)
    by_word: dict[str, list[int]] = {}
    for place in turned:
        for word in words_asked(asked[place]):
            by_word.setdefault(word, []).append(place)
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
