"""Contradictions: conditions that no act makes true, since what they ask of a fact excludes itself.

What is found is sure: parts that would have to hold at once name values that no fact has together,
or leave none of a closed list. Of several facts it is looked for where one has a value only as
another has: a measure of a text or a set, and how severe an incident is.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from datetime import timedelta
from typing import Any, Final

from cmcore.charters.conditions.condition import (
    All,
    AnyOf,
    Condition,
    FactTest,
    Not,
    of_nothing,
    sense_of,
    threshold,
)
from cmcore.charters.conditions.facts import MEASURES, OF_LINKS, FactSpec, FactType
from cmcore.charters.conditions.operators import OPERATORS, Counted, Op, Relation, Span
from cmcore.charters.conditions.vocabulary import Vocabulary
from cmcore.time.units import lies_in

_USUAL: Final = Vocabulary()
_MEASURED: Final = frozenset().union(*MEASURES.values())
#: A test, and whether it is to hold.
_Asked = tuple[FactTest, bool]


def never_true(condition: Condition, vocabulary: Vocabulary = _USUAL) -> bool:
    """Return whether no act can make a condition true, judged one fact at a time."""
    return why_never(condition, vocabulary) is not None


def why_never(condition: Condition, vocabulary: Vocabulary = _USUAL) -> frozenset[str] | None:
    """Return the facts of which a condition asks what no act has; None where an act may have it.

    They are none where nothing is asked: one of no conditions is never true.
    """
    return _why_not(condition, vocabulary, wanted=True)


def _why_not(condition: Condition, words: Vocabulary, *, wanted: bool) -> frozenset[str] | None:
    if isinstance(condition, FactTest):
        return _excluded([(condition, wanted)], words)
    if isinstance(condition, Not):
        return _why_not(condition.of, words, wanted=not wanted)
    count, parts = threshold(condition)
    needed = count if wanted else len(parts) - count + 1
    found = [_why_not(part, words, wanted=wanted) for part in parts]
    if found.count(None) < needed:
        return frozenset[str]().union(*filter(None, found))
    return None if needed < len(parts) else _excluded(_together(parts, wanted=wanted), words)


def _together(parts: Iterable[Condition], *, wanted: bool) -> Iterator[_Asked]:
    """Yield the tests that must all hold, or all fail, for all parts to do so."""
    for part in parts:
        if isinstance(part, FactTest):
            yield part, wanted
        elif isinstance(part, Not):
            yield from _together([part.of], wanted=not wanted)
        elif isinstance(part, All if wanted else AnyOf):
            yield from _together(part.of, wanted=wanted)


def _excluded(asked: Iterable[_Asked], words: Vocabulary) -> frozenset[str] | None:
    """Return the facts whose tests exclude each other; None where none do."""
    by_fact: defaultdict[str, dict[_Asked, set[str]]] = defaultdict(dict)
    for test, wanted in asked:
        for one in (*_implied(test, wanted=wanted), (test, wanted)):
            by_fact[one[0].fact].setdefault(one, set()).add(test.fact)
    found = ((words.find(fact), of) for fact, of in by_fact.items() if fact not in OF_LINKS)
    clashing = (_asking(spec, of) for spec, of in found if spec and _clash(spec, [*of]))
    return frozenset[str]().union(*clashing) or None


def _asking(spec: FactSpec, asked: Mapping[_Asked, AbstractSet[str]]) -> AbstractSet[str]:
    """Return the facts whose tests clash over one: itself, and what needs it to be otherwise."""
    own = [one for one, of in asked.items() if spec.name in of]
    return {spec.name} if _clash(spec, own) else {spec.name}.union(*asked.values())


def _implied(test: FactTest, *, wanted: bool) -> Iterator[_Asked]:
    """Yield what holds of other facts where a fact has a value, as what is asked of it needs."""
    of, _, measure = test.fact.rpartition(".")
    if of_nothing(test) is wanted:
        return
    if test.fact.startswith("since."):
        yield FactTest(test.fact, Op.AT_LEAST, operand=timedelta(0)), True
    elif test.fact == "incident.severity":
        yield FactTest("incident.open", Op.IS, operand=True), True
    elif measure in _MEASURED:
        yield FactTest(of, Op.PRESENT, operand=True), True


def _clash(spec: FactSpec, asked: list[_Asked]) -> bool:
    """Return whether no value of a fact, nor its having none, does all that is asked of it."""
    if any((test, not wanted) in asked for test, wanted in asked):
        return True
    if spec.domain.optional and all(of_nothing(test) is wanted for test, wanted in asked):
        return False
    if any(test.op is Op.PRESENT and test.operand is not wanted for test, wanted in asked):
        return True
    return _NONE_LEFT.get(spec.type, _never)(spec, _Wanted(spec.type, asked))


class _Wanted:
    """What is asked of a fact, as its values have to stand to the operands."""

    def __init__(self, kind: FactType, asked: list[_Asked]) -> None:
        self._asked = [
            (sense, test.operand, wanted is not OPERATORS[test.op].negated)
            for test, wanted in asked
            if (sense := sense_of(test, kind))
        ]

    def words(self, relation: Relation, *, there: bool) -> list[frozenset[Any]]:
        """Return the words to which a value has to stand so, or may not."""
        return [
            want if isinstance(want, frozenset) else frozenset({want})
            for sense, want, is_there in self._asked
            if sense.relation is relation and is_there is there
        ]

    def spans(self) -> Iterator[Span]:
        """Yield the spans in which a value has to lie."""
        for sense, want, is_there in self._asked:
            if sense.span:
                start, stop = sense.span(want)
                if is_there:
                    yield start, stop
                elif start is None or stop is None:  # what lies outside is one span as well
                    yield stop, start

    def counts(self) -> Iterator[Counted]:
        """Yield how many acts a log has to hold: in what window, at least and at most."""
        asked = [
            (sense.acts(want), is_there) for sense, want, is_there in self._asked if sense.acts
        ]
        for (window, low, high), is_there in asked:
            if is_there:
                yield window, low, high
            else:  # fewer than the least, or more than the most
                yield window, None if high is None else high + 1, None if low is None else low - 1


def _never(*_: object) -> bool:
    return False


def _no_word(spec: FactSpec, asked: _Wanted) -> bool:
    """Return whether no single value is left of those that are named, or of a closed list."""
    named = asked.words(Relation.AMONG, there=True)
    banned = asked.words(Relation.AMONG, there=False)
    closed = frozenset({True, False}) if spec.type is FactType.FLAG else spec.values
    named += [] if closed is None else [closed]
    return bool(named) and not frozenset.intersection(*named).difference(*banned)


def _no_words(spec: FactSpec, asked: _Wanted) -> bool:
    """Return whether no set of words has those that it must, and none that it may not."""
    whole = asked.words(Relation.EACH, there=False)
    banned = asked.words(Relation.SOME, there=False)
    banned += [words for words in whole if len(words) == 1]
    only = asked.words(Relation.BEYOND, there=False)
    only += [] if spec.values is None else [spec.values]
    some = asked.words(Relation.SOME, there=True)
    some += [frozenset({w}) for words in asked.words(Relation.EACH, there=True) for w in words]
    some = [words.difference(*banned).intersection(*only) for words in some]
    every = frozenset[Any]().union(*(words for words in some if len(words) == 1))
    left = frozenset.intersection(*only).difference(*banned) if only else None
    beyond = asked.words(Relation.BEYOND, there=True)
    return (
        not all(some)
        or any(words <= every for words in whole)
        or (left is not None and any(left <= words for words in beyond))
    )


def _no_number(spec: FactSpec, asked: _Wanted) -> bool:
    """Return whether no number, duration or instant of a fact lies in all the spans."""
    low, high = spec.domain.low, spec.domain.high
    own = (None if low is None else (low, False), None if high is None else (high, True))
    spans = [*asked.spans(), own]
    starts = [start for start, _ in spans if start is not None]
    return any(start >= stop for _, stop in spans if stop is not None for start in starts)


def _no_log(_: FactSpec, asked: _Wanted) -> bool:
    """Return whether a window has to hold more acts than a window does that it lies in."""
    counts = [*asked.counts()]
    return any(
        low is not None and high is not None and low > high and lies_in(window, wide)
        for window, low, _ in counts
        for wide, _, high in counts
    )


#: Whether no value does what is asked of a fact, by its type.
_NONE_LEFT: Final[Mapping[FactType, Callable[[FactSpec, _Wanted], bool]]] = {
    **dict.fromkeys((FactType.SYMBOL, FactType.FLAG), _no_word),
    FactType.SYMBOLS: _no_words,
    **dict.fromkeys((FactType.NUMBER, FactType.DURATION, FactType.INSTANT), _no_number),
    FactType.LOG: _no_log,
}
