"""Curves: how the scores of a label lie among the examples, and how often it is truly yes."""

from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
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
