"""Every picture says the same in characters, in words and in shapes, and is never markup."""

import re
from collections.abc import Callable
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore.base.shown import clean
from cmcore.display.pictures.bars import Bar, Bars, Piece
from cmcore.display.pictures.canvas import WIDTH, Picture, wrapped
from cmcore.display.pictures.columns import Column, Columns
from cmcore.display.pictures.diagram import Box, Chain, Diagram, Exit
from cmcore.display.pictures.ranges import RangeBar, Ranges
from cmcore.display.pictures.track import Mark, Track
from cmcore.display.pictures.zones import Climb, Slice, Zone, Zones
from cmcore.display.tones import GROUNDS, SHARE, TONES, ground, ink

HOSTILE = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "a & b", "'", "]]>"]
texts = st.text(
    st.characters(exclude_categories=["C"], exclude_characters="`"), max_size=30
) | st.sampled_from(HOSTILE)
tones = st.sampled_from([*TONES])
parts = st.floats(0, 1)


@st.composite
def ranges(draw: st.DrawFn) -> Ranges:
    def one() -> RangeBar:
        low, at, high = sorted(draw(parts) for _ in range(3))
        closed, known = draw(st.booleans()), draw(st.booleans())
        return RangeBar(draw(texts), draw(texts), low, high if closed else None,
                     at if known else None, draw(tones))  # fmt: skip

    return Ranges(
        draw(texts),
        ranges=tuple(one() for _ in range(draw(st.integers(1, 3)))),
        top=draw(st.sampled_from([1.0, 0.5, 0.0])),
        ends=(draw(texts), draw(texts)),
        goal=draw(st.none() | parts),
        goal_told=draw(texts),
    )


@st.composite
def columns(draw: st.DrawFn) -> Columns:
    some = st.builds(Column, texts, st.none() | parts, texts, texts, tones)
    return Columns(
        draw(texts),
        columns=tuple(draw(st.lists(some, max_size=70))),
        top=draw(st.sampled_from([1.0, 0.5, 0.0])),
        goal=draw(st.none() | parts),
        goal_told=draw(texts),
    )


pieces = st.builds(Piece, texts, st.sampled_from([0.0, 1.0, 7.0]), texts, tones)
bars = st.builds(
    Bars,
    texts,
    bars=st.lists(st.builds(Bar, texts, st.lists(pieces, max_size=3).map(tuple)), max_size=3).map(
        tuple
    ),
)
marks = st.builds(Mark, st.floats(0, 1e7), texts, texts, texts, tones)
tracks = st.builds(Track, texts, marks=st.lists(marks, max_size=4).map(tuple))
boxes = st.builds(
    Box,
    st.lists(texts, min_size=1, max_size=3).map(tuple),
    texts,
    st.lists(st.builds(Exit, texts, texts, tones), max_size=2).map(tuple),
    tones,
    st.booleans(),
    st.booleans(),
)
chains = st.builds(Chain, st.lists(boxes, max_size=3).map(tuple), texts)
diagrams = st.builds(Diagram, texts, chains=st.lists(chains, max_size=2).map(tuple))
slices = st.builds(Slice, st.integers(0, 9), parts)
climbs = st.builds(
    Climb, st.lists(st.tuples(st.integers(0, 9), st.floats(0, 9)), max_size=4).map(tuple)
)
zoned = st.builds(
    Zones,
    texts,
    slices=st.lists(slices, max_size=4).map(tuple),
    zones=st.lists(st.builds(Zone, st.integers(0, 9), texts, texts, tones), max_size=3).map(tuple),
    climbs=st.lists(climbs, max_size=2).map(tuple),
    shown=texts,
    called=texts,
    climbed=texts,
    ends=st.tuples(texts, texts),
)
pictures = st.one_of(ranges(), columns(), bars, tracks, diagrams, zoned)


@given(pictures)
def test_a_picture_is_an_image_with_a_name_and_nothing_that_runs(picture: Picture) -> None:
    svg = ET.fromstring(picture.element())  # noqa: S314 - our own, and well formed or it fails
    assert svg.get("role") == "img"
    label = ". ".join(part for part in (picture.title, picture.said()) if part)
    assert (svg.get("aria-label") or "").split() == clean(label).split()
    assert {one.tag for one in svg.iter()} <= {
        *("svg", "title", "text", "rect", "circle", "polyline", "polygon")
    }
    names = {name for one in svg.iter() for name in one.attrib}
    assert not {name for name in names if name.startswith("on") or name in {"id", "href"}}
    assert "url(" not in picture.element()


@given(pictures)
def test_nothing_is_drawn_outside(picture: Picture) -> None:
    svg = ET.fromstring(picture.element())  # noqa: S314 - our own
    width, height = map(float, (svg.get("viewBox") or "").split()[2:])
    assert width == WIDTH
    for one in svg.iter("rect"):
        x, y, wide, high = (float(one.get(key) or 0) for key in ("x", "y", "width", "height"))
        assert x >= -1
        assert y >= -1
        assert x + wide <= width + 2
        assert y + high <= height + 2
    for one in [*svg.iter("circle"), *svg.iter("text")]:
        y = float(one.get("cy") or one.get("y") or 0)
        assert -1 <= y <= height + 1


