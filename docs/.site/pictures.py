"""What the library draws, on the pages that show it: drawn by the library, when the site is built.

A page asks for one in a line of its own: `<!-- picture: audit -->`.
"""  # noqa: INP001 - read by MkDocs, not a package

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Literal

import attrs

from cmcore import (
    Charter,
    Incident,
    Needs,
    Organisation,
    Team,
    audit,
    coverage,
    read,
    read_history,
)
from cmcore.display.names import names_of, reader
from cmcore.display.views import View, as_html
from cmcore.display.wording import say
from cmcore.incidents.timeline import numbered

_EXAMPLES = Path(__file__).parents[2] / "examples"
_ASKED = re.compile(r"^<!-- picture: (\w+) -->$", re.MULTILINE)
_MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
Language = Literal["en", "fr"]


def _audit(language: Language) -> View:
    charter = read(_EXAMPLES / "nodejs-bluesky" / "charter.yaml", Charter)
    history = read_history(_EXAMPLES / "nodejs-bluesky" / "history.csv", charter)
    shown = audit(charter, history, every="quarter").view(language)
    return attrs.evolve(shown, lines=(), tables=(), foot="")


def _week(language: Language) -> View:
    folder = _EXAMPLES / "brand-team"
    week = {"start": _MONDAY, "stop": _MONDAY + timedelta(days=7)}
    found = coverage(read(folder / "team.yaml", Team), read(folder / "needs.yaml", Needs), **week)
    shown = found.view(language)
    maps = tuple(table for table in shown.tables if table.depths)
    return attrs.evolve(shown, lines=(), tables=maps, foot="")


def _circuit(language: Language) -> View:
    known = read(_EXAMPLES / "car-maker" / "organisation.yaml", Organisation)
    charter = read(_EXAMPLES / "car-maker" / "charter.yaml", Charter)
    longest = max(charter.circuits, key=lambda each: len(each.stages))
    reader_of = reader(language, names_of(known))
    drawn = attrs.evolve(longest.drawn(reader_of), title=say("completion", language))
    return attrs.evolve(longest.view(reader_of), lines=(), foot="", pictures=(drawn,))


def _incident(language: Language) -> View:
    incident = read(_EXAMPLES / "incidents" / "aquarelle.yaml", Incident)
    shown = incident.view(language, names=numbered(incident.events))
    return attrs.evolve(shown, lines=(), tables=(), foot="")


DRAWN: dict[str, Callable[[Language], View]] = {
    "audit": _audit,
    "week": _week,
    "circuit": _circuit,
    "incident": _incident,
}


@cache
def drawn(name: str, language: Language) -> str:
    """Return a picture as a block of HTML without empty lines."""
    html = re.sub(r"\n\s*\n", "\n", as_html(DRAWN[name](language)))
    return f'<div class="cm-output cm-drawn">{html}</div>'


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:  # noqa: ANN401 - what MkDocs hands over
    """Put the pictures that a page asks for into it."""
    language: Language = "fr" if page.file.src_uri.startswith("fr/") else "en"
    return _ASKED.sub(lambda asked: drawn(asked[1], language), markdown)
