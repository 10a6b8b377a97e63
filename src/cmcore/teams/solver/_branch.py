"""Branch and bound on prices: one level after the other, each proven or honest about its gap.

Each level is made least while the levels before it keep their values. A node of the search fixes
what some people hold or do not; its prices prove a bound (see `duals`), repair gives answers (see
`moves`), and what no better answer can hold is fixed by its reduced cost. What is
looked at is counted, and never timed: the same problem gets the same answer everywhere.
"""

from collections.abc import Sequence
from operator import mul

from cmcore.base.values import internal
from cmcore.teams.solver._bounds import least_changes, least_shortage
from cmcore.teams.solver._bundles import choose
from cmcore.teams.solver._draft import Plan, rank
from cmcore.teams.solver._duals import (
    FADE,
    LURE,
    Dual,
    Node,
    Prices,
    Relaxed,
    matters,
)
from cmcore.teams.solver._flow import Flow, split
from cmcore.teams.solver._local_moves import improve
from cmcore.teams.solver._menus import menu
from cmcore.teams.solver._propagation import propagate
from cmcore.teams.solver._sift import Kept, Sieve, few
from cmcore.teams.solver.model import AFFINITY, CHANGES, HOURS, LOADS, Levels, Model, bits

LAST = 4
"""Steps halved more often than this are too small to go on."""
REPAIRS = 20
"""Repair starts from what everybody chose once in so many rounds of the first node."""
LOOKS = 1000
"""The pairs of a person and a role that are looked at for one unit of the budget."""
TRIES = 4
"""Where too many answers are left, those that gain a quarter of it are gone through, and so on."""
TOP = 1000
"""Where affinities go further than this, what they are weighed against is made greater."""
_KEEP = 1024
"""At first, a change costs as much as the loss of this much affinity, and a seat four times."""


@internal
class Proof:
    """The best answer found, if any, the bound of each level, and the nodes it took.

    `bounds` are lower bounds of the levels, each given the values of the levels before it; an
    answer of None with `complete` means that there is none.
    """

    held: tuple[int, ...] | None
    bounds: tuple[int, ...]
    nodes: int
    complete: bool


def search(
    model: Model, flow: Flow, depth: int, budget: int, start: Sequence[int] | None = None
) -> Proof:
    """Return the best answer on the first `depth` levels, within `budget` thousands of looks."""
    return _Search(model, flow, budget).run(depth, start)


class _Search:
    """The incumbent and the count of nodes, over all levels."""

    def __init__(self, model: Model, flow: Flow, budget: int) -> None:
        self.model = model
        self.flow = flow
        self.ranks = rank(model)
        self.left = budget * LOOKS
        self.nodes = 0
        self.held: tuple[int, ...] | None = None
        self.levels: Levels = (0, 0, 0, 0, 0, 0)

    def run(self, depth: int, start: Sequence[int] | None) -> Proof:
        """Prove one level after the other."""
        bounds: list[int] = []
        complete = True
        if start is not None:
            self.offer(start, self.model.levels(start), ())
        held = self.flow.held if start is None else start
        self.repair(self.model.must, self.model.may, held, self.model.loss)
        for level, aim in _aims(self.model, depth):
            phase = _Phase(self, level, aim)
            bounds += phase.run()
            complete = complete and phase.complete
            if self.held is None:
                break
        return Proof(self.held, tuple(bounds), self.nodes, complete)

    def repair(
        self, must: Sequence[int], may: Sequence[int], held: Sequence[int],
        gains: Sequence[Sequence[int]], fixed: Levels | tuple[int, ...] = (),
    ) -> None:  # fmt: skip
        """Make an answer out of what everybody chose."""
        plan = Plan(self.model, self.ranks, must, may)
        plan.start(held, gains)
        levels = improve(plan)
        self.left -= plan.looks
        if levels is not None:
            self.offer(plan.held, levels, fixed)

    def offer(self, held: Sequence[int], levels: Levels, fixed: Sequence[int]) -> None:
        """Keep an answer if it is better, and as good as it must be on the levels before."""
        if levels[: len(fixed)] == tuple(fixed) and (self.held is None or levels < self.levels):
            self.held, self.levels = tuple(held), levels


