"""Whether an event may happen to a review now, and if not, why not."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

import attrs

from cmcore.base.codes import Code
from cmcore.base.errors import Problem
from cmcore.charters.act import Act
from cmcore.charters.decision import Decision, Outcome
from cmcore.circuits.quorum import Silence
from cmcore.reviews.events import (
    EVENTS,
    Amended,
    Approved,
    ChangesAsked,
    Delegated,
    Escalated,
    Objected,
    Published,
    Refused,
    Regrouped,
    ReviewEvent,
    ReviewState,
    Withdrawn,
    circuit_problems,
)
from cmcore.reviews.fold.standing import CircuitTrack, FoldState, Place, voices
from cmcore.reviews.fold.transitions import TERMINAL, TRANSITIONS

#: Events that say something about the content, for oneself or for somebody else.
_Spoken = Approved | Objected | Refused | ChangesAsked


def objections_to(standing: FoldState, event: ReviewEvent) -> Iterator[Problem]:
    """Yield why an event may not happen, where the review stands at that instant."""
    if event.kind not in TRANSITIONS[standing.state]:
        yield _out_of_place(standing.state, event)
    else:
        yield from _CHECKS[type(event)](standing, event)


def _out_of_place(state: ReviewState, event: ReviewEvent) -> Problem:
    if state in TERMINAL:
        return Problem.of("review-closed", state=state)
    moves = [kind.kind for kind in EVENTS if kind.kind in TRANSITIONS[state]]
    return Problem.of("not-possible-now", state=state, move=event.kind, moves=moves)


# -------------------------------------------------------------------------------------- speaking


def _approved(standing: FoldState, event: Approved) -> Iterator[Problem]:
    if event.digest != standing.digest:
        yield Problem.of("not-under-review", digest=event.digest, current=standing.digest)
    elif any(said.by == event.by for said in standing.approvals):
        yield Problem.of("already-approved", by=event.by)
    else:
        running = (track for track in standing.tracks if not track.is_complete)
        yield from _unheard(standing, event, running, _hears)


def _objected(standing: FoldState, event: Objected) -> Iterator[Problem]:
    said = (*standing.approvals, *standing.objections)
    if any(one.by == event.by for one in said):
        yield Problem.of("already-spoken", by=event.by, hint="refuse-or-ask")
    else:
        silent = (track for track in standing.tracks if _is_silence(standing, track))
        yield from _unheard(standing, event, silent, _is_asked)


def _is_silence(standing: FoldState, track: CircuitTrack) -> bool:
    return not track.is_complete and isinstance(standing.stage(track.place).need, Silence)


def _against(standing: FoldState, event: Refused | ChangesAsked) -> Iterator[Problem]:
    yield from _unheard(standing, event, standing.tracks, _hears)


def _hears(track: CircuitTrack, place: Place) -> bool:
    return track.hears(place)


def _is_asked(track: CircuitTrack, place: Place) -> bool:
    return track.place == place


def _unheard(
    standing: FoldState,
    event: _Spoken,
    tracks: Iterable[CircuitTrack],
    hears: Callable[[CircuitTrack, Place], bool],
) -> Iterator[Problem]:
    """Yield why somebody may not speak now: who they are, who spoke already, what is asked."""
    by, instead_of = event.by, event.instead_of
    if standing.opening.author in {by, instead_of}:
        yield Problem.of("is-author", author=standing.opening.author)
        return
    spoken = standing.spoken()
    for person in filter(None, (by, instead_of)):
        if spoken.get(person, by) != by:
            if spoken[person] == person:
                yield Problem.of("already-spoken", by=person)
            else:
                yield Problem.of("already-spoken-for", by=spoken[person], person=person)
            return
    if instead_of is not None and (instead_of, by) not in standing.delegations:
        yield Problem.of("not-delegated", by=by, person=instead_of)
        return
    voice = by if instead_of is None else instead_of
    found = voices(standing.asked, by, instead_of)
    places = [place for place, counts in found.items() if counts == voice]
    listening = list(tracks)
    if not any(hears(track, place) for track in listening for place in places):
        code = _why_unheard(standing, places)
        lent = sorted(one for one, deputy in standing.delegations if deputy == by)
        is_deputy = code == "not-asked" and instead_of is None and lent
        told = {"hint": "speak-for", "person": lent[0]} if is_deputy else {}
        yield Problem.of(code, by=by, **told)


def _name(act: Act) -> str:
    """Return what distinguishes an act from others: its id, or else its digest, cut short."""
    return act.id or act.digest()[:16]


def _why_unheard(standing: FoldState, places: list[Place]) -> Code:
    """Return the code of the problem of somebody whom no stage waits for now."""
    if not places:
        return "not-asked"
    tracks = {track.circuit: track for track in standing.tracks}
    if all(stage > tracks[circuit].stage for circuit, stage in places):
        return "asked-later"
    if all(stage in tracks[circuit].left_out for circuit, stage in places):
        return "time-is-out"
    return "nothing-waits"


# ------------------------------------------------------------------------------------ the others


def _delegated(standing: FoldState, event: Delegated) -> Iterator[Problem]:
    panels = [panel for many in standing.asked.values() for panel in many]
    if not any(event.by in panel.people for panel in panels):
        yield Problem.of("not-asked", by=event.by)
    elif not any(event.by in p.people and event.to in p.deputies for p in panels):
        yield Problem.of("not-a-deputy", to=event.to, by=event.by)
    elif (event.by, event.to) in standing.delegations:
        yield Problem.of("already-delegated", by=event.by, to=event.to)


def handed_on(standing: FoldState, by: str) -> list[CircuitTrack]:
    """Return the circuits whose present stage somebody is asked by, and may hand on to the next."""
    open_now = [track for track in standing.tracks if not track.is_complete]
    mine = [track for track in open_now if by in standing.panel(track.place).people]
    return [track for track in mine if not standing.is_last(track.place)]


def _escalated(standing: FoldState, event: Escalated) -> Iterator[Problem]:
    if not handed_on(standing, event.by):
        yield Problem.of("nothing-to-escalate", by=event.by)


def _regrouped(standing: FoldState, event: Regrouped) -> Iterator[Problem]:
    """Yield the problem of everybody who comes back under another spelling."""
    there = {member.id for member in event.team.members}
    for person in sorted(standing.people - there):
        twin = event.team.resembled(person)
        if twin is not None:
            yield Problem.of("looks-alike", "team", "members", twin, id=twin, twin=person)


def _by_author(standing: FoldState, by: str) -> Iterator[Problem]:
    if by != standing.opening.author:
        yield Problem.of("not-the-author", by=by, author=standing.opening.author)


def _amended(standing: FoldState, event: Amended) -> Iterator[Problem]:
    yield from _by_author(standing, event.by)
    yield from circuit_problems(event.decision, event.circuits)
    for circuit in event.circuits:
        if any(one.id == circuit.id and one != circuit for one in standing.circuits):
            yield Problem.of("amended-other-circuit", "circuits", id=circuit.id)
    began, decided = standing.opening.decision, event.decision
    if _pin(decided) != _pin(began):
        yield Problem.of("amended-by-other-charter", charter=began.charter, version=began.version)
    if decided.act.id != began.act.id:
        yield Problem.of("amended-other-act", found=_name(decided.act), act=_name(began.act))
    if decided.outcome is Outcome.FORBIDDEN:
        yield Problem.of("amended-to-forbidden", rules=decided.determining)
    if event.digest == standing.digest and _told(decided) == _told(standing.decision):
        yield Problem.of("content-unchanged")


def _told(decision: Decision) -> Act:
    """Return what the author says of the act, its moment aside: what it is judged by."""
    return attrs.evolve(decision.act, at=None)


def _pin(decision: Decision) -> tuple[str, int, str]:
    """Return what says by which charter it was decided."""
    return decision.charter, decision.version, decision.charter_digest


def _withdrawn(standing: FoldState, event: Withdrawn) -> Iterator[Problem]:
    return _by_author(standing, event.by)


def _published(standing: FoldState, event: Published) -> Iterator[Problem]:
    if event.digest != standing.digest:
        yield Problem.of("not-approved-content", digest=event.digest, current=standing.digest)


_CHECKS: Final[Mapping[type[ReviewEvent], Callable[[FoldState, Any], Iterator[Problem]]]] = {
    Approved: _approved,
    Objected: _objected,
    Refused: _against,
    ChangesAsked: _against,
    Delegated: _delegated,
    Escalated: _escalated,
    Regrouped: _regrouped,
    Amended: _amended,
    Withdrawn: _withdrawn,
    Published: _published,
}
