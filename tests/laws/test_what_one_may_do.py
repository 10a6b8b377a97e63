"""What somebody may do is what `record` lets them do; and nothing said of other content counts."""

from collections.abc import Callable
from datetime import datetime

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore import InvalidError, Review, Team, record
from cmcore.charters import Author, author_of
from cmcore.reviews import (
    Amended,
    Approved,
    ChangesAsked,
    Escalated,
    Objected,
    Published,
    Refused,
    ReviewEvent,
    ReviewMove,
    Withdrawn,
    concerned,
    may,
)
from cmcore.strategies import instants, reviews, teams
from cmcore.teams import Member, Role, roster

TRIED: dict[ReviewMove, Callable[[str, Review, datetime], ReviewEvent]] = {
    ReviewMove.APPROVED: lambda by, one, at: Approved(by, one.digest, at=at),
    ReviewMove.OBJECTED: lambda by, _, at: Objected(by, at=at),
    ReviewMove.CHANGES_ASKED: lambda by, _, at: ChangesAsked(by, at=at),
    ReviewMove.REFUSED: lambda by, _, at: Refused(by, at=at),
    ReviewMove.ESCALATED: lambda by, _, at: Escalated(by, at=at),
    ReviewMove.WITHDRAWN: lambda by, _, at: Withdrawn(by, at=at),
}


def accepted(review: Review, event: ReviewEvent) -> bool:
    try:
        record(review, event)
    except InvalidError:
        return False
    return True


def last(review: Review) -> datetime:
    return max((one.at for one in review.events), default=review.opening.at)


@given(reviews(), st.data())
def test_what_somebody_may_do_is_what_is_accepted_of_them(
    review: Review, data: st.DataObject
) -> None:
    at = last(review)
    people = {member.id for member in review.standing().team.members} | {review.opening.author}
    by = data.draw(st.sampled_from(sorted(people)))
    allowed = may(review, by, at)
    for move, make in TRIED.items():
        assert (move in allowed) == accepted(review, make(by, review, at))
    is_author = by == review.opening.author
    out = is_author and accepted(review, Published(review.digest, at=at))
    assert (ReviewMove.PUBLISHED in allowed) == out
    if allowed:
        assert by in concerned(review)


@given(reviews(), st.data())
def test_the_author_may_amend_where_an_amendment_has_its_place(
    review: Review, data: st.DataObject
) -> None:
    at, author = last(review), review.opening.author
    charter_allows = ReviewMove.AMENDED in may(review, author, at)
    stranger = data.draw(st.sampled_from(["nobody", "somebody else"]))
    assert ReviewMove.AMENDED not in may(review, stranger, at)
    event = Amended(review.opening.decision, review.opening.circuits, at=at)
    try:
        record(review, event)
    except InvalidError as error:
        found = {problem.code for problem in error.problems}
        assert charter_allows != bool(found & {"review-closed", "not-possible-now"})
    else:
        assert charter_allows


@given(reviews())
def test_whoever_has_said_something_is_concerned(review: Review) -> None:
    said = {by for one in review.events if (by := getattr(one, "by", None))}
    assert said | {review.opening.author} <= {*concerned(review)}


@given(reviews(), st.data())
def test_nothing_counts_that_was_said_of_other_content(review: Review, data: st.DataObject) -> None:
    at = last(review)
    people = [member.id for member in review.standing().team.members]
    by = data.draw(st.sampled_from([*people, review.opening.author]))
    other = attrs.evolve(review.act, text="something else altogether").digest()
    for make in TRIED.values():
        event = make(by, review, at)
        if accepted(review, event):
            assert record(review, event, seen=review.digest) == record(review, event)
        with pytest.raises(InvalidError) as caught:
            record(review, event, seen=other)
        assert [problem.code for problem in caught.value.problems] == ["not-under-review"]


# ------------------------------------------------------------------------------------- the people


@given(teams(), instants())
def test_everybody_is_on_the_roster_once(team: Team, at: datetime) -> None:
    found = roster(team, at)
    later = [one for one, _ in found.later]
    listed = [*found.now, *found.perhaps, *found.never, *later]
    assert sorted(listed) == [member.id for member in team.members]
    assert all(start > at for _, start in found.later)
    assert found.view("fr").title.startswith(str(len(found.now)))


@given(teams(), instants())
def test_whoever_is_later_on_the_roster_is_on_duty_then(team: Team, at: datetime) -> None:
    for one, start in roster(team, at).later:
        assert one in roster(team, start).now


@given(teams(), instants())
def test_an_author_holds_the_roles_that_they_have_the_skills_for(team: Team, at: datetime) -> None:
    for member in team.at(at).members:
        author = author_of(team, member.id, at)
        held = frozenset(role.id for role in team.roles if member.holds(role))
        assert (author.roles, author.trained_in) == (held, member.skills)
        assert (author.contract, author.seniority) == (member.contract, member.seniority)
    assert author_of(team, "nobody of theirs", at) == Author()


def test_an_author_without_the_skills_of_a_role_does_not_hold_it() -> None:
    team = Team("crew", [Member("ana", roles={"lead"})], [Role("lead", requires={"calm"})])
    at = datetime.fromisoformat("2026-03-02T09:00+00:00")
    assert author_of(team, "ana", at).roles == frozenset()
