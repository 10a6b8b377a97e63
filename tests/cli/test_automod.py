"""`cmcore automod`: rules of AutoModerator looked over, and as a charter."""

import json
from pathlib import Path

import pytest

from cmcore import Charter, read
from cmcore.automoderator import AutomoderatorImport, lint_automoderator, read_automoderator
from cmcore.codec import structure

from .conftest import Run

FOUND = """\
titel: [lottery]
action: remove
---
title: cake
action: filter
---
title: x
set_flair: y
"""


def write(text: str) -> None:
    Path("rules.yaml").write_text(text, encoding="utf-8")


def test_findings_have_their_lines_and_rules_what_came_of_them(run: Run) -> None:
    write(FOUND)
    told = run("automod", "rules.yaml")
    assert told.exit_code == 1
    expected = "rules.yaml:1: warning: there is no field `titel` (did you mean `title`?)\n"
    assert told.stderr == expected
    cells = [line.split()[:4] for line in told.stdout.splitlines() if line[:6].strip().isdigit()]
    assert cells == [
        ["1", "1", "remove", "a"],
        ["2", "4", "filter", "whole"],
        ["3", "7", "not", "the"],
    ]


def test_as_json_it_is_the_value_with_what_is_found(run: Run) -> None:
    write(FOUND)
    told = run("automod", "rules.yaml", "--json", "--save", "charter.yaml")
    made = structure(json.loads(told.stdout), AutomoderatorImport)
    assert made.findings == lint_automoderator("rules.yaml")
    assert made.rules == read_automoderator("rules.yaml").rules
    assert read("charter.yaml", Charter) == made.charter
    assert not told.stderr


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (FOUND, 1),
        ("title: cake\naction: remove\n", 0),
        ("title (regex): ['(?<=a)b']\naction: remove\n", 3),
        ("title: [a\naction: remove\n", 1),
        ("", 2),
        ("title: cake\n", 1),
    ],
)
def test_the_exit_code_says_whether_something_is_found_or_open(
    run: Run, text: str, code: int
) -> None:
    write(text)
    assert run("automod", "rules.yaml").exit_code == code


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"a: " + b"x" * 2**21])
def test_what_is_no_file_of_rules_is_one_line(run: Run, data: bytes) -> None:
    Path("rules.yaml").write_bytes(data)
    told = run("automod", "rules.yaml")
    assert told.exit_code == 2
    assert told.stderr.startswith("rules.yaml")
    assert "Traceback" not in told.stderr
    assert run("automod", "nowhere.yaml").exit_code == 2


def test_in_french(run: Run) -> None:
    write(FOUND)
    told = run("automod", "rules.yaml", "--lang", "fr")
    assert "reprises en entier\u202f: 1 sur 3".replace("\u202f", "\xa0") in told.stdout
    assert "rules.yaml:1: avertissement" in told.stderr
