"""What is usual of the acts of a group: values, hours, and how many there are in a day."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final

from cmcore.base.values import internal
from cmcore.charters.conditions.condition import Condition, any_of
from cmcore.charters.conditions.fact import fact
from cmcore.charters.conditions.facts import FactSpec
from cmcore.charters.conditions.operators import Op
from cmcore.charters.meaning.looks import Look, Seen, asked_of

_HOURS: Final = 24
_LAST: Final = _HOURS - 1


@internal
class Usual:
    """A test that a permit might ask, and the places of the acts that it would leave out."""

    test: Condition
    left: frozenset[int]


def chosen(many: Iterable[Usual], spare: int) -> list[Condition]:
    """Return the tests to ask: those that leave out fewest first, and no more acts than `spare`."""
    left: frozenset[int] = frozenset()
    asked = []
    for one in sorted(many, key=lambda one: len(one.left)):
        if len(left | one.left) <= spare:
            left |= one.left
            asked.append(one.test)
    return asked


def usual_values(specs: Sequence[FactSpec], looks: Sequence[Look], least: int) -> Iterator[Usual]:
    """Yield a test for each fact of which something was seen `least` times or more."""
    for spec, column in zip(specs, zip(*looks, strict=True), strict=True):
        counts: Counter[Seen] = Counter(column)
        words = Counter(word for one in column if isinstance(one, frozenset) for word in one)
        usual = {one for one in counts if _is_usual(one, counts, words, least)}
        test = asked_of(spec, usual) if usual else None
        if test is not None and test.op is not Op.PRESENT and test.operand != spec.values:
            yield Usual(test, _places(one not in usual for one in column))


def _is_usual(one: Seen, counts: Counter[Seen], words: Counter[str], least: int) -> bool:
    if isinstance(one, frozenset):
        return all(words[word] >= least for word in one)
    return one is not None and counts[one] >= least


def usual_hours(hours: Sequence[int | None], least: int) -> Iterator[Usual]:
    """Yield the test that leaves out the longest time of day with seldom an act in any hour."""
    counts = Counter(hours)
    quiet = [counts[hour] < least for hour in range(_HOURS)]
    if all(quiet) or not any(quiet):
        return
    first, length = _longest(quiet, counts)
    low, high = (first + length) % _HOURS, (first - 1) % _HOURS
    within = [one is not None and (one - low) % _HOURS < _HOURS - length for one in hours]
    yield Usual(_between(low, high), _places(not one for one in within))


def _longest(quiet: Sequence[bool], counts: Counter[int | None]) -> tuple[int, int]:
    """Return the first hour and the length of the longest quiet time, the emptiest of several."""
    start = quiet.index(False)
    runs, at = [], start
    for is_quiet, run in groupby(quiet[(start + one) % _HOURS] for one in range(_HOURS)):
        length = len([*run])
        if is_quiet:
            acts = sum(counts[(at + one) % _HOURS] for one in range(length))
            runs.append((-length, acts, at % _HOURS))
        at += length
    length, _, first = min(runs)
    return first, -length


def _between(low: int, high: int) -> Condition:
    hour = fact("local.hour")
    if low == high:
        return hour.is_(low)
    if low == 0:
        return hour.at_most(high)
    if high == _LAST:
        return hour.at_least(low)
    return hour.between(low, high) if low < high else any_of(hour.at_least(low), hour.at_most(high))


def usual_volume(before: Sequence[int | None], least: int, spare: int) -> int | None:
    """Return how many acts of the day may come before one: the least that is seldom exceeded.

    `before` is how many came before each, None where that is unknown. It leaves out fewer than
    `least` of those where it is known, and no more than `spare` in all.
    """
    known = sorted(one for one in before if one is not None)
    over = min(least - 1, spare - (len(before) - len(known)))
    return known[-over - 1] if 0 <= over < len(known) else None


def _places(many: Iterable[bool]) -> frozenset[int]:
    return frozenset(place for place, is_so in enumerate(many) if is_so)
