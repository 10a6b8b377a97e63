"""Strategies for incidents, playbooks, and what is found of them."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import attrs
from hypothesis import strategies as st

from cmcore.charters.act import Act, Message
from cmcore.charters.kinds import KINDS
from cmcore.incidents.consistency import told_of
from cmcore.incidents.events import (
    ActEvent,
    After,
    AlertEvent,
    FactEvent,
    FactValue,
    HoldEvent,
    InboundEvent,
    IncidentEvent,
    IncidentStep,
    Promise,
    RetrospectiveEvent,
    SignalEvent,
    StepEvent,
)
from cmcore.incidents.incident import TRANSITIONS, Incident, IncidentState
from cmcore.incidents.playbook import DETAILS, POSSIBLE, Duty, DutyKind, Escalation, Playbook
from cmcore.incidents.replay.conduct import Conduct, DutyFinding, Stopped
from cmcore.incidents.replay.due import due
from cmcore.incidents.replay.owed import Due, Owed
from cmcore.incidents.replay.replay import conduct
from cmcore.incidents.scale import Scale, SeverityLevel
from cmcore.strategies._charters import charters
from cmcore.strategies._drawing import distinct, number, pick, rare, several, some
from cmcore.strategies._teams import a_team
from cmcore.strategies._words import (
    ZONES,
    a_clock,
    a_duration,
    a_text,
    a_week,
    a_word_list,
    an_id,
    on_a_clock,
)
from cmcore.time.calendar import WorkingDays

_LEVELS: Final = ("watch", "serious", "crisis")
_MEASURES: Final = ("messages", "press")
_ROLES: Final = ("communicator", "expert")
_PEOPLE: Final = (None, "maud", "yann", "the agency")
_SOURCES: Final = {"paper": "https://example.org/a", "memory": "what we remember"}
_KINDS: Final = ("publish", "reply", "delete", "hide", "unhide", "restore", "edit", "message")
#: What facts and levels are called, for people.
_NAMES: Final[tuple[Mapping[str, str], ...]] = ({}, {"refunded": "the money is back"})
#: Facts, each with values of one sort.
_FACTS: Final[Mapping[str, tuple[FactValue, ...]]] = {
    "refunded": (False, True),
    "left": (3, 0, 2.5),
    "state": ("lost", "found"),
}
_START: Final = datetime(2026, 3, 27, 8, tzinfo=UTC)
_TICK: Final = timedelta(minutes=7)
_TOLERANCES: Final = (timedelta(0), timedelta(0), timedelta(minutes=20), timedelta(hours=3))


def a_scale(draw: st.DrawFn) -> Scale:
    """Draw a scale of one to three levels."""
    names = _LEVELS[: number(draw, 1, 3)]
    return Scale([SeverityLevel(names[0]), *(_level(draw, name) for name in names[1:])])


def _level(draw: st.DrawFn, name: str) -> SeverityLevel:
    measures = some(draw, _MEASURES, 1, 2)
    return SeverityLevel(name, {measure: number(draw, 0, 8) for measure in sorted(measures)})


def some_facts(draw: st.DrawFn) -> dict[str, FactValue]:
    """Draw the values of a fact or two."""
    names = some(draw, tuple(_FACTS), 1, 2) if rare(draw) else {"refunded"}
    return {name: pick(draw, _FACTS[name]) for name in sorted(names)}


def a_promise(draw: st.DrawFn, at: datetime) -> Promise:
    """Draw a promise made at an instant."""
    by = at + number(draw, 0, 9) * timedelta(hours=1)
    return Promise(some_facts(draw), on_a_clock(draw, by), tolerance=pick(draw, _TOLERANCES))


_Told = dict[str, Any]


def _inbound(draw: st.DrawFn, _: datetime, __: Sequence[str]) -> _Told:
    text = a_text(draw) if rare(draw, 2) else None
    return {
        "message": Message(text=text, language=pick(draw, (None, "fr"))),
        "network": pick(draw, (None, "bluesky")),
        "criticism": pick(draw, (True, False, None)),
    }


def _act(draw: st.DrawFn, at: datetime, known: Sequence[str]) -> _Told:
    text = a_text(draw) if rare(draw, 2) else None
    labels = {"hostile": rare(draw, 2)} if rare(draw) else {}
    return {
        "act": Act(
            kind=pick(draw, (*KINDS,) if rare(draw) else _KINDS),
            text=text,
            labels=labels,
            scheduled=pick(draw, (None, False, True)) if rare(draw, 2) else False,
        ),
        "about": sorted(some(draw, known, 0, 2)),
        "corrects": some(draw, known, 0, 1) if rare(draw, 2) else (),
        "claims": some_facts(draw) if rare(draw, 2) else {},
        "promises": several(draw, lambda: a_promise(draw, at), 0, 1),
        "review": some(draw, ("desk", "crisis"), 0, 2) if rare(draw, 2) else None,
    }


def _signal(draw: st.DrawFn, _: datetime, __: Sequence[str]) -> _Told:
    return {"measure": pick(draw, _MEASURES), "number": number(draw, 0, 9)}


def _step(draw: st.DrawFn, _: datetime, __: Sequence[str]) -> _Told:
    step = pick(draw, tuple(IncidentStep))
    return {"step": step, "reason": "it came back" if step is IncidentStep.REOPENED else ""}


_MAKERS: Final[Mapping[type[Any], Callable[[st.DrawFn, datetime, Sequence[str]], _Told]]] = {
    InboundEvent: _inbound,
    ActEvent: _act,
    FactEvent: lambda draw, _, __: {"that": some_facts(draw)},
    SignalEvent: _signal,
    StepEvent: _step,
    AlertEvent: lambda draw, _, __: {"roles": some(draw, _ROLES, 1, 2)},
    HoldEvent: lambda _, __, ___: {},
    RetrospectiveEvent: lambda draw, _, known: {"about": sorted(some(draw, known, 0, 2))},
}


def an_event(
    draw: st.DrawFn, kind: type[IncidentEvent], id_: str, at: datetime, known: Sequence[str] = ()
) -> IncidentEvent:
    """Draw an event of a kind, perhaps about some that are known."""
    return kind(
        id_,
        on_a_clock(draw, at),
        tolerance=pick(draw, _TOLERANCES),
        by=pick(draw, _PEOPLE),
        source=pick(draw, (None, *_SOURCES)),
        note="as told" if rare(draw) else "",
        **_MAKERS[kind](draw, at, known),
    )


#: The kinds of event as often as they are drawn; how long the record goes on after the last one.
_OFTEN: Final = (*_MAKERS, ActEvent, ActEvent, FactEvent, FactEvent)
_LATER: Final = (timedelta(0), timedelta(hours=4), timedelta(days=2), timedelta(weeks=9))


class _Story:
    """An incident as it is made up: one event after another, each at an instant of its own."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.at = _START
        self.events: list[IncidentEvent] = []
        self.state: IncidentState | None = None

    def add(self, kind: type[IncidentEvent]) -> None:
        """Add an event of a kind, or a step that the state allows."""
        self.at += _TICK * number(self.draw, 1, 30)
        id_ = f"e{len(self.events)}"
        if kind is StepEvent:
            self._step(id_)
            return
        known = [event.id for event in self.events if isinstance(event, InboundEvent | ActEvent)]
        event = an_event(self.draw, kind, id_, self.at, known)
        if isinstance(event, ActEvent):
            acts = {one.id for one in self.events if isinstance(one, ActEvent)}
            event = attrs.evolve(event, corrects=[one for one in event.corrects if one in acts])
        self._place(event)

    def _step(self, id_: str) -> None:
        ways = [step for step in TRANSITIONS if self.state in TRANSITIONS[step]] or [
            IncidentStep.OPENED
        ]
        step = pick(self.draw, ways)
        self.state = IncidentState.OPEN if self.state is None else TRANSITIONS[step][self.state]
        reason = "it came back" if step is IncidentStep.REOPENED else ""
        told = pick(self.draw, _TOLERANCES)
        acts = [event.id for event in self.events if isinstance(event, ActEvent)]
        about = some(self.draw, acts, 0, 1) if step is IncidentStep.OPENED else ()
        event = StepEvent(
            id_,
            on_a_clock(self.draw, self.at),
            tolerance=told,
            step=step,
            reason=reason,
            about=sorted(about),
        )
        self._place(event)

    def _place(self, event: IncidentEvent) -> None:
        """Add an event, now and then so long after another."""
        others = [one for one in self.events if one.after is None]
        if others and rare(self.draw):
            other = pick(self.draw, others)
            off = pick(self.draw, _TOLERANCES[1:3])
            event = event.following(other, event.at - other.at, off)
        self.events.append(event)


