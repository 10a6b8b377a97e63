"""Tallies: what is counted of a history or of a part of it, before anything is concluded."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

import attrs
from attrs import field

from cmcore.base.errors import refuse
from cmcore.base.frozen import FrozenMap
from cmcore.base.values import value
from cmcore.charters.audits.audit import ExceptionCause
from cmcore.charters.audits.counted import CountedActs, added
from cmcore.charters.history import Unreadable

#: How many cases are kept of each cause, and of the rows that are only late; how many unreadable
#: rows of any other kind.
MOST_EXAMPLES: Final = 3
MOST_LISTED: Final = 1000


def _counts(given: Mapping[str, int]) -> FrozenMap[int]:
    return FrozenMap({str(name): count for name, count in given.items() if count})


def _none() -> FrozenMap[int]:
    return FrozenMap()


def _causes(many: Iterable[ExceptionCause]) -> tuple[ExceptionCause, ...]:
    return tuple(sorted(many, key=cause_key))


class Listing:
    """The first unreadable rows: few of those that are only late, since they are all alike."""

    def __init__(self, rows: Iterable[Unreadable] = ()) -> None:
        self.rows: list[Unreadable] = []
        self._counts: Counter[bool] = Counter()
        for row in rows:
            self.add(row)

    def add(self, row: Unreadable) -> None:
        """List a row, unless enough like it are listed."""
        is_late = row.is_only_late
        if self._counts[is_late] < (MOST_EXAMPLES if is_late else MOST_LISTED):
            self._counts[is_late] += 1
            self.rows.append(row)


def _unread(many: Iterable[Unreadable]) -> tuple[Unreadable, ...]:
    return tuple(Listing(many).rows)


CauseKey = tuple[str, tuple[str, ...], tuple[str, ...], bool, tuple[str, ...]]


def cause_key(cause: ExceptionCause) -> CauseKey:
    """Return what distinguishes a cause from others."""
    return cause.outcome, cause.rules, cause.circuits, cause.unknown, cause.outside


@value
class Stretch:
    """The acts of one calendar period; `number` sorts the periods, and is None for undated acts."""

    number: int | None
    name: str
    total: int
    covered: int


def _stretches(many: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """Put periods in order of time, the undated last."""
    return tuple(sorted(many, key=lambda one: (one.number is None, one.number or 0)))


def _span(given: Iterable[date]) -> tuple[date, ...]:
    days = tuple(given)
    return (min(days), max(days)) if days else ()


@value
class Tally:
    """The counts of a history: everything that an audit is concluded from.

    `one + other` counts the acts of both, those of `one` first; `Tally()` counts none. So the
    parts of a history can be counted separately, in any grouping, with the same total.
    `of` says which charter and version judged them, and in which calendar periods. `lost` counts
    the rows that unreadable ones may have swallowed, `doubts` the unreadable rows that cast doubt
    on others, and `late` the rows that are only earlier than the row above them. If the
    charter has expectations, `acts` are those that they count, and `days` the first and the last
    local day of the rows; `is_first` says that there was nothing before.

    Raises:
        InvalidError: on adding the tallies of two charters, or of different periods.
    """

    of: tuple[str, int, str] | None = None
    outcomes: FrozenMap[int] = field(factory=_none, kw_only=True, converter=_counts)
    fired: FrozenMap[int] = field(factory=_none, kw_only=True, converter=_counts)
    determined: FrozenMap[int] = field(factory=_none, kw_only=True, converter=_counts)
    alone: FrozenMap[int] = field(factory=_none, kw_only=True, converter=_counts)
    wanting: FrozenMap[int] = field(factory=_none, kw_only=True, converter=_counts)
    causes: tuple[ExceptionCause, ...] = field(default=(), kw_only=True, converter=_causes)
    periods: tuple[Stretch, ...] = field(default=(), kw_only=True, converter=_stretches)
    unreadable: tuple[Unreadable, ...] = field(default=(), kw_only=True, converter=_unread)
    unreadable_count: int = field(default=0, kw_only=True)
    late: int = field(default=0, kw_only=True)
    lost: int = field(default=0, kw_only=True)
    doubts: int = field(default=0, kw_only=True)
    acts: tuple[CountedActs, ...] = field(default=(), kw_only=True, converter=added)
    days: tuple[date, ...] = field(default=(), kw_only=True, converter=_span)
    is_first: bool = field(default=False, kw_only=True)

    @property
    def total(self) -> int:
        """How many rows were counted."""
        return sum(self.outcomes.values())

    def __add__(self, other: "Tally") -> "Tally":
        return summed((self, other))


def summed(many: Iterable[Tally]) -> Tally:
    """Return the sum of tallies, in their order: that of none is `Tally()`.

    Raises:
        InvalidError: when they are of different charters or periods.
    """
    told = [one for one in many if one.of is not None]
    if len(told) < 2:  # noqa: PLR2004 - nothing to add
        return told[0] if told else Tally()
    _check_alike(told)
    return Tally(
        told[0].of,
        outcomes=_sum(one.outcomes for one in told),
        fired=_sum(one.fired for one in told),
        determined=_sum(one.determined for one in told),
        alone=_sum(one.alone for one in told),
        wanting=_sum(one.wanting for one in told),
        causes=_joined(cause for one in told for cause in one.causes),
        periods=_both(part for one in told for part in one.periods),
        unreadable=(row for one in told for row in one.unreadable),
        unreadable_count=sum(one.unreadable_count for one in told),
        late=sum(one.late for one in told),
        lost=sum(one.lost for one in told),
        doubts=sum(one.doubts for one in told),
        acts=(seen for one in told for seen in one.acts),
        days=(day for one in told for day in one.days),
        is_first=any(one.is_first for one in told),
    )


def _check_alike(told: Sequence[Tally]) -> None:
    first = told[0].of
    other = next((one.of for one in told if one.of != first), None)
    if first is not None and other is not None:
        one, two = (" ".join(map(str, of)) for of in (first, other))
        raise refuse("tallies-differ", one=one, other=two)


def _sum(many: Iterable[Mapping[str, int]]) -> Counter[str]:
    found: Counter[str] = Counter()
    for counts in many:
        found.update(counts)
    return found


def _joined(many: Iterable[ExceptionCause]) -> Iterator[ExceptionCause]:
    found: dict[object, list[ExceptionCause]] = {}
    for cause in many:
        found.setdefault(cause_key(cause), []).append(cause)
    for same in found.values():
        if len(same) == 1:
            yield same[0]
        else:
            examples = tuple(example for cause in same for example in cause.examples)
            count = sum(cause.count for cause in same)
            yield attrs.evolve(same[0], count=count, examples=examples[:MOST_EXAMPLES])


def _both(many: Iterable[Stretch]) -> Iterator[Stretch]:
    found: dict[tuple[int | None, str], list[Stretch]] = {}
    for part in many:
        found.setdefault((part.number, part.name), []).append(part)
    for (number, name), same in found.items():
        yield Stretch(number, name, sum(s.total for s in same), sum(s.covered for s in same))
