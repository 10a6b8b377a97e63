"""Erlang's formulas: how many people it takes for few to wait long.

Messages come at random (as Poisson has it), each takes a time of its own (exponential), whoever is
free takes the one that has waited longest, and nobody gives up. Sources: A. K. Erlang, Post Office
Electrical Engineers' Journal 10, 1918; the recurrence is exact and never overflows.
"""

from collections.abc import Iterator
from datetime import timedelta
from itertools import accumulate, count, islice
from math import exp


def blocking(load: float) -> Iterator[float]:
    """Return the share of calls that are lost, all being busy, as more and more people work.

    The first is for nobody, the second for one person, and so on without end. `load` is in erlangs:
    how many people the work would keep busy without a pause.
    """
    return accumulate(
        count(1), lambda found, people: load * found / (people + load * found), initial=1.0
    )


def waiting(load: float, people: int) -> float:
    """Return the share of messages that wait at all; all of them when there are too few people."""
    if people <= load:
        return 1.0
    return _waiting(load, people, next(islice(blocking(load), people, None)))


def _waiting(load: float, people: int, blocked: float) -> float:
    return people * blocked / (people - load * (1 - blocked))


def taken_up(load: float, people: int, within: float) -> float:
    """Return the share of messages that are taken up within a time, counted in handling times."""
    return _taken_up(load, people, within, waiting(load, people))


def _taken_up(load: float, people: int, within: float, share: float) -> float:
    return 0.0 if people <= load else 1 - share * exp(-(people - load) * within)


def people_for(load: float, share: float, within: float) -> tuple[int, float]:
    """Return the fewest people who take up a share of the messages in time, and the share they do.

    `share` is below 1; `within` is counted in handling times. No load takes nobody.
    """
    if not load:
        return 0, 1.0
    tries = (
        (people, _taken_up(load, people, within, _waiting(load, people, blocked)))
        for people, blocked in enumerate(blocking(load))
        if people > load
    )
    return next(found for found in tries if found[1] >= share)


def erlangs(rate: float, handling: timedelta) -> float:
    """Return the load of a number of messages an hour, each of which takes `handling`."""
    return rate * (handling / timedelta(hours=1))
