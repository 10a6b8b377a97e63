"""The page on six crises: what an expert would say of each, and that `conduct` says the same."""

import re
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Final

import pytest

from cmcore import Charter, Incident, Playbook, conduct, read
from cmcore.incidents import Conduct

ROOT: Final = Path(__file__).parents[2]
FOLDER: Final = ROOT / "examples" / "incidents"
PAGE: Final = ROOT / "docs" / "explanation" / "six-crises.md"
#: Heading on the page -> file.
CASES: Final = {
    "Aquarelle": "aquarelle",
    "Nestlé": "nestle",
    "La Redoute": "la-redoute",
    "US Airways": "us-airways",
    "DiGiorno": "digiorno",
    "United": "united",
}
#: What everybody remembers each case for.
BLUNDERS: Final = {
    "aquarelle": {"stop-writing", "reproach", "deletions", "settled"},
    "nestle": {"takedown", "no-logos", "deletions", "manners", "censorship"},
    "la-redoute": set[str](),
    "us-airways": {"picture", "statement"},
    "digiorno": {"joke"},
    "united": {"overbooked", "letter"},
}
#: Duties on what an act does not say: that it keeps them is no praise of it.
LISTS: Final = {"nobody-is-silenced", "nobody-is-blamed"}
_ROW: Final = re.compile(r"^\| `([a-z-]+)` \| (.+?) \| (.+?) \| \S (.+?) \|$", re.MULTILINE)

Told = dict[tuple[str, str], set[str]]


@cache
def replayed(case: str) -> Conduct:
    return conduct(
        read(FOLDER / f"{case}.yaml", Incident),
        read(FOLDER / "playbook.yaml", Playbook),
        read(FOLDER / "charter.yaml", Charter),
    )


def said(case: str) -> Told:
    """Return, for each duty and verdict, the first event that each finding names."""
    found: Told = defaultdict(set)
    for one in replayed(case).findings:
        if not one.code.startswith("covered"):
            found[one.duty, str(one.standing)].update(one.events[:1])
    return found


def expected(case: str) -> Told:
    found: Told = defaultdict(set)
    text = PAGE.read_text(encoding="utf-8")
    heading = next(name for name, file in CASES.items() if file == case)
    section = text.partition(f"\n## {heading}")[2].partition("\n## ")[0]
    for duty, events, expert, standing in _ROW.findall(section):
        assert expert.endswith((".", "?"))
        found[duty, standing].update(re.findall(r"`([a-z-]+)`", events))
    return found


@pytest.mark.parametrize("case", CASES.values())
def test_conduct_says_what_an_expert_would(case: str) -> None:
    assert said(case) == expected(case)


@pytest.mark.parametrize("case", CASES.values())
def test_every_duty_has_its_line(case: str) -> None:
    duties = {duty.id for duty in read(FOLDER / "playbook.yaml", Playbook).duties}
    assert {duty for duty, _ in expected(case)} == duties


@pytest.mark.parametrize(("case", "blunders"), BLUNDERS.items())
def test_nothing_speaks_for_a_blunder(case: str, blunders: set[str]) -> None:
    for one in replayed(case).of("kept"):
        if one.duty not in LISTS:
            assert blunders.isdisjoint(one.events[:1])


def test_a_true_correction_breaches_nothing() -> None:
    for case in CASES.values():
        for one in replayed(case).of("breached"):
            assert not one.events[0].startswith(("not-", "apology", "full-", "second-"))
    kept = [one.code for one in replayed("united").of("kept") if one.events[0] == "not-overbooked"]
    assert "correction kept" in kept
    assert "claim kept" in kept


@pytest.mark.parametrize("case", ["us-airways", "digiorno"])
def test_the_offence_is_in_no_finding(case: str) -> None:
    offence = read(FOLDER / f"{case}.yaml", Incident).opened.about
    assert offence
    assert not any({*offence} & {*one.events} for one in replayed(case).findings)
