"""Seeing: the readings that an index needs of one act, each when it is first asked for."""

from datetime import date, datetime, timedelta
from typing import Any, Final

from cmcore.base.truth import Truth
from cmcore.base.values import internal
from cmcore.charters.act import Act
from cmcore.charters.charter import Charter
from cmcore.charters.conditions.facts import ABSENT, UNKNOWN, Bad, FactType, Reading
from cmcore.charters.context import Context
from cmcore.charters.index._assemble import DAY, Source
from cmcore.charters.index._blocks import Gap
from cmcore.charters.index.normal_form import Conjunct, Question, answer
from cmcore.charters.meaning.observation import Facts

#: The classes whose values compare as usual for their type; all others are odd.
_CLASSES: Final[dict[FactType, frozenset[type]]] = {
    FactType.FLAG: frozenset({bool}),
    FactType.SYMBOL: frozenset({str}),
    FactType.SYMBOLS: frozenset({frozenset}),
    FactType.NUMBER: frozenset({int, float}),
    FactType.DURATION: frozenset({timedelta}),
    FactType.INSTANT: frozenset({datetime}),
    FactType.TEXT: frozenset({str}),
}


@internal
class Kinds:
    """What may be asked of any act: the facts that are read, and the questions."""

    charter: Charter
    sources: tuple[Source, ...]
    questions: tuple[Question, ...]


class Seen:
    """One act in its context, as far as it was looked at."""

    __slots__ = ("_answers", "_facts", "_kinds", "act", "context", "values")

    def __init__(
        self, kinds: Kinds, act: Act, context: Context, values: list[Any] | None = None
    ) -> None:
        self.act = act
        self.context = context
        self.values = values or [Gap.PENDING] * len(kinds.sources)
        self._kinds = kinds
        self._answers: dict[int, Truth] = {}
        self._facts: Facts | None = None

    @property
    def facts(self) -> Facts:
        """The readings of the reference evaluation."""
        if self._facts is None:
            self._facts = Facts(self._kinds.charter, self.act, self.context)
        return self._facts

    def value(self, fact: int) -> Any:  # noqa: ANN401 - what the fact's type says, or a gap
        """Return what the tables are to be asked for a fact."""
        found = self.values[fact]
        if found is Gap.PENDING:
            found = self.values[fact] = self._value(self._kinds.sources[fact])
        return found

    def _value(self, source: Source) -> Any:  # noqa: ANN401 - the same
        if source.name == DAY:
            day: date | None = self.facts.day
            return Gap.UNKNOWN if day is None else day
        return clean(source, self.facts.read(source.name))

    def holds(self, literals: Conjunct) -> Truth:
        """Return whether all the literals hold, by the reference evaluation."""
        whole = Truth.TRUE
        for literal in literals:
            found = self._answer(abs(literal))
            found = found if literal > 0 else ~found
            if found is Truth.FALSE:
                return found
            whole = whole & found
        return whole

    def _answer(self, number: int) -> Truth:
        if number not in self._answers:
            self._answers[number] = answer(self._kinds.questions[number - 1], self.facts)
        return self._answers[number]


def clean(source: Source, reading: Reading) -> Any:  # noqa: ANN401 - what its type says, or a gap
    """Return a reading as the tables take it."""
    if reading is UNKNOWN or type(reading) is Bad:
        return Gap.UNKNOWN
    if reading is ABSENT:
        return Gap.ABSENT
    if type(reading) not in _CLASSES[source.type]:
        return Gap.ODD
    return _found(source, str(reading)) if source.type is FactType.TEXT else reading


def _found(source: Source, text: str) -> object:
    found = source.found(text)
    return Gap.ODD if found is None else found
