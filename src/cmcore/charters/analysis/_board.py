"""The board: the questions of charters, numbered, with the theory that each belongs to."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from cmcore.charters.analysis._earlier import Counting, Log
from cmcore.charters.analysis._formula import TRUE, UNKNOWN, Atom, Formula, Leaf, either
from cmcore.charters.analysis._limits import Limits
from cmcore.charters.analysis._logs import Logs
from cmcore.charters.analysis._scalars import incident, scalar, specs_of
from cmcore.charters.analysis._sets import Sets
from cmcore.charters.analysis._texts import Texts
from cmcore.charters.analysis._theory import Anything, Asked, Question, Theory
from cmcore.charters.analysis._times import holidays, instants, labelled
from cmcore.charters.charter import Charter
from cmcore.charters.conditions.condition import DATED, FactTest
from cmcore.charters.conditions.facts import MEASURES, OF_LINKS, FactType
from cmcore.charters.rule import Term

_INCIDENT: Final = "incident"
_LOGS: Final = "logs"
_AT: Final = "at"
_HOLIDAY: Final = "holiday"
_DATED: Final = ("recent.", _HOLIDAY)
_OF_AT: Final = frozenset({"at", "local.weekday", "local.hour"})


def subject(leaf: Leaf, charter: Charter) -> str:
    """Return what a question is about: a fact, or facts that have to be seen together."""
    if isinstance(leaf, Term) or leaf.fact in _OF_AT:
        return _AT
    head, _, _ = leaf.fact.partition(".")
    if leaf.fact.startswith("incident."):
        return _INCIDENT
    if head in {"recent", "person"}:
        return _LOGS
    if head in OF_LINKS:
        return "links"
    of, _, measure = leaf.fact.rpartition(".")
    base = charter.vocabulary.find(of) if of else None
    return of if base and measure in MEASURES.get(base.type, {}) else leaf.fact


class Board:
    """The questions of one charter, or of several, and what may be so of them."""

    def __init__(
        self, charters: Sequence[Charter], counting: Callable[[Iterable[Log]], Counting]
    ) -> None:
        self.charters = charters
        self.questions: list[Question] = []
        self.theories: list[Theory] = []
        #: What each theory is about.
        self.subjects: list[str] = []
        #: The theory of each question, by its place.
        self.theory_of: list[int] = []
        #: What is so of every act: nothing is known of earlier acts where its moment is not.
        self.rules: list[Formula] = []
        self._numbers: dict[tuple[object, Leaf], int] = {}
        self._counting = counting

    def numbers(self, charter: Charter) -> Callable[[Leaf], int]:
        """Return what numbers the leaves of a charter's conditions; new ones before `close`."""
        key = _frame(charter)
        return lambda leaf: self._number(charter, key, leaf)

    def _number(self, charter: Charter, key: object, leaf: Leaf) -> int:
        number = self._numbers.setdefault((key, leaf), len(self.questions))
        if number == len(self.questions):
            self.questions.append(Question(charter, leaf))
        return number

    def close(self) -> None:
        """Make the theories of all that was asked."""
        for number, question in list(enumerate(self.questions)):
            leaf = question.leaf
            if isinstance(leaf, FactTest) and leaf.fact.startswith(_DATED):
                key = _frame(question.charter)
                dated = Atom(self._number(question.charter, key, DATED), TRUE)
                self.rules.append(either((dated, Atom(number, UNKNOWN))))
        groups: dict[str, list[tuple[int, Question]]] = {}
        for number, question in enumerate(self.questions):
            groups.setdefault(subject(question.leaf, question.charter), []).append(
                (number, question)
            )
        self.theory_of = [0] * len(self.questions)
        for place, (name, asked) in enumerate(groups.items()):
            self.theories.append(self._theory(name, asked))
            self.subjects.append(_name(name, asked))
            for number, _ in asked:
                self.theory_of[number] = place

    def _theory(self, name: str, asked: Asked) -> Theory:
        if name == _LOGS:
            return Logs(asked, self._counting)
        if name in _TOGETHER:
            return _TOGETHER[name](asked)
        specs = specs_of(asked, name)
        types = {spec.type for spec in specs}
        if len(types) != 1:
            return Anything(asked)
        return _THEORIES.get(types.pop(), scalar)(name, asked)


_TOGETHER: Final[Mapping[str, Callable[[Asked], Theory]]] = {
    _INCIDENT: incident,
    _AT: instants,
    _HOLIDAY: holidays,
    "fits": Limits,
}
_THEORIES: Final[Mapping[FactType, Callable[[str, Asked], Theory]]] = {
    FactType.SYMBOLS: Sets,
    FactType.TEXT: Texts,
    FactType.INSTANT: labelled,
}


def _name(subject: str, asked: Asked) -> str:
    """Return how a subject is called: logs are by the facts that are asked of them."""
    if subject != _LOGS:
        return subject
    heads = (one.leaf.fact.partition(".")[0] for _, one in asked if isinstance(one.leaf, FactTest))
    return ", ".join(sorted(set(heads)))


def _frame(charter: Charter) -> object:
    """Return what the reading of facts depends on, which charters may have in common."""
    return (charter.zone, charter.vocabulary, charter.counts, charter.calendar)
