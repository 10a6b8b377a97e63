"""Diagrams: boxes one after the other, arrows between them, and what leads out of each."""

from collections.abc import Iterator
from typing import Final

from attrs import field

from cmcore.base.values import value
from cmcore.display.pictures.canvas import (
    LINE,
    WIDTH,
    Picture,
    block,
    head,
    heading,
    stroke,
    width_of,
    words,
    wrapped,
)
from cmcore.display.tones import TONES, ink


@value
class Exit:
    """A way out of a box: what leads there, and where."""

    why: str
    to: str
    tone: str = ""

    def text(self) -> str:
        """Return it in words."""
        return f"{self.why} → {f'{TONES[self.tone][0]} {self.to}'.strip()}"


@value
class Box:
    """A step: what it says, in lines, what leads on to the next, and what leads out.

    It `is_end` where a chain begins or ends; the one that `is_now` has a thick frame.
    """

    lines: tuple[str, ...]
    onward: str = ""
    exits: tuple[Exit, ...] = ()
    tone: str = ""
    is_end: bool = False
    is_now: bool = False


@value
class Chain:
    """Boxes from first to last, under a name if there is one."""

    boxes: tuple[Box, ...]
    name: str = ""


@value
class Diagram(Picture):
    """Chains, one under the other."""

    chains: tuple[Chain, ...] = field(kw_only=True)

    def rows(self) -> Iterator[str]:
        """Yield the boxes with an arrow between, and what leads out of each."""
        for chain in self.chains:
            if chain.name:
                yield f"  {chain.name}"
            for n, box in enumerate(chain.boxes):
                ends = ("(", ")") if box.is_end else ("[", "]")
                now = " ◀" if box.is_now else ""
                yield f"  {ends[0]}{', '.join(box.lines)}{ends[1]}{now}"
                yield from (f"    {one.text()}" for one in box.exits)
                if n < len(chain.boxes) - 1:
                    yield f"    ↓ {box.onward}".rstrip()

    def said(self) -> str:
        """Return the boxes in words, in order."""
        parts = []
        for chain in self.chains:
            told = []
            for box in chain.boxes:
                exits = f" ({'; '.join(one.text() for one in box.exits)})" if box.exits else ""
                told.append(f"{', '.join(box.lines)}{exits}")
            name = f"{chain.name}: " if chain.name else ""
            parts.append(f"{name}{' ↓ '.join(told)}")
        return "; ".join(parts)

    def shapes(self) -> tuple[float, list[str]]:
        """Return the boxes as frames, with arrows down to the next and right to the way out."""
        y: float = LINE + 6 if self.title else 4
        shapes = [heading(self.title)] if self.title else []
        for chain in self.chains:
            if chain.name:
                shapes.append(words(0, y + 12, chain.name))
                y += LINE + 4
            for n, box in enumerate(chain.boxes):
                drawn, high = _box(box, y)
                shapes += drawn
                y += high
                if n < len(chain.boxes) - 1:
                    shapes += _down(box.onward, y)
                    y += _GAP
            y += 10
        return y, shapes


def _box(box: Box, y: float) -> tuple[list[str], float]:
    """Return the shapes of a box, and how high it is."""
    wide = _WIDE if box.exits else min(_WIDE, max(map(width_of, box.lines), default=0) + 28)
    wide = max(wide, _NARROW)
    lines = [part for line in box.lines for part in wrapped(line, wide - 16)]
    outs = [wrapped(one.text(), (WIDTH - _WIDE - 34) * _BOLD) for one in box.exits]
    high = max(LINE * len(lines) + 12, LINE * sum(map(len, outs)) + 8)
    thick = "3" if box.is_now else "1.5"
    style = f"fill:none;{ink(box.tone, 'stroke')};stroke-width:{thick}"
    shapes = [block(2, y, wide, high, style, radius=high / 2 if box.is_end else 4)]
    first = y + (high - LINE * len(lines)) / 2 + 12
    shapes += [words(2 + wide / 2, first + LINE * n, line, box.tone, "middle")
               for n, line in enumerate(lines)]  # fmt: skip
    place = y + (high - LINE * sum(map(len, outs))) / 2
    for one, told in zip(box.exits, outs, strict=True):
        middle = place + LINE / 2
        shapes += [stroke([(wide + 2, middle), (wide + 20, middle)], width="1.5"),
                   head(wide + 26, middle, "right")]  # fmt: skip
        shapes += [words(wide + 32, place + 12 + LINE * n, line, one.tone)
                   for n, line in enumerate(told)]  # fmt: skip
        place += LINE * len(told)
    return shapes, high


def _down(told: str, y: float) -> list[str]:
    line = stroke([(_ARROW, y), (_ARROW, y + _GAP - 6)], width="1.5")
    label = [words(_ARROW + 10, y + _GAP / 2 + 3, told)] if told else []
    return [line, head(_ARROW, y + _GAP, "down"), *label]


#: How much less bold text fits in the same space.
_BOLD: Final = 0.9
_WIDE: Final = 220
_NARROW: Final = 72
_GAP: Final = 28
_ARROW: Final = 37
