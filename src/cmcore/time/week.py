"""Weekly windows in local time, such as `Mon-Fri 09:00-18:00`, and the clocks they are read on."""

import re
from collections.abc import Iterator
from datetime import datetime, tzinfo
from functools import cache
from itertools import pairwise
from typing import Final

import attrs

from cmcore.base.asked import checked_late
from cmcore.base.errors import EXTRAS, InvalidError, Problem, refuse
from cmcore.base.fields import in_utc, is_instant
from cmcore.base.regex import regex
from cmcore.base.synonyms import SYNONYMS
from cmcore.base.values import value

Window = tuple[int, int]

_DAY = 1440
_WEEK = 7 * _DAY
_LONGEST_ZONE = 64
#: The days of the week in order, as facts have them.
WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_SPELLINGS = (
    "mon monday lun lundi",
    "tue tues tuesday mar mardi",
    "wed wednesday mer mercredi",
    "thu thur thurs thursday jeu jeudi",
    "fri friday ven vendredi",
    "sat saturday sam samedi",
    "sun sunday dim dimanche",
)
_NUMBERS = {word: day for day, words in enumerate(_SPELLINGS) for word in words.split()}
_WORDS = {"always": ((0, _WEEK),), "toujours": ((0, _WEEK),), "never": (), "jamais": ()}

_TIME = regex(r"([0-9]{1,2})(?::([0-9]{2})|h([0-9]{2})?)")
_DASH = regex(" ?[-\u2010-\u2014\u2212] ?")
_COMMA = regex(" ?, ?")
_ZONE = regex(r"[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+)*")
_NOT_ZONES = regex(r"(?:posix|right)/.*|localtime|posixrules")
#: These are not suggested either: `Etc/GMT+1` is an hour behind UTC, where people mean ahead.
_NOT_HINTED = regex(rf"{_NOT_ZONES.pattern}|Etc/.*|GMT.+")
_OFFSET = regex(r"(?:UTC|GMT)?\s?[-+]\d{1,2}(?::?\d\d)?", re.ASCII | re.IGNORECASE)


def _normal(windows: tuple[Window, ...]) -> tuple[Window, ...]:
    problems = [_odd_window(window) for window in windows if not _is_window(window)]
    if problems:
        raise InvalidError(problems)
    merged: list[Window] = []
    for start, stop in sorted(piece for window in windows for piece in _pieces(*window)):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(stop, merged[-1][1]))
        else:
            merged.append((start, stop))
    return tuple(merged)


def _is_window(window: Window) -> bool:
    start, stop = window
    return 0 <= start < _WEEK and 0 <= stop <= _WEEK and start != stop


def _odd_window(window: Window) -> Problem:
    return Problem.of("bad-window", given=str(window), most=_WEEK)


def _pieces(start: int, stop: int) -> list[Window]:
    pieces = [(start, stop)] if start < stop else [(start, _WEEK), (0, stop)]
    return [piece for piece in pieces if piece[0] < piece[1]]


