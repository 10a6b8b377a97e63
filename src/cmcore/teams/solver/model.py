"""A problem made ready for the solvers: bit masks of roles, and rules as rows that count people.

Every team-level rule is a count of the people of a group who hold one of some roles; a seat is the
count over everybody. A supervision is a choice between two counts, left to the search to make.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, reduce
from operator import or_
from typing import Final

from attrs import evolve, field

from cmcore.base.values import internal
from cmcore.teams.solver.problem import (
    AtLeast,
    AtMost,
    Pair,
    Problem,
    Supervision,
)

Levels = tuple[int, int, int, int, int, int]
"""Shortage, hours, loads, changes, affinity lost, balance: made least, each before the next.

As weights, it is what one unit of each costs.
"""
HOURS, LOADS, CHANGES, AFFINITY, BALANCE = 1, 2, 3, 4, 5
"""The levels after the shortage."""


@internal
class Tuning:
    """How far parts of the search go before they are given up; no value depends on it.

    `first_rounds` and `rounds` are how often prices are changed before the search and in each node
    after the first. `widest` is how many combinations of what people could hold are gone through at
    most, and `steps` in how many steps. `trades` are the looks after which no more trades are
    tried. Where more than `idle` roles that are no part of a least load are open to somebody, each
    is taken to be one: a bound, not the best.
    """

    first_rounds: int = 300
    rounds: int = 30
    widest: int = 10**12
    steps: int = 1000
    trades: int = 20_000
    idle: int = 4


USUAL: Final = Tuning()


def bits(mask: int) -> Iterator[int]:
    """Yield the places of the bits of `mask`, from the lowest."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def mask_of(places: Sequence[int]) -> int:
    """Return the mask with these bits."""
    return sum(1 << place for place in places)


def cliques(clash: Sequence[int], mask: int) -> Iterator[int]:
    """Part some roles into sets that are all kept apart from each other, the largest first."""
    while mask:
        best = 0
        for first in bits(mask):
            found, free = 1 << first, clash[first] & mask
            while free:
                nearest = max(
                    bits(free), key=lambda role: ((clash[role] & free).bit_count(), -role)
                )
                found |= 1 << nearest
                free &= clash[nearest]
            best = max(best, found, key=int.bit_count)
        yield best
        mask &= ~best


@internal
class Row:
    """The people of `group` (None for everybody) who hold a role of `mask`, and what is asked.

    What it is missing counts on `level`: 0 for the shortage, 1 for hours.
    """

    mask: int
    group: frozenset[int] | None
    least: int
    weight: int
    most: int
    level: int = 0


@internal
class Spread:
    """`least` of these rows should count somebody, or each missing one costs `weight`."""

    rows: tuple[int, ...]
    least: int
    weight: int


@internal
class Guard:
    """A supervision: who is supervised, and the rows that count them and others on that role."""

    role: int
    group: frozenset[int]
    wards: int
    row: int


