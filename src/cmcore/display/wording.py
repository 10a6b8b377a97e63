"""Sentences the library writes itself, in English and French, as a table; reasons stay data."""

import re
from datetime import datetime, timedelta
from enum import Enum

from cmcore.base.amounts import show_duration
from cmcore.base.errors import check_language
from cmcore.base.language import LANGUAGES, SENTENCES, Language
from cmcore.time.calendar import WorkingDays

__all__ = [
    "LANGUAGES",
    "Language",
    "check_language",
    "percent",
    "place_text",
    "say",
    "say_many",
    "show",
    "week_text",
    "within_text",
]


def say(code: str, language: Language = "en", /, **params: object) -> str:
    """Return the sentence `code` in `language`, its parameters filled in."""
    return SENTENCES[code][check_language(language)].format(**params)


def say_many(code: str, count: int, language: Language = "en", /, **params: object) -> str:
    """Return the sentence `code` about several things, or `code one` about one thing.

    English treats zero as plural; French treats it as singular.
    """
    is_one = count == 1 or (count == 0 and language == "fr")
    return say(f"{code} one" if is_one else code, language, count=count, **params)


def show(thing: object, language: Language = "en") -> str:
    """Write a value as people read it: sets sorted, flags as yes or no, durations as `2 h`."""
    if isinstance(thing, bool | Enum):
        word = "yes" if thing else "no"
        return say(str(thing.value) if isinstance(thing, Enum) else word, language)
    if isinstance(thing, timedelta):
        return show_duration(thing, say("units", language).split()) if thing else "0"
    if isinstance(thing, WorkingDays):
        return _working_days(thing, language)
    if isinstance(thing, datetime):
        return thing.isoformat(sep=" ", timespec="minutes")
    if isinstance(thing, frozenset):
        return ", ".join(f"`{word}`" for word in sorted(thing)) or "∅"
    return f"{thing:g}" if isinstance(thing, float) else str(thing)


def _working_days(days: WorkingDays, language: Language) -> str:
    if not days.count:
        return say("working day", language)
    return say_many("working days", days.count, language)


def within_text(length: timedelta | WorkingDays, language: Language = "en") -> str:
    """Say by when something is owed: within a time, or by the end of a working day."""
    code = "in time"
    if isinstance(length, WorkingDays):
        code = "in days" if length.count else "in the day"
    return say(code, language, time=show(length, language))


def show_work(thing: int | timedelta, language: Language = "en") -> str:
    """Write a number, or a time of work: in hours at most, since no day of work has 24 of them."""
    if isinstance(thing, timedelta) and thing:
        return show_duration(thing, say("units", language).split(), "h")
    return show(thing, language)


def week_text(week: object, language: Language = "en") -> str:
    """Write hours with the names of days of a language."""
    english, own = say("days").split(), say("days", language).split()
    words = {**dict(zip(english, own, strict=True)), "always": say("always", language)}
    return re.sub(r"[A-Za-z]+", lambda found: words.get(found[0], found[0]), str(week))


def place_text(place: str, language: Language) -> str:
    """Say where a row stands: files number their lines, and callers name places as they like."""
    number = place.removeprefix("line ")
    is_line = number != place and number.isdecimal()
    return say("row at line", language, number=number) if is_line else place


def percent(share: float | None, language: Language = "en", digits: int = 1) -> str:
    """Write a share as people read it, in French with its comma and its space."""
    if share is None:
        return "–"
    written = f"{100 * share:.{digits}f}"
    return f"{written}%" if language == "en" else f"{written.replace('.', ',')}\u00a0%"
