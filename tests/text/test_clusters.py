"""Clusters of characters are those of wcwidth, which has the tables of Unicode."""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cmcore.text.graphemes import grapheme_count

wcwidth = pytest.importorskip("wcwidth")
SITE = Path(__file__).parents[2] / "docs" / ".site" / "clusters.py"
POINTS = sorted({
    point
    for name, table in vars(wcwidth.table_grapheme).items()
    if name.isupper()
    for first, last in table
    for point in range(first, min(last, first + 40) + 1)
})  # fmt: skip
letters = st.sampled_from("ab \r\n🎉🏽\u200d") | st.sampled_from(POINTS).map(chr)


@settings(max_examples=max(settings().max_examples, 400))
@given(st.text(letters, max_size=9))
def test_clusters_are_those_of_another_program(text: str) -> None:
    assert grapheme_count(text) == sum(1 for _ in wcwidth.iter_graphemes(text))


def test_the_classes_are_those_that_the_script_writes() -> None:
    spec = spec_from_file_location("clusters", SITE)
    assert spec is not None
    assert spec.loader is not None
    clusters = module_from_spec(spec)
    spec.loader.exec_module(clusters)
    written = "\n".join(clusters.written()) + "\n"
    assert written == clusters.PAGE.read_text(encoding="utf-8")
