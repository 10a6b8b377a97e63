"""Events that came so long after another, the time of which is not known as well."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from cmcore import (
    Act,
    Incident,
    InvalidError,
    Playbook,
    conduct,
    hours,
    minutes,
    structure,
    unstructure,
)
from cmcore.incidents import ActEvent, After, Duty, FactEvent, HoldEvent, IncidentEvent, StepEvent

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
QUICK = Playbook("quick", [Duty("put right", "correct", within=minutes(10))])
FALSE = FactEvent("late", NOON - hours(9), that={"late": True})
OPENED = StepEvent("opened", NOON - hours(6), step="opened")
POST = ActEvent(
    "post",
    NOON,
    tolerance=hours(1),
    act=Act(kind="publish", text="All is on time."),
    claims={"late": False},
)


def correction(by: timedelta) -> ActEvent:
    told = ActEvent("sorry", NOON, act=Act(kind="publish", text="It is late."), corrects=["post"])
    return told.following(POST, by, minutes(1))


def standing(*events: IncidentEvent) -> str:
    incident = Incident("i", [FALSE, OPENED, *events], until=NOON + hours(9))
    (found,) = conduct(incident, QUICK).findings
    return str(found.standing)


def test_what_came_minutes_after_is_judged_though_the_hour_is_vague() -> None:
    """Within ten minutes: five are, twelve are not, and without the tie nobody knows."""
    assert standing(POST, correction(minutes(5))) == "kept"
    assert standing(POST, correction(minutes(12))) == "breached"
    for by, what in {9: "kept", 10: "unknown", 11: "unknown"}.items():
        assert standing(POST, correction(minutes(by))) == what, "a minute less, or more"
    loose = ActEvent(
        "sorry",
        NOON + minutes(5),
        tolerance=hours(1),
        act=Act(kind="publish", text="It is late."),
        corrects=["post"],
    )
    assert standing(POST, loose) == "unknown"


@given(st.integers(0, 20), st.integers(0, 15), st.sampled_from([0, 3, 60]))
def test_the_margin_that_is_shown_is_the_one_that_is_judged(
    more: int, off: int, vague: int
) -> None:
    """Of two instants that count from one event, the margin is off by what lies between them."""
    by = off + more
    post = evolve(POST, tolerance=minutes(vague))
    told = ActEvent("sorry", NOON, act=Act(kind="publish", text="It is late."), corrects=["post"])
    events = [FALSE, OPENED, post, told.following(post, minutes(by), minutes(off))]
    (found,) = conduct(Incident("i", events, until=NOON + hours(9)), QUICK).findings
    margin, tolerance = minutes(10 - by), minutes(off)
    kept, late = margin >= tolerance, margin < -tolerance
    assert found.standing == ("kept" if kept else "breached" if late else "unknown")
    assert (found.margin, found.margin_tolerance) == (margin, tolerance)


def test_the_margin_of_what_counts_from_one_event_is_shown_as_judged() -> None:
    told = Incident("i", [FALSE, OPENED, POST, correction(minutes(5))], until=NOON + hours(9))
    (found,) = conduct(told, QUICK).findings
    said = "done at 2026-03-02 12:05 ±1 h 1 min, 5 min ±1 min before the deadline"
    assert found.text() == said


def test_it_has_an_instant_that_is_as_vague_as_both() -> None:
    told = correction(minutes(5))
    assert (told.at, told.tolerance) == (NOON + minutes(5), hours(1) + minutes(1))
    assert told.after == After("post", minutes(5), minutes(1))


def test_files_write_how_long_after_and_nothing_else() -> None:
    incident = Incident("i", [FALSE, OPENED, POST, correction(minutes(5))], until=NOON + hours(9))
    written = unstructure(incident)
    (told,) = [event for event in written["events"] if event.get("publish") == "sorry"]
    assert told["at"] == {"after": "post", "by": "5 min", "tolerance": "1 min"}
    assert "tolerance" not in told
    assert "13:05" not in incident.text()
    assert "12:05 ±1 h 1 min" in incident.text()
    assert "5 min ±1 min after `post`" in incident.text()
    assert "5\xa0min ±1\xa0min après `post`" in incident.text("fr")
    assert structure(written, Incident) == incident


@pytest.mark.parametrize(
    ("told", "what"),
    [
        ({"after": "pots", "by": "5 min"},
         "events[1].at.after: no event is called `pots` (did you mean `post`?)"),
        ({"after": "gone", "by": "5 min"},
         ("events[1].at.after: `gone` has no instant of its own (say how long it was after an"
         " event that has one, and is another)")),
        ({"after": "post"},
         "events[1].at.by: `by` is missing (write how long after it was, as in `by: 5 min`)"),
        ({"after": "post", "by": "-5 min"}, "events[1].at.by: "),
        ({"after": "post", "by": "5 min", "tolerance": "4000 d"},
         "events[1].at.tolerance: the tolerance is impossible"),
        ({"after": "post", "by": "999999999 d"},
         "events[1].at: `2026-03-02T12:00:00+00:00` is too"),
    ],
)  # fmt: skip
def test_every_problem_is_told_at_its_place(told: dict[str, Any], what: str) -> None:
    events = [
        {"opened": "post", "at": "2026-03-02T12:00Z"},
        {"held": "gone", "at": told},
    ]
    with pytest.raises(InvalidError) as caught:
        structure({"incident": "i", "events": events}, Incident)
    assert what in str(caught.value)
    with pytest.raises(InvalidError) as caught:
        structure({"incident": "i", "events": [*events, {"reviewed": 5}]}, Incident)
    assert len(caught.value.problems) >= 1


def test_the_tolerance_is_said_once() -> None:
    held = {"held": "h", "at": {"after": "o", "by": "5 min"}, "tolerance": "1 min"}
    events = [{"opened": "o", "at": "2026-03-02T12:00Z"}, held]
    with pytest.raises(InvalidError, match=r"events\[1\]\.tolerance: how far it may be off"):
        structure({"incident": "i", "events": events}, Incident)


def test_an_event_alone_cannot_come_after_another() -> None:
    with pytest.raises(InvalidError, match="is not in an incident"):
        structure({"held": "h", "at": {"after": "o", "by": "5 min"}}, HoldEvent)


def test_it_is_where_it_is_said_to_be() -> None:
    odd = HoldEvent("h", NOON, after=After("opened", minutes(5)))
    with pytest.raises(
        InvalidError, match=r"events\[1\]\.at: it does not come 5 min after `opened`"
    ):
        Incident("i", [OPENED, odd])
    with pytest.raises(InvalidError) as caught:
        After("opened", minutes(-5), minutes(-1))
    assert [problem.path for problem in caught.value.problems] == [("by",), ("tolerance",)]
    with pytest.raises(InvalidError, match="too close to an end"):
        odd.following(OPENED, timedelta.max)
