"""What the library draws on the pages: a block of HTML that Markdown leaves alone."""

import re
import runpy
from pathlib import Path
from types import SimpleNamespace

import pytest

DOCS = Path(__file__).parents[2] / "docs"
PICTURES = runpy.run_path(str(DOCS / ".site" / "pictures.py"))


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("name", PICTURES["DRAWN"])
def test_a_picture_is_one_block(name: str, language: str) -> None:
    html = PICTURES["drawn"](name, language)

    assert "\n\n" not in html
    assert "<svg" in html or "<table" in html


@pytest.mark.parametrize("path", sorted(DOCS.glob("assets/[!l]*.svg")), ids=lambda path: path.stem)
def test_a_picture_that_stands_alone_has_colours_for_the_dark(path: Path) -> None:
    assert re.search(r"@media [^{]*\(prefers-color-scheme: ?dark\)", path.read_text("utf-8"))


def test_every_picture_is_on_both_landing_pages() -> None:
    for page in ("index.md", "fr/index.md"):
        asked = re.findall(
            r"^<!-- picture: (\w+) -->$", (DOCS / page).read_text("utf-8"), re.MULTILINE
        )
        assert asked == [*PICTURES["DRAWN"]]


def test_a_page_has_its_pictures_in_its_language() -> None:
    page = SimpleNamespace(file=SimpleNamespace(src_uri="fr/index.md"))
    told = PICTURES["on_page_markdown"]("<!-- picture: week -->\n", page=page)

    assert "lun." in told
    assert "Mon" not in told
