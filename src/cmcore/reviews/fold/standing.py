"""Where a review stands inside the fold: its tracks, what was said, and what counts where."""

from collections.abc import Iterator
from datetime import datetime

import attrs

from cmcore.base.frozen import FrozenMap
from cmcore.base.values import value
from cmcore.charters.decision import Decision
from cmcore.circuits.circuit import ValidationCircuit
from cmcore.circuits.quorum import Quorum, Silence
from cmcore.circuits.stage import Stage
from cmcore.circuits.votes import VoteTally, electorate, satisfied, values_of
from cmcore.reviews.events import Opening, ReviewMove, ReviewState
from cmcore.reviews.fold.transitions import TRANSITIONS
from cmcore.reviews.progress import ReviewStep, Turn
from cmcore.teams.member import Member
from cmcore.teams.team import Team

#: A stage of a circuit: the circuit's id and the stage's number, from 0.
Place = tuple[str, int]


@value
class Panel:
    """Those whom a stage asks, found in the team, and the deputies to whom they may delegate."""

    people: tuple[str, ...]
    deputies: tuple[str, ...] = ()


#: Whom each stage of each circuit asks, by the circuit's id.
Asked = FrozenMap[tuple[Panel, ...]]


@value
class Statement:
    """What somebody said of the content, for themselves or instead of another, and where it counts.

    `places` has each stage with who is counted there: the one who speaks, or the one in whose place
    they do. `speaker` is the one who speaks, as the team last knew them.
    """

    by: str
    instead_of: str | None
    places: tuple[tuple[Place, str], ...]
    speaker: Member | None = None

    @property
    def people(self) -> tuple[str, ...]:
        """Those who have spoken by this: nobody else may speak for them."""
        return (self.by,) if self.instead_of is None else (self.by, self.instead_of)

    def counted(self, place: Place) -> str | None:
        """Return who is counted at a stage by this; None where it does not count."""
        return next((voice for where, voice in self.places if where == place), None)


@value
class CircuitTrack:
    """One circuit of a review: the stage that is asked, from 0, until when; stages left out."""

    circuit: str
    stage: int
    until: datetime | None
    left_out: frozenset[int] = frozenset()
    is_complete: bool = False

    @property
    def place(self) -> Place:
        """The stage that is asked."""
        return self.circuit, self.stage

    def hears(self, place: Place) -> bool:
        """Return whether a stage is asked or was passed; one whose time ran out is neither."""
        circuit, stage = place
        return circuit == self.circuit and stage <= self.stage and stage not in self.left_out


@value
class FoldState:
    """Everything the fold knows of a review at the instant `at`.

    `people` are all who were ever of the team, the author included.
    """

    opening: Opening
    at: datetime
    decision: Decision
    digest: str
    circuits: tuple[ValidationCircuit, ...]
    team: Team
    asked: Asked = FrozenMap()
    people: frozenset[str] = frozenset()
    state: ReviewState = ReviewState.OPEN
    tracks: tuple[CircuitTrack, ...] = ()
    approvals: tuple[Statement, ...] = ()
    objections: tuple[Statement, ...] = ()
    delegations: frozenset[tuple[str, str]] = frozenset()
    steps: tuple[ReviewStep, ...] = ()

    def way(self, circuit: str) -> tuple[Stage, ...]:
        """Return the stages of a circuit that this review goes through."""
        found = next(c for c in self.circuits if c.id == circuit)
        return found.way(emergency=self.opening.emergency)

    def stage(self, place: Place) -> Stage:
        """Return the stage at a place."""
        return self.way(place[0])[place[1]]

    def panel(self, place: Place) -> Panel:
        """Return whom a stage asks now."""
        return self.asked[place[0]][place[1]]

    def spoken(self) -> dict[str, str]:
        """Return who has spoken for whom, themselves included."""
        many = (*self.approvals, *self.objections)
        return {person: one.by for one in many for person in one.people}

    def is_last(self, place: Place) -> bool:
        """Return whether there is no stage after this one."""
        return place[1] == len(self.way(place[0])) - 1

    def moved(self, move: ReviewMove) -> "FoldState":
        """Return the same, in the state that the move leads to."""
        return attrs.evolve(self, state=TRANSITIONS[self.state][move])

    def noted(self, turn: Turn, place: Place | None = None) -> "FoldState":
        """Return the same, with a step more in what happened."""
        circuit, stage = (None, None) if place is None else (place[0], place[1] + 1)
        step = ReviewStep(self.at, self.state, turn=turn, circuit=circuit, stage=stage)
        return attrs.evolve(self, steps=(*self.steps, step))


