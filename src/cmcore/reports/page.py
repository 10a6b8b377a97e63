"""Pages: views as one HTML file, with a cover, for a screen and for paper."""

import re
from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

import cmcore
from cmcore.base.shown import clean
from cmcore.base.values import internal
from cmcore.display.tones import GROUNDS, TONES
from cmcore.display.views import Line, Table, View
from cmcore.display.views import marked as escaped
from cmcore.display.wording import Language, say
from cmcore.reports.style import STYLE

#: A longer head of a line is broken.
_WIDE: Final = 24
#: A table with no more rows than this is kept on one sheet of paper.
_SHORT: Final = 14
#: Dates with their day and time, windows of hours and lengths of time, inside which no line ends.
_WHOLE: Final = re.compile(
    r"(?<![\w-])(?:(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) )?\d{4}-\d\d-\d\d(?: \d\d:\d\d)?"
    r"|\d\d:\d\d-\d\d:\d\d|\d+\sh(?:\s\d\d)?–\d+\sh(?:\s\d\d)?|\d+ (?:d|h|min|s))(?![\w-])"
)
#: What a page may load: nothing but the style it holds.
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"


def marked(text: str) -> str:
    """Escape a text, and keep on one line what is read at a glance."""
    return _WHOLE.sub(r'<span class="whole">\g<0></span>', escaped(text))


@internal
class Section:
    """A part of a page under a heading, with a line that introduces it."""

    name: str
    heading: str
    about: str
    views: tuple[View, ...]


def page(  # noqa: PLR0913 - each is a part of the cover
    title: str,
    language: Language,
    *,
    subtitle: str,
    day: str,
    read: Table,
    sections: Sequence[Section],
    foot: str,
) -> str:
    """Return a page as HTML, every text escaped; it has no script, and loads nothing."""
    made = say("report made", language, version=cmcore.__version__)
    cover = [
        '<header class="cover">',
        f'<p class="who">{marked(subtitle)}</p>' if subtitle else "",
        f"<h1>{marked(title)}</h1>",
        f'<p class="day">{marked(day)}</p>',
        _contents(sections, language),
        _table(read),
        f'<p class="made">{marked(made)}</p>',
        "</header>",
    ]
    body = [*cover, "<main>", *(part for one in sections for part in _section(one)), "</main>"]
    end = [f"<footer><p>{marked(foot)}</p></footer>"] if foot else []
    head = [
        "<!doctype html>",
        f'<html lang="{language}">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="color-scheme" content="light dark">',
        f"<title>{escape(clean(title))}</title>",
        f"<style>\n{STYLE}</style>",
        "</head>",
        "<body>",
    ]
    return "".join(f"{part}\n" for part in [*head, *body, *end, "</body>", "</html>"] if part)


def _contents(sections: Sequence[Section], language: Language) -> str:
    items = "".join(f'<li><a href="#{one.name}">{marked(one.heading)}</a></li>' for one in sections)
    label = escaped(say("report contents", language))
    return f'<nav aria-label="{label}"><ol>{items}</ol></nav>'


def _section(section: Section) -> Iterator[str]:
    yield f'<section id="{section.name}">'
    yield f"<h2>{marked(section.heading)}</h2>"
    yield f'<p class="about">{marked(section.about)}</p>'
    for view in section.views:
        yield from _article(view)
    yield "</section>"


def _article(view: View) -> Iterator[str]:
    """Yield a view: its title with the mark of its tone, its pictures, lines and tables."""
    mark = TONES[view.tone][0]
    sign = f'<span class="mark">{mark}</span> ' if mark else ""
    yield f'<article class="{view.tone or "plain"}">'
    yield f"<h3>{sign}{marked(_headline(view.title))}</h3>"
    told = [line for line in view.lines if not line.drawn]
    said = "".join(f"<p>{marked(line.text)}</p>" for line in told if not line.word)
    drawn = "".join(f"<figure>{picture.element()}</figure>" for picture in view.pictures)
    yield f'<div class="pictures">{drawn}<div>{said}</div></div>' if drawn else said
    yield from _rows([line for line in told if line.word])
    yield from map(_table, sorted(view.tables, key=lambda one: not one.depths))
    if view.foot:
        yield f'<p class="foot">{marked(view.foot)}</p>'
    yield "</article>"


def _headline(title: str) -> str:
    """Begin a title with a capital, unless it is a name that has its own later, as iFixit has."""
    return title if title[1:2].isupper() else title[:1].upper() + title[1:]


def _rows(lines: Sequence[Line]) -> Iterator[str]:
    if lines:
        told = "".join(_line(line) for line in lines)
        yield f'<table class="lines"><tbody>{told}</tbody></table>'


def _line(line: Line) -> str:
    name = f" <b>{marked(line.name)}</b>" if line.name else ""
    wide = ' class="wide"' if len(line.word) + len(line.name) > _WIDE else ""
    return (
        f'<tr><th scope="row"{wide}>{marked(line.word)}{name}</th><td>{marked(line.text)}</td></tr>'
    )


def _table(table: Table) -> str:
    """Write a table, whose cells say under which heading they stand where a page is narrow."""
    shown = len(table.headings) - table.drawn
    heads = table.headings[:shown]
    kind = "map" if table.depths else "short" if len(table.rows) <= _SHORT else "long"
    caption = f"<caption>{marked(table.title)}</caption>" if table.title else ""
    top = "".join(f'<th scope="col">{marked(head)}</th>' for head in heads)
    rows = _map_rows(table) if table.depths else (
        "".join(_cell(*told) for told in zip(heads, row[:shown], strict=True))
        for row in table.toned()
    )  # fmt: skip
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    return (f'<table class="{kind}">{caption}<thead><tr>{top}</tr></thead>'
            f"<tbody>{body}</tbody></table>")  # fmt: skip


def _cell(head: str, told: tuple[str, str]) -> str:
    text, tone = told
    colour = f' class="{tone}"' if tone else ""
    # One element: where a page is narrow, each child of a cell is laid out on its own.
    content = f"<span>{marked(text)}</span>" if text else ""
    return f'<td{colour} data-head="{escape(clean(head))}">{content}</td>'


def _map_rows(table: Table) -> Iterator[str]:
    """Yield the rows of a map: a heading each, then cells filled with their tones."""
    for row, depths, span in zip(table.toned(), table.depths, table.heights, strict=True):
        (name, _), *cells = row
        told = "".join(
            f'<td class="{_ground(tone, depth)}">{marked(text)}</td>'
            for (text, tone), depth in zip(cells, depths[1:], strict=True)
        )
        yield f'<th scope="row" class="hours-{min(span, _TALLEST)}">{marked(name)}</th>{told}'


def _ground(tone: str, depth: int) -> str:
    return f"on-{tone}-{min(max(depth, 0), len(GROUNDS[tone]) - 1)}" if tone in GROUNDS else "on"


#: The most hours for which a row of a map is higher.
_TALLEST: Final = 4
