"""Incidents: logs of events that agree with each other, and the situation at each moment."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from itertools import chain
from types import MappingProxyType
from typing import Final, TypeVar

import attrs
from attrs import field

from cmcore.base.asked import checked, checked_late
from cmcore.base.errors import Problem, enough, refuse, refuse_any
from cmcore.base.frozen import FrozenMap, each_once
from cmcore.base.ids import held, id_problems, nearest
from cmcore.base.truth import Truth
from cmcore.base.values import value
from cmcore.charters.act import aware_problems
from cmcore.charters.context import CALM, Situation
from cmcore.display.names import Names, handle, names_by_sort, own_names
from cmcore.display.pictures.track import Track
from cmcore.display.views import Table, View, Viewable
from cmcore.display.wording import Language, say
from cmcore.incidents.consistency import event_problems, name_problems, told_of
from cmcore.incidents.events import (
    EVENT_KINDS,
    ActEvent,
    IncidentEvent,
    IncidentStep,
    RetrospectiveEvent,
    SignalEvent,
    StepEvent,
)
from cmcore.incidents.scale import Scale
from cmcore.incidents.timeline import tell, track, who, written
from cmcore.time.instants import Around
from cmcore.time.week import require_aware, zone_problems

_E = TypeVar("_E", bound=IncidentEvent)


class IncidentState(StrEnum):
    """The state of an incident in its life cycle."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    CONTAINED = "contained"
    RESOLVED = "resolved"
    CLOSED = "closed"

    @property
    def is_live(self) -> bool:
        """Whether the incident is still going on."""
        return self in _LIVE


_OPEN, _ACKNOWLEDGED, _CONTAINED, _RESOLVED, _CLOSED = IncidentState
_LIVE: Final = (_OPEN, _ACKNOWLEDGED, _CONTAINED)
#: The next state for each step and state; anything else is refused. `opened` comes first, once.
TRANSITIONS: Final[Mapping[IncidentStep, Mapping[IncidentState, IncidentState]]] = MappingProxyType(
    {
        IncidentStep.OPENED: MappingProxyType({}),
        IncidentStep.ACKNOWLEDGED: MappingProxyType(
            {_OPEN: _ACKNOWLEDGED, _ACKNOWLEDGED: _ACKNOWLEDGED, _CONTAINED: _CONTAINED}
        ),
        IncidentStep.CONTAINED: MappingProxyType(dict.fromkeys(_LIVE, _CONTAINED)),
        IncidentStep.RESOLVED: MappingProxyType(dict.fromkeys(_LIVE, _RESOLVED)),
        IncidentStep.REOPENED: MappingProxyType(dict.fromkeys((_RESOLVED, _CLOSED), _OPEN)),
        IncidentStep.CLOSED: MappingProxyType({_RESOLVED: _CLOSED}),
    }
)  # fmt: skip
#: The steps by which an incident begins to be open, or ceases to be: they come by turns.
_SWITCHES: Final = (IncidentStep.OPENED, IncidentStep.RESOLVED, IncidentStep.REOPENED)


def _events(many: Iterable[IncidentEvent]) -> tuple[IncidentEvent, ...]:
    return tuple(many)


def _texts(given: Mapping[str, str]) -> FrozenMap[str]:
    return FrozenMap(given)


def _no_texts() -> FrozenMap[str]:
    return FrozenMap()


