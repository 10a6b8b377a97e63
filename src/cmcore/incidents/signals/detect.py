"""Detecting: what is unusual in a window of a history, at a stated rate of false alarms."""

from collections.abc import Collection, Iterable
from datetime import UTC, datetime, timedelta
from typing import Final

from cmcore.base.asked import checked
from cmcore.base.errors import refuse
from cmcore.incidents.signals._looks import Looks
from cmcore.incidents.signals._records import Record, sightings
from cmcore.incidents.signals.attention import Attention
from cmcore.incidents.signals.signal import (
    NEGATIVE,
    USUALLY,
    Detection,
    Rhythm,
    Signal,
    SignalKind,
    SignalState,
)
from cmcore.time.durations import hours, weeks
from cmcore.time.intervals import Span, count
from cmcore.time.week import require_aware

_HOUR: Final = hours(1)
_TWO_MONTHS: Final = weeks(8)
#: The states of a signal, what counts most first.
_RANKED: Final = (SignalState.UNUSUAL, SignalState.USUAL, SignalState.UNTOLD)


@checked
def detect(  # noqa: PLR0913 - one for each thing to set
    history: Iterable[object],
    *,
    at: datetime,
    window: timedelta | Iterable[timedelta] = _HOUR,
    baseline: timedelta = _TWO_MONTHS,
    every: timedelta | None = None,
    slide: timedelta | None = None,
    zone: str | None = None,
    false_alarms: float = 0.05,
    kinds: Iterable[SignalKind | str] = USUALLY,
    rhythm: Rhythm | str | None = None,
    since: datetime | None = None,
    leave_out: Iterable[Span] = (),
    tones: Collection[str] = NEGATIVE,
) -> Detection:
    """Find what is unusual in the `window` of a history that stops at `at`, excluded.

    A history consists of acts, cases, messages, sightings, or anything else with an `at`, in any
    order; anything later than `at` is ignored. If you ask `every` so often (once per shortest
    window by default), at most `false_alarms` are expected in a quiet week, in total. Several
    windows share this rate, and so do the overlapping windows that have stopped since you last
    asked, one for each `slide`; they find what adjacent windows would cut in two. For each signal
    you get the most unusual look. `kinds` are all signals except silence by default.

    Volume and silence are compared with windows in up to `baseline` whole weeks: at the same time
    of the week on the clock of `zone` (UTC by default), or, with another `rhythm`, on similar days
    (`workdays`) or on every `day`. None takes the finest rhythm for which the history is long
    enough. Shares are compared with windows at about the same time of every day. The history is
    complete from `since` on, or from its first instant, except for the spans to `leave_out`: past
    incidents, and times when nothing was recorded. `tones` are the negative ones.

    Raises:
        InvalidError: with every problem, when a setting makes no sense or something in the
            history has no instant.

    Examples:
        >>> from datetime import UTC, datetime
        >>> from cmcore import Message, detect, hours, minutes
        >>> at = datetime(2026, 3, 23, 15, tzinfo=UTC)
        >>> usual = [Message(at=at - hours(n)) for n in range(1, 1345)]
        >>> wave = [Message(at=at - minutes(n)) for n in range(1, 40)]
        >>> detect([*usual, *wave], at=at, kinds=["volume"]).state
        <SignalState.UNUSUAL: 'unusual'>
    """
    attention = Attention(
        window=window,
        baseline=baseline,
        every=every,
        slide=slide,
        zone=zone,
        false_alarms=false_alarms,
        kinds=kinds,
        rhythm=rhythm,
        since=since,
        leave_out=leave_out,
        tones=tones,
    )
    return Lookout(history, attention).at(at)


class Lookout:
    """A history prepared for many questions, as when you replay a year.

    Raises:
        InvalidError: when something in the history has no instant.
    """

    def __init__(self, history: Iterable[object], attention: Attention | None = None) -> None:
        self.attention = asked = attention or Attention()
        seen, self._undated = sightings(history, asked.tones)
        self._record = Record(one for one in seen if asked.since is None or one.at >= asked.since)
        networks = self._record.networks() if SignalKind.SPREAD in asked.kinds else {}
        self._looks = [Looks(asked, window, self._record, networks) for window in asked.windows]

    def at(self, at: datetime) -> Detection:
        """Find what is unusual in the windows that stop at an instant, excluded.

        If windows slide, those that have stopped since you last asked are checked too.

        Raises:
            InvalidError: when the instant is naive, or the calendar begins within a window.
        """
        asked, moment = self.attention, require_aware(at, "at")
        reach, stop = asked.window + asked.steps[-1], count(moment)
        if moment - datetime.min.replace(tzinfo=UTC) < reach:
            raise refuse("beyond-calendar", "at", at=moment)
        return Detection(
            moment,
            asked.window,
            zone=asked.clock,
            is_zone_given=asked.zone is not None,
            false_alarms=asked.false_alarms,
            every=asked.pace,
            windows=asked.windows,
            slide=asked.slide,
            signals=tuple(self._signal(kind, moment) for kind in asked.kinds),
            total=self._record.count((stop - asked.window // _TICK, stop)),
            undated=self._undated,
        )

    def _signal(self, kind: SignalKind, at: datetime) -> Signal:
        """Return the most unusual of all looks; of those as unusual, the latest and shortest."""
        found = [
            (looks, looks.at(kind, count(at - step)))
            for step in self.attention.steps
            for looks in self._looks
        ]
        looks, signal = min(found, key=lambda pair: _order(pair[1]))
        return looks.dated(signal)


def _order(signal: Signal) -> tuple[int, float]:
    return _RANKED.index(signal.state), 1.0 if signal.chance is None else signal.chance


_TICK: Final = timedelta(microseconds=1)
