"""Tracks: the state of each request after each event, by a table of what may follow what."""

from bisect import bisect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from itertools import chain, pairwise
from types import MappingProxyType
from typing import Any, Final

import attrs
from attrs import field

from cmcore.base.asked import checked_late
from cmcore.base.errors import Problem, enough, refuse_any
from cmcore.base.frozen import FrozenMap
from cmcore.base.ids import nearest
from cmcore.base.values import value
from cmcore.requests.request import Request, RequestEvent, RequestMove
from cmcore.time.week import require_aware


class RequestState(StrEnum):
    """The state of a request: every request is in exactly one, from the moment it is received."""

    OPEN = "open"
    ASSIGNED = "assigned"
    WAITING = "waiting"
    RESOLVED = "resolved"
    MERGED = "merged"

    @property
    def is_live(self) -> bool:
        """Whether there is still something to do about it, for us or for its author."""
        return self in _LIVE


_LIVE: Final = (RequestState.OPEN, RequestState.ASSIGNED, RequestState.WAITING)
_OPEN, _ASSIGNED, _WAITING, _RESOLVED, _MERGED = RequestState
_SAME: Final = {state: state for state in _LIVE}
#: The next state for each move and state; anything else is refused. A request that would be
#: assigned to nobody is open.
TRANSITIONS: Final[Mapping[RequestMove, Mapping[RequestState, RequestState]]] = MappingProxyType(
    {
        RequestMove.ASSIGNED: MappingProxyType({_OPEN: _ASSIGNED}),
        RequestMove.ACKNOWLEDGED: MappingProxyType({**_SAME, _RESOLVED: _RESOLVED}),
        RequestMove.ANSWERED: MappingProxyType({**_SAME, _OPEN: _ASSIGNED, _RESOLVED: _RESOLVED}),
        RequestMove.HANDED_OVER: MappingProxyType({_ASSIGNED: _ASSIGNED, _WAITING: _WAITING}),
        RequestMove.TO_PRIVATE: MappingProxyType(_SAME),
        RequestMove.WAITING: MappingProxyType({_ASSIGNED: _WAITING}),
        RequestMove.WROTE_AGAIN: MappingProxyType({**_SAME, _WAITING: _ASSIGNED}),
        RequestMove.RESOLVED: MappingProxyType(dict.fromkeys(_LIVE, _RESOLVED)),
        RequestMove.REOPENED: MappingProxyType(dict.fromkeys((_RESOLVED, _MERGED), _ASSIGNED)),
        RequestMove.MERGED: MappingProxyType(dict.fromkeys(_LIVE, _MERGED)),
    }
)


@value
class RequestTrack:
    """What is known about a request at some time.

    `at` is when this became known, and `since` when its state began. `holder` is who has it. An
    answer has been owed since `owed`: since it was received, or its author wrote again, or it was
    reopened; None once it is answered. `answered` is the time of the first answer. An
    acknowledgement has been owed since `unacknowledged`; an answer acknowledges, too. A merged
    request is answered and acknowledged with the request it was merged `into`.
    """

    request: Request
    state: RequestState
    at: datetime
    since: datetime
    holder: str | None = None
    owed: datetime | None = None
    answered: datetime | None = None
    unacknowledged: datetime | None = None
    how: str | None = None
    into: str | None = None
    private: bool = False


@value
class Turn:
    """A time in which a request was owed an answer, until it was `answered`; None: not yet.

    It is owed `since` the request was received, its author wrote again, or it was reopened. Where
    an acknowledgement was owed, `answered` is when it came.
    """

    request: Request
    since: datetime
    answered: datetime | None = None


def first_track(request: Request) -> RequestTrack:
    """Return the track of a request that was just received."""
    at = request.at
    return RequestTrack(request, RequestState.OPEN, at, at, owed=at, unacknowledged=at)


