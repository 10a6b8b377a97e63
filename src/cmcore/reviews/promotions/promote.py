"""Promoting: exceptions that keep being approved unchanged become proposed permit rules."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final

from cmcore.base.asked import checked
from cmcore.base.counts import count_problems
from cmcore.base.errors import InvalidError, refuse
from cmcore.base.truth import Truth
from cmcore.base.values import internal
from cmcore.charters.audits.cases import History, cases
from cmcore.charters.audits.conclude import MOST_EXAMPLES, settled
from cmcore.charters.charter import Charter
from cmcore.charters.conditions.condition import FactTest, all_of
from cmcore.charters.context import Context
from cmcore.charters.decision import Outcome
from cmcore.charters.history import Case, Unreadable
from cmcore.charters.meaning.evaluation import ruled
from cmcore.charters.meaning.kleene import test_truth
from cmcore.charters.meaning.looks import Look, compared, look, look_key, shared
from cmcore.charters.meaning.observation import Facts
from cmcore.charters.rule import Rule
from cmcore.display.wording import show
from cmcore.reviews.promotions._separate import Split, widest
from cmcore.reviews.promotions._splits import ANYTHING, splits
from cmcore.reviews.promotions.promotion import (
    Promotion,
    Proposal,
    Reviewed,
    Shares,
    approved_unchanged,
)
from cmcore.reviews.promotions.reviewed import Approval, Told, key_of, reviewed
from cmcore.reviews.review import Review

#: The default minimum number of approvals behind a permit.
USUAL_LEAST: Final = 3
#: How many permits are proposed at most: those with most approvals come first.
MOST_PROPOSED: Final = 40


@checked
def promote(  # noqa: PLR0913 - each option is named and independent
    charter: Charter,
    reviews: Iterable[Reviewed | tuple[Case, Review]],
    history: History = (),
    *,
    least: int = USUAL_LEAST,
    at: datetime | None = None,
    context: Context | None = None,
) -> Promotion:
    """Propose permits for the exceptions that keep being approved unchanged.

    Each case is an act in its context, as it was when its review was opened; each review is taken
    as of `at`, or as of the end of its log if that is None. A permit asks for what at least `least`
    approvals share, of acts that nothing permits today, and is known to be false for every act that
    was refused or amended. The permit with the most approvals comes first, then the next among the
    remaining approvals, at most forty. Among equals, the one that lets out the fewest other acts of
    the `history` is taken. `context` applies to acts in it that have no context of their own.

    The work is bounded: at most 40 times 300,000 comparisons of a test with a group of acts.

    Raises:
        InvalidError: when `least` is below 1, or with every review that is about another act, is
            illegal or was not open yet.

    Examples:
        >>> from cmcore import Act, Charter, catalog, promote
        >>> from cmcore.charters import Case
        >>> from cmcore.reviews import Reviewed
        >>> charter = Charter("shop", circuits=[catalog.circuits["owner"]], default="owner")
        >>> same = [Reviewed(Case(Act(kind="publish", network="x")), "approved") for _ in range(3)]
        >>> [rule.id for rule in promote(charter, same).rules]
        ['promotion-1']
    """
    problems = list(count_problems(least, "least", least=1))
    told = Told(charter, compared(charter.vocabulary))
    for index, given in enumerate(reviews):
        try:
            told.take(_told(given, at))
        except InvalidError as error:
            problems += [problem.under("reviews", index) for problem in error.problems]
    if problems:
        raise InvalidError(problems)
    replay = _Replay(told, history, context or Context())
    return _Choice(told, replay, least).promotion().with_names(charter)


def _told(given: object, at: datetime | None) -> Reviewed:
    match given:
        case Reviewed():
            return given
        case (Case() as case, Review() as review):
            return reviewed(case, review, at)
    raise refuse("wrong-value", given=str(given), wanted="reviewed")


class _Replay:
    """The history, decided once: what is covered, and what a permit could let out."""

    def __init__(self, told: Told, history: History, around: Context) -> None:
        self.total = self.covered = 0
        self._rows: list[Case] = []
        self._alike: dict[Look, tuple[Facts, list[int]]] = {}
        for row in cases(told.charter, history, around):
            if not isinstance(row, Unreadable):
                self._take(told, row)

    def _take(self, told: Told, case: Case) -> None:
        facts = Facts(told.charter, case.act, case.context)
        ruling, is_open = ruled(told.charter, facts)
        self.total += 1
        self.covered += ruling.outcome is Outcome.COVERED
        idle = ruling.outcome is Outcome.EXCEPTION and not ruling.determining
        if idle and is_open is Truth.TRUE:
            alike = self._alike.setdefault(look(told.specs, facts), (facts, []))
            alike[1].append(len(self._rows))
            self._rows.append(case)

    def let_out(self, asked: Sequence[FactTest]) -> frozenset[int]:
        """Return the rows of the acts that would go out if all of the tests sufficed."""
        return frozenset(
            number
            for facts, numbers in self._alike.values()
            if all(test_truth(test, facts) is Truth.TRUE for test in asked)
            for number in numbers
        )

    def others(self, rows: frozenset[int], members: Iterable[Approval]) -> list[Case]:
        """Return the acts of the rows that are none of the members, in order."""
        keys = {one.key for one in members} - {None}
        found = (self._rows[number] for number in sorted(rows))
        return [case for case in found if key_of(case) not in keys]

    def shares(self, rows: frozenset[int]) -> Shares:
        """Return the covered share before and after the acts of the rows are let out."""
        if not self.total:
            return None, None
        return self.covered / self.total, (self.covered + len(rows)) / self.total


@internal
class _Candidate:
    """What a permit could ask, the approvals it would stand on, and the rows it would let out."""

    group: int
    asked: tuple[FactTest, ...]
    members: tuple[Approval, ...]
    rows: frozenset[int]
    others: tuple[Case, ...]

    def size(self) -> int:
        """Return how many approvals it would stand on."""
        return len(self.members)

    def order(self) -> tuple[int, list[tuple[str, str, str]]]:
        """Return what the best of several comes first by: others let out, then its tests."""
        return len(self.others), [(t.fact, str(t.op), show(t.operand)) for t in self.asked]


class _Choice:
    """Permits chosen one by one, each for as many of the remaining approvals as possible."""

    def __init__(self, told: Told, replay: _Replay, least: int) -> None:
        self.told = told
        self.replay = replay
        self.least = least
        # in an order that is their own, whatever the order they came in
        self.wanted = sorted(told.wanted, key=lambda one: (look_key(one.look), one.order()))
        self.unwanted = sorted(told.unwanted, key=look_key)
        self.is_best = True

    def promotion(self) -> Promotion:
        left = (1 << len(self.wanted)) - 1
        chosen: list[_Candidate] = []
        made = self._splits()
        while len(chosen) < MOST_PROPOSED and (best := self._best(made, left)):
            chosen.append(best)
            left &= ~best.group
        chosen.sort(key=_Candidate.size, reverse=True)  # they are already, where each is the best
        return self._promotion(chosen, left)

    def _splits(self) -> Sequence[Split]:
        looks = [one.look for one in self.wanted]
        return splits(self.told.specs, looks, self.unwanted, self.least) if looks else ()

    def _best(self, made: Sequence[Split], left: int) -> _Candidate | None:
        unwanted = ANYTHING | (1 << len(self.unwanted)) - 1 << 1
        found = widest(made, left, unwanted, self.least)
        self.is_best &= found.is_best
        return min(map(self._candidate, found.groups), key=_Candidate.order, default=None)

    def _members(self, group: int) -> list[Approval]:
        chosen = (one for number, one in enumerate(self.wanted) if group >> number & 1)
        return sorted(chosen, key=Approval.order)

    def _candidate(self, group: int) -> _Candidate:
        members = self._members(group)
        asked = shared(self.told.specs, [one.look for one in members])
        rows = self.replay.let_out(asked)
        others = self.replay.others(rows, members)
        return _Candidate(group, asked, tuple(members), rows, tuple(others))

    def _proposal(self, id_: str, best: _Candidate) -> Proposal:
        when = best.asked[0] if len(best.asked) == 1 else all_of(*best.asked)
        return Proposal(
            Rule.permit(id_, when=when, because=approved_unchanged(len(best.members))),
            tuple(one.name for one in best.members),
            len(best.others),
            tuple(map(settled, best.others[:MOST_EXAMPLES])),
            self.replay.shares(best.rows),
        )

    def _promotion(self, chosen: Sequence[_Candidate], left: int) -> Promotion:
        told, replay = self.told, self.replay
        rows = frozenset(number for one in chosen for number in one.rows)
        explained = [member for one in chosen for member in one.members]
        return Promotion(
            told.charter,
            proposals=tuple(map(self._proposal, _fresh_ids(told.charter), chosen)),
            held=told.held(),
            approved=told.counts["approved"],
            already=told.counts["already"],
            outside=told.counts["outside"],
            sent=told.counts["sent"],
            unexplained=tuple(one.name for one in self._members(left)),
            others=len(replay.others(rows, explained)),
            shares=replay.shares(rows),
            is_best=self.is_best,
        )


def _fresh_ids(charter: Charter) -> Iterator[str]:
    """Yield the ids of the rules proposed, which no rule of the charter has."""
    taken = {rule.id for rule in charter.rules}
    number = 0
    while True:
        number += 1
        if f"promotion-{number}" not in taken:
            yield f"promotion-{number}"
