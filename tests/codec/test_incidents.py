"""Files of incidents and playbooks: what they may hold, and how their faults are told."""

from datetime import UTC, datetime
from typing import Any

import pytest

from cmcore import (
    BusinessClock,
    Incident,
    InvalidError,
    Playbook,
    Week,
    WordList,
    dump,
    hours,
    minutes,
    parse,
    structure,
    unstructure,
)
from cmcore.codec import incidents, playbooks
from cmcore.codec.events import EVENTS, PROMISE
from cmcore.incidents import (
    ActEvent,
    Duty,
    Escalation,
    FactEvent,
    InboundEvent,
    IncidentEvent,
    Promise,
    Scale,
    SeverityLevel,
    StepEvent,
)
from cmcore.incidents.events import EVENT_KINDS

INCIDENT = """\
incident: lamps
title: The lamps
zone: Europe/Paris
until: 2026-03-04T12:00+01:00
untold: held
scale: [watch, {level: serious, when: {messages: 10.5}}]
sources: {paper: https://example.org/a}
events:
  - {opened: o, at: 2026-03-02T13:00+01:00, tolerance: 20 min, source: paper, note: It begins.}
  - {inbound: m, at: 2026-03-02T13:30+01:00, by: ana, network: bluesky, criticism: yes, text: Why?}
  - reply: a
    at: 2026-03-02T14:00+01:00
    by: maud
    about: m
    text: Soon.
    topics: [lamps]
    labels: {hostile: no, score: 3}
    claims: {sent: no, left: 3, state: lost}
    promises: [{that: {sent: yes}, by: 2026-03-02T18:00+01:00, tolerance: 1 h}]
    review: []
  - {fact: f, at: 2026-03-02T12:30+01:00, that: {sent: no}}
  - {alerted: l, at: 2026-03-02T14:30+01:00, roles: boss}
  - {held: h, at: 2026-03-02T14:40+01:00}
  - {signal: s, at: 2026-03-02T15:00+01:00, measure: messages, number: 40}
  - {report: t, at: 2026-03-02T15:10+01:00, about: [m]}
  - {resolved: r, at: 2026-03-03T15:00+01:00}
  - {reopened: again, at: 2026-03-03T16:00+01:00, reason: It was not over.}
  - {reviewed: v, at: 2026-03-03T17:00+01:00, about: [a, m]}
"""
PLAYBOOK = """\
playbook: starter
title: When it blows up
zone: Europe/Paris
duties:
  - acknowledge: noted
    within: 1 h
    hours: Mon-Fri 09:00-18:00
    by: desk
    escalate: {to: boss, after: 30 min}
    because: Somebody takes it in hand.
  - {alert: told, within: 1 h, roles: [boss], escalate: boss, from: serious}
  - {hold: quiet, within: 1 h, hours: Mon 09:00-10:00, zone: UTC}
  - {never say: nice, words: your fault, except: [not your fault], label: hostile}
  - {keep criticism: all, acts: [hide]}
  - {ask the circuit: asked}
"""


def faults(text: str, kind: type[object]) -> list[str]:
    with pytest.raises(InvalidError) as caught:
        parse(text, kind)
    return [str(problem) for problem in caught.value.problems]


def test_an_incident_reads_as_people_write_it() -> None:
    read = parse(INCIDENT, Incident)
    assert read.scale == Scale(
        [SeverityLevel("watch"), SeverityLevel("serious", {"messages": 10.5})]
    )
    assert read.untold == {"held"}
    assert [event.id for event in read.events] == [*"foma", "l", "h", "s", "t", "r", "again", "v"]
    opened, message, act = read.opened, read.event("m"), read.event("a")
    assert (opened.tolerance, opened.source, opened.note) == (minutes(20), "paper", "It begins.")
    assert isinstance(message, InboundEvent)
    assert (message.by, message.criticism, message.message.text) == ("ana", True, "Why?")
    assert isinstance(act, ActEvent)
    assert act.act.labels == {"hostile": False, "score": 3}
    assert act.claims == {"sent": False, "left": 3, "state": "lost"}
    by = datetime(2026, 3, 2, 17, tzinfo=UTC)
    assert act.promises == (Promise({"sent": True}, by, tolerance=hours(1)),)
    assert act.review == frozenset()
    assert act.about == ("m",)
    assert act.act.topics == frozenset({"lamps"})
    assert parse(dump(read), Incident) == read


