"""Owing: what is still to be reviewed of acts that went out, and what deadlines did meanwhile."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from cmcore.base.asked import checked
from cmcore.reviews.handle import status, timeline
from cmcore.reviews.progress import ReviewsDue, ReviewStatus, ReviewStep
from cmcore.reviews.review import Review
from cmcore.time.week import require_aware


@checked
def due_reviews(reviews: Iterable[Review], at: datetime) -> ReviewsDue:
    """Return the reviews that are owed at an instant, of acts that went out alone in an emergency.

    One stays owed until it is done, however late.

    Raises:
        InvalidError: when `at` is naive, or a review was not open yet.

    Examples:
        >>> from datetime import UTC, datetime
        >>> from cmcore import Act, Approvers, Charter, Member, Stage, Team, ValidationCircuit
        >>> from cmcore import decide, hours, open_review, record
        >>> from cmcore.reviews import Published, due_reviews
        >>> nine = datetime(2026, 3, 2, 9, tzinfo=UTC)
        >>> head = Approvers("name", {"bo"})
        >>> after = Stage(head, within=hours(24), afterwards=True)
        >>> desk = ValidationCircuit("desk", [Stage(head)], [after])
        >>> charter = Charter("shop", circuits=[desk], default="desk")
        >>> team = Team("crew", [Member("ana"), Member("bo")])
        >>> post = Act(id="p1", author="ana", kind="publish", text="Do not eat the cake.")
        >>> decision = decide(charter, post)
        >>> review = open_review(decision, post, charter, nine, team=team, emergency=True)
        >>> review = record(review, Published(post.digest(), at=nine))
        >>> print(due_reviews([review], nine + hours(25)))
        1 review owed, late: 1
          late  p1  desk; stage 1 of 1; 0 yes of 1; awaits bo; review owed by 2026-03-03 09:00+00:00
          (2026-03-03 10:00+00:00)
    """
    moment = require_aware(at, "at")
    found = (status(review, moment) for review in reviews)
    owed = sorted((one for one in found if one.owed), key=_order)
    return ReviewsDue(moment, tuple(owed)).with_names(owed)


def _order(one: ReviewStatus) -> tuple[datetime, str]:
    return min(track.until for track in one.owed if track.until), one.act or one.digest


@checked
def deadlines_passed(
    reviews: Iterable[Review], since: datetime, at: datetime
) -> tuple[tuple[Review, ReviewStep], ...]:
    """Return what deadlines did to reviews after `since` and until `at`, in order.

    A stage was escalated or passed in silence, a review refused or lapsed: nobody did it, so nobody
    was told. Whatever asks this regularly, each time `since` it last did, misses nothing. Reviews
    that were not open yet are left out.

    Raises:
        InvalidError: when `since` or `at` is naive.

    Examples:
        >>> from datetime import UTC, datetime
        >>> from cmcore import Act, Approvers, Charter, Member, Stage, Team, ValidationCircuit
        >>> from cmcore import decide, hours, open_review
        >>> from cmcore.reviews import deadlines_passed
        >>> nine = datetime(2026, 3, 2, 9, tzinfo=UTC)
        >>> desk = ValidationCircuit("desk", [Stage(Approvers("name", {"bo"}), within=hours(2))])
        >>> charter = Charter("shop", circuits=[desk], default="desk")
        >>> team = Team("crew", [Member("ana"), Member("bo")])
        >>> post = Act(id="p1", author="ana", kind="publish", text="Open on Sunday.")
        >>> review = open_review(decide(charter, post), post, charter, nine, team=team)
        >>> [(one.act.id, str(step.turn)) for one, step in
        ...  deadlines_passed([review], nine + hours(1), nine + hours(2))]
        [('p1', 'lapsed')]
    """
    first, last = require_aware(since, "since"), require_aware(at, "at")
    found = [
        (review, step)
        for review in reviews
        if review.opening.at <= last
        for step in _by_time(review, last)
        if step.at > first
    ]
    return tuple(sorted(found, key=lambda pair: (pair[1].at, pair[0].act.id or pair[0].digest)))


def _by_time(review: Review, at: datetime) -> Iterator[ReviewStep]:
    """Yield the steps of a review that come of time alone: nothing was said at that moment."""
    said = {event.at for event in review.events} | {review.opening.at}
    for step in timeline(review, at).steps:
        if step.event is None and step.at not in said:
            yield step
