"""Where a review stands at a moment, and how it came there."""

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from typing import Final

from attrs import field
from attrs.converters import optional

from cmcore.base.counts import count_problems
from cmcore.base.errors import refuse_any
from cmcore.base.values import value
from cmcore.charters.decision import version_text
from cmcore.circuits.quorum import Quorum, Silence
from cmcore.circuits.stage import Timeout, who_differ
from cmcore.display.names import cell, cells
from cmcore.display.pictures.diagram import Box, Chain, Diagram
from cmcore.display.views import Line, View, Viewable
from cmcore.display.wording import Language, say, say_many, show
from cmcore.reviews.events import ReviewEvent, ReviewState, event_line
from cmcore.teams.traits import Trait, as_trait

_TONES = {
    ReviewState.OPEN: "exception",
    ReviewState.CHANGES_ASKED: "exception",
    ReviewState.APPROVED: "covered",
    ReviewState.ALONE: "covered",
    ReviewState.OWED: "exception",
    ReviewState.PUBLISHED: "covered",
    ReviewState.REFUSED: "forbidden",
    ReviewState.LAPSED: "forbidden",
    ReviewState.WITHDRAWN: "",
}


@value
class TrackStatus:
    """The state of one circuit in a review: the stage that is asked, who is awaited, until when.

    `stage` counts from 1, out of `stages`. `needed` people must say yes (none for a silence), and
    `yes` have; those `awaited` still may; those `objecting` block a silence. At the deadline
    `until`, `then` happens; both are None if there is no deadline. Once the review is approved or
    over, nothing is awaited, and `is_running` is false. `lent` names those awaited who have
    delegated, each with a deputy who may still speak for them. If those who say yes must `differ`
    in a trait, there may be more of them than are needed: `differing` of them count. A review asked
    `afterwards` is owed until it is done, and late after `until`.
    """

    circuit: str
    stage: int
    stages: int
    need: Quorum | Silence
    needed: int
    yes: tuple[str, ...] = ()
    awaited: tuple[str, ...] = ()
    objecting: tuple[str, ...] = ()
    until: datetime | None = None
    then: Timeout | None = None
    is_complete: bool = False
    is_running: bool = True
    lent: tuple[tuple[str, str], ...] = ()
    differ: Trait | None = field(default=None, converter=optional(as_trait))
    afterwards: bool = False
    differing: int = 0

    def __attrs_post_init__(self) -> None:
        refuse_any(
            count_problems(self.stages, "stages", least=1),
            count_problems(self.stage, "stage", least=1, most=self.stages),
            count_problems(self.needed, "needed"),
            count_problems(self.differing, "differing"),
        )

    def text(self, language: Language = "en") -> str:
        """Return it as a sentence."""
        if self.is_complete:
            is_alone = self.afterwards and not self.yes
            return say("track alone" if is_alone else "track complete", language)
        parts = [say("track stage", language, stage=self.stage, stages=self.stages)]
        if isinstance(self.need, Silence):
            code = "track objected" if self.objecting else "track silent"
            parts.append(say(code, language, people=cells(self.objecting, "member", language)))
        else:
            count = len(self.yes) if self.differ is None else self.differing
            found = say("track yes", language, yes=count, needed=self.needed)
            who = "" if self.differ is None else f" {who_differ(self.differ, language)}"
            parts.append(found + who)
            if self.is_running:
                code = "track awaits" if self.awaited else "track nobody"
                parts.append(say(code, language, people=cells(self.awaited, "member", language)))
                pairs = ([cell(one, "member", language) for one in pair] for pair in self.lent)
                parts += (say("track lent", language, person=person, deputy=deputy)
                          for person, deputy in pairs)  # fmt: skip
        if self.until is not None and self.afterwards:
            parts.append(say("track owed", language, at=show(self.until, language)))
        elif self.until is not None:
            passes = isinstance(self.need, Silence) and not self.objecting
            then = say("then passes" if passes else f"then {self.then}", language)
            parts.append(say("track until", language, at=show(self.until, language), then=then))
        return say("joint", language).join(parts)


