"""Three-valued truth: what is unknown is unknown, not false.

Strong Kleene logic (S. C. Kleene, *Introduction to Metamathematics*, 1952, §64): `&` is the
minimum, `|` the maximum and `~` the mirror on false < unknown < true.
"""

from collections.abc import Iterable
from enum import Enum


class Truth(Enum):
    """One of false, unknown and true; never usable as a bare bool."""

    FALSE = 0
    UNKNOWN = 1
    TRUE = 2

    @classmethod
    def of(cls, known: bool | None) -> "Truth":  # noqa: FBT001 - the value itself, not a switch
        """Turn a bool into a truth, and None into unknown."""
        if known is None:
            return cls.UNKNOWN
        return cls.TRUE if known else cls.FALSE

    def __and__(self, other: "Truth") -> "Truth":
        return self if self._value_ <= other._value_ else other

    def __or__(self, other: "Truth") -> "Truth":
        return self if self._value_ >= other._value_ else other

    #: there is one of each, so they need not be told apart by their names
    __hash__ = object.__hash__

    def __invert__(self) -> "Truth":
        return _MIRROR[self]

    def __bool__(self) -> bool:
        message = "a truth may be unknown: compare it (`is Truth.TRUE`) instead of testing it"
        raise TypeError(message)

    def __repr__(self) -> str:
        return self.name.lower()


_MIRROR = {
    Truth.FALSE: Truth.TRUE,
    Truth.UNKNOWN: Truth.UNKNOWN,
    Truth.TRUE: Truth.FALSE,
}


def at_least(count: int, truths: Iterable[Truth]) -> Truth:
    """Return whether at least `count` of `truths` are true."""
    values = list(truths)
    if values.count(Truth.TRUE) >= count:
        return Truth.TRUE
    possible = len(values) - values.count(Truth.FALSE)
    return Truth.UNKNOWN if possible >= count else Truth.FALSE
