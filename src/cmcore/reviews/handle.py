"""Reviewing: opening a review, adding to its log, and telling where it stands."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime

import attrs

from cmcore.base.asked import checked
from cmcore.base.errors import InvalidError, Problem, refuse_any
from cmcore.charters.act import Act, file_digests
from cmcore.charters.charter import Charter
from cmcore.charters.context import Context
from cmcore.charters.decision import Decision
from cmcore.charters.decisions.decide import decide
from cmcore.charters.meaning.evaluation import combine
from cmcore.circuits.circuit import ValidationCircuit
from cmcore.circuits.quorum import ANY, Silence
from cmcore.circuits.votes import differing, needed
from cmcore.reviews.events import Amended, Opening, Regrouped, ReviewEvent, ReviewMove, ReviewState
from cmcore.reviews.fold.advance import outcome
from cmcore.reviews.fold.fold import after
from cmcore.reviews.fold.standing import CircuitTrack, FoldState, counted, tally
from cmcore.reviews.fold.transitions import RUNNING, TRANSITIONS
from cmcore.reviews.progress import ReviewStatus, Timeline, TrackStatus
from cmcore.reviews.review import Review
from cmcore.teams.team import Team

__all__ = ["amend", "open_review", "record", "regroup", "status", "timeline"]


@checked
def open_review(  # noqa: PLR0913 - what is reviewed, by what, when; then each option is named
    decision: Decision,
    act: Act,
    charter: Charter,
    at: datetime,
    *,
    team: Team,
    emergency: bool = False,
    external: bool = False,
    media: Iterable[bytes] = (),
) -> Review:
    """Open the review of an act that is an exception under the charter, at an instant.

    The people asked are found in the team; the author, named by their id in it, is never among
    them. An author outside the team must be declared `external`. `emergency` takes the shorter way
    of each circuit that has one. `media` are the files that go out with the act, in order; they are
    part of the approved content.

    Raises:
        InvalidError: when the act is covered or forbidden, when the decision is about another act
            or charter, or when the identity of the author is not certain.

    Examples:
        >>> from datetime import UTC, datetime
        >>> from cmcore import Act, Approvers, Charter, Member, Stage, Team, ValidationCircuit
        >>> from cmcore import decide, hours, open_review
        >>> nine = datetime(2026, 3, 2, 9, tzinfo=UTC)
        >>> desk = ValidationCircuit("desk", [Stage(Approvers("name", {"bo"}), within=hours(2))])
        >>> charter = Charter("shop", circuits=[desk], default="desk")
        >>> team = Team("crew", [Member("ana"), Member("bo")])
        >>> post = Act(id="p1", author="ana", kind="publish", text="Open on Sunday.")
        >>> review = open_review(decide(charter, post), post, charter, nine, team=team)
        >>> review.act.id, len(review.events)
        ('p1', 0)
    """
    problems = [*_charter_problems(decision, charter), *_act_problems(decision, act)]
    if problems:
        raise InvalidError(problems)
    return Review(
        Opening(
            decision=decision,
            circuits=_circuits(decision, charter),
            team=team,
            at=at,
            files=file_digests(media),
            emergency=emergency,
            external=external,
        )
    )


def _circuits(decision: Decision, charter: Charter) -> list[ValidationCircuit]:
    return [charter.circuit(id_) for id_ in decision.circuits]


def _charter_problems(decision: Decision, charter: Charter) -> Iterator[Problem]:
    name, version = judged = (decision.charter, decision.version)
    if judged != (charter.id, charter.version):
        yield Problem.of("decision-of-other-charter", charter=name, version=version)
    elif decision.charter_digest != charter.digest:
        yield Problem.of("decision-of-other-rules", charter=name, version=version)
    else:
        yield from _rule_problems(decision, charter)


def _rule_problems(decision: Decision, charter: Charter) -> Iterator[Problem]:
    """Yield what a decision, which may come from a file, has otherwise than its charter."""
    known = {rule.id: rule for rule in charter.rules}
    ruled = []
    for index, found in enumerate(decision.rules):
        rule = known.get(found.rule)
        if rule and (rule.effect, rule.because, rule.to) == (found.effect, found.because, found.to):
            ruled.append((rule, found.truth))
        else:
            yield Problem.of("rule-against-charter", "rules", index, rule=found.rule)
    due = combine(charter, ruled).circuits
    if len(ruled) == len(decision.rules) and decision.circuits != due:
        named = sorted(decision.circuits)
        yield Problem.of("part-against-rules", "circuits", named=named, found=due)


def _act_problems(decision: Decision, act: Act) -> Iterator[Problem]:
    """Yield the problem of an act that is not the one decided; only its moment may be added."""
    decided = decision.act if act.at is not None else attrs.evolve(decision.act, at=None)
    others = [f.name for f in attrs.fields(Act) if getattr(act, f.name) != getattr(decided, f.name)]
    if others:
        yield Problem.of("decision-of-other-act", fields=others)


@checked
def record(review: Review, *events: ReviewEvent, seen: str | None = None) -> Review:
    """Return the review with events added, each of which was legal when it happened.

    `seen` is the digest of the content that whoever acts had before them: where another is under
    review by now, nothing that they say of it counts. It is of what the public sees, and labels and
    topics are no part of it: an amendment of these alone voids what was said before, and has the
    same digest. A page that shows them also compares the number of amendments.

    Raises:
        InvalidError: at the first illegal event, with the reason; or when other content was seen.

    Examples:
        >>> from datetime import UTC, datetime
        >>> from cmcore import Act, Approvers, Charter, Member, Stage, Team, ValidationCircuit
        >>> from cmcore import decide, hours, minutes, open_review, record
        >>> from cmcore.reviews import Approved
        >>> nine = datetime(2026, 3, 2, 9, tzinfo=UTC)
        >>> desk = ValidationCircuit("desk", [Stage(Approvers("name", {"bo"}), within=hours(2))])
        >>> charter = Charter("shop", circuits=[desk], default="desk")
        >>> team = Team("crew", [Member("ana"), Member("bo")])
        >>> post = Act(id="p1", author="ana", kind="publish", text="Open on Sunday.")
        >>> review = open_review(decide(charter, post), post, charter, nine, team=team)
        >>> yes = Approved("bo", post.digest(), at=nine + minutes(20))
        >>> len(record(review, yes).events)
        1
    """
    standing = review.standing()
    refuse_any(_unseen(standing, seen))
    for event in events:
        standing = after(standing, event)
    return attrs.evolve(review, events=(*review.events, *events))


@checked
def amend(  # noqa: PLR0913 - what is reviewed anew, by what, when; then each option is named
    review: Review,
    act: Act,
    charter: Charter,
    at: datetime,
    *,
    context: Context | None = None,
    media: Iterable[bytes] = (),
    seen: str | None = None,
) -> Review:
    """Return the review with its content changed by the author, and decided again.

    Anything said about the old content is void. The new content goes through all the circuits that
    were asked, from their start, and through those that it needs itself; an amendment never asks
    fewer people. `media` are all the files that go out with it, in order. `seen` is the digest of
    the content that the author changed, as in `record`.

    Raises:
        InvalidError: when the new content is forbidden or the same as before, when the author, the
            act or the charter is a different one, or when the review is over.

    Examples:
        >>> from datetime import UTC, datetime
        >>> from cmcore import Act, Approvers, Charter, Member, Stage, Team, ValidationCircuit
        >>> from cmcore import decide, hours, minutes, open_review
        >>> from cmcore.reviews import amend
        >>> nine = datetime(2026, 3, 2, 9, tzinfo=UTC)
        >>> desk = ValidationCircuit("desk", [Stage(Approvers("name", {"bo"}), within=hours(2))])
        >>> charter = Charter("shop", circuits=[desk], default="desk")
        >>> team = Team("crew", [Member("ana"), Member("bo")])
        >>> post = Act(id="p1", author="ana", kind="publish", text="Open on Sunday.")
        >>> review = open_review(decide(charter, post), post, charter, nine, team=team)
        >>> from attrs import evolve
        >>> longer = evolve(post, text="Open on Sunday, from 9 to 12.")
        >>> amend(review, longer, charter, nine + minutes(5)).act.text
        'Open on Sunday, from 9 to 12.'
    """
    decision = decide(charter, act, context, at=at)
    circuits = _circuits(decision, charter)
    return record(review, Amended(decision, circuits, file_digests(media), at=at), seen=seen)


def _unseen(standing: FoldState, seen: str | None) -> Iterator[Problem]:
    if seen not in {None, standing.digest}:
        yield Problem.of("not-under-review", digest=seen, current=standing.digest)


@checked
def regroup(review: Review, team: Team, at: datetime) -> Review:
    """Return the review with a changed team, whose people are asked from an instant on.

    Raises:
        InvalidError: when the review is not running then, or when somebody in the team looks like
            somebody else in the review.

    Examples:
        >>> from datetime import UTC, datetime
        >>> from cmcore import Act, Approvers, Charter, Member, Stage, Team, ValidationCircuit
        >>> from cmcore import decide, hours, minutes, open_review, status
        >>> from cmcore.reviews import regroup
        >>> nine = datetime(2026, 3, 2, 9, tzinfo=UTC)
        >>> desk = ValidationCircuit("desk", [Stage(Approvers("name", {"bo"}), within=hours(2))])
        >>> charter = Charter("shop", circuits=[desk], default="desk")
        >>> team = Team("crew", [Member("ana"), Member("bo")])
        >>> post = Act(id="p1", author="ana", kind="publish", text="Open on Sunday.")
        >>> review = open_review(decide(charter, post), post, charter, nine, team=team)
        >>> wider = regroup(review, team.with_member(Member("cy")), nine + minutes(5))
        >>> str(status(wider, nine + minutes(6)).state)
        'open'
    """
    return record(review, Regrouped(team, at=at))


@checked
def status(review: Review, at: datetime) -> ReviewStatus:
    """Return the status of a review at an instant, from what was recorded by then.

    Raises:
        InvalidError: when the review was not open yet.

    Examples:
        >>> from datetime import UTC, datetime
        >>> from cmcore import Act, Approvers, Charter, Member, Stage, Team, ValidationCircuit
        >>> from cmcore import decide, hours, open_review, status
        >>> nine = datetime(2026, 3, 2, 9, tzinfo=UTC)
        >>> desk = ValidationCircuit("desk", [Stage(Approvers("name", {"bo"}), within=hours(2))])
        >>> charter = Charter("shop", circuits=[desk], default="desk")
        >>> team = Team("crew", [Member("ana"), Member("bo")])
        >>> post = Act(id="p1", author="ana", kind="publish", text="Open on Sunday.")
        >>> review = open_review(decide(charter, post), post, charter, nine, team=team)
        >>> str(status(review, nine + hours(1)).state), str(status(review, nine + hours(2)).state)
        ('open', 'lapsed')
    """
    return _status(review, review.standing(at))


@checked
def timeline(review: Review, at: datetime) -> Timeline:
    """Return everything that people and deadlines did in a review up to an instant, in order.

    Raises:
        InvalidError: when the review was not open yet.

    Examples:
        >>> from datetime import UTC, datetime
        >>> from cmcore import Act, Approvers, Charter, Member, Stage, Team, ValidationCircuit
        >>> from cmcore import decide, hours, open_review
        >>> from cmcore.reviews import timeline
        >>> nine = datetime(2026, 3, 2, 9, tzinfo=UTC)
        >>> desk = ValidationCircuit("desk", [Stage(Approvers("name", {"bo"}), within=hours(2))])
        >>> charter = Charter("shop", circuits=[desk], default="desk")
        >>> team = Team("crew", [Member("ana"), Member("bo")])
        >>> post = Act(id="p1", author="ana", kind="publish", text="Open on Sunday.")
        >>> review = open_review(decide(charter, post), post, charter, nine, team=team)
        >>> print(timeline(review, nine + hours(3)))
        p1: lapsed
          time out: lapsed  desk  2026-03-02 11:00+00:00 · stage 1
          circuit           desk  stage 1 of 1; 0 yes of 1
          (shop, version 1)
    """
    standing = review.standing(at)
    return Timeline(standing.steps, _status(review, standing)).with_names(review)


def _status(review: Review, standing: FoldState) -> ReviewStatus:
    opening = review.opening
    found = ReviewStatus(
        standing.state,
        standing.at,
        standing.digest,
        tuple(_track_status(standing, track) for track in standing.tracks),
        opening.decision.charter,
        opening.decision.version,
        opening.act.id,
    )
    return found.with_names(review)


def _track_status(standing: FoldState, track: CircuitTrack) -> TrackStatus:
    stage, place = standing.stage(track.place), track.place
    is_owed = standing.state is ReviewState.OWED
    running = (standing.state in RUNNING or is_owed) and not track.is_complete
    votes = tally(standing, place, ANY)
    awaited = _awaited(standing, track) if running else ()
    return TrackStatus(
        circuit=track.circuit,
        stage=track.stage + 1,
        stages=len(standing.way(track.circuit)),
        need=stage.need,
        needed=0 if isinstance(stage.need, Silence) else needed(stage.need, votes.size),
        yes=tuple(sorted(counted(standing.approvals, place))),
        awaited=awaited,
        objecting=tuple(sorted(counted(standing.objections, place))),
        until=track.until if running else None,
        then=outcome(standing, track) if running and track.until else None,
        is_complete=track.is_complete,
        is_running=running,
        lent=_lent(standing, track, awaited),
        differ=stage.differ,
        afterwards=stage.afterwards,
        differing=differing(votes.yes, votes.values or {}),
    )


def _lent(
    standing: FoldState, track: CircuitTrack, awaited: Collection[str]
) -> tuple[tuple[str, str], ...]:
    """Return those awaited who have delegated, each with a deputy who may still speak for them."""
    spoken, deputies = standing.spoken(), standing.panel(track.place).deputies
    return tuple(
        (person, deputy)
        for person, deputy in sorted(standing.delegations)
        if person in awaited and deputy in deputies and deputy not in spoken
    )


def _awaited(standing: FoldState, track: CircuitTrack) -> tuple[str, ...]:
    """Return those of the present stage who may still say yes."""
    if ReviewMove.APPROVED not in TRANSITIONS[standing.state]:
        return ()
    done = {one.by for one in standing.approvals}
    spoken = standing.spoken()
    people = standing.panel(track.place).people
    return tuple(name for name in people if name not in done and spoken.get(name, name) == name)
