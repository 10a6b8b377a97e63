"""What is wrong with an option is said once, of that option, and never of a file beside it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path
from typing import Final

import click
import pytest

from cmcore.cli.app import app
from cmcore.cli.given import Whole

from .conftest import Run
from .test_watch import TEAM, log

NEEDS: Final = "needs: social\nhours: [Mon-Fri 09:00-17:00]\n"
PLAIN: Final = "needs: social\nlanguages: {fr: 1}\n"
DESK: Final = "desk: care\ntargets: [1 h]\nroutes: [communicator]\n"
MARCH: Final = "2026-03-02"
COVERAGE: Final = "coverage team.yaml needs.yaml"
ASSIGN: Final = "assign team.yaml needs.yaml"
STAFFING: Final = "staffing log.jsonl --handling 8min"
CIRCUIT: Final = f"circuit charter.yaml --team team.yaml --start {MARCH}"
WRONG: Final = [
    (COVERAGE, "--start"),
    (f"{COVERAGE} --stop {MARCH}", "--start"),
    (f"coverage team.yaml plain.yaml --stop {MARCH}", "--start"),
    (f"{COVERAGE} --start {MARCH} --stop 2026-03-01", "--stop"),
    (f"{COVERAGE} --start {MARCH} --stop 2046-03-01", "--stop"),
    (f"{COVERAGE} --start 9999-12-31", "--start"),
    (f"{COVERAGE} --start 2026-13-01", "--start"),
    (f"{COVERAGE} --start {MARCH} --absent -1", "--absent"),
    (ASSIGN, "--start"),
    (f"{ASSIGN} --stop {MARCH}", "--start"),
    (f"assign team.yaml plain.yaml --stop {MARCH}", "--start"),
    (f"{ASSIGN} --start {MARCH} --stop {MARCH}", "--stop"),
    (f"{ASSIGN} --start {MARCH} --stop 2046-03-01", "--stop"),
    (f"{ASSIGN} --start {MARCH} --pin maud=cook", "--pin"),
    (f"{ASSIGN} --start {MARCH} --without zoe", "--without"),
    ("circuit charter.yaml --team team.yaml", "--start"),
    (f"circuit charter.yaml --team team.yaml --stop {MARCH}", "--start"),
    (f"circuit charter.yaml --start {MARCH}", "--start"),
    (f"{CIRCUIT} --stop 2026-03-01", "--stop"),
    (f"{CIRCUIT} --stop 2046-03-01", "--stop"),
    (f"{CIRCUIT} --author zoe", "--author"),
    (f"{CIRCUIT} --circuit x", "--circuit"),
    ("staffing log.jsonl --handling -1min", "--handling"),
    ("staffing log.jsonl --handling 0min", "--handling"),
    (f"{STAFFING} --within -1h", "--within"),
    (f"{STAFFING} --share 3", "--share"),
    (f"{STAFFING} --zone Pars", "--zone"),
    (f"{STAFFING} --role communicator", "--role"),
    (f"{STAFFING} --stop {MARCH}", "--start"),
    (f"{STAFFING} --start {MARCH} --stop 2026-03-01", "--stop"),
    (f"{STAFFING} --start {MARCH} --stop 2096-03-01", "--stop"),
    (f"{STAFFING} --team team.yaml --role cook", "--role"),
    ("detect log.jsonl --window -1h", "--window"),
    ("detect log.jsonl --window 1h --window 8d", "--window"),
    ("detect log.jsonl --every 0h", "--every"),
    ("detect log.jsonl --every -1h --slide 5min --false-alarms 3", "--every"),
    ("detect log.jsonl --slide 2h", "--slide"),
    ("detect log.jsonl --false-alarms -1", "--false-alarms"),
    ("detect log.jsonl --false-alarms nan", "--false-alarms"),
    ("detect log.jsonl --zone Pars", "--zone"),
    ("detect log.jsonl --at 0001-01-01T00:00Z", "--at"),
    (f"requests log.jsonl --at {MARCH}", "--at"),
    ("audit charter.yaml met.csv --confidence 1", "--confidence"),
    ("audit charter.yaml met.csv --missing -1", "--missing"),
    ("audit charter.yaml met.csv --explain -1", "--explain"),
    ("audit charter.yaml met.csv --separator ab", "--separator"),
    ("audit charter.yaml met.csv --fact kind", "--fact"),
    ("decide charter.yaml --fact kind=publish --at noon", "--at"),
    ("check charter.yaml --at noon", "--at"),
]


@pytest.fixture(autouse=True)
def files(run: Run) -> None:  # noqa: ARG001 - the folder it enters
    start = datetime(2026, 3, 2, tzinfo=UTC)
    log("log.jsonl", [start + timedelta(hours=hour) for hour in range(7 * 24 + 1)])
    texts = {"team": TEAM, "needs": NEEDS, "plain": PLAIN, "desk": DESK}
    for name, text in texts.items():
        Path(f"{name}.yaml").write_text(text, encoding="utf-8")


@pytest.mark.parametrize(("line", "flag"), WRONG)
def test_what_is_wrong_with_an_option_is_said_once_and_of_it(
    run: Run, line: str, flag: str
) -> None:
    shown = run(*line.split())
    assert (shown.exit_code, shown.stdout) == (2, "")
    (told,) = shown.stderr.splitlines()
    assert told.startswith("cmcore: error: ")
    assert flag in told


def whole_numbers(command: click.Command, *names: str) -> Iterator[tuple[str, str, int]]:
    """Yield the options of commands that are whole numbers, each with the least that it may be."""
    for name, one in getattr(command, "commands", {}).items():
        yield from whole_numbers(one, *names, name)
    for option in command.params:
        assert not isinstance(option.type, click.types.IntParamType) or isinstance(
            option.type, Whole
        ), "each whole number is refused alike"
        if isinstance(option.type, Whole):
            yield " ".join(names), option.opts[0], int(option.type.min or 0)


WHOLE: Final = sorted(whole_numbers(app))


@pytest.mark.parametrize(("command", "flag", "least"), WHOLE)
@pytest.mark.parametrize("given", ["1.5", "two", "", "-2"])
def test_a_whole_number_is_refused_for_what_it_is_not(
    run: Run, command: str, flag: str, least: int, given: str
) -> None:
    english = f"is less than {least}" if given == "-2" else "is not a whole number"
    french = f"est inférieur à {least}" if given == "-2" else "n’est pas un nombre entier"
    for language, said, hint in (
        ("en", english, f"{least} or more)"),
        ("fr", french, f"{least} au moins)"),
    ):
        shown = run(*command.split(), flag, given, "--lang", language)
        assert (shown.exit_code, shown.stdout) == (2, "")
        (told,) = [line for line in shown.stderr.splitlines() if flag in line]
        assert f"`{flag}`" in told
        assert f"`{given}` {said}" in told
        assert hint in told


def test_there_are_options_that_are_whole_numbers() -> None:
    flags = {flag for _, flag, _ in WHOLE}
    assert flags == {"--explain", "--budget", "--least", "--absent"}


SEVERAL: Final = [
    ("--every", "fortnight"),
    ("--missing", "-3"),
    ("--confidence", "much"),
    ("--explain", "-1"),
    ("--zone", "Pars"),
    ("--since", "2026-13-01"),
]


@pytest.mark.parametrize("wrong", [pair for n in (1, 2, 6) for pair in combinations(SEVERAL, n)])
@pytest.mark.parametrize("files", ["", "charter.yaml met.csv "])
def test_every_option_that_is_wrong_is_told(
    run: Run, files: str, wrong: tuple[tuple[str, str], ...]
) -> None:
    done = run(*f"audit {files}{' '.join(word for pair in wrong for word in pair)}".split())
    told = done.stderr.splitlines()
    assert (done.exit_code, done.stdout) == (2, "")
    assert [sum(f"`{name}`" in line for line in told) for name, _ in wrong] == [1] * len(wrong)
    assert len(told) == len(wrong) + 2 * (not files)


def test_an_option_that_there_is_not_is_told_alone(run: Run) -> None:
    assert len(run(*["audit", "--every", "fortnight", "--nope"]).stderr.splitlines()) == 1


@pytest.mark.parametrize("words", ["--every fortnight --help", "--help --missing -3"])
def test_help_that_is_asked_for_is_given_whatever_else_is_wrong(run: Run, words: str) -> None:
    done = run(*f"audit {words}".split())
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith("Usage")
