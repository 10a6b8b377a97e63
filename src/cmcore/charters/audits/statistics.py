"""The little statistics an audit needs, on counts, with the standard library."""

from collections.abc import Sequence
from math import erfc, exp, lgamma, log, log1p, sqrt
from typing import Final

from cmcore.base.errors import refuse
from cmcore.charters.audits.audit import Drift, Trend, Verdict
from cmcore.charters.audits.figures import Interval

#: How often a share is halved: no number within 0 to 1 is finer.
_HALVINGS: Final = 60
#: The change below which a continued fraction has converged.
_CLOSE: Final = 1e-15
#: The most acts of which a share is estimated: of far more, the numbers are too coarse.
MOST_ACTS: Final = 10**9


def tail(confidence: float) -> float:
    """Return the chance that a confidence level between 0 and 1 leaves on either side.

    Raises:
        InvalidError: when the level is not strictly between 0 and 1.
    """
    known: object = confidence
    is_number = isinstance(known, int | float)
    if not is_number or not 0 < confidence < 1 or (1 + confidence) / 2 == 1:
        raise refuse("wrong-value", given=confidence, wanted="confidence")
    return (1 - confidence) / 2


def exact(successes: int, total: int, confidence: float) -> Interval:
    """Return the exact interval of a share; 0 to 1 for none.

    Beyond either end are the shares under which this many successes, or this few, would be too
    improbable (C. J. Clopper and E. S. Pearson, Biometrika 26, 1934).
    """
    chance, failures = tail(confidence), total - successes
    low = _share(chance, successes, total) if successes else 0.0
    return Interval(low, 1 - _share(chance, failures, total) if failures else 1.0)


def _share(chance: float, count: int, total: int) -> float:
    """Return the greatest share by which `count` or more of `total` have no more than a chance."""
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        is_rare = _beta(middle, count, total - count + 1) <= chance
        low, high = (middle, high) if is_rare else (low, middle)
    return low


def at_most(count: int, total: int, share: float) -> float:
    """Return the chance that `count` or fewer of `total` are something that has that share."""
    return 1.0 if count >= total else _beta(1 - share, total - count, count + 1)


def _beta(x: float, a: int, b: int) -> float:
    """Return the regularised incomplete beta function from 0 to 1, by its continued fraction.

    Source: NIST Digital Library of Mathematical Functions, 8.17.22; evaluated as W. J. Lentz does
    (Applied Optics 15, 1976).
    """
    if not x:
        return 0.0
    if x > (a + 1) / (a + b + 2):
        return 1 - _beta(1 - x, b, a)
    scale = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x)) / a
    over, under, step = 1.0, 1 / (1 - (a + b) * x / (a + 1)), 0.0
    found, m = under, 1
    while abs(step - 1) > _CLOSE:
        at = a + 2 * m
        step = 1.0
        for part in (m * (b - m) / ((at - 1) * at), -(a + m) * (a + b + m) / (at * (at + 1))):
            over, under = 1 + part * x / over, 1 / (1 + part * x * under)
            step *= over * under
        found, m = found * step, m + 1
    return scale * found


def interval(  # noqa: PLR0913 - each count is named
    covered: int,
    total: int,
    missing: int | None,
    confidence: float,
    *,
    lost: int = 0,
    doubts: int = 0,
) -> Interval:
    """Return the interval of the covered share, whatever the `missing` and `lost` acts were.

    Where rows cast doubt on what others seem, it may be any share.
    """
    if missing is None or doubts:
        return Interval(0.0, 1.0)
    missing += lost
    worst = exact(covered, total + missing, confidence)
    best = exact(covered + missing, total + missing, confidence)
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
