"""Regular expressions of Python as trees, so far as RE2 can look for what they look for.

Greed and the names of groups are left out: they say what is found, not whether anything is.
"""

from functools import lru_cache
from itertools import groupby
from typing import Final, TypeAlias

from cmcore.base.characters import visible
from cmcore.base.errors import InvalidError, refuse
from cmcore.base.regex import regex
from cmcore.base.values import internal

#: What a letter, a digit or an underscore of any script is, within brackets.
WORD: Final = r"\pL\pN_"
_SPACES: Final = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
    "\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)
#: How wide a range may be of which each character is looked at; how deep groups may go, how long
#: an expression may be, and how often something may be repeated in it.
_WIDEST: Final = 0x3000
_DEEPEST: Final = 40
_LONGEST: Final = 2000
_OFTEN: Final = 1000
_LAST: Final = 0x10FFFF


@internal
class Chars:
    """One character: how RE2 writes what it may be, and its parts within words and outside.

    A part is empty where there is none, and None where it cannot be written. `inner` is how the
    character stands within brackets, if it can.
    """

    text: str
    word: str | None
    other: str | None
    inner: str = ""


@internal
class Mark:
    """A place: `b` and `B` as in Python, `edge` where no word goes on, the `start` and the `end`.

    A line break may follow the `end`, and not what is `last`.
    """

    kind: str


@internal
class Seq:
    """One after the other."""

    parts: "tuple[Node, ...]"


@internal
class Alt:
    """One or another."""

    ways: "tuple[Node, ...]"


@internal
class Rep:
    """A number of times, between two; None for any number."""

    of: "Node"
    least: int
    most: int | None


Node: TypeAlias = Chars | Mark | Seq | Alt | Rep


def bad(pattern: str, reason: str) -> InvalidError:
    """Return the error of an expression that cannot be looked for, to be raised."""
    return refuse("automod-pattern", pattern=pattern, reason=reason)


# --------------------------------------------------------------------------------------- writing

_TIMES: Final = {(0, None): "*", (1, None): "+", (0, 1): "?", (1, 1): ""}


def written(node: Node) -> str:
    """Return how RE2 writes a tree without marks."""
    if isinstance(node, Seq):
        return "".join(_grouped(part, Alt) for part in node.parts)
    if isinstance(node, Alt):
        return "|".join(written(way) for way in node.ways)
    if isinstance(node, Rep):
        bounds = f"{{{node.least},{'' if node.most is None else node.most}}}"
        return _grouped(node.of, Seq, Alt, Rep) + _TIMES.get((node.least, node.most), bounds)
    return node.text if isinstance(node, Chars) else ""


def _grouped(node: Node, *kinds: type) -> str:
    return f"(?:{written(node)})" if isinstance(node, kinds) else written(node)


# ------------------------------------------------------------------------------------ characters


def either(*texts: str | None) -> str | None:
    """Return the text of one of several expressions; empty ones find nothing."""
    if None in texts:
        return None
    kept = [text for text in texts if text]
    return kept[0] if len(kept) == 1 else f"(?:{'|'.join(kept)})" if kept else ""


def _within(*inner: str) -> str:
    return f"[{''.join(inner)}]" if any(inner) else ""


@lru_cache(maxsize=4096)
def one(letter: str) -> Chars | None:
    """Return a character by itself; None if no text in its normal form has it."""
    if visible(letter) != letter:
        return None
    inner = letter if letter.isalnum() or letter in "_ " else rf"\x{{{ord(letter):x}}}"
    text = rf"\{letter}" if letter.isascii() and letter.isprintable() and len(inner) > 1 else inner
    return Chars(text, text, "", inner) if _is_word(letter) else Chars(text, "", text, inner)


def literal(text: str) -> Seq:
    """Return the tree of a text that is no expression.

    Raises:
        InvalidError: it has a character that no text in its normal form has.
    """
    found = [one(letter) for letter in text]
    if None in found:
        raise bad(text, "normal form")
    return Seq(tuple(letter for letter in found if letter))


def _is_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"


def _range(low: str, high: str) -> Chars | None:
    """Return one of the characters from one to another; None if no text has any of them."""
    inner = rf"\x{{{ord(low):x}}}-\x{{{ord(high):x}}}"
    if ord(high) - ord(low) > _WIDEST:
        return Chars(_within(inner), None, None, inner)
    letters = [chr(code) for code in range(ord(low), ord(high) + 1)]
    if not any(map(one, letters)):
        return None
    runs: dict[bool, list[str]] = {True: [], False: []}
    for is_word, run in groupby(letters, _is_word):
        first, *_, last = [*run] * 2
        runs[is_word].append(rf"\x{{{ord(first):x}}}-\x{{{ord(last):x}}}")
    return Chars(_within(inner), _within(*runs[True]), _within(*runs[False]), inner)


