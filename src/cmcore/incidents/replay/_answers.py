"""Answers: which acts answer an incident, and which went out by themselves in spite of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import attrs

from cmcore.base.characters import seen
from cmcore.base.truth import Truth
from cmcore.base.values import internal
from cmcore.charters.kinds import Trait, kinds
from cmcore.incidents.events import (
    ActEvent,
    FactEvent,
    HoldEvent,
    InboundEvent,
    IncidentEvent,
    IncidentStep,
)
from cmcore.incidents.incident import Incident
from cmcore.incidents.playbook import Duty
from cmcore.incidents.replay._record import Record
from cmcore.incidents.replay._sayings import banned, falsified
from cmcore.incidents.replay._undoing import WHYS, Fate, fate, versions
from cmcore.incidents.replay.registry import all_of, any_of
from cmcore.time.instants import Around

#: The kinds of act that may be scheduled long before; any other is made when there is cause.
_PLANNED: Final = kinds(Trait.PLANNED)
#: The kinds of act that show what somebody else said, and need no words of ours.
_PASSING: Final = kinds(Trait.SHOWS)
#: The kinds of act that only their recipient sees.
_PRIVATE: Final = kinds(Trait.PRIVATE)
#: The kinds of act that speak to whoever wrote the message that they are about.
_DIRECTED: Final = kinds(Trait.DIRECTED)


@internal
class Doing:
    """An event that meets a duty, if it comes in time; `fits` says whether it does at all.

    `why` is what `fits` comes from, where it is not true; `bans` are the duties that the event
    breaks, or may break. `undoers` are the acts that undid it, in time or not.
    """

    event: IncidentEvent
    fits: Truth = Truth.TRUE
    why: str = ""
    bans: tuple[str, ...] = ()
    undoers: tuple[str, ...] = ()


def answers(duty: Duty, record: Record, begun: Around, until: Around) -> Iterator[Doing]:
    """Yield the acts that may answer, until some moment, what has begun; each with whether it does.

    An answer is public, unless the duty asks for private ones only; it is not scheduled, not an act
    that the incident is about, no reply to something else, and pertinent where the duty asks for
    that. It says something, but nothing that is never said, and claims nothing that was known to be
    false. An edit of such an act, made since then, says it again: what stands is what it says. Of
    one that we undid before its time was over, or that came later and is undone, nobody knows who
    saw it: we took it down, or edited it into what answers nobody.
    """
    incident = record.incident
    kinds = duty.meant if duty.is_private else duty.meant - _PRIVATE
    for event in incident.of(ActEvent):
        post = next((one for one in _posts(event, record) if one.act.kind in kinds), None)
        if post is not None and post.id not in incident.opened.about:
            is_aside = ~_concerns(post, event, duty, incident)
            if is_aside is not Truth.TRUE or _inbound(post, incident):
                is_since = Truth.TRUE if post is event else begun.precedes(post.around)
                against = {"aside": is_aside, "scheduled": scheduled(event), "": ~is_since}
                yield _answer(event, record, until, against)


def _posts(event: ActEvent, record: Record) -> Iterator[ActEvent]:
    """Yield an act, and what it edits, if it is an edit."""
    yield event
    if event.act.kind == "edit":
        yield from (one for one in versions(event, record) if one.act.kind != "edit")


def _answer(event: ActEvent, record: Record, until: Around, others: Mapping[str, Truth]) -> Doing:
    bans = [*banned(event, record)]
    later = fate(
        event, record, lambda edit: any_of(_spoilt(edit, record, banned(edit, record)).values())
    )
    against = {**_spoilt(event, record, bans), **others, **unsure(later, until)}
    fits = ~any_of(against.values())
    why = next(code for code, truth in against.items() if ~truth is fits)
    broken = tuple(id_ for id_, truth in bans if ~truth is fits)
    return Doing(event, fits, "" if fits is Truth.TRUE else why, broken, later.undoers)


def _spoilt(event: ActEvent, record: Record, bans: Iterable[tuple[str, Truth]]) -> dict[str, Truth]:
    """Return why an act may answer nobody, whenever it comes; `bans` are those it may break."""
    return {
        "claimed": falsified(event, record),
        "banned": any_of(truth for _, truth in bans),
        "empty": _says_nothing(event),
    }


def unsure(later: Fate, until: Around) -> dict[str, Truth]:
    """Return why nobody knows who saw an act: it may have been undone by some moment."""
    return {why: later.undone(why, until) & Truth.UNKNOWN for why in WHYS}


def _says_nothing(event: ActEvent) -> Truth:
    """Return whether an act has neither text nor media: unknown where nobody says which media."""
    act = event.act
    text = "" if "text" in act.absent else act.text
    shown = frozenset() if "media" in act.absent else act.media
    is_said = text is None or seen(text).strip() or event.claims or event.promises or act.links
    if is_said or act.kind in _PASSING:
        return Truth.FALSE
    return Truth.UNKNOWN if shown is None else Truth.of(not shown)


def holds(incident: Incident, begun: Around, since: Around) -> Iterator[Doing]:
    """Yield the holds of what is scheduled, each with whether it still stood at a moment."""
    posts = [*_released(incident, begun)]
    for event in incident.of(HoldEvent):
        is_over = any_of(
            one.fits & event.around.before(one.event.around) & one.event.around.before(since)
            for one in posts
        )
        yield Doing(event, ~is_over, "released")


def slips(
    incident: Incident, begun: Around, since: Around, until: Around, held: Sequence[Doing]
) -> Iterator[Doing]:
    """Yield the acts that may have gone out as scheduled, once it was held or was to be held.

    It was to be held from `since` until `until`, in an incident that had `begun`.
    """
    for one in _released(incident, begun):
        moment = one.event.around
        is_held = any_of(hold.fits & hold.event.around.before(moment) for hold in held)
        slipped = one.fits & (until.before(moment) | (since.precedes(moment) & is_held))
        if slipped is not Truth.FALSE:
            yield attrs.evolve(one, fits=slipped)


def _released(incident: Incident, begun: Around) -> Iterator[Doing]:
    """Yield the acts that may have gone out as scheduled while it was open, until it reopened.

    Before it had `begun`, they count whether it was open or not: they show what was held then.
    """
    again = [event.around for event in incident.steps(IncidentStep.REOPENED)]
    for event in incident.of(ActEvent):
        is_open = Truth.of(incident.situation(event.around).open) | event.around.before(begun)
        is_now = all_of(one.by(begun) | event.around.before(one) for one in again)
        yield Doing(event, scheduled(event) & is_open & is_now)


def scheduled(event: ActEvent) -> Truth:
    """Return whether an act was scheduled before: unknown of a post of which nobody says so.

    An act that is about something, or says what is so, is not taken to be scheduled.
    """
    is_about = event.about or event.claims or event.promises
    is_planned = event.act.kind in _PLANNED and not is_about
    return Truth.of(False if event.act.scheduled is None and not is_planned
                    else event.act.scheduled)  # fmt: skip


def _concerns(post: ActEvent, event: ActEvent, duty: Duty, incident: Incident) -> Truth:
    """Return whether a post, or an edit of it, is about what the incident is, or a fact at stake.

    One that speaks to nobody in particular is, unless the duty asks for pertinent ones.
    """
    at_stake = {name for fact in incident.of(FactEvent) for name in fact.that}
    promised = (promise for one in (post, event) for promise in one.promises)
    said = {*post.claims, *event.claims, *(name for one in promised for name in one.that)}
    is_directed = post.act.kind in _DIRECTED and _inbound(post, incident)
    if not at_stake.isdisjoint(said) or not (duty.pertinent or is_directed):
        return Truth.TRUE
    is_caused = Truth.of(not {*post.about}.isdisjoint(incident.opened.about))
    return is_caused | any_of(_blames(one, incident) for one in _inbound(post, incident))


def _inbound(event: ActEvent, incident: Incident) -> list[InboundEvent]:
    """Return the messages that an act is about."""
    about = map(incident.event, event.about)
    return [one for one in about if isinstance(one, InboundEvent)]


def _blames(message: InboundEvent, incident: Incident) -> Truth:
    """Return whether a message blames us for this incident, not for something older."""
    causes = [incident.event(id_).around for id_ in incident.opened.about]
    is_older = all_of(message.around.before(cause) for cause in causes) & Truth.of(bool(causes))
    return Truth.of(message.criticism) & ~is_older
