"""A picture that stands alone: well formed, named, light and dark, and readable in both."""

import re
from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore import Coverage, InvalidError, Plan, View, strategies, view
from cmcore.base.shown import clean
from cmcore.display.pictures.canvas import Picture
from cmcore.display.pictures.grid import Cell, Grid, Row
from cmcore.display.tones import GROUNDS, SCHEMES, TONES, mixed
from cmcore.display.wording import LANGUAGES, Language

from .test_pictures import pictures, texts, tones

SVG: Final = "{http://www.w3.org/2000/svg}"
LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
SHADES: Final = {shade for shades in GROUNDS.values() for shade in shades}
PALETTE: Final = {
    scheme: {*SCHEMES[scheme], *(mixed(tone, scheme) for tone in GROUNDS), *SHADES, "#fff"}
    for scheme in SCHEMES
}
#: The least contrast of a text with what is behind it, as WCAG 2 has it at level AA.
READABLE: Final = 4.5
cells = st.builds(Cell, texts, tones, st.integers(0, 5))
languages = st.sampled_from(LANGUAGES)


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    columns = draw(st.lists(texts, max_size=7))
    count = len(columns)
    row = st.builds(
        Row, texts, st.lists(cells, min_size=count, max_size=count).map(tuple), st.integers(1, 24)
    )
    return Grid(draw(texts), columns=tuple(columns), lines=tuple(draw(st.lists(row, max_size=4))))


drawn = pictures | grids()


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour, as WCAG 2 defines it."""
    digits = colour[1:] if len(colour) > 4 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def painted(svg: str) -> dict[str, dict[str, str]]:
    """Return the colour of each class in each scheme."""
    style = svg[svg.index("<style>") : svg.index("</style>")]
    light, _, dark = style.partition("@media screen and (prefers-color-scheme:dark){")
    return {
        scheme: dict(re.findall(r"\.?([\w-]+)\{(?:color|fill|stroke):(#\w+)\}", css))
        for scheme, css in (("light", light), ("dark", dark))
    }


def inks(svg: str) -> Iterator[tuple[ET.Element, str]]:
    """Yield each text with what paints it: a class, a colour, or that of all text."""
    for text in ET.fromstring(svg).iter(f"{SVG}text"):  # noqa: S314 - our own
        own = re.search(r"fill:(#\w+)", text.get("style") or "")
        yield text, text.get("class") or (own[1] if own else "svg")


@given(drawn, languages)
def test_it_is_well_formed_and_named_in_the_language_of_its_reader(
    picture: Picture, language: Language
) -> None:
    svg = picture.svg(language)
    root = ET.fromstring(svg)  # noqa: S314 - our own, and well formed or it fails
    assert root.tag == f"{SVG}svg"
    assert (root.get("role"), root.get(LANG)) == ("img", language)
    title, desc = (root.find(f"{SVG}{name}") for name in ("title", "desc"))
    assert title is not None
    assert desc is not None
    assert root.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
    assert (title.text or "").split() == clean(picture.title or picture.said()).split()
    assert (desc.text or "").split() == clean(picture.said()).split()
    assert not re.search(r"<script|<image|<foreignObject|href=|url\(|@import|\bon\w+=", _bare(svg))
    assert picture.svg(language) == svg


def _bare(svg: str) -> str:
    """Return a file without its texts."""
    return re.sub(r">[^<]*<", "><", svg.replace(svg[svg.index("<style>") :], "", 1)) + re.sub(
        r"<text[^>]*>[^<]*</text>", "", svg[svg.index("<style>") :]
    )


@given(drawn)
def test_no_colour_is_outside_the_palette(picture: Picture) -> None:
    svg = picture.svg()
    schemes = painted(svg)
    assert {*schemes["light"]} == {*schemes["dark"]}
    for scheme, classes in schemes.items():
        assert {*classes.values()} <= PALETTE[scheme]
    root = ET.fromstring(svg)  # noqa: S314 - our own
    styles = " ".join(one.get("style") or "" for one in root.iter())
    assert {*re.findall(r"#\w+", styles)} <= SHADES | {"#fff"}
    assert "color-mix" not in svg
    used = {name for one in root.iter() for name in (one.get("class") or "").split()}
    assert used <= {*schemes["light"]}


@given(drawn)
def test_every_text_is_readable_on_what_is_behind_it(picture: Picture) -> None:
    svg = picture.svg()
    for classes in painted(svg).values():
        for text, ink in inks(svg):
            if ink == "#fff":  # within a shape that is filled with a tone
                assert all(contrast(ink, shade) >= READABLE for shade in SHADES), text.text
            else:
                assert contrast(classes[ink], classes["ground"]) >= READABLE, text.text


def blend(over: str, under: str, share: float) -> str:
    parts = ((int(over[n : n + 2], 16), int(under[n : n + 2], 16)) for n in (1, 3, 5))
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in parts)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("tone", GROUNDS)
def test_the_number_in_a_column_is_readable_on_it(scheme: str, tone: str) -> None:
    ground, text = SCHEMES[scheme]
    assert contrast(text, blend(mixed(tone, scheme), ground, 0.55)) >= READABLE
    assert contrast(text, blend(text, ground, 0.25)) >= READABLE


@given(grids())
def test_a_grid_has_a_rectangle_for_each_cell_with_a_tone(grid: Grid) -> None:
    root = ET.fromstring(grid.element())  # noqa: S314 - our own
    toned = [cell for row in grid.lines for cell in row.cells if cell.tone]
    assert len(list(root.iter("rect"))) == len(toned)
    told = grid.text()
    assert all(clean(row.name).strip() in told for row in grid.lines)
    assert all(row.name in grid.said() for row in grid.lines for cell in row.cells if cell.tone)
    high = float((root.get("viewBox") or "").split()[3])
    assert all(float(one.get("y") or 0) <= high for one in root.iter())


def test_a_grid_says_its_cells_row_by_row() -> None:
    rows = (
        Row("09 h", (Cell("1/1", "covered"), Cell("·"))),
        Row("10 h", (Cell("·"), Cell("0/1", "forbidden"))),
    )
    grid = Grid("The week", columns=("Mon", "Tue"), lines=rows)
    assert grid.said() == "09 h: Mon 1/1; 10 h: Tue 0/1"
    assert grid.text() == "The week\n        Mon  Tue\n  09 h  1/1  ·\n  10 h  ·    0/1"


@given(strategies.coverages(), languages)
def test_the_map_of_the_week_is_a_picture_too(found: Coverage, language: Language) -> None:
    maps = [table for table in view(found, language).tables if table.depths]
    if not maps:
        with pytest.raises(InvalidError, match="nothing here to draw"):
            found.svg(language)
        return
    root = ET.fromstring(found.svg(language))  # noqa: S314 - our own
    drawn = [text.text for text in root.iter(f"{SVG}text")]
    assert {row[0] for table in maps for row in table.rows} <= {*drawn}
    assert all(table.title in drawn for table in maps)


def test_what_has_no_picture_says_so() -> None:
    with pytest.raises(InvalidError, match="nothing here to draw"):
        Plan([("maud", "author")]).svg()
    with pytest.raises(InvalidError) as caught:
        View(title="nothing").svg("fr")
    assert "rien à dessiner" in caught.value.text("fr")
    assert [one.code for one in caught.value.problems] == ["nothing-to-draw"]


def test_every_tone_is_painted_in_each_scheme() -> None:
    for scheme in SCHEMES:
        for tone in (tone for tone in TONES if tone):
            assert contrast(mixed(tone, scheme), SCHEMES[scheme][0]) >= READABLE
