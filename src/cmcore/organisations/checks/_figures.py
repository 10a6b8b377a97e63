"""What is checked of figures by day: followers that were bought, and what is measured."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby, pairwise
from statistics import median
from typing import Final

from cmcore.base.truth import Truth
from cmcore.organisations.checks._evidence import Look, Seen, moot, names, no, want, yes
from cmcore.organisations.organisation import Figures

#: How many days before and after a growth engagement is compared over.
AROUND: Final = 7
#: Growth stands out if it is this many times the usual change.
MANY: Final = 10
#: Engagement should grow by at least this fraction of the growth in followers.
PART: Final = 0.5
#: The objective that is measured in orders and in money.
SALES: Final = "sales"
_DAY: Final = timedelta(days=1)


def _figures(look: Look) -> list[Figures]:
    back = look.aims.back
    first = date.min if back is None else look.day - back
    return [one for one in look.given.figures or () if first < one.on <= look.day]


def _bought(look: Look) -> Seen:
    """Check that no network gained many followers at once who then do nothing.

    A growth from one count to the next stands out when it is a tenth of the followers (`jump`) and
    ten times the usual change. It is empty when engagement, in the week that follows, did not grow
    by half as much.
    """
    if look.given.figures is None:
        return want("figures")
    networks = [list(group) for _, group in groupby(_figures(look), lambda one: one.network)]
    if not networks:
        return want("figures")
    found = [jump for rows in networks for jump in _jumps(rows, look.aims.jump)]
    empty = names(name for name, truth in found if truth is Truth.TRUE)
    if empty:
        return no("bought", days=empty)
    unsure = names(name for name, truth in found if truth is Truth.UNKNOWN)
    if unsure:
        return want("engagement", said="bought unsure", days=unsure)
    if not all(_is_whole(rows, look.aims.counts) for rows in networks):
        return want("followers by day")
    return yes("bought none", count=sum(map(len, networks)))


def _is_whole(rows: Sequence[Figures], least: int) -> bool:
    """Return whether followers were counted every day, often enough to see a growth."""
    known = [one for one in rows if one.followers is not None]
    daily = all(after.on - before.on == _DAY for before, after in pairwise(rows))
    return daily and len(known) == len(rows) >= least


def _jumps(rows: Sequence[Figures], jump: float) -> Iterator[tuple[str, Truth]]:
    """Yield each growth that stands out, and whether it is empty."""
    known = [(one.on, one.followers) for one in rows if one.followers is not None]
    steps = [(on, before, after - before) for (_, before), (on, after) in pairwise(known)]
    usual = median(abs(gain) for _, _, gain in steps) if steps else 0
    for on, before, gain in steps:
        if gain >= max(jump * before, MANY * usual, 1):
            growth = gain / before if before else float("inf")
            earlier = [one for one in rows if on - AROUND * _DAY <= one.on < on]
            later = [one for one in rows if on <= one.on < on + AROUND * _DAY]
            yield f"{rows[0].network}, {on}", _is_empty(earlier, later, growth)


def _is_empty(earlier: Sequence[Figures], later: Sequence[Figures], growth: float) -> Truth:
    """Return whether engagement did not follow; unknown if a day of it is missing."""
    was = [one.engagement for one in earlier if one.engagement is not None]
    then = [one.engagement for one in later if one.engagement is not None]
    if min(len(was), len(then)) < AROUND:
        return Truth.UNKNOWN
    expected = sum(was) * (1 + PART * growth) if growth < float("inf") else float(sum(was))
    return Truth.of(sum(then) < expected or not sum(then))


def _counted(rows: Sequence[Figures], asked: Sequence[str]) -> frozenset[str]:
    """Return which of some figures were counted at all."""
    return names(name for name in asked if any(getattr(one, name) is not None for one in rows))


def _measured(look: Look) -> Seen:
    """Check that more is measured than followers."""
    if look.given.figures is None:
        return want("figures")
    rows = _figures(look)
    if not rows:
        return no("measured none")
    found = _counted(rows, ("followers", "engagement", "reach", "posts", "orders", "revenue"))
    if "engagement" in found:
        return yes("measured", indicators=found)
    return no("measured", indicators=found)


def _returns(look: Look) -> Seen:
    """Check that what the networks bring is counted, where sales are an objective."""
    aims = look.given.objectives
    if aims is None:
        return want("objectives")
    if SALES not in aims:
        return moot("returns moot")
    if look.given.figures is None:
        return want("figures")
    rows = _figures(look)
    found = _counted(rows, ("orders", "revenue"))
    return yes("measured", indicators=found) if found else no("returns none")


def _checks() -> Iterator[tuple[str, Callable[[Look], Seen]]]:
    yield "no bought followers", _bought
    yield "engagement measured", _measured
    yield "returns measured", _returns


CHECKS: Final[Mapping[str, Callable[[Look], Seen]]] = dict(_checks())
