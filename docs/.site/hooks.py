"""What the site changes in a page: its language, and the marks that only tests need."""  # noqa: INP001 - read by MkDocs, not a package

import re
from typing import Any

_DIRECTIVE = re.compile(r" *# doctest: \+[A-Z_]+$", re.MULTILINE)
_SEARCH = 'data-md-component="search" role="dialog"'
_SEARCHING = {"en": "Search", "fr": "Recherche"}
_BLANK = re.compile(r"^<BLANKLINE>$", re.MULTILINE)


def on_page_context(context: Any, page: Any, config: Any, **_: Any) -> Any:  # noqa: ANN401 - what MkDocs hands over
    """Let the frame of a page, and what screen readers are told, be in the language of its text."""
    config.theme["language"] = page.meta.get("language", "en")
    return context


def on_page_markdown(markdown: str, **_: Any) -> str:  # noqa: ANN401 - what MkDocs hands over
    """Return the page as readers see it."""
    return _DIRECTIVE.sub("", _BLANK.sub("", markdown))


def on_post_page(output: str, page: Any, **_: Any) -> str:  # noqa: ANN401 - what MkDocs hands over
    """Name the search, which the theme leaves without a name for those who hear the page."""
    name = _SEARCHING[page.meta.get("language", "en")]
    return output.replace(_SEARCH, f'{_SEARCH} aria-label="{name}"')
