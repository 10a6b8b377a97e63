"""Readings: whether a value is one that a fact may have, and as what it is read."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from cmcore.base.characters import is_damaged
from cmcore.base.shown import clip, plain
from cmcore.charters.conditions.domains import Domain
from cmcore.charters.conditions.facts import UNKNOWN, Bad, FactSpec, FactType, Log, Missing, Reading
from cmcore.charters.conditions.forms import NORMAL, NORMAL_SETS

_PYTHON: Final[dict[FactType, type | tuple[type, ...]]] = {
    FactType.FLAG: bool,
    FactType.SYMBOL: str,
    FactType.SYMBOLS: frozenset,
    FactType.NUMBER: (int, float),
    FactType.DURATION: timedelta,
    FactType.INSTANT: datetime,
    FactType.TEXT: str,
    FactType.LOG: Log,
}
#: What stands for a value that there is not, or that is of no use.
_NO_VALUE: Final = (Missing, Bad)
#: The constraints on a value besides its Python type.
_ALSO: Final[dict[FactType, Callable[[Any], bool]]] = {
    FactType.NUMBER: lambda x: not isinstance(x, bool) and x - x == 0,
    FactType.INSTANT: lambda x: x.utcoffset() is not None,
}


def fitted(spec: FactSpec, given: object) -> Reading:
    """Return `given` as a reading of the fact: itself when it fits, else what is wrong with it."""
    try:
        return _fitted(spec, given)
    except Exception as error:  # noqa: BLE001 - a value that fails must never open an outcome
        return Bad(type(error).__name__, spec.type, spec.values)


def _fitted(spec: FactSpec, given: object) -> Reading:
    if given is None:
        return UNKNOWN
    if isinstance(given, _NO_VALUE):
        return given
    if isinstance(given, str) and type(given) is not str:
        given = str.__str__(given)  # what it is, whatever its class would have it say
    python, also, normal = _ACCEPTED[spec.type]
    fits = isinstance(given, python) and (also is None or also(given))
    made = normal(spec.domain, given) if fits else None
    return Bad(_shown(given, spec.type), spec.type, spec.values) if made is None else made


def _word(domain: Domain, given: Any) -> str | None:  # noqa: ANN401 - a word, by its type
    made = NORMAL[domain.form][given]
    return made if domain.values is None or made in domain.values else None


def _words(domain: Domain, given: Any) -> frozenset[str] | None:  # noqa: ANN401 - words, by its type
    made = NORMAL_SETS[domain.form][given]
    if made is None or domain.values is None:
        return made
    return made if made <= domain.values else None


def _scalar(domain: Domain, given: Any) -> Any:  # noqa: ANN401 - a number or a duration
    return given if domain.holds(given) else None


def _whole(_: Domain, given: str) -> str | None:
    """Return a text that is all there: what cannot be read of another may say anything."""
    return None if is_damaged(given) else given


def _same(_: Domain, given: Any) -> Any:  # noqa: ANN401 - whatever fits
    return given


_NORMAL: Final[dict[FactType, Callable[[Domain, Any], Any]]] = {
    FactType.SYMBOL: _word,
    FactType.SYMBOLS: _words,
    FactType.NUMBER: _scalar,
    FactType.DURATION: _scalar,
    FactType.TEXT: _whole,
}
#: The Python type of a fact's values, what else is asked of them, and as what they are read.
_ACCEPTED: Final = {
    kind: (python, _ALSO.get(kind), _NORMAL.get(kind, _same)) for kind, python in _PYTHON.items()
}


def _shown(given: object, wanted: FactType) -> str:
    """Show a value as files write it: a list in brackets, and a text in quotes where it is odd."""
    told = plain(given)
    if isinstance(told, tuple):
        return clip(f"[{', '.join(map(_shown_word, told))}]")
    if isinstance(told, bool):
        return "yes" if told else "no"
    is_due = wanted in _TEXTUAL and str(told).strip()
    return clip(told) if is_due or not isinstance(given, str) else _shown_word(told)


def _shown_word(word: object) -> str:
    return f'"{clip(word, 60)}"' if isinstance(word, str) else str(word)


_TEXTUAL: Final = frozenset({FactType.SYMBOL, FactType.TEXT})
