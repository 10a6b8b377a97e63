"""What lacks at the least, by counting: before any search, and where prices are slow to prove it.

Of roles that are all kept apart, everybody holds one at most. Where somebody is not to be alone on
some roles, each of these that has a holder takes up somebody else. Seats are counted against what
is left, each set of roles by itself: what they lack adds up. Of hours, minutes and people tell how
many must hold a role that is watched over, and a flow how many pairs that changes.
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
    """Return what every answer lacks at the least, as far as counting tells."""
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
    """Return what some roles lack at the least by themselves, with so many hats at most."""
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
    """Return how many pairs change at the least where no more than these hours lack.

    `floors` are what the rows count at the least. A flow fills them, and gives each role that is
    watched over as many holders as it needs.
    """
    needed = holders_needed(model, hours)
    rows = tuple(
        evolve(row, least=max(floors[role], needed.get(role, 0)), weight=1)
        for role, row in enumerate(model.rows[: len(model.clash)])
    )
    return solve_flow(evolve(model, rows=rows, spreads=(), guards=()), _CHANGES).bound


def holders_needed(model: Model, hours: int, tries: int = TRIES) -> dict[int, int]:
    """Return how many must hold each role that is watched over, where no more than `hours` lack.

    `tries` is how many sets of holders are looked at for one role; after that, fewer may be told.
    """
    rows: dict[int, list[Row]] = {}
    for row in model.rows[len(model.clash) :]:
        if row.level and row.mask.bit_count() == 1:
            rows.setdefault(row.mask.bit_length() - 1, []).append(row)
    watches = [_Watch(model, role, some, tries) for role, some in rows.items()]
    spare = max(0, hours - sum(watch.sure for watch in watches))
    return {watch.role: watch.needed(watch.sure + spare) for watch in watches}


class _Watch:
    """Minutes times people: what is missing of a role that is watched over, by who holds it.

    `sure` is what is missing where everybody does who may. Whoever joins some holders takes away no
    more of it than they would have before the last of them joined: what the best could take away
    now bounds what so many more can, and most sets of holders need not be looked at.
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
        """Return the fewest holders with whom no more than `most` lacks."""
        self.most, total = most, sum(map(mul, self.lacks, self.weights))
        people = list(self.there)
        return next(few for few in count() if self._suffice(few, people, total))

    def _suffice(self, few: int, people: Sequence[int], total: int) -> bool:
        """Return whether so few more of these people may do, where `total` lacks without them."""
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
