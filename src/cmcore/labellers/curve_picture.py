"""The picture of a curve: what is called at which scores, and how much of it may be wrong."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from cmcore.base.values import internal
from cmcore.display.pictures.zones import Climb, Slice, Zone, Zones
from cmcore.display.wording import Language, percent, say, say_many, show
from cmcore.labellers.binomial import highest
from cmcore.labellers.curves import ScoreCurve

if TYPE_CHECKING:
    from cmcore.labellers.calibration import RiskOf, Threshold

#: How far a bound is followed, as a multiple of the risk.
_HIGHEST: Final = 2.0
#: Where a bound is drawn that is more times the risk than a number holds.
_BEYOND: Final = 1e9


@internal
class Side:
    """What is promised of one side of a label, with some chance of being wrong: of what a share."""

    threshold: "Threshold"
    chance: float
    of: "RiskOf"

    def bound(self, wrong: int, curve: ScoreCurve) -> float:
        """Return the greatest share that may be called wrongly, given how many examples are."""
        others = curve.examples - curve.yes if self.threshold.says else curve.yes
        return highest(wrong, curve.examples if self.of == "acts" else others, self.chance)

    def climb(self, curve: ScoreCurve) -> Iterator[tuple[float, float]]:
        """Yield the bound, were scores believed up to each range, as a multiple of the risk."""
        says, risk = self.threshold.says, self.threshold.risk
        if risk is None:
            return
        called = wrong = 0
        for one in reversed(curve.ranges) if says else curve.ranges:
            ends = called, called + one.examples
            called += one.examples
            wrong += one.examples - one.yes if says else one.yes
            height = min(self.bound(wrong, curve) / risk, _BEYOND)
            yield from ((curve.examples - end if says else end, height) for end in ends)
            if height > _HIGHEST:
                return


def picture_of(curve: ScoreCurve, promises: Iterable[Side], language: Language) -> Zones:
    """Return the picture of a curve, with the thresholds of its label and what is promised."""
    sides = {one.threshold.says: one for one in promises}
    named = curve.label if curve.stratum is None else f"{curve.label} · {curve.stratum}"
    low, high = curve.ends
    climbs = tuple(Climb(points) for one in sides.values() if (points := tuple(one.climb(curve))))
    return Zones(
        say_many("curve title", curve.examples, language, label=named),
        slices=tuple(Slice(one.examples, one.yes / one.examples) for one in curve.ranges),
        zones=tuple(_zones(curve, sides, language)),
        climbs=climbs,
        shown=say("curve shown", language),
        called=say("curve called", language),
        climbed=say("curve climbed", language) if climbs else "",
        ends=(score_text(low, language), score_text(high, language)),
    )


def score_text(score: float, language: Language) -> str:
    """Write a score with as many digits as matter."""
    return show(float(f"{score:.4g}"), language)


def at_text(threshold: "Threshold", language: Language) -> str:
    """Write at which scores a threshold calls acts so."""
    if threshold.at is None:
        return "–"
    return f"{'≥' if threshold.says else '≤'} {score_text(threshold.at, language)}"


def _zones(curve: ScoreCurve, sides: dict[bool, Side], language: Language) -> Iterator[Zone]:
    """Yield what is called no, what stays unknown, and what is called yes."""
    for says in (False, None, True):
        ranges = [one for one in curve.ranges if _says(one.low, one.high, sides) is says]
        count = sum(one.examples for one in ranges)
        name = say("unknown", language) if says is None else show(says, language)
        told = say_many("curve zone", count, language, name=name, total=curve.examples)
        if says is None:
            yield Zone(count, name, told, "exception")
        elif count:
            wrong = sum(one.examples - one.yes if says else one.yes for one in ranges)
            yield Zone(count, name, told + _wrong(wrong, curve, sides[says], language), "covered")


def _says(low: float, high: float, sides: dict[bool, Side]) -> bool | None:
    """Return what all scores of a range are called."""
    for says, end in ((False, high), (True, low)):
        if says in sides and sides[says].threshold.calls(end):
            return says
    return None


def _wrong(wrong: int, curve: ScoreCurve, promise: Side, language: Language) -> str:
    """Say where a side begins, how many examples are wrong, and so what share is at most."""
    told = say("curve side", language, at=at_text(promise.threshold, language), wrong=wrong)
    if promise.threshold.risk is None:
        return told
    bound = percent(promise.bound(wrong, curve), language)
    return told + say(f"curve bound of {promise.of}", language, bound=bound)
