"""Texts as people see them: HTML without its tags, and UTF-8 that was read as Latin-1 put right."""

from html.parser import HTMLParser
from typing import Final

#: What begins on a line of its own, and what a blank line stands around.
_LINES: Final = frozenset({"br", "li", "div", "tr", "dt", "dd"})
_PARAGRAPHS: Final = frozenset({"p", "blockquote", "ul", "ol", "pre", "h1", "h2", "h3", "h4"})
#: What nobody sees.
_HIDDEN: Final = frozenset({"script", "style", "template", "title"})
#: The classes of links that are no addresses of the author's: accounts and hashtags.
_OWN: Final = frozenset({"mention", "hashtag"})


def text_of_html(html: str) -> tuple[str, frozenset[str]]:
    """Return the text that people read where a post is shown, and the addresses that it links to.

    Addresses are whole, as a reader copies them, though a page may shorten them.
    """
    parser = _Reader()
    parser.feed(html)
    parser.close()
    return parser.text(), frozenset(parser.links)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self._parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HIDDEN:
            self._hidden += 1
        self._break(tag)
        told = dict(attrs)
        href = told.get("href") if tag == "a" else None
        if href and _OWN.isdisjoint((told.get("class") or "").split()):
            self.links.append(href)

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self._hidden = max(0, self._hidden - 1)
        if tag in _PARAGRAPHS:
            self._break(tag)

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self._parts.append(data)

    def _break(self, tag: str) -> None:
        if tag in _PARAGRAPHS:
            self._parts.append("\n\n")
        elif tag in _LINES:
            self._parts.append("\n")

    def text(self) -> str:
        """Return what was read, with one blank line at most between paragraphs."""
        lines = "".join(self._parts).split("\n")
        kept: list[str] = []
        blank = False
        for line in lines:
            if not line.strip():
                blank = True
                continue
            kept += [""] if blank and kept else []
            kept.append(line)
            blank = False
        return "\n".join(kept)


def mended(text: str) -> str | None:
    """Return a text in UTF-8 that was read as Latin-1 as it was written.

    One that has other characters was not, and stays as it is. Of one that is damaged nobody knows
    what was written: None.
    """
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeEncodeError:
        return text
    except UnicodeDecodeError:
        return None