@given(pictures)
def test_what_is_drawn_with_characters_has_every_name(picture: Picture) -> None:
    told = picture.text()
    assert told == str(picture)
    assert picture._repr_mimebundle_() == {"text/plain": told, "text/html": picture.element()}
    assert told.startswith(picture.title)
    names = {
        Ranges: lambda one: [each.told for each in one.ranges],
        Columns: lambda one: [each.name for each in one.columns],
        Bars: lambda one: [each.name for each in one.bars],
        Track: lambda one: [each.told for each in one.marks],
        Zones: lambda one: [each.told for each in one.zones],
        Diagram: lambda one: [line for c in one.chains for b in c.boxes for line in b.lines],
    }
    assert all(name.strip() in told for name in names[type(picture)](picture))


def test_a_picture_is_drawn_by_its_kind() -> None:
    bare = Picture("nothing")
    for draw in (bare.rows, bare.said, bare.shapes):
        with pytest.raises(NotImplementedError):
            draw()


def test_a_range_is_drawn_between_its_ends() -> None:
    one = RangeBar("", "74%", 0.5, 0.7, 0.6, "forbidden")
    drawn = Ranges("Covered share", ranges=(one,), top=1, ends=("0%", "100%"), goal=0.75,
                   goal_told="target 75%")  # fmt: skip
    line = drawn.text().splitlines()[1]
    assert line.index("├") < line.index("●") < line.index("┤") < line.index("┊")
    assert drawn.said() == "74%; target 75%"
    svg = ET.fromstring(drawn.element())  # noqa: S314 - our own
    (band,) = svg.iter("rect")
    (disc,) = svg.iter("circle")
    left, wide = float(band.get("x") or 0), float(band.get("width") or 0)
    assert left < float(disc.get("cx") or 0) < left + wide
    scale = (WIDTH - 12) * 0.2
    assert abs(wide - scale) < 1


def test_what_nothing_bounds_goes_to_the_end() -> None:
    one = RangeBar("90%", "2 h or more", 0.5, None)
    drawn = Ranges("", ranges=(one,), top=1, ends=("0", "2 h"))
    assert "…" in drawn.text()
    assert "┤" not in drawn.text()
    assert drawn.said() == "90%: 2 h or more"
    (band,) = ET.fromstring(drawn.element()).iter("rect")  # noqa: S314 - our own
    assert float(band.get("x") or 0) + float(band.get("width") or 0) == WIDTH - 6


@pytest.mark.parametrize(("count", "least"), [(2, 2), (12, 6), (60, 4)])
def test_columns_name_as_many_as_there_is_room_for(count: int, least: int) -> None:
    some = tuple(Column(f"2026-{n:02}", n / count, str(n)) for n in range(count))
    svg = ET.fromstring(Columns("", columns=some, top=1).element())  # noqa: S314 - our own
    named = [one.text for one in svg.iter("text")]
    assert named[0] == "2026-00"
    assert named[-1] == f"2026-{count - 1:02}"
    assert least <= len(named) <= count
    assert len(named) * 49 <= WIDTH


def test_the_heights_of_columns_are_their_numbers() -> None:
    some = (Column("a", 0.5, "50"), Column("b", 1, "100"), Column("c", None, "?"))
    svg = ET.fromstring(Columns("", columns=some, top=1).element())  # noqa: S314 - our own
    heights = [float(one.get("height") or 0) for one in svg.iter("rect")]
    assert heights[0] * 2 == heights[1]
    assert len(heights) == 2
    assert "?" in [one.text for one in svg.iter("text")]


@pytest.mark.parametrize(("told", "last"), [("the goal is 80%", ["  (the goal is 80%)"]), ("", [])])
def test_columns_say_their_goal_on_a_line_of_its_own_where_there_is_one(
    told: str, last: list[str]
) -> None:
    some = (Column("a", 0.5, "50"), Column("bb", None, "?"))
    drawn = Columns("", columns=some, top=1, goal=0.8, goal_told=told)
    half, unknown, *rest = drawn.rows()
    assert half.startswith("  a   50  █")
    assert unknown == "  bb   ?"
    assert rest == last
    assert drawn.said() == "; ".join(["a: 50", "bb: ?", *([told] if told else [])])


def test_a_number_stands_in_its_piece_only_where_it_fits() -> None:
    whole = Bar("before", (Piece("covered", 98, "98", "covered"), Piece("forbidden", 2, "2222")))
    drawn = Bars("", bars=(whole,))
    inside = [one.text for one in ET.fromstring(drawn.element()).iter("text")]  # noqa: S314 - ours
    assert inside == ["before  ✓\xa098 covered · 2222 forbidden", "98"]
    assert drawn.said() == "before: ✓ 98 covered · 2222 forbidden"


