"""Instants that are only known to lie between two others, compared in three values."""

from collections.abc import Iterable
from datetime import datetime

from cmcore.base.truth import Truth
from cmcore.base.values import value


@value
class Around:
    """An instant known to lie from `first` to `last`, both included.

    Whatever the true instants are, what is said to be true of them is true, and what is said to be
    false is false.
    """

    first: datetime
    last: datetime

    @classmethod
    def exactly(cls, at: datetime) -> "Around":
        """Return an instant that is known."""
        return cls(at, at)

    @classmethod
    def earliest(cls, many: Iterable["Around"]) -> "Around":
        """Return the first of several instants, at least one."""
        some = list(many)
        return cls(min(one.first for one in some), min(one.last for one in some))

    @classmethod
    def latest(cls, many: Iterable["Around"]) -> "Around":
        """Return the last of several instants, at least one."""
        some = list(many)
        return cls(max(one.first for one in some), max(one.last for one in some))

    def before(self, other: "Around") -> Truth:
        """Return whether this one comes before another, which must be a different instant."""
        if self.last < other.first:
            return Truth.TRUE
        return Truth.FALSE if self.first >= other.last else Truth.UNKNOWN

    def by(self, other: "Around") -> Truth:
        """Return whether this one comes before another, or with it."""
        return ~other.before(self)

    def precedes(self, other: "Around") -> Truth:
        """Return whether this one came first: of two at one instant, nobody knows which did."""
        return self.before(other) | (self.by(other) & Truth.UNKNOWN)
