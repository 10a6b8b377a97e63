"""Histories whose columns and keys are called in French, as those of files of acts are."""

import csv
import json
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given

from cmcore import Act, Charter, InvalidError, parse, read_history, unstructure
from cmcore.charters import Case, Unreadable
from cmcore.codec.columns import columns
from cmcore.codec.french import in_french, key_in_french
from cmcore.strategies import acts

CHARTER = parse(
    """
charter: town
labels: {tone: [soft, hard], auteur: flag}
events: [launch]
circuits: {desk: [{ask: {role: editor}}]}
default: desk
""",
    Charter,
)
#: Fact -> a cell of it in English and in French.
CELLS = {
    "kind": ("publish", "publication"),
    "at": ("2026-03-01T09:00+01:00", "2026-03-01T09:00+01:00"),
    "paid": ("yes", "oui"),
    "duration": ("1.5 h", "1,5 h"),
    "in_reply_to.tone": ("angry", "en colère"),
    "author.contract": ("internship", "stage"),
    "event.launch": ("2026-03-01T09:00+01:00", "2026-03-01T09:00+01:00"),
    "holiday": ("no", "non"),
    "tone": ("soft", "soft"),
}


def told(folder: Path, *lines: list[str]) -> list[Case | Unreadable]:
    path = folder / "history.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(lines)
    return list(read_history(path, CHARTER))


def test_every_column_may_be_called_in_french(tmp_path: Path) -> None:
    names = [name for name in columns(CHARTER.vocabulary) if name != "author"]
    cells = {name: CELLS.get(name, ("", "")) for name in names}
    english = told(tmp_path, names, [cells[name][0] for name in names])
    french = told(
        tmp_path,
        [name if name in CHARTER.labels else key_in_french(name) for name in names],
        [cells[name][1] for name in names],
    )
    assert french == english
    assert isinstance(french[0], Case)
    assert french[0].act.kind == "publish"
    assert french[0].context.events["launch"] is not None


def test_the_names_of_the_charter_are_its_own(tmp_path: Path) -> None:
    (row,) = told(tmp_path, ["auteur", "type"], ["oui", "blocage"])
    assert isinstance(row, Case)
    assert (row.act.labels["auteur"], row.act.author, row.act.kind) == (True, None, "block")


def test_a_column_that_is_turned_down_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "history.csv"
    path.write_text("type,texte\nPhoto,a\n", encoding="utf-8")
    (row,) = read_history(path, CHARTER, columns={"kind": None})
    assert isinstance(row, Case)
    assert (row.act.kind, row.act.text) == (None, "a")


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["texte", "text"], "`texte` and `text` are the same key"),
        (["texte", "résau"], "there is no fact `résau` (did you mean `réseau`?)"),
    ],
)
def test_columns_in_both_languages_and_slips_are_told(
    tmp_path: Path, names: list[str], said: str
) -> None:
    with pytest.raises(InvalidError) as refused:
        told(tmp_path, names, ["a", "b"])
    assert said in str(refused.value)
    assert [problem.line for problem in refused.value.problems] == [1]


def test_what_is_nearly_french_is_left_alone_in_an_english_header(tmp_path: Path) -> None:
    (row,) = told(tmp_path, ["text", "réseauu"], ["a", "b"])
    assert isinstance(row, Case)


def test_what_is_wrong_in_a_row_is_told_of_its_own_columns(tmp_path: Path) -> None:
    (row,) = told(tmp_path, ["type", "sponsorisé"], ["chanter", "peut-être"])
    assert isinstance(row, Unreadable)
    assert [problem.path for problem in row.problems] == [("type",), ("sponsorisé",)]


# ------------------------------------------------------------------------------------- JSON lines


def lines(
    folder: Path,
    *rows: object,
    columns: dict[str, str | None] | None = None,
    charter: Charter = CHARTER,
) -> list[Any]:
    path = folder / "history.jsonl"
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return list(read_history(path, charter, columns=columns))


@given(acts())
def test_an_act_in_french_is_the_act(tmp_path_factory: pytest.TempPathFactory, act: Act) -> None:
    english = unstructure(attrs.evolve(act, id=None, labels={}))
    plain = attrs.evolve(CHARTER, labels={})
    folder = tmp_path_factory.mktemp("acts")
    rows = lines(folder, english, in_french(english, Act), charter=plain)
    assert [attrs.evolve(row, place="") for row in rows[1:]] == [attrs.evolve(rows[0], place="")]


def test_a_context_beside_an_act_is_in_french_too(tmp_path: Path) -> None:
    (row,) = lines(
        tmp_path, {"acte": {"type": "blocage"}, "contexte": {"incident": {"ouvert": True}}}
    )
    assert (row.act.kind, row.context.incident.open) == ("block", True)


def test_the_names_of_the_charter_and_of_a_map_are_its_own(tmp_path: Path) -> None:
    (row,) = lines(tmp_path, {"auteur": True, "type": "blocage"})
    assert (row.act.labels["auteur"], row.act.author, row.act.kind) == (True, None, "block")
    (row,) = lines(tmp_path, {"texte": "a", "moment": "fb", "type": "blocage"},
                   columns={"text": "texte", "network": "moment"})  # fmt: skip
    assert (row.act.kind, row.act.text, row.act.network, row.act.at) == ("block", "a", "fb", None)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"texte": "a", "text": "b"}, "text: `text` et `texte` sont la même clé"),
        ({"type": "blocage", "txte": "b"}, "txte: il n’existe pas de fait `txte`"),
        ({"texte": 3}, "texte: `3` n’est pas du texte"),
        (
            {"acte": {"type": "blocage", "texts": "b"}},
            "texts: il n’existe pas de fait `texts`",
        ),
        ({"type": "chanter"}, "type: `type` ne vaut jamais `chanter`"),
        ({"contexte": {"incident": 3}, "acte": {"type": "blocage"}}, "contexte.incident: "),
    ],
)
def test_what_is_wrong_in_a_line_is_told_of_its_own_keys(
    tmp_path: Path, row: dict[str, object], said: str
) -> None:
    (made,) = lines(tmp_path, row)
    assert isinstance(made, Unreadable)
    (problem,) = made.problems
    assert problem.text("fr").replace("\xa0:", ":").startswith(said)


def test_a_key_that_is_nearly_french_is_left_alone_in_an_english_line(tmp_path: Path) -> None:
    (row,) = lines(tmp_path, {"text": "a", "réseauu": "b", "x" * 999: "c"})
    assert isinstance(row, Case)
