"""Maps of the week: a column for each day, a row for the hours that are alike."""

from collections.abc import Mapping
from itertools import groupby

from cmcore.base.typography import typeset
from cmcore.base.values import value
from cmcore.display.views import Table
from cmcore.display.wording import LANGUAGES, Language, say


@value
class Shade:
    """What stands in a cell: some characters, a tone, and how deep it is from 0."""

    text: str = ""
    tone: str = ""
    depth: int = 0


def week_map(hours: Mapping[tuple[int, int], Shade], title: str, language: Language) -> Table:
    """Return a map of the week, its cells by day from 0 (Monday) and hour; others are empty."""
    drawn = [tuple(hours.get((day, hour), Shade()) for day in range(7)) for hour in range(24)]
    rows: list[tuple[str, ...]] = []
    tones: list[tuple[str, ...]] = []
    depths: list[tuple[int, ...]] = []
    spans: list[int] = []
    for cells, group in groupby(range(24), lambda hour: drawn[hour]):
        alike = list(group)
        span = typeset(f"{alike[0]:02}–{alike[-1] + 1:02} h", LANGUAGES.index(language))
        rows.append((span, *(cell.text for cell in cells)))
        tones.append(("", *(cell.tone for cell in cells)))
        depths.append((0, *(cell.depth for cell in cells)))
        spans.append(len(alike))
    return Table(
        ("", *say("days", language).split()),
        tuple(rows),
        title,
        tuple(tones),
        tuple(depths),
        tuple(spans),
    )
