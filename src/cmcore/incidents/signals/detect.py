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
    """Tell what is unusual in the `window` of a history that stops at `at`, excluded.

    A history is of acts, cases, messages, sightings, or anything else with an `at`; its order
    does not matter, and what comes later is not looked at. Asked `every` so long (once in the
    shortest window unless it is said), no more than `false_alarms` are expected in a week where all
    is quiet, on the whole: several windows share them, and so do those that stopped since it was
    asked last, one each `slide`, which find what windows side by side would cut in two. Of each
    signal, the most unusual look is told. `kinds` are all but silence unless it is said.

    Volume and silence are compared with windows of up to so many whole weeks of `baseline`: those
    at the same time of the week on the clock of `zone` (UTC unless it is said, where nobody lives
    by the clock), or, by another `rhythm`, of days of the same sort
    (`workdays`) or of every `day`. None takes the finest for which the history is long enough.
    Shares are compared with windows at about the same time of every day. The history is whole
    from `since` on, or else from its first instant, save the spans to `leave_out`: incidents
    of the past, and times when nothing was recorded. `tones` are the negative ones.

    Raises:
        InvalidError: with every problem, when a setting makes no sense or something in the
            history happens at no instant.

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
    """A history ready to be looked at again and again, as when a year of it is replayed.

    Raises:
        InvalidError: when something in the history happens at no instant.
    """

    def __init__(self, history: Iterable[object], attention: Attention | None = None) -> None:
        self.attention = asked = attention or Attention()
        seen, self._undated = sightings(history, asked.tones)
        self._record = Record(one for one in seen if asked.since is None or one.at >= asked.since)
        networks = self._record.networks() if SignalKind.SPREAD in asked.kinds else {}
        self._looks = [Looks(asked, window, self._record, networks) for window in asked.windows]

    def at(self, at: datetime) -> Detection:
        """Tell what is unusual in the windows that stop at an instant, excluded.

        Where windows slide, those that stopped since it was asked last are looked at too.

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
