"""The documents of a file of AutoModerator, each a tree of its own that knows its lines.

Reddit reads YAML 1.1, where an unquoted `no` is false: what is read is what Reddit reads. Keys that
stand twice are kept, so that they can be found. What no rule needs, as aliases, is refused.
"""

from collections.abc import Iterator
from typing import Any, Final, TypeAlias

from cmcore.base.errors import InvalidError, Problem, refuse
from cmcore.base.regex import regex
from cmcore.base.values import internal
from cmcore.codec import bounds, yamlform

#: How many rules a file may have, and how many bytes: a page of Reddit has half as many.
MOST: Final = 1000
_BYTES: Final = 2**20
#: How many characters a rule may have for the slow parser.
_SLOW: Final = 2**16
_DASHES: Final = regex(r"(?m)^---(?=[ \t\n]|\Z)|^\.\.\.(?=[ \t\n]|\Z)")


@internal
class Leaf:
    """A value by itself: as Reddit reads it, and as it is written, in quotes or not."""

    value: bool | int | float | str | None
    written: str
    line: int
    is_quoted: bool = True


@internal
class Many:
    """A list."""

    items: "tuple[Tree, ...]"
    line: int
    is_flow: bool = False


@internal
class Keys:
    """A mapping: keys in their order, those that stand twice included."""

    entries: "tuple[tuple[Leaf, Tree], ...]"
    line: int

    @property
    def is_sign(self) -> bool:
        """Whether it is what YAML 1.1 makes of a `?` by itself: no key, and no value."""
        return [(key.value, one) for key, one in self.entries] == [
            (None, Leaf(None, "", self.line, is_quoted=False))
        ]


Tree: TypeAlias = Leaf | Many | Keys


@internal
class Document:
    """What stands between two lines of dashes: a tree, nothing, or what is wrong with it."""

    line: int
    tree: Tree | None
    problems: tuple[Problem, ...] = ()


def documents(text: str | bytes) -> list[Document]:
    """Return the documents of a file that hold anything but comments.

    Raises:
        InvalidError: the file is too large, is no text, or has no rule or too many.
        MissingExtraError: PyYAML is not installed.
    """
    if len(text) > _BYTES:
        raise refuse("text-too-long", most=_BYTES)
    found: list[Document] = []
    readable = bounds.decode(text, "yaml").replace("\r\n", "\n").replace("\r", "\n")
    for line, part in _parts(readable):
        made = _document(line, part)
        found += [] if made is None else [made]
        if len(found) > MOST:
            raise bounds.stop(Problem.of("automod-too-many", most=MOST), line)
    if not found:
        raise bounds.stop("automod-no-rules", 1)
    return found


def _parts(text: str) -> Iterator[tuple[int, str]]:
    """Yield the text between lines of dashes, and the line that each begins on."""
    line, start = 1, 0
    for dashes in _DASHES.finditer(text):
        yield line, text[start : dashes.start()]
        line += text.count("\n", start, dashes.end())
        start = dashes.end()
    yield line, text[start:]


def _document(line: int, text: str) -> Document | None:
    try:
        tree = _as_reddit_reads(text, line - 1)
    except InvalidError as error:
        placed = (problem.at_line(line - 1 + (problem.line or 1)) for problem in error.problems)
        return Document(line, None, tuple(placed))
    return None if tree is None else Document(tree.line, tree)


def _as_reddit_reads(text: str, above: int) -> Tree | None:
    """Return the tree of a document, read by the parser that is written in Python if need be.

    Reddit has that one, for which `[?]` is a list; the fast one in C takes `?]` for a text.
    """
    try:
        return _read(yamlform.events(text), above)
    except InvalidError:
        if "?" not in text or len(text) > _SLOW:
            raise
    return _read(yamlform.events(text, is_fast=False), above)


def _read(events: Iterator[Any], above: int) -> Tree | None:
    """Return the tree that the events of one document make, `above` lines down in its file."""
    open_: list[tuple[Any, list[Tree]]] = []
    top: list[Tree] = []
    for event in events:
        name = type(event).__name__
        line = event.start_mark.line + 1 + above
        if problem := _not_needed(name, event):
            raise bounds.stop(problem, line - above)
        into = open_[-1][1] if open_ else top
        if name == "ScalarEvent":
            into.append(_leaf(event, line))
        elif name in {"MappingStartEvent", "SequenceStartEvent"}:
            if len(open_) >= bounds.MAX_DEPTH:
                raise bounds.stop(bounds.TOO_DEEP, line - above)
            open_.append((event, []))
        elif name in {"MappingEndEvent", "SequenceEndEvent"}:
            start, parts = open_.pop()
            made = _made(start, parts, start.start_mark.line + 1 + above)
            (open_[-1][1] if open_ else top).append(made)
    return top[0] if top else None


def _not_needed(name: str, event: Any) -> Problem | None:  # noqa: ANN401 - an event of PyYAML
    """Return the problem of what no rule needs: an alias, an anchor, a tag."""
    if name == "AliasEvent":
        return Problem.of("alias", name=event.anchor)
    if anchor := getattr(event, "anchor", None):
        return Problem.of("anchor", name=anchor)
    tag = getattr(event, "tag", None)
    return Problem.of("tag", name=tag) if tag else None


def _leaf(event: Any, line: int) -> Leaf:  # noqa: ANN401 - an event of PyYAML
    text: str = event.value
    if event.style:
        return Leaf(text, text, line)
    return Leaf(yamlform.resolve_as_1_1(text), text, line, is_quoted=False)


def _made(start: Any, parts: list[Tree], line: int) -> Tree:  # noqa: ANN401 - an event of PyYAML
    if type(start).__name__ == "SequenceStartEvent":
        return Many(tuple(parts), line, bool(start.flow_style))
    keys = (key if isinstance(key, Leaf) else Leaf("", "", key.line) for key in parts[::2])
    return Keys(tuple(zip(keys, parts[1::2], strict=True)), line)
