"""Contradictions: conditions that no act makes true, since what they ask of a fact excludes itself.

What is found is sure: parts that would have to hold at once name values that no fact has together.
Conditions that contradict themselves across several facts are not looked for.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from cmcore.nouns.conditions import (
    HOLDS_OF_NOTHING,
    All,
    AnyOf,
    Condition,
    Not,
    Op,
    Range,
    Test,
    threshold,
)

#: A test, and whether it is to hold.
_Asked = tuple[Test, bool]


def never_true(condition: Condition) -> bool:
    """Tell whether no act makes a condition true, as far as that can be seen one fact at a time."""
    return not _may_be(condition, wanted=True)


def _may_be(condition: Condition, *, wanted: bool) -> bool:
    if isinstance(condition, Test):
        return True
    if isinstance(condition, Not):
        return _may_be(condition.of, wanted=not wanted)
    count, parts = threshold(condition)
    needed = count if wanted else len(parts) - count + 1
    if sum(_may_be(part, wanted=wanted) for part in parts) < needed:
        return False
    return needed < len(parts) or not _exclude(_together(parts, wanted=wanted))


def _together(parts: Iterable[Condition], *, wanted: bool) -> Iterator[_Asked]:
    """Yield the tests that must all hold, or all fail, for all parts to do so."""
    for part in parts:
        if isinstance(part, Test):
            yield part, wanted
        elif isinstance(part, Not):
            yield from _together([part.of], wanted=not wanted)
        elif isinstance(part, All if wanted else AnyOf):
            yield from _together(part.of, wanted=wanted)


def _exclude(asked: Iterable[_Asked]) -> bool:
    """Return whether some tests of one fact exclude each other."""
    by_fact: defaultdict[str, dict[_Asked, None]] = defaultdict(dict)
    for test, wanted in asked:
        by_fact[test.fact][test, wanted] = None
    return any(_clash(list(one)) for fact, one in by_fact.items() if fact != "hosts")


def _clash(asked: list[_Asked]) -> bool:
    """Return whether no value of a fact, nor its having none, does all that is asked of it."""
    if any((test, not wanted) in asked for test, wanted in asked):
        return True
    held = [test for test, wanted in asked if wanted]
    given = [test for test in held if test.op not in HOLDS_OF_NOTHING | {Op.PRESENT}]
    if not given:  # it may have no value at all
        return False
    if any(test.op is Op.PRESENT and test.operand is False for test in held):
        return True
    failed = [test for test, wanted in asked if not wanted]
    return _no_word(held, failed) or _no_words(held, failed) or _no_number(held, failed)


def _no_word(held: list[Test], failed: list[Test]) -> bool:
    """Return whether no single value is left of those that are named."""
    named = [_values(test) for test in held if test.op in {Op.IS, Op.ONE_OF}]
    banned = [_values(test) for test in failed if test.op in {Op.IS, Op.ONE_OF}]
    banned += [_values(test) for test in held if test.op is Op.NONE_OF]
    return bool(named) and not frozenset.intersection(*named).difference(*banned)


def _no_words(held: list[Test], failed: list[Test]) -> bool:
    """Return whether no set of words has those that it must, and none that it may not."""
    banned = [_values(test) for test in failed if test.op is Op.ANY_OF]
    banned += [_values(test) for test in held if test.op is Op.NONE_OF]
    only = [_values(test) for test in held if test.op is Op.ONLY]
    for test in held:
        if test.op in {Op.ANY_OF, Op.ALL_OF}:
            words = _values(test)
            left = words.intersection(*only).difference(*banned)
            if not left or (test.op is Op.ALL_OF and left != words):
                return True
    return False


def _values(test: Test) -> frozenset[Any]:
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


def _no_number(held: list[Test], failed: list[Test]) -> bool:
    """Return whether no number, duration or instant lies in all the ranges."""
    asked = [(test.op, test.operand) for test in held if _is_scalar(test)]
    asked += [(_OPPOSITE[t.op], t.operand) for t in failed if t.op in _OPPOSITE and _is_scalar(t)]
    spans = [_SPANS[op](want) for op, want in asked]
    return any(
        low > high or (low == high and (is_open or is_out))
        for low, _, is_open in spans
        for _, high, is_out in spans
        if low is not None and high is not None
    )


def _is_scalar(test: Test) -> bool:
    """Return whether a test compares with a number, a duration or an instant."""
    bounds = test.operand.low if isinstance(test.operand, Range) else test.operand
    return test.op in _SPANS and hasattr(bounds, "__sub__") and not isinstance(bounds, frozenset)
