"""Tallying frames: what an audit counts, chunk by chunk."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Final

import numpy as np

from cmcore.base.values import internal
from cmcore.charters.audits.audit import ExceptionCause
from cmcore.charters.audits.conclude import UNDATED
from cmcore.charters.audits.periods import PERIODS
from cmcore.charters.audits.tally import MOST_EXAMPLES, CauseKey, Stretch, Tally
from cmcore.charters.decision import Outcome
from cmcore.charters.history import Case
from cmcore.frames.bit_rows import Groups, groups
from cmcore.frames.cells import Bools, Codes, Ints, compressed
from cmcore.frames.chunks import Chunk
from cmcore.frames.examine import Examined, examined
from cmcore.frames.outcomes import OUTCOMES, Rulings, rulings
from cmcore.frames.program import Plan
from cmcore.time.units import Every

_COVERED: Final = OUTCOMES.index("covered")
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_DAY: Final = 86_400_000_000

#: What returns the cases of rows of a chunk, as examples of a cause.
Examples = Callable[[CauseKey, list[int]], tuple[Case, ...]]


@internal
class Counted:
    """A chunk judged: its groups, how many rows are in each, and what is found of them."""

    plan: Plan
    groups: Groups
    sizes: Ints
    ruled: Rulings
    examined: Examined

    def by_rule(self, numbers: Ints, rows: Ints) -> dict[str, int]:
        """Return how many rows each rule has, `numbers` being those of the groups `rows`."""
        ids = self.plan.ids
        counts = np.bincount(numbers, self.sizes[rows], len(ids))
        return {ids[place]: int(counts[place]) for place in np.flatnonzero(counts)}


def tally_chunk(plan: Plan, chunk: Chunk, every: Every, examples: Examples) -> Tally:
    """Count the rows of a chunk."""
    of = (plan.charter.id, plan.charter.version, str(every))
    found = groups(plan, chunk)
    ruled = rulings(plan, found)
    sizes = (np.ones(chunk.size, np.intp) if found.group is None
             else np.bincount(found.group, minlength=found.size))  # fmt: skip
    counted = Counted(plan, found, sizes, ruled, examined(plan, chunk, found, ruled))
    determining = ruled.pairs
    lone = np.diff(ruled.starts) == 1
    alone = lone[determining.groups]
    return Tally(
        of,
        outcomes=_outcomes(counted),
        fired=counted.by_rule(counted.examined.fired.numbers, counted.examined.fired.groups),
        determined=counted.by_rule(determining.numbers, determining.groups),
        alone=counted.by_rule(determining.numbers[alone], determining.groups[alone]),
        wanting=_wanting(counted),
        causes=tuple(_causes(counted, examples)),
        periods=tuple(_periods(counted, chunk, every)),
    )


def _outcomes(counted: Counted) -> dict[str, int]:
    counts = np.bincount(counted.ruled.outcomes, counted.sizes, len(OUTCOMES))
    return {name: int(count) for name, count in zip(OUTCOMES, counts, strict=True)}


def _wanting(counted: Counted) -> dict[str, int]:
    lacking, names = counted.examined.lacking, counted.examined.facts
    counts = np.bincount(lacking.numbers, counted.sizes[lacking.groups], len(names))
    return {name: int(count) for name, count in zip(names, counts, strict=True)}


def _causes(counted: Counted, examples: Examples) -> Iterator[ExceptionCause]:
    """Yield why groups are not covered, each cause once."""
    ruled, found = counted.ruled, counted.groups
    bad = np.flatnonzero(ruled.outcomes != _COVERED)
    if not len(bad):
        return
    doubted = np.zeros(found.size, np.intp)
    doubted[counted.examined.doubted] = 1
    keys = Codes(ruled.outcomes[bad].astype(np.intp), len(OUTCOMES))
    keys = keys.by(Codes(ruled.circuits[bad], len(ruled.circuit_sets)))
    keys = keys.by(Codes(doubted[bad], 2)).by(_sets(ruled, len(counted.plan.ids), bad))
    reasons = counted.examined.reasons
    keys = keys.by(Codes(counted.examined.outside[bad], len(reasons)))
    counts = np.bincount(keys.codes, counted.sizes[bad])
    shown = _first_rows(counted, bad, keys)
    for number, first in enumerate(bad[keys.firsts()]):
        rules = ruled.rules[ruled.starts[first] : ruled.starts[first + 1]]
        outcome = Outcome(OUTCOMES[ruled.outcomes[first]])
        names = tuple(counted.plan.ids[place] for place in rules)
        circuits = ruled.circuit_sets[ruled.circuits[first]]
        unknown, outside = bool(doubted[first]), reasons[counted.examined.outside[first]]
        some = examples((outcome, names, circuits, unknown, outside), shown[number])
        yield ExceptionCause(outcome, names, circuits, int(counts[number]), unknown, some, outside)


def _sets(ruled: Rulings, width: int, rows: Ints) -> Codes:
    """Return numbers for the determining rules of groups, as sets."""
    starts, lengths = ruled.starts[rows], np.diff(ruled.starts)[rows]
    found = Codes(np.zeros(len(rows), np.intp), 1)
    for at in range(int(lengths.max(initial=0))):
        there = lengths > at
        own = np.zeros(len(rows), np.intp)
        own[there] = ruled.rules[starts[there] + at] + 1
        found = found.by(Codes(own, width + 1))
    return found


def _first_rows(counted: Counted, bad: Ints, keys: Codes) -> list[list[int]]:
    """Return the first rows of each cause."""
    group = counted.groups.group
    cause_of = np.full(counted.groups.size, -1, np.intp)
    cause_of[bad] = keys.codes
    causes = cause_of if group is None else cause_of[group]
    order = np.argsort(causes, kind="stable")
    starts = np.searchsorted(causes[order], np.arange(keys.count + 1))
    return [order[a : min(a + MOST_EXAMPLES, b)].tolist()
            for a, b in pairwise(starts)]  # fmt: skip


def _periods(counted: Counted, chunk: Chunk, every: Every) -> Iterator[Stretch]:
    clock = chunk.clock(chunk.charter.zone)
    days = _days(clock.wall // _DAY, clock.known)
    group, covered = counted.groups.group, counted.ruled.outcomes == _COVERED
    held = covered if group is None else covered[group]
    totals = np.bincount(days.codes, minlength=days.count)
    covers = np.bincount(days.codes[held], minlength=days.count)
    made: dict[tuple[int | None, str], list[int]] = {}
    for number, first in enumerate(days.firsts()):
        at = _EPOCH + timedelta(microseconds=int(clock.wall[first]))
        name, place = PERIODS[every](at.date()) if clock.known[first] else (UNDATED, None)
        counts = made.setdefault((place, name), [0, 0])
        counts[0] += int(totals[number])
        counts[1] += int(covers[number])
    for (place, name), (total, covered_) in made.items():
        yield Stretch(place, name, total, covered_)


def _days(days: Ints, known: Bools) -> Codes:
    """Return numbers for the days that occur, and 0 for what has no day."""
    first = int(days[known].min(initial=0))
    keys = np.where(known, days - first + 1, 0).astype(np.intp)
    return compressed(keys, int(keys.max(initial=0)) + 1)
