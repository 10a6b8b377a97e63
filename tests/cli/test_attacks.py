"""No input makes the command end by a traceback, wait for ever, or take all memory or disk."""

import json
import os
import re
import signal
import threading
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner, Result

from cmcore.cli import app as app_module
from cmcore.cli import main
from cmcore.cli.app import app
from cmcore.cli.fail import BAD, FAULT
from cmcore.codec.bounds import MAX_BYTES

from ..counted import calls

TEAM: Final = "team: t\nroles: {cm: {}}\nmembers: {ana: {roles: cm}, bo: {}}\n"
CHARTER: Final = """\
charter: c
circuits: {desk: [{ask: {role: boss}}]}
default: desk
labels: {note: text}
rules:
  - {permit: rare, when: {recent.publish: {fewer than: 2 in 5000 w}}, because: x}
"""


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("team.yaml").write_text(TEAM, encoding="utf-8")
    Path("charter.yaml").write_text(CHARTER, encoding="utf-8")
    Path("needs.yaml").write_text("needs: n\nseats: {cm: 1}\n", encoding="utf-8")


def run(*args: str) -> Result:
    return CliRunner().invoke(app, args, prog_name="cmcore")


# ---------------------------------------------------------------------------------------- numbers


@pytest.mark.parametrize("command", [("audit", "charter.yaml"), ("compare", *["charter.yaml"] * 2)])
def test_a_window_may_be_longer_than_the_calendar(command: tuple[str, ...]) -> None:
    rows = "at,kind\n0001-01-01T00:05Z,publish\n2026-01-01T00:05Z,publish\n"
    Path("history.csv").write_text(rows, encoding="utf-8")
    shown = run(*command, "history.csv")
    assert shown.exit_code in {0, 1, 3}
    assert shown.stderr == ""


@pytest.mark.parametrize("at", ["0001-01-01T00:00Z", "9999-12-31T23:59Z"])
def test_an_act_may_be_at_either_end_of_the_calendar(at: str) -> None:
    shown = run("decide", "charter.yaml", "--fact", "kind=publish", "--at", at)
    assert shown.exit_code == 3


@pytest.mark.parametrize("at", ["0001-01-01T00:05Z", "9999-12-31T23:05Z"])
def test_requests_may_come_in_at_either_end_of_the_calendar(at: str) -> None:
    log = f"events: [{{received: a, at: {at}}}, {{received: b, at: {at[:14]}50Z}}]\n"
    Path("log.yaml").write_text(log, encoding="utf-8")
    for zone in ("UTC", "Europe/Paris", "America/New_York"):
        shown = run("staffing", "log.yaml", "--handling", "8 min", "--zone", zone)
        assert shown.exit_code == BAD
        assert run("detect", "log.yaml", "--zone", zone).exit_code in {BAD, 3}
    assert run("requests", "log.yaml").exit_code == 3


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("seats: {cm: 100000000000000000}", "from 0 to 10000"),
        ("seats: {cm: {least: 1, most: 100000000000000000}}", "from 1 to 10000"),
        ("seats: {cm: {weight: 100000000000000000}}", "from 1 to 1000000"),
        ("specialists: {x: 100000000000000000}", "from 0 to 10000"),
        ("languages: {fr: 100000000000000000}", "from 0 to 10000"),
        ("mix: {of: trade, least: 100000000000000000}", "from 0 to 10000"),
        ("hours: {week: 'Mon 09:00-10:00', least: 100000000000000000}", "from 0 to 10000"),
        ("work: {posts: {a day: 100000000000000000, minutes: 5}}", "from 0 to 1000000"),
        ("work: {posts: {a day: 5, minutes: 100000000000000000}}", "from 0 to 10000"),
        ("work: {posts: {a day: 5, minutes: 99999999 d}}", "`99999999 d` is out of range"),
    ],
)
@pytest.mark.parametrize("command", ["coverage", "assign"])
def test_needs_that_nobody_has_are_refused(command: str, asked: str, said: str) -> None:
    Path("needs.yaml").write_text(f"needs: n\n{asked}\n", encoding="utf-8")
    shown = run(command, "team.yaml", "needs.yaml")
    assert shown.exit_code == BAD
    assert said in shown.stderr


