"""Occasions: since when each duty with a deadline is owed, until when, and what meets it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Final

import attrs

from cmcore.base.truth import Truth
from cmcore.base.values import internal
from cmcore.incidents.events import (
    ActEvent,
    AlertEvent,
    FactValue,
    InboundEvent,
    IncidentEvent,
    IncidentStep,
    RetrospectiveEvent,
    StepEvent,
    same_value,
)
from cmcore.incidents.incident import Incident
from cmcore.incidents.playbook import Duty, DutyKind
from cmcore.incidents.replay._answers import Doing, answers, holds, slips, unsure
from cmcore.incidents.replay._record import Record
from cmcore.incidents.replay._sayings import corrected
from cmcore.incidents.replay._undoing import WHYS, fate
from cmcore.incidents.replay.conduct import SPOILING
from cmcore.incidents.replay.registry import all_of, any_of
from cmcore.time.clocks import known_deadline
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
#: A deadline for what never falls due.
_FAR: Final = datetime(9999, 12, 31, tzinfo=UTC)


@internal
class Moment:
    """An instant without its tolerance, and with it."""

    at: datetime
    around: Around


_PAST: Final = datetime(1, 1, 1, tzinfo=UTC)
#: Before anything in a record.
_LONG_BEFORE: Final = Moment(_PAST, Around.exactly(_PAST))


@internal
class Occasion:
    """A duty that is owed, or may be: since when, until when, what may meet it, what shows it.

    What came after `cause` meets it, even before it was owed: the incident began, a claim was made.
    `slips` are acts that went against it afterwards, `early` those that would have met it, had they
    not come before. `binds` says whether it is owed at all,
    `is_over` that the incident ended or began again since: nobody has to do it any more.
    `is_told` whether the record has everything that would meet it, and `is_begun` whether what its
    time counts from has happened. What `is_strict` is met after its cause, and not with it.
    `against` is what says by now that a claim is false, tolerances aside. `at`
    and `due` go without tolerances; `due` is None where it never falls due, and where that depends
    on a `year` that the calendar does not cover.
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
    early: tuple[Doing, ...] = ()
    is_begun: bool = True
    is_over: bool = False
    is_strict: bool = False
    against: tuple[str, ...] = ()
    year: int | None = None

    @property
    def met(self) -> Truth:
        """Whether something met it in time, and not before its cause."""
        return any_of(map(self.meets, self.doings))

    def meets(self, doing: Doing) -> Truth:
        """Return whether an event met it in time, and not before its cause."""
        return doing.fits & self.follows(doing) & doing.event.around.by(self.until)

    def follows(self, doing: Doing) -> Truth:
        """Return whether an event did not come before its cause."""
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

    @property
    def keeper(self) -> Doing | None:
        """The first thing that surely met it in time, and not before its cause."""
        return next((one for one in self.doings if self.meets(one) is Truth.TRUE), None)

    @property
    def is_undone(self) -> bool:
        """Whether nothing of what surely met it in time was left later."""
        return all(one.undoers for one in self.doings if self.meets(one) is Truth.TRUE)

    @property
    def is_done_at_most(self) -> bool:
        """Whether something that came before the first that met it may have met it, too."""
        done = self.done
        return any(
            one.fits is Truth.UNKNOWN and self.cause.at <= one.event.at <= done.event.at
            for one in self.doings if done is not None
        )  # fmt: skip

    @property
    def tolerance(self) -> timedelta:
        """How far the deadline may be off, either way."""
        if self.due is None:
            return timedelta(0)
        return max(self.due - self.until.first, self.until.last - self.due)

    def is_done_by(self, doing: Doing) -> bool:
        """Return whether an event met it, in time or not, tolerances aside."""
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
    def undoers(self) -> tuple[str, ...]:
        """The first acts that undid each thing that met it, where none of them stands any more."""
        met = [one for one in self.doings if self.is_done_by(one)]
        return tuple(one.undoers[0] for one in met) if all(one.undoers for one in met) else ()

    @property
    def doubtful(self) -> tuple[Doing, ...]:
        """What may have met it, were more known than is: all that is in doubt for one reason."""
        many = [one for one in self.doings if self.meets(one) is Truth.UNKNOWN]
        return tuple(one for one in many if self.doubt(one) == self.doubt(many[0]))

    def doubt(self, doing: Doing) -> str:
        """Return the code of why it is unknown whether an event met it."""
        if doing.fits is Truth.UNKNOWN and doing.why:
            return f"unsaid {doing.why}"
        is_at_once = {doing.event.around} == {self.cause.around} == {Around.exactly(self.cause.at)}
        return "same moment" if is_at_once else "doubt"

    @property
    def spoilt(self) -> tuple[Doing, ...]:
        """What would have met it, but for when it came or for what it says, in order of time.

        What came too late is no answer where it was surely undone since.
        """
        spoilt = [one for one in self.doings if one.fits is Truth.FALSE and one.why in SPOILING]
        undone = [attrs.evolve(one, why="undone") for one in self.doings
                  if one.fits is Truth.UNKNOWN and one.why in WHYS and one.undoers
                  and self.until.before(one.event.around) is Truth.TRUE]  # fmt: skip
        many = (one for one in (*spoilt, *undone) if self.follows(one) is Truth.TRUE)
        return (*self.early, *sorted(many, key=lambda one: one.event.at))


