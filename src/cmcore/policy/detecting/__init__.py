"""Detecting: what is unusual in a window of a history, at a stated rate of false alarms."""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from math import ceil
from typing import Final

import attrs

from cmcore.foundation.durations import hours, weeks
from cmcore.foundation.errors import refuse
from cmcore.foundation.spans import Span, Stretch, count, instant
from cmcore.foundation.weeks import require_aware
from cmcore.nouns.signals import NEGATIVE, Detection, Kind, Lack, Rhythm, Signal, State
from cmcore.policy.detecting.attention import Attention
from cmcore.policy.detecting.dispersion import Counts, Shares, counts, shares
from cmcore.policy.detecting.records import Record, sightings
from cmcore.policy.detecting.rhythms import Calendar, Windows
from cmcore.policy.detecting.tails import beta_binomial, least_unusual

_HOUR: Final = hours(1)
_TWO_MONTHS: Final = weeks(8)
#: What is compared by the time of day needs so many whole weeks.
_DAILY: Final = 2
#: A history is too short for the rate of false alarms when so many times the usual number, or so
#: many messages of which every one counts, would not be unusual.
_BLIND: Final = 20
_ALL: Final = 100
#: How many windows in a row are looked at to tell since when.
_BACK: Final = 200


def detect(  # noqa: PLR0913 - one for each thing to set
    history: Iterable[object],
    *,
    at: datetime,
    window: timedelta = _HOUR,
    baseline: timedelta = _TWO_MONTHS,
    every: timedelta | None = None,
    zone: str = "UTC",
    false_alarms: float = 0.05,
    kinds: Iterable[Kind | str] = tuple(Kind),
    rhythm: Rhythm | str | None = None,
    since: datetime | None = None,
    leave_out: Iterable[Span] = (),
    tones: Collection[str] = NEGATIVE,
) -> Detection:
    """Tell what is unusual in the `window` of a history that stops at `at`, excluded.

    A history is of acts, cases, messages, sightings, or anything else with an `at`; its order
    does not matter, and what comes later is not looked at. Asked `every` so long (once a window
    unless it is said), no more than `false_alarms` are expected in a week where all is quiet.

    Volume is compared with windows of up to so many whole weeks of `baseline`: those at the same
    time of the week on the clock of `zone`, or, by another `rhythm`, of days of the same sort
    (`workdays`) or of every `day`. None takes the finest for which the history is long enough.
    Shares are compared with windows at about the same time of every day. The history is whole
    from `since` on, or else from its first instant, save the spans to `leave_out`: incidents
    of the past, and times when nothing was recorded. `tones` are the negative ones.

    Raises:
        InvalidError: with every problem, when a setting makes no sense or something in the
            history happens at no instant.
    """
    attention = Attention(
        window=window,
        baseline=baseline,
        every=every,
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
        self._since = None if asked.since is None else count(asked.since)
        self._record = Record(one for one in seen if asked.since is None or one.at >= asked.since)
        self._networks = self._record.networks() if Kind.SPREAD in asked.kinds else {}
        self._calendar = Calendar(asked.window, asked.baseline, asked.zone, asked.leave_out)
        self._looks: dict[Kind, Callable[[int], Signal]] = {
            Kind.VOLUME: lambda stop: self._volume(self._record, stop),
            Kind.MOOD: lambda stop: self._share(Kind.MOOD, stop),
            Kind.REPEATS: lambda stop: self._share(Kind.REPEATS, stop),
            Kind.SPREAD: self._spread,
        }

    def at(self, at: datetime) -> Detection:
        """Tell what is unusual in the window that stops at an instant, excluded.

        Raises:
            InvalidError: when the instant is naive, or the calendar begins within the window.
        """
        asked, moment = self.attention, require_aware(at, "at")
        stop = count(moment)
        if moment - datetime.min.replace(tzinfo=UTC) < asked.window:
            raise refuse("beyond-calendar", "at", at=moment)
        return Detection(
            moment,
            asked.window,
            zone=asked.zone,
            false_alarms=asked.false_alarms,
            every=asked.pace,
            signals=tuple(self._dated(self._looks[kind](stop), stop) for kind in asked.kinds),
            total=self._record.count(self._window(stop)),
            undated=self._undated,
        )

    def _window(self, stop: int) -> Stretch:
        return stop - self._calendar.window, stop

    def _dated(self, signal: Signal, stop: int) -> Signal:
        """Return the signal with the beginning of the first unusual window in a row."""
        if signal.state is not State.UNUSUAL:
            return signal
        step, look = self._calendar.window, self._looks[signal.kind]
        stops = range(stop - step, stop - _BACK * step, -step)
        begins = (one for one in stops if look(one).state is not State.UNUSUAL)
        return attrs.evolve(signal, since=instant(next(begins, stops.stop)))

    def _blank(self, kind: Kind, record: Record, stop: int) -> Signal:
        """Return a signal that tells nothing yet, but how many weeks there are."""
        since = self._since
        if record.moments and (since is None or record is not self._record):
            since = record.moments[0]
        weeks_ = 0 if since is None else self._calendar.weeks(stop, since)
        level = self.attention.level
        return Signal(kind, State.UNTOLD, level=level, weeks=weeks_, lack=Lack.SHORT)

    def _volume(self, record: Record, stop: int) -> Signal:
        blank = self._blank(Kind.VOLUME, record, stop)
        rhythm = self._calendar.rhythm(self.attention.beat, stop, blank.weeks)
        if rhythm is None:
            return blank
        recent = 1 if rhythm is Rhythm.WEEK else 7
        windows = self._calendar.rows(stop, blank.weeks, rhythm)
        rows = [record.row(one, recent) for one in windows]
        if not any(one.total for one in rows):
            return attrs.evolve(blank, lack=Lack.EMPTY)
        usual = counts(rows)
        cap = ceil(_BLIND * max(1.0, usual.usual))
        found = _judged(blank, _volume_chance(usual), record.count(self._window(stop)), cap)
        if found.least is None:
            return attrs.evolve(blank, lack=Lack.BLIND, cap=cap)
        return attrs.evolve(
            found,
            usual=usual.usual,
            rhythm=rhythm,
            windows=rows[0].size,
            dispersion=usual.dispersion,
        )

    def _share(self, kind: Kind, stop: int) -> Signal:
        blank = self._blank(kind, self._record, stop)
        if blank.weeks < _DAILY:
            return blank
        record, calendar = self._record, self._calendar
        windows, window = calendar.rows(stop, blank.weeks, Rhythm.AROUND), self._window(stop)
        near = calendar.near(windows)
        lack = self._lack(kind, near, window)
        if lack is not None:
            return attrs.evolve(blank, lack=lack)
        usual = shares(*([record.parts(kind, one) for one in some] for some in (near, windows)))
        here = record.part(kind, window)
        found = _judged(blank, _share_chance(usual, here.among), here.some, here.among)
        if found.least is None and beta_binomial(_ALL, _ALL, *usual.beta(1)) > blank.level:
            return attrs.evolve(blank, lack=Lack.BLIND, cap=_ALL)
        is_quoted = kind is Kind.REPEATS and found.state is State.UNUSUAL
        return attrs.evolve(
            found,
            among=here.among,
            usual=usual.mean,
            rhythm=Rhythm.AROUND,
            windows=sum(row.count for row in near),
            dispersion=1 + max(0, here.among - 1) * usual.correlation,
            quote=record.quote(window) if is_quoted else "",
        )

    def _lack(self, kind: Kind, near: Sequence[Windows], window: Stretch) -> Lack | None:
        """Return why a share cannot be told: nothing to compare with, or nothing known."""
        record = self._record
        if not any(record.row(row, 1).total for row in near):
            return Lack.EMPTY
        is_known = record.known(kind, window) or not record.count(window)
        there = any(record.parts(kind, row).among for row in near)
        return None if there and is_known else Lack.NOT_GIVEN

    def _spread(self, stop: int) -> Signal:
        """Tell whether two networks are unusual, each in its own right.

        Whatever hangs together, the chance that u networks of n are so without cause is at most
        (n - u + 1) times the u-th smallest of their own chances: Y. Benjamini and R. Heller,
        Biometrics 64, 2008.
        """
        blank = self._blank(Kind.SPREAD, self._record, stop)
        looks = {name: self._volume(record, stop) for name, record in self._networks.items()}
        told = {name: one for name, one in looks.items() if one.chance is not None}
        if len(told) < _SEVERAL:
            lack = Lack.SHORT if blank.weeks < _DAILY else Lack.ALONE
            return attrs.evolve(blank, lack=lack)
        chances = sorted((one.chance or 0.0, name) for name, one in told.items())
        bounds = [min(1.0, (len(told) - u) * chance) for u, (chance, _) in enumerate(chances)]
        seen = max((u for u, bound in enumerate(bounds, 1) if bound <= blank.level), default=0)
        return attrs.evolve(
            blank,
            state=State.UNUSUAL if seen >= _SEVERAL else State.USUAL,
            lack=None,
            seen=seen,
            among=len(told),
            chance=bounds[_SEVERAL - 1],
            least=_SEVERAL,
            rhythm=next(iter(told.values())).rhythm,
            windows=min(one.windows for one in told.values()),
            networks=tuple(sorted(name for _, name in chances[:seen])),
        )


_SEVERAL: Final = 2


def _judged(blank: Signal, chance: Callable[[int], float], seen: int, most: int) -> Signal:
    least = least_unusual(chance, blank.level, max(most, seen))
    is_unusual = least is not None and seen >= least
    return attrs.evolve(
        blank,
        state=State.UNUSUAL if is_unusual else State.USUAL,
        lack=None,
        seen=seen,
        chance=chance(seen),
        least=least,
    )


def _volume_chance(usual: Counts) -> Callable[[int], float]:
    here, elsewhere = usual.shape, usual.windows * usual.shape
    return lambda seen: beta_binomial(seen, seen + usual.total, here, elsewhere)


def _share_chance(usual: Shares, among: int) -> Callable[[int], float]:
    here, elsewhere = usual.beta(among)
    return lambda seen: beta_binomial(seen, among, here, elsewhere)
