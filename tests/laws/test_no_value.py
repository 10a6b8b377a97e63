"""No value: what programs write where there is nothing is no word, and no text, of any act."""

from json import dumps
from pathlib import Path
from typing import Any, Final

import attrs
import polars as pl
import pytest

from cmcore import Act, Charter, Outcome, decide
from cmcore.base.characters import PLACEHOLDERS, is_damaged
from cmcore.charters import Unreadable
from cmcore.codec import parse, read_history
from cmcore.frames import decide_frame

CHARTER: Final = """
charter: one
labels: {{place: symbol, themes: symbols, aside: text, mood: [none, calm]}}
circuits: {{desk: [{{ask: {{role: editor}}}}]}}
default: desk
rules:
  - permit: all
    because: Nothing is against it.
  - forbid: budget
    when: {{{name}: {asked}}}
    because: Not ours to say.
"""
TEXTS: Final = ("text", "aside")
SETS: Final = ("topics", "media", "mentions", "hashtags", "themes")
WORDS: Final = ("network", "account", "language", "place")
LABELS: Final = ("place", "themes", "aside")
#: As spreadsheets, Python, R, databases, pandas and JavaScript write it.
WRITTEN: Final = (
    *("#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NOM?", "nan", "NaN", "None", "NULL"),
    *("\\N", "<NA>", "undefined", "N/A", "NA", " nan "),
)
#: UTF-8 that was read as Windows-1252, and Windows-1252 that was read as Latin-1.
DAMAGED: Final = ("caf\xc3\xa9", "l\xe2\u20ac\u2122eau", "r\x92", "voil\xc3\xa0", "\xc5\u201cuf")
#: What people write.
SOUND: Final = (
    *(
        "voilà\xa0»",
        "IRMÃ…",
        "AMANHÃ” disse",
        "NÃO",
        "ÂGÉ",
        "parlâ…",
        "é”…",
        "AÑO»",
        "l’œuf",
        "5 €",
    ),
    *("#N/A is an error", "none of it", "nan bread", "Null Island", "#none"),
)


def charter_of(name: str) -> Charter:
    """Return a charter that covers whatever does not say what is forbidden."""
    asked = "{mentions: [budget]}" if name in TEXTS else "[de]"
    return parse(CHARTER.format(name=name, asked=asked), Charter)


def act_of(name: str, given: str) -> Act:
    """Return an act that says one thing."""
    told: Any = frozenset([given]) if name in SETS else given
    return Act(labels={name: told}) if name in LABELS else attrs.evolve(Act(), **{name: told})


def row_of(written: str, charter: Charter, file: Path) -> Any:  # noqa: ANN401
    """Return the one row of a file, read."""
    file.write_text(written, encoding="utf-8")
    (row,) = read_history(file, charter)
    return row


@pytest.mark.parametrize("name", [*TEXTS, *SETS, *WORDS])
class TestNoValue:
    """A placeholder, or a damaged word, never passes for a word that is known."""

    def test_an_act_that_holds_one_is_not_covered(self, name: str) -> None:
        charter = charter_of(name)
        assert decide(charter, act_of(name, "fr")).outcome is Outcome.COVERED
        for given in (*WRITTEN, *DAMAGED):
            assert decide(charter, act_of(name, given)).outcome is not Outcome.COVERED, given

    def test_a_row_of_a_file_that_holds_one_is_unreadable(self, name: str, tmp_path: Path) -> None:
        charter = charter_of(name)
        for given in (*WRITTEN, *DAMAGED):
            cell = row_of(f"id,{name}\n1,{given}\n", charter, tmp_path / "a.csv")
            line = row_of(dumps({name: given}), charter, tmp_path / "a.jsonl")
            assert isinstance(cell, Unreadable), given
            assert isinstance(line, Unreadable), given
            assert [one.code for one in cell.problems] == [one.code for one in line.problems]
            assert cell.problems[0].hint

    def test_a_row_of_a_frame_that_holds_one_is_not_covered(self, name: str) -> None:
        given = [*WRITTEN, *DAMAGED, "fr"]
        frame = pl.DataFrame({name: [[one] for one in given] if name in SETS else given})
        found = decide_frame(charter_of(name), frame)["outcome"].to_list()
        assert "covered" not in found[:-1]
        assert found[-1] == "covered"


@pytest.mark.parametrize("written", ["a|", "|a", "a| |", "a||b", "|", " | "])
def test_a_word_that_was_lost_makes_a_row_unreadable(written: str, tmp_path: Path) -> None:
    charter = charter_of("topics")
    cell = row_of(f"id,topics\n1,{written}\n", charter, tmp_path / "a.csv")
    line = row_of(dumps({"topics": written.split("|")}), charter, tmp_path / "a.jsonl")
    assert isinstance(cell, Unreadable)
    assert cell.problems == line.problems
    assert [problem.code for problem in cell.problems] == ["empty-word"]


def test_a_label_may_list_such_a_word_among_its_values(tmp_path: Path) -> None:
    charter = parse(CHARTER.format(name="mood", asked="none"), Charter)
    row = row_of("id,mood\n1,None\n", charter, tmp_path / "a.csv")
    assert decide(charter, row.act).outcome is Outcome.FORBIDDEN
    frame = decide_frame(charter, pl.DataFrame({"mood": ["none", "calm", "nan"]}))
    assert frame["outcome"].to_list() == ["forbidden", "covered", "exception"]


def test_what_people_write_is_no_damage() -> None:
    assert [text for text in SOUND if is_damaged(text)] == []


def test_the_table_says_them_without_case() -> None:
    assert {word.lower() for word in PLACEHOLDERS} == PLACEHOLDERS
