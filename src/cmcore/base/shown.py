"""How values stand in a sentence: as plain parameters, and filled in."""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, timedelta
from enum import Enum
from functools import cache
from math import log10
from string import Formatter
from types import MappingProxyType, NoneType
from typing import Any, Final, Literal, get_args

from cmcore.base.amounts import show_duration
from cmcore.base.characters import UNSEEN
from cmcore.base.french import city, clock_of, hour_of, of, that
from cmcore.base.language import SENTENCES, THINGS
from cmcore.base.regex import regex
from cmcore.base.typography import NARROW, typeset

#: A parameter of a sentence: a plain value, or several.
Param = str | int | float | bool | tuple[str | int, ...]

#: A longer number is unreadable for people, and not every format can write it.
_WIDEST: Final = 10**15
#: Numbers that take Python long to write out, if it can at all.
_LONGEST_BITS: Final = 256
#: What ends a line, with the spaces around it, and what nobody sees, joiners of letters and emoji
#: aside.
_BREAK: Final = regex(r"\s*[\t\n\v\f\r\x85\u2028\u2029]\s*")
ODD: Final = rf"{UNSEEN}\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff"
_HIDDEN: Final = regex(rf"(?![\u200c\u200d\ufe00-\ufe0f])[{ODD}]")
#: How a parameter is shown that the table of sentences has words for, by its prefix there.
SAID: Final = "say "
WORD: Final = "word"
#: What ids may be of, as the tables of sentences write it: `{who:member}` is shown by its name.
Sort = Literal[
    "member", "role", "skill", "team", "kind", "objective", "organisation", "needs", "charter",
    "playbook", "rule", "duty", "event", "occasion", "circuit", "incident", "network",
    "language", "indicator", "work", "contract", "fact", "level", "expectation",
]  # fmt: skip
SORTS: Final = frozenset(get_args(Sort))
#: How numbers are shown with the signs of a language; any other is shown as it was given.
FIGURES: Final = frozenset({",", "g"})
#: What stands in numbers for the signs of English: a narrow no-break space, and a comma.
_FRENCH_SIGNS: Final = str.maketrans({",": NARROW, ".": ","})
#: How a parameter is shown in English and in French, by what a sentence calls it: `{who:of}`.
_SHOWN: Final[Mapping[str, tuple[Callable[[Any], str], Callable[[Any], str]]]] = {
    "of": (str, of),
    "that": (str, that),
    "hour": (clock_of, hour_of),
    "city": (clock_of, city),
}
#: How many of several values are shown, since nobody reads further, and how many are kept.
_MOST: Final = 20
_KEPT: Final = 200
_CUT: Final = "…"


def clip(text: object, limit: int = 80) -> str:
    """Show `text` on one line, cut where it is too long to read; what is not seen is escaped."""
    return cut(" ".join(str(text).split()), limit)


def cut(text: str, limit: int) -> str:
    """Show a text as it is, cut where it is too long to read; what is not seen is escaped."""
    shown = clean(text)
    return shown if len(shown) <= limit else f"{shown[: limit - 1]}…"


def clean(text: object) -> str:
    r"""Return a text on one line, what could steer a terminal or hide in it written as an escape.

    ```pycon
    >>> from cmcore.display import clean
    >>> clean("good\u202e morning")
    'good\\u202e morning'

    ```
    """
    told = str(text)
    if told.isascii() and told.isprintable():
        return told
    line = _BREAK.sub(" ", told)
    return _HIDDEN.sub(lambda found: found[0].encode("unicode_escape").decode(), line)


def plain(given: object) -> Param:
    """Return a value as a parameter: flags and plain numbers as they are, anything else as text.

    Collections become tuples, those without an order sorted; instants and days are in ISO 8601.
    """
    if isinstance(given, bool):
        return given
    if isinstance(given, int | float) and abs(given) < _WIDEST:
        return int(given) if isinstance(given, int) else float(given)
    if isinstance(given, AbstractSet):
        is_text = {str}.issuperset(map(type, given))  # there may be many names
        return _several(sorted(given, key=None if is_text else as_text)[: _KEPT + 1])
    if isinstance(given, Mapping):
        return _several([*given])
    if isinstance(given, list | tuple):
        return _several(given)
    return given.isoformat() if isinstance(given, date) else clip(_worded(given))


