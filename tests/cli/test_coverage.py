"""`cmcore coverage`: what it prints, and how it ends."""

import json
from pathlib import Path

import pytest

from .conftest import Run

TEAM = """\
team: brume
zone: Europe/Paris
members:
  ana: {languages: [fr], hours: "Mon-Fri 09:00-17:00"}
"""
NEEDS = """\
needs: social
zone: Europe/Paris
languages: {fr: 1}
hours: [{week: Mon-Fri 09:00-17:00}]
"""


@pytest.fixture(autouse=True)
def files(run: Run) -> None:  # noqa: ARG001 - the folder it enters
    Path("team.yaml").write_text(TEAM, encoding="utf-8")
    Path("needs.yaml").write_text(NEEDS, encoding="utf-8")
    Path("more.yaml").write_text(NEEDS.replace("fr: 1", "fr: 2"), encoding="utf-8")
    Path("still.yaml").write_text("needs: x\nlanguages: {fr: 1}\n", encoding="utf-8")


def test_a_team_that_covers_its_needs_ends_well(run: Run) -> None:
    shown = run("coverage", "team.yaml", "needs.yaml", "--start", "2026-03-02")
    assert shown.exit_code == 0
    assert shown.stdout.startswith("✓ brume for social: all covered\n")
    assert "(from 2026-03-02 00:00 to 2026-03-09 00:00, Paris time)" in shown.stdout
    assert not shown.stderr


def test_gaps_are_told_in_french_too(run: Run) -> None:
    shown = run("coverage", "team.yaml", "more.yaml", "--start", "2026-03-02", "--lang", "fr")
    assert shown.exit_code == 1
    assert "✗ brume pour social\xa0: 1 manque" in shown.stdout
    assert "parlée par 1, il en faudrait 2" in shown.stdout


@pytest.mark.parametrize(
    ("given", "start", "stop"),
    [
        (["--start", "2026-03-02T09:00+01:00"], "2026-03-02T08:00:00", "2026-03-09T08:00:00"),
        (["--start", "2026-03-02", "--stop", "2026-03-03"], "2026-03-01T23:00:00",
         "2026-03-02T23:00:00"),
        (["--start", "2026-03-25"], "2026-03-24T23:00:00", "2026-03-31T22:00:00"),
    ],
)  # fmt: skip
def test_json_tells_it_all(run: Run, given: list[str], start: str, stop: str) -> None:
    shown = run("coverage", "team.yaml", "needs.yaml", *given, "--json", "--absent", "0")
    told = json.loads(shown.stdout)
    assert told["window"] == {"start": f"{start}+00:00", "stop": f"{stop}+00:00"}
    assert [share["dimension"] for share in told["shares"]][:2] == ["seats", "specialists"]
    assert "tried" not in told


def test_no_window_is_needed_without_hours(run: Run) -> None:
    assert run("coverage", "team.yaml", "still.yaml").exit_code == 0


def test_hours_without_a_window_are_bad_input(run: Run) -> None:
    shown = run("coverage", "team.yaml", "needs.yaml")
    assert shown.exit_code == 2
    assert "hours need a window" in shown.stderr


def test_a_window_ends_before_the_calendar_does(run: Run) -> None:
    shown = run("coverage", "team.yaml", "needs.yaml", "--start", "9999-12-25")
    assert shown.exit_code == 2
    assert "--start: `9999-12-25` is too close to an end of the calendar" in shown.stderr


def test_a_file_that_does_not_read_is_bad_input(run: Run) -> None:
    Path("team.yaml").write_text("team: x\nmembres: {}\n", encoding="utf-8")
    shown = run("coverage", "team.yaml", "needs.yaml")
    assert shown.exit_code == 2
    assert shown.stderr == (
        "team.yaml:2: error: membres: `membres` is not a known key (did you mean `members`?)\n"
    )


def test_needs_that_ask_nothing_are_no_good_news(run: Run) -> None:
    Path("none.yaml").write_text("needs: x\n", encoding="utf-8")
    shown = run("coverage", "team.yaml", "none.yaml")
    assert shown.exit_code == 3
    assert shown.stdout.startswith("→ brume for x: nothing is asked\n")
    assert "rien n’est demandé" in run("coverage", "team.yaml", "none.yaml", "--lang", "fr").stdout
    assert run("assign", "team.yaml", "none.yaml").exit_code == 3


ROTA = """\
BEGIN:VCALENDAR
BEGIN:VEVENT
UID:1
SUMMARY:ana
DTSTART;TZID=Europe/Paris:20260302T080000
DTEND;TZID=Europe/Paris:20260302T090000
RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR
END:VEVENT
END:VCALENDAR
"""


def test_calendars_say_who_is_there_and_who_is_away(run: Run) -> None:
    Path("early.yaml").write_text(NEEDS.replace("09:00-17", "08:00-17"), encoding="utf-8")
    Path("rota.ics").write_text(ROTA, encoding="utf-8")
    asked = ("coverage", "team.yaml", "early.yaml", "--start", "2026-03-02")
    assert run(*asked).exit_code == 1
    assert run(*asked, "--rota", "rota.ics").exit_code == 0
    away = run(*asked, "--rota", "rota.ics", "--leaves", "rota.ics")
    assert away.exit_code == 1
    still = ("coverage", "team.yaml", "still.yaml", "--rota", "rota.ics")
    told = run(*still)
    assert told.exit_code == 2
    assert "--start" in told.stderr


def test_what_is_wrong_with_a_calendar_names_its_file(run: Run) -> None:
    Path("rota.ics").write_text(ROTA.replace("ana", "zed"), encoding="utf-8")
    asked = ("coverage", "team.yaml", "needs.yaml", "--start", "2026-03-02", "--rota", "rota.ics")
    told = run(*asked)
    assert told.exit_code == 2
    assert "rota.ics:4: error: events.1: whose the event `zed` is, nobody knows" in told.stderr


@pytest.mark.parametrize("lang", [(), ("--lang", "fr")])
def test_what_a_calendar_calls_people_and_zones_may_be_said(
    run: Run, lang: tuple[str, ...]
) -> None:
    Path("early.yaml").write_text(NEEDS.replace("09:00-17", "08:00-17"), encoding="utf-8")
    text = ROTA.replace("SUMMARY:ana", "SUMMARY:zed@example.org").replace("Europe/Paris", "Desk")
    room = text.replace("zed@example.org", "A=B").replace("UID:1", "UID:2").splitlines()[1:-1]
    own = text.replace("END:VCALENDAR", "\n".join([*room, "END:VCALENDAR"]))
    Path("rota.ics").write_text(own, encoding="utf-8")
    asked = (
        "coverage",
        "team.yaml",
        "early.yaml",
        "--start",
        "2026-03-02",
        "--rota",
        "rota.ics",
        *lang,
    )
    said = ("--people", "zed@example.org=ana", "--people", "A=B=", "--zone", "Desk=Europe/Paris")
    assert run(*asked, *said).exit_code == 0
    assert "Desk" in run(*asked, *said[:-2]).stderr
    for bad, told in {
        ("--zone", "Bureau=Europe/Pari"): "Europe/Paris",
        ("--zone", "Bureau="): "``",
        ("--zone", "Desk=Europe/London"): "`Desk=Europe/London`",
        ("--zone", "Desk"): "`Desk`",
        ("--people", "=ana"): "`=ana`",
        ("--people", "zed@example.org=bo"): "`zed@example.org=bo`",
        ("--people", "zed=annna"): "annna",
    }.items():
        shown = run(*asked, *said, *bad)
        assert (shown.exit_code, told in shown.stderr) == (2, True), shown.stderr
