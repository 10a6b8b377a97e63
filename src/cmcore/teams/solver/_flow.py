"""Only seats and numbers of roles: a least-cost flow, one shortest path per seat.

Source of the idea: successive shortest paths (Jewell 1958; Busacker and Gowen 1960). People
outnumber roles, so a search does not visit them: a heap per role keeps the cheapest free person,
and a heap per two roles the cheapest person to take one and give up the other; stale entries are
found out when they reach the top. The flow does without minutes, incompatible roles and rules over
the team, so that its answer is always a bound, and the answer itself when it respects them.
"""

from heapq import heapify, heappop, heappush

from cmcore.base.values import internal
from cmcore.teams.solver.model import AFFINITY, CHANGES, LOADS, Levels, Model, bits

_NEVER = 1 << 200


@internal
class Flow:
    """Roles held by each person, what that costs, and the proof: a price per seat, and a bound.

    `weights` are what the levels cost; `prices[role]` is what one more seat of the role would cost;
    `bound` is what these prices prove that every answer costs at least (see `bound`).
    """

    held: tuple[int, ...]
    levels: Levels
    weights: Levels
    cost: int
    prices: tuple[int, ...]
    bound: int


def weigh(model: Model) -> Levels:
    """Return weights so large that no sum of a later level outweighs one unit of an earlier."""
    most = [min(hats, may.bit_count()) for hats, may in zip(model.hats, model.may, strict=True)]
    seats = sum(row.most for row in model.rows[: len(model.clash)])
    held = min(seats, sum(most)) + len(model.clash) + 1
    affinity = 1 + 2 * sum(n * n for n in most)
    changes = affinity * (1 + 2 * model.dearest * held)
    loads = changes * (1 + 2 * (held + model.previous))
    # No flow knows of hours.
    hours = loads * (1 + 2 * sum(model.loads))
    return hours, hours, loads, changes, affinity, 1


def split(cost: int, weights: Levels) -> Levels:
    """Return the levels whose weighted sum is `cost`, the later ones as near to 0 as possible."""
    shortage, cost = _nearest(cost, weights[0])
    loads, cost = _nearest(cost, weights[LOADS])
    changes, cost = _nearest(cost, weights[CHANGES])
    loss, cost = _nearest(cost, weights[AFFINITY])
    return shortage, 0, loads, changes, loss, cost


