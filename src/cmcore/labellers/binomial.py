"""How many errors among examples still show that a risk is kept, and how many examples it takes."""

from bisect import bisect_left
from typing import Final

from cmcore.charters.audits.statistics import at_most

#: The most examples that are proposed: nobody labels more.
MOST: Final = 1_000_000
#: How often a share is halved: no finer one is shown.
_HALVINGS: Final = 40
#: What rounding may take from a chance.
_SLACK: Final = 1 + 1e-6


def shows(wrong: int, total: int, risk: float, chance: float) -> bool:
    """Return whether so few of `total` are wrong that a share above `risk` is improbable.

    It is where, by a share of `risk`, so few are wrong with no more than that chance: the exact
    test of C. J. Clopper and E. S. Pearson, Biometrika 26, 1934.
    """
    return wrong < total and at_most(wrong, total, risk) * _SLACK <= chance


def allowed(total: int, risk: float, chance: float) -> int:
    """Return the most wrong of `total` that show that a risk is kept; -1 where none would do."""
    wrongs = range(total)
    return bisect_left(wrongs, 1, key=lambda k: not shows(k, total, risk, chance)) - 1


def is_above(wrong: int, total: int, risk: float, chance: float) -> bool:
    """Return whether too many of `total` are wrong for a share of `risk` to be probable."""
    return 1 - at_most(wrong - 1, total, risk) <= chance


def needed(wrong: int, total: int, risk: float, chance: float, *, grows: bool = True) -> int | None:
    """Return how many examples show that a risk is kept, if as large a share is wrong of them.

    Where errors do not grow with them, as many are wrong. None where no number does, or only one
    that nobody labels.
    """

    def is_enough(size: int) -> bool:
        return shows(-(-wrong * size // total) if wrong and grows else wrong, size, risk, chance)

    low = top = max(total, 1)
    while not is_enough(top):
        if top >= MOST:
            return None
        low, top = top, min(2 * top, MOST)
    return low + bisect_left(range(low, top), 1, key=is_enough)


def highest(wrong: int, total: int, chance: float) -> float:
    """Return the least share that is shown to be kept where so few of `total` are wrong."""
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        is_shown = shows(wrong, total, middle, chance)
        low, high = (low, middle) if is_shown else (middle, high)
    return high
