"""Whole numbers: which ones a value may be given."""

from collections.abc import Iterator

from cmcore.foundation.errors import Problem
from cmcore.foundation.names import clip


def count_problems(
    given: object, *path: str | int, least: int = 0, most: int | None = None
) -> Iterator[Problem]:
    """Yield what forbids `given` as a whole number from `least` to `most`."""
    if not _is_count(given, least, most):
        span = f"{least} or more" if most is None else f"from {least} to {most}"
        yield Problem(f"`{clip(given)}` will not do", path, hint=f"write a whole number, {span}")


def _is_count(given: object, least: int, most: int | None) -> bool:
    if not isinstance(given, int) or isinstance(given, bool):
        return False
    return least <= given and (most is None or given <= most)
