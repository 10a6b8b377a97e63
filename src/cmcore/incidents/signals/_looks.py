"""Looks at windows of one length: what is unusual in the one that stops at an instant."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from math import ceil
from typing import Final

import attrs

from cmcore.incidents.signals._dispersion import Counts, Row, Shares, counts, shares
from cmcore.incidents.signals._records import Record
from cmcore.incidents.signals._rhythms import Calendar, Windows
from cmcore.incidents.signals._tails import beta_binomial, least_unusual, most_unusual
from cmcore.incidents.signals.attention import Attention
from cmcore.incidents.signals.signal import Rhythm, Signal, SignalKind, SignalState, Undetectable
from cmcore.time.intervals import Stretch, count, instant

#: A comparison by time of day needs this many whole weeks.
_DAILY: Final = 2
#: A history is too short for the false-alarm rate if even this many times the usual number, or this
#: many messages that all count, would not be unusual.
_BLIND: Final = 20
_ALL: Final = 100
#: How many consecutive windows are checked to find since when.
_BACK: Final = 200


class Looks:
    """What there is to see in windows of one length, for each kind of signal."""

    def __init__(
        self,
        asked: Attention,
        window: timedelta,
        record: Record,
        networks: Mapping[str, Record],
    ) -> None:
        self._level = asked.level
        self._beat = asked.beat
        self._since = None if asked.since is None else count(asked.since)
        self._record, self._networks = record, networks
        self._calendar = Calendar(window, asked.baseline, asked.clock, asked.leave_out)
        self._looks: dict[SignalKind, Callable[[int], Signal]] = {
            SignalKind.VOLUME: lambda stop: self._volume(self._record, stop),
            SignalKind.SILENCE: self._silence,
            SignalKind.MOOD: lambda stop: self._share(SignalKind.MOOD, stop),
            SignalKind.REPEATS: lambda stop: self._share(SignalKind.REPEATS, stop),
            SignalKind.SPREAD: self._spread,
        }

    def at(self, kind: SignalKind, stop: int) -> Signal:
        """Return what a look at the window that stops then finds."""
        return attrs.evolve(self._looks[kind](stop), window=self._calendar.length, at=instant(stop))

    def dated(self, signal: Signal) -> Signal:
        """Return a signal with the beginning of the first unusual window in a row."""
        if signal.state is not SignalState.UNUSUAL or signal.at is None:
            return signal
        step, look, stop = self._calendar.window, self._looks[signal.kind], count(signal.at)
        stops = range(stop - step, stop - _BACK * step, -step)
        begins = (one for one in stops if look(one).state is not SignalState.UNUSUAL)
        return attrs.evolve(signal, since=instant(next(begins, stops.stop)))

    def _window(self, stop: int) -> Stretch:
        return stop - self._calendar.window, stop

    def _blank(self, kind: SignalKind, record: Record, stop: int) -> Signal:
        """Return a signal with only the number of weeks so far."""
        since = self._since
        if record.moments and (since is None or record is not self._record):
            since = record.moments[0]
        weeks_ = 0 if since is None else self._calendar.weeks(stop, since)
        return Signal(
            kind, SignalState.UNTOLD, level=self._level, weeks=weeks_, lack=Undetectable.SHORT
        )

    def _volume(self, record: Record, stop: int) -> Signal:
        blank = self._blank(SignalKind.VOLUME, record, stop)
        compared = self._compared(blank, record, stop)
        if isinstance(compared, Signal):
            return compared
        rows, rhythm = compared
        usual = counts(rows)
        cap = ceil(_BLIND * max(1.0, usual.usual))
        found = _judged(blank, _volume_chance(usual), record.count(self._window(stop)), cap)
        if found.least is None:
            return attrs.evolve(blank, lack=Undetectable.BLIND, cap=cap)
        return _told(found, usual, rhythm, rows[0].size)

    def _silence(self, stop: int) -> Signal:
        blank = self._blank(SignalKind.SILENCE, self._record, stop)
        compared = self._compared(blank, self._record, stop)
        if isinstance(compared, Signal):
            return compared
        rows, rhythm = compared
        usual = counts(rows, fewer=True)
        chance, seen = _silence_chance(usual), self._record.count(self._window(stop))
        most = most_unusual(chance, blank.level, ceil(usual.usual))
        if most is None:
            return attrs.evolve(blank, lack=Undetectable.BLIND)
        state = SignalState.UNUSUAL if seen <= most else SignalState.USUAL
        found = attrs.evolve(
            blank, state=state, lack=None, seen=seen, chance=chance(seen), least=most
        )
        return _told(found, usual, rhythm, rows[0].size)

    def _compared(
        self, blank: Signal, record: Record, stop: int
    ) -> tuple[list[Row], Rhythm] | Signal:
        """Return the counts to compare with and their rhythm, or a signal of what is missing."""
        rhythm = self._calendar.rhythm(self._beat, stop, blank.weeks)
        if rhythm is None:
            return blank
        recent = 1 if rhythm is Rhythm.WEEK else 7
        windows = self._calendar.rows(stop, blank.weeks, rhythm)
        rows = [record.row(one, recent) for one in windows]
        if not any(one.total for one in rows):
            return attrs.evolve(blank, lack=Undetectable.EMPTY)
        return rows, rhythm

    def _share(self, kind: SignalKind, stop: int) -> Signal:
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
            return attrs.evolve(blank, lack=Undetectable.BLIND, cap=_ALL)
        is_quoted = kind is SignalKind.REPEATS and found.state is SignalState.UNUSUAL
        return attrs.evolve(
            found,
            among=here.among,
            usual=usual.mean,
            rhythm=Rhythm.AROUND,
            windows=sum(row.count for row in near),
            dispersion=1 + max(0, here.among - 1) * usual.correlation,
            quote=record.quote(window) if is_quoted else "",
        )

    def _lack(
        self, kind: SignalKind, near: Sequence[Windows], window: Stretch
    ) -> Undetectable | None:
        """Return why a share cannot be told: nothing to compare with, or nothing known."""
        record = self._record
        if not any(record.row(row, 1).total for row in near):
            return Undetectable.EMPTY
        is_known = record.known(kind, window) or not record.count(window)
        there = any(record.parts(kind, row).among for row in near)
        return None if there and is_known else Undetectable.NOT_GIVEN

    def _spread(self, stop: int) -> Signal:
        """Return whether two networks are unusual, each in its own right.

        Whatever hangs together, the chance that u networks of n are so without cause is at most
        (n - u + 1) times the u-th smallest of their own chances: Y. Benjamini and R. Heller,
        Biometrics 64, 2008.
        """
        blank = self._blank(SignalKind.SPREAD, self._record, stop)
        looks = {name: self._volume(record, stop) for name, record in self._networks.items()}
        told = {name: one for name, one in looks.items() if one.chance is not None}
        if len(told) < _SEVERAL:
            lack = Undetectable.SHORT if blank.weeks < _DAILY else Undetectable.ALONE
            return attrs.evolve(blank, lack=lack)
        chances = sorted((one.chance or 0.0, name) for name, one in told.items())
        bounds = [min(1.0, (len(told) - u) * chance) for u, (chance, _) in enumerate(chances)]
        seen = max((u for u, bound in enumerate(bounds, 1) if bound <= blank.level), default=0)
        return attrs.evolve(
            blank,
            state=SignalState.UNUSUAL if seen >= _SEVERAL else SignalState.USUAL,
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
        state=SignalState.UNUSUAL if is_unusual else SignalState.USUAL,
        lack=None,
        seen=seen,
        chance=chance(seen),
        least=least,
    )


def _told(found: Signal, usual: Counts, rhythm: Rhythm, windows: int) -> Signal:
    return attrs.evolve(
        found, usual=usual.usual, rhythm=rhythm, windows=windows, dispersion=usual.dispersion
    )


def _silence_chance(usual: Counts) -> Callable[[int], float]:
    """Return the chance of as few or fewer: that as many or more are elsewhere."""
    here, elsewhere = usual.shape, usual.windows * usual.shape
    return lambda seen: beta_binomial(usual.total, usual.total + seen, elsewhere, here)


def _volume_chance(usual: Counts) -> Callable[[int], float]:
    here, elsewhere = usual.shape, usual.windows * usual.shape
    return lambda seen: beta_binomial(seen, seen + usual.total, here, elsewhere)


def _share_chance(usual: Shares, among: int) -> Callable[[int], float]:
    here, elsewhere = usual.beta(among)
    return lambda seen: beta_binomial(seen, among, here, elsewhere)
