"""Occasions: since when each duty with a deadline is owed, until when, and what meets it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Final

import attrs

from cmcore.base.truth import Truth
from cmcore.base.values import internal
from cmcore.incidents.events import (
    ActEvent,
    AlertEvent,
    IncidentEvent,
    IncidentStep,
    RetrospectiveEvent,
    same_value,
)
from cmcore.incidents.incident import Incident
from cmcore.incidents.playbook import Duty, DutyKind
from cmcore.incidents.replay._answers import Doing, answers, holds, slips
from cmcore.incidents.replay._record import Record
from cmcore.incidents.replay.conduct import SPOILING
from cmcore.incidents.replay.registry import all_of, any_of
from cmcore.time.clocks import deadline
from cmcore.time.instants import Around

#: The kinds of event that meet a duty, where they are not acts that it names.
_MEETING: Final[Mapping[DutyKind, frozenset[str]]] = MappingProxyType(
    {
        DutyKind.ACKNOWLEDGE: frozenset({"acknowledged"}),
        DutyKind.ALERT: frozenset({"alerted"}),
        DutyKind.HOLD: frozenset({"held"}),
        DutyKind.REVIEW: frozenset({"reviewed"}),
    }
)
#: When what never falls due is taken to fall due.
_FAR: Final = datetime(9999, 12, 31, tzinfo=UTC)


@internal
class Moment:
    """An instant without its tolerance, and with it."""

    at: datetime
    around: Around


@internal
class Occasion:
    """A duty that is owed, or may be: since when, until when, what may meet it, what shows it.

    What came after `cause` meets it, even before it was owed: the incident began, a claim was made.
    `slips` are acts that went against it afterwards. `binds` tells whether it is owed at all,
    `is_told` whether the record has everything that would meet it, and `is_begun` whether what its
    time counts from has happened. What `is_strict` is met after its cause, and not with it. `at`
    and `due` go without tolerances; `due` is None where it never falls due.
    """

    duty: Duty
    cause: Moment
    at: datetime
    since: Around
    due: datetime | None
    until: Around
    doings: tuple[Doing, ...]
    is_told: bool
    subject: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    slips: tuple[Doing, ...] = ()
    binds: Truth = Truth.TRUE
    is_begun: bool = True
    is_strict: bool = False

    @property
    def met(self) -> Truth:
        """Whether something met it in time, and not before its cause."""
        return any_of(map(self.meets, self.doings))

    def meets(self, doing: Doing) -> Truth:
        """Tell whether an event met it in time, and not before its cause."""
        return doing.fits & self.follows(doing) & doing.event.around.by(self.until)

    def follows(self, doing: Doing) -> Truth:
        """Tell whether an event did not come before its cause."""
        cause, moment = self.cause.around, doing.event.around
        return cause.precedes(moment) if self.is_strict else cause.by(moment)

    @property
    def slipped(self) -> Truth:
        """Whether something went against it afterwards."""
        return any_of(one.fits for one in self.slips)

    @property
    def done(self) -> Doing | None:
        """The first thing that met it, in time or not, tolerances aside."""
        return next((one for one in self.doings if self.is_done_by(one)), None)

    def is_done_by(self, doing: Doing) -> bool:
        """Tell whether an event met it, in time or not, tolerances aside."""
        at, cause = doing.event.at, self.cause.at
        is_since = at > cause or (at == cause and not self.is_strict)
        return is_since and doing.fits is Truth.TRUE

    @property
    def is_owed(self) -> bool:
        """Whether nothing met it that still stands, in time or not, tolerances aside."""
        undone = max((one.event.at for one in self.slips if one.fits is Truth.TRUE), default=None)
        return not any(
            self.is_done_by(one) and (undone is None or undone <= one.event.at)
            for one in self.doings
        )

    @property
    def doubtful(self) -> tuple[Doing, ...]:
        """What may have met it, were more known than is: all that is in doubt for one reason."""
        many = [one for one in self.doings if self.meets(one) is Truth.UNKNOWN]
        return tuple(one for one in many if self.doubt(one) == self.doubt(many[0]))

    def doubt(self, doing: Doing) -> str:
        """Return the code of why it is not known whether an event met it."""
        if doing.fits is Truth.UNKNOWN:
            return f"unsaid {doing.why}"
        is_at_once = {doing.event.around} == {self.cause.around} == {Around.exactly(self.cause.at)}
        return "same moment" if is_at_once else "doubt"

    @property
    def spoilt(self) -> tuple[Doing, ...]:
        """What would have met it, in time or not, had it not said what it said."""
        return tuple(
            one for one in self.doings
            if one.fits is Truth.FALSE and one.why in SPOILING and self.follows(one) is Truth.TRUE
        )  # fmt: skip


def occasions(duty: Duty, record: Record) -> Iterator[Occasion]:
    """Yield each occasion on which a duty with a deadline is owed."""
    since = record.incident.since(duty.level)
    if since is not None:
        yield from _OCCASIONS[duty.kind](duty, record, since)


def owed_until(since: Around, duty: Duty) -> Around:
    """Return when a duty is due that is owed since some moment."""
    ends = [deadline(at, duty.within, duty.clock) for at in (since.first, since.last)]
    first, last = (_FAR if end is None else end for end in ends)
    return Around(first, last)


def _occasion(
    duty: Duty,
    incident: Incident,
    cause: Moment,
    since: Around,
    doings: Iterable[IncidentEvent | Doing],
) -> Occasion:
    """Return an occasion that is owed since its cause, and since the level of the duty at least."""
    many = tuple(one if isinstance(one, Doing) else Doing(one) for one in doings)
    at = max(cause.at, _start(incident, duty))
    since = Around.latest([since, cause.around])
    due = deadline(at, duty.within, duty.clock)
    is_told = incident.untold.isdisjoint(_MEETING.get(duty.kind, duty.meant))
    return Occasion(duty, cause, at, since, due, owed_until(since, duty), many, is_told)


def _start(incident: Incident, duty: Duty) -> datetime:
    """Return when the incident reached the level of the duty, which it did; tolerances aside."""
    return incident.start(duty.level) or incident.opened.at


_Made = Iterator[Occasion]


def _begun(
    duty: Duty, record: Record, since: Around, doings: Iterable[IncidentEvent | Doing]
) -> _Made:
    """Owe something since the incident opened, and once more each time that it is reopened.

    It is not owed twice where the level of the duty was only reached after a reopening.
    """
    incident, many = record.incident, tuple(doings)
    begun = incident.steps(IncidentStep.OPENED, IncidentStep.REOPENED)
    for step in begun:
        others = [one.around for one in begun if one is not step]
        binds = all_of(one.by(step.around) | since.by(one) for one in others)
        if binds is not Truth.FALSE:
            made = _occasion(duty, incident, Moment(step.at, step.around), since, many)
            again = (step.id,) if step.step is IncidentStep.REOPENED else ()
            yield attrs.evolve(made, subject=again, shown=again, binds=binds)


def _acknowledgement(duty: Duty, record: Record, since: Around) -> _Made:
    return _begun(duty, record, since, record.incident.steps(IncidentStep.ACKNOWLEDGED))


def _alerts(duty: Duty, record: Record, since: Around) -> _Made:
    for role in sorted(duty.roles or ()):
        told = [event for event in record.incident.of(AlertEvent) if role in event.roles]
        for made in _begun(duty, record, since, told):
            yield attrs.evolve(made, subject=(role, *made.subject))


def _answer(duty: Duty, record: Record, since: Around) -> _Made:
    for made in _begun(duty, record, since, ()):
        many = tuple(answers(duty, record, made.until))
        yield attrs.evolve(made, doings=many, is_strict=True)


def _hold(duty: Duty, record: Record, since: Around) -> _Made:
    """Owe a hold that stands: a post that goes out as scheduled shows that nothing is held."""
    for made in _begun(duty, record, since, ()):
        held = tuple(holds(record.incident, made.cause.around, made.since))
        slipped = slips(record.incident, made.cause.around, made.since, made.until, held)
        yield attrs.evolve(made, doings=held, slips=tuple(slipped))


def _review(duty: Duty, record: Record, since: Around) -> _Made:
    """Owe a look back since the last time the incident was resolved, unless it is open again."""
    incident = record.incident
    resolved = incident.steps(IncidentStep.RESOLVED)
    begun = incident.steps(IncidentStep.OPENED, IncidentStep.REOPENED)
    if len(resolved) < len(begun):
        start = _start(incident, duty)
        is_told = str(IncidentStep.RESOLVED) not in incident.untold
        never = Around.exactly(_FAR)
        cause = Moment(start, never)
        yield Occasion(duty, cause, start, never, None, never, (), is_told, is_begun=False)
        return
    last = Moment(resolved[-1].at, Around.latest(event.around for event in resolved))
    yield _occasion(duty, incident, last, since, incident.of(RetrospectiveEvent))


def _corrections(duty: Duty, record: Record, since: Around) -> _Made:
    """Owe a correction of each claim that was not true, or may not have been."""
    incident = record.incident
    for event in incident.of(ActEvent):
        for fact, given in event.claims.items():
            is_true = record.registry.is_at(fact, given, event.around)
            if is_true is not Truth.TRUE:
                cause = Moment(event.at, event.around)
                truer = _truer(duty, record, event, fact)
                made = _occasion(duty, incident, cause, since, truer)
                yield attrs.evolve(
                    made, subject=(event.id, fact), shown=(event.id,), binds=~is_true
                )


def _truer(duty: Duty, record: Record, claim: ActEvent, fact: str) -> Iterator[Doing]:
    """Yield the acts that say of a fact what was so, or may have been, and otherwise than a claim.

    To say it again takes nothing back, even where it has come true: of an act about that claim, it
    is not known whether it does.
    """
    for event in record.incident.of(ActEvent):
        if fact in event.claims and event.act.kind in duty.meant and event is not claim:
            given = event.claims[fact]
            is_true = record.registry.is_at(fact, given, event.around)
            is_again = same_value(given, claim.claims[fact])
            fits = is_true & Truth.UNKNOWN if is_again else is_true
            if fits is not Truth.FALSE and (not is_again or claim.id in event.about):
                yield Doing(event, fits, "repeated" if is_again else "claimed")


_OCCASIONS: Final[Mapping[DutyKind, Callable[[Duty, Record, Around], _Made]]] = MappingProxyType(
    {
        DutyKind.ACKNOWLEDGE: _acknowledgement,
        DutyKind.ALERT: _alerts,
        DutyKind.ANSWER: _answer,
        DutyKind.HOLD: _hold,
        DutyKind.CORRECT: _corrections,
        DutyKind.REVIEW: _review,
    }
)
