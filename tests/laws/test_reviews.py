"""The laws of reviews: what can never happen to one, whatever people try."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cmcore import (
    Act,
    Approvers,
    Charter,
    Effect,
    InvalidError,
    Quorum,
    Review,
    Rule,
    Stage,
    Team,
    ValidationCircuit,
    decide,
    dump,
    open_review,
    parse,
    record,
    status,
)
from cmcore.base import Truth
from cmcore.charters import Case
from cmcore.charters.decision import Outcome, RuleFinding
from cmcore.circuits import join
from cmcore.circuits.quorum import Silence
from cmcore.circuits.votes import electorate
from cmcore.reviews import (
    Amended,
    Approved,
    Delegated,
    Published,
    Regrouped,
    ReviewEvent,
    ReviewState,
    regroup,
    timeline,
)
from cmcore.reviews.events import ReviewMove
from cmcore.reviews.fold.transitions import RUNNING, TERMINAL, TRANSITIONS
from cmcore.strategies import (
    acts,
    charters_and_cases,
    circuits,
    events,
    instants,
    reviews,
    stages,
    teams,
)

DAY = timedelta(days=1)
NOBODY = Team("nobody")


def last(review: Review) -> timedelta:
    return (review.events[-1].at if review.events else review.opening.at) - review.opening.at


def now(review: Review) -> Callable[[ReviewEvent], ReviewEvent]:
    """Return what makes any event happen when the last one did."""
    at = review.opening.at + last(review)
    return lambda event: attrs.evolve(event, at=at)


def accepted(review: Review, event: ReviewEvent) -> Review | None:
    try:
        return record(review, event)
    except InvalidError:
        return None


def refused(review: Review, event: ReviewEvent) -> str:
    with pytest.raises(InvalidError) as caught:
        record(review, event)
    return str(caught.value)


# ------------------------------------------------------------------------------------ who may say


@given(reviews(), events())
def test_nobody_approves_their_own_act(review: Review, event: ReviewEvent) -> None:
    author = review.opening.author
    at = review.opening.at + last(review)
    for other in (None, "bob"):
        refused(review, Approved(author, review.digest, other, at=at))
        refused(review, Approved("bob", review.digest, author, at=at))
    after = accepted(review, now(review)(event)) or review
    for said in after.events:
        assert not isinstance(said, Approved) or author not in {said.by, said.instead_of}


@given(teams(), instants())
def test_whom_a_review_asks_is_whom_its_circuit_finds_in_the_team(team: Team, at: datetime) -> None:
    asked = Approvers("role", {role.id for role in team.roles})
    circuit = ValidationCircuit("c", [Stage(asked, Quorum(9))])
    charter, act = Charter("c", circuits=[circuit], default="c"), Act(author="nobody of theirs")
    review = open_review(decide(charter, act), act, charter, at, team=team, external=True)
    assert status(review, at).awaited == electorate(asked, team.at(at))


@given(charters_and_cases(), teams(), instants(), st.booleans())
def test_the_author_is_never_asked(
    pair: tuple[Charter, Case],
    team: Team,
    at: datetime,
    emergency: bool,  # noqa: FBT001
) -> None:
    charter, case = pair
    author = team.members[0].id if team.members else "somebody"
    act = attrs.evolve(case.act, author=author)
    decision = decide(charter, act, case.context)
    assume(decision.outcome is Outcome.EXCEPTION)
    external = not team.members
    review = open_review(
        decision, act, charter, at, team=team, emergency=emergency, external=external
    )
    assert author not in status(review, at).awaited
    for event in (Approved(author, review.digest, at=at), Delegated(author, "bob", at=at)):
        assert accepted(review, event) is None


@given(charters_and_cases(), acts(), st.data())
def test_a_decision_opens_the_review_of_the_very_act_it_is_of(
    pair: tuple[Charter, Case], other: Act, data: st.DataObject
) -> None:
    charter, case = pair
    act = attrs.evolve(case.act, author="somebody")
    decision = decide(charter, act, case.context)
    assume(decision.outcome is Outcome.EXCEPTION)
    at = datetime(2026, 1, 1, tzinfo=UTC)
    assert (
        open_review(decision, decision.act, charter, at, team=NOBODY, external=True).opening.at
        == at
    )
    # what is said to be absent has no value, and is changed by itself
    said = [f.name for f in attrs.fields(Act) if f.name not in {"absent", *act.absent}]
    name = data.draw(st.sampled_from(said))
    changed = attrs.evolve(act, **{name: getattr(other, name)})
    assume(changed not in {act, decision.act, attrs.evolve(decision.act, at=None)})
    with pytest.raises(InvalidError, match=f"`{name}`|who the author is"):
        open_review(decision, changed, charter, at, team=NOBODY, external=True)
    rules = [*charter.rules[1:], *charter.rules[:1], Rule.forbid("more", because="so")]
    with pytest.raises(InvalidError, match="another charter that is also called"):
        open_review(
            decision, act, attrs.evolve(charter, rules=rules), at, team=NOBODY, external=True
        )


@given(reviews())
def test_only_who_is_asked_speaks_and_says_yes_once(review: Review) -> None:
    at = review.opening.at + last(review)
    refused(review, Approved("a stranger", review.digest, at=at))
    for name in status(review, at).awaited:
        once = record(review, Approved(name, review.digest, at=at))
        refused(once, Approved(name, review.digest, at=at))


@given(reviews())
def test_who_is_awaited_may_say_yes_until_the_time_is_out(review: Review) -> None:
    at = review.opening.at + last(review)
    for track in status(review, at).tracks:
        if (
            track.until is not None
            and track.awaited
            and status(review, track.until).state != "open"
        ):
            late = Approved(track.awaited[0], review.digest, at=track.until)
            refused(review, late)
            early = attrs.evolve(late, at=track.until - timedelta.resolution)
            still = status(review, early.at)
            if track.awaited[0] in still.awaited:
                assert record(review, early).events[-1] == early


# ------------------------------------------------------------------------------------ the content


@given(reviews(), st.data())
def test_a_yes_is_of_the_content_it_names(review: Review, data: st.DataObject) -> None:
    at = review.opening.at + last(review)
    digest = data.draw(st.sampled_from([review.digest, review.opening.digest, "another"]))
    for name in status(review, at).awaited:
        made = accepted(review, Approved(name, digest, at=at))
        assert (made is not None) == (digest == review.digest)


def amended(
    review: Review,
    outcome: Outcome,
    *circuits: ValidationCircuit,
    **act: Any,  # noqa: ANN401 - fields of the act
) -> ReviewEvent:
    """Return an amendment that was decided to be so, by the charter of the review."""
    fresh = attrs.evolve(review.opening.act, **{"text": "fresh", **act})
    sent = tuple(circuit.id for circuit in circuits)
    began = review.opening.decision
    effects = {Outcome.COVERED: Effect.PERMIT, Outcome.FORBIDDEN: Effect.FORBID}
    rule = RuleFinding("afresh", effects.get(outcome, Effect.REFER), Truth.TRUE, "so")
    found: dict[str, Any] = {"rules": (rule,), "determining": (rule.rule,)}
    decision = attrs.evolve(began, act=fresh, outcome=outcome, circuits=sent, **found)
    return Amended(decision, circuits, at=review.opening.at + last(review))


@given(reviews())
def test_a_wrong_label_is_corrected_by_an_amendment_that_asks_anew(review: Review) -> None:
    act, at = review.act, review.opening.at + last(review)
    assume(status(review, at).state not in TERMINAL and review.digest == act.digest())
    circuits = review.opening.circuits
    told = {f.name: getattr(act, f.name) for f in attrs.fields(Act)}
    same = accepted(review, amended(review, Outcome.EXCEPTION, *circuits, **told))
    assert same is None
    right = {**told, "labels": {**act.labels, "corrected": True}}
    after = accepted(review, amended(review, Outcome.EXCEPTION, *circuits, **right))
    assert after is not None
    assert (after.digest, after.act.labels["corrected"]) == (review.digest, True)
    assert not any(track.yes for track in status(after, at).tracks)


@given(reviews(), st.sampled_from(Outcome))
def test_amended_content_voids_what_was_said(review: Review, outcome: Outcome) -> None:
    at = review.opening.at + last(review)
    circuits = review.opening.circuits if outcome is Outcome.EXCEPTION else ()
    after = accepted(review, amended(review, outcome, *circuits))
    is_open = ReviewMove.AMENDED in TRANSITIONS[status(review, at).state]
    assert (after is not None) == (is_open and outcome is not Outcome.FORBIDDEN)
    if after is not None:
        found = status(after, at)
        assert found.state in {ReviewState.OPEN, ReviewState.ALONE}
        assert after.act.text == "fresh"
        assert found.digest == after.digest == after.act.digest() != review.digest
        assert all(track.stage == 1 and not track.yes and not track.objecting
                   for track in found.tracks)  # fmt: skip
        refused(after, Published(after.digest, at=at))
        refused(after, Published(review.digest, at=at))


@given(reviews(), circuits(), st.sampled_from([Outcome.COVERED, Outcome.EXCEPTION]))
def test_an_amendment_asks_all_that_was_asked_and_what_it_needs(
    review: Review, more: ValidationCircuit, outcome: Outcome
) -> None:
    at = review.opening.at + last(review)
    assume(ReviewMove.AMENDED in TRANSITIONS[status(review, at).state])
    before = {track.circuit for track in status(review, at).tracks}
    assume(more.id not in before)
    needed = [more] if outcome is Outcome.EXCEPTION else []
    after = record(review, amended(review, outcome, *needed))
    asked = {track.circuit for track in status(after, at).tracks}
    assert asked == before | {circuit.id for circuit in needed}


@given(reviews(), circuits())
def test_an_amendment_that_was_not_decided_so_is_refused(
    review: Review, more: ValidationCircuit
) -> None:
    at = review.opening.at + last(review)
    sent = Outcome.EXCEPTION
    decision = attrs.evolve(review.opening.decision, act=attrs.evolve(review.act, text="fresh"))
    forged = [
        attrs.evolve(decision, charter_digest="other"),
        attrs.evolve(decision, version=decision.version + 1),
        attrs.evolve(decision, charter=f"{decision.charter} 2"),
    ]
    for one in forged:
        refused(review, Amended(one, review.opening.circuits, at=at))
    refused(review, amended(review, sent, *review.opening.circuits, author="somebody else"))
    refused(review, amended(review, sent, *review.opening.circuits, id="another"))
    refused(review, Amended(decision, (), at=at))
    refused(review, Amended(decision, (*review.opening.circuits, more), at=at))
    weak = attrs.evolve(review.opening.circuits[0], stages=[*more.stages, *more.stages])
    assume(weak != review.opening.circuits[0])
    refused(review, Amended(decision, (weak, *review.opening.circuits[1:]), at=at))


@given(reviews(), st.data())
def test_only_what_was_approved_is_published(review: Review, data: st.DataObject) -> None:
    at = review.opening.at + last(review)
    found = status(review, at)
    digest = data.draw(st.sampled_from([review.digest, review.opening.digest, "another"]))
    allowed = found.state is ReviewState.APPROVED and digest == found.digest
    assert (accepted(review, Published(digest, at=at)) is not None) == allowed


# --------------------------------------------------------------------------------------- the states


@given(reviews(), events())
def test_a_state_that_ends_is_never_left(review: Review, event: ReviewEvent) -> None:
    at = review.opening.at + last(review) + 400 * DAY
    state = status(review, at).state
    assume(state in TERMINAL)
    assert "nothing more can happen" in refused(review, attrs.evolve(event, at=at))
    assert status(review, at + DAY).state is state


@given(reviews(), events())
def test_an_illegal_event_says_why_and_a_legal_one_moves_as_the_table_says(
    review: Review, event: ReviewEvent
) -> None:
    at = review.opening.at + last(review)
    state = status(review, at).state
    event = attrs.evolve(event, at=at)
    try:
        after = record(review, event)
    except InvalidError as error:
        for problem in error.problems:
            first = problem.message[0]
            assert first == "`" or first.islower() or first.isdigit()
            assert not problem.message.endswith(".")
        return
    moved = TRANSITIONS[state][event.kind]
    found = status(after, at).state
    assert found is moved or (moved, found) == (ReviewState.OPEN, ReviewState.APPROVED)


@given(reviews())
def test_only_silence_asked_for_lets_anything_through_unsaid(review: Review) -> None:
    ways = [circuit.way(emergency=review.opening.emergency) for circuit in review.opening.circuits]
    assume(not any(isinstance(stage.need, Silence) for way in ways for stage in way))
    unsaid = Review(review.opening)
    assert status(unsaid, review.opening.at + 900 * DAY).state in {
        ReviewState.OPEN,
        ReviewState.REFUSED,
        ReviewState.LAPSED,
        *((ReviewState.ALONE,) if any(stage.afterwards for way in ways for stage in way) else ()),
    }


@given(reviews(), st.integers(0, 10))
def test_a_stage_that_finds_nobody_is_never_passed(review: Review, days: int) -> None:
    opening = review.opening
    deserted = Review(attrs.evolve(opening, team=NOBODY, external=True))
    found = timeline(deserted, opening.at + days * DAY)
    assert found.status.state not in {ReviewState.APPROVED, ReviewState.PUBLISHED}
    assert all(step.turn not in {"passed", "approved"} for step in found.steps)


# ------------------------------------------------------------------------------------------ the log


@given(reviews(), st.integers(0, 40))
def test_the_same_log_gives_the_same_state(review: Review, days: int) -> None:
    at = review.opening.at + last(review) + days * DAY
    fresh = Review(review.opening)
    assert record(fresh, *review.events) == review
    for event in review.events:
        fresh = record(fresh, event)
    assert fresh == review
    again = parse(dump(review, format="json"), Review, format="json")
    assert timeline(again, at) == timeline(review, at)


@given(reviews())
def test_what_happens_later_never_changes_what_was(review: Review) -> None:
    for count, event in enumerate(review.events):
        before = Review(review.opening, review.events[:count])
        earlier = event.at - timedelta.resolution
        if earlier >= review.opening.at:
            assert status(before, earlier) == status(review, earlier)


@given(reviews(), st.integers(0, 3))
def test_the_order_of_approvals_of_one_instant_does_not_matter(review: Review, more: int) -> None:
    at = review.opening.at + last(review)
    names = status(review, at).awaited[: more + 1]
    ends = []
    for order in permutations(names):
        made: Review | None = review
        for name in order:
            if made is not None:
                made = accepted(made, Approved(name, review.digest, at=at))
        if made is not None:
            ends.append(attrs.asdict(status(made, at)))
    assert all(end == ends[0] for end in ends)


@given(reviews())
def test_more_approvals_never_hurt(review: Review) -> None:
    at = review.opening.at + last(review)
    before = status(review, at)
    for name in before.awaited:
        after = status(record(review, Approved(name, review.digest, at=at)), at)
        for was, is_ in zip(before.tracks, after.tracks, strict=True):
            assert is_.is_complete >= was.is_complete
            assert is_.stage >= was.stage


@given(charters_and_cases(), instants(), teams())
def test_a_review_is_pinned_to_the_charter_it_began_under(
    pair: tuple[Charter, Case], at: datetime, team: Team
) -> None:
    charter, case = pair
    act = attrs.evolve(case.act, author="somebody")
    decision = decide(charter, act, case.context)
    assume(decision.outcome is Outcome.EXCEPTION)
    review = open_review(decision, act, charter, at, team=NOBODY, external=True)
    opening = review.opening
    assert opening.decision.charter_digest == charter.digest
    assert opening.circuits == tuple(map(charter.circuit, sorted(decision.circuits)))
    found = regroup(review, team, opening.at)
    assert found.opening == opening
    (event,) = found.events
    assert isinstance(event, Regrouped)
    assert [member.id for member in event.team.members] == [member.id for member in team.members]


@given(charters_and_cases(), teams(), instants())
def test_what_is_covered_or_forbidden_is_never_reviewed(
    pair: tuple[Charter, Case], team: Team, at: datetime
) -> None:
    charter, case = pair
    absent = case.act.absent - {"author"}
    act = attrs.evolve(case.act, author="somebody", absent=absent)
    decision = decide(charter, act, case.context)
    if decision.outcome is Outcome.EXCEPTION:
        assert open_review(decision, act, charter, at, team=team, external=True).events == ()
    else:
        with pytest.raises(InvalidError, match=f"the act is {decision.outcome}"):
            open_review(decision, act, charter, at, team=team, external=True)


# ------------------------------------------------------------------------------------------ joining

MANY = st.lists(circuits(), max_size=4)


def put(*many: ValidationCircuit) -> tuple[ValidationCircuit, ...] | None:
    try:
        return join(*many)
    except InvalidError:
        return None


@given(MANY, MANY, MANY)
def test_joining_is_commutative_associative_and_idempotent(
    a: list[ValidationCircuit], b: list[ValidationCircuit], c: list[ValidationCircuit]
) -> None:
    whole = put(*a, *b, *c)
    assert put(*c, *b, *a) == whole
    first, second = put(*a, *b), put(*b, *c)
    if whole is not None:
        assert first is not None
        assert second is not None
        assert put(*first, *c) == put(*a, *second) == put(*whole, *whole) == whole
        assert {*whole} == {*a, *b, *c}


@given(circuits(), stages())
def test_two_circuits_of_one_name_are_never_joined(
    circuit: ValidationCircuit, stage: Stage
) -> None:
    other = ValidationCircuit(circuit.id, [*circuit.stages, stage])
    with pytest.raises(InvalidError, match="two circuits that differ are called"):
        join(circuit, other)


# --------------------------------------------------------------------------------------- the digest


@given(acts(), acts(), st.lists(st.binary(max_size=3), max_size=2))
def test_the_digest_is_of_what_the_public_sees(one: Act, other: Act, media: list[bytes]) -> None:
    again = attrs.evolve(one)
    assert again.digest(media) == one.digest(media)
    hidden = attrs.evolve(
        one, id="x", author="x", template="x", topics={"x"}, labels={"x": 1}, at=None
    )
    assert hidden.digest() == one.digest()
    assert one.digest([*media, b""]) != one.digest(media)
    if (one.text, one.kind, one.links, one.paid) != (
        other.text,
        other.kind,
        other.links,
        other.paid,
    ):
        assert one.digest() != other.digest()


@given(reviews())
def test_a_review_that_asks_somebody_and_no_other_may_be_regrouped(review: Review) -> None:
    at = review.opening.at + last(review)
    asks_afterwards = {ReviewState.ALONE, ReviewState.OWED}
    running = status(review, at).state in RUNNING | asks_afterwards
    try:
        regroup(review, NOBODY, at)
    except InvalidError:
        assert not running
    else:
        assert running


def test_a_majority_of_nobody_is_nobody() -> None:
    stage = Stage(Approvers("role", {"x"}), Quorum.parse("all"))
    charter = Charter("c", circuits=[ValidationCircuit("c", [stage])], default="c")
    act = Act(author="me")
    at = datetime(2026, 1, 1, tzinfo=UTC)
    review = open_review(decide(charter, act), act, charter, at, team=NOBODY, external=True)
    (track,) = status(review, at + 9 * DAY).tracks
    assert (track.needed, track.awaited, track.is_complete) == (1, (), False)