def test_a_playbook_reads_as_people_write_it() -> None:
    read = parse(PLAYBOOK, Playbook)
    clock = BusinessClock(Week.parse("Mon-Fri 09:00-18:00"), "Europe/Paris")
    noted, told, quiet, nice, kept, _ = read.duties
    assert noted == Duty(
        "noted", "acknowledge", within=hours(1), clock=clock, role="desk",
        escalation=Escalation("boss", minutes(30)), because="Somebody takes it in hand.",
    )  # fmt: skip
    assert (told.escalation, told.level) == (Escalation("boss"), "serious")
    assert quiet.clock is not None
    assert quiet.clock.zone == "UTC"
    assert (nice.words, nice.label) == (
        WordList(["your fault"], ["not your fault"]),
        "hostile",
    )
    assert kept.acts == frozenset({"hide"})
    assert parse(dump(read), Playbook) == read


def test_every_problem_of_an_incident_is_told_with_its_place() -> None:
    text = """\
incidnet: x
until: soon
zone: Pairs
sources: {paper: 3}
scale: [{levle: a}, {level: b, when: {x: many}}, 3]
events:
  - {}
  - {oppened: o}
  - {opened: o, closed: c, at: 2026-03-02T13:00+01:00}
  - {held: h, at: noon, roles: x}
  - {fact: f, at: 2026-03-02T13:00+01:00, that: {sent: [1]}}
  - {signal: s, at: 2026-03-02T13:00+01:00}
  - {reply: "", at: 2026-03-02T13:00+01:00, topics: x, toppics: y, promises: [{that: 3, buy: x}]}
  - {alerted: l, at: 2026-03-02T13:00+01:00, roles: [], tolerance: long}
"""
    found = faults(text, Incident)
    for part in (
        "line 1: `incidnet` is not a known key (did you mean `incident`?",
        "incident, line 1: `incident` is missing",
        "until, line 2: `soon` is not an instant",
        "zone, line 3: ",
        "sources.paper, line 4: `3` is not text",
        "scale[0].levle, line 5: `levle` is not a known key (did you mean `level`?",
        "scale[0].level, line 5: `level` is missing",
        "scale[1].when.x, line 5: `many` is not a number",
        "scale[2], line 5: `3` is not a mapping",
        "events[0], line 7: it does not say what happened (as in `{inbound: m1",
        "events[1], line 8: it does not say what happened (did you mean `opened` or `reopened`?)",
        "events[2], line 9: it says `opened` and `closed` at once (one entry says one thing)",
        "events[3].at, line 10: `noon` is not an instant",
        "events[3].roles, line 10: `roles` is not a known key",
        "events[4].that.sent, line 11: expected yes or no, a number or text, not a list",
        "events[5].measure, line 12: `measure` is missing",
        "events[5].number, line 12: `number` is missing",
        "events[6].reply, line 13: `` cannot be an id",
        "events[6].toppics, line 13: `toppics` is not a known key (did you mean `topics`?",
        "events[6].promises[0].buy, line 13: `buy` is not a known key (did you mean `by`?",
        "events[6].promises[0].by, line 13: `by` is missing",
        "events[6].promises[0].that, line 13: `3` is not a mapping",
        "events[7].tolerance, line 14: ",
    ):
        assert any(part in line for line in found), (part, found)


def test_inconsistencies_are_told_with_their_lines() -> None:
    text = INCIDENT.replace("about: m\n", "about: mm\n").replace("resolved: r", "closed: r")
    assert faults(text, Incident) == [
        "events[2].about[0], line 14: no event is called `mm` (did you mean `m`?)",
        "events[8], line 26: it is open: it cannot be `closed` (resolve it first)",
        "events[9], line 27: it is open: it cannot be `reopened` (it is not resolved)",
    ]


def test_an_event_that_does_not_read_hides_no_inconsistency() -> None:
    events = """\
  - {opened: o, at: 2026-03-02T13:00+01:00, source: papr}
  - {reply: a, at: 2026-03-02T14:00+01:00, promises: [{that: {sent: yes}, by: 2026-03-01T12:00Z}]}
  - {inbound: m, at: 2026-03-05T14:00+01:00}
  - {inbound: m, at: 2026-03-02T14:00+01:00}
  - {reply: b, at: 2026-03-02T15:00+01:00, about: n, claims: {lamps: 3}}
"""
    head = "incident: lamps\nuntil: 2026-03-04T12:00+01:00\nsources: {paper: the paper}\nevents:\n"
    told = [
        "events[0].source, line 5: no source is called `papr` (did you mean `paper`?)",
        ("events[1].promises[0].by, line 6: it promises for 2026-03-01T12:00Z, which is past"
        " (it is made at 2026-03-02T14:00+01:00)"),
        ("events[2].at, line 7: it comes after the end, at 2026-03-05T14:00+01:00"
        " (the incident is known until 2026-03-04T12:00+01:00)"),
        "events[3], line 8: the id `m` is used more than once (events[2] has it already)",
    ]  # fmt: skip
    unknown = "events[4].about[0], line 9: no event is called `n` (name the id of an event)"
    assert sorted(faults(head + events, Incident)) == [*told, unknown]
    broken = f"{head}{events}  - {{inbound: n, at: tomorrow}}\n"
    found = faults(broken, Incident)
    assert sorted(found) == [*told, *(one for one in found if one.startswith("events[5]"))]
    assert len(found) == 5


