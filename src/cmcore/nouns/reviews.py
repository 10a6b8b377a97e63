"""Reviews: who is asked before an act goes out, and everything that came of it, in order."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Final

import attrs
from attrs import field

from cmcore.foundation.errors import InvalidError, Problem, refuse_any
from cmcore.foundation.frozen import FrozenMap, each_once
from cmcore.foundation.house import value
from cmcore.foundation.names import id_problems, kind_problems
from cmcore.foundation.view import Line, View, Viewable
from cmcore.foundation.wording import Language, say, show
from cmcore.nouns.acts import instant_problems
from cmcore.nouns.circuits import Stage, ValidationCircuit


class ReviewState(StrEnum):
    """Where a review stands."""

    OPEN = "open"
    CHANGES_ASKED = "changes asked"
    APPROVED = "approved"
    PUBLISHED = "published"
    REFUSED = "refused"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


class Move(StrEnum):
    """What moves a review: what people do, and what comes of it or of time by itself."""

    APPROVED = "approved"
    OBJECTED = "objected"
    DELEGATED = "delegated"
    ESCALATED = "escalated"
    REGROUPED = "regrouped"
    CHANGES_ASKED = "changes asked"
    AMENDED = "amended"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    PUBLISHED = "published"
    COMPLETED = "all circuits complete"
    TIMED_REFUSED = "time out: refuse"
    TIMED_LAPSED = "time out: lapse"


def _ids(many: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(each_once(many)))


@value
class Panel:
    """Those whom a stage asks, found in the team, and the deputies to whom they may delegate.

    Raises:
        InvalidError: when somebody is both.
    """

    people: tuple[str, ...] = field(default=(), converter=_ids)
    deputies: tuple[str, ...] = field(default=(), converter=_ids)

    def __attrs_post_init__(self) -> None:
        found = [p for name in (*self.people, *self.deputies) for p in id_problems(name)]
        both = sorted({*self.people} & {*self.deputies})
        found += [Problem.of("asked-and-deputy", "deputies", name=name) for name in both]
        if found:
            raise InvalidError(found)


#: Whom each stage of each circuit asks, by the circuit's id.
Asked = FrozenMap[tuple[Panel, ...]]


def _asked(many: Mapping[str, Iterable[Panel]]) -> Asked:
    return FrozenMap({name: tuple(panels) for name, panels in many.items()})


def _circuits(many: Iterable[ValidationCircuit]) -> tuple[ValidationCircuit, ...]:
    return tuple(sorted(many, key=lambda circuit: str(circuit.id)))


@value
class Opening:
    """How a review began, to which it is pinned.

    `digest` is of the content under review; `circuits` are asked in parallel, as they were then;
    `asked` says who was found for each of their stages, never the author.

    Raises:
        InvalidError: with every problem.
    """

    digest: str = field(kw_only=True)
    author: str = field(kw_only=True)
    circuits: tuple[ValidationCircuit, ...] = field(kw_only=True, converter=_circuits)
    asked: Asked = field(kw_only=True, converter=_asked)
    charter: str = field(kw_only=True)
    version: int = field(kw_only=True)
    at: datetime = field(kw_only=True)
    emergency: bool = field(default=False, kw_only=True)
    act: str | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        found = list(self._problems())
        if found:
            raise InvalidError(found)

    def way(self, circuit: str) -> tuple[Stage, ...]:
        """Return the stages of a circuit that this review goes through."""
        return next(c for c in self.circuits if c.id == circuit).way(emergency=self.emergency)

    def asked_problems(self, asked: Asked) -> Iterator[Problem]:
        """Yield what forbids these people as those whom the review asks."""
        ids = [circuit.id for circuit in self.circuits]
        for name in sorted({*ids} ^ {*asked}):
            yield Problem.of("asked-circuits-differ", "asked", name=name, circuits=ids)
        for name in sorted({*ids} & {*asked}):
            panels, count = asked[name], len(self.way(name))
            if len(panels) != count:
                yield Problem.of(
                    "asked-stages-differ", "asked", name, staffed=len(panels), count=count
                )
            for index, panel in enumerate(panels):
                if self.author in {*panel.people, *panel.deputies}:
                    yield Problem.of("author-asked", "asked", name, index, author=self.author)

    def _problems(self) -> Iterator[Problem]:
        for key in ("digest", "author", "charter"):
            yield from id_problems(getattr(self, key), key)
        if self.act is not None:
            yield from id_problems(self.act, "act")
        yield from instant_problems(self.at, "at")
        if not self.circuits:
            yield Problem.of("review-without-circuit", "circuits")
        for id_, count in Counter(circuit.id for circuit in self.circuits).items():
            if count > 1:
                yield Problem.of("duplicate-id", "circuits", id=id_, hint="ask-once")
        yield from self.asked_problems(self.asked)


_NAMES: Final = ("by", "to", "instead_of", "digest")


@value
class Event:
    """Something that happened to a review `at` an instant, kept in UTC."""

    kind: ClassVar[Move]
    at: datetime = field(kw_only=True)

    def __attrs_post_init__(self) -> None:
        told = attrs.asdict(self, recurse=False)
        if told.get("instead_of") is None:
            told.pop("instead_of", None)
        found = [
            *(p for key in _NAMES if key in told for p in id_problems(told[key], key)),
            *kind_problems(told.get("because", ""), str, "reason", "because"),
            *instant_problems(self.at, "at"),
        ]  # fmt: skip
        if found:
            raise InvalidError(found)


@value
class Approved(Event):
    """Somebody said yes to the content of this digest, for themselves or `instead_of` another."""

    kind = Move.APPROVED
    by: str
    digest: str
    instead_of: str | None = None


@value
class Objected(Event):
    """Somebody broke the silence of a stage; it stands until they approve."""

    kind = Move.OBJECTED
    by: str
    because: str = ""
    instead_of: str | None = None


@value
class Refused(Event):
    """Somebody said no, which ends the review in all of its circuits."""

    kind = Move.REFUSED
    by: str
    because: str = ""
    instead_of: str | None = None


@value
class ChangesAsked(Event):
    """Somebody asked for changes: nothing passes before the content is amended."""

    kind = Move.CHANGES_ASKED
    by: str
    because: str = ""
    instead_of: str | None = None


@value
class Amended(Event):
    """The author changed the content: what was said of the old one is void."""

    kind = Move.AMENDED
    by: str
    digest: str


@value
class Delegated(Event):
    """Somebody who is asked let one of the deputies speak in their place."""

    kind = Move.DELEGATED
    by: str
    to: str


@value
class Escalated(Event):
    """Somebody who is asked handed the stage on to the next, before the time was out."""

    kind = Move.ESCALATED
    by: str


@value
class Regrouped(Event):
    """The team changed: those are asked from now on. What others validly said stands."""

    kind = Move.REGROUPED
    asked: Asked = field(converter=_asked)


@value
class Withdrawn(Event):
    """The author gave it up."""

    kind = Move.WITHDRAWN
    by: str


@value
class Published(Event):
    """The content of this digest went out."""

    kind = Move.PUBLISHED
    digest: str


#: Every kind of event, in the order of the moves.
EVENTS: Final[tuple[type[Event], ...]] = (
    *(Approved, Objected, Delegated, Escalated, Regrouped, ChangesAsked, Amended, Refused),
    *(Withdrawn, Published),
)


def _events(many: Iterable[Event]) -> tuple[Event, ...]:
    events = tuple(many)
    refuse_any(p for index, event in enumerate(events) for p in event_problems(event, index))
    return events


def event_problems(event: object, *path: str | int) -> Iterator[Problem]:
    """Yield the problem of what is no event of a review."""
    if not isinstance(event, EVENTS):
        known = [kind.__name__ for kind in EVENTS]
        yield Problem.of("wrong-value", *path, given=event, wanted="review-event", known=known)


@value
class Review(Viewable):
    """How a review was opened, and the events since, in order.

    It is a log and nothing else: `status` says where it stands, `record` adds to it.
    """

    opening: Opening
    events: tuple[Event, ...] = field(default=(), converter=_events)

    @property
    def digest(self) -> str:
        """The digest of the content now under review."""
        amended = [event.digest for event in self.events if isinstance(event, Amended)]
        return amended[-1] if amended else self.opening.digest

    def view(self, language: Language = "en") -> View:
        """Return what is shown of the review, in a terminal or a notebook: its log."""
        opening = self.opening
        circuits = say("and", language).join(circuit.id for circuit in opening.circuits)
        code = "review in emergency" if opening.emergency else "review"
        first = Line(say("event opened", language), opening.author, show(opening.at, language))
        return View(
            title=say(code, language, act=opening.act or opening.digest[:12], circuits=circuits),
            lines=(first, *(event_line(event, language) for event in self.events)),
            foot=say("version", language, charter=opening.charter, version=opening.version),
        )


def event_line(event: Event, language: Language = "en") -> Line:
    """Return the line that shows an event: what happened, who did it, when and why."""
    told = attrs.asdict(event, recurse=False)
    digest = told.get("digest")
    parts = [
        show(event.at, language),
        *([say("event instead", language, person=told["instead_of"])]
          if told.get("instead_of") else []),
        *([say("event to", language, person=told["to"])] if "to" in told else []),
        *([f"{digest[:12]}"] if digest else []),
        *([told["because"]] if told.get("because") else []),
    ]  # fmt: skip
    return Line(say(f"event {event.kind}", language), told.get("by", ""), " · ".join(parts))
