"""Staffing: how many people each hour of the week takes, and when a team has too few on duty.

Each hour is taken by itself, as if what comes in had been so for a while: what was left over from
the hour before is not carried on.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from functools import cache
from typing import Final

import attrs

from cmcore.base.amounts import show_duration
from cmcore.base.asked import checked
from cmcore.base.errors import Problem, refuse
from cmcore.display.wording import show
from cmcore.requests.log import RequestLog
from cmcore.requests.request import RequestMove
from cmcore.requests.staff._erlang import erlangs, people_for
from cmcore.requests.staff.staffing import HOURS, Arrivals, Staffed, Staffing
from cmcore.teams.duty import Rota, answers
from cmcore.teams.needs import Needs, Watch
from cmcore.teams.team import Team, held_now, unknown_role
from cmcore.teams.window import LONGEST, window_over
from cmcore.time.durations import hours
from cmcore.time.intervals import HOUR, Clocks, Span
from cmcore.time.week import Week, check_zone, local

#: 1970 began on a Thursday, three days after a Monday.
_MONDAY: Final = 72
#: The most people counted: no team is larger, and it keeps the answer fast.
_MOST: Final = 100_000


def seen(log: RequestLog, *, zone: str = "UTC") -> Span:
    """Return the full hours that a log covers, between its first and its last instant.

    Nothing is known of the time before and after, so an empty log there does not mean silence.

    Raises:
        InvalidError: when the zone is unknown, or the log covers no full hour.
    """
    check_zone(zone)
    if log.begin is not None and log.end is not None:
        with suppress(OverflowError):  # the calendar begins or ends within an hour
            start = _hour_of(log.begin, zone)
            start += timedelta(0) if start == log.begin else hours(1)
            stop = _hour_of(log.end, zone)
            if start < stop:
                return Span(start, stop)
    raise refuse("no-whole-hour")


def _hour_of(at: datetime, zone: str) -> datetime:
    """Return when the hour began, on the clock of a zone, that an instant is in."""
    wall = local(at, zone)
    return at - (wall - wall.replace(minute=0, second=0, microsecond=0))


@checked
def arrivals(
    log: RequestLog,
    start: datetime | None = None,
    stop: datetime | None = None,
    *,
    zone: str = "UTC",
) -> Arrivals:
    """Return how many messages came in for each hour of the week, from `start` to `stop`.

    Requests count, and so does every follow-up from their authors; `start` is included, `stop` is
    excluded. The default window is the full hours that the log covers: see `seen`. An hour that the
    window does not touch is unknown. Each hour is measured for as long as it lasted, including
    clock changes.

    Raises:
        InvalidError: when the zone is unknown, the window is upside down or too long, or the log
            covers no full hour.

    Examples:
        >>> from datetime import UTC, datetime
        >>> from cmcore import Request, RequestLog, days, hours
        >>> from cmcore.requests import arrivals
        >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
        >>> log = RequestLog([Request("r1", at=monday + hours(9.5))])
        >>> arrivals(log, monday, monday + days(1)).rates[8:11]
        (0.0, 1.0, 0.0)
    """
    check_zone(zone)
    if start is None or stop is None:
        whole = seen(log, zone=zone)
        start, stop = start or whole.start, stop or whole.stop
    span = Span(start, stop)
    if span.length > LONGEST:
        raise refuse("window-too-long", "stop", length=show(span.length), most=show(LONGEST))
    counts = [0] * HOURS
    for at in _messages(log):
        if span.start <= at < span.stop:
            wall = local(at, zone)
            counts[24 * wall.weekday() + wall.hour] += 1
    lasted = _lasted(span, zone)
    rates = (
        count * HOUR / length if length else None
        for count, length in zip(counts, lasted, strict=True)
    )
    return Arrivals(rates, zone)


def _messages(log: RequestLog) -> Iterator[datetime]:
    yield from (request.at for request in log.requests)
    yield from (event.at for event in log.events if event.move is RequestMove.WROTE_AGAIN)


def _lasted(span: Span, zone: str) -> list[int]:
    """Return how long each hour of the week lasted within a window, in microseconds."""
    lengths = [0] * HOURS
    for start, stop, offset in Clocks(span).pieces(zone):
        low, high = start + offset, stop + offset
        for hour in range(low // HOUR, -(-high // HOUR)):
            length = min(high, (hour + 1) * HOUR) - max(low, hour * HOUR)
            lengths[(hour + _MONDAY) % HOURS] += length
    return lengths


@checked
def staffing(  # noqa: PLR0913 - each has its usual value
    arrivals: Arrivals,
    handling: timedelta,
    *,
    share: float = 0.8,
    within: timedelta = hours(1),  # noqa: B008 - a duration never changes
    team: Team | None = None,
    role: str | None = None,
    start: datetime | None = None,
    stop: datetime | None = None,
) -> Staffing:
    """Return how many people answer a share of the messages within a time, hour by hour.

    A message takes `handling` on average. The result is the smallest number of people with which,
    by the Erlang C formula, work on at least `share` of the messages starts `within` that time.
    With a team, the people who hold `role`, or everybody, are compared with that number, at the
    worst moment of each hour of the week in the window from `start` to `stop`.

    Raises:
        InvalidError: when a number is impossible, the work takes more than 100,000 people, the
            role is unknown, or the window is missing, upside down, too long or for no team.

    Examples:
        >>> from cmcore import minutes, staffing
        >>> from cmcore.requests import Arrivals
        >>> found = staffing(Arrivals([6] * 168), minutes(8), within=minutes(10))
        >>> found.most, found.total
        (2, 336)
    """
    found = [*_problems(arrivals, handling, share, within), *_of_team(team, role, start, stop)]
    crew = Team("nobody") if team is None else team
    watch = Watch(Week.always(), arrivals.zone)
    needs = Needs("staffing", zone=arrivals.zone, hours=[] if team is None else [watch])
    window = window_over(crew, needs, start, stop, also=found)
    there, untold = _on_duty(crew, attrs.evolve(watch, role=role), window) if window else ({}, ())

    @cache
    def needed(rate: float | None) -> tuple[int | None, float | None]:
        load = None if rate is None else erlangs(rate, handling)
        return (None, None) if load is None else people_for(load, share, within / handling)

    return Staffing(
        share,
        within,
        handling,
        zone=arrivals.zone,
        role=role,
        window=window,
        hours=tuple(
            Staffed(number // 24, number % 24, rate, *needed(rate), there.get(number))
            for number, rate in enumerate(arrivals.rates)
        ),
        unknown_years=untold,
    )


def _problems(
    arrivals: Arrivals,
    handling: timedelta,
    share: float,
    within: timedelta,
) -> Iterator[Problem]:
    zero = timedelta()
    if not 0 < share < 1:
        yield Problem.of("wrong-value", "share", given=share, wanted="open-share")
    if within < zero:
        yield Problem.of("negative-duration", "within")
    if handling <= zero:
        yield Problem.of("duration-not-positive", "handling", given=show_duration(handling))
        return
    for number, rate in enumerate(arrivals.rates):
        if rate is not None and erlangs(rate, handling) > _MOST:
            place = ("arrivals", "rates", number)
            yield Problem.of("too-many-people", *place, rate=rate, most=_MOST)


def _of_team(
    team: Team | None, role: str | None, start: datetime | None, stop: datetime | None
) -> Iterator[Problem]:
    """Yield what is about a team where there is none, and a role that the team has not."""
    if team is None:
        for name, given in (("role", role), ("start", start), ("stop", stop)):
            if given is not None:
                yield Problem.of("option-without-team", name, option=name)
    elif role is not None:
        yield from unknown_role(role, {one.id for one in team.roles}, "role")


def _on_duty(team: Team, watch: Watch, window: Span) -> tuple[dict[int, int], Iterable[int]]:
    """Return how many are on duty at the worst moment of each hour, and the years not covered."""
    team = team.at(window.start, window.stop)
    rota = Rota(team, Needs("staffing", zone=watch.zone, hours=[watch]), window)
    able = sum(
        1 << number
        for number, member in enumerate(team.members)
        if answers(member, watch, held_now(team, member))
    )
    heat = rota.heat(watch.zone, [able])
    return {24 * hour.day + hour.hour: hour.on_duty for hour in heat}, rota.unknown_years
