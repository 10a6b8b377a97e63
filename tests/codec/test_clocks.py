import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given

from cmcore.base.errors import InvalidError, MissingExtraError
from cmcore.codec import public_holidays, structure, unstructure
from cmcore.codec.clocks import CALENDAR
from cmcore.incidents import Playbook
from cmcore.requests import Desk, Target
from cmcore.strategies import calendars, working_days
from cmcore.time import BusinessClock, Calendar, Week, WorkingDays

Data = dict[str, Any]
BRIDGE = date(2026, 5, 15)


def refused(read: Callable[[], Any]) -> list[tuple[tuple[str | int, ...], str]]:
    with pytest.raises(InvalidError) as caught:
        read()
    return [(problem.path, problem.code) for problem in caught.value.problems]


@given(calendars())
def test_a_calendar_is_read_as_it_is_written(calendar: Calendar) -> None:
    assert CALENDAR.read(CALENDAR.write(calendar)) == calendar
    assert structure(unstructure(calendar), Calendar) == calendar


@given(working_days())
def test_working_days_are_read_as_they_are_written(days: WorkingDays) -> None:
    assert structure(unstructure(days), WorkingDays) == days


def test_dates_say_their_own_years_unless_a_file_says() -> None:
    data: Data = {"closed": ["2026-05-15"]}
    assert CALENDAR.read(data) == Calendar({BRIDGE}, {2026})
    assert CALENDAR.read(data | {"years": [2026, 2027]}) == Calendar({BRIDGE}, {2026, 2027})


@pytest.mark.parametrize(
    ("data", "found"),
    [
        ({}, [(("years",), "empty")]),
        ({"closed": ["2026-05-15"], "years": [2027]}, [(("closed",), "day-outside-years")]),
        ({"country": "FR"}, [(("years",), "missing-key")]),
        ({"region": "57", "years": [2026]}, [(("country",), "missing-key")]),
        ({"worked": ["2026-05-25"], "years": [2026]}, [(("country",), "missing-key")]),
        ({"years": ["2026"]}, [(("years", 0), "wrong-value")]),
        ({"closed": ["15/05/2026"]}, [(("closed", 0), "wrong-value")]),
    ],
    ids=str,
)
def test_a_calendar_that_a_file_says_wrong_is_refused(data: Data, found: list[Any]) -> None:
    assert refused(lambda: CALENDAR.read(data)) == found


def test_only_working_days_are_working_days() -> None:
    assert refused(lambda: structure("2 h", WorkingDays)) == [((), "wrong-value")]


class TestPublicHolidays:
    """What the package `holidays` knows."""

    @pytest.fixture(autouse=True)
    def _package(self) -> None:
        pytest.importorskip("holidays")

    def test_a_region_may_have_holidays_of_its_own(self) -> None:
        france, moselle = (public_holidays("FR", one, years=[2026]) for one in (None, "57"))
        assert moselle.closed - france.closed == {date(2026, 4, 3), date(2026, 12, 26)}
        assert date(2026, 7, 14) in france.closed
        assert france.years == {2026}

    def test_a_file_names_a_country_its_bridges_and_what_is_worked(self) -> None:
        data: Data = {"country": "FR", "region": "57", "years": [2026]}
        data |= {"closed": ["2026-05-15"], "worked": ["2026-05-25"]}
        days = public_holidays("FR", "57", years=[2026]).closed
        found = CALENDAR.read(data)
        assert found.closed == (days | {BRIDGE}) - {date(2026, 5, 25)}
        assert CALENDAR.read(CALENDAR.write(found)) == found

    def test_a_day_that_is_worked_anyway_is_refused(self) -> None:
        data: Data = {"country": "FR", "years": [2026], "worked": ["2026-05-26"]}
        assert refused(lambda: CALENDAR.read(data)) == [(("worked",), "worked-anyway")]

    @pytest.mark.parametrize(
        ("country", "region", "years", "found"),
        [
            ("XX", None, [2026], [(("country",), "unknown-country")]),
            ("fr", None, [2026], [(("country",), "unknown-country")]),
            ("FR", "58", [2026], [(("region",), "unknown-region")]),
            ("FR", None, [2026, 9998, 9999], [(("years",), "year-without-holidays")] * 2),
            ("FR", None, [], [(("years",), "empty")]),
        ],
        ids=str,
    )
    def test_what_it_does_not_know_is_refused(
        self, country: str, region: str | None, years: list[int], found: list[Any]
    ) -> None:
        assert refused(lambda: public_holidays(country, region, years=years)) == found


