"""How AutoModerator looks for values, as patterns of RE2, which knows the words of English only.

So where a word begins or ends is worked out of what stands on both sides, and written as the
character before the word, or after it.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from cmcore.automoderator.syntax import (
    ANYTHING,
    END,
    INSIDE,
    OUTSIDE,
    START,
    Alt,
    Chars,
    Mark,
    Node,
    Rep,
    Seq,
    bad,
    literal,
    tree,
    written,
)
from cmcore.text.measures import compile_pattern

#: How many ways through an expression are looked at.
_MOST: Final = 400
#: How often RE2 repeats something.
_OFTEN: Final = 1000
#: How long one pattern may be, its beginning included.
_LONGEST: Final = 1900
_EDGE: Final = Mark("edge")
_AROUND: Final = Rep(OUTSIDE, 0, None)
_ABOVE: Final = Rep(Seq((Rep(ANYTHING, 0, None), *literal(".").parts)), 0, 1)
#: Method -> what stands before and after a value.
METHODS: Final[dict[str, tuple[tuple[Node, ...], tuple[Node, ...]]]] = {
    "full-exact": ((START,), (END,)),
    "full-text": ((START, _AROUND), (_AROUND, END)),
    "includes": ((), ()),
    "includes-word": ((_EDGE,), (_EDGE,)),
    "starts-with": ((START,), ()),
    "ends-with": ((), (END,)),
    "subdomain": ((START, _ABOVE), (END,)),
}
#: What the character before or after a place is written as: any, of a word, of none.
_BEFORE: Final = {"wn": "", "w": INSIDE.text, "n": rf"(?:\A|{OUTSIDE.text})"}
_AFTER: Final = {"wn": "", "w": INSIDE.text, "n": rf"(?:\z|{OUTSIDE.text})"}
#: On which sides of a mark one must look: behind it, before it.
_LOOKS: Final = {
    "b": (-1, 1),
    "B": (-1, 1),
    "edge": (-1, 1),
    "start": (-1,),
    "end": (1,),
    "last": (1,),
}
_ENDS: Final = {"start": r"\A", "end": r"\n?\z", "last": r"\z"}
Way = tuple[str, str, str]


def pattern_of(value: str, method: str, *, is_regex: bool, caseless: bool) -> list[Way]:
    """Return how a value is looked for: what stands before, it, and what stands after.

    Raises:
        InvalidError: RE2 cannot look for it.
    """
    node = tree(value, caseless=caseless) if is_regex else literal(value)
    before, after = METHODS[method]
    return list(dict.fromkeys(_ways((*before, node, *after), value)))


def joined(ways: Iterable[Way], *, caseless: bool) -> list[str]:
    """Return patterns of which one is found where any of the ways is."""
    sides: dict[tuple[str, str], list[str]] = {}
    for before, text, after in ways:
        sides.setdefault((before, after), []).append(text)
    flags = "(?is)" if caseless else "(?s)"
    return [
        f"{flags}{before}{_group(few)}{after}"
        for (before, after), texts in sides.items()
        for few in _short(texts)
    ]


def length_pattern(least: int) -> str:
    """Return the pattern of a text that has `least` characters, blanks and signs at its ends aside.

    Raises:
        InvalidError: RE2 cannot count that far.
    """
    more, rest = divmod(max(least - 2, 0), _OFTEN)
    between = f".{{{_OFTEN}}}" * more + f".{{{rest},}}"
    pattern = f"(?s){INSIDE.text}{between}{INSIDE.text}" if least > 1 else INSIDE.text
    compile_pattern(pattern)
    return pattern


def _group(texts: list[str]) -> str:
    return texts[0] if len(texts) == 1 and "|" not in texts[0] else f"(?:{'|'.join(texts)})"


def _short(texts: list[str]) -> Iterator[list[str]]:
    few: list[str] = []
    length = 0
    for text in texts:
        if few and length + len(text) > _LONGEST:
            yield few
            few, length = [], 0
        few.append(text)
        length += len(text) + 1
    yield few


# ----------------------------------------------------------------------------------------- marks


def _ways(nodes: tuple[Node, ...], value: str) -> Iterator[Way]:
    """Yield each way through an expression, once it is known what is on both sides of each mark."""
    todo, count = [nodes], 0
    while todo:
        count += 1
        if count > _MOST:
            raise bad(value, "too intricate")
        nodes = todo.pop()
        found = _split(nodes, value)
        if found is not None:
            todo += reversed(found)
        elif way := _resolved(nodes, value):
            yield way


def _split(nodes: tuple[Node, ...], value: str) -> list[tuple[Node, ...]] | None:
    """Return the ways into which the first thing is to be split that hides a mark or its sides."""
    for place, node in enumerate(nodes):
        if not isinstance(node, Mark | Chars) and _has_mark(node):
            return [(*nodes[:place], *way, *nodes[place + 1 :]) for way in _opened(node, value)]
    for place, node in enumerate(nodes):
        if not isinstance(node, Mark):
            continue
        for step in _LOOKS[node.kind]:
            beside = _beside(nodes, place, step)
            if beside is not None and _is_open(nodes[beside], step, node):
                # before its end, a text may have a line break, of which the end takes account
                is_rest = node is END and nodes[beside] is _AROUND
                ways = [()] if is_rest else _sided(nodes[beside], step, value)
                return [(*nodes[:beside], *way, *nodes[beside + 1 :]) for way in ways]
    return None


def _is_open(node: Node, step: int, mark: Mark) -> bool:
    """Return whether a thing beside a mark must be split for what it shows to be known."""
    sides, is_empty = _sides(node, step)
    return is_empty or (len(sides) != 1 and mark.kind not in _ENDS)


def _has_mark(node: Node) -> bool:
    if isinstance(node, Seq | Alt):
        return any(map(_has_mark, node.parts if isinstance(node, Seq) else node.ways))
    return _has_mark(node.of) if isinstance(node, Rep) else isinstance(node, Mark)


def _opened(node: Node, value: str) -> list[tuple[Node, ...]]:
    if isinstance(node, Seq):
        return [node.parts]
    if isinstance(node, Alt):
        return [(way,) for way in node.ways]
    if isinstance(node, Rep) and node.most == 1:
        return [(node.of,)] if node.least else [(node.of,), ()]
    raise bad(value, "too intricate")


def _beside(nodes: tuple[Node, ...], place: int, step: int) -> int | None:
    """Return the place of what stands beside a mark, other marks aside."""
    place += step
    while 0 <= place < len(nodes) and isinstance(nodes[place], Mark):
        place += step
    return place if 0 <= place < len(nodes) else None


def _side(node: Node, step: int) -> str | None:
    """Return what a thing shows a mark that comes `step` before it: `w`, `n`, or None for both."""
    sides, is_empty = _sides(node, step)
    return sides if len(sides) == 1 and not is_empty else None


def _sides(node: Node, step: int) -> tuple[str, bool]:
    """Return what may be first in a thing, or last, and whether the thing may be empty."""
    if isinstance(node, Chars):
        return "".join(
            side for side, part in (("w", node.word), ("n", node.other)) if part != ""
        ), False
    if isinstance(node, Rep):
        sides, is_empty = _sides(node.of, step)
        return sides, is_empty or not node.least
    if isinstance(node, Alt):
        found = [_sides(way, step) for way in node.ways]
        return _both(sides for sides, _ in found), any(is_empty for _, is_empty in found)
    parts = node.parts if isinstance(node, Seq) else ()
    shown = ""
    for part in parts[::step]:
        sides, is_empty = _sides(part, step)
        shown += sides
        if not is_empty:
            return _both([shown]), False
    return _both([shown]), True


def _both(many: Iterable[str]) -> str:
    found = {*"".join(many)}
    return "".join(side for side in "wn" if side in found)


def _sided(node: Node, step: int, value: str) -> list[tuple[Node, ...]]:
    """Return the ways of a thing that shows both, or may be empty."""
    if isinstance(node, Seq):
        return [node.parts]
    if isinstance(node, Alt):
        return [(way,) for way in node.ways]
    if isinstance(node, Rep):
        if not node.least:
            return [(), *([(Rep(node.of, 1, node.most),)] if node.most != 0 else [])]
        most = None if node.most is None else node.most - 1
        rest = () if most == 0 else (Rep(node.of, node.least - 1, most),)
        return [(node.of, *rest)[::step]]
    assert isinstance(node, Chars)  # noqa: S101 - marks have no sides
    if node.word is None or node.other is None:
        raise bad(value, "boundary")
    return [(Chars(node.word, node.word, ""),), (Chars(node.other, "", node.other),)]


def _resolved(nodes: tuple[Node, ...], value: str) -> Way | None:
    """Return a way, its marks written as what is before and after; None if there is none."""
    solid = [place for place, node in enumerate(nodes) if not isinstance(node, Mark)]
    if not solid:
        return _nothing(_kinds(nodes), value)
    first, last = solid[0], solid[-1]
    before = _beyond(_kinds(nodes[:first]), _side(nodes[first], 1), _BEFORE, value)
    after = _beyond(_kinds(nodes[last + 1 :]), _side(nodes[last], -1), _AFTER, value)
    if before is None or after is None or not _holds(nodes[first : last + 1], value):
        return None
    return before, "".join(_piece(node) for node in nodes[first : last + 1]), after


def _kinds(marks: Iterable[Node]) -> set[str]:
    return {mark.kind for mark in marks if isinstance(mark, Mark)}


def _piece(node: Node) -> str:
    return f"(?:{written(node)})" if isinstance(node, Alt) else written(node)


def _beyond(kinds: set[str], side: str | None, far: dict[str, str], value: str) -> str | None:
    """Return how what is beyond marks is written, `side` being on this side; None for never."""
    ends = kinds & _ENDS.keys()
    if ("start" in ends) != (far is _BEFORE) and ends:
        raise bad(value, "misplaced")
    allowed = [
        one
        for one in ("n" if ends else "wn")
        if all(_fits(kind, one, side) for kind in kinds - ends)
    ]
    if not allowed:
        return None
    return _ENDS[max(ends)] if ends else far["".join(allowed)]


def _fits(kind: str, far: str, near: str | None) -> bool:
    if kind == "edge":
        return far != "w" or near != "w"
    return (far != near) == (kind == "b")


def _holds(nodes: tuple[Node, ...], value: str) -> bool:
    """Return whether the marks between things hold."""
    for place, node in enumerate(nodes):
        if not isinstance(node, Mark):
            continue
        if node.kind in _ENDS:
            if node.kind == "end":
                raise bad(value, "misplaced")
            return False
        behind, ahead = (_beside(nodes, place, step) or 0 for step in (-1, 1))
        if not _fits(node.kind, _side(nodes[behind], -1) or "", _side(nodes[ahead], 1)):
            return False
    return True


def _nothing(kinds: set[str], value: str) -> Way:
    """Return the way of an expression that is nothing but marks."""
    if kinds <= {"edge", "b"} and "b" in kinds:
        return "", INSIDE.text, ""
    if kinds & {"b", "B"}:
        raise bad(value, "misplaced")
    ends = kinds & {"end", "last"}
    return r"\A" if "start" in kinds else "", "", _ENDS[max(ends)] if ends else ""
