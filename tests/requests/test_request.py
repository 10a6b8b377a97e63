from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from cmcore import InvalidError, Request, RequestLog
from cmcore.requests import RequestEvent, RequestState
from cmcore.requests.request import DETAILS, RequestMove

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


def problems(error: pytest.ExceptionInfo[InvalidError]) -> list[str]:
    return [str(problem) for problem in error.value.problems]


def event(move: str, request: str = "r1", after: float = 1, **told: Any) -> RequestEvent:  # noqa: ANN401
    usual = {"to": "maud", "by": "maud", "how": "refunded", "reason": "a mistake", "into": "r2"}
    needed = {name: usual[name] for name in DETAILS[RequestMove(move)][0]}
    return RequestEvent(move, request, NINE + after * HOUR, **{**needed, **told})


def log(*events: RequestEvent) -> RequestLog:
    return RequestLog([Request("r1", NINE), Request("r2", NINE)], events)


class TestOne:
    """A request and an event, each by itself."""

    def test_instants_are_kept_in_utc(self) -> None:
        paris = timezone(HOUR)
        made = Request("r1", NINE.astimezone(paris), topics=["bill"])
        assert made == Request("r1", NINE, topics={"bill"})
        assert made.at.tzinfo is UTC
        assert event("waiting").at.tzinfo is UTC

    def test_every_problem_of_a_request_is_told(self) -> None:
        with pytest.raises(InvalidError) as caught:
            Request(" ", NINE.replace(tzinfo=None))
        assert [problem.path for problem in caught.value.problems] == [("id",), ("at",)]

    def test_an_unknown_move_is_refused_with_the_nearest(self) -> None:
        with pytest.raises(InvalidError) as caught:
            RequestEvent("answred", "r1", NINE)
        assert problems(caught) == [
            "move: `answred` is not a valid choice (did you mean `answered`?)"
        ]

    @pytest.mark.parametrize("move", list(RequestMove))
    def test_an_event_tells_what_its_move_needs(self, move: RequestMove) -> None:
        needed, others = DETAILS[move]
        assert event(move.value).move is move
        for name in needed:
            with pytest.raises(InvalidError, match=f"`{move}` does not say `{name}`"):
                event(move.value, "r1", 1, **{name: None})
        for name in {"by", "to", "how", "reason", "into"}.difference(needed, others):
            with pytest.raises(InvalidError, match=f"`{move}` has no `{name}`"):
                event(move.value, "r1", 1, **{name: "x"})

    @pytest.mark.parametrize(
        ("move", "told", "what"),
        [
            ("resolved", {"how": " "}, "how: `how` is empty (say how, as in `refunded` or"),
            ("reopened", {"reason": ""}, "reason: `reason` is empty (say why it is"),
            ("assigned", {"to": " maud"}, "to: `maud` cannot be an id (1 to 200 printable"),
        ],
    )
    def test_a_detail_that_says_nothing_is_refused(
        self, move: str, told: dict[str, Any], what: str
    ) -> None:
        with pytest.raises(InvalidError) as caught:
            event(move, "r1", 1, **told)
        assert problems(caught)[0].startswith(what)


