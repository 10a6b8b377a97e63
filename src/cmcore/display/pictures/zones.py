"""Zones: things in order of a number, as wide as they are many, and what they are called."""

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
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
    wrapped,
)
from cmcore.display.tones import TONES, ink


@value
class Slice:
    """Some things that are alike: how many they are, and which `share` of them is shown."""

    size: float
    share: float


@value
class Zone:
    """Things that are called alike, those with the lowest numbers first: `told` says which."""

    size: float
    name: str
    told: str
    tone: str = ""


@value
class Climb:
    """What grows from the first thing on, or from the last: a place and a height at each point.

    Heights are multiples of what they should not exceed.
    """

    points: tuple[tuple[float, float], ...]


@value
class Zones(Picture):
    """Slices side by side, the zones in a band below, and climbs beneath, the height 1 marked.

    `shown` says what the heights of slices are, `called` what the zones are, and `climbed` what the
    heights of climbs are; `ends` are the lowest number and the highest.
    """

    slices: tuple[Slice, ...] = field(kw_only=True)
    zones: tuple[Zone, ...] = field(kw_only=True)
    climbs: tuple[Climb, ...] = field(default=(), kw_only=True)
    shown: str = field(default="", kw_only=True)
    called: str = field(default="", kw_only=True)
    climbed: str = field(default="", kw_only=True)
    ends: tuple[str, str] = field(default=("", ""), kw_only=True)

    def rows(self) -> Iterator[str]:
        """Yield a row of characters for the shares, one for the zones, and each zone in words."""
        shares = [_LEVELS[round(_part(one.share) * (len(_LEVELS) - 1))] for one in self.slices]
        marks = [_MARKS.get(one.tone, "·") for one in self.zones]
        yield f"  {_cells(self.slices, shares)}  {self.shown}".rstrip()
        yield f"  {_cells(self.zones, marks)}  {self.called}".rstrip()
        for one in self.zones:
            yield f"  {TONES[one.tone][0] or ' '} {one.told}".rstrip()

    def said(self) -> str:
        """Return each zone in words."""
        return "; ".join(one.told for one in self.zones)

    def shapes(self) -> tuple[float, list[str]]:
        """Return columns, a band under them, lines beneath, and the zones in words."""
        top: float = LINE + 4 if self.title else 0
        shapes = [heading(self.title)] if self.title else []
        shapes.append(words(0, top + 12, self.shown))
        first = top + LINE + 4
        band = first + _HIGH
        shapes += [*self._columns(band), *self._band(band + 2)]
        low, high = self.ends
        end = band + _BAND + LINE
        shapes += [words(0, end - 2, low), words(WIDTH, end - 2, high, anchor="end")]
        shapes += self._parted(first, band + _BAND)
        if self.climbs:
            shapes.append(words(0, end + LINE - 2, self.climbed))
            end += LINE + 4 + _LOW
            shapes += [*self._climbs(end), *self._parted(end - _LOW, end)]
        for one in self.zones:
            told = wrapped(one.told, WIDTH - 2 * LINE, 3)
            shapes.append(block(0, end + 6, 10, 10, _filled(one.tone)))
            shapes += [words(LINE, end + LINE * n, line) for n, line in enumerate(told, 1)]
            end += LINE * len(told)
        return end + 4, shapes

    def _edges(self, parts: Sequence[Slice] | Sequence[Zone]) -> list[float]:
        """Return where each part begins, and the last one ends."""
        ends = [*accumulate((one.size for one in parts), initial=0.0)]
        return [WIDTH * _part(end / (ends[-1] or 1)) for end in ends]

    def _columns(self, bottom: float) -> Iterator[str]:
        for one, (left, right) in zip(self.slices, pairwise(self._edges(self.slices)), strict=True):
            high = _HIGH * _part(one.share)
            style = f"{ink('', 'fill')};fill-opacity:.3"
            yield block(left, bottom - high, right - left - 1, high, style, radius=1)
        yield stroke([(0, bottom), (WIDTH, bottom)])

    def _band(self, top: float) -> Iterator[str]:
        for one, (left, right) in zip(self.zones, pairwise(self._edges(self.zones)), strict=True):
            yield block(left, top, right - left, _BAND - 2, _filled(one.tone), radius=0)
            if width_of(one.name) + 6 <= right - left:
                yield words((left + right) / 2, top + 13, one.name, anchor="middle")

    def _parted(self, top: float, bottom: float) -> Iterator[str]:
        """Yield a line where a zone ends."""
        for x in dict.fromkeys(self._edges(self.zones)[1:-1]):
            yield stroke([(x, top), (x, bottom)], width="1.5", dasharray="2 3")

    def _climbs(self, bottom: float) -> Iterator[str]:
        whole = sum(one.size for one in self.slices) or 1
        for one in self.climbs:
            points = [(WIDTH * _part(place / whole), bottom - _LOW * _part(height / _TOP))
                      for place, height in one.points]  # fmt: skip
            yield stroke(points, width="2")
        mark = bottom - _LOW / _TOP
        yield stroke([(0, bottom), (WIDTH, bottom)])
        yield stroke([(0, mark), (WIDTH, mark)], "forbidden", width="1.5", dasharray="5 3")


def _part(height: float) -> float:
    return min(max(height, 0), 1)


def _filled(tone: str) -> str:
    return f"{ink(tone, 'fill')};fill-opacity:.4"


def _cells(parts: Sequence[Slice] | Sequence[Zone], marks: Sequence[str]) -> str:
    """Return a character for each cell of a row, by the part in which its middle lies."""
    ends = [*accumulate((one.size for one in parts), initial=0.0)]
    places = [round(_CELLS * end / (ends[-1] or 1)) for end in ends]
    return "".join(mark * (to - at) for mark, (at, to) in zip(marks, pairwise(places), strict=True))


_CELLS: Final = 40
_LEVELS: Final = "▁▂▃▄▅▆▇█"
_MARKS: Final = {"covered": "━", "exception": "?"}
_HIGH: Final = 80
_BAND: Final = 20
_LOW: Final = 60
#: The greatest height of a climb that is drawn.
_TOP: Final = 2.0
