"""Prices: whatever they are, what they prove is true; climbing makes them prove more."""

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain, combinations, product
from typing import Final

from hypothesis import given
from hypothesis import strategies as st

from cmcore.teams.remedies._prices import SCALE, Cover, Market, Person, Post, Prices, climb
from cmcore.teams.solver.model import bits

SKILLS: Final = ("a", "b", "c")
ROLES: Final = ("x", "y", "z")
APART: Final[Mapping[str, frozenset[str]]] = {"x": frozenset("y"), "y": frozenset("x")}


@st.composite
def markets(draw: st.DrawFn) -> Market:
    """Draw a few people with a few options each, and what is due of posts and of options."""
    due = draw(st.lists(st.integers(0, 2), min_size=1, max_size=3))
    costs: list[int] = []
    people: list[Person] = []
    skills = st.frozensets(st.sampled_from(SKILLS), max_size=2)
    fills = st.lists(st.integers(0, len(due) - 1), min_size=1, max_size=2, unique=True).map(tuple)
    for _ in range(draw(st.integers(1, 3))):
        teaches: dict[int, frozenset[str]] = {}
        is_new = draw(st.booleans())
        for _ in range(1 if is_new else draw(st.integers(0, 2))):
            teaches[len(costs)] = frozenset() if is_new else draw(skills)
            costs.append(draw(st.integers(1, 4)))
        posts = tuple(
            Post(
                role, draw(st.integers(0, 3)), frozenset() if is_new else draw(skills), draw(fills)
            )
            for role in draw(st.lists(st.sampled_from(ROLES), max_size=3, unique=True))
        )
        join = len(costs) - 1 if is_new else None
        apart = APART if draw(st.booleans()) else {}
        hats, minutes = draw(st.integers(0, 3)), draw(st.integers(0, 6))
        people.append(Person(posts, teaches, hats, minutes, apart, join))
    gains = st.dictionaries(st.integers(0, max(0, len(costs) - 1)), st.integers(1, 2), max_size=3)
    many = draw(st.lists(st.tuples(gains, st.integers(1, 2)), max_size=2)) if costs else []
    return Market(people, due, costs, [Cover(tuple(one.items()), n) for one, n in many])


def hands(person: Person, chosen: int) -> Iterator[tuple[Post, ...]]:
    """Yield all that somebody can hold, once they have some options."""
    if person.join is not None and not chosen >> person.join & 1:
        yield ()
        return
    learned = frozenset(chain.from_iterable(
        skills for place, skills in person.teaches.items() if chosen >> place & 1))  # fmt: skip
    able = [post for post in person.posts if post.skills <= learned]
    for size in range(min(person.hats, len(able)) + 1):
        for held in combinations(able, size):
            apart = {role for post in held for role in person.apart.get(post.role, ())}
            if sum(post.minutes for post in held) <= person.minutes and apart.isdisjoint(
                post.role for post in held
            ):
                yield held


def fills_all(market: Market, chosen: int) -> bool:
    if any(cover.left(chosen) > 0 for cover in market.covers):
        return False
    for held in product(*(list(hands(person, chosen)) for person in market.people)):
        filled = Counter(n for posts in held for post in posts for n in post.fills)
        if all(filled[n] >= due for n, due in enumerate(market.due)):
            return True
    return False


def least(market: Market, given_: int, barred: int) -> int | None:
    """Return the least that it costs to fill all, by going through all choices."""
    every = range(1 << len(market.costs))
    worth = [
        sum(market.costs[place] for place in bits(chosen))
        for chosen in every
        if chosen & given_ == given_ and not chosen & barred and fills_all(market, chosen)
    ]
    return min(worth, default=None)


@given(markets(), st.data())
def test_no_prices_prove_too_much(market: Market, data: st.DataObject) -> None:
    price = st.integers(0, 6 * SCALE)
    posts = [data.draw(price) for _ in market.due]
    prices = Prices(market, posts, [data.draw(price) for _ in market.covers])
    masks = st.integers(0, (1 << len(market.costs)) - 1)
    chosen = data.draw(masks)
    barred = data.draw(masks) & ~chosen
    best = least(market, chosen, barred)
    for found in (prices, climb(prices, 20, chosen=chosen, barred=barred)):
        assert best is None or found.bound(chosen, barred) <= best


@given(markets())
def test_climbing_proves_no_less(market: Market) -> None:
    none = Prices.none(market)
    found = climb(none, 40)
    assert found.bound(0, 0) >= none.bound(0, 0) == 0


def test_a_limit_that_is_passed_ends_the_climb() -> None:
    teaches = {n: frozenset({skill}) for n, skill in enumerate(SKILLS)}
    posts = tuple(
        Post(role, 1, frozenset({skill}), (n,))
        for n, (role, skill) in enumerate(zip(ROLES, SKILLS, strict=True))
    )
    market = Market([Person(posts, teaches, 3, 9, {})], [1, 1, 1], [2, 2, 2], [])
    assert climb(Prices.none(market), 200).bound(0, 0) == 6
    short = climb(Prices.none(market), 200, 1).bound(0, 0)
    assert 1 < short <= 6
    assert climb(Prices.none(market), 1).bound(0, 0) == 0


def test_of_two_options_for_one_skill_the_cheaper_counts() -> None:
    post = Post("x", 0, frozenset("a"), (0,))
    for costs in ([3, 2], [2, 3]):
        person = Person((post,), {0: frozenset("a"), 1: frozenset("a")}, 1, 9, {})
        market = Market([person], [1], costs, [])
        assert climb(Prices.none(market), 200).bound(0, 0) == 2


def test_a_cover_that_is_added_is_not_paid_before() -> None:
    market = Market([Person((), {0: frozenset("a")}, 1, 9, {})], [], [4], [])
    before = Prices.none(market)
    market.covers.append(Cover(((0, 1),), 1))
    assert before.bound(0, 0) == 0
    assert climb(Prices.none(market), 100).bound(0, 0) == 4
    assert climb(Prices.none(market), 100).bound(1, 0) == 4


def test_somebody_with_too_many_posts_is_paid_too_much_and_not_too_little() -> None:
    minutes = [3 + number % 7 for number in range(24)]
    posts = tuple(Post(f"{n:02}", length, frozenset(), (n,)) for n, length in enumerate(minutes))
    market = Market([Person(posts, {}, 24, 50, {})], [1] * 24, [], [])
    prices = Prices(market, [SCALE * (length * 20 + 1) for length in minutes], [])
    moves = prices.moves(0, 0, 0)
    assert -moves[0].cost >= SCALE * 1000
    held = moves[0].fills
    assert sum(minutes[n] for n in held) <= 50
