"""What is checked of good practices: when each was last done; and of objectives."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import Final

from cmcore.base.truth import Truth
from cmcore.organisations.checks._evidence import Look, Seen, no, seen, want, yes
from cmcore.organisations.organisation import Deed

#: How many days something lasts that is done once.
_ONCE: Final = 3660
#: What is said of something done, by how many days it lasts.
_DONE: Final[Mapping[int, str]] = {
    31: "done monthly",
    92: "done quarterly",
    183: "done twice a year",
    366: "done yearly",
    _ONCE: "done once",
}
#: Check -> the practices that answer it, and how many days one of them lasts.
PRACTICES: Final[Mapping[str, tuple[tuple[str, ...], int]]] = {
    "watch reported": (("watch-report",), 31),
    "reports made": (("report",), 31),
    "strategy reviewed": (("strategy-review",), 183),
    "training": (("training", "webschool"), 366),
    "team meetings": (("team-meeting",), 31),
    "open access": (("open-access",), _ONCE),
    "content by employees": (("content-by-employees",), 92),
    "employees briefed": (("employee-briefing",), 366),
    "co-design": (("co-design",), 366),
    "subscribers asked": (("subscriber-survey",), 366),
    "informed": (("news-briefing",), 31),
    "met in person": (("meeting-in-person",), 183),
    "tools reviewed": (("tools-review",), 366),
}
#: How many days an approval of the strategy lasts.
APPROVAL: Final = ("strategy-approved", 366)


def _last(look: Look, practices: tuple[str, ...]) -> tuple[Deed, ...]:
    """Return what was done by now, the last first."""
    deeds = (one for one in look.given.deeds or () if one.practice in practices)
    return tuple(sorted((one for one in deeds if one.on <= look.day), key=_when, reverse=True))


def _when(deed: Deed) -> date:
    return deed.on


def _done(practices: tuple[str, ...], every: int) -> Callable[[Look], Seen]:
    """Return a check that one of some practices was done lately."""

    def checked(look: Look) -> Seen:
        if look.given.deeds is None:
            return want("deeds")
        found = _last(look, practices)
        if not found:
            return no("never done")
        is_fresh = look.day - found[0].on <= timedelta(days=every)
        return seen(Truth.of(is_fresh), _DONE[every], on=found[0].on.isoformat())

    return checked


def _approved(look: Look) -> Seen:
    """Check that somebody who directs the company approved the strategy lately."""
    practice, every = APPROVAL
    found = _done((practice,), every)(look)
    if not found.said or found.said == "never done":
        return found
    leaders = look.given.leaders
    first = look.day - timedelta(days=every)
    fresh = [one for one in _last(look, (practice,)) if one.on >= first]
    if not fresh:
        return found
    if leaders is None:
        return want("leaders")
    if any(one.by in leaders for one in fresh):
        return found
    if any(one.by is None for one in fresh):
        return want("who approved")
    return no("approved by others", who=frozenset(one.by for one in fresh if one.by))


def _objectives(look: Look) -> Seen:
    given = look.given.objectives
    if given is None:
        return want("objectives")
    return yes("objectives", objectives=given) if given else no("objectives none")


def _checks() -> Iterator[tuple[str, Callable[[Look], Seen]]]:
    yield "objectives set", _objectives
    yield "strategy approved", _approved
    for code, (practices, every) in PRACTICES.items():
        yield code, _done(practices, every)


CHECKS: Final[Mapping[str, Callable[[Look], Seen]]] = dict(_checks())
