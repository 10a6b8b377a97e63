"""Curves: how the scores of a label lie among the examples, and how often it is truly yes."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from math import exp, sqrt
from operator import itemgetter
from typing import Final

from attrs import field

from cmcore.base.counts import count_problems
from cmcore.base.errors import Problem, refuse_any
from cmcore.base.ids import name_problems
from cmcore.base.values import value

#: Into about how many ranges of scores examples are parted.
_RANGES: Final = 20


@value
class ScoreRange:
    """The scores from `low` to `high`: how many `examples` have one, and of how many it is true."""

    low: float
    high: float
    examples: int
    yes: int

    def __attrs_post_init__(self) -> None:
        refuse_any(
            count_problems(self.examples, "examples", least=1),
            count_problems(self.yes, "yes", most=self.examples),
            [Problem.of("ranges-cross", "high")] if self.low > self.high else (),
        )


def _listed(many: Iterable[ScoreRange]) -> tuple[ScoreRange, ...]:
    return tuple(many)


@value
class ScoreCurve:
    """How the scores of a label lie: ranges of them, from the lowest up, by the examples.

    No range has a threshold within it. `stratum` says for which acts it holds.
    """

    label: str
    ranges: tuple[ScoreRange, ...] = field(default=(), converter=_listed)
    stratum: str | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        refuse_any(
            name_problems(self.label, "label"),
            (
                Problem.of("ranges-cross", "ranges", place)
                for place, (one, other) in enumerate(pairwise(self.ranges), 1)
                if one.high >= other.low
            ),
        )

    @property
    def examples(self) -> int:
        """How many examples have a score for the label, and the label."""
        return sum(one.examples for one in self.ranges)

    @property
    def yes(self) -> int:
        """Of how many examples the label is truly yes."""
        return sum(one.yes for one in self.ranges)

    @property
    def ends(self) -> tuple[float, float]:
        """The lowest score and the highest; there has to be one."""
        return self.ranges[0].low, self.ranges[-1].high


def curve_of(
    label: str,
    stratum: str | None,
    pairs: Iterable[tuple[float, bool]],
    ends: tuple[float | None, float | None],
) -> ScoreCurve:
    """Return the curve of scores, each with whether the label is true, cut at the thresholds."""
    ordered = sorted(pairs, key=itemgetter(0))
    no, yes = ends
    size = len(ordered) / _RANGES
    made: list[ScoreRange] = []
    held: list[tuple[float, bool]] = []
    for score, some in groupby(ordered, itemgetter(0)):
        if held and (len(held) >= size or _is_between(held[-1][0], score, no, yes)):
            made.append(_range_of(held))
            held = []
        held += some
    return ScoreCurve(label, [*made, *([_range_of(held)] if held else [])], stratum=stratum)


def _is_between(low: float, high: float, no: float | None, yes: float | None) -> bool:
    """Return whether a threshold parts two scores."""
    return (no is not None and low <= no < high) or (yes is not None and low < yes <= high)


def _range_of(pairs: Sequence[tuple[float, bool]]) -> ScoreRange:
    return ScoreRange(pairs[0][0], pairs[-1][0], len(pairs), sum(truth for _, truth in pairs))


def against_curve(curve: ScoreCurve, scores: Sequence[float], times: int = 1) -> float:
    """Return the chance that scores lie as far from a curve, where both are drawn alike.

    Each sample lies as far as that from what both are drawn from with a chance that P. Massart
    bounds (The tight constant in the Dvoretzky-Kiefer-Wolfowitz inequality, 1990), and one of the
    two does; `times` is among how many such samples that of the scores may be the farthest.
    """
    ours, theirs = curve.examples, len(scores)
    if not ours or not theirs:
        return 1.0
    ordered = sorted(scores)
    below, apart = 0, 0.0
    for one in curve.ranges:
        apart = max(apart, abs(below / ours - bisect_left(ordered, one.low) / theirs))
        below += one.examples
        apart = max(apart, abs(below / ours - bisect_right(ordered, one.high) / theirs))
    near = ours * theirs / (sqrt(ours) + sqrt(theirs)) ** 2
    return min(1.0, 2 * (1 + times) * exp(-2 * near * apart**2))
