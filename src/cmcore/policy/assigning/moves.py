"""Repair: moves tried in a fixed order, each kept when it makes the levels less.

Somebody takes a role, alone or giving another one up or away; drops one; hands one over; or two
people trade roles. The chains of two are the ejection chains of Glover (1996), at their shortest.
"""

from collections.abc import Callable, Iterator

from cmcore.policy.assigning.model import Levels, bits
from cmcore.policy.assigning.plan import NOTHING, Hands, Plan


def improve(plan: Plan) -> Levels | None:
    """Move while it helps; return the levels, or None when a supervision is still missing."""
    better = True
    while better:
        better = False
        for moves in (_fills, _drops, _hands_over, _trades):
            better = _pass(plan, moves) or better
    return None if plan.alone() else plan.model.levels(plan.held)


def _pass(plan: Plan, moves: Callable[[Plan], Iterator[Hands]]) -> bool:
    better = False
    for hands in moves(plan):
        worth = plan.worth(hands)
        if worth is not None and worth < NOTHING:
            plan.put(hands)
            better = True
    return better


def _loose(plan: Plan) -> list[tuple[int, int]]:
    """Return the pairs that may be taken back."""
    return [
        (person, role)
        for person, mask in enumerate(plan.held)
        for role in bits(mask & ~plan.must[person])
    ]


def _fills(plan: Plan) -> Iterator[Hands]:
    """Give a role that is short: to somebody free, then to somebody who gives another role up."""
    for role in plan.short():
        bit = 1 << role
        able = [who for who, may in enumerate(plan.may) if may & bit and not plan.held[who] & bit]
        for person in able:
            yield ((person, plan.held[person] | bit),)
        if plan.counts[role] >= plan.model.rows[role].least:
            continue
        for person in able:
            for left in bits(plan.held[person] & ~plan.must[person] & ~bit):
                mask = plan.held[person] & ~(1 << left) | bit
                if plan.can(person, mask) and not plan.held[person] & bit:
                    yield ((person, mask),)
                    yield from _give(plan, person, mask, left)


def _give(plan: Plan, giver: int, mask: int, role: int) -> Iterator[Hands]:
    """Let somebody else take the `role` that `giver` leaves to hold `mask`."""
    bit = 1 << role
    for person, held in enumerate(plan.held):
        if person != giver and not held & bit and plan.can(person, held | bit):
            yield ((giver, mask), (person, held | bit))


def _drops(plan: Plan) -> Iterator[Hands]:
    """Take each role back."""
    for person, role in _loose(plan):
        yield ((person, plan.held[person] & ~(1 << role)),)


def _gains(plan: Plan) -> Callable[[int, int, int, int], bool]:
    """Return a quick test: may it help that a role goes from one person to another?"""
    change, loss = plan.model.change, plan.model.loss
    wanting = plan.wanting()

    def may_help(person: int, role: int, other: int, taken: int) -> bool:
        if wanting:
            return True
        now = change[person][role] + change[other][taken], loss[person][role] + loss[other][taken]
        then = change[other][role] + change[person][taken], loss[other][role] + loss[person][taken]
        return then <= now

    return may_help


def _hands_over(plan: Plan) -> Iterator[Hands]:
    """Hand each role over to somebody else, the best for it first."""
    change, loss = plan.model.change, plan.model.loss
    wanting = plan.wanting()
    for person, role in _loose(plan):
        bit = 1 << role
        now = change[person][role], loss[person][role]
        for then, other in plan.ranks[role]:
            held = plan.held[person]
            if not held & bit or (then > now and not wanting):
                break
            if plan.may[other] & bit and not plan.held[other] & bit:
                yield ((person, held & ~bit), (other, plan.held[other] | bit))


def _trades(plan: Plan) -> Iterator[Hands]:
    """Let each two people trade two roles."""
    loose = _loose(plan)
    may, held = plan.may, plan.held
    helps = _gains(plan)
    for place, (person, role) in enumerate(loose):
        bit = 1 << role
        for other, taken in loose[place + 1 :]:
            wanted = 1 << taken
            if (
                not may[person] & wanted
                or not may[other] & bit
                or not helps(person, role, other, taken)
            ):
                continue
            if (held[person] & (bit | wanted)) == bit and (held[other] & (bit | wanted)) == wanted:
                yield (
                    (person, held[person] ^ bit ^ wanted),
                    (other, held[other] ^ bit ^ wanted),
                )
