from datetime import UTC, datetime

import pytest
from hypothesis import given

from cmcore import (
    Availability,
    Coverage,
    InvalidError,
    Member,
    Needs,
    Role,
    Seats,
    Team,
    Watch,
    Week,
    dump,
    parse,
    unstructure,
)
from cmcore.codec.documents import parse_document
from cmcore.codec.needs import MIX, SEATS, SUPERVISION, WATCH, WORK
from cmcore.codec.needs import NEEDS as NEEDS_FORM
from cmcore.codec.teams import LEAVE_KEYS, MEMBER, ROLE
from cmcore.codec.teams import TEAM as TEAM_FORM
from cmcore.strategies import coverages, needs, teams
from cmcore.teams import Leave, Mix, NotOnly, Separation, Speakers, Specialists, Supervision, Work

TEAM = """\
team: brume
zone: Europe/Paris
roles:
  analyst: {requires: [figures], minutes: 1 h 30 min, en: Analyst, fr: Analyste}
  author: [writing]
  approver:
members:
  ana:
    name: Ana
    roles: analyst
    skills: [figures, writing]
    languages: [fr, en]
    networks: {bluesky: 900}
    trade: marketing
    age: 30-39
    level: manager
    seniority: senior
    contract: permanent
    hours: [Mon-Fri 09:00-17:00, Sat 10:00-12:00]
    leaves:
      - 2026-03-04
      - {from: 2026-03-28, through: 2026-03-29}
      - {from: 2026-05-04T12:00+02:00, to: 2026-05-04T14:00+02:00}
    day: 2 h
    affinity: {analyst: 700}
    minutes: {author: 45}
    most_roles: 2
  bo:
    networks: [bluesky, linkedin]
    zone: America/New_York
    hours: Mon
  cy:
"""
NEEDS = """\
needs: social
zone: Europe/Paris
seats: {analyst: 1, author: {least: 1, most: 2, weight: 5}}
specialists: {bluesky: 2}
languages: {fr: 1}
hours:
  - Mon-Fri 09:00-18:00
  - {week: Sat, zone: UTC, least: 2, role: author, network: bluesky, language: fr}
work:
  replies: {a day: 20, minutes: 4, role: author}
  mail: {a day: 20, minutes: 1 h}
mix:
  - {of: trade, least: 2}
  - {of: level, not only: junior, roles: author}
supervision: {contract: internship}
separation: [[author, approver]]
"""


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_a_team_reads_as_people_write_it() -> None:
    paris = "Europe/Paris"
    leaves = [
        Leave(at("2026-03-03T23:00"), at("2026-03-04T23:00")),
        Leave(at("2026-03-27T23:00"), at("2026-03-29T22:00")),
        Leave(at("2026-05-04T10:00"), at("2026-05-04T12:00")),
    ]
    week = Week.parse("Mon-Fri 09:00-17:00; Sat 10:00-12:00")
    ana = Member(
        "ana",
        name="Ana",
        roles={"analyst"},
        skills={"figures", "writing"},
        languages={"fr", "en"},
        networks={"bluesky": 900},
        trade="marketing",
        age="30-39",
        level="manager",
        seniority="senior",
        contract="permanent",
        availability=Availability(week, paris, leaves, 120),
        affinity={"analyst": 700},
        minutes={"author": 45},
        most_roles=2,
    )
    monday = Availability(Week.parse("Mon"), "America/New_York")
    bo = Member("bo", networks={"bluesky", "linkedin"}, availability=monday)
    cy = Member("cy", availability=Availability(zone=paris))
    roles = [
        Role("analyst", requires={"figures"}, minutes=90, english="Analyst", french="Analyste"),
        Role("author", requires={"writing"}),
        Role("approver"),
    ]
    assert parse(TEAM, Team) == Team("brume", [ana, bo, cy], roles, zone=paris)


def test_roles_may_be_names_alone() -> None:
    assert parse("team: x\nroles: [a, b]", Team) == Team("x", [], [Role("a"), Role("b")])


def test_needs_read_as_people_write_them() -> None:
    paris = "Europe/Paris"
    assert parse(NEEDS, Needs) == Needs(
        "social",
        zone=paris,
        seats=[Seats("analyst"), Seats("author", 1, 2, 5)],
        specialists=[Specialists("bluesky", 2)],
        languages=[Speakers("fr")],
        hours=[
            Watch(Week.parse("Mon-Fri 09:00-18:00"), paris),
            Watch(Week.parse("Sat"), "UTC", 2, "author", "bluesky", "fr"),
        ],
        work=[Work("mail", 20, 60), Work("replies", 20, 4, "author")],
        mix=[Mix("trade"), NotOnly("level", "junior", {"author"})],
        supervision=[Supervision()],
        separation=[Separation("author", "approver")],
    )


@pytest.mark.parametrize("form", ["json", "yaml", "toml"])
@given(team=teams(), asked=needs())
def test_teams_and_needs_read_back_equal(team: Team, asked: Needs, form: str) -> None:
    for thing in (team, asked):
        text = dump(thing, format=form)
        back = parse(text, type(thing), format=form)
        assert back == thing
        assert hash(back) == hash(thing)
        assert dump(back, format=form) == text


