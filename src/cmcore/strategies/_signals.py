"""Strategies for what is seen in public, and for what is found unusual in it."""

from datetime import datetime, timedelta
from functools import cache
from typing import Final

from hypothesis import strategies as st

from cmcore.incidents.signals.detect import detect
from cmcore.incidents.signals.signal import USUALLY, Detection, Sighting, Signal, SignalKind
from cmcore.strategies._drawing import number, pick, rare, several, some
from cmcore.strategies._words import ZONES, an_instant, on_a_clock

_TEXTS: Final = ("we want our parcels back", "Où sont nos colis, enfin ?", "thanks", None)
_NETWORKS: Final = ("bluesky", "mastodon", "linkedin", None)
_WINDOWS: Final = (timedelta(hours=1), timedelta(hours=6), timedelta(days=1), timedelta(minutes=90))
_RATES: Final = (0.05, 0.5, 0.001)


def a_sighting(draw: st.DrawFn, at: datetime) -> Sighting:
    """Draw what is said at an instant."""
    negative = pick(draw, (False, True, None))
    return Sighting(on_a_clock(draw, at), pick(draw, _TEXTS), negative, pick(draw, _NETWORKS))


def a_past(draw: st.DrawFn, at: datetime, weeks: int) -> list[Sighting]:
    """Draw messages at about the same time of the weeks before an instant, and at others."""
    found: list[Sighting] = []
    for week in range(1, weeks + 1):
        late = at - timedelta(weeks=week)
        for day in range(0, 7, number(draw, 1, 7)):
            minutes = several(draw, lambda: number(draw, 1, 200), 0, 3)
            ends = [late + timedelta(days=day) - timedelta(minutes=minute) for minute in minutes]
            found += [a_sighting(draw, end) for end in ends]
    return found


def a_present(draw: st.DrawFn, at: datetime) -> list[Sighting]:
    """Draw messages of the hour before an instant: a few, or a burst of alike ones."""
    one = a_sighting(draw, at - timedelta(minutes=1))
    burst = [one] * number(draw, 10, 80) if rare(draw, 2) else []
    found = several(draw, lambda: number(draw, 1, 59), 0, 3)
    return [*burst, *(a_sighting(draw, at - timedelta(minutes=minute)) for minute in found)]


@st.composite
def sightings(draw: st.DrawFn) -> Sighting:
    """Return a strategy for what is said at an instant."""
    return a_sighting(draw, an_instant(draw))


@st.composite
def detections(draw: st.DrawFn) -> Detection:
    """Return a strategy for detections, come to by detecting."""
    at, weeks = an_instant(draw), number(draw, 0, 4)
    start = at - timedelta(weeks=weeks, days=1)
    history: list[object] = [*a_past(draw, at, weeks), *a_present(draw, at)]
    return detect(
        history,
        at=on_a_clock(draw, at),
        window=some(draw, _WINDOWS, 1, 2) if rare(draw) else pick(draw, _WINDOWS),
        slide=timedelta(minutes=30) if rare(draw) else None,
        zone=None if rare(draw) else pick(draw, ZONES),
        kinds=SignalKind if rare(draw) else USUALLY,
        false_alarms=pick(draw, _RATES),
        since=start if rare(draw, 2) else None,
    )


@cache
def signals() -> st.SearchStrategy[Signal]:
    """Return a strategy for signals, come to by detecting."""
    return detections().flatmap(lambda found: st.sampled_from(found.signals))
