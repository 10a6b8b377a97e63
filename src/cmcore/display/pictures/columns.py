"""Columns: a number for each period or hour, side by side, with what they are compared with."""

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
    stroke,
    width_of,
    words,
)
from cmcore.display.tones import ink


@value
class Column:
    """A number, None where it is unknown, and how it is written; `brief` may fit in the bar."""

    name: str
    height: float | None
    told: str
    brief: str = ""
    tone: str = ""


@value
class Columns(Picture):
    """Columns on one scale from 0 to `top`; `goal` is marked across them all."""

    columns: tuple[Column, ...] = field(kw_only=True)
    top: float = field(kw_only=True)
    goal: float | None = field(default=None, kw_only=True)
    goal_told: str = field(default="", kw_only=True)

    def rows(self) -> Iterator[str]:
        """Yield a bar of characters for each column."""
        name = max((len(one.name) for one in self.columns), default=0)
        told = max((len(one.told) for one in self.columns), default=0)
        for one in self.columns:
            bar = "█" * round(_CELLS * self._part(one.height or 0))
            yield f"  {one.name:<{name}}  {one.told:>{told}}  {bar}".rstrip()
        if self.goal_told:
            yield f"  ({self.goal_told})"

    def said(self) -> str:
        """Return each column in words, and the goal."""
        told = [f"{one.name}: {one.told}" for one in self.columns]
        return "; ".join([*told, *([self.goal_told] if self.goal_told else [])])

    def shapes(self) -> tuple[float, list[str]]:
        """Return a bar for each column, and a line across for the goal."""
        top = LINE + 4 if self.title else 4
        shapes = [heading(self.title)] if self.title else []
        if self.goal_told and self.title:
            shapes.append(words(WIDTH, 12, self.goal_told, anchor="end"))
        bottom = top + _HIGH
        for n, one in enumerate(self.columns):
            shapes += self._column(one, n, bottom)
        shapes.append(stroke([(0, bottom), (WIDTH, bottom)]))
        shapes += self._names(bottom + 13)
        if self.goal is not None:
            y = bottom - _HIGH * self._part(self.goal)
            shapes.append(stroke([(0, y), (WIDTH, y)], width="1.5", dasharray="5 3"))
        return bottom + LINE + 2, shapes

    def _part(self, height: float) -> float:
        return min(max(height / self.top, 0), 1) if self.top else 0

    @property
    def _step(self) -> float:
        return min(WIDTH / max(len(self.columns), 1), _WIDEST)

    def _column(self, one: Column, number: int, bottom: float) -> Iterator[str]:
        step, gap = self._step, 1 if self._step < _CLOSE else 2
        middle = (number + 0.5) * step
        if one.height is None:
            yield words(middle, bottom - 4, "?", anchor="middle")
            return
        high = _HIGH * self._part(one.height)
        style = f"{ink(one.tone, 'fill')};fill-opacity:{'.55' if one.tone else '.2'}"
        yield block(number * step + gap / 2, bottom - high, step - gap, high, style, radius=1)
        if one.brief and width_of(one.brief) <= step:
            yield words(middle, bottom - 4, one.brief, anchor="middle")

    def _names(self, y: float) -> Iterator[str]:
        """Yield as many names as there is room for, the first and the last among them."""
        if not self.columns:
            return
        widest = max(width_of(one.name) for one in self.columns) + 10
        last = len(self.columns) - 1
        most = max(int(self._step * len(self.columns) / widest), 1)
        every = max(-(-len(self.columns) // most), 1)
        shown = [n for n in range(0, last + 1, every) if n == last or (last - n) >= every]
        for n in dict.fromkeys([*shown, last]):
            middle = (n + 0.5) * self._step
            half = width_of(self.columns[n].name) / 2
            where = min(max(middle, half), WIDTH - half)
            yield words(where, y, self.columns[n].name, anchor="middle")


_CELLS: Final = 20
_HIGH: Final = 90
_WIDEST: Final = 64
_CLOSE: Final = 8