def as_text(given: object) -> str:
    """Return a thing as text, by which things of any kind have an order."""
    return str(_worded(given))


def _worded(given: object) -> object:
    """Return a thing that says itself in words; of one that does as Python writes it, its type."""
    if isinstance(given, int) and given.bit_length() > _LONGEST_BITS:
        return f"about 10^{int(given.bit_length() * log10(2))}"
    if isinstance(given, timedelta):
        return show_duration(given)
    if isinstance(given, Enum) and not isinstance(given, str):
        return given.name.lower()
    plain = isinstance(given, int | float | NoneType)
    is_worded = type(given).__str__ is not object.__str__ and not isinstance(given, bytes)
    return given if plain or is_worded else type(given).__name__


def _several(many: Sequence[Any]) -> tuple[str | int, ...]:
    """Return the first of several as parameters: what names are known may fill a file."""
    kept = tuple(one if _is_step(one) else clip(_worded(one)) for one in many[:_KEPT])
    return (*kept, _CUT) if len(many) > _KEPT else kept


def _is_step(one: object) -> bool:
    return isinstance(one, int) and not isinstance(one, bool) and abs(one) < _WIDEST


def in_code(id: str, _: str) -> str:  # noqa: A002
    """Return an id as a sentence has it where nobody knows a name for it."""
    return f"`{id}`"


def fill(
    sentence: str,
    params: Mapping[str, object],
    column: int = 0,
    named: Callable[[str, str], str] = in_code,
) -> str:
    """Return a sentence with its parameters filled in, as the language of a column sets it.

    `named` says what the things are called whose sort the sentence gives: `{who:member}`.
    """
    return _Filler(column, named).vformat(typeset(sentence, column), (), params)


@cache
def placeholders(sentence: str) -> Mapping[str, str]:
    """Return the parameters that a sentence needs, each with how it is to be shown."""
    named = Formatter().parse(sentence)
    return MappingProxyType({name: spec or "" for _, name, spec, _ in named if name})


def _code(value: object, format_spec: str) -> str:
    """Return the code of the sentence that stands for a parameter, if one does."""
    if format_spec.startswith(SAID):
        return f"{format_spec.removeprefix(SAID)} {value}"
    if format_spec == WORD:
        return str(value)
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else ""


class _Filler(Formatter):
    """Fills in a sentence: flags as yes or no, several things as a list."""

    def __init__(self, column: int, named: Callable[[str, str], str]) -> None:
        self._column, self._named = column, named

    def format_field(self, value: Any, format_spec: str) -> str:  # noqa: ANN401 - as Python has it
        cutter, _, rest = format_spec.partition(" ")
        if cutter in _SHOWN:
            return _SHOWN[cutter][self._column](self.format_field(value, rest) if rest else value)
        if format_spec in SORTS:
            return self._named(str(value), format_spec)
        if format_spec in {"a", "how"}:
            return self._set(THINGS[value][format_spec == "how"])
        code = _code(value, format_spec)
        if code:
            return self._set(SENTENCES[code])
        if isinstance(value, tuple):
            joint = self._set(SENTENCES[format_spec]) if format_spec else ", "
            return self._listed(value, joint)
        shown = format(value, format_spec)
        return shown.translate(_FRENCH_SIGNS) if self._column and format_spec in FIGURES else shown

    def _set(self, words: tuple[str, str]) -> str:
        """Return words of a table as its language sets them."""
        return typeset(words[self._column], self._column)

    def _listed(self, many: tuple[object, ...], joint: str) -> str:
        shown = [f"`{one}`" for one in many]
        if many[-1:] == (_CUT,):
            shown = [*shown[:_MOST], _CUT]
        elif len(shown) > _MOST:
            more = self._set(SENTENCES["and more"]).format(count=len(shown) - _MOST)
            shown = [*shown[:_MOST], more]
        return joint.join(shown)
