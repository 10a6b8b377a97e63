"""Logs: counts of earlier acts that no record has together, and records that have them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import timedelta
from functools import partial
from itertools import combinations, product
from typing import Final

from cmcore.charters.analysis._earlier import Bound, Counting, Labelled, Log, Recalling, Same
from cmcore.charters.analysis._formula import FALSE, TRUE
from cmcore.charters.analysis._formula import UNKNOWN as UNKNOWN_ONLY
from cmcore.charters.analysis._theory import Asked, Question, Ways, fits, masked, signature
from cmcore.charters.analysis._worlds import Parts
from cmcore.charters.conditions.condition import FactTest, sense_of
from cmcore.charters.conditions.facts import ABSENT, RUNNING, UNKNOWN, FactType, label_of
from cmcore.charters.conditions.operators import Op
from cmcore.time.units import CalendarUnit, lies_in

_SECOND: Final = timedelta(seconds=1)
_LONG: Final = timedelta(days=3650)
_KNOWN: Final = TRUE | FALSE
#: What it costs to make a record of earlier acts and to read what is so of it.
TRIED: Final = 50
#: So many logs are set against one.
_TOGETHER: Final = 3


class Logs:
    """The records of earlier acts, and what runs of a person."""

    def __init__(self, asked: Asked, counting: Callable[[Iterable[Log]], Counting]) -> None:
        self.asked = asked
        self._masked = masked(asked)
        self._possible: dict[tuple[int, ...], bool] = {}
        self._known: dict[tuple[int, ...], Ways] = {}
        #: What each count asks, and the truth of the question where there are as many acts.
        self._bounds = [
            (number, bound, more) for number, question in asked for bound, more in _bounds(question)
        ]
        #: What runs of a person, the truth of the question where it does, and what that takes.
        self._running = [run for number, question in asked for run in _running(number, question)]
        self._counting = counting(
            dict.fromkeys(one.log for _, one, _ in (*self._bounds, *self._running))
        )

    def narrow(self, masks: list[int]) -> bool:
        """Return whether counts do not contradict each other, as far as is known."""
        key = self._masked(masks)
        if key not in self._possible:
            self._possible[key] = not self._is_contradicted(masks)
        return self._possible[key]

    def _is_contradicted(self, masks: Sequence[int]) -> bool:
        bounds = [(masks[number], bound, more) for number, bound, more in self._bounds]
        runs = [(masks[number], bound, more) for number, bound, more in self._running]
        reached = [bound for mask, bound, more in (*bounds, *runs) if mask == more]
        kept = [bound for mask, bound, more in bounds if not mask & more]
        open_ = [bound for mask, bound, more in bounds if not mask & (more ^ _KNOWN)]
        missed = [bound for mask, bound, more in bounds if mask == more ^ _KNOWN]
        return any(
            self._never_more(few, many, sure=sure)
            for some, others, sure in ((reached, kept, True), (open_, missed, False))
            for few, many in _opposed(some, others)
        )

    def _never_more(self, few: Sequence[Bound], many: Sequence[Bound], *, sure: bool) -> bool:
        self._counting.budget.spend(1)
        some, others = (tuple(one.log for one in bounds) for bounds in (few, many))
        return self._counting.never_more(some, others, sure=sure)

    def ways(self, masks: Sequence[int]) -> Ways:
        """Return how to make earlier acts that do what is wanted."""
        key = self._masked(masks)
        if key not in self._known:
            self._known[key] = Ways(tuple(self._found(masks, key)), exact=False)
        return self._known[key]

    def _found(self, masks: Sequence[int], key: Sequence[int]) -> Iterator[Parts]:
        for parts in self._tried(masks):
            self._counting.budget.spend(TRIED)
            found = signature(self.asked, parts)
            if found and fits(found, key):
                yield parts
                return

    def _tried(self, masks: Sequence[int]) -> Iterator[Parts]:
        bounds = [bound for number, bound, more in self._bounds if masks[number] & _KNOWN == more]
        limits = [bound for number, bound, more in self._bounds if not masks[number] & more]
        runs, over = (
            tuple(
                bound.log.kind
                for number, bound, more in self._running
                if masks[number] & _KNOWN == (more if is_on else more ^ _KNOWN)
            )
            for is_on in (True, False)
        )
        towards = any(
            isinstance(one.leaf, FactTest)
            and (one.leaf.fact.startswith("person.") or one.leaf.fact.endswith(".same_person"))
            for _, one in self.asked
        )
        windows = sorted({b.window for _, b, _ in self._bounds if isinstance(b.window, timedelta)})
        since: list[timedelta | None] = [None]
        if any(masks[number] == UNKNOWN_ONLY for number, _ in self.asked):
            since += [_SECOND, *(window - _SECOND for window in windows), *windows]
        made = partial(Recalling, tuple(bounds), tuple(limits), self._counting)
        shared = frozenset[Same]().union(*(bound.log.same for _, bound, _ in self._bounds))
        ways = [frozenset[Same](), *([shared] if shared else [])]
        ago = [_SECOND, *([_LONG] if runs else [])]
        for apart, near, back, begun in product(ways, (False, True), since, ago):
            yield {"earlier": made(runs, over, near, back, towards, begun, apart)}
        if towards:
            for near in (True, False):
                yield {"earlier": made((), (), near, None, towards=False), **_NOBODY}
        yield {"earlier": UNKNOWN}
        yield {"earlier": UNKNOWN, "recipient": "somebody"}


def _bounds(question: Question) -> Iterator[tuple[Bound, int]]:
    """Yield the number of acts that a question is about, and its truth where there are as many."""
    leaf, charter = question.leaf, question.charter
    sense = sense_of(leaf, FactType.LOG) if isinstance(leaf, FactTest) else None
    if not isinstance(leaf, FactTest) or sense is None or sense.acts is None:
        return
    window, low, high = sense.acts(leaf.operand)
    _, kind, *same = leaf.fact.split(".")
    labels = charter.vocabulary.same
    told = frozenset(Labelled(label_of(n), o) if (o := labels[n]) else n for n in same)
    log = Log(charter, kind, told)
    if low is not None:
        yield Bound(log, window, low), TRUE
    if high is not None:
        yield Bound(log, window, high + 1), FALSE


def _running(number: int, question: Question) -> Iterator[tuple[int, Bound, int]]:
    """Yield a question about what runs of a person, and the act that there is where it runs."""
    leaf = question.leaf
    if isinstance(leaf, FactTest) and leaf.op is Op.IS:
        kind = RUNNING[leaf.fact.removeprefix("person.")]
        log = Log(question.charter, kind, frozenset({"same_person"}))
        yield number, Bound(log, None, 1), TRUE if leaf.operand else FALSE


#: What an act reads that is towards nobody.
_NOBODY: Final = dict.fromkeys(("recipient", "target.author", "in_reply_to.author"), ABSENT)


def _opposed(
    some: Sequence[Bound], others: Sequence[Bound]
) -> Iterator[tuple[Sequence[Bound], Sequence[Bound]]]:
    """Yield bounds of which some want more acts than the others leave room for.

    One of a kind against several of the other; all that counts for the one counts for the other, as
    far as windows go and what acts share.
    """
    for one in some:
        over = [other for other in others if _lies_in(one, other)]
        for size in range(1, _TOGETHER + 1):
            for many in combinations(over, size):
                if one.count > sum(other.count - 1 for other in many):
                    yield (one,), many
    for other in others:
        below = [one for one in some if _lies_in(one, other)]
        for size in range(2, _TOGETHER + 1):
            for few in combinations(below, size):
                if sum(one.count for one in few) >= other.count > max(one.count for one in few):
                    yield few, (other,)


def _lies_in(one: Bound, other: Bound) -> bool:
    """Return whether an act in the window of one bound is in that of the other, and shares as much.

    Days, weeks and the like begin where the clocks of a zone say so.
    """
    is_same_clock = one.log.charter.zone == other.log.charter.zone
    return (
        other.log.same <= one.log.same
        and lies_in(one.window, other.window)
        and (is_same_clock or not isinstance(other.window, CalendarUnit))
    )
