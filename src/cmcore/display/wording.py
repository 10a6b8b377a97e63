"""Sentences the library writes itself, in English and French, as a table; reasons stay data."""

from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from functools import partial
from typing import Final, cast

from cmcore.base.amounts import show_duration
from cmcore.base.errors import check_language
from cmcore.base.french import city
from cmcore.base.language import LANGUAGES, SENTENCES, Language
from cmcore.base.regex import regex
from cmcore.base.shown import Sort, fill
from cmcore.base.typography import NO_BREAK
from cmcore.display.names import named, zone_of
from cmcore.time.calendar import WorkingDays
from cmcore.time.week import local_if_any

__all__ = [
    "LANGUAGES",
    "Language",
    "check_language",
    "decimal_text",
    "moment_text",
    "percent",
    "place_text",
    "say",
    "say_many",
    "show",
    "time_text",
    "week_text",
    "within_text",
]

#: A length shorter than this is in hours, unless it is whole days.
_LONG: Final = timedelta(days=3)
_DAY: Final = timedelta(days=1)
#: Where a row stands: `line 3`, `outbox.json: item 3`, `act 3` of a list, `a1 (line 3)`.
_NUMBERED: Final = regex(r"(?:(.+): |(.+ \())?(line|item|act) ([0-9]+)(\)?)")


def say(code: str, language: Language = "en", /, **params: object) -> str:
    """Return the sentence `code` as `language` sets it, its parameters filled in.

    A parameter whose sort the sentence gives is an id: it is said by the name that a reader knows.
    A sentence with a `zone` says on whose clock its instants are.
    """
    column = check_language(language)
    zone = str(params.get("zone", ""))
    told = {name: moment_text(one, language, said=zone) if isinstance(one, date) else one
            for name, one in params.items()}  # fmt: skip
    return fill(SENTENCES[code][column], told, column, partial(_named, language))


def _named(language: Language, id_: str, sort: str) -> str:
    return named(id_, cast("Sort", sort), language)


def say_many(code: str, count: int, language: Language = "en", /, **params: object) -> str:
    """Return the sentence `code` about several things, or `code one` about one thing.

    English treats zero as plural; French treats it as singular.
    """
    is_one = count == 1 or (count == 0 and language == "fr")
    return say(f"{code} one" if is_one else code, language, count=count, **params)


def show(thing: object, language: Language = "en") -> str:
    r"""Write a value as people read it: sets sorted, flags as yes or no, durations as `2 h`.

    English has instants and days as ISO 8601 does; French as people write them.

    ```pycon
    >>> from datetime import timedelta
    >>> from cmcore.display import show
    >>> show(timedelta(hours=45)), show(timedelta(hours=45), "fr"), show(True, "fr")
    ('45 h', '45\xa0h', 'oui')

    ```
    """
    if isinstance(thing, bool | Enum):
        word = "yes" if thing else "no"
        return say(str(thing.value) if isinstance(thing, Enum) else word, language)
    if isinstance(thing, timedelta):
        is_long = abs(thing) >= _LONG or not thing % _DAY
        return _length(thing, language, "d" if is_long else "h")
    if isinstance(thing, WorkingDays):
        return _working_days(thing, language)
    if isinstance(thing, date):
        return moment_text(thing, language)
    if isinstance(thing, frozenset):
        return ", ".join(f"`{word}`" for word in sorted(thing)) or "∅"
    return decimal_text(thing, language) if isinstance(thing, float) else str(thing)


def decimal_text(number: float, language: Language = "en", form: str = "g") -> str:
    """Write a number, in French with its comma."""
    written = format(number, form)
    return written.replace(".", ",") if language == "fr" else written


def _length(length: timedelta, language: Language, longest: str) -> str:
    """Write a length of time, in French so that no line breaks in it."""
    if not length:
        return "0"
    told = show_duration(length, say("units", language).split(), longest)
    return told.replace(" ", NO_BREAK).replace(".", ",") if language == "fr" else told


def moment_text(at: date, language: Language = "en", *, brief: bool = False, said: str = "") -> str:
    r"""Write a day, or an instant with its offset from UTC, finer than a minute only where it is.

    It is shown on the clocks of the reader, where they have a time zone. A `brief` one, for a
    table, is to the minute and has no offset, and in French the months are abbreviated. French has
    the city of a time zone instead of the offset. Neither is told where that zone is `said` anyway,
    unless its clock shows that hour twice.

    ```pycon
    >>> from datetime import date
    >>> from cmcore.display import moment_text
    >>> moment_text(date(2026, 11, 28), "fr")
    '28\xa0novembre\xa02026'

    ```
    """
    zone = zone_of(language)
    if zone and isinstance(at, datetime) and at.tzinfo:
        at = local_if_any(at, zone) or at
    if language == "en":
        if not isinstance(at, datetime):
            return str(at)
        is_plain = brief or (said and said == _zone_name(at) and not _is_doubtful(at))
        told = at.replace(tzinfo=None) if is_plain else at
        return told.isoformat(" ", "minutes" if brief else _finest(at))
    month = say("brief months" if brief else "months", language).split()[at.month - 1]
    day = NO_BREAK.join(["1er" if at.day == 1 else str(at.day), month, str(at.year)])
    if not isinstance(at, datetime):
        return day
    if brief:
        minute = at.time().replace(second=0, microsecond=0)
        return f"{day}{NO_BREAK}{time_text(minute, language)}"
    hour = time_text(at.time(), language)
    clock = _clock_name(at, said) if at.tzinfo else ""
    return f"{day} à {hour} ({clock})" if clock else f"{day} à {hour}"