@value
class ReviewStatus(Viewable):
    """The status of a review at the instant `at`: its state, and each of its circuits."""

    state: ReviewState
    at: datetime
    digest: str
    tracks: tuple[TrackStatus, ...]
    charter: str
    version: int
    act: str | None = None

    @property
    def owed(self) -> tuple[TrackStatus, ...]:
        """What is still to be reviewed of an act that went out."""
        return tuple(one for one in self.tracks if one.afterwards and one.is_running)

    @property
    def overdue(self) -> tuple[TrackStatus, ...]:
        """What should have been reviewed by now of an act that went out."""
        return tuple(one for one in self.owed if one.until is not None and one.until < self.at)

    @property
    def awaited(self) -> tuple[str, ...]:
        """Everybody whose yes would still count now, sorted."""
        return tuple(sorted({name for track in self.tracks for name in track.awaited}))

    def _view(self, language: Language) -> View:
        """Return the view of the status for a terminal or a notebook."""
        state = say(f"state {self.state}", language)
        return View(
            title=say("status", language, act=self.act or self.digest[:12], state=state),
            tone="forbidden" if self.overdue else _TONES[self.state],
            lines=tuple(
                Line(
                    say("track late" if track in self.overdue else "track circuit", language),
                    cell(track.circuit, "circuit", language),
                    track.text(language),
                )
                for track in self.tracks
            ),
            pictures=(_diagram(self, language),),
            foot=version_text(self.charter, self.version, language),
        )


@value
class ReviewsDue(Viewable):
    """The reviews that are owed at an instant, in order of deadlines."""

    at: datetime
    owed: tuple[ReviewStatus, ...] = ()

    @property
    def overdue(self) -> tuple[ReviewStatus, ...]:
        """Those that are late."""
        return tuple(one for one in self.owed if one.overdue)

    def _view(self, language: Language) -> View:
        """Return the view of what is owed, for a terminal or a notebook."""
        return View(
            title=say_many("reviews due", len(self.owed), language, late=len(self.overdue)),
            tone="forbidden" if self.overdue else "exception" if self.owed else "covered",
            lines=tuple(
                Line(
                    say("track late" if track in one.overdue else "state owed", language),
                    one.act or one.digest[:12],
                    say("joint", language).join(
                        [cell(track.circuit, "circuit", language), track.text(language)]
                    ),
                )
                for one in self.owed
                for track in one.owed
            ),
            foot=show(self.at, language),
        )


def _diagram(found: ReviewStatus, language: Language) -> Diagram:
    """Draw each circuit as its stages, the present one with a thick frame."""
    state = Box((say(f"state {found.state}", language),), tone=_TONES[found.state], is_end=True)
    chains = (
        Chain(
            (*_boxes(track, language), state),
            f"{say('track circuit', language)} {cell(track.circuit, 'circuit', language)}",
        )
        for track in found.tracks
    )
    return Diagram("", chains=tuple(chains))


#: How many stages are drawn before the present one, and after it.
_AROUND: Final = 20


def _boxes(track: TrackStatus, language: Language) -> Iterator[Box]:
    first, last = max(1, track.stage - _AROUND), min(track.stages, track.stage + _AROUND)
    last = track.stage if track.is_complete else last
    for number in range(first, last + 1):
        told = say("track number", language, stage=number)
        is_past = track.is_complete or number < track.stage
        is_now = number == track.stage and not track.is_complete
        if is_now:
            told = track.text(language)
        yield Box((f"✓ {told}" if is_past else told,), is_now=is_now)


class Turn(StrEnum):
    """What comes of time, or of what was said, by itself."""

    PASSED = "passed"
    ESCALATED = "escalated"
    REFUSED = "refused"
    LAPSED = "lapsed"
    APPROVED = "approved"
    ALONE = "alone"


@value
class ReviewStep:
    """One step of a review: an event, or a `turn` of one of its circuits; and the state after it.

    `stage` counts from 1.
    """

    at: datetime
    state: ReviewState
    event: ReviewEvent | None = None
    turn: Turn | None = None
    circuit: str | None = None
    stage: int | None = None

    def line(self, language: Language = "en") -> Line:
        """Return the line that shows it."""
        if self.event is not None:
            return event_line(self.event, language)
        when = show(self.at, language)
        if self.circuit is None:
            return Line(say(f"turn {self.turn}", language), "", when)
        stage = say("track number", language, stage=self.stage)
        circuit = cell(self.circuit, "circuit", language)
        return Line(say(f"turn {self.turn}", language), circuit, f"{when} · {stage}")


@value
class Timeline(Viewable):
    """Everything that people and deadlines did in a review up to an instant, in order."""

    steps: tuple[ReviewStep, ...]
    status: ReviewStatus

    def _view(self, language: Language) -> View:
        """Return the view of the timeline for a terminal or a notebook."""
        shown = self.status.view(language)
        return View(
            title=shown.title,
            tone=shown.tone,
            lines=(*(step.line(language) for step in self.steps), *shown.lines),
            pictures=shown.pictures,
            foot=shown.foot,
        )
