"""The fold: a review is what its opening and its events make of it, and time in between."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, Final

import attrs

from cmcore.base.errors import InvalidError, refuse
from cmcore.circuits.circuit import join
from cmcore.display.names import names_of, told_by_name
from cmcore.reviews.events import (
    Amended,
    Approved,
    Delegated,
    Escalated,
    Objected,
    Opening,
    Published,
    Regrouped,
    ReviewEvent,
    event_problems,
)
from cmcore.reviews.fold._admit import handed_on, objections_to
from cmcore.reviews.fold.advance import begun, completed, escalated, published, restarted, settled
from cmcore.reviews.fold.standing import FoldState, Statement, asking, said
from cmcore.reviews.progress import ReviewStep
from cmcore.time.week import require_aware


def folded(
    opening: Opening, events: Iterable[ReviewEvent], at: datetime | None = None
) -> FoldState:
    """Return where a review stands after all of its events, or at an instant.

    Raises:
        InvalidError: when one of the events is illegal, and why; when `at` is naive or comes
            before the review was opened.
    """
    standing = begun(opening)
    at = None if at is None else require_aware(at, "at")
    if at is not None and at < standing.at:
        raise refuse("review-not-open-yet", at=standing.at)
    for index, event in enumerate(events):
        if at is not None and event.at > at:
            break
        standing = _at_place(index, standing, event)
    return standing if at is None else settled(standing, at)


def _at_place(index: int, standing: FoldState, event: ReviewEvent) -> FoldState:
    try:
        return after(standing, event)
    except InvalidError as error:
        found = (problem.under("events", index) for problem in error.problems)
        raise InvalidError(found) from None


def after(standing: FoldState, event: ReviewEvent) -> FoldState:
    """Return where a review stands after one more event.

    Raises:
        InvalidError: when the event is illegal there, and why.
    """
    found = list(event_problems(event))
    if found:
        raise InvalidError(found)
    if event.at < standing.at:
        raise refuse("event-out-of-order", at=standing.at)
    now = settled(standing, event.at)
    found = list(objections_to(now, event))
    if found:
        raise InvalidError(told_by_name(found, names_of([now.opening.team, now.team])))
    moved = now.moved(event.kind)
    step = ReviewStep(event.at, moved.state, event=event)
    told = attrs.evolve(moved, steps=(*moved.steps, step))
    return completed(_EFFECTS.get(type(event), _nothing)(told, event))


def is_legal(standing: FoldState, event: ReviewEvent) -> bool:
    """Return whether an event may happen where a review stands, at the instant of the event."""
    return next(objections_to(standing, event), None) is None


def _nothing(standing: FoldState, _: ReviewEvent) -> FoldState:
    return standing


def _approved(standing: FoldState, event: Approved) -> FoldState:
    left = tuple(one for one in standing.objections if one.by != event.by)
    yes = said(standing, event.by, event.instead_of)
    return attrs.evolve(standing, approvals=(*standing.approvals, yes), objections=left)


def _objected(standing: FoldState, event: Objected) -> FoldState:
    no = said(standing, event.by, event.instead_of)
    return attrs.evolve(standing, objections=(*standing.objections, no))


def _delegated(standing: FoldState, event: Delegated) -> FoldState:
    delegations = standing.delegations | {(event.by, event.to)}
    return attrs.evolve(standing, delegations=delegations)


def _escalated(standing: FoldState, event: Escalated) -> FoldState:
    for track in handed_on(standing, event.by):
        standing = escalated(standing, track)
    return standing


def _amended(standing: FoldState, event: Amended) -> FoldState:
    """Void what was said, and ask all again: the circuits there were, and those of the decision."""
    return restarted(
        attrs.evolve(
            standing,
            decision=event.decision,
            digest=event.digest,
            circuits=join(*standing.circuits, *event.circuits),
            approvals=(),
            objections=(),
        )
    )


def _regrouped(standing: FoldState, event: Regrouped) -> FoldState:
    fresh = asking(attrs.evolve(standing, team=event.team))

    def kept(many: tuple[Statement, ...]) -> tuple[Statement, ...]:
        return tuple(said(fresh, one.by, one.instead_of, one) for one in many)

    return attrs.evolve(
        fresh, approvals=kept(standing.approvals), objections=kept(standing.objections)
    )


def _published(standing: FoldState, _: Published) -> FoldState:
    return published(standing)


_EFFECTS: Final[Mapping[type[ReviewEvent], Callable[[FoldState, Any], FoldState]]] = {
    Approved: _approved,
    Objected: _objected,
    Delegated: _delegated,
    Escalated: _escalated,
    Amended: _amended,
    Regrouped: _regrouped,
    Published: _published,
}
