"""How a value shows itself: a title, lines and tables, written as text or as safe HTML."""

import re
from collections.abc import Callable, Iterable, Iterator
from html import escape
from itertools import groupby
from typing import Final

from attrs import field

from cmcore.foundation.house import value
from cmcore.foundation.wording import Language, say

#: What a tone looks like: a mark for those who do not see colours, and a colour that keeps a
#: contrast of 4.5:1 on white and on black.
TONES: Final = {
    "covered": ("✓", "#1c8650"),
    "exception": ("→", "#a06b00"),
    "forbidden": ("✗", "#d53f30"),
    "": ("", "inherit"),
}


@value
class Line:
    """One line of a view: a word, a name and a sentence."""

    word: str
    name: str
    text: str


#: A text and its tone.
Toned = tuple[str, str]


@value
class Table:
    """Rows under headings, all cells as text; `tones` has one for each cell, or nothing."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    title: str = ""
    tones: tuple[tuple[str, ...], ...] = ()

    def toned(self) -> Iterator[tuple[Toned, ...]]:
        """Yield each row as its cells with their tones."""
        plain = (("",) * len(self.headings),) * len(self.rows)
        for row, tones in zip(self.rows, self.tones or plain, strict=True):
            yield tuple(zip(row, tones, strict=True))


@value
class View:
    """What a value shows of itself."""

    title: str = field(kw_only=True)
    tone: str = field(default="", kw_only=True)
    lines: tuple[Line, ...] = field(default=(), kw_only=True)
    tables: tuple[Table, ...] = field(default=(), kw_only=True)
    foot: str = field(default="", kw_only=True)


def week_table(title: str, drawn: Callable[[int, int], Toned], language: Language) -> Table:
    """Draw a week: a column for each day, from Monday, and a row for the hours that are alike.

    `drawn` returns the text and the tone of a day (0 to 6) and an hour (0 to 23).
    """
    hours = [tuple(drawn(day, hour) for day in range(7)) for hour in range(24)]
    rows: list[tuple[str, ...]] = []
    tones: list[tuple[str, ...]] = []
    for cells, group in groupby(range(24), lambda hour: hours[hour]):
        first, *others = group
        last = others[-1] if others else first
        rows.append((f"{first:02}–{last + 1:02} h", *(text for text, _ in cells)))
        tones.append(("", *(tone for _, tone in cells)))
    heads = ("", *say("days", language).split())
    return Table(heads, tuple(rows), title, tuple(tones))


class Viewable:
    """What shows itself: `print(it)`, `it.text("fr")`, and by itself in a notebook."""

    __slots__ = ()

    def view(self, language: Language = "en") -> View:
        """Return what is shown."""
        raise NotImplementedError

    def text(self, language: Language = "en") -> str:
        """Return what is shown, as lines of text."""
        return as_text(self.view(language))

    def __str__(self) -> str:
        return self.text()

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        view = self.view()
        return {"text/plain": as_text(view), "text/html": as_html(view)}


def as_text(view: View) -> str:
    """Write a view as plain text, its columns aligned."""
    lines = [view.title, *_aligned(view.lines)]
    for table in view.tables:
        lines += ["", *_table_text(table)]
    return "\n".join([*lines, *([f"  ({view.foot})"] if view.foot else [])])


def _aligned(lines: tuple[Line, ...]) -> list[str]:
    named = [line for line in lines if line.word]
    word = max((len(line.word) for line in named), default=0)
    name = max((len(line.name) for line in named), default=0)
    named_ = f"{{0.name:<{name}}}  " if name else ""
    shape = f"  {{0.word:<{word}}}  {named_}{{0.text}}"
    return [shape.format(line).rstrip() if line.word else f"  {line.text}" for line in lines]


def _table_text(table: Table) -> list[str]:
    rows = [table.headings, *table.rows]
    widths = [max(len(row[i]) for row in rows) for i in range(len(table.headings))]
    body = [
        "  "
        + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    return [*([table.title] if table.title else []), *body]


def as_html(view: View) -> str:
    """Write a view as HTML, every text escaped, readable on light and on dark."""
    mark, colour = TONES.get(view.tone, TONES[""])
    head = f'<strong style="color:{colour}">{_marked(f"{mark} {view.title}".strip())}</strong>'
    rows = "".join(map(_line_html, view.lines))
    lines = f'<table style="border:none">{rows}</table>' if rows else ""
    tables = "".join(map(_table_html, view.tables))
    foot = f'<small style="opacity:.8">{_marked(view.foot)}</small>' if view.foot else ""
    return f'<div class="cmcore">{head}{lines}{tables}{foot}</div>'


#: How a cell stands, wherever the page says nothing of tables.
_CELL: Final = "text-align:left;vertical-align:top;padding:2px 12px 2px 0"
#: A text of so many letters is not broken: an instant and its tolerance, a mark and its word.
_SHORT: Final = 24


def _cells(texts: Iterable[str], tag: str = "td") -> str:
    return "".join(_cell(text, "", tag) for text in texts)


def _cell(text: str, tone: str, tag: str = "td") -> str:
    colour = f";color:{TONES[tone][1]}" if tone else ""
    whole = ";white-space:nowrap" if len(text) <= _SHORT else ""
    return f'<{tag} style="{_CELL}{colour}{whole}">{_marked(text)}</{tag}>'


def _marked(text: str) -> str:
    """Escape a text, and mark what stands in backticks as code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text))


def _line_html(line: Line) -> str:
    if not line.word:
        return f'<tr><td colspan="3" style="{_CELL}">{_marked(line.text)}</td></tr>'
    return f"<tr>{_cells((line.word, line.name, line.text))}</tr>"


def _table_html(table: Table) -> str:
    style = "text-align:left;font-weight:bold;padding:8px 0 2px;white-space:nowrap"
    title = f'<caption style="{style}">{_marked(table.title)}</caption>'
    caption = title if table.title else ""
    head = f"<thead><tr>{_cells(table.headings, 'th')}</tr></thead>"
    rows = ("".join(_cell(*cell) for cell in row) for row in table.toned())
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    return f'<table style="border-collapse:collapse">{caption}{head}<tbody>{body}</tbody></table>'
