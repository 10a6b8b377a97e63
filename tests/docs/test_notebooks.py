"""The notebooks run from top to bottom, as Python, as pages of the site and in Jupyter."""

import asyncio
import importlib.util
import os
import re
import runpy
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import jupytext
import nbclient
import pytest

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "docs" / "notebooks").glob("*.py"))


def site() -> ModuleType:
    """Return what makes the pages of the site."""
    path = ROOT / "docs" / ".site" / "notebooks.py"
    spec = importlib.util.spec_from_file_location("site_notebooks", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


by_name = pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)


def test_there_are_four() -> None:
    assert [path.stem for path in NOTEBOOKS] == [
        "believe-a-classifier",
        "design-a-team",
        "replay-a-crisis",
        "tune-a-charter",
    ]


@by_name
def test_a_notebook_runs_as_python(notebook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    runpy.run_path(str(notebook))


PICTURES = {
    "believe-a-classifier": [
        'aria-label="is_8: the scores of 449 examples',
        'alt="Shares called wrongly of each digit',
    ],
    "design-a-team": ["0/1 ✗", "The week: people on duty / needed"],
    "replay-a-crisis": ['aria-label="What happened', 'aria-label="circuit crisis'],
    "tune-a-charter": ['aria-label="Covered share. 74.4%', "<code>appropriate</code> vaut oui"],
}


@by_name
def test_its_page_shows_what_its_cells_show(
    notebook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    page = site().page(notebook)
    assert page.startswith("# ")
    assert page.count("```python") == notebook.read_text(encoding="utf-8").count("\n# %%\n")
    assert page.count("<div") == page.count("</div>")
    assert all(told in page for told in PICTURES[notebook.stem])
    assert "data:image/svg+xml;base64," in page
    assert not re.search(r"(?:src|href)=.?https?:", page)


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("x = 1", ""),
        ("print('a < b')", "<pre>a &lt; b\n</pre>"),
        ("1 + 1", "<pre>2</pre>"),
    ],
)
def test_a_cell_shows_what_it_prints_and_its_last_line(source: str, told: str) -> None:
    pages = site()
    assert told in pages.shown(*pages.run(source, {}))


def test_the_notebooks_run_in_jupyter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, sys.path)))
    shown: list[Any] = []
    for path in NOTEBOOKS:
        notebook = jupytext.read(path)
        client = nbclient.NotebookClient(notebook, timeout=120, resources={
            "metadata": {"path": str(path.parent)}})  # fmt: skip
        asyncio.run(client.async_execute())
        shown += [out for cell in notebook.cells for out in cell.get("outputs", [])]
    assert {out["output_type"] for out in shown} == {"execute_result"}
    assert any('role="img"' in out["data"].get("text/html", "") for out in shown)