_Changes = Callable[[RequestTrack, RequestEvent], dict[str, Any]]
_CHANGES: Final[Mapping[RequestMove, _Changes]] = MappingProxyType(
    {
        RequestMove.ASSIGNED: lambda _, event: {"holder": event.to},
        RequestMove.ACKNOWLEDGED: lambda track, event: _acknowledged(track, event.at),
        RequestMove.ANSWERED: lambda track, event: {
            "holder": track.holder or event.by,
            **_answered(track, event.at),
        },
        RequestMove.HANDED_OVER: lambda _, event: {"holder": event.to},
        RequestMove.TO_PRIVATE: lambda _, __: {"private": True},
        RequestMove.WAITING: lambda _, __: {},
        RequestMove.WROTE_AGAIN: lambda track, event: _owed(track, event.at),
        RequestMove.RESOLVED: lambda _, event: {"how": event.how},
        RequestMove.REOPENED: lambda track, event: {
            **_owed(track, event.at),
            "how": None,
            "into": None,
        },
        RequestMove.MERGED: lambda _, event: {"into": event.into},
    }
)


def _owed(track: RequestTrack, at: datetime) -> dict[str, Any]:
    return {"owed": track.owed or at, "unacknowledged": track.unacknowledged or at}


def _acknowledged(_: RequestTrack, __: datetime) -> dict[str, Any]:
    return {"unacknowledged": None}


def _answered(track: RequestTrack, at: datetime) -> dict[str, Any]:
    return {"owed": None, "answered": track.answered or at, **_acknowledged(track, at)}


#: What settles a request together with all that was merged into it, and how.
_SETTLED: Final[Mapping[RequestMove, Callable[[RequestTrack, datetime], dict[str, Any]]]] = (
    MappingProxyType({RequestMove.ACKNOWLEDGED: _acknowledged, RequestMove.ANSWERED: _answered})
)


def moved(track: RequestTrack, event: RequestEvent) -> RequestTrack:
    """Return the track after an event of its own request that the table allows; KeyError else."""
    state = TRANSITIONS[event.move][track.state]
    changes = _CHANGES[event.move](track, event)
    if state is RequestState.ASSIGNED and not changes.get("holder", track.holder):
        state = RequestState.OPEN
    since = track.since if state is track.state else event.at
    return attrs.evolve(track, state=state, at=event.at, since=since, **changes)


# -------------------------------------------------------------------------------------- the fold


class _Fold:
    """Takes the events one by one, and keeps every track that each request went through."""

    def __init__(self, requests: Iterable[Request]) -> None:
        self.trails = {request.id: [first_track(request)] for request in requests}
        self._merged: dict[str, str] = {}

    def now(self, id_: str) -> RequestTrack:
        """Return the last track of a request."""
        return self.trails[id_][-1]

    def take(self, event: RequestEvent) -> Iterator[Problem]:
        """Follow an event, or yield what forbids it and leave everything as it is."""
        track = self.now(event.request)
        found = list(self._problems(track, event))
        if found:
            yield from found
            return
        after = moved(track, event)
        self.trails[event.request].append(after)
        if after.into is not None:
            self._merged[event.request] = after.into
        else:
            self._merged.pop(event.request, None)
        if event.move in _SETTLED:
            for below in self._below(event.request):
                self._settle(self.now(below), event)

    def _below(self, id_: str) -> list[str]:
        """Return the requests that were merged into one, through others or not."""
        found = [id_]
        for above in found:
            found += (one for one, into in self._merged.items() if into == above)
        return found[1:]

    def _settle(self, track: RequestTrack, event: RequestEvent) -> None:
        after = attrs.evolve(track, **_SETTLED[event.move](track, event.at))
        if after != track:
            self.trails[track.request.id].append(attrs.evolve(after, at=event.at))

    def _problems(self, track: RequestTrack, event: RequestEvent) -> Iterator[Problem]:
        if track.state not in TRANSITIONS[event.move]:
            yield Problem.of(
                "move-not-possible",
                request=event.request,
                state=track.state,
                move=event.move,
                goes_on=track.into or "",
                hint=_way_out(track, event.move),
            )
        elif event.move is RequestMove.HANDED_OVER and event.to == track.holder:
            yield Problem.of("has-it-already", "to", to=event.to, request=event.request)
        elif event.into is not None:
            yield from self._into_problems(event.request, event.into, event.at)

    def _into_problems(self, id_: str, into: str, at: datetime) -> Iterator[Problem]:
        if into not in self.trails:
            yield unknown_request(into, self.trails, "into")
        elif into == id_:
            yield Problem.of("merged-into-itself", "into", request=id_)
        elif at < (other := self.now(into)).request.at:
            yield Problem.of("merged-too-early", "into", into=into, received=other.request.at)
        elif not other.state.is_live:
            yield Problem.of(
                "merged-into-closed",
                "into",
                into=into,
                state=other.state,
                goes_on=other.into or "",
                hint=_way_out(other, RequestMove.MERGED),
            )


