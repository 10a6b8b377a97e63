"""Typography: how the sentences of a language are set, once they are about to be read.

The tables are typed plainly. English stays so, since people copy it into terminals, searches and
code; French gets its apostrophes, and the spaces at which no line may break. What stands in
backticks, or in the place of a parameter, is left as it is.
"""

from collections.abc import Mapping
from functools import lru_cache
from re import Match
from types import MappingProxyType
from typing import Final

from cmcore.base.regex import regex

#: Spaces at which no line may break.
NO_BREAK: Final = "\u00a0"
NARROW: Final = "\u202f"
APOSTROPHE: Final = "’"
#: How each is written where it cannot be: in an old terminal.
PLAIN: Final[Mapping[str, str]] = MappingProxyType({NO_BREAK: " ", NARROW: " ", APOSTROPHE: "'"})

#: What is cut before a vowel: `de {who}` becomes `d’Anne` or `de Marc`, as `french` says.
_CUT: Final = regex(r"(?<!\w)(de|que) \{(\w+)(?::(\w+))?\}")
_CUTTERS: Final = {"de": "of", "que": "that"}
#: What is not touched: code, and the places of parameters.
_KEPT: Final = regex(r"(`[^`]*`|\{[^{}]*\})")
#: What is written otherwise in French. A unit may come after the place of a number.
_FRENCH: Final = (
    (regex(r"'"), APOSTROPHE),
    (regex(r" (?=[;!?])"), NARROW),
    (regex(r" (?=[:»])|(?<=«) "), NO_BREAK),
    (regex(r"(?:(?<=\d)|^) (?=(?:%|€|h|min|s|j)(?![\w’]))"), NO_BREAK),
)


@lru_cache(maxsize=4096)
def typeset(sentence: str, column: int) -> str:
    r"""Return a sentence of the tables as it is printed, in the language of a column.

    Examples:
        >>> typeset("l'heure de `l'équipe` : {count} h", 1)
        "l’heure de `l'équipe`\xa0: {count}\xa0h"
    """
    if not column:
        return sentence
    told = _CUT.sub(_cut, sentence)
    parts = _KEPT.split(told)
    return "".join(part if place % 2 else _french(part) for place, part in enumerate(parts))


def _cut(found: Match[str]) -> str:
    """Return the place of a parameter that takes up the word before it: `{who:of member}`."""
    word, name, shown = found.groups()
    return f"{{{name}:{_CUTTERS[word]}{f' {shown}' if shown else ''}}}"


def _french(text: str) -> str:
    for plain, right in _FRENCH:
        text = plain.sub(right, text)
    return text
