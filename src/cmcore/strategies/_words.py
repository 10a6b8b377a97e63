"""Strategies for the small values that the nouns are made of."""

import importlib.util
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache
from typing import Final
from unicodedata import normalize
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from cmcore.base.characters import is_damaged
from cmcore.base.ids import id_problems
from cmcore.base.truth import Truth
from cmcore.charters.conditions.facts import BUILTIN, RESERVED
from cmcore.strategies._drawing import number, pick, rare, several
from cmcore.text.words import WordList
from cmcore.time.calendar import Calendar, WorkingDays
from cmcore.time.clocks import BusinessClock
from cmcore.time.week import Week

#: What symbols are drawn from: few, so that acts and rules speak of the same things.
SYMBOLS: Final = ("product", "event", "recall", "crisis", "Paris")
#: What texts are made of, and what word lists look for in them.
WORDS: Final = ("rappel", "accident", "offre", "mettre", "café", "CONNARD", "gratuit", "ne pas")
PIECES: Final = (
    *WORDS,
    *("#rappel", "@acme", "https://example.org/a", "http://www.example.com", "🎉", "12 €"),
    *(
        "Bonjour,",
        "le produit",
        "!",
        "RAPPELS",
        "rappele\u0301",
        "\n",
        "\U0001d5ff\U0001d5ee\U0001d5fd",
    ),
)
_LISTED: Final = (*WORDS, "rappel*", "#rappel", "@acme", "🎉", "off*", "rappel de produit",
                  "*pels", "=rappelé", "=été")  # fmt: skip
_EXCEPTED: Final = ("ne pas mettre", "offre gratuite", "rappel", "#rappel", "=rappelé", "*duit")
#: Linear-time patterns, for the tests that match one.
PATTERNS: Final = (r"\d+ ?€", "(?i)rappel", "^$", "a.*t", r"\bco+l\b")
ZONES: Final = ("UTC", "Europe/Paris", "America/New_York", "Asia/Kolkata")
#: All that an instant drawn can be in, and ten years more.
EVERY_YEAR: Final = range(1980, 2061)
#: Whether patterns can be used here: google-re2 is an extra.
HAS_PATTERNS: Final = importlib.util.find_spec("re2") is not None

_OFFSETS: Final = (UTC, *(timezone(timedelta(hours=hours)) for hours in (1, 2, -5, 5.5)))
_FIRST: Final = datetime(1990, 1, 1)  # noqa: DTZ001 - given its offset when it is drawn
_LAST: Final = datetime(2040, 1, 1)  # noqa: DTZ001 - the same
_NEAR: Final = datetime(2026, 3, 27, 8, tzinfo=UTC)
#: When clocks change in Paris (an hour is skipped, an hour is shown twice), and in New York.
_CHANGES: Final = (
    *(datetime(2026, month, day, 1, tzinfo=UTC) for month, day in ((10, 25), (3, 29))),
    datetime(2026, 11, 1, 6, tzinfo=UTC),
)
_AN_HOUR: Final = timedelta(hours=1)
_UNITS: Final = (timedelta(minutes=1), timedelta(hours=1), timedelta(days=1), timedelta(weeks=1))
_WEEK: Final = 7 * 24 * 60
_QUARTER: Final = 15
_IDS: Final = ("desk", "crisis", "daily-life", "busy hour", "règle 1", "a", "b", "c", "7", "yes")
_LABELS: Final = ("tone", "promise", "pii", "price_claim", "confidentiel", "risk-level", "x")
_TAKEN: Final = frozenset({*BUILTIN, *RESERVED})


@cache
def _between(first: str, last: str) -> st.SearchStrategy[str]:
    return st.characters(
        min_codepoint=ord(first), max_codepoint=ord(last), exclude_categories=("C", "Z")
    )


