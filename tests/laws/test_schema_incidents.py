"""Law: the schemas of incidents, playbooks, requests and desks refuse nothing that is accepted."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

from cmcore import (
    Desk,
    Incident,
    InvalidError,
    Playbook,
    RequestLog,
    schema,
    structure,
    unstructure,
)
from cmcore.codec.documents import parse_document
from cmcore.codec.events import EVENTS
from cmcore.codec.incidents import INCIDENT
from cmcore.codec.playbooks import DUTIES, PLAYBOOK
from cmcore.codec.requests import DESK, KINDS, ROUTE, TARGET
from cmcore.strategies import desks, incidents, playbooks, request_logs

Kind = type[Incident | Playbook | RequestLog | Desk]
SCHEMAS = {
    kind: Draft202012Validator(schema(kind)) for kind in (Incident, Playbook, RequestLog, Desk)
}
CASES = Path(__file__).parents[2] / "examples" / "incidents"
AT = "at: 2026-03-02T09:00+01:00"


def accepts(kind: Kind, data: Any) -> bool:  # noqa: ANN401 - whatever a file holds
    return SCHEMAS[kind].is_valid(data)


@given(incidents())
def test_incidents(incident: Incident) -> None:
    assert accepts(Incident, unstructure(incident))


@given(playbooks())
def test_playbooks(playbook: Playbook) -> None:
    assert accepts(Playbook, unstructure(playbook))


@given(request_logs())
def test_logs(log: RequestLog) -> None:
    assert accepts(RequestLog, unstructure(log))


@given(desks())
def test_desks(desk: Desk) -> None:
    assert accepts(Desk, unstructure(desk))


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (Incident, "aquarelle"),
        (Incident, "nestle"),
        (Incident, "la-redoute"),
        (Playbook, "playbook"),
    ],
)
def test_shipped_files(kind: Kind, name: str) -> None:
    text = (CASES / f"{name}.yaml").read_text(encoding="utf-8")
    assert accepts(kind, parse_document(text, "yaml"))


OPENED = f"- {{opened: o, {AT}}}"
SHORT = {
    "a level that is a name": (
        Incident,
        f"{{incident: a, scale: [watch], events: [{OPENED[2:]}]}}",
    ),
    "facts of every sort": (
        Incident,
        (
            f"incident: a\nevents:\n  {OPENED}\n"
            f"  - {{fact: f, {AT}, that: {{a: yes, b: 3, c: lost}}}}\n"
        ),
    ),
    "one word for a list": (
        Incident,
        (
            f"incident: a\nevents:\n  {OPENED}\n"
            f"  - {{inbound: i, {AT}}}\n  - {{reply: r, {AT}, about: i, review: []}}\n"
        ),
    ),
    "a role alone": (Playbook, "{playbook: p, duties: [{hold: h, within: 1 h, escalate: boss}]}"),
    "no duty": (Playbook, "{playbook: p, duties: []}"),
    "no event": (RequestLog, "events: []"),
    "a duration and a role": (Desk, "{desk: d, targets: [1 d], routes: [expert]}"),
}


@pytest.mark.parametrize("name", SHORT)
def test_what_is_written_short(name: str) -> None:
    kind, text = SHORT[name]
    data = parse_document(text, "yaml")
    structure(data, kind)
    assert accepts(kind, data)


WRONG = {
    "no event": (Incident, "{incident: a, events: []}"),
    "no instant": (Incident, "{incident: a, events: [{opened: o}]}"),
    "no offset": (Incident, "{incident: a, events: [{opened: o, at: 2026-03-02T09:00}]}"),
    "no kind": (Incident, f"{{incident: a, events: [{{{AT}}}]}}"),
    "an unknown kind": (Incident, f"{{incident: a, events: [{{opend: o, {AT}}}]}}"),
    "an unknown key": (Incident, f"{{incident: a, events: [{{opened: o, {AT}, who: me}}]}}"),
    "reopened for no reason": (Incident, f"{{incident: a, events: [{{reopened: o, {AT}}}]}}"),
    "a signal below zero": (
        Incident,
        f"{{incident: a, events: [{{signal: o, {AT}, measure: m, number: -1}}]}}",
    ),
    "a fact of nothing": (Incident, f"{{incident: a, events: [{{fact: o, {AT}, that: {{}}}}]}}"),
    "a duty of no kind": (Playbook, "{playbook: p, duties: [{within: 1 h}]}"),
    "a duty with no time": (Playbook, "{playbook: p, duties: [{answer: a}]}"),
    "a ban with a time": (Playbook, "{playbook: p, duties: [{keep promises: a, within: 1 h}]}"),
    "an alert to nobody": (Playbook, "{playbook: p, duties: [{alert: a, within: 1 h}]}"),
    "no name": (Playbook, "duties: []"),
    "an answer by nobody": (RequestLog, f"events: [{{answered: r, {AT}}}]"),
    "resolved somehow": (RequestLog, f"events: [{{resolved: r, {AT}}}]"),
    "two kinds": (RequestLog, f"events: [{{waiting: r, wrote again: r, {AT}}}]"),
    "no list": (RequestLog, "events: {}"),
    "a zone of no hours": (Desk, "{desk: d, targets: [{within: 1 h, zone: Europe/Paris}]}"),
    "no time": (Desk, "{desk: d, targets: [{hours: Mon 09:00-10:00}]}"),
    "no role": (Desk, "{desk: d, routes: [{topics: [recall]}]}"),
    "an empty list": (Desk, "{desk: d, routes: [{role: r, topics: []}]}"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_in_plain_sight_is_refused(name: str) -> None:
    kind, text = WRONG[name]
    data = parse_document(text, "yaml")
    assert not accepts(kind, data)
    with pytest.raises(InvalidError):
        structure(data, kind)


def keys_of(kind: Kind, name: str) -> set[str]:
    made = schema(kind)["$defs"][name]
    return {key for way in made["anyOf"] if "properties" in way for key in way["properties"]}


def test_every_key_is_known() -> None:
    assert schema(Incident)["properties"].keys() == INCIDENT.names
    assert schema(Playbook)["properties"].keys() == PLAYBOOK.names
    assert schema(Desk)["properties"].keys() == DESK.names
    assert keys_of(Desk, "target") == TARGET.names
    assert keys_of(Desk, "route") == ROUTE.names
    assert keys_of(Playbook, "duty") == {key for form in DUTIES.values() for key in form.names}
    assert keys_of(Incident, "event") == {key for form in EVENTS.values() for key in form.names}
    assert keys_of(RequestLog, "event") >= {*KINDS}