@internal(eq=False)
class Model:
    """The tables the solvers read; the first rows are the seats of the roles, in order."""

    may: tuple[int, ...]
    must: tuple[int, ...]
    hats: tuple[int, ...]
    loads: tuple[int, ...]
    idle: int
    capacity: tuple[int | None, ...]
    minutes: tuple[tuple[int, ...], ...]
    clash: tuple[int, ...]
    change: tuple[tuple[int, ...], ...]
    loss: tuple[tuple[int, ...], ...]
    previous: int
    rows: tuple[Row, ...]
    spreads: tuple[Spread, ...]
    guards: tuple[Guard, ...]
    tuning: Tuning = USUAL
    able: tuple[tuple[int, ...], ...] = field(init=False)
    members: tuple[tuple[tuple[int, int], ...], ...] = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Find, for each person, the roles they may hold, and the rows that count them."""
        able = tuple(tuple(bits(may)) for may in self.may)
        object.__setattr__(self, "able", able)
        extra = list(enumerate(self.rows))[len(self.clash) :]
        members = tuple(
            tuple(
                (number, row.mask)
                for number, row in extra
                if row.mask & may and (row.group is None or person in row.group)
            )
            for person, may in enumerate(self.may)
        )
        object.__setattr__(self, "members", members)

    @property
    def roles(self) -> range:
        """The roles' indices."""
        return range(len(self.clash))

    @cached_property
    def size(self) -> int:
        """How much is looked at when everybody chooses once: people, pairs, and their rows."""
        pairs, rows = (sum(map(len, many)) for many in (self.able, self.members))
        return len(self.may) + len(self.rows) + pairs + rows

    @cached_property
    def reach(self) -> tuple[int, ...]:
        """How many people each row can count at most."""
        reach = [0] * len(self.rows)
        for able, rows in zip(self.able, self.members, strict=True):
            for number in (*able, *(number for number, _ in rows)):
                reach[number] += 1
        return tuple(reach)

    @cached_property
    def longest(self) -> int:
        """The most hours that one person's absence from one row can cost."""
        return max((row.weight for row in self.rows if row.level), default=1)

    @cached_property
    def dearest(self) -> int:
        """The greatest affinity that a pair can lose."""
        return max((-loss for row in self.loss for loss in row), default=0)

    @cached_property
    def idling(self) -> tuple[int, ...]:
        """The roles that each person may hold and that are no part of the least load they have."""
        return tuple(
            self.idle & may if load else 0 for may, load in zip(self.may, self.loads, strict=True)
        )

    def spared(self) -> "Model":
        """Return the model less what every answer can do without, and is as good.

        These are idle roles that somebody would come to hold and that no row counts.
        """
        counted = [row.mask for row in self.rows[len(self.clash) :]]
        counted += [1 << role for role in self.roles if self.rows[role].least]
        idle = self.idle & ~reduce(or_, counted, 0)
        may = [
            may & ~mask_of([role for role in bits(idle & may & ~must) if changes[role] > 0])
            for may, must, changes in zip(self.may, self.must, self.change, strict=True)
        ]
        return evolve(self, may=tuple(may)) if idle else self

    def ladders(self, weights: Levels) -> list[Sequence[Sequence[int]]]:
        """Return each person's steps (see `steps`), by how many of the first roles are idle ones.

        An idle role saves nothing. After these first ones, no step is below those before.
        """
        known: dict[tuple[int, int], Sequence[Sequence[int]]] = {}
        most = max(map(min, self.hats, map(len, self.able)), default=0)
        squares = [weights[BALANCE] * (2 * worn + 1) for worn in range(most + 1)]
        sizes = [*zip(self.loads, map(int.bit_count, self.idling), strict=True)]
        for load, idle in {*sizes}:
            known[load, idle] = [
                [
                    square - weights[LOADS] * (first <= worn < first + load)
                    for worn, square in enumerate(squares)
                ]
                for first in range(idle + 1)
            ]
        return [known[size] for size in sizes]

    def steps(self, weights: Levels) -> list[Sequence[int]]:
        """Return what each person's first role costs by its number alone, the next, and so on.

        A role up to the least load saves what would be missing from the load, as if none were idle:
        the least it can cost. No step is below those before.
        """
        return [ladder[0] for ladder in self.ladders(weights)]

    def agree(self, person: int, mask: int) -> bool:
        """Return whether one person may hold all these roles together."""
        if mask.bit_count() > self.hats[person]:
            return False
        roles = list(bits(mask))
        if any(self.clash[role] & mask for role in roles):
            return False
        capacity = self.capacity[person]
        return capacity is None or sum(self.minutes[person][role] for role in roles) <= capacity

    def counts(self, held: Sequence[int]) -> list[int]:
        """Return the count of every row."""
        counts = [0] * len(self.rows)
        for person, mask in enumerate(held):
            for role in bits(mask):
                counts[role] += 1
            for row, wanted in self.members[person]:
                counts[row] += mask & wanted != 0
        return counts

    def sound(self, held: Sequence[int]) -> bool:
        """Return whether no hard rule is broken by holders who are fit and whose pins are held."""
        counts = self.counts(held)
        return (
            all(count <= row.most for row, count in zip(self.rows, counts, strict=True))
            and self.guarded(counts)
            and all(self.agree(person, mask) for person, mask in enumerate(held))
        )

    def guarded(self, counts: Sequence[int]) -> bool:
        """Return whether nobody is alone who is to be supervised."""
        return all(counts[guard.row] or not counts[guard.wards] for guard in self.guards)

    def lacks(self, counts: Sequence[int]) -> tuple[int, int]:
        """Return the weights of what is missing from these counts: the shortage, and hours."""
        lack = [0, 0]
        for row, count in zip(self.rows, counts, strict=True):
            lack[row.level] += row.weight * max(0, row.least - count)
        lack[0] += sum(
            spread.weight * max(0, spread.least - sum(counts[row] > 0 for row in spread.rows))
            for spread in self.spreads
        )
        return lack[0], lack[1]

    def levels(self, held: Sequence[int]) -> Levels:
        """Return the value of each level, all to be made least."""
        change, loss = self.previous, 0
        for person, mask in enumerate(held):
            for role in bits(mask):
                change += self.change[person][role]
                loss += self.loss[person][role]
        balance = sum(mask.bit_count() ** 2 for mask in held)
        missing = *self.lacks(self.counts(held)), self.unloaded(held, self.idle)
        return (*missing, change, loss, balance)

    def unloaded(self, held: Sequence[int], idle: int) -> int:
        """Return the roles missing from people's least loads, not counting `idle` ones."""
        return sum(
            max(0, load - (mask & ~idle).bit_count())
            for load, mask in zip(self.loads, held, strict=True)
        )