@value
class Incident(Viewable):
    """What happened in an incident, in order of time, as far as is known `until` some moment.

    `sources` give the address, or the name, of each source that events cite; `names` say what
    facts, measures and levels are called, for people. Without `until`, the
    record is complete up to the last event. Only events of the kinds in `untold`, such as
    `alerted`, may be missing from the log: if there are none, that proves nothing.

    Raises:
        InvalidError: with every problem and every inconsistency between the events, each with its
            place: no opening, steps that the table of transitions does not allow, repeated or
            unknown ids, events about something later, promises about the past, conflicting facts,
            events after `until`, sources that are not named, names of nothing in it.
    """

    id: str
    events: tuple[IncidentEvent, ...] = field(converter=_events)
    title: str = field(default="", kw_only=True)
    zone: str = field(default="UTC", kw_only=True)
    scale: Scale = field(factory=Scale, kw_only=True)
    sources: FrozenMap[str] = field(factory=_no_texts, kw_only=True, converter=_texts)
    names: FrozenMap[str] = field(factory=_no_texts, kw_only=True, converter=_texts)
    until: datetime | None = field(default=None, kw_only=True)
    untold: frozenset[str] = field(default=frozenset(), kw_only=True, converter=each_once)

    def __attrs_post_init__(self) -> None:
        naive = list(aware_problems(self.until, "until"))
        told = event_problems(self.events, self.sources, None if naive else self.until)
        refuse_any(
            id_problems(self.id, "incident"), zone_problems(self.zone), naive,
            untold_problems(self.untold),
            name_problems(self.names, told_of(self.events, self.scale)),
            sorted(enough(chain(told, _step_problems(self.events))), key=_place),
        )  # fmt: skip
        ordered = tuple(sorted(self.events, key=lambda event: event.at))
        object.__setattr__(self, "events", ordered)

    @checked_late
    def of(self, kind: type[_E]) -> tuple[_E, ...]:
        """Return the events of a kind, in order of time."""
        return tuple(event for event in self.events if isinstance(event, kind))

    @checked_late
    def event(self, id: str) -> IncidentEvent:  # noqa: A002
        """Return the event `id`; KeyError when there is none."""
        return held("event", id, self._by_id)

    @cached_property
    def _by_id(self) -> dict[str, IncidentEvent]:
        return {event.id: event for event in self.events}

    @cached_property
    def opened(self) -> StepEvent:
        """The event by which it opened."""
        return self.steps(IncidentStep.OPENED)[0]

    @property
    def end(self) -> datetime:
        """The instant up to which the record is complete."""
        return max(e.around.last for e in self.events) if self.until is None else self.until

    @cached_property
    def _switched(self) -> tuple[Around, ...]:
        """When it began to be open, and when it ceased to be, by turns."""
        return tuple(event.around for event in self.steps(*_SWITCHES))

    @cached_property
    def _reached(self) -> tuple[tuple[str, Around | None], ...]:
        """When each level above the first was reached."""
        return tuple((level, self.since(level)) for level in self.scale.names[1:])

    def steps(self, *steps: IncidentStep) -> tuple[StepEvent, ...]:
        """Return the events of the given steps, in order of time."""
        return tuple(event for event in self.of(StepEvent) if event.step in steps)

    def state(self, at: datetime | None = None) -> IncidentState | None:
        """Return its state at `at`, ignoring tolerances; at the end of the log if `at` is None.

        The state is None before it opened.
        """
        last = self.end if at is None else require_aware(at, "at")
        found: IncidentState | None = None
        for event in self.of(StepEvent):
            if event.at <= last:
                found = _OPEN if found is None else TRANSITIONS[event.step][found]
        return found

    def as_of(self, at: datetime) -> "Incident":
        """Return the incident as it was known at `at`, ignoring tolerances.

        Raises:
            InvalidError: when the incident opens later.
        """
        at = require_aware(at, "at")
        if at < self.opened.at:
            opens = self.opened.at
            raise refuse("incident-not-open-yet", "at", id=self.id, at=at, opens=opens)
        kept = [event for event in self.events if event.at <= at]
        known = {event.id for event in kept}
        told = told_of(kept, self.scale)
        names = {name: one for name, one in self.names.items() if name in told}
        events = [_cut(event, known) for event in kept]
        return attrs.evolve(self, events=events, names=names, until=at)

    def since(self, level: str | None = None) -> Around | None:
        """Return when it reached a level, or opened if `level` is None; None if it never did.

        Anything measured before it opened counts from the opening on.

        Raises:
            InvalidError: when the scale has no such level.
        """
        return self._since(level, lambda event: event.around)

    def start(self, level: str | None = None) -> datetime | None:
        """Return the same as `since`, ignoring tolerances."""
        found = self._since(level, lambda event: Around.exactly(event.at))
        return None if found is None else found.first

    def _since(self, level: str | None, when: Callable[[IncidentEvent], Around]) -> Around | None:
        rank = 0 if level is None else self.scale.rank(level)
        if rank == 0:
            return when(self.opened)
        reached = [when(event) for event in self.of(SignalEvent)
                   if self.scale.reached(event.measure, event.number) >= rank]  # fmt: skip
        opened = when(self.opened)
        return Around.latest([opened, Around.earliest(reached)]) if reached else None

    def _view(self, language: Language) -> View:
        """Return the view of the incident for a terminal or a notebook: its timeline."""
        name = self.title or self.id
        state = say(f"incident state {self.state()}", language)
        heads = (
            say(f"incident head {code}", language) for code in ("time", "event", "who", "what")
        )
        rows = tuple(
            (
                written(one.at, self.zone, one.tolerance, language),
                handle(one.id, "event", language) or str(number),
                who(one, language),
                tell(one, language, self.zone),
            )
            for number, one in enumerate(self.events, 1)
        )
        timeline = say("incident timeline", language)
        marks = tuple(track(self.events, self.zone, language))
        return View(
            title=say("incident shown", language, incident=name, state=state),
            tables=(Table(tuple(heads), rows, timeline),),
            pictures=(Track(timeline, marks=marks),),
            foot=say("incident until", language, zone=self.zone,
                     until=written(self.end, self.zone, language=language)),
        )  # fmt: skip

    def situation(self, at: datetime | Around) -> Situation:
        """Return the situation for charters at a moment; None where tolerances leave it open."""
        moment = at if isinstance(at, Around) else Around.exactly(require_aware(at, "at"))
        return self._situation(lambda when: when.by(moment))

    @checked_late
    def situation_before(self, act: ActEvent) -> Situation:
        """Return the situation before an act of ours, without anything that the act caused.

        An act that the opening is about came before the opening, whatever the tolerances.
        """
        if act.id in self.opened.about:
            return CALM
        return self._situation(lambda when: when.before(act.around))

    def _situation(self, has_come: Callable[[Around], Truth]) -> Situation:
        come = [has_come(when) for when in self._switched]
        least = sum(one is Truth.TRUE for one in come)
        most = sum(one is not Truth.FALSE for one in come)
        if least != most:
            return Situation()
        return Situation(open=True, severity=self._severity(has_come)) if least % 2 else CALM

    def _severity(self, has_come: Callable[[Around], Truth]) -> str | None:
        """Return the highest level reached so far; None where that is unknown."""
        found = self.scale.levels[0].id
        for level, since in self._reached:
            reached = Truth.FALSE if since is None else has_come(since)
            if reached is Truth.UNKNOWN:
                return None
            found = level if reached is Truth.TRUE else found
        return found


