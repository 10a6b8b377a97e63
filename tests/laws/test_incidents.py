"""Incidents: verdicts hold whatever the true instants are; nothing is undone without a reason."""

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import attrs
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from cmcore import (
    BusinessClock,
    Charter,
    Incident,
    InvalidError,
    Playbook,
    Week,
    conduct,
    due,
    dump,
    hours,
    parse,
    structure,
    unstructure,
)
from cmcore.charters import Situation
from cmcore.display.wording import LANGUAGES
from cmcore.incidents import (
    AlertEvent,
    Conduct,
    Due,
    Duty,
    DutyFinding,
    IncidentEvent,
    IncidentState,
    IncidentStep,
    Scale,
    Standing,
    StepEvent,
)
from cmcore.incidents.incident import TRANSITIONS
from cmcore.incidents.replay._occasions import occasions
from cmcore.incidents.replay._record import Record
from cmcore.strategies import (
    charters,
    conducts,
    dues,
    duties,
    incidents,
    incidents_and_playbooks,
    playbooks,
    scales,
)

from .true_incidents import truly

NOON: Final = datetime(2026, 3, 2, 12, tzinfo=UTC)
#: Facts that change with the time, and one that does not.
TIMELY: Final = ("kind", "incident.open", "incident.severity", "local.hour", "in_reply_to.age")


# ------------------------------------------------------------------------------- what might be true


def by_occasion(found: Conduct) -> dict[tuple[str, tuple[str, ...]], Standing]:
    return {(one.duty, one.subject): one.standing for one in found.findings}


def firmly(found: Conduct, true: Conduct) -> None:
    told, then = by_occasion(found), by_occasion(true)
    for occasion, standing in told.items():
        if standing is Standing.BREACHED:
            assert then[occasion] is Standing.BREACHED
        if standing is Standing.KEPT:
            assert then.get(occasion, Standing.KEPT) is Standing.KEPT


class TestTolerances:
    """Whatever the true instants are, `kept` stays kept and `breached` stays breached."""

    @given(incidents_and_playbooks(), st.data())
    def test_verdicts_are_firm(self, pair: tuple[Incident, Playbook], data: st.DataObject) -> None:
        incident, playbook = pair
        found = conduct(attrs.evolve(incident, until=incident.end), playbook)
        firmly(found, conduct(truly(data, incident), playbook))

    @given(incidents(), charters(min_rules=1, max_rules=3, facts=TIMELY), st.data())
    def test_verdicts_on_circuits_are_firm(
        self, incident: Incident, charter: Charter, data: st.DataObject
    ) -> None:
        playbook = Playbook("circuits", [Duty("asked", "ask the circuit")])
        found = conduct(attrs.evolve(incident, until=incident.end), playbook, charter)
        firmly(found, conduct(truly(data, incident), playbook, charter))

    @given(incidents(), st.data())
    def test_situations_are_firm(self, incident: Incident, data: st.DataObject) -> None:
        at = incident.opened.at + data.draw(st.integers(-8, 40)) * timedelta(minutes=30)
        told, true = incident.situation(at), truly(data, incident).situation(at)
        assert told.open in {None, true.open}
        assert told.severity in {None, true.severity}

    @given(incidents(), st.data())
    def test_without_tolerance_a_situation_is_known(
        self, incident: Incident, data: st.DataObject
    ) -> None:
        true = truly(data, incident)
        at = true.opened.at + data.draw(st.integers(-8, 40)) * timedelta(minutes=30)
        now, state = true.situation(at), true.state(at)
        assert now.open is (state is not None and state.is_live)
        assert (now.severity is not None) is now.open

    @given(incidents_and_playbooks(), st.data())
    def test_without_tolerance_no_time_is_in_doubt(
        self, pair: tuple[Incident, Playbook], data: st.DataObject
    ) -> None:
        incident, playbook = pair
        true = attrs.evolve(truly(data, incident), untold=())
        for one in conduct(true, playbook).findings:
            assert one.code not in {"doubt", "untold", "perhaps bound", "perhaps known"}


