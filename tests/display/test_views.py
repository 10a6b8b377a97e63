import re
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore import Act, InvalidError, view
from cmcore.base.shown import clean
from cmcore.display.names import reader
from cmcore.display.pictures.track import Mark, Track
from cmcore.display.tones import GROUNDS
from cmcore.display.views import TONES, Line, Table, View, Viewable, as_html, as_text
from cmcore.display.wording import Language, moment_text, show

#: What steers a terminal, turns the direction of letters, or starts a line of its own.
STEERING = ["\x1b[31mred", "\u202eabc", "a\u2066b", "\x07", "\x9b2J", "one\ntwo", "a\rb", "\x00"]
ODD = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
HOSTILE = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "a & b", "'", "&lt;b&gt;"]
texts = st.text(max_size=6) | st.sampled_from(HOSTILE + STEERING)
lines = st.builds(Line, texts, texts, texts)


class Dated(Viewable):
    """What shows an instant, a day, and an instant of no zone."""

    def _view(self, language: Language) -> View:
        at = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
        told = [show(one, language) for one in (at, date(2026, 3, 2), at.replace(tzinfo=None))]
        return View(title=" | ".join([*told, moment_text(at, language, brief=True)]))


def test_instants_are_shown_on_the_clocks_that_are_asked() -> None:
    as_it_is = "2026-03-02 23:30+00:00 | 2026-03-02 | 2026-03-02 23:30 | 2026-03-02 23:30"
    in_paris = "2026-03-03 00:30+01:00 | 2026-03-02 | 2026-03-02 23:30 | 2026-03-03 00:30"
    assert as_it_is in Dated().text()
    assert in_paris in Dated().text(zone="Europe/Paris")
    assert "(Paris)" in Dated().text("fr", zone="Europe/Paris")
    with pytest.raises(InvalidError, match="Europe/Pariss"):
        Dated().view(zone="Europe/Pariss")


def test_an_instant_that_has_no_place_on_a_clock_is_shown_as_it_is() -> None:
    last = datetime.max.replace(tzinfo=UTC)
    assert show(last, reader("en", zone="Asia/Tokyo")) == show(last)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    width = draw(st.integers(1, 3))
    row = st.lists(texts, min_size=width, max_size=width).map(tuple)
    return Table(draw(row), tuple(draw(st.lists(row, max_size=3))), draw(texts))


@st.composite
def maps(draw: st.DrawFn) -> Table:
    heads = draw(st.lists(texts, min_size=2, max_size=3).map(tuple))
    count = draw(st.integers(1, 3))

    def rows(cells: st.SearchStrategy[Any]) -> tuple[tuple[Any, ...], ...]:
        row = st.lists(cells, min_size=len(heads), max_size=len(heads)).map(tuple)
        return tuple(draw(row) for _ in range(count))

    spans = draw(st.lists(st.integers(1, 24), min_size=count, max_size=count).map(tuple))
    return Table(heads, rows(texts), draw(texts), rows(st.sampled_from([*TONES])),
                 rows(st.integers(0, 4)), draw(st.sampled_from([(), spans])))  # fmt: skip


views = st.builds(
    View,
    title=texts,
    tone=st.sampled_from([*TONES, "odd"]),
    lines=st.lists(lines, max_size=3).map(tuple),
    tables=st.lists(tables() | maps(), max_size=2).map(tuple),
    foot=texts,
)


class Reader(HTMLParser):
    """Collects the tags, their attributes and the text of some HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[tuple[str, str | None]] = set()
        self.told = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= set(attrs)

    def handle_data(self, data: str) -> None:
        self.told += data


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader


def content(view: View) -> list[str]:
    """List every text of a view."""
    told = [view.title, view.foot]
    for line in view.lines:
        told += [line.word, line.name, line.text] if line.word else [line.text]
    for table in view.tables:
        told += [table.title, *table.headings, *(cell for row in table.rows for cell in row)]
    return told


@given(views)
def test_a_text_never_becomes_markup(view: View) -> None:
    html = as_html(view)
    found = read(html)
    ours = {"div", "strong", "small", "table", "caption", "thead", "tbody", "tr", "th", "td"}
    assert set(found.tags) <= ours
    assert {name for name, _ in found.attributes} <= {"class", "style", "colspan", "scope"}
    bare = View(
        title="",
        tone=view.tone,
        lines=tuple(Line("w" if line.word else "", "", "") for line in view.lines),
        tables=tuple(
            attrs.evolve(
                t,
                headings=tuple("x" if text else "" for text in t.headings),
                title="",
                rows=tuple(tuple("" for _ in row) for row in t.rows),
            )
            for t in view.tables
        ),
    )
    gone = [tag for tag in found.tags if tag not in {"caption", "small"}]
    assert gone == [tag for tag in read(as_html(bare)).tags if tag not in {"caption", "small"}]
    assert all(hostile not in html for hostile in HOSTILE if "<" in hostile or '"' in hostile)


@given(views)
def test_nothing_is_lost_on_the_way_to_html(view: View) -> None:
    told = "".join(read(as_html(view)).told.split())
    for text in content(view):
        assert "".join(clean(text).split()) in told


@given(views)
def test_nothing_is_lost_on_the_way_to_text(view: View) -> None:
    told = as_text(view)
    for text in content(view):
        assert clean(text).rstrip() in told


@given(views)
def test_nothing_steers_a_terminal_or_turns_the_direction_of_a_page(view: View) -> None:
    assert not any(map(ODD.search, (as_text(view), as_html(view))))
    lines = 1 + len(view.lines) + bool(view.foot)
    tables = sum(2 + bool(table.title) + len(table.rows) for table in view.tables)
    assert as_text(view).count("\n") == lines + tables - 1


@given(texts)
def test_what_a_stranger_wrote_steers_nothing_where_it_is_shown(text: str) -> None:
    act = Act(text=text, author="ana")
    track = Track(text, marks=(Mark(0, "10:00", text),))
    shown = (str(view(act)), as_html(view(act)), track.text(), track.element())
    assert not any(map(ODD.search, shown))


@given(views)
def test_the_tone_is_told_by_more_than_a_colour(view: View) -> None:
    mark, colour = TONES.get(view.tone, TONES[""])
    html = as_html(view)
    assert f"color:{'currentColor' if colour == 'inherit' else colour}" in html
    assert html.count(mark) >= 1


VIEW = View(
    title="exception → crisis",
    tone="exception",
    lines=(
        Line("refer", "crisis-words", "the text mentions `rappel`"),
        Line("permit", "a", ""),
        Line("", "", "covered if it goes"),
    ),
    tables=(Table(("cause", "acts"), (("crisis-words", "12"), ("a", "3")), "What is not"),),
    foot="airline, version 3",
)
TEXT = """\
exception → crisis
  refer   crisis-words  the text mentions `rappel`
  permit  a
  covered if it goes

