"""The table of ideas: every idea has a row, and every name in it stands for something."""

import json
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
#: What the catalog says, in both languages, of each idea that it only puts into words.
WORDED = {
    "000.0.1": ("the brand", "la marque"),
    "000.0.3": ("eager to join", "enthousiaste"),
    "000.1.6": ("those it sponsors", "parraine"),
    "000.1.7": ("shop on the page", "boutique"),
    "000.4.11": ("marketing", "informatique"),
    "000.4.18": ("press relations", "relations presse"),
    "000.4.26": ("attention to detail", "souci du détail"),
    "000.4.33": ("forums", "forums"),
    "001.8.3": ("more than a pair of hands", "exécutant"),
    "002.1.4": ("behind the brand", "derrière la marque"),
    "002.2.4": ("groups of the trade", "groupes du métier"),
    "002.5.5": ("On strategy, on the site, on content", "site"),
    "002.6.4": ("Something playful", "ludique"),
    "003.1.4": ("Whoever directs is convinced first", "On convainc d'abord la direction"),
    "003.2.5": ("milestone", "ludique"),
    "003.6.3": ("pictures", "images"),
    "003.7.2": ("Paid posts", "publicités"),
    "003.10.1": ("Tools help with it", "Les outils y aident"),
    "003.11.1": ("play", "on joue"),
    "004.1.2": ("bloggers", "blogueurs"),
    "004.1.7": ("moderate comments", "modérer les commentaires"),
    "004.1.8": ("portals of the trade", "portails"),
    "004.1.10": ("feed and enliven accounts", "comptes"),
    "004.1.11": ("expert", "expert"),
    "004.3.3": ("search engines suggest", "moteurs de recherche"),
    "004.7.5": ("held responsible", "tenu pour responsable"),
}
DATA = Path(catalog.__file__).parent / "data"
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


def test_what_is_said_to_be_worded_is_listed() -> None:
    assert {idea.id for idea in IDEAS if idea.prose} == WORDED.keys()


@pytest.mark.parametrize("idea", [idea for idea in IDEAS if idea.prose], ids=lambda idea: idea.id)
def test_what_is_only_put_into_words_is(idea: Idea) -> None:
    entries = [entry for carrier in idea.carriers if (entry := ENTRY.fullmatch(carrier))]
    texts = [
        json.dumps(
            json.loads((DATA / f"{shelf}.json").read_text("utf-8"))[name], ensure_ascii=False
        )
        for shelf, name in (entry.groups() for entry in entries)
    ]

    assert [words for words in WORDED[idea.id] if not any(words in text for text in texts)] == []


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