def an_incident(draw: st.DrawFn, most: int = 9) -> Incident:
    """Draw an incident whose events agree."""
    story = _Story(draw)
    for _ in range(number(draw, 0, 2)):
        story.add(pick(draw, (InboundEvent, ActEvent, FactEvent, SignalEvent)))
    story.add(StepEvent)
    for _ in range(most if rare(draw, 2) else number(draw, 0, most)):
        story.add(pick(draw, _OFTEN))
    until = None if rare(draw) else story.at + pick(draw, _LATER)
    untold = some(draw, ("alerted", "held", "publish", "resolved"), 0, 2)
    scale = a_scale(draw)
    known = told_of(story.events, scale)
    names = {name: told for name, told in pick(draw, _NAMES).items() if name in known}
    return Incident(
        an_id(draw),
        story.events,
        title="A bad day" if rare(draw) else "",
        zone=pick(draw, ZONES),
        scale=scale,
        sources=_SOURCES,
        names=names,
        until=until,
        untold=untold if rare(draw, 3) else (),
    )


def an_escalation(draw: st.DrawFn) -> Escalation:
    """Draw an escalation."""
    after = WorkingDays(number(draw, 0, 9)) if rare(draw, 3) else a_duration(draw)
    return Escalation(pick(draw, _ROLES), after)


