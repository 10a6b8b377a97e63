"""What a desk ignores: counted as rules count, never in doubt, and never lost."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

import attrs
from hypothesis import given
from hypothesis import strategies as st

from cmcore import (
    Desk,
    Member,
    Request,
    RequestLog,
    Role,
    Team,
    backlog,
    days,
    fact,
    hours,
    route,
)
from cmcore.base.ledgers import Merged
from cmcore.charters.conditions.condition import Condition
from cmcore.requests import RequestEvent, Route, Target, response_times
from cmcore.requests.desk import FROM_AUTHOR, Selector
from cmcore.requests.dues import Dues
from cmcore.requests.routing import NoRoute
from cmcore.strategies import desks, request_logs

NOON: Final = datetime(2026, 3, 2, 12, tzinfo=UTC)
RECEIVED: Final = fact(FROM_AUTHOR)
LOGS: Final = request_logs(6, 6).filter(lambda log: bool(log.requests))
WINDOWS: Final = st.sampled_from([hours(1), days(1), days(40)])


def messages(log: RequestLog) -> list[tuple[datetime, Request]]:
    """Return everything that people wrote."""
    known = {one.id: one for one in log.requests}
    again = [(e.at, known[e.request]) for e in log.events if e.move == "wrote again"]
    return [*((one.at, one) for one in log.requests), *again]


def counted(log: RequestLog, request: Request, at: datetime, window: timedelta) -> int:
    """Count the earlier messages that surely are of the same person, in a window."""
    return sum(
        None not in {request.author, request.network}
        and (one.author, one.network) == (request.author, request.network)
        and at - window < when < at
        for when, one in messages(log)
    )


def settled(log: RequestLog, id_: str) -> list[tuple[datetime, str]]:
    return [(one.at, one.move) for one in log.events if one.request == id_]


@st.composite
def busy(draw: st.DrawFn) -> RequestLog:
    """Draw a log in which few people write often, and nothing is merged."""
    steps = st.sampled_from([0, 0, 1, 20, 90, 1500])
    at, made, events = NOON, [], list[RequestEvent]()
    for number in range(draw(st.integers(2, 7))):
        at += timedelta(minutes=draw(steps))
        author, network = draw(st.sampled_from(["ana", "ana", "bo", None])), "bluesky"
        made.append(Request(f"r{number}", at, author=author, network=network))
    for _ in range(draw(st.integers(0, 5))):
        at += timedelta(minutes=draw(steps))
        id_ = draw(st.sampled_from(made)).id
        move = draw(st.sampled_from(["wrote again", "answered", "acknowledged"]))
        told = {"by": "maud"} if move == "answered" else {}
        events.append(RequestEvent(move, id_, at, **told))
    return RequestLog(made, events)


@given(busy(), st.integers(1, 3), WINDOWS)
def test_what_is_owed_is_owed_since_the_first_message_that_is_not_ignored(
    log: RequestLog, most: int, window: timedelta
) -> None:
    desk = Desk(ignore=[Selector(when=RECEIVED.at_least(most, window))], targets=[Target(hours(1))])
    for item in backlog(log, None, desk).items:
        request, track = item.track.request, item.track
        waiting = [when for when, one in messages(log)
                   if one is request and track.owed is not None and when >= track.owed]  # fmt: skip
        heard = [when for when in waiting if counted(log, request, when, window) < most]
        assert item.owed == min(heard, default=None)
        assert item.due == (None if item.owed is None else item.owed + hours(1))
        assert item.is_ignored is (bool(waiting) and not heard)


@given(LOGS, desks(has_routes=False))
def test_nothing_is_lost(log: RequestLog, desk: Desk) -> None:
    found, all_ = backlog(log, None, desk), backlog(log, None, attrs.evolve(desk, ignore=()))
    assert found.counts == all_.counts
    assert {i.track for i in found.owed} | {i.track for i in found.ignored} == {
        i.track for i in all_.owed
    }
    times = response_times(log, None, desk, excused={"spam"})
    assert times.overall.count + times.excused + times.ignored == found.total


@given(busy(), st.sampled_from(["bluesky", None]), st.data())
def test_what_came_before_is_counted_without_a_copy(
    log: RequestLog, network: str | None, data: st.DataObject
) -> None:
    """Whoever is known wrote it, or may have: the messages of nobody known are not copied."""
    log = RequestLog(
        [attrs.evolve(one, network=data.draw(st.sampled_from(["bluesky", network, "x"])))
         for one in log.requests],
        log.events,
    )  # fmt: skip
    dues = Dues(Desk(ignore=[Selector(when=RECEIVED.at_least(1, hours(1)))]), log)
    for at, request in messages(log):
        found = dues.earlier(request, at)
        sure, maybe = list[datetime](), list[datetime]()
        for when, one in messages(log):
            known = {request.author, one.author, request.network, one.network}
            alike = one.author in {request.author, None} and (
                one.network == request.network or None in {one.network, request.network}
            )
            if when <= at and alike and (one, when) != (request, at):
                (maybe if None in known or when == at else sure).append(when)
        if request.author is None:
            assert found is None
        else:
            assert found is not None
            assert (found.sure, found.maybe) == (tuple(sorted(sure)), tuple(sorted(maybe)))
            both = (found.sure, found.maybe)
            parts = [part for many in both if isinstance(many, Merged) for part in many.parts]
            assert parts or not (sure or maybe)
            sources = {(one.author, one.network) for one in log.requests}
            assert len(parts) <= 3 * len(sources)


@given(busy(), st.integers(1, 3), WINDOWS)
def test_what_is_ignored_goes_to_nobody(log: RequestLog, most: int, window: timedelta) -> None:
    desk = Desk(ignore=[Selector(when=RECEIVED.at_least(most, window))], routes=[Route("desk")])
    crew = Team("crew", [], [Role("desk")])
    found = backlog(log, None, desk, crew)
    routed = {one.request.id for one in found.routings}
    for item in found.items:
        if item.track.state == "open":
            request = item.track.request
            gap = route(request, crew, desk, log.end, log).gap
            assert (gap is NoRoute.IGNORED) is item.is_ignored
            assert (request.id in routed) is not item.is_ignored


def test_a_request_alone_is_ignored_for_what_it_is() -> None:
    desk = Desk(ignore=[Selector(topics={"spam"})], routes=[Route("desk")])
    crew = Team("crew", [Member("ana", roles={"desk"})], [Role("desk")])
    spam, other = (Request("r", NOON, topics={topic}) for topic in ("spam", "bill"))
    found = route(spam, crew, desk)
    assert (found.gap, found.member, found.candidates) == (NoRoute.IGNORED, None, ())
    assert found.text().startswith(
        "`r` goes to nobody\n  the desk ignores what its author wrote"
    ), found.text()
    assert found.view().tone == ""
    assert route(other, crew, desk).gap is not NoRoute.IGNORED


#: Counts of which some are sure only where it is known who wrote, and what came before.
FREQUENCIES: Final = [
    *(RECEIVED.at_least(1, window) for window in (hours(1), days(1))),
    *(RECEIVED.fewer_than(count, window) for count in (1, 2) for window in (hours(1), days(1))),
    RECEIVED.fewer_than(2, per="day"), RECEIVED.at_most(1, ever=True),
    RECEIVED.at_least_since(hours(1)),
]  # fmt: skip


@given(busy(), st.sampled_from(FREQUENCIES), st.data())
def test_what_is_ignored_is_so_whatever_turns_out(
    log: RequestLog, often: Condition, data: st.DataObject
) -> None:
    """More is known later of who wrote, and of what came before: it never is heard after all."""
    desk = Desk(ignore=[Selector(when=often)])
    names = st.sampled_from(["ana", "bo"])
    filled = [
        attrs.evolve(one, author=one.author or data.draw(names), network=one.network or "bluesky")
        for one in log.requests
    ]
    begin = log.begin or NOON
    older = [
        Request(f"older {n}", begin - timedelta(minutes=ago), author=who, network="bluesky")
        for n, (who, ago) in enumerate(
            data.draw(st.lists(st.tuples(names, st.sampled_from([1, 300, 5000])), max_size=3))
        )
    ]
    known = RequestLog([*older, *filled], log.events)
    before, after = Dues(desk, log), Dues(desk, known)
    for one, told in zip(log.requests, filled, strict=True):
        if one.network is not None and before.ignores(one, one.at):
            assert after.ignores(told, told.at)


@given(busy(), st.integers(1, 3), WINDOWS)
def test_nobody_unknown_is_ignored(log: RequestLog, most: int, window: timedelta) -> None:
    desk = Desk(ignore=[Selector(when=RECEIVED.at_least(most, window))])
    nameless = RequestLog([attrs.evolve(one, author=None) for one in log.requests], log.events)
    assert backlog(nameless, None, desk).ignored == ()


@given(busy(), st.integers(1, 3), WINDOWS, st.data())
def test_a_name_counts_as_accounts_compare(
    log: RequestLog, most: int, window: timedelta, data: st.DataObject
) -> None:
    """With another case or an `@` in front, it is the same person."""
    desk = Desk(ignore=[Selector(when=RECEIVED.at_least(most, window))])
    dress: st.SearchStrategy[Callable[[str], str]] = st.sampled_from([str, str.upper, "@{}".format])
    dressed = RequestLog(
        [
            attrs.evolve(one, author=one.author and data.draw(dress)(one.author))
            for one in log.requests
        ],
        log.events,
    )
    plain, told = backlog(log, None, desk), backlog(dressed, None, desk)
    assert [i.track.request.id for i in told.ignored] == [i.track.request.id for i in plain.ignored]
    assert [i.due for i in told.items] == [i.due for i in plain.items]


def three_a_day(times: Sequence[int]) -> RequestLog:
    return RequestLog(
        Request(f"r{n}", NOON + hours(1) * time, author="lena", network="bluesky")
        for n, time in enumerate(times)
    )


def test_three_messages_of_one_person_a_day_are_ignored_after_that() -> None:
    """The clause catches the fourth message of a day, and none the day after."""
    desk = Desk(ignore=[Selector(when=RECEIVED.at_least(3, days(1)))], routes=[Route("desk")])
    found = backlog(three_a_day([0, 1, 2, 3, 40]), None, desk)
    assert [item.track.request.id for item in found.ignored] == ["r3"]
    assert "1 ignored, as the desk says" in found.text()
    again = three_a_day([0, 1, 2, 3]).after(RequestEvent("wrote again", "r3", NOON + hours(40)))
    (item,) = [i for i in backlog(again, None, desk).items if i.track.request.id == "r3"]
    assert item.owed == NOON + hours(40), "the next day, she is heard again"
    reopened = three_a_day([0, 1, 2, 3]).after(
        RequestEvent("resolved", "r3", NOON + hours(4), how="ignored"),
        RequestEvent("reopened", "r3", NOON + hours(5), reason="she is right"),
    )
    assert backlog(reopened, None, desk).ignored == (), "somebody looked at it"
    assert response_times(reopened, None, desk).ignored == 0
