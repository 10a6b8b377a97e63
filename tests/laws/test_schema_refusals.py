"""The schemas of teams and needs refuse what is wrong in plain sight, as the library does."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from cmcore import InvalidError, Needs, Team, parse, schema, structure
from cmcore.codec.clocks import CALENDAR
from cmcore.codec.documents import parse_document
from cmcore.codec.needs import MIX, SEATS, SUPERVISION, WATCH, WORK
from cmcore.codec.needs import NEEDS as NEEDS_FORM
from cmcore.codec.teams import LEAVE_KEYS, MEMBER, ROLE, SHIFT, TEAM

Data = Any
Kind = type[Team | Needs]
SCHEMAS = {kind: Draft202012Validator(schema(kind)) for kind in (Team, Needs)}
WITH_MEMBER = "team: t\nroles: [author]\nmembers:\n  ana: "


def plain(text: str) -> Data:
    """Read YAML as the library does: days and instants stay text."""
    return parse_document(text, "yaml")


WRONG_TEAMS = {
    "no mapping": "- t",
    "too long a name": f"team: {'t' * 201}",
    "no name": "roles: [author]",
    "a number as name": "team: 3",
    "an empty name": '{team: "", members: {}}',
    "a number as zone": "{team: t, zone: 1}",
    "one role": "{team: t, roles: author}",
    "a number of roles": "{team: t, roles: [1]}",
    "a role with no name": '{team: t, roles: {"": }}',
    "a role of one skill": "{team: t, roles: {author: writing}}",
    "a role of too many minutes": "{team: t, roles: {author: {minutes: 1441}}}",
    "a role of half a minute": "{team: t, roles: {author: {minutes: 0.5}}}",
    "a role in German": "{team: t, roles: {author: {de: Autor}}}",
    "a list of members": "{team: t, members: [ana]}",
    "a member with no name": '{team: t, members: {"": }}',
    "null roles": "{team: t, roles: }",
}
WRONG_MEMBERS = {
    "text": "Ana",
    "an unknown key": "{skils: writing}",
    "a number as age": "{age: 30}",
    "several ages": "{age: [30-39]}",
    "roles in a mapping": "{roles: {author: 3}}",
    "a number as skill": "{skills: [3]}",
    "too high an affinity": "{networks: {bluesky: 1001}}",
    "an affinity below 0": "{affinity: {author: -1}}",
    "an affinity as text": "{affinity: {author: high}}",
    "affinities in a list": "{affinity: [author]}",
    "no hours": "{hours: []}",
    "hours in a mapping": "{hours: {Mon: 09:00-10:00}}",
    "a shift of a day": "{shifts: [2026-05-15]}",
    "a shift with no end": "{shifts: [{from: 2026-05-15T00:00Z}]}",
    "one leave": "{leaves: 2026-05-15}",
    "a leave of another country": "{leaves: [15/05/2026]}",
    "an unknown leave key": "{leaves: [{from: 2026-05-15, till: 2026-05-16}]}",
    "a leave with no end": "{leaves: [{from: 2026-05-15}]}",
    "a leave with no beginning": "{leaves: [{through: 2026-05-15}]}",
    "a leave with two ends": (
        "{leaves: [{from: 2026-05-15, through: 2026-05-16, to: 2026-05-16T00:00Z}]}"
    ),
    "a leave from a day to an instant": "{leaves: [{from: 2026-05-15, to: 2026-05-16T00:00Z}]}",
    "a leave from an instant to a day": "{leaves: [{from: 2026-05-15T00:00Z, to: 2026-05-16}]}",
    "a leave from an instant through": "{leaves: [{from: 2026-05-15T00:00Z, through: 2026-05-16}]}",
    "a leave through an instant": "{leaves: [{from: 2026-05-15, through: 2026-05-16T00:00Z}]}",
    "a leave to nowhere": "{leaves: [{to: 2026-05-16T00:00Z}]}",
    "a leave with no zone": "{leaves: [{from: 2026-05-15T00:00, to: 2026-05-16T00:00}]}",
    "too long a day": "{day: 1441}",
    "a negative day": "{day: -1}",
    "minutes of no role": "{minutes: 30}",
    "half a role": "{most_roles: 0.5}",
    "roles as text": "{most_roles: two}",
    "flags": "{most_roles: true}",
}
WRONG_NEEDS = {
    "an unknown key": "seat: {a: 1}",
    "a list of seats": "seats: [a]",
    "seats as text": "seats: {a: two}",
    "negative seats": "seats: {a: -1}",
    "no weight": "seats: {a: {weight: 0}}",
    "an unknown key of seats": "seats: {a: {min: 1}}",
    "seats of nobody": "seats: {a: }",
    "specialists in a mapping": "specialists: {bluesky: {least: 1}}",
    "a language with no name": 'languages: {"": 1}',
    "one week": "hours: Mon",
    "a list of weeks": "hours: [[Mon, Tue]]",
    "hours with no week": "hours: [{role: a}]",
    "hours for a list of roles": "hours: [{week: Mon, role: [a]}]",
    "an unknown key of hours": "hours: [{week: Mon, skill: a}]",
    "a number of works": "work: {mail: 3}",
    "work with no minutes": "work: {mail: {a day: 3}}",
    "work with no number": "work: {mail: {minutes: 3}}",
    "an unknown key of work": "work: {mail: {a day: 3, minutes: 3, per: day}}",
    "a mix of nothing": "mix: {least: 2}",
    "a mix that asks nothing": "mix: {of: trade}",
    "a mix that asks twice": "mix: {of: trade, least: 2, not only: x}",
    "a mix of skills": "mix: {of: skill, least: 2}",
    "a mix of no roles": "mix: {of: trade, least: 2, roles: []}",
    "an unknown key of a mix": "mix: {of: trade, atmost: 2}",
    "supervision of nobody": "supervision: {roles: [a]}",
    "supervision of two": "supervision: {contract: a, level: b}",
    "an unknown key of supervision": "supervision: {contract: a, role: b}",
    "supervision on no roles": "supervision: {contract: a, roles: []}",
    "supervision of a nameless level": 'supervision: {level: ""}',
    "one separation": "separation: [a, b]",
    "a separation of one": "separation: [[a]]",
    "a separation of three": "separation: [[a, b, c]]",
    "a separation from itself": "separation: [[a, a]]",
    "a separation in a mapping": "separation: {a: b}",
}
WRONG = {
    **{f"team: {name}": (Team, text) for name, text in WRONG_TEAMS.items()},
    **{f"member: {name}": (Team, WITH_MEMBER + text) for name, text in WRONG_MEMBERS.items()},
    **{f"needs: {name}": (Needs, f"{{needs: n, {text}}}") for name, text in WRONG_NEEDS.items()},
    "needs: no mapping": (Needs, "- n"),
    "needs: no name": (Needs, "seats: {a: 1}"),
    "needs: an empty name": (Needs, 'needs: ""'),
}


@pytest.mark.parametrize(("kind", "text"), WRONG.values(), ids=WRONG)
def test_both_refuse_what_is_wrong(kind: Kind, text: str) -> None:
    with pytest.raises(InvalidError):
        parse(text, kind)
    assert not SCHEMAS[kind].is_valid(plain(text))


FULL_TEAM = """
team: t
zone: Europe/Paris
calendar: {closed: [2026-05-15]}
roles: {author: {requires: [writing], minutes: 1 h, en: Author, fr: Auteur,
                 based on: writer}}
