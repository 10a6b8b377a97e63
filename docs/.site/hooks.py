"""What the site changes in an example: marks for tests go, and what cannot run says so."""  # noqa: INP001 - read by MkDocs, not a package

import ast
import re
import sys
import textwrap
from collections.abc import Iterator
from typing import Any

_DIRECTIVE = re.compile(r" *# doctest: \+[A-Z_]+$", re.MULTILINE)
#: An answer that holds a table, whose rows may not wrap.
_RULED = re.compile(
    r'(<div class="language-(?:console|pycon) highlight)(?=">(?:(?!</div>).)*───)', re.DOTALL
)
_BLANK = re.compile(r"^<BLANKLINE>$", re.MULTILINE)
_FENCE = re.compile(r"^( *)```py(?:thon|con)\b[^\n]*\n(.*?)^\1```", re.MULTILINE | re.DOTALL)
#: What `assemble.py` puts beside the pages, by the names under which it is imported.
_SERVED = sys.stdlib_module_names | {"cmcore", "attr", "attrs", "cattrs", "yaml"}

#: What of cmcore needs a package that the site does not serve, unless a call names another.
_NEEDS = {
    "to_frame": "polars",
    "to_frames": "polars",
    "chart": "altair",
    "public_holidays": "holidays",
    "matches": "google-re2",
}
_ENGINES = {"pandas", "pyarrow"}


def on_page_markdown(markdown: str, **_: Any) -> str:  # noqa: ANN401 - what MkDocs hands over
    """Return the page as readers see it, with a mark before what cannot run in their browser."""
    lost: dict[str, set[str]] = {}
    marked = _FENCE.sub(lambda fence: _mark(fence, lost) + fence[0], markdown)
    return _DIRECTIVE.sub("", _BLANK.sub("", marked))


def on_page_content(html: str, **_: Any) -> str:  # noqa: ANN401 - what MkDocs hands over
    """Let the rows of tables among the answers stay in one line each."""
    return _RULED.sub(r"\1 cm-ruled", html)


def _mark(fence: re.Match[str], lost: dict[str, set[str]]) -> str:
    """Return what tells the packages that an example lacks, itself or by the names it reads.

    `lost` are the names that examples before it would have made, and what those lacked.
    """
    indent, text = fence.groups()
    tree = _parsed(text)
    nodes = list(ast.walk(tree))
    read = [node.id for node in nodes if isinstance(node, ast.Name)]
    lacking = {name for node in nodes for name in _imported(node)} - _SERVED
    lacking = lacking.union(*map(_needed, nodes))
    lacking = lacking.union(*(lost.get(name, ()) for name in read))
    if not lacking:
        return ""
    lost |= {name: lacking for node in nodes for name in _made(node)}
    return f'{indent}<div class="run-lacks" data-lacks="{" ".join(sorted(lacking))}"></div>\n\n'


def _parsed(text: str) -> ast.Module:
    lines = textwrap.dedent(text).splitlines()
    asked = [line[4:] for line in lines if line.startswith((">>>", "..."))]
    is_session = lines and lines[0].startswith(">>>")
    try:
        return ast.parse("\n".join(asked if is_session else lines))
    except SyntaxError:
        return ast.Module([], [])


def _imported(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (each.name.partition(".")[0] for each in node.names)
    elif isinstance(node, ast.ImportFrom):
        yield (node.module or "").partition(".")[0]


def _needed(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Call):
        called = getattr(node.func, "id", getattr(node.func, "attr", None))
        named = [one.value for one in node.args if isinstance(one, ast.Constant)]
        if called in _NEEDS:
            yield next((str(one) for one in named if one in _ENGINES), _NEEDS[called])


def _made(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        yield node.id
    elif isinstance(node, ast.FunctionDef | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.Import | ast.ImportFrom):
        yield from (each.asname or each.name for each in node.names)
