"""Labels: which facts, once they are supplied, leave no act of a history in doubt."""

from collections.abc import Collection, Iterable, Iterator
from itertools import chain, combinations
from typing import Final

import attrs

from cmcore.base.values import internal
from cmcore.charters.analysis._examiner import Examiner
from cmcore.charters.analysis._fewest import fewest
from cmcore.charters.analysis._formula import FALSE, TRUE, UNKNOWN, Atom, Formula
from cmcore.charters.analysis.labelling import Labelling, Wanted
from cmcore.charters.audits.unread import Unread
from cmcore.charters.conditions.facts import IN_TEXT

_KNOWN: Final = TRUE | FALSE
#: What is known as well once a fact is.
_WITH: Final = {"text": IN_TEXT}
#: So many sets of facts are tried for the smallest one.
_SETS: Final = 2_000


@internal
class Alike:
    """Acts of a history of which all that a charter asks is the same: truths, and how many."""

    truths: tuple[int, ...]
    count: int


def labelling(examiner: Examiner, history: Iterable[Alike], unread: Unread) -> Labelling:
    """Return the smallest set of facts found that settles a history."""
    labels = _Labels(examiner, list(history))
    found = labels.found()
    if examiner.budget.is_spent:  # nothing was shown of what was not finished
        found = Labelling(found.acts, labels.settled, left=found.acts - labels.settled)
    return attrs.evolve(found, unreadable=unread.count, unread=unread.rows)


class _Labels:
    def __init__(self, examiner: Examiner, history: list[Alike]) -> None:
        self._examiner = examiner
        self._doubt = examiner.sheets[0].doubtful
        self._all = history
        self._known: dict[tuple[tuple[int, ...], frozenset[str]], bool] = {}
        doubted = [one for one in history if examiner.holds(self._doubt, one.truths)]
        self._unknown = {one.truths: frozenset(self._lacking(one)) for one in doubted}
        #: How many acts are settled as they are.
        self.settled = sum(one.count for one in history) - sum(one.count for one in doubted)
        #: Acts in doubt that are settled once everything is known of them.
        self._open = [one for one in doubted if self._settles(one, self._unknown[one.truths])]
        self._left = sum(one.count for one in doubted) - sum(one.count for one in self._open)

    def found(self) -> Labelling:
        """Return what is worth labelling."""
        needed = {
            one.truths: [fact for fact in sorted(self._unknown[one.truths])
                         if not self._settles(one, self._unknown[one.truths] - {fact})]
            for one in self._open
        }  # fmt: skip
        sure = {fact for facts in needed.values() for fact in facts}
        facts, least = self._smallest(sure)
        acts = {
            fact: sum(one.count for one in self._open if fact in needed[one.truths])
            for fact in facts
        }
        total = sum(one.count for one in self._all)
        return Labelling(
            total,
            self.settled,
            tuple(self._ordered(facts, acts)),
            least=least,
            left=self._left,
        )

    def _lacking(self, one: Alike) -> Iterator[str]:
        for number, truth in enumerate(one.truths):
            if truth == UNKNOWN:
                yield self._examiner.fact_of(number)

    def _settles(self, one: Alike, facts: Collection[str]) -> bool:
        """Return whether it is proven that an act is settled once it is known of some facts."""
        given = self._unknown[one.truths].intersection(facts)
        key = one.truths, given
        if key not in self._known:
            known = {*given, *(other for fact in given for other in _WITH.get(fact, ()))}
            leaves: list[Formula] = [
                Atom(number, _KNOWN)
                if truth == UNKNOWN and self._examiner.fact_of(number) in known
                else Atom(number, truth)
                for number, truth in enumerate(one.truths)
            ]
            # what cannot be known alone, such as a record without a moment, settles nothing
            self._known[key] = self._examiner.excludes(
                self._doubt, leaves
            ) and not self._examiner.impossible(leaves)
        return self._known[key]

    def _settle(self, facts: Collection[str]) -> bool:
        return all(self._settles(one, facts) for one in self._open)

    def _smallest(self, sure: Collection[str]) -> tuple[list[str], int]:
        """Return facts that settle all acts, `sure` among them, and how few could do so at least.

        No set without one of those that are `sure` settles all acts.
        """
        if self._settle(sure):
            return sorted(sure), len(sure)
        others = sorted({
            fact for one in self._open if not self._settles(one, sure)
            for fact in self._unknown[one.truths] - set(sure)
        })  # fmt: skip
        sets = chain.from_iterable(combinations(others, size) for size in range(1, len(others) + 1))
        some = next(
            some
            for tried, some in enumerate(sets)
            if tried >= _SETS or self._settle({*sure, *some})
        )
        least = len(sure) + len(some)
        if self._settle({*sure, *some}):
            return [*sorted(sure), *some], least
        more = fewest(others, lambda left: self._settle({*sure, *left}))
        return [*sorted(sure), *more], least

    def _ordered(self, facts: Iterable[str], acts: dict[str, int]) -> Iterator[Wanted]:
        """Yield facts, each time the one that settles the most acts with those before it."""
        given: list[str] = []
        left = sorted(facts)
        while left:
            counts = {fact: self._count({*given, fact}) for fact in left}
            best = min(left, key=lambda fact: (-counts[fact], -acts[fact], fact))
            given.append(best)
            left.remove(best)
            yield Wanted(best, acts[best], self.settled + counts[best])

    def _count(self, facts: Collection[str]) -> int:
        return sum(one.count for one in self._open if self._settles(one, facts))