_SPACE: Final = "".join(rf"\x{{{ord(letter):x}}}" for letter in _SPACES)
_DIGIT: Final = r"\p{Nd}"
_IN: Final = _within(WORD)
_OUT: Final = f"[^{WORD}]"
ANYTHING: Final = Chars(".", _IN, _OUT)
_CLASSES: Final = {
    "w": Chars(_IN, _IN, "", WORD),
    "W": Chars(_OUT, "", _OUT),
    "d": Chars(_within(_DIGIT), _within(_DIGIT), "", _DIGIT),
    "D": Chars(f"[^{_DIGIT}]", r"[\pL\p{Nl}\p{No}_]", _OUT),
    "s": Chars(_within(_SPACE), "", _within(_SPACE), _SPACE),
    "S": Chars(f"[^{_SPACE}]", _IN, f"[^{WORD}{_SPACE}]"),
}
OUTSIDE: Final = _CLASSES["W"]
INSIDE: Final = _CLASSES["w"]


def _one_of(items: list[Chars]) -> Chars:
    """Return what brackets around some characters stand for."""
    apart = [item.text for item in items if not item.inner]
    text = either(_within(*(item.inner for item in items)), *apart) or ""
    word, other = either(*(item.word for item in items)), either(*(item.other for item in items))
    return Chars(text, word, other)


def _none_of(items: list[Chars]) -> Chars | None:
    """Return what negated brackets stand for; None where that cannot be written."""
    inner = "".join(item.inner for item in items)
    if all(item.inner for item in items):
        word = _IN if all(item.word == "" for item in items) else None
        return Chars(f"[^{inner}]", word, f"[^{WORD}{inner}]")
    rest = [item for item in items if item is not OUTSIDE and item.word != ""]
    if OUTSIDE not in items or any(item.inner not in _LESS for item in rest):
        return None
    kept = WORD
    for item in rest:
        for whole, less in _LESS[item.inner]:
            kept = kept.replace(whole, less)
    return Chars(_within(kept), _within(kept), "")


#: What is left of words without underscores, or without digits.
_LESS: Final = {"_": ((r"_", ""),), _DIGIT: ((r"\pN", r"\p{Nl}\p{No}"),)}

# --------------------------------------------------------------------------------------- reading

_CONTROL: Final = {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "v": "\v", "a": "\a"}
START, END = Mark("start"), Mark("end")
_MARKS: Final = {
    "b": Mark("b"),
    "B": Mark("B"),
    "Z": Mark("last"),
    "A": START,
    "^": START,
    "$": END,
}
_SIGNS: Final[dict[str, tuple[int, int | None]]] = {"*": (0, None), "+": (1, None), "?": (0, 1)}
_CODE: Final = regex(r"x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(0[0-7]{0,2})")
_PROPERTY: Final = regex(r"([pP])(?:\{(\^?)([A-Za-z]\w?)\}|([A-Z]))")
_COUNT: Final = regex(r"\{(\d*)(,?)(\d*)\}")
_FLAGS: Final = regex(r"\(\?([a-zA-Z]*)(?:-([a-z]+))?([:)])")
_GROUP: Final = regex(r"\((?!\?)|\(\?P?<[A-Za-z_]\w*>")
_COMMENT: Final = regex(r"\(\?#[^)]*\)")


def tree(pattern: str, *, caseless: bool) -> Node:
    """Return the tree of an expression of Python, for which a line break is a character.

    Raises:
        InvalidError: it asks for what RE2 cannot look for, or is no expression.
    """
    if len(pattern) > _LONGEST:
        raise bad(pattern, "too long")
    return _Reader(pattern, caseless=caseless).whole()


