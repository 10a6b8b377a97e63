"""Runs the examples of one page: in the reader's browser, and in the tests.

A page is a folder and a namespace. Its blocks come as steps, in order: a file to write, a script,
or a session, which shows the value of each expression as a Python prompt does.
"""  # noqa: INP001 - served with the site, not a package

import ast
import builtins
import contextlib
import io
import json
import os
import sys
import traceback
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, TypedDict


class Step(TypedDict):
    """A block of the page: `kind` is `file`, `script` or `session`; only files have names."""

    kind: str
    name: str
    text: str


class Shown(TypedDict):
    """What a statement showed, and whether it failed.

    A value that has HTML shows as HTML; `plain` is what it shows where there is none. `lacking`
    tells a failure for want of a package, which the browser may never have.
    """

    source: str
    text: str
    html: str
    plain: str
    failed: bool
    lacking: bool


class Page:
    """The state of a page: which steps were run, and the names and files they left."""

    def __init__(self, root: Path, examples: Path | None = None) -> None:
        self._root = root
        self._examples = examples
        self._folders = 0
        self._reset()

    def _reset(self) -> None:
        self._folders += 1
        self._done: list[Step] = []
        self._names: dict[str, Any] = {"__name__": "__main__"}
        # what was never made, by name, with the failure that is why
        self._lost: dict[str, Shown] = {}
        folder = self._root / f"page-{self._folders}"
        folder.mkdir(parents=True)
        if self._examples is not None:
            (folder / "examples").symlink_to(self._examples)
        self._folder = folder

    def run(self, steps: list[Step]) -> list[Shown]:
        """Run the steps, and return what the last one showed.

        Steps that ran before are not run again, as long as nothing before them has changed. The
        last one always runs, after all the others, as if for the first time.

        What needs a name that a failure left unmade is passed over: that failure is told once.
        """
        known = len(self._done)
        if known >= len(steps) or self._done != steps[:known]:
            self._reset()
            known = 0
        shown: list[Shown] = []
        before = Path.cwd()
        os.chdir(self._folder)
        try:
            for step in steps[known:]:
                shown = list(self._one(step))
                self._done.append(step)
        finally:
            os.chdir(before)
        return shown

    def _one(self, step: Step) -> Iterator[Shown]:
        if step["kind"] == "file":
            place = Path(step["name"])
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(step["text"], encoding="utf-8")
            return
        try:
            tree = ast.parse(step["text"])
        except SyntaxError:
            yield _shown("", text=_told(), failed=True)
            return
        if step["kind"] == "script":
            code = compile(step["text"], "<example>", "exec")
            run = partial(exec, code, self._names)
            yield self._reason(tree) or self._tried(tree, "", run)
            return
        lines = step["text"].splitlines()
        told: list[Shown] = []
        for statement in tree.body:
            reason = self._reason(statement)
            if reason is None:
                told.append(
                    self._tried(statement, _source(statement, lines), self._single(statement))
                )
                yield told[-1]
            elif reason not in told:
                told.append(reason)
                yield reason

    def _reason(self, code: ast.AST) -> Shown | None:
        """Return the failure that code cannot run for: then what it makes is lost, too."""
        needed = _read(code) - _made(code) - self._names.keys()
        reason = next((self._lost[name] for name in sorted(needed & self._lost.keys())), None)
        if reason is not None:
            self._lose(code, reason)
        return reason

    def _tried(self, code: ast.AST, source: str, act: Callable[[], None]) -> Shown:
        shown = _watch(source, act)
        if shown["failed"]:
            self._lose(code, shown)
        return shown

    def _lose(self, code: ast.AST, failure: Shown) -> None:
        self._lost |= dict.fromkeys(_made(code) - self._names.keys(), failure)

    def _single(self, statement: ast.stmt) -> Callable[[], None]:
        code = compile(ast.Interactive([statement]), "<example>", "single")
        return lambda: exec(code, self._names)  # noqa: S102 - the page's examples


def _read(code: ast.AST) -> set[str]:
    """Return the names that code reads."""
    names = (node for node in ast.walk(code) if isinstance(node, ast.Name))
    return {one.id for one in names if isinstance(one.ctx, ast.Load)}


def _made(code: ast.AST) -> set[str]:
    """Return the names that code gives a value to, defines or imports."""
    made: set[str] = set()
    for node in ast.walk(code):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            made.add(node.id)
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            made.add(node.name)
        elif isinstance(node, ast.alias):
            made.add(node.asname or node.name.partition(".")[0])
    return made


def _source(statement: ast.stmt, lines: list[str]) -> str:
    made = [each.lineno for each in getattr(statement, "decorator_list", ())]
    return "\n".join(lines[min([statement.lineno, *made]) - 1 : statement.end_lineno])


def _watch(source: str, act: Callable[[], None]) -> Shown:
    """Run something, and catch what it prints, shows and raises."""
    told = io.StringIO()
    rich: list[tuple[str, str]] = []
    failed = lacking = False
    hook = sys.displayhook
    sys.displayhook = lambda value: _show(value, rich)
    try:
        with contextlib.redirect_stdout(told), contextlib.redirect_stderr(told):
            try:
                act()
            except (Exception, SystemExit) as error:  # noqa: BLE001 - a reader may write anything
                failed, lacking = True, isinstance(error, ImportError)
                told.write(_told())
    finally:
        sys.displayhook = hook
    html, plain = ("".join(each) for each in zip(*rich, strict=True)) if rich else ("", "")
    return _shown(source, told.getvalue(), html, plain, failed=failed, lacking=lacking)


def _shown(  # noqa: PLR0913 - each has a name
    source: str, text: str, html: str = "", plain: str = "", *, failed: bool, lacking: bool = False
) -> Shown:
    return {
        "source": source,
        "text": text,
        "html": html,
        "plain": plain,
        "failed": failed,
        "lacking": lacking,
    }


def _show(value: object, rich: list[tuple[str, str]]) -> None:
    if value is None:
        return
    builtins._ = value  # type: ignore[attr-defined]  # as a Python prompt does
    for name, pick in (("_repr_mimebundle_", _html), ("_repr_html_", str)):
        teller = getattr(value, name, None)
        html = teller and pick(teller())
        if html:
            rich.append((html, f"{value!r}\n"))
            return
    print(repr(value))  # noqa: T201 - it is caught above


def _html(bundle: dict[str, str]) -> str:
    return bundle.get("text/html", "")


def _told() -> str:
    """Return the current error as text, with its line in the example where one is known."""
    kind, error, trace = sys.exc_info()
    places = [each.lineno for each in traceback.extract_tb(trace) if each.filename == "<example>"]
    where = f"line {places[-1]}: " if places else ""
    return where + "".join(traceback.format_exception_only(kind, error))


def answer(page: Page, asked: str) -> str:
    """Run steps given as JSON, and return what the last one showed, as JSON."""
    return json.dumps(page.run(json.loads(asked)))