def _clock_name(at: datetime, said: str) -> str:
    """Say whose clock an instant is on, by its offset where the clock shows that hour twice."""
    zone = _zone_name(at)
    if _is_doubtful(at) or not zone:
        return _offset(at)
    return "" if zone == said else city(zone)


def _zone_name(at: datetime) -> str:
    """Return the name of the time zone of an instant, if it has one."""
    return getattr(at.tzinfo, "key", None) or ("UTC" if at.tzinfo is UTC else "")


def _is_doubtful(at: datetime) -> bool:
    """Return whether a clock shows an hour twice."""
    return at.utcoffset() != at.replace(fold=1 - at.fold).utcoffset()


def _offset(at: datetime) -> str:
    """Write how far a clock is from UTC: `UTC`, `UTC+1`, `UTC+5:30`."""
    away = (at.utcoffset() or timedelta(0)) // timedelta(minutes=1)
    hours, minutes = divmod(abs(away), 60)
    sign = "+" if away > 0 else "−"
    minute = f":{minutes:02}" if minutes else ""
    return f"UTC{sign}{hours}{minute}" if away else "UTC"


def time_text(at: time, language: Language = "en") -> str:
    """Write a time of day, with what is finer than a minute only where there is any."""
    if language == "en":
        return at.replace(tzinfo=None).isoformat(_finest(at))
    if _finest(at) == "minutes":
        return _clock(str(at.hour), f"{at:%M}")
    parts = [
        str(at.hour),
        "h",
        f"{at:%M}",
        "min",
        at.replace(tzinfo=None).isoformat()[6:].replace(".", ","),
        "s",
    ]
    return NO_BREAK.join(parts)


def _finest(at: time | datetime) -> str:
    """Return the widest unit that writes an instant or a time of day exactly."""
    return "microseconds" if at.microsecond else "seconds" if at.second else "minutes"


def _clock(hour: str, minute: str) -> str:
    """Write a time of day in French: `9 h`, `9 h 05`."""
    told = [f"{int(hour)}", "h", *([minute] if minute != "00" else [])]
    return NO_BREAK.join(told)


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
    return _length(thing, language, "h") if isinstance(thing, timedelta) else show(thing, language)


_HOURS: Final = regex(r"([0-9]{2}):([0-9]{2})")
_WORDS: Final = regex(r"[A-Za-z]+")
_COMMA: Final = regex(r",(?! )")


def week_text(week: object, language: Language = "en") -> str:
    r"""Write hours as a language has them.

    ```pycon
    >>> from cmcore import Week
    >>> from cmcore.display import week_text
    >>> week_text(Week.parse("Mon,Wed 09:00-12:00,14:00-18:00"))
    'Mon, Wed 09:00-12:00, 14:00-18:00'
    >>> week_text(Week.parse("Mon-Fri 09:00-18:00"), "fr")
    'lun.–ven. 9\xa0h–18\xa0h'

    ```
    """
    if language == "en":
        return _COMMA.sub(", ", str(week))
    working = say("on working days")
    if str(week).startswith(working):
        hours = str(week).removeprefix(working)
        return say("on working days", language) + (
            hours and f" {week_text(hours.strip(), language)}"
        )
    own = zip(say("days").split(), say("days", language).split(), strict=True)
    words = {**dict(own), **{word: say(word, language) for word in ("always", "never")}}
    told = _WORDS.sub(lambda found: words.get(found[0], found[0]), str(week))
    told = _COMMA.sub(", ", told.replace("-", "–")).replace("; ", say("joint", language))
    return _HOURS.sub(lambda found: _clock(found[1], found[2]), told)


def place_text(place: str, language: Language) -> str:
    """Say where a row stands: files number their lines, and callers name places as they like."""
    found = _NUMBERED.fullmatch(place)
    if not found:
        return place
    file, before, what, number, after = found.groups()
    row = f"{before or ''}{say(f'row at {what}', language, number=number)}{after}"
    return say("row in file", language, file=file, row=row) if file else row


def percent(share: float | None, language: Language = "en", digits: int = 1) -> str:
    """Write a share as people read it, in French with its comma and its space."""
    if share is None:
        return "–"
    least = 10.0 ** -(digits + 2)
    # what is little more than nothing is not nothing, nor what is nearly all of it all
    sign, shown = "", share
    if 0 < share < 1 and float(f"{100 * share:.{digits}f}") in {0, 100}:
        sign, shown = ("< ", least) if share < least else ("> ", 1 - least)
    written = decimal_text(100 * shown, language, f".{digits}f")
    return f"{sign}{written}%" if language == "en" else f"{sign}{written}{NO_BREAK}%"