def test_a_country_needs_the_package_and_dates_do_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "holidays", None)
    with pytest.raises(MissingExtraError) as caught:
        CALENDAR.read({"country": "FR", "years": [2026]})
    told = "`holidays` is not installed (run `pip install 'cmcore[holidays]'`)"
    assert str(caught.value) == told
    assert CALENDAR.read({"closed": ["2026-05-15"]}) == Calendar({BRIDGE})


# ------------------------------------------------------------------------------------------ desks

DESK: Data = {
    "desk": "brume",
    "zone": "Europe/Paris",
    "calendar": {"closed": ["2026-04-03", "2026-04-06"]},
    "targets": [{"within": "2 working days", "hours": "Mon-Fri 09:00-18:00"}],
}


def test_a_desk_counts_working_days_on_its_calendar() -> None:
    desk = structure(DESK, Desk)
    thursday = datetime(2026, 4, 2, 8, tzinfo=UTC)
    (target,) = desk.targets
    assert target.due(thursday, desk.calendar) == datetime(2026, 4, 8, 16, tzinfo=UTC)
    assert target.due(thursday) == datetime(2026, 4, 6, 16, tzinfo=UTC)
    assert structure(unstructure(desk), Desk) == desk


def test_hours_may_have_a_calendar_of_their_own() -> None:
    (target,) = DESK["targets"]
    data = DESK | {"targets": [target | {"calendar": {"years": [2026]}}]}
    desk = structure(data, Desk)
    thursday = datetime(2026, 4, 2, 8, tzinfo=UTC)
    assert desk.targets[0].due(thursday, desk.calendar) == datetime(2026, 4, 6, 16, tzinfo=UTC)
    assert structure(unstructure(desk), Desk) == desk


@pytest.mark.parametrize(
    ("target", "found"),
    [
        ("2 working days", [(("targets", 0, "within"), "working-days-without-hours")]),
        (
            {"within": "1 d", "calendar": {"years": [2026]}},
            [(("targets", 0, "hours"), "missing-key")],
        ),
    ],
    ids=str,
)
def test_what_needs_hours_says_so(target: Data | str, found: list[Any]) -> None:
    assert refused(lambda: structure(DESK | {"targets": [target]}, Desk)) == found


def test_a_target_says_its_working_days() -> None:
    clock = BusinessClock(Week.parse("Mon-Fri"))
    assert unstructure(Target(WorkingDays(1), clock))["within"] == "1 working day"
    assert refused(lambda: Target(WorkingDays(1))) == [(("within",), "working-days-without-hours")]
    assert refused(lambda: Target(timedelta())) == [(("within",), "duration-not-positive")]


# -------------------------------------------------------------------------------------- playbooks


def test_the_calendar_of_a_playbook_is_that_of_the_hours_of_its_duties() -> None:
    hours = {"hours": "Mon-Fri 09:00-18:00"}
    data: Data = {
        "playbook": "p",
        "zone": "Europe/Paris",
        "calendar": {"closed": ["2026-04-03"]},
        "duties": [
            {"answer": "a", "within": "4 h", **hours},
            {"answer": "b", "within": "4 h", **hours, "calendar": {"years": [2026]}},
            {"answer": "c", "within": "4 h"},
        ],
    }
    playbook = structure(data, Playbook)
    clocks = [duty.clock for duty in playbook.duties]
    office = Week.parse("Mon-Fri 09:00-18:00")
    assert clocks == [
        BusinessClock(office, "Europe/Paris", Calendar({date(2026, 4, 3)})),
        BusinessClock(office, "Europe/Paris", Calendar(years={2026})),
        None,
    ]
    assert structure(unstructure(playbook), Playbook) == playbook
