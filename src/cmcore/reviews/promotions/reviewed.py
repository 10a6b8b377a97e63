"""Recalling: what reviews tell of letting acts out at once, and what no permit can change."""

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from cmcore.base.asked import checked
from cmcore.base.errors import refuse
from cmcore.base.truth import Truth
from cmcore.base.values import internal
from cmcore.charters.charter import Charter
from cmcore.charters.conditions.facts import FactSpec
from cmcore.charters.decision import Outcome
from cmcore.charters.history import Case
from cmcore.charters.meaning.evaluation import ruled
from cmcore.charters.meaning.looks import Look, look
from cmcore.charters.meaning.observation import Facts
from cmcore.display.wording import show
from cmcore.reviews.events import Amended, ChangesAsked, ReviewState
from cmcore.reviews.promotions.promotion import Held, Reviewed, ReviewVerdict
from cmcore.reviews.review import Review
from cmcore.time.week import require_aware

_VERDICTS: Final[Mapping[ReviewState, ReviewVerdict]] = {
    ReviewState.APPROVED: ReviewVerdict.APPROVED,
    ReviewState.PUBLISHED: ReviewVerdict.APPROVED,
    ReviewState.REFUSED: ReviewVerdict.REFUSED,
}
_FIRST: Final = datetime.min.replace(tzinfo=UTC)


@checked
def reviewed(case: Case, review: Review, at: datetime | None = None) -> Reviewed:
    """Return the result of a review at an instant; if that is None, at the end of its log.

    A deadline alone may approve, refuse or let lapse, which only `at` can show. A review with a
    refusal is refused; one with changes made or requested is amended, whatever came later; one
    approved or published is approved. One that was withdrawn, has lapsed or is still running is
    open, and is no evidence.

    Raises:
        InvalidError: when the review is about another act, or was not open yet.

    Examples:
        >>> from datetime import UTC, datetime
        >>> from cmcore import Act, Approvers, Charter, Member, Stage, Team, ValidationCircuit
        >>> from cmcore import decide, hours, open_review
        >>> from cmcore.charters import Case
        >>> nine = datetime(2026, 3, 2, 9, tzinfo=UTC)
        >>> desk = ValidationCircuit("desk", [Stage(Approvers("name", {"bo"}), within=hours(2))])
        >>> charter = Charter("shop", circuits=[desk], default="desk")
        >>> team = Team("crew", [Member("ana"), Member("bo")])
        >>> post = Act(id="p1", author="ana", kind="publish", text="Open on Sunday.")
        >>> review = open_review(decide(charter, post), post, charter, nine, team=team)
        >>> from cmcore.reviews import reviewed
        >>> reviewed(Case(post), review, nine + hours(3)).verdict
        <ReviewVerdict.OPEN: 'open'>
    """
    act = review.opening.act.id
    if None not in {act, case.act.id} and act != case.act.id:
        raise refuse("review-of-other-act", act=act, given=case.act.id)
    at = None if at is None else require_aware(at, "at")
    state = review.standing(at).state
    told = [event for event in review.events if at is None or event.at <= at]
    changed = any(isinstance(event, Amended | ChangesAsked) for event in told)
    if changed and state is not ReviewState.REFUSED:
        return Reviewed(case, ReviewVerdict.AMENDED)
    return Reviewed(case, _VERDICTS.get(state, ReviewVerdict.OPEN))


def key_of(case: Case) -> object:
    """Return what says whether two cases are of one act: its id, else its place and moment."""
    return case.act.id or ((case.place, _moment(case)) if case.place else None)


def _moment(case: Case) -> datetime | None:
    return case.act.at or case.context.at


@internal
class Approval:
    """An act that was approved unchanged and that nothing permits."""

    look: Look
    at: datetime | None
    name: str
    key: object

    def order(self) -> tuple[bool, datetime, str]:
        """Return the key that sorts by time, then by name."""
        return self.at is None, self.at or _FIRST, self.name


class Told:
    """What the reviews tell: for a permit, against one, and what no permit can change."""

    def __init__(self, charter: Charter, specs: tuple[FactSpec, ...]) -> None:
        self.charter = charter
        self.specs = specs
        self.wanted: list[Approval] = []
        self.unwanted: set[Look] = set()
        self.counts: Counter[str] = Counter()
        self._approved: Counter[str] = Counter()
        self._reviewed: Counter[str] = Counter()

    def take(self, one: Reviewed) -> None:
        """Count one review for a permit, against one, or for the rule that holds its act."""
        if one.verdict is ReviewVerdict.OPEN:
            return
        facts = Facts(self.charter, one.case.act, one.case.context)
        ruling, is_open = ruled(self.charter, facts)
        approved = one.verdict is ReviewVerdict.APPROVED
        if ruling.outcome is not Outcome.COVERED:
            self._reviewed.update(ruling.determining)
        if not approved:
            self.unwanted.add(look(self.specs, facts))
            return
        self.counts["approved"] += 1
        if ruling.outcome is Outcome.COVERED:
            self.counts["already"] += 1
        elif ruling.determining:
            self.counts["sent"] += 1
            self._approved.update(ruling.determining)
        elif is_open is not Truth.TRUE:
            self.counts["outside"] += 1
        else:
            self.wanted.append(self._approval(one.case, facts))

    def _approval(self, case: Case, facts: Facts) -> Approval:
        at = _moment(case)
        name = case.name or (show(at) if at else "–")
        return Approval(look(self.specs, facts), at, name, key_of(case))

    def held(self) -> tuple[Held, ...]:
        """Return the rules that held what was approved, those with most approvals first."""
        effects = {rule.id: rule.effect for rule in self.charter.rules}
        found = sorted(self._approved.items(), key=lambda item: (-item[1], item[0]))
        return tuple(Held(id_, effects[id_], n, self._reviewed[id_]) for id_, n in found)