_WITHIN: Final = tuple(timedelta(minutes=n) for n in (15, 60, 240, 1440))


def a_duty(draw: st.DrawFn, levels: Sequence[str], roles: Sequence[str] = _ROLES) -> Duty:
    """Draw a duty, from one of some levels on or from none."""
    kind = pick(draw, tuple(DutyKind))
    given: dict[str, Callable[[], Any]] = {
        "within": lambda: a_duration(draw, least=1) if rare(draw) else pick(draw, _WITHIN),
        "clock": lambda: a_clock(draw, a_week(draw)),
        "level": lambda: pick(draw, levels),
        "role": lambda: pick(draw, roles),
        "escalation": lambda: Escalation(pick(draw, roles), a_duration(draw)),
        "roles": lambda: some(draw, roles, 1, 2),
        "acts": lambda: some(draw, sorted(POSSIBLE[kind]), 1, 2),
        "words": lambda: a_word_list(draw),
        "label": lambda: "hostile",
        "pertinent": lambda: rare(draw, 2),
        "because": lambda: "It is right.",
    }
    needed, others = DETAILS[kind]
    told = {name: given[name]() for name in needed}
    told |= {name: given[name]() for name in others if rare(draw, 4)}
    if kind is DutyKind.NEVER_SAY and told.keys().isdisjoint({"words", "label"}):
        name = "label" if rare(draw, 3) else "words"
        told[name] = given[name]()
    if "clock" in told and rare(draw, 3):
        told["within"] = WorkingDays(number(draw, 0, 9))
        if "escalation" in told:
            told["escalation"] = Escalation(pick(draw, roles), WorkingDays(number(draw, 0, 9)))
    return Duty(an_id(draw), kind, **told)