@value
class Week:
    """A set of minutes of the local week; two weeks are equal if they contain the same minutes.

    Windows are half-open and counted from Monday 00:00, in minutes. A window that stops before it
    starts runs past the end of the week.

    Raises:
        InvalidError: if a window is empty or lies outside the week.
    """

    __thing__ = "hours"

    windows: tuple[Window, ...] = attrs.field(default=(), converter=_normal)

    @classmethod
    @checked_late
    def parse(cls, text: str) -> "Week":
        """Read days and hours, such as `Mon-Fri 09:00-18:00; Sat,Sun 22:00-02:00`.

        Day names are English or French, short or full, as in `lun.–ven. 9 h–18 h`. Days without
        hours are whole days; hours that stop before they start run past midnight. `always` and
        `never` are allowed.

        Raises:
            InvalidError: if the text is empty or a part cannot be read; every bad part is listed.
        """
        parts = [part.strip() for part in text.split(";")]
        parts = [part for part in parts if part]
        if not parts:
            raise refuse("empty-week")
        windows: list[Window] = []
        problems: list[Problem] = []
        for part in parts:
            windows += _read_part(part, problems)
        if problems:
            raise InvalidError(problems)
        return cls(tuple(windows))

    @classmethod
    def always(cls) -> "Week":
        """Return the whole week."""
        return cls(((0, _WEEK),))

    @classmethod
    def never(cls) -> "Week":
        """Return the empty week."""
        return cls()

    @property
    def minutes(self) -> int:
        """The number of minutes in it, out of 10,080."""
        return sum(stop - start for start, stop in self.windows)

    @checked_late
    def contains(self, minute: int) -> bool:
        """Return whether the minute of the week, counted from Monday 00:00, is in it.

        Raises:
            InvalidError: if `minute` is not from 0 to 10,079.
        """
        if not 0 <= minute < _WEEK:
            raise refuse("bad-minute", given=minute, most=_WEEK - 1)
        return any(start <= minute < stop for start, stop in self.windows)

    @checked_late
    def holds(self, at: datetime, zone: str) -> bool:
        """Return whether the wall clock of `zone` is in a window at that instant.

        Raises:
            InvalidError: if `at` is naive or `zone` is unknown.
        """
        wall = local(at, zone)
        return self.contains(wall.weekday() * _DAY + wall.hour * 60 + wall.minute)

    @checked_late
    def of_day(self, day: int) -> "Week":
        """Return the hours that begin on a day of the week, 0 being Monday: a night goes on."""
        pieces = _daily(_joined(self.windows)) if self.windows else []
        return Week(tuple(_placed(0, piece) for piece in pieces if piece[0] // _DAY == day))

    @checked_late
    def touches(self, day: int) -> bool:
        """Return whether any of it is on a day of the week, 0 being Monday."""
        start, stop = day * _DAY, (day + 1) * _DAY
        return any(low < stop and start < high for low, high in self.windows)

    @property
    def has_nights(self) -> bool:
        """Whether hours of less than a day go on past midnight, and so are of two days."""
        pieces = _daily(_joined(self.windows)) if self.windows else []
        return any(start // _DAY != (stop - 1) // _DAY for start, stop in pieces)

    def __or__(self, other: "Week") -> "Week":
        return Week(self.windows + other.windows)

    def __and__(self, other: "Week") -> "Week":
        return ~(~self | ~other)

    def __invert__(self) -> "Week":
        edges = [0, *(edge for window in self.windows for edge in window), _WEEK]
        gaps = zip(edges[::2], edges[1::2], strict=True)
        return Week(tuple((start, stop) for start, stop in gaps if start < stop))

    def __str__(self) -> str:
        if self.minutes in {0, _WEEK}:
            return "always" if self.windows else "never"
        hours: dict[int, list[str]] = {}
        for start, stop in _daily(_joined(self.windows)):
            day, first = divmod(start, _DAY)
            hours.setdefault(day, []).append(_show_hours(first, stop - day * _DAY))
        days: dict[str, list[int]] = {}
        for day in sorted(hours):
            days.setdefault(",".join(hours[day]), []).append(day)
        return "; ".join(f"{_show_days(held)} {shown}".strip() for shown, held in days.items())


def _joined(windows: tuple[Window, ...]) -> list[Window]:
    """Join what the end of the week has split: the last window may then stop after the week."""
    first, *rest = windows
    if rest and first[0] == 0 and rest[-1][1] == _WEEK:
        return [*rest[:-1], (rest[-1][0], first[1] + _WEEK)]
    return list(windows)


def _daily(windows: list[Window]) -> list[Window]:
    """Split windows at midnight, except those under a day long: a night stays in one piece."""
    pieces: list[Window] = []
    for start, stop in windows:
        midnights = range(start - start % _DAY + _DAY, stop, _DAY) if stop - start >= _DAY else ()
        edges = [start, *midnights, stop]
        lengths = [(first % _WEEK, last - first) for first, last in pairwise(edges)]
        pieces += [(first, first + length) for first, length in lengths]
    return sorted(pieces)


def _show_hours(start: int, stop: int) -> str:
    if (start, stop) == (0, _DAY):
        return ""
    stop = stop if stop <= _DAY else stop - _DAY
    return f"{start // 60:02}:{start % 60:02}-{stop // 60:02}:{stop % 60:02}"


def _show_days(days: list[int]) -> str:
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ",".join("-".join(dict.fromkeys((_DAYS[run[0]], _DAYS[run[-1]]))) for run in runs)


#: As French has it: the point of a day that is cut short, from one day or hour to another, and
#: `9 h 05`.
_DOT = regex(r"(?<=[^\W\d_])\.(?=[-, ]|$)")
_TO = regex(r"(?<=[^\W\d_]) au (?=[^\W\d_])")
_FROM = regex(r"(?:^|(?<= ))(?:du|de) (?=[^\W_])")
_UNTIL = regex(r"(?<=[0-9h]) à (?=[0-9])")
_HOUR = regex(r"(?<!^-)\b([0-9]{1,2}) ?h(?: ?([0-9]{2}))?(?![^\W_])")


def _read_part(part: str, problems: list[Problem]) -> list[Window]:
    if part.casefold() in _WORDS:
        return list(_WORDS[part.casefold()])
    tidy = _COMMA.sub(",", _DASH.sub("-", " ".join(part.split())))
    tidy = _UNTIL.sub("-", _TO.sub("-", _FROM.sub("", _DOT.sub("", tidy))))
    tidy = _HOUR.sub(r"\1h\2", tidy)
    days, *hours = tidy.split(maxsplit=1)
    starts = [day * _DAY for item in days.split(",") for day in _read_days(item, problems)]
    spans = [_read_hours(item, problems) for item in hours[0].split(",")] if hours else [(0, _DAY)]
    return [_placed(start, span) for start in starts for span in spans]


def _placed(start: int, span: Window) -> Window:
    first, stop = start + span[0], start + span[1]
    return (first, stop if stop <= _WEEK else stop - _WEEK)


def _read_days(item: str, problems: list[Problem]) -> list[int]:
    names = item.split("-")
    unknown = [name for name in names if name.casefold() not in _NUMBERS]
    if len(names) > 2 or (len(names) > 1 and not all(names)):  # noqa: PLR2004 (it has two ends)
        problems.append(Problem.of("bad-day-range", given=item))
        return []
    if unknown:
        problems += [_unknown_day(name) for name in unknown]
        return []
    first, last = (_NUMBERS[name.casefold()] for name in (names[0], names[-1]))
    return [(first + step) % 7 for step in range((last - first) % 7 + 1)]


def _unknown_day(name: str) -> Problem:
    hint = "write-days" if _TIME.fullmatch(name) else None
    return Problem.of("bad-day", given=name, days=_DAYS, hint=hint)


def _read_hours(item: str, problems: list[Problem]) -> Window:
    """Return minutes after midnight; the stop comes after the start, maybe on the next day."""
    first, dash, last = item.partition("-")
    start, stop = _read_time(first), _read_time(last)
    if not dash:
        problems.append(Problem.of("bad-hours", given=item))
    elif start is None or stop is None:
        odd = [text for text in (first, last) if _read_time(text) is None]
        problems += [Problem.of("bad-time-of-day", given=text, hours=item) for text in odd]
    elif start == _DAY:
        problems.append(Problem.of("window-after-midnight", given=item))
    elif start == stop:
        problems.append(Problem.of("empty-window", given=item))
    else:
        return (start, stop if start < stop else stop + _DAY)
    return (0, 0)


def _read_time(text: str) -> int | None:
    found = _TIME.fullmatch(text)
    if not found:
        return None
    hour, minute = int(found[1]), int(found[2] or found[3] or 0)
    return hour * 60 + minute if minute < 60 and hour * 60 + minute <= _DAY else None  # noqa: PLR2004


def require_instant(at: object) -> None:
    """Refuse what is no instant at all.

    Raises:
        InvalidError: if `at` is not a datetime.
    """
    if not isinstance(at, datetime):
        raise refuse("wrong-value", given=at, wanted="moment")


def require_aware(at: datetime, name: str) -> datetime:
    """Return the same instant in UTC; `name` is where it was given.

    Raises:
        InvalidError: if `at` is naive, out of the calendar, or no instant at all.
    """
    require_instant(at)
    if at.utcoffset() is None:
        raise refuse("naive-datetime", name, hint="aware-datetime", at=at)
    moment: datetime = in_utc(at)
    if not is_instant(moment):
        raise refuse("no-local-time", name, at=at, zone="UTC")
    return moment


def check_zone(name: str) -> str:
    """Return the name of an IANA time zone, provided the zone is known here.

    Names that are not shaped as a zone, and those of the machine's own clock, never reach the
    file system.

    Raises:
        InvalidError: if no zone has that name; the hint offers the nearest ones.
    """
    _zone(name)
    return name


def zone_problems(zone: str) -> Iterator[Problem]:
    """Yield, under `zone`, what forbids a name as that of a time zone."""
    try:
        check_zone(zone)
    except InvalidError as error:
        yield from (problem.under("zone") for problem in error.problems)


def local(at: datetime, zone: str) -> datetime:
    """Return the same instant on the wall clock of `zone`.

    Raises:
        InvalidError: if `at` is naive, `zone` is unknown, or the local year is out of range.
    """
    clock, moment = _zone(zone), require_aware(at, "at")
    try:
        return moment.astimezone(clock)
    except OverflowError:
        raise refuse("no-local-time", at=at, zone=zone) from None


def local_if_any(at: datetime, zone: str) -> datetime | None:
    """Return the same on the wall clock of `zone`, or None if it is not to be had.

    The first and the last hours of the calendar have no local time.
    """
    try:
        return local(at, zone)
    except InvalidError:
        return None


def _zone(name: str) -> tzinfo:
    # imported here because few users of the module need it, and it reads the machine's settings
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    shaped = len(name) <= _LONGEST_ZONE and _ZONE.fullmatch(name)
    if shaped and not _NOT_ZONES.fullmatch(name):
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError, ImportError):
            pass
    near = _near_zones(name)
    if near is None:
        raise refuse("unknown-zone", zone=name, extra=EXTRAS["tzdata"], hint="install-zones")
    if _OFFSET.fullmatch(name):
        raise refuse("unknown-zone", zone=name, hint="offset-no-zone")
    raise refuse("unknown-zone", zone=name, near=near)


def _near_zones(name: str) -> tuple[str, ...] | None:
    """Return the names nearest to that of a zone; None where the machine knows of no zone."""
    from difflib import get_close_matches

    known = {zone.casefold(): zone for zone in _hinted_zones()}
    if not known:
        return None
    ends = {zone.rpartition("/")[2]: zone for zone in known}
    if _NOT_ZONES.fullmatch(name):
        return ()
    asked = name[:_LONGEST_ZONE].casefold().replace(" ", "_")
    meant = SYNONYMS.get(asked)
    if meant in known.values():
        return (str(meant),)
    if asked in known:
        return (known[asked],)
    near = [known[zone] for zone in get_close_matches(asked, known, cutoff=0.7)]
    near += [known[ends[end]] for end in get_close_matches(asked, ends, cutoff=0.8)]
    return tuple(dict.fromkeys(near))[:2]


@cache
def _hinted_zones() -> tuple[str, ...]:
    # kept, because the machine opens each of its zones to say their names
    from zoneinfo import available_timezones

    return tuple(sorted(zone for zone in available_timezones() if not _NOT_HINTED.fullmatch(zone)))