@given(coverages())
def test_a_coverage_is_written_as_plain_data(found: Coverage) -> None:
    for form in ("json", "yaml"):
        assert parse_document(dump(found, format=form), form) == unstructure(found)


def told(text: str, kind: type[Team | Needs]) -> list[str]:
    with pytest.raises(InvalidError) as caught:
        parse(text, kind)
    return [str(problem) for problem in caught.value.problems]


def test_every_problem_of_a_team_has_its_place_and_line() -> None:
    text = """\
zone: Mars
roles:
  analyst: {minuts: 3}
  author: {minutes: 90 s}
  " x": 3
members:
  ana: {roles: [analist], day: 2000}
  bo:
    leaves: [2026-13-01, 3, {from: 2026-03-04}, {from: 2026-03-04, untill: 2026-03-05}]
  cy: {hours: 9-5, most_roles: two, zone: Moon, networks: {bluesky: 9 lives}, affinity: [x]}
  di: {leaves: [{from: 2026-03-04, through: 2026-03-03}, {from: 2026-03-04, to: 2026-03-05},
    {from: 2026-03-04T09:00Z, to: 2026-03-03T09:00Z}]}
teem: x
"""
    found = told(text, Team)
    places = list(dict.fromkeys(line.partition(": ")[0] for line in found))
    assert places == [
        "team, line 1",
        "zone, line 1",
        "roles.analyst.minuts, line 3",
        "roles.author.minutes, line 4",
        "roles. x, line 5",
        "members.ana.day, line 7",
        "members.bo.leaves[0], line 9",
        "members.bo.leaves[1], line 9",
        "members.bo.leaves[2], line 9",
        "members.bo.leaves[3].untill, line 9",
        "members.cy.networks.bluesky, line 10",
        "members.cy.hours, line 10",
        "members.cy.zone, line 10",
        "members.cy.affinity, line 10",
        "members.cy.most_roles, line 10",
        "members.di.leaves[0].through, line 11",
        "members.di.leaves[1].to, line 11",
        "members.di.leaves[2].to, line 12",
        "teem, line 13",
    ]
    assert "(did you mean `minutes`?)" in found[2]
    assert "`90 s` is not a whole number of minutes" in found[3]
    assert "(did you mean `team`?)" in found[-1]
    assert (
        "`2026-03-05` is a day, and `to` is an instant (write `through: 2026-03-05` for"
        in found[-3]
    )


def test_an_unknown_role_is_told_where_it_stands() -> None:
    text = "team: x\nroles: [analyst]\nmembers:\n  ana:\n    roles: [analist]\n"
    hint = "did you mean `analyst`?"
    assert told(text, Team) == [f"members.ana.roles, line 5: no role is called `analist` ({hint})"]


def test_every_problem_of_needs_has_its_place_and_line() -> None:
    text = """\
neads: x
zone: Mars
seats: {analyst: two, author: {leest: 1}}
specialists: {bluesky: -1}
hours:
  - 9-5
  - {wek: Mon}
  - {week: Mon, zone: Moon}
work: {mail: {role: 3}}
mix:
  - {least: 2}
  - {of: trade}
  - {of: traid, not only: 3}
  - {of: trade, odd: 3}
supervision: [{}, {contract: x, level: y}, {contact: x}]
separation: [[a], [a, a], 3]
"""
    places = list(dict.fromkeys(line.partition(": ")[0] for line in told(text, Needs)))
    assert places == [
        "neads, line 1",
        "needs, line 1",
        "zone, line 2",
        "seats.analyst, line 3",
        "seats.author.leest, line 3",
        "specialists.bluesky, line 4",
        "hours[0], line 6",
        "hours[1].wek, line 7",
        "hours[1].week, line 7",
        "hours[2].zone, line 8",
        "work.mail.a day, line 9",
        "work.mail.minutes, line 9",
        "work.mail.role, line 9",
        "mix[0].of, line 11",
        "mix[1], line 12",
        "mix[2].not only, line 13",
        "mix[2].of, line 13",
        "mix[3].odd, line 14",
        "supervision[0], line 15",
        "supervision[1], line 15",
        "supervision[2].contact, line 15",
        "separation[0], line 16",
        "separation[1], line 16",
        "separation[2], line 16",
    ]


def test_every_key_stands_on_the_page_of_files() -> None:
    from pathlib import Path

    page = Path(__file__).parents[2] / "docs" / "reference" / "team-files.md"
    table = page.read_text(encoding="utf-8")
    known = (TEAM_FORM.names, ROLE.names, MEMBER.names, LEAVE_KEYS, NEEDS_FORM.names, SEATS.names,
             WATCH.names, WORK.names, MIX.names, SUPERVISION.names)  # fmt: skip
    assert not {key for keys in known for key in keys if f"`{key}`" not in table}
