"""The two languages of the site: their pages, their searches, and what describes a page."""

import re
import runpy
from collections import Counter
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

DOCS = Path(__file__).parents[2] / "docs"
LANGUAGES = runpy.run_path(str(DOCS / ".site" / "languages.py"))
PAGES = {
    path.relative_to(DOCS).as_posix(): path.read_text("utf-8")
    for path in sorted(DOCS.rglob("*.md"))
}
TWINS = {
    twin[1]: name
    for name, text in PAGES.items()
    if name.startswith("fr/") and (twin := re.search(r"^english: (\S+)$", text, re.MULTILINE))
}
#: What a French page may leave out of its twin is said on it; a word of English is not.
LED = ("how-to/", "tutorial/", "index.md")
FENCE = re.compile(r"^ *```(\w+)[^\n]*\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
RUN = {"python", "pycon", "console", "yaml", "csv", "json"}


def page(name: str) -> Any:  # noqa: ANN401 - what stands for a page of MkDocs
    return SimpleNamespace(file=SimpleNamespace(src_uri=name), meta={})


def examples(text: str) -> Counter[str]:
    return Counter(language for language, _ in FENCE.findall(text) if language in RUN)


def headings(text: str) -> list[int]:
    return [len(found) for found in re.findall(r"^(#+) ", FENCE.sub("", text), re.MULTILINE)]


@pytest.mark.parametrize("twin", TWINS)
def test_a_twin_is_a_page(twin: str) -> None:
    assert twin in PAGES


@pytest.mark.parametrize("twin", [name for name in TWINS if name.startswith(LED)])
def test_a_twin_has_the_same_sections(twin: str) -> None:
    if not twin.endswith("index.md"):
        assert headings(PAGES[TWINS[twin]]) == headings(PAGES[twin])


@pytest.mark.parametrize("twin", [name for name in TWINS if name.startswith(LED)])
def test_a_twin_has_as_many_examples(twin: str) -> None:
    assert examples(PAGES[TWINS[twin]]) == examples(PAGES[twin])


def test_every_guide_and_tutorial_is_in_french_or_said_to_be_missing() -> None:
    led = {name for name in PAGES if name.startswith(LED)}
    guides = PAGES["fr/guides/index.md"]
    told = {f"how-to/{name}" for name in re.findall(r"\]\(\.\./\.\./how-to/([\w-]+\.md)\)", guides)}
    told |= {
        f"tutorial/{name}" for name in re.findall(r"\]\(\.\./\.\./tutorial/([\w-]+\.md)\)", guides)
    }
    assert led - TWINS.keys() == told


@pytest.mark.parametrize("name", [name for name in PAGES if name.startswith("fr/")])
def test_a_french_page_leads_to_no_english_one_that_is_in_french(name: str) -> None:
    folder = (DOCS / name).parent
    linked = re.findall(r"\]\(([^)#\s]+\.md)", PAGES[name])
    paths = {(folder / link).resolve().relative_to(DOCS.resolve()).as_posix() for link in linked}
    assert paths & {twin for twin in TWINS if twin.startswith(LED)} == set()


def test_the_search_is_named() -> None:
    text = '<div class="md-search" data-md-component="search" role="dialog">'

    assert 'aria-label="Recherche">' in LANGUAGES["on_post_page"](text, page("fr/index.md"))
    assert 'aria-label="Search">' in LANGUAGES["on_post_page"](text, page("index.md"))


@pytest.mark.parametrize(("base", "own"), [("..", "."), ("../..", ".."), ("../../..", "../..")])
def test_a_french_page_looks_into_its_own_index(base: str, own: str) -> None:
    text = f'{{"base": "{base}", "features": []}}'

    assert (
        LANGUAGES["on_post_page"](text, page("fr/x.md")) == f'{{"base": "{own}", "features": []}}'
    )
    assert LANGUAGES["on_post_page"](text, page("x.md")) == text


def test_an_index_is_divided_and_nothing_of_it_is_lost() -> None:
    docs = [{"location": "how-to/x/"}, {"location": "fr/"}, {"location": "fr/guides/x/#a"}]
    whole = {"config": {"lang": ["en", "fr"], "separator": " "}, "docs": docs}
    english, french = LANGUAGES["in_english"](whole), LANGUAGES["in_french"](whole)

    assert english == {"config": {"lang": ["en"], "separator": " "}, "docs": docs[:1]}
    assert [one["location"] for one in french["docs"]] == ["", "guides/x/#a"]
    assert french["config"]["lang"] == ["fr"]


@pytest.mark.parametrize("word", ["équipe", "Instagram", "exception", "heure", "9", "h", "mot"])
def test_a_french_word_is_found_beside_what_french_sets_around_it(word: str) -> None:
    whole = {"config": {"lang": [], "separator": " "}, "docs": []}
    separator = LANGUAGES["in_french"](whole)["config"]["separator"]
    text = (
        "l’équipe\u202f; d’Instagram, «\u00a0exception\u00a0»\u00a0: l'heure, 9\u00a0h, mot\u202f!"
    )
    words = [one.strip(",;:!") for one in re.split(separator, text)]
    assert word in words


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("# Title\n\nIt is [a *link*](x.md).\n\nMore.", "It is a link."),
        ("# T\n\n```yaml\nNot this\n```\n\nTwo\nlines.", "Two lines."),
        ("# T\n\nIt goes to\n`desk`.", "It goes to desk."),
        ("# T\n", ""),
    ],
)
def test_a_page_is_described_by_its_first_paragraph(text: str, told: str) -> None:
    assert LANGUAGES["described"](text) == told


