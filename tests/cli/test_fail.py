"""Whatever goes wrong is one clean line for each problem, and an exit code; never a traceback."""

import errno
import os
import signal
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import pytest

import cmcore.cli
from cmcore.base import Problem
from cmcore.base.errors import MissingExtraError
from cmcore.cli import inputs, main
from cmcore.cli.fail import BadFileError
from cmcore.cli.show import clean

from .conftest import CHARTER, HEADER, Run

BINARY: Final = bytes(range(256))
#: Arguments, and how the only line of standard error begins.
BAD: Final = {
    "no such command": (("chek",), "cmcore: error: no such command `chek`"),
    "a command of Python": (
        ("prove",),
        "cmcore: error: no such command `prove`: `cmcore check` does that (try `cmcore --help`)",
    ),
    "no such option": (("--chek",), "cmcore: error: no such option"),
    "no argument": (("check",), "cmcore: error: missing argument `FILE...` (try `cmcore check"),
    "one too many": (("decide", "charter.yaml", "a.json", "b"), "cmcore: error: got unexpected"),
    "no file": (("check", "nowhere.yaml"), "nowhere.yaml: error: no such file or directory"),
    "a folder": (("check", "."), ".: error: is a directory"),
    "no ending": (("check", "noending"), "noending: error: the format of `noending` is unknown"),
    "binary charter": (("check", "binary.yaml"), "binary.yaml:2: error: the text is not in UTF-8"),
    "empty charter": (("check", "nothing.yaml"), "nothing.yaml"),
    "no act": (("decide", "charter.yaml", "no.json"), "no.json: error: no such file or directory"),
    "wrong fact": (("decide", "charter.yaml", "act.yaml"), "act.yaml:2: error: knd: there is no"),
    "a list": (("decide", "charter.yaml", "list.json"), "list.json: error: expected a mapping"),
    "no pair": (("decide", "charter.yaml", "--fact", "kind"), "cmcore: error: invalid value for"),
    "said twice": (("decide", "charter.yaml", "--fact", "kind=edit", "--fact", "kind=edit"),
                   "cmcore: error: invalid value for --fact: `kind=edit` gives that fact"),
    "not a number": (("decide", "charter.yaml", "--fact", "score=many"),
                     "cmcore: error: score: `many` is not a number"),
    "no instant": (("decide", "charter.yaml", "--at", "now"),
                   "cmcore: error: invalid value for `--at`: `now` is not an instant"),
    "no day": (("check", "charter.yaml", "--at", "noon"), "cmcore: error: invalid value for"),
    "no language": (("check", "charter.yaml", "--lang", "de"), "cmcore: error: invalid value for"),
    "no history": (("audit", "charter.yaml", "no.csv"), "no.csv: error: no such file or directory"),
    "folder of rows": (("audit", "charter.yaml", "rows.csv"), "rows.csv: error: is a directory"),
    "not a history": (("audit", "charter.yaml", "act.yaml"), "act.yaml: error: the format of `"),
    "wrong column": (("audit", "charter.yaml", "column.csv"), "column.csv:1: error: knd: there is"),
    "no confidence": (("audit", "charter.yaml", "met.csv", "--confidence", "1.5"),
                      "cmcore: error: invalid value for `--confidence`: `1.5` is not"),
    "nearly sure": (("audit", "charter.yaml", "met.csv", "--confidence", "0.9999999999999999"),
                    "cmcore: error: invalid value for `--confidence`"),
    "no count": (("audit", "charter.yaml", "met.csv", "--missing", "-1"),
                 "cmcore: error: invalid value for `--missing`: `-1` is neither a count"),
    "endless count": (("audit", "charter.yaml", "met.csv", "--missing", "9" * 5000),
                      "cmcore: error: invalid value for `--missing`"),
    "no period": (("audit", "charter.yaml", "met.csv", "--every", "hour"),
                  "cmcore: error: invalid value for `--every`: `hour` is not one of"),
    "no second charter": (("compare", "charter.yaml", "no.yaml", "met.csv"), "no.yaml: error: no"),
    "no kind": (("schema", "rule"), "cmcore: error: invalid value for"),
}  # fmt: skip


