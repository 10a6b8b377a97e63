"""One line of a CSV file that stands alone: its cells, or none where a quote is broken."""

import pytest

from cmcore.codec.csvform import cells_of


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ("a,b", ["a", "b"]),
        ('a,"b ""c"", d",e', ["a", 'b "c", d', "e"]),
        ('a,"b', None),
        ('a,"b""', None),
        ('a,b"', None),
        ('a,"b"c', None),
    ],
)
def test_a_line_whose_quote_is_never_closed_has_no_cells_and_takes_no_other_line(
    line: str, cells: list[str] | None
) -> None:
    assert cells_of(line, ",") == cells