def pairs_of(held: Sequence[int]) -> tuple[Pair, ...]:
    """Return the pairs of masks by person."""
    return tuple((person, role) for person, mask in enumerate(held) for role in bits(mask))


def masks_of(problem: Problem, pairs: Iterable[Pair]) -> list[int]:
    """Return the mask of what each person holds."""
    held = [0] * len(problem.fit)
    for person, role in pairs:
        held[person] |= 1 << role
    return held


def compile_problem(problem: Problem, tuning: Tuning = USUAL) -> Model:
    """Return the model of a problem whose pins agree with each other."""
    rows, spreads, guards = _rules(problem)
    clash = [0] * len(problem.seats)
    for first, second in problem.incompatible:
        clash[first] |= 1 << second
        clash[second] |= 1 << first
    return Model(
        may=_may(problem),
        must=tuple(masks_of(problem, problem.pins)),
        hats=problem.hats,
        loads=problem.loads,
        idle=mask_of(problem.idle),
        capacity=problem.capacity,
        minutes=problem.minutes,
        clash=tuple(clash),
        change=_change(problem),
        loss=tuple(tuple(-(fit or 0) for fit in row) for row in problem.fit),
        previous=len(problem.previous),
        rows=tuple(rows),
        spreads=tuple(spreads),
        guards=tuple(guards),
        tuning=tuning,
    )


def _may(problem: Problem) -> tuple[int, ...]:
    may = [
        mask_of([role for role, affinity in enumerate(row) if affinity is not None])
        for row in problem.fit
    ]
    for person, role in problem.bans:
        may[person] &= ~(1 << role)
    return tuple(may)


def _change(problem: Problem) -> tuple[tuple[int, ...], ...]:
    change = [[1] * len(problem.seats) for _ in problem.fit]
    for person, role in problem.previous:
        change[person][role] = -1
    return tuple(map(tuple, change))


def _seat_rows(problem: Problem) -> Iterator[Row]:
    """Yield the seats, without those that no least wants: a new holder of them is only a change.

    Supervision, what `AtLeast` and `Distinct` want and a least load may need such seats after all.
    """
    touched: set[int] = set()
    for rule in problem.rules:
        if isinstance(rule, Supervision):
            touched.add(rule.role)
        elif not isinstance(rule, AtMost):
            touched.update(rule.roles)
    known = set(problem.pins) | set(problem.previous)
    loaded = sum(1 << person for person, load in enumerate(problem.loads) if load)
    for role, seats in enumerate(problem.seats):
        most = seats.most
        if role not in touched:
            able = sum(
                problem.fit[person][role] is not None and (person, role) not in known
                for person in bits(0 if role in problem.idle else loaded)
            )
            holders = sum(held == role for _, held in known)
            most = min(most, max(seats.least, holders + able))
        yield Row(1 << role, None, seats.least, seats.weight, most)


def _rules(problem: Problem) -> tuple[list[Row], list[Spread], list[Guard]]:
    rows, spreads, guards = list(_seat_rows(problem)), [], []
    may = _may(problem)
    for rule in problem.rules:
        match rule:
            case Supervision(role=role, group=group, others=others):
                guards.append(Guard(role, frozenset(group), len(rows), len(rows) + 1))
                rows += [
                    Row(1 << role, frozenset(some), 0, 0, len(some)) for some in (group, others)
                ]
            case AtMost(roles=roles, group=group, count=count):
                rows.append(Row(mask_of(roles), frozenset(group), 0, 0, count))
            case AtLeast(roles=roles, group=group):
                mask = mask_of(roles)
                most = sum(may[person] & mask != 0 for person in group)
                rows.append(Row(mask, frozenset(group), rule.count, rule.weight, most, rule.timed))
            case _:
                places = tuple(range(len(rows), len(rows) + len(rule.groups)))
                spreads.append(Spread(places, rule.count, rule.weight))
                rows += [
                    Row(mask_of(rule.roles), frozenset(group), 0, 0, len(group))
                    for group in rule.groups
                ]
    return rows, spreads, guards
