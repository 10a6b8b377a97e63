"""What somebody may do in a review at a moment, and whom it concerns at all."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from cmcore.base.asked import checked
from cmcore.reviews.events import (
    Approved,
    ChangesAsked,
    Escalated,
    Objected,
    Published,
    Refused,
    ReviewEvent,
    ReviewMove,
    Withdrawn,
)
from cmcore.reviews.fold.fold import is_legal
from cmcore.reviews.fold.transitions import TRANSITIONS
from cmcore.reviews.review import Review

#: What one person may do by themselves, and the event by which they would.
_TRIED: Final[Mapping[ReviewMove, Callable[[str, str, datetime], ReviewEvent]]] = {
    ReviewMove.APPROVED: lambda by, digest, at: Approved(by, digest, at=at),
    ReviewMove.OBJECTED: lambda by, _, at: Objected(by, at=at),
    ReviewMove.CHANGES_ASKED: lambda by, _, at: ChangesAsked(by, at=at),
    ReviewMove.REFUSED: lambda by, _, at: Refused(by, at=at),
    ReviewMove.ESCALATED: lambda by, _, at: Escalated(by, at=at),
    ReviewMove.WITHDRAWN: lambda by, _, at: Withdrawn(by, at=at),
}


@checked
def may(review: Review, by: str, at: datetime) -> tuple[ReviewMove, ...]:
    """Return what somebody may do in a review at an instant, as they are and for themselves.

    The author may amend and publish where anybody may: what to, is for `amend` and the digest to
    say. Delegating, and speaking for others, is left out.

    Raises:
        InvalidError: when the review was not open yet.

    Examples:
        >>> from datetime import UTC, datetime
        >>> from cmcore import Act, Approvers, Charter, Member, Stage, Team, ValidationCircuit
        >>> from cmcore import decide, hours, open_review
        >>> from cmcore.reviews import may
        >>> nine = datetime(2026, 3, 2, 9, tzinfo=UTC)
        >>> desk = ValidationCircuit("desk", [Stage(Approvers("name", {"bo"}), within=hours(2))])
        >>> charter = Charter("shop", circuits=[desk], default="desk")
        >>> team = Team("crew", [Member("ana"), Member("bo")])
        >>> post = Act(id="p1", author="ana", kind="publish", text="Open on Sunday.")
        >>> review = open_review(decide(charter, post), post, charter, nine, team=team)
        >>> [str(move) for move in may(review, "bo", nine)]
        ['approved', 'changes asked', 'refused']
        >>> [str(move) for move in may(review, "ana", nine)]
        ['amended', 'withdrawn']
        >>> may(review, "bo", nine + hours(2))
        ()
    """
    standing = review.standing(at)
    tried = {
        move: is_legal(standing, make(by, standing.digest, standing.at))
        for move, make in _TRIED.items()
    }
    if by == review.opening.author:
        out = Published(standing.digest, at=standing.at)
        tried[ReviewMove.PUBLISHED] = is_legal(standing, out)
        tried[ReviewMove.AMENDED] = ReviewMove.AMENDED in TRANSITIONS[standing.state]
    return tuple(move for move in ReviewMove if tried.get(move))


@checked
def concerned(review: Review) -> tuple[str, ...]:
    """Return whom a review concerns: its author, all whom its circuits may ask, and their deputies.

    Nobody else has any part in it, nor needs to read it.

    Examples:
        >>> from datetime import UTC, datetime
        >>> from cmcore import Act, Approvers, Charter, Member, Stage, Team, ValidationCircuit
        >>> from cmcore import decide, open_review
        >>> from cmcore.reviews import concerned
        >>> nine = datetime(2026, 3, 2, 9, tzinfo=UTC)
        >>> desk = ValidationCircuit("desk", [Stage(Approvers("name", {"bo"}))])
        >>> charter = Charter("shop", circuits=[desk], default="desk")
        >>> team = Team("crew", [Member("ana"), Member("bo"), Member("cy")])
        >>> post = Act(id="p1", author="ana", kind="publish", text="Open on Sunday.")
        >>> concerned(open_review(decide(charter, post), post, charter, nine, team=team))
        ('ana', 'bo')
    """
    standing = review.standing()
    panels = [panel for many in standing.asked.values() for panel in many]
    asked = {name for panel in panels for name in (*panel.people, *panel.deputies)}
    spoken = {by for event in review.events if (by := getattr(event, "by", None))}
    return tuple(sorted({review.opening.author} | asked | spoken))
