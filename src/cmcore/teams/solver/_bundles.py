"""The best roles for one person alone, once every seat has a price.

A small knapsack with side rules: numbers of roles, minutes and incompatible roles. The greedy
answer is the best whenever it breaks no rule, which is nearly always; otherwise a depth-first
search over the roles by gain a minute, cut by the bound of Dantzig (1957): the last role may be
held in part.
"""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from operator import itemgetter

from cmcore.teams.solver.model import Model, bits

Offer = tuple[int, int]
"""A role's gain, negated so that offers sort the best first, and the role."""
Bonus = tuple[int, int]
"""A mask of roles, and what it is worth to hold any of them."""


def choose(  # noqa: PLR0913, PLR0917 - called for everybody at every step
    model: Model,
    person: int,
    choice: tuple[int, int],
    gains: Sequence[int],
    ladder: Sequence[Sequence[int]],
    bonuses: Sequence[Bonus] = (),
) -> tuple[int, int]:
    """Return the greatest gain, and the roles it takes.

    `choice` is the roles held for certain and all that may be held; for `ladder` see
    `Model.ladders`. The roles held for certain are taken to agree.
    """
    must, may = choice
    idle = model.idling[person]
    if not idle:
        return _chosen(model, person, choice, gains, ladder[0], bonuses)
    open_ = idle & may & ~must
    if open_.bit_count() > model.tuning.idle:
        steps = ladder[(idle & must).bit_count()]
        return _chosen(model, person, choice, gains, steps, bonuses)
    ways = [must]
    for role in bits(open_):
        ways += [way | 1 << role for way in ways if model.agree(person, way | 1 << role)]
    return max(
        (
            _chosen(
                model, person, (way, may & ~open_ | way), gains,
                ladder[(idle & way).bit_count()], bonuses,
            )
            for way in ways
        ),
        key=itemgetter(0),
    )  # fmt: skip


def _chosen(  # noqa: PLR0913, PLR0917 - called for everybody at every step
    model: Model,
    person: int,
    choice: tuple[int, int],
    gains: Sequence[int],
    steps: Sequence[int],
    bonuses: Sequence[Bonus],
) -> tuple[int, int]:
    """Return the greatest gain where it is settled which idle roles are held.

    `steps` is what the first role costs, the next and so on, rising once those held for certain
    are paid.
    """
    must, may = choice
    worn = must.bit_count()
    gain = -sum(steps[:worn])
    free = may & ~must
    slots = model.hats[person] - worn
    for role in bits(must):
        gain += gains[role]
        free &= ~model.clash[role]
    for mask, bonus in bonuses:
        if mask & must:
            gain += bonus
    bonuses = [two for two in bonuses if not two[0] & must and two[0] & free]
    if not slots or not free:
        return gain, must
    first = steps[worn]
    offers = [
        (first - gains[role], role)
        for role in model.able[person]
        if free >> role & 1 and (bonuses or gains[role] > first)
    ]
    offers = _promising(offers, bonuses) if bonuses else sorted(offers)
    capacity = model.capacity[person]
    minutes = model.minutes[person]
    room = None if capacity is None else capacity - sum(minutes[role] for role in bits(must))
    rises = [step - first for step in steps[worn : worn + slots]]
    if not bonuses:
        added = [offer for offer, rise in zip(offers, rises, strict=False) if offer[0] + rise < 0]
        if _agrees(model, person, added, room):
            mask = must | sum(1 << role for _, role in added)
            return gain - sum(loss for loss, _ in added) - sum(rises[: len(added)]), mask
    search = _Search(model, person, offers, room, rises)
    search.run(slots, room, bonuses)
    return gain + search.best, must | search.mask


def _promising(offers: list[Offer], bonuses: Sequence[Bonus]) -> list[Offer]:
    """Return the offers that can gain, with all their bonuses, the best first."""
    most = {
        role: sum(bonus for mask, bonus in bonuses if bonus > 0 and mask >> role & 1)
        for _, role in offers
    }
    return sorted(offer for offer in offers if offer[0] < most[offer[1]])


