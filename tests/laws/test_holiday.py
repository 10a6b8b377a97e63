"""Holidays: a charter's calendar says which days are, and of other years nobody knows."""

from datetime import UTC, date, datetime, timedelta

import attrs
from hypothesis import given
from hypothesis import strategies as st

from cmcore import Act, Approvers, Charter, Context, Rule, Stage, ValidationCircuit, decide, fact
from cmcore.charters import Outcome, compiled
from cmcore.time import BusinessClock, Calendar, Week

DESK = ValidationCircuit("desk", [Stage(Approvers("role", {"editor"}))])
CALENDAR = Calendar({date(2026, 5, 1), date(2026, 5, 14)})
CLOSED = Rule.forbid("closed", when=fact("holiday").is_(True), because="We are closed.")
CHARTER = Charter(
    "c",
    rules=[Rule.permit("all", because="Fine."), CLOSED],
    circuits=[DESK],
    default="desk",
    zone="Europe/Paris",
    calendar=CALENDAR,
)
SAYS = {True: Outcome.FORBIDDEN, False: Outcome.COVERED, None: Outcome.EXCEPTION}
DAYS = st.dates(date(2025, 12, 30), date(2027, 1, 2)) | st.sampled_from(sorted(CALENDAR.closed))


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 11, tzinfo=UTC)


@given(DAYS)
def test_it_is_known_in_the_years_of_the_calendar_and_in_no_other(day: date) -> None:
    known = day in CALENDAR.closed if day.year == 2026 else None
    assert decide(CHARTER, Act(), at=noon(day)).outcome is SAYS[known]
    assert compiled(CHARTER).rule(Act(), Context(at=noon(day))).outcome is SAYS[known]


@given(DAYS, st.booleans())
def test_what_the_context_says_comes_first(day: date, is_holiday: bool) -> None:  # noqa: FBT001
    around = Context(at=noon(day), holidays=[day] if is_holiday else [])
    assert decide(CHARTER, Act(), around).outcome is SAYS[is_holiday]


def test_the_day_is_that_of_the_zone() -> None:
    eve = datetime(2026, 4, 30, 22, 30, tzinfo=UTC)
    assert decide(CHARTER, Act(), at=eve).outcome is Outcome.FORBIDDEN
    assert decide(attrs.evolve(CHARTER, zone="UTC"), Act(), at=eve).outcome is Outcome.COVERED
    assert decide(attrs.evolve(CHARTER, calendar=None), Act(), at=eve).outcome is Outcome.EXCEPTION
    assert decide(CHARTER, Act()).outcome is Outcome.EXCEPTION


def test_circuits_keep_the_calendar_of_their_charter_or_their_own() -> None:
    office = BusinessClock(Week.parse("Mon-Fri 09:00-18:00"))
    own = attrs.evolve(office, calendar=Calendar(years={2026}))
    ask = Approvers("role", {"editor"})
    stages = [Stage(ask, within=timedelta(hours=4), clock=clock) for clock in (office, own)]
    circuit = ValidationCircuit("desk", [*stages, Stage(ask)], emergency=[stages[0]])
    charter = attrs.evolve(CHARTER, circuits=[circuit])
    found = charter.circuit("desk")
    clocks = [stage.clock for stage in (*found.stages, *found.emergency)]
    kept = attrs.evolve(office, calendar=CALENDAR)
    assert clocks == [kept, own, None, kept]
    assert attrs.evolve(charter, calendar=None).circuit("desk") == circuit
