"""The page of histories says how cells are written: flags in these words, and no others."""

import re
from pathlib import Path
from typing import Final

from hypothesis import given
from hypothesis import strategies as st

from cmcore import InvalidError
from cmcore.charters import FactType
from cmcore.codec.cells import CELL

PAGE = (Path(__file__).parents[2] / "docs" / "how-to" / "audit-a-history.md").read_text("utf-8")
FLAGS: Final = {
    word: told == "yes"
    for cell, told in re.findall(
        r"^\| (`.*) \| (yes|no), in capitals or not \|$", PAGE, re.MULTILINE
    )
    for word in re.findall("`(.+?)`", cell)
}
OTHERS: Final = [
    "oui",
    "non",
    "y",
    "n",
    "on",
    "off",
    "2",
    "-1",
    "1.0",
    "x",
    "t",
    "01",
    "\u0661",
    "\uff11",
]


def read(cell: str) -> bool | None:
    try:
        found: bool = CELL[FactType.FLAG](cell)
    except InvalidError:
        return None
    return found


@given(st.sampled_from(sorted(FLAGS)), st.sampled_from([str.lower, str.upper, str.title]))
def test_the_words_of_the_page_are_flags(word: str, case: type[str]) -> None:
    assert read(case(word)) is FLAGS[word]


@given(st.sampled_from(OTHERS) | st.text(max_size=5))
def test_no_other_word_is_a_flag(word: str) -> None:
    assert (read(word) is not None) == (word.lower() in FLAGS)
