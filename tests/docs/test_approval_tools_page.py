"""Every row of the page on approval tools is shown by a test that exists."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "explanation" / "approval-tools.md").read_text("utf-8")
TOOLS = ["cmcore", "policy-bot", "Prow", "Sprout", "Hootsuite", "ServiceNow", "PolicyKit"]
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.splitlines()
    if line.startswith("|")
]
NOTES = re.findall(r"^\[\^(\w+)\]: `(tests/[\w/]+\.py)`, `(test_\w+)`$", PAGE, re.MULTILINE)


def names_of(path: str) -> set[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize(("path", "name"), [note[1:] for note in NOTES])
def test_a_test_that_the_page_names_exists(path: str, name: str) -> None:
    assert name in names_of(path)


def test_each_row_has_one_note_and_each_note_a_row() -> None:
    heads, _, *rows = ROWS
    assert heads[1:] == TOOLS
    assert len(rows) >= 10
    assert [re.findall(r"\[\^(\w+)\]$", row[1]) for row in rows] == [[note[0]] for note in NOTES]


def test_each_row_compares_us_with_somebody() -> None:
    for row in ROWS:
        assert len(row) == 1 + len(TOOLS)
    for _, _, *others in ROWS[2:]:
        assert {*others} - {"–"}
