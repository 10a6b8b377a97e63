"""Duties with a deadline: whether each was kept on each occasion, and what shows it."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Final

import attrs

from cmcore.base.truth import Truth
from cmcore.incidents.playbook import Duty, DutyKind
from cmcore.incidents.replay._answers import Doing
from cmcore.incidents.replay._occasions import Occasion, occasions
from cmcore.incidents.replay._record import Record
from cmcore.incidents.replay.conduct import DOUBTS, SPOILT, DutyFinding, Standing, Told
from cmcore.time.instants import Around

_NOTHING: Final = timedelta(0)


def timed(duty: Duty, record: Record) -> Iterator[DutyFinding]:
    """Yield what happened to a duty with a deadline, on each occasion."""
    for occasion in occasions(duty, record):
        yield judged(occasion, Around.exactly(record.incident.end))


def judged(occasion: Occasion, end: Around) -> DutyFinding:
    """Return what happened to a duty on one occasion, as far as the record goes."""
    standing = _standing(occasion, end)
    done = occasion.keeper if standing is Standing.KEPT else occasion.done
    code = _code(occasion, standing, end)
    against = occasion.against if code == "perhaps owed since" else ()
    told: dict[str, Told] = {"within": occasion.duty.within or _NOTHING}
    if occasion.year is not None:
        told["year"] = occasion.year
    found = DutyFinding(
        occasion.duty.id,
        occasion.duty.kind,
        standing,
        code=code,
        subject=occasion.subject,
        events=(
            *occasion.shown,
            *(() if done is None else (done.event.id, *done.undoers)),
            *against,
        ),
        due=occasion.due,
        due_tolerance=occasion.tolerance,
        told=told,
        ids={"event": against} if against else {},
    )
    if code in {"slipped", "perhaps slipped"}:
        return _slipped(found, occasion)
    if code in SPOILT:
        found = _explained(found, occasion)
    if code in DOUBTS:
        return _shown_by(found, occasion, occasion.doubtful)
    if done is None:
        return found
    if code in _AT_LATEST:
        latest = {**found.told, "latest": done.event.around.last}
        return attrs.evolve(found, told=latest, ids={**found.ids, "event": [done.event.id]})
    if code == "done undone":
        found = attrs.evolve(found, ids={**found.ids, "undoers": done.undoers})
    return _timed(found, done, occasion) if _is_first(occasion, standing) else found


#: The codes of what was done by some moment at the latest, and perhaps before.
_AT_LATEST: Final = frozenset({"late at most", "untold late"})


def _is_first(occasion: Occasion, standing: Standing) -> bool:
    """Return whether nothing earlier than what is known to have met a duty may have met it."""
    is_known = occasion.is_told and not occasion.is_done_at_most
    return standing is Standing.KEPT or is_known


def _timed(found: DutyFinding, done: Doing, occasion: Occasion) -> DutyFinding:
    """Return a finding with when something was done."""
    event = done.event
    apart = (
        None if found.due is None else _apart(found.due - event.at, occasion.until, event.around)
    )
    return attrs.evolve(found, at=event.at, at_tolerance=event.tolerance, apart=apart)


def _apart(margin: timedelta, until: Around, done: Around) -> timedelta | None:
    """Return how far a margin may be off where both its ends count from one event."""
    if until.of is None or until.of != done.of:
        return None
    return max(margin - (until.least - done.most), (until.most - done.least) - margin)


def _explained(found: DutyFinding, occasion: Occasion) -> DutyFinding:
    """Return a finding that names what would have met the duty earlier, and why it did not."""
    done = occasion.done
    # acts before the opening are only named if there were none since
    many = [one for one in occasion.spoilt
            if (done is None or one.event.at < done.event.at)
            and (found.code == "not answered" or one.why != "early")]  # fmt: skip
    reasons = {why: [one.event.id for one in many if one.why == why]
               for why in sorted({one.why for one in many})}  # fmt: skip
    undoers = dict.fromkeys(id_ for one in many if one.why == "undone" for id_ in one.undoers)
    ids = (*found.events, *(id_ for one in many for id_ in (one.event.id, *one.undoers)))
    if not many:
        return found
    named = {**found.ids, **_named(many), **reasons, "undoers": undoers}
    return attrs.evolve(found, events=tuple(dict.fromkeys(ids)), ids=named)


def _slipped(found: DutyFinding, occasion: Occasion) -> DutyFinding:
    """Return a finding that is shown by what went out in spite of it: held, or past its time."""
    slips = [one for one in occasion.slips if one.fits is occasion.slipped]
    events = (*(one.event.id for one in slips), *found.events)
    is_late = occasion.due is not None and slips[0].event.at > occasion.due
    found = attrs.evolve(found, events=events, told={}, ids=_named(slips))
    if is_late:
        return _timed(found, slips[0], occasion)
    return attrs.evolve(found, code=f"{found.code} held")


def _shown_by(found: DutyFinding, occasion: Occasion, many: Sequence[Doing]) -> DutyFinding:
    """Return a finding that is shown by what keeps the duty from a better verdict."""
    done = next((one for one in many[:1] if occasion.is_done_by(one)), None)
    ids = dict.fromkeys(id_ for one in many for id_ in (one.event.id, *one.undoers))
    found = attrs.evolve(found, events=(*occasion.shown, *ids), told={}, ids=_named(many))
    is_first = done is not None and _is_first(occasion, found.standing)
    return _timed(found, done, occasion) if done is not None and is_first else found


def _named(many: Sequence[Doing]) -> dict[str, list[str]]:
    """Return the events, and the duties that these broke, by what a sentence calls them."""
    bans = {ban for one in many if one.why == "banned" for ban in one.bans}
    return {"event": [one.event.id for one in many], "bans": sorted(bans)}


def _standing(occasion: Occasion, end: Around) -> Standing:
    if not occasion.is_begun:
        return Standing.NO_OCCASION if occasion.is_told else Standing.UNKNOWN
    if occasion.slipped is Truth.TRUE:
        return Standing.BREACHED
    if (occasion.met & ~occasion.slipped) is Truth.TRUE:
        return Standing.KEPT
    is_missed = ~occasion.met & occasion.until.by(end) & occasion.binds
    is_breached = occasion.is_told and is_missed is Truth.TRUE
    return Standing.BREACHED if is_breached else Standing.UNKNOWN


def _code(occasion: Occasion, standing: Standing, end: Around) -> str:
    is_done = occasion.done is not None
    if not occasion.is_begun:
        return "not begun" if occasion.is_told else "not begun untold"
    if standing is Standing.KEPT:
        return "done undone" if occasion.is_undone else "done"
    if occasion.slipped is Truth.TRUE:
        return "slipped"
    if occasion.year is not None:
        return "uncovered"
    if standing is Standing.BREACHED:
        spoilt = "not answered" if occasion.spoilt else "not done"
        return ("late at most" if occasion.is_done_at_most else "late") if is_done else spoilt
    return _doubt(occasion, end)


def _doubt(occasion: Occasion, end: Around) -> str:
    """Return the code of what keeps an occasion from a verdict."""
    is_done = occasion.done is not None
    if occasion.binds is not Truth.TRUE and occasion.duty.kind is DutyKind.CORRECT:
        return "perhaps owed since" if occasion.against else "perhaps owed"
    if occasion.binds is not Truth.TRUE:
        return "doubt"
    if occasion.met is Truth.TRUE:
        return "perhaps slipped"
    if occasion.met is Truth.FALSE and not occasion.is_told:
        return "untold late" if is_done else "untold"
    if occasion.doubtful:
        return occasion.doubt(occasion.doubtful[0])
    is_running = not is_done and occasion.until.by(end) is not Truth.TRUE
    return "running" if is_running else "doubt"
