"""`cmcore checkup`: an organisation in a file, checked by somebody who does not program."""

import json
from pathlib import Path
from typing import Any

import pytest

from cmcore import Organisation, checkup, read, structure
from cmcore.organisations import Checkup
from cmcore.organisations.questions import QUESTIONS, THEMES

from .conftest import Run

AT = "2026-03-02T09:00+01:00"
SHOP = """\
organisation: shop
zone: Europe/Paris
team: {team: shop, roles: [communicator], members: {rose: {roles: communicator}}}
incidents: []
objectives: [sales]
practices: [{report: 2026-02-20}]
contact: rose
does not apply: {departments: Two people do everything.}
"""


@pytest.fixture(autouse=True)
def _shop(run: Run) -> None:
    del run  # which goes into a folder of its own
    Path("shop.yaml").write_text(SHOP, encoding="utf-8")


def test_every_check_is_about_one_theme() -> None:
    told = [code for codes in THEMES.values() for code in codes]
    assert sorted(told) == sorted({code for codes in QUESTIONS.values() for code in codes})


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_each_check_is_shown_once_by_theme_with_what_to_do(run: Run, lang: Any) -> None:  # noqa: ANN401
    shown = run("checkup", "shop.yaml", "--at", AT, "--lang", lang).stdout
    found = checkup(read("shop.yaml", Organisation), structure_at())
    lines = shown.splitlines()
    for check in found.checks.values():
        (line,) = [one for one in lines if f" {check.name(lang)}  " in one]
        assert check.evidence(lang) in line
        assert check.advice(lang) in line
    assert ("Two people do everything." in shown) == (lang in {"en", "fr"})
    assert lines[0] == f"✗ {found.by_theme(lang).title}"


def structure_at() -> Any:  # noqa: ANN401 - an instant
    from datetime import datetime

    return structure(AT, datetime)


def test_the_texts_that_ask_may_group_what_is_checked(run: Run) -> None:
    shown = run("checkup", "shop.yaml", "--at", AT, "--by", "text", "--question", "001.4")
    assert "001.4" in shown.stdout
    assert "The ten commandments (001)" in shown.stdout


def test_json_is_the_checkup_itself(run: Run) -> None:
    shown = run("checkup", "shop.yaml", "--at", AT, "--json")
    found = structure(json.loads(shown.stdout), Checkup)
    assert found == checkup(read("shop.yaml", Organisation), structure_at())


@pytest.mark.parametrize(
    ("question", "code"), [("000.1", 0), ("000.4", 1), ("001.8", 1), ("001.7", 3)]
)
def test_the_code_says_whether_something_falls_short(run: Run, question: str, code: int) -> None:
    assert run("checkup", "shop.yaml", "--at", AT, "--question", question).exit_code == code


def test_nothing_checked_is_told(run: Run) -> None:
    Path("none.yaml").write_text("organisation: a\ndoes not apply: {'001.7': We count nobody.}\n")
    found = run("checkup", "none.yaml", "--question", "001.7")
    assert (found.exit_code, "nothing was checked" in found.stderr) == (3, True)


def test_without_a_moment_it_is_now(run: Run) -> None:
    assert run("checkup", "shop.yaml", "--question", "000.1").exit_code == 0


def test_what_is_wrong_is_told_of_every_file(run: Run) -> None:
    Path("bad.yaml").write_text("organisation: o\nteam: teem.yaml\nneeds: shop.yaml\n", "utf-8")
    shown = run("checkup", "bad.yaml")
    assert shown.exit_code == 2
    assert [line.partition(" error")[0] for line in shown.stderr.splitlines()] == [
        "bad.yaml:2:",
        "shop.yaml:1:",
    ]
    odd = run("checkup", "shop.yaml", "--question", "001.66")
    assert (odd.exit_code, odd.stderr[:7]) == (2, "cmcore:")
    assert "--question" in odd.stderr
    assert "did you mean `001.6`" in odd.stderr


def test_rows_of_a_history_that_do_not_read_are_told(run: Run) -> None:
    circuit = "{charter: c, circuits: {d: [{ask: {role: communicator}}]}, default: d}"
    text = f"{SHOP}charter: {circuit}\nhistory: history.csv\n"
    Path("shop.yaml").write_text(text, encoding="utf-8")
    Path("history.csv").write_text("kind,at\npublish,soon\n", encoding="utf-8")
    shown = run("checkup", "shop.yaml", "--at", AT)
    assert "shop.yaml: warning: line 2: at: " in shown.stderr
