"""How a value shows itself: a title, lines, tables and pictures, as text or as safe HTML."""

import re
from collections.abc import Iterator, Sequence
from copy import copy
from html import escape
from itertools import zip_longest
from textwrap import wrap
from typing import Final, Self

from attrs import field

from cmcore.base.asked import checked_late
from cmcore.base.errors import refuse, refuse_any
from cmcore.base.shown import clean
from cmcore.base.values import value
from cmcore.display import tones as _tones
from cmcore.display.names import names_of, reader
from cmcore.display.pictures.canvas import Picture, alone
from cmcore.display.pictures.grid import Cell, Grid, Row
from cmcore.display.tones import ground, ink
from cmcore.display.wording import Language
from cmcore.time.week import zone_problems

#: What a tone looks like: a mark and a colour.
TONES: Final = _tones.TONES
#: How many characters wide the columns of a table are together, and each of them at least.
_WIDE, _NARROW = 120, 24


@value
class Line:
    """One line of a view: a word, a name and a sentence.

    A line that is `drawn` is left out of HTML, where a picture shows the same.
    """

    word: str
    name: str
    text: str
    drawn: bool = False


@value
class Table:
    """Rows under headings, all cells as text; `tones` has one for each cell, or nothing.

    A map has `depths`, the gravity of each cell from 0, and in HTML its cells are filled with their
    tones; `spans` says how many rows each row represents, and so how high it is. If the last column
    is `drawn` with characters, it is left out of HTML. As text, long cells of a table that is
    `folded` take several lines.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    title: str = ""
    tones: tuple[tuple[str, ...], ...] = ()
    depths: tuple[tuple[int, ...], ...] = ()
    spans: tuple[int, ...] = ()
    drawn: bool = False
    folded: bool = False

    @property
    def heights(self) -> tuple[int, ...]:
        """How high each row is, which stands for as many."""
        return self.spans or (1,) * len(self.rows)

    @property
    def widths(self) -> tuple[int, ...]:
        """How wide columns are in characters: where cells are folded, the widest less."""
        rows = [[*map(clean, row)] for row in (self.headings, *self.rows)]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        if not self.folded:
            return tuple(widths)
        caps = range(max(widths, default=0), _NARROW, -1)
        fitting = (cap for cap in caps if sum(min(width, cap) for width in widths) <= _WIDE)
        cap = next(fitting, _NARROW)
        return tuple(min(width, cap) for width in widths)

    def toned(self) -> Iterator[tuple[tuple[str, str], ...]]:
        """Yield each row as its cells with their tones."""
        plain = (("",) * len(self.headings),) * len(self.rows)
        for row, tones in zip(self.rows, self.tones or plain, strict=True):
            yield tuple(zip(row, tones, strict=True))


@value
class View:
    """How a value displays itself: `print` it, or make it the last line of a notebook cell.

    `pictures` are in HTML only: they show what the lines and the tables say.
    """

    title: str = field(kw_only=True)
    tone: str = field(default="", kw_only=True)
    lines: tuple[Line, ...] = field(default=(), kw_only=True)
    tables: tuple[Table, ...] = field(default=(), kw_only=True)
    pictures: tuple[Picture, ...] = field(default=(), kw_only=True)
    foot: str = field(default="", kw_only=True)

    def svg(self, language: Language = "en") -> str:
        """Return its pictures, maps of the week among them, as one SVG file that opens alone.

        Raises:
            InvalidError: there is nothing to draw.
        """
        return svg_of([self], language)

    def __str__(self) -> str:
        return as_text(self)

    def __html__(self) -> str:
        """Return it as HTML that templates take as it is, as those of Jinja and Django do."""
        return as_html(self)

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/plain": as_text(self), "text/html": as_html(self)}


class Viewable:
    """What shows itself: `print(it)`, `it.text("fr")`, and by itself in a notebook.

    People and things are shown by the names that it knows itself, from what it is made of, and by
    those that `names` has: a team, a charter, or several of these. With `ids`, their ids come
    after them in brackets. Instants are shown on the clocks of `zone`: by default, as they are.
    """

    __slots__ = ("_names_told",)

    @checked_late
    def view(
        self, language: Language = "en", *, names: object = (), ids: bool = False, zone: str = ""
    ) -> View:
        """Return what is shown for a terminal or a notebook.

        Raises:
            InvalidError: when nothing is worded in the language, or there is no such time zone.
        """
        refuse_any(zone_problems(zone) if zone else ())
        known = names_of(self) | names_of(names)
        return self._view(reader(language, known, ids=ids, zone=zone))

    def svg(self, language: Language = "en") -> str:
        """Return its pictures as one SVG file, which opens alone.

        Raises:
            InvalidError: there is nothing to draw.
        """
        return self.view(language).svg(language)

    def text(
        self, language: Language = "en", *, names: object = (), ids: bool = False, zone: str = ""
    ) -> str:
        """Return what is shown, as lines of text."""
        return as_text(self.view(language, names=names, ids=ids, zone=zone))

    def with_names(self, names: object) -> Self:
        """Return the same, knowing more names: they are no part of what it is."""
        more = names_of(names)
        if not more.labels:
            return self
        made = copy(self)
        object.__setattr__(made, "_names_told", names_of(self) | more)
        return made

    def _view(self, language: Language) -> View:
        """Return what is shown to a reader."""
        raise NotImplementedError

    def __str__(self) -> str:
        return self.text()

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return self.view()._repr_mimebundle_()


def svg_of(views: Sequence[View], language: Language) -> str:
    """Return the pictures of some views, one under the other, as an SVG file.

    Raises:
        InvalidError: there is nothing to draw.
    """
    pictures = [one for view in views for one in (*view.pictures, *map(_grid, _maps(view)))]
    if not pictures:
        raise refuse("nothing-to-draw")
    return alone("; ".join(clean(view.title) for view in views), pictures, language)


def _maps(view: View) -> Iterator[Table]:
    return (table for table in view.tables if table.depths)


def _grid(table: Table) -> Grid:
    """Return the picture of a map: what stands in its first column names its rows."""
    lines = tuple(
        Row(row[0][0], tuple(Cell(*told, depth) for told, depth in
                             zip(row[1:], depths[1:], strict=True)), span)
        for row, depths, span in zip(table.toned(), table.depths, table.heights, strict=True)
    )  # fmt: skip
    return Grid(table.title, columns=table.headings[1:], lines=lines)


def as_text(view: View) -> str:
    """Write a view as plain text, its columns aligned."""
    lines = [clean(view.title), *_aligned(view.lines)]
    for table in view.tables:
        lines += ["", *_table_text(table)]
    return "\n".join([*lines, *([f"  ({clean(view.foot)})"] if view.foot else [])])


def _aligned(many: tuple[Line, ...]) -> list[str]:
    lines = [Line(clean(one.word), clean(one.name), clean(one.text)) for one in many]
    named = [line for line in lines if line.word]
    word = max((len(line.word) for line in named), default=0)
    name = max((len(line.name) for line in named), default=0)
    named_ = f"{{0.name:<{name}}}  " if name else ""
    shape = f"  {{0.word:<{word}}}  {named_}{{0.text}}"
    return [shape.format(line).rstrip() if line.word else f"  {line.text}" for line in lines]


def _table_text(table: Table) -> list[str]:
    rows = [[*map(clean, row)] for row in (table.headings, *table.rows)]
    widths = table.widths
    body = [
        "  " + "  ".join(map(str.ljust, cells, widths)).rstrip()
        for row in rows
        for cells in zip_longest(*map(_folded, row, widths), fillvalue="")
    ]
    return [*([clean(table.title)] if table.title else []), *body]


def _folded(cell: str, width: int) -> list[str]:
    """Return the lines of a cell in a column that may be narrower."""
    return [cell] if len(cell) <= width else wrap(cell, width, break_on_hyphens=False) or [""]


def as_html(view: View) -> str:
    """Write a view as HTML, every text escaped, readable on light and dark backgrounds."""
    mark = TONES.get(view.tone, TONES[""])[0]
    title = marked(f"{mark} {view.title}".strip())
    head = f'<strong style="{ink(view.tone)};font-size:1.1em">{title}</strong>'
    rows = "".join(_line_html(line) for line in view.lines if not line.drawn)
    lines = f'<table style="{_BARE}">{rows}</table>' if rows else ""
    pictures = "".join(picture.element() for picture in view.pictures)
    tables = "".join(map(_table_html, sorted(view.tables, key=lambda one: not one.depths)))
    foot = f"<small>{marked(view.foot)}</small>" if view.foot else ""
    edge = ink(view.tone, "border-color")
    frame = f"border-left:4px solid;{edge};padding:.1em 0 .1em .8em;margin:.4em 0"
    inside = f"{head}{lines}{pictures}{tables}{foot}"
    return f'<div class="cmcore" style="{frame}">{inside}</div>'


_BARE: Final = "border:none;border-collapse:collapse;margin:.3em 0;background:none"
_CELL: Final = "text-align:left;vertical-align:top;padding:.15em .8em .15em 0;background:none"
_FILLED: Final = (
    "text-align:center;vertical-align:middle;padding:.1em .2em;white-space:nowrap;"
    "font-size:.92em;min-width:2.6em;"
    "border:1px solid transparent;background-clip:padding-box"
)


def _cell(text: str, tone: str, wide: str = "") -> str:
    colour = f";{ink(tone)}" if tone else ""
    return f'<td style="{_CELL}{colour}{wide}">{marked(text)}</td>'


def marked(text: str) -> str:
    """Escape a text, and what could steer a page, and mark what stands in backticks as code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(clean(text)))