class TestRecord:
    """What is known only grows: more time never turns a verdict over."""

    @given(incidents_and_playbooks(), st.data())
    def test_a_verdict_stands_however_long_the_record_goes_on(
        self, pair: tuple[Incident, Playbook], data: st.DataObject
    ) -> None:
        incident, playbook = pair
        longer = incident.end + data.draw(st.integers(0, 80)) * timedelta(hours=12)
        found = conduct(attrs.evolve(incident, until=incident.end), playbook)
        then = by_occasion(conduct(attrs.evolve(incident, until=longer), playbook))
        for one in found.findings:
            if one.standing is not Standing.UNKNOWN:
                assert then[one.duty, one.subject] is one.standing

    @given(incidents_and_playbooks(), st.data())
    def test_the_order_of_the_file_changes_nothing(
        self, pair: tuple[Incident, Playbook], data: st.DataObject
    ) -> None:
        incident, playbook = pair
        shuffled = data.draw(st.permutations(incident.events))
        assert attrs.evolve(incident, events=shuffled) == incident
        assert conduct(attrs.evolve(incident, events=shuffled), playbook) == conduct(*pair)

    @given(incidents_and_playbooks())
    def test_what_is_owed_at_the_end_was_not_met(self, pair: tuple[Incident, Playbook]) -> None:
        incident, playbook = pair
        end = max(event.at for event in incident.events)
        now = attrs.evolve(incident, events=exact(incident.events), until=end)
        found = by_occasion(conduct(now, playbook))
        unsaid = {
            one.duty
            for one in conduct(now, playbook).findings
            if one.code.startswith("unsaid") or one.code == "same moment"
        }
        for one in due(now, playbook, end).owed:
            if one.kind.is_timed:
                assert found[one.duty, one.subject] is not Standing.KEPT
            if one.kind.is_timed and one.is_overdue(end) and not now.untold:
                assert found[one.duty, one.subject] is Standing.BREACHED or one.duty in unsaid


def exact(events: tuple[IncidentEvent, ...]) -> list[IncidentEvent]:
    return [attrs.evolve(event, tolerance=timedelta(0), after=None) for event in events]


# --------------------------------------------------------------------------------- the life of one

STEPS: Final = st.sampled_from(list(IncidentStep))
PLAYBOOK: Final = Playbook(
    "small",
    [
        Duty("noticed", "acknowledge", within=hours(1)),
        Duty("told", "alert", within=hours(1), roles={"management"}),
    ],
)


class Living(RuleBasedStateMachine):
    """An incident that takes steps as they come, some of which it cannot take."""

    def __init__(self) -> None:
        super().__init__()
        self.now = NOON
        self.events: list[IncidentEvent] = []

    @initialize()
    def open(self) -> None:
        self.events = [StepEvent("e0", NOON, step=IncidentStep.OPENED)]

    @property
    def incident(self) -> Incident:
        return Incident("it", self.events, until=self.now)

    def _try(self, event: IncidentEvent) -> bool:
        try:
            Incident("it", [*self.events, event], until=max(self.now, event.at))
        except InvalidError:
            return False
        self.events.append(event)
        self.now = max(self.now, event.at)
        return True

    @rule(step=STEPS, after=st.integers(0, 90))
    def take(self, step: IncidentStep, after: int) -> None:
        before = self.incident.state()
        at = self.now + timedelta(minutes=after)
        reason = "it came back" if step is IncidentStep.REOPENED else ""
        taken = self._try(StepEvent(f"e{len(self.events)}", at, step=step, reason=reason))
        assert before is not None
        assert taken is (before in TRANSITIONS[step])
        assert not taken or self.incident.state() is TRANSITIONS[step][before]

    @rule(step=STEPS)
    def take_before_it_opens(self, step: IncidentStep) -> None:
        event = StepEvent("early", NOON - timedelta(minutes=5), step=step, reason="why" * (
            step is IncidentStep.REOPENED))  # fmt: skip
        assert not self._try(event)

    @rule()
    def reopen_without_a_reason(self) -> None:
        with pytest.raises(InvalidError, match="does not say `reason`"):
            StepEvent("e", self.now, step=IncidentStep.REOPENED)

    @rule(before=st.booleans(), minutes=st.integers(0, 90))
    def tell(self, before: bool, minutes: int) -> None:  # noqa: FBT001
        at = NOON - timedelta(minutes=minutes + 1) if before else self.now + timedelta(
            minutes=minutes)  # fmt: skip
        assert self._try(AlertEvent(f"e{len(self.events)}", at, roles={"management"}))

    @invariant()
    def nothing_is_resolved_and_then_not_but_for_a_reason(self) -> None:
        over = False
        for event in sorted(self.events, key=lambda event: event.at):
            if isinstance(event, StepEvent):
                if over and event.step is not IncidentStep.CLOSED:
                    assert event.step is IncidentStep.REOPENED
                    assert event.reason
                over = event.step in {IncidentStep.RESOLVED, IncidentStep.CLOSED}

    @invariant()
    def nothing_is_met_before_it_is_owed(self) -> None:
        if not self.events:
            return
        found = {
            one.subject: one
            for one in conduct(self.incident, PLAYBOOK).findings
            if one.duty == "told"
        }
        owed = {one.subject for one in due(self.incident, PLAYBOOK, self.now).owed}
        begun = self.incident.steps(IncidentStep.OPENED, IncidentStep.REOPENED)
        resolved = [one.at for one in self.incident.steps(IncidentStep.RESOLVED)]
        assert len(found) == len(begun)
        alerts = [one.at for one in self.events if isinstance(one, AlertEvent)]
        for step, last in zip(begun, [min([NOON, *alerts]), *resolved], strict=False):
            told = [at for at in alerts if at >= last]
            again = (step.id,) if step.step is IncidentStep.REOPENED else ()
            one = found["management", *again]
            in_time = bool(told) and min(told) <= step.at + hours(1)
            assert (one.standing is Standing.KEPT) is in_time
            is_over = step is not begun[-1] or self.incident.state() is IncidentState.CLOSED
            assert (one.subject in owed) is (not told and not is_over)
            assert one.at == min(told, default=None)

    @invariant()
    def it_is_open_as_long_as_it_lives(self) -> None:
        if self.events:
            state = self.incident.state()
            assert state is not None
            assert self.incident.situation(self.now).open is state.is_live