class _Reader:
    """Reads an expression from left to right."""

    def __init__(self, pattern: str, *, caseless: bool) -> None:
        self._pattern = pattern
        self._at = 0
        self._depth = 0
        self._caseless = self._usual = caseless

    def whole(self) -> Node:
        """Read the whole expression."""
        made = self._ways()
        if self._next():
            raise self._bad("unexpected )")
        return made

    def _bad(self, reason: str) -> InvalidError:
        return bad(self._pattern, reason)

    def _next(self) -> str:
        return self._pattern[self._at : self._at + 1]

    def _ways(self) -> Node:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise self._bad("too intricate")
        ways = [self._parts()]
        while self._next() == "|":
            self._at += 1
            ways.append(self._parts())
        self._depth -= 1
        return ways[0] if len(ways) == 1 else Alt(tuple(ways))

    def _parts(self) -> Node:
        parts: list[Node] = []
        while self._next() not in {"", "|", ")"}:
            made = self._repeated()
            parts += [] if made is None else [made]
        return Seq(tuple(parts))

    def _repeated(self) -> Node | None:
        made = self._group() if self._next() == "(" else self._atom()
        times = self._times()
        if times is None:
            return made
        if made is None or isinstance(made, Mark):
            raise self._bad("no argument for repetition operator")
        if self._next() == "?":
            self._at += 1
        if self._next() == "+" or self._times():
            raise self._bad("bad repetition operator")
        return Rep(made, *times)

    def _times(self) -> tuple[int, int | None] | None:
        if sign := _SIGNS.get(self._next()):
            self._at += 1
            return sign
        found = _COUNT.match(self._pattern, self._at)
        if not found or not (found[1] or found[3]):
            return None
        self._at = found.end()
        least = int(found[1] or 0)
        most = int(found[3]) if found[3] else None if found[2] else least
        if max(least, most or 0) > _OFTEN or (most is not None and most < least):
            raise self._bad("invalid repetition size")
        return least, most

    def _group(self) -> Node | None:
        if comment := _COMMENT.match(self._pattern, self._at):
            self._at = comment.end()
            return None
        around = self._caseless
        if flags := _FLAGS.match(self._pattern, self._at):
            self._flag(flags[1], flags[2] or "")
            self._at = flags.end()
            if flags[3] == ")":
                return None
        elif group := _GROUP.match(self._pattern, self._at):
            self._at = group.end()
        else:
            raise self._bad("look-around")
        made = self._ways()
        if self._next() != ")":
            raise self._bad("missing )")
        self._at += 1
        self._caseless = around
        return made

    def _flag(self, on: str, off: str) -> None:
        if not {*on} <= {*"isu"} or off not in {"", "i"}:
            raise self._bad("flags")
        if "i" in on + off:
            self._caseless = "i" in on

    def _atom(self) -> Node:
        letter = self._next()
        self._at += 1
        if letter == "[":
            return self._cased(self._class())
        if letter == "\\" and self._next() in {"b", "B", "A", "Z"}:
            letter = self._next()
            self._at += 1
            return _MARKS[letter]
        if letter in {"^", "$"}:
            return _MARKS[letter]
        if letter == ".":
            return ANYTHING
        if letter in _SIGNS:
            raise self._bad("no argument for repetition operator")
        made = self._escaped() if letter == "\\" else letter
        found = one(made) if isinstance(made, str) else made
        if found is None:
            raise self._bad("normal form")
        return self._cased(found)

    def _cased(self, chars: Chars) -> Chars:
        if self._caseless is self._usual:
            return chars
        flag = "i" if self._caseless else "-i"
        text, word, other = (
            part and f"(?{flag}:{part})" for part in (chars.text, chars.word, chars.other)
        )
        return Chars(text or "", word, other)

    def _escaped(self) -> Chars | str:
        """Read what stands after a backslash, in brackets or not."""
        letter = self._next()
        if code := _CODE.match(self._pattern, self._at):
            self._at = code.end()
            number = int(code[4], 8) if code[4] else int(code[1] or code[2] or code[3], 16)
            if number > _LAST:
                raise self._bad("not read")
            return chr(number)
        if named := _PROPERTY.match(self._pattern, self._at):
            self._at = named.end()
            return self._property(named[3] or named[4], negated=(named[1] == "P") != bool(named[2]))
        self._at += 1
        if letter in _CLASSES:
            return _CLASSES[letter]
        if letter.isdigit():
            raise self._bad("back-reference")
        if letter not in _CONTROL and (not letter or letter.isalpha()):
            raise self._bad("not read")
        return _CONTROL.get(letter, letter)

    def _property(self, name: str, *, negated: bool) -> Chars:
        if name[0] not in "LMNPSZC":
            raise self._bad("not read")
        inner = rf"\{'P' if negated else 'p'}{{{name}}}"
        text = _within(inner)
        if negated or name[0] == "P":
            return Chars(text, None, None, inner)
        return Chars(text, text, "", inner) if name[0] in "LN" else Chars(text, "", text, inner)

    def _class(self) -> Chars:
        """Read what is in brackets, the first of which has been read."""
        negated = self._next() == "^"
        self._at += negated
        items: list[Chars | None] = [self._item()]
        while self._next() != "]":
            items.append(self._item())
        self._at += 1
        kept = [item for item in items if item]
        if not kept:
            raise self._bad("normal form")
        made = _none_of(kept) if negated else _one_of(kept)
        if made is None:
            raise self._bad("brackets")
        return made

    def _item(self) -> Chars | None:
        low = self._bracketed()
        if self._next() != "-" or self._pattern[self._at + 1 : self._at + 2] in {"]", ""}:
            return one(low) if isinstance(low, str) else low
        self._at += 1
        high = self._bracketed()
        if isinstance(low, Chars) or isinstance(high, Chars) or low > high:
            raise self._bad("invalid character class range")
        return _range(low, high)

    def _bracketed(self) -> Chars | str:
        letter = self._next()
        if not letter:
            raise self._bad("missing ]")
        self._at += 1
        if letter != "\\":
            return letter
        if self._next() == "b":
            self._at += 1
            return "\b"
        return self._escaped()
