"""Score curves: what is drawn of a calibration is what it counts, believes and promises."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from random import Random

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cmcore import Act, InvalidError, dump, parse
from cmcore.display.pictures.zones import Zones
from cmcore.labellers import (
    Calibration,
    OutcomeRisk,
    RiskOf,
    ScoreCurve,
    ScoreRange,
    Threshold,
    by_function,
    calibrate,
)
from cmcore.labellers.binomial import highest, shows
from cmcore.strategies import calibrations

FEW = max(10, settings().max_examples // 4)
DIGITS = by_function("x", lambda act: float(act.text or ""), version="1")
#: A score, and whether the label is truly yes.
pairs = st.lists(st.tuples(st.integers(0, 60), st.booleans()), max_size=120)
#: Scores that say something, as a rule: high ones are yes.
telling = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda two: (two[0], two[1] < two[0])),
    max_size=200,
)


def told(some: Sequence[tuple[float, bool]]) -> list[Act]:
    """Return acts with a score and the label that a person put on them."""
    return [Act(text=str(one), labels={"x": truth}) for one, truth in some]


def drawn(found: Calibration) -> list[Zones]:
    """Return the pictures of a calibration."""
    return [one for one in found.view().pictures if isinstance(one, Zones)]


@given(calibrations())
@settings(max_examples=FEW, deadline=None)
def test_a_curve_counts_the_examples_that_its_thresholds_count(found: Calibration) -> None:
    curves = {(one.label, one.stratum): one for one in found.curves}
    assert curves.keys() == {(one.label, one.stratum) for one in found.thresholds}
    for one in found.thresholds:
        curve = curves[one.label, one.stratum]
        called = [
            part for part in curve.ranges if one.calls(part.high if not one.says else part.low)
        ]
        assert sum(part.examples for part in called) == one.called
        yes = sum(part.yes for part in called)
        assert (one.called - yes if one.says else yes) == one.wrong
        if found.of is RiskOf.ACTS:
            assert curve.examples == one.examples


@given(pairs)
@settings(max_examples=FEW, deadline=None)
def test_few_ranges_have_all_scores_in_order(some: list[tuple[int, bool]]) -> None:
    (curve,) = calibrate(DIGITS, told(some), risk=0.3, confidence=0.5).curves
    assert curve.examples == len(some)
    assert curve.yes == sum(truth for _, truth in some)
    assert all(one.high < other.low for one, other in pairwise(curve.ranges))
    scores = {score for score, _ in some}
    assert {one.low for one in curve.ranges} | {one.high for one in curve.ranges} <= scores
    assert len(curve.ranges) <= 23
    if scores:
        assert curve.ends == (min(scores), max(scores))
    for one in curve.ranges:
        within = [truth for score, truth in some if one.low <= score <= one.high]
        assert (one.examples, one.yes) == (len(within), sum(within))


@given(telling, st.sampled_from(["no", "yes"]), st.sampled_from(RiskOf))
@settings(max_examples=FEW, deadline=None)
def test_the_bound_is_drawn_below_the_risk_where_scores_are_believed_and_nowhere_else(
    some: list[tuple[int, bool]], side: str, of: RiskOf
) -> None:
    found = calibrate(DIGITS, told(some), risk={side: 0.2}, confidence=0.8, of=of)
    (one,) = found.thresholds
    says = side == "yes"
    for picture in drawn(found):
        (climb,) = picture.climbs
        heights = [height for _, height in climb.points]
        assert heights == sorted(heights)
        ends = [end for end, height in climb.points if height <= 1 + 1e-9]
        far = (min if says else max)(ends, default=len(some) if says else 0)
        assert (len(some) - far if says else far) == one.called
        # the first range of which the bound is far above the risk is the last that is drawn
        assert all(height <= 2 for height in heights[:-2])


@given(calibrations())
@settings(max_examples=FEW, deadline=None)
def test_zones_are_what_is_called(found: Calibration) -> None:
    known = [one for one in found.curves if one.ranges]
    pictures = drawn(found)
    assert len(pictures) == len(known)
    for curve, picture in zip(known, pictures, strict=True):
        called = {one.says: one.called for one in found.thresholds
                  if (one.label, one.stratum) == (curve.label, curve.stratum)}  # fmt: skip
        sizes = {one.name: one.size for one in picture.zones}
        assert sizes.get("no", 0) == called.get(False, 0)
        assert sizes.get("yes", 0) == called.get(True, 0)
        assert sum(sizes.values()) == curve.examples == sum(one.size for one in picture.slices)
        assert sum(one.size * one.share for one in picture.slices) == pytest.approx(curve.yes)
        assert bool(picture.climbs) is (found.outcome is None)
        assert curve.label in picture.title
        assert curve.stratum is None or f"· {curve.stratum}" in picture.title


@given(st.integers(0, 30), st.integers(0, 60), st.floats(0.01, 0.9))
def test_the_highest_share_is_where_it_begins_to_be_shown(
    wrong: int, more: int, chance: float
) -> None:
    total = wrong + more
    found = highest(wrong, total, chance)
    assert found == 1 or shows(wrong, total, found, chance)
    assert found < 1e-9 or not shows(wrong, total, found - 1e-9, chance)
    assert highest(wrong, wrong, chance) == 1


@pytest.mark.parametrize("seed", range(6))
def test_many_examples_are_parted_into_some_twenty_ranges_and_at_the_thresholds(seed: int) -> None:
    rng = Random(seed)  # noqa: S311 - a simulation
    drawn_ = [
        (score, rng.random() < (score / 200) ** 3) for score in rng.choices(range(201), k=900)
    ]
    found = calibrate(DIGITS, told(drawn_), risk=0.05)
    (curve,) = found.curves
    assert 18 <= len(curve.ranges) <= 23
    no, yes = (one.at for one in found.thresholds)
    assert no is not None
    assert yes is not None
    assert not [one for one in curve.ranges if one.low <= no < one.high]
    assert not [one for one in curve.ranges if one.low < yes <= one.high]
    (picture,) = drawn(found)
    sizes = {one.name: one.size for one in picture.zones}
    called = [one.called for one in found.thresholds]
    assert sizes == {"no": called[0], "unknown": 900 - sum(called), "yes": called[1]}
    for one, climb in zip(found.thresholds, picture.climbs, strict=True):
        # it is followed until it is far above the risk, and is below it where scores are believed
        assert climb.points[-1][1] > 2
        below = [place for place, height in climb.points if height <= 1 + 1e-9]
        assert (900 - min(below) if one.says else max(below)) == one.called


def test_a_range_with_a_threshold_within_is_not_called() -> None:
    ends = [Threshold("x", says=False, at=1.0), Threshold("x", says=True, at=4.0)]
    curve = ScoreCurve("x", [ScoreRange(0, 2, 5, 0), ScoreRange(3, 5, 5, 5)])
    (picture,) = drawn(Calibration("a", "1", ends, curves=[curve], outcome=PROMISED))
    assert [(one.name, one.size) for one in picture.zones] == [("unknown", 10)]


def test_each_network_has_a_curve_with_its_own_thresholds() -> None:
    acts = [attrs.evolve(act, network=network) for network in ("x", "bluesky")
            for act in told([(0, network == "x")] * 100)]  # fmt: skip
    found = calibrate(DIGITS, acts, risk={"no": 0.1}, by="network")
    assert {one.title: [zone.name for zone in one.zones] for one in drawn(found)} == {
        "x · bluesky: the scores of 100 examples": ["no", "unknown"],
        "x · x: the scores of 100 examples": ["unknown"],
    }


PROMISED = OutcomeRisk("brume", 1, "00", 0.1)
PAIRS = [(0, False)] * 540 + [(0, True)] * 3 + [(1, True)] * 57


def test_each_zone_is_said_in_both_languages() -> None:
    found = calibrate(DIGITS, told(PAIRS), risk=0.02)
    (picture,) = drawn(found)
    assert picture.text().splitlines() == [
        "x: the scores of 600 examples",
        f"  {'▁' * 36}{'█' * 4}  truly yes, from the lowest scores to the highest",
        f"  {'━' * 40}  called",
        (
            "  ✓ no: 543 of 600 examples, where the score is ≤ 0; 3 wrongly, "
            "so 1.5% of all acts at most"
        ),
        "  → unknown: 0 of 600 examples",
        (
            "  ✓ yes: 57 of 600 examples, where the score is ≥ 1; 0 wrongly, "
            "so 0.6% of all acts at most"
        ),
    ]
    french = found.svg("fr")
    assert "x : les scores de 600 exemples" in french.replace("\u202f", " ").replace("\xa0", " ")
    assert "inconnu : 0 exemple sur 600" in french.replace("\u202f", " ").replace("\xa0", " ")
    assert 'xml:lang="fr"' in french
    (one,) = drawn(calibrate(DIGITS, told([(0, True)]), risk=0.02))
    assert one.title == "x: the score of 1 example"
    assert one.said() == "unknown: 1 of 1 examples"


def test_what_is_a_share_of_the_truth_is_said_so() -> None:
    (picture,) = drawn(calibrate(DIGITS, told(PAIRS), risk={"yes": 0.02}, of="truth"))
    assert picture.said().endswith("0 wrongly, so 0.6% at most of those truly otherwise")


def test_a_curve_that_cannot_be_is_refused() -> None:
    low, high = ScoreRange(0, 1, 5, 2), ScoreRange(1, 2, 5, 2)
    failing: dict[Callable[[], object], str] = {
        lambda: ScoreRange(1, 0, 5, 2): "ranges-cross",
        lambda: ScoreRange(float("nan"), 1, 5, 2): "number-not-finite",
        lambda: ScoreRange(0, 1, 0, 0): "bad-count",
        lambda: ScoreRange(0, 1, 1, 2): "bad-count",
        lambda: ScoreCurve("x", [low, high]): "ranges-cross",
        lambda: ScoreCurve("x", [low, low]): "ranges-cross",
        lambda: ScoreCurve("not a name"): "bad-name",
        lambda: Calibration("a", "1", curves=[ScoreCurve("x")] * 2): "curve-twice",
    }
    for one, code in failing.items():
        with pytest.raises(InvalidError) as caught:
            one()
        assert [problem.code for problem in caught.value.problems] == [code]
    both = Calibration("a", "1", curves=[ScoreCurve("x"), ScoreCurve("x", stratum="bluesky")])
    assert not both.view().pictures


def test_a_calibration_kept_before_there_were_curves_is_read() -> None:
    found = calibrate(DIGITS, told(PAIRS), risk=0.02)
    kept = dump(attrs.evolve(found, curves=()))
    assert "curves" not in kept
    old = parse(kept, Calibration)
    assert old.thresholds == found.thresholds
    assert not old.view().pictures
    assert parse(dump(found), Calibration) == found
