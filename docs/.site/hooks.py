"""What the site changes in a page: the marks that only the tests need are taken out."""  # noqa: INP001 - read by MkDocs, not a package

import re
from typing import Any

_DIRECTIVE = re.compile(r" *# doctest: \+[A-Z_]+$", re.MULTILINE)
_BLANK = re.compile(r"^<BLANKLINE>$", re.MULTILINE)


def on_page_markdown(markdown: str, **_: Any) -> str:  # noqa: ANN401 - what MkDocs hands over
    """Return the page as readers see it."""
    return _DIRECTIVE.sub("", _BLANK.sub("", markdown))