def test_a_longer_wait_is_drawn_longer() -> None:
    some = tuple(Mark(at, "t", "m") for at in (0, 60, 60 + 86_400))
    svg = ET.fromstring(Track("", marks=some).element())  # noqa: S314 - our own
    first, second, third = (float(one.get("cy") or 0) for one in svg.iter("circle"))
    assert second - first < third - second


def test_each_mark_is_a_line_of_a_text() -> None:
    some = (Mark(0, "10:00", "a post"), Mark(60, "9 min", "a reply", tone="covered", note="late"))
    assert Track("What happened", marks=some).text().splitlines() == [
        "What happened",
        "  10:00  ● a post",
        "  9 min  ✓ a reply  late",
    ]


def test_of_very_many_marks_those_that_matter_are_drawn_and_the_others_counted() -> None:
    some = [Mark(n, f"t{n}", f"m{n}", tone="forbidden" if n in {50, 51} else "") for n in range(99)]
    drawn = Track("", marks=tuple(some)).shown
    assert [mark.told for mark in drawn] == ["m0", "⋯ +49", "m50", "m51", "⋯ +46", "m98"]
    bad = tuple(Mark(n, "t", f"m{n}", tone="forbidden") for n in range(99))
    assert len(Track("", marks=bad).shown) == 62
    assert Track("", marks=bad[:60]).shown == bad[:60]


DIAGRAM = """\
circuit crisis
  (crisis)
    ↓
  [stage 1, one person (a)] ◀
    refuse → ✗ refused
    ↓ approve
  (approved)
  in emergency
  [stage 1]"""


def test_a_diagram_is_drawn_with_arrows() -> None:
    out = Exit("refuse", "refused", "forbidden")
    drawn = Diagram(
        "circuit crisis",
        chains=(
            Chain(
                (
                    Box(("crisis",), is_end=True),
                    Box(("stage 1", "one person (a)"), "approve", (out,), is_now=True),
                    Box(("approved",), tone="covered", is_end=True),
                )
            ),
            Chain((Box(("stage 1",)),), "in emergency"),
        ),
    )
    assert drawn.text() == DIAGRAM
    assert drawn.said() == (
        "crisis ↓ stage 1, one person (a) (refuse → ✗ refused) ↓ approved; in emergency: stage 1"
    )
    heads = list(ET.fromstring(drawn.element()).iter("polygon"))  # noqa: S314 - our own
    assert len(heads) == 3


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        ("short", ["short"]),
        ("one two three four", ["one two", "three four"]),
        ("one two three four five six", ["one two", "three fou…"]),
    ],
)
def test_a_text_is_cut_into_lines(text: str, lines: list[str]) -> None:
    assert wrapped(text, 70) == lines


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour, from 0 to 1 (WCAG 2.2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(weight * p for weight, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def mixed(one: str, other: str) -> str:
    """Return what `color-mix` makes of a tone and of the text's colour."""
    pairs = [(int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round((SHARE * a + (100 - SHARE) * b) / 100):02x}" for a, b in pairs)


#: The colours of text and ground on a plain page, in JupyterLab and on the site, light and dark.
PAGES = [
    ("#000000", "#ffffff"),
    ("#212121", "#ffffff"),
    ("#ffffff", "#111111"),
    ("#e0e0e0", "#111111"),
    ("#bec1c6", "#1e2129"),
]


@pytest.mark.parametrize(("text", "page"), PAGES)
@pytest.mark.parametrize("tone", [tone for tone in TONES if tone])
def test_a_tone_can_be_read_on_every_page(tone: str, text: str, page: str) -> None:
    assert contrast(mixed(TONES[tone][1], text), page) >= 4.5


@pytest.mark.parametrize("colour", [shade for shades in GROUNDS.values() for shade in shades])
def test_white_can_be_read_on_every_ground(colour: str) -> None:
    assert contrast("#ffffff", colour) >= 4.5


@pytest.mark.parametrize("paint", [ink, ground])
def test_an_unknown_tone_paints_nothing(paint: Callable[[str], str]) -> None:
    assert not re.search("#", paint("odd"))


def test_a_ground_gets_no_deeper_than_the_deepest() -> None:
    assert ground("covered", 9) == ground("covered", 2) != ground("covered")
    assert ground("covered", -1) == ground("covered")


def test_a_mark_stays_with_what_it_marks_and_a_number_with_its_unit() -> None:
    for width in range(90, 400, 5):
        lines = wrapped("délai écoulé → ✗ caduc · ? refus · ✓ accord", width, most=20)
        assert all(line[-1] not in "✗✓?→" for line in lines)
        lines = wrapped("acknowledge it within 1 h, then look back in 10 d", width, most=20)
        assert all(not line[-1].isdigit() for line in lines)
        assert wrapped("oui · non · ✗ caduc et plus", width, most=1)[0].rstrip("…")[-1] not in " ·"