class TestTracks:
    """What each move makes of a request."""

    def test_whoever_answers_first_has_it(self) -> None:
        track = log(event("answered", by="yann"), event("answered", after=2, by="zoe")).track("r1")
        assert (track.state, track.holder) == (RequestState.ASSIGNED, "yann")
        assert (track.owed, track.answered) == (None, NINE + HOUR)
        assert (track.at, track.since) == (NINE + 2 * HOUR, NINE + HOUR)

    def test_an_answer_is_owed_again_once_the_author_writes_again(self) -> None:
        told = log(
            event("answered"),
            event("waiting", after=2),
            event("wrote again", after=3),
            event("wrote again", after=4),
        )
        track = told.track("r1")
        assert (track.state, track.owed) == (RequestState.ASSIGNED, NINE + 3 * HOUR)
        assert told.track("r1", NINE + 2 * HOUR).state is RequestState.WAITING
        assert told.track("r1", NINE + 2 * HOUR).owed is None

    def test_a_like_acknowledges_and_neither_answers_nor_takes_the_request(self) -> None:
        told = log(event("acknowledged", by="maud"), event("wrote again", after=2))
        liked = told.track("r1", NINE + HOUR)
        assert (liked.state, liked.holder, liked.owed) == (RequestState.OPEN, None, NINE)
        assert liked.unacknowledged is None
        again = told.track("r1")
        assert (again.owed, again.unacknowledged) == (NINE, NINE + 2 * HOUR)
        assert log(event("answered", by="yann")).track("r1").unacknowledged is None

    def test_what_was_merged_is_acknowledged_with_the_other(self) -> None:
        told = log(event("merged", "r1", into="r2"), event("acknowledged", "r2", 2))
        assert [track.unacknowledged for track in told.tracks()] == [None, None]
        assert told.track("r1").owed == NINE

    def test_waiting_for_the_author_is_no_answer(self) -> None:
        track = log(event("assigned"), event("waiting", after=2)).track("r1")
        assert track.owed == NINE

    def test_a_request_is_resolved_then_reopened_with_whom_had_it(self) -> None:
        told = log(event("assigned"), event("resolved", after=2), event("reopened", after=3))
        assert told.track("r1", NINE + 2 * HOUR).how == "refunded"
        track = told.track("r1")
        assert (track.state, track.how, track.holder) == (RequestState.ASSIGNED, None, "maud")
        assert track.owed == NINE, "it never was answered"

    def test_what_is_reopened_after_its_answer_is_owed_another(self) -> None:
        told = log(event("answered"), event("resolved", after=2), event("reopened", after=3))
        track = told.track("r1")
        assert (track.owed, track.answered) == (NINE + 3 * HOUR, NINE + HOUR)

    def test_what_nobody_had_is_open_again(self) -> None:
        assert log(event("resolved"), event("reopened", after=2)).track("r1").state == "open"

    def test_a_word_of_thanks_after_the_end_leaves_it_resolved(self) -> None:
        told = log(event("resolved"), event("answered", after=2))
        assert told.track("r1").state is RequestState.RESOLVED

    def test_a_request_goes_private_and_from_hand_to_hand(self) -> None:
        track = log(
            event("assigned"),
            event("moved to private", after=2),
            event("handed over", after=3, to="yann", reason="speaks German"),
        ).track("r1")
        assert (track.private, track.holder, track.state) == (True, "yann", "assigned")

    def test_what_was_merged_is_answered_with_the_other(self) -> None:
        told = RequestLog(
            [Request("r1", NINE), Request("r2", NINE), Request("r3", NINE)],
            [
                event("merged", "r1", 1, into="r2"),
                event("merged", "r2", 2, into="r3"),
                event("answered", "r3", 3),
                event("answered", "r3", 4),
            ],
        )
        assert [track.answered for track in told.tracks()] == [NINE + 3 * HOUR] * 3
        assert told.track("r1", NINE + 2 * HOUR).owed == NINE
        assert told.track("r1").into == "r2"

    def test_what_was_merged_by_mistake_goes_its_own_way_again(self) -> None:
        told = log(
            event("merged"),
            event("reopened", after=2),
            event("answered", "r2", 3),
            event("merged", "r2", 4, into="r1"),
        )
        assert told.track("r1").answered is None
        assert told.track("r1").into is None
        assert told.track("r2").into == "r1"

    def test_which_states_are_live(self) -> None:
        assert [state for state in RequestState if state.is_live] == ["open", "assigned", "waiting"]


