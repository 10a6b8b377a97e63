"""The normal form of a charter: each rule as alternatives, each of them tests that must all hold.

Every step holds in strong Kleene logic: De Morgan's laws, distributivity and absorption. That a
test or its contrary is true does not, and is never used: what is unknown stays so.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from itertools import combinations
from math import comb
from typing import Final

from cmcore.base.truth import Truth
from cmcore.base.values import internal
from cmcore.charters.charter import Charter
from cmcore.charters.conditions.condition import All, Condition, FactTest, Not, threshold
from cmcore.charters.meaning.kleene import test_truth, truth
from cmcore.charters.meaning.observation import Facts
from cmcore.charters.rule import Rule, Term

#: The most alternatives of a rule; a part that would make more of them stays whole.
MOST: Final = 256
#: The most alternatives among which redundant ones are looked for.
_ABSORBED: Final = 48

#: What may hold or not: a test, a term, or a part of a condition that is kept whole.
Question = FactTest | Term | Condition
#: Numbers of questions, from 1; a negative one asks that the question be false.
Conjunct = tuple[int, ...]


def answer(question: Question, facts: Facts) -> Truth:
    """Return whether what is asked holds of the facts, by the reference evaluation."""
    if isinstance(question, FactTest):
        return test_truth(question, facts)
    return question.holds(facts.day) if isinstance(question, Term) else truth(question, facts)


@internal
class NormalRule:
    """A rule as alternatives: true when all that one of them names is true.

    It is unknown when none is true and one is not false. `whole` says that some of its condition
    was too wide to be taken apart.
    """

    rule: Rule
    conjuncts: tuple[Conjunct, ...]
    whole: bool = False


@internal
class NormalForm:
    """A charter as questions, each once, and its rules in the order they are written in.

    `gate` is what every permit needs besides: that the charter is in force and the act in scope.
    """

    charter: Charter
    questions: tuple[Question, ...]
    rules: tuple[NormalRule, ...]
    gate: NormalRule

    def question(self, literal: int) -> Question:
        """Return what a literal of a conjunct asks, whether it wants it true or false."""
        return self.questions[abs(literal) - 1]


def normal(charter: Charter, most: int = MOST) -> NormalForm:
    """Bring a charter to its normal form, with at most `most` alternatives a rule."""
    made = _Maker(most)
    rules = tuple(made.rule(rule, rule.term, rule.when) for rule in charter.rules)
    ways = Rule.permit("gate", because="in force and in scope")
    gate = made.rule(ways, charter.term, charter.framed)
    return NormalForm(charter, tuple(made.numbers), rules, gate)


_Ways = list[frozenset[int]]
_TRUE: Final[_Ways] = [frozenset()]


class _Maker:
    """Numbers the questions as it takes conditions apart."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.numbers: _Numbers = _Numbers()
        self._whole = False

    def rule(self, rule: Rule, term: Term, when: Condition) -> NormalRule:
        self._whole = False
        ways = self._plain(when) or self._ways(when, wanted=True)
        if term != _ALWAYS:
            number = self.numbers.of(term)
            ways = [way | {number} for way in ways]
        conjuncts = tuple(tuple(sorted(way, key=_order)) for way in ways)
        return NormalRule(rule, conjuncts, self._whole)

    def _plain(self, when: Condition) -> _Ways | None:
        """Return the one alternative of a condition that is tests which must all hold."""
        if not isinstance(when, All):
            return None
        tests = [part for part in when.of if isinstance(part, FactTest)]
        return [frozenset(map(self.numbers.of, tests))] if len(tests) == len(when.of) else None

    def _ways(self, condition: Condition, *, wanted: bool) -> _Ways:
        """Return the alternatives that make `condition` true or, where not wanted, false."""
        if isinstance(condition, FactTest):
            number = self.numbers.of(condition)
            return [frozenset((number if wanted else -number,))]
        if isinstance(condition, Not):
            return self._ways(condition.of, wanted=not wanted)
        count, parts = threshold(condition)
        count = count if wanted else len(parts) - count + 1
        ways = self._some(count, parts, wanted=wanted)
        return self._kept(condition, wanted=wanted) if ways is None else ways

    def _some(self, count: int, parts: Sequence[Condition], *, wanted: bool) -> _Ways | None:
        """Return the alternatives in which `count` of `parts` are as wanted; None if too many."""
        if count == len(parts):
            return self._every(parts, wanted=wanted)
        if comb(len(parts), count) > self.most:
            return None
        found: _Ways = []
        each = [self._ways(part, wanted=wanted) for part in parts]
        for chosen in combinations(each, count):
            ways = _joined(chosen, self.most)
            if ways is None or len(found) + len(ways) > self.most:
                return None
            found += ways
        return _absorbed(found)

    def _every(self, parts: Sequence[Condition], *, wanted: bool) -> _Ways:
        """Return the alternatives in which all are as wanted; the widest may stay whole."""
        each = [(self._ways(part, wanted=wanted), part) for part in parts]
        each.sort(key=lambda found: len(found[0]))
        ways = _TRUE
        for more, part in each:
            both = _product(ways, more, self.most)
            if both is None:
                both = _product(ways, self._kept(part, wanted=wanted), self.most)
            ways = both or []
        return _absorbed(ways)

    def _kept(self, condition: Condition, *, wanted: bool) -> _Ways:
        self._whole = True
        number = self.numbers.of(condition)
        return [frozenset((number if wanted else -number,))]


_ALWAYS: Final = Term()


class _Numbers:
    """The questions, each numbered from 1 when it is first met."""

    def __init__(self) -> None:
        self._numbers: dict[object, int] = {}
        self._questions: list[Question] = []

    def of(self, question: Question) -> int:
        number = self._numbers.setdefault(question, len(self._numbers) + 1)
        if number > len(self._questions):
            self._questions.append(question)
        return number

    def __iter__(self) -> Iterator[Question]:
        return iter(self._questions)


def _order(literal: int) -> tuple[int, int]:
    return abs(literal), literal


def _joined(each: Iterable[_Ways], most: int) -> _Ways | None:
    ways: _Ways | None = _TRUE
    for more in each:
        ways = None if ways is None else _product(ways, more, most)
    return ways


def _product(some: _Ways, more: _Ways, most: int) -> _Ways | None:
    if len(some) * len(more) > most:
        return None
    return [one | other for one in some for other in more]


def _absorbed(ways: _Ways) -> _Ways:
    """Leave out the alternatives that ask for all that another asks for."""
    if len(ways) == 1 or len(ways) > _ABSORBED:
        return list(dict.fromkeys(ways))
    return reduce(_absorb, sorted(dict.fromkeys(ways), key=len), [])


def _absorb(kept: _Ways, way: _Ways | frozenset[int]) -> _Ways:
    return kept if any(one <= way for one in kept) else [*kept, way]  # type: ignore[operator, list-item]
