"""Samples: texts in which a pattern is likely to be found; each is tried before it is used."""

import re
from typing import Final

#: What stands for one character of a class, or for nothing.
_ESCAPES: Final = {"d": "7", "w": "a", "s": " ", "D": "x", "W": "-", "S": "x", "b": "", "B": "",
                   "A": "", "z": "", "n": "\n", "t": "\t"}  # fmt: skip
_FLAGS: Final = re.compile(r"\(\?[imsU-]+\)")
_QUANTITY: Final = re.compile(r"[*+?]\??|\{(\d+)(?:,\d*)?\}\??")
_GROUP: Final = re.compile(r"\?(?:[imsU-]*:|P?<[^>]*>)")


def samples(pattern: object) -> list[str]:
    """Return a few texts made from a pattern: one for each of its outer alternatives."""
    try:
        found, _ = _alternatives(_FLAGS.sub("", str(pattern)))
        return list(dict.fromkeys(found))[:_MOST]
    except (LookupError, ValueError, RecursionError, StopIteration, re.error):
        return []


_MOST: Final = 8
_LIKELY: Final = "akA7 -.#@/!é"
_PROPERTY: Final = re.compile(r"p(?:\{(\w+)\}|(\w))")
_LETTERS: Final = {
    "L": "a",
    "Ll": "a",
    "Lu": "A",
    "N": "7",
    "Nd": "7",
    "P": "-",
    "Z": " ",
    "Zs": " ",
}


def _alternatives(rest: str) -> tuple[list[str], str]:
    """Return texts for the alternatives up to the end of a group, and what comes after it."""
    found: list[str] = []
    ways = [""]
    while rest and rest[0] != ")":
        if rest[0] == "|":
            found += ways
            ways, rest = [""], rest[1:]
            continue
        pieces, rest = _piece(rest)
        times, rest = _times(rest)
        ways = [way + piece * times for way in ways for piece in pieces][:_MOST]
    return [*found, *ways], rest


def _times(rest: str) -> tuple[int, str]:
    found = _QUANTITY.match(rest)
    if found is None:
        return 1, rest
    return max(int(found[1] or 1), 1) if found[1] != "0" else 0, rest[found.end() :]


def _piece(rest: str) -> tuple[list[str], str]:
    first, rest = rest[0], rest[1:]
    if first == "(":
        found, rest = _alternatives(_GROUP.sub("", rest, count=1) if rest[0] == "?" else rest)
        return found, rest[1:]
    if first == "[":
        return _class(rest)
    if first == "\\":
        if named := _PROPERTY.match(rest):
            return [_LETTERS[named[1] or named[2]]], rest[named.end() :]
        return [_ESCAPES.get(rest[0], rest[0])], rest[1:]
    return ([""] if first in "^$" else ["a"] if first == "." else [first]), rest


def _class(rest: str) -> tuple[list[str], str]:
    """Return a character of a class that begins here, and what comes after it."""
    stop = rest.index("]", 2 if rest[0] == "^" else 1)
    if "[" in rest[1:stop] or rest[0] == "[":
        raise LookupError(rest)  # `[[:alpha:]]` is not what it looks like
    held = re.compile(f"[{rest[:stop]}]")
    return [next(one for one in (*_LIKELY, rest[0]) if held.match(one))], rest[stop + 1 :]
