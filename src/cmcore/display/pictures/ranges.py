"""Ranges: values between a low and a high, each on a line, with what they are compared with."""

from collections.abc import Iterator
from typing import Final

from attrs import field

from cmcore.base.values import value
from cmcore.display.pictures.canvas import (
    LINE,
    WIDTH,
    Picture,
    block,
    dot,
    heading,
    stroke,
    width_of,
    words,
)
from cmcore.display.tones import ink


@value
class RangeBar:
    """A value `at`, known to be between `low` and `high`; `told` says the three in words.

    `high` is None where nothing bounds it, and `at` where the value itself is unknown.
    """

    name: str
    told: str
    low: float
    high: float | None
    at: float | None = None
    tone: str = ""


@value
class Ranges(Picture):
    """Ranges on one scale from 0 to `top`, whose ends are labelled `ends`; `goal` is marked."""

    ranges: tuple[RangeBar, ...] = field(kw_only=True)
    top: float = field(kw_only=True)
    ends: tuple[str, str] = field(kw_only=True)
    goal: float | None = field(default=None, kw_only=True)
    goal_told: str = field(default="", kw_only=True)

    def rows(self) -> Iterator[str]:
        """Yield a line of characters for each range."""
        name = max((len(one.name) for one in self.ranges), default=0)
        told = max((len(one.told) for one in self.ranges), default=0)
        for one in self.ranges:
            line = f"  {one.name:<{name}}  {one.told:<{told}}  {self.ends[0]} {self._bar(one)}"
            yield f"{line} {self.ends[1]}"
        if self.goal is not None:
            yield f"  ┊ {self.goal_told}"

    def _bar(self, one: RangeBar) -> str:
        cells = ["─"] * _CELLS
        high = self.top if one.high is None else one.high
        marks = [(self.goal, "┊"), (one.low, "├"), (high, "…" if one.high is None else "┤")]
        for place, mark in [*marks, (one.at, "●")]:
            if place is not None:
                cells[round(self._part(place) * (_CELLS - 1))] = mark
        return "".join(cells)

    def said(self) -> str:
        """Return each range in words, and the goal."""
        told = [f"{one.name}: {one.told}" if one.name else one.told for one in self.ranges]
        return "; ".join([*told, *([self.goal_told] if self.goal_told else [])])

    def shapes(self) -> tuple[float, list[str]]:
        """Return a line for each range, its value as a dot and its bounds as a band."""
        top = LINE + 4 if self.title else 0
        bottom = top + _ROW * len(self.ranges)
        shapes = [heading(self.title)] if self.title else []
        shapes += [shape for n, one in enumerate(self.ranges)
                   for shape in self._row(one, top + _ROW * n)]  # fmt: skip
        return bottom + LINE, [*shapes, *self._scale(top, bottom)]

    def _part(self, place: float) -> float:
        return min(max(place / self.top, 0), 1) if self.top else 0

    def _x(self, place: float) -> float:
        return _LEFT + (WIDTH - 2 * _LEFT) * self._part(place)

    def _row(self, one: RangeBar, y: float) -> Iterator[str]:
        axis = y + _ROW - 12
        high = self.top if one.high is None else one.high
        left, right = self._x(one.low), self._x(high)
        if one.name:
            yield words(0, y + 12, one.name)
        yield words(WIDTH if one.name else 0, y + 12, one.told, one.tone,
                    "end" if one.name else "start")  # fmt: skip
        yield stroke([(_LEFT, axis), (WIDTH - _LEFT, axis)])
        open_ = ";fill-opacity:.25" if one.high is None else ";fill-opacity:.4"
        yield block(left, axis - 6, max(right - left, 2), 12, f"{ink(one.tone, 'fill')}{open_}")
        for x in [left] if one.high is None else [left, right]:
            yield stroke([(x, axis - 8), (x, axis + 8)], one.tone, width="2")
        if one.at is not None:
            yield dot(self._x(one.at), axis, 5, ink(one.tone, "fill"))

    def _scale(self, top: float, bottom: float) -> Iterator[str]:
        yield words(0, bottom + 12, self.ends[0])
        yield words(WIDTH, bottom + 12, self.ends[1], anchor="end")
        if self.goal is not None:
            x, half = self._x(self.goal), width_of(self.goal_told) / 2
            for n in range(len(self.ranges)):
                axis = top + _ROW * n + _ROW - 12
                yield stroke([(x, axis - 10), (x, axis + 12)], width="2", dasharray="3 2")
            free = width_of(self.ends[0]) + 8, WIDTH - width_of(self.ends[1]) - 8
            middle = min(max(x, free[0] + half), free[1] - half)
            yield words(middle, bottom + 12, self.goal_told, anchor="middle")


_CELLS: Final = 31
_LEFT: Final = 6
_ROW: Final = 40
