"""Every op stands on the page of conditions, and both columns of each row mean the same."""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from cmcore import days, fact, hours, minutes
from cmcore.charters import all_of, any_of, at_least
from cmcore.charters.conditions import condition as conditions
from cmcore.charters.conditions.facts import FactType, Label
from cmcore.charters.conditions.operators import TAKES
from cmcore.charters.conditions.vocabulary import Vocabulary
from cmcore.codec.conditions import read_condition
from cmcore.codec.documents import parse_document

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "conditions.md").read_text("utf-8")
#: The facts of the page: `due` is a label.
WORDS = Vocabulary({"due": Label(FactType.INSTANT)})
NAMES = {
    "all_of": all_of,
    "any_of": any_of,
    "at_least": at_least,
    "datetime": datetime,
    "days": days,
    "fact": fact,
    "hours": hours,
    "minutes": minutes,
}


def _section(title: str) -> str:
    return PAGE.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def rows(title: str) -> Iterator[list[str]]:
    for line in _section(title).splitlines():
        if line.startswith("| `"):
            cells = re.split(r"(?<!\\)\|", line.strip("|"))
            yield [cell.strip().strip("`").replace(r"\|", "|") for cell in cells]


def both(in_file: str, in_python: str) -> tuple[conditions.Condition, conditions.Condition]:
    data = parse_document(in_file, "yaml")
    made: conditions.Condition = eval(in_python, NAMES)  # noqa: S307 - the project's own page
    return read_condition(data, WORDS), made


@pytest.mark.parametrize("kind", FactType)
def test_every_op_of_a_type_stands_in_its_table(kind: FactType) -> None:
    told = {cells[0] for cells in rows(kind)}
    assert told == {str(op) for op in TAKES[kind]}


@pytest.mark.parametrize("kind", FactType)
def test_both_columns_of_a_row_are_the_op_it_names(kind: FactType) -> None:
    for op, in_file, in_python, _ in rows(kind):
        read, made = both(in_file, in_python)
        assert read == made
        assert [test.op for test in conditions.tests(read)] == [op]
        found = [WORDS.find(test.fact) for test in conditions.tests(read)]
        assert [spec and spec.type for spec in found] == [kind]


def test_both_columns_of_what_is_composed_are_alike() -> None:
    pairs = [both(*cells) for cells in rows("Combining conditions")]
    assert len(pairs) == 7
    assert [made for _, made in pairs] == [read for read, _ in pairs]
