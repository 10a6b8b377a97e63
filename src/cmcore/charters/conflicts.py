"""Conflicts: what a charter expects and no history can have, and what is never in force with it.

What is found is sure: a floor above a cap on the same acts, shares of one whole that come to more
than all of it. What is not found may still be impossible.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import combinations
from typing import Final

from cmcore.base.truth import Truth
from cmcore.charters.charter import Charter
from cmcore.charters.conditions.condition import All, Not
from cmcore.charters.conditions.contradictions import never_true
from cmcore.charters.conditions.counts import counted_by
from cmcore.charters.expectation import Expectation
from cmcore.charters.rule import Term
from cmcore.time.units import CalendarUnit

_U = CalendarUnit
#: A unit within a wider one -> how many whole ones it has at least, and touches at most.
_WITHIN: Final[Mapping[tuple[CalendarUnit, CalendarUnit], tuple[int, int]]] = {
    **{(unit, unit): (1, 1) for unit in _U},
    (_U.DAY, _U.WEEK): (7, 7),
    (_U.DAY, _U.MONTH): (28, 31),
    (_U.DAY, _U.QUARTER): (90, 92),
    (_U.DAY, _U.YEAR): (365, 366),
    (_U.MONTH, _U.QUARTER): (3, 3),
    (_U.MONTH, _U.YEAR): (12, 12),
    (_U.QUARTER, _U.YEAR): (4, 4),
}


def conflicts(charter: Charter) -> Iterator[tuple[Expectation, Expectation]]:
    """Yield the expectations of a charter, two by two, that no period can meet both of."""
    for one, other in combinations(charter.expectations, 2):
        if not _meet(one.term, other.term) or one.bound is None or other.bound is None:
            continue
        if one.is_floor and other.is_floor:
            is_clash = _is_too_much(charter, one, other)
        elif one.is_floor is other.is_floor:
            is_clash = False
        else:
            floor, cap = (one, other) if one.is_floor else (other, one)
            is_clash = _is_above(floor, cap) and _is_part(charter, floor, cap)
        if is_clash:
            yield one, other


def is_idle(charter: Charter, term: Term) -> bool:
    """Return whether what is in force on the days of a term is never so while the charter is."""
    return not _meet(charter.term, term)


def years_unknown(charter: Charter) -> Iterator[int]:
    """Yield the first year, if any, that a charter is about and its calendar says nothing of."""
    terms = [charter.term, *(rule.term for rule in charter.rules)]
    terms += [one.term for one in charter.expectations]
    days = [day for term in terms for day in (term.since, term.through) if day is not None]
    years = {day.year for day in days if charter.term.holds(day) is Truth.TRUE}
    if charter.calendar is not None and years:
        known = charter.calendar.years
        unknown = [year for year in range(min(years), max(years) + 1) if year not in known]
        yield from unknown[:1]


def _meet(one: Term, other: Term) -> bool:
    """Return whether there is a day of both terms."""
    first = max(one.since or date.min, other.since or date.min)
    return first <= min(one.through or date.max, other.through or date.max)


def _is_above(floor: Expectation, cap: Expectation) -> bool:
    """Return whether more is asked for than is let, were all that is counted the same."""
    if floor.unit is None or cap.unit is None or floor.among != cap.among:
        return False
    if floor.share is not None or cap.share is not None:
        is_same = (floor.unit, floor.on) == (cap.unit, cap.on)
        return is_same and (floor.share or 0) > (cap.share or 0)
    if floor.unit != cap.unit and floor.on is not None:
        return False
    least, _ = _WITHIN.get((floor.unit, cap.unit), (0, 0))
    _, most = _WITHIN.get((cap.unit, floor.unit), (0, 0))
    return floor.count * least > cap.count or bool(most and floor.count > cap.count * most)


def _is_part(charter: Charter, floor: Expectation, cap: Expectation) -> bool:
    """Return whether all that a floor counts is counted by a cap too."""
    if cap.on is not None and cap.on != floor.on:
        return False
    one, other = (counted_by(charter.counts, name) for name in (floor.of, cap.of))
    return floor.of == cap.of or never_true(All([one, Not(other)]), charter.vocabulary)


def _is_too_much(charter: Charter, one: Expectation, other: Expectation) -> bool:
    """Return whether two shares of the same acts, of which none is in both, exceed all of them."""
    whole = [(each.among, each.unit, each.on) for each in (one, other)]
    if whole[0] != whole[1] or (one.share or 0) + (other.share or 0) <= 1:
        return False
    both = [counted_by(charter.counts, each.of) for each in (one, other)]
    return never_true(All(both), charter.vocabulary)
