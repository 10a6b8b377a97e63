"""Scores: how far acts are from what is expected of them, whatever the unknown ones turn out to be.

An expectation is met where its score is 0 or less. Each act adds to it by itself, more or less so
by how it turns out; so the least and the most that a score may be are sums.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import ceil
from typing import Final

from cmcore.base.truth import Truth
from cmcore.charters.audits.counted import CountedActs
from cmcore.charters.audits.expected import Fulfilment
from cmcore.charters.expectation import Expectation

#: What is known of an act -> every way in which it may turn out to be.
_WAYS: Final[Mapping[Truth, tuple[bool, ...]]] = {
    Truth.TRUE: (True,),
    Truth.FALSE: (False,),
    Truth.UNKNOWN: (False, True),
}


class Score:
    """The score of an expectation."""

    def __init__(self, one: Expectation) -> None:
        self._share = one.share or Fraction(0)
        self._sign = -1 if one.is_floor else 1
        #: The score of no acts.
        self.start = Fraction(-self._sign * one.count)
        self._known: dict[tuple[Truth, Truth], tuple[Fraction, Fraction]] = {}
        among = Truth.TRUE if one.share is None else Truth.UNKNOWN
        #: What an act of which nothing is known adds to it at least, and at most.
        self.free = self._of(Truth.UNKNOWN, among)

    def _of(self, of: Truth, among: Truth) -> tuple[Fraction, Fraction]:
        """Return the least and the most that an act adds."""
        if (of, among) not in self._known:
            steps = [self._step(one, two) for one in _WAYS[of] for two in _WAYS[among]]
            self._known[of, among] = min(steps), max(steps)
        return self._known[of, among]

    def _step(self, of: bool, among: bool) -> Fraction:  # noqa: FBT001 - what an act turns out to be
        return self._sign * (of - self._share) if among else Fraction(0)

    def range(self, counted: Iterable[CountedActs]) -> tuple[Fraction, Fraction]:
        """Return the least and the most score of acts."""
        low = high = self.start
        for acts in counted:
            least, most = self._of(acts.of, acts.among)
            low, high = low + acts.count * least, high + acts.count * most
        return low, high

    def stands(self, low: Fraction, high: Fraction, spare: int | None) -> Fulfilment:
        """Return how acts stand if up to `spare` more belong to them; None: any number."""
        worst = high + spare * self.free[1] if spare is not None else high
        if worst <= 0 and (spare is not None or not self.free[1]):
            return Fulfilment.MET
        needed = self.needed(low)
        is_missed = needed is None or (spare is not None and needed > spare)
        return Fulfilment.MISSED if is_missed else Fulfilment.UNDECIDED

    def needed(self, low: Fraction) -> int | None:
        """Return how many more acts it takes at least to be met; None: no number does."""
        if low <= 0:
            return 0
        return ceil(low / -self.free[0]) if self.free[0] else None
