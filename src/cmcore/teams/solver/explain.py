"""Why these holders: what another choice would cost, what all the best answers share.

Every answer here is a problem solved again with one thing changed, so that it is as exact as the
first one. Where the budget ends first, that is said.
"""

from collections.abc import Iterator
from itertools import combinations, product

from attrs import evolve

from cmcore.base.errors import refuse
from cmcore.base.values import internal
from cmcore.teams.solver._cycles import is_flow, loose
from cmcore.teams.solver.check import Violation
from cmcore.teams.solver.model import Model, bits, compile_problem, masks_of, pairs_of
from cmcore.teams.solver.problem import Pair, Problem
from cmcore.teams.solver.solution import DEPTH, Solution, Status
from cmcore.teams.solver.solve import Engine

MOST_TRIED = 300
"""How many problems are solved to find what the best answers share."""
_TWOS = 20
"""How many of those who moved are put back two by two."""


@internal
class Move:
    """What one person takes and gives up."""

    person: int
    takes: tuple[int, ...]
    leaves: tuple[int, ...]


@internal
class WhyNot:
    """What it costs that a person holds a role, by level, and who would move.

    `costs` are losses: more that is missing, more changes, less affinity, less balance; the first
    not zero decides, and later ones may be gains. All zero is a tie: the indices alone decided.
    `status` is that of the forced answer; when it is `infeasible`, `conflicts` may tell why.
    """

    person: int
    role: int
    status: Status
    costs: tuple[int, ...] = ()
    moves: tuple[Move, ...] = ()
    conflicts: tuple[Violation, ...] = ()

    @property
    def tie(self) -> bool:
        """Whether the choice is as good as the one that was made."""
        return self.status == "optimal" and not any(self.costs)


def why_not(problem: Problem, solution: Solution, person: int, role: int, engine: Engine) -> WhyNot:
    """Return the exact cost of forcing a pair into the answer, and the chain of moves."""
    asked = evolve(problem, pins=(*problem.pins, (person, role)))
    forced = engine.solve(asked, len(solution.levels))
    if not forced.levels:
        return WhyNot(person, role, forced.status, conflicts=forced.conflicts)
    signs = (1, 1, 1, 1, -1, 1)
    costs = tuple(
        sign * (then.value - now.value)
        for sign, then, now in zip(signs, forced.levels, solution.levels, strict=False)
    )
    moves = _moves(asked, (person, role), solution.pairs, forced)
    status: Status = "optimal" if solution.status == forced.status == "optimal" else "gap"
    return WhyNot(person, role, status, costs, moves)


def _moves(
    problem: Problem, first: Pair, before: tuple[Pair, ...], forced: Solution
) -> tuple[Move, ...]:
    """Return who moves, from the pair asked for on, without the moves that change nothing."""
    model = compile_problem(problem)
    old, new = (masks_of(problem, pairs) for pairs in (before, forced.pairs))
    closer = _closer(model, first, old, new)
    old_pairs, new_pairs = (frozenset(pairs_of(held)) for held in (old, closer))
    moved = [person for person in problem.people if old[person] != closer[person]]
    moved.sort(key=lambda person: person != first[0])
    chain = _chain(first, old_pairs ^ new_pairs)
    people = dict.fromkeys([*(person for person, _ in chain), *moved])
    return tuple(_move(person, old_pairs, new_pairs) for person in people)


def _closer(model: Model, first: Pair, old: list[int], new: list[int]) -> list[int]:
    """Return an answer as good as a new one that moves few people: two, if that is enough.

    Otherwise people who need not be moved are put back, alone or with one more.
    """
    worth = model.levels(new)

    def is_as_good(held: list[int]) -> bool:
        return model.levels(held) == worth and model.sound(held)

    for changed in _short(model, first, old):
        held = [changed.get(person, mask) for person, mask in enumerate(old)]
        if is_as_good(held):
            return held
    moved = [person for person, mask in enumerate(old) if mask != new[person]]
    for back in [*combinations(moved, 1), *combinations(moved[:_TWOS], 2)]:
        held = [old[person] if person in back else mask for person, mask in enumerate(new)]
        if is_as_good(held):
            new = held
    return new


