"""Immutable, hashable collections whose order never depends on hashing."""

from collections.abc import Iterable

from cmcore.foundation.errors import refuse
from cmcore.foundation.maps import FrozenMap

__all__ = ["FrozenMap", "each_once", "symbols"]


def symbols(many: Iterable[str] | None) -> frozenset[str] | None:
    """Freeze a collection of words, and refuse a lone word, which would fall into letters."""
    if isinstance(many, str):
        raise refuse("lone-text", given=many)
    return None if many is None else frozenset(many)


def each_once(many: Iterable[str]) -> frozenset[str]:
    """Freeze a collection of words, as `symbols` does, where there must be one."""
    return symbols(many) or frozenset()
