"""The sentences of all subjects make one table, in which no subject hides another's."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import cmcore
from cmcore.base.language import PROBLEMS, SENTENCES, Gathered

ROOT = Path(cmcore.__file__).parent


def test_no_code_is_of_two_subjects() -> None:
    for gathered in (SENTENCES, PROBLEMS):
        codes = Counter(code for table in gathered.tables.values() for code in table)
        assert [code for code, count in codes.items() if count > 1] == []
        assert {*codes} == {*gathered}
        assert len(codes) == len(gathered)


def test_no_folder_is_left_out() -> None:
    for module in ("sentences", "problems"):
        files = [*ROOT.glob(f"*/{module}.py"), *ROOT.glob(f"*/{module}/__init__.py")]
        folders = {path.relative_to(ROOT).parts[0] for path in files}
        found: Gathered[object] = Gathered(module)
        assert {*found.tables} == folders


def test_a_sentence_is_found_whatever_is_imported() -> None:
    code = "from cmcore.base.errors import Problem; print(Problem.of('no-chart', kind='x').message)"
    done = subprocess.run(  # noqa: S603 - our own interpreter and code
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout == "there is no chart of `x`\n"
