"""`cmcore report`: a page to hand over, written to a file, printed, or within JSON."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from cmcore import Organisation, read
from cmcore.reports import report

from .conftest import Run

AT = "2026-03-02T09:00+01:00"
SHOP = """\
organisation: shop
name: The corner shop
team: team.yaml
charter: {charter: own, circuits: {desk: [{ask: {role: boss}}]}, default: desk, rules: []}
incidents: [lamps.yaml, {incident: late, events: [{opened: o, at: 2026-02-01T09:00+01:00}]}]
history: {file: history.csv}
"""
FILES = {
    "shop": SHOP,
    "boutique": "organisation: boutique\nnom: Chez Rose\néquipe: team.yaml\n",
    "team": "team: shop\nmembers: {rose: {name: Rose, roles: boss}}\nroles: [boss]\n",
    "watched": "needs: shop\nhours: [{week: Mon 09:00-18:00, role: boss}]\n",
    "lamps": "incident: lamps\nevents: [{opened: o, at: 2026-02-01T09:00+01:00}]\n",
}


@pytest.fixture(autouse=True)
def _files(run: Run) -> None:
    del run  # which goes into a folder of its own
    for name, text in FILES.items():
        Path(f"{name}.yaml").write_text(text, encoding="utf-8")
    rows = "kind,at\npublish,2026-01-05T10:00+01:00\npublish,soon\n"
    Path("history.csv").write_text(rows, encoding="utf-8")


def test_the_page_is_that_of_the_library_with_the_names_of_the_files(run: Run) -> None:
    files = {"team": "team.yaml", "incidents": "lamps.yaml", "history": "history.csv"}
    given = read("shop.yaml", Organisation)
    page = report(given, datetime.fromisoformat(AT), "fr", title="Le bilan", files=files)
    asked = ("report", "shop.yaml", "--at", AT, "--lang", "fr", "--title", "Le bilan")
    printed = run(*asked)
    assert printed.exit_code == 0
    assert printed.stdout == page
    assert run(*asked, "--save", "report.html").stdout == ""
    assert Path("report.html").read_text(encoding="utf-8") == page
    assert json.loads(run(*asked, "--json").stdout) == {"files": files, "page": page}


def test_the_cover_says_what_was_read_and_how_much_of_it(run: Run) -> None:
    page = run("report", "shop.yaml", "--at", AT).stdout
    cover = page[page.index("<header") : page.index("</header>")]
    assert "<h1>Social media at The corner shop</h1>" in cover
    assert "1 person, 1 role" in cover
    assert "1 act, 1 unreadable row" in cover
    assert "2 incidents" in cover
    assert "cmcore 0" in cover


def test_a_file_in_french_names_its_parts_too(run: Run) -> None:
    page = run("report", "boutique.yaml", "--at", AT, "--lang", "fr").stdout
    assert "<h1>Chez Rose sur les réseaux sociaux</h1>" in page
    assert ">team.yaml<" in page


def test_by_default_the_report_is_that_of_now(run: Run) -> None:
    assert run("report", "shop.yaml").exit_code == 0


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("team.yaml",), "team.yaml"),
        (("none.yaml",), "none.yaml"),
        (("shop.yaml", "--at", "noon"), "--at"),
        (("shop.yaml", "--save", "no/where.html"), "no/where.html"),
    ],
)
def test_what_cannot_be_is_said_once(run: Run, args: tuple[str, ...], said: str) -> None:
    shown = run("report", *args)
    assert shown.exit_code == 2
    assert said in shown.stderr
    assert "Traceback" not in shown.stderr


#: Commands that draw what they show.
DRAWING = {
    "checkup": ("checkup", "shop.yaml", "--at", AT),
    "circuit": ("circuit", "charter.yaml"),
    "audit": ("audit", "charter.yaml", "met.csv"),
    "incident": ("incident", "replay", "lamps.yaml"),
    "compare": ("compare", "charter.yaml", "charter.yaml", "met.csv"),
    "assign": ("assign", "team.yaml", "watched.yaml", "--start", "2026-03-02"),
}


@pytest.mark.parametrize("args", DRAWING.values(), ids=list(DRAWING))
def test_a_command_draws_what_it_shows(run: Run, args: tuple[str, ...]) -> None:
    shown = run(*args, "--svg", "drawn.svg", "--lang", "fr")
    assert shown.stdout == run(*args, "--lang", "fr").stdout
    drawn = Path("drawn.svg").read_text(encoding="utf-8")
    assert drawn.startswith('<svg xmlns="http://www.w3.org/2000/svg" xml:lang="fr"')


def test_where_there_is_nothing_to_draw_no_file_is_made(run: Run) -> None:
    Path("needs.yaml").write_text("needs: shop\nlanguages: {fr: 1}\n", encoding="utf-8")
    shown = run("coverage", "team.yaml", "needs.yaml", "--svg", "drawn.svg")
    assert shown.exit_code == 2
    assert shown.stderr.startswith("--svg: error: there is nothing here to draw")
    assert not Path("drawn.svg").exists()


def test_a_drawing_calls_roles_by_the_names_of_the_team(run: Run) -> None:
    Path("own.yaml").write_text(
        "team: shop\nroles: {zz-17: {en: Owner of it all}}\nmembers:\n  rose: {roles: [zz-17]}\n",
        encoding="utf-8",
    )
    Path("asking.yaml").write_text(
        "charter: shop\ncircuits: {desk: [{ask: {role: zz-17}}]}\ndefault: desk\n", encoding="utf-8"
    )
    days = ("--start", "2026-03-02")
    shown = run("circuit", "asking.yaml", "--team", "own.yaml", *days, "--svg", "drawn.svg")
    assert shown.exit_code in {0, 1}, shown.stderr
    drawn = Path("drawn.svg").read_text(encoding="utf-8")
    assert "Owner of it all" in drawn
    assert "zz-17" not in drawn
