"""Timing: how long people wait for answers and for the end, with nobody left out who still waits.

A quantile is the inverse of the empirical distribution: of n requests, the share q is answered
within the k-th shortest time, k being q x n rounded up. What is not answered yet is censored: it
waits for longer than it has, and nobody knows how much. At best it is answered at once, at worst
never; the quantile lies between what both would make of it.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from fractions import Fraction
from math import ceil
from typing import Final

import attrs
from attrs import field

from cmcore.base.asked import checked
from cmcore.base.errors import InvalidError, Problem
from cmcore.base.frozen import each_once
from cmcore.base.truth import Truth
from cmcore.base.values import internal
from cmcore.requests.desk import Desk, of_acknowledgements, of_resolutions
from cmcore.requests.dues import Dues
from cmcore.requests.follow_up.response_times import MEDIAN, Quantile, ResponseTimes, Timing
from cmcore.requests.follow_up.track import moment_of
from cmcore.requests.log import RequestLog, RequestState, RequestTrack, Turn
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

    They wait for a first answer, for each answer that was owed later, to be acknowledged, and until
    they are resolved.

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
    lens = _Lens(Dues(rules, log), moment, clock, tuple(shares))
    _check_shares(lens.shares)
    signs = attrs.evolve(lens, dues=Dues(of_acknowledgements(rules), log))
    ends = attrs.evolve(lens, dues=Dues(of_resolutions(rules), log))
    everything = log.tracks(moment)
    ways = each_once(excused)
    kept = [track for track in everything if not _is_excused(track, ways)]
    tracks = [track for track in kept if any(lens.heard([_first_turn(track)]))]
    later = {track.request.id for track in everything if _is_excused_later(track, ways)}
    return ResponseTimes(
        moment,
        zone=rules.zone,
        overall=lens.timing(tracks),
        turns=lens.turns(log.turns(moment), later),
        acknowledgements=signs.turns(log.acknowledgements(moment), later),
        resolution=ends.resolution(tracks, {track.request.id: track for track in everything}),
        by_network=lens.grouped(tracks, lambda track: [track.request.network or ""]),
        by_hour=lens.grouped(tracks, lambda track: [_hour(track, rules.zone)]),
        by_topic=lens.grouped(tracks, lambda track: track.request.topics or [""]),
        by_severity=lens.grouped(tracks, lambda track: [track.request.severity or ""]),
        by_holder=lens.grouped(tracks, lambda track: [track.holder or ""]),
        excused=len(everything) - len(kept),
        ignored=len(kept) - len(tracks),
    )


@internal
class _Lens:
    """What the times of any requests are looked at through."""

    dues: Dues = field(eq=False)
    at: datetime
    clock: BusinessClock | None
    shares: tuple[float, ...]

    def timing(self, tracks: Sequence[RequestTrack], name: str = "") -> Timing:
        """Return the times of some requests."""
        return self.timed([*self.heard(map(_first_turn, tracks))], name)

    def heard(self, turns: Iterable[Turn]) -> Iterator[Turn]:
        """Yield the turns in which something is owed, each since when it is."""
        return self.dues.turns(turns, self.at)

    def turns(self, turns: Iterable[Turn], excused: Collection[str]) -> Timing:
        """Return the times of all that was owed, without what some requests never needed."""
        kept = [one for one in turns if one.answered or one.request.id not in excused]
        return self.timed([*self.heard(kept)])

    def resolution(
        self, tracks: Iterable[RequestTrack], known: Mapping[str, RequestTrack]
    ) -> Timing:
        """Return the times until requests were resolved, what was merged with what it was into."""
        found = [Turn(track.request, track.request.at, _resolved(track, known)) for track in tracks]
        return self.timed([*self.heard(found)])

    def timed(self, turns: Sequence[Turn], name: str = "") -> Timing:
        """Return the times of some turns."""
        waits = [_wait(turn, self.at, self.clock) for turn in turns]
        verdicts = Counter(_verdict(turn, self.dues, self.at) for turn in turns)
        return Timing(
            name,
            len(waits),
            sum(wait.is_over for wait in waits),
            tuple(quantile(waits, share) for share in self.shares),
            **{verdict: verdicts[verdict] for verdict in _VERDICTS},
        )

    def grouped(
        self, tracks: Iterable[RequestTrack], names_of: Callable[[RequestTrack], Iterable[str]]
    ) -> tuple[Timing, ...]:
        """Return the times of the requests of each name, in order of names."""
        groups: dict[str, list[RequestTrack]] = {}
        for track in tracks:
            for name in names_of(track):
                groups.setdefault(name, []).append(track)
        return tuple(self.timing(groups[name], name) for name in sorted(groups))


def _check_shares(shares: Iterable[float]) -> None:
    found = [
        Problem.of("wrong-value", "shares", index, given=share, wanted="part-share")
        for index, share in enumerate(shares)
        if not 0 < share <= 1
    ]
    if found:
        raise InvalidError(found)


def _first_turn(track: RequestTrack) -> Turn:
    return Turn(track.request, track.request.at, track.answered)


def _is_excused(track: RequestTrack, excused: Collection[str]) -> bool:
    resolved = track.state is RequestState.RESOLVED and track.answered is None
    return resolved and track.how in excused


def _is_excused_later(track: RequestTrack, excused: Collection[str]) -> bool:
    """Tell whether a request was resolved so that what it was still owed needs no answer."""
    return track.state is RequestState.RESOLVED and track.how in excused


def _resolved(track: RequestTrack, known: Mapping[str, RequestTrack]) -> datetime | None:
    """Return when a request was resolved, if it is: with what it was merged into."""
    while track.into is not None:
        track = known[track.into]
    return track.since if track.state is RequestState.RESOLVED else None


def _hour(track: RequestTrack, zone: str) -> str:
    return f"{local(track.request.at, zone).hour:02}"


def _wait(turn: Turn, at: datetime, clock: BusinessClock | None) -> Wait:
    stop = turn.answered or at
    length = stop - turn.since if clock is None else clock.between(turn.since, stop)
    return Wait(length, turn.answered is not None)


_VERDICTS: Final = ("met", "missed", "pending", "untargeted", "undated")


def _verdict(turn: Turn, dues: Dues, at: datetime) -> str:
    """Say what happened to an answer: in time up to the instant when it is due, included."""
    if dues.target(turn) is None:
        return "untargeted"
    passed = dues.due(turn).passed(turn.answered or at)
    if passed is Truth.UNKNOWN:
        return "undated"
    in_time = "pending" if turn.answered is None else "met"
    return "missed" if passed is Truth.TRUE else in_time
