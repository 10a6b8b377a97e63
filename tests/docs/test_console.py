"""The commands of the documentation print what it says, and leave with the codes it says."""

import contextlib
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from cmcore.cli.app import app

DOCS = Path(__file__).parents[2] / "docs"
BLOCK = re.compile(r"^```(\w+)([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TITLE = re.compile(r'\btitle="([^"]+)"')
PAGES = [page for page in sorted(DOCS.rglob("*.md")) if "\n$ cmcore " in page.read_text("utf-8")]
TERMINAL = {"COLUMNS": "100", "NO_COLOR": "1"}
#: What a shell does something with: such a line is run by one, and its `cmcore` is a process.
SHELL_SIGNS = re.compile(r"[|<>;&$*~`]")
SHELL = 'cmcore() {{ "{python}" -m cmcore "$@"; }}\n(exit {code})\n{line}'


def run(line: str, code: int, folder: Path) -> tuple[str, int]:
    program, *words = shlex.split(line)
    if program != "cmcore" or SHELL_SIGNS.search(line):
        return run_in_shell(line, code, folder)
    with contextlib.chdir(folder):
        ended = CliRunner(env=TERMINAL).invoke(app, words, prog_name="cmcore")
    return ended.output, ended.exit_code


def run_in_shell(line: str, code: int, folder: Path) -> tuple[str, int]:
    script = SHELL.format(python=sys.executable, code=code, line=line)
    ended = subprocess.run(  # noqa: S603 - the project's own pages
        ["bash", "-c", script],  # noqa: S607
        cwd=folder,
        env={**os.environ, **TERMINAL},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    return ended.stdout, ended.returncode


def blocks(page: Path, folder: Path) -> Iterator[str]:
    """Write the files of a page as they come, and yield the sessions that run `cmcore`."""
    for language, options, text in BLOCK.findall(page.read_text(encoding="utf-8")):
        title = TITLE.search(options)
        if title:
            (folder / title[1]).write_text(text, encoding="utf-8")
        if language == "console" and "cmcore " in text and "$ pip" not in text:
            yield text


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_commands_of_a_page_do_what_it_says(page: Path, tmp_path: Path) -> None:
    (tmp_path / "examples").symlink_to(DOCS.parent / "examples")
    for text in blocks(page, tmp_path):
        printed, code = "", 0
        for line in re.findall(r"^\$ (.+)$", text, re.MULTILINE):
            out, code = run(line, code, tmp_path)
            printed += f"$ {line}\n{out}"
        assert printed == text


def test_there_are_pages_with_commands() -> None:
    assert {page.stem for page in PAGES} >= {"use-in-ci", "audit-a-history"}
