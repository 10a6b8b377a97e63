"""Tones: how a message speaks, one word for each of those that the library and its charters read.

A charter may ask for any other tone, which is taken as it is written.
"""

from collections.abc import Mapping
from typing import Final

from cmcore.base.language import Language

#: Tone -> the word for it in French, and the other words people write for it.
TONES: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "critical": ("critique", ("critiques", "criticism")),
    "hostile": ("hostile", ("hostiles",)),
    "abusive": (
        "injurieux",
        ("injurieuse", "insultant", "insultante", "insulting", "insult", "insulte", "injure"),
    ),
    "angry": ("en colère", ("colère", "fâché", "fâchée", "anger")),
    "negative": ("négatif", ("négative", "négatifs", "négatives")),
    "neutral": ("neutre", ("neutres",)),
    "positive": ("positif", ("positive", "positifs", "positives")),
    "kind": ("aimable", ("aimables", "bienveillant", "bienveillante", "gentil", "gentille")),
    "ironic": ("ironique", ("ironiques", "irony", "ironie")),
    "other": ("autre", ("autres",)),
}
_MEANT: Final = {
    word: name for name, (french, words) in TONES.items() for word in (name, french, *words)
}


def tone_of(given: str | None) -> str | None:
    """Return the tone that a word stands for; a word that stands for none stays as it is."""
    return None if given is None else _MEANT.get(given, given)


def tone_text(given: str, language: Language) -> str:
    """Return the word for a tone in a sentence; any other label is code."""
    if given not in TONES:
        return f"`{given}`"
    return TONES[given][0] if language == "fr" else given
