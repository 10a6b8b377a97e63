"""An assignment under repair, never against a hard rule but supervision."""

from collections.abc import Sequence
from functools import reduce
from operator import or_

from cmcore.base.values import internal
from cmcore.teams.solver.model import Model, Row, bits

Hands = tuple[tuple[int, int], ...]
"""Some people, and the masks of all they would hold."""
Score = tuple[int, int, int, int, int, int, int]
"""Supervisions missing, then the levels."""
NOTHING: Score = (0, 0, 0, 0, 0, 0, 0)


_LOOKS = 5
"""What it takes to weigh a move, in looks at a pair."""


@internal(eq=False)
class Ranks:
    """How good each pair is, and who may hold each role, the best first.

    `keys[person][role]` sorts by change, then by loss, even where two are added up; `best[role]` is
    keys and people.
    """

    keys: tuple[tuple[int, ...], ...]
    best: tuple[tuple[tuple[int, int], ...], ...]


def rank(model: Model) -> Ranks:
    """Return how good each pair is."""
    unit = 4 * model.dearest + 1
    keys = tuple(
        tuple(unit * change + loss for change, loss in zip(*rows, strict=True))
        for rows in zip(model.change, model.loss, strict=True)
    )
    best = tuple(
        tuple(
            sorted(
                (keys[person][role], person)
                for person, may in enumerate(model.may)
                if may >> role & 1
            )
        )
        for role in model.roles
    )
    return Ranks(keys, best)


