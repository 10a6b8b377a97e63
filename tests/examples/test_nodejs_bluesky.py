"""The shipped example: its audit agrees with a count made by hand, row by row, on the records."""

import csv
import os
import runpy
import subprocess
import sys
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Final

import pytest

from cmcore import Audit, Charter, audit, read, read_history
from cmcore.charters import Verdict
from cmcore.charters.charter import USUAL_TARGET

ROOT: Final = Path(__file__).parents[2]
EXAMPLE: Final = ROOT / "examples" / "nodejs-bluesky"
SHARED: Final = Path(os.environ.get("CMCORE_SHARED", ROOT.parent / "shared"))
RECORDS: Final = SHARED / "data" / "nodejs-social"

#: Read off the 86 records, one after the other, without the script.
BY_HAND: Final = {
    ("release", "publish"): 4,
    ("release", "share"): 25,
    ("meeting", "share"): 35,
    ("automation-test", "publish"): 1,
    ("feature", "share"): 3,
    ("content", "publish"): 3,
    ("content", "reply"): 1,
    ("help-request", "publish"): 1,
    ("help-request", "reply"): 2,
    ("security", "share"): 3,
    ("event", "publish"): 2,
    ("collaborator", "share"): 1,
    ("article", "share"): 1,
    ("", "share"): 4,
}
TOTAL: Final = 86
COVERED: Final = 64
#: Rules, whether they could not be told, and how many acts; no rule: nothing permits it.
CAUSES: Final = [
    (("news-and-requests",), False, 10),
    ((), False, 8),
    (("news-and-requests",), True, 4),
]
UNTOLD: Final = ["2024-12-14-0", "2024-12-19-0", "2025-01-09-0", "2025-01-09-1"]
#: How many pieces a row of the table of the README has, the empty ones at its ends included.
CELLS: Final = 8
COLUMNS: Final = ["id", "at", "kind", "network", "topics", "links", "in_reply_to.ours"]


def rows() -> list[dict[str, str]]:
    with (EXAMPLE / "history.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def charter() -> Charter:
    return read(EXAMPLE / "charter.yaml", Charter)


def audited() -> Audit:
    return audit(charter(), read_history(EXAMPLE / "history.csv", charter()))


def test_the_history_has_86_rows_of_facts_in_order_of_time() -> None:
    found = rows()
    instants = [datetime.fromisoformat(row["at"]) for row in found]
    assert len(found) == TOTAL
    assert list(found[0]) == COLUMNS
    assert instants == sorted(instants)
    assert len({row["id"] for row in found}) == TOTAL


def test_the_history_names_nobody_and_quotes_nothing() -> None:
    text = (EXAMPLE / "history.csv").read_text(encoding="utf-8")
    assert "profile" not in text
    assert "@" not in text
    assert " " not in text


def test_the_topics_are_those_counted_by_hand() -> None:
    assert Counter((row["topics"], row["kind"]) for row in rows()) == BY_HAND
    assert [row["id"] for row in rows() if not row["topics"]] == UNTOLD


def test_every_reply_answers_ourselves_and_nothing_else_does() -> None:
    assert all((row["in_reply_to.ours"] == "yes") == (row["kind"] == "reply") for row in rows())


def test_the_audit_agrees_with_the_count_by_hand() -> None:
    found = audited()
    assert (found.total, found.covered) == (TOTAL, COVERED)
    assert (found.exceptions, found.forbidden) == (TOTAL - COVERED, 0)
    assert [(cause.rules, cause.unknown, cause.count) for cause in found.causes] == CAUSES
    assert {cause.circuits for cause in found.causes} == {("tsc",)}
    assert found.verdict is Verdict.MISSED
    assert not found.unreadable


def test_what_each_permit_carries_agrees_with_the_count_by_hand() -> None:
    carried = {tally.rule: tally.determined for tally in audited().rules}
    assert carried == {
        "automation-tests": 0,
        "meetings": BY_HAND["meeting", "share"],
        "news-and-requests": 14,
        "releases": BY_HAND["release", "publish"] + BY_HAND["release", "share"],
    }
    assert audited().never_fired == ("automation-tests",)
    wanting = {"appropriate": BY_HAND["automation-test", "publish"], "topics": BY_HAND["", "share"]}
    assert dict(audited().wanting) == wanting


def test_the_charter_leaves_its_target_to_the_default() -> None:
    assert "target" not in (EXAMPLE / "charter.yaml").read_text(encoding="utf-8")
    assert charter().target == USUAL_TARGET
    assert all(rule.source for rule in charter().rules)


def test_the_readme_tells_the_same_counts() -> None:
    table = (EXAMPLE / "README.md").read_text(encoding="utf-8")
    told = [line for line in table.splitlines() if line.startswith(("| `", "| unknown"))]
    counts = {
        cells[1].strip("` "): tuple(int(cell or 0) for cell in map(str.strip, cells[2:6]))
        for cells in (line.split("|") for line in told)
        if len(cells) == CELLS
    }
    for topic in {topic for topic, _ in BY_HAND}:
        each = tuple(BY_HAND.get((topic, kind), 0) for kind in ("publish", "share", "reply"))
        assert counts.pop(topic or "unknown") == (*each, sum(each))
    assert not counts


def test_the_demo_runs_and_says_that_the_target_is_missed() -> None:
    command = [sys.executable, str(EXAMPLE / "demo.py")]
    done = subprocess.run(  # noqa: S603 - our own script
        command,
        capture_output=True,
        check=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    assert "target missed: 74.4% covered (64 of 86)" in done.stdout
    assert "covered if `appropriate` is yes" in done.stdout
    assert "✓ covered" in done.stdout
    assert not done.stderr


@pytest.mark.skipif(not RECORDS.is_dir(), reason="the records are not here")
def test_the_history_is_what_the_script_makes_of_the_records(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["categorise.py", str(RECORDS)])
    runpy.run_path(str(EXAMPLE / "categorise.py"), run_name="__main__")
    assert capsys.readouterr().out == (EXAMPLE / "history.csv").read_text(encoding="utf-8")


def test_the_script_asks_for_its_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["categorise.py"])
    with pytest.raises(SystemExit, match=r"usage: python categorise\.py FOLDER"):
        runpy.run_path(str(EXAMPLE / "categorise.py"), run_name="__main__")
