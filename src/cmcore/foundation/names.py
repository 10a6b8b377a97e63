"""Ids and names: what may identify a thing, and which known name a wrong one was meant to be."""

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import TypeVar

from cmcore.foundation.errors import Problem, refuse

_E = TypeVar("_E", bound=StrEnum)

LONGEST_ID = 200
_NAME = re.compile(r"[^\W\d_][\w-]{0,99}")


def id_problems(text: object, *path: str | int) -> Iterator[Problem]:
    """Yield what forbids `text` as an id: any printable text of 1 to 200 characters will do."""
    if not isinstance(text, str):
        yield Problem(f"`{text}` is not an id", path, hint="an id is text")
    elif not text or text != text.strip() or not text.isprintable() or len(text) > LONGEST_ID:
        hint = f"1 to {LONGEST_ID} printable characters, no space around"
        yield Problem(f"`{clip(text)}` cannot be an id", path, hint=hint)


def name_problems(text: str, *path: str | int) -> Iterator[Problem]:
    """Yield what forbids `text` as the name of a label or an event."""
    if not _NAME.fullmatch(text):
        hint = "a name starts with a letter and goes on with letters, digits, `_` or `-`"
        yield Problem(f"`{clip(text)}` cannot be a name", path, hint=hint)


def kind_problems(
    given: object, kinds: type | tuple[type, ...], due: str, hint: str, *path: str | int
) -> Iterator[Problem]:
    """Yield the problem of a value that is of none of some kinds; `due` is what should be."""
    if not isinstance(given, kinds):
        yield Problem(f"`{clip(given)}` stands where {due} is due", path, hint=hint)


def clip(text: object, limit: int = 80) -> str:
    """Show `text` on one line, cut where it is too long to read."""
    shown = " ".join(str(text).split())
    return shown if len(shown) <= limit else f"{shown[: limit - 1]}…"


def did_you_mean(wrong: str, known: Iterable[str]) -> str | None:
    """Return a hint naming the known words nearest to `wrong`, or None when none is near."""
    from difflib import get_close_matches

    near = get_close_matches(wrong[:LONGEST_ID], sorted(known), n=2, cutoff=0.6)
    return f"did you mean {' or '.join(f'`{n}`' for n in near)}?" if near else None


def one_of(words: type[_E], given: str, *path: str | int) -> _E:
    """Return the word of a closed list that `given` names, or refuse it with the nearest."""
    known = [str(word) for word in words]
    if given in known:
        return words(given)
    hint = did_you_mean(str(given), known) or f"one of {', '.join(f'`{word}`' for word in known)}"
    raise refuse(f"`{clip(given)}` is not known here", *path, hint=hint)
