"""Whether an event may happen to a review now, and if not, why not."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from cmcore.foundation.errors import Problem
from cmcore.foundation.names import clip
from cmcore.nouns.circuits import Silence
from cmcore.nouns.reviews import (
    EVENTS,
    Amended,
    Approved,
    ChangesAsked,
    Delegated,
    Escalated,
    Event,
    Objected,
    Published,
    Refused,
    Regrouped,
    ReviewState,
    Withdrawn,
)
from cmcore.policy.reviewing.standing import Place, Standing, Track, voices
from cmcore.policy.reviewing.table import TERMINAL, TRANSITIONS

#: What speaks of the content, for oneself or instead of another.
_Spoken = Approved | Objected | Refused | ChangesAsked


def objections_to(standing: Standing, event: Event) -> Iterator[Problem]:
    """Yield why an event may not happen, where the review stands at that instant."""
    if event.kind not in TRANSITIONS[standing.state]:
        yield _out_of_place(standing.state, event)
    else:
        yield from _CHECKS[type(event)](standing, event)


#: As much of a digest as tells it apart.
_SHORT: Final = 16
_HOW: Final = {ReviewState.CHANGES_ASKED: "changes are asked"}


def _out_of_place(state: ReviewState, event: Event) -> Problem:
    if state in TERMINAL:
        hint = "open another review"
        return Problem(f"the review is {state}: nothing more happens to it", hint=hint)
    wanted = ", ".join(f"`{kind.kind}`" for kind in EVENTS if kind.kind in TRANSITIONS[state])
    message = f"{_HOW.get(state, f'the review is {state}')}: it cannot be `{event.kind}` now"
    return Problem(message, hint=f"it may be {wanted}")


def _problem(message: str, hint: str | None = None) -> Iterator[Problem]:
    yield Problem(message, hint=hint)


def _other_content(standing: Standing, digest: str, which: str) -> Iterator[Problem]:
    hint = f"that is `{clip(standing.digest, _SHORT)}`"
    yield from _problem(f"`{clip(digest, _SHORT)}` is not the content {which}", hint)


# -------------------------------------------------------------------------------------- speaking


def _approved(standing: Standing, event: Approved) -> Iterator[Problem]:
    if event.digest != standing.digest:
        yield from _other_content(standing, event.digest, "under review")
    elif any(said.by == event.by for said in standing.approvals):
        yield from _problem(f"`{clip(event.by)}` has approved this content already")
    else:
        running = (track for track in standing.tracks if not track.is_complete)
        yield from _unheard(standing, event, running, _hears)


def _objected(standing: Standing, event: Objected) -> Iterator[Problem]:
    said = (*standing.approvals, *standing.objections)
    if any(one.by == event.by for one in said):
        hint = "refuse it, or ask for changes"
        yield from _problem(f"`{clip(event.by)}` has spoken of this content already", hint)
    else:
        silent = (track for track in standing.tracks if _is_silence(standing, track))
        yield from _unheard(standing, event, silent, _is_asked)


def _is_silence(standing: Standing, track: Track) -> bool:
    return not track.is_complete and isinstance(standing.stage(track.place).need, Silence)


def _against(standing: Standing, event: Refused | ChangesAsked) -> Iterator[Problem]:
    yield from _unheard(standing, event, standing.tracks, _hears)


def _hears(track: Track, place: Place) -> bool:
    return track.hears(place)


def _is_asked(track: Track, place: Place) -> bool:
    return track.place == place


def _unheard(
    standing: Standing,
    event: _Spoken,
    tracks: Iterable[Track],
    hears: Callable[[Track, Place], bool],
) -> Iterator[Problem]:
    """Yield why somebody may not speak now: who they are, who spoke already, what is asked."""
    by, instead_of = event.by, event.instead_of
    if standing.opening.author in {by, instead_of}:
        author = clip(standing.opening.author)
        yield from _problem(f"`{author}` is the author: nobody reviews their own act")
        return
    spoken = standing.spoken()
    for person in filter(None, (by, instead_of)):
        if spoken.get(person, by) != by:
            own = spoken[person] == person
            said = "has spoken already" if own else f"has spoken for `{clip(person)}` already"
            yield from _problem(f"`{clip(spoken[person])}` {said}")
            return
    if instead_of is not None and (instead_of, by) not in standing.delegations:
        hint = f"only `{clip(instead_of)}` can let them"
        yield from _problem(f"`{clip(by)}` may not speak for `{clip(instead_of)}`", hint)
        return
    voice = by if instead_of is None else instead_of
    found = voices(standing.asked, by, instead_of)
    places = [place for place, counts in found.items() if counts == voice]
    listening = list(tracks)
    if not any(hears(track, place) for track in listening for place in places):
        yield from _problem(_why_unheard(standing, by, places))


def _why_unheard(standing: Standing, by: str, places: list[Place]) -> str:
    if not places:
        return f"`{clip(by)}` is not asked"
    tracks = {track.circuit: track for track in standing.tracks}
    if all(stage > tracks[circuit].stage for circuit, stage in places):
        return f"`{clip(by)}` is asked by a later stage, which is not open yet"
    if all(stage in tracks[circuit].left_out for circuit, stage in places):
        return f"the time of `{clip(by)}` is out"
    return f"nothing that is open now waits for `{clip(by)}`"


# ------------------------------------------------------------------------------------ the others


def _delegated(standing: Standing, event: Delegated) -> Iterator[Problem]:
    panels = [panel for many in standing.asked.values() for panel in many]
    if not any(event.by in panel.people for panel in panels):
        yield from _problem(f"`{clip(event.by)}` is not asked")
    elif not any(event.by in p.people and event.to in p.deputies for p in panels):
        hint = "the circuit says who the deputies of a stage are"
        yield from _problem(f"`{clip(event.to)}` is no deputy of `{clip(event.by)}`", hint)
    elif (event.by, event.to) in standing.delegations:
        yield from _problem(f"`{clip(event.by)}` has delegated to `{clip(event.to)}` already")


def handed_on(standing: Standing, by: str) -> list[Track]:
    """Return the circuits whose present stage somebody is asked by, and may hand on to the next."""
    open_now = [track for track in standing.tracks if not track.is_complete]
    mine = [track for track in open_now if by in standing.panel(track.place).people]
    return [track for track in mine if not standing.is_last(track.place)]


def _escalated(standing: Standing, event: Escalated) -> Iterator[Problem]:
    if not handed_on(standing, event.by):
        hint = "only who is asked by a stage that is open, with another after it, may escalate it"
        yield from _problem(f"`{clip(event.by)}` has nothing to escalate", hint)


def _regrouped(standing: Standing, event: Regrouped) -> Iterator[Problem]:
    yield from standing.opening.asked_problems(event.asked)


def _by_author(standing: Standing, by: str) -> Iterator[Problem]:
    if by != standing.opening.author:
        hint = f"that is `{clip(standing.opening.author)}`"
        yield from _problem(f"`{clip(by)}` is not the author", hint)


def _amended(standing: Standing, event: Amended) -> Iterator[Problem]:
    yield from _by_author(standing, event.by)
    if event.digest == standing.digest:
        yield from _problem("the content is the same as before", "an amendment changes its digest")


def _withdrawn(standing: Standing, event: Withdrawn) -> Iterator[Problem]:
    return _by_author(standing, event.by)


def _published(standing: Standing, event: Published) -> Iterator[Problem]:
    if event.digest != standing.digest:
        yield from _other_content(standing, event.digest, "approved")


_CHECKS: Final[Mapping[type[Event], Callable[[Standing, Any], Iterator[Problem]]]] = {
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
