"""Strategies for requests, their logs, desks, and what is found of them."""

from datetime import datetime, timedelta
from functools import cache
from typing import Any, Final

import attrs
from hypothesis import strategies as st

from cmcore.charters.conditions.condition import Condition
from cmcore.requests.desk import COUNTED, FROM_AUTHOR, Desk, Route, Selector, Target
from cmcore.requests.follow_up.backlog import Backlog
from cmcore.requests.follow_up.response_times import ResponseTimes
from cmcore.requests.follow_up.route import route
from cmcore.requests.follow_up.track import backlog
from cmcore.requests.follow_up.waits import response_times as response_times_of
from cmcore.requests.log import TRANSITIONS, RequestLog
from cmcore.requests.request import DETAILS, Request, RequestEvent, RequestMove
from cmcore.requests.routing import Routing
from cmcore.requests.staff.staff import staffing
from cmcore.requests.staff.staffing import HOURS, Arrivals, Staffing
from cmcore.strategies._conditions import a_condition, a_test
from cmcore.strategies._drawing import distinct, number, pick, rare, several, some
from cmcore.strategies._teams import a_span, a_team
from cmcore.strategies._words import (
    EVERY_YEAR,
    ZONES,
    a_calendar,
    a_clock,
    a_duration,
    a_text,
    a_week,
    an_id,
    an_instant,
    on_a_clock,
)
from cmcore.time.calendar import WorkingDays

_NETWORKS: Final = (None, "bluesky", "mastodon", "linkedin")
_LANGUAGES: Final = (None, "fr", "en")
_AUTHORS: Final = (None, "ana", "bo", "chloé")
_TOPICS: Final = ("product", "recall", "bill")
_SEVERITIES: Final = (None, "low", "high")
_PEOPLE: Final = ("maud", "yann", "zoe")
_ROLES: Final = ("communicator", "expert")
_WORDS: Final = {"how": ("refunded", "spam"), "reason": ("wrote again", "a mistake")}
_STEPS: Final = (timedelta(0), timedelta(minutes=7), timedelta(hours=3), timedelta(days=1))
_RATES: Final = (0, 0.5, 3, 40, None)


def a_request(draw: st.DrawFn) -> Request:
    """Draw a request."""
    return Request(
        an_id(draw),
        on_a_clock(draw, an_instant(draw)),
        network=pick(draw, _NETWORKS),
        author=pick(draw, _AUTHORS),
        text=a_text(draw) if rare(draw) else None,
        language=pick(draw, _LANGUAGES),
        topics=some(draw, _TOPICS, 0, 2),
        severity=pick(draw, _SEVERITIES),
    )


def an_event(
    draw: st.DrawFn, move: RequestMove, request: str, at: datetime, into: str = "other"
) -> RequestEvent:
    """Draw an event of a kind, with what it must tell."""
    needed, others = DETAILS[move]
    told = {name: pick(draw, _WORDS.get(name, _PEOPLE)) for name in needed if name != "into"}
    told |= {name: pick(draw, _PEOPLE) for name in others if name == "by" and rare(draw)}
    return RequestEvent(
        move, request, at, into=into if move is RequestMove.MERGED else None, **told
    )


def a_log(draw: st.DrawFn, most: int = 4, events: int = 10) -> RequestLog:
    """Draw a log whose events agree."""
    made = distinct(draw, lambda: a_request(draw), lambda request: request.id, 0, most)
    log = RequestLog(made)
    for _ in range(number(draw, 0, events) if made else 0):
        log = _with_event(draw, log)
    return log


def _with_event(draw: st.DrawFn, log: RequestLog) -> RequestLog:
    track = pick(draw, log.tracks())
    at = max([track.request.at, *(event.at for event in log.events)]) + pick(draw, _STEPS)
    others = [
        one.request.id
        for one in log.tracks(at)
        if one.state.is_live and one.request.id != track.request.id
    ]
    moves = [
        move
        for move, states in TRANSITIONS.items()
        if track.state in states and (others or move is not RequestMove.MERGED)
    ]
    move = pick(draw, moves)
    event = an_event(draw, move, track.request.id, at, pick(draw, others or ["other"]))
    stays = move is RequestMove.HANDED_OVER and event.to == track.holder
    return log if stays or event in log.events else log.after(event)


def _lists(draw: st.DrawFn) -> dict[str, Any]:
    pools = {
        "topics": _TOPICS,
        "networks": [name for name in _NETWORKS if name],
        "languages": [name for name in _LANGUAGES if name],
        "severities": [name for name in _SEVERITIES if name],
    }
    lists = {
        name: some(draw, pool, 1, 2) if rare(draw, 3) else None for name, pool in pools.items()
    }
    return {**lists, "when": a_frequency(draw) if rare(draw) else None}