def _line_html(line: Line) -> str:
    if not line.word:
        return f'<tr><td colspan="3" style="{_CELL}">{marked(line.text)}</td></tr>'
    return f"<tr>{''.join(_cell(text, '') for text in (line.word, line.name, line.text))}</tr>"


def _table_html(table: Table) -> str:
    title = f'<caption style="text-align:left;font-weight:600">{marked(table.title)}</caption>'
    caption = title if table.title else ""
    shown = len(table.headings) - table.drawn
    heads = "".join(_head(text, is_map=bool(table.depths)) for text in table.headings[:shown])
    rows = _map_rows(table) if table.depths else (
        "".join(_cell(text, tone, _wide(text)) for text, tone in row[:shown])
        for row in table.toned())  # fmt: skip
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    style = "border-collapse:collapse;margin:.5em 0"
    return (f'<table style="{style}">{caption}<thead><tr>{heads}</tr></thead>'
            f"<tbody>{body}</tbody></table>")  # fmt: skip


def _wide(text: str) -> str:
    """Return the style by which a cell keeps room for its text, where a page is narrow."""
    return ";white-space:nowrap" if len(text) <= _SHORT else ";min-width:14em"


_SHORT: Final = 24


def _head(text: str, *, is_map: bool) -> str:
    if not text:
        return "<td></td>"
    style = "text-align:center;padding:.1em .2em;min-width:0" if is_map else _CELL
    return f'<th scope="col" style="{style}">{marked(text)}</th>'


def _map_rows(table: Table) -> Iterator[str]:
    """Yield the rows of a map: a heading each, then cells filled with their tones."""
    for row, depths, span in zip(table.toned(), table.depths, table.heights, strict=True):
        (name, _), *cells = row
        style = (
            f"{_CELL};white-space:nowrap;font-weight:400;vertical-align:middle;padding-right:.3em"
        )
        high = f"height:{_HOUR * span:.1f}em"
        told = "".join(
            f'<td style="{_FILLED};{high};{ground(tone, depth) or _EMPTY}">{marked(text)}</td>'
            for (text, tone), depth in zip(cells, depths[1:], strict=True)
        )
        yield f'<th scope="row" style="{style}">{marked(name)}</th>{told}'


#: The height of a row that stands for one hour, and the look of a cell that has no tone.
_HOUR: Final = 0.75
_EMPTY: Final = "background:none"
