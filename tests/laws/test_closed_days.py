"""Closed days: nobody works on them, and what no calendar says never counts as covered."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import attrs
import holidays
import numpy as np
from hypothesis import event, given
from hypothesis import strategies as st

from cmcore import (
    Approvers,
    Availability,
    Coverage,
    Member,
    Needs,
    Stage,
    Team,
    ValidationCircuit,
    Watch,
    Week,
    completable,
    coverage,
    staffing,
)
from cmcore.requests import Arrivals
from cmcore.teams import Leave, Shift, Supervision
from cmcore.teams.presence import on_duty_from
from cmcore.teams.role import Role
from cmcore.time import Calendar, Span
from cmcore.time.clocks import WorkingWeek
from cmcore.time.week import local

QUARTER = timedelta(minutes=15)
ZONES = st.sampled_from(["UTC", "Europe/Paris", "America/New_York", "Australia/Lord_Howe"])
#: Around a new year, a holiday, and changes of clocks in either hemisphere.
TURNS = ("2026-12-30T12:00", "2026-04-30T05:30", "2026-03-28T18:00", "2026-04-04T10:00")
DAYS = sorted(
    {date.fromisoformat(turn[:10]) + n * timedelta(days=1) for turn in TURNS for n in range(4)}
)
CLOSED = st.frozensets(st.sampled_from(DAYS), max_size=6)
WEEKS = st.sampled_from(
    [Week.parse(text) for text in ("always", "Mon-Fri 08:00-18:00", "Thu-Sat 22:00-06:00")]
)
SPANS = st.builds(
    lambda turn, hours: Span(found := at(turn), found + timedelta(hours=hours)),
    st.sampled_from(TURNS),
    st.integers(1, 60),
)


def at(turn: str) -> datetime:
    return datetime.fromisoformat(f"{turn}+00:00")


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """Draw the calendar of one year or of both."""
    years = draw(st.sampled_from([{2026}, {2027}, {2026, 2027}]))
    return Calendar({day for day in draw(CLOSED) if day.year in years}, years)


LEAVES = st.builds(
    lambda turn, hours: Leave(at(turn), at(turn) + timedelta(hours=hours)),
    st.sampled_from(TURNS),
    st.integers(1, 30),
)
SHIFTS = st.builds(
    lambda turn, start, hours: Shift(
        at(turn) + start * QUARTER, at(turn) + start * QUARTER + hours
    ),
    st.sampled_from(TURNS),
    st.integers(-40, 200),
    st.integers(1, 60).map(lambda hours: timedelta(hours=hours)),
)
AVAILABLE = st.builds(
    Availability,
    st.none() | st.just(Week.never()) | WEEKS,
    ZONES,
    st.lists(LEAVES, max_size=1),
    st.none(),
    st.none() | calendars(),
    shifts=st.lists(SHIFTS, max_size=2),
)
CONTRACTS = st.sampled_from(["internship", "permanent"])


@st.composite
def teams(draw: st.DrawFn) -> Team:
    """Draw a team of people with a calendar of their own or without."""
    some = draw(st.lists(st.tuples(AVAILABLE, CONTRACTS), max_size=3))
    people = [
        Member(f"m{n}", roles={"desk"}, availability=when, contract=contract)
        for n, (when, contract) in enumerate(some)
    ]
    return Team("t", people, [Role("desk")], calendar=draw(st.none() | calendars()))


@st.composite
def needs(draw: st.DrawFn) -> Needs:
    """Draw hours to cover, of any days or of working days."""
    days = draw(st.none() | calendars())
    week = draw(WEEKS)
    is_of_working_days = days is not None and draw(st.booleans())
    hours = WorkingWeek(week) if is_of_working_days else week
    watch = Watch(hours, draw(ZONES), draw(st.integers(1, 2)))
    return Needs("n", hours=[watch], calendar=days, supervision=[Supervision()])


def is_open(calendar: Calendar | None, day: date, *, unknown: bool) -> bool:
    """Tell whether a day is not closed, and what it is if nobody knows."""
    if calendar is None:
        return True
    return day not in calendar.closed if day.year in calendar.years else unknown


def is_there(team: Team, one: Member, moment: datetime, *, unknown: bool = False) -> bool:
    """Tell whether somebody is on duty: by the clock and the calendar, or by a shift; no leave."""
    when = one.availability
    own = when.calendar or team.calendar
    is_usual = (
        when.week is not None
        and when.week.holds(moment, when.zone)
        and is_open(own, local(moment, when.zone).date(), unknown=unknown)
    )
    is_dated = any(shift.start <= moment < shift.stop for shift in when.shifts)
    return (is_usual or is_dated) and not any(
        leave.start <= moment < leave.stop for leave in when.leaves
    )


def is_asked(asked: Needs, moment: datetime) -> bool:
    (watch,) = asked.hours
    if isinstance(watch.week, Week):
        return watch.week.holds(moment, watch.zone)
    day = local(moment, watch.zone).date()
    return watch.week.week.holds(moment, watch.zone) and is_open(asked.calendar, day, unknown=True)


def quarters(span: Span) -> list[datetime]:
    return [span.start + n * QUARTER for n in range(span.length // QUARTER)]


def missing(found: Coverage, kind: str, moment: datetime) -> int:
    return sum(
        one.lacking
        for gap in found.gaps
        if gap.kind == kind
        for one in gap.when
        if one.start <= moment < one.stop
    )


def judged(team: Team, asked: Needs, span: Span) -> Coverage:
    return coverage(team, asked, start=span.start, stop=span.stop, absent=0)


class TestByForce:
    """Each quarter of an hour is judged as the clocks and the calendars of that moment say."""

    @given(teams(), needs(), SPANS)
    def test_hours_are_covered_as_each_quarter_says(
        self, team: Team, asked: Needs, span: Span
    ) -> None:
        found = judged(team, asked, span)
        for moment in quarters(span):
            there = sum(is_there(team, one, moment) for one in team.members)
            short = max(0, asked.hours[0].least - there) if is_asked(asked, moment) else 0
            assert missing(found, "hours", moment) == short

    @given(teams(), needs(), SPANS)
    def test_interns_are_alone_where_nobody_else_is_sure_to_be_there(
        self, team: Team, asked: Needs, span: Span
    ) -> None:
        found = judged(team, asked, span)
        wards = [one for one in team.members if one.contract == "internship"]
        guides = [one for one in team.members if one.contract != "internship"]
        for moment in quarters(span) if guides else ():
            is_alone = any(is_there(team, one, moment, unknown=True) for one in wards) and not any(
                is_there(team, one, moment) for one in guides
            )
            assert bool(missing(found, "supervision", moment)) == is_alone

    @given(teams(), needs(), SPANS)
    def test_the_years_that_nobody_covers_are_told(
        self, team: Team, asked: Needs, span: Span
    ) -> None:
        (watch,) = asked.hours
        followed = [(one.availability.calendar or team.calendar, one.availability.zone)
                    for one in team.members]  # fmt: skip
        if isinstance(watch.week, WorkingWeek):
            followed.append((asked.calendar, watch.zone))
        untold = {
            day.year
            for calendar, zone in followed
            for day in (local(moment, zone).date() for moment in quarters(span))
            if calendar is not None and day.year not in calendar.years
        }
        found = judged(team, asked, span)
        assert found.unknown_years == untold
        event(f"years untold: {len(untold)}")
        for language in ("en", "fr"):
            told = found.view(language)
            assert {int(line.name) for line in told.lines if line.name.isdecimal()} == untold

    @given(teams(), SPANS)
    def test_staffing_counts_those_who_are_there(self, team: Team, span: Span) -> None:
        found = staffing(
            Arrivals([1.0] * 168), QUARTER, team=team, start=span.start, stop=span.stop
        )
        for moment in quarters(span):
            there = sum(is_there(team, one, moment) for one in team.members)
            hour = found.hour(moment.weekday(), moment.hour)
            assert hour.on_duty is not None
            assert hour.on_duty <= there
        assert found.unknown_years == judged(team, Needs("n"), span).unknown_years

    @given(teams(), SPANS)
    def test_completing_tells_the_years_that_nobody_covers(self, team: Team, span: Span) -> None:
        desk = ValidationCircuit("desk", [Stage(Approvers("role", {"desk"}), within=QUARTER)])
        found = completable(desk, team, span)
        (one,) = found.circuits
        judges = judged(team, Needs("n"), span).unknown_years
        assert judges <= one.unknown_years
        covered = [
            calendar.years
            for member in team.members
            if (calendar := member.availability.calendar or team.calendar) is not None
        ]
        assert all(any(year not in years for years in covered) for year in one.unknown_years)
        for language in ("en", "fr"):
            told = {int(line.name) for line in found.view(language).lines if line.name.isdecimal()}
            assert told == one.unknown_years

    @given(teams(), st.sampled_from(TURNS))
    def test_whoever_is_back_was_away_until_then(self, team: Team, turn: str) -> None:
        for one in team.members:
            back = on_duty_from(one, at(turn), team.calendar)
            if back is None and one.availability.week not in (None, Week.never()):
                own = one.availability.calendar or team.calendar
                assert own is not None
                assert max(own.years) < 2027
            assert back is None or is_there(team, one, back)
            moments = (at(turn) + n * QUARTER for n in range(400))
            assert not any(
                is_there(team, one, moment) for moment in moments if back is None or moment < back
            )


def sizes(found: Coverage) -> dict[Any, timedelta]:
    return {(gap.kind, gap.path, gap.what): size for gap in found.gaps
            if isinstance(size := gap.size, timedelta)}  # fmt: skip


class TestGrowth:
    """More closed days never cover more, and what is not known never covers more than what is."""

    @given(teams(), needs(), SPANS, CLOSED)
    def test_more_closed_days_never_cover_more(
        self, team: Team, asked: Needs, span: Span, more: frozenset[date]
    ) -> None:
        before, after = (sizes(judged(one, asked, span)) for one in (team, closing(team, more)))
        assert all(after[key] >= size for key, size in before.items())

    @given(teams(), needs(), SPANS, CLOSED)
    def test_a_year_that_becomes_known_never_opens_a_gap(
        self, team: Team, asked: Needs, span: Span, days: frozenset[date]
    ) -> None:
        told = attrs.evolve(asked, calendar=learnt(asked.calendar, days))
        known, unknown = judged(knowing(team, days), told, span), judged(team, asked, span)
        for moment in quarters(span):
            for kind in ("hours", "supervision"):
                assert missing(known, kind, moment) <= missing(unknown, kind, moment)


def closing(team: Team, days: Iterable[date]) -> Team:
    """Return a team in which every calendar closes some days more, of the years it covers."""

    def more(calendar: Calendar | None) -> Calendar | None:
        if calendar is None:
            return None
        added = {day for day in days if day.year in calendar.years}
        return Calendar(calendar.closed | added, calendar.years)

    return _with(team, more)


def knowing(team: Team, days: frozenset[date]) -> Team:
    return _with(team, lambda calendar: learnt(calendar, days))


def learnt(calendar: Calendar | None, days: frozenset[date]) -> Calendar | None:
    """Return a calendar of both years, with some closed days in those it did not cover."""
    if calendar is None:
        return None
    added = {day for day in days if day.year not in calendar.years}
    return Calendar(calendar.closed | added, {2026, 2027})


def _with(team: Team, change: Any) -> Team:  # noqa: ANN401 - of a calendar or none
    people = [
        attrs.evolve(
            one,
            availability=attrs.evolve(one.availability, calendar=change(one.availability.calendar)),
        )
        for one in team.members
    ]
    return attrs.evolve(team, members=people, calendar=change(team.calendar))


class TestHolidays:
    """The public holidays of a country, as `holidays` and numpy know them."""

    @given(st.dates(date(2026, 1, 1), date(2026, 11, 1)), st.integers(1, 60), st.booleans())
    def test_working_days_are_those_of_numpy(
        self,
        first: date,
        length: int,
        is_of_working_days: bool,  # noqa: FBT001 - drawn
    ) -> None:
        closed = frozenset(holidays.country_holidays("FR", years=2026))
        calendar = Calendar(closed, {2026})
        week: Week | WorkingWeek = Week.parse("Mon-Fri 09:00-17:00")
        if is_of_working_days:
            week = WorkingWeek(Week.parse("Mon-Fri 09:00-17:00"))
        watch = Watch(week, "Europe/Paris")
        shop = Availability(Week.parse("Mon-Fri 09:00-17:00"), "Europe/Paris")
        team = Team("t", [Member("ana", availability=shop)], calendar=calendar)
        start, stop = (
            datetime(day.year, day.month, day.day, tzinfo=UTC)
            for day in (first, first + timedelta(days=length))
        )
        found = coverage(team, Needs("n", hours=[watch], calendar=calendar), start=start, stop=stop)
        last = first + timedelta(days=length)
        worked = int(np.busday_count(first, last, holidays=[*closed]))
        weekdays = int(np.busday_count(first, last))
        (share,) = [one for one in found.shares if one.dimension == "hours"]
        hours = timedelta(hours=8)
        asked = worked if is_of_working_days else weekdays
        assert share.asked == asked * hours
        assert share.lacking == (asked - worked) * hours