@pytest.mark.parametrize("command", ["coverage", "assign"])
def test_what_great_needs_cost_grows_as_they_do(command: str) -> None:
    def looked_at(seats: int, posts: int) -> int:
        needs = f"needs: n\nseats: {{cm: {{least: {seats}, weight: 1000000}}}}\n"
        needs += f"work: {{posts: {{a day: {posts}, minutes: 10000}}}}\n"
        Path("needs.yaml").write_text(needs, encoding="utf-8")
        return calls(lambda: run(command, "team.yaml", "needs.yaml"))

    assert run(command, "team.yaml", "needs.yaml").exit_code == 0
    assert looked_at(10_000, 1_000_000) < 2.2 * looked_at(5_000, 500_000)
    assert run(command, "team.yaml", "needs.yaml").exit_code == 1


def test_more_absences_than_can_be_tried_are_refused() -> None:
    people = ", ".join(f"p{n}: {{roles: cm}}" for n in range(23))
    Path("team.yaml").write_text(
        f"team: t\nroles: {{cm: {{}}}}\nmembers: {{{people}}}\n", encoding="utf-8"
    )
    shown = run("coverage", "team.yaml", "needs.yaml", "--absent", "8")
    assert shown.exit_code == BAD
    assert "absences to try" in shown.stderr


# ----------------------------------------------------------------------------------------- faults


def test_a_fault_of_ours_is_no_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OverflowError("date value out of range")

    monkeypatch.setattr(app_module, "decision_of", fail)
    shown = run("decide", "charter.yaml", "--fact", "kind=publish")
    assert (shown.exit_code, shown.stdout) == (FAULT, "")
    assert re.fullmatch(
        r"cmcore: error: this is a fault of cmcore, not of yours; please report it "
        r"\(OverflowError at test_attacks.py:\d+: date value out of range\)\n",
        shown.stderr,
    )
    assert FAULT not in {0, 1, 2, 3}


def test_memory_that_is_not_there_is_no_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr(app_module, "decision_of", fail)
    shown = run("decide", "charter.yaml", "--fact", "kind=publish")
    said = "cmcore: error: there is not enough memory\n"
    assert (shown.exit_code, shown.stdout, shown.stderr) == (FAULT, "", said)


def test_a_playbook_that_cannot_be_read_twice_is_named_without_lines() -> None:
    told = "incident: i\nuntil: '2026-01-02T00:00Z'\n"
    told += "events: [{opened: o, at: '2026-01-01T00:00Z'}]\n"
    Path("incident.yaml").write_text(told, encoding="utf-8")
    text = "playbook: p\nduties:\n  - {alert: a, within: 1 h, from: serious, roles: [boss]}\n"
    Path("playbook.yaml").write_text(text, encoding="utf-8")
    args = ("incident", "replay", "incident.yaml", "--playbook")
    said = run(*args, "playbook.yaml").stderr
    os.mkfifo("pipe.yaml")
    writer = threading.Thread(target=lambda: Path("pipe.yaml").write_text(text, "utf-8"))
    writer.start()
    shown = run(*args, "pipe.yaml")
    writer.join(10)
    assert shown.exit_code == BAD
    assert shown.stderr == said.replace("playbook.yaml:3:", "pipe.yaml:")


# ------------------------------------------------------------------------------------------ files


ENDLESS: Final = "longer than 16,777,216 bytes|more than 1,000,000 bytes|: error: file too large"


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there are no such devices here")
@pytest.mark.parametrize(
    ("args", "name"),
    [
        (("check", "{}"), "endless.yaml"),
        (("check", "{}"), "endless.json"),
        (("decide", "charter.yaml", "{}"), "endless.toml"),
        (("requests", "{}"), "endless.jsonl"),
        (("requests", "{}"), "endless.yaml"),
        (("audit", "charter.yaml", "{}"), "endless.csv"),
        (("audit", "charter.yaml", "{}"), "endless.jsonl"),
    ],
)
def test_a_file_without_end_is_read_as_far_as_files_may_go(
    args: tuple[str, ...], name: str
) -> None:
    Path(name).symlink_to("/dev/zero")
    shown = run(*(arg.format(name) for arg in args))
    assert shown.exit_code == BAD
    assert re.search(ENDLESS, shown.stderr)


