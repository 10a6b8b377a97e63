"""Supervising: when those who are not to be alone on a role are on duty without anybody beside."""

from collections.abc import Iterable, Sequence
from functools import reduce

from cmcore.base.values import internal
from cmcore.teams.duty import Rota
from cmcore.teams.member import Member
from cmcore.time.intervals import Stretch
from cmcore.time.week import Week


@internal
class Alone:
    """The hours of the week on the clock of `zone`, and the instants where a window is given."""

    week: Week
    zone: str
    when: tuple[Stretch, ...] = ()


def is_ever_alone(wards: Sequence[Member], guides: Sequence[Member], rota: Rota | None) -> bool:
    """Return whether some of `wards` are ever on duty while none of `guides` is.

    Without a window, that is by their usual week, on the clock that they go by; where they go by
    several, nobody can tell without a date what one shows by another, and it is not so.
    """
    if rota:
        return rota.is_alone(rota.mask(wards), rota.mask(guides))
    return bool(_usually_alone(wards, guides).windows)


def hours_alone(
    wards: Sequence[Member], guides: Sequence[Member], rota: Rota | None, zone: str
) -> Alone | None:
    """Return when that is, of wards that ever are; None where they go by several clocks.

    `zone` is the clock of the hours, where a window is given.
    """
    if rota:
        when = rota.alone(rota.mask(wards), rota.mask(guides))
        return Alone(rota.clocks.week(when, zone), zone, tuple(when))
    week = _usually_alone(wards, guides)
    return Alone(week, wards[0].availability.zone) if week.windows else None


def _usually_alone(wards: Sequence[Member], guides: Sequence[Member]) -> Week:
    known = [one.availability for one in (*wards, *guides) if one.availability.week is not None]
    is_one_clock = len({one.zone for one in known}) == 1
    return _usual(wards) & ~_usual(guides) if is_one_clock else Week.never()


def _usual(people: Iterable[Member]) -> Week:
    """Return the hours of the week of some people together, as far as they are known."""
    weeks = (one.availability.week or Week.never() for one in people)
    return reduce(Week.__or__, weeks, Week.never())
