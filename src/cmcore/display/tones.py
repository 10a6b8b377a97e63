"""Tones: what is good, doubtful or bad, told by a mark and by a colour, never by colour alone."""

from typing import Final

#: What a tone looks like: a mark, for people who do not see colours, and a colour with a contrast
#: of 4.5:1 on white and on black.
TONES: Final = {
    "covered": ("✓", "#1c8650"),
    "exception": ("→", "#a06b00"),
    "forbidden": ("✗", "#d53f30"),
    "": ("", "inherit"),
}

#: Tone -> the grounds of filled cells, from light to grave: white is readable on each.
GROUNDS: Final = {
    "covered": ("#1c8650", "#15693e", "#0e4d2d"),
    "exception": ("#a06b00", "#7d5400", "#5c3d00"),
    "forbidden": ("#d53f30", "#a92c20", "#7d1d14"),
}

#: How much of the tone is left, out of a hundred, where it is mixed with the text's own colour.
SHARE: Final = 60


def ink(tone: str, what: str = "color") -> str:
    """Return the style that paints in a tone: `what` is `color`, `fill` or `stroke`.

    The tone is mixed with the colour of the text around, dark on light and light on dark; a
    browser that cannot mix takes the tone as it is.
    """
    colour = TONES.get(tone, TONES[""])[1]
    if colour == "inherit":
        return "color:inherit" if what == "color" else f"{what}:currentColor"
    return f"{what}:{colour};{what}:color-mix(in srgb,{colour} {SHARE}%,currentColor)"


def ground(tone: str, depth: int = 0) -> str:
    """Return the style of a cell filled with a tone, the graver the deeper; "" for no tone."""
    return f"background-color:{painted(tone, depth)};color:#fff" if tone in GROUNDS else ""


def painted(tone: str, depth: int = 0) -> str:
    """Return the colour of a cell filled with a tone, the graver the deeper."""
    shades = GROUNDS[tone]
    return shades[min(max(depth, 0), len(shades) - 1)]


#: Scheme -> the colours of a page, or of a picture that stands alone: its ground and its text.
SCHEMES: Final = {"light": ("#ffffff", "#1f2328"), "dark": ("#15181b", "#e4e7ea")}


def mixed(tone: str, scheme: str) -> str:
    """Return the colour in which a tone is painted in a scheme, as `ink` has a browser mix it."""
    of_tone, of_text = (
        [int(colour[n : n + 2], 16) for n in (1, 3, 5)]
        for colour in (TONES[tone][1], SCHEMES[scheme][1])
    )
    parts = ((a * SHARE + b * (100 - SHARE)) // 100 for a, b in zip(of_tone, of_text, strict=True))
    return "#" + "".join(f"{part:02x}" for part in parts)