def a_frequency(draw: st.DrawFn) -> Condition:
    """Draw a condition on how often the author of a request wrote before."""
    return a_condition(draw, lambda: a_test(draw, COUNTED, [FROM_AUTHOR]), 1)


def _ignored(draw: st.DrawFn) -> Selector:
    return Selector(**{**_lists(draw), "when": a_frequency(draw)})


def a_target(draw: st.DrawFn) -> Target:
    """Draw a target."""
    clock = a_clock(draw, a_week(draw)) if rare(draw, 3) else None
    is_days = clock is not None and rare(draw, 3)
    within = WorkingDays(number(draw, 0, 9)) if is_days else a_duration(draw, least=1)
    return Target(within, clock, **_lists(draw))


def a_route(draw: st.DrawFn) -> Route:
    """Draw a route."""
    return Route(pick(draw, _ROLES), **_lists(draw))


def a_desk(draw: st.DrawFn, *, routes: bool = True) -> Desk:
    """Draw a desk, with routes or without."""
    return Desk(
        an_id(draw),
        zone=pick(draw, ZONES),
        calendar=a_calendar(draw, EVERY_YEAR) if rare(draw) else None,
        targets=several(draw, lambda: a_target(draw), 0, 2),
        acknowledge=several(draw, lambda: a_target(draw), 0, 2) if rare(draw, 3) else (),
        resolve=several(draw, lambda: a_target(draw), 0, 2) if rare(draw, 3) else (),
        routes=several(draw, lambda: a_route(draw), 0, 2) if routes else (),
        ignore=several(draw, lambda: _ignored(draw), 0, 2) if rare(draw, 3) else (),
    )


@st.composite
def requests(draw: st.DrawFn) -> Request:
    """Return a strategy for requests."""
    return a_request(draw)


@st.composite
def request_events(draw: st.DrawFn) -> RequestEvent:
    """Return a strategy for events of requests."""
    return an_event(draw, pick(draw, tuple(RequestMove)), an_id(draw), an_instant(draw))


@st.composite
def request_logs(draw: st.DrawFn, max_requests: int = 4, max_events: int = 10) -> RequestLog:
    """Return a strategy for logs of up to `max_requests` requests, whose events agree."""
    return a_log(draw, max_requests, max_events)


@cache
def targets() -> st.SearchStrategy[Target]:
    """Return a strategy for targets."""
    return st.composite(a_target)()


@cache
def routes() -> st.SearchStrategy[Route]:
    """Return a strategy for routes."""
    return st.composite(a_route)()


@st.composite
def desks(draw: st.DrawFn, *, has_routes: bool = True) -> Desk:
    """Return a strategy for desks; `has_routes` says whether they may have any."""
    return a_desk(draw, routes=has_routes)


@st.composite
def arrivals(draw: st.DrawFn) -> Arrivals:
    """Return a strategy for arrivals, with equal rates in some hours of the week."""
    some_rates = several(draw, lambda: pick(draw, _RATES), 1, 4)
    return Arrivals([some_rates[n % len(some_rates)] for n in range(HOURS)], pick(draw, ZONES))


@st.composite
def backlogs(draw: st.DrawFn) -> Backlog:
    """Return a strategy for backlogs, come to by tracking."""
    team = a_team(draw, 3)
    log = a_log(draw)
    at = an_instant(draw) if rare(draw) or not log.requests else None
    desk = attrs.evolve(a_desk(draw), routes=[Route(team.roles[0].id)])
    return backlog(log, at, desk, team if rare(draw, 2) else None)


@st.composite
def response_times(draw: st.DrawFn) -> ResponseTimes:
    """Return a strategy for response times, computed from a log."""
    log = a_log(draw)
    at = an_instant(draw) if rare(draw) or not log.requests else None
    return response_times_of(log, at, a_desk(draw, routes=False))


@st.composite
def routings(draw: st.DrawFn) -> Routing:
    """Return a strategy for routings, come to by routing."""
    team, request = a_team(draw), a_request(draw)
    desk = Desk(routes=[Route(team.roles[0].id)] if rare(draw, 2) else ())
    return route(request, team, desk, log=a_log(draw))


@st.composite
def staffings(draw: st.DrawFn) -> Staffing:
    """Return a strategy for staffings, come to by staffing, with a team or without."""
    coming = draw(arrivals())
    if not rare(draw, 2):
        return staffing(coming, timedelta(minutes=number(draw, 1, 90)))
    span = a_span(draw)
    return staffing(
        coming, timedelta(minutes=6), team=a_team(draw, 3), start=span.start, stop=span.stop
    )
