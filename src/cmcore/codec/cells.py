"""Cells: how what a row holds of a fact is read, and what may be wrong with it."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from math import isfinite
from typing import Any, Final, cast

from cmcore.base.characters import damage, is_placeholder
from cmcore.base.errors import Problem, refuse
from cmcore.base.ids import nearest
from cmcore.base.numbers import NUMBER, WHOLE, refuse_grouped
from cmcore.charters.conditions.facts import FactSpec, FactType
from cmcore.charters.conditions.forms import NORMAL
from cmcore.codec.acts import NOTHING
from cmcore.codec.bounds import named
from cmcore.codec.plain import (
    as_duration,
    as_flag,
    as_instant,
    as_number,
    as_text,
    as_words,
    no_number,
)
from cmcore.text.names import listed

#: What separates the words of a set within a cell.
SEPARATOR: Final = "|"

_Read = Callable[[object], Any]
#: How facts of each type are read; counts are numbers that are whole.
Reads = Mapping[str, _Read]
_COUNT: Final = "count"
JSON: Final[Reads] = {
    FactType.FLAG: as_flag,
    FactType.SYMBOL: lambda data: as_text(data, "word" if isinstance(data, list) else "text"),
    FactType.SYMBOLS: lambda data: _words(as_words(data)),
    FactType.NUMBER: as_number,
    _COUNT: lambda data: as_number(data, WHOLE),
    FactType.DURATION: as_duration,
    FactType.INSTANT: as_instant,
    FactType.TEXT: as_text,
}
_WHOLE: Final = re.compile(r"[-+]?[0-9]{1,18}")
_REAL: Final = re.compile(r"[-+]?(?:[0-9]{1,300}(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?")


def _cell_number(cell: object, wanted: str = NUMBER) -> int | float:
    text = as_text(cell)
    refuse_grouped(text, wanted)
    if _WHOLE.fullmatch(text):
        return int(text)
    if _REAL.fullmatch(text) and (wanted == NUMBER or float(text).is_integer()):
        number = float(text)
        if isfinite(number):
            return number
    raise no_number(text, wanted)


def _cell_words(cell: object) -> frozenset[str]:
    text = as_text(cell)
    return _words([part.strip() for part in text.split(SEPARATOR)] if text.strip() else [])


def _words(words: Collection[str]) -> frozenset[str]:
    """Return a set of words of which none was lost."""
    if any(not word.strip() for word in words):
        raise refuse("empty-word")
    return frozenset(words)


#: How spreadsheets and exports write flags.
_BITS: Final = {"1": "yes", "0": "no"}
CELL: Final[Reads] = {
    **JSON,
    FactType.FLAG: lambda cell: as_flag(_BITS.get(as_text(cell), as_text(cell).lower())),
    FactType.SYMBOLS: _cell_words,
    FactType.NUMBER: _cell_number,
    _COUNT: lambda cell: _cell_number(cell, WHOLE),
}


def how_read(spec: FactSpec) -> str:
    """Return the name under which `Reads` have how a fact is read."""
    return _COUNT if spec.domain.whole else spec.type


def damages(told: Mapping[str, object]) -> Iterator[Problem]:
    """Yield the problem of each fact in which a character could not be read."""
    for name, data in told.items():
        found = damage(data) if isinstance(data, str) else _damaged(data)
        if found:
            yield _damage(name, found)


def _damaged(data: object) -> str | None:
    """Return the first character that could not be read in the texts within plain data."""
    return next(filter(None, map(damage, _texts(data))), None)


def _damage(name: str, found: str) -> Problem:
    if "\xc2" <= found[0] <= "\xf0":
        return Problem.of("encoded-twice", name, fact=name, given=found)
    return Problem.of("damaged-text", name, fact=name, character=named(found))


def _texts(data: object) -> Iterator[str]:
    """Yield the texts within plain data."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, list | dict):
        for part in cast("Iterable[object]", data.values() if isinstance(data, dict) else data):
            yield from _texts(part)


def faults(spec: FactSpec, found: object) -> Iterator[Problem]:
    """Yield what is wrong with what a cell says."""
    yield from _written_for_nothing(spec, found)
    yield from _closed(spec, found)
    yield from _several(spec, found)
    yield from _outside(spec, found)


def _written_for_nothing(spec: FactSpec, found: object) -> Iterator[Problem]:
    """Yield the problem of each word, or text, that programs write where there is none."""
    for word in sorted(_texts([*found] if isinstance(found, frozenset) else found)):
        if is_placeholder(word) and word.strip().lower() not in (spec.values or ()):
            yield Problem.of("placeholder", spec.name, fact=spec.name, given=word, none=NOTHING)


def _closed(spec: FactSpec, found: object) -> Iterator[Problem]:
    if spec.values is None or found is None:
        return
    words = found if isinstance(found, frozenset) else {found}
    normal = NORMAL[spec.domain.form]
    for word in sorted(word for word in map(str, words) if normal[word] not in spec.values):
        yield Problem.of(
            "unknown-value",
            spec.name,
            fact=spec.name,
            value=word,
            near=nearest(word, spec.values),
            known=spec.values,
        )


def _outside(spec: FactSpec, found: object) -> Iterator[Problem]:
    """Yield the problem of a number or a duration below the least that the fact can be."""
    least = spec.domain.low
    if found is not None and least is not None and not spec.domain.holds(found):
        yield Problem.of(
            "unknown-value",
            spec.name,
            fact=spec.name,
            value=found,
            least=least,
            hint="or-more",
        )


def _several(spec: FactSpec, found: object) -> Iterator[Problem]:
    """Yield the problem of each word that is several in one, which no act can have."""
    if not isinstance(found, frozenset) or spec.values is not None:
        return
    normal = NORMAL[spec.domain.form]
    for word in sorted(found):
        parts = listed(word) if normal[word] is None else ()
        if parts == (word.strip(),):
            yield Problem.of("list-of-nothing", spec.name, given=word, none=NOTHING)
        elif parts:
            yield Problem.of("several-words", spec.name, given=word, cell=SEPARATOR.join(parts))