members:
  ana:
    {name: Ana, roles: [author], skills: [writing], languages: [fr], networks: {bluesky: 3},
     trade: press, age: 30-39, level: junior, seniority: new, contract: permanent, hours: [Mon],
     employer: Acme, region: north,
     zone: UTC, day: 2 h, affinity: {author: 3.5}, minutes: {author: 20},
     most_roles: 2, least_roles: 1, calendar: {closed: [2026-05-15]},
     leaves: [2026-05-15, {from: 2026-05-15, through: 2026-05-16},
              {from: 2026-05-15T00:00Z, to: 2026-05-16T00:00Z}],
     shifts: [{from: 2026-05-15T00:00Z, to: 2026-05-16T00:00Z}]}
"""
FULL_NEEDS = """
needs: n
zone: Europe/Paris
calendar: {closed: [2026-05-15]}
seats: {author: {least: 1, most: 2, weight: 3}}
specialists: {bluesky: 1}
languages: {fr: 1}
hours: [{week: Mon, zone: UTC, least: 2, role: author, network: bluesky, language: fr}, Tue]
work: {mail: {a day: 3, minutes: 20, role: author}}
mix: [{of: age, least: 2, roles: [author]}, {of: level, not only: junior}]
supervision: [{contract: internship, roles: author}, {trade: x}, {age: x}, {level: x},
              {seniority: x}, {employer: x}, {region: x}, {zone: Europe/Paris}]
