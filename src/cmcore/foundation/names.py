"""Ids and names: what may identify a thing, and which known name a wrong one was meant to be."""

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import TypeVar

from cmcore.foundation.errors import Problem, refuse
from cmcore.foundation.shown import clip

__all__ = [
    "LONGEST_ID",
    "clip",
    "did_you_mean",
    "id_problems",
    "kind_problems",
    "name_problems",
    "nearest",
    "one_of",
]

_E = TypeVar("_E", bound=StrEnum)

LONGEST_ID = 200
_NAME = re.compile(r"[^\W\d_][\w-]{0,99}")


def id_problems(text: object, *path: str | int) -> Iterator[Problem]:
    """Yield what forbids `text` as an id: any printable text of 1 to 200 characters will do."""
    if not isinstance(text, str) or not _is_id(text):
        yield Problem.of("bad-id", *path, given=text, most=LONGEST_ID)


def _is_id(text: str) -> bool:
    return text == text.strip() and text.isprintable() and 0 < len(text) <= LONGEST_ID


def name_problems(text: str, *path: str | int) -> Iterator[Problem]:
    """Yield what forbids `text` as the name of a label or an event."""
    if not _NAME.fullmatch(text):
        yield Problem.of("bad-name", *path, given=text)


def kind_problems(
    given: object, kinds: type | tuple[type, ...], due: str, hint: str, *path: str | int
) -> Iterator[Problem]:
    """Yield the problem of a value that is of none of some kinds; `due` is what should be."""
    if not isinstance(given, kinds):
        yield Problem(f"`{clip(given)}` is not {due}", path, hint=hint)


def nearest(wrong: object, known: Iterable[str]) -> tuple[str, ...]:
    """Return the known words nearest to a wrong one, two at most."""
    from difflib import get_close_matches

    return tuple(get_close_matches(str(wrong)[:LONGEST_ID], sorted(known), n=2, cutoff=0.6))


def did_you_mean(wrong: str, known: Iterable[str]) -> str | None:
    """Return a hint naming the known words nearest to `wrong`, or None when none is near."""
    near = nearest(wrong, known)
    return f"did you mean {' or '.join(f'`{n}`' for n in near)}?" if near else None


def one_of(words: type[_E], given: str, *path: str | int) -> _E:
    """Return the word of a closed list that `given` names, or refuse it with the nearest."""
    known = [str(word) for word in words]
    if given in known:
        return words(given)
    raise refuse("not-a-choice", *path, given=given, near=nearest(given, known), known=known)
