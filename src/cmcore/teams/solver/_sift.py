"""When little is left to gain, go through the few answers that could gain it.

At any prices, an answer costs what they prove and, on top, what each person holds less than the
best for them, and what each row counts beside what is best for it: reduced costs, never below zero.
Whatever costs more than what is left to gain is out. At the size of a team that leaves people few
choices, and a depth-first search goes through them.
"""

from collections.abc import Callable, Sequence
from math import prod

from cmcore.base.values import internal
from cmcore.teams.solver._duals import Node
from cmcore.teams.solver.model import Model, bits

_NEVER = 1 << 200

Kept = Sequence[tuple[int, int]]
"""What one person could hold: how much less it gains than the best for them, and the mask."""
Offer = Callable[[Sequence[int]], int]
"""Takes an answer, and returns what is left to gain: less, when it was a better one."""


@internal(eq=False)
class _Stage:
    """One person's turn: what they could hold, and the rows which that counts in.

    By row and by its count so far: what it costs more once they did not count in it, or did.
    """

    person: int
    choices: tuple[tuple[int, int, tuple[int, ...]], ...]
    tolls: tuple[tuple[int, tuple[tuple[int, int], ...]], ...]


class Sieve:
    """The search, person by person, over what each of them could hold."""

    def __init__(self, model: Model, node: Node, kept: Sequence[Kept], slack: int) -> None:
        self.model = model
        self.slack = slack
        self.patience = model.tuning.steps
        self.held = [some[0][1] if len(some) == 1 else 0 for some in kept]
        self.counts = model.counts(self.held)
        self._tolls = _tolls(model, node)
        self._later = [0] * len(model.rows)
        self._stages = self._staged(kept)

    def _staged(self, kept: Sequence[Kept]) -> list[_Stage]:
        """Return the turns, those with the least choice first."""
        open_ = [person for person, some in enumerate(kept) if len(some) > 1]
        turns = sorted(open_, key=lambda person: (-len(kept[person]), person))
        return [self._stage(person, kept[person]) for person in turns][::-1]

    def _stage(self, person: int, kept: Kept) -> _Stage:
        """Return a turn whose next ones are made already."""
        extra = self.model.members[person]
        choices = tuple(
            (lost, mask, (*bits(mask), *(row for row, wanted in extra if wanted & mask)))
            for lost, mask in kept
        )
        tolls = []
        for row in sorted({row for _, _, rows in choices for row in rows}):
            after = _least(self._tolls[row], self._later[row])
            self._later[row] += 1
            before = _least(self._tolls[row], self._later[row])
            pairs = zip(after, (*after[1:], _NEVER), before, strict=True)
            tolls.append((row, tuple((skip - now, take - now) for skip, take, now in pairs)))
        return _Stage(person, choices, tuple(tolls))

    def run(self, offer: Offer) -> bool:
        """Offer what may be better; return whether nothing else is."""
        paid = 0
        for tolls, count, later in zip(self._tolls, self.counts, self._later, strict=True):
            paid += _least(tolls, later)[count] if count < len(tolls) else _NEVER
        return paid > self.slack or self._go(0, paid, offer)

    def _go(self, place: int, paid: int, offer: Offer) -> bool:
        self.patience -= 1
        if self.patience < 0:
            return False
        if place == len(self._stages):
            if self.model.guarded(self.counts):
                self.slack = offer(self.held)
            return True
        stage, counts = self._stages[place], self.counts
        more = {}
        for row, tolls in stage.tolls:
            skip, take = tolls[counts[row]]
            paid += skip
            more[row] = take - skip
        ways = sorted(
            (paid + lost + sum([more[row] for row in rows]), mask, rows)
            for lost, mask, rows in stage.choices
        )
        for cost, mask, rows in ways:
            if cost > self.slack:
                break
            self.held[stage.person] = mask
            for row in rows:
                counts[row] += 1
            done = self._go(place + 1, cost, offer)
            for row in rows:
                counts[row] -= 1
            if not done:
                return False
        return True


def few(model: Model, kept: Sequence[Kept]) -> bool:
    """Return whether there are few enough answers left to go through."""
    return prod(map(len, kept)) <= model.tuning.widest


def _tolls(model: Model, node: Node) -> list[list[int]]:
    """Return what each count of each row costs above its best one; a spread's rows cost nothing."""
    prices, weights = node.prices.rows, node.prices.weights
    spread = {row for spread in model.spreads for row in spread.rows}
    tolls = []
    for number, row in enumerate(model.rows):
        price, lack = (
            (0, 0) if number in spread else (prices[number], weights[row.level] * row.weight)
        )
        costs = [price * n + lack * max(0, row.least - n) for n in range(row.most + 1)]
        floor = node.floors[number]
        least = min(costs[floor:], default=_NEVER)
        tolls.append([_NEVER if n < floor else cost - least for n, cost in enumerate(costs)])
    return tolls


def _least(tolls: Sequence[int], more: int) -> list[int]:
    """Return the least toll of each count, when up to `more` are counted yet."""
    return [min(tolls[count : count + more + 1]) for count in range(len(tolls))]
