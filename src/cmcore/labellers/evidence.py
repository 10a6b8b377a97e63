"""Evidence that may be looked at whenever one likes: bets against what is supposed.

A bet against a supposition, made before each outcome is known, multiplies what one has by 1 on
average where the supposition is right. So what one has ever exceeds 1/a with a chance of a at most
(J. Ville, Étude critique de la notion de collectif, 1939), however often one looks.
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable
from math import exp, inf, lgamma, log, log1p
from typing import Final

from cmcore.charters.audits.statistics import at_most

#: Into how many parts of equal chance ranks are sorted: few are soon learnt.
_PARTS: Final = 4
#: What each part is supposed to have had before anything is seen.
_BEFORE: Final = 0.5
#: Of so many outcomes, all wrong ones show whatever they ever will.
_ENOUGH: Final = 10_000


def against_share(wrongs: Iterable[bool], risk: float) -> float:
    """Return the chance of evidence as strong as was ever seen, where at most a share is wrong.

    The bet spreads over all shares above the risk, those of about its size before the others.
    """
    spread = max(1, round(0.5 / risk))
    wrong, most = 0, 0.0
    for count, is_wrong in enumerate(wrongs, 1):
        if is_wrong:
            wrong += 1
            most = max(most, _won(wrong, count, risk, spread))
    return exp(-most)


def _won(wrong: int, count: int, risk: float, spread: int) -> float:
    """Return the logarithm of what the bet has won.

    That is the mean, over shares q drawn from the beta distribution of 1 and `spread` beyond the
    risk r, of (q/r)^wrong · ((1-q)/(1-r))^(count-wrong).
    """
    known = at_most(wrong, count + spread, risk)
    if known <= 0:
        return -inf
    left = count - wrong + spread
    return (
        log(spread)
        + lgamma(wrong + 1)
        + lgamma(left)
        - lgamma(count + spread + 1)
        + log(known)
        - left * log1p(-risk)
        - wrong * log(risk)
    )


def could_show(count: int, risk: float, level: float) -> bool:
    """Return whether so few outcomes could show a share above the risk, were all of them wrong."""
    return against_share([True] * min(count, _ENOUGH), risk) <= level


def against_sameness(
    before: Iterable[float], after: Iterable[float], ties: Iterable[float]
) -> float:
    """Return the chance of evidence as strong as was ever seen, where all are drawn alike.

    Each number has a rank among all those before it, which is any with the same chance; among equal
    ones, `ties` draw it: numbers from 0 to 1, one each. What ranks are frequent is learnt on the
    way, and bet upon: a conformal martingale (V. Vovk, I. Nouretdinov, A. Gammerman, Testing
    exchangeability on-line, ICML 2003).
    """
    bag = sorted(before)
    seen = [_BEFORE] * _PARTS
    won = most = 0.0
    for one, tie in zip(after, ties, strict=False):
        low, high = bisect_left(bag, one), bisect_right(bag, one)
        rank = (low + tie * (high - low + 1)) / (len(bag) + 1)
        part = min(int(rank * _PARTS), _PARTS - 1)
        won += log(_PARTS * seen[part] / sum(seen))
        most = max(most, won)
        seen[part] += 1
        insort(bag, one)
    return exp(-most)
