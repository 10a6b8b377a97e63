"""The page on speed tells the figures that are kept, and shows what is drawn from them."""

import json
import re
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/explanation/fast.md"
ASSETS = ROOT / "docs/assets"


def telling() -> Any:  # noqa: ANN401 - a script, not a package
    spec = spec_from_file_location("telling", ROOT / "benchmarks/telling.py")
    assert spec
    assert spec.loader
    found = module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


def test_the_tables_are_those_of_the_figures(tmp_path: Path) -> None:
    figures = json.loads((ASSETS / "fast.json").read_text(encoding="utf-8"))
    fresh = Path(copyfile(PAGE, tmp_path / "fast.md"))
    telling().write(figures, fresh)
    assert fresh.read_text(encoding="utf-8") == PAGE.read_text(encoding="utf-8")


def test_every_table_has_its_place() -> None:
    marks = re.findall(r"<!-- figures: (\w+) -->", PAGE.read_text(encoding="utf-8"))
    assert sorted(marks) == sorted(telling().TABLES)


@pytest.mark.parametrize(
    "name", ["fast-rules", "fast-neutral", "fast-rows", "fast-words", "fast-long"]
)
def test_a_picture_says_what_it_shows(name: str) -> None:
    drawn = (ASSETS / f"{name}.svg").read_text(encoding="utf-8")
    assert "<title " in drawn
    assert "<desc " in drawn
    assert f"](../assets/{name}.svg)" in PAGE.read_text(encoding="utf-8")
