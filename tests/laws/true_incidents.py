"""Incidents as they may have been, where only tolerances are known."""

from datetime import datetime, timedelta
from typing import Any

import attrs
from hypothesis import assume
from hypothesis import strategies as st

from cmcore import Incident, InvalidError
from cmcore.incidents import ActEvent, IncidentEvent, Promise


def moved(data: st.DataObject, at: datetime, tolerance: timedelta) -> datetime:
    """Return an instant within the tolerance, often one of its ends."""
    share = data.draw(st.sampled_from([-1.0, 1.0, 0.0, -0.5, 0.5, 0.9]))
    return at + share * tolerance


def truly(data: st.DataObject, incident: Incident) -> Incident:
    """Return the incident as it may have been: every instant chosen within its tolerance."""
    events: list[IncidentEvent] = []
    true: dict[str, datetime] = {}
    for event in sorted(incident.events, key=lambda one: one.after is not None):
        if event.after is None:
            true[event.id] = moved(data, event.at, event.tolerance)
        else:
            usual = true[event.after.event] + event.after.by
            true[event.id] = moved(data, usual, event.after.tolerance)
    for event in incident.events:
        at = true[event.id]
        told: dict[str, Any] = {"at": at, "tolerance": timedelta(0), "after": None}
        if isinstance(event, ActEvent):
            told["promises"] = [
                Promise(one.that, moved(data, one.by, one.tolerance)) for one in event.promises
            ]
        events.append(attrs.evolve(event, **told))
    try:
        return attrs.evolve(incident, events=events, until=incident.end)
    except InvalidError:  # it cannot have been so
        assume(condition=False)
        raise


def untied(incident: Incident) -> Incident:
    """Return the incident without how long after one another events came, so that they can move."""
    return attrs.evolve(incident, events=[attrs.evolve(e, after=None) for e in incident.events])