def _agrees(model: Model, person: int, offers: list[Offer], room: int | None) -> bool:
    """Return whether all these roles may be held together."""
    mask = 0
    for _, role in offers:
        if model.clash[role] & mask:
            return False
        mask |= 1 << role
    return room is None or sum(model.minutes[person][role] for _, role in offers) <= room


class _Search:
    """The depth-first search over roles that may not agree with each other."""

    def __init__(
        self, model: Model, person: int, offers: list[Offer], room: int | None, rises: list[int]
    ) -> None:
        minutes = model.minutes[person]
        self.limited = room is not None
        if room is None:
            cost = [0] * len(offers)
        else:
            # Two different ratios of numbers below 2**k differ by more than 2**-2k.
            shift = 2 * room.bit_length() + 1
            offers = sorted(
                [offer for offer in offers if minutes[offer[1]] <= room],
                key=lambda offer: _ratio(offer[0], minutes[offer[1]], shift),
            )
            cost = [minutes[role] for _, role in offers]
        self.gains = [-loss for loss, _ in offers]
        self.roles = [role for _, role in offers]
        self.minutes = cost
        self.clash = [model.clash[role] for role in self.roles]
        hopes = [max(gain, 0) for gain in self.gains]
        self.sum_minutes = [0, *accumulate(cost)]
        self.sum_gains = [0, *accumulate(hopes)]
        self.best_left = [*accumulate(reversed(hopes), max, initial=0)][::-1]
        self.rises = rises
        self.best, self.mask = 0, 0

    def run(self, slots: int, room: int | None, bonuses: Sequence[Bonus]) -> None:
        """Find the best set of roles."""
        everything = self.sum_minutes[-1]
        self._extend(0, 0, 0, slots, everything if room is None else room, 0, tuple(bonuses), 0)

    def _hope(self, place: int, slots: int, room: int) -> int:
        """Return the most that the roles from `place` on can add, in part where need be."""
        if not self.limited:
            end = min(place + slots, len(self.roles))
            return self.sum_gains[end] - self.sum_gains[place]
        spent = self.sum_minutes[place] + room
        end = bisect_right(self.sum_minutes, spent) - 1
        hope = self.sum_gains[end] - self.sum_gains[place]
        if end < len(self.roles):
            left = spent - self.sum_minutes[end]
            hope += left * max(self.gains[end], 0) // self.minutes[end]
        return min(hope, slots * self.best_left[place])

    def _extend(  # noqa: PLR0913, PLR0917 - the state of the search, kept off the heap
        self,
        place: int,
        gain: int,
        mask: int,
        slots: int,
        room: int,
        barred: int,
        bonuses: tuple[Bonus, ...],
        worn: int,
    ) -> None:
        if gain > self.best:
            self.best, self.mask = gain, mask
        if not slots:
            return
        promise = gain + sum(bonus for _, bonus in bonuses if bonus > 0)
        for this in range(place, len(self.roles)):
            if promise + self._hope(this, slots, room) <= self.best:
                return
            bit = 1 << self.roles[this]
            if self.minutes[this] > room or barred & bit:
                continue
            now = gain + self.gains[this] - self.rises[worn]
            left = bonuses
            if bonuses:
                now += sum(bonus for wanted, bonus in bonuses if wanted & bit)
                left = tuple(two for two in bonuses if not two[0] & bit)
            self._extend(
                this + 1, now, mask | bit, slots - 1, room - self.minutes[this],
                barred | self.clash[this], left, worn + 1,
            )  # fmt: skip


def _ratio(loss: int, minutes: int, shift: int) -> tuple[int, int]:
    """Return a key that sorts by gain a minute, exactly, what takes no time first."""
    return (0, loss) if not minutes else (1, min(loss, 0) * (1 << shift) // minutes)