def occasions(duty: Duty, record: Record) -> Iterator[Occasion]:
    """Yield each occasion on which a duty with a deadline is owed."""
    since = record.incident.since(duty.level)
    if since is not None:
        yield from _OCCASIONS[duty.kind](duty, record, since)


def owed_until(since: Around, duty: Duty) -> tuple[Around, int | None]:
    """Return when a duty is due that is owed since some moment.

    Where that may depend on a year that the calendar does not cover, return the year too.
    """
    ends = [known_deadline(at, duty.within, duty.clock) for at in (since.first, since.last)]
    year = next((end.year for end in ends if end.year is not None), None)
    first, last = ends[0].at or ends[0].after or _FAR, ends[1].at or _FAR
    if duty.clock is not None or not isinstance(duty.within, timedelta) or last == _FAR:
        return Around(first, last), year  # hours of a clock go by the time of day
    least, most = since.least + duty.within, since.most + duty.within
    return Around(first, last, of=since.of, least=least, most=most), year


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
    until, uncovered = owed_until(since, duty)
    told = known_deadline(at, duty.within, duty.clock)
    year = told.year if uncovered is None else uncovered
    due = told.at if year is None else None
    is_told = incident.untold.isdisjoint(_MEETING.get(duty.kind, duty.meant))
    return Occasion(duty, cause, at, since, due, until, many, is_told, year=year)


def _start(incident: Incident, duty: Duty) -> datetime:
    """Return when the incident reached the level of the duty, which it did; tolerances aside."""
    return incident.start(duty.level) or incident.opened.at


_Made = Iterator[Occasion]
#: The steps that end whatever was owed since the incident began.
_ENDS: Final = (IncidentStep.REOPENED, IncidentStep.CLOSED)


def _begun(
    duty: Duty,
    record: Record,
    since: Around,
    doings: Iterable[IncidentEvent | Doing],
    *ends: IncidentStep,
) -> _Made:
    """Owe something since the incident opened, and once more each time that it is reopened.

    It is not owed twice where the level of the duty was only reached after a reopening. Nobody has
    to do it any more once the incident is closed or reopened, or takes any of the steps in `ends`.
    """
    incident, many = record.incident, tuple(doings)
    begun = incident.steps(IncidentStep.OPENED, IncidentStep.REOPENED)
    for step in begun:
        others = [one.around for one in begun if one is not step]
        binds = all_of(one.by(step.around) | since.by(one) for one in others)
        if binds is not Truth.FALSE:
            made = _occasion(duty, incident, Moment(step.at, step.around), since, many)
            again = (step.id,) if step.step is IncidentStep.REOPENED else ()
            yield attrs.evolve(
                made,
                subject=again,
                shown=again,
                binds=binds,
                is_over=_is_followed(step, incident, {*_ENDS, *ends}),
            )


def _is_followed(step: StepEvent, incident: Incident, ends: set[IncidentStep]) -> bool:
    """Return whether an incident took any of some steps after another, tolerances aside."""
    steps = incident.of(StepEvent)
    return any(later.step in ends for later in steps[steps.index(step) + 1 :])


def _acknowledgement(duty: Duty, record: Record, since: Around) -> _Made:
    return _begun(duty, record, since, record.incident.steps(IncidentStep.ACKNOWLEDGED))


def _alerts(duty: Duty, record: Record, since: Around) -> _Made:
    """Owe that each role knows: one that was told before the incident opened knows, too.

    What was told before a resolution says nothing of what comes back after it.
    """
    for role in sorted(duty.roles or ()):
        told = [event for event in record.incident.of(AlertEvent) if role in event.roles]
        for made in _begun(duty, record, since, told):
            cause = _calm(made, record.incident)
            yield attrs.evolve(made, cause=cause, subject=(role, *made.subject))


def _answer(duty: Duty, record: Record, since: Around) -> _Made:
    for made in _begun(duty, record, since, ()):
        many = tuple(answers(duty, record, made.cause.around, made.until))
        early = () if made.subject else tuple(_early(many, record.incident))
        yield attrs.evolve(made, doings=many, is_strict=True, early=early)


