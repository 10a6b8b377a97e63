"""Bars: what a whole is made of, a bar for each whole and a piece for each part."""

from collections.abc import Iterator
from typing import Final

from attrs import field

from cmcore.base.values import value
from cmcore.display.pictures.canvas import (
    LINE,
    WIDTH,
    Picture,
    block,
    heading,
    width_of,
    wrapped,
)
from cmcore.display.pictures.canvas import words as written
from cmcore.display.tones import GROUNDS, TONES


@value
class Piece:
    """A part of a whole: its size, the word for it and its tone, with the mark that says it."""

    word: str
    size: float
    told: str
    tone: str = ""
    mark: str = field(default="", kw_only=True)

    @property
    def sign(self) -> str:
        """Its mark, which is that of its tone unless it has one of its own."""
        return self.mark or TONES[self.tone][0]


@value
class Bar:
    """A whole and its pieces, in order."""

    name: str
    pieces: tuple[Piece, ...]

    @property
    def size(self) -> float:
        """How long the bar is."""
        return sum(piece.size for piece in self.pieces)

    def said(self) -> str:
        """Return the pieces in words; those of no size are left out."""
        return " · ".join(
            f"{piece.sign} {piece.told} {piece.word}".strip()
            for piece in self.pieces if piece.size
        )  # fmt: skip


@value
class Bars(Picture):
    """Bars on one scale, the longest as wide as the picture."""

    bars: tuple[Bar, ...] = field(kw_only=True)

    @property
    def top(self) -> float:
        """The length of the longest bar."""
        return max((bar.size for bar in self.bars), default=0)

    def rows(self) -> Iterator[str]:
        """Yield a bar of characters for each bar, a letter for each tone of its pieces."""
        name = max((len(bar.name) for bar in self.bars), default=0)
        for bar in self.bars:
            cells = "".join((piece.sign or "█") * self._cells(piece.size) for piece in bar.pieces)
            yield f"  {bar.name:<{name}}  {cells:<{_CELLS}}  {bar.said()}".rstrip()

    def _cells(self, size: float) -> int:
        return round(_CELLS * size / self.top) if self.top else 0

    def said(self) -> str:
        """Return each bar in words."""
        return "; ".join(f"{bar.name}: {bar.said()}" for bar in self.bars)

    def shapes(self) -> tuple[float, list[str]]:
        """Return a line of words and a bar for each bar."""
        y: float = LINE + 4 if self.title else 0
        shapes = [heading(self.title)] if self.title else []
        for bar in self.bars:
            told = f"{bar.name}  {bar.said()}".strip()
            for line in wrapped(told, WIDTH, 3):
                shapes.append(written(0, y + 12, line))
                y += LINE
            shapes += self._bar(bar, y)
            y += _HIGH + 8
        return max(y, LINE), shapes

    def _bar(self, bar: Bar, y: float) -> Iterator[str]:
        x = 0.0
        for piece in bar.pieces:
            if not piece.size:
                continue
            width = WIDTH * piece.size / self.top
            style = f"fill:{GROUNDS[piece.tone][0]}" if piece.tone else "opacity:.25"
            yield block(x, y, max(width - 1, 1), _HIGH, style)
            if width_of(piece.told) + 4 <= width:
                yield _number(x + width / 2, y + 13, piece)
            x += width


def _number(x: float, y: float, piece: Piece) -> str:
    colour = "fill:#fff;font-weight:600" if piece.tone else "fill:currentColor"
    return written(x, y, piece.told, anchor="middle").replace("fill:currentColor", colour)


_CELLS: Final = 30
_HIGH: Final = 18
