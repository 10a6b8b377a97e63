"""The little statistics an audit needs, on counts, with the standard library."""

from collections.abc import Sequence
from math import erfc, sqrt

from cmcore.foundation.errors import refuse
from cmcore.nouns.audit import Drift, Interval, Trend, Verdict


def quantile(confidence: float) -> float:
    """Return the two-sided normal quantile of a confidence level between 0 and 1.

    Raises:
        InvalidError: when the level is not strictly between 0 and 1.
    """
    from statistics import NormalDist

    known: object = confidence
    is_number = isinstance(known, int | float)
    if not is_number or not 0 < confidence < 1 or (1 + confidence) / 2 == 1:
        raise refuse("wrong-value", given=confidence, wanted="confidence")
    return NormalDist().inv_cdf((1 + confidence) / 2)


def wilson(successes: int, total: int, confidence: float) -> Interval:
    """Return Wilson's score interval of a share (E. B. Wilson, JASA 22, 1927); 0 to 1 for none."""
    if total == 0:
        return Interval(0.0, 1.0)
    z = quantile(confidence)
    share, spread = successes / total, z * z / total
    centre = (share + spread / 2) / (1 + spread)
    half = z * sqrt(share * (1 - share) / total + spread / (4 * total)) / (1 + spread)
    low = 0.0 if successes == 0 else max(0.0, centre - half)
    high = 1.0 if successes == total else min(1.0, centre + half)
    return Interval(low, high)


def interval(
    covered: int, total: int, missing: int | None, confidence: float, *, sure: bool = True
) -> Interval:
    """Return the interval of the covered share, whatever the `missing` acts would have been.

    Where it is not `sure` that the rows are what they seem, it may be any share.
    """
    if missing is None or not sure:
        return Interval(0.0, 1.0)
    worst = wilson(covered, total + missing, confidence)
    best = wilson(covered + missing, total + missing, confidence)
    return Interval(worst.low, best.high)


def verdict(found: Interval, target: float, total: int) -> Verdict:
    """Return whether the target is met, missed, or not to be told from the interval."""
    if total and found.low >= target:
        return Verdict.MET
    return Verdict.MISSED if total and found.high < target else Verdict.UNDECIDED


def drift(series: Sequence[tuple[int, int, int]], confidence: float) -> Drift:
    """Return the trend of `(period number, total, covered)`, by the Cochran-Armitage test.

    Sources: W. G. Cochran, Biometrics 10, 1954; P. Armitage, Biometrics 11, 1955.
    """
    total = sum(n for _, n, _ in series)
    covered = sum(k for _, _, k in series)
    if not total:
        return Drift(Trend.UNDECIDED)
    mean = sum(t * n for t, n, _ in series) / total
    spread = sum(n * (t - mean) ** 2 for t, n, _ in series)
    if not spread:
        return Drift(Trend.UNDECIDED)
    share = covered / total
    variance = share * (1 - share) * spread
    if not variance:
        return Drift(Trend.STEADY)
    z = sum((t - mean) * (k - n * share) for t, n, k in series) / sqrt(variance)
    if erfc(abs(z) / sqrt(2)) >= 1 - confidence:
        return Drift(Trend.STEADY, z)
    return Drift(Trend.RISING if z > 0 else Trend.FALLING, z)