@own_names.register
def _(incident: Incident) -> Names:
    return names_by_sort(fact=incident.names, level=incident.names)


@checked
def situation(incidents: Iterable[Incident], at: datetime) -> Situation:
    """Return the situation that charters read from several incidents: the most severe open one.

    If it is unknown whether an incident is open, so is everything that follows from it.

    Raises:
        InvalidError: when the open incidents have different scales.

    Examples:
        >>> from datetime import datetime
        >>> from cmcore import Incident, read
        >>> from cmcore.incidents import situation
        >>> incident = read("examples/incidents/aquarelle.yaml", Incident)
        >>> at = datetime.fromisoformat("2012-08-06T16:30+02:00")
        >>> situation([incident], at).severity
        'watch'
    """
    found = [(one.scale, one.situation(at)) for one in incidents]
    live = [(scale, now) for scale, now in found if now.open is not False]
    if not live:
        return CALM
    if len({scale for scale, _ in live}) > 1:
        raise refuse("scales-differ")
    if not any(now.open for _, now in live):
        return Situation()
    return Situation(open=True, severity=_worst(live[0][0], [now.severity for _, now in live]))


def _worst(scale: Scale, severities: list[str | None]) -> str | None:
    """Return the highest; None where one that is unknown may be higher."""
    top = max((scale.rank(one) for one in severities if one is not None), default=0)
    is_known = None not in severities or top == len(scale.levels) - 1
    return scale.names[top] if is_known else None


def _cut(event: IncidentEvent, known: Collection[str]) -> IncidentEvent:
    """Return an event that is only about what is known: tolerances may put that a little later."""
    if not isinstance(event, ActEvent | RetrospectiveEvent | StepEvent):
        return event
    about = [id_ for id_ in event.about if id_ in known]
    if not isinstance(event, ActEvent):
        return attrs.evolve(event, about=about)
    corrects = [id_ for id_ in event.corrects if id_ in known]
    return attrs.evolve(event, about=about, corrects=corrects)


def _place(problem: Problem) -> int:
    """Return the place of the event that a problem is about, -1 where it is about none."""
    numbers = [step for step in problem.path if isinstance(step, int)]
    return numbers[0] if numbers else -1


def untold_problems(untold: Iterable[str]) -> Iterator[Problem]:
    """Yield the kinds that no event has."""
    for kind in sorted({*untold} - {*EVENT_KINDS}):
        near = nearest(kind, EVENT_KINDS)
        yield Problem.of("unknown-event-kind", "untold", kind=kind, near=near)


def _step_problems(events: tuple[IncidentEvent, ...]) -> Iterator[Problem]:
    """Follow the steps in order of time, and yield those that cannot be taken."""
    steps = [(event, n) for n, event in enumerate(events) if isinstance(event, StepEvent)]
    state: IncidentState | None = None
    if not any(event.step is IncidentStep.OPENED for event, _ in steps):
        yield Problem.of("incident-never-opens", "events")
        return
    for event, index in sorted(steps, key=lambda pair: pair[0].at):
        if state is None and event.step is IncidentStep.OPENED:
            state = _OPEN
        elif state is None:
            yield Problem.of("step-before-opening", "events", index, step=event.step)
        elif state not in TRANSITIONS[event.step]:
            way = _way_out(state, event.step)
            step = event.step
            yield Problem.of("step-not-possible", "events", index, state=state, step=step, hint=way)
        else:
            state = TRANSITIONS[event.step][state]


def _way_out(state: IncidentState, step: IncidentStep) -> str:
    """Return the code of the hint about a step that the state forbids."""
    if step is IncidentStep.OPENED:
        return "opens-once"
    if step is IncidentStep.CLOSED:
        return "resolve-first" if state.is_live else "closed-already"
    if step is IncidentStep.REOPENED:
        return "not-resolved"
    return "reopen-first"
