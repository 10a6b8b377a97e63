"""Answers: which acts answer an incident, and which went out by themselves in spite of it."""

from collections.abc import Iterator
from typing import Final

from cmcore.foundation.instants import Around
from cmcore.foundation.truth import Truth
from cmcore.nouns.events import ActEvent, FactEvent, InboundEvent
from cmcore.nouns.incidents import Incident
from cmcore.nouns.playbooks import Duty

#: The kinds of act that may be scheduled long before; any other is made when there is cause.
_PLANNED: Final = frozenset({"publish", "share"})


def answers(duty: Duty, incident: Incident) -> Iterator[tuple[ActEvent, Truth]]:
    """Yield the acts that may answer an incident, each with whether it does.

    An answer is public, unless the duty asks for private ones only; it is not scheduled, not an act
    that the incident is about, and pertinent where the duty asks for that.
    """
    kinds = duty.meant if duty.is_private else duty.meant - {"message"}
    for event in incident.of(ActEvent):
        if event.act.kind in kinds and event.id not in incident.opened.about:
            is_fit = not duty.pertinent or _is_pertinent(event, incident)
            yield event, Truth.of(is_fit) & ~scheduled(event)


def slips(incident: Incident, until: Around) -> Iterator[tuple[ActEvent, Truth]]:
    """Yield the acts that may have gone out as scheduled after a moment, while it was open."""
    for event in incident.of(ActEvent):
        is_open = Truth.of(incident.situation(event.around).open)
        slipped = scheduled(event) & until.before(event.around) & is_open
        if slipped is not Truth.FALSE:
            yield event, slipped


def scheduled(event: ActEvent) -> Truth:
    """Tell whether an act was scheduled before: not known of a post of which nobody says so.

    An act that is about something, or says what is so, is not taken to be scheduled.
    """
    is_about = event.about or event.claims or event.promises
    is_planned = event.act.kind in _PLANNED and not is_about
    return Truth.of(False if event.act.scheduled is None and not is_planned
                    else event.act.scheduled)  # fmt: skip


def _is_pertinent(event: ActEvent, incident: Incident) -> bool:
    """Tell whether an act is about what the incident is, or on a fact at stake."""
    at_stake = {name for fact in incident.of(FactEvent) for name in fact.that}
    said = {*event.claims, *(name for promise in event.promises for name in promise.that)}
    return not at_stake.isdisjoint(said) or any(
        isinstance(incident.event(id_), InboundEvent) or id_ in incident.opened.about
        for id_ in event.about
    )