def test_standard_input_without_end_is_read_as_far_as_files_may_go() -> None:
    shown = CliRunner().invoke(app, ["decide", "charter.yaml", "-"], input=b" " * (MAX_BYTES + 1))
    assert shown.exit_code == BAD
    assert "longer than 16,777,216 bytes" in shown.stderr


def test_a_log_has_only_so_many_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cmcore.codec.logs.MOST_LINES", 2)
    Path("log.jsonl").write_text('{"received": "a", "at": "2026-01-01T00:00Z"}\n\n')
    assert run("requests", "log.jsonl").exit_code == 3
    Path("log.jsonl").write_text('{"received": "a", "at": "2026-01-01T00:00Z"}\n\n\n')
    shown = run("requests", "log.jsonl")
    assert (shown.exit_code, "more than 2 lines" in shown.stderr) == (BAD, True)


def saved(path: str) -> Result:
    return run("assign", "team.yaml", "needs.yaml", "--save", path)


def test_a_link_that_leads_to_itself_is_one_line() -> None:
    Path("plan.yaml").symlink_to("plan.yaml")
    shown = saved("plan.yaml")
    assert shown.exit_code == BAD
    assert shown.stderr.startswith("plan.yaml: error: too many levels of symbolic links")
    assert Path("plan.yaml").is_symlink()


def test_a_plan_is_written_into_a_pipe_which_stays_one() -> None:
    os.mkfifo("plan.yaml")
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(Path("plan.yaml").read_text("utf-8")))
    reader.start()
    assert saved("plan.yaml").exit_code == 0
    reader.join(10)
    assert "ana" in read[0]
    assert Path("plan.yaml").is_fifo()


def test_a_plan_may_have_the_longest_of_names() -> None:
    name = "p" * 250 + ".yaml"
    assert saved(name).exit_code == 0
    assert Path(name).is_file()
    shown = saved("p" * 300 + ".yaml")
    assert shown.exit_code == BAD
    assert "file name too long" in shown.stderr


def test_a_plan_that_cannot_be_written_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    shown = saved("plan.yaml")
    assert (shown.exit_code, shown.stdout) == (BAD, "")
    assert shown.stderr == "plan.yaml: error: no space left on device\n"
    assert not [each for each in Path().iterdir() if each.name.startswith((".", "plan"))]


def test_a_polite_stop_leaves_nothing_half_done(monkeypatch: pytest.MonkeyPatch) -> None:
    files, handler = sorted(Path().iterdir()), signal.getsignal(signal.SIGTERM)
    monkeypatch.setattr(Path, "write_bytes", lambda *_: signal.raise_signal(signal.SIGTERM))
    with pytest.raises(SystemExit) as end:
        main(["assign", "team.yaml", "needs.yaml", "--save", "plan.yaml"])
    assert end.value.code == 128 + signal.SIGTERM
    assert sorted(Path().iterdir()) == files
    assert signal.getsignal(signal.SIGTERM) is handler


def test_a_thread_may_run_the_command() -> None:
    ends: list[object] = []

    def there() -> None:
        try:
            main(["schema"])
        except SystemExit as end:
            ends.append(end.code)

    thread = threading.Thread(target=there)
    thread.start()
    thread.join(10)
    assert ends == [0]


# ----------------------------------------------------------------------------------------- output

#: Controls of C0 and C1, delete, directions, invisible letters, tags, line breaks, half characters.
UNSEEN: Final = "\x1b\x7f\x9b\u200b\u202e\u2066\u2028\u00ad\ufeff\u3164\U000e0041"


@pytest.mark.parametrize("char", UNSEEN)
def test_nothing_unseen_is_printed_raw(char: str) -> None:
    text = f"a{char}b"
    act = json.dumps({"kind": "publish", "note": text, "text": text})
    Path("act.json").write_text(act, encoding="utf-8")
    shown = run("decide", "charter.yaml", "act.json", "--json")
    assert char not in shown.stdout
    assert json.loads(shown.stdout)["outcome"] == "exception"
    assert char not in run("decide", "charter.yaml", "act.json").stdout
    Path("bad.json").write_text(json.dumps({text: 1}), encoding="utf-8")
    for args in (("check", "bad.json"), ("check", "--json", "bad.json")):
        shown = run(*args)
        assert char not in shown.stdout + shown.stderr