def _way_out(track: RequestTrack, move: RequestMove) -> str | None:
    """Return the code of the hint about a move that the state forbids, if it has one of its own."""
    if track.state is RequestState.MERGED:
        return None
    if track.state is RequestState.RESOLVED:
        return "reopen-first"
    if move is RequestMove.REOPENED:
        return "not-resolved"
    return "hand-over" if track.holder else "assign-first"


def unknown_request(id_: str, known: Iterable[str], *path: str | int) -> Problem:
    """Return the problem of an id that no request has."""
    return Problem.of("unknown-request", *path, name=id_, near=nearest(id_, known))


def _turns(trail: Iterable[RequestTrack], owed: str) -> Iterator[Turn]:
    """Yield the times in which something was owed, along the tracks of one request."""
    turn: Turn | None = None
    for track in trail:
        since = getattr(track, owed)
        if turn is None and since is not None:
            turn = Turn(track.request, since)
        elif turn is not None and since is None:
            yield attrs.evolve(turn, answered=track.at)
            turn = None
    if turn is not None:
        yield turn


# --------------------------------------------------------------------------------------- the log


def _requests(many: Iterable[Request]) -> tuple[Request, ...]:
    return tuple(many)


def _events(many: Iterable[RequestEvent]) -> tuple[RequestEvent, ...]:
    return tuple(many)


def _untold(log: "RequestLog") -> FrozenMap[tuple[RequestTrack, ...]]:
    """Follow every event in order of time; those at one instant, as they are given."""
    odd = enough(chain(_double_requests(log.requests), _misplaced(log)))
    wrong = {problem.path[1] for problem in odd if problem.path[0] == "events"}
    fold = _Fold({one.id: one for one in reversed(log.requests)}.values())
    is_read = all(problem.code != "newest-first" for problem in odd)
    ordered = sorted(enumerate(log.events if is_read else ()), key=lambda pair: pair[1].at)
    taken = (problem.under("events", index) for index, event in ordered if index not in wrong
             for problem in fold.take(event))  # fmt: skip
    refuse_any(sorted(enough(chain(odd, taken)), key=_place))
    return FrozenMap({id_: tuple(trail) for id_, trail in fold.trails.items()})


def _place(problem: Problem) -> tuple[bool, str | int]:
    kind, index, *_ = problem.path
    return kind != "requests", index


def _double_requests(requests: tuple[Request, ...]) -> Iterator[Problem]:
    first: dict[str, Request] = {}
    for index, request in enumerate(requests):
        if request.id in first:
            received = first[request.id].at
            yield Problem.of(
                "request-twice", "requests", index, request=request.id, received=received
            )
        first.setdefault(request.id, request)


def _misplaced(log: "RequestLog") -> Iterator[Problem]:
    """Yield the events of no request, and those out of time; once, where all are backwards."""
    backwards = _are_backwards(log.events)
    received = {request.id: request.at for request in reversed(log.requests)}
    before: dict[str, RequestEvent] = {}
    late = 0
    for index, event in enumerate(log.events):
        place = ("events", index)
        last = before.get(event.request)
        if event.request not in received:
            yield unknown_request(event.request, received, *place)
        elif event.at < received[event.request]:
            yield Problem.of(
                "event-before-request",
                *place,
                move=event.move,
                request=event.request,
                at=event.at,
                received=received[event.request],
            )
        elif last is not None and event.at < last.at and backwards:
            late = late or index
        elif last is not None and event.at < last.at:
            yield Problem.of(
                "event-too-late",
                *place,
                move=event.move,
                request=event.request,
                at=event.at,
                last=last.move,
                later=last.at,
            )
        else:
            before[event.request] = event
    if late:
        yield Problem.of("newest-first", "events", late)


