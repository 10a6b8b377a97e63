"""The page of problems and the type of their codes say what the tables say."""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import get_args

import pytest

from cmcore.base.codes import Code, HintCode
from cmcore.base.language import HINTS, PROBLEMS

PATH = Path(__file__).parents[2] / "docs" / ".site" / "problems.py"
spec = spec_from_file_location("problems", PATH)
assert spec is not None
assert spec.loader is not None
made = module_from_spec(spec)
spec.loader.exec_module(made)


def test_type_checkers_know_every_code() -> None:
    assert {*get_args(Code)} == {*PROBLEMS}
    assert {*get_args(HintCode)} == {*HINTS}
    assert made.CODES.read_text("utf-8") == made.codes_text()


@pytest.mark.parametrize("code", PROBLEMS)
def test_the_page_lists_every_code(code: str) -> None:
    assert f"| `{code}` |" in made.PAGE.read_text("utf-8")


def test_the_page_is_what_the_tables_say() -> None:
    assert made.PAGE.read_text("utf-8") == made.page_text()
