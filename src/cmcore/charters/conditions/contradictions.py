"""Contradictions: conditions that no act makes true, since what they ask of a fact excludes itself.

What is found is sure: parts that would have to hold at once name values that no fact has together,
or leave none of a closed list. Of several facts it is looked for where one has a value only as
another has: a measure of a text or a set, and how severe an incident is.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from cmcore.charters.conditions.condition import (
    HOLDS_OF_NOTHING,
    All,
    AnyOf,
    Condition,
    FactTest,
    Not,
    Op,
    Range,
    threshold,
)
from cmcore.charters.conditions.facts import MEASURES, OF_LINKS, FactSpec, FactType, Vocabulary

_USUAL: Final = Vocabulary()
_MEASURED: Final = frozenset().union(*MEASURES.values())
#: A test, and whether it is to hold.
_Asked = tuple[FactTest, bool]


def never_true(condition: Condition, vocabulary: Vocabulary = _USUAL) -> bool:
    """Tell whether no act makes a condition true, as far as that can be seen one fact at a time."""
    return not _may_be(condition, vocabulary, wanted=True)


def _may_be(condition: Condition, words: Vocabulary, *, wanted: bool) -> bool:
    if isinstance(condition, FactTest):
        return True
    if isinstance(condition, Not):
        return _may_be(condition.of, words, wanted=not wanted)
    count, parts = threshold(condition)
    needed = count if wanted else len(parts) - count + 1
    if sum(_may_be(part, words, wanted=wanted) for part in parts) < needed:
        return False
    return needed < len(parts) or not _exclude(_together(parts, wanted=wanted), words)


def _together(parts: Iterable[Condition], *, wanted: bool) -> Iterator[_Asked]:
    """Yield the tests that must all hold, or all fail, for all parts to do so."""
    for part in parts:
        if isinstance(part, FactTest):
            yield part, wanted
        elif isinstance(part, Not):
            yield from _together([part.of], wanted=not wanted)
        elif isinstance(part, All if wanted else AnyOf):
            yield from _together(part.of, wanted=wanted)


def _exclude(asked: Iterable[_Asked], words: Vocabulary) -> bool:
    """Return whether some tests of one fact exclude each other."""
    by_fact: defaultdict[str, dict[_Asked, None]] = defaultdict(dict)
    for test, wanted in asked:
        for one in (*_implied(test, wanted=wanted), (test, wanted)):
            by_fact[one[0].fact][one] = None
    found = ((words.find(fact), list(one)) for fact, one in by_fact.items() if fact not in OF_LINKS)
    return any(spec is not None and _clash(spec, one) for spec, one in found)


def _implied(test: FactTest, *, wanted: bool) -> Iterator[_Asked]:
    """Yield what holds of other facts where a fact has a value, as what is asked of it needs."""
    of, _, measure = test.fact.rpartition(".")
    if _of_nothing(test) is wanted:
        return
    if test.fact == "incident.severity":
        yield FactTest("incident.open", Op.IS, operand=True), True
    elif measure in _MEASURED:
        yield FactTest(of, Op.PRESENT, operand=True), True


def _clash(spec: FactSpec, asked: list[_Asked]) -> bool:
    """Return whether no value of a fact, nor its having none, does all that is asked of it."""
    if any((test, not wanted) in asked for test, wanted in asked):
        return True
    if spec.domain.optional and all(_of_nothing(test) is wanted for test, wanted in asked):
        return False
    if any(test.op is Op.PRESENT and test.operand is not wanted for test, wanted in asked):
        return True
    held = [test for test, wanted in asked if wanted]
    failed = [test for test, wanted in asked if not wanted]
    return _NONE_LEFT.get(spec.type, _never)(spec, held, failed)


def _of_nothing(test: FactTest) -> bool:
    """Return whether a test holds of a fact that is known to have no value."""
    return test.operand is False if test.op is Op.PRESENT else test.op in HOLDS_OF_NOTHING


def _never(*_: object) -> bool:
    return False


def _no_word(spec: FactSpec, held: list[FactTest], failed: list[FactTest]) -> bool:
    """Return whether no single value is left of those that are named, or of a closed list."""
    named = [_values(test) for test in held if test.op in {Op.IS, Op.ONE_OF}]
    named += [_values(test) for test in failed if test.op is Op.NONE_OF]
    banned = [_values(test) for test in failed if test.op in {Op.IS, Op.ONE_OF}]
    banned += [_values(test) for test in held if test.op is Op.NONE_OF]
    closed = frozenset({True, False}) if spec.type is FactType.FLAG else spec.values
    named += [] if closed is None else [closed]
    return bool(named) and not frozenset.intersection(*named).difference(*banned)


def _no_words(spec: FactSpec, held: list[FactTest], failed: list[FactTest]) -> bool:
    """Return whether no set of words has those that it must, and none that it may not."""
    whole = [_values(test) for test in failed if test.op is Op.ALL_OF]
    banned = [_values(test) for test in failed if test.op is Op.ANY_OF]
    banned += [_values(test) for test in held if test.op is Op.NONE_OF]
    banned += [words for words in whole if len(words) == 1]
    only = [_values(test) for test in held if test.op is Op.ONLY]
    only += [] if spec.values is None else [spec.values]
    some = [_values(test) for test in held if test.op is Op.ANY_OF]
    some += [_values(test) for test in failed if test.op is Op.NONE_OF]
    some += [frozenset({word}) for test in held if test.op is Op.ALL_OF for word in _values(test)]
    some = [words.difference(*banned).intersection(*only) for words in some]
    every = frozenset[Any]().union(*(words for words in some if len(words) == 1))
    left = frozenset.intersection(*only).difference(*banned) if only else None
    beyond = [_values(test) for test in failed if test.op is Op.ONLY]
    return (
        not all(some)
        or any(words <= every for words in whole)
        or (left is not None and any(left <= words for words in beyond))
    )


def _values(test: FactTest) -> frozenset[Any]:
    return test.operand if isinstance(test.operand, frozenset) else frozenset({test.operand})


#: What a test that holds says of a scalar: from where, up to where, and whether the ends are out.
_Span = tuple[Any, Any, bool]
_SPANS: Final[Mapping[Op, Callable[[Any], _Span]]] = {
    Op.IS: lambda want: (want, want, False),
    Op.BETWEEN: lambda want: (want.low, want.high, False),
    Op.BELOW: lambda want: (None, want, True),
    Op.AT_MOST: lambda want: (None, want, False),
    Op.AT_LEAST: lambda want: (want, None, False),
    Op.ABOVE: lambda want: (want, None, True),
}
_OPPOSITE: Final = {
    Op.BELOW: Op.AT_LEAST,
    Op.AT_MOST: Op.ABOVE,
    Op.AT_LEAST: Op.BELOW,
    Op.ABOVE: Op.AT_MOST,
}


def _no_number(spec: FactSpec, held: list[FactTest], failed: list[FactTest]) -> bool:
    """Return whether no number, duration or instant of a fact lies in all the ranges."""
    asked = [(test.op, test.operand) for test in held if _is_scalar(test)]
    asked += [(_OPPOSITE[t.op], t.operand) for t in failed if t.op in _OPPOSITE and _is_scalar(t)]
    spans = [_SPANS[op](want) for op, want in asked] + [(spec.domain.low, spec.domain.high, False)]
    return any(
        low > high or (low == high and (is_open or is_out))
        for low, _, is_open in spans
        for _, high, is_out in spans
        if low is not None and high is not None
    )


def _is_scalar(test: FactTest) -> bool:
    """Return whether a test compares with a number, a duration or an instant."""
    bounds = test.operand.low if isinstance(test.operand, Range) else test.operand
    return test.op in _SPANS and hasattr(bounds, "__sub__") and not isinstance(bounds, frozenset)


#: Whether no value does what is asked of a fact, by its type: the tests that hold, and that fail.
_NONE_LEFT: Final[Mapping[FactType, Callable[[FactSpec, list[FactTest], list[FactTest]], bool]]] = {
    **dict.fromkeys((FactType.SYMBOL, FactType.FLAG), _no_word),
    FactType.SYMBOLS: _no_words,
    **dict.fromkeys((FactType.NUMBER, FactType.DURATION, FactType.INSTANT), _no_number),
}
