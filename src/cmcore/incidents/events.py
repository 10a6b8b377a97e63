"""Events of an incident: what was said, done, known and measured, when, and who says so."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final, Self, TypeVar

import attrs
from attrs import field
from attrs.converters import optional

from cmcore.base.asked import checked_late
from cmcore.base.characters import caseless
from cmcore.base.errors import InvalidError, Problem, refuse
from cmcore.base.frozen import FrozenMap, each_once
from cmcore.base.ids import id_problems, one_of
from cmcore.base.synonyms import FLAGS
from cmcore.base.values import value
from cmcore.charters.act import Act, Message, instant_problems
from cmcore.charters.conditions.forms import NORMAL, Form
from cmcore.charters.kinds import KINDS
from cmcore.incidents.scale import number_problems
from cmcore.text.names import as_network
from cmcore.time.instants import Around

#: The tones that a message has where only its criticism is known.
TONES: Final = {True: "critical", False: "other", None: None}
#: What a fact of the world may be.
FactValue = bool | int | float | str
#: How unsure an instant may be at most, either way.
MOST: Final = timedelta(days=3660)
_NOTHING: Final = timedelta(0)


#: Texts that mean flags, as people write them.
_T = TypeVar("_T")


def _values(given: Mapping[str, FactValue]) -> FrozenMap[FactValue]:
    return FrozenMap(_flagged(given))


def _flagged(given: Mapping[str, _T]) -> dict[str, Any]:
    """Take `yes` and `no` for what they say, wherever a value may be of any sort."""
    return {
        name: FLAGS.get(one, one) if isinstance(one, str) else one for name, one in given.items()
    }


def same_value(one: FactValue, other: FactValue) -> bool:
    """Return whether two values say the same: in texts, neither case nor spacing says anything."""
    return _plain(one) == _plain(other)


def _plain(given: FactValue) -> FactValue:
    return " ".join(caseless(given).split()) if isinstance(given, str) else given


def _no_values() -> FrozenMap[FactValue]:
    return FrozenMap()


def _ids(many: str | Iterable[str]) -> tuple[str, ...]:
    """Keep ids in order, each once; one alone stands for a list of one."""
    return (many,) if isinstance(many, str) else tuple(dict.fromkeys(many))


def around(at: datetime, tolerance: timedelta) -> Around:
    """Return an instant with its tolerance, which goes both ways."""
    return Around(at - tolerance, at + tolerance)


@value
class After:
    """How an event stands to another, `event`: it came `by` so long after it, give or take.

    Sources often know how long it took better than when it was.

    Raises:
        InvalidError: when the id is impossible, or a time is below zero.
    """

    event: str
    by: timedelta
    tolerance: timedelta = _NOTHING

    def __attrs_post_init__(self) -> None:
        found = [*id_problems(self.event, "event")]
        if self.by < _NOTHING:
            found.append(Problem.of("before-the-other", "by"))
        if not _NOTHING <= self.tolerance <= MOST:
            found.append(Problem.of("bad-tolerance", "tolerance"))
        if found:
            raise InvalidError(found)


def _time_problems(at: datetime, tolerance: timedelta) -> Iterator[Problem]:
    yield from instant_problems(at, "at")
    if not _NOTHING <= tolerance <= MOST:
        yield Problem.of("bad-tolerance", "tolerance")
        return
    try:
        around(at, tolerance)
    except OverflowError:
        yield Problem.of("beyond-calendar", "tolerance", at=at)


def _value_problems(values: Mapping[str, object], *path: str) -> Iterator[Problem]:
    for name, given in values.items():
        yield from id_problems(name, *path)
        if not isinstance(given, FactValue) or given != given:  # noqa: PLR0124 - not a number
            yield Problem.of("wrong-value", *path, name, given=given, wanted="fact-value")


@value
class IncidentEvent:
    """Something that happened at an instant, stored in UTC, give or take the tolerance.

    `source` is one of the sources of the incident; `by` is who did or said it, and `note` is for
    people. With `after`, it is known how long after another event it came: see `following`.

    Raises:
        InvalidError: with every problem: an impossible id, a naive instant, a tolerance below zero.
    """

    id: str
    at: datetime
    tolerance: timedelta = field(default=_NOTHING, kw_only=True)
    source: str | None = field(default=None, kw_only=True)
    by: str | None = field(default=None, kw_only=True)
    note: str = field(default="", kw_only=True)
    after: After | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        found = [*id_problems(self.id, "id"), *_time_problems(self.at, self.tolerance)]
        found += [] if self.by is None else id_problems(self.by, "by")
        found += self._problems()
        if found:
            raise InvalidError(found)

    def _problems(self) -> Iterator[Problem]:
        """Yield what is wrong with what only this kind of event has."""
        yield from ()

    @property
    def around(self) -> Around:
        """The span in which it happened, given the tolerance, or how long after another event."""
        span, after = around(self.at, self.tolerance), self.after
        if after is None:
            return attrs.evolve(span, of=self.id)
        least, most = after.by - after.tolerance, after.by + after.tolerance
        return attrs.evolve(span, of=after.event, least=least, most=most)

    @checked_late
    def following(
        self, other: "IncidentEvent", by: timedelta, tolerance: timedelta = _NOTHING
    ) -> "Self":
        """Return the event so long after another, which has an instant of its own.

        Raises:
            InvalidError: when a time is below zero, or too long.

        Examples:
            >>> from datetime import UTC, datetime
            >>> from cmcore import hours, minutes
            >>> from cmcore.incidents import HoldEvent, StepEvent
            >>> noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
            >>> opened = StepEvent("o", noon, tolerance=hours(1), step="opened")
            >>> held = HoldEvent("h", noon).following(opened, minutes(5), minutes(1))
            >>> str(held.at), str(held.tolerance)
            ('2026-03-02 12:05:00+00:00', '1:01:00')
            >>> opened.around.before(held.around)
            true
        """
        after = After(other.id, by, tolerance)
        try:
            at = other.at + by
        except OverflowError:
            raise refuse("beyond-calendar", "at", at=other.at) from None
        return attrs.evolve(self, at=at, tolerance=other.tolerance + tolerance, after=after)


@value
class InboundEvent(IncidentEvent):
    """A message from somebody else; `criticism` says whether it blames us, None means unknown.

    Raises:
        InvalidError: with every problem, also when its tone contradicts `criticism`.
    """

    message: Message = field(factory=Message, kw_only=True)
    network: str | None = field(default=None, kw_only=True, converter=optional(as_network))
    criticism: bool | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        by = self.message.author if self.by is None else self.by
        object.__setattr__(self, "by", by)
        object.__setattr__(self, "message", attrs.evolve(self.message, author=by, at=self.at))

    def _problems(self) -> Iterator[Problem]:
        if self.criticism is not None and self.message.tone is not None:
            tone = NORMAL[Form.TONE][self.message.tone]
            if tone == TONES[not self.criticism]:
                told = "yes" if self.criticism else "no"
                yield Problem.of("tone-or-criticism", "tone", tone=tone, criticism=told)


@value
class Promise:
    """A promise that each fact will have its value at the instant `by`, give or take the tolerance.

    Raises:
        InvalidError: with every problem: nothing promised, a naive instant.
    """

    that: FrozenMap[FactValue] = field(converter=_values)
    by: datetime
    tolerance: timedelta = field(default=_NOTHING, kw_only=True)

    def __attrs_post_init__(self) -> None:
        found = [*_time_problems(self.by, self.tolerance), *_value_problems(self.that, "that")]
        if not self.that:
            found.append(Problem.of("empty", "that", key="that", hint="write-promise"))
        if found:
            raise InvalidError(found)

    @property
    def around(self) -> Around:
        """The span in which it is due, given the tolerance."""
        return around(self.by, self.tolerance)


def _promises(many: Iterable[Promise]) -> tuple[Promise, ...]:
    return tuple(many)


def _circuits(many: Iterable[str] | None) -> frozenset[str] | None:
    return None if many is None else each_once(many)


@value
class ActEvent(IncidentEvent):
    """An act of the team; the act takes its id, instant and author from the event.

    `about` are the events that it answers or acts on. It claims that facts have values now, and
    promises that they will have them later. `corrects` are our acts whose claims it says were
    wrong; it is about them, too. `review` are the circuits that approved it before it went out:
    none if it is empty, unknown if it is None.

    Raises:
        InvalidError: with every problem, also when the kind of the act is unknown.
    """

    act: Act = field(kw_only=True)
    about: tuple[str, ...] = field(default=(), kw_only=True, converter=_ids)
    claims: FrozenMap[FactValue] = field(factory=_no_values, kw_only=True, converter=_values)
    promises: tuple[Promise, ...] = field(default=(), kw_only=True, converter=_promises)
    corrects: tuple[str, ...] = field(default=(), kw_only=True, converter=_ids)
    review: frozenset[str] | None = field(default=None, kw_only=True, converter=_circuits)

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        by = self.act.author if self.by is None else self.by
        object.__setattr__(self, "by", by)
        labels = _flagged(self.act.labels)
        act = attrs.evolve(self.act, id=self.id, at=self.at, author=by, labels=labels)
        object.__setattr__(self, "act", act)
        others = (id_ for id_ in self.about if id_ not in self.corrects)
        object.__setattr__(self, "about", (*others, *self.corrects))

    def _problems(self) -> Iterator[Problem]:
        if self.act.kind is None:
            yield Problem.of("missing-key", "kind", key="kind", known=sorted(KINDS))
        elif self.act.kind not in KINDS:
            yield Problem.of("unknown-act-kind", "kind", kind=self.act.kind, known=sorted(KINDS))
        yield from _value_problems(self.claims, "claims")


@value
class FactEvent(IncidentEvent):
    """From then on, facts about the world have these values, whatever anybody says.

    Raises:
        InvalidError: with every problem, also when it states nothing.
    """

    that: FrozenMap[FactValue] = field(kw_only=True, converter=_values)

    def _problems(self) -> Iterator[Problem]:
        yield from _value_problems(self.that, "that")
        if not self.that:
            yield Problem.of("empty", "that", key="that", hint="write-that")


@value
class AlertEvent(IncidentEvent):
    """Roles were alerted to the incident.

    Raises:
        InvalidError: with every problem, also when nobody was alerted.
    """

    roles: frozenset[str] = field(kw_only=True, converter=each_once)

    def _problems(self) -> Iterator[Problem]:
        for role in sorted(self.roles):
            yield from id_problems(role, "roles")
        if not self.roles:
            yield Problem.of("empty", "roles", key="roles")


@value
class HoldEvent(IncidentEvent):
    """Scheduled posts were held back."""


@value
class SignalEvent(IncidentEvent):
    """Something was measured: a number of messages, of people reached, a share.

    Raises:
        InvalidError: with every problem, also when the number is below zero or not finite.
    """

    measure: str = field(kw_only=True)
    number: float = field(kw_only=True)

    def _problems(self) -> Iterator[Problem]:
        yield from id_problems(self.measure, "measure")
        yield from number_problems(self.number, "number")


class IncidentStep(StrEnum):
    """A step in the life of an incident."""

    OPENED = "opened"
    ACKNOWLEDGED = "acknowledged"
    CONTAINED = "contained"
    RESOLVED = "resolved"
    REOPENED = "reopened"
    CLOSED = "closed"


def _step(given: str) -> IncidentStep:
    return one_of(IncidentStep, given, "step")


@value
class StepEvent(IncidentEvent):
    """The incident took a step; to reopen it takes a reason.

    The opening is `about` our acts that caused it, if any.

    Raises:
        InvalidError: with every problem, also when the reason is missing, or when a step has a
            reason or an act that it cannot have.
    """

    step: IncidentStep = field(kw_only=True, converter=_step)
    reason: str = field(default="", kw_only=True)
    about: tuple[str, ...] = field(default=(), kw_only=True, converter=_ids)

    def _problems(self) -> Iterator[Problem]:
        wanted = self.step is IncidentStep.REOPENED
        if wanted and not self.reason.strip():
            yield Problem.of(
                "missing-detail", "reason", kind=self.step, detail="reason", hint="say-why"
            )
        if self.reason and not wanted:
            yield Problem.of(
                "extra-detail", "reason", kind=self.step, detail="reason", hint="put-in-note"
            )
        if self.about and self.step is not IncidentStep.OPENED:
            yield Problem.of(
                "extra-detail", "about", kind=self.step, detail="about", hint="about-in-opening"
            )


@value
class RetrospectiveEvent(IncidentEvent):
    """The team drew its lessons from the incident, or from the events it is `about`."""

    about: tuple[str, ...] = field(default=(), kw_only=True, converter=_ids)


#: What the record of an incident is made of: the words for the kinds of event.
EVENT_KINDS: Final = (
    *("inbound", *KINDS, "fact", "alerted", "held", "signal"),
    *(*(str(step) for step in IncidentStep), "reviewed"),
)
