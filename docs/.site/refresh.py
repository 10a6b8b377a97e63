"""Write the real outputs into the pages: `make refresh`, then read the difference.

Every `pycon` block is run line by line, and every `console` block that calls `cmcore`; what they
print takes the place of what the page said. Blocks with a title are written beside them as files.
The tests never change a page: they only fail where it is no longer true.
"""

import contextlib
import doctest
import io
import os
import re
import subprocess
import sys
import tempfile
import textwrap
import traceback
from functools import partial
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings

ROOT = Path(__file__).parents[2]
FENCE = re.compile(r"^([ ]*)```(\w+)([^\n]*)\n(.*?)^\1```[ ]*$", re.MULTILINE | re.DOTALL)
TITLE = re.compile(r'title="([^"]+)"')
NOT_RUN = ("$ pip", "$ git", "$ make")


def refresh(page: Path) -> bool:
    """Bring a page up to date, and tell whether it changed."""
    text = page.read_text(encoding="utf-8")
    names: dict[str, Any] = {"__name__": "__main__"}
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        Path("examples").symlink_to(ROOT / "examples")
        fresh = FENCE.sub(partial(_block, names), text)
    if fresh != text:
        page.write_text(fresh, encoding="utf-8")
    return fresh != text


def _block(names: dict[str, Any], fence: re.Match[str]) -> str:
    indent, language, options, body = fence.groups()
    source = textwrap.dedent(body)
    title = TITLE.search(options)
    if language in {"python", "pycon"}:
        if not source.startswith(">>>"):
            exec(source, names)  # noqa: S102 - our own examples
            return fence[0]
        source = "".join(_piece(piece, names) for piece in doctest.DocTestParser().parse(source))
    elif language == "console":
        source = _console(source)
    elif title:
        Path(title[1]).write_text(source, encoding="utf-8")
        return fence[0]
    return f"{indent}```{language}{options}\n{textwrap.indent(source, indent)}{indent}```"


def _piece(piece: str | doctest.Example, names: dict[str, Any]) -> str:
    if isinstance(piece, str):
        return piece
    first, *rest = piece.source.splitlines()
    asked = "".join([f">>> {first}\n", *(f"... {line}".rstrip() + "\n" for line in rest)])
    told = io.StringIO()
    with contextlib.redirect_stdout(told):
        try:
            exec(compile(piece.source, "<page>", "single"), names)  # noqa: S102 - our own examples
        except Exception as error:  # noqa: BLE001 - a page may show any error
            told.write("Traceback (most recent call last):\n  ...\n")
            told.write("".join(traceback.format_exception_only(error)))
    if doctest.ELLIPSIS in piece.options:
        return asked + piece.want
    lines = told.getvalue().splitlines()
    return asked + "".join(f"{line or '<BLANKLINE>'}\n" for line in lines)


def _console(source: str) -> str:
    commands = [line for line in source.splitlines() if line.startswith("$ ")]
    ours = any("cmcore " in line for line in commands)
    if not ours or any(line.startswith(NOT_RUN) for line in commands):
        return source
    told, status = [], 0
    for line in commands:
        script = f'cmcore() {{ "{sys.executable}" -m cmcore "$@"; }}\n(exit {status})\n{line[2:]}'
        run = subprocess.run(
            ["bash", "-c", script],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            env={**os.environ, "COLUMNS": "100"},
        )
        status = run.returncode
        told += [f"{line}\n", run.stdout]
    return "".join(told)


if __name__ == "__main__":
    settings.register_profile("pages", suppress_health_check=[HealthCheck.too_slow])
    settings.load_profile("pages")  # as the tests do: a busy machine is slow to draw
    chosen = [Path(name).resolve() for name in sys.argv[1:]]
    for path in chosen or [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]:
        print(f"{'changed' if refresh(path) else 'same   '} {path.relative_to(ROOT)}")
