"""Duties with a deadline: since when each is owed, until when, and what meets it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
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
from cmcore.policy.conducting.answers import answers, slips
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
_NOTHING: Final = timedelta(0)
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
        return any_of(
            doing.fits & self._since(doing.event.around) & doing.event.around.by(self.until)
            for doing in self.doings
        )

    def _since(self, moment: Around) -> Truth:
        return self.since.before(moment) if self.is_strict else self.since.by(moment)

    @property
    def slipped(self) -> Truth:
        """Whether something went against it afterwards."""
        return any_of(one.fits for one in self.slips)

    @property
    def done(self) -> Doing | None:
        """The first thing that met it, in time or not, tolerances aside."""
        return next((one for one in self._later if one.fits is Truth.TRUE), None)

    @property
    def maybe(self) -> tuple[str, ...]:
        """The ids of what may have met it, were more said of it than is."""
        return tuple(one.event.id for one in self._later if one.fits is Truth.UNKNOWN)

    @property
    def _later(self) -> list[Doing]:
        return [
            one for one in self.doings
            if one.event.at > self.at or (one.event.at == self.at and not self.is_strict)
        ]  # fmt: skip


def occasions(duty: Duty, incident: Incident, registry: Registry) -> Iterator[Occasion]:
    """Yield each occasion on which a duty with a deadline is owed."""
    since = incident.since(duty.level)
    if since is not None:
        yield from _OCCASIONS[duty.kind](duty, incident, registry, since)


def timed(duty: Duty, incident: Incident, registry: Registry) -> Iterator[DutyFinding]:
    """Yield what became of a duty with a deadline, on each occasion."""
    for occasion in occasions(duty, incident, registry):
        yield judged(occasion, Around.exactly(incident.end))


def judged(occasion: Occasion, end: Around) -> DutyFinding:
    """Return what became of a duty on one occasion, as far as the record goes."""
    done = None if occasion.done is None else occasion.done.event
    standing = _standing(occasion, end)
    code = _code(occasion, standing, end)
    found = DutyFinding(
        occasion.duty.id,
        occasion.duty.kind,
        standing,
        code=code,
        subject=occasion.subject,
        events=(*occasion.shown, *(() if done is None else (done.id,))),
        at=None if done is None else done.at,
        due=occasion.due,
        told={"within": occasion.duty.within or _NOTHING},
    )
    if code in {"slipped", "perhaps slipped"}:
        slips = [one.event for one in occasion.slips if one.fits is occasion.slipped]
        ids = [event.id for event in slips]
        return attrs.evolve(
            found, at=slips[0].at, events=(*ids, *found.events), told={"event": _marked(ids)}
        )
    if code == "unsaid":
        maybe = occasion.maybe
        return attrs.evolve(found, events=(*occasion.shown, *maybe), told={"event": _marked(maybe)})
    return found


def _marked(ids: Iterable[str]) -> str:
    return ", ".join(f"`{id_}`" for id_ in ids)


def _standing(occasion: Occasion, end: Around) -> Standing:
    if not occasion.is_begun:
        return Standing.NO_OCCASION if occasion.is_told else Standing.UNKNOWN
    if occasion.slipped is Truth.TRUE:
        return Standing.BREACHED
    if (occasion.met & ~occasion.slipped) is Truth.TRUE:
        return Standing.KEPT
    is_missed = ~occasion.met & occasion.until.by(end) & occasion.binds
    is_breached = occasion.is_told and is_missed is Truth.TRUE
    return Standing.BREACHED if is_breached else Standing.UNKNOWN


def _code(occasion: Occasion, standing: Standing, end: Around) -> str:
    is_done = occasion.done is not None
    if not occasion.is_begun:
        return "not begun" if occasion.is_told else "not begun untold"
    if standing is Standing.KEPT:
        return "done"
    if occasion.slipped is Truth.TRUE:
        return "slipped"
    if standing is Standing.BREACHED:
        return "late" if is_done else "not done"
    return _doubt(occasion, end)


def _doubt(occasion: Occasion, end: Around) -> str:
    """Return the code of what keeps an occasion from a verdict."""
    is_done = occasion.done is not None
    if occasion.binds is not Truth.TRUE:
        return "perhaps owed"
    if occasion.met is Truth.TRUE:
        return "perhaps slipped"
    if occasion.met is Truth.FALSE and not occasion.is_told:
        return "untold late" if is_done else "untold"
    if occasion.maybe and not is_done:
        return "unsaid"
    is_running = not is_done and occasion.until.by(end) is not Truth.TRUE
    return "running" if is_running else "doubt"


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


def _acknowledgement(duty: Duty, incident: Incident, _: Registry, since: Around) -> _Made:
    done = incident.steps(Step.ACKNOWLEDGED)
    yield _occasion(duty, incident, since, _start(incident, duty), done)


def _alerts(duty: Duty, incident: Incident, _: Registry, since: Around) -> _Made:
    start = _start(incident, duty)
    for role in sorted(duty.roles or ()):
        told = [event for event in incident.of(AlertEvent) if role in event.roles]
        yield attrs.evolve(_occasion(duty, incident, since, start, told), subject=(role,))


def _answer(duty: Duty, incident: Incident, _: Registry, since: Around) -> _Made:
    many = [Doing(*one) for one in answers(duty, incident)]
    made = _occasion(duty, incident, since, _start(incident, duty), many)
    yield attrs.evolve(made, is_strict=True)


def _hold(duty: Duty, incident: Incident, _: Registry, since: Around) -> _Made:
    made = _occasion(duty, incident, since, _start(incident, duty), incident.of(HoldEvent))
    slipped = tuple(Doing(*one) for one in slips(incident, made.until))
    yield attrs.evolve(made, slips=slipped)


def _review(duty: Duty, incident: Incident, _: Registry, since: Around) -> _Made:
    """Owe a look back since the last time the incident was resolved, unless it is open again."""
    resolved = incident.steps(Step.RESOLVED)
    begun = incident.steps(Step.OPENED, Step.REOPENED)
    start = _start(incident, duty)
    if len(resolved) < len(begun):
        is_told = str(Step.RESOLVED) not in incident.untold
        never = Around.exactly(_FAR)
        yield Occasion(duty, start, never, None, never, (), is_told, is_begun=False)
        return
    last = Around.latest([since, *(event.around for event in resolved)])
    at = max(start, *(event.at for event in resolved))
    yield _occasion(duty, incident, last, at, incident.of(ReviewEvent))


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
                made = _occasion(duty, incident, owed, max(start, event.at), truer)
                yield attrs.evolve(
                    made, subject=(event.id, fact), shown=(event.id,), binds=~is_true
                )


_OCCASIONS: Final[Mapping[DutyKind, Callable[[Duty, Incident, Registry, Around], _Made]]] = (
    MappingProxyType(
        {
            DutyKind.ACKNOWLEDGE: _acknowledgement,
            DutyKind.ALERT: _alerts,
            DutyKind.ANSWER: _answer,
            DutyKind.HOLD: _hold,
            DutyKind.CORRECT: _corrections,
            DutyKind.REVIEW: _review,
        }
    )
)
