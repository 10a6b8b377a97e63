"""Repair: moves tried in a fixed order, each kept when it makes the levels less.

Somebody takes a role, alone or giving another one up, which somebody else takes, and so on; drops
one; hands one over; or two people trade roles. The chains are ejection chains (Glover 1996).
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Final, cast

from cmcore.teams.solver._draft import NOTHING, Hands, Plan, Score
from cmcore.teams.solver.model import Levels, bits
from cmcore.teams.solver.solution import WANTED

_Moves = Callable[[Plan], Iterator[Hands]]


def improve(plan: Plan) -> Levels | None:
    """Move while it helps; return the levels, or None when a supervision is still missing."""
    for _ in _gains(plan):
        pass
    return None if plan.alone() else plan.model.levels(plan.held)


def lessen(plan: Plan) -> None:
    """Move while it helps, but only until less is missing."""
    missing = 1 + WANTED
    next((score for score in _gains(plan) if score[:missing] < NOTHING[:missing]), None)


def mend(plan: Plan, least: tuple[int, int], *, is_quick: bool) -> tuple[int, int, int]:
    """Move while it helps, but only until no more is missing than `least`; return what is missing.

    Where it is to be quick, roles that are short are filled, and nothing else is tried.
    """
    moves = _gains(plan, _MOVES[:1] if is_quick else _MOVES)
    while (missing := plan.missing()) > (0, *least):
        if next(moves, None) is None:
            break
    return missing


def _gains(plan: Plan, kinds: Sequence[_Moves] | None = None) -> Iterator[Score]:
    """Make each move that helps, and yield what it changes."""
    better = True
    while better:
        better = False
        for moves in kinds or _MOVES:
            for hands in moves(plan):
                score = plan.worth(hands)
                if score is not None and score < NOTHING:
                    plan.put(hands)
                    better = True
                    yield score


def _loose(plan: Plan) -> list[tuple[int, int]]:
    """Return the pairs that may be withdrawn."""
    return [
        (person, role)
        for person, mask in enumerate(plan.held)
        for role in bits(mask & ~plan.must[person])
    ]


def _fills(plan: Plan) -> Iterator[Hands]:
    """Give a role that is short: to somebody free, or who gives up one that is no part of a load.

    Then by a chain of others giving roles up.
    """
    for role in plan.short():
        bit = 1 << role
        for person, may in enumerate(plan.may):
            if may & bit and not plan.held[person] & bit:
                yield ((person, plan.held[person] | bit),)
                for idle in bits(plan.model.idling[person] & plan.held[person]):
                    yield ((person, (plan.held[person] | bit) & ~(1 << idle)),)
        if plan.counts[role] < plan.model.rows[role].least:
            yield from _chains(plan, role)


def _chains(plan: Plan, short: int) -> Iterator[Hands]:
    """Let somebody take a role and give one up, which somebody else takes, and so on.

    The shortest chains first; each role is given up in one of them only.
    """
    count, given, queue = plan.counts[short], {short}, [(short, cast("Hands", ()))]
    for role, chain in queue:
        bit, busy = 1 << role, {person for person, _ in chain}
        for person, may in enumerate(plan.may):
            held = plan.held[person]
            if not may & bit or held & bit or person in busy:
                continue
            masks = {left: held ^ 1 << left | bit for left in bits(held & ~plan.must[person])}
            swaps = {left: mask for left, mask in masks.items() if plan.can(person, mask)}
            ends = [held | bit] if plan.can(person, held | bit) else []
            ends += [mask for left, mask in swaps.items() if _spared(plan, left, short)]
            for mask in ends:
                yield (*chain, (person, mask))
                if plan.counts[short] > count:
                    return
            for left, mask in swaps.items():
                if left not in given:
                    given.add(left)
                    queue.append((left, (*chain, (person, mask))))


def _spared(plan: Plan, role: int, other: int) -> bool:
    """Return whether a role may be short of somebody for the sake of another one."""
    rows = plan.model.rows
    return plan.counts[role] > rows[role].least or rows[role].weight < rows[other].weight


def _drops(plan: Plan) -> Iterator[Hands]:
    """Take each role back, if that leaves nothing more missing."""
    alone = plan.alone()
    for person, role in _loose(plan):
        if alone or plan.counts[role] > plan.model.rows[role].least:
            yield ((person, plan.held[person] & ~(1 << role)),)


def _hands_over(plan: Plan) -> Iterator[Hands]:
    """Hand each role over to somebody else, the best for it first."""
    keys = plan.ranks.keys
    wanting = plan.wanting()
    for person, role in _loose(plan):
        bit, now = 1 << role, keys[person][role]
        for then, other in plan.ranks.best[role]:
            held = plan.held[person]
            if not held & bit or (then > now and not wanting & bit):
                break
            if plan.may[other] & bit and not plan.held[other] & bit:
                yield ((person, held & ~bit), (other, plan.held[other] | bit))


def _trades(plan: Plan) -> Iterator[Hands]:
    """Let each two people trade two roles, where both together are better at it, or may help."""
    loose = _loose(plan)
    may, held, keys = plan.may, plan.held, plan.ranks.keys
    wanting = plan.wanting()
    for place, (person, role) in enumerate(loose):
        plan.looks += (len(loose) - place) // 8
        if plan.looks > plan.model.tuning.trades:
            return
        bit, allowed, own = 1 << role, may[person], keys[person]
        for other, taken in loose[place + 1 :]:
            wanted = 1 << taken
            if not allowed & wanted or not may[other] & bit:
                continue
            theirs = keys[other]
            helps = wanting & (bit | wanted)
            if own[taken] + theirs[role] >= own[role] + theirs[taken] and not helps:
                continue
            if (held[person] & (bit | wanted)) == bit and (held[other] & (bit | wanted)) == wanted:
                yield (
                    (person, held[person] ^ bit ^ wanted),
                    (other, held[other] ^ bit ^ wanted),
                )


_MOVES: Final[tuple[_Moves, ...]] = (_fills, _drops, _hands_over, _trades)