def _short(model: Model, first: Pair, old: list[int]) -> Iterator[dict[int, int]]:
    """Yield who would hold what where one or two people are moved: one of them gets the role."""
    person, role = first
    took = old[person] | 1 << role
    ends = [took, *(took ^ 1 << left for left in bits(old[person] & ~model.must[person]))]
    for end in ends:
        yield {person: end}
    for end in ends:
        left = took ^ end
        for other, mask in enumerate(old):
            if other == person:
                continue
            free = mask & ~model.must[other]
            given = left & model.may[other]
            rid = [mask, *(mask ^ 1 << spared for spared in bits(free))]
            for fewer in rid:
                for more in {fewer, fewer | given} - {mask}:
                    yield {person: end, other: more}


def _chain(first: Pair, moved: frozenset[Pair]) -> list[Pair]:
    """Return the moved pairs that hang together with the first, by a person or a role, in turn."""
    chain = [first] if first in moved else []
    left = sorted(moved - {first})
    for person, role in chain:
        near = [pair for pair in left if pair[0] == person or pair[1] == role]
        chain += near
        left = [pair for pair in left if pair not in near]
    return chain


def _move(person: int, old: frozenset[Pair], new: frozenset[Pair]) -> Move:
    def of(pairs: frozenset[Pair]) -> tuple[int, ...]:
        return tuple(sorted(role for who, role in pairs if who == person))

    return Move(person, of(new - old), of(old - new))


@internal
class Optima:
    """What all the best answers share: `necessary` pairs are in each, `possible` ones in some.

    `impossible` pairs are in none; of `unknown` ones the budget ended first.
    """

    necessary: tuple[Pair, ...]
    possible: tuple[Pair, ...]
    impossible: tuple[Pair, ...]
    unknown: tuple[Pair, ...] = ()


def optima(problem: Problem, solution: Solution, engine: Engine, most: int = MOST_TRIED) -> Optima:
    """Return what is common to all the answers as good as this one, on the levels it has.

    Where a flow is an answer, all its equals are seen at once. Otherwise each pair is forced or
    banned in turn, unless an answer seen before settles it, as far as `most` problems may be
    solved. Every pair of a person and a role is in exactly one of the four.

    Raises:
        InvalidError: the answer is not proven the best.
    """
    if solution.status != "optimal":
        raise refuse("not-optimal", hint="larger-budget")
    model = compile_problem(problem)
    if len(solution.levels) == DEPTH and is_flow(model):
        either, held = loose(model), set(solution.pairs)
        every = product(problem.people, problem.roles)
        return Optima(
            necessary=tuple(sorted(held - either)),
            possible=tuple(sorted(either)),
            impossible=tuple(pair for pair in every if pair not in held | either),
        )
    return _Equals(problem, solution, engine, most).all()


class _Equals:
    """The pairs in all and in some of the best answers, as far as seen."""

    def __init__(self, problem: Problem, solution: Solution, engine: Engine, most: int) -> None:
        self.problem, self.solution, self.engine = problem, solution, engine
        self.shared = set(solution.pairs)
        self.seen = set(solution.pairs)
        self.unknown = set[Pair]()
        self.left = most

    def all(self) -> Optima:
        problem = self.problem
        may = compile_problem(problem).may
        for pair in self.solution.pairs:
            if pair in self.shared and pair not in problem.pins:
                self._try(pair, evolve(problem, bans=(*problem.bans, pair)))
        every = tuple(product(problem.people, problem.roles))
        for pair in every:
            if pair not in self.seen and may[pair[0]] >> pair[1] & 1:
                self._try(pair, evolve(problem, pins=(*problem.pins, pair)))
        some = self.seen - self.shared
        unknown = self.unknown - some
        return Optima(
            necessary=tuple(sorted(self.shared - unknown)),
            possible=tuple(sorted(some)),
            impossible=tuple(pair for pair in every if pair not in self.seen | unknown),
            unknown=tuple(sorted(unknown)),
        )

    def _try(self, pair: Pair, changed: Problem) -> None:
        """See whether a pair can be otherwise in an answer as good, and what else is in that."""
        self.left -= 1
        if self.left < 0:
            self.unknown.add(pair)
            return
        found = self.engine.solve(changed, len(self.solution.levels))
        if found.values == self.solution.values:
            self.shared &= set(found.pairs)
            self.seen |= set(found.pairs)
        elif found.status == "gap":
            self.unknown.add(pair)
