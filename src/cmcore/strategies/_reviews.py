"""Strategies for reviews, and for their statuses and timelines."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, Final

import attrs
from hypothesis import strategies as st

from cmcore.base.alike import looks
from cmcore.base.errors import InvalidError
from cmcore.base.truth import Truth
from cmcore.charters.act import Act
from cmcore.charters.charter import Charter
from cmcore.charters.decision import Decision, Outcome, RuleFinding
from cmcore.charters.decisions.decide import decide
from cmcore.charters.rule import Effect, Rule
from cmcore.circuits.approvers import Source
from cmcore.circuits.circuit import ValidationCircuit
from cmcore.circuits.shortened import Shortened, shorten
from cmcore.reviews.due import due_reviews
from cmcore.reviews.events import EVENTS, Amended, Approved, Opening, Published, ReviewEvent
from cmcore.reviews.fold.fold import after, folded
from cmcore.reviews.fold.standing import FoldState
from cmcore.reviews.handle import status, timeline
from cmcore.reviews.progress import ReviewsDue, ReviewStatus, Timeline
from cmcore.reviews.review import Review
from cmcore.strategies._charters import a_circuit
from cmcore.strategies._drawing import distinct, number, pick, rare, some
from cmcore.strategies._words import an_id, an_instant, on_a_clock
from cmcore.teams.member import Member
from cmcore.teams.role import Role
from cmcore.teams.team import Team

_PEOPLE: Final = ("ana", "bob", "cat", "dan")
_TEXTS: Final = ("first", "second", "third")
_STEPS: Final = (*(timedelta(minutes=n) for n in (0, 0, 1, 30)), timedelta(days=1))
_WHY: Final = ("", "too long", "trop tôt")


def a_crew(draw: st.DrawFn, circuits: Sequence[ValidationCircuit], most: int = 4) -> Team:
    """Draw a team among whom circuits may find people, or nobody."""
    asked: dict[Source, set[str]] = {source: set() for source in Source}
    for circuit in circuits:
        for stage in (*circuit.stages, *circuit.emergency):
            for found in filter(None, (stage.ask, stage.deputies)):
                asked[found.by] |= found.names
    names = {source: _apart(many) for source, many in asked.items()}
    people = sorted(some(draw, _PEOPLE, 1, most))
    members = [
        Member(
            name,
            roles=some(draw, names[Source.ROLE], 1, 3),
            skills=some(draw, names[Source.SKILL], 1, 3),
        )
        for name in people
    ]
    id_ = pick(draw, (*names[Source.TEAM], "crew"))
    return Team(id_, members, [Role(role) for role in names[Source.ROLE]])


def _apart(ids: Iterable[str]) -> list[str]:
    """Return `ids` in order, without those that somebody would take for an earlier one."""
    seen: dict[frozenset[str], str] = {}
    for id_ in sorted(ids):
        if not any(look & looks(id_) for look in seen):
            seen[looks(id_)] = id_
    return list(seen.values())


def an_opening(draw: st.DrawFn) -> Opening:
    """Draw how a review began."""
    circuits = distinct(draw, lambda: a_circuit(draw), lambda c: c.id, 1, 2)
    rules = [Rule.refer(circuit.id, to=circuit.id, because="so") for circuit in circuits]
    charter = Charter(
        an_id(draw),
        rules=rules,
        circuits=circuits,
        default=circuits[0].id,
        version=number(draw, 1, 9),
    )
    team = a_crew(draw, circuits)
    is_external = rare(draw)
    act = Act(
        id=an_id(draw) if number(draw, 0, 1) else None,
        author="zed" if is_external else pick(draw, [member.id for member in team.members]),
        text=pick(draw, _TEXTS),
    )
    return Opening(
        decision=decide(charter, act),
        circuits=circuits,
        team=team,
        at=an_instant(draw),
        files=("f" * 64,) if rare(draw) else (),
        emergency=rare(draw),
        external=is_external,
    )


def an_event(
    draw: st.DrawFn, review: Review, at: datetime, kinds: Sequence[type[ReviewEvent]] = EVENTS
) -> ReviewEvent:
    """Draw what may happen to a review, legal or not."""
    kind = pick(draw, kinds)
    if kind is Amended:
        return an_amendment(draw, review, at)
    opening = review.opening
    drawn: dict[str, Any] = {
        "by": lambda: pick(draw, (opening.author, *_PEOPLE)),
        "to": lambda: pick(draw, _PEOPLE),
        "digest": lambda: review.digest if number(draw, 0, 3) else _other(draw, opening).digest(),
        "instead_of": lambda: pick(draw, _PEOPLE) if rare(draw) else None,
        "because": lambda: pick(draw, _WHY),
        "team": lambda: a_crew(draw, opening.circuits),
    }
    told = {f.name: drawn[f.name]() for f in attrs.fields(kind) if f.name in drawn}
    return kind(at=on_a_clock(draw, at), **told)


def _other(draw: st.DrawFn, opening: Opening) -> Act:
    author = pick(draw, _PEOPLE) if rare(draw) else opening.author
    return attrs.evolve(opening.act, text=pick(draw, _TEXTS), author=author)


def an_amendment(draw: st.DrawFn, review: Review, at: datetime) -> Amended:
    """Draw an amendment, decided as the charter might: covered, sent on, or forbidden."""
    opening = review.opening
    outcome = pick(draw, (Outcome.EXCEPTION, *Outcome))
    began, act = opening.decision, _other(draw, opening)
    if outcome is Outcome.EXCEPTION:
        return Amended(attrs.evolve(began, act=act), opening.circuits, at=at)
    effect = Effect.PERMIT if outcome is Outcome.COVERED else Effect.FORBID
    rule = RuleFinding("afresh", effect, Truth.TRUE, "so")
    decision: Decision = attrs.evolve(
        began,
        act=act,
        outcome=outcome,
        circuits=(),
        determining=(rule.rule,),
        rules=(rule,),
        near_misses=(),
        repair=None,
        repair_note=None,
        closed=None,
    )
    return Amended(decision, at=at)


def a_review(draw: st.DrawFn, most: int = 6) -> Review:
    """Draw a review with up to `most` events, every one of which is legal."""
    review = Review(an_opening(draw))
    standing = folded(review.opening, ())
    at = review.opening.at
    for _ in range(number(draw, 0, most)):
        at += pick(draw, _STEPS)
        event = an_event(draw, review, at) if rare(draw, 3) else _likely(draw, standing, at)
        with suppress(InvalidError):
            standing = after(standing, event)
            review = attrs.evolve(review, events=(*review.events, event))
    return review


def _likely(draw: st.DrawFn, standing: FoldState, at: datetime) -> ReviewEvent:
    """Draw what is likely to be legal: a yes of somebody who is asked, or going out."""
    done = {said.by for said in standing.approvals}
    asked = [n for t in standing.tracks for n in standing.panel(t.place).people if n not in done]
    if asked:
        return Approved(pick(draw, asked), standing.digest, at=at)
    return Published(standing.digest, at=at)


@st.composite
def reviews(draw: st.DrawFn, max_events: int = 6) -> Review:
    """Return a strategy for reviews at any point, with up to `max_events` legal events."""
    return a_review(draw, max_events)


@st.composite
def events(draw: st.DrawFn, *kinds: type[ReviewEvent]) -> ReviewEvent:
    """Return a strategy for events of a review, of any of `kinds`, legal or not."""
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
def owed_reviews(draw: st.DrawFn) -> ReviewsDue:
    """Return a strategy for reviews that are owed, late or not."""
    found = [a_review(draw) for _ in range(number(draw, 0, 2))]
    return due_reviews(found, max((_moment(draw, one) for one in found), default=an_instant(draw)))


@st.composite
def shortened(draw: st.DrawFn) -> Shortened:
    """Return a strategy for circuits that were shortened."""
    return shorten(a_circuit(draw))
