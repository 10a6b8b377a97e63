"""What every chart is made with: data within it, and colours that can be distinguished."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

from cmcore.display.tones import TONES

if TYPE_CHECKING:
    import altair as alt

WIDTH: Final = 480
#: The colour of what has no tone.
PLAIN: Final = "#595959"
#: Colours in order, from few to many.
SHADES: Final = ("#fdf0d5", "#e0a84b", "#a06b00", "#5c3d00")


def data(rows: Iterable[Mapping[str, Any]]) -> "alt.InlineData":
    """Return rows as data that stand in the chart itself."""
    import altair as alt

    return alt.InlineData(values=[dict(row) for row in rows])


def colour(tone: str) -> str:
    """Return the colour of a tone, dark enough on white."""
    found = TONES[tone][1]
    return PLAIN if found == "inherit" else found


def scale(tones: Mapping[str, str]) -> "alt.Scale":
    """Return the colours of some words, each in its tone."""
    import altair as alt

    return alt.Scale(domain=[*tones], range=[colour(tone) for tone in tones.values()])
