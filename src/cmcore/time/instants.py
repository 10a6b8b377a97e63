"""Instants that are only known to lie between two others, compared in three values."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TypeVar

from attrs import field

from cmcore.base.truth import Truth
from cmcore.base.values import value

_T = TypeVar("_T", datetime, timedelta)


def _before(last: _T, next_: _T, first: _T, end: _T) -> Truth:
    """Return whether what is from `first` to `last` comes before what is from `next_` to `end`."""
    if last < next_:
        return Truth.TRUE
    return Truth.FALSE if first >= end else Truth.UNKNOWN


@value
class Around:
    """An instant known to lie from `first` to `last`, both included.

    It may be tied to another: it comes from `least` to `most` after an instant that is called `of`.
    Of two that are tied to the same one, the order may be known even if the time of day is not.

    Whatever the true instants are, what is said to be true of them is true, and what is said to be
    false is false.
    """

    first: datetime
    last: datetime
    of: str | None = field(default=None, kw_only=True, eq=False)
    least: timedelta = field(default=timedelta(0), kw_only=True, eq=False)
    most: timedelta = field(default=timedelta(0), kw_only=True, eq=False)

    @classmethod
    def exactly(cls, at: datetime) -> "Around":
        """Return an instant that is known."""
        return cls(at, at)

    @classmethod
    def earliest(cls, many: Iterable["Around"]) -> "Around":
        """Return the first of several instants, at least one."""
        some = list(many)
        for one in some:
            if all(one.by(other) is Truth.TRUE for other in some):
                return one
        return cls(min(one.first for one in some), min(one.last for one in some))

    @classmethod
    def latest(cls, many: Iterable["Around"]) -> "Around":
        """Return the last of several instants, at least one."""
        some = list(many)
        for one in some:
            if all(other.by(one) is Truth.TRUE for other in some):
                return one
        return cls(max(one.first for one in some), max(one.last for one in some))

    def before(self, other: "Around") -> Truth:
        """Return whether this one comes before another, which must be a different instant."""
        if self.of is not None and self.of == other.of:
            return _before(self.most, other.least, self.least, other.most)
        return _before(self.last, other.first, self.first, other.last)

    def by(self, other: "Around") -> Truth:
        """Return whether this one comes before another, or with it."""
        return ~other.before(self)

    def precedes(self, other: "Around") -> Truth:
        """Return whether this one came first: of two at one instant, nobody knows which did."""
        return self.before(other) | (self.by(other) & Truth.UNKNOWN)
