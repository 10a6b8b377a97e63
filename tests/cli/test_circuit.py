"""`cmcore circuit`: what it prints, and how it ends."""

import json
from pathlib import Path

import pytest

from .conftest import Run

CHARTER = """\
charter: shop
zone: Europe/Paris
circuits:
  desk:
    - {ask: {role: editor}, need: 2, within: 4 h, else: lapse}
    - {ask: {role: editor}, within: 1 h, else: lapse}
  crisis:
    stages:
      - {ask: {role: editor}, within: 1 h, deputies: {skill: calm}}
      - {ask: {role: boss}, within: 1 h, during: Mon-Fri 08:00-18:00}
    emergency:
      - {ask: {role: editor}, need: no objection, within: 10 min, else: refuse}
  spare:
    - {ask: {role: nobody}}
default: crisis
"""
TEAM = """\
team: brume
roles: [editor, boss]
members:
  ana: {roles: [editor], hours: "Mon-Sun 00:00-24:00"}
  bob: {roles: [editor, boss], hours: "Mon-Sun 00:00-24:00"}
  eve: {roles: [editor, boss], hours: "Mon-Sun 00:00-24:00"}
  zoe: {roles: [boss], hours: "Mon-Fri 09:00-17:00"}
"""
MONDAY = ("--start", "2026-03-02")
ON_TEAM = ("circuit", "circuits.yaml", "--team", "team.yaml")


@pytest.fixture(autouse=True)
def files(run: Run) -> None:  # noqa: ARG001 - the folder it enters
    Path("circuits.yaml").write_text(CHARTER, encoding="utf-8")
    Path("team.yaml").write_text(TEAM, encoding="utf-8")


def test_circuits_are_shown_in_order_with_what_only_delays(run: Run) -> None:
    shown = run("circuit", "circuits.yaml")
    assert (shown.exit_code, shown.stderr) == (0, "")
    assert [line.rstrip() for line in shown.stdout.splitlines()] == [
        "circuit `crisis`",
        (
            "  stage               1  one person (editor); within 1 h; deputies: skill calm; "
            "or else it escalates"
        ),
        (
            "  stage               2  one person (boss); within 1 h, counted Mon-Fri 08:00-18:00, "
            "Paris time; or else it lapses"
        ),
        (
            "  stage in emergency  1  no objection (editor); within 10 min; "
            "if nobody objects, it passes, or else it is refused"
        ),
        "",
        "`crisis`: no redundant stage",
        "",
        "circuit `desk`",
        "  stage  1  2 people (editor); within 4 h; or else it lapses",
        "  stage  2  one person (editor); within 1 h; or else it lapses",
        "",
        "`desk`: redundant stages: 1",
        "  stage  2  stages 1 and 2 both ask `editor`: 3 of them can be asked at once",
        "",
        "circuit `spare`",
        "  stage  1  one person (nobody)",
        "",
        "`spare`: no redundant stage",
    ]


def test_one_circuit_is_shown_in_french(run: Run) -> None:
    shown = run("circuit", "circuits.yaml", "--circuit", "crisis", "--lang", "fr")
    assert shown.exit_code == 0
    assert (
        "suppléants\xa0: compétence calme\u202f; sinon escalade à l’étape suivante" in shown.stdout
    )
    assert "desk" not in shown.stdout


def test_circuits_are_drawn(run: Run) -> None:
    shown = run("circuit", "circuits.yaml", "--mermaid")
    assert shown.exit_code == 0
    assert shown.stdout.count("flowchart TD\n") == 3
    assert 'e1["stage 1<br>no objection #40;editor#41;<br>within 10 min"]' in shown.stdout


def test_json_has_the_shorter_circuit_and_the_drawing_asked_for(run: Run) -> None:
    (plain,) = json.loads(run("circuit", "circuits.yaml", "--circuit", "desk", "--json").stdout)
    assert plain["id"] == "desk"
    assert plain["shortened"]["circuit"]["desk"][0]["need"] == 3
    shown = run("circuit", "circuits.yaml", "--json", "--mermaid")
    told = json.loads(shown.stdout)
    assert [one["id"] for one in told] == ["crisis", "desk", "spare"]
    assert all(one["mermaid"].startswith("flowchart TD\n") for one in told)
    assert "mermaid" not in plain


