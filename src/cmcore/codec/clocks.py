"""Calendars and the clocks that go by them, to and from plain data."""

from collections.abc import Iterable
from datetime import date
from typing import Final

import attrs

from cmcore.base.errors import Problem, refuse_any
from cmcore.codec.countries import known_country, public_holidays
from cmcore.codec.forms import ZONE_KEY, Form, Key
from cmcore.codec.plain import Readers, Writers, missing_key, wrong
from cmcore.codec.unions import as_length
from cmcore.codec.values import DAY, DURATION, TEXT, WEEK, ZONE, Value, list_of, whole_number
from cmcore.time.calendar import Calendar, WorkingDays
from cmcore.time.clocks import Length

_YEARS: Final = attrs.evolve(list_of(whole_number(1, 9999)), write=sorted, nothing=None)
_DAYS: Final = attrs.evolve(
    list_of(DAY), write=lambda many: [day.isoformat() for day in sorted(many)]
)


def _calendar(
    country: str | None,
    region: str | None,
    years: list[int] | None,
    closed: Iterable[date],
    worked: Iterable[date],
) -> Calendar:
    """Return what a file says of a calendar: of a country, of dates, or of both."""
    if country is None:
        closed = {*closed}
        return Calendar(closed, {day.year for day in closed} if years is None else years)
    found = public_holidays(country, region, years=years or ())
    idle = sorted({*worked} - found.closed)
    refuse_any(Problem.of("worked-anyway", "worked", day=day) for day in idle)
    return Calendar((found.closed - {*worked}) | {*closed}, found.years)


def _country(country: str | None, region: str | None, **_others: object) -> None:
    """Look at the country of a calendar of which another key does not read."""
    if country is not None:
        known_country(country, region)


CALENDAR: Final = Form(
    _calendar,
    "calendar",
    "The days on which nobody works: those of a country, or dates.",
    Key(
        "country",
        TEXT,
        "The code of a country, as in `FR`: its public holidays.",
        beside="years",
        alone=lambda: missing_key("years", "years-of-country"),
    ),
    Key(
        "region",
        TEXT,
        "The code of one of its regions, as in `57`, which may have holidays of its own.",
        beside="country",
        alone=lambda: missing_key("country", "country-of-region"),
    ),
    Key(
        "years",
        _YEARS,
        "The whole years it covers, by default those of its dates.",
    ),
    Key("closed", _DAYS, "Days that are closed: holidays, bridges, company days."),
    Key(
        "worked",
        _DAYS,
        "Public holidays of the country that are worked.",
        beside="country",
        alone=lambda: missing_key("country", "country-of-worked"),
    ),
    instead=_country,
)
ON_CALENDAR: Final = CALENDAR.defined("calendar")
#: What stands for a calendar that does not read, so that nothing is told to want one.
NO_DAYS: Final = Calendar(years={1})

#: The keys of a clock: the hours of the week in which a time goes by, where these are, and on what
#: days nobody works.
CLOCK: Final = (
    Key("hours", WEEK, "The hours of the week in which that time goes by.", "clock.week"),
    Key(
        ZONE_KEY,
        ZONE,
        "The IANA time zone of these hours.",
        "clock.zone",
        beside="hours",
        alone=lambda: missing_key("hours", "hours-of-zone"),
    ),
    Key(
        "calendar",
        ON_CALENDAR,
        "The days on which nobody works, if not those of the whole file.",
        "clock.calendar",
        beside="hours",
        alone=lambda: missing_key("hours", "hours-of-calendar"),
    ),
)


#: A time, or working days: what a deadline is counted in.
LENGTH: Final[Value[Length]] = Value(
    as_length,
    {
        **DURATION.schema,
        "title": "duration, or working days",
        "examples": ["30 min", "2 working days", "end of the next working day"],
    },
    lambda length: str(length) if isinstance(length, WorkingDays) else DURATION.write(length),
)


def _working_days(data: object) -> WorkingDays:
    found = as_length(data)
    if isinstance(found, WorkingDays):
        return found
    raise wrong(data, "working-days")


#: Type -> what reads it from plain data, and what writes it.
READERS: Final[Readers] = {Calendar: CALENDAR.read, WorkingDays: _working_days}
WRITERS: Final[Writers] = {Calendar: CALENDAR.write, WorkingDays: str}
