"""Looks: how pictures that stand alone are painted, by a style of their own for each scheme."""

import re
from collections.abc import Iterator
from typing import Final

from cmcore.display.tones import GROUNDS, SCHEMES, ink, mixed

#: What paints in a tone within a page -> the class that does in a file.
_CLASSES: Final = {
    ink(tone, what): f"{what}-{tone}" for tone in GROUNDS for what in ("fill", "stroke")
}
_STYLED: Final = re.compile(r' style="([^"]*)"')


def classed(shapes: str) -> str:
    """Return shapes whose tones are told by classes: what paints files knows no mixing."""
    return _STYLED.sub(_classed, shapes)


def _classed(found: re.Match[str]) -> str:
    style, names = found[1], list[str]()
    for painted, name in _CLASSES.items():
        if painted in style:
            style = style.replace(painted, "").strip(";")
            names.append(name)
    told = f' class="{" ".join(names)}"' if names else ""
    return told + (f' style="{style}"' if style else "")


def _scheme(scheme: str) -> Iterator[str]:
    ground, text = SCHEMES[scheme]
    yield f"svg{{color:{text}}}.ground{{fill:{ground}}}"
    for name in _CLASSES.values():
        what, _, tone = name.partition("-")
        yield f".{name}{{{what}:{mixed(tone, scheme)}}}"


#: Dark where the screen is; on paper, light.
STYLE: Final = (
    "svg{font:12px system-ui,sans-serif}"
    + "".join(_scheme("light"))
    + f"@media screen and (prefers-color-scheme:dark){{{''.join(_scheme('dark'))}}}"
)
