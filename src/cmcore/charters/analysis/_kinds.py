"""Kinds of act: what the values of a fact, or the truths of tests, come to as conditions."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import chain
from typing import Any, Final

import attrs

from cmcore.charters.analysis._formula import FALSE
from cmcore.charters.analysis._theory import Question
from cmcore.charters.analysis._times import ends
from cmcore.charters.conditions.condition import All, AnyOf, Condition, FactTest, Not
from cmcore.charters.conditions.facts import ABSENT, FactSpec, FactType
from cmcore.charters.conditions.operands import Quiet
from cmcore.charters.conditions.operators import Op
from cmcore.charters.rule import Term
from cmcore.text.words import WordList

#: So many words of a closed list are said, even where fewer are left out.
_FEW: Final = 6


def being(
    spec: FactSpec, good: Collection[Any], bad: Collection[Any], named: Collection[str]
) -> tuple[Condition, ...]:
    """Return the conditions that hold where a word or a flag is one of `good`, and none of `bad`.

    These are all that it may be; where it may be any word, those `named` and another one.
    """
    there, none = (FactTest(spec.name, Op.PRESENT, held) for held in (True, False))
    words, others = (sorted(one for one in of if one is not ABSENT) for of in (good, bad))
    may_lack = ABSENT in good
    if not words:
        return (none,)
    if not others:
        return (AnyOf((there, none)),) if may_lack else (there,)
    if spec.type is FactType.FLAG:
        one, other = (FactTest(spec.name, Op.IS, held[0]) for held in (words, others))
        return (~other,) if may_lack else (one,)
    most = len(others) if may_lack else max(len(others), _FEW)
    is_named = len(words) <= most if spec.values else set(words) <= set(named)
    if is_named:
        found = _among(spec.name, words)
        return (AnyOf((found, none)),) if may_lack else (found,)
    return (_beyond(spec.name, others), *(() if may_lack or ABSENT not in bad else (there,)))


def _among(fact: str, words: Collection[str]) -> Condition:
    if len(words) == 1:
        return FactTest(fact, Op.IS, next(iter(words)))
    return FactTest(fact, Op.ONE_OF, frozenset(words))


def _beyond(fact: str, words: Collection[str]) -> Condition:
    return ~_among(fact, words)


def asking(asked: Iterable[tuple[Question, int]]) -> tuple[Condition, ...]:
    """Return conditions that hold where questions have these truths; those of a sort are one."""
    sorts: dict[object, list[Condition]] = {}
    words = set[str]()
    for question, mask in asked:
        one = _plain(question, mask)
        if isinstance(one, FactTest) and _type(question, one) is FactType.SYMBOL:
            words.add(one.fact)
        sorts.setdefault(_sort(one), []).append(one)
    joined = (_JOINS[_sort(many[0])[0]](many) if many[1:] else many[0] for many in sorts.values())
    return tuple(_said(one, words) for one in joined)


def _said(one: Condition, words: Collection[str]) -> Condition:
    """Return a condition as it is said best: of a fact that is one word, that it is another one."""
    if isinstance(one, FactTest) and one.op is Op.NONE_OF and one.fact in words:
        return _beyond(one.fact, sorted(one.operand))  # type: ignore[arg-type]
    return one


def _type(question: Question, test: FactTest) -> FactType | None:
    spec = question.charter.vocabulary.find(test.fact)
    return spec.type if spec else None


def _plain(question: Question, mask: int) -> Condition:
    """Return what a question asks, or its contrary, as a condition that a charter could write."""
    leaf = question.leaf
    if isinstance(leaf, Term):
        days = _days(leaf, question.charter.zone)
        return ~days if mask == FALSE else days
    if mask != FALSE:
        return leaf
    spec = question.charter.vocabulary.find(leaf.fact)
    contrary = _CONTRARY.get((spec.type, leaf.op)) if spec else None
    if contrary is None or isinstance(leaf.operand, Quiet):
        return ~leaf
    op, has_to_be = contrary
    if has_to_be and spec and spec.domain.optional:
        return ~leaf
    return FactTest(leaf.fact, op, _TURNED.get(leaf.op, _same)(leaf.operand))


def _same(operand: Any) -> Any:  # noqa: ANN401 - any operand
    return operand


#: How an operand is turned where its operator has another one for a contrary.
_TURNED: Final[Mapping[Op, Callable[[Any], Any]]] = {
    Op.IS: lambda given: not given if isinstance(given, bool) else frozenset({given}),
    Op.PRESENT: lambda given: not given,
}
_T: Final = FactType
#: The contrary of an operator, by the type of the fact, and whether the fact must have a value.
_CONTRARY: Final[Mapping[tuple[FactType, Op], tuple[Op, bool]]] = {
    **{
        (kind, one): (other, True)
        for kind in (_T.NUMBER, _T.DURATION, _T.INSTANT)
        for pair in ((Op.BELOW, Op.AT_LEAST), (Op.ABOVE, Op.AT_MOST))
        for one, other in (pair, pair[::-1])
    },
    **{
        (_T.LOG, one): (other, False)
        for pair in ((Op.MORE_THAN, Op.AT_MOST), (Op.FEWER_THAN, Op.AT_LEAST))
        for one, other in (pair, pair[::-1])
    },
    **{(kind, Op.PRESENT): (Op.PRESENT, False) for kind in FactType if kind is not _T.LOG},
    (_T.FLAG, Op.IS): (Op.IS, True),
    (_T.SYMBOL, Op.IS): (Op.NONE_OF, False),
    (_T.SYMBOL, Op.ONE_OF): (Op.NONE_OF, False),
    (_T.SYMBOL, Op.NONE_OF): (Op.ONE_OF, False),
    (_T.SYMBOLS, Op.ANY_OF): (Op.NONE_OF, False),
    (_T.SYMBOLS, Op.NONE_OF): (Op.ANY_OF, False),
}


def _sort(one: Condition) -> tuple[object, ...]:
    """Return of what sort a condition is; those of one sort, of one fact, can be joined."""
    if isinstance(one, FactTest) and one.op in _JOINS:
        return one.op, one.fact
    denied = one.of if isinstance(one, Not) else None
    if isinstance(denied, FactTest) and isinstance(denied.operand, WordList):
        words = denied.operand
        if not words.exceptions:
            return Not, denied.fact, words.inflected
    return None, one


def _either(many: Sequence[Any]) -> Condition:
    words = frozenset[Any]().union(*(one.operand for one in many))
    return FactTest(many[0].fact, many[0].op, words)


def _both(many: Sequence[Any]) -> Condition:
    words: frozenset[str] = frozenset.intersection(*(one.operand for one in many))
    return FactTest(many[0].fact, many[0].op, words)


def _unmentioned(many: Sequence[Any]) -> Condition:
    # made once: to make a list takes as long as it has words
    first: FactTest = many[0].of
    entries = tuple(chain.from_iterable(one.of.operand.entries for one in many))
    words: WordList = attrs.evolve(many[0].of.operand, entries=entries)
    return ~FactTest(first.fact, first.op, words)


#: What tests of one sort come to together: none of all these words, only those of each list, ….
_JOINS: Final[Mapping[object, Callable[[Sequence[Any]], Condition]]] = {
    Op.NONE_OF: _either,
    Op.ONLY: _both,
    Not: _unmentioned,
}


def _days(term: Term, zone: str) -> Condition:
    """Return the condition that the moment lies in the days of a term."""
    start, stop = ends(term, zone)
    parts = [] if start is None else [FactTest("at", Op.AT_LEAST, start)]
    parts += [] if stop is None else [FactTest("at", Op.BELOW, stop)]
    return All(parts)