@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_with_what_it_is_about(name: str) -> None:
    told = LANGUAGES["described"](re.sub(r"\A---\n.*?\n---\n", "", PAGES[name], flags=re.DOTALL))

    assert len(told) > 60
    assert told.endswith((".", "…", "?", "!"))
    assert not told.startswith(("How to ", "See also", "Written by"))


def test_no_two_pages_are_described_alike() -> None:
    told = Counter(map(LANGUAGES["described"], PAGES.values()))

    assert [text for text, count in told.items() if count > 1] == []


def test_a_long_paragraph_is_cut_where_a_word_ends() -> None:
    told = LANGUAGES["described"]("# T\n\nWord" + " word" * 60)

    assert told.endswith("word…")
    assert len(told) <= 156


ORDINARY = re.compile(r" [:;!?»]|« |(?<=\w)'(?=\w)")


def test_a_french_page_is_set_and_its_code_is_not() -> None:
    typed = "<p title='a : b'>L'été : « oui » ; <code>l'an : 3</code> ! <em>30</em> min</p>"
    told = LANGUAGES["on_page_content"](typed, page("fr/x.md"))
    assert told == (
        "<p title='a : b'>L’été\u00a0: «\u00a0oui\u00a0»\u202f; <code>l'an : 3</code>\u202f! "
        "<em>30</em>\u00a0min</p>"
    )
    assert LANGUAGES["on_page_content"](told, page("fr/x.md")) == told
    assert LANGUAGES["on_page_content"](typed, page("x.md")) == typed


@pytest.mark.parametrize("name", [name for name in PAGES if name.startswith("fr/")])
def test_no_line_of_a_french_page_may_begin_with_a_mark(name: str) -> None:
    prose = re.sub(r"`[^`\n]*`", "", FENCE.sub("", PAGES[name]))
    typed = "".join(f"<p>{part}</p>" for part in prose.split("\n\n"))
    told = LANGUAGES["on_page_content"](typed, page(name))
    assert ORDINARY.findall(re.sub(r"<[^>]*>", "", told)) == []
    assert re.findall(r"^(?:[:;?»]|!(?![!\[])).*", prose, re.MULTILINE) == []


def test_the_description_of_a_french_page_is_set() -> None:
    one = page("fr/x.md")
    LANGUAGES["on_page_markdown"]("L'heure : midi.\n", one)
    assert one.meta == {"description": "L’heure\u00a0: midi."}
