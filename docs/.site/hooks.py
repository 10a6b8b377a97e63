"""What the site changes in a page: its language, and the marks that only tests need."""  # noqa: INP001 - read by MkDocs, not a package

import re
from typing import Any

_DIRECTIVE = re.compile(r" *# doctest: \+[A-Z_]+$", re.MULTILINE)
_BLANK = re.compile(r"^<BLANKLINE>$", re.MULTILINE)


def on_page_context(context: Any, page: Any, config: Any, **_: Any) -> Any:  # noqa: ANN401 - what MkDocs hands over
    """Let the frame of a page, and what screen readers are told, be in the language of its text."""
    config.theme["language"] = page.meta.get("language", "en")
    return context


def on_page_markdown(markdown: str, **_: Any) -> str:  # noqa: ANN401 - what MkDocs hands over
    """Return the page as readers see it."""
    return _DIRECTIVE.sub("", _BLANK.sub("", markdown))
