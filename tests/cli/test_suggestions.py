"""`cmcore suggest`: a charter to begin with, from a history."""

import json
from pathlib import Path

import pytest

from cmcore import Charter, Context, audit, read, read_history
from cmcore.charters import BLANK, Earlier, Suggestion
from cmcore.codec.files import structure

from .conftest import Run

ROW = "p{n},2026-03-{day:02}T{hour:02}:00+00:00,publish,mastodon,{media}\n"


@pytest.fixture(autouse=True)
def _posts(run: Run) -> None:
    del run  # which goes into a folder of its own
    rows = [ROW.format(n=n, day=1 + n // 2, hour=9 + n % 2, media="photo") for n in range(40)]
    rows += [ROW.format(n=40, day=29, hour=3, media="video")]
    Path("posts.csv").write_text("id,at,kind,network,media\n" + "".join(rows), encoding="utf-8")


def test_what_is_saved_covers_as_much_as_it_says(run: Run) -> None:
    asked = ("suggest", "posts.csv", "--from-start", "--save", "begin.yaml", "--json")
    told = run(*asked)
    assert told.exit_code == 0, told.output
    found = structure(json.loads(told.stdout), Suggestion)
    assert (found.covered, found.total) == (40, 41)
    begun = read("begin.yaml", Charter)
    assert begun == found.charter
    history = read_history("posts.csv", begun)
    assert audit(begun, history, context=Context(earlier=Earlier())).covered == 40
    assert "40 acts of 41" in Path("begin.yaml").read_text(encoding="utf-8")


def test_it_speaks_french_and_so_does_the_charter(run: Run) -> None:
    told = run(
        "suggest", "posts.csv", "--lang", "fr", "--save", "debut.yaml", "--zone", "Asia/Tokyo"
    )
    assert told.exit_code == 0, told.output
    assert "une charte qui couvre 92,7\xa0%" in told.output.replace("\u202f", "\xa0")
    begun = read("debut.yaml", Charter)
    assert begun.zone == "Asia/Tokyo"
    assert "Publié" in begun.rules[0].because
    assert (begun.id, begun.default, begun.rules[0].id) == ("ébauche", "relecture", "publication")
    assert "publication" in told.output
    assert "`publish`" not in told.output


def test_what_is_named_by_the_library_alone_is_not_shown_and_acts_are_in_french(run: Run) -> None:
    rows = Path("posts.csv").read_text(encoding="utf-8").splitlines()
    told = run("suggest", "posts.csv", "--lang", "fr")
    assert "draft" not in told.output
    assert "p40 (ligne 42)" in told.output
    bare = "\n".join(row.partition(",")[2] for row in rows)
    Path("bare.csv").write_text(bare, encoding="utf-8")
    assert "  ligne 42" in run("suggest", "bare.csv", "--lang", "fr").output


def test_the_rules_of_a_draft_stay(run: Run) -> None:
    told = run("suggest", "posts.csv", "--on", "charter.yaml", "--json")
    found = structure(json.loads(told.stdout), Suggestion)
    before = read("charter.yaml", Charter)
    assert found.before == before
    assert found.charter.rules[: len(before.rules)] == before.rules


def test_what_a_draft_is_called_stays_in_french_too(run: Run) -> None:
    draft = "charter: owner\nversion: 1\ncircuits: {crisis: [{ask: {role: sales}, need: any}]}\n"
    rule = "rules:\n  - {forbid: publication, when: {kind: block}, because: No.}\n"
    Path("draft.yaml").write_text(f"{draft}default: crisis\n{rule}", encoding="utf-8")
    told = run("suggest", "posts.csv", "--on", "draft.yaml", "--lang", "fr", "--save", "c.yaml")
    assert told.exit_code == 0, told.output
    begun = read("c.yaml", Charter)
    assert (begun.id, begun.default) == ("owner", "crisis")
    assert [rule.id for rule in begun.rules] == ["publication", "publish", "busy-publish"]


def test_of_too_little_nothing_is_suggested(run: Run) -> None:
    told = run("suggest", "posts.csv", "--least", "99")
    assert told.exit_code == 3
    assert "0.0% of the history (0 of 41)" in told.output
    assert BLANK.default == "desk"
