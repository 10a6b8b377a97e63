"""Assembling: from the normal form of a charter to items, and the facts that they ask for."""

from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from cmcore.base.characters import is_damaged
from cmcore.base.values import internal
from cmcore.charters.conditions.condition import FactTest
from cmcore.charters.conditions.domains import ANY, Domain
from cmcore.charters.conditions.facts import FactType
from cmcore.charters.index._blocks import Item
from cmcore.charters.index._value_sets import Shape, absent_holds, shape_of, term_shape
from cmcore.charters.index.lexicon import Lexicon
from cmcore.charters.index.normal_form import Conjunct, NormalForm, Question
from cmcore.charters.rule import Rule, Term
from cmcore.text.words import WordList

#: The internal name of the day, which terms ask for.
DAY: Final = ""


@internal
class Source:
    """A fact that is read: its name, type and domain, and the word lists asked of it."""

    name: str
    type: FactType
    domain: Domain = ANY
    label: bool = False
    lexicon: Lexicon | None = None

    def found(self, text: str) -> frozenset[int] | None:
        """Return the numbers of the word lists found in a text; None where that fails."""
        if self.lexicon is not None:
            return self.lexicon.found(text)
        return None if is_damaged(text) else frozenset()


_Part = tuple[int, Shape, bool] | None


class Assembly:
    """The items of a charter, and the facts they ask for."""

    def __init__(self, form: NormalForm) -> None:
        self.form = form
        self._vocabulary = form.charter.vocabulary
        self._spec = cache(self._vocabulary.find)
        self._places: dict[str, int] = {}
        self._types: list[FactType] = []
        self._parts: dict[int, _Part] = {}
        self.items = [self._item(None, -1, found) for found in form.gate.conjuncts]
        self.items += [
            self._item(norm.rule, number, found)
            for number, norm in enumerate(form.rules)
            for found in norm.conjuncts
        ]
        self.sources = tuple(self._sources())

    def _item(self, rule: Rule | None, number: int, literals: Conjunct) -> Item:
        shapes: dict[int, Any] = {}
        fails: set[int] = set()
        asks: list[int] = []
        for literal in literals:
            part = self._part(literal)
            if part is None:
                asks.append(literal)
                continue
            fact, shape, absent = part
            shapes[fact] = shapes[fact].meet(shape) if fact in shapes else shape
            if not absent:
                fails.add(fact)
        return Item(rule, number, literals, shapes, frozenset(shapes.keys() - fails), tuple(asks))

    def _part(self, literal: int) -> _Part:
        """Return the fact that a literal asks for, its shape, and whether absence satisfies it."""
        if literal not in self._parts:
            self._parts[literal] = self._made(self.form.question(literal), literal)
        return self._parts[literal]

    def _made(self, question: Question, literal: int) -> _Part:
        wanted = literal > 0
        if isinstance(question, Term):
            return self._place(DAY, FactType.INSTANT), term_shape(question), False
        spec = self._spec(question.fact) if isinstance(question, FactTest) else None
        if not isinstance(question, FactTest) or spec is None:
            return None
        shape = shape_of(question, abs(literal), spec.type, wanted=wanted)
        if shape is None:
            return None
        return self._place(question.fact, spec.type), shape, absent_holds(question, wanted=wanted)

    def _place(self, name: str, kind: FactType) -> int:
        if name not in self._places:
            self._places[name] = len(self._places)
            self._types.append(kind)
        return self._places[name]

    def _sources(self) -> Iterator[Source]:
        for name, kind in zip(self._places, self._types, strict=True):
            spec = self._spec(name)
            domain = spec.domain if spec else ANY
            yield Source(name, kind, domain, name in self._vocabulary.labels, self._lexicon(name))

    def _lexicon(self, name: str) -> Lexicon | None:
        lists = {
            number: question.operand
            for number, question in enumerate(self.form.questions, 1)
            if isinstance(question, FactTest) and question.fact == name
            if isinstance(question.operand, WordList)
        }
        return Lexicon(lists) if lists else None
