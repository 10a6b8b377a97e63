"""Operands: what a test may ask for, and of which kind each is."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from attrs import field

from cmcore.base.amounts import show_duration
from cmcore.base.counts import count_problems
from cmcore.base.errors import refuse, refuse_any
from cmcore.base.ids import kind_problems
from cmcore.base.shown import plain
from cmcore.base.values import value
from cmcore.charters.conditions.domains import Scalar
from cmcore.display.wording import Language, say, show
from cmcore.text.words import WordList
from cmcore.time.units import Window, as_window, window_text
from cmcore.time.week import Week, check_zone, local_if_any


@value
class Range:
    """From `low` to `high`, both included."""

    low: Scalar
    high: Scalar


@value
class Rate:
    """A number of acts within a window that ends now.

    It slides (`3 in 1 h`), begins with a unit of the calendar (`3 per day`), or holds all that ever
    went before (`1 ever`), where it is None.
    """

    count: int
    within: Window = field(converter=as_window)

    def __attrs_post_init__(self) -> None:
        refuse_any(count_problems(self.count))
        if isinstance(self.within, timedelta):
            _check_window(self.within)

    def __str__(self) -> str:
        return f"{self.count} {window_text(self.within)}"


@value
class Quiet:
    """A stretch of time that ends now and in which nothing happened."""

    since: timedelta

    def __attrs_post_init__(self) -> None:
        _check_window(self.since)


def bound_text(count: int | str, window: Window, language: Language = "en") -> str:
    """Say how many acts there are in a window: `3 in 1 h`, `2 per week`."""
    if window is None:
        return say("bound ever", language, count=count)
    if isinstance(window, timedelta):
        return say("bound within", language, count=count, window=show(window, language))
    return say("bound per", language, count=count, unit=say(f"unit {window}", language))


def _week(given: str | Week) -> Week:
    return Week.parse(given) if isinstance(given, str) else given


@value
class Hours:
    """A weekly window, in the zone named or else in the charter's own."""

    week: Week = field(converter=_week)
    zone: str | None = None

    def __attrs_post_init__(self) -> None:
        refuse_any(kind_problems(self.week, Week, "hours"))
        if self.zone is not None:
            check_zone(self.zone)


def _check_window(length: timedelta) -> None:
    refuse_any(kind_problems(length, timedelta, "duration"))
    if length <= timedelta(0):
        raise refuse("duration-not-positive", given=show_duration(length))


Operand = bool | str | frozenset[str] | Scalar | Range | Rate | Quiet | Hours | WordList


class OperandKind(StrEnum):
    """The kinds of operand, each by what it is called where it is missing.

    Whatever goes by what an operator takes (files, schemas, strategies) has a row for each.
    """

    FLAG = "yes-or-no"
    WORD = "word"
    WORDS = "list-of-words"
    PHRASES = "phrases"
    PATTERN = "pattern"
    NUMBER = "number"
    DURATION = "length"
    INSTANT = "dated-instant"
    NUMBERS = "two-numbers"
    DURATIONS = "two-lengths"
    INSTANTS = "two-instants"
    HOURS = "hours"
    RATE = "rate-of-acts"
    RATE_OR_QUIET = "rate-or-quiet"

    def takes(self, operand: object) -> bool:
        """Return whether an operand is of this kind, and of any use."""
        return _TAKES[self](operand)


#: What the two ends of a range are.
ENDS: Final[Mapping[OperandKind, OperandKind]] = {
    OperandKind.NUMBERS: OperandKind.NUMBER,
    OperandKind.DURATIONS: OperandKind.DURATION,
    OperandKind.INSTANTS: OperandKind.INSTANT,
}


def _is_number(x: object) -> bool:
    return isinstance(x, int | float) and not isinstance(x, bool) and x - x == 0


def _is_instant(x: object) -> bool:
    return isinstance(x, datetime) and x.utcoffset() is not None


def _is_words(x: object) -> bool:
    return isinstance(x, frozenset) and len(x) > 0 and all(isinstance(s, str) for s in x)


def _is_range(of: OperandKind) -> Callable[[object], bool]:
    def holds(x: object) -> bool:
        if not (isinstance(x, Range) and of.takes(x.low) and of.takes(x.high)):
            return False
        return bool(x.low <= x.high)  # type: ignore[operator]

    return holds


_TAKES: Final[Mapping[OperandKind, Callable[[object], bool]]] = {
    OperandKind.FLAG: lambda x: isinstance(x, bool),
    OperandKind.WORD: lambda x: isinstance(x, str) and x != "",
    OperandKind.WORDS: _is_words,
    OperandKind.PHRASES: lambda x: isinstance(x, WordList) and len(x.entries) > 0,
    OperandKind.PATTERN: lambda x: isinstance(x, str),
    OperandKind.NUMBER: _is_number,
    OperandKind.DURATION: lambda x: isinstance(x, timedelta),
    OperandKind.INSTANT: _is_instant,
    **{pair: _is_range(of) for pair, of in ENDS.items()},
    OperandKind.HOURS: lambda x: isinstance(x, Hours),
    OperandKind.RATE: lambda x: isinstance(x, Rate),
    OperandKind.RATE_OR_QUIET: lambda x: isinstance(x, Rate | Quiet),
}


def edges(operand: Any) -> tuple[Any, ...]:  # noqa: ANN401 - a scalar, or a range
    """Return the values at which a scalar operand separates others."""
    return (operand.low, operand.high) if isinstance(operand, Range) else (operand,)


def limits(operand: object) -> list[Any]:
    """Return the numbers, durations and instants at which an operand separates others."""
    return [one for one in edges(operand) if isinstance(one, Scalar) and not isinstance(one, bool)]


def on_clock(given: object, zone: str) -> object:
    """Return an instant on the clock of a zone, as far as it has one; anything else as it is."""
    return (local_if_any(given, zone) or given) if isinstance(given, datetime) else given


def operand_text(operand: object) -> object:
    """Return an operand as a sentence shows it."""
    if isinstance(operand, Range):
        return f"{plain(operand.low)}, {plain(operand.high)}"
    if isinstance(operand, Rate):
        return str(operand)
    if isinstance(operand, Quiet):
        return f"{show_duration(operand.since)} since"
    if isinstance(operand, Hours):
        return operand.week
    if isinstance(operand, WordList):
        return ", ".join(operand.entries) or "[]"
    return ", ".join(sorted(operand)) or "[]" if isinstance(operand, frozenset) else operand
