"""Immutable, hashable collections whose order never depends on hashing."""

from collections.abc import Iterable, Mapping

from cmcore.base.errors import refuse
from cmcore.base.maps import FrozenMap

__all__ = ["FrozenMap", "each_once", "symbols"]


def symbols(many: Iterable[str] | None) -> frozenset[str] | None:
    """Freeze a collection of words, as `each_once` does; None stays None."""
    return None if many is None else each_once(many)


def each_once(many: Iterable[str]) -> frozenset[str]:
    """Freeze a collection of words.

    Raises:
        InvalidError: when it is none, or a lone word, which would fall into letters.
    """
    if type(many) is frozenset:
        return many
    if isinstance(many, str):
        raise refuse("lone-text", given=many)
    if isinstance(many, Mapping) or not isinstance(many, Iterable):
        raise refuse("foreign-type", kind=type(many).__name__, wanted="set")
    return frozenset(many)