def a_playbook(
    draw: st.DrawFn, levels: Sequence[str] = _LEVELS, roles: Sequence[str] = _ROLES, most: int = 5
) -> Playbook:
    """Draw a playbook whose duties name these levels and roles."""
    many = distinct(draw, lambda: a_duty(draw, levels, roles), lambda duty: duty.id, 0, 2 * most)
    duties = many[:most]
    return Playbook(an_id(draw), duties, title="When it blows up" if rare(draw) else "")


@st.composite
def scales(draw: st.DrawFn) -> Scale:
    """Return a strategy for scales."""
    return a_scale(draw)


@st.composite
def levels(draw: st.DrawFn) -> SeverityLevel:
    """Return a strategy for levels of scales."""
    return pick(draw, a_scale(draw).levels)


@st.composite
def promises(draw: st.DrawFn) -> Promise:
    """Return a strategy for promises."""
    return a_promise(draw, _START)


@st.composite
def times_after(draw: st.DrawFn) -> After:
    """Return a strategy for how long after another event one came."""
    return After(an_id(draw), a_duration(draw), pick(draw, _TOLERANCES))


@st.composite
def incident_events(draw: st.DrawFn, kind: type[IncidentEvent] = IncidentEvent) -> IncidentEvent:
    """Return a strategy for events of incidents, of one kind or of any."""
    chosen = pick(draw, tuple(_MAKERS)) if kind is IncidentEvent else kind
    at = _START + number(draw, -50, 50) * _TICK
    return an_event(draw, chosen, an_id(draw), at, ["a", "b"])


@st.composite
def incidents(draw: st.DrawFn, max_events: int = 9) -> Incident:
    """Return a strategy for incidents whose events agree."""
    return an_incident(draw, max_events)


@st.composite
def escalations(draw: st.DrawFn) -> Escalation:
    """Return a strategy for escalations."""
    return an_escalation(draw)


@st.composite
def duties(draw: st.DrawFn) -> Duty:
    """Return a strategy for duties."""
    return a_duty(draw, _LEVELS)


@st.composite
def playbooks(draw: st.DrawFn, levels: Sequence[str] = _LEVELS, max_duties: int = 5) -> Playbook:
    """Return a strategy for playbooks, whose duties begin from these levels on."""
    return a_playbook(draw, levels, most=max_duties)


@st.composite
def incidents_and_playbooks(draw: st.DrawFn) -> tuple[Incident, Playbook]:
    """Return a strategy for incidents, each with a playbook on its scale."""
    incident = an_incident(draw)
    return incident, a_playbook(draw, incident.scale.names)


@st.composite
def conducts(draw: st.DrawFn) -> Conduct:
    """Return a strategy for conducts, come to by conducting."""
    incident, playbook = draw(incidents_and_playbooks())
    charter = draw(charters(max_rules=2)) if rare(draw, 2) else None
    return conduct(incident, playbook, charter)


def duty_findings() -> st.SearchStrategy[DutyFinding]:
    """Return a strategy for findings of conducts."""
    return (
        conducts()
        .filter(lambda one: one.findings)
        .flatmap(lambda one: st.sampled_from(one.findings))
    )


def stopped_acts() -> st.SearchStrategy[Stopped]:
    """Return a strategy for acts that a charter would have stopped."""
    found = st.builds(
        lambda incident, charter: conduct(incident, Playbook("none"), charter).first,
        incidents(),
        charters(max_rules=2),
    )
    return found.filter(lambda one: one is not None)  # type: ignore[return-value]


@st.composite
def dues(draw: st.DrawFn) -> Due:
    """Return a strategy for what is owed, come to by owing, with a team or without."""
    incident = an_incident(draw)
    team = a_team(draw, 3)
    roles = [role.id for role in team.roles]
    at = incident.opened.at + number(draw, 0, 40) * timedelta(hours=1)
    playbook = a_playbook(draw, incident.scale.names, roles)
    return due(incident, playbook, at, team if rare(draw, 2) else None)


def owed() -> st.SearchStrategy[Owed]:
    """Return a strategy for things that are owed."""
    return dues().filter(lambda one: one.owed).flatmap(lambda one: st.sampled_from(one.owed))
