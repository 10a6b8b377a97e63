"""`cmcore requests`: what it prints, and how it ends."""

import json
from pathlib import Path

import pytest

from .conftest import Run

LOG = """\
events:
  - {received: r1, at: 2026-03-02T09:00+01:00, network: bluesky}
  - {received: r2, at: 2026-03-02T09:30+01:00, network: bluesky}
  - {answered: r1, at: 2026-03-02T10:30+01:00, by: maud}
  - {resolved: r2, at: 2026-03-02T11:00+01:00, how: spam}
  - {received: r3, at: 2026-03-02T11:30+01:00, network: mastodon}
"""
DESK = """\
desk: care
zone: Europe/Paris
targets: [1 h]
routes: [communicator]
"""
TEAM = """\
team: brume
zone: Europe/Paris
roles: [communicator]
members:
  maud: {roles: communicator, hours: Mon-Fri 09:00-17:00}
"""


@pytest.fixture(autouse=True)
def files(run: Run) -> None:  # noqa: ARG001 - the folder it enters
    for name, text in (("log", LOG), ("desk", DESK), ("team", TEAM)):
        Path(f"{name}.yaml").write_text(text, encoding="utf-8")


def test_nothing_late_ends_well(run: Run) -> None:
    shown = run("requests", "log.yaml", "--desk", "desk.yaml", "--team", "team.yaml")
    assert shown.exit_code == 0
    assert shown.stdout.startswith("✓ 3 requests, none overdue\n")
    assert "the only one on duty who can" in shown.stdout
    assert "how long 3 requests waited for an answer" in shown.stdout
    assert not shown.stderr


def test_what_is_late_is_told_in_french_too(run: Run) -> None:
    given = ["--desk", "desk.yaml", "--at", "2026-03-02T13:00+01:00", "--lang", "fr"]
    shown = run("requests", "log.yaml", *given)
    assert shown.exit_code == 1
    assert shown.stdout.startswith("✗ 3 demandes, 1 en retard\n")


def test_a_moment_before_knows_nothing_of_what_comes(run: Run) -> None:
    shown = run("requests", "log.yaml", "--desk", "desk.yaml", "--at", "2026-03-02T09:00+01:00")
    assert shown.exit_code == 0
    assert shown.stdout.startswith("✓ 1 request, none overdue\n")


def test_without_a_target_nobody_can_tell(run: Run) -> None:
    shown = run("requests", "log.yaml")
    assert shown.exit_code == 3
    assert shown.stdout.startswith("→ 3 requests, none overdue\n")


def test_what_is_with_somebody_who_left_is_late(run: Run) -> None:
    Path("team.yaml").write_text(TEAM.replace("maud", "yann"), encoding="utf-8")
    shown = run("requests", "log.yaml", "--desk", "desk.yaml", "--team", "team.yaml")
    assert shown.exit_code == 1
    assert "`r1` is with `maud`, who is not in the team" in shown.stdout


def test_json_tells_it_all(run: Run) -> None:
    shown = run("requests", "log.yaml", "--json", "--excuse", "spam", "--excuse", "joke")
    told = json.loads(shown.stdout)
    assert told["backlog"]["counts"] == {
        "assigned": 1, "merged": 0, "open": 1, "resolved": 1, "waiting": 0
    }  # fmt: skip
    assert told["times"]["overall"]["count"] == 2
    assert told["times"]["excused"] == 1


def test_lines_are_read_too(run: Run) -> None:
    Path("log.jsonl").write_text('{"received": "r1", "at": "2026-03-02T09:00Z"}\n')
    assert run("requests", "log.jsonl", "--desk", "desk.yaml").exit_code == 0
    Path("log.jsonl").write_text('{"received": "r1", "at": "2026-03-02T09:00"}\n\n3\n')
    shown = run("requests", "log.jsonl")
    assert shown.exit_code == 2
    assert [line.partition(" error: ")[0] for line in shown.stderr.splitlines()] == [
        "log.jsonl:1:", "log.jsonl:3:"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["none.yaml"], "none.yaml: error: no such file or directory"),
        (["log.yaml", "--desk", "team.yaml"], "team.yaml"),
        (["log.yaml", "--at", "2026-03-02"], "does not say its time zone"),
        (
            ["log.yaml", "--desk", "wrong.yaml", "--team", "team.yaml"],
            "wrong.yaml: error: routes[0].role: no role is called `expert`",
        ),
    ],
)
def test_bad_input_is_told(run: Run, given: list[str], said: str) -> None:
    Path("wrong.yaml").write_text("desk: x\nroutes: [expert]\n", encoding="utf-8")
    shown = run("requests", *given)
    assert shown.exit_code == 2
    assert said in shown.stderr


@pytest.mark.parametrize("text", ["", "\n"])
def test_a_log_in_which_nothing_is_told_is_no_calm(run: Run, text: str) -> None:
    Path("log.jsonl").write_text(text, encoding="utf-8")
    shown = run("requests", "log.jsonl")
    assert shown.exit_code == 2
    assert "the log is empty (give the moment to look at" in shown.stderr
    shown = run("requests", "log.jsonl", "--at", "2026-03-02T13:00+01:00")
    assert shown.exit_code == 3
    assert shown.stdout.startswith("→ 0 requests")


def test_what_many_strangers_have_is_told_of_each_and_counted(run: Run) -> None:
    lines = [
        f'{{"received": "r{n}", "at": "2026-03-02T09:00Z", "network": "x"}}\n'
        f'{{"answered": "r{n}", "at": "2026-03-02T09:30Z", "by": "p{min(n % 40, 25)}"}}'
        for n in range(200)
    ]
    Path("many.jsonl").write_text("\n".join(lines), encoding="utf-8")
    shown = run("requests", "many.jsonl", "--team", "team.yaml").stdout.splitlines()
    told = [line.strip() for line in shown if "not in the team" in line]
    first = "75 are with `p25`, who is not in the team: `r105`, `r106`, `r107`, and 72 more"
    assert (len(told), told[0]) == (21, first)
    assert told[-1] == "more is with 6 others who are not in the team"


def test_an_empty_log_names_its_file(run: Run) -> None:
    Path("none.jsonl").write_text("", encoding="utf-8")
    for line in ("requests none.jsonl", "detect none.jsonl", "staffing none.jsonl --handling 8min"):
        shown = run(*line.split())
        assert (shown.exit_code, shown.stdout) == (2, "")
        assert shown.stderr.startswith("none.jsonl: error: ")
        assert "(give " in shown.stderr


def test_a_team_without_a_desk_is_told_what_it_cannot_say(run: Run) -> None:
    shown = run("requests", "log.yaml", "--team", "team.yaml")
    assert "Who should take what is open" not in shown.stdout
    (told,) = shown.stderr.splitlines()
    assert told.startswith("--team: warning: who should take what is open is not said without a `-")
