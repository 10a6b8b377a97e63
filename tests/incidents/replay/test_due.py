"""Owing: what is due at a moment, by whom, and what has escalated."""

from datetime import UTC, datetime
from typing import Any

import pytest
from attrs import evolve

from cmcore import (
    Act,
    Availability,
    BusinessClock,
    Incident,
    InvalidError,
    Member,
    Playbook,
    Role,
    Team,
    Week,
    due,
    hours,
)
from cmcore.incidents import (
    ActEvent,
    AlertEvent,
    Duty,
    Escalation,
    FactEvent,
    HoldEvent,
    IncidentEvent,
    Promise,
    StepEvent,
)
from cmcore.time import Calendar

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
OPENED = StepEvent("o", NOON, step="opened")
HOLD = Duty("hold", "hold", within=hours(2), role="desk", escalation=Escalation("boss", hours(1)))
ALERT = Duty("alert", "alert", within=hours(1), roles={"boss", "desk"}, role="desk")
WORD = Duty("word", "keep promises", role="desk")


def at(hour: float) -> datetime:
    return NOON + hours(hour)


def member(id_: str, role: str, week: str, **more: Any) -> Member:  # noqa: ANN401
    return Member(id_, roles={role}, availability=Availability(Week.parse(week)), **more)


TEAM = Team(
    "t",
    [
        member("ana", "desk", "Mon-Fri 09:00-13:00", skills={"calm"}),
        member("bo", "desk", "Mon-Fri 00:00-24:00"),
        member("cy", "desk", "Tue-Fri 08:00-17:00", skills={"calm"}),
        member("dee", "boss", "Sat 10:00-12:00"),
    ],
    [Role("desk", requires={"calm"}), Role("boss"), Role("nobody")],
)


def owed(hour: float, *events: IncidentEvent, duties: list[Duty], team: Team | None = None) -> Any:  # noqa: ANN401
    return due(Incident("it", [OPENED, *events]), Playbook("p", duties), at(hour), team)


def test_what_is_owed_comes_by_deadline() -> None:
    found = owed(0.5, duties=[HOLD, ALERT])
    assert [(one.duty, one.subject, one.left(found.at)) for one in found.owed] == [
        ("alert", ("boss",), hours(0.5)),
        ("alert", ("desk",), hours(0.5)),
        ("hold", (), hours(1.5)),
    ]
    assert not found.overdue
    assert found.next.duty == "alert"
    promises = [Promise({fact: True}, at(hour)) for fact, hour in (("near", 4), ("far", 9))]
    words = [ActEvent("first", at(1), act=Act(kind="reply"), promises=promises[1:]),
             ActEvent("then", at(2), act=Act(kind="reply"), promises=promises[:1])]  # fmt: skip
    found = owed(3, *words, duties=[WORD])
    assert [one.subject for one in found.owed] == [("then", "near"), ("first", "far")]


def test_what_is_done_late_is_no_longer_owed() -> None:
    late = [HoldEvent("h", at(9)), AlertEvent("a", at(0.5), roles={"desk"})]
    assert [one.subject for one in owed(10, *late, duties=[HOLD, ALERT]).overdue] == [("boss",)]
    assert len(owed(8, *late, duties=[HOLD, ALERT]).owed) == 2


def test_what_is_overdue_escalates() -> None:
    for hour, gone in ((2.5, None), (3, None), (3.5, "boss")):
        (one,) = owed(hour, duties=[HOLD]).owed
        assert (one.escalated, one.escalates) == (gone, at(3))
        assert one.is_overdue(at(hour))


def test_what_never_falls_due_comes_last() -> None:
    never = Duty("free", "hold", within=hours(1), clock=BusinessClock(Week.never()))
    found = owed(1, duties=[never, HOLD])
    assert [one.duty for one in found.owed] == ["hold", "free"]
    free = found.owed[1]
    assert free.left(found.at) is None
    assert not free.is_overdue(found.at)
    assert owed(1, duties=[never]).next is None
    assert "–" in owed(1, duties=[never]).text()


def test_a_review_is_owed_without_a_deadline_until_the_incident_is_resolved() -> None:
    review = Duty("lessons", "review", within=hours(2), role="desk")
    found = owed(1, duties=[review])
    assert [(one.duty, one.due) for one in found.owed] == [("lessons", None)]
    assert "once it is resolved" in found.text()
    assert owed(4, StepEvent("r", at(3), step="resolved"), duties=[review]).next.due == at(5)


def test_promises_are_owed_until_they_are_kept_or_shown_broken() -> None:
    promise = ActEvent("p", at(1), act=Act(kind="reply"), promises=[Promise({"sent": True}, at(5))])
    sent = FactEvent("f", at(3), that={"sent": True})
    assert [one.subject for one in owed(2, promise, duties=[WORD]).owed] == [("p", "sent")]
    assert owed(4, promise, sent, duties=[WORD]).owed == ()
    unsent = FactEvent("g", at(4), that={"sent": False})
    assert len(owed(4, promise, sent, unsent, duties=[WORD]).owed) == 1
    (late,) = owed(6, promise, duties=[WORD]).overdue
    assert (late.due, late.escalated) == (at(5), None)
    broken = FactEvent("h", at(4), that={"sent": False})
    assert len(owed(6, promise, broken, duties=[WORD]).overdue) == 1
    after = FactEvent("i", at(5.5), that={"sent": False})
    assert len(owed(6, promise, after, duties=[WORD]).overdue) == 1
    assert owed(6, promise, broken, after, duties=[WORD]).owed == ()
    done = FactEvent("h", at(5.5), that={"sent": True})
    assert owed(6, promise, done, duties=[WORD]).owed == ()
    was = FactEvent("h", at(4), that={"sent": True})
    undone = FactEvent("i", at(5.5), that={"sent": False})
    assert owed(6, promise, was, undone, duties=[WORD]).owed == ()
    urgent = Duty("word", "keep promises", role="desk", escalation=Escalation("boss", hours(1)))
    (one,) = owed(7, promise, duties=[urgent]).owed
    assert (one.escalated, one.escalates) == ("boss", at(6))
    early = ActEvent("q", at(-1), act=Act(kind="reply"), promises=[Promise({"sent": True}, at(5))])
    assert [one.subject for one in owed(2, early, duties=[WORD]).owed] == [("q", "sent")]


