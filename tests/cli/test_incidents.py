"""`cmcore incident replay`: what it prints, and how it ends."""

import json
from pathlib import Path

import pytest

from .conftest import Run

INCIDENT = """\
incident: lamps
title: The lamps
zone: Europe/Paris
until: 2026-03-04T12:00+01:00
events:
  - {opened: o, at: 2026-03-02T13:00+01:00}
  - {inbound: m, at: 2026-03-02T13:00+01:00, by: ana, criticism: yes, text: Why?}
  - {reply: a, at: 2026-03-02T14:00+01:00, by: maud, about: m, text: Soon.}
"""
PLAYBOOK = """\
playbook: small
duties:
  - {answer: word, within: 2 h, by: desk}
  - {keep criticism: all}
"""
TEAM = """\
team: brume
roles: [desk]
members: {maud: {roles: desk, hours: Mon-Fri 09:00-17:00}}
"""


@pytest.fixture(autouse=True)
def files(run: Run) -> None:  # noqa: ARG001 - the folder it enters
    gone = "  - {delete: d, at: 2026-03-02T15:00+01:00, about: m}\n"
    for name, text in (("kept", INCIDENT), ("bad", INCIDENT + gone), ("book", PLAYBOOK),
                       ("team", TEAM), ("early", INCIDENT.replace("04T12", "02T14"))):  # fmt: skip
        Path(f"{name}.yaml").write_text(text, encoding="utf-8")


def test_nothing_breached_ends_well(run: Run) -> None:
    shown = run("incident", "replay", "kept.yaml", "--playbook", "book.yaml")
    assert shown.exit_code == 0
    assert shown.stdout.startswith(
        "✓ The lamps: 0 breached, 0 unknown, 1 kept, 1 without occasion\n"
    )
    assert not shown.stderr


def test_a_breach_is_told_in_french_too(run: Run) -> None:
    told = ["--playbook", "book.yaml", "--charter", "charter.yaml", "--lang", "fr"]
    shown = run("incident", "replay", "bad.yaml", *told)
    assert shown.exit_code == 1
    assert shown.stdout.startswith("✗ The lamps\xa0: 1 manquement, 0 inconnu, 1 respecté\n")
    told_of = "`a` est le premier acte que la charte aurait retenu (circuit\xa0: `desk`)"
    assert told_of in shown.stdout


def test_what_is_not_known_has_a_code_of_its_own(run: Run) -> None:
    at = "2026-03-02T13:30+01:00"
    given = ["--playbook", "book.yaml", "--team", "team.yaml", "--at", at]
    shown = run("incident", "replay", "bad.yaml", *given)
    assert shown.exit_code == 3
    assert "→ The lamps: 0 breached, 1 unknown, 0 kept" in shown.stdout
    assert "→ The lamps: 1 owed, 0 overdue" in shown.stdout
    assert "maud" in shown.stdout


def test_without_a_playbook_there_is_the_timeline(run: Run) -> None:
    shown = run("incident", "replay", "kept.yaml")
    assert shown.exit_code == 3
    assert "What happened" in shown.stdout
    assert "What was owed" not in shown.stdout


def test_what_a_program_reads(run: Run) -> None:
    given = ["--playbook", "book.yaml", "--json"]
    found = json.loads(run("incident", "replay", "bad.yaml", *given).stdout)
    assert {one["standing"] for one in found["conduct"]["findings"]} == {"kept", "breached"}
    assert "due" not in found
    found = json.loads(
        run("incident", "replay", "bad.yaml", *given, "--at", "2026-03-02T13:30+01:00").stdout
    )
    assert found["due"]["owed"][0]["duty"] == "word"


def test_bad_input_is_told_with_its_line(run: Run) -> None:
    Path("wrong.yaml").write_text(INCIDENT.replace("about: m", "about: n"), encoding="utf-8")
    shown = run("incident", "replay", "wrong.yaml")
    assert shown.exit_code == 2
    assert shown.stderr.startswith("wrong.yaml:8: error: events[2].about[0]: no event is called")
    Path("other.yaml").write_text(PLAYBOOK.replace("2 h,", "2 h, from: bad,"), encoding="utf-8")
    shown = run("incident", "replay", "kept.yaml", "--playbook", "other.yaml")
    assert shown.exit_code == 2
    assert shown.stderr.startswith("other.yaml:3: error: duties[0].from: no level is called `bad`")
    shown = run("incident", "replay", "kept.yaml", "--at", "2026-03-01T00:00Z")
    assert shown.exit_code == 2
    assert "is not open yet" in shown.stderr


def test_a_team_without_a_moment_is_refused(run: Run) -> None:
    shown = run("incident", "replay", "kept.yaml", "--team", "team.yaml")
    assert shown.exit_code == 2
    assert "give `--at` too" in shown.stderr


def test_without_a_command_it_shows_its_help(run: Run) -> None:
    shown = run("incident")
    assert shown.exit_code == 2
    assert not shown.stdout
    assert "Usage: " in shown.stderr
    assert "\n  replay " in shown.stderr


def test_a_playbook_without_occasion_shows_its_table_and_does_not_end_well(run: Run) -> None:
    Path("idle.yaml").write_text("playbook: p\nduties:\n  - {keep criticism: all}\n", "utf-8")
    shown = run("incident", "replay", "kept.yaml", "--playbook", "idle.yaml")
    assert shown.exit_code == 3
    assert "0 kept, 1 without occasion\n" in shown.stdout
    assert "– no occasion" in shown.stdout
    assert "nobody else's message was taken away" in shown.stdout


def test_without_a_playbook_there_is_no_verdict(run: Run) -> None:
    shown = run("incident", "replay", "kept.yaml")
    assert shown.exit_code == 3
    assert "What happened" in shown.stdout
    assert "✓" not in shown.stdout
    assert "breached" not in shown.stdout