def _are_backwards(events: Sequence[RequestEvent]) -> bool:
    """Return whether events come the newest first, as many exports have them."""
    is_slip = len(events) <= 2  # noqa: PLR2004 - two events that change places
    return not is_slip and all(one.at >= two.at for one, two in pairwise(events))


@value
class RequestLog:
    """Requests and their events, which are consistent with each other; requests in order of time.

    The events of one request must be in order of time; those of different requests may be in any
    order. The log then sorts them by time.

    Raises:
        InvalidError: with every inconsistency and its place: requests received twice, events of
            unknown requests, before receipt or out of order, and those that the table of
            transitions does not allow.
    """

    requests: tuple[Request, ...] = field(default=(), converter=_requests)
    events: tuple[RequestEvent, ...] = field(default=(), converter=_events)
    _trails: FrozenMap[tuple[RequestTrack, ...]] = field(
        default=attrs.Factory(_untold, takes_self=True), init=False, eq=False, repr=False
    )

    def __attrs_post_init__(self) -> None:
        by_time = tuple(sorted(self.requests, key=lambda one: (one.at, one.id)))
        object.__setattr__(self, "requests", by_time)
        events = tuple(sorted(self.events, key=lambda event: event.at))
        object.__setattr__(self, "events", events)

    def after(self, *more: Request | RequestEvent) -> "RequestLog":
        """Return the log with more requests and events, which come after the existing ones."""
        requests = [one for one in more if isinstance(one, Request)]
        events = [one for one in more if isinstance(one, RequestEvent)]
        return RequestLog((*self.requests, *requests), (*self.events, *events))

    @property
    def begin(self) -> datetime | None:
        """The first instant in the log; None if it is empty."""
        first = [request.at for request in self.requests[:1]]
        return min([*first, *(event.at for event in self.events[:1])], default=None)

    @property
    def end(self) -> datetime | None:
        """The last instant in the log; None if it is empty."""
        last = [request.at for request in self.requests[-1:]]
        return max([*last, *(event.at for event in self.events[-1:])], default=None)

    def tracks(self, at: datetime | None = None) -> tuple[RequestTrack, ...]:
        """Return the state of every request received by `at`, including events at `at`.

        If `at` is None, all of them at the end of the log.

        Raises:
            InvalidError: when `at` is naive.
        """
        at = None if at is None else require_aware(at, "at")
        received = (one for one in self.requests if at is None or one.at <= at)
        return tuple(self.track(one.id, at) for one in received)

    def turns(self, at: datetime | None = None) -> tuple[Turn, ...]:
        """Return each time in which an answer was owed, as known at `at`, in order of time.

        Of a request whose author wrote again after an answer there are two. At the end of the log,
        where `at` is None.

        Raises:
            InvalidError: when `at` is naive.
        """
        return self._stretches("owed", at)

    def acknowledgements(self, at: datetime | None = None) -> tuple[Turn, ...]:
        """Return each time in which an acknowledgement was owed, as `turns` does for answers.

        Raises:
            InvalidError: when `at` is naive.
        """
        return self._stretches("unacknowledged", at)

    def _stretches(self, owed: str, at: datetime | None) -> tuple[Turn, ...]:
        at = None if at is None else require_aware(at, "at")
        trails = ([one for one in trail if at is None or one.at <= at]
                  for trail in self._trails.values())  # fmt: skip
        found = chain.from_iterable(_turns(trail, owed) for trail in trails)
        return tuple(sorted(found, key=lambda turn: (turn.since, turn.request.id)))

    @checked_late
    def track(self, id: str, at: datetime | None = None) -> RequestTrack:  # noqa: A002
        """Return the state of a request at `at`; KeyError when there is none, or it comes later.

        Raises:
            InvalidError: when `at` is naive.
        """
        at = None if at is None else require_aware(at, "at")
        trail = self._trails.get(id, ())
        count = len(trail) if at is None else bisect(trail, at, key=lambda track: track.at)
        if not count:
            message = str(unknown_request(id, self._trails))
            raise KeyError(message)
        return trail[count - 1]
