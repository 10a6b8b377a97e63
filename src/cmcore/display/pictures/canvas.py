"""The canvas: what every picture has, and the few SVG shapes they are made of."""

from collections.abc import Iterable, Sequence
from typing import Final

from cmcore.base.language import Language
from cmcore.base.regex import regex
from cmcore.base.shown import clean
from cmcore.base.typography import NO_BREAK
from cmcore.base.values import value
from cmcore.display.pictures.looks import STYLE, classed
from cmcore.display.tones import ink

#: How wide a picture is at most; on a narrower page it shrinks, and can still be read.
WIDTH: Final = 420
#: The height of a line of text, and how wide a character is, roughly.
LINE: Final = 16
_CHARACTER: Final = 7.0
#: The space between a mark and what it marks, or a number and its unit: no line ends there.
_BOUND: Final = regex(r"(?<=[✓✗?–→]) |(?<=\d) (?=(?:d|h|min|s)\b)")
#: What ends no line: what comes after it is left out.
_OPEN: Final = f" {NO_BREAK}·"
_FAINT: Final = "opacity:.45"
#: The room around a picture that stands alone.
_MARGIN: Final = 12


@value
class Picture:
    """A picture that `svg` draws with shapes, and `text` with characters."""

    title: str

    def text(self) -> str:
        """Return the picture drawn with characters, its title first."""
        return "\n".join(map(clean, [*([self.title] if self.title else []), *self.rows()]))

    def rows(self) -> Iterable[str]:
        """Yield the lines of the drawing with characters."""
        raise NotImplementedError

    def said(self) -> str:
        """Return in words what the picture shows, for people who do not see it."""
        raise NotImplementedError

    def shapes(self) -> tuple[float, list[str]]:
        """Return how high the drawing is, and the shapes it is made of."""
        raise NotImplementedError

    def element(self) -> str:
        """Return the picture as an SVG element, to embed in a page whose colours it takes."""
        return drawing(self, *self.shapes())

    def svg(self, language: Language = "en") -> str:
        """Return the picture as an SVG file, which opens alone, on a light screen or a dark one."""
        return alone(self.title, [self], language)

    def __str__(self) -> str:
        return self.text()

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/plain": self.text(), "text/html": self.element()}


def _escaped(text: str) -> str:
    from html import escape  # needed by drawings only, and slow to load

    return escape(clean(text))


def drawing(picture: Picture, height: float, shapes: Iterable[str]) -> str:
    """Return an SVG element of the shapes, named for those who do not see it."""
    label = _escaped(". ".join(part for part in (picture.title, picture.said()) if part)).replace(
        "`", ""
    )
    style = (f"display:block;width:100%;max-width:{WIDTH}px;height:auto;margin:.5em 0;"
             "overflow:visible;font-family:inherit;font-size:12px")  # fmt: skip
    title = f"<title>{_escaped(picture.title)}</title>" if picture.title else ""
    return (f'<svg role="img" aria-label="{label}" viewBox="0 0 {WIDTH} {_n(height)}" '
            f'style="{style}" fill="currentColor">{title}{"".join(shapes)}</svg>')  # fmt: skip


def alone(title: str, pictures: Sequence[Picture], language: Language) -> str:
    """Return pictures, one under the other, as an SVG file with words for those who see none."""
    said = ". ".join(picture.said() for picture in pictures)
    drawn: list[str] = []
    top: float = _MARGIN
    for picture in pictures:
        high, shapes = picture.shapes()
        moved = f'<g transform="translate({_MARGIN} {_n(top)})">'
        drawn.append(f"{moved}{classed(''.join(shapes))}</g>")
        top += high + _MARGIN
    width, height = WIDTH + 2 * _MARGIN, _n(top)
    name, told = (_escaped(text.replace("`", "")) for text in (title or said, said))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xml:lang="{language}" role="img" '
        f'aria-labelledby="title desc" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" fill="currentColor">\n'
        f'<title id="title">{name}</title>\n<desc id="desc">{told}</desc>\n'
        f'<style>{STYLE}</style>\n<rect class="ground" width="{width}" height="{height}"/>\n'
        + "\n".join(drawn)
        + "\n</svg>\n"
    )


def words(x: float, y: float, text: str, tone: str = "", anchor: str = "start") -> str:
    """Return a text that stands on the line `y`."""
    style = f"{ink(tone, 'fill')}{';font-weight:600' if tone else ''}"
    told = _escaped(text.replace("`", ""))
    place = f'x="{_n(x)}" y="{_n(y)}" text-anchor="{anchor}"'
    return f'<text {place} style="{style}">{told}</text>'


def heading(text: str) -> str:
    """Return the title of a picture, above it."""
    return f'<text x="0" y="12" style="font-weight:600">{_escaped(text)}</text>'


def stroke(points: Iterable[tuple[float, float]], tone: str = "", **looks: str) -> str:
    """Return a line through some points; `looks` adds to its style, as in `width="2"`."""
    path = " ".join(f"{_n(x)},{_n(y)}" for x, y in points)
    more = "".join(f";stroke-{name}:{look}" for name, look in looks.items())
    faint = "" if tone or looks else f";{_FAINT}"
    return f'<polyline points="{path}" fill="none" style="{ink(tone, "stroke")}{more}{faint}"/>'


def head(x: float, y: float, way: str) -> str:
    """Return the head of an arrow whose tip is there, going `right` or `down`."""
    ends = [(-7, -4), (-7, 4)] if way == "right" else [(-4, -7), (4, -7)]
    path = " ".join(f"{_n(x + dx)},{_n(y + dy)}" for dx, dy in [(0, 0), *ends])
    return f'<polygon points="{path}"/>'


def block(  # noqa: PLR0913 - a rectangle has this many sides
    x: float, y: float, width: float, height: float, style: str, *, radius: float = 2
) -> str:
    """Return a rectangle."""
    return (f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(max(width, 0))}" height="{_n(height)}" '
            f'rx="{_n(radius)}" style="{style}"/>')  # fmt: skip


def dot(x: float, y: float, radius: float, style: str) -> str:
    """Return a disc."""
    return f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}" style="{style}"/>'


def width_of(text: str) -> float:
    """Return about how wide a text is."""
    return _CHARACTER * len(text)


def wrapped(text: str, width: float, most: int = 2) -> list[str]:
    """Cut a text into at most `most` lines of about a width; the last shows if there is more.

    A mark stays on the line of what it marks, and a number on that of its unit.
    """
    size = max(int(width / _CHARACTER), 4)
    from textwrap import wrap  # needed by drawings only

    kept = _BOUND.sub(NO_BREAK, text)
    found = wrap(kept, size, break_on_hyphens=False) or [""]
    if len(found) <= most:
        return found
    return [*found[: most - 1], f"{found[most - 1][: size - 1].rstrip(_OPEN)}…"]


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
