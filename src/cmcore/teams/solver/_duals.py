"""A price for every row over the team: the bound it proves, and the climb to better prices.

Lagrangian relaxation (Geoffrion 1974) with a subgradient (Held, Wolfe and Crowder 1974): pay each
person the prices of the rows that count them, let everybody choose alone, let each row choose its
count. A row that counts too few becomes dearer. The values of earlier levels are rows too: what
exceeds them has a price. All numbers are whole, so that a bound is a proof.
"""

from collections.abc import Sequence
from math import prod
from operator import sub

from attrs import define

from cmcore.base.values import internal
from cmcore.teams.solver._bundles import choose
from cmcore.teams.solver._flow import costs_of
from cmcore.teams.solver.model import (
    AFFINITY,
    CHANGES,
    HOURS,
    LOADS,
    Levels,
    Model,
    Spread,
    bits,
)

LURE = 1
"""Before that of affinity, a unit of it is worth this: of equals, who is better is chosen.

All the affinity of a team is a small part of a unit, and never lost: a bound remains a bound.
"""
FADE = 8
"""After so many rounds without a better bound, steps are halved."""
FINE = 1024
"""The parts of a slope that a drift is told in."""
_NEVER = 1 << 200


@define
class Prices:
    """What a row pays for each person it counts, and what a unit of each level costs."""

    rows: list[int]
    weights: Levels


@define
class Node:
    """A part of the search: what each person holds for certain or may hold, and rows' floors."""

    must: list[int]
    may: list[int]
    floors: list[int]
    prices: Prices
    bound: int = 0

    def copy(self) -> "Node":
        """Return a node that can be changed apart."""
        return Node(self.must.copy(), self.may.copy(), self.floors.copy(), self.prices, self.bound)


@internal
class Relaxed:
    """What everybody chooses alone at some prices: what it proves, and how far rows are off.

    `proof` is the bound of the level under way, in parts of its scale; `slopes` are of the rows,
    then of the levels before.
    """

    proof: int
    held: list[int]
    gains: list[list[int]]
    slopes: list[int]


