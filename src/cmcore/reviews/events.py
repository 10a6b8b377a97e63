"""What moves a review: how it is opened, and everything that may happen to it then."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import Any, ClassVar, Final

import attrs
from attrs import field

from cmcore.base.digests import DIGEST
from cmcore.base.errors import InvalidError, Problem
from cmcore.base.ids import id_problems
from cmcore.base.values import value
from cmcore.charters.act import Act
from cmcore.charters.decision import Decision, Outcome
from cmcore.circuits.circuit import ValidationCircuit
from cmcore.display.names import cell
from cmcore.display.views import Line
from cmcore.display.wording import Language, say, show
from cmcore.teams.availability import Availability
from cmcore.teams.member import Member
from cmcore.teams.role import Role
from cmcore.teams.team import Team
from cmcore.teams.traits import OWN_TRAITS


class ReviewState(StrEnum):
    """The state of a review.

    In `alone`, the author may publish, and the review is asked afterwards; in `owed`, they have.
    """

    OPEN = "open"
    CHANGES_ASKED = "changes asked"
    APPROVED = "approved"
    ALONE = "alone"
    OWED = "owed"
    PUBLISHED = "published"
    REFUSED = "refused"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"

    def text(self, language: Language = "en") -> str:
        """Return what it is called."""
        return say(f"state {self}", language)


class ReviewMove(StrEnum):
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
    ALONE = "nobody left to ask before"
    TIMED_REFUSED = "time out: refuse"
    TIMED_LAPSED = "time out: lapse"


def _circuits(many: Iterable[ValidationCircuit]) -> tuple[ValidationCircuit, ...]:
    return tuple(sorted(many, key=lambda circuit: str(circuit.id)))


def _files(many: Iterable[str]) -> tuple[str, ...]:
    return tuple(many)


def _known(one: Member) -> Member:
    traits: dict[str, Any] = {trait: one.trait(trait) for trait in OWN_TRAITS}
    there = Availability(zone=one.availability.zone)
    return Member(
        one.id, name=one.name, roles=one.roles, skills=one.skills, expiring=one.expiring,
        availability=there, **traits,
    )  # fmt: skip


def _crew(team: Team) -> Team:
    """Return what finds the approvers in a team: its people's roles, skills and traits."""
    members = [_known(one) for one in team.members]
    roles = [Role(role.id, requires=role.requires) for role in team.roles]
    return Team(team.id, members, roles)


