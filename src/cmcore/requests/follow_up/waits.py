"""Timing: how long people wait for a first answer, with nobody left out who still waits.

A quantile is the inverse of the empirical distribution: of n requests, the share q is answered
within the k-th shortest time, k being q x n rounded up. What is not answered yet is censored: it
waits for longer than it has, and nobody knows how much. At best it is answered at once, at worst
never; the quantile lies between what both would make of it.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime, timedelta
from fractions import Fraction
from math import ceil
from typing import Final

from cmcore.base.asked import checked
from cmcore.base.errors import InvalidError, Problem
from cmcore.base.frozen import each_once
from cmcore.base.values import internal
from cmcore.requests.desk import Desk
from cmcore.requests.follow_up.response_times import MEDIAN, Quantile, ResponseTimes, Timing
from cmcore.requests.follow_up.track import moment_of
from cmcore.requests.log import RequestLog, RequestState, RequestTrack
from cmcore.time.clocks import BusinessClock
from cmcore.time.week import local


@internal
class Wait:
    """How long a request waited, until its first answer or, so far, without one."""

    length: timedelta
    is_over: bool


def quantile(waits: Sequence[Wait], share: float) -> Quantile:
    """Return the time within which a share, above 0 and up to 1, of all the waits is over.

    The share is taken for the decimal number it is written as: 0.9 of 10 is 9.
    """
    rank = ceil(Fraction(repr(float(share))) * len(waits))
    over = sorted(wait.length for wait in waits if wait.is_over)
    at_best = sorted(wait.length for wait in waits)
    return Quantile(
        share,
        at_best[rank - 1] if waits else None,
        over[rank - 1] if 0 < rank <= len(over) else None,
    )


@checked
def response_times(  # noqa: PLR0913 - each has its usual value
    log: RequestLog,
    at: datetime | None = None,
    desk: Desk | None = None,
    *,
    clock: BusinessClock | None = None,
    shares: Iterable[float] = (MEDIAN, 0.9),
    excused: Collection[str] = (),
) -> ResponseTimes:
    """Return how long the requests received by `at` waited; the default is the end of the log.

    Times are measured on the wall clock, or on `clock`; targets keep their own clocks. A merged
    request is answered with the request it was merged into. Every request counts, answered or not,
    except those resolved without an answer in one of the ways in `excused`, such as `spam`; they
    are counted separately.

    Raises:
        InvalidError: when `at` is naive, or missing for an empty log, or a share is not above 0 and
            at most 1.

    Examples:
        >>> from datetime import UTC, datetime
        >>> from cmcore import Request, RequestLog, minutes
        >>> from cmcore.requests import RequestEvent, response_times
        >>> at = datetime(2026, 3, 2, 9, tzinfo=UTC)
        >>> answered = RequestEvent("answered", "r1", at=at + minutes(20), by="ana")
        >>> times = response_times(RequestLog([Request("r1", at=at)], [answered]))
        >>> times.overall.count, str(times.overall.quantiles[0].low)
        (1, '0:20:00')
    """
    moment, rules = moment_of(log, at), desk or Desk()
    lens = _Lens(rules, moment, clock, tuple(shares))
    _check_shares(lens.shares)
    everything = log.tracks(moment)
    ways = each_once(excused)
    tracks = [track for track in everything if not _is_excused(track, ways)]
    return ResponseTimes(
        moment,
        zone=rules.zone,
        overall=lens.timing(tracks),
        by_network=lens.grouped(tracks, lambda track: track.request.network or ""),
        by_hour=lens.grouped(tracks, lambda track: _hour(track, rules.zone)),
        excused=len(everything) - len(tracks),
    )


@internal
class _Lens:
    """What the times of any requests are looked at through."""

    desk: Desk
    at: datetime
    clock: BusinessClock | None
    shares: tuple[float, ...]

    def timing(self, tracks: Sequence[RequestTrack], name: str = "") -> Timing:
        """Return the times of some requests."""
        waits = [_wait(track, self.at, self.clock) for track in tracks]
        verdicts = Counter(_verdict(track, self.desk, self.at) for track in tracks)
        return Timing(
            name,
            len(waits),
            sum(wait.is_over for wait in waits),
            tuple(quantile(waits, share) for share in self.shares),
            **{verdict: verdicts[verdict] for verdict in _VERDICTS},
        )

    def grouped(
        self, tracks: Iterable[RequestTrack], name_of: Callable[[RequestTrack], str]
    ) -> tuple[Timing, ...]:
        """Return the times of the requests of each name, in order of names."""
        groups: dict[str, list[RequestTrack]] = {}
        for track in tracks:
            groups.setdefault(name_of(track), []).append(track)
        return tuple(self.timing(groups[name], name) for name in sorted(groups))


def _check_shares(shares: Iterable[float]) -> None:
    found = [
        Problem.of("wrong-value", "shares", index, given=share, wanted="part-share")
        for index, share in enumerate(shares)
        if not 0 < share <= 1
    ]
    if found:
        raise InvalidError(found)


def _is_excused(track: RequestTrack, excused: Collection[str]) -> bool:
    resolved = track.state is RequestState.RESOLVED and track.answered is None
    return resolved and track.how in excused


def _hour(track: RequestTrack, zone: str) -> str:
    return f"{local(track.request.at, zone).hour:02}"


def _wait(track: RequestTrack, at: datetime, clock: BusinessClock | None) -> Wait:
    start, stop = track.request.at, track.answered or at
    length = stop - start if clock is None else clock.between(start, stop)
    return Wait(length, track.answered is not None)


_VERDICTS: Final = ("met", "missed", "pending", "untargeted")


def _verdict(track: RequestTrack, desk: Desk, at: datetime) -> str:
    """Say what happened to the first answer: in time up to the instant when it is due, included."""
    if desk.target(track.request) is None:
        return "untargeted"
    due = desk.due(track.request, track.request.at)
    in_time = due is None or (track.answered or at) <= due
    if track.answered is None:
        return "pending" if in_time else "missed"
    return "met" if in_time else "missed"