#: Letters, digits and signs, of scripts that Latin letters may stand beside in an id.
_SCRIPTS: Final = ("!~", "Àž", "一丿", "あん", "가갛", "←⇿", "🌀🗿")
_PRINTABLE: Final = (
    st.sampled_from(_SCRIPTS)
    .flatmap(lambda ends: st.text(_between(*ends), min_size=1, max_size=6))
    .map(lambda text: normalize("NFC", text))
    .filter(lambda text: not list(id_problems(text)))
)
_LETTER: Final = st.characters(categories=["L"])
_LETTERS: Final = st.text(
    st.characters(categories=("L", "Nd"), include_characters="_-"), max_size=6
)
_ANY_TEXT: Final = st.text(st.characters(exclude_categories=["Cs"]), max_size=12).filter(
    lambda text: not is_damaged(text)
)
_ANYWHERE: Final = st.datetimes(_FIRST, _LAST, timezones=st.sampled_from(_OFFSETS))
_ANY_DAY: Final = st.dates(_FIRST.date(), _LAST.date())
_TWO_MONTHS: Final = st.timedeltas(timedelta(0), timedelta(days=60))


def an_id(draw: st.DrawFn) -> str:
    """Draw an id: a short word mostly, any printable text of one script sometimes."""
    if rare(draw, 8):
        odd = draw(_PRINTABLE)
        return f"{odd} 2" if rare(draw) else odd
    return pick(draw, _IDS)


def a_name(draw: st.DrawFn) -> str:
    """Draw the name of a label or an event."""
    if rare(draw, 8):
        odd = draw(_LETTER) + draw(_LETTERS)
        return pick(draw, _LABELS) if odd in _TAKEN else odd
    return pick(draw, _LABELS)


def a_week(draw: st.DrawFn) -> Week:
    """Draw a week of none to three windows, some of which run past its end."""
    return Week(tuple(several(draw, lambda: _window(draw), 0, 3)))


