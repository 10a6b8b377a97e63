"""`cmcore staffing` and `cmcore detect`: what they print, and how they end."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from .conftest import Run

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
HOUR = timedelta(hours=1)
TEAM = """\
team: brume
zone: UTC
roles: [communicator]
members:
  maud: {roles: communicator, hours: Mon-Sun 00:00-24:00}
  yann: {hours: Mon-Sun 00:00-24:00}
"""
STAFF = ("staffing", "log.jsonl", "--handling", "8 min")


def received(number: int, at: datetime) -> str:
    return json.dumps({"received": f"r{number}", "at": at.isoformat(), "network": "bluesky"})


def log(name: str, times: list[datetime]) -> None:
    lines = [received(number, at) for number, at in enumerate(times)]
    Path(name).write_text("\n".join(lines), encoding="utf-8")


@pytest.fixture(autouse=True)
def files(run: Run) -> None:  # noqa: ARG001 - the folder it enters
    log("log.jsonl", [MONDAY + hour * HOUR for hour in range(7 * 24 + 1)])
    log("busy.jsonl", [MONDAY + n * HOUR / 20 for n in range(7 * 24 * 20 + 1)])
    log("day.jsonl", [MONDAY, MONDAY + 9 * HOUR, MONDAY + 24 * HOUR])
    log("one.jsonl", [MONDAY])
    log("none.jsonl", [])
    Path("team.yaml").write_text(TEAM, encoding="utf-8")


def test_it_tells_how_many_people_it_takes(run: Run) -> None:
    shown = run(*STAFF, "--json")
    assert shown.exit_code == 0
    hours = json.loads(shown.stdout)["hours"]
    assert len(hours) == 168
    assert {hour["rate"] for hour in hours} == {1.0}
    assert {hour["people"] for hour in hours} == {1}


def test_a_team_that_is_enough_and_one_that_is_not(run: Run) -> None:
    assert run(*STAFF, "--team", "team.yaml", "--role", "communicator").exit_code == 0
    shown = run("staffing", "busy.jsonl", *STAFF[2:], "--team", "team.yaml")
    assert shown.exit_code == 1
    assert shown.stdout.startswith("✗ 80% taken up within 1 h")


def test_days_that_nobody_counted_are_not_known(run: Run) -> None:
    shown = run("staffing", "day.jsonl", *STAFF[2:])
    assert shown.exit_code == 3
    assert "not known  how much comes in, for 144 hours of the week" in shown.stdout


def test_hours_that_nobody_saw_are_not_taken_for_quiet(run: Run) -> None:
    first = datetime(2026, 3, 2, 23, 36, tzinfo=UTC)  # a Monday
    times = [first + n * HOUR / 10 for n in range(8 * 240) if first + n * HOUR / 10 < first + (
        7 * 24 + 12 + 17 / 60) * HOUR]  # fmt: skip
    log("late.jsonl", times)
    shown = run("staffing", "late.jsonl", *STAFF[2:], "--json")
    hours = {(one["day"], one["hour"]): one for one in json.loads(shown.stdout)["hours"]}
    assert hours[0, 11]["rate"] == 10
    assert hours[0, 23]["rate"] == 10
    assert {one["rate"] for one in hours.values()} == {10}


def test_a_window_may_be_said(run: Run) -> None:
    shown = run("staffing", "day.jsonl", *STAFF[2:], "--start", "2026-03-02", "--lang", "fr")
    assert shown.exit_code == 0
    assert "pris en charge" in shown.stdout
    shown = run("staffing", "none.jsonl", *STAFF[2:], "--start", "2026-03-02")
    assert shown.exit_code == 0


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("staffing", "none.jsonl", *STAFF[2:]), "nothing came in (give `--start` and `--stop`)"),
        (("staffing", "one.jsonl", *STAFF[2:]), "no whole hour was seen"),
        ((*STAFF, "--stop", "2026-03-09"), "start: a window needs a start"),
        ((*STAFF, "--share", "3"), "share: `3.0` is not a share"),
        ((*STAFF, "--zone", "Pars"), "did you mean `Europe/Paris`?"),
        ((*STAFF[:3], "8"), "`--handling`: `8` is not a number with a unit"),
        (("detect", "none.jsonl"), "nothing came in (give `--at`)"),
        (("detect", "log.jsonl", "--window", "0 h"), "window: `0 s` is not a usable length"),
        (
            ("detect", "log.jsonl", "--at", "0001-01-01T00:00Z"),
            "is too close to an end",
        ),
    ],
)
def test_bad_usage_is_told(run: Run, given: tuple[str, ...], told: str) -> None:
    shown = run(*given)
    assert shown.exit_code == 2
    assert told in shown.stderr


def test_several_windows_slide_and_silence_is_heard(run: Run) -> None:
    weeks = [MONDAY + hour * HOUR / 12 for hour in range(4 * 7 * 24 * 12)]
    end = MONDAY + timedelta(weeks=4)
    log("silent.jsonl", weeks)
    at = ("--at", (end + 3 * HOUR).isoformat(), "--zone", "UTC")
    assert run("detect", "silent.jsonl", *at).exit_code == 0
    several = ("--window", "1 h", "--window", "3 h", "--slide", "30 min", "--silence")
    shown = run("detect", "silent.jsonl", *at, *several)
    assert shown.exit_code == 1
    assert shown.stdout.startswith("✗ unusual: silence")
    assert "zone" not in shown.stdout
    assert "none was given" in run("detect", "silent.jsonl", *at[:2]).stdout
    french = run("detect", "silent.jsonl", *at, *several, "--lang", "fr")
    assert "aussi peu par hasard" in french.stdout
    assert "ou moins" in french.stdout
    shown = run("detect", "silent.jsonl", "--window", "soon")
    assert shown.exit_code == 2


def test_a_surge_is_told(run: Run) -> None:
    weeks = [MONDAY + hour * HOUR / 4 for hour in range(4 * 7 * 24 * 4)]
    end = MONDAY + timedelta(weeks=4)
    log("quiet.jsonl", weeks)
    log("surge.jsonl", weeks + [end - HOUR + n * HOUR / 50 for n in range(50)])
    at = ("--at", end.isoformat())
    assert run("detect", "quiet.jsonl", *at).exit_code == 0
    shown = run("detect", "surge.jsonl", *at)
    assert shown.exit_code == 1
    assert shown.stdout.startswith("✗ unusual: volume")
    assert run("detect", "log.jsonl").exit_code == 3
