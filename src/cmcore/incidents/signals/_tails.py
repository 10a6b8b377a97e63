"""Exact tails: how likely as much or more is, when the usual level is itself only estimated."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from math import exp, lgamma
from typing import Final

#: A term that adds less than this share of the sum changes no digit of it.
_NEGLIGIBLE: Final = 1e-17


def beta_binomial(least: int, total: int, here: float, elsewhere: float) -> float:
    """Return the probability that `least` or more of `total` fall here rather than elsewhere.

    The share that falls here has a Beta distribution of parameters `here` and `elsewhere`.

    Two uses make it exact. Counts of one window and of m others, all negative binomial of shape r
    (Poisson of rates that vary by 1/r, their variance over their mean squared), are so divided
    given their sum, whatever their mean, with `here` r and `elsewhere` m·r. And Fisher's exact
    test of k successes in n trials against K in N is the same sum, of n trials, with `here` K + 1
    and `elsewhere` N - K.

    Sources: J. G. Skellam, JRSS B 10, 1948; J. O. Irwin, JRSS A 117, 1954; the moments of counts
    given their sum, J. E. Mosimann, Biometrika 49, 1962.
    """
    if least <= 0:
        return 1.0
    if least > total:
        return 0.0
    if not here or not elsewhere:
        return float(not elsewhere)
    peak = max(least, int(total * here / (here + elsewhere)))
    above = (
        (total - at) * (here + at) / ((at + 1) * (elsewhere + total - at - 1))
        for at in range(peak, total)
    )
    below = (
        at * (elsewhere + total - at) / ((total - at + 1) * (here + at - 1))
        for at in range(peak, least, -1)
    )
    sums = 1 + _summed(above) + _summed(below)
    return min(1.0, exp(_log_term(peak, total, here, elsewhere)) * sums)


def _summed(ratios: Iterable[float]) -> float:
    """Add up terms, each given by its ratio to the last, until they come to nothing."""
    term, found = 1.0, 0.0
    for ratio in ratios:
        term *= ratio
        found += term
        if ratio < 1 and term < _NEGLIGIBLE:
            break
    return found


def _log_term(at: int, total: int, here: float, elsewhere: float) -> float:
    ways = lgamma(total + 1) - lgamma(at + 1) - lgamma(total - at + 1)
    drawn = lgamma(at + here) + lgamma(total - at + elsewhere) - lgamma(total + here + elsewhere)
    return ways + drawn + lgamma(here + elsewhere) - lgamma(here) - lgamma(elsewhere)


def least_unusual(chance: Callable[[int], float], level: float, most: int) -> int | None:
    """Return the least number whose chance is `level` or less; None when not even `most` is.

    `chance` must not rise.
    """
    if chance(most) > level:
        return None
    return bisect_left(range(most + 1), 1, key=lambda number: int(chance(number) <= level))


def most_unusual(chance: Callable[[int], float], level: float, most: int) -> int | None:
    """Return the greatest number, up to `most`, whose chance is `level` or less; None: not even 0.

    `chance` must not fall.
    """
    if chance(0) > level:
        return None
    return bisect_right(range(most + 1), 0, key=lambda number: int(chance(number) > level)) - 1
