"""Requests: none is ever lost, and none is taken up again without a reason."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from cmcore import Desk, InvalidError, Request, RequestLog, backlog, hours, minutes
from cmcore.requests import RequestEvent, RequestState, Target
from cmcore.requests.log import TRANSITIONS
from cmcore.requests.request import DETAILS, RequestMove
from cmcore.strategies import desks, request_logs

NOON: Final = datetime(2026, 3, 2, 12, tzinfo=UTC)
OVER: Final = ("resolved", "merged")
DESK: Final = Desk(targets=[Target(hours(1))], acknowledge=[Target(minutes(20))])
DEEP: Final = settings().max_examples >= 20_000


# ------------------------------------------------------------------------------- a naive account


@dataclass
class Told:
    """Where a request is, as one would tell it."""

    at: datetime
    state: str = "open"
    who: str | None = None
    into: str | None = None

    @property
    def is_over(self) -> bool:
        return self.state in OVER


def story(requests: list[Request], events: list[RequestEvent]) -> dict[str, Told] | None:
    """Tell where every request ends, in plain steps; None where the story makes no sense."""
    told = {one.id: Told(one.at) for one in requests}
    last: dict[str, datetime] = {}
    if len(told) < len(requests):
        return None
    for event in events:
        if event.request not in told or event.at < told[event.request].at:
            return None
        if event.at < last.get(event.request, event.at):
            return None
        last[event.request] = event.at
    for event in sorted(events, key=lambda event: event.at):
        if not _makes_sense(told, event):
            return None
        _go_on(told[event.request], event)
    return told


def _makes_sense(told: dict[str, Told], event: RequestEvent) -> bool:
    here, there = told[event.request], told.get(event.into or "")
    asked = {
        "assigned": here.who is None,
        "handed over": here.who not in {None, event.to},
        "waiting": here.state == "assigned",
        "merged": there is not None
        and there is not here
        and there.at <= event.at
        and not there.is_over,
    }
    if event.move in {"answered", "acknowledged"}:
        return here.state != "merged"
    return here.is_over if event.move == "reopened" else not here.is_over and asked.get(
        event.move, True)  # fmt: skip


def _go_on(here: Told, event: RequestEvent) -> None:
    if event.move in {"assigned", "handed over"}:
        here.who = event.to
    if event.move == "answered" and here.who is None:
        here.who = event.by
    if event.move in {"waiting", "resolved", "merged"}:
        here.state = event.move.value
    if event.move in {"wrote again", "reopened"} or here.state == "open":
        here.state = "open" if here.who is None else "assigned"
    here.into = event.into if here.state == "merged" else None


def instants(log: RequestLog) -> list[datetime]:
    """Return every instant that is told of, in order."""
    received = {request.at for request in log.requests}
    return sorted(received | {event.at for event in log.events})


# ------------------------------------------------------------------------------------ the machine

_IDS: Final = st.sampled_from("abcd")
_PEOPLE: Final = st.sampled_from(["maud", "yann"])
_STEPS: Final = st.sampled_from([0, 0, 1, 1, 5, 40, 90, -1, -45])
_DETAILS: Final = {
    "by": _PEOPLE, "to": _PEOPLE, "into": _IDS, "how": st.just("refunded"),
    "reason": st.just("a mistake"),
}  # fmt: skip


class Losing(RuleBasedStateMachine):
    """Tries anything at any time, to lose a request or to bring one back without a reason."""

    def __init__(self) -> None:
        super().__init__()
        self.log = RequestLog()
        self.requests: list[Request] = []
        self.events: list[RequestEvent] = []
        self.now = NOON

    def _at(self, step: int) -> datetime:
        at = self.now + timedelta(minutes=step)
        self.now = max(self.now, at)
        return at

    @initialize()
    def begin(self) -> None:
        self._try(Request("a", NOON))

    @rule(id_=_IDS, step=_STEPS)
    def receive(self, id_: str, step: int) -> None:
        self._try(Request(id_, self._at(step)))

    @rule(move=st.sampled_from(RequestMove), id_=_IDS, step=_STEPS, data=st.data())
    def happen(self, move: RequestMove, id_: str, step: int, data: st.DataObject) -> None:
        told = {name: data.draw(_DETAILS[name]) for name in DETAILS[move][0]}
        self._try(RequestEvent(move, id_, self._at(step), **told))

    @rule(data=st.data(), step=st.sampled_from([0, 1, 30]))
    def happen_next(self, data: st.DataObject, step: int) -> None:
        """Try what the state allows, so that programs get somewhere."""
        track = data.draw(st.sampled_from(self.log.tracks()))
        moves = [move for move, states in TRANSITIONS.items() if track.state in states]
        self.happen(data.draw(st.sampled_from(moves)), track.request.id, step, data)

    def _try(self, one: Request | RequestEvent) -> None:
        requests = [*self.requests, *([one] if isinstance(one, Request) else [])]
        events = [*self.events, *([one] if isinstance(one, RequestEvent) else [])]
        told = story(requests, events)
        before = self.log.tracks()
        if told is None:
            with pytest.raises(InvalidError) as caught:
                RequestLog(requests, events)
            assert all(problem.hint for problem in caught.value.problems)
            assert self.log.tracks() == before
            return
        self.log, self.requests, self.events = RequestLog(requests, events), requests, events
        assert {
            track.request.id: (track.state.value, track.holder, track.into)
            for track in self.log.tracks()
        } == {id_: (one.state, one.who, one.into) for id_, one in told.items()}

    @invariant()
    def nothing_is_lost(self) -> None:
        adds_up(self.log, None)
        adds_up(self.log, self.now - timedelta(minutes=30))

    @invariant()
    def whoever_waits_is_seen(self) -> None:
        seen(self.log)

    def teardown(self) -> None:
        for at in instants(self.log):
            adds_up(self.log, at)
        comes_back_with_a_reason(self.log)


def adds_up(log: RequestLog, at: datetime | None) -> None:
    at = at if log.requests else NOON
    found = backlog(log, at, DESK)
    received = {one.id for one in log.requests if at is None or one.at <= at}
    assert {item.track.request.id for item in found.items} == received
    assert sum(found.counts.values()) == found.total == len(received)
    assert found.counts == {
        **dict.fromkeys((state.value for state in RequestState), 0),
        **Counter(item.track.state.value for item in found.items),
    }


def seen(log: RequestLog) -> None:
    """Check that whoever is owed an answer is owed it in the backlog, by whatever it went into."""
    found = {item.track.request.id: item for item in backlog(log, None, DESK).items}
    for track in log.tracks():
        above = track
        while above.into is not None:
            above = log.track(above.into)
        item = found[above.request.id]
        if track.owed is not None and above.state.is_live:
            assert item.owed is not None
            assert item.owed <= track.owed
            assert item.due is not None
            assert item.due <= track.owed + hours(1)
        if track.unacknowledged is not None and above.state.is_live:
            assert track.owed is not None, "an answer acknowledges"
            assert track.owed <= track.unacknowledged
            assert item.acknowledge_by is not None
            assert item.acknowledge_by <= track.unacknowledged + minutes(20)


def comes_back_with_a_reason(log: RequestLog) -> None:
    for event in log.events:
        moment = event.at - timedelta(microseconds=1)
        before = [track for track in log.tracks(moment) if track.request.id == event.request]
        was_over = [track for track in before if track.state in OVER]
        if was_over and log.track(event.request, event.at).state not in OVER:
            same = [one for one in log.events if (one.request, one.at) == (event.request, event.at)]
            assert any(one.move == "reopened" and one.reason for one in same)


Losing.TestCase.settings = settings(
    max_examples=2_000 if DEEP else 25, stateful_step_count=50 if DEEP else 25
)


class TestNothingIsLost(Losing.TestCase):  # type: ignore[misc,valid-type]
    """No sequence of events loses a request, or resolves it and takes it up without a reason."""


# -------------------------------------------------------------------------------------- the table


class TestTransitions:
    """The table of transitions can be read at a glance, and cannot be changed."""

    def test_only_reopening_leaves_what_is_over(self) -> None:
        for move, states in TRANSITIONS.items():
            for state, after in states.items():
                if state in OVER and after not in OVER:
                    assert move is RequestMove.REOPENED

    def test_every_state_is_reached_and_can_be_left(self) -> None:
        pairs = [pair for states in TRANSITIONS.values() for pair in states.items()]
        assert {after for _, after in pairs} | {RequestState.OPEN} == set(RequestState)
        assert {state for state, after in pairs if state is not after} == set(RequestState)

    def test_it_is_frozen(self) -> None:
        with pytest.raises(TypeError):
            TRANSITIONS[RequestMove.MERGED] = {}  # type: ignore[index]
        with pytest.raises(TypeError):
            TRANSITIONS[RequestMove.MERGED][RequestState.OPEN] = RequestState.OPEN  # type: ignore[index]


#: What may befall a request twice, and changes nothing the second time.
AGAIN: Final = (
    RequestMove.ACKNOWLEDGED, RequestMove.ANSWERED, RequestMove.TO_PRIVATE, RequestMove.WROTE_AGAIN
)  # fmt: skip


class TestLogs:
    """A log is the same whatever the order in which different requests are told."""

    @given(request_logs(), st.randoms(use_true_random=False))
    def test_requests_may_be_told_in_any_order(self, log: RequestLog, random: Any) -> None:  # noqa: ANN401
        shuffled = list(log.requests)
        random.shuffle(shuffled)
        assert RequestLog(shuffled, log.events) == log
        adds_up(log, None)

    @given(request_logs(), st.data())
    def test_what_is_told_twice_in_one_instant_happened_twice(
        self, log: RequestLog, data: st.DataObject
    ) -> None:
        twice = [n for n, event in enumerate(log.events) if event.move in AGAIN]
        assume(twice)
        place = data.draw(st.sampled_from(twice))
        events = [*log.events[:place], log.events[place], *log.events[place:]]
        assert RequestLog(log.requests, events).tracks() == log.tracks()

    @given(request_logs(), st.data())
    def test_what_comes_later_changes_nothing_before(
        self, log: RequestLog, data: st.DataObject
    ) -> None:
        at = data.draw(st.sampled_from(instants(log) or [NOON]))
        until = RequestLog(
            [one for one in log.requests if one.at <= at],
            [event for event in log.events if event.at <= at],
        )
        assert until.tracks() == log.tracks(at)

    @given(request_logs(), desks(has_routes=False), st.data())
    def test_what_is_overdue_stays_so_until_something_happens(
        self, log: RequestLog, desk: Desk, data: st.DataObject
    ) -> None:
        end = log.end or NOON
        first = end + data.draw(st.timedeltas(timedelta(0), timedelta(days=9)))
        then = first + data.draw(st.timedeltas(timedelta(0), timedelta(days=9)))
        before, after = backlog(log, first, desk), backlog(log, then, desk)
        assert {i.track for i in before.overdue} <= {i.track for i in after.overdue}
        assert before.counts == after.counts
