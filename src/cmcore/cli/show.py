"""What is printed: views drawn for a terminal or a pipe, JSON, and complaints.

Every text may come from a stranger: none is read as markup, and no control character gets out.
"""

import json
import re
import sys
from contextlib import suppress
from itertools import groupby
from typing import Any, Final, Literal

import click
from rich.box import SIMPLE_HEAD
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from cmcore.base import shown
from cmcore.base.shown import ODD
from cmcore.base.typography import NARROW, NO_BREAK, PLAIN
from cmcore.base.values import value
from cmcore.cli.language import spoken
from cmcore.display.views import TONES, Line, Table, View
from cmcore.display.wording import say

#: Without a screen, no line is broken.
_ENDLESS: Final = 100_000
#: What JSON may contain but should not print.
_ESCAPED: Final = re.compile(rf"(?!\n)[{ODD}]")
_FIGURES: Final = re.compile(r"[\d.,]*(?:\s?%)?|–")
_QUOTED: Final = r"`[^`]*`"
_CORNER: Final = (0, 0, 0, 2)


#: What stands for the spaces at which no line may break while rich, which breaks at them, sets
#: lines: no clean text has any of them.
_HELD: Final = {ord(NO_BREAK): "\ud800", ord(NARROW): "\ud801"}
_LET_GO: Final = {ord(held): space for space, held in _HELD.items()}


def clean(text: str) -> str:
    """Return `text` on one line, what could steer a terminal written as an escape."""
    return shown.clean(text).strip().translate(_HELD)


def show(*views: View, err: bool = False) -> None:
    """Print views, with an empty line between them; on standard error with `err`."""
    for number, view in enumerate(views):
        if number:
            click.echo(err=err)
        draw(_picture(view), err=err)


def note(text: str) -> None:
    """Print a line on what was shown above it, after an empty line."""
    click.echo()
    draw(Text(clean(text)))


def heading(text: str) -> None:
    """Print a line that says what comes below it, after an empty line."""
    click.echo()
    draw(Text(clean(text), "bold underline"))


def show_json(data: object) -> None:
    """Print plain data as JSON, in UTF-8 wherever it goes, what nobody sees written as escapes."""
    text = json.dumps(data, ensure_ascii=False, indent=2)
    click.echo(_ESCAPED.sub(lambda found: json.dumps(found[0])[1:-1], text).encode())


def complain(
    where: str, what: str, line: int | None = None, word: Literal["error", "warning"] = "error"
) -> None:
    """Print one line on standard error: the place, so that editors find it, and what is wrong."""
    console = Console(stderr=True, highlight=False, markup=False, emoji=False)
    place = f"{where}:{line}" if line is not None else where
    colour = "bold red" if word == "error" else "bold yellow"
    said = say(word, spoken())
    rest = say("at place", spoken(), place="", what=shown.clean(what))
    told = _written(rest, sys.stderr)
    text = Text.assemble((shown.clean(place), "bold"), ": ", (said, colour), told)
    with suppress(OSError):  # there is nowhere left to report it
        console.print(text, soft_wrap=True)


def draw(picture: RenderableType, *, err: bool = False) -> None:
    """Print what rich can draw: as wide as the terminal, or as wide as needed in a pipe."""
    stream = sys.stderr if err else sys.stdout
    console = Console(file=stream, highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console.width = _ENDLESS
    with console.capture() as captured:
        console.print(picture)
    lines = [line.rstrip() for line in captured.get().splitlines()]
    click.echo(_written("\n".join(lines), stream), color=True, err=err)


def _written(text: str, stream: object) -> str:
    """Return what a stream can write of a text: where French has no room, it is set plainly."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    told = text.translate(_LET_GO)
    for special, plain in PLAIN.items():
        if special in told and special.encode(encoding, "ignore") == b"":
            told = told.replace(special, plain)
    return told.encode(encoding, "replace").decode(encoding)


def _picture(view: View) -> Group:
    mark, colour = TONES[view.tone]
    title = clean(view.title)
    title = title if mark in title else f"{mark} {title}"
    parts: list[RenderableType] = [Text(title, f"bold {colour}")]
    for has_word, group in groupby(view.lines, lambda line: bool(line.word)):
        lines = tuple(group)
        parts += [_named(lines)] if has_word else [_Hanging(_sentence(x.text)) for x in lines]
    for table in view.tables:
        parts += ["", _table(table)]
    if view.foot:
        parts.append(Padding(Text(f"({clean(view.foot)})", "dim"), _CORNER))
    return Group(*parts)


def _sentence(text: str) -> Text:
    shown = Text(clean(text))
    shown.highlight_regex(_QUOTED, "cyan")
    return shown


def _toned(text: str, tone: str) -> Text:
    return Text(clean(text), TONES[tone][1]) if tone else _sentence(text)


@value
class _Hanging:
    """A text whose lines stand further in than its first."""

    text: Text

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for number, line in enumerate(self.text.wrap(console, options.max_width - 4)):
            yield Text("    " if number else "  ") + line


def _named(lines: tuple[Line, ...]) -> RenderableType:
    grid = Grid.grid(padding=(0, 2, 0, 0))
    rows = [(line.word, line.name, line.text) for line in lines]
    has_names = any(name for _, name, _ in rows)
    for word, name, text in rows:
        cells = [Text(clean(word), "dim"), _sentence(text)]
        if has_names:
            cells.insert(1, Text(clean(name), "bold"))
        grid.add_row(*cells)
    return Padding(grid, _CORNER)


def _table(table: Table) -> RenderableType:
    grid = Grid(box=SIMPLE_HEAD, padding=(0, 1), pad_edge=False, show_edge=False)
    columns = [*zip(*table.rows, strict=True)] or [()] * len(table.headings)
    widths = table.widths if table.folded else [None] * len(columns)
    for heading_, cells, width in zip(table.headings, columns, widths, strict=True):
        has_figures = any(map(str.isdigit, "".join(cells))) and all(map(_FIGURES.fullmatch, cells))
        side: Any = "right" if has_figures else "left"
        grid.add_column(
            Text(clean(heading_), "dim"), justify=side, overflow="fold", max_width=width
        )
    for row in table.toned():
        grid.add_row(*(_toned(*cell) for cell in row))
    title = [Text(clean(table.title), "bold")] if table.title else []
    return Group(*title, Padding(grid, _CORNER))
