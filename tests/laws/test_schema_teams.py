"""Law: the schemas of teams and needs never refuse what the library accepts."""

from collections.abc import Callable
from copy import deepcopy
from datetime import date, datetime, timedelta, timezone
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from cmcore import InvalidError, Member, Needs, Role, Team, parse, schema, structure, unstructure
from cmcore.base.amounts import show_duration
from cmcore.codec.documents import parse_document
from cmcore.strategies import needs, teams
from cmcore.teams import Leave
from cmcore.teams.affinity import TOP_AFFINITY
from cmcore.time.intervals import day_span
from cmcore.time.week import local

Data = Any
Kind = type[Team | Needs]
Spoil = Callable[[st.DataObject, Data], Data]
SCHEMAS = {kind: Draft202012Validator(schema(kind)) for kind in (Team, Needs)}
DAY = timedelta(days=1)
KOLKATA = timezone(timedelta(hours=5.5))


# ------------------------------------------------------------------------------- other spellings


class Speller:
    """Writes the same team or needs otherwise: shorthand, longhand, other words."""

    def __init__(self, flip: Callable[[], bool]) -> None:
        self.flip = flip

    def team(self, data: Data) -> Data:
        told = deepcopy(data)
        zone = told["zone"]
        told["roles"] = self.roles({id_: self.role(one) for id_, one in told["roles"].items()})
        told["members"] = {id_: self.member(one, zone) for id_, one in told["members"].items()}
        return self.without(told, zone="UTC", roles={}, members={})

    def without(self, data: Data, **usual: Data) -> Data:
        """Leave out all, some or none of what is usual."""
        is_long = self.flip()
        return {
            k: v
            for k, v in data.items()
            if k not in usual or v != usual[k] or (is_long and self.flip())
        }

    def words(self, words: Data) -> Data:
        return words[0] if len(words) == 1 and self.flip() else words

    def minutes(self, count: int) -> Data:
        if self.flip():
            return count
        return f"PT{count}M" if self.flip() else show_duration(timedelta(minutes=count))

    def roles(self, roles: Data) -> Data:
        return list(roles) if not any(roles.values()) and self.flip() else roles

    def role(self, role: Data) -> Data:
        told = {"requires": [], "minutes": 0, "en": "", "fr": "", **role}
        told = self.without(told, requires=[], minutes=0, en="", fr="")
        if not told:
            return None if self.flip() else told
        if told.keys() == {"requires"} and self.flip():
            return told["requires"]
        words = {"requires": self.words(told["requires"])} if "requires" in told else {}
        times = {"minutes": self.minutes(told["minutes"])} if "minutes" in told else {}
        return told | words | times

    def member(self, member: Data, zone: str) -> Data:
        sets: Data = {key: self.words(member.get(key, [])) for key in ("roles", "skills")}
        sets["languages"] = self.words(member.get("languages", []))
        told: Data = {"leaves": [], "affinity": {}, "minutes": {}, **member, **sets}
        told["networks"] = self.networks(member.get("networks", {}))
        told["leaves"] = [self.leave(leave, member["zone"]) for leave in told["leaves"]]
        told["minutes"] = {role: self.minutes(n) for role, n in told["minutes"].items()}
        if "day" in told:
            told["day"] = self.minutes(told["day"])
        if "hours" in told and self.flip():
            told["hours"] = told["hours"].split("; ")
        told = self.without(told, zone=zone, roles=[], skills=[], languages=[], leaves=[])
        told = self.without(told, affinity={}, minutes={}, networks={})
        return told or (None if self.flip() else {})

    def networks(self, networks: Data) -> Data:
        top = networks and set(networks.values()) == {TOP_AFFINITY}
        return self.words(list(networks)) if top and self.flip() else networks

    def leave(self, leave: Data, zone: str) -> Data:
        ends = [datetime.fromisoformat(leave[key]) for key in ("from", "to")]
        first, after = (local(at, zone) for at in ends)
        if self.flip() and {first.hour, first.minute, after.hour, after.minute} == {0}:
            days = [str(first.date()), str((after - DAY).date())]
            is_one = len(set(days)) == 1 and self.flip()
            return days[0] if is_one else dict(zip(("from", "through"), days, strict=True))
        if self.flip():
            return {key: text.replace("+00:00", "Z") for key, text in leave.items()}
        return dict(zip(leave, (at.astimezone(KOLKATA).isoformat() for at in ends), strict=True))

    def needs(self, data: Data) -> Data:
        told = deepcopy(data)
        told["seats"] = {k: self.seats(one) for k, one in told.get("seats", {}).items()}
        told["work"] = {
            k: one | {"minutes": self.minutes(one["minutes"])}
            for k, one in told.get("work", {}).items()
        }
        told["hours"] = [self.watch(one, told["zone"]) for one in told.get("hours", [])]
        for key in ("mix", "supervision"):
            told[key] = self.alone([self.among(one) for one in told.get(key, [])])
        pairs = told.get("separation", [])
        told["separation"] = [pair[::-1] if self.flip() else pair for pair in pairs]
        told["hours"] = self.alone(told["hours"])
        told = self.without(told, zone="UTC", seats={}, work={}, hours=[])
        return self.without(told, mix=[], supervision=[], separation=[])

    def alone(self, many: Data) -> Data:
        is_one = len(many) == 1 and isinstance(many[0], dict)
        return many[0] if is_one and self.flip() else many

    def seats(self, seats: Data) -> Data:
        if isinstance(seats, int):
            return {"least": seats} if self.flip() else seats
        return self.without(seats, least=1)

    def watch(self, watch: Data, zone: str) -> Data:
        told = self.without(watch, zone=zone, least=1)
        if told.keys() == {"week"} and self.flip():
            return told["week"]
        return told | {"week": told["week"].split("; ")} if self.flip() else told

    def among(self, need: Data) -> Data:
        return need | {"roles": self.words(need["roles"])} if "roles" in need else need


