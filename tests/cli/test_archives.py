"""The commands read archives of networks, and tables by maps of columns."""

import json
from pathlib import Path
from typing import Final

import pytest

from .conftest import Run

META: Final = (
    "Post ID,Account username,Description,Publish time\n"
    "2,lanterne,Two,03/27/2026 06:08\n1,lanterne,One,03/26/2026 18:12\n"
)
KEPT: Final = (
    "columns: {at: When, text: What}\ndates: DD.MM.YYYY HH:mm\nzone: Europe/Paris\n"
    "separator: ';'\nusual: {kind: publish}\n"
)


def write(name: str, text: str) -> None:
    Path(name).write_text(text, encoding="utf-8")


@pytest.fixture
def shop(run: Run) -> Run:
    """Return what runs a command in a folder with a charter, an archive and exports."""
    write("c.yaml", (
        "charter: c\ncircuits: {desk: [{ask: {role: lead}}]}\ndefault: desk\nrules:\n"
        "  - {permit: all, when: {kind: publish}, because: Fine.}\n"
    ))  # fmt: skip
    write("meta.csv", META)
    write("export.csv", "When;What\n02.03.2026 09:00;Hm\n")
    write("kept.yaml", KEPT)
    write("posts.json", '[{"media": [], "creation_timestamp": 1772438400, "title": "Hm"}]')
    return run


@pytest.mark.parametrize("asked", [
    "posts.json",
    "meta.csv --zone Europe/Paris",
    "meta.csv --zone Europe/Paris --columns meta-instagram",
    "export.csv --columns kept.yaml",
])  # fmt: skip
def test_all_of_an_archive_or_an_export_is_audited(shop: Run, asked: str) -> None:
    found = json.loads(shop(*f"audit c.yaml {asked} --json".split()).stdout)
    assert found["covered"] == found["total"] > 0


def test_what_is_wrong_names_the_file_in_both_languages(shop: Run) -> None:
    write("bad.zip", "no zip")
    assert "bad.zip: error: the archive is damaged" in shop("audit", "c.yaml", "bad.zip").stderr
    assert "archive est abîmée" in shop("audit", "c.yaml", "bad.zip", "--lang", "fr").stderr
    assert "says no time zone" in shop("audit", "c.yaml", "meta.csv").stderr
    assert shop("audit", "c.yaml", "meta.csv", "--zone", "Pari").exit_code == 2
