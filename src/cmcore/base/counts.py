"""Whole numbers: which ones a value may be given."""

from collections.abc import Iterator
from typing import Final

from cmcore.base.errors import Problem

#: The most digits of a whole number, in a value or a file.
MAX_DIGITS: Final = 18
_LIMIT: Final = 10**MAX_DIGITS


def is_held(number: int) -> bool:
    """Return whether a whole number is one that a value can hold, whatever it says of itself."""
    return -_LIMIT < int.__int__(number) < _LIMIT


def count_problems(
    given: object, *path: str | int, least: int = 0, most: int | None = None
) -> Iterator[Problem]:
    """Yield what forbids `given` as a whole number from `least` to `most`.

    A `most` below zero is another number that cannot be, and is told by itself.
    """
    most = None if most is None else max(0, most)
    if _is_count(given, least, most):
        return
    if most is None:
        yield Problem.of("bad-count", *path, given=given, least=least)
    else:
        yield Problem.of("bad-count", *path, hint="from-to", given=given, least=least, most=most)


def _is_count(given: object, least: int, most: int | None) -> bool:
    if not isinstance(given, int) or isinstance(given, bool):
        return False
    return least <= given and (most is None or given <= most)