@st.composite
def whole_days(draw: st.DrawFn, member: Member) -> Member:
    """Draw the same member, away for whole days."""
    zone, first = member.availability.zone, draw(st.dates(date(2020, 1, 1), date(2030, 1, 1)))
    leave = Leave(*day_span(first, first + DAY * draw(st.integers(0, 2)), zone))
    return attrs.evolve(member, availability=attrs.evolve(member.availability, leaves=[leave]))


@st.composite
def shortened(draw: st.DrawFn) -> Team:
    """Draw a team that has more to say shortly than most."""
    team = draw(teams())
    members = [draw(st.sampled_from([one, top(one), Member(one.id)])) for one in team.members]
    members = [draw(st.just(one) | whole_days(one)) for one in members]
    roles = [Role(role.id, requires=role.requires) for role in team.roles]
    bare = [Role(role.id) for role in roles]
    return attrs.evolve(
        team, members=members, roles=draw(st.sampled_from([team.roles, roles, bare]))
    )


def top(member: Member) -> Member:
    return attrs.evolve(member, networks=set(member.networks))


@st.composite
def files(draw: st.DrawFn) -> tuple[Team | Needs, Data]:
    """Draw a team or needs, and a file that writes them in some spelling."""
    luck = draw(st.randoms(use_true_random=False))
    speller = Speller(lambda: luck.random() < 0.5)
    if draw(st.booleans()):
        team = draw(shortened())
        return team, speller.team(unstructure(team))
    asked = draw(needs())
    return asked, speller.needs(unstructure(asked))


@given(files())
def test_every_team_and_needs_are_accepted_in_every_spelling(
    written: tuple[Team | Needs, Data],
) -> None:
    thing, spelled = written
    assert structure(spelled, type(thing)) == thing
    SCHEMAS[type(thing)].validate(spelled)
    SCHEMAS[type(thing)].validate(unstructure(thing))


@given(written=files(), data=st.data())
def test_what_the_schema_refuses_in_a_file_the_codec_refuses(
    spoil: Spoil, written: tuple[Team | Needs, Data], data: st.DataObject
) -> None:
    kind, spoiled = type(written[0]), spoil(data, written[1])
    try:
        structure(spoiled, kind)
    except InvalidError:
        return
    SCHEMAS[kind].validate(spoiled)


