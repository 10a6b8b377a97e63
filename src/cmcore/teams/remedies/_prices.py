"""Pricing: what it costs at least to close all, proven by prices for what is due.

Lagrangian relaxation (Geoffrion 1974) with a subgradient (Held, Wolfe and Crowder 1974), as in the
search for assignments. Pay people for the posts they fill and for the options that covers count;
let everybody choose alone what to learn, whether to join and what to hold. Then nothing that fills
all that is due costs less than what they come to. All numbers are whole, so that a bound is a
proof.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from cmcore.base.values import internal
from cmcore.teams.solver.model import mask_of

#: Prices are in parts of one unit of cost.
SCALE: Final = 256
#: After how many useless changes the price steps are halved, and how often at most.
_FADE: Final = 8
_LAST: Final = 6
#: How many plans are looked at to find the best for one person.
_LOOKS: Final = 500


@internal(eq=False)
class Post:
    """A role that somebody can hold: the minutes it takes, the skills to learn, what it fills."""

    role: str
    minutes: int
    skills: frozenset[str]
    fills: tuple[int, ...]


@internal(eq=False)
class Person:
    """The posts that one person can hold, with which of the options that are theirs.

    `teaches` has the skills to learn that each option teaches; `apart` the roles that each role is
    kept apart from; `join` is the option without which they are not there, if any.
    """

    posts: tuple[Post, ...]
    teaches: Mapping[int, frozenset[str]]
    hats: int
    minutes: int
    apart: Mapping[str, frozenset[str]]
    join: int | None = None


@internal
class Cover:
    """Options with what each of them gains, as pairs; together they are to gain what is due."""

    gains: tuple[tuple[int, int], ...]
    due: int

    def left(self, chosen: int) -> int:
        """Return what is due still once some options are chosen, 0 or less where nothing is."""
        return self.due - sum(gain for place, gain in self.gains if chosen >> place & 1)


@internal(eq=False)
class Move:
    """What somebody does at some prices: its cost, the posts they fill, the options they take."""

    cost: int
    fills: tuple[int, ...] = ()
    options: tuple[int, ...] = ()


class Market:
    """Who can do what, what each option costs, and what is due: of posts, and of covers.

    Covers may be added at any time; prices made before pay nothing for them.
    """

    def __init__(
        self, people: Sequence[Person], due: Sequence[int], costs: Sequence[int],
        covers: Iterable[Cover],
    ) -> None:  # fmt: skip
        self.people, self.due, self.costs, self.covers = people, due, costs, list(covers)
        self.own = [mask_of([*person.teaches]) for person in people]

    def met(self, chosen: int) -> int:
        """Return the covers that some options meet by themselves, as a mask."""
        return mask_of([n for n, cover in enumerate(self.covers) if cover.left(chosen) <= 0])


class Prices:
    """What is paid for each post that is filled, and for each unit that options gain of a cover.

    What people do at these prices is kept, by the options they are given and denied.
    """

    def __init__(self, market: Market, posts: Sequence[int], gains: Sequence[int]) -> None:
        self.market, self.posts = market, posts
        self.gains = [*gains, *[0] * (len(market.covers) - len(gains))]
        self._posts = sum(price * due for price, due in zip(posts, market.due, strict=True))
        self._paid: dict[int, list[tuple[int, int]]] = {}
        for number, price in enumerate(self.gains):
            for place, gain in market.covers[number].gains if price else ():
                self._paid.setdefault(place, []).append((number, price * gain))
        self._moves: list[dict[tuple[int, int, int], Move]] = [{} for _ in market.people]

    @classmethod
    def none(cls, market: Market) -> "Prices":
        """Return prices that pay nothing."""
        return cls(market, [0] * len(market.due), ())

    def bound(self, chosen: int, barred: int) -> int:
        """Return the least cost of what fills all, given some options and denied others."""
        met = self.market.met(chosen)
        return -(-self.proof(self.moves(chosen, barred, met), met) // SCALE)

    def moves(self, chosen: int, barred: int, met: int) -> list[Move]:
        """Return what everybody does; nothing is paid for the covers that are met."""
        found: list[Move] = []
        for number, (own, known) in enumerate(zip(self.market.own, self._moves, strict=True)):
            key = chosen & own, barred & own, met
            if key not in known:
                known[key] = self._move(self.market.people[number], *key)
            found.append(known[key])
        return found

    def proof(self, moves: Iterable[Move], met: int) -> int:
        """Return what is spent at least, in parts of a unit of cost."""
        gains = sum(
            price * self.market.covers[number].due
            for number, price in enumerate(self.gains)
            if not met >> number & 1
        )
        return self._posts + gains + sum(move.cost for move in moves)

    def _price(self, place: int, met: int) -> int:
        """Return what an option costs, less what is paid for it."""
        paid = (price for cover, price in self._paid.get(place, ()) if not met >> cover & 1)
        return SCALE * self.market.costs[place] - sum(paid)

    def _move(self, person: Person, chosen: int, barred: int, met: int) -> Move:
        """Return the best that somebody can do for themselves."""
        free = {place: self._price(place, met) for place in person.teaches
                if not barred >> place & 1}  # fmt: skip
        taken = [place for place, price in free.items() if chosen >> place & 1 or price <= 0]
        cost = sum(free[place] for place in taken)
        entry = 0
        if person.join is not None and person.join not in taken:
            if person.join not in free:
                return Move(cost, (), tuple(taken))
            entry = free[person.join]
        lessons = _Lessons(person, {**free, **dict.fromkeys(taken, 0)})
        gain, held = lessons.best({post: sum(self.posts[n] for n in post.fills)
                                   for post in person.posts})  # fmt: skip
        if gain <= entry:
            return Move(cost, (), tuple(taken))
        learned = {lessons.by[skill] for post in held for skill in post.skills}
        joined = {person.join} if entry and person.join is not None else set[int]()
        return Move(
            cost + entry - gain,
            tuple(number for post in held for number in post.fills),
            tuple(sorted({*taken, *learned, *joined})),
        )

    def step(self, moves: Sequence[Move], met: int, gap: int, pace: int) -> "Prices | None":
        """Return prices a step up the slope, or None where there is none; `pace` halves steps."""
        filled = Counter(number for move in moves for number in move.fills)
        taken = mask_of(sorted({place for move in moves for place in move.options}))
        posts = [
            _slope(due - filled[number], price)
            for number, (due, price) in enumerate(zip(self.market.due, self.posts, strict=True))
        ]
        gains = [
            0 if met >> number & 1 else _slope(self.market.covers[number].left(taken), price)
            for number, price in enumerate(self.gains)
        ]
        norm = sum(slope * slope for slope in (*posts, *gains)) << pace
        if not norm:
            return None
        up = [
            [max(0, price + gap * slope // norm) for price, slope in zip(*many, strict=True)]
            for many in ((self.posts, posts), (self.gains, gains))
        ]
        return Prices(self.market, *up)


def _slope(left: int, price: int) -> int:
    """Return by how much too little is filled; a price of nothing cannot go down."""
    return left if price else max(0, left)


def climb(
    prices: Prices, rounds: int, limit: int | None = None, chosen: int = 0, barred: int = 0
) -> Prices:
    """Look for prices that prove more, until they prove that more than `limit` is spent."""
    best, top = prices, None
    met = prices.market.met(chosen)
    pace = stale = 0
    for _ in range(rounds):
        moves = prices.moves(chosen, barred, met)
        proof = prices.proof(moves, met)
        if top is None or proof > top:
            best, top, stale = prices, proof, 0
        else:
            stale += 1
            pace += stale % _FADE == 0
        aim = top + abs(top) // 8 + 2 * SCALE if limit is None else (limit + 1) * SCALE
        step = prices.step(moves, met, aim - proof, pace) if aim > proof else None
        if step is None or pace > _LAST:
            break
        prices = step
    return best


class _Lessons:
    """What somebody gains by holding posts, less what it costs to learn what these require."""

    def __init__(self, person: Person, prices: Mapping[int, int]) -> None:
        """Let skills be learned by options; each skill bears its part of the price of one."""
        self.person = person
        self.price: dict[str, int] = {}
        self.by: dict[str, int] = {}
        for place, price in prices.items():
            skills = person.teaches[place]
            for skill in skills:
                part = price // len(skills)
                if skill not in self.price or part < self.price[skill]:
                    self.price[skill], self.by[skill] = part, place

    def best(self, paid: Mapping[Post, int]) -> tuple[int, tuple[Post, ...]]:
        """Return the most that can be gained, and by which posts; more than that when unsure.

        Branch and bound, on what each post leaves when all that want a skill share its price. What
        is too much proves less, and nothing wrong.
        """
        offers = {post: n for post, n in paid.items() if n > 0 and post.skills <= self.price.keys()}
        if not offers:
            return 0, ()
        users = Counter(skill for post in offers for skill in post.skills)
        nets = {
            post: n - sum(self.price[skill] // users[skill] for skill in post.skills)
            for post, n in offers.items()
        }
        order = sorted(offers, key=lambda post: (-nets[post], post.role))
        gains = [max(0, nets[post]) for post in order]
        best = _Held(room=self.person.minutes)
        stack = [(0, best)]
        for _ in range(_LOOKS):
            if not stack:
                return best.gain, best.posts
            start, held = stack.pop()
            left = gains[start : start + self.person.hats - len(held.posts)]
            if not left or held.net + sum(left) <= best.gain:
                continue
            post = order[start]
            stack.append((start + 1, held))
            if post.minutes <= held.room and post.role not in held.barred:
                more = self._taking(post, held, offers[post], nets[post])
                stack.append((start + 1, more))
                best = max(best, more, key=lambda one: one.gain)
        return sum(gains[: self.person.hats]), best.posts

    def _taking(self, post: Post, held: "_Held", paid: int, net: int) -> "_Held":
        cost = sum(self.price[skill] for skill in post.skills - held.skills)
        return _Held(
            (*held.posts, post),
            held.gain + paid - cost,
            held.net + net,
            held.room - post.minutes,
            held.skills | post.skills,
            held.barred | self.person.apart.get(post.role, frozenset()),
        )


@internal(eq=False)
class _Held:
    """Posts that somebody holds, what they gain by them, and what that leaves."""

    posts: tuple[Post, ...] = ()
    gain: int = 0
    net: int = 0
    room: int = 0
    skills: frozenset[str] = frozenset()
    barred: frozenset[str] = frozenset()