What is not
  cause         acts
  crisis-words  12
  a             3
  (airline, version 3)"""


def test_a_view_reads_as_aligned_text() -> None:
    assert as_text(VIEW) == TEXT
    assert as_text(View(title="covered")) == "covered"


def test_a_table_may_have_no_title() -> None:
    view = View(title="t", tables=(Table(("a",), ()),))
    assert as_text(view) == "t\n\n  a"
    assert "<caption>" not in as_html(view)


def test_html_leaves_out_what_is_empty() -> None:
    found = read(as_html(View(title="covered")))
    assert found.tags == ["div", "strong"]
    assert found.told == "covered"


def test_what_is_drawn_with_characters_is_left_out_of_html() -> None:
    table = Table(("period", "share", ""), (("2026-01", "50%", "█████"),), drawn=True)
    view = View(title="t", lines=(Line("", "", "──┊──", drawn=True),), tables=(table,))
    assert "─" in as_text(view)
    assert "█" in as_text(view)
    assert read(as_html(view)).told == "tperiodshare2026-0150%"


def test_a_map_is_filled_and_its_rows_are_as_high_as_what_they_stand_for() -> None:
    table = Table(("", "Mon"), (("00–08 h", "·"), ("08–09 h", "0/2 ✗")), "The week",
                  (("", ""), ("", "forbidden")), ((0, 0), (0, 1)), (8, 1))  # fmt: skip
    html = as_html(View(title="t", tables=(table,)))
    assert "height:6.0em" in html
    assert "height:0.8em" in html
    assert GROUNDS["forbidden"][1] in html
    assert ("scope", "row") in read(html).attributes


def test_a_view_and_its_pictures_show_themselves() -> None:
    view = View(title="t", pictures=(Track("What happened", marks=(Mark(0, "10:00", "a post"),)),))
    assert str(view) == "t"
    assert view._repr_mimebundle_()["text/html"] == as_html(view)
    assert 'aria-label="What happened. 10:00 a post"' in as_html(view)


class Shown(Viewable):
    def _view(self, language: Language) -> View:
        return View(title={"en": "yes", "fr": "oui"}[language])


def test_what_is_viewable_shows_itself() -> None:
    shown = Shown()
    assert str(shown) == shown.text() == "yes"
    assert shown.text("fr") == "oui"
    assert shown._repr_mimebundle_(include=None) == {
        "text/plain": "yes",
        "text/html": as_html(shown.view()),
    }
    with pytest.raises(NotImplementedError):
        Viewable().view()


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour, from 0 to 1 (WCAG 2.2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(weight * p for weight, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("colour", [colour for _, colour in TONES.values() if colour[0] == "#"])
def test_a_tone_can_be_read_on_white_and_on_black(colour: str) -> None:
    assert (1 + 0.05) / (luminance(colour) + 0.05) >= 4.5
    assert (luminance(colour) + 0.05) / 0.05 >= 4.5


WORDS = " ".join(["word"] * 60)


@pytest.mark.parametrize("columns", [1, 2, 3, 40])
def test_a_table_too_wide_to_be_read_is_folded_and_nothing_of_it_is_lost(columns: int) -> None:
    table = Table(("head",) * columns, ((WORDS,) * columns, ("x",) * columns), folded=True)
    told = as_text(View(title="t", tables=(table,))).splitlines()
    assert max(map(len, told)) <= max(120, 24 * columns) + 2 * columns
    assert " ".join(told).split().count("word") == 60 * columns
    assert told[-1].split() == ["x"] * columns


def test_a_narrow_table_and_one_that_is_not_folded_are_left_as_they_are() -> None:
    for table in (
        Table(("a", "b"), (("x " * 30, "y"),), folded=True),
        Table(("a", "b"), ((WORDS, "2"),)),
        Table(("a", "b"), (), folded=True),
    ):
        count = 3 + len(table.rows)
        assert len(as_text(View(title="t", tables=(table,))).splitlines()) == count
