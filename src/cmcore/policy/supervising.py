"""Supervising: when those who are not to be alone on a role are on duty without anybody beside."""

from collections.abc import Iterable, Sequence
from functools import reduce

from cmcore.foundation.house import value
from cmcore.foundation.spans import Stretch
from cmcore.foundation.weeks import Week
from cmcore.nouns.people import Member
from cmcore.policy.watching import Rota


@value
class Alone:
    """The hours of the week on the clock of `zone`, and the instants where a window is given."""

    week: Week
    zone: str
    when: tuple[Stretch, ...] = ()


def hours_alone(
    wards: Sequence[Member], guides: Sequence[Member], rota: Rota | None, zone: str
) -> Alone:
    """Return when some of `wards` are on duty and none of `guides` is.

    Without a window, that is by their usual week, on the clock that they go by; where they go by
    several, nobody can tell without a date what one shows by another, and there is nothing to tell.
    """
    if rota:
        when = rota.alone(rota.mask(wards), rota.mask(guides))
        return Alone(rota.clocks.week(when, zone), zone, tuple(when))
    known = [one.availability for one in (*wards, *guides) if one.availability.week is not None]
    if len({one.zone for one in known}) != 1:
        return Alone(Week.never(), zone)
    return Alone(_usual(wards) & ~_usual(guides), known[0].zone)


def _usual(people: Iterable[Member]) -> Week:
    """Return the hours of the week of some people together, as far as they are known."""
    weeks = (one.availability.week or Week.never() for one in people)
    return reduce(Week.__or__, weeks, Week.never())
