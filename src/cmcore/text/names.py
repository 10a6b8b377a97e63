"""Names: the one normal form of a word and of a network, however people write it."""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Final, TypeVar

from cmcore.base.characters import caseless, visible
from cmcore.base.frozen import each_once
from cmcore.base.regex import regex

_T = TypeVar("_T")
#: Networks that people call by more than one name.
NETWORKS: Final[Mapping[str, str]] = {"twitter": "x"}
#: What separates words, and never occurs within one.
_SEPARATORS: Final = regex("[,;|\n\u060c\u061b\u3001]")
#: What programs write around a list.
_LIST: Final = regex(r"\[.*\]|\{.*\}", re.DOTALL)
#: What files write for nothing, as in `(none)`.
_REMARK: Final = regex(r"\(.*\)", re.DOTALL)
_AROUND: Final = " []{}\"'"
_QUOTED: Final = regex(r"[\"'`´‘’‚“”„«»‹›].*|.*[\"`´“”„«»‹›]", re.DOTALL)  # noqa: RUF001


def name_of(given: str) -> str | None:
    """Return a name without case or needless blanks; None where it is a list, or nothing."""
    text = " ".join(caseless(given).split())
    odd = any(around.fullmatch(text) for around in (_QUOTED, _LIST, _REMARK))
    return None if odd or not text else text


def word_of(given: str) -> str | None:
    """Return a name that is one word of several; None where it is a list of them, or nothing."""
    return None if listed(given) else name_of(given)


def listed(given: str) -> tuple[str, ...]:
    """Return the words of a text that is written as a list of them, none where it is no list."""
    text = visible(given).strip()
    parts = _SEPARATORS.split(text)
    if len(parts) == 1 and not _LIST.fullmatch(text):
        return ()
    return tuple(filter(None, (part.strip(_AROUND) for part in parts))) or (text,)


def network_of(given: str) -> str | None:
    """Return the name of a network, `x` for `Twitter`; None where it is none."""
    text = word_of(given)
    return NETWORKS.get(text, text) if text else None


# A conversion cannot report problems: a word without a normal form is kept, to be refused later or
# to match nothing.


@lru_cache(16384)
def _settled(form: Callable[[str], str | None], given: str) -> str:
    return form(given) or given


def settle(form: Callable[[str], str | None], given: _T) -> _T | str:
    """Return a text in its normal form, or as it is where it has none."""
    return _settled(form, given) if isinstance(given, str) else given


def as_network(given: str) -> str:
    """Return a network in its normal form, or as it is where it has none."""
    return settle(network_of, given)


def as_networks(many: Iterable[str]) -> frozenset[str]:
    """Freeze networks, each once in its normal form."""
    return frozenset(map(as_network, each_once(many)))
