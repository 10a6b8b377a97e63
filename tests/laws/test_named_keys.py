"""Problems of a file are told at keys that the file has, or should have; never at other names."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import pytest

from cmcore import (
    Charter,
    Desk,
    Incident,
    InvalidError,
    Needs,
    Plan,
    Playbook,
    RequestLog,
    Team,
    structure,
)
from cmcore.base import Problem
from cmcore.codec import (
    charters,
    circuits,
    events,
    incidents,
    needs,
    plans,
    playbooks,
    requests,
    rules,
    teams,
)
from cmcore.codec.documents import parse_document
from cmcore.codec.events import EVENTS
from cmcore.codec.forms import Form
from cmcore.codec.plain import EXAMPLES
from cmcore.codec.playbooks import DUTIES
from cmcore.requests.request import DETAILS

from .spoiling import changed
from .test_hints import CHARTER, INCIDENT, places

TEAM: Final = """\
team: museum
zone: Europe/Paris
roles: {writer: {requires: [writing], minutes: 1 h, en: writer, fr: plume}, critic: [reading], x: }
members:
  ivy:
    name: Ivy
    roles: [writer]
    skills: [writing]
    languages: fr
    networks: {bluesky: 900}
    trade: press
    contract: stage
    hours: [Mon-Fri 09:00-17:00]
    zone: Europe/Paris
    leaves:
      - 2026-05-15
      - {from: 2026-08-03, through: 2026-08-21}
      - {from: 2026-08-23T09:00+02:00, to: 2026-08-24T09:00+02:00}
    day: 2 h
    affinity: {writer: 900}
    minutes: {writer: 10}
    most_roles: 3
"""
NEEDS: Final = """\
needs: social
zone: Europe/Paris
seats: {writer: 1, critic: {least: 2, most: 3, weight: 10}}
specialists: {bluesky: 2}
languages: {fr: 2}
hours: ["Mon-Fri 09:00-19:00", {week: "Sat 10:00-18:00", zone: UTC, least: 1, role: writer,
  network: bluesky, language: fr}]
work: {replies: {a day: 60, minutes: 4, role: writer}}
mix: [{of: trade, least: 2}, {of: level, not only: junior, roles: [writer]}]
supervision: [{contract: internship}, {level: junior, roles: [writer]}]
separation: [[writer, critic]]
"""
PLAYBOOK: Final = """\
playbook: small
zone: Europe/Paris
duties:
  - {answer: word, within: 2 h, hours: Mon-Fri 09:00-18:00, zone: UTC, from: low, by: writer,
     escalate: {to: boss, after: 30 min}, acts: [publish, reply], because: They wait.}
  - {keep criticism: stays, acts: [delete, hide]}
  - {alert: told, within: 1 h, roles: [boss], escalate: boss}
  - {never say: no-blame, words: [your fault], except: [not your fault]}
"""
DESK: Final = """\
desk: care
zone: Europe/Paris
targets: [{within: 1 h, severities: [high]}, {within: 4 h, hours: Mon-Fri 09:00-18:00, zone: UTC,
  networks: [bluesky]}, 1 d]
routes: [{role: expert, topics: [recall]}, communicator]
"""
LOG: Final = """\
events:
  - {received: r1, at: 2026-03-02T09:00+01:00, network: bluesky, author: lena, topics: [bill]}
  - {assigned: r1, at: 2026-03-02T09:05+01:00, to: maud, by: yann}
  - {answered: r1, at: 2026-03-02T09:20+01:00, by: maud}
  - {resolved: r1, at: 2026-03-02T09:30+01:00, how: refunded}