class Dual:
    """The relaxation of a model on one level; `targets` are the values of the levels before."""

    def __init__(self, model: Model, level: int, targets: Sequence[int]) -> None:
        self.model = model
        self.level = level
        self.targets = targets
        self._costs: list[list[int]] = []
        self._weights: Levels | None = None
        self._steps: list[Sequence[Sequence[int]]] = []
        self._singles, self._multis = _memberships(model)
        self._spread_rows = frozenset(row for spread in model.spreads for row in spread.rows)
        self.priced = [matters(model, earlier) for earlier in range(level)]
        known = enumerate(zip(model.rows, model.reach, strict=True))
        self._lows = [
            0 if number in self._spread_rows or row.most >= reach else -_NEVER
            for number, (row, reach) in known
        ]
        widths = [max(1, reach) if level == HOURS else 1 for reach in model.reach]
        self._widths = [*widths, *[1] * level]

    def relax(self, node: Node, prices: Prices) -> Relaxed:
        """Let everybody choose alone at these prices."""
        model, rows = self.model, prices.rows
        if prices.weights != self._weights:
            self._weights = prices.weights
            self._steps = model.ladders(prices.weights)
            self._costs = [
                [cost if may >> role & 1 else _NEVER for role, cost in enumerate(costs)]
                for costs, may in zip(costs_of(model, prices.weights), model.may, strict=True)
            ]
        proof, held, every = 0, list[int](), list[list[int]]()
        seats = rows[: len(model.clash)]
        for person, costs in enumerate(self._costs):
            gains = list(map(sub, seats, costs))
            for row, role in self._singles[person]:
                gains[role] += rows[row]
            every.append(gains)
            must, multi = node.must[person], self._multis[person]
            steps = self._steps[person]
            if not must and not multi and max(gains, default=0) <= steps[0][0]:
                held.append(0)
                continue
            bonuses = [(mask, rows[row]) for row, mask in multi]
            gain, mask = choose(model, person, (must, node.may[person]), gains, steps, bonuses)
            proof -= gain
            held.append(mask)
        return self._settle(node, prices, proof, held, every)

    def bonuses(self, person: int, prices: Prices) -> list[tuple[int, int]]:
        """Return what it is worth for a person to hold one of several roles."""
        return [(mask, prices.rows[row]) for row, mask in self._multis[person]]

    def _settle(
        self, node: Node, prices: Prices, proof: int, held: list[int], gains: list[list[int]]
    ) -> Relaxed:
        """Let the rows choose their counts, and compare with what is held."""
        model, weights = self.model, prices.weights
        counts = model.counts(held)
        proof += weights[CHANGES] * model.previous + weights[LOADS] * sum(model.loads)
        slopes, lacks = [], [0, 0]
        for number, row in enumerate(model.rows):
            price, count = prices.rows[number], counts[number]
            if number in self._spread_rows:
                slopes.append(0)
                continue
            lack = weights[row.level] * row.weight
            wanted = _wanted(price, lack, node.floors[number], row.least, row.most, count)
            missing = max(0, row.least - wanted)
            proof += price * wanted + lack * missing
            lacks[row.level] += row.weight * missing
            slopes.append(wanted - count)
        for spread in model.spreads:
            present = _present(spread, prices, weights[0])
            missing = max(0, spread.least - len(present))
            proof += sum(prices.rows[row] for row in present) + weights[0] * spread.weight * missing
            lacks[0] += spread.weight * missing
            for place in spread.rows:
                slope = (place in present) - counts[place]
                slopes[place] = slope if prices.rows[place] > 0 else max(0, slope)
        slopes += self._level_slopes(held, lacks)
        for target, weight in zip(self.targets, weights[: self.level], strict=True):
            proof -= weight * target
        return Relaxed(proof, held, gains, slopes)

    def _level_slopes(self, held: list[int], lacks: list[int]) -> list[int]:
        """Return by how much each earlier level's value is exceeded."""
        values = lacks
        if self.level > LOADS:
            values = [*lacks, self.model.unloaded(held, self.model.idle)]
        if self.level == AFFINITY:
            change = self.model.change
            changes = sum(change[who][role] for who, mask in enumerate(held) for role in bits(mask))
            values = [*values, changes + self.model.previous]
        return [
            found - target if priced else 0
            for found, target, priced in zip(values, self.targets, self.priced, strict=False)
        ]

    def drift(self, slopes: Sequence[int], before: Sequence[int]) -> list[int]:
        """Return the way to go: the slope, in fine parts, and most of the way gone before.

        What points to and fro from one step to the next cancels out (Camerini, Fratta and Maffioli
        1975). Where one more holder costs nothing, all who can be are counted or none are: there a
        row goes the slower, the more it can count.
        """
        return [
            FINE * slope // width + 7 * by // 10
            for slope, width, by in zip(slopes, self._widths, before, strict=True)
        ]

    def step(self, prices: Prices, drift: Sequence[int], gap: int, pace: int) -> Prices:
        """Return prices a step along a drift; `pace` halves steps.

        A row that can count no more people than it may has no use for a price below zero.
        """
        norm = max(1, sum(map(prod, zip(drift, drift, self._widths, strict=True)))) << pace
        rise = gap * FINE
        moved = [
            price + rise * by // norm if by else price
            for price, by in zip(prices.rows, drift, strict=False)
        ]
        rows = [max(least, price) for least, price in zip(self._lows, moved, strict=True)]
        ways = [*drift[len(rows) :], 0, 0, 0, 0, 0, 0]
        lack, hours, load, change, loss, square = (
            max(0, weight + rise * by // norm)
            for weight, by in zip(prices.weights, ways, strict=False)
        )
        return Prices(rows, (lack, hours, load, change, loss, square))


def _memberships(
    model: Model,
) -> tuple[list[list[tuple[int, int]]], list[list[tuple[int, int]]]]:
    """Return the rows that count each person for one role (row, role), and for several (mask)."""
    singles, multis = [], []
    for rows in model.members:
        alone = [(row, mask) for row, mask in rows if mask.bit_count() == 1]
        singles.append([(row, mask.bit_length() - 1) for row, mask in alone])
        multis.append([two for two in rows if two not in alone])
    return singles, multis


def matters(model: Model, level: int) -> bool:
    """Return whether a level's value may differ where the values of those before it are the same.

    Where nobody watches, no hours are missing, and no loads where none is asked. With nothing
    previous, no spare seats, one weight and no wishes beyond seats, each change is a seat filled:
    the shortage says it all.
    """
    if level == HOURS:
        return any(row.level for row in model.rows)
    if level == LOADS:
        return any(model.loads)
    if level in {0, AFFINITY}:
        return True
    seats = model.rows[: len(model.clash)]
    spare = any(row.least < row.most for row in seats)
    tiers = len({row.weight for row in seats}) > 1
    wishes = any(row.weight for row in model.rows[len(seats) :])
    return bool(model.previous or spare or tiers or wishes or model.spreads)


def _wanted(price: int, lack: int, floor: int, least: int, most: int, count: int) -> int:  # noqa: PLR0913, PLR0917
    """Return the count a row chooses at this price: of equals, the nearest to what it has."""
    least = max(floor, min(least, most))
    if price < 0:
        return most
    if price == 0:
        return min(max(count, least if lack else floor), most)
    if price < lack:
        return least
    return min(max(count, floor), least) if price == lack else floor


def _present(spread: Spread, prices: Prices, weight: int) -> frozenset[int]:
    """Return the rows a spread chooses to find somebody in: the cheapest that are worth it."""
    cheapest = sorted(spread.rows, key=lambda row: (prices.rows[row], row))
    lack = weight * spread.weight
    return frozenset(row for row in cheapest[: spread.least] if prices.rows[row] < lack)
