"""Duties with a deadline: since when each is owed, until when, and what meets it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Final

import attrs

from cmcore.foundation.clocks import deadline
from cmcore.foundation.house import value
from cmcore.foundation.instants import Around
from cmcore.foundation.truth import Truth
from cmcore.nouns.conduct import DutyFinding, Standing
from cmcore.nouns.events import (
    ActEvent,
    AlertEvent,
    HoldEvent,
    IncidentEvent,
    ReviewEvent,
    Step,
)
from cmcore.nouns.incidents import Incident
from cmcore.nouns.playbooks import Duty, DutyKind
from cmcore.policy.conducting.registry import Registry, any_of

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


@value
class Doing:
    """An event that meets a duty, if it comes in time; `fits` tells whether it does at all."""

    event: IncidentEvent
    fits: Truth = Truth.TRUE


@value
class Occasion:
    """A duty that is owed, or may be: since when, until when, what may meet it, what shows it.

    `binds` tells whether it is owed at all, and `is_told` whether the record has everything that
    would meet it. `at` and `due` go without tolerances; `due` is None
    where it never falls due.
    """

    duty: Duty
    at: datetime
    since: Around
    due: datetime | None
    until: Around
    doings: tuple[Doing, ...]
    subject: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    binds: Truth = Truth.TRUE
    is_told: bool = True

    @property
    def met(self) -> Truth:
        """Whether something met it in time, and not before it was owed."""
        return any_of(
            doing.fits & self.since.by(doing.event.around) & doing.event.around.by(self.until)
            for doing in self.doings
        )

    @property
    def done(self) -> Doing | None:
        """The first thing that met it, in time or not, tolerances aside."""
        found = (one for one in self.doings
                 if one.event.at >= self.at and one.fits is Truth.TRUE)  # fmt: skip
        return next(found, None)


def occasions(duty: Duty, incident: Incident, registry: Registry) -> Iterator[Occasion]:
    """Yield each occasion on which a duty with a deadline is owed."""
    since = incident.since(duty.level)
    if since is not None:
        is_told = incident.untold.isdisjoint(_MEETING.get(duty.kind, duty.meant))
        for occasion in _OCCASIONS[duty.kind](duty, incident, registry, since):
            yield attrs.evolve(occasion, is_told=is_told)


def timed(duty: Duty, incident: Incident, registry: Registry) -> Iterator[DutyFinding]:
    """Yield what became of a duty with a deadline, on each occasion."""
    for occasion in occasions(duty, incident, registry):
        yield judged(occasion, Around.exactly(incident.end))


def judged(occasion: Occasion, end: Around) -> DutyFinding:
    """Return what became of a duty on one occasion, as far as the record goes."""
    met, done = occasion.met, occasion.done
    at = None if done is None else done.event.at
    standing = Standing.UNKNOWN
    if met is Truth.TRUE:
        standing = Standing.KEPT
    elif occasion.is_told and (~met & occasion.until.by(end) & occasion.binds) is Truth.TRUE:
        standing = Standing.BREACHED
    return DutyFinding(
        occasion.duty.id,
        occasion.duty.kind,
        standing,
        code=_code(occasion, standing, at, end),
        subject=occasion.subject,
        events=(*occasion.shown, *(() if done is None else (done.event.id,))),
        at=at,
        due=occasion.due,
    )


def _code(occasion: Occasion, standing: Standing, at: datetime | None, end: Around) -> str:
    if standing is Standing.KEPT:
        return "done"
    if standing is Standing.BREACHED:
        return "not done" if at is None else "late"
    if occasion.binds is not Truth.TRUE:
        return "perhaps owed"
    if not occasion.is_told and occasion.met is Truth.FALSE:
        return "untold"
    is_running = at is None and occasion.until.by(end) is not Truth.TRUE
    return "running" if is_running else "doubt"


def owed_until(since: Around, duty: Duty) -> Around:
    """Return when a duty is due that is owed since some moment."""
    ends = [deadline(at, duty.within, duty.clock) for at in (since.first, since.last)]
    first, last = (_FAR if end is None else end for end in ends)
    return Around(first, last)


def _occasion(
    duty: Duty, since: Around, at: datetime, doings: Iterable[IncidentEvent | Doing]
) -> Occasion:
    many = tuple(one if isinstance(one, Doing) else Doing(one) for one in doings)
    due = deadline(at, duty.within, duty.clock)
    return Occasion(duty, at, since, due, owed_until(since, duty), many)


def _start(incident: Incident, duty: Duty) -> datetime:
    """Return when the incident reached the level of the duty, which it did; tolerances aside."""
    return incident.start(duty.level) or incident.opened.at


_Made = Iterator[Occasion]
_Events = Callable[[Duty, Incident], Iterable[IncidentEvent]]


def _simple(find: _Events) -> Callable[[Duty, Incident, Registry, Around], _Made]:
    def made(duty: Duty, incident: Incident, _: Registry, since: Around) -> _Made:
        yield _occasion(duty, since, _start(incident, duty), find(duty, incident))

    return made


def _alerts(duty: Duty, incident: Incident, _: Registry, since: Around) -> _Made:
    start = _start(incident, duty)
    for role in sorted(duty.roles or ()):
        told = [event for event in incident.of(AlertEvent) if role in event.roles]
        yield attrs.evolve(_occasion(duty, since, start, told), subject=(role,))


def _answers(duty: Duty, incident: Incident) -> Iterable[ActEvent]:
    return (event for event in incident.of(ActEvent) if event.act.kind in duty.meant)


def _review(duty: Duty, incident: Incident, _: Registry, since: Around) -> _Made:
    """Owe a look back since the last time the incident was resolved, unless it is open again."""
    resolved = incident.steps(Step.RESOLVED)
    begun = incident.steps(Step.OPENED, Step.REOPENED)
    if len(resolved) == len(begun):
        start = Around.latest([since, *(event.around for event in resolved)])
        at = max(_start(incident, duty), *(event.at for event in resolved))
        yield _occasion(duty, start, at, incident.of(ReviewEvent))


def _corrections(duty: Duty, incident: Incident, registry: Registry, since: Around) -> _Made:
    """Owe a correction of each claim that was not true, or may not have been."""
    start = _start(incident, duty)
    for event in incident.of(ActEvent):
        for fact, given in event.claims.items():
            is_true = registry.is_at(fact, given, event.around)
            if is_true is not Truth.TRUE:
                truer = [
                    Doing(one, registry.is_at(fact, one.claims[fact], one.around))
                    for one in incident.of(ActEvent)
                    if one is not event and fact in one.claims and one.act.kind in duty.meant
                ]
                owed = Around.latest([since, event.around])
                made = _occasion(duty, owed, max(start, event.at), truer)
                yield attrs.evolve(
                    made, subject=(event.id, fact), shown=(event.id,), binds=~is_true
                )


_OCCASIONS: Final[Mapping[DutyKind, Callable[[Duty, Incident, Registry, Around], _Made]]] = (
    MappingProxyType(
        {
            DutyKind.ACKNOWLEDGE: _simple(lambda _, one: one.steps(Step.ACKNOWLEDGED)),
            DutyKind.ALERT: _alerts,
            DutyKind.ANSWER: _simple(_answers),
            DutyKind.HOLD: _simple(lambda _, one: one.of(HoldEvent)),
            DutyKind.CORRECT: _corrections,
            DutyKind.REVIEW: _review,
        }
    )
)
