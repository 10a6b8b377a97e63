"""Grids: cells filled with a tone, under the names of columns, as a map of the week has them."""

from collections.abc import Iterator
from typing import Final

from attrs import field

from cmcore.base.values import value
from cmcore.display.pictures.canvas import LINE, WIDTH, Picture, block, heading, words
from cmcore.display.tones import GROUNDS, painted


@value
class Cell:
    """A cell: its text, its tone, and how deep that is from 0."""

    text: str
    tone: str = ""
    depth: int = 0


@value
class Row:
    """A row of cells under its name; `span` says how many rows it stands for."""

    name: str
    cells: tuple[Cell, ...]
    span: int = 1


@value
class Grid(Picture):
    """Rows of cells, with the name of each column above."""

    columns: tuple[str, ...] = field(kw_only=True)
    lines: tuple[Row, ...] = field(kw_only=True)

    def rows(self) -> Iterator[str]:
        """Yield a line for the names of the columns, and one for each row."""
        table = [("", *self.columns)]
        table += [(row.name, *(cell.text for cell in row.cells)) for row in self.lines]
        widths = [max(map(len, column)) for column in zip(*table, strict=True)]
        for line in table:
            cells = (text.ljust(width) for text, width in zip(line, widths, strict=True))
            yield f"  {'  '.join(cells)}".rstrip()

    def said(self) -> str:
        """Return the cells in words, row by row; those without a tone are left out."""
        told = []
        for row in self.lines:
            pairs = zip(self.columns, row.cells, strict=True)
            cells = [f"{name} {cell.text}".strip() for name, cell in pairs if cell.tone]
            told += [f"{row.name}: {', '.join(cells)}"] if cells else []
        return "; ".join(told)

    def shapes(self) -> tuple[float, list[str]]:
        """Return a rectangle for each cell, with its text within."""
        shapes = [heading(self.title)] if self.title else []
        y: float = LINE + 10 if self.title else 6
        wide = (WIDTH - _LEFT) / max(len(self.columns), 1)
        middles = [_LEFT + (n + 0.5) * wide for n in range(len(self.columns))]
        shapes += [words(x, y + 8, name, anchor="middle")
                   for x, name in zip(middles, self.columns, strict=True)]  # fmt: skip
        y += LINE
        for row in self.lines:
            high = LINE + 4 + _MORE * (min(row.span, _TALLEST) - 1)
            shapes.append(words(0, y + high / 2 + 4, row.name))
            for x, cell in zip(middles, row.cells, strict=True):
                shapes += _cell(cell, (x, y), (wide, high))
            y += high
        return y, shapes


def _cell(cell: Cell, at: tuple[float, float], size: tuple[float, float]) -> Iterator[str]:
    (x, y), (wide, high) = at, size
    if cell.tone in GROUNDS:
        shade = painted(cell.tone, cell.depth)
        yield block(x - wide / 2 + 0.5, y + 0.5, wide - 1, high - 1, f"fill:{shade}", radius=1)
    told = words(x, y + high / 2 + 4, cell.text, anchor="middle")
    yield told.replace("fill:currentColor", "fill:#fff") if cell.tone in GROUNDS else told


_LEFT: Final = 64
#: How much higher a row is for each row that it stands for beyond the first, up to so many.
_MORE: Final = 6
_TALLEST: Final = 6
