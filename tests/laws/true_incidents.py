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
    for event in incident.events:
        at = moved(data, event.at, event.tolerance)
        told: dict[str, Any] = {"at": at, "tolerance": timedelta(0)}
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
