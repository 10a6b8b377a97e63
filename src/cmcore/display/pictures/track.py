"""Tracks: what happened, in order of time, from top to bottom."""

from collections.abc import Iterator
from itertools import pairwise
from math import log1p
from typing import Final

from attrs import field

from cmcore.base.values import value
from cmcore.display.pictures.canvas import (
    LINE,
    WIDTH,
    Picture,
    dot,
    heading,
    stroke,
    width_of,
    words,
    wrapped,
)
from cmcore.display.tones import GROUNDS, TONES, ink


@value
class Mark:
    """Something that happened: `at` in seconds, `when` as it is written, and `told` in words.

    `note` says what comes of it, in the tone.
    """

    at: float
    when: str
    told: str
    note: str = ""
    tone: str = ""


@value
class Track(Picture):
    """Marks in order of time. Longer waits are drawn longer, though not in proportion.

    If there are very many, the drawing shows those with a tone, and counts the others in between.
    """

    marks: tuple[Mark, ...] = field(kw_only=True)

    @property
    def shown(self) -> tuple[Mark, ...]:
        """The marks that are drawn."""
        return self.marks if len(self.marks) <= _MANY else tuple(_thinned(self.marks))

    def rows(self) -> Iterator[str]:
        """Yield a line for each mark."""
        when = max((len(mark.when) for mark in self.marks), default=0)
        for mark in self.marks:
            note = f"  {mark.note}" if mark.note else ""
            yield f"  {mark.when:<{when}}  {TONES[mark.tone][0] or '●'} {mark.told}{note}"

    def said(self) -> str:
        """Return each mark in words."""
        parts = (" ".join(part for part in (mark.when, mark.told, mark.note) if part)
                 for mark in self.shown)  # fmt: skip
        return "; ".join(parts)

    def shapes(self) -> tuple[float, list[str]]:
        """Return a line that goes down, a disc for each mark, and its words beside."""
        left = min(max((width_of(mark.when) for mark in self.shown), default=0), WIDTH / 3) + 6
        y: float = LINE + 14 if self.title else 8
        shapes: list[str] = []
        places: list[float] = []
        before: float | None = None
        for mark in self.shown:
            y += 0 if before is None else _wait(mark.at - before)
            before = mark.at
            places.append(y)
            lines = wrapped(mark.told, WIDTH - left - 24, 3)
            noted = wrapped(mark.note, (WIDTH - left - 24) * _BOLD) if mark.note else []
            shapes += _mark(mark, left, y, (lines, noted))
            y += LINE * (len(lines) + len(noted))
        spine = [stroke([(left + 8, places[0]), (left + 8, places[-1])])] if places else []
        title = [heading(self.title)] if self.title else []
        return y + 4, [*title, *spine, *shapes]


def _thinned(marks: tuple[Mark, ...]) -> Iterator[Mark]:
    """Yield the first marks that have a tone, and a count where others are left out."""
    kept = {n for n, mark in enumerate(marks) if mark.tone}
    chosen = sorted({0, len(marks) - 1, *sorted(kept)[:_MANY]})
    for before, n in pairwise([-1, *chosen]):
        if n - before > 1:
            skipped = marks[before + 1 : n]
            yield Mark(skipped[0].at, "", f"⋯ +{len(skipped)}")
        yield marks[n]


def _mark(mark: Mark, left: float, y: float, told: tuple[list[str], list[str]]) -> Iterator[str]:
    lines, noted = told
    yield words(left - 4, y + 4, mark.when, anchor="end")
    if mark.tone:
        yield dot(left + 8, y, 7, f"fill:{GROUNDS[mark.tone][0]}")
        sign = words(left + 8, y + 4, TONES[mark.tone][0], anchor="middle")
        yield sign.replace("fill:currentColor", "fill:#fff;font-size:10px")
    else:
        yield dot(left + 8, y, 4, ink("", "fill"))
    for n, line in enumerate(lines):
        yield words(left + 22, y + 4 + LINE * n, line)
    for n, line in enumerate(noted, len(lines)):
        yield words(left + 22, y + 4 + LINE * n, line, mark.tone)


def _wait(seconds: float) -> float:
    """Return how far down a mark is from the one before: it grows slowly with the time between."""
    return min(2 + _STEP * log1p(max(seconds, 0) / _SHORT), _MOST)


#: How much less bold text fits in the same space.
_BOLD: Final = 0.9
_STEP: Final = 3.0
_SHORT: Final = 300
_MOST: Final = 26
#: How many marks are drawn without leaving any out.
_MANY: Final = 60
