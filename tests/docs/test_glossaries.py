"""The French glossary says as much as the English one."""

import re
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"
ROW = re.compile(r"^\| ([^|]+?) \| ([^|]+?) \| ([^|]+?) \|$", re.MULTILINE)


def rows(page: str) -> list[tuple[str, str, str]]:
    return ROW.findall((DOCS / page).read_text(encoding="utf-8"))[1:]


def test_the_french_glossary_has_every_word() -> None:
    english = {word for word, _, _ in rows("glossary.md")}
    assert english <= {word for _, word, _ in rows("fr/glossaire.md")}


def test_no_glossary_says_a_word_twice() -> None:
    for page, column in (("glossary.md", 0), ("fr/glossaire.md", 1)):
        words = [row[column] for row in rows(page)]
        assert sorted(set(words)) == sorted(words)