def plain(text: str) -> Data:
    """Read YAML as the library does: days and instants stay text."""
    return parse_document(text, "yaml")


WITH_MEMBER = "team: t\nroles: [author]\nmembers:\n  ana: "
RIGHT_TEAMS = {
    "nobody": "team: t",
    "ids of roles": "{team: t, roles: [author, author]}",
    "no role": "{team: t, roles: []}",
    "a role of nothing": "{team: t, roles: {author: }}",
    "a role of skills": "{team: t, roles: {author: [writing], analyst: []}}",
    "a role's one skill": "{team: t, roles: {author: {requires: writing}}}",
    "a role's minutes": "{team: t, roles: {author: {minutes: 90}}}",
    "a role's hours": "{team: t, roles: {author: {minutes: 1 h 30 min}}}",
}
RIGHT_MEMBERS = {
    "nothing": "",
    "no key": "{}",
    "one word each": "{roles: author, skills: writing, languages: fr, networks: bluesky}",
    "no word": "{roles: [], skills: [], languages: [], networks: []}",
    "affinities": "{networks: {bluesky: 0, linkedin: 1000}, affinity: {author: 3}}",
    "no affinity": "{networks: {}, affinity: {}, minutes: {}}",
    "empty texts": '{name: "", trade: "", networks: [""], skills: ""}',
    "hours": "{hours: Mon-Fri 9h-18h, zone: Europe/Paris}",
    "several hours": '{hours: ["", "lun 09:00-12:00; mar", never]}',
    "a day off": "{leaves: [2026-05-15]}",
    "days off": "{leaves: [{from: 2026-05-15, through: 2026-05-15}]}",
    "some hours off": "{leaves: [{from: 2026-05-15T09:00Z, to: 20260515T12+0200}]}",
    "no leave": "{leaves: []}",
    "minutes": "{day: 0, minutes: {author: 1440}, most_roles: 0}",
    "durations": "{day: 2 h, minutes: {author: PT1H}}",
}
RIGHT_NEEDS = {
    "nothing": "",
    "empty": "seats: {}, specialists: {}, languages: {}, hours: [], work: {}, mix: []",
    "empty too": "supervision: [], separation: []",
    "counts": "seats: {a: 0}, specialists: {bluesky: 0}, languages: {fr: 2}",
    "seats of the usual": "seats: {a: {}, b: {most: 1}, c: {weight: 3}}",
    "seats of many": "seats: {a: {least: 2, most: 2, weight: 9}}",
    "hours": "hours: [Mon-Fri 09:00-18:00, always]",
    "hours alone": "hours: {week: Mon}",
    "hours in a list": "hours: [{week: [Mon, Tue], zone: UTC, least: 0, role: a, language: fr}]",
    "work": "work: {mail: {a day: 0, minutes: 2000}, calls: {a day: 2, minutes: 3 d, role: a}}",
    "one mix": "mix: {of: trade, least: 0}",
    "mixes": "mix: [{of: level, not only: junior, roles: a}, {of: age, least: 2, roles: [a]}]",
    "one supervision": "supervision: {contract: internship}",
    "supervisions": "supervision: [{level: junior, roles: a}, {age: 16-18, roles: [a, b]}]",
    "separations": "separation: [[a, b], [b, c]]",
}
RIGHT = {
    **{f"team: {name}": (Team, text) for name, text in RIGHT_TEAMS.items()},
    **{f"member: {name}": (Team, WITH_MEMBER + text) for name, text in RIGHT_MEMBERS.items()},
    **{f"needs: {name}": (Needs, f"{{needs: n, {text}}}") for name, text in RIGHT_NEEDS.items()},
}


@pytest.mark.parametrize(("kind", "text"), RIGHT.values(), ids=RIGHT)
def test_every_shorthand_is_accepted(kind: Kind, text: str) -> None:
    parse(text, kind)
    SCHEMAS[kind].validate(plain(text))