separation: [[author, analyst]]
"""
#: The days of what country stand in which years is for the library to know, not for the schema.
FULL_CALENDAR = plain(
    "{country: FR, region: '57', years: [2026], closed: [2026-05-15], worked: [2026-04-03]}"
)
FULL = {
    Team: (plain(FULL_TEAM), TEAM.names | ROLE.names | MEMBER.names | LEAVE_KEYS | SHIFT.names),
    Needs: (
        plain(FULL_NEEDS),
        NEEDS_FORM.names | SEATS.names | WATCH.names | WORK.names | MIX.names | SUPERVISION.names,
    ),
}


def misspelt(data: Data, keys: frozenset[str]) -> Iterator[tuple[str, Data]]:
    """Yield the data with one of the keys misspelt, for each place where one stands."""
    for step, below in data.items() if isinstance(data, dict) else enumerate(data):
        if step in keys:
            yield step, {(f"{key}z" if key == step else key): data[key] for key in data}
        if isinstance(below, dict | list):
            yield from ((key, put(data, step, odd)) for key, odd in misspelt(below, keys))


ODD: tuple[Data, ...] = ({"odd": [None]}, [3])
ODD_COUNTS = (*ODD, -1, 0.5)


def mistyped(data: Data) -> Iterator[Data]:
    """Yield the data with one of its parts replaced by what fits nowhere."""
    for step, below in data.items() if isinstance(data, dict) else enumerate(data):
        for odd in ODD_COUNTS if isinstance(below, int) else ODD:
            yield put(data, step, odd)
        if isinstance(below, dict | list):
            yield from (put(data, step, odd) for odd in mistyped(below))


def put(data: Data, step: str | int, item: Data) -> Data:
    changed = deepcopy(data)
    changed[step] = item
    return changed


@pytest.mark.parametrize("kind", [Team, Needs])
def test_a_misspelt_key_is_refused_wherever_it_stands(kind: Kind) -> None:
    full, keys = FULL[kind]
    full, keys = put(full, "calendar", FULL_CALENDAR), keys | CALENDAR.names
    structure(full, kind)
    SCHEMAS[kind].validate(full)
    seen = set()
    for key, odd in misspelt(full, keys):
        with pytest.raises(InvalidError, match=f"`{key}z` is not a known key"):
            structure(odd, kind)
        assert not SCHEMAS[kind].is_valid(odd), key
        seen.add(key)
    assert seen == keys


@pytest.mark.parametrize("kind", [Team, Needs])
def test_what_fits_nowhere_is_refused_wherever_it_stands(kind: Kind) -> None:
    for odd in mistyped(FULL[kind][0]):
        with pytest.raises(InvalidError):
            structure(odd, kind)
        assert not SCHEMAS[kind].is_valid(odd), odd
