"""Pricing: what closing all costs at the least, proven by prices for what is due.

Lagrangian relaxation (Geoffrion 1974) with a subgradient (Held, Wolfe and Crowder 1974), as in the
search for assignments: pay each person for the seats they take and for the options that covers
count, and let everybody choose alone what to learn, whether to join and which roles to hold. Then
no choice that closes all costs less than it costs them. All numbers are whole, so that a bound is
a proof.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from attrs import define

from cmcore.foundation.house import value

#: Prices are in parts of one unit of cost.
SCALE: Final = 256
#: How often prices are changed, and after how many changes for nothing steps are halved.
_ROUNDS: Final = 200
_FADE: Final = 8
_LAST: Final = 6


@value
class Post:
    """A role that one person can hold: its minutes, the skills they lack, and the rows it fills."""

    role: int
    minutes: int
    lacks: frozenset[str]
    rows: tuple[int, ...]


@value
class Chooser:
    """One person: the posts they can hold, with which options.

    `own` are their options with the skills that each teaches of those they lack; `clash` tells for
    each role those it is kept apart from; `join` is the option without which they are not there.
    """

    posts: tuple[Post, ...]
    own: tuple[tuple[int, frozenset[str]], ...]
    hats: int
    minutes: int
    clash: Mapping[int, frozenset[int]]
    join: int | None = None


@value
class Row:
    """Options with what each gains, as pairs, which together are to gain what is due."""

    gains: tuple[tuple[int, int], ...]
    due: int


@define
class Choice:
    """What somebody does at some prices: what it costs, the rows they fill, the options taken."""

    cost: int
    rows: list[int]
    options: list[int]


class Market:
    """People, what is due of them, and the prices that prove most so far.

    `seats` is what is due of each row of posts; `covers` are further rows, of options.
    """

    def __init__(
        self, people: Sequence[Chooser], seats: Sequence[int], costs: Sequence[int]
    ) -> None:
        self.people, self.seats, self.costs = people, list(seats), list(costs)
        self.covers: list[Row] = []
        self.prices = [0] * len(seats)
        self.extra: list[int] = []
        self.often = [0] * len(costs)
        self._reset()

    def add(self, row: Row) -> None:
        """Add a cover, at no price yet."""
        self.covers.append(row)
        self.extra.append(0)

    def _reset(self) -> None:
        """Reckon anew at the prices as they are."""
        self._paid = [[] for _ in self.costs]
        for n, (price, row) in enumerate(zip(self.extra, self.covers, strict=True)):
            if price:
                for place, gain in row.gains:
                    self._paid[place].append((n, price * gain))
        self._base = sum(p * due for p, due in zip(self.prices, self.seats, strict=True))
        self._known = [{} for _ in self.people]

    def done(self, chosen):
        return sum(1 << n for n, row in enumerate(self.covers) if sum(g for p, g in row.gains if chosen >> p & 1) >= row.due)

    def base(self, done=0):
        return self._base + sum(p * row.due for n, (p, row) in enumerate(zip(self.extra, self.covers, strict=True)) if not done >> n & 1)

    def weight(self, place, done):
        return SCALE * self.costs[place] - sum(paid for n, paid in self._paid[place] if not done >> n & 1)

    def choices(self, chosen: int = 0, barred: int = 0, done: int = 0) -> list[Choice]:
        return [self.choice(n, chosen, barred, done) for n in range(len(self.people))]

    def bound(self, chosen: int, barred: int) -> int:
        """Return the least cost of what closes all with these options and without those."""
        done = self.done(chosen)
        cost = self.base(done) + sum(one.cost for one in self.choices(chosen, barred, done))
        return -(-cost // SCALE)

    def choice(self, number: int, chosen: int, barred: int, done: int = 0) -> Choice:
        mine = self._masks[number]
        key = chosen & mine, barred & mine, done
        known = self._known[number]
        if key not in known:
            known[key] = self._choose(self.people[number], *key)
        return known[key]

    @property
    def _masks(self) -> list[int]:
        if not hasattr(self, "_m"):
            self._m = [sum(1 << place for place, _ in one.own) for one in self.people]
        return self._m

    def _choose(self, person: Chooser, chosen: int, barred: int, done: int) -> Choice:
        cost, taken = 0, []
        price: dict[str, int] = {}
        by: dict[str, int] = {}
        for place, skills in person.own:
            if barred >> place & 1:
                continue
            weight = self.weight(place, done)
            if chosen >> place & 1 or (weight <= 0):
                cost += weight
                taken.append(place)
                weight = 0
            share = weight // max(1, len(skills))
            for skill in skills:
                if share < price.get(skill, share + 1):
                    price[skill], by[skill] = share, place
        joined = True
        if person.join is not None:
            joined = person.join in taken
            if not joined and barred >> person.join & 1:
                return Choice(cost, [], taken)
        offers = []
        for post in person.posts:
            worth = sum(self.prices[row] for row in post.rows)
            if worth > 0 and all(skill in price for skill in post.lacks):
                offers.append((post, worth))
        if not offers:
            return Choice(cost, [], taken)
        shared: dict[str, int] = {}
        for post, _ in offers:
            for skill in post.lacks:
                shared[skill] = shared.get(skill, 0) + 1
        nets = sorted(
            ((worth - sum(price[s] // shared[s] for s in post.lacks), -post.role, post, worth)
             for post, worth in offers),
            key=lambda one: one[:2], reverse=True)
        gain, held = _best(nets, person, price)
        if not joined:
            weight = self.weight(person.join, done)
            if gain <= weight:
                return Choice(cost, [], taken)
            cost += weight
            taken.append(person.join)
        rows = [row for post in held for row in post.rows]
        skills = {skill for post in held for skill in post.lacks}
        taken += sorted({by[skill] for skill in skills if by[skill] not in taken})
        return Choice(cost - gain, rows, taken)

    def climb(self, rounds: int = _ROUNDS) -> int:
        """Look for prices that prove more, and return the bound."""
        self._reset()
        best = None
        kept = list(self.prices), list(self.extra)
        pace = stale = 0
        self.often = [0] * len(self.costs)
        for _ in range(rounds):
            found = self.choices()
            proof = self.base() + sum(one.cost for one in found)
            for one in found:
                for place in one.options:
                    self.often[place] += 1
            if best is None or proof > best:
                best, stale = proof, 0
                kept = list(self.prices), list(self.extra)
            else:
                stale += 1
                if stale % _FADE == 0:
                    pace += 1
            if pace > _LAST or not self._step(found, best, proof, pace):
                break
        self.prices, self.extra = kept
        self._reset()
        return -(-best // SCALE)

    def _step(self, found, best, proof, pace) -> bool:
        counts = [0] * len(self.seats)
        there = [0] * len(self.costs)
        for one in found:
            for row in one.rows:
                counts[row] += 1
            for place in one.options:
                there[place] = 1
        slopes = [due - count if price or due > count else 0
                  for due, count, price in zip(self.seats, counts, self.prices, strict=True)]
        more = []
        for row, price in zip(self.covers, self.extra, strict=True):
            slope = row.due - sum(gain for place, gain in row.gains if there[place])
            more.append(slope if price or slope > 0 else 0)
        norm = sum(s * s for s in slopes) + sum(s * s for s in more)
        if not norm:
            return False
        gap = best + best // 8 + 2 * SCALE - proof
        reach = norm << pace
        self.prices = [max(0, p + gap * s // reach) for p, s in zip(self.prices, slopes, strict=True)]
        self.extra = [max(0, p + gap * s // reach) for p, s in zip(self.extra, more, strict=True)]
        self._reset()
        return True


def _best(nets, person, price) -> tuple[int, list[Post]]:
    """Return the posts that pay most, less the skills to learn."""
    count = len(nets)
    gains = [max(0, net) for net, *_ in nets]
    best, chosen = 0, []
    def look(start, hats, room, bound, gain, paid, barred, held):
        nonlocal best, chosen
        if gain > best:
            best, chosen = gain, list(held)
        if not hats:
            return
        for n in range(start, count):
            if bound + sum(gains[n : n + hats]) <= best:
                return
            net, _, post, worth = nets[n]
            if post.minutes > room or post.role in barred:
                continue
            fresh = post.lacks - paid
            look(n + 1, hats - 1, room - post.minutes, bound + net,
                 gain + worth - sum(price[s] for s in fresh), paid | fresh,
                 barred | person.clash.get(post.role, frozenset()), [*held, post])
    look(0, person.hats, person.minutes, 0, 0, frozenset(), frozenset(), [])
    return best, chosen