def test_a_team_that_completes_what_the_charter_asks_ends_well(run: Run) -> None:
    shown = run(*ON_TEAM, *MONDAY)
    assert shown.exit_code == 0
    assert shown.stdout.startswith("✓ `brume` can complete the circuits of `shop` at any moment\n")
    assert "from 2026-03-02 00:00 to 2026-03-09 00:00" in shown.stdout
    assert "spare" not in shown.stdout


def test_a_circuit_by_name_that_is_not_completed_is_told_with_its_reason(run: Run) -> None:
    shown = run(*ON_TEAM, *MONDAY, "--circuit", "spare")
    assert shown.exit_code == 1
    assert "stage 1 asks `nobody`: the team has nobody" in shown.stdout
    french = run(*ON_TEAM, *MONDAY, "--circuit", "spare", "--lang", "fr")
    assert "l’équipe n’a personne" in french.stdout


def test_two_can_do_what_three_should_only_if_neither_writes(run: Run) -> None:
    # Three places for editors, who are three: whoever of them writes is one too few.
    assert run(*ON_TEAM, *MONDAY, "--circuit", "desk", "--author", "ana").exit_code == 1
    assert run(*ON_TEAM, *MONDAY, "--circuit", "desk", "--author", "zoe").exit_code == 0


def test_the_emergency_is_another_way(run: Run) -> None:
    usual = run(*ON_TEAM, *MONDAY, "--stop", "2026-03-03", "--json")
    short = run(*ON_TEAM, *MONDAY, "--stop", "2026-03-03", "--emergency", "--json")
    assert [run.exit_code for run in (usual, short)] == [0, 0]
    told = [json.loads(run.stdout)["circuits"][0] for run in (usual, short)]
    assert [one["circuit"] for one in told] == ["crisis", "crisis"]
    assert told[1]["worst"] == "10 min"
    assert told[0]["worst"] != "10 min"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--circuit", "crises"], ("--circuit: no circuit is called `crises` "
         "(did you mean `crisis`?)")),
        (["--circuit", "x"], ("--circuit: no circuit is called `x` "
         "(one of `crisis`, `desk`, `spare`)")),
        (["--author", "ana"], "--author: `--author` needs a team (name a `--team`)"),
        (["--team", "team.yaml"], ("--start: hours need a window "
         "(say its first day, as in `--start 2026-03-02`)")),
        (["--team", "team.yaml", "--stop", "2026-03-02"], ("--start: a window needs a start "
         "(say its first day, as in `--start 2026-03-02`)")),
        (["--team", "team.yaml", *MONDAY, "--author", "bobo"],
         "--author: nobody is called `bobo` (did you mean `bob`?)"),
        (["--team", "team.yaml", *MONDAY, "--author", "maximilian"],
         "--author: nobody is called `maximilian` (name somebody in the team)"),
        (["--team", "team.yaml", *MONDAY, "--mermaid"],
         "--mermaid: a drawing shows circuits, not teams (leave `--team` out, or this)"),
        (["--team", "team.yaml", *MONDAY, "--stop", "2026-03-01"],
         ("--stop: it stops at 2026-02-28T23:00:00+00:00, which is not after its start "
         "(the start is included, the end is not)")),
        (["--team", "team.yaml", "--start", "9999-12-30"],
         "--start: `9999-12-30` is too close to an end of the calendar (years run from 1 to 9999)"),
        (["--team", "team.yaml", *MONDAY, "--stop", "2126-03-01"],
         "--stop: a window of 36523 d is too long (3660 d at most)"),
    ],
)  # fmt: skip
def test_bad_input_is_told_where_it_is(run: Run, given: list[str], said: str) -> None:
    shown = run("circuit", "circuits.yaml", *given)
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert shown.stderr == f"cmcore: error: {said}\n"


def test_all_that_is_wrong_is_told_at_once(run: Run) -> None:
    given = ("--circuit", "x", "--start", "2026-03-02", "--stop", "2026-03-04", "--emergency")
    shown = run("circuit", "circuits.yaml", *given)
    assert shown.exit_code == 2
    places = [line.split(": ")[2] for line in shown.stderr.splitlines()]
    assert places == ["--circuit", "--start", "--stop", "--emergency"]


@pytest.mark.parametrize("name", ["circuits.yaml", "team.yaml"])
def test_a_file_that_does_not_read_is_bad_input(run: Run, name: str) -> None:
    Path(name).write_text("charter: x\nnothing: 1\n", encoding="utf-8")
    shown = run(*ON_TEAM, *MONDAY)
    assert shown.exit_code == 2
    assert shown.stderr.startswith(f"{name}:")
