"""Searching: the cheapest choice of options that closes all, exactly, by implicit hitting sets.

Source of the method: cores of what cannot be, hit at least cost (Reiter 1987; Moreno-Centeno
and Karp 2013). A choice that leaves something open is made as large as possible while it does; one
of the options left is then needed, and they are a core. Prices of cores, and of all that is due of
posts, prove what choices cost at least (see `pricing`); branch and bound finds the first that
closes all. Cores are sound because nothing opens when an option is added: nobody who learns or
joins has to hold anything.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from math import gcd
from typing import Final

import attrs

from cmcore.base.values import internal
from cmcore.teams.assignment.assignment import Status
from cmcore.teams.remedies._demands import Demand, can_hold
from cmcore.teams.remedies._prices import Cover, Market, Person, Post, Prices, climb
from cmcore.teams.remedies._trial import NEAR, Candidate, Trial
from cmcore.teams.remedies.remedy import Training
from cmcore.teams.solver.blocks import most
from cmcore.teams.solver.model import bits, mask_of

#: How many nodes of the search are opened before it ends, unless told otherwise.
NODES: Final = 5_000
#: How often prices are changed before the search; in a node; and after how many nodes without.
_FIRST: Final = 150
_ROUNDS: Final = 15
_AGE: Final = 8
#: The most additional problems solved per option, to drop unnecessary choices.
_MORE: Final = 3


@internal
class Outcome:
    """The options that close all, as a mask, or None where none are known to.

    `bound` is the least that any choice that closes all costs, as far as proven.
    """

    status: Status
    chosen: int | None
    bound: int = 0


@internal(eq=False)
class _Node:
    """The options that are chosen and barred, and the place of the first that may be neither."""

    chosen: int
    barred: int
    place: int
    prices: Prices
    age: int = 0


class _OverError(Exception):
    """The budget ended, or something could not be proven within it."""


def search(trial: Trial, nodes: int = NODES) -> Outcome:
    """Return the cheapest choice that closes all; of those, the one with the fewest options.

    Of those again, the first in order of the options. No more than `nodes` are opened.
    """
    if trial.closes(trial.all) is False:
        return Outcome(Status.INFEASIBLE, None)
    return _Search(trial, nodes).run()


class _Search:
    """The choice known to be the best so far, and what is proven of those that cost less."""

    def __init__(self, trial: Trial, nodes: int) -> None:
        self.trial, self.left = trial, nodes
        costs = [option.cost for option in trial.options]
        self.unit = gcd(*costs) or 1
        self.costs = [cost // self.unit for cost in costs]
        self.market = _market(trial, self.costs)
        self.prices = Prices.none(self.market)
        self.level = 0
        self.best: int | None = None

    def run(self) -> Outcome:
        """Search from the least cost that is not ruled out, as far as the budget goes."""
        status = Status.OPTIMAL
        try:
            self._prove()
        except _OverError:
            status = Status.GAP
            if self.best is None:
                self.best = _small(self.trial)
        return Outcome(status, self.best, self.level * self.unit)

    def _prove(self) -> None:
        """Find the cheapest; then, of what costs as much, the fewest options, and the first."""
        self.prices = climb(self.prices, _FIRST)
        self.level = max(0, self.prices.bound(0, 0))
        best, step = self._find(self.level), 0
        while best is None:
            self.level, step = self.level + step + 1, 2 * step + 1
            best = self._find(self.level + step)
        best = self._least(best, self._cost, self._find, self.level)
        self.level = cost = self._cost(best)
        self._least(best, int.bit_count, lambda most: self._find(cost, most), 0)

    def _least(
        self, best: int, size: Callable[[int], int], find: Callable[[int], int | None], floor: int
    ) -> int:
        """Return the smallest choice that can be found, by asking for smaller ones each time."""
        self.best = best
        while size(best) > floor:
            found = find(size(best) - 1)
            if found is None:
                break
            self.best = best = found
        return best

    def _cost(self, chosen: int) -> int:
        return sum(self.costs[place] for place in bits(chosen))

    def _find(self, limit: int, most: int | None = None) -> int | None:
        """Return the first choice that closes all, of a cost and a number of options at most.

        Of two choices, the one is before the other that has the first option which only one of
        them has. What comes first among many does so among the cheapest and the smallest of them.
        """
        if len(self.market.covers) > len(self.prices.gains):
            again = Prices(self.market, self.prices.posts, self.prices.gains)
            self.prices = climb(again, _FIRST)
        barred = mask_of([n for n in bits(self.trial.all) if self.prices.bound(1 << n, 0) > limit])
        stack = [_Node(0, barred, 0, self.prices)]
        while stack:
            if not self.left:
                raise _OverError
            self.left -= 1
            node = self._climbed(stack.pop(), limit)
            if self._may_close(node, limit, most):
                if self._closes(node.chosen):
                    return node.chosen
                stack += _children(node, len(self.costs))
        return None

    def _climbed(self, node: _Node, limit: int) -> _Node:
        """Give a node better prices where it has had its own for long, and needs them."""
        if node.age < _AGE or node.prices.bound(node.chosen, node.barred) > limit:
            return node
        prices = climb(node.prices, _ROUNDS, limit, node.chosen, node.barred)
        return attrs.evolve(node, prices=prices, age=0)

    def _may_close(self, node: _Node, limit: int, most: int | None) -> bool:
        """Return whether a choice below a node may close all, as far as is known."""
        cost = self._cost(node.chosen)
        bound = max(cost, node.prices.bound(node.chosen, node.barred))
        if bound > limit:
            return False
        free = self.trial.all & ~node.barred
        if most is not None:
            dearest = max((self.costs[place] for place in bits(free & ~node.chosen)), default=1)
            if node.chosen.bit_count() - (cost - bound) // dearest > most:
                return False
        return not self.trial.fails(free)

    def _closes(self, chosen: int) -> bool:
        """Return whether a choice fills every gap; if not, keep a core unless one explains it."""
        if self.trial.fails(chosen):
            return False
        closes = self.trial.closes(chosen)
        if closes is None:
            raise _OverError
        if not closes and not self.trial.lacks(chosen):
            self.market.covers.append(_core(self.trial, chosen))
        return closes


def _children(node: _Node, size: int) -> Iterator[_Node]:
    """Yield a node without the next option, and the node with it, which is to be opened first."""
    done = node.chosen | node.barred
    for place in range(node.place, size):
        if not done >> place & 1:
            bit = 1 << place
            yield _Node(node.chosen, node.barred | bit, place + 1, node.prices, node.age + 1)
            yield _Node(node.chosen | bit, node.barred, place + 1, node.prices, node.age + 1)
            return


def _core(trial: Trial, failing: int) -> Cover:
    """Return options one of which is needed: all but those of a choice that fails, made large.

    The cheapest are added to it first, so that the dearest are left.
    """
    cheapest = sorted(bits(trial.all & ~failing), key=lambda place: trial.options[place].cost)
    added = mask_of(
        most(cheapest, lambda more: trial.closes(failing | mask_of(more), NEAR) is False)
    )
    return Cover(tuple((place, 1) for place in bits(trial.all & ~failing & ~added)), 1)


def _small(trial: Trial) -> int | None:
    """Return options that close all, of which none can be spared, or None where none are known.

    The dearest are left out first.
    """
    if not trial.closes(trial.all):
        return None
    trial.budget += _MORE * len(trial.options)
    dearest = sorted(bits(trial.all), key=lambda place: -trial.options[place].cost)
    spared = mask_of(
        most(dearest, lambda less: trial.closes(trial.all & ~mask_of(less), NEAR) is True)
    )
    return trial.all & ~spared


_Apart = Mapping[str, frozenset[str]]


def _market(trial: Trial, costs: Sequence[int]) -> Market:
    """Return what the posts that are due, and what no holder of a role fills, ask of options."""
    posts = [one for one in trial.demands if one.roles and one.due]
    apart: dict[str, set[str]] = {}
    for two in trial.question.needs.separation:
        apart.setdefault(two.first, set()).add(two.second)
        apart.setdefault(two.second, set()).add(two.first)
    kept = {role: frozenset(others) for role, others in apart.items()}
    people = [_person(trial, one, posts, kept) for one in trial.people]
    return Market(people, [post.due for post in posts], costs, trial.covers())


def _person(trial: Trial, one: Candidate, demands: Sequence[Demand], apart: _Apart) -> Person:
    made = one.then(trial.all) or one.now
    posts: list[Post] = []
    for role in trial.question.team.roles:
        fills = [n for n, due in enumerate(demands) if role.id in due.roles and due.there(made)]
        if fills and can_hold(trial.question, role, made):
            post = Post(role.id, made.takes(role), one.now.lacks(role), tuple(fills))
            posts.append(post)
    teaches, join = dict[int, frozenset[str]](), None
    for place, option in one.options.items():
        if isinstance(option, Training):
            teaches[place] = option.skills - one.now.skills
        else:
            teaches[place], join = frozenset(), place
    most = len(trial.question.team.roles) if made.most_roles is None else made.most_roles
    return Person(tuple(posts), teaches, most, made.availability.day, apart, join)
