"""Dimensions: groups of questions that the same cells answer, and their answers row by row."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from cmcore.foundation.frozen import symbols
from cmcore.foundation.house import value
from cmcore.foundation.truth import Truth
from cmcore.frames import parts
from cmcore.frames.cells import Codes, Ints, compressed
from cmcore.frames.chunks import Chunk, ticks
from cmcore.nouns.charter import Charter
from cmcore.nouns.conditions import Condition, Hours, Op, Range, Test, tests
from cmcore.nouns.context import Context
from cmcore.nouns.facts import CASELESS, UNKNOWN, FactSpec, FactType, Reading
from cmcore.nouns.rules import Term
from cmcore.policy.compiling.normal import Question, answer
from cmcore.policy.deciding.meaning import ASK, HOLDS_OF_NOTHING
from cmcore.policy.deciding.observing import CONTENT, fitted

#: 0 for false, 1 for unknown, 2 for true: an answer to each question (column) in each row.
Answers = NDArray[np.uint8]

_FROM_TEXT: Final = frozenset({"links", "hashtags", "mentions"})
_TARGETS: Final = ("in_reply_to", "target")
_TICK: Final = timedelta(microseconds=1)
_SCALARS: Final = frozenset({FactType.NUMBER, FactType.DURATION, FactType.INSTANT})
_WORDED: Final = frozenset({FactType.SYMBOL, FactType.SYMBOLS})


@value
class Dimension:
    """Questions, each with its number, and the part of a chunk that answers them.

    `plain` names the column that is all there is to read, where there is one.
    """

    numbers: tuple[int, ...]
    questions: tuple[Question, ...]
    part: parts.Part
    plain: FactSpec | None = None

    def classes(self, chunk: Chunk) -> tuple[Codes, Answers]:
        """Return what tells the rows apart, and the answers for each number of it."""
        raw = self.part(chunk)
        codes = compressed(raw.codes, raw.count)
        return codes, self._answers(chunk, codes.firsts())

    def _answers(self, chunk: Chunk, rows: Ints) -> Answers:
        if self.plain is not None:
            return plain_answers(self.questions, _readings(chunk, self.plain, rows))
        found = np.empty((len(rows), len(self.questions)), np.uint8)
        for place, row in enumerate(rows):
            facts = chunk.facts(int(row))
            found[place] = [answer(question, facts).value for question in self.questions]
        return found


def _readings(chunk: Chunk, spec: FactSpec, rows: Ints) -> list[Reading]:
    """Return what a fact reads that stands in a column of its own, or else around all rows."""
    column, around = chunk.columns.get(spec.name), _around(chunk.around, spec.name)
    cells = [None if column is None else column.at(int(row)) for row in rows]
    return [fitted(spec, around if cell is None else cell) for cell in cells]


def _around(context: Context, name: str) -> object:
    head, _, field = name.partition(".")
    if head == "author" and field:
        return getattr(context.author, field)
    return context.incident.open if name == "incident.open" else None