@value
class Opening:
    """How a review began; everything later refers to this.

    `decision` has the act, the charter and the reasons; `files` are the SHA-256 digests of the
    files that go out with it. `circuits` are asked in parallel, as they were then, and find people
    in the `team` as it was then; only its ids, names, roles, skills and traits are kept. `external`
    says that the author is not in the team.

    Raises:
        InvalidError: with every problem.
    """

    decision: Decision = field(kw_only=True)
    circuits: tuple[ValidationCircuit, ...] = field(kw_only=True, converter=_circuits)
    team: Team = field(kw_only=True, converter=_crew)
    at: datetime = field(kw_only=True)
    files: tuple[str, ...] = field(default=(), kw_only=True, converter=_files)
    emergency: bool = field(default=False, kw_only=True)
    external: bool = field(default=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        found = list(self._problems())
        if found:
            raise InvalidError(found)

    @property
    def act(self) -> Act:
        """The act under review, as it was decided."""
        return self.decision.act

    @property
    def author(self) -> str:
        """Who wrote it, and never approves it."""
        return str(self.act.author)

    @cached_property
    def digest(self) -> str:
        """The digest of the content under review."""
        return self.act.sealed(self.files)

    def _problems(self) -> Iterator[Problem]:
        outcome = self.decision.outcome
        if outcome is not Outcome.EXCEPTION:
            yield Problem.of("not-an-exception", "decision", outcome=outcome)
        yield from circuit_problems(self.decision, self.circuits)
        yield from _file_problems(self.files)
        if self.act.author is None:
            yield Problem.of("no-author", "author")
        else:
            yield from _author_problems(self.author, self.team, external=self.external)


def _author_problems(author: str, team: Team, *, external: bool) -> Iterator[Problem]:
    """Yield what forbids an author: who they are is settled by an id, never by a spelling."""
    yield from id_problems(author, "author")
    if author in {member.id for member in team.members}:
        return
    twin = team.resembled(author)
    if twin is not None:
        yield Problem.of("author-looks-alike", "author", author=author, twin=twin)
    elif not external:
        yield Problem.of("author-not-in-team", "author", author=author)


def circuit_problems(
    decision: Decision, circuits: Iterable[ValidationCircuit]
) -> Iterator[Problem]:
    """Yield the problems of circuits that are not those, each once, that a decision sends to."""
    wanted, found = {*decision.circuits}, Counter(circuit.id for circuit in circuits)
    if wanted - found.keys():
        yield Problem.of("circuits-left-out", "circuits", names=wanted - found.keys())
    if found.keys() - wanted:
        yield Problem.of("circuits-not-decided", "circuits", names=found.keys() - wanted)
    for id_, count in sorted(found.items()):
        if count > 1:
            yield Problem.of("duplicate-id", "circuits", id=id_)


def _file_problems(files: Iterable[str]) -> Iterator[Problem]:
    """Yield the problem of each that is no SHA-256 digest in hexadecimal."""
    for index, file in enumerate(files):
        if not DIGEST.fullmatch(file):
            yield Problem.of("wrong-value", "files", index, given=file, wanted="file-digest")


_NAMES: Final = ("by", "to", "instead_of", "digest")


@value
class ReviewEvent:
    """Something that happened to a review `at` an instant, stored in UTC."""

    __thing__ = "review-event"

    kind: ClassVar[ReviewMove]
    at: datetime = field(kw_only=True)

    def __attrs_post_init__(self) -> None:
        told = attrs.asdict(self, recurse=False)
        if told.get("instead_of") is None:
            told.pop("instead_of", None)
        found = [
            *(p for key in _NAMES if key in told for p in id_problems(told[key], key)),
            *_file_problems(told.get("files", ())),
        ]  # fmt: skip
        if found:
            raise InvalidError(found)


@value
class Approved(ReviewEvent):
    """Somebody said yes to the content of this digest, for themselves or `instead_of` another."""

    kind = ReviewMove.APPROVED
    by: str
    digest: str
    instead_of: str | None = None


@value
class Objected(ReviewEvent):
    """Somebody broke the silence of a stage; the objection holds until they approve."""

    kind = ReviewMove.OBJECTED
    by: str
    because: str = ""
    instead_of: str | None = None


@value
class Refused(ReviewEvent):
    """Somebody said no, which ends the review in all of its circuits."""

    kind = ReviewMove.REFUSED
    by: str
    because: str = ""
    instead_of: str | None = None


@value
class ChangesAsked(ReviewEvent):
    """Somebody asked for changes: nothing passes until the content is amended."""

    kind = ReviewMove.CHANGES_ASKED
    by: str
    because: str = ""
    instead_of: str | None = None


@value
class Amended(ReviewEvent):
    """The author changed the content, which was decided again; anything said about the old is void.

    `circuits` are those that the decision names, and `files` the SHA-256 digests of the files that
    go out with it.
    """

    kind = ReviewMove.AMENDED
    decision: Decision
    circuits: tuple[ValidationCircuit, ...] = field(default=(), converter=_circuits)
    files: tuple[str, ...] = field(default=(), converter=_files)

    @property
    def by(self) -> str:
        """The author of the content."""
        return str(self.decision.act.author)

    @cached_property
    def digest(self) -> str:
        """The digest of the content under review from now on."""
        return self.decision.act.sealed(self.files)


@value
class Delegated(ReviewEvent):
    """Somebody who is asked let one of the deputies speak in their place."""

    kind = ReviewMove.DELEGATED
    by: str
    to: str


@value
class Escalated(ReviewEvent):
    """Somebody who is asked escalated the stage to the next, before its deadline."""

    kind = ReviewMove.ESCALATED
    by: str


@value
class Regrouped(ReviewEvent):
    """The team changed: its people are asked from now on. What others validly said still counts."""

    kind = ReviewMove.REGROUPED
    team: Team = field(converter=_crew)


@value
class Withdrawn(ReviewEvent):
    """The author withdrew it."""

    kind = ReviewMove.WITHDRAWN
    by: str


@value
class Published(ReviewEvent):
    """The content of this digest went out."""

    kind = ReviewMove.PUBLISHED
    digest: str


#: Every kind of event, in the order of the moves.
EVENTS: Final[tuple[type[ReviewEvent], ...]] = (
    *(Approved, Objected, Delegated, Escalated, Regrouped, ChangesAsked, Amended, Refused),
    *(Withdrawn, Published),
)


def event_problems(event: object, *path: str | int) -> Iterator[Problem]:
    """Yield the problem of what is no event of a review."""
    if not isinstance(event, EVENTS):
        known = [kind.__name__ for kind in EVENTS]
        yield Problem.of("wrong-value", *path, given=event, wanted="review-event", known=known)


def event_line(event: ReviewEvent, language: Language = "en") -> Line:
    """Return the line that shows an event: what happened, who did it, when and why."""
    told = {name: getattr(event, name, None) for name in (*_NAMES, "because")}
    digest = told["digest"]
    who = cell(told["by"], "member", language) if told["by"] else ""
    parts = [
        show(event.at, language),
        *(say(code, language, person=cell(person, "member", language))
          for code, person in (("event instead", told["instead_of"]), ("event to", told["to"]))
          if person),
        *([f"{digest[:12]}"] if digest else []),
        *([told["because"]] if told["because"] else []),
    ]  # fmt: skip
    return Line(say(f"event {event.kind}", language), who, " · ".join(parts))