def test_only_claims_known_to_be_false_are_to_be_corrected() -> None:
    correct = Duty("c", "correct", within=hours(2))
    lie = ActEvent("a", at(1), act=Act(kind="publish"), claims={"sent": True})
    assert owed(2, lie, duties=[correct]).owed == ()
    (one,) = owed(2, FactEvent("f", NOON, that={"sent": False}), lie, duties=[correct]).owed
    assert (one.subject, one.due) == (("a", "sent"), at(3))


@pytest.mark.parametrize(
    ("hour", "people", "next_up", "back"),
    [(0.5, ("ana",), None, None), (1.5, (), "cy", at(20)), (21, ("ana", "cy"), None, None)],
)
def test_it_tells_who_is_there(
    hour: float, people: tuple[str, ...], next_up: str | None, back: datetime | None
) -> None:
    plain = Duty("hold", "hold", within=hours(2), role="desk")
    (one,) = owed(hour, duties=[plain], team=TEAM).owed
    assert (one.people, one.next_up, one.back) == (people, next_up, back)


def test_what_has_escalated_is_for_the_role_it_went_to() -> None:
    found = owed(9, duties=[HOLD], team=TEAM)
    assert found.owed[0].next_up == "dee"
    assert "has gone to `boss`" in found.text()
    assert "nobody; dee from 2026-03-07 10:00 on" in found.text()
    assert "personne\u202f; dee à partir du 7\xa0mars\xa02026\xa010\xa0h" in found.text("fr")


def test_it_tells_where_nobody_is() -> None:
    lone = Duty("hold", "hold", within=hours(2), role="nobody")
    unnamed = Duty("hold", "hold", within=hours(2))
    assert "nobody, ever" in owed(1, duties=[lone], team=TEAM).text()
    assert "no role is named" in owed(1, duties=[unnamed], team=TEAM).text()
    assert owed(1, duties=[lone]).owed[0].people == ()
    assert "nobody" not in owed(1, duties=[HOLD]).text()
    assert "ana" in owed(0.5, duties=[HOLD], team=TEAM).text()


def test_where_hours_are_missing_it_is_not_known_who_is_there() -> None:
    hold = Duty("hold", "hold", within=hours(2), role="boss")
    zoe = Member("zoe", roles={"boss"})
    team = Team("t", [zoe], TEAM.roles)
    found = owed(1, duties=[hold], team=team)
    assert found.owed[0].unsure == ("zoe",)
    assert "not known: the hours of zoe are missing" in found.text()
    assert "non connu\xa0: il manque les horaires de zoe" in found.text("fr")
    both = Team("t", [zoe, *TEAM.members], TEAM.roles)
    assert owed(1, duties=[hold], team=both).owed[0].unsure == ()


def test_where_no_calendar_covers_a_year_what_is_owed_is_neither_late_nor_in_time() -> None:
    week = BusinessClock(Week.parse("Mon-Sun"), "UTC", Calendar(years={at(0).year}))
    boss = Escalation("boss", hours(24 * 400))
    long = Duty("long", "hold", within=hours(24 * 400), role="desk", clock=week, escalation=boss)
    soon = evolve(long, id="soon", within=hours(2))
    found = owed(3, duties=[long, soon])
    assert [(one.duty, one.year) for one in found.owed] == [("soon", None), ("long", 2027)]
    assert [one.duty for one in found.overdue] == ["soon"]
    assert (found.running, [one.duty for one in found.undated]) == ((), ["long"])
    # it goes to the boss at some instant of a year that is not known, which begins here
    assert [one.escalated for one in found.owed] == [None, None]
    far = owed(24 * 400, duties=[soon])
    assert [(one.escalated, one.escalates) for one in far.owed] == [("boss", None)]
    assert "unknown: no calendar covers 2027" in str(found)
    assert "aucun calendrier ne couvre 2027" in str(found.view("fr"))


def test_nothing_owed_is_said_so() -> None:
    assert owed(1, HoldEvent("h", at(0)), duties=[HOLD]).text() == (
        "it: 0 owed, 0 overdue\n  (at 2026-03-02 13:00, UTC)"
    )


def test_what_cannot_be_asked_is_refused() -> None:
    with pytest.raises(InvalidError, match="is not open yet"):
        owed(-1, duties=[])
    with pytest.raises(InvalidError, match="time zone"):
        due(Incident("it", [OPENED]), Playbook("p"), NOON.replace(tzinfo=None))
    other = Duty("x", "hold", within=hours(2), role="dsk", escalation=Escalation("bos"))
    with pytest.raises(InvalidError) as caught:
        owed(1, duties=[HOLD, other], team=TEAM)
    assert [problem.path for problem in caught.value.problems] == [
        ("duties", 1, "role"),
        ("duties", 1, "escalation"),
    ]
