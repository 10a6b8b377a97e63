"""Routing: whoever takes a request can, and is there; where nobody is, nobody is named."""

from collections import Counter
from datetime import datetime, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from cmcore import Desk, Member, Request, RequestLog, Role, Team, backlog, route
from cmcore.base.truth import Truth
from cmcore.requests import Route, Routing
from cmcore.strategies import instants, members, request_logs, requests, teams
from cmcore.teams.presence import on_duty_from
from cmcore.time import Calendar
from cmcore.time.week import local

HOUR = timedelta(hours=1)


def is_there(member: Member, at: datetime, calendar: Calendar | None = None) -> bool:
    """Tell whether somebody is on duty, by looking at the clock, the leaves and the calendar."""
    when = member.availability
    away = any(leave.start <= at < leave.stop for leave in when.leaves)
    days, day = when.calendar or calendar, local(at, when.zone).date()
    is_open = days is None or days.closes(day) is Truth.FALSE
    is_usual = when.week is not None and when.week.holds(at, when.zone) and is_open
    return (is_usual or any(one.start <= at < one.stop for one in when.shifts)) and not away


def can(member: Member, role: Role, request: Request) -> bool:
    speaks = request.language is None or request.language in member.languages
    return role.id in member.roles and role.requires <= member.skills and speaks


def routed(
    team: Team, request: Request, at: datetime, log: RequestLog
) -> tuple[Routing, Role, list[Member]]:
    role = team.roles[0]
    found = route(request, team, Desk(routes=[Route(role.id)]), at, log)
    there = (m for m in team.members if is_there(m, at, team.calendar))
    return found, role, [m for m in there if can(m, role, request)]


class TestRouting:
    """The right person is found exactly when there is one."""

    @given(teams(), requests(), instants(), request_logs())
    def test_whoever_takes_it_is_able_and_there(
        self, team: Team, request: Request, at: datetime, log: RequestLog
    ) -> None:
        found, role, ready = routed(team, request, at, log)
        assert (found.member is not None) is bool(ready)
        assert (found.gap is None) is bool(ready)
        assert found.member is None or found.member in {member.id for member in ready}
        assert [one.member for one in found.candidates] == [
            member.id for member in team.members if role.id in member.roles
        ]
        assert sum(one.why.is_chosen for one in found.candidates) == bool(ready)

    @given(teams(), requests(), instants(), request_logs())
    def test_the_contact_keeps_it_or_else_the_least_loaded_takes_it(
        self, team: Team, request: Request, at: datetime, log: RequestLog
    ) -> None:
        found, _, ready = routed(team, request, at, log)
        load = Counter(
            track.holder
            for track in log.tracks(at)
            if track.state.is_live and track.request.id != request.id
        )
        if found.contact in {member.id for member in ready}:
            assert found.member == found.contact
        elif ready:
            assert found.member == min((load[m.id], m.id) for m in ready)[1]

    @given(members(), instants())
    def test_whoever_is_back_was_away_until_then(self, member: Member, at: datetime) -> None:
        back = on_duty_from(member, at, None)
        assert (back == at) is is_there(member, at)
        if back is not None:
            assert is_there(member, back)
            between = [at + n * HOUR for n in range(500) if at + n * HOUR < back]
            assert not any(is_there(member, moment) for moment in between)

    @given(teams(), request_logs(), st.none() | instants())
    def test_each_open_request_is_routed_once(
        self, team: Team, log: RequestLog, at: datetime | None
    ) -> None:
        assume(log.requests or at)  # of an empty log, the moment must be given
        found = backlog(log, at, Desk(routes=[Route(team.roles[0].id)]), team)
        open_ = [i.track.request.id for i in found.items if i.track.state == "open"]
        assert [one.request.id for one in found.routings] == open_
