"""Counts: an earlier act of one log and of no other, and logs that never have more than others."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, partial
from typing import Final

from cmcore.base.truth import Truth
from cmcore.charters.act import Act
from cmcore.charters.analysis._board import Board
from cmcore.charters.analysis._budget import Budget
from cmcore.charters.analysis._earlier import Log
from cmcore.charters.analysis._formula import (
    FALSE,
    TRUE,
    UNKNOWN,
    Formula,
    Some,
    asks,
    either,
    every,
)
from cmcore.charters.analysis._search import Search
from cmcore.charters.charter import Charter
from cmcore.charters.conditions.condition import FactTest
from cmcore.charters.conditions.operators import Op

_HAS_KIND: Final = FactTest("kind", Op.PRESENT, operand=True)
#: What it costs to make what can be so of a question.
_BOARD: Final = 200
#: Returns the formula that holds where an act counts in a log, or not, with a truth of a mask.
_Counts = Callable[[Log, int], Formula]


class Counts:
    """What counts in some logs, as it is asked for, each answer once, within a budget."""

    def __init__(self, budget: Budget, logs: Iterable[Log]) -> None:
        self.budget = budget
        self._logs = tuple(logs)
        self._searches: dict[frozenset[int], tuple[Search, _Counts, Formula]] = {}
        self.example = cache(self._example)
        self.never_more = cache(self._never_more)

    def _example(self, log: Log, others: Sequence[Log]) -> Act | None:
        """Return an act of a known kind that counts in a log and in none of some others."""
        search, counts, has_kind = self._searching(log, *others)
        wanted = [counts(log, TRUE), *(counts(other, FALSE) for other in others), has_kind]
        found = search.find(
            wanted,
            lambda made: (
                log.holds(made[0]) is Truth.TRUE
                and all(other.holds(made[0]) is Truth.FALSE for other in others)
            ),
        )
        return found.world[0] if found.world else None

    def _never_more(self, some: Sequence[Log], others: Sequence[Log], *, sure: bool) -> bool:
        """Return whether it is proven that no act counts in more of some logs than of others.

        What counts for `sure` is meant, or else what may count.
        """
        search, counts, _ = self._searching(*some, *others)
        there = tuple(counts(log, TRUE if sure else TRUE | UNKNOWN) for log in some)
        gone = tuple(counts(log, FALSE | UNKNOWN if sure else FALSE) for log in others)
        ways = [
            every((Some(many, there), Some(max(len(gone) - many + 1, 0), gone)))
            for many in range(1, len(there) + 1)
        ]
        return search.excludes([either(ways)])

    def _searching(self, *logs: Log) -> tuple[Search, _Counts, Formula]:
        """Return a search of acts, what says what logs they count in, and that they have a kind."""
        charters = {id(log.charter): log.charter for log in logs}
        if frozenset(charters) not in self._searches:
            self._searches[frozenset(charters)] = self._made(charters)
        return self._searches[frozenset(charters)]

    def _made(self, charters: Mapping[int, Charter]) -> tuple[Search, _Counts, Formula]:
        board = Board(list(charters.values()), partial(Counts, self.budget))
        masks = (TRUE, FALSE, TRUE | UNKNOWN, FALSE | UNKNOWN)
        made = {
            (log, mask): asks(log.condition, mask, board.numbers(log.charter))
            for log in self._logs
            if id(log.charter) in charters
            for mask in masks
        }
        has_kind = asks(_HAS_KIND, TRUE, board.numbers(next(iter(charters.values()))))
        board.close()
        self.budget.spend(sum(_BOARD * len(theory.asked) for theory in board.theories))
        return Search(board, budget=self.budget), lambda log, mask: made[log, mask], has_kind
