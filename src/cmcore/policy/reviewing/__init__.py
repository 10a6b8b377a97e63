"""Reviewing: opening a review, adding to its log, and telling where it stands."""

from collections.abc import Iterable, Iterator
from datetime import datetime

import attrs

from cmcore.foundation.errors import InvalidError, Problem
from cmcore.nouns.acts import Act
from cmcore.nouns.charter import Charter
from cmcore.nouns.circuits import ANY, Silence, Stage, ValidationCircuit
from cmcore.nouns.decision import Decision, Outcome
from cmcore.nouns.people import Team
from cmcore.nouns.progress import ReviewStatus, Timeline, TrackStatus
from cmcore.nouns.reviews import Event, Move, Opening, Panel, Regrouped, Review
from cmcore.policy.electing import electorate, needed
from cmcore.policy.joining import join
from cmcore.policy.reviewing.folding import after, folded
from cmcore.policy.reviewing.moving import outcome
from cmcore.policy.reviewing.standing import Standing, Track, counted, tally
from cmcore.policy.reviewing.table import RUNNING, TRANSITIONS

__all__ = ["open_review", "record", "regroup", "status", "timeline"]


def open_review(  # noqa: PLR0913 - what is reviewed, by what, when; then each option is named
    decision: Decision,
    act: Act,
    charter: Charter,
    at: datetime,
    *,
    team: Team,
    emergency: bool = False,
    media: Iterable[bytes] = (),
) -> Review:
    """Return the review of an act that the charter calls an exception, opened at an instant.

    Those who are asked are found in the team, once; the author is never among them. `emergency`
    takes the shorter way of each circuit that has one. `media` are the files that go out with the
    act, in order, which are part of the content that is approved.

    Raises:
        InvalidError: when the act is covered or forbidden, when the decision is of another act or
            charter, or when it is not known who the author is.
    """
    problems = _opening_problems(decision, act, charter)
    if problems:
        raise InvalidError(problems)
    circuits = join(*(charter.circuit(id_) for id_ in decision.circuits))
    author = str(act.author)
    opening = Opening(
        digest=act.digest(media),
        author=author,
        circuits=circuits,
        asked=_found(circuits, team, author, emergency=emergency),
        charter=charter.id,
        version=charter.version,
        at=at,
        emergency=emergency,
        act=act.id,
    )
    return Review(opening)


def _opening_problems(decision: Decision, act: Act, charter: Charter) -> list[Problem]:
    problems: list[Problem] = []
    if decision.outcome is not Outcome.EXCEPTION:
        problems.append(Problem.of("not-an-exception", outcome=decision.outcome))
    problems += _charter_problems(decision, charter)
    problems += _act_problems(decision, act)
    if act.author is None:
        problems.append(Problem.of("no-author", "author"))
    return problems


def _charter_problems(decision: Decision, charter: Charter) -> Iterator[Problem]:
    name, version = judged = (decision.charter, decision.version)
    if judged != (charter.id, charter.version):
        yield Problem.of("decision-of-other-charter", charter=name, version=version)
    elif decision.charter_digest != charter.digest:
        yield Problem.of("decision-of-other-rules", charter=name, version=version)
    else:
        unknown = sorted({*decision.circuits} - {circuit.id for circuit in charter.circuits})
        yield from (Problem.of("unknown-circuit", name=id_) for id_ in unknown[:1])


def _act_problems(decision: Decision, act: Act) -> Iterator[Problem]:
    """Yield the problem of an act that is not the one decided; only its moment may be added."""
    decided = decision.act if act.at is not None else attrs.evolve(decision.act, at=None)
    differing = [
        f.name for f in attrs.fields(Act) if getattr(act, f.name) != getattr(decided, f.name)
    ]
    if differing:
        yield Problem.of("decision-of-other-act", fields=differing)


def _found(
    circuits: Iterable[ValidationCircuit], team: Team, author: str, *, emergency: bool
) -> dict[str, list[Panel]]:
    return {
        circuit.id: [_panel(stage, team, author) for stage in circuit.way(emergency=emergency)]
        for circuit in circuits
    }


def _panel(stage: Stage, team: Team, author: str) -> Panel:
    people = electorate(stage.ask, team, author)
    deputies = electorate(stage.deputies, team, author) if stage.deputies else ()
    return Panel(people, [name for name in deputies if name not in people])


def record(review: Review, *events: Event) -> Review:
    """Return the review with events more, each of which was legal when it happened.

    Raises:
        InvalidError: at the first that was not, and why.
    """
    standing = folded(review)
    for event in events:
        standing = after(standing, event)
    return attrs.evolve(review, events=(*review.events, *events))


def regroup(review: Review, team: Team, at: datetime) -> Review:
    """Return the review, asking from an instant on those who are found in the team as it is then.

    Raises:
        InvalidError: when the review is not running then.
    """
    opening = review.opening
    asked = _found(opening.circuits, team, opening.author, emergency=opening.emergency)
    return record(review, Regrouped(asked, at=at))


def status(review: Review, at: datetime) -> ReviewStatus:
    """Return where a review stands at an instant, as far as it was recorded by then.

    Raises:
        InvalidError: when the log holds an illegal event, or the review was not open yet.
    """
    return _status(review, folded(review, at))


def timeline(review: Review, at: datetime) -> Timeline:
    """Return everything that people and time did in a review up to an instant, in order.

    Raises:
        InvalidError: when the log holds an illegal event, or the review was not open yet.
    """
    standing = folded(review, at)
    return Timeline(standing.steps, _status(review, standing))


def _status(review: Review, standing: Standing) -> ReviewStatus:
    opening = review.opening
    return ReviewStatus(
        standing.state,
        standing.at,
        standing.digest,
        tuple(_track_status(standing, track) for track in standing.tracks),
        opening.charter,
        opening.version,
        opening.act,
    )


def _track_status(standing: Standing, track: Track) -> TrackStatus:
    stage, place = standing.stage(track.place), track.place
    running = standing.state in RUNNING and not track.is_complete
    size = tally(standing, place, ANY).size
    return TrackStatus(
        circuit=track.circuit,
        stage=track.stage + 1,
        stages=len(standing.opening.way(track.circuit)),
        need=stage.need,
        needed=0 if isinstance(stage.need, Silence) else needed(stage.need, size),
        yes=tuple(sorted(counted(standing.approvals, place))),
        awaited=_awaited(standing, track) if running else (),
        objecting=tuple(sorted(counted(standing.objections, place))),
        until=track.until if running else None,
        then=outcome(standing, track) if running and track.until else None,
        is_complete=track.is_complete,
        is_running=running,
    )


def _awaited(standing: Standing, track: Track) -> tuple[str, ...]:
    """Return those of the present stage who may still say yes."""
    if Move.APPROVED not in TRANSITIONS[standing.state]:
        return ()
    done = {one.by for one in standing.approvals}
    spoken = standing.spoken()
    people = standing.panel(track.place).people
    return tuple(name for name in people if name not in done and spoken.get(name, name) == name)