def _nearest(cost: int, weight: int) -> tuple[int, int]:
    count = (cost + weight // 2) // weight
    return count, cost - count * weight


def costs_of(model: Model, weights: Levels) -> list[list[int]]:
    """Return what each pair costs, but for what a number of roles costs (see `Model.steps`)."""
    *_, change, loss, _ = weights
    if not change:
        return [[loss * b for b in row] for row in model.loss]
    return [
        [change * a + loss * b for a, b in zip(*rows, strict=True)]
        for rows in zip(model.change, model.loss, strict=True)
    ]


def solve_flow(model: Model, weights: Levels | None = None) -> Flow:
    """Return the least-cost answer when only fitness, bans, pins, seats and numbers of roles bind.

    Without `weights`, the first levels come before all others (see `weigh`).
    """
    weights = weights or weigh(model)
    network = Network(model, weights)
    network.fill()
    prices = network.prices()
    held = tuple(network.held)
    # A flow knows neither what the rows over the team are missing, nor that idle roles are no load.
    *_, changes, loss, balance = model.levels(held)
    loads = model.unloaded(held, idle=0)
    levels = (network.shortage(), 0, loads, changes, loss, balance)
    cost = sum(weight * level for weight, level in zip(weights, levels, strict=True))
    return Flow(held, levels, weights, cost, prices, bound(model, weights, prices))


def bound(model: Model, weights: Levels, prices: tuple[int, ...]) -> int:
    """Return the least that any answer costs, by these prices, whatever they are.

    Lagrangian duality: pay `prices[role]` to each holder and let each person choose alone, then
    let each role choose how many to pay for; both together cost no more than any real answer.
    """
    total = weights[CHANGES] * model.previous + weights[LOADS] * sum(model.loads)
    steps = model.steps(weights)
    for role, row in enumerate(model.rows[: len(model.clash)]):
        price, shortage = prices[role], weights[0] * row.weight
        total += min(
            shortage * row.least,
            price * row.least,
            price * row.most,
        )
    for person, costs in enumerate(costs_of(model, weights)):
        must = model.must[person]
        total += sum(costs[role] - prices[role] for role in bits(must))
        offers = sorted(
            costs[role] - prices[role] for role in model.able[person] if not must >> role & 1
        )
        worn = must.bit_count()
        total += sum(steps[person][:worn])
        for offer, step in zip(offers, steps[person][worn : model.hats[person]], strict=False):
            if offer + step >= 0:
                break
            total += offer + step
    return total


class Network:
    """A least-cost flow under way; every seat not given to a person is given to nobody, at a cost.

    Costs are multiplied so that the number of moves breaks ties: a path of fewest moves visits
    nobody twice.
    """

    def __init__(self, model: Model, weights: Levels) -> None:
        self.model = model
        self.held = list(model.must)
        self.filled = [0] * len(model.clash)
        for mask in model.must:
            for role in bits(mask):
                self.filled[role] += 1
        self._scale = 2 * len(model.clash) + 2
        empty, hours, load, change, loss, square = (weight * self._scale for weight in weights)
        scaled = empty, hours, load, change, loss, square
        self._costs, self._steps = costs_of(model, scaled), model.steps(scaled)
        self._empty = empty
        self._worn = [mask.bit_count() for mask in model.must]
        self._nobody = [0] * len(model.clash)
        self._free = [self._newcomers(role) for role in model.roles]
        self._moves: list[dict[int, list[tuple[int, int]]]] = [{} for _ in model.roles]
        self._near = [self._end(role)[0] for role in model.roles]

    def _newcomers(self, role: int) -> list[tuple[int, int]]:
        bit, model = 1 << role, self.model
        heap = [
            (self._costs[person][role] + self._steps[person][self._worn[person]], person)
            for person, may in enumerate(model.may)
            if may & bit
            and not model.must[person] & bit
            and self._worn[person] < model.hats[person]
        ]
        heapify(heap)
        return heap

    def fill(self) -> None:
        """Fill every seat."""
        for role in self.model.roles:
            for _ in range(self.model.rows[role].most - self.filled[role]):
                self.augment(role)

    def shortage(self) -> int:
        """Return the weights of the least seats given to nobody."""
        rows = self.model.rows[: len(self.filled)]
        return sum(
            row.weight * max(0, row.least - filled)
            for row, filled in zip(rows, self.filled, strict=True)
        )

    def _free_end(self, role: int) -> tuple[int, int]:
        """Return the least cost of a free person for `role`, and who: the lowest index of ties."""
        heap, bit = self._free[role], 1 << role
        while heap:
            cost, person = heap[0]
            worn = self._worn[person]
            if worn >= self.model.hats[person] or self.held[person] & bit:
                heappop(heap)
                continue
            now = self._costs[person][role] + self._steps[person][worn]
            if now == cost:
                return cost, person
            heappop(heap)
            heappush(heap, (now, person))
        return _NEVER, -1

    def _end(self, role: int) -> tuple[int, int]:
        """Return the cheapest end of a path at `role`: a free person, or nobody (-1)."""
        row = self.model.rows[role]
        spare = row.most - row.least
        nobody = 0 if self._nobody[role] < spare else self._empty * row.weight
        cost, person = self._free_end(role)
        return (nobody, -1) if nobody <= cost else (cost, person)

    def _move(self, taken: int, left: int) -> tuple[int, int]:
        """Return the least cost of moving somebody from `left` to `taken`, and who."""
        heap, taken_bit, left_bit = self._moves[taken][left], 1 << taken, 1 << left
        while heap:
            held = self.held[heap[0][1]]
            if held & left_bit and not held & taken_bit:
                return heap[0]
            heappop(heap)
        return _NEVER, -1

    def augment(self, role: int) -> None:
        """Fill one more seat of `role` by the cheapest chain of moves.

        Dijkstra's search, on what each move costs above the difference of the prices of its ends
        (Edmonds and Karp 1972), which is never below zero; it stops at the cheapest end.
        """
        near = self._near
        reach: dict[int, int] = {role: 0}
        came: dict[int, tuple[int, int]] = {}
        best, last, newcomer = _NEVER, role, -1
        queue, done = [(0, role)], []
        while queue and queue[0][0] < best:
            base, taken = heappop(queue)
            if base > reach[taken]:
                continue
            done.append((base, taken))
            cost, person = self._end(taken)
            base -= near[taken]
            if base + cost < best:
                best, last, newcomer = base + cost, taken, person
            for left, heap in self._moves[taken].items():
                if heap:
                    cost, person = self._move(taken, left)
                    cost += base + near[left] + 1
                    if cost < best and cost < reach.get(left, _NEVER):
                        reach[left] = cost
                        came[left] = (taken, person)
                        heappush(queue, (cost, left))
        for base, taken in done:
            near[taken] += best - base
        self._apply(role, last, newcomer, came)

    def _apply(
        self, first: int, last: int, newcomer: int, came: dict[int, tuple[int, int]]
    ) -> None:
        if newcomer < 0:
            self._nobody[last] += 1
        else:
            self._worn[newcomer] += 1
            self._take(newcomer, last)
        while last != first:
            taken, person = came[last]
            self._leave(person, last)
            self._take(person, taken)
            last = taken

    def _take(self, person: int, role: int) -> None:
        """Give `role` to a person, who may from now on be moved out of it."""
        costs = self._costs[person]
        self.held[person] |= 1 << role
        self.filled[role] += 1
        for taken in bits(self.model.may[person] & ~self.held[person]):
            heap = self._moves[taken].setdefault(role, [])
            heappush(heap, (costs[taken] - costs[role], person))

    def _leave(self, person: int, role: int) -> None:
        """Take `role` from a person, who may from now on be given it back."""
        model, costs = self.model, self._costs[person]
        self.held[person] &= ~(1 << role)
        self.filled[role] -= 1
        if self._worn[person] < model.hats[person]:
            offer = costs[role] + self._steps[person][self._worn[person]]
            heappush(self._free[role], (offer, person))
        for left in bits(self.held[person] & ~model.must[person]):
            heap = self._moves[role].setdefault(left, [])
            heappush(heap, (costs[role] - costs[left], person))

    def prices(self) -> tuple[int, ...]:
        """Return what one more seat of each role would cost: the way to the nearest end."""
        prices = [self._end(role)[0] for role in self.model.roles]
        moves = [
            (taken, left, self._move(taken, left)[0])
            for taken in self.model.roles
            for left in self._moves[taken]
        ]
        moves = [move for move in moves if move[2] < _NEVER]
        better = True
        while better:
            better = False
            for taken, left, cost in moves:
                if cost + 1 + prices[left] < prices[taken]:
                    prices[taken] = cost + 1 + prices[left]
                    better = True
        return tuple(price // self._scale for price in prices)
