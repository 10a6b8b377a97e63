"""The table of ideas: every idea has a row, and every name in it stands for something."""

import re
from collections import Counter
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest

from cmcore import catalog
from cmcore.catalog.entries import Idea
from cmcore.organisations.checks.run import CHECKS

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "explanation" / "sources.md").read_text(encoding="utf-8")
IDEAS: list[Idea] = [*catalog.ideas.values()]
CARRIERS = sorted({carrier for idea in IDEAS for carrier in idea.carriers})
ENTRY = re.compile(r'catalog\.(\w+)\["(.+)"\]')
CHECK = re.compile(r'check "(.+)"')


def _tables() -> Any:  # noqa: ANN401 - a script
    spec = spec_from_file_location("tables", DOCS / ".site" / "tables.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    "name",
    [
        "explanation/sources.md",
        "how-to/audit-your-archive.md",
        "reference/checkup.md",
        "fr/ecrire-en-francais.md",
    ],
)
def test_the_tables_are_those_of_the_library(name: str) -> None:
    page = (DOCS / name).read_text(encoding="utf-8")
    assert _tables().refreshed(name, page) == page


def test_every_idea_has_a_row() -> None:
    rows = re.findall(r"^\| (\d{3}\.\d+\.\d+) \|", PAGE, re.MULTILINE)
    assert rows == [idea.id for idea in IDEAS]


@pytest.mark.parametrize("idea", IDEAS, ids=lambda idea: idea.id)
def test_an_idea_is_carried_by_something(idea: Idea) -> None:
    assert idea.carriers
    assert len({*idea.carriers}) == len(idea.carriers)


@pytest.mark.parametrize("carrier", CARRIERS)
def test_what_carries_an_idea_is_there(carrier: str) -> None:
    entry, check = ENTRY.fullmatch(carrier), CHECK.fullmatch(carrier)
    if entry:
        assert entry[2] in getattr(catalog, entry[1])
    elif check:
        assert check[1] in CHECKS
    else:
        home, _, name = carrier.rpartition(".")
        assert hasattr(import_module(home), name)


def test_ideas_are_numbered_from_one_without_a_hole() -> None:
    places: dict[str, list[int]] = {}
    for idea in IDEAS:
        places.setdefault(idea.section, []).append(int(idea.id.rpartition(".")[2]))
    for section, numbers in places.items():
        assert numbers == [*range(1, len(numbers) + 1)], section
    sections = Counter(section.partition(".")[0] for section in places)
    assert sections == {"000": 6, "001": 12, "002": 8, "003": 12, "004": 8}


def test_every_check_and_every_entry_of_the_catalog_carries_an_idea() -> None:
    entries = {
        f'catalog.{name}["{key}"]'
        for name in catalog.__all__
        if name.islower() and hasattr(getattr(catalog, name), "in_language") and name != "ideas"
        for key in getattr(catalog, name)
    }
    checks = {f'check "{code}"' for code in CHECKS}
    assert sorted((entries | checks) - {*CARRIERS}) == []