def most_balance(model: Model) -> int:
    """Return the greatest sum of squares of numbers of roles there can be."""
    left, total = sum(row.most for row in model.rows[: len(model.clash)]), 0
    for hats in sorted(map(min, model.hats, map(int.bit_count, model.may)), reverse=True):
        worn = min(hats, left)
        total += worn * worn
        left -= worn
    return total


def _aims(model: Model, depth: int) -> list[tuple[int, Levels]]:
    """Return what to make least, in turn: the level, and what a unit of each level costs.

    Affinity and balance are proven together: apart, all the answers of the best affinity would
    have to be gone through twice.
    """
    aims: list[Levels] = [
        (1, 0, 0, 0, 0, 0),
        (0, 1, 0, 0, 0, 0),
        (0, 0, 1, 0, 0, 0),
        (0, 0, 0, 1, 0, 0),
        (0, 0, 0, 0, 1, 0),
    ]
    if depth > len(aims):
        aims[-1] = (0, 0, 0, 0, 1 + most_balance(model), 1)
    return list(enumerate(aims))[:depth]


class _Phase:
    """The search for the least value of one level, or of the last two together."""

    def __init__(self, search: _Search, level: int, aim: Levels) -> None:
        self.search = search
        self.model = search.model
        self.level = level
        self.aim = aim
        unit = 1 + self.model.dearest // TOP
        self.scale = 256 if level == AFFINITY else unit << 26
        self.targets: tuple[int, ...] = search.levels[:level]
        self.dual = Dual(self.model, level, self.targets)
        self.complete = True
        self.recent: list[list[int]] = []

    def worth(self, levels: Levels) -> int:
        """Return the value that is made least."""
        return sum(weight * level for weight, level in zip(self.aim, levels, strict=True))

    @property
    def best(self) -> int | None:
        """The value to beat, if any."""
        return None if self.search.held is None else self.worth(self.search.levels)

    def beaten(self, bound: int) -> bool:
        """Return whether no answer above `bound` can be better than the one at hand."""
        return self.best is not None and bound >= self.best

    def run(self) -> list[int]:
        """Search, and return the bounds proven."""
        if not matters(self.model, self.level):
            return [self.worth(self.search.levels)]
        root = self._root()
        stack, left = [] if self.beaten(root.bound) else [root], []
        while stack:
            node = stack.pop()
            if self.search.left <= 0 and node is not root:
                left.append(node.bound)
                continue
            stack += self._visit(node, is_first=node is root)
        if self.best is None:
            self.complete = not left
            return []
        least = min([self.best, *left])
        self.complete = least == self.best
        return self._bounds(least)

    def _bounds(self, least: int) -> list[int]:
        """Return the bounds of the levels made least."""
        *_, unit, is_both = self.aim
        if not is_both:
            return [least]
        lost = self.search.levels[AFFINITY]
        loss = min(lost, -((most_balance(self.model) - least) // unit))
        balance = least - unit * lost if loss == lost else 0
        return [loss, max(balance, 0)]

    def _root(self) -> Node:
        model, search = self.model, self.search
        same = search.flow.levels[: self.level] == self.targets
        bound = self.worth(search.flow.levels) if same else -(1 << 60)
        if not self.level and not self.beaten(bound):
            bound = max(bound, least_shortage(model))
        node = Node(
            list(model.must),
            list(model.may),
            [0] * len(model.rows),
            Prices([], (0, 0, 0, 0, 0, 0)),
            bound,
        )
        self._raise_floors(node)
        if self.level == CHANGES and not self.beaten(bound):
            node.bound = max(bound, least_changes(model, node.floors, self.targets[HOURS]))
        if not self.beaten(node.bound):
            node.prices = self._first_prices()
        return node

    def _raise_floors(self, node: Node) -> None:
        """Raise the floor of each row to what the earlier levels need to keep their values."""
        rows = [
            (number, row, min(row.least, able))
            for (number, row), able in zip(
                enumerate(self.model.rows), self.model.reach, strict=True
            )
            if row.weight and row.level < self.level
        ]
        room = list(self.targets)
        for _, row, most in rows:
            room[row.level] -= row.weight * (row.least - most)
        for number, row, most in rows:
            node.floors[number] = max(0, most - room[row.level] // row.weight)

    def _first_prices(self) -> Prices:
        """Return the prices of the flow at this level."""
        unit = self.scale * self.aim[self.level]
        change = unit * _KEEP * (1 + self.model.dearest // TOP) if self.level == AFFINITY else unit
        hours = change if self.level else 0
        load = unit if self.level == LOADS else 2 * change if self.level > LOADS else 0
        shortage = 4 * change * (self.model.longest if self.level == 1 else 1)
        if self.level < CHANGES or (self.level == AFFINITY and not self.dual.priced[CHANGES]):
            change = 0
        *_, loss, balance = (self.scale * one for one in self.aim)
        weights = (shortage if self.level else unit, hours, load, change, loss or LURE, balance)
        prices = [
            sum(map(mul, split(price, self.search.flow.weights), weights))
            for price in self.search.flow.prices
        ]
        return Prices([*prices, *[0] * (len(self.model.rows) - len(prices))], weights)

    def _visit(self, node: Node, *, is_first: bool) -> list[Node]:
        """Prove what can be proven in a node, and split the rest; the last one is to be first."""
        self.search.nodes += 1
        if not propagate(self.model, node):
            return []
        relaxed = self._climb(node, is_first=is_first)
        if self.beaten(node.bound):
            return []
        self._fix(node, relaxed)
        if not propagate(self.model, node):
            return []
        if node.must == node.may:
            self._settle(node)
            return []
        return self._split(node, relaxed)

    def _settle(self, node: Node) -> None:
        """Offer the only answer left."""
        self.search.offer(node.must, self.model.levels(node.must), self.targets)

    def _climb(self, node: Node, *, is_first: bool) -> Relaxed:
        """Look for prices that prove more; keep the best, and what is chosen at them."""
        prices, pace, stale = node.prices, 0, 0
        best = relaxed = self.dual.relax(node, prices)
        self.recent, way = [], [0] * len(relaxed.slopes)
        tried, tuning = 2 * self._gap(best), self.model.tuning
        rounds = tuning.first_rounds if is_first else tuning.rounds
        while pace <= LAST and len(self.recent) < rounds:
            self.search.left -= self.model.size
            if relaxed.proof > best.proof:
                best, node.prices, stale = relaxed, prices, 0
            node.bound = max(node.bound, -(-best.proof // self.scale))
            if is_first and len(self.recent) % REPAIRS == 0:
                self._repair(node, relaxed)
            if best is relaxed and 4 * self._gap(best) < 3 * tried and not self.beaten(node.bound):
                tried = self._gap(best)
                self._sift(node, best)
            if self.beaten(node.bound):
                return best
            self.recent.append(relaxed.held)
            if self.search.left <= 0:
                break
            way = self.dual.drift(relaxed.slopes, way)
            prices = self.dual.step(prices, way, self._gap(relaxed), pace)
            relaxed = self.dual.relax(node, prices)
            stale += 1
            pace += stale % FADE == 0
        self._repair(node, best)
        return best

    def _sift(self, node: Node, relaxed: Relaxed) -> None:
        """Go through the answers that could be better, as far as they are few."""
        if self.best is None:
            return
        slack = self._slack(relaxed)
        self.search.left -= 4 * self.model.size
        for _ in range(TRIES):
            kept = self._menus(node, relaxed, slack)
            if kept is not None and few(self.model, kept):
                break
            slack //= 4
        else:
            return

        def offer(held: Sequence[int]) -> int:
            self.search.offer(held, self.model.levels(held), self.targets)
            return min(slack, self._slack(relaxed))

        if Sieve(self.model, node, kept, slack).run(offer):
            node.bound = max(node.bound, min(self.best, (relaxed.proof + slack) // self.scale + 1))

    def _menus(self, node: Node, relaxed: Relaxed, slack: int) -> list[Kept] | None:
        """Return what everybody could hold, or None where that may be long."""
        menus, every = list[Kept](), self.model.ladders(node.prices.weights)
        for person, gains in enumerate(relaxed.gains):
            choice = node.must[person], node.may[person]
            bonuses = self.dual.bonuses(person, node.prices)
            kept = menu(self.model, person, choice, gains, every[person], slack, bonuses)
            if kept is None:
                return None
            menus.append(kept)
        return menus

    def _slack(self, relaxed: Relaxed) -> int:
        """Return how much more than what is proven a better answer may cost."""
        return (0 if self.best is None else self.best - 1) * self.scale - relaxed.proof

    def _gap(self, relaxed: Relaxed) -> int:
        """Return how much more is to be proven, or a guess where there is no answer yet."""
        if self.best is None:
            return abs(relaxed.proof) // 8 + self.scale
        return self.best * self.scale - relaxed.proof

    def _repair(self, node: Node, relaxed: Relaxed) -> None:
        if self.search.left > 0:
            self.search.repair(node.must, node.may, relaxed.held, relaxed.gains, self.targets)

    def _fix(self, node: Node, relaxed: Relaxed) -> None:
        """Fix what no better answer can do otherwise: its reduced cost is above what is left."""
        if self.best is None:
            return
        slack, every = self._slack(relaxed), self.model.ladders(node.prices.weights)
        self.search.left -= 8 * self.model.size
        for person, may in enumerate(node.may):
            must, held, gains = node.must[person], relaxed.held[person], relaxed.gains[person]
            steps = every[person]
            if must == may:
                continue
            bonuses = self.dual.bonuses(person, node.prices)
            gain, _ = choose(self.model, person, (must, may), gains, steps, bonuses)
            for role in bits(may & ~must):
                bit = 1 << role
                two = (must, may & ~bit) if held & bit else (must | bit, may)
                if gain - choose(self.model, person, two, gains, steps, bonuses)[0] > slack:
                    if held & bit:
                        node.must[person] |= bit
                    else:
                        node.may[person] &= ~bit

    def _split(self, node: Node, relaxed: Relaxed) -> list[Node]:
        """Return two nodes that leave nothing out."""
        for guard in self.model.guards:
            bit = 1 << guard.role
            if node.floors[guard.row] == 0 and any(
                held & bit for held in (relaxed.held[person] for person in guard.group)
            ):
                barred, joined = node.copy(), node.copy()
                joined.floors[guard.row] = 1
                for person in guard.group:
                    barred.may[person] &= ~bit
                return [barred, joined]
        person, role, likely = self._doubtful(node)
        without, within = node.copy(), node.copy()
        without.may[person] &= ~(1 << role)
        within.must[person] |= 1 << role
        return [without, within] if likely else [within, without]

    def _doubtful(self, node: Node) -> tuple[int, int, bool]:
        """Return the pair that was now held, now not, and whether it was more often."""
        total = len(self.recent)
        doubts = []
        for person, may in enumerate(node.may):
            for role in bits(may & ~node.must[person]):
                often = sum(held[person] >> role & 1 for held in self.recent)
                doubts.append((abs(2 * often - total), person, role, 2 * often >= total))
        _, person, role, likely = min(doubts)
        return person, role, likely
