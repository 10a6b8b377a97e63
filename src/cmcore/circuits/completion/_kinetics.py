"""Instants that move along with the moment something starts, and for how long they do so alike.

A `Form` is an instant and whether it moves. One that moves stands just after its number, so that
it is later than one that stands still at the same number; forms compare as the pairs they are.
What is worked out from forms stays true until a moving one reaches what stood ahead of it: that
span, in microseconds, goes with every answer, and is never zero.
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate
from operator import itemgetter
from typing import Final

from cmcore.time.intervals import Stretch

Form = tuple[int, bool]
#: An instant, and the span over which the same computation holds.
Found = tuple[Form, int]

FOREVER: Final = 1 << 62


def until(one: Form, other: Form) -> int:
    """Return how long two forms stay in the same order."""
    (first, moves), (second, also) = one, other
    if moves is also:
        return FOREVER
    ahead = second - first if moves else first - second
    return ahead if ahead > 0 else FOREVER


def steady(forms: Iterable[Form]) -> int:
    """Return how long forms stay in the same order, each with all the others."""
    moving: list[int] = []
    still: list[int] = []
    for at, moves in forms:
        (moving if moves else still).append(at)
    still.sort()
    ahead = ((bisect_right(still, at), at) for at in moving)
    return min((still[n] - at for n, at in ahead if n < len(still)), default=FOREVER)


class Hours:
    """Stretches of time, in order and apart, looked up by forms."""

    def __init__(self, stretches: Sequence[Stretch]) -> None:
        self.starts = [start for start, _ in stretches]
        self.stops = [stop for _, stop in stretches]
        self.gone = [0, *accumulate(stop - start for start, stop in stretches)]

    def first(self, at: Form) -> Found | None:
        """Return the first instant of the hours from `at` on; None when there is none."""
        moment, moves = at
        place = bisect_right(self.stops, moment)
        if place == len(self.stops):
            return None
        start = self.starts[place]
        if start <= moment:
            return at, self.stops[place] - moment if moves else FOREVER
        return (start, False), start - moment if moves else FOREVER

    def after(self, at: Form, span: int) -> Found | None:
        """Return the first instant when `span` of these hours has gone by since `at`."""
        begun = self.first(at)
        if begun is None:
            return None
        (moment, moves), lasts = begun
        total = moment - self.starts[bisect_right(self.starts, moment) - 1]
        total += self.gone[bisect_right(self.starts, moment) - 1] + span
        place = (bisect_right if moves else bisect_left)(self.gone, total) - 1
        if place >= len(self.starts):
            return None
        if moves:
            lasts = min(lasts, self.gone[place + 1] - total)
        return (self.starts[place] + total - self.gone[place], moves), lasts


class Ends:
    """Ends that are the same for all that starts between two edges, until the end itself.

    `edges` are in order; `end` says when what starts at an instant ends, if ever.
    """

    def __init__(self, edges: Sequence[int], end: Callable[[int], int | None]) -> None:
        self.edges, self.end = edges, end
        self.known: list[tuple[int, int, int | None]] = []

    def after(self, at: Form) -> Found | None:
        """Return the end of what starts at `at`; None when it never ends."""
        moment, moves = at
        place = bisect_right(self.known, moment, key=itemgetter(0)) - 1
        if place < 0 or self.known[place][1] <= moment:
            self._learn(moment)
            place += 1
        _, stop, end = self.known[place]
        return None if end is None else ((end, False), stop - moment if moves else FOREVER)

    def _learn(self, moment: int) -> None:
        """Note how long what starts from `moment` on ends alike."""
        end, place = self.end(moment), bisect_right(self.edges, moment)
        edges = [*self.edges[place : place + 1], *([] if end is None else [end])]
        insort(self.known, (moment, min(edges, default=FOREVER), end), key=itemgetter(0))
