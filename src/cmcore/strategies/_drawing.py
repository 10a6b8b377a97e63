"""Cheap draws: a few strategies, each made once, stand behind everything the package makes.

Hypothesis checks and labels every strategy it meets; making them again for each value costs more
than drawing the value does.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import TypeVar

from hypothesis import strategies as st

_T = TypeVar("_T")


@cache
def _whole(low: int, high: int) -> st.SearchStrategy[int]:
    return st.integers(low, high)


def number(draw: st.DrawFn, low: int, high: int) -> int:
    """Draw a whole number from `low` to `high`, both included; shrink towards zero."""
    return low if low == high else draw(_whole(low, high))


def pick(draw: st.DrawFn, many: Sequence[_T]) -> _T:
    """Draw one of `many`; shrink towards the first."""
    return many[number(draw, 0, len(many) - 1)]


def rare(draw: st.DrawFn, one_in: int = 5) -> bool:
    """Draw yes one time in `one_in`; shrink towards no."""
    return number(draw, 0, one_in - 1) == one_in - 1


def some(draw: st.DrawFn, many: Sequence[_T], low: int, high: int) -> frozenset[_T]:
    """Draw a set of `low` (0 or 1) to `high` of `many`; an empty one where there are none."""
    most = min(high, len(many))
    return frozenset(pick(draw, many) for _ in range(number(draw, min(low, most), most)))


def several(draw: st.DrawFn, make: Callable[[], _T], low: int, high: int) -> list[_T]:
    """Draw `low` to `high` things that `make` makes."""
    return [make() for _ in range(number(draw, low, high))]


def distinct(
    draw: st.DrawFn, make: Callable[[], _T], key: Callable[[_T], object], low: int, high: int
) -> list[_T]:
    """Draw up to `high` things, of which the first with each key is kept."""
    kept: dict[object, _T] = {}
    for thing in several(draw, make, low, high):
        kept.setdefault(key(thing), thing)
    return list(kept.values())