@pytest.fixture(autouse=True)
def bad_files(run: Run) -> None:  # noqa: ARG001 - it makes the folder
    Path("binary.yaml").write_bytes(BINARY)
    Path("noending").write_text(CHARTER, encoding="utf-8")
    Path("nothing.yaml").write_text("", encoding="utf-8")
    Path("act.yaml").write_text("kind: publish\nknd: publish\n", encoding="utf-8")
    Path("list.json").write_text("[]", encoding="utf-8")
    Path("rows.csv").mkdir()
    Path("column.csv").write_text("id,knd\n", encoding="utf-8")


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_one_line_on_standard_error(run: Run, case: str) -> None:
    args, said = BAD[case]
    shown = run(*args)
    assert (shown.exit_code, shown.stdout) == (2, "")
    (line,) = shown.stderr.splitlines()
    assert line.startswith(said)
    assert not line.endswith(".")


#: Files that hold no charter, and what is said of each.
NO_CHARTERS: Final = {
    "no.yaml": ["no such file or directory"],
    "nothing.yaml": ["the document is empty"],
    "team.yaml": ["it holds a team, not a charter"],
    "rows.csv": ["is a directory"],
    "binary.yaml": ["the text is not in UTF-8"],
    "noending": ["the format of `noending` is unknown"],
    "list.json": ["expected a mapping, not a list"],
    "worse.json": ["`default` is missing", "the rule has no effect", "`because` is missing",
                   "`7` is not a mapping", "the charter has no circuit"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other"),
    [*pairwise([*NO_CHARTERS, "no.yaml"]), *((each, each) for each in NO_CHARTERS)],
)
def test_of_two_charters_what_is_wrong_with_each_is_said_once(
    run: Run, one: str, other: str
) -> None:
    Path("team.yaml").write_text("team: crew\nmembers:\n  - name: Ann\n", encoding="utf-8")
    Path("worse.json").write_text('{"charter": "shop", "rules": [{}, 7]}', encoding="utf-8")
    shown = run("compare", one, other, "no.csv")
    assert (shown.exit_code, shown.stdout) == (2, "")
    due = [(path, text) for path in dict.fromkeys((one, other)) for text in NO_CHARTERS[path]]
    for line, (path, text) in zip(shown.stderr.splitlines(), due, strict=True):
        assert line.startswith(path)
        assert text in line


def test_a_binary_history_is_unreadable_rows_or_one_line(run: Run) -> None:
    Path("binary.csv").write_bytes(HEADER.encode() + BINARY)
    assert run("audit", "charter.yaml", "binary.csv").exit_code in {1, 3}
    Path("binary.csv").write_bytes(BINARY)
    assert run("audit", "charter.yaml", "binary.csv").exit_code == 2


def test_json_never_mixes_with_errors(run: Run) -> None:
    assert run("decide", "charter.yaml", "act.yaml", "--json").stdout == ""


def test_no_permission_is_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(path: Path, _: str) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(Path, "open", closed)
    shown = run("decide", "charter.yaml", "--fact", "kind=publish")
    assert (shown.exit_code, shown.stderr) == (2, "charter.yaml: error: permission denied\n")


def test_a_missing_extra_names_the_command_that_installs_it(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(*_: object) -> None:
        raise MissingExtraError("PyYAML")

    monkeypatch.setattr(inputs, "read", missing)
    shown = run("decide", "charter.yaml", "--fact", "kind=publish")
    said = "cmcore: error: `PyYAML` is not installed (run `pip install 'cmcore[yaml]'`)\n"
    assert (shown.exit_code, shown.stderr) == (2, said)


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (KeyboardInterrupt(), 130, "\n"),
        (BrokenPipeError(errno.EPIPE, "Broken pipe"), 141, ""),
        (OSError(errno.ENOSPC, "No space left on device"), 2,
         "charter.yaml: error: no space left on device\n"),
        (OSError("odd"), 2, "charter.yaml: error: odd\n"),
    ],
)  # fmt: skip
def test_what_the_system_does_has_its_exit_code(
    run: Run, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, said: str
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(inputs, "read", fail)
    shown = run("decide", "charter.yaml", "--fact", "kind=publish")
    assert (shown.exit_code, shown.stdout, shown.stderr) == (code, "", said)


def test_a_complaint_that_cannot_be_written_changes_nothing(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("cmcore.cli.show.Console.print", full)
    shown = run("check", "nowhere.yaml")
    assert (shown.exit_code, shown.stderr) == (2, "")


@pytest.mark.parametrize("package", ["click", "rich"])
def test_a_missing_package_is_one_line_that_names_the_extra(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], package: str
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(SystemExit) as end:
        main(["--version"])
    assert end.value.code == 2
    said = f"cmcore: error: `{package}` is not installed (run `pip install 'cmcore[cli]'`)\n"
    assert capsys.readouterr().err == said


def test_a_process_without_outputs_still_ends_with_its_code(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, name, None)
    with pytest.raises(SystemExit) as end:
        main(["check", "charter.yaml"])
    assert end.value.code == 0
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        stream.close()


class TestProcess:
    """The same in a process of its own, as a shell starts it."""

    @staticmethod
    def start(*args: str, **options: Any) -> "subprocess.Popen[bytes]":  # noqa: ANN401 - as Popen has
        command = [sys.executable, "-m", "cmcore", *args]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options}
        return subprocess.Popen(command, **pipes)  # noqa: S603 - our own program

    def test_a_module_is_run_like_the_command(self) -> None:
        process = self.start("check", "signed.yaml")
        out, err = process.communicate()
        assert (process.returncode, err) == (0, b"")
        assert "shop, version 2: valid" in out.decode()

    def test_the_entry_point_is_the_same_function(self) -> None:
        assert cmcore.cli.main is main

    @pytest.mark.parametrize("args", [("--help",), ("check", "signed.yaml", "--json"),
                                      ("audit", "charter.yaml", "missed.csv")])  # fmt: skip
    def test_a_reader_that_goes_away_is_no_traceback(self, args: tuple[str, ...]) -> None:
        process = self.start(*args)
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()
        process.stderr.close()
        assert (process.wait(), said) == (141, b"")

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
    def test_a_full_disk_is_one_line(self) -> None:
        with Path("/dev/full").open("wb") as full:
            process = self.start("check", "signed.yaml", stdout=full)
            _, err = process.communicate()
        assert process.returncode == 2
        assert err == b"cmcore: error: no space left on device\n"

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
    def test_an_interruption_has_its_own_code(self) -> None:
        os.mkfifo("endless.csv")  # type: ignore[attr-defined,unused-ignore]
        process = self.start(
            "audit", "charter.yaml", "endless.csv",
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        )  # fmt: skip
        with Path("endless.csv").open("wb") as writer:  # waits for the command to read
            writer.write(HEADER.encode())
            writer.flush()
            process.send_signal(signal.SIGINT)
            _, err = process.communicate()
        assert process.returncode == 130
        assert b"Traceback" not in err


def test_no_control_character_gets_out() -> None:
    told = clean("a\x1b[2J\x07b\u202ec\ud800 d\n  e\u2028f\r\n")
    assert told == r"a\x1b[2J\x07b\u202ec\ud800 d e f"
    assert clean("à – ✓") == "à – ✓"


def test_a_file_that_is_wrong_is_named_before_what_is_wrong_with_it() -> None:
    error = BadFileError("team.yaml", [Problem.of("empty-emergency", "team")])
    assert error.text().startswith("team.yaml: team")
    assert error.text("fr").startswith("team.yaml: team")
