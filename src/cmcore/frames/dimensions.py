"""Dimensions: groups of questions that the same cells answer, and their answers row by row."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

import numpy as np

from cmcore.base.ledgers import built
from cmcore.base.truth import Truth
from cmcore.base.values import internal
from cmcore.charters.charter import Charter
from cmcore.charters.conditions.condition import Condition, FactTest, tests, words_asked
from cmcore.charters.conditions.facts import (
    BUILTIN,
    IN_TEXT,
    OF_LINKS,
    UNKNOWN,
    WORDED,
    WORKED_OUT,
    FactSpec,
    FactType,
    Reading,
)
from cmcore.charters.conditions.operands import Hours, edges
from cmcore.charters.conditions.operators import PATTERNED, Op
from cmcore.charters.conditions.readings import fitted
from cmcore.charters.context import Context
from cmcore.charters.index.lexicon import Lexicon
from cmcore.charters.index.normal_form import Question, answer
from cmcore.charters.kinds import WITHOUT
from cmcore.charters.meaning.observation import Facts
from cmcore.charters.rule import Rule, Term
from cmcore.codec.columns import columns
from cmcore.frames import groups
from cmcore.frames.answers import Answers, plain_answers
from cmcore.frames.cells import Codes, Ints, compressed
from cmcore.frames.chunks import Chunk, ticks
from cmcore.frames.texts import found_in, listed
from cmcore.text.words import WordList

_TARGETS: Final = ("in_reply_to", "target")
#: What is read from earlier acts.
_LOOKING_BACK: Final = ("recent", "person")
_TICK: Final = timedelta(microseconds=1)
#: What word lists tell of a text.
_OF_WORDS: Final = frozenset({Op.MENTIONS, Op.PRESENT})
_YES, _NO = Truth.TRUE.value, Truth.FALSE.value
_LOCAL: Final = {"local.weekday": groups.hour_of_week, "local.hour": groups.hour_of_week}


@internal
class Dimension:
    """Questions, each with its number, and the part of a chunk that answers them.

    `plain` names the column that is all there is to read, where there is one. `lists` are the word
    lists of a text of which nothing else is asked than what is found of them, by question from 1.
    """

    key: tuple[str, ...]
    numbers: tuple[int, ...]
    questions: tuple[Question, ...]
    part: groups.Part
    plain: FactSpec | None = None
    naming: groups.Naming | None = None
    lists: Lexicon | None = None

    @property
    def fact(self) -> str:
        """The fact whose absence explains why a question that is no condition is unknown."""
        return self.key[1] if self.key[0] == "fact" else "at"

    def codes(self, chunk: Chunk) -> Codes:
        """Return what distinguishes the rows, every number of it in use."""
        raw = self.part(chunk)
        return compressed(raw.codes, raw.count)

    def unsaid(self, chunk: Chunk, spec: FactSpec) -> Answers:
        """Return the answers where the plain fact has no cell, and where it has one of no use."""
        readings = [fitted(spec, _around(chunk.around, spec.name)), UNKNOWN]
        return plain_answers(self.questions, readings, spec.type, chunk.charter.zone)

    def answers(self, chunk: Chunk, rows: Ints) -> Answers:
        """Return the answers in the rows named."""
        if self.plain is not None and self.lists is None:
            found_there = readings(chunk, self.plain, rows)
            return plain_answers(self.questions, found_there, self.plain.type, chunk.charter.zone)
        found = np.empty((len(rows), len(self.questions)), np.uint8)
        for place, row in enumerate(rows):
            found[place] = self._answered(chunk.facts(int(row)))
        return found

    def _answered(self, facts: Facts) -> list[int]:
        """Return the answers for one act, those of word lists from one look at the text."""
        lists = self.lists
        held = found_in(lists, facts.read(self.fact)) if lists and lists.numbers else None
        if held is None:
            return [answer(question, facts).value for question in self.questions]
        return [_YES if number in held else _NO for number in range(1, len(self.questions) + 1)]


def dimensions(
    charter: Charter, around: Context, questions: Sequence[Question]
) -> tuple[Dimension, ...]:
    """Return the dimensions of questions, which are numbered from 0."""
    groups: dict[tuple[str, ...], list[int]] = {}
    for number, question in enumerate(questions):
        groups.setdefault(_group(charter, question, number), []).append(number)
    return tuple(
        _dimension(charter, around, key, numbers, [questions[n] for n in numbers])
        for key, numbers in groups.items()
    )


def is_read_by(dimension: Dimension, charter: Charter, rule: Rule | None) -> bool:
    """Return whether a dimension distinguishes rows that a rule, or the scope, may distinguish."""
    if dimension.key[0] in {"day", "whole"}:
        return True
    condition = charter.framed if rule is None else rule.when
    return any(_group(charter, test, 0) == dimension.key for test in tests(condition))


def _group(charter: Charter, question: Question, number: int) -> tuple[str, ...]:
    if isinstance(question, Term):
        return ("day",)
    if not isinstance(question, FactTest):
        return ("whole", str(number))
    if isinstance(question.operand, Hours) and question.fact == "at":
        return ("week", question.operand.zone or charter.zone)
    # a pattern may read any of a text, of which word lists say little
    return ("fact", question.fact, *([Op.MENTIONS] if question.op is Op.MENTIONS else []))


def _dimension(
    charter: Charter, around: Context, key: tuple[str, ...], numbers: list[int], asked: list[Any]
) -> Dimension:
    plain: FactSpec | None = None
    naming: groups.Naming | None = None
    lists: Lexicon | None = None
    part: groups.Part = groups.day
    if key[0] == "week":
        part = groups.minute_of_week(key[1])
    elif key[0] == "whole":
        part = groups.together(_whole(charter, around, asked[0]))
    elif key[0] == "fact":
        plain = plain_fact(charter, key[1])
        naming = None if plain is None else _naming(plain, asked)
        lists = _lists(charter, key[1], asked)
        part = _fact(charter, around, key[1], asked, lists)
    return Dimension(key, tuple(numbers), tuple(asked), part, plain, naming, lists)


def _lists(charter: Charter, name: str, asked: Sequence[FactTest]) -> Lexicon | None:
    """Return the word lists of a text, by the test from 1, where they tell all that is asked.

    They are kept with the charter: a long list takes longer to prepare than many rows to read.
    """
    spec = charter.vocabulary.find(name)
    is_told = all(test.op in _OF_WORDS for test in asked)
    if spec is None or spec.type is not FactType.TEXT or not is_told:
        return None
    operands = ((number, test.operand) for number, test in enumerate(asked, 1))
    lists = tuple((number, one) for number, one in operands if isinstance(one, WordList))
    return built(charter.notes, ("lists", lists), lambda: Lexicon(dict(lists)))


def _whole(charter: Charter, around: Context, condition: Condition) -> Iterator[groups.Part]:
    """Yield what distinguishes rows for a condition that is asked as one question."""
    asked = list(dict.fromkeys(tests(condition)))
    for dimension in dimensions(charter, around, asked):
        yield dimension.part


def plain_fact(charter: Charter, name: str) -> FactSpec | None:
    """Return what is known of a fact that reads what its column holds, whatever the others do."""
    pointed = name.partition(".")[0] in (*_TARGETS, "local", "since", *_LOOKING_BACK)
    odd = (*WITHOUT, "kind", *WORKED_OUT, "holiday", "incident.severity")
    alone = name in BUILTIN and name not in odd and not pointed
    return charter.vocabulary.find(name) if alone or name in charter.labels else None


def _fact(
    charter: Charter, around: Context, name: str, asked: Sequence[FactTest], lists: Lexicon | None
) -> groups.Part:
    """Return what distinguishes rows for the tests of one fact."""
    head, _, rest = name.partition(".")
    part: groups.Part
    if name in _LOCAL:
        part = _LOCAL[name]
    elif name == "at":
        part = groups.moments(_limits(asked))
    elif head in _LOOKING_BACK:
        part = _recent(around, asked)
    elif head == "since":
        part = groups.since(f"event.{rest}", rest, [0, *_limits(asked)])
    elif head in _TARGETS and rest == "age":
        ages = groups.since(f"{head}.at", None, [0, *_limits(asked)])
        part = groups.together([ages, groups.unpointed(head)])
    elif name in BUILTIN or name in charter.labels:
        own = _own(charter, name, asked) if lists is None else listed(name, lists)
        part = _based(name, own)
    else:  # a measure
        base = name.rpartition(".")[0]
        part = _based(base, groups.exact(base))
    return part


def _own(charter: Charter, name: str, asked: Sequence[FactTest]) -> groups.Part:
    """Return what distinguishes the values of the column of a fact."""
    spec = charter.vocabulary.find(name)
    kind = None if spec is None else spec.type
    if kind is FactType.NUMBER:
        is_whole = spec is not None and spec.domain.whole
        return groups.numbers(name, [*_edges(asked), *_ends(spec)], whole=is_whole)
    if any(isinstance(test.operand, Hours) for test in asked):
        return groups.apart(name)
    if kind in {FactType.DURATION, FactType.INSTANT}:
        return groups.spans(name, [*_limits(asked), *map(_ticked, _ends(spec))])
    naming = None if spec is None else _naming(spec, asked)
    return groups.exact(name) if naming is None else groups.named(name, naming)


def _naming(spec: FactSpec, asked: Sequence[FactTest]) -> groups.Naming | None:
    """Return the numbers of the words that tests name, where they need not look at others."""
    if spec.type not in WORDED or any(test.op in PATTERNED for test in asked):
        return None
    return groups.Naming(
        tuple(sorted(frozenset[str]().union(*map(words_asked, asked)))),
        spec.values,
        spec.domain.form,
    )


def _based(name: str, own: groups.Part) -> groups.Part:
    """Return what distinguishes rows for a fact, `own` doing it for its column."""
    head = name.partition(".")[0]
    if name in WORKED_OUT:
        return groups.together(_based(base, groups.exact(base)) for base in WORKED_OUT[name])
    if name in IN_TEXT:
        return groups.together([own, groups.extracted(name), groups.without(name)])
    if name in WITHOUT:
        return groups.together([own, groups.without(name)])
    if head in _TARGETS and head != name:
        return groups.together([own, groups.unpointed(head)])
    if name == "incident.severity":
        return groups.together([own, groups.exact("incident.open")])
    return groups.together([own, groups.day]) if name == "holiday" else own


def _recent(around: Context, asked: Sequence[FactTest]) -> groups.Part:
    """Tell the answers apart that were counted; else nothing or, of given acts, every row."""
    otherwise = groups.one if around.earlier is None else groups.every
    return lambda chunk: otherwise(chunk) if chunk.before is None else chunk.before.codes(asked)


def _ends(spec: FactSpec | None) -> list[Any]:
    """Return the ends of what the fact may be, beyond which it is of no use."""
    ends = (spec.domain.low, spec.domain.high) if spec else ()
    return [end for end in ends if end is not None]


def _edges(asked: Sequence[FactTest]) -> Iterator[Any]:
    for test in asked:
        if test.op is not Op.PRESENT:
            yield from edges(test.operand)


def _limits(asked: Sequence[FactTest]) -> Iterator[int]:
    yield from map(_ticked, _edges(asked))


def _ticked(edge: datetime | timedelta) -> int:
    return ticks(edge) if isinstance(edge, datetime) else edge // _TICK


def exact(name: str) -> groups.Part:
    """Return what keeps every value apart that a fact which has a column may read."""
    return _based(name, groups.exact(name))


def columns_read(
    charter: Charter, around: Context, questions: Sequence[Question]
) -> frozenset[str]:
    """Return the columns that tell the answers to questions, as far as there are such columns."""
    found: set[str] = set()
    for question in questions:
        if isinstance(question, Term):
            found.add("at")
        else:
            for test in tests(question):
                found.update(columns_of(charter, around, test.fact))
    return frozenset(found)


def columns_of(charter: Charter, around: Context, name: str) -> frozenset[str]:
    """Return the columns that tell what a fact reads."""
    head, _, rest = name.partition(".")
    if head in _LOOKING_BACK:
        return frozenset() if around.earlier is None else frozenset(columns(charter.vocabulary))
    if head in _TARGETS and head != name:
        every = columns(charter.vocabulary)
        return frozenset({"kind", "at", *(n for n in every if n.startswith(f"{head}."))})
    if name in _READ:
        return _READ[name]
    if head == "since":
        return frozenset({"at", f"event.{rest}"})
    if name in BUILTIN or name in charter.labels:
        return frozenset({name, "kind"} if name in WITHOUT else {name})
    return columns_of(charter, around, name.rpartition(".")[0])


_READ: Final = {
    "local.weekday": frozenset({"at"}),
    "local.hour": frozenset({"at"}),
    "holiday": frozenset({"at", "holiday"}),
    "incident.severity": frozenset({"incident.open", "incident.severity"}),
    **dict.fromkeys(OF_LINKS, frozenset({"links", "text", "kind"})),
    "fits": frozenset({"text", "network", "kind"}),
    **{name: frozenset({name, "text", "kind"}) for name in IN_TEXT},
}


def readings(chunk: Chunk, spec: FactSpec, rows: Ints) -> list[Reading]:
    """Return what a fact reads that stands in a column of its own, or else around all rows."""
    column, around = chunk.columns.get(spec.name), _around(chunk.around, spec.name)
    cells = [None if column is None else column.at(int(row)) for row in rows]
    return [fitted(spec, around if cell is None else cell) for cell in cells]


def _around(context: Context, name: str) -> object:
    head, _, field = name.partition(".")
    if head == "author" and field:
        return getattr(context.author, field)
    return {"at": context.at, "incident.open": context.incident.open}.get(name)
