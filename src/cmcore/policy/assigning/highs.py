"""The same problem through HiGHS, for the large and the hard (extra `solver`).

One integer program per level, each with the values of the levels before it as rows. The answer is
verified like any other; bounds are as HiGHS states them, in floating point, rounded up.
"""

from itertools import product
from math import ceil
from typing import Any

from cmcore.foundation.errors import MissingExtraError
from cmcore.policy.assigning.problem import (
    AtLeast,
    AtMost,
    Distinct,
    Pair,
    Problem,
    Supervision,
    conflicts,
)
from cmcore.policy.assigning.solve import NAMES, Level, Solution, refused, settled

_CLOSE = 1e-6
Terms = list[tuple[int, float]]
