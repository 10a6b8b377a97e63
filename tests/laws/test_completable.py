"""Completability: what is said of every moment agrees with trying everything at each."""

from contextlib import suppress
from datetime import datetime

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cmcore.base.errors import InvalidError
from cmcore.charters.act import Act
from cmcore.charters.charter import Charter
from cmcore.charters.completion import completable
from cmcore.charters.decisions.decide import decide
from cmcore.reviews.events import Approved, Delegated
from cmcore.reviews.handle import open_review, record, status
from cmcore.reviews.progress import ReviewStatus
from cmcore.reviews.review import Review
from cmcore.teams.member import Member
from cmcore.teams.team import Team
from cmcore.time.intervals import Span

from .completing_by_force import (
    HALF,
    MANY,
    MINUTE,
    NEVER,
    OFF,
    PATIENCE,
    Brute,
    Case,
    Way,
    authors,
    blamed,
    cases,
    cases_apart,
    fails,
    on_duty,
    on_the_half,
)


class TestBruteForce:
    """What is said of a moment is what trying every choice of people shows."""

    @MANY
    @given(cases(), st.data())
    def test_every_choice_of_people_is_tried(self, case: Case, data: st.DataObject) -> None:
        circuit, team, window = case
        found = completable(circuit, team, window)
        halves = window.length // HALF
        for number in data.draw(st.sets(st.integers(0, halves - 1), min_size=1, max_size=4)):
            now = window.start + HALF * number + OFF
            ends = [Brute(circuit, team, who).ends(now) for who in authors(team, now)]
            assert fails(found, now) == (None in ends)
            assert all(one.is_proven for one in found.circuits)
            if None not in ends:
                point = completable(circuit, team, Span(now, now + MINUTE))
                assert point.is_complete
                assert point.worst == max(end - now for end in ends if end)
                continue
            (told,) = blamed(found, now)
            by_nobody = Brute(circuit, team, None).ends(now)
            assert (by_nobody is None) if told is None else (by_nobody is not None)
            assert told is None or ends[authors(team, now).index(told)] is None

    @given(cases_apart(), st.data())
    def test_every_choice_of_people_who_differ_is_tried(
        self, case: Case, data: st.DataObject
    ) -> None:
        circuit, team, window = case
        now = window.start + HALF * data.draw(st.integers(0, window.length // HALF - 1)) + OFF
        point = completable(circuit, team, Span(now, now + MINUTE))
        ends = [Brute(circuit, team, who).ends(now) for who in authors(team, now)]
        assert point.is_complete == (None not in ends)
        if None not in ends:
            assert point.worst == max(end - now for end in ends if end)

    @given(cases(), st.data())
    def test_the_author_is_never_asked(self, case: Case, data: st.DataObject) -> None:
        circuit, team, window = case
        assume(team.members)
        author = data.draw(st.sampled_from([member.id for member in team.members]))
        found = completable(circuit, team, window, author=author)
        now = window.start + HALF * data.draw(st.integers(0, window.length // HALF - 1)) + OFF
        assert fails(found, now) == (Brute(circuit, team, author).ends(now) is None)


# ------------------------------------------------------------------------------------- the fold


def replayed(
    case: Case, author: str, at: datetime, way: Way, *, waits: bool = False
) -> datetime | None:
    """Return when a review is approved if everybody says yes as soon as the fold lets them.

    Where a deputy `waits`, they say nothing for themselves: their yes is kept for another's seat.
    """
    circuit, team, _ = case
    charter = Charter("t", circuits=[circuit], default=circuit.id)
    act = Act(author=author)
    opened = open_review(decide(charter, act), act, charter, at, team=team)
    review, now, stop = opened, at, at + PATIENCE
    for deputy, person in way.items():
        review = record(review, Delegated(person, deputy, at=at))
    standing = status(review, at)
    while standing.state == "open" and now < stop:
        review, standing = said_yes(review, team, way, now, waits=waits)
        (track,) = standing.tracks
        stop = max(stop, track.until or stop)
        now = min(on_the_half(now), track.until or NEVER)
        if now == track.until:
            standing, stop = status(review, now), now + PATIENCE
    return standing.at if standing.state == "approved" else None


def said_yes(
    review: Review, team: Team, way: Way, now: datetime, *, waits: bool
) -> tuple[Review, ReviewStatus]:
    """Return the review once all who are there have said yes, where the fold lets them."""
    there = [m.id for m in team.members if on_duty(m, now)]
    spoken = {who for event in review.events if isinstance(event, Approved)
              for who in (event.by, event.instead_of)}  # fmt: skip
    tried: list[tuple[str, str | None]] = [
        (who, None) for who in there if not waits or who not in way
    ]
    tried += [(who, way[who]) for who in there if who in way and way[who] not in there]
    fresh = True
    while fresh:
        fresh = False
        for who, other in tried:
            if who not in spoken and other not in spoken - {None}:
                with suppress(InvalidError):
                    review = record(review, Approved(who, review.digest, other, at=now))
                    spoken |= {who, other}
                    fresh = True
    return review, status(review, now)


class TestFold:
    """What is said of a moment is what a review does whose log is written as people can."""

    @settings(max_examples=min(settings().max_examples, 200))
    @given(cases(plain=True), st.data())
    def test_a_review_ends_when_it_is_said_to(self, case: Case, data: st.DataObject) -> None:
        team, window = case.team, case.window
        author = data.draw(st.sampled_from([m.id for m in team.members] or ["m0"]))
        team = team if team.members else Team("t", [Member("m0")])
        now = window.start + HALF * data.draw(st.integers(0, window.length // HALF - 1)) + OFF
        found = completable(case.circuit, team, Span(now, now + MINUTE), author=author)
        end = replayed(case._replace(team=team), author, now, {})
        assert found.worst == (None if end is None else end - now)

    @settings(max_examples=min(settings().max_examples, 200))
    @given(cases(), st.data())
    def test_deputies_can_do_what_they_are_said_to(self, case: Case, data: st.DataObject) -> None:
        assume(case.team.members)
        author = data.draw(st.sampled_from([m.id for m in case.team.members]))
        start = case.window.start
        now = start + HALF * data.draw(st.integers(0, case.window.length // HALF - 1)) + OFF
        found = completable(case.circuit, case.team, Span(now, now + MINUTE), author=author)
        if found.worst is not None:
            ways = Brute(case.circuit, case.team, author).ways()
            assert any(
                replayed(case, author, now, way, waits=waits) == now + found.worst
                for way in ways
                for waits in (False, True)
            )
