"""Strategies for reviews, and for what is told of them."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, Final

import attrs
from hypothesis import strategies as st

from cmcore.foundation.errors import InvalidError
from cmcore.nouns.progress import ReviewStatus, Timeline
from cmcore.nouns.reviews import (
    EVENTS,
    Approved,
    Event,
    Opening,
    Panel,
    Published,
    Review,
)
from cmcore.nouns.shortened import Shortened
from cmcore.policy.joining import join
from cmcore.policy.reviewing import status, timeline
from cmcore.policy.reviewing.folding import after, folded
from cmcore.policy.reviewing.standing import Standing
from cmcore.policy.shortening import shorten
from cmcore.strategies._charters import a_circuit
from cmcore.strategies._drawing import distinct, number, pick, rare, some
from cmcore.strategies._words import an_id, an_instant, on_a_clock

_PEOPLE: Final = ("ana", "bob", "cat", "dan")
_DIGESTS: Final = ("d1", "d2", "d3")
_STEPS: Final = (*(timedelta(minutes=n) for n in (0, 0, 1, 30)), timedelta(days=1))
_WHY: Final = ("", "too long", "trop tôt")


def a_panel(draw: st.DrawFn, people: Sequence[str]) -> Panel:
    """Draw whom a stage asks, among some people."""
    asked = some(draw, people, 0, 3)
    return Panel(asked, some(draw, people, 0, 2) - asked)


def an_opening(draw: st.DrawFn) -> Opening:
    """Draw how a review began."""
    author = pick(draw, _PEOPLE)
    others = [name for name in _PEOPLE if name != author]
    circuits = join(*distinct(draw, lambda: a_circuit(draw), lambda c: c.id, 1, 2))
    emergency = rare(draw)
    asked = {
        circuit.id: [a_panel(draw, others) for _ in circuit.way(emergency=emergency)]
        for circuit in circuits
    }
    return Opening(
        digest=pick(draw, _DIGESTS),
        author=author,
        circuits=circuits,
        asked=asked,
        charter=an_id(draw),
        version=number(draw, 1, 9),
        at=on_a_clock(draw, an_instant(draw)),
        emergency=emergency,
        act=an_id(draw) if number(draw, 0, 1) else None,
    )


def an_event(
    draw: st.DrawFn, review: Review, at: datetime, kinds: Sequence[type[Event]] = EVENTS
) -> Event:
    """Draw what may happen to a review, legal or not."""
    kind = pick(draw, kinds)
    opening = review.opening
    drawn: dict[str, Any] = {
        "by": lambda: pick(draw, (opening.author, *_PEOPLE)),
        "to": lambda: pick(draw, _PEOPLE),
        "digest": lambda: review.digest if number(draw, 0, 3) else pick(draw, _DIGESTS),
        "instead_of": lambda: pick(draw, _PEOPLE) if rare(draw) else None,
        "because": lambda: pick(draw, _WHY),
        "asked": lambda: _asked(draw, opening),
    }
    told = {f.name: drawn[f.name]() for f in attrs.fields(kind) if f.name in drawn}
    return kind(at=on_a_clock(draw, at), **told)


def _asked(draw: st.DrawFn, opening: Opening) -> dict[str, list[Panel]]:
    others = [name for name in _PEOPLE if name != opening.author]
    return {name: [a_panel(draw, others) for _ in panels] for name, panels in opening.asked.items()}


def a_review(draw: st.DrawFn, most: int = 6) -> Review:
    """Draw a review with up to `most` events, every one of which is legal."""
    review = Review(an_opening(draw))
    standing = folded(review)
    at = review.opening.at
    for _ in range(number(draw, 0, most)):
        at += pick(draw, _STEPS)
        event = an_event(draw, review, at) if rare(draw, 3) else _likely(draw, standing, at)
        with suppress(InvalidError):
            standing = after(standing, event)
            review = attrs.evolve(review, events=(*review.events, event))
    return review


def _likely(draw: st.DrawFn, standing: Standing, at: datetime) -> Event:
    """Draw what is likely to be legal: a yes of somebody who is asked, or going out."""
    done = {said.by for said in standing.approvals}
    asked = [n for t in standing.tracks for n in standing.panel(t.place).people if n not in done]
    if asked:
        return Approved(pick(draw, asked), standing.digest, at=at)
    return Published(standing.digest, at=at)


@st.composite
def reviews(draw: st.DrawFn, max_events: int = 6) -> Review:
    """Return a strategy for reviews at any point, of up to `max_events` legal events."""
    return a_review(draw, max_events)


@st.composite
def events(draw: st.DrawFn, *kinds: type[Event]) -> Event:
    """Return a strategy for what may happen to a review, of any of `kinds`, legal or not."""
    review = Review(an_opening(draw))
    return an_event(draw, review, review.opening.at, kinds or EVENTS)


def _moment(draw: st.DrawFn, review: Review) -> datetime:
    last = review.events[-1].at if review.events else review.opening.at
    return last + pick(draw, _STEPS)


@st.composite
def statuses(draw: st.DrawFn) -> ReviewStatus:
    """Return a strategy for where reviews stand."""
    review = a_review(draw)
    return status(review, _moment(draw, review))


@st.composite
def timelines(draw: st.DrawFn) -> Timeline:
    """Return a strategy for everything that happened in reviews."""
    review = a_review(draw)
    return timeline(review, _moment(draw, review))


@st.composite
def shortened(draw: st.DrawFn) -> Shortened:
    """Return a strategy for circuits that were shortened."""
    return shorten(a_circuit(draw))
