"""Work is counted, not timed: a busy machine is slow, and does no more than an idle one."""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any


def calls(run: Callable[[], object]) -> int:
    """Return how many functions are called, ours and built-in ones, until `run` ends or fails."""
    count = 0

    def called(_: FrameType, event: str, __: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(called)
    try:
        run()
    finally:
        sys.setprofile(before)
    return count


def steps(run: Callable[[], object]) -> int:
    """Return how many lines are executed, each turn of a loop anew: what `calls` does not see."""
    count = 0

    def stepped(_: FrameType, __: str, ___: object) -> Any:  # noqa: ANN401 - a tracer's own type
        nonlocal count
        count += 1
        return stepped

    before = sys.gettrace()
    sys.settrace(stepped)
    try:
        run()
    finally:
        sys.settrace(before)
    return count
