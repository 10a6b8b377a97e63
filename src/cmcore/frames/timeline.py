"""Timelines: the rows of a frame in order of time."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from cmcore.base.values import internal
from cmcore.frames.cells import Bools, Ints

Times = NDArray[np.int64]


@internal
class Timeline:
    """Rows in order of time.

    `order` has them all, and `moments` the moments of those that are `dated`, in order. `places`
    says how many dated rows precede each. Where `is_adrift`, rows without a moment may belong
    anywhere, and come first.
    """

    order: Ints
    at: Times
    dated: Bools
    moments: Times
    places: Ints
    is_adrift: bool


def timeline(at: Times, dated: Bools, ids: Callable[[Ints], Sequence[str]]) -> Timeline:
    """Put rows in order, as `audits.cases` does: those of one moment by their ids."""
    rows = np.arange(len(at), dtype=np.intp)
    times = at[dated]
    is_sorted = bool((np.diff(times) >= 0).all())
    if dated.all() or not is_sorted:
        order = np.concatenate((rows[~dated], _by_time(rows[dated], times, ids)))
    else:
        order = rows
    own = dated[order]
    places = np.empty(len(rows), np.intp)
    places[order] = np.cumsum(own) - own
    adrift = not is_sorted and not bool(dated.all())
    return Timeline(order, at, dated, at[order[own]], places, adrift)


def _by_time(rows: Ints, times: Times, ids: Callable[[Ints], Sequence[str]]) -> Ints:
    order = np.argsort(times, kind="stable")
    sorted_ = times[order]
    same = np.diff(sorted_) == 0
    tied = np.append(same, False) | np.insert(same, 0, False)
    names = np.zeros(len(rows), np.intp)
    if tied.any():
        given = ids(rows[order[tied]])
        ranks = {name: rank for rank, name in enumerate(sorted(set(given)))}
        names[tied] = [ranks[name] for name in given]
    return rows[order[np.lexsort((names, sorted_))]]
