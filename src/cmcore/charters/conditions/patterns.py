"""Patterns that nothing can match: each piece of one is compared with what a value may hold."""

import re
from array import array
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial, reduce
from itertools import islice
from sys import byteorder
from typing import Any, Final, NamedTuple
from unicodedata import combining, name, normalize

from cmcore.base.characters import is_damaged, visible
from cmcore.base.regex import regex
from cmcore.charters.conditions.forms import NORMAL, Form
from cmcore.text.measures import compile_pattern


class Piece(NamedTuple):
    """What of a pattern stands for one character: a letter, a class, an escape."""

    text: str
    caseless: bool


#: Where a search may be: how many characters it has passed, and whether it must be at the end. The
#: last place stands for all that follow.
_Spots = frozenset[tuple[int, bool]]
_Step = Callable[[_Spots], _Spots]
#: Whether a piece matches a character that a value may have in each place.
Finds = Callable[[Piece], tuple[bool, ...]]
#: There is a first place, and there are later ones.
_PLACES_TOLD: Final = 2
_TOKEN: Final = regex(
    r"""\(\?(?P<flags>[imsU-]+)\) | (?P<open>\((?:\?P?<[^>]*>|\?(?P<inner>[imsU-]*):)?)
    | (?P<close>\)) | (?P<bar>\|) | (?P<times>(?:[*+?]|\{\d+(?:,\d*)?\})\??)
    | (?P<start>\^|\\A) | (?P<end>\$|\\z) | (?P<word>\\[bB])
    | \\Q(?P<quoted>.*?)(?:\\E|\Z)
    | (?P<piece>\\[pP](?:\{[^}]*\}|.) | \\x(?:\{[^}]*\}|..) | \\[0-7]{1,3} | \\.
        | \[\^?\]?(?:\[:\^?\w+:\]|\\.|[^\]\\])*\] | .)""",
    re.DOTALL | re.VERBOSE,
)
_OPTIONAL: Final = ("*", "?", "{0")
#: White space, as `str.isspace` has it; the `\\s` of RE2 is less.
SPACES: Final = frozenset(
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
    "\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)


def lacking(pattern: str, finds: Finds, *, caseless: bool) -> Piece | None:
    """Return the piece for which a sound pattern matches nothing, None where it may match.

    The piece is empty where no single one is to blame, as in `a^`.
    """
    doubted: dict[Piece, None] = {}

    def noted(piece: Piece) -> tuple[bool, ...]:
        found = finds(piece)
        if not all(found):
            doubted[piece] = None
        return found

    if _may_match(pattern, noted, caseless=caseless):
        return None
    for one in doubted:
        if _may_match(pattern, partial(_but_for, one, finds), caseless=caseless):
            return one
    return next(iter(doubted), Piece("", caseless))


def begins_otherwise(pattern: str, beginning: str, *, caseless: bool) -> bool:
    """Return whether a sound pattern matches nothing that has a certain beginning."""

    def fits(piece: Piece) -> tuple[bool, ...]:
        letter = compile_pattern(piece.text, caseless=piece.caseless)
        return (*(letter.fullmatch(one) is not None for one in beginning), True)

    return not _may_match(pattern, fits, caseless=caseless, places=len(beginning) + 1)


@lru_cache(1024)
def spaces_found(pattern: str) -> frozenset[str]:
    """Return the white space that what a sound pattern finds may have in it."""
    found: set[str] = set()

    def noted(piece: Piece) -> tuple[bool, ...]:
        letter = compile_pattern(piece.text, caseless=piece.caseless)
        found.update(filter(letter.fullmatch, SPACES))
        return (True, True)

    _may_match(pattern, noted, caseless=False)
    return frozenset(found)


def _but_for(one: Piece, finds: Finds, piece: Piece) -> tuple[bool, ...]:
    return (True, True) if piece == one else finds(piece)


def _may_match(pattern: str, finds: Finds, *, caseless: bool, places: int = _PLACES_TOLD) -> bool:
    anywhere = frozenset((place, False) for place in range(places))
    return bool(_Reader(normalize("NFC", pattern), finds, caseless=caseless).step()(anywhere))


class _Reader:
    """Reads a pattern of RE2 as what each part does to where a search may be."""

    def __init__(self, pattern: str, finds: Finds, *, caseless: bool) -> None:
        self._tokens = _tokens(pattern)
        self._finds = finds
        self._flags = frozenset("i" if caseless else "")

    def step(self) -> _Step:
        """Return what the pattern does, up to the end of its group."""
        flags = self._flags
        ways: list[list[_Step]] = [[]]
        for kind, text in self._tokens:
            if kind == "close":
                break
            if kind == "bar":
                ways.append([])
            elif kind == "times":
                ways[-1].append(_repeated(ways[-1].pop(), optional=text.startswith(_OPTIONAL)))
            elif kind == "flags":
                self._flags = _flagged(self._flags, text)
            else:
                ways[-1].append(self._one(kind, text))
        self._flags = flags
        return lambda spots: frozenset().union(*(_all_of(way, spots) for way in ways))

    def _one(self, kind: str, text: str) -> _Step:
        if kind == "open":
            around = self._flags
            self._flags = _flagged(around, text)
            inner = self.step()
            self._flags = around
            return inner
        if kind == "piece":
            piece = Piece(text, "i" in self._flags)
            return _passing(self._finds(piece))
        is_line = "m" in self._flags and not text.startswith("\\")
        return _same if is_line else _ANCHORS[kind]


def _tokens(pattern: str) -> Iterator[tuple[str, str]]:
    """Yield the kind and the text of each token; of those that open or set flags, the flags."""
    for found in _TOKEN.finditer(pattern):
        kind = found.lastgroup or ""
        if kind == "quoted":
            yield from (("piece", re.escape(letter)) for letter in found[kind])
        elif kind in {"open", "inner"}:
            yield "open", found["inner"] or ""
        else:
            yield kind, found[kind]


def _flagged(flags: frozenset[str], text: str) -> frozenset[str]:
    on, _, off = text.partition("-")
    return (flags | {*on}) - {*off}


def _all_of(steps: list[_Step], spots: _Spots) -> _Spots:
    return reduce(lambda at, step: step(at), steps, spots)


def _repeated(step: _Step, *, optional: bool) -> _Step:
    def repeat(spots: _Spots) -> _Spots:
        found = step(spots)
        while (more := found | step(found)) != found:
            found = more
        return found | spots if optional else found

    return repeat


def _passing(found: tuple[bool, ...]) -> _Step:
    last = len(found) - 1
    return lambda spots: frozenset(
        (min(place + 1, last), False) for place, ended in spots if found[place] and not ended
    )


def _same(spots: _Spots) -> _Spots:
    return spots


_ANCHORS: Final[dict[str, _Step]] = {
    "start": lambda spots: frozenset(spot for spot in spots if not spot[0]),
    "end": lambda spots: frozenset((place, True) for place, _ in spots),
    "word": _same,
}


# ---------------------------------------------------------------------------- what values may hold

#: Words of all forms in which a letter may stand, so that what it becomes is seen.
_PLACES: Final = ("a{}a", "aa{}a", "1{}1", "aa-{}a", "a{}a.fr", "https://a.fr/a{}a", "[a:a]{}",
                  "{}", "{}a", "{}a.fr", "{}a::a]", "[a::a{}a]", "[a::a{}")  # fmt: skip
_ASCII: Final = "".join(map(chr, range(128)))
#: A sign by itself, which has no case.
_SIGN: Final = regex(r"\\?[^\w\\]")
#: For how many of the characters a piece matches we check whether they may occur anywhere.
_MOST: Final = 4096


@lru_cache(16384)
def finds(form: Form | None, piece: Piece) -> tuple[bool, bool]:
    """Return whether a piece may match a character of a word of a form, or of a text where None.

    The result is for the first character, then for later ones.
    """
    if piece.text == r"\C":  # a byte of a character
        return True, True
    compiled = compile_pattern(piece.text, caseless=piece.caseless)
    near = dict.fromkeys(piece.text + piece.text.lower() + piece.text.upper() + _ASCII)
    found = _standing(form, (letter for letter in near if compiled.fullmatch(letter)))
    if found[1]:  # of a class, what it matches beyond ASCII may stand first
        return found[0] or not _SIGN.fullmatch(piece.text), True
    matched = [one[0].decode() for one in islice(compiled.finditer(_everything()), _MOST)]
    return (True, True) if len(matched) == _MOST else _standing(form, matched)


def _standing(form: Form | None, letters: Iterable[str]) -> tuple[bool, bool]:
    """Return whether one of some letters may stand first, and whether one may stand later."""
    found = [_stands(form, letter) for letter in letters]
    return any(first for first, _ in found), any(later for _, later in found)


@lru_cache(1)
def _everything() -> bytes:
    """Return every character but half ones, in UTF-8."""
    codes = array("I", (*range(0xD800), *range(0xE000, 0x110000)))
    return codes.tobytes().decode("utf-32-le" if byteorder == "little" else "utf-32-be").encode()


@lru_cache(65536)
def _stands(form: Form | None, letter: str) -> tuple[bool, bool]:
    """Return whether a letter may stand in the normal form of something: first, and later."""
    found = [one for place in _PLACES if (one := _normal(form, place.format(letter)))]
    return any(one.startswith(letter) for one in found), any(letter in one[1:] for one in found)


def _normal(form: Form | None, given: str) -> str | None:
    if form is not None:
        return NORMAL[form][given]
    return None if is_damaged(given) else visible(given)


def _become(form: Form | None, letter: str) -> str | None:
    """Return what a letter becomes in the normal form, None where it ends a word or unmakes it."""
    for place in _PLACES:
        head, _, tail = place.partition("{}")
        found = _normal(form, place.format(letter)) or ""
        end = len(found) - len(tail)
        if len(head) < end and found.startswith(head) and found.endswith(tail):
            return found[len(head) : end]
    return None if visible(letter) else ""


# ------------------------------------------------------------------------------ what to write

#: A letter by itself, after a backslash or by its number.
_LETTER: Final = regex(r"\\x\{?(?P<code>[0-9a-fA-F]+)\}?|\\?(?P<letter>.)", re.DOTALL)
_SPECIAL: Final = regex(r"[]\[\\.^$*+?{}()|]")


def instead(form: Form | None, pattern: str, piece: Piece) -> dict[str, Any]:
    """Return what to do about a pattern without a piece, as in a problem."""
    if not piece.text:
        return {"hint": "pattern-ends"}
    written = _mended(form, normalize("NFC", pattern), piece)
    hint = "pattern-letter-so" if written else "pattern-letter"
    return {"hint": hint, "letter": _named(piece.text), "write": written}


def _mended(form: Form | None, pattern: str, piece: Piece) -> str:
    """Return a pattern with what its letters become; an empty one where some become nothing."""
    missing = None if r"\Q" in pattern else piece
    while missing is not None:
        pattern = _replaced(form, pattern, missing.text)
        missing = lacking(pattern, partial(finds, form), caseless=form is not None)
    return "" if r"\Q" in pattern else pattern


def _replaced(form: Form | None, pattern: str, piece: str) -> str:
    found = _LETTER.fullmatch(piece)
    letter = found and (chr(int(found["code"], 16)) if found["code"] else found["letter"])
    new = _become(form, letter) if letter else None
    if new in {None, letter}:  # as the `#` that hashtags begin with
        return pattern.replace(piece, "", 1) if pattern.lstrip("^").startswith(piece) else ""
    return pattern.replace(piece, _SPECIAL.sub(r"\\\g<0>", new or ""))


def _named(piece: str) -> str:
    """Return a piece as it is shown, by its number and its name where it cannot be seen."""
    if len(piece) > 1 or (piece.isprintable() and not piece.isspace() and not combining(piece)):
        return piece
    return f"U+{ord(piece):04X} ({name(piece, 'a control').lower()})"
