"""Scalars: a value of each kind that the tests of a fact can tell apart."""

import math
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import timedelta
from itertools import pairwise
from typing import Any, Final

from cmcore.charters.analysis._patterns import samples
from cmcore.charters.analysis._theory import Asked, Cells
from cmcore.charters.conditions.condition import FactTest, words_asked
from cmcore.charters.conditions.facts import ABSENT, UNKNOWN, FactSpec, FactType
from cmcore.charters.conditions.forms import NORMAL, Form, covering
from cmcore.charters.conditions.operands import limits
from cmcore.charters.conditions.operators import PATTERNED
from cmcore.charters.kinds import KINDS

#: Words that no charter is likely to name, for what is none of those it does.
_OTHERS: Final = ("other", "another", "elsewhere", "eo", "other.example", "https://other.example/")
#: Those of them that texts contain which have to.
IN_TEXTS: Final = frozenset({"https://other.example"})


def tests_of(asked: Asked) -> list[FactTest]:
    """Return the tests among questions."""
    return [one.leaf for _, one in asked if isinstance(one.leaf, FactTest)]


def specs_of(asked: Asked, fact: str) -> list[FactSpec]:
    """Return what is known of a fact in the charters that ask about it."""
    found = (one.charter.vocabulary.find(fact) for _, one in asked)
    return list(dict.fromkeys(spec for spec in found if spec))


def scalar(fact: str, asked: Asked) -> Cells:
    """Return the kinds of value of a fact that is no set and no text."""
    specs = specs_of(asked, fact)
    values: list[Any] = [value for spec in specs for value in _values(spec, tests_of(asked))]
    parts = [{fact: value} for value in dict.fromkeys(values)]
    if any(spec.domain.optional for spec in specs):
        parts.append({fact: ABSENT})
    patterned = any(test.op in PATTERNED for test in tests_of(asked))
    is_open = patterned and any(spec.values is None for spec in specs)
    return Cells(asked, [*parts, {fact: UNKNOWN}], wild=is_open)


def incident(asked: Asked) -> Cells:
    """Return the kinds of situation: whether an incident is open, and how severe it is."""
    tests = [test for test in tests_of(asked) if test.fact == "incident.severity"]
    specs = specs_of(asked, "incident.severity")
    levels = list(dict.fromkeys(value for spec in specs for value in _values(spec, tests)))
    parts: list[dict[str, Any]] = [{"incident.open": False, "incident.severity": ABSENT}]
    severe = (*levels, UNKNOWN) if tests else (UNKNOWN, *levels)
    parts += [{"incident.open": True, "incident.severity": one} for one in severe]
    parts.append({"incident.open": UNKNOWN, "incident.severity": UNKNOWN})
    return Cells(asked, parts, wild=any(test.op in PATTERNED for test in tests))


def _values(spec: FactSpec, tests: list[FactTest]) -> Iterable[Any]:
    if spec.type is FactType.FLAG:
        return (True, False)
    if spec.type is FactType.SYMBOL:
        return words(spec, tests)
    return numbers(spec, tests)


def words(spec: FactSpec, tests: Iterable[FactTest]) -> list[str]:
    """Return the words of a fact: those that tests name, and one for all others, or all if few."""
    asked = list(tests)
    named = frozenset[str]().union(*map(words_asked, asked))
    if spec.values is not None:
        usual = {word: place for place, word in enumerate(KINDS)}
        rest = sorted(spec.values - named, key=lambda word: (usual.get(word, 0), word))
        return [*sorted(named & spec.values), *rest]
    made = [piece for test in asked if test.op in PATTERNED for piece in samples(test.operand)]
    found = [NORMAL[spec.domain.form][one] for one in made]
    new = [one for one in dict.fromkeys(found) if one is not None and one not in named]
    plain = sorted(one for one in named if not one.startswith("*"))
    return [*plain, *other_words(spec.domain.form, named), *new]


def other_words(form: Form, named: frozenset[str], count: int = 1) -> list[str]:
    """Return words of a form that are none of those named, nor stand for one."""
    found = dict.fromkeys(NORMAL[form][one] for one in _others(count))
    free = (
        one
        for one in found
        if one is not None and one not in named and not covering(frozenset({one}), named) & named
    )
    return [one for _, one in zip(range(count), free, strict=False)]


def _others(count: int) -> Iterator[str]:
    yield from _OTHERS
    for number in range(2, count + len(_OTHERS)):
        yield f"other{number}"
        yield f"other{number}.example"
        yield f"https://other.example/{number}"


def numbers(spec: FactSpec, tests: Iterable[FactTest]) -> list[Any]:
    """Return numbers, durations or instants: each edge, and one between any two, and beyond."""
    own = spec.domain
    asked = sorted({mark for test in tests for mark in limits(test.operand)})
    # an event that is still to come has not happened: no time has passed since
    nought = [timedelta(0)] if spec.type is FactType.DURATION else []
    ends = [*nought, *(end for end in (own.low, own.high) if end is not None)]
    marks: list[Any] = sorted({*asked, *ends}) or [0]
    found = [*(asked or marks), *_beside(marks, whole=own.whole), *marks]
    kept = [one for one in found if own.holds(one) and not (own.whole and one != int(one))]
    return list(dict.fromkeys(kept))


def _beside(marks: list[Any], *, whole: bool) -> Iterator[Any]:
    """Yield what lies below, between and above marks, as far as there is any, in few digits."""
    for mark, way, nearest in ((marks[0], -1, math.floor), (marks[-1], 1, math.ceil)):
        with suppress(OverflowError):
            if not isinstance(mark, int | float):
                yield mark + way * timedelta(minutes=1)
            else:
                yield mark + way if mark == int(mark) else nearest(mark)
    for low, high in pairwise(marks):
        if isinstance(low, int) and isinstance(high, int):
            middle: Any = (low + high) // 2 if whole or high - low > 1 else low + (high - low) / 2
        elif whole:
            middle = int(low) + 1
        else:
            middle = low + (high - low) / 2
        if low < middle < high:
            yield middle