def asking(standing: FoldState) -> FoldState:
    """Return the same, asking those whom its circuits find in its team now; never the author."""
    author, team = standing.opening.author, standing.team.at(standing.at)
    asked = {
        circuit.id: tuple(_panel(stage, team, author) for stage in standing.way(circuit.id))
        for circuit in standing.circuits
    }
    people = standing.people.union([author], (member.id for member in team.members))
    return attrs.evolve(standing, asked=FrozenMap(asked), people=people)


def reached(standing: FoldState, at: datetime) -> FoldState:
    """Return the same at a later instant: whoever has lost a skill by then is asked no more."""
    later = attrs.evolve(standing, at=at)
    return asking(later) if standing.team.is_dated else later


def _panel(stage: Stage, team: Team, author: str) -> Panel:
    people = electorate(stage.ask, team, author)
    deputies = electorate(stage.deputies, team, author) if stage.deputies else ()
    return Panel(people, tuple(name for name in deputies if name not in people))


def voices(asked: Asked, by: str, instead_of: str | None) -> dict[Place, str]:
    """Return the stages that ask somebody, or the one they speak for, and who counts there."""
    found: dict[Place, str] = {}
    for circuit, panels in asked.items():
        for index, panel in enumerate(panels):
            if by in panel.people:
                found[circuit, index] = by
            elif instead_of in panel.people and by in panel.deputies:
                found[circuit, index] = str(instead_of)
    return found


def said(
    standing: FoldState, by: str, instead_of: str | None, before: Statement | None = None
) -> Statement:
    """Return what somebody says where it counts now, and where it counted `before`.

    Whoever came to be asked themselves is counted as such.
    """
    now = voices(standing.asked, by, instead_of)
    held = dict(before.places) if before else {}
    left = before.speaker if before else None
    speaker = next((one for one in standing.team.members if one.id == by), left)
    own = {place: voice for place, voice in (*held.items(), *now.items()) if voice == by}
    return Statement(by, instead_of, tuple(sorted((held | now | own).items())), speaker)


def counted(many: tuple[Statement, ...], place: Place) -> frozenset[str]:
    """Return who is counted at a stage by what was said."""
    return frozenset(voice for one in many if (voice := one.counted(place)) is not None)


def tally(standing: FoldState, place: Place, need: Quorum) -> VoteTally:
    """Return what a stage needs, of whom, and who has said yes to it.

    Who said yes and has left since is still of the electorate, and the rest of it is who is there.
    """
    electorate = {*standing.panel(place).people} | counted(standing.approvals, place)
    yes = [one for one in standing.approvals if one.counted(place) is not None]
    differ = standing.stage(place).differ
    speakers = (one.speaker for one in yes if one.speaker is not None)
    values = None if differ is None else values_of(differ, speakers)
    return VoteTally(need, len(electorate), frozenset(one.by for one in yes), values)


def is_met(standing: FoldState, track: CircuitTrack) -> bool:
    """Return whether the current stage has enough; a silence has, once its deadline passes."""
    need = standing.stage(track.place).need
    if isinstance(need, Silence):
        return False
    return satisfied([*_numbers_before(standing, track), tally(standing, track.place, need)])


def _numbers_before(standing: FoldState, track: CircuitTrack) -> Iterator[VoteTally]:
    """Yield the stages passed that ask for a number: nobody fills a place of two stages."""
    for index in range(track.stage):
        place = (track.circuit, index)
        need = standing.stage(place).need
        if index not in track.left_out and isinstance(need, Quorum) and not need.is_share:
            yield tally(standing, place, need)


def is_silent(standing: FoldState, track: CircuitTrack) -> bool:
    """Return whether the stage that is asked passes by silence, now that its time is out."""
    place = track.place
    return (
        isinstance(standing.stage(place).need, Silence)
        and standing.state is ReviewState.OPEN
        and bool(standing.panel(place).people)
        and not counted(standing.objections, place)
    )
