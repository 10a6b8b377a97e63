"""JSON as archives hold it: one long list, read item by item, however long the file is."""

import json
import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple, TextIO

from cmcore.base.errors import refuse
from cmcore.codec.bounds import whole_number
from cmcore.codec.csvform import LONGEST

_CHUNK: Final = 2**16
#: What is no blank, as JSON has them.
_SIGN: Final = re.compile(r"[^ \t\n\r]")
#: How the lists of an X archive begin: read as text, never run.
_SCRIPT: Final = re.compile(
    r"\s*window\.(?:YTD\.([A-Za-z0-9_]{1,80})\.part[0-9]{1,6}|__THAR_CONFIG)\s*=\s*"
)
#: No word of JSON, and no escape, is longer.
_LONGEST_WORD: Final = 12
#: The most lists, pages or keys beside the items that a file may have.
_MOST_BESIDE: Final = 10_000


class Item(NamedTuple):
    """One thing of a file: of the list under a key, or under none, or what stands at a key.

    `script` is what a script of X calls its list.
    """

    key: str
    number: int | None
    data: Any
    script: str = ""


#: What comes where another document begins, after the first.
NEXT: Final = Item("", None, None)


def items_of(stream: TextIO, lists: frozenset[str]) -> Iterator[Item]:
    """Yield the items of a list of JSON, or of those of its `lists` that an object has, in order.

    Several documents may follow each other, as pages that were put together do. What an object has
    beside its lists comes as items without a number, and so does where another document begins. The
    text may be the script of an X archive.

    Raises:
        InvalidError: the text ends too soon, is not JSON, or holds something too long or too deep.
    """
    return _Scan(stream, lists).items()


class _Scan:
    def __init__(self, stream: TextIO, lists: frozenset[str]) -> None:
        self._stream = stream
        self._lists = lists
        self._text = ""
        self._at = 0
        self._ended = False
        self._number = 0
        self._beside = 0
        self._script = ""
        self._decoder = json.JSONDecoder(
            object_pairs_hook=_each_once, parse_int=whole_number, parse_constant=_no_constant
        )

    def items(self) -> Iterator[Item]:
        self._skip_script()
        while sign := self._sign():
            if self._beside:
                yield NEXT
            self._counted()
            if sign == "[":
                yield from self._list("")
            elif sign == "{":
                yield from self._object()
            else:
                raise refuse("archive-not-json", number=self._number + 1)
            while self._sign() == ";":
                self._at += 1
            self._skip_script()

    def _skip_script(self) -> None:
        if self._sign() == "w":
            self._fill()
            found = _SCRIPT.match(self._text, self._at)
            if not found:
                raise refuse("script-not-known")
            self._at = found.end()
            self._script = found[1] or ""

    def _list(self, key: str) -> Iterator[Item]:
        self._at += 1
        if self._sign() == "]":
            self._at += 1
            return
        while True:
            self._number += 1
            yield Item(key, self._number, self._value(), self._script)
            if self._close("]"):
                return

    def _object(self) -> Iterator[Item]:
        self._at += 1
        if self._sign() == "}":
            self._at += 1
            return
        while True:
            key = self._value()
            if not isinstance(key, str) or self._sign() != ":":
                raise self._broken()
            self._at += 1
            if key in self._lists and self._sign() == "[":
                yield from self._list(key)
            else:
                yield Item(key, None, self._value())
            self._counted()
            if self._close("}"):
                return

    def _counted(self) -> None:
        self._beside += 1
        if self._beside > _MOST_BESIDE:
            raise refuse("too-many-values", most=_MOST_BESIDE)

    def _close(self, end: str) -> bool:
        """Return whether a list or an object ends here, rather than going on."""
        sign = self._sign()
        if sign not in {",", end}:
            raise self._broken()
        self._at += 1
        return sign == end

    def _broken(self) -> Exception:
        if self._sign():
            return refuse("archive-not-json", number=self._number)
        return refuse("archive-cut", number=self._number)

    def _sign(self) -> str:
        """Return the next character that is no blank, nothing at the end."""
        while True:
            found = _SIGN.search(self._text, self._at)
            self._at = found.start() if found else len(self._text)
            if found:
                return found[0]
            if not self._fill():
                return ""

    def _fill(self) -> bool:
        """Read on, as much again as there is left, and return whether there was more."""
        left = self._text[self._at :]
        more = "" if self._ended else self._stream.read(max(_CHUNK, len(left)))
        self._ended = not more
        self._text, self._at = left + more, 0
        return bool(more)

    def _value(self) -> Any:  # noqa: ANN401 - plain data
        """Return the next value, of which no more is read than one may be long.

        Raises:
            InvalidError: it is none, or too long, or too deep, or the text ends within it.
        """
        self._sign()
        while True:
            try:
                found, end = self._decoder.raw_decode(self._text, self._at)
            except RecursionError:
                raise refuse("item-too-deep", number=self._number) from None
            except ValueError as error:
                if not _may_go_on(error, self._text):
                    raise refuse("archive-not-json", number=self._number) from None
                if len(self._text) - self._at > LONGEST:
                    raise refuse("item-too-long", number=self._number, most=LONGEST) from None
                if not self._fill():
                    raise refuse("archive-cut", number=self._number) from None
            else:
                if end < len(self._text) or not self._fill():
                    self._at = end
                    return found


def _may_go_on(error: ValueError, text: str) -> bool:
    """Return whether what is wrong may be only that a text was not read far enough."""
    if not isinstance(error, json.JSONDecodeError):
        return False
    return error.msg.startswith("Unterminated") or error.pos >= len(text) - _LONGEST_WORD


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise ValueError
    return made


def _no_constant(_: str) -> None:
    raise ValueError
