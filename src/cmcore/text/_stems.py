"""Stems: what the inflected forms of a word have in common, by the rules of Snowball."""

from functools import cache, lru_cache
from importlib import import_module
from threading import Lock
from typing import Any, Final

from cmcore.base.characters import fold
from cmcore.base.errors import MissingExtraError

#: The languages that have such rules, and what Snowball calls them.
SNOWBALL: Final = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek",
    "en": "english", "es": "spanish", "et": "estonian", "eu": "basque", "fi": "finnish",
    "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian",
    "id": "indonesian", "it": "italian", "lt": "lithuanian", "ne": "nepali", "nl": "dutch",
    "no": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian",
    "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
_LOCK: Final = Lock()


@cache
def _stemmer(language: str) -> Any:  # noqa: ANN401 (snowballstemmer ships no types)
    """Return the stemmer of a language: the one in Python, whatever else is installed."""
    name = SNOWBALL[language]
    try:
        module = import_module(f"snowballstemmer.{name}_stemmer")
    except ImportError:
        raise MissingExtraError("snowballstemmer") from None
    return getattr(module, f"{name.capitalize()}Stemmer")()


@lru_cache(maxsize=65536)
def stems(language: str, word: str) -> tuple[str, ...]:
    """Return the folded stems of a word with its accents: as written, and as people leave them out.

    Raises:
        MissingExtraError: if snowballstemmer is not installed.
    """
    stemmer = _stemmer(language)
    with _LOCK:  # it works on one word at a time
        found = [stemmer.stemWord(word), stemmer.stemWord(fold(word))]
    return tuple(dict.fromkeys(map(fold, found)))