def _window(draw: st.DrawFn) -> tuple[int, int]:
    step = 1 if rare(draw) else _QUARTER
    start = step * number(draw, 0, _WEEK // step - 1)
    stop = start + step * number(draw, 1, _WEEK // step - 1)
    return start, stop if stop <= _WEEK else stop - _WEEK


def a_duration(draw: st.DrawFn, least: int = 0) -> timedelta:
    """Draw a duration, of `least` microseconds or more: a few minutes, hours, days or weeks."""
    if rare(draw, 8):
        return timedelta(microseconds=least) + draw(_TWO_MONTHS)
    return number(draw, 1 if least > 0 else 0, 8) * pick(draw, _UNITS)


def an_instant(draw: st.DrawFn) -> datetime:
    """Draw an instant from 1990 to 2040, in UTC, likely within a few weeks of the others.

    One in four lies within two hours of a moment when clocks change.
    """
    match number(draw, 0, 7):
        case 7:
            return draw(_ANYWHERE).astimezone(UTC)
        case 5 | 6:
            return pick(draw, _CHANGES) + number(draw, -8, 8) * timedelta(minutes=_QUARTER)
        case _:
            return _NEAR + number(draw, -6, 6) * pick(draw, _UNITS)


def on_a_clock(draw: st.DrawFn, at: datetime) -> datetime:
    """Draw another way to give the instant `at`, which is in UTC: on the clock of any zone.

    Hours that a clock shows twice say which one they are, and some are such as no clock shows.
    """
    match number(draw, 0, 5):
        case 0 | 1:
            return at
        case 2:
            return at.astimezone(pick(draw, _OFFSETS))
        case _:
            return _skipped(at.astimezone(ZoneInfo(pick(draw, ZONES[1:]))))


def _skipped(at: datetime) -> datetime:
    """Return the same instant as an hour that its clock skips, where there is such a one."""
    early = (at.replace(tzinfo=None) - _AN_HOUR).replace(tzinfo=at.tzinfo)
    return early if early.astimezone(UTC) == at.astimezone(UTC) else at


def a_day(draw: st.DrawFn) -> date:
    """Draw a day from 1990 to 2040, likely near the instants."""
    if rare(draw, 8):
        return draw(_ANY_DAY)
    return _NEAR.date() + timedelta(days=number(draw, -20, 20))


def a_calendar(draw: st.DrawFn, years: Iterable[int] | None = None) -> Calendar:
    """Draw a calendar of some closed days, for `years` or for those of its days."""
    closed = several(draw, lambda: a_day(draw), 1, 4)
    return Calendar(closed, {day.year for day in closed} if years is None else years)


def a_clock(draw: st.DrawFn, week: Week) -> BusinessClock:
    """Draw a clock of the hours of a week, with a calendar of all days there are or without."""
    calendar = a_calendar(draw, EVERY_YEAR) if rare(draw) else None
    return BusinessClock(week, pick(draw, ZONES), calendar)


#: Near the ends of what 32 bits hold, of what a float distinguishes, and of what it holds.
_HARD: Final[tuple[int | float, ...]] = (
    *(2**31, -(2**31) - 1, 2**53 - 1, 2**53, -(2**53)),
    *(1e300, -1e300, 5e-324, 0.1 + 0.2, 0.3, -0.0),
)


#: What stands for a hard one where a number is drawn.
_HARD_ONE: Final = 13


def a_number(draw: st.DrawFn) -> int | float:
    """Draw a small number, whole or in quarters; now and then one that machines find hard."""
    if rare(draw):
        return number(draw, -8, 48) / 4
    drawn = number(draw, -2, 13)
    return pick(draw, _HARD) if drawn == _HARD_ONE else drawn


def a_text(draw: st.DrawFn, entries: Iterable[str] = ()) -> str:
    """Draw the text of a post, in which `entries` of word lists are likely."""
    if rare(draw, 8):
        return draw(_ANY_TEXT)
    named = sorted({entry.replace("*", "ment") for entry in entries})
    pieces = (*named, *named, *PIECES)
    return " ".join(several(draw, lambda: pick(draw, pieces), 0, 5))


def a_word_list(draw: st.DrawFn) -> WordList:
    """Draw a word list, with stars and exceptions."""
    return WordList(
        several(draw, lambda: pick(draw, _LISTED), 1, 3),
        several(draw, lambda: pick(draw, _EXCEPTED), 0, 2),
    )


@cache
def ids() -> st.SearchStrategy[str]:
    """Return a strategy for ids: short words mostly, any printable text sometimes."""
    return st.composite(an_id)()


@cache
def names() -> st.SearchStrategy[str]:
    """Return a strategy for the names of labels and events."""
    return st.composite(a_name)()


@cache
def truths() -> st.SearchStrategy[Truth]:
    """Return a strategy for the three truth values."""
    return st.sampled_from(Truth)


@cache
def weeks() -> st.SearchStrategy[Week]:
    """Return a strategy for weekly windows: none to three of them, some past the week's end."""
    return st.composite(a_week)()


@cache
def calendars() -> st.SearchStrategy[Calendar]:
    """Return a strategy for calendars of a few closed days, which cover the years of these."""
    return st.composite(a_calendar)()


@cache
def working_days() -> st.SearchStrategy[WorkingDays]:
    """Return a strategy for a few working days, or none."""
    return st.builds(WorkingDays, st.integers(0, 9))


def durations(min_value: timedelta = timedelta(0)) -> st.SearchStrategy[timedelta]:
    """Return a strategy for durations from `min_value` up to two months or so above it."""
    return st.composite(a_duration)().map(lambda more: min_value + more)


@cache
def instants() -> st.SearchStrategy[datetime]:
    """Return a strategy for aware instants from 1990 to 2040, most of them within some weeks.

    They are on the clocks of many zones, and many are near a moment when clocks change.
    """
    return st.composite(lambda draw: on_a_clock(draw, an_instant(draw)))()


@cache
def texts() -> st.SearchStrategy[str]:
    """Return a strategy for the texts of posts: words, hashtags, links, emoji, or anything."""
    return st.composite(a_text)()


@cache
def word_lists() -> st.SearchStrategy[WordList]:
    """Return a strategy for word lists, with stars and exceptions."""
    return st.composite(a_word_list)()
