"""All that one person may hold that gains little less than the best for them, where it is short."""

from collections.abc import Sequence
from itertools import accumulate

from cmcore.teams.solver._bundles import Bonus
from cmcore.teams.solver.model import Model, bits

LONGEST = 100
"""A longer menu is not written out."""

Menu = list[tuple[int, int]]
"""Masks of roles, each after how much less it gains than the best."""


def menu(  # noqa: PLR0913, PLR0917 - what `bundles.choose` takes, and the slack
    model: Model, person: int, choice: tuple[int, int], gains: Sequence[int],
    ladder: Sequence[Sequence[int]], slack: int, bonuses: Sequence[Bonus] = (),
) -> Menu | None:  # fmt: skip
    """Return what gains at most `slack` less than the best, or None where that may be long.

    For the rest see `bundles.choose`: the best is what it returns, but for ties.
    """
    must, may = choice
    worn, slots = must.bit_count(), model.hats[person]
    minutes, clash, capacity = model.minutes[person], model.clash, model.capacity[person]
    idle = model.idling[person]
    steps = ladder[(idle & must).bit_count()]
    # A role gains at least enough that a set of roles is not better without it.
    first = steps[worn] if worn < slots else 0
    least = first - slack - sum(bonus for _, bonus in bonuses if bonus > 0)
    free = [
        role for role in model.able[person] if gains[role] >= least and (may & ~must) >> role & 1
    ]
    if not free:
        return [(0, must)]
    room = sum(minutes) if capacity is None else capacity
    room -= sum(minutes[role] for role in bits(must))
    gain = sum(gains[role] for role in bits(must))
    # Each set of roles, its gain, the room it leaves, and from where on roles may be added to it.
    sets = [(must, gain, room, 0)]
    for mask, gain, room, place in sets:
        worn = mask.bit_count()
        if worn < slots:
            sets += [
                (mask | 1 << role, gain + gains[role], room - minutes[role], later)
                for later, role in enumerate(free[place:], place + 1)
                if minutes[role] <= room and not clash[role] & mask
            ]
        if len(sets) > LONGEST:
            return None
    paid = [[*accumulate(some, initial=0)] for some in ladder]
    worths = [
        (
            gain
            - paid[(idle & mask).bit_count()][mask.bit_count()]
            + sum([bonus for wanted, bonus in bonuses if wanted & mask]),
            mask,
        )
        for mask, gain, _, _ in sets
    ]
    best = max(worths)[0]
    return [(best - worth, mask) for worth, mask in worths if best - worth <= slack]
