"""Durations as people write them: `30 min`, `1 h 30 min`, `14 jours`, `PT1H30M`."""

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Final

from cmcore.base.amounts import UNITS
from cmcore.base.asked import checked
from cmcore.base.errors import Problem, refuse, refuse_any
from cmcore.base.numbers import grouped
from cmcore.base.regex import regex
from cmcore.time.calendar import WorkingDays

_LONGEST = 200
_A_SECOND: Final = timedelta(seconds=1)
_SIZES = {**UNITS, "w": 7 * UNITS["d"]}
_SPELLINGS = {
    "s": "s sec second seconds seconde secondes",
    "min": "min mn minute minutes",
    "h": "h hour hours heure heures",
    "d": "d day days j jour jours",
    "w": "w week weeks semaine semaines",
}
_UNITS = {word: _SIZES[unit] for unit, words in _SPELLINGS.items() for word in words.split()}

_TERM = regex(r"([0-9]+)(?:[.,]([0-9]+))?\s*(?P<unit>[^\W\d_]+)|\S+")
#: Hours and minutes as a clock says them: `2h30`.
_CLOCK = regex(r"([0-9]{1,9})\s*(?:h|heures?)\s*([0-5][0-9])")
_NUMBER = r"([0-9]+(?:\.[0-9]+)?)"
_ISO = regex(
    rf"p(?=.)(?:{_NUMBER}w)?(?:{_NUMBER}d)?"
    rf"(?:t(?=.)(?:{_NUMBER}h)?(?:{_NUMBER}m)?(?:{_NUMBER}s)?)?"
)
_ISO_UNITS = ("w", "d", "h", "min", "s")


@checked
def minutes(n: float) -> timedelta:
    """Return `n` minutes.

    Examples:
        >>> from cmcore import minutes
        >>> str(minutes(90))
        '1:30:00'
    """
    return _length(minutes=n)


@checked
def hours(n: float) -> timedelta:
    """Return `n` hours.

    Examples:
        >>> from cmcore import hours
        >>> str(hours(36))
        '1 day, 12:00:00'
    """
    return _length(hours=n)


@checked
def days(n: float) -> timedelta:
    """Return `n` days of 24 hours.

    Examples:
        >>> from cmcore import days
        >>> days(1.5)
        datetime.timedelta(days=1, seconds=43200)
    """
    return _length(days=n)


@checked
def weeks(n: float) -> timedelta:
    """Return `n` weeks of seven days.

    Examples:
        >>> from cmcore.time import weeks
        >>> weeks(2).days
        14
    """
    return _length(weeks=n)


def _length(**unit: float) -> timedelta:
    """Return a number of one unit of time.

    Raises:
        InvalidError: it is too much for a `timedelta`.
    """
    try:
        return timedelta(**unit)
    except OverflowError:
        (n,) = unit.values()
        raise refuse("duration-too-long", "n", given=n) from None


def parse_duration(text: str) -> timedelta:
    """Read a duration written as numbers with units, or in ISO 8601.

    Days last 24 hours; a leading `-` makes the whole sum negative; upper and lower case are alike.
    A comma may stand for the decimal point, as in French: `1,5 h`. What may be thousands is
    refused: `1.500 h` is an hour and a half, or 1500 hours.

    Raises:
        InvalidError: if a part of the text cannot be read, if the duration is finer than a
            microsecond or too long for a `timedelta`, or if the text itself is too long.
    """
    if len(text) > _LONGEST:
        raise refuse("duration-too-long", given=text)
    body = text.strip().casefold()
    if WorkingDays.parse(body):
        raise refuse("working-days-here", given=text)
    sign = -1 if body.startswith("-") else 1
    body = body.removeprefix("-").lstrip()
    body = _CLOCK.sub(r"\1 h \2 min", body) if _CLOCK.fullmatch(body) else body
    iso = _ISO.fullmatch(body)
    terms = _iso_terms(iso) if iso else _plain_terms(body)
    total = sum(_amount(number, size, text) for number, size in terms)
    try:
        return timedelta(microseconds=sign * total)
    except OverflowError:
        raise refuse("duration-too-long", given=text) from None


def rounded(duration: timedelta) -> timedelta:
    """Return a duration to the hour, the minute or the second, for people to read.

    To the hour from a day on, to the minute from an hour on, to the second below; halves go to the
    even one.
    """
    steps = {days(1): hours(1), hours(1): minutes(1)}
    step = next((step for least, step in steps.items() if abs(duration) >= least), _A_SECOND)
    return step * round(duration / step)


def _iso_terms(found: re.Match[str]) -> list[tuple[str, int]]:
    pairs = zip(found.groups(), _ISO_UNITS, strict=True)
    return [(number, _SIZES[unit]) for number, unit in pairs if number]


def _plain_terms(body: str) -> list[tuple[str, int]]:
    found = list(_TERM.finditer(body))
    if not found:
        raise refuse("empty-duration")
    if not any(map(str.isdecimal, body)):
        raise refuse("bad-duration", given=body)
    refuse_any(_problems(found))
    return [(f"{term[1]}.{term[2] or ''}", _UNITS[term["unit"]]) for term in found]


def _problems(found: Iterable[re.Match[str]]) -> Iterator[Problem]:
    """Yield what is wrong with each term; a word after an unknown unit is part of that unit."""
    is_unknown = False
    for term in found:
        problem = _problem(term)
        if problem is not None and not (is_unknown and not term["unit"]):
            yield problem
        is_unknown = problem is not None and (is_unknown or problem.code == "unknown-unit")


def _problem(term: re.Match[str]) -> Problem | None:
    unit = term["unit"]
    if not unit:
        return Problem.of("bad-duration", given=term[0])
    if unit not in _UNITS:
        return Problem.of("unknown-unit", unit=unit, given=term[0])
    return grouped(term[0].removesuffix(unit).rstrip(), f" {unit}")


def _amount(number: str, size: int, text: str) -> int:
    whole, _, fraction = number.partition(".")
    amount, rest = divmod(int(whole + fraction) * size, int("1" + "0" * len(fraction)))
    if rest:
        raise refuse("duration-too-fine", given=text)
    return amount