def _early(many: Iterable[Doing], incident: Incident) -> Iterator[Doing]:
    """Yield the answers to what came in that surely came before the incident opened."""
    opened = incident.opened.around
    for one in many:
        about = one.event.about if isinstance(one.event, ActEvent) else ()
        is_before = one.event.around.before(opened) is Truth.TRUE
        is_answer = any(isinstance(incident.event(id_), InboundEvent) for id_ in about)
        is_word = one.fits is not Truth.FALSE or one.why == "aside"
        if is_before and is_answer and is_word:
            yield Doing(one.event, Truth.FALSE, "early")


def _hold(duty: Duty, record: Record, since: Around) -> _Made:
    """Owe a hold that stands: a post that goes out as scheduled shows that nothing is held.

    One that was begun before the incident opened keeps it, too, as long as nothing was resolved.
    """
    for made in _begun(duty, record, since, (), IncidentStep.RESOLVED):
        ended = _calm(made, record.incident)
        held = tuple(holds(record.incident, made.cause.around, made.since))
        stood = [attrs.evolve(one, fits=one.fits & ended.around.by(one.event.around))
                 for one in held]  # fmt: skip
        slipped = slips(record.incident, made.cause.around, made.since, made.until, stood)
        yield attrs.evolve(made, cause=ended, doings=held, slips=tuple(slipped))


def _calm(made: Occasion, incident: Incident) -> Moment:
    """Return when the incident was last resolved before it began again; if never, long before."""
    reopened = [step.id for step in incident.steps(IncidentStep.REOPENED)]
    if not made.subject:
        return _LONG_BEFORE
    last = incident.steps(IncidentStep.RESOLVED)[reopened.index(made.subject[0])]
    return Moment(last.at, last.around)


def _review(duty: Duty, record: Record, since: Around) -> _Made:
    """Owe a look back since each time the incident was resolved.

    Where it was reopened before the time for that was over, it is owed after the next resolution.
    """
    incident = record.incident
    resolved, again = (
        incident.steps(step) for step in (IncidentStep.RESOLVED, IncidentStep.REOPENED)
    )
    for number, step in enumerate(resolved, start=1):
        last = Moment(step.at, Around.latest(event.around for event in resolved[:number]))
        made = _occasion(duty, incident, last, since, incident.of(RetrospectiveEvent))
        if number > len(again):
            yield made
        elif (binds := made.until.before(again[number - 1].around)) is not Truth.FALSE:
            ids = (step.id,)
            yield attrs.evolve(made, subject=ids, shown=ids, binds=binds, is_over=True)
    if len(resolved) == len(again):
        start = _start(incident, duty)
        is_told = str(IncidentStep.RESOLVED) not in incident.untold
        never = Around.exactly(_FAR)
        cause = Moment(start, never)
        yield Occasion(duty, cause, start, never, None, never, (), is_told, is_begun=False)


def _corrections(duty: Duty, record: Record, since: Around) -> _Made:
    """Owe a correction of each claim that was not true, or may not have been."""
    incident = record.incident
    for event in incident.of(ActEvent):
        for fact, given in event.claims.items():
            is_true = record.registry.is_at(fact, given, event.around)
            if is_true is not Truth.TRUE:
                cause = Moment(event.at, event.around)
                made = _occasion(duty, incident, cause, since, ())
                yield attrs.evolve(
                    made,
                    doings=tuple(_truer(duty, record, event, fact, made.until)),
                    subject=(event.id, fact),
                    shown=(event.id,),
                    binds=~is_true,
                    against=_against(record, fact, given),
                )


def _against(record: Record, fact: str, given: FactValue) -> tuple[str, ...]:
    """Return the event that shows, at the end of the record, that a fact contradicts a claim."""
    last = record.registry.last(fact, record.incident.end)
    return () if last is None or same_value(last.value, given) else (last.event,)


def _truer(
    duty: Duty, record: Record, claim: ActEvent, fact: str, until: Around
) -> Iterator[Doing]:
    """Yield the acts that withdraw what a claim says of a fact, or may, until some moment."""
    for event in record.incident.of(ActEvent):
        if event.act.kind in duty.meant and event is not claim:
            given = corrected(record, claim, event, fact)
            if given.fits is not Truth.FALSE:
                later = fate(event, record, lambda edit: _spoils(record, claim, edit, fact))
                against = unsure(later, until)
                fits = given.fits & ~any_of(against.values())
                reasons = {given.why: ~given.fits, **against}
                why = next((code for code, truth in reasons.items() if ~truth is fits), "")
                yield Doing(event, fits, why, undoers=later.undoers)


def _spoils(record: Record, claim: ActEvent, edit: ActEvent, fact: str) -> Truth:
    """Return whether an edit leaves nothing of a correction: unknown where it is silent on it."""
    if fact not in edit.claims and claim.id not in edit.corrects:
        return Truth.UNKNOWN
    return ~corrected(record, claim, edit, fact).fits


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