TestLiving = Living.TestCase
TestLiving.settings = settings(max_examples=settings().max_examples // 2)


class TestTransitions:
    """A frozen table says what may follow what."""

    def test_the_table_cannot_be_changed(self) -> None:
        with pytest.raises(TypeError):
            TRANSITIONS[IncidentStep.OPENED] = {}  # type: ignore[index]
        with pytest.raises(TypeError):
            TRANSITIONS[IncidentStep.CLOSED][IncidentState.OPEN] = IncidentState.CLOSED  # type: ignore[index]

    def test_only_a_resolution_ends_it_and_only_a_reopening_undoes_that(self) -> None:
        for step, ways in TRANSITIONS.items():
            for before, after in ways.items():
                if before.is_live and not after.is_live:
                    assert step is IncidentStep.RESOLVED
                if after.is_live and not before.is_live:
                    assert step is IncidentStep.REOPENED


# -------------------------------------------------------------------------------- files, words


class TestRoundTrip:
    """What is written to JSON, YAML or TOML and read back is equal."""

    @pytest.mark.parametrize("form", ["json", "yaml", "toml"])
    @given(data=st.data())
    def test_incidents_playbooks_and_scales(self, form: str, data: st.DataObject) -> None:
        for strategy, kind in (
            (incidents(), Incident),
            (playbooks(), Playbook),
            (duties(), Duty),
        ):
            thing: Any = data.draw(strategy)
            back = parse(dump(thing, format=form), kind, format=form)
            assert back == thing
            assert hash(back) == hash(thing)
        scale = data.draw(scales())
        assert structure(unstructure(scale), Scale) == scale

    @given(conducts(), dues())
    def test_what_is_found(self, found: Conduct, now: Due) -> None:
        # decisions are only written
        plain = attrs.evolve(found, first=None)
        assert structure(unstructure(plain), Conduct) == plain
        assert json.loads(json.dumps(unstructure(found)))["playbook"] == found.playbook
        assert structure(unstructure(now), Due) == now


class TestWording:
    """What is found shows itself in English and in French."""

    @given(conducts(), dues())
    def test_views_are_whole(self, found: Conduct, now: Due) -> None:
        for thing in (found, now):
            for language in LANGUAGES:
                view = thing.view(language)
                assert thing.text(language).startswith(view.title)
                for table in view.tables:
                    assert {len(row) for row in table.rows} == {len(table.headings)}
            assert "<script" not in thing._repr_mimebundle_()["text/html"]

    @given(conducts())
    def test_every_finding_has_its_sentence(self, found: Conduct) -> None:
        for one in found.findings:
            assert isinstance(one, DutyFinding)
            english, french = (one.text(language) for language in LANGUAGES)
            assert english != french

    @given(conducts())
    def test_no_sentence_has_a_hole(self, found: Conduct) -> None:
        assert holes(found) == []

    @given(incidents(), duties())
    def test_nor_where_its_hours_never_come(self, incident: Incident, duty: Duty) -> None:
        assume(duty.kind.is_timed)
        never = attrs.evolve(duty, clock=BusinessClock(Week.never()), level=None)
        assert holes(conduct(incident, Playbook("p", [never]))) == []


def holes(found: Conduct) -> list[str]:
    """Return the sentences in which something stands for what is not there."""
    told = [one.text(language) for one in found.findings for language in LANGUAGES]
    return [one for one in told if re.search(r"(?<!\w)–|``|None", one)]


class TestDeadlines:
    """A duty counted on a business clock is never due before the same one on the wall clock."""

    @given(incidents_and_playbooks())
    def test_a_clock_that_stands_still_only_gives_time(
        self, pair: tuple[Incident, Playbook]
    ) -> None:
        incident, playbook = pair
        for duty in playbook.duties:
            if isinstance(duty.within, timedelta):  # working days need a clock
                record = Record(incident, playbook)
                wall = attrs.evolve(duty, clock=None)
                for slow, fast in zip(
                    occasions(duty, record),
                    occasions(wall, record),
                    strict=True,
                ):
                    assert (fast.due is not None) is fast.is_begun
                    assert fast.due is None or slow.due is None or slow.due >= fast.due
                    assert isinstance(duty.clock, BusinessClock | None)

    def test_a_situation_is_calm_before(self) -> None:
        incident = Incident("it", [StepEvent("o", NOON, step=IncidentStep.OPENED)])
        assert incident.situation(NOON - hours(1)) == Situation(open=False)
