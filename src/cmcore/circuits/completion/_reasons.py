"""The smallest reason why a stage does not have enough people in time."""

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from cmcore.base.values import internal
from cmcore.circuits.circuit import Stage
from cmcore.circuits.completion._seats import Poll
from cmcore.circuits.completion.completability import Shortage, Want


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
        len(poll.people),
        poll.people,
        unfit=poll.unfit,
        author=poll.author,
    )


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
    return Shortage(
        Want.FEW_THERE,
        tuple(one.stage + 1 for one in polls),
        tuple(stages[one.stage].ask for one in polls),
        needed,
        min(some.size, needed - 1),
        some.there,
        unfit=tuple(dict.fromkeys(who for one in polls for who in one.unfit)),
    )


def _smallest(
    poll: Poll, done: Sequence[Poll], crowd: Callable[[Sequence[Poll]], Crowd]
) -> tuple[Sequence[Poll], Crowd]:
    """Return the fewest stages that need more people than can answer for them."""
    groups = [(poll,)] if poll.is_share else list(_groups(poll, done))
    for polls in groups:
        some = crowd(polls)
        if some.size < sum(one.needed for one in polls):
            return polls, some
    return groups[-1], crowd(groups[-1])


def _groups(poll: Poll, done: Sequence[Poll]) -> Iterator[tuple[Poll, ...]]:
    """Yield the stage alone, then with others that ask for different people, the fewest first."""
    others = [one for one in done if not one.is_share]
    for size in range(len(others) + 1):
        for some in combinations(others, size):
            yield (*some, poll)
