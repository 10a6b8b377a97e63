"""Owing: what is still to be reviewed of acts that their authors published alone."""

from collections.abc import Iterable
from datetime import datetime

from cmcore.base.asked import checked
from cmcore.reviews.handle import status
from cmcore.reviews.progress import ReviewsDue, ReviewStatus
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
    return ReviewsDue(moment, tuple(owed))


def _order(one: ReviewStatus) -> tuple[datetime, str]:
    return min(track.until for track in one.owed if track.until), one.act or one.digest
