"""Strategies for the small values that the nouns are made of."""

import importlib.util
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final, TypeVar

from hypothesis import strategies as st

from cmcore.foundation.truth import Truth
from cmcore.foundation.weeks import Week
from cmcore.foundation.words import WordList
from cmcore.nouns.facts import BUILTIN, RESERVED

_T = TypeVar("_T")

#: What symbols are drawn from: few, so that acts and rules speak of the same things.
SYMBOLS: Final = ("product", "event", "recall", "crisis", "Paris")
#: What texts are made of, and what word lists look for in them.
WORDS: Final = ("rappel", "accident", "offre", "mettre", "café", "CONNARD", "gratuit", "ne pas")
_PIECES: Final = (
    *WORDS,
    *("#rappel", "@acme", "https://example.org/a", "http://www.example.com", "🎉", "𝗿𝗮𝗽𝗽𝗲𝗹"),
    *("Bonjour,", "le produit", "!", "RAPPELS", "\n"),
)
#: Linear-time patterns, for the tests that match one.
PATTERNS: Final = (r"\d+ ?€", "(?i)rappel", "^$", "a.*t", r"\bco+l\b")
ZONES: Final = ("UTC", "Europe/Paris", "America/New_York", "Asia/Kolkata")
#: Whether patterns can be used here: google-re2 is an extra.
HAS_PATTERNS: Final = importlib.util.find_spec("re2") is not None

_OFFSETS: Final = (
    UTC,
    *(timezone(timedelta(hours=hours)) for hours in (1, 2, -5, 5.5)),
)
_FIRST: Final = datetime(1990, 1, 1)  # noqa: DTZ001 - given its offset when it is drawn
_LAST: Final = datetime(2040, 1, 1)  # noqa: DTZ001 - the same
_NEAR: Final = datetime(2026, 3, 27, 8, tzinfo=UTC)
_UNITS: Final = (timedelta(minutes=1), timedelta(hours=1), timedelta(days=1), timedelta(weeks=1))
_WEEK: Final = 7 * 24 * 60
_PRINTABLE: Final = st.characters(exclude_categories=("C", "Z"))
_IDS: Final = ("desk", "crisis", "daily-life", "busy hour", "règle 1", "a", "b", "c", "7", "yes")
_LABELS: Final = ("tone", "promise", "pii", "price_claim", "confidentiel", "risk-level", "x")


def rarely(usual: st.SearchStrategy[_T], other: st.SearchStrategy[_T]) -> st.SearchStrategy[_T]:
    """Return a strategy that takes `other` one time in five, and shrinks to `usual`."""
    return st.integers(0, 4).flatmap(lambda n: other if n == 4 else usual)  # noqa: PLR2004


def sampled(many: Iterable[_T]) -> st.SearchStrategy[_T]:
    """Return a strategy that takes one of `many`, in their order."""
    return st.sampled_from(list(many))


def ids() -> st.SearchStrategy[str]:
    """Return a strategy for ids: short words mostly, any printable text sometimes."""
    word = st.text(_PRINTABLE, min_size=1, max_size=8)
    odd = st.lists(word, min_size=1, max_size=3).map(" ".join)
    return rarely(sampled(_IDS), odd)


def names() -> st.SearchStrategy[str]:
    """Return a strategy for the names of labels and events."""
    first = st.characters(categories=("L",))
    rest = st.text(st.characters(categories=("L", "Nd"), include_characters="_-"), max_size=8)
    odd = st.builds(str.__add__, first, rest)
    return rarely(sampled(_LABELS), odd.filter(lambda name: name not in _TAKEN))


_TAKEN: Final = frozenset({*BUILTIN, *RESERVED})


def truths() -> st.SearchStrategy[Truth]:
    """Return a strategy for the three truth values."""
    return st.sampled_from(Truth)


def weeks() -> st.SearchStrategy[Week]:
    """Return a strategy for weekly windows: none to three of them, some past midnight."""
    window = st.builds(_window, st.integers(0, _WEEK - 1), st.integers(1, _WEEK - 1))
    quarter = st.builds(_window, _multiples(15, _WEEK), _multiples(15, _WEEK - 15).map(_next))
    many = st.lists(quarter | window, max_size=3)
    return many.map(lambda windows: Week(tuple(windows)))


def _multiples(step: int, stop: int) -> st.SearchStrategy[int]:
    return st.integers(0, stop // step - 1).map(lambda n: n * step)


def _next(minute: int) -> int:
    return minute + 15


def _window(start: int, length: int) -> tuple[int, int]:
    stop = start + length
    return start, stop if stop <= _WEEK else stop - _WEEK


def durations(min_value: timedelta = timedelta(0)) -> st.SearchStrategy[timedelta]:
    """Return a strategy for durations from `min_value` up to two months or so above it."""
    round_ = st.builds(lambda n, unit: min_value + n * unit, st.integers(0, 8), sampled(_UNITS))
    exact = st.timedeltas(timedelta(0), timedelta(days=60)).map(lambda more: min_value + more)
    return rarely(round_, exact)


def windows() -> st.SearchStrategy[timedelta]:
    """Return a strategy for the lengths of sliding windows, all above zero."""
    round_ = st.builds(lambda n, unit: n * unit, st.integers(1, 8), sampled(_UNITS))
    return rarely(round_, durations(timedelta(microseconds=1)))


def instants() -> st.SearchStrategy[datetime]:
    """Return a strategy for aware instants from 1990 to 2040, most of them within some weeks."""
    anywhere = st.datetimes(_FIRST, _LAST, timezones=st.sampled_from(_OFFSETS))
    near = st.builds(lambda n, unit: _NEAR + n * unit, st.integers(-6, 6), sampled(_UNITS))
    return rarely(near, anywhere)


def days() -> st.SearchStrategy[date]:
    """Return a strategy for days from 1990 to 2040, most of them near `instants()`."""
    anywhere = st.dates(_FIRST.date(), _LAST.date())
    near = st.integers(-20, 20).map(lambda n: _NEAR.date() + timedelta(days=n))
    return rarely(near, anywhere)


def numbers() -> st.SearchStrategy[int | float]:
    """Return a strategy for small numbers, quarters included."""
    whole: st.SearchStrategy[int | float] = st.integers(-2, 12)
    return rarely(whole, st.integers(-8, 48).map(lambda n: n / 4))


def texts(entries: Iterable[str] = ()) -> st.SearchStrategy[str]:
    """Return a strategy for the texts of posts, in which `entries` of word lists are likely."""
    named = sorted({entry.replace("*", "ment") for entry in entries})
    pieces = st.lists(sampled([*named, *_PIECES]), max_size=5).map(" ".join)
    return rarely(pieces, st.text(st.characters(exclude_categories=("Cs",)), max_size=12))


def word_lists() -> st.SearchStrategy[WordList]:
    """Return a strategy for word lists, with stars and exceptions."""
    entries = sampled([*WORDS, "rappel*", "#rappel", "@acme", "🎉", "off*", "rappel de produit"])
    exceptions = sampled(["ne pas mettre", "offre gratuite", "rappel", "#rappel"])
    return st.builds(
        WordList,
        st.lists(entries, min_size=1, max_size=3).map(tuple),
        st.lists(exceptions, max_size=2).map(tuple),
    )