class TestLog:
    """A log is consistent, or every inconsistency is named."""

    def test_nothing_is_told_of_an_empty_log(self) -> None:
        empty = RequestLog()
        assert (empty.end, empty.tracks()) == (None, ())
        with pytest.raises(KeyError, match="no request is called `r1`"):
            empty.track("r1")

    def test_it_grows_and_looks_back(self) -> None:
        told = log().after(Request("r0", NINE + HOUR), event("answered", "r0", 2))
        assert [request.id for request in told.requests] == ["r1", "r2", "r0"]
        assert told.end == NINE + 2 * HOUR
        assert log().end == NINE
        assert len(told.tracks(NINE)) == 2
        with pytest.raises(KeyError, match="no request is called `r0`"):
            told.track("r0", NINE)

    def test_different_requests_may_be_told_one_after_the_other(self) -> None:
        events = [event("answered", after=5), event("answered", "r2", 3)]
        assert log(*events) == log(*reversed(events))
        assert log(*events).events == (events[1], events[0])

    def test_every_inconsistency_is_named_with_its_place(self) -> None:
        requests = [Request("r1", NINE), Request("r2", NINE), Request("r1", NINE + HOUR)]
        with pytest.raises(InvalidError) as caught:
            RequestLog(
                requests,
                [
                    event("answered", after=-1),
                    event("answered", "r9"),
                    event("answered", after=3),
                    event("answered", after=3),
                    event("waiting", after=2),
                    event("waiting", "r2"),
                ],
            )
        assert problems(caught) == [
            (
                "requests[2]: the request `r1` is received twice"
                " (it was received at 2026-03-02T09:00:00+00:00; keep one of them)"
            ),
            (
                "events[0]: `answered` comes before `r1` is received (it is at"
                " 2026-03-02T08:00:00+00:00, the request at 2026-03-02T09:00:00+00:00)"
            ),
            "events[1]: no request is called `r9` (every request begins by being received)",
            (
                "events[4]: `waiting` of `r1` is listed after a later event (it is at"
                " 2026-03-02T11:00:00+00:00, `answered` at 2026-03-02T12:00:00+00:00)"
            ),
            "events[5]: `r2` is open: it cannot be `waiting` (assign it, or answer it, first)",
        ]

    @pytest.mark.parametrize(
        ("events", "said"),
        [
            (
                [event("assigned"), event("assigned", after=2)],
                "events[1]: `r1` is assigned: it cannot be `assigned` (hand it over)",
            ),
            (
                [event("reopened")],
                "events[0]: `r1` is open: it cannot be `reopened` (it is not resolved)",
            ),
            (
                [event("resolved"), event("wrote again", after=2)],
                ("events[1]: `r1` is resolved: it cannot be `wrote again`"
                " (reopen it first, with a reason)"),
            ),
            (
                [event("merged"), event("answered", after=2)],
                ("events[1]: `r1` is merged: it cannot be `answered`"
                " (say it of `r2`, or reopen it first, with a reason)"),
            ),
            (
                [event("assigned"), event("handed over", after=2)],
                "events[1].to: `maud` has `r1` already (name somebody else)",
            ),
            (
                [event("merged", into="r1")],
                ("events[0].into: `r1` cannot be merged into itself"
                " (name the request that goes on)"),
            ),
            (
                [event("merged", into="q")],
                ("events[0].into: no request is called `q`"
                " (every request begins by being received)"),
            ),
            (
                [event("resolved", "r2"), event("merged", after=2)],
                ("events[1].into: `r2` is resolved: nothing can be merged into it"
                " (reopen it first, with a reason)"),
            ),
            (
                [event("merged"), event("merged", "r2", 2, into="r1")],
                ("events[1].into: `r1` is merged: nothing can be merged into it"
                " (say it of `r2`, or reopen it first, with a reason)"),
            ),
        ],
    )  # fmt: skip
    def test_what_the_table_does_not_allow_is_refused(
        self, events: list[RequestEvent], said: str
    ) -> None:
        with pytest.raises(InvalidError) as caught:
            log(*events)
        assert problems(caught) == [said]

    def test_nothing_is_merged_into_what_has_not_come(self) -> None:
        requests = [Request("r1", NINE), Request("r2", NINE + 3 * HOUR)]
        with pytest.raises(InvalidError) as caught:
            RequestLog(requests, [event("merged")])
        assert problems(caught) == [
            (
                "events[0].into: `r2` is not received before 2026-03-02T12:00:00+00:00"
                " (check the instants)"
            )
        ]

    def test_what_is_refused_leaves_what_follows_in_peace(self) -> None:
        with pytest.raises(InvalidError) as caught:
            log(event("waiting"), event("assigned", after=2), event("waiting", after=3))
        assert len(caught.value.problems) == 1
