"""Attention: what signals are looked for, in windows how long, at which rate of false alarms."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from functools import partial
from math import ceil, inf
from typing import Final, TypeVar

from attrs import field

from cmcore.base.amounts import show_duration
from cmcore.base.errors import InvalidError, Problem, refuse_any
from cmcore.base.frozen import each_once
from cmcore.base.ids import kind_problems, one_of
from cmcore.base.values import internal
from cmcore.charters.act import aware_problems
from cmcore.charters.conditions.forms import Form, formed
from cmcore.incidents.signals.signal import NEGATIVE, USUALLY, Rhythm, SignalKind
from cmcore.time.durations import hours, minutes, weeks
from cmcore.time.intervals import Span
from cmcore.time.week import check_zone

_WEEK: Final = timedelta(weeks=1)
_SHORTEST: Final = 2 * _WEEK


def _kinds(given: Iterable[SignalKind | str]) -> tuple[SignalKind, ...]:
    """Return the kinds in their own order, each once; what is none is left for later."""
    asked = (given,) if isinstance(given, str) else tuple(given)
    others = tuple(kind for kind in asked if kind not in set(SignalKind))
    return (*(kind for kind in SignalKind if kind in asked), *others)  # type: ignore[arg-type]


_T = TypeVar("_T")


def _spans(given: Iterable[Span]) -> tuple[Span, ...]:
    return _all_of(given, Span, "span", "leave_out")


def _windows(given: timedelta | Iterable[timedelta]) -> tuple[timedelta, ...]:
    """Return the windows, the shortest first, each once."""
    many = [given] if isinstance(given, timedelta) else given
    return tuple(sorted({*_all_of(many, timedelta, "duration", "window")}))


def _all_of(given: Iterable[_T], kind: type[_T], thing: str, name: str) -> tuple[_T, ...]:
    """Return what was given one by one, all of it of a kind.

    Raises:
        InvalidError: with everything that is not.
    """
    many = tuple(given)
    refuse_any(p for n, one in enumerate(many) for p in kind_problems(one, kind, thing, name, n))
    return many


def _tones(given: Iterable[str]) -> frozenset[str]:
    return formed(Form.TONE, each_once(given))


@internal
class Attention:
    """What to look for, and how closely; see `detect`.

    Raises:
        InvalidError: with every problem.
    """

    windows: tuple[timedelta, ...] = field(
        default=(hours(1),), kw_only=True, alias="window", converter=_windows
    )
    baseline: timedelta = field(default=weeks(8), kw_only=True)
    every: timedelta | None = field(default=None, kw_only=True)
    slide: timedelta | None = field(default=None, kw_only=True)
    zone: str | None = field(default=None, kw_only=True)
    false_alarms: float = field(default=0.05, kw_only=True)
    kinds: tuple[SignalKind, ...] = field(default=USUALLY, kw_only=True, converter=_kinds)
    rhythm: Rhythm | str | None = field(default=None, kw_only=True)
    since: datetime | None = field(default=None, kw_only=True)
    leave_out: tuple[Span, ...] = field(default=(), kw_only=True, converter=_spans)
    tones: frozenset[str] = field(default=NEGATIVE, kw_only=True, converter=_tones)

    def __attrs_post_init__(self) -> None:
        problems = list(_problems(self))
        if problems:
            raise InvalidError(problems)

    @property
    def window(self) -> timedelta:
        """The longest window."""
        return self.windows[-1]

    @property
    def clock(self) -> str:
        """The time zone of hours: UTC by default."""
        return "UTC" if self.zone is None else self.zone

    @property
    def pace(self) -> timedelta:
        """How often you ask: once per shortest window by default."""
        return self.windows[0] if self.every is None else self.every

    @property
    def steps(self) -> tuple[timedelta, ...]:
        """How long ago each window stops that is checked each time."""
        if self.slide is None:
            return (timedelta(0),)
        return tuple(number * self.slide for number in range(ceil(self.pace / self.slide)))

    @property
    def beat(self) -> Rhythm | None:
        """The rhythm asked for, or None for the finest that the history allows."""
        return None if self.rhythm is None else Rhythm(self.rhythm)

    @property
    def level(self) -> float:
        """The probability at which a look is unusual: the rate divided by the looks of a week."""
        looks = len(self.kinds) * len(self.windows) * len(self.steps)
        return self.false_alarms * (self.pace / _WEEK) / looks


def _problems(asked: Attention) -> Iterator[Problem]:
    if not asked.windows:
        yield Problem.of("empty", "window", key="window", hint="give-window")
        return
    lengths = list(_length_problems(asked))
    yield from lengths
    if asked.baseline < _SHORTEST:
        given = show_duration(asked.baseline)
        yield Problem.of("wrong-value", "baseline", given=given, wanted="baseline")
    if not lengths and asked.slide is not None and asked.slide > asked.pace:
        slide, every = show_duration(asked.slide), show_duration(asked.pace)
        yield Problem.of("slides-too-far", "slide", slide=slide, every=every)
    yield from _refused("zone", check_zone, asked.clock)
    kinds = list(_kind_problems(asked))
    yield from kinds
    yield from aware_problems(asked.since, "since")
    yield from _rate_problems(asked, is_known=not (lengths or kinds))
    yield from _rhythm_problems(asked, are_lengths_known=not lengths)


def _length_problems(asked: Attention) -> Iterator[Problem]:
    """Yield what is wrong with each length that was said, not with what follows from it."""
    said = [("window", window) for window in asked.windows]
    said += [("every", asked.every)] if asked.every is not None else []
    said += [("slide", asked.slide)] if asked.slide is not None else []
    for name, length in said:
        if not minutes(1) <= length <= _WEEK:
            given = show_duration(length)
            yield Problem.of("wrong-value", name, given=given, wanted="detection-time")


def _refused(name: str, check: Callable[[str], object], given: str) -> Iterator[Problem]:
    try:
        check(given)
    except InvalidError as error:
        yield from (problem.under(name) for problem in error.problems)


def _kind_problems(asked: Attention) -> Iterator[Problem]:
    if not asked.kinds:
        yield Problem.of("empty", "kinds", key="kinds", known=list(SignalKind), hint="one-of")
    for kind in asked.kinds:
        yield from _refused("kinds", partial(one_of, SignalKind), kind)


def _rate_problems(asked: Attention, *, is_known: bool) -> Iterator[Problem]:
    """Yield what is wrong with the rate, as far as it is known how many looks share it."""
    most = _OFTEN
    if is_known:
        looks = len(asked.kinds) * len(asked.windows) * len(asked.steps)
        most *= looks / (asked.pace / _WEEK)
    if not 0 < asked.false_alarms <= (most if is_known else inf):
        yield Problem.of(
            "bad-count", "false_alarms", given=asked.false_alarms, most=most, hint="false-alarms"
        )


def _rhythm_problems(asked: Attention, *, are_lengths_known: bool) -> Iterator[Problem]:
    if asked.rhythm is None or asked.rhythm == Rhythm.WEEK:
        return
    if asked.rhythm not in {Rhythm.WORKDAYS, Rhythm.DAY}:
        known = (Rhythm.WEEK, Rhythm.WORKDAYS, Rhythm.DAY)
        yield Problem.of("not-a-choice", "rhythm", given=asked.rhythm, known=known)
    elif are_lengths_known and asked.window > timedelta(days=1):
        yield Problem.of("rhythm-too-short", "rhythm", rhythm=asked.rhythm)


#: A signal that occurs by chance one time in ten is useless.
_OFTEN: Final = 0.1
