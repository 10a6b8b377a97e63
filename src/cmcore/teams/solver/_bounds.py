"""The least that is missing, by counting: before any search, and where prices are slow to prove it.

If roles are all separated from each other, everybody holds at most one of them. If somebody must
not be alone in some roles, each of these with a holder takes a supervisor. Seats are compared with
what is left, each set of roles separately, and the shortages add up. For hours, minutes and people
give the least number of holders of a watched role, and a flow how many pairs that changes.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import count
from operator import mul

from attrs import evolve

from cmcore.teams.solver._flow import solve_flow
from cmcore.teams.solver.model import Levels, Model, Row, cliques

TRIES = 20_000
"""The sets of holders that are looked at to tell how many a role needs."""
_SHORTAGE: Levels = (1, 0, 0, 0, 0, 0)
_CHANGES: Levels = (1 << 32, 0, 0, 1, 0, 0)


def least_shortage(model: Model) -> int:
    """Return the least that every answer is missing, as far as counting shows."""
    return max([0, *_apart(model), *_supervised(model)])


def _apart(model: Model) -> Iterator[int]:
    """Yield what is missing where everybody holds one role at most of each set kept apart."""
    every = (1 << len(model.clash)) - 1
    apart = [mask for mask in cliques(model.clash, every) if mask & (mask - 1)]
    if apart:
        rest = every & ~sum(apart)
        yield sum(_least(model, mask, 1) for mask in apart) + _least(model, rest)


def _supervised(model: Model) -> Iterator[int]:
    """Yield what is missing where each role in use has a holder outside of a group."""
    every = (1 << len(model.clash)) - 1
    groups: dict[frozenset[int], int] = {}
    for guard in model.guards:
        groups[guard.group] = groups.get(guard.group, 0) | 1 << guard.role
    for group, mask in groups.items():
        others = tuple(0 if person in group else may for person, may in enumerate(model.may))
        sure = tuple(0 if person in group else must for person, must in enumerate(model.must))
        rows = tuple(_used(row) for row in model.rows[: len(model.clash)])
        used = evolve(model, may=others, must=sure, rows=rows, spreads=(), guards=())
        yield _least(used, mask) + _least(model, every & ~mask)


def _used(row: Row) -> Row:
    """Return one seat that stands for all of a role: whether anybody holds it."""
    one = min(1, row.least)
    return evolve(row, least=one, most=max(1, row.most), weight=row.weight * row.least)


def _least(model: Model, mask: int, hats: int | None = None) -> int:
    """Return the least that some roles are missing, given how many roles people may hold."""
    if not mask:
        return 0
    part = evolve(
        model,
        may=tuple(may & mask for may in model.may),
        must=tuple(must & mask for must in model.must),
        hats=tuple(most if hats is None else min(most, hats) for most in model.hats),
        rows=tuple(
            row if mask >> role & 1 else evolve(row, least=0, most=0)
            for role, row in enumerate(model.rows[: len(model.clash)])
        ),
        spreads=(),
        guards=(),
    )
    return solve_flow(part, _SHORTAGE).levels[0]


def least_changes(model: Model, floors: Sequence[int], hours: int) -> int:
    """Return how many pairs change at least where no more than these hours are missing.

    `floors` are what the rows count at least. A flow fills them, and gives each role that is
    watched over as many holders as it needs.
    """
    needed = holders_needed(model, hours)
    rows = tuple(
        evolve(row, least=max(floors[role], needed.get(role, 0)), weight=1)
        for role, row in enumerate(model.rows[: len(model.clash)])
    )
    return solve_flow(evolve(model, rows=rows, spreads=(), guards=()), _CHANGES).bound


def holders_needed(model: Model, hours: int, tries: int = TRIES) -> dict[int, int]:
    """Return how many must hold each watched role, if no more than `hours` are missing.

    `tries` is how many sets of holders are looked at for one role; after that, the result may be
    lower.
    """
    rows: dict[int, list[Row]] = {}
    for row in model.rows[len(model.clash) :]:
        if row.level and row.mask.bit_count() == 1:
            rows.setdefault(row.mask.bit_length() - 1, []).append(row)
    watches = [_Watch(model, role, some, tries) for role, some in rows.items()]
    spare = max(0, hours - sum(watch.sure for watch in watches))
    return {watch.role: watch.needed(watch.sure + spare) for watch in watches}


class _Watch:
    """The person-minutes missing from a watched role, by who holds it.

    `sure` is what is missing if everybody holds it who may. Somebody who joins some holders reduces
    it by no more than they would have before the last of them joined. So the best reduction now
    bounds what a given number of further people can do, and most sets of holders need no look.
    """

    def __init__(self, model: Model, role: int, rows: Sequence[Row], tries: int) -> None:
        self.role, self.left, self.most = role, tries, 0
        self.lacks = [row.least for row in rows]
        self.weights = [row.weight for row in rows]
        self.there = {
            person: [n for n, row in enumerate(rows) if person in (row.group or ())]
            for person, may in enumerate(model.may)
            if may >> role & 1
        }
        counts = Counter(n for some in self.there.values() for n in some)
        self.sure = sum(row.weight * max(0, row.least - counts[n]) for n, row in enumerate(rows))

    def needed(self, most: int) -> int:
        """Return the fewest holders with whom no more than `most` is missing."""
        self.most, total = most, sum(map(mul, self.lacks, self.weights))
        people = list(self.there)
        return next(few for few in count() if self._suffice(few, people, total))

    def _suffice(self, few: int, people: Sequence[int], total: int) -> bool:
        """Return whether this few more people may be enough, if `total` is missing without them."""
        self.left -= 1
        if total <= self.most or self.left < 0:
            return True
        gains = sorted((-self._gain(person), person) for person in people)
        place = 0
        while total + sum(gain for gain, _ in gains[place : place + few]) <= self.most:
            gain, person = gains[place]
            place += 1
            self._join(person, 1)
            found = self._suffice(few - 1, [other for _, other in gains[place:]], total + gain)
            self._join(person, -1)
            if found:
                return True
        return False

    def _gain(self, person: int) -> int:
        return sum(self.weights[n] for n in self.there[person] if self.lacks[n] > 0)

    def _join(self, person: int, by: int) -> None:
        for n in self.there[person]:
            self.lacks[n] -= by
