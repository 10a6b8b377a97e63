"""Counted acts: those of a history that the expectations of its charter count, or may count."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Final

from cmcore.base.truth import Truth
from cmcore.base.values import value


@value
class CountedActs:
    """Acts that an expectation counts, or may count: a number of acts that are alike.

    `of` says whether they are what is counted, and `among` whether they are what a share is taken
    of, or what is to be followed. `day` is their local day, None where it is unknown; `at` their
    moment, where each act is judged. `shared` is what they may have in common with others, such as
    links; None where it is unknown.

    An event that acts are to come before is noted in the same way, by each row that says when it
    is: `of` is false, and `among` true, or unknown where a row does not say.
    """

    expectation: str
    day: date | None
    of: Truth
    among: Truth = Truth.TRUE
    at: datetime | None = None
    shared: tuple[frozenset[str] | None, ...] = ()
    count: int = 1


Key = tuple[str, date | None, Truth, Truth, datetime | None, tuple[frozenset[str] | None, ...]]


def added(many: Iterable[CountedActs]) -> tuple[CountedActs, ...]:
    """Return what was counted in one order, acts that are alike together."""
    found: Counter[Key] = Counter()
    for one in many:
        found[one.expectation, one.day, one.of, one.among, one.at, one.shared] += one.count
    return tuple(CountedActs(*key, count) for key, count in sorted(found.items(), key=_rank))


def _rank(found: tuple[Key, int]) -> tuple[object, ...]:
    (name, day, of, among, at, shared), _ = found
    words = [[""] if some is None else sorted(some) for some in shared]
    return name, day or date.max, at or _NO_MOMENT, of.value, among.value, words


_NO_MOMENT: Final = datetime.max.replace(tzinfo=UTC)
