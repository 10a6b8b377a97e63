"""Every clause of the page is read as it is written there, within a charter."""

import re
from pathlib import Path
from typing import Any

import pytest

from cmcore import Charter, structure
from cmcore.codec.documents import parse_document

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "what-a-charter-can-say.md"
TEXT = PAGE.read_text(encoding="utf-8")
BEGINNING = re.findall(r"```yaml title=\"clauses.yaml\"\n(.*?)```", TEXT, re.DOTALL)[0]
ROWS = re.findall(r"^\| ([^`|]+) \| (`.*`) \|$", TEXT, re.MULTILINE)


def _with(beginning: dict[str, Any], written: str) -> dict[str, Any]:
    """Return a charter with what is written: a condition or circuits are those of a rule."""
    key, _, rest = written.partition(": ")
    data: dict[str, Any] = parse_document(f"{key}: {rest}\n", "yaml")
    rule = {"refer": "clause", "to": "desk", "because": "So the clause says."} | data
    if key in {"when", "to"}:
        return beginning | {"rules": [*beginning.get("rules", []), rule]}
    if isinstance(data[key], dict):
        return beginning | {key: beginning.get(key, {}) | data[key]}
    return beginning | data


@pytest.mark.parametrize(("clause", "written"), ROWS, ids=[clause for clause, _ in ROWS])
def test_a_clause_is_read_as_it_is_written(clause: str, written: str) -> None:
    data: dict[str, Any] = parse_document(BEGINNING, "yaml")
    for one in re.findall("`([^`]+)`", written):
        data = _with(data, one)
    assert structure(data, Charter).id == "clauses", clause


def test_no_row_is_left_out() -> None:
    rows = [line for line in TEXT.splitlines() if line.startswith("| ") and "`" in line]
    assert len(rows) == len(ROWS)