class Plan:
    """Who holds what, with the count of every row."""

    def __init__(self, model: Model, ranks: Ranks, must: Sequence[int], may: Sequence[int]) -> None:
        self.model = model
        self.ranks = ranks
        self.must = must
        self.may = may
        self.held: list[int] = list(must)
        self.counts = model.counts(self.held)
        self._spread_of = {row: spread for spread in model.spreads for row in spread.rows}
        self._known: dict[tuple[int, int], bool] = {}
        self.looks = 0
        self._looks = _LOOKS + sum(map(len, model.members)) // (1 + len(model.members))

    def start(self, held: Sequence[int], gains: Sequence[Sequence[int]]) -> None:
        """Hold `held` but for what is too much, the least gains gone."""
        self.held = [self._tame(person, mask, gains[person]) for person, mask in enumerate(held)]
        self.counts = self.model.counts(self.held)
        for number, row in enumerate(self.model.rows):
            if self.counts[number] > row.most:
                self._trim(number, row, gains)

    def _tame(self, person: int, mask: int, gains: Sequence[int]) -> int:
        """Return the roles of `mask` that a person may hold together, the greatest gains first."""
        if self.can(person, mask):
            return mask
        kept = self.must[person]
        for role in sorted(bits(mask & ~kept), key=lambda role: (-gains[role], role)):
            if self.can(person, kept | 1 << role):
                kept |= 1 << role
        return kept

    def _trim(self, number: int, row: Row, gains: Sequence[Sequence[int]]) -> None:
        loose = sorted(
            (gains[person][role], person, role)
            for person, mask in enumerate(self.held)
            if row.group is None or person in row.group
            for role in bits(mask & row.mask & ~self.must[person])
        )
        for _, person, role in loose:
            if self.counts[number] > row.most:
                self.put(((person, self.held[person] & ~(1 << role)),))

    def put(self, hands: Hands) -> None:
        """Make a move."""
        for row, by in self._deltas(hands).items():
            self.counts[row] += by
        for person, mask in hands:
            self.held[person] = mask

    def can(self, person: int, mask: int) -> bool:
        """Return whether a person may hold all these roles together."""
        known = self._known.get((person, mask))
        if known is None:
            known = not (mask & ~self.may[person] or self.must[person] & ~mask)
            known = self._known[person, mask] = known and self.model.agree(person, mask)
        return known

    def _deltas(self, hands: Hands) -> dict[int, int]:
        """Return by how much the count of each row would change."""
        deltas: dict[int, int] = {}
        for person, mask in hands:
            old = self.held[person]
            for role in bits(mask & ~old):
                deltas[role] = deltas.get(role, 0) + 1
            for role in bits(old & ~mask):
                deltas[role] = deltas.get(role, 0) - 1
            for row, wanted in self.model.members[person]:
                by = (mask & wanted != 0) - (old & wanted != 0)
                if by:
                    deltas[row] = deltas.get(row, 0) + by
        return deltas

    def worth(self, hands: Hands) -> Score | None:
        """Return what a move changes, or None where it breaks a hard rule."""
        self.looks += self._looks
        for person, mask in hands:
            if not self.can(person, mask):
                return None
        deltas = self._deltas(hands)
        rows, counts, lacks = self.model.rows, self.counts, [0, 0]
        for number, by in deltas.items():
            row, count = rows[number], counts[number]
            if by > 0 and count + by > row.most:
                return None
            if row.weight:
                lack = max(0, row.least - count - by) - max(0, row.least - count)
                lacks[row.level] += row.weight * lack
        if self._spread_of:
            lacks[0] += self._spread_delta(deltas)
        alone = self._guard_delta(deltas) if self.model.guards else 0
        return (alone, lacks[0], lacks[1], *self._personal_delta(hands))

    def _spread_delta(self, deltas: dict[int, int]) -> int:
        total = 0
        for spread in self.model.spreads:
            if not deltas.keys().isdisjoint(spread.rows):
                before = sum(self.counts[row] > 0 for row in spread.rows)
                after = sum(self.counts[row] + deltas.get(row, 0) > 0 for row in spread.rows)
                lack = max(0, spread.least - after) - max(0, spread.least - before)
                total += spread.weight * lack
        return total

    def _guard_delta(self, deltas: dict[int, int]) -> int:
        total = 0
        for guard in self.model.guards:
            wards, row = guard.wards, guard.row
            if wards in deltas or row in deltas:
                now = self.counts[wards] + deltas.get(wards, 0)
                total += now > 0 and self.counts[row] + deltas.get(row, 0) == 0
                total -= self.counts[wards] > 0 and self.counts[row] == 0
        return total

    def _personal_delta(self, hands: Hands) -> tuple[int, int, int, int]:
        unloaded = change = loss = balance = 0
        for person, mask in hands:
            old = self.held[person]
            changes, losses = self.model.change[person], self.model.loss[person]
            for role in bits(mask & ~old):
                change += changes[role]
                loss += losses[role]
            for role in bits(old & ~mask):
                change -= changes[role]
                loss -= losses[role]
            load, needed = self.model.loads[person], ~self.model.idle
            unloaded += max(0, load - (mask & needed).bit_count())
            unloaded -= max(0, load - (old & needed).bit_count())
            balance += mask.bit_count() ** 2 - old.bit_count() ** 2
        return unloaded, change, loss, balance

    def alone(self) -> int:
        """Return how many supervisions are missing."""
        counts = self.counts
        return sum(counts[one.wards] > 0 and counts[one.row] == 0 for one in self.model.guards)

    def missing(self) -> tuple[int, int, int]:
        """Return how many supervisions are missing, the shortage and the missing hours."""
        return (self.alone(), *self.model.lacks(self.counts))

    def wanting(self) -> int:
        """Return the mask of the roles that may help where more than seats is short."""
        model, counts, roles = self.model, self.counts, len(self.model.clash)
        mask = 0
        for held, may, load, hats in zip(self.held, self.may, model.loads, model.hats, strict=True):
            if (held & ~model.idle).bit_count() < min(load, hats):
                mask |= may & ~held & ~model.idle
        for row, count, reach in zip(
            model.rows[roles:], counts[roles:], model.reach[roles:], strict=True
        ):
            if row.weight and count < min(row.least, reach):
                mask |= row.mask
        for spread in model.spreads:
            if sum(counts[row] > 0 for row in spread.rows) < spread.least:
                mask = reduce(or_, (model.rows[row].mask for row in spread.rows), mask)
        for guard in model.guards:
            if counts[guard.wards] and not counts[guard.row]:
                mask |= 1 << guard.role
        return mask

    def short(self) -> list[int]:
        """Return the roles worth giving to one more person."""
        wanting = self.wanting()
        return [
            role
            for role in self.model.roles
            if self.counts[role] < (row := self.model.rows[role]).least
            or (wanting >> role & 1 and self.counts[role] < row.most)
        ]
