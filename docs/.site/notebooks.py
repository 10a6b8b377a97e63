"""Runs the notebooks of `docs/notebooks` and makes a page of each, with what its cells show.

The cells run in order in this very process, as they would in Jupyter; no kernel is started, and
nothing is fetched. `python docs/.site/notebooks.py FOLDER` writes the pages for a look at them.
"""  # noqa: INP001 - read by MkDocs, not a package

import ast
import base64
import contextlib
import io
import re
import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[1] / "notebooks"
CELL = re.compile(r"^# %%( \[markdown\])?[^\n]*\n", re.MULTILINE)
HEADER = re.compile(r"\A# ---\n.*?\n# ---\n", re.DOTALL)


def cells(source: str) -> Iterator[tuple[bool, str]]:
    """Yield the cells of a notebook in the percent format: whether it is prose, and its text."""
    parts = CELL.split(HEADER.sub("", source))[1:]
    for is_prose, text in zip(parts[::2], parts[1::2], strict=True):
        lines = (re.sub(r"^# ?", "", line) for line in text.strip().splitlines())
        yield bool(is_prose), "\n".join(lines) if is_prose else text.strip()


def page(notebook: Path) -> str:
    """Return a notebook as Markdown, with the outputs of its cells."""
    names: dict[str, Any] = {"__name__": "__main__"}
    parts: list[str] = []
    for is_prose, text in cells(notebook.read_text(encoding="utf-8")):
        parts += [text] if is_prose else [f"```python\n{text}\n```", shown(*run(text, names))]
    note = f"[This notebook]({notebook.name}) is a Python file that Jupyter opens with Jupytext."
    first, *rest = parts
    return "\n\n".join(part for part in [first, *rest, "---", note] if part) + "\n"


def run(source: str, names: dict[str, Any]) -> tuple[str, object]:
    """Run a cell, and return what it prints and the value of its last line."""
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(tree, "<cell>", "exec"), names)  # noqa: S102 - our own notebooks
        value = None
        if isinstance(last, ast.Expr):
            value = eval(compile(ast.Expression(last.value), "<cell>", "eval"), names)  # noqa: S307
    return printed.getvalue(), value


def shown(printed: str, value: object) -> str:
    """Return what stands under a cell, as one block of HTML without empty lines."""
    parts = [f"<pre>{escape(printed)}</pre>"] if printed else []
    if value is not None:
        parts.append(_html(value))
    if not parts:
        return ""
    told = re.sub(r"\n\s*\n", "\n", "".join(parts))
    return f'<div class="cm-output" tabindex="0" role="group" aria-label="Output">{told}</div>'


def _html(value: Any) -> str:  # noqa: ANN401 - whatever a cell shows
    if type(value).__module__.startswith("altair."):
        return _chart(value)
    if hasattr(value, "_repr_mimebundle_"):
        return str(value._repr_mimebundle_(include=None, exclude=None)["text/html"])
    if hasattr(value, "_repr_html_"):
        return str(value._repr_html_())
    return f"<pre>{escape(repr(value))}</pre>"


def _chart(value: Any) -> str:  # noqa: ANN401 - a chart of Altair
    """Draw a chart as an image, which needs no script to be seen."""
    import vl_convert

    spec = value.to_dict()
    svg = vl_convert.vegalite_to_svg(spec)
    data = base64.b64encode(svg.encode()).decode("ascii")
    return f'<img alt="{escape(_described(spec))}" src="data:image/svg+xml;base64,{data}">'


def _described(spec: Any) -> str:  # noqa: ANN401 - any part of a specification
    """Return the first description in a specification."""
    if isinstance(spec, dict):
        return str(
            spec.get("description") or next(filter(None, map(_described, spec.values())), "")
        )
    return next(filter(None, map(_described, spec)), "") if isinstance(spec, list) else ""


def on_files(files: Any, config: Any) -> Any:  # noqa: ANN401 - what MkDocs hands over
    """Add a page for each notebook."""
    from mkdocs.structure.files import File

    for notebook in sorted(FOLDER.glob("*.py")):
        name = f"notebooks/{notebook.stem}.md"
        files.append(File.generated(config, name, content=page(notebook)))
    return files


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    for path in sorted(FOLDER.glob("*.py")):
        (target / f"{path.stem}.md").write_text(page(path), encoding="utf-8")
