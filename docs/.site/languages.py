"""Two sites in one build: the pages in English, and those in French, under `fr/`.

Each has its navigation, its search, its words around the page, and a link to the same page in the
other language: a French page names its twin, `english: how-to/write-a-charter.md`.
"""  # noqa: INP001 - read by MkDocs, not a package

import json
import re
from importlib.metadata import version
from pathlib import Path
from typing import Any

from cmcore.base.typography import typeset

FRENCH = "fr/"
_SECTION = "Français"
_SEARCH = 'data-md-component="search" role="dialog"'
#: Material takes what it leads to for the home of a language, and asks for the site's map there.
_ALTERNATE = re.compile(r'\s*<link rel="alternate"[^>]*>')
_BASE = re.compile(r'"base": "\.\.(?:/(?=\.\.))?')
_PARAGRAPH = re.compile(r"^(?:[A-ZÀÉÈÊÇ«*`]|\[)[^\n]*(?:\n(?![#<|!-])[^\n]+)*", re.MULTILINE)
_LINK = re.compile(r"\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])")
_LONGEST = 155
#: What is shown as it is typed, each with what it holds; and every other tag.
_AS_TYPED = re.compile(
    r"(<(pre|code|script|style|svg|textarea)\b.*?</\2>|<[^>]*>)", re.DOTALL | re.IGNORECASE
)
#: Where the name of a tag comes, of a text, the tag with what it holds, and its name.
_NAME = 2
#: What parts the words of French: white space, where no line breaks or not, hyphens, apostrophes
#: (so that « équipe » finds « l’équipe ») and quotation marks.
_APART = r"[\s\-’'«»\u00a0\u202f]+"
_WORDS = {
    "en": {"search": "Search", "licence": "MIT licence", "switch": "In English"},
    "fr": {"search": "Recherche", "licence": "licence MIT", "switch": "En français"},
}
_kept: dict[str, Any] = {}


def language_of(page: Any) -> str:  # noqa: ANN401 - a page of MkDocs
    """Return the language of a page, which its folder tells."""
    return "fr" if page.file.src_uri.startswith(FRENCH) else "en"


def on_nav(nav: Any, **_: Any) -> Any:  # noqa: ANN401 - what MkDocs hands over
    """Take the French pages out of the navigation, and make one of their own of them."""
    section = next(item for item in nav.items if item.title == _SECTION)
    french = [page for page in nav.pages if language_of(page) == "fr"]
    for item in section.children:
        item.parent = None
    _kept["nav"] = type(nav)(section.children, french)
    _kept["nav"].homepage = french[0]
    english = [page for page in nav.pages if language_of(page) == "en"]
    for pages in (english, french):
        for before, page, after in zip([None, *pages], pages, [*pages[1:], None], strict=False):
            page.previous_page, page.next_page = before, after
    return type(nav)([item for item in nav.items if item is not section], english)


def on_env(env: Any, files: Any, **_: Any) -> Any:  # noqa: ANN401 - what MkDocs hands over
    """Pair the pages, all of which are read by now."""
    _kept["twins"] = {}
    for file in files.documentation_pages():
        twin = file.page.meta.get("english")
        other = files.get_file_from_path(twin) if twin else None
        if twin and other is None:
            msg = f"{file.src_uri}: there is no page {twin}"
            raise ValueError(msg)
        if other:
            _kept["twins"] |= {file.src_uri: other, other.src_uri: file}
    return env


def on_page_markdown(markdown: str, page: Any, **_: Any) -> None:  # noqa: ANN401 - what MkDocs hands over
    """Describe a page by its first sentences, unless it does so itself."""
    told = described(markdown)
    page.meta.setdefault("description", in_type(told) if language_of(page) == "fr" else told)


def on_page_content(html: str, page: Any, **_: Any) -> str:  # noqa: ANN401 - what MkDocs hands over
    """Set a French page: pages are typed plainly, and no line may begin with a colon."""
    return in_type(html) if language_of(page) == "fr" else html


def in_type(html: str) -> str:
    """Return HTML whose French has its spaces and apostrophes; code stays as it is typed."""
    parts = _AS_TYPED.split(html)
    return "".join(
        part if place % 3 else typeset(part, 1)
        for place, part in enumerate(parts)
        if place % 3 != _NAME  # the name of a tag, which stands in the part before it
    )


def described(markdown: str) -> str:
    """Return the first paragraph of a page as plain text, cut where a word ends."""
    found = _PARAGRAPH.search(re.sub(r"^```.*?^```", "", markdown, flags=re.MULTILINE | re.DOTALL))
    words = _LINK.sub(r"\1", found[0] if found else "")
    text = " ".join(re.sub(r"[*`<>]", "", words).split())
    return text if len(text) <= _LONGEST else text[:_LONGEST].rpartition(" ")[0].rstrip(",;:") + "…"


def on_page_context(context: Any, page: Any, config: Any, **_: Any) -> Any:  # noqa: ANN401 - what MkDocs hands over
    """Let what surrounds a page be in its language, and lead to its twin, or else home."""
    language = language_of(page)
    other = "en" if language == "fr" else "fr"
    twin = _kept["twins"].get(page.file.src_uri)
    link = twin.url if twin else "./" if other == "en" else FRENCH
    config.theme["language"] = language
    config.extra["alternate"] = [{"name": _WORDS[other]["switch"], "link": link, "lang": other}]
    config.copyright = f"cmcore {version('cmcore')} · {_WORDS[language]['licence']}"
    if language == "fr":
        context["nav"] = _kept["nav"]
    return context


def on_post_page(output: str, page: Any, **_: Any) -> str:  # noqa: ANN401 - what MkDocs hands over
    """Name the search, leave the other language to its link, and let French use its own index."""
    language = language_of(page)
    output = _ALTERNATE.sub("", output)
    named = output.replace(_SEARCH, f'{_SEARCH} aria-label="{_WORDS[language]["search"]}"')
    return (
        _BASE.sub('"base": "', named).replace('"base": ""', '"base": "."')
        if language == "fr"
        else named
    )


def on_post_build(config: Any, **_: Any) -> None:  # noqa: ANN401 - what MkDocs hands over
    """Divide the index: each language is searched in its own pages, by its own stems."""
    site = Path(config.site_dir)
    path = site / "search" / "search_index.json"
    whole = json.loads(path.read_text(encoding="utf-8"))
    (site / FRENCH / "search").mkdir(parents=True, exist_ok=True)
    for folder, part in ((site, in_english(whole)), (site / FRENCH, in_french(whole))):
        text = json.dumps(part, ensure_ascii=False, separators=(",", ":"))
        (folder / "search" / path.name).write_text(text, encoding="utf-8")


def in_english(whole: dict[str, Any]) -> dict[str, Any]:
    """Return the index of the pages that are not French."""
    docs = [one for one in whole["docs"] if not one["location"].startswith(FRENCH)]
    return {**whole, "config": {**whole["config"], "lang": ["en"]}, "docs": docs}


def in_french(whole: dict[str, Any]) -> dict[str, Any]:
    """Return the index of the French pages, which are found from their own home."""
    docs = [
        {**one, "location": one["location"].removeprefix(FRENCH)}
        for one in whole["docs"]
        if one["location"].startswith(FRENCH)
    ]
    config = {**whole["config"], "lang": ["fr"], "separator": _APART}
    return {**whole, "config": config, "docs": docs}
