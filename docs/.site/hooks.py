"""What the site changes in a page: its language, and the marks that only tests need."""  # noqa: INP001 - read by MkDocs, not a package

import re
import sys
from typing import Any

_DIRECTIVE = re.compile(r" *# doctest: \+[A-Z_]+$", re.MULTILINE)
_BLANK = re.compile(r"^<BLANKLINE>$", re.MULTILINE)
_FENCE = re.compile(r"^( *)```py(?:thon|con)\b[^\n]*\n(.*?)^\1```", re.MULTILINE | re.DOTALL)
_IMPORT = re.compile(r"^ *(?:>>> |\.\.\. )? *(?:from|import) (\w+)", re.MULTILINE)
#: What `assemble.py` puts beside the pages, by the names under which it is imported.
_SERVED = sys.stdlib_module_names | {"cmcore", "attr", "attrs", "cattrs", "yaml"}
_SEARCH = 'data-md-component="search" role="dialog"'
_SEARCHING = {"en": "Search", "fr": "Recherche"}


def on_page_context(context: Any, page: Any, config: Any, **_: Any) -> Any:  # noqa: ANN401 - what MkDocs hands over
    """Let the frame of a page, and what screen readers are told, be in the language of its text."""
    config.theme["language"] = page.meta.get("language", "en")
    return context


def on_page_markdown(markdown: str, **_: Any) -> str:  # noqa: ANN401 - what MkDocs hands over
    """Return the page as readers see it, with a mark before what cannot run in their browser."""
    return _DIRECTIVE.sub("", _BLANK.sub("", _FENCE.sub(_marked, markdown)))


def _marked(fence: re.Match[str]) -> str:
    indent, code = fence.groups()
    lacking = sorted({*_IMPORT.findall(code)} - _SERVED)
    if not lacking:
        return fence[0]
    return f'{indent}<div class="run-lacks" data-lacks="{" ".join(lacking)}"></div>\n\n{fence[0]}'


def on_post_page(output: str, page: Any, **_: Any) -> str:  # noqa: ANN401 - what MkDocs hands over
    """Name the search, which the theme leaves without a name for those who hear the page."""
    name = _SEARCHING[page.meta.get("language", "en")]
    return output.replace(_SEARCH, f'{_SEARCH} aria-label="{name}"')
