"""What commands print in French of the examples is set as French has it."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest
from tests.laws.test_french_problems import english_in
from tests.laws.test_typography import findings

from cmcore.cli.catalogs import SHELVES

from .conftest import Run

EXAMPLES: Final = Path(__file__).parents[2] / "examples"
COMMANDS: Final = (
    *(f"checkup {one}/organisation.yaml --at 2026-03-02T09:00+01:00" for one in (
        "florist", "car-maker", "town-hall")),
    *(f"due {one}/organisation.yaml --at 2026-03-02T09:00+01:00" for one in (
        "florist", "car-maker", "town-hall")),
    *(f"coverage {one}/team.yaml {one}/needs.yaml --start 2026-03-02" for one in (
        "florist", "car-maker", "brand-team")),
    *(f"assign {one}/team.yaml {one}/needs.yaml --start 2026-03-02" for one in (
        "florist", "car-maker", "brand-team")),
    *(f"circuit {one}/charter.yaml" for one in (
        "florist", "car-maker", "town-hall", "brand-team", "nodejs-bluesky", "desk")),
    *(f"check {one}/charter.yaml --deep" for one in ("florist", "car-maker", "town-hall")),
    *(f"incident replay incidents/{one}.yaml --playbook incidents/playbook.yaml" for one in (
        "aquarelle", "digiorno", "la-redoute", "nestle", "united", "us-airways")),
    ("incident replay car-maker/recall.yaml --playbook car-maker/playbook.yaml "
    "--charter car-maker/charter.yaml"),
    "audit nodejs-bluesky/charter.yaml nodejs-bluesky/history.csv --explain 3",
    "requests town-hall/requests.jsonl --desk town-hall/desk.yaml --at 2026-03-02T09:00+01:00",
    "suggest nodejs-bluesky/history.csv",
    "compare florist/charter.yaml car-maker/charter.yaml",
    "catalog",
    "catalog roles",
)  # fmt: skip
#: What people wrote in the examples, in English or with marks of their own; marks of tones; rules.
OWN: Final = re.compile(r"«[^»]*»| — .*|(?:^|· )[✗?✓] |[│─]+")


@pytest.fixture
def printed(run: Run, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    """Return what prints a command's French, among the examples."""
    monkeypatch.chdir(EXAMPLES)

    def told(command: str) -> str:
        shown = run(*command.split(), "--lang", "fr")
        assert shown.exit_code in {0, 1, 3}, shown.stderr
        return shown.stdout

    return told


@pytest.mark.parametrize("command", COMMANDS)
def test_what_a_command_prints_is_set_as_french_has_it(
    printed: Callable[[str], str], command: str
) -> None:
    cells = re.split(r" {2,}|\n", OWN.sub("  ", printed(command)))
    assert [found for cell in cells for found in findings(cell.strip(" "), "fr")] == []


#: Commands about what is written in French, and about the catalog, which has a French of its own.
IN_FRENCH: Final = (
    *(f"{command} town-hall/organisation.yaml --at 2026-03-02T09:00+01:00" for command in (
        "checkup", "due")),
    "circuit town-hall/charter.yaml",
    "check town-hall/charter.yaml --deep",
    "check town-hall/organisation.yaml",
    "audit town-hall/charter.yaml nodejs-bluesky/history.csv",
    *(f"decide town-hall/charter.yaml --fact type={kind}" for kind in (
        "publication", "suppression")),
    "requests town-hall/requests.jsonl --desk town-hall/desk.yaml --at 2026-03-02T09:00+01:00",
    "detect town-hall/requests.jsonl",
    "catalog",
    *(f"catalog {shelf}" for shelf in SHELVES),
)  # fmt: skip
#: Ids that the catalog and people chose: with a hyphen, and the one that reads as a word.
IDS: Final = re.compile(r"\w+(?:-\w+)+|^ +it ", re.MULTILINE)


@pytest.mark.parametrize("command", IN_FRENCH)
def test_what_a_command_prints_of_french_has_no_word_of_english(
    printed: Callable[[str], str], command: str
) -> None:
    assert english_in(IDS.sub(" ", printed(command))) == []
