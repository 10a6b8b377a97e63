"""Ids and names: what may identify a thing, and which known name a wrong one was meant to be."""

from bisect import bisect
from collections.abc import Collection, Iterable, Iterator, Mapping
from enum import StrEnum
from itertools import islice
from typing import Final, TypeVar
from unicodedata import is_normalized

from cmcore.base.alike import mixed_scripts
from cmcore.base.characters import seen
from cmcore.base.errors import Problem, refuse_any, show_path
from cmcore.base.regex import regex
from cmcore.base.shown import as_text, clip
from cmcore.base.synonyms import SYNONYMS

__all__ = [
    "LONGEST_ID",
    "choice_problems",
    "clip",
    "did_you_mean",
    "held",
    "id_problems",
    "kind_problems",
    "name_problems",
    "nearest",
    "one_of",
]

_T = TypeVar("_T")
_E = TypeVar("_E", bound=StrEnum)

LONGEST_ID = 200
#: The most names that a wrong one is compared with, and the most letter pairs compared.
_MANY: Final = 5_000
_COMPARED: Final = 20_000
#: How much less similar than the first a second suggestion may be.
_FAR: Final = 0.2
#: Occurs in no name.
_BETWEEN: Final = "\0"
_NAME = regex(r"[^\W\d_][\w-]{0,99}")


def id_problems(text: object, *path: str | int) -> Iterator[Problem]:
    """Yield what forbids `text` as an id: 1 to 200 printable characters, what they look like.

    Ids are composed (NFC), hold nothing that cannot be seen, and mix no scripts but those that a
    language writes together: the "highly restrictive" level of Unicode Technical Standard 39.
    """
    if not isinstance(text, str) or not _is_id(text):
        yield Problem.of("bad-id", *path, given=text, most=LONGEST_ID)
    elif not text.isascii():
        yield from _disguised(text, *path)


def _is_id(text: str) -> bool:
    return text == text.strip() and text.isprintable() and 0 < len(text) <= LONGEST_ID


def _disguised(text: str, *path: str | int) -> Iterator[Problem]:
    if seen(text) != text:
        yield Problem.of("id-not-seen", *path, given=text)
    elif not is_normalized("NFC", text):
        yield Problem.of("id-not-composed", *path, given=text)
    elif scripts := mixed_scripts(text):
        yield Problem.of("mixed-scripts", *path, given=text, scripts=scripts)


def repeated(ids: Iterable[str | None], key: str) -> Iterator[Problem]:
    """Yield the problem of each id of a list that an earlier one has; None is unknown."""
    first: dict[str, int] = {}
    for index, id_ in enumerate(ids):
        if id_ is not None and first.setdefault(id_, index) != index:
            place = show_path((key, first[id_]))
            yield Problem.of("duplicate-id", key, index, id=id_, first=place, hint="first-at")


def name_problems(text: str, *path: str | int) -> Iterator[Problem]:
    """Yield what forbids `text` as the name of a label or an event."""
    if not _NAME.fullmatch(text):
        yield Problem.of("bad-name", *path, given=text)


def kind_problems(
    given: object, kinds: type | tuple[type, ...], wanted: str, *path: str | int
) -> Iterator[Problem]:
    """Yield the problem of a value that is of none of some kinds; `wanted` is what should be."""
    if not isinstance(given, kinds):
        yield Problem.of("wrong-value", *path, given=given, wanted=wanted)


def nearest(wrong: object, known: Iterable[str], alike: float = 0.6) -> tuple[str, ...]:
    """Return the known words nearest to a wrong one, two at most, of which so much is alike.

    A word that people write for one of them is that one alone, as is one that is wrong in its case
    only. A second word is as near as the first, or hardly farther.

    Of many words, only those are compared which begin or end most like it, and of very many none
    is: a hint costs the same whatever a file holds.
    """
    from difflib import SequenceMatcher, get_close_matches

    names = list(islice(known, _MANY + 1))
    word = as_text(wrong)[:LONGEST_ID]
    meant = SYNONYMS.get(word.casefold().replace(" ", "-"))
    if meant in names:
        return (meant,)
    if len(names) > _MANY:
        return ()
    if same := _same_letters(word, names):
        return (same[0],)
    found = get_close_matches(word, _alike(word, sorted(names)), n=2, cutoff=alike)
    likeness = [SequenceMatcher(None, name, word).ratio() for name in found]
    return tuple(n for n, much in zip(found, likeness, strict=True) if much > likeness[0] - _FAR)


def _same_letters(word: str, names: list[str]) -> list[str]:
    """Return the names that differ from a word in case only, sorted."""
    folded = _BETWEEN.join(names).casefold().split(_BETWEEN)  # all at once, since they may be many
    wanted = word.casefold()
    return sorted([name for name, one in zip(names, folded, strict=False) if one == wanted])


def did_you_mean(wrong: str, known: Iterable[str]) -> str | None:
    """Return a hint naming the known words nearest to `wrong`, or None when none is near."""
    near = nearest(wrong, known)
    return f"did you mean {' or '.join(f'`{n}`' for n in near)}?" if near else None


def _alike(word: str, names: list[str]) -> list[str]:
    """Return the names that stand around a word in the order of beginnings, or of endings."""
    pairs = len(word) * sum(map(len, names))
    half = _COMPARED * len(names) // (4 * max(1, pairs)) + 1
    if len(names) <= 4 * half:
        return names
    ends = _around(word[::-1], sorted([name[::-1] for name in names]), half)
    return sorted({*_around(word, names, half), *(end[::-1] for end in ends)})


def _around(word: str, names: list[str], half: int) -> list[str]:
    place = bisect(names, word)
    return names[max(0, place - half) : place + half]


def held(what: str, name: str, known: Mapping[str, _T]) -> _T:
    """Return what is called `name` among the things of one kind, `what` being the word for one.

    Raises:
        KeyError: there is none, with the names that are near.
    """
    if name in known:
        return known[name]
    hint = did_you_mean(name, known)
    raise KeyError(f"there is no {what} `{clip(name)}`{f': {hint}' if hint else ''}")


def one_of(words: type[_E], given: str, *path: str | int, hidden: Collection[_E] = ()) -> _E:
    """Return the word of a closed list that `given` names, or refuse it with the nearest.

    Those `hidden` are of the list, and not proposed.
    """
    refuse_any(choice_problems(words, given, *path, hidden=hidden))
    return words(given)


def choice_problems(
    words: type[StrEnum], given: str, *path: str | int, hidden: Collection[str] = ()
) -> Iterator[Problem]:
    """Yield the problem of what is no word of a closed list, with the nearest."""
    known = [str(word) for word in words if word not in hidden]
    if given not in known and given not in hidden:
        near = nearest(given, known)
        yield Problem.of("not-a-choice", *path, given=given, near=near, known=known)