"""
PLAN: Final = "plan: {ivy: [writer, critic], yann: writer}\n"
FULL: Final[Mapping[type, str]] = {
    Charter: CHARTER, Desk: DESK, Incident: INCIDENT, Needs: NEEDS, Plan: PLAN,
    Playbook: PLAYBOOK, RequestLog: LOG, Team: TEAM,
}  # fmt: skip
#: The keys that are documented, of all files.
KEYS: Final = frozenset().union(
    *(
        keys
        for module in (plans, teams)
        for name, keys in vars(module).items()
        if name.endswith("_KEYS") and isinstance(keys, frozenset)
    ),
    *(
        form.names
        for module in (
            charters,
            circuits,
            events,
            incidents,
            needs,
            playbooks,
            requests,
            rules,
            teams,
        )
        for form in vars(module).values()
        if isinstance(form, Form)
    ),
    *(form.names for form in DUTIES.values()),
    *(form.names for form in EVENTS.values()),
    *(keys for _, keys in DETAILS.values()),
)
#: The codes of values that are of another type than they should be.
UNREAD: Final = {"wrong-value", "wrong-shape", "foreign-type"}
WRONG: Final[tuple[Any, ...]] = (
    None, True, -1, 1.5, 10**17, "", " ", "x" * 300, "e\u0301", [], {}, [""], ["a", "a"], {"": 1},
    "1970-01-01", "1970-01-01T00:00Z", "0 s", "-1 h", "30 h",
)  # fmt: skip


def spoilt(data: Any) -> Iterator[Any]:  # noqa: ANN401 - plain data
    for place in places(data):
        yield from (changed(data, place, wrong) for wrong in WRONG)


def problems(data: Any, kind: type[Any]) -> tuple[Problem, ...]:  # noqa: ANN401
    try:
        structure(data, kind)
    except InvalidError as error:
        return error.problems
    return ()


def _values(data: Any) -> Iterator[Any]:  # noqa: ANN401
    yield data
    if isinstance(data, dict | list):
        for one in data.values() if isinstance(data, dict) else data:
            yield from _values(one)


def is_told_in(data: Any, path: tuple[str | int, ...]) -> bool:  # noqa: ANN401
    """Tell whether a place is one of the data, or of a documented key that it leaves out."""
    for number, step in enumerate(path):
        if _has(data, step):
            data = data[step]
        elif step != 0 or isinstance(data, list):  # a thing alone stands for a list of one
            is_last = number == len(path) - 1
            return is_last and (step in KEYS or (isinstance(data, list) and step in data))
    return True


def _has(data: Any, step: str | int) -> bool:  # noqa: ANN401
    if isinstance(data, dict):
        return step in data
    return isinstance(data, list) and isinstance(step, int) and step < len(data)


@pytest.mark.parametrize("kind", FULL)
def test_problems_are_told_at_keys_that_the_file_has_or_should_have(kind: type[Any]) -> None:
    data: Any = parse_document(FULL[kind], "yaml")
    assert problems(data, kind) == ()
    for one in spoilt(data):
        for problem in problems(one, kind):
            assert is_told_in(one, problem.path), (str(problem), one)
            assert "`?`" not in str(problem), one  # what stands for a broken part stays within
            if problem.code == "bad-count":
                assert str(problem.params["given"]) in map(str, _values(one)), (str(problem), one)


@pytest.mark.parametrize("kind", FULL)
def test_what_only_follows_from_a_value_that_could_not_be_read_is_not_told(kind: type[Any]) -> None:
    data: Any = parse_document(FULL[kind], "yaml")
    for place in places(data):
        for wrong in WRONG:
            found = problems(changed(data, place, wrong), kind)
            paths = [problem.path for problem in found]
            if any(one.code in UNREAD and one.path == place for one in found):
                assert paths == [place], (str(found), wrong)


@pytest.mark.parametrize("kind", FULL)
def test_the_example_that_a_wrong_shape_is_told_with_has_the_right_shape(kind: type[Any]) -> None:
    data: Any = parse_document(FULL[kind], "yaml")
    for place in places(data):
        key = place[-1]
        for problem in problems(changed(data, place, 5), kind):
            if problem.path == place and problem.params.get("wanted") in {"list", "mapping"}:
                assert (problem.hint is None) == (key not in EXAMPLES), str(problem)
        if key in EXAMPLES and problems(changed(data, place, 5), kind):
            example = parse_document(EXAMPLES[str(key)], "yaml")
            found = problems(changed(data, place, example), kind)
            assert [one for one in found if one.path == place and one.code in UNREAD] == []
