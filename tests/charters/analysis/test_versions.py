"""Two versions of a charter of many rules, of which few are said otherwise."""

from typing import Any, Final

import pytest

from cmcore import Charter, parse
from cmcore.base.truth import Truth
from cmcore.charters import contrast

RULES: Final = """\
charter: rivermont
zone: America/New_York
labels: {claim: flag}
circuits:
  desk: [{ask: {role: coordinator}}]
  comms: [{ask: {role: communicator}}]
  hr: [{ask: {team: hr}}]
default: desk
rules:
  - {permit: services, when: {kind: [publish, reply], topics: {only: [transit, parks]}, claim: no}, because: A.}
  - {permit: parks, when: {kind: publish, topics: {only: [parks]}, claim: no, text.length: {at most: 280}}, because: A.}
  - {permit: short, when: {kind: share, target.followers: {at most: 100}}, because: A.}
  - {permit: long, when: {kind: share, target.followers: {at least: 101}}, because: A.}
  - {permit: small, when: {kind: react, target.followers: {below: 1000}}, because: A.}
  - {refer: big, to: comms, when: {kind: react, target.followers: {above: 1000}}, because: A.}
  - {refer: curfew, to: comms, when: {kind: publish, all: [{text: {mentions: [city curfew], except: [city curfew order]}}, {not: {text: {mentions: [city]}}}]}, because: A.}
  - {refer: order, to: comms, when: {kind: publish, all: [{text: {mentions: [curfew]}}, {not: {text: {mentions: [curfew], except: [curfew order]}}}]}, because: A.}
  - {permit: pool, when: {kind: edit, topics: {only: [pool]}}, through: 2026-06-30, because: A.}
  - {forbid: pool-closed, when: {kind: edit, topics: [pool]}, since: 2026-07-01, because: A.}
  - {refer: early, to: comms, when: {at: {below: 2026-06-30T00:00Z}}, since: 2026-07-01, because: A.}
  - {refer: spring, to: comms, when: {at: {between: [2026-03-08T06:00Z, 2026-03-08T08:00Z]}, local.hour: 2}, because: A.}
  - {forbid: night, when: {kind: publish, at: "Mon-Sun 02:00-03:00"}, because: A.}
  - {permit: msgs, when: {kind: message, recent.message: {at most: 3 in 1 h}}, because: A.}
  - {permit: more, when: {kind: message, recent.message: {fewer than: 4 in 1 d}}, because: A.}
  - {refer: burst, to: comms, when: {recent.message: {at least: 5 in 1 h}, recent.any: {fewer than: 5 in 1 h}}, because: A.}
  - {refer: sub, to: comms, when: {hosts: ["*.city.example"], domains: {none of: [city.example]}}, because: A.}
  - {refer: hosts, to: comms, when: {hosts: {only: [city.example]}, hosts.count: {at least: 2}}, because: A.}
  - {refer: tone, to: comms, when: {kind: publish, target.tone: critical}, because: A.}
  - {forbid: severe, when: {incident.open: no, incident.severity: high}, because: A.}
  - {refer: three, to: comms, when: {topics: {only: [a, b]}, topics.count: {at least: 3}}, because: A.}
  - {refer: sat, to: comms, when: {at: Mon-Fri, local.weekday: sat}, because: A.}
  - {forbid: no-erasing, when: {kind: [delete, hide], target.tone: critical}, because: A.}
"""  # noqa: E501 - a rule a line
SERVICES: Final = RULES.splitlines()[9]
IN_TWO: Final = """\
  - {permit: posts, when: {kind: publish, not: {any: [{not: {topics: {only: [parks, transit]}}}, {not: {claim: no}}]}}, because: A.}
  - {permit: replies, when: {kind: reply, topics: {only: [transit, parks]}, claim: no}, because: A.}"""  # noqa: E501
BY_HOUR: Final = (
    ('at: "Mon-Sun 02:00-03:00"', "local.hour: 2"),
    (
        "{incident.open: no, incident.severity: high}",
        "{incident.severity: high, incident.open: no}",
    ),
)


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param([(SERVICES, IN_TWO)], id="a permit in two"),
        pytest.param(BY_HOUR, id="an hour"),
        pytest.param([(SERVICES, IN_TWO), *BY_HOUR], id="both"),
    ],
)
def test_what_is_said_otherwise_is_proven_to_decide_alike(changes: list[tuple[str, str]]) -> None:
    text = RULES
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    before, after = parse(RULES, Charter), parse(text, Charter)
    for found in (contrast(before, after), contrast(after, before)):
        assert found.equivalent is Truth.TRUE
        assert found.differences == ()


@pytest.mark.parametrize(
    ("old", "new", "ways"),
    [
        # a refer rule asks another circuit, and the first no longer
        ("{refer: tone, to: comms", "{refer: tone, to: hr",
         {("asks", "hr"), ("spares", "comms")}),
        # where the default is another one, it is asked of what no rule settles
        ("default: desk", "default: hr", {("asks", "hr"), ("spares", "desk")}),
        # a rule that goes leaves to the default circuit what it kept from it
        ("{refer: tone, to: comms, when: {kind: publish, ",
         "{refer: tone, to: comms, when: {kind: reply, ",
         {("asks", "comms"), ("asks", "desk"), ("spares", "comms"), ("spares", "desk")}),
    ],
)  # fmt: skip
def test_circuits_that_are_asked_by_other_rules_are_shown(
    old: str, new: str, ways: set[Any]
) -> None:
    assert old in RULES
    before, after = parse(RULES, Charter), parse(RULES.replace(old, new), Charter)
    found = contrast(before, after)
    shown = {(one.way, one.by) for one in found.differences if one.way in {"asks", "spares"}}
    assert shown == ways
