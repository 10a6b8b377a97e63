"""The smallest reason why a stage does not have enough people in time."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations

from cmcore.base.values import internal
from cmcore.circuits.completion._seats import Board, Poll, Voice
from cmcore.circuits.completion.completability import Shortage, Want
from cmcore.circuits.stage import Stage
from cmcore.teams.traits import Trait


def vacancy(stage: Stage, poll: Poll) -> Shortage | None:
    """Return what a stage is missing at any hour, when it asks fewer people than it needs."""
    if poll.is_possible:
        return None
    kind = Want.FEW_FOUND if poll.people else Want.NOBODY_FOUND
    return Shortage(
        kind,
        (poll.stage + 1,),
        (stage.ask,),
        poll.needed,
        min(len(poll.people), poll.most((*poll.people, *poll.deputies))),
        poll.people,
        unfit=poll.unfit,
        author=poll.author,
        differ=_differ([stage]),
    )


def _differ(stages: Iterable[Stage]) -> tuple[Trait, ...]:
    return tuple(sorted({stage.differ for stage in stages if stage.differ is not None}))


@internal
class Crowd:
    """Who can answer for some stages: those who are asked, or deputies for others of them."""

    people: frozenset[str]
    deputies: frozenset[str]
    away: int

    @property
    def size(self) -> int:
        """How many can answer at once."""
        return len(self.people) + min(len(self.deputies), self.away)

    @property
    def there(self) -> tuple[str, ...]:
        """Return their ids, sorted."""
        return tuple(sorted(self.people | (self.deputies if self.away else frozenset())))


def shortage(
    stages: Sequence[Stage],
    poll: Poll,
    done: Sequence[Poll],
    crowd: Callable[[Sequence[Poll]], Crowd],
) -> Shortage:
    """Return the smallest reason why a stage fails, where the stages `done` hold people too.

    `crowd` says who can answer for some stages before its time is out.
    """
    found = vacancy(stages[poll.stage], poll)
    if found:
        return found
    ask = (stages[poll.stage].ask,)
    if poll.is_silence:
        return Shortage(Want.NO_END, (poll.stage + 1,), ask, 1, 1)
    polls, some = _smallest(poll, done, crowd)
    needed = sum(one.needed for one in polls)
    asking = [stages[one.stage] for one in polls]
    return Shortage(
        Want.FEW_THERE,
        tuple(one.stage + 1 for one in polls),
        tuple(stage.ask for stage in asking),
        needed,
        min(_filled(polls, some), needed - 1),
        some.there,
        unfit=tuple(dict.fromkeys(who for one in polls for who in one.unfit)),
        differ=_differ(asking),
    )


def _smallest(
    poll: Poll, done: Sequence[Poll], crowd: Callable[[Sequence[Poll]], Crowd]
) -> tuple[Sequence[Poll], Crowd]:
    """Return the fewest stages that need more people than can answer for them."""
    groups = [(poll,)] if poll.is_share else list(_groups(poll, done))
    for polls in groups:
        some = crowd(polls)
        if _filled(polls, some) < sum(one.needed for one in polls):
            return polls, some
    return groups[-1], crowd(groups[-1])


def _filled(polls: Sequence[Poll], crowd: Crowd) -> int:
    """Return how many places of some stages those who can answer for them can fill, at most."""
    if all(poll.values is None for poll in polls):
        return crowd.size
    board = Board(polls)
    for poll in polls:
        board.open(poll)
    found = 0
    for who in crowd.there:
        mask = sum(1 << one.stage for one in polls if who in (*one.people, *one.deputies))
        found += board.seat(Voice((0, False), 0, (who,), mask))
    return min(crowd.size, found)


def _groups(poll: Poll, done: Sequence[Poll]) -> Iterator[tuple[Poll, ...]]:
    """Yield the stage alone, then with others that ask for different people, the fewest first."""
    others = [one for one in done if not one.is_share]
    for size in range(len(others) + 1):
        for some in combinations(others, size):
            yield (*some, poll)