def test_null_is_not_known() -> None:
    blank = ", source: null, by: null, tolerance: null, note: null"
    events = [
        "{opened: o, at: 2026-03-02T13:00Z%s, reason: null, about: null}",
        "{inbound: m, at: 2026-03-02T14:00Z%s, network: null, text: null, criticism: null}",
    ]
    head = "incident: i\nevents: "
    full = parse(f"{head}[{', '.join(events) % (blank, blank)}]", Incident)
    bare = "[{opened: o, at: 2026-03-02T13:00Z}, {inbound: m, at: 2026-03-02T14:00Z}]"
    assert full == parse(head + bare, Incident)


def test_every_problem_of_a_playbook_is_told_with_its_place() -> None:
    text = """\
duties:
  - {acknowlege: a, within: 1 h}
  - {hold: a, alert: b}
  - {}
  - {hold: a, within: soon, roles: x, escalate: {too: boss, after: x}}
  - {never say: a, words: [""], hours: Mon}
  - {hold: h, within: 1 h, escalate: {after: 1 h}}
  - {alert: b, within: 1 h}
"""
    found = faults(text, Playbook)
    for part in (
        "playbook, line 1: `playbook` is missing",
        "duties[0], line 2: it does not say what is owed (did you mean `acknowledge`?)",
        "duties[1], line 3: it says `alert` and `hold` at once (one entry says one thing)",
        "duties[2], line 4: it does not say what is owed (as in `{answer:",
        "duties[3].within, line 5: ",
        "duties[3].roles, line 5: `roles` is not a known key",
        "duties[3].escalate.too, line 5: `too` is not a known key (did you mean `to`?",
        "duties[3].escalate.to, line 5: `to` is missing",
        "duties[4].words",
        "duties[4].hours, line 6: `hours` is not a known key",
        "duties[5].escalate.to, line 7: `to` is missing",
        "duties[6].roles, line 8: `alert` does not say `roles`",
    ):
        assert any(part in line for line in found), (part, found)


def test_an_event_of_another_kind_is_refused() -> None:
    plain: dict[str, Any] = {"held": "h", "at": "2026-03-02T13:00+01:00"}
    assert structure(plain, IncidentEvent).id == "h"
    with pytest.raises(InvalidError, match="is another kind of event"):
        structure(plain, FactEvent)
    promise = Promise({"sent": True}, datetime(2026, 3, 2, tzinfo=UTC))
    assert structure(unstructure(promise), Promise) == promise
    step = StepEvent("o", datetime(2026, 3, 2, tzinfo=UTC), step="opened")
    assert structure(unstructure(step), StepEvent) == step


def test_the_words_of_the_record_are_the_keys_of_events() -> None:
    assert set(EVENT_KINDS) == EVENTS.keys()


def test_no_kind_of_event_is_a_key_of_another() -> None:
    for kind, form in EVENTS.items():
        assert form.names & EVENTS.keys() == {kind}


def test_every_key_is_on_the_page() -> None:
    from pathlib import Path

    page = Path(__file__).parents[2] / "docs" / "reference" / "incident-files.md"
    text = page.read_text(encoding="utf-8")
    keys = {*PROMISE.names, *incidents.INCIDENT.names, *incidents.LEVEL.names, *EVENT_KINDS}
    keys |= playbooks.PLAYBOOK.names | playbooks.ESCALATION.names
    keys |= {key for form in playbooks.DUTIES.values() for key in form.names}
    assert not [key for key in sorted(keys) if f"`{key}`" not in text]


def test_a_zone_of_no_hours_is_refused() -> None:
    with pytest.raises(InvalidError, match="hours: `hours` is missing"):
        structure({"answer": "a", "within": "1 h", "zone": "Europe/Paris"}, Duty)
