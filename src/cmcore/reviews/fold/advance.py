"""What time and what was said make of a review by themselves: stages pass, lapse, escalate."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

import attrs

from cmcore.circuits.stage import Timeout
from cmcore.reviews.events import Opening, ReviewMove, ReviewState
from cmcore.reviews.fold.standing import CircuitTrack, FoldState, asking, is_met, is_silent, reached
from cmcore.reviews.fold.transitions import RUNNING
from cmcore.reviews.progress import Turn
from cmcore.time.clocks import deadline

_ENDS: Final[Mapping[Timeout, tuple[ReviewMove, Turn]]] = {
    Timeout.REFUSE: (ReviewMove.TIMED_REFUSED, Turn.REFUSED),
    Timeout.LAPSE: (ReviewMove.TIMED_LAPSED, Turn.LAPSED),
}


def begun(opening: Opening) -> FoldState:
    """Return where a review stands when it opens: every circuit at its first stage."""
    standing = FoldState(
        opening, opening.at, opening.decision, opening.digest, opening.circuits, opening.team
    )
    return completed(restarted(standing))


def restarted(standing: FoldState) -> FoldState:
    """Return the same, every circuit at its first stage from now on."""
    tracks = tuple(_at_stage(standing, circuit.id, 0) for circuit in standing.circuits)
    return attrs.evolve(asking(standing), tracks=tracks)


def _at_stage(
    standing: FoldState, circuit: str, stage: int, left_out: frozenset[int] = frozenset()
) -> CircuitTrack:
    asked = standing.stage((circuit, stage))
    if asked.afterwards and standing.state is not ReviewState.OWED:
        return CircuitTrack(circuit, stage, None, left_out, is_complete=True)
    until = deadline(standing.at, asked.within, asked.clock)
    return CircuitTrack(circuit, stage, until, left_out)


def settled(standing: FoldState, now: datetime) -> FoldState:
    """Return where a review stands at `now`, when nobody has done anything more by then."""
    while standing.state in RUNNING:
        due = min((t.until for t in standing.tracks if _ticks(t) and t.until), default=None)
        if due is None or due > now:
            break
        standing = completed(_struck(reached(standing, due)))
    return reached(standing, max(now, standing.at))


def _ticks(track: CircuitTrack) -> bool:
    return track.until is not None and not track.is_complete


def _struck(standing: FoldState) -> FoldState:
    """Return what happens to a review when the time of some of its stages is out, all at once."""
    due = [t for t in standing.tracks if _ticks(t) and t.until == standing.at]
    ends = {track.circuit: outcome(standing, track) for track in due}
    for end in (Timeout.REFUSE, Timeout.LAPSE):
        for track in due:
            if ends[track.circuit] is end:
                move, turn = _ENDS[end]
                return standing.moved(move).noted(turn, track.place)
    for track in due:
        is_passed = ends[track.circuit] is None
        standing = (passed if is_passed else escalated)(standing, track)
    return standing


def outcome(standing: FoldState, track: CircuitTrack) -> Timeout | None:
    """Return what happens to the stage that is asked when its time is out.

    None when it passes, and when its review stays owed.
    """
    if is_silent(standing, track) or standing.stage(track.place).afterwards:
        return None
    otherwise = standing.stage(track.place).otherwise
    nobody_above = otherwise is Timeout.ESCALATE and standing.is_last(track.place)
    return Timeout.LAPSE if nobody_above else otherwise


def completed(standing: FoldState) -> FoldState:
    """Return what happens to a review once every stage that has enough is passed."""
    if standing.state not in {ReviewState.OPEN, ReviewState.OWED}:
        return standing
    for circuit in standing.circuits:
        track = _track(standing, circuit.id)
        while not track.is_complete and is_met(standing, track):
            standing = passed(standing, track)
            track = _track(standing, circuit.id)
    if not all(track.is_complete for track in standing.tracks):
        return standing
    if standing.state is ReviewState.OPEN and any(_afterwards(standing)):
        return standing.moved(ReviewMove.ALONE).noted(Turn.ALONE)
    return standing.moved(ReviewMove.COMPLETED).noted(Turn.APPROVED)


def _afterwards(standing: FoldState) -> Iterator[CircuitTrack]:
    """Yield the circuits that are asked once the act has gone out."""
    return (track for track in standing.tracks if standing.stage(track.place).afterwards)


def published(standing: FoldState) -> FoldState:
    """Return the same, once it has gone out: what is asked afterwards is asked from now on."""
    for track in _afterwards(standing):
        standing = _replaced(standing, _at_stage(standing, track.circuit, track.stage))
    return standing


def _track(standing: FoldState, circuit: str) -> CircuitTrack:
    return next(track for track in standing.tracks if track.circuit == circuit)


def passed(standing: FoldState, track: CircuitTrack) -> FoldState:
    """Return the same, the stage passed: the next one is asked, or the circuit is complete."""
    if standing.is_last(track.place) or standing.stage(track.place).enough:
        after = attrs.evolve(track, is_complete=True, until=None)
    else:
        after = _at_stage(standing, track.circuit, track.stage + 1, track.left_out)
    return _replaced(standing, after).noted(Turn.PASSED, track.place)


def escalated(standing: FoldState, track: CircuitTrack) -> FoldState:
    """Return the same, the next stage asked, which answers for this one too."""
    left_out = track.left_out | {track.stage}
    after = _at_stage(standing, track.circuit, track.stage + 1, left_out)
    return _replaced(standing, after).noted(Turn.ESCALATED, track.place)


def _replaced(standing: FoldState, track: CircuitTrack) -> FoldState:
    tracks = tuple(track if t.circuit == track.circuit else t for t in standing.tracks)
    return attrs.evolve(standing, tracks=tracks)
