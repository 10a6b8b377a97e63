"""Holidays: a charter's calendar says which days are, and of other years nobody knows."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import attrs
import polars as pl
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from cmcore import (
    Act,
    Approvers,
    Charter,
    Context,
    Rule,
    Stage,
    ValidationCircuit,
    audit,
    decide,
    fact,
    parse,
)
from cmcore.charters import Outcome, compiled
from cmcore.cli.app import app
from cmcore.codec import read_case
from cmcore.frames.api import decide_frame
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


# ------------------------------------------------ what is given comes first, whichever way it comes

FILE = """\
charter: c
zone: Europe/Paris
calendar: {closed: [2026-05-01, 2026-05-14]}
circuits: {desk: [{ask: {role: editor}}]}
default: desk
rules:
  - {permit: all, because: Fine., when: {kind: publish}}
  - {forbid: closed, because: We are closed., when: {holiday: yes}}
"""


def _by_command(charter: Path, *args: str) -> Outcome:
    done = CliRunner().invoke(app, ["decide", str(charter), "--json", *args])
    return Outcome(json.loads(done.stdout)["outcome"])


def _ways(charter: Charter, path: Path, at: datetime, given: bool | None) -> Iterator[Outcome]:  # noqa: FBT001
    """Yield the outcome of an act by every way to say when it is, and whether that is a holiday."""
    said = {} if given is None else {"holiday": given}
    fact_of = [] if given is None else ["--fact", f"holiday={'yes' if given else 'no'}"]
    row = {"kind": "publish", "at": at.isoformat(), **said}
    case = read_case(row, charter)
    yield decide(charter, case.act, case.context).outcome
    yield compiled(charter).rule(case.act, case.context).outcome
    days = None if given is None else [at.date()] if given else []
    around = Context(at=at, holidays=days)
    yield decide(charter, Act(kind="publish"), around).outcome
    yield _by_command(path, "--fact", "kind=publish", "--at", at.isoformat(), *fact_of)
    yield _by_command(path, "--fact", "kind=publish", "--fact", f"at={at.isoformat()}", *fact_of)
    act = path.with_name("act.json")
    act.write_text(json.dumps({"kind": "publish", **said}), "utf-8")
    yield _by_command(path, str(act), "--at", at.isoformat())
    act.write_text(json.dumps({"act": {"kind": "publish", "at": at.isoformat()}}), "utf-8")
    yield _by_command(path, str(act), *fact_of)
    found = audit(charter, [case])
    yield (
        Outcome.COVERED
        if found.covered
        else Outcome.FORBIDDEN
        if found.forbidden
        else Outcome.EXCEPTION
    )
    columns = {"kind": ["publish"], "at": [at], **{name: [one] for name, one in said.items()}}
    for frame, beside in (
        (pl.DataFrame(columns), Context()),
        (
            pl.DataFrame({name: one for name, one in columns.items() if name != "at"}),
            Context(at=at),
        ),
        (pl.DataFrame({"kind": ["publish"]}), around),
    ):
        yield Outcome(decide_frame(charter, frame, context=beside)["outcome"][0])


@pytest.mark.parametrize("given", [True, False, None])
@pytest.mark.parametrize("day", [date(2026, 5, 1), date(2026, 5, 2), date(2030, 5, 2)])
def test_what_is_given_comes_first_by_every_way(
    tmp_path: Path,
    day: date,
    given: bool | None,  # noqa: FBT001
) -> None:
    path = tmp_path / "charter.yaml"
    path.write_text(FILE, "utf-8")
    charter = parse(FILE, Charter)
    known = day in CALENDAR.closed if day.year == 2026 else None
    wanted = SAYS[known if given is None else given]
    found = [*_ways(charter, path, noon(day), given)]
    assert set(found) == {wanted}
