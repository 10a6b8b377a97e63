"""Tallies: what is counted of a history or of a part of it, before anything is concluded."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

import attrs
from attrs import field

from cmcore.foundation.errors import refuse
from cmcore.foundation.frozen import FrozenMap
from cmcore.foundation.house import value
from cmcore.nouns.audit import Cause
from cmcore.nouns.history import Unreadable

#: How many cases are kept of each cause, and how many unreadable rows in all.
MOST_EXAMPLES: Final = 3
MOST_LISTED: Final = 1000


def _counts(given: Mapping[str, int]) -> FrozenMap[int]:
    return FrozenMap({str(name): count for name, count in given.items() if count})


def _none() -> FrozenMap[int]:
    return FrozenMap()


def _causes(many: Iterable[Cause]) -> tuple[Cause, ...]:
    return tuple(sorted(many, key=cause_key))


def _unread(many: Iterable[Unreadable]) -> tuple[Unreadable, ...]:
    return tuple(many)[:MOST_LISTED]


def cause_key(cause: Cause) -> tuple[str, tuple[str, ...], tuple[str, ...], bool]:
    """Return what tells a cause from others."""
    return cause.outcome, cause.rules, cause.circuits, cause.unknown


@value
class Stretch:
    """The acts of one calendar period; `number` puts it in order, None where it is not dated."""

    number: int | None
    name: str
    total: int
    covered: int


def _stretches(many: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """Put periods in order of time, the undated last."""
    return tuple(sorted(many, key=lambda one: (one.number is None, one.number or 0)))


@value
class Tally:
    """What is counted of the acts of a history: all that an audit concludes from.

    `one + other` counts the acts of both, those of `one` first; `Tally()` counts none. So the
    parts of a history may be counted apart, in any grouping, and the whole is the same.
    `of` tells by which charter and version they were judged, and in what calendar periods.

    Raises:
        InvalidError: on adding the tallies of two charters, or of different periods.
    """

    of: tuple[str, int, str] | None = None
    outcomes: FrozenMap[int] = field(factory=_none, kw_only=True, converter=_counts)
    fired: FrozenMap[int] = field(factory=_none, kw_only=True, converter=_counts)
    determined: FrozenMap[int] = field(factory=_none, kw_only=True, converter=_counts)
    alone: FrozenMap[int] = field(factory=_none, kw_only=True, converter=_counts)
    wanting: FrozenMap[int] = field(factory=_none, kw_only=True, converter=_counts)
    causes: tuple[Cause, ...] = field(default=(), kw_only=True, converter=_causes)
    periods: tuple[Stretch, ...] = field(default=(), kw_only=True, converter=_stretches)
    unreadable: tuple[Unreadable, ...] = field(default=(), kw_only=True, converter=_unread)
    unreadable_count: int = field(default=0, kw_only=True)

    @property
    def total(self) -> int:
        """How many rows were counted."""
        return sum(self.outcomes.values())

    def __add__(self, other: "Tally") -> "Tally":
        if self.of is None or other.of is None:
            return other if self.of is None else self
        if self.of != other.of:
            one, two = (" ".join(map(str, of)) for of in (self.of, other.of))
            hint = "count both by one version of the charter, and in the same periods"
            raise refuse(f"the tallies of `{one}` and `{two}` cannot be added", hint=hint)
        return Tally(
            self.of,
            outcomes=_sum(self.outcomes, other.outcomes),
            fired=_sum(self.fired, other.fired),
            determined=_sum(self.determined, other.determined),
            alone=_sum(self.alone, other.alone),
            wanting=_sum(self.wanting, other.wanting),
            causes=_joined(self.causes, other.causes),
            periods=_both(self.periods, other.periods),
            unreadable=(*self.unreadable, *other.unreadable),
            unreadable_count=self.unreadable_count + other.unreadable_count,
        )


def _sum(one: Mapping[str, int], other: Mapping[str, int]) -> Counter[str]:
    return Counter(one) + Counter(other)


def _joined(one: Iterable[Cause], other: Iterable[Cause]) -> Iterable[Cause]:
    found: dict[object, Cause] = {}
    for cause in (*one, *other):
        same = found.get(cause_key(cause))
        if same is not None:
            examples = (*same.examples, *cause.examples)[:MOST_EXAMPLES]
            count = same.count + cause.count
            found[cause_key(cause)] = attrs.evolve(same, count=count, examples=examples)
        else:
            found[cause_key(cause)] = cause
    return found.values()


def _both(one: Iterable[Stretch], other: Iterable[Stretch]) -> Iterable[Stretch]:
    found: dict[int | None, Stretch] = {}
    for part in (*one, *other):
        same = found.get(part.number, Stretch(part.number, part.name, 0, 0))
        found[part.number] = Stretch(
            part.number, part.name, same.total + part.total, same.covered + part.covered
        )
    return found.values()
