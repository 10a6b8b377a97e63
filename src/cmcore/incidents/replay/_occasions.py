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
    HoldEvent,
    IncidentEvent,
    IncidentStep,
    RetrospectiveEvent,
)
from cmcore.incidents.incident import Incident
from cmcore.incidents.playbook import Duty, DutyKind
from cmcore.incidents.replay._answers import SPOILT, Doing, answers, slips
from cmcore.incidents.replay._record import Record
from cmcore.incidents.replay.registry import any_of
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
class Occasion:
    """A duty that is owed, or may be: since when, until when, what may meet it, what shows it.

    `slips` are acts that went against it afterwards. `binds` tells whether it is owed at all,
    `is_told` whether the record has everything that would meet it, and `is_begun` whether what its
    time counts from has happened. What `is_strict` is met after it began, and not with it. `at` and
    `due` go without tolerances; `due` is None where it never falls due.
    """

    duty: Duty
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
        """Whether something met it in time, and not before it was owed."""
        return any_of(map(self.meets, self.doings))

    def meets(self, doing: Doing) -> Truth:
        """Tell whether an event met it in time, and not before it was owed."""
        return doing.fits & self.follows(doing) & doing.event.around.by(self.until)

    def follows(self, doing: Doing) -> Truth:
        """Tell whether an event did not come before it was owed."""
        moment = doing.event.around
        return self.since.precedes(moment) if self.is_strict else self.since.by(moment)

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
        at = doing.event.at
        is_since = at > self.at or (at == self.at and not self.is_strict)
        return is_since and doing.fits is Truth.TRUE

    @property
    def doubtful(self) -> tuple[Doing, ...]:
        """What may have met it, were more known than is: all that is in doubt for one reason."""
        many = [one for one in self.doings if self.meets(one) is Truth.UNKNOWN]
        return tuple(one for one in many if self.doubt(one) == self.doubt(many[0]))

    def doubt(self, doing: Doing) -> str:
        """Return the code of why it is not known whether an event met it."""
        if doing.fits is Truth.UNKNOWN:
            return f"unsaid {doing.why}"
        is_at_once = {doing.event.around} == {self.since} == {Around.exactly(self.at)}
        return "same moment" if is_at_once else "doubt"

    @property
    def spoilt(self) -> tuple[Doing, ...]:
        """What would have met it, in time or not, had it not said what it said."""
        return tuple(
            one for one in self.doings
            if one.fits is Truth.FALSE and one.why in SPOILT and self.follows(one) is Truth.TRUE
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
    since: Around,
    at: datetime,
    doings: Iterable[IncidentEvent | Doing],
) -> Occasion:
    many = tuple(one if isinstance(one, Doing) else Doing(one) for one in doings)
    due = deadline(at, duty.within, duty.clock)
    is_told = incident.untold.isdisjoint(_MEETING.get(duty.kind, duty.meant))
    return Occasion(duty, at, since, due, owed_until(since, duty), many, is_told)


def _start(incident: Incident, duty: Duty) -> datetime:
    """Return when the incident reached the level of the duty, which it did; tolerances aside."""
    return incident.start(duty.level) or incident.opened.at


_Made = Iterator[Occasion]


def _acknowledgement(duty: Duty, record: Record, since: Around) -> _Made:
    incident = record.incident
    done = incident.steps(IncidentStep.ACKNOWLEDGED)
    yield _occasion(duty, incident, since, _start(incident, duty), done)


def _alerts(duty: Duty, record: Record, since: Around) -> _Made:
    incident = record.incident
    start = _start(incident, duty)
    for role in sorted(duty.roles or ()):
        told = [event for event in incident.of(AlertEvent) if role in event.roles]
        yield attrs.evolve(_occasion(duty, incident, since, start, told), subject=(role,))


def _answer(duty: Duty, record: Record, since: Around) -> _Made:
    incident = record.incident
    made = _occasion(duty, incident, since, _start(incident, duty), answers(duty, record))
    yield attrs.evolve(made, is_strict=True)


def _hold(duty: Duty, record: Record, since: Around) -> _Made:
    incident = record.incident
    made = _occasion(duty, incident, since, _start(incident, duty), incident.of(HoldEvent))
    yield attrs.evolve(made, slips=tuple(slips(incident, made.until)))


def _review(duty: Duty, record: Record, since: Around) -> _Made:
    """Owe a look back since the last time the incident was resolved, unless it is open again."""
    incident = record.incident
    resolved = incident.steps(IncidentStep.RESOLVED)
    begun = incident.steps(IncidentStep.OPENED, IncidentStep.REOPENED)
    start = _start(incident, duty)
    if len(resolved) < len(begun):
        is_told = str(IncidentStep.RESOLVED) not in incident.untold
        never = Around.exactly(_FAR)
        yield Occasion(duty, start, never, None, never, (), is_told, is_begun=False)
        return
    last = Around.latest([since, *(event.around for event in resolved)])
    at = max(start, *(event.at for event in resolved))
    yield _occasion(duty, incident, last, at, incident.of(RetrospectiveEvent))


def _corrections(duty: Duty, record: Record, since: Around) -> _Made:
    """Owe a correction of each claim that was not true, or may not have been."""
    incident = record.incident
    start = _start(incident, duty)
    for event in incident.of(ActEvent):
        for fact, given in event.claims.items():
            is_true = record.registry.is_at(fact, given, event.around)
            if is_true is not Truth.TRUE:
                owed = Around.latest([since, event.around])
                truer = [one for one in _truer(duty, record, fact) if one.event is not event]
                made = _occasion(duty, incident, owed, max(start, event.at), truer)
                yield attrs.evolve(
                    made, subject=(event.id, fact), shown=(event.id,), binds=~is_true
                )


def _truer(duty: Duty, record: Record, fact: str) -> Iterator[Doing]:
    """Yield the acts that say of a fact what was so, or may have been."""
    for event in record.incident.of(ActEvent):
        if fact in event.claims and event.act.kind in duty.meant:
            is_true = record.registry.is_at(fact, event.claims[fact], event.around)
            if is_true is not Truth.FALSE:
                yield Doing(event, is_true, "claimed")


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
