"""How the cells of an export write moments: a pattern of dates, and what it finds."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from cmcore.base.errors import Problem, refuse, refuse_any

_MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december"),
)
_SHORT: Final = tuple(month[:3] for month in _MONTHS)
#: Part of a pattern -> what stands there.
PARTS: Final[Mapping[str, str]] = {
    "YYYY": "(?P<year>[0-9]{4})",
    "MMMM": f"(?P<month>(?i:{'|'.join(_MONTHS)}))",
    "MMM": f"(?P<month>(?i:{'|'.join(_SHORT)}))",
    "MM": "(?P<month>[0-9]{1,2})",
    "M": "(?P<month>[0-9]{1,2})",
    "DD": "(?P<day>[0-9]{1,2})",
    "D": "(?P<day>[0-9]{1,2})",
    "HH": "(?P<hour>[0-9]{1,2})",
    "H": "(?P<hour>[0-9]{1,2})",
    "hh": "(?P<hour>[0-9]{1,2})",
    "h": "(?P<hour>[0-9]{1,2})",
    "mm": "(?P<minute>[0-9]{2})",
    "ss": "(?P<second>[0-9]{2})",
    "a": r"(?P<half>[AaPp]\.?[Mm]\.?)",
    "Z": "(?P<offset>Z|[+-][0-9]{2}:?[0-9]{2})",
}
#: A letter alone is a part where it is no letter of a word: `D/M`, `h:mm a`, `h:mma`.
_TOKEN: Final = re.compile(
    "YYYY|MMMM|MMM|MM|DD|HH|mm|ss|Z|(?<![A-Z])[DHM](?![A-Z])|(?<![a-z])hh?(?![a-z])"
    "|(?:(?<![a-z])|(?<=mm|ss))a(?![a-z])"
)
_NAME: Final = re.compile("<([a-z]+)>")
#: What other programs write for parts.
_FOREIGN: Final = re.compile("[Yy]+|d+|M+|D+|S+|E+|%[A-Za-z]")
#: The pattern of numbers that X gives its posts, which say their moment.
NUMBER: Final = "snowflake"
#: A moment that says no offset, as ISO 8601 has it or nearly.
_BARE: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?"
)
_LONGEST: Final = 100
_NOON: Final = 12
#: A number of X: milliseconds since its first moment, before the 22 bits that tell posts apart.
_SNOWFLAKE: Final = re.compile("[1-9][0-9]{10,18}")
_FIRST: Final = datetime(2010, 11, 4, 1, 42, 54, 657_000, tzinfo=UTC)
_BITS: Final = 22


def pattern_of(dates: str) -> re.Pattern[str] | None:
    """Return what recognizes moments that are written as a pattern of dates says.

    Raises:
        InvalidError: it does not say where year, month and day stand, says a thing twice, or which
            half of a day an hour is of.
    """
    if dates == NUMBER:
        return None
    tokens = _TOKEN.findall(dates)
    pieces = _TOKEN.split(dates)
    told = [_NAME.findall(PARTS[token])[0] for token in tokens]
    is_whole = {"year", "month", "day"} <= {*told} and len({*told}) == len(told)
    odd = [part for piece in pieces for part in _FOREIGN.findall(piece)]
    if len(dates) > _LONGEST or (not is_whole and not odd):
        raise refuse("bad-dates", given=dates)
    refuse_any(
        Problem.of("dates-part", given=dates, part=part, known=[*PARTS])
        for part in dict.fromkeys(() if is_whole else odd)
    )
    if {"h", "hh"} & {*tokens} and "half" not in told:
        raise refuse("dates-half", given=dates)
    parts = [*(PARTS[token] for token in tokens), ""]
    return re.compile("".join(re.escape(a) + b for a, b in zip(pieces, parts, strict=True)))


def says_zone(dates: str) -> bool:
    """Return whether moments that are written so say their offset from UTC."""
    return dates == NUMBER or "Z" in _TOKEN.findall(dates)


def of_number(cell: str) -> str:
    """Return the moment that the number of a post of X says; another cell stays as it is."""
    if not _SNOWFLAKE.fullmatch(cell):
        return cell
    return (_FIRST + timedelta(milliseconds=int(cell) >> _BITS)).isoformat()


def moment(cell: str, pattern: re.Pattern[str] | None, zone: ZoneInfo | None) -> str:
    """Return the moment of a cell as ISO 8601 has it; a cell that says none stays as it is.

    Raises:
        InvalidError: an hour that comes twice, or never, in its zone.
    """
    found = pattern.fullmatch(cell) if pattern else None
    if pattern and not found:
        return cell
    if not found and not _BARE.fullmatch(cell):
        return cell
    try:
        at = _from_parts(found.groupdict()) if found else datetime.fromisoformat(cell)
    except ValueError:
        return cell
    if at.utcoffset() is not None:
        return at.isoformat()
    first, last = (at.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if first.utcoffset() != last.utcoffset():
        raise refuse("hour-not-once", "at", given=cell, zone=str(zone))
    return first.isoformat()


def _from_parts(parts: Mapping[str, str | None]) -> datetime:
    told = {name: one for name, one in parts.items() if one is not None}
    offset, half = told.pop("offset", ""), told.pop("half", "")
    month = told["month"][:3].lower()
    told["month"] = str(_SHORT.index(month) + 1) if month in _SHORT else month
    numbers = {name: int(one) for name, one in told.items()}
    if half and 0 < numbers.get("hour", 0) <= _NOON:
        numbers["hour"] = numbers["hour"] % _NOON + _NOON * (half[0] in "Pp")
    at = datetime(**{"hour": 0, "minute": 0, **numbers})  # type: ignore[arg-type]  # noqa: DTZ001
    return datetime.fromisoformat(f"{at.isoformat()}{offset}")
