from datetime import UTC, datetime, timedelta

import pytest

from cmcore import (
    BusinessClock,
    Desk,
    InvalidError,
    Member,
    Request,
    RequestLog,
    Role,
    Team,
    Week,
    backlog,
    hours,
)
from cmcore.requests import RequestEvent, Route, Target, response_times
from cmcore.time import Calendar

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
LOG = RequestLog(
    [
        Request("late", NINE, network="bluesky", author="bo"),
        Request("soon", NINE + 2 * HOUR, language="fr"),
        Request("bill", NINE, topics={"bill"}),
        Request("twin", NINE + HOUR),
        Request("done", NINE),
    ],
    [
        RequestEvent("merged", "twin", NINE + 2 * HOUR, into="soon"),
        RequestEvent("assigned", "late", NINE + HOUR, to="maud"),
        RequestEvent("answered", "done", NINE + HOUR, by="yann"),
        RequestEvent("resolved", "done", NINE + HOUR, how="refunded"),
    ],
)
DESK = Desk(
    zone="Europe/Paris",
    targets=[
        Target(hours(9), BusinessClock(Week.never()), topics={"bill"}),
        Target(hours(2)),
    ],
    routes=[Route("communicator")],
)
TEAM = Team(
    "brume",
    [Member("yann", roles={"communicator"}, languages={"fr"}).working("Mon-Fri 08:00-16:00")],
    [Role("communicator")],
)


def test_what_is_owed_is_due_and_overdue_by_the_clock_of_its_target() -> None:
    found = backlog(LOG, NINE + 3 * HOUR, DESK)
    told = {i.track.request.id: (i.due, i.overdue, i.has_target) for i in found.items}
    assert told == {
        "late": (NINE + 2 * HOUR, HOUR, True),
        "soon": (NINE + 3 * HOUR, None, True),  # that of its twin, which came first
        "twin": (None, None, False),
        "bill": (None, None, True),
        "done": (None, None, False),
    }
    assert [item.track.request.id for item in found.owed] == ["late", "soon", "bill"]
    assert [item.owed for item in found.owed] == [NINE, NINE + HOUR, NINE]
    assert not found.is_on_time
    assert found.untargeted == ()


def test_an_answer_at_the_last_instant_is_in_time() -> None:
    assert backlog(LOG, NINE + 2 * HOUR, DESK).overdue == ()
    assert backlog(LOG, NINE + 2 * HOUR, DESK).is_on_time
    (item,) = backlog(LOG, NINE + 2 * HOUR + timedelta(microseconds=1), DESK).overdue
    assert item.overdue == timedelta(microseconds=1)


def test_the_end_of_the_log_is_meant_unless_said() -> None:
    assert backlog(LOG) == backlog(LOG, NINE + 2 * HOUR)
    assert backlog(LOG).state("open") == 2
    assert backlog(LOG, NINE - HOUR).total == 0
    with pytest.raises(InvalidError, match="at: the log is empty"):
        backlog(RequestLog())
    assert backlog(RequestLog(), NINE).at == NINE
    with pytest.raises(InvalidError, match="does not say its time zone"):
        backlog(LOG, NINE.replace(tzinfo=None))


def test_without_a_target_nobody_can_tell_what_is_late() -> None:
    found = backlog(LOG)
    assert [item.track.request.id for item in found.untargeted] == ["bill", "late", "soon"]
    assert found.view().tone == "exception"
    assert "3 owed an answer without a target" in found.text()
    assert "no target" in found.text()


def test_a_desk_that_promises_a_sign_or_an_end_says_by_when() -> None:
    """Whoever promises no answer, but an acknowledgement of everything, leaves nothing open."""
    targets = [Target(hours(9))]
    for desk in (Desk(acknowledge=targets), Desk(resolve=targets)):
        found = backlog(LOG, None, desk)
        assert found.untargeted == ()
        assert found.view().tone == "covered"
        assert "not promised" in found.text()
        assert "non promis" in found.text("fr")
    some = Desk(acknowledge=[Target(hours(9), topics={"bill"})])
    assert [one.track.request.id for one in backlog(LOG, None, some).untargeted] == ["late", "soon"]
    # where answers are promised, one that is not is looked at
    both = Desk(acknowledge=[Target(hours(9))], targets=[Target(hours(9), topics={"bill"})])
    assert [one.track.request.id for one in backlog(LOG, None, both).untargeted] == ["late", "soon"]


def test_a_deadline_beyond_the_calendar_leaves_the_others_judged() -> None:
    clock = BusinessClock(Week.parse("Mon-Fri 09:00-17:00"))
    desk = Desk(
        calendar=Calendar(years={2026}),
        targets=[Target(hours(9000), clock, topics={"bill"}), Target(hours(2))],
    )
    found = backlog(LOG, NINE + 3 * HOUR, desk)
    assert [(one.track.request.id, one.year) for one in found.undated] == [("bill", 2027)]
    assert [one.track.request.id for one in found.overdue] == ["late"]
    assert "1 has a deadline that is unknown: no calendar covers 2027" in found.text()
    assert "inconnue\xa0: aucun calendrier ne couvre 2027" in found.text("fr")
    times = response_times(LOG, NINE + 9000 * HOUR, desk)
    assert (times.overall.undated, times.overall.missed) == (1, 3)
    assert "1 unknown: no calendar covers the year in which they are due" in times.text()
    assert "aucun calendrier ne couvre" in times.text("fr")
    early = backlog(LOG, NINE + HOUR, desk)
    assert (early.is_on_time, early.overdue, early.view().tone) == (False, (), "exception")


def test_what_is_with_somebody_who_left_is_told() -> None:
    found = backlog(LOG, None, DESK, TEAM)
    assert [item.track.request.id for item in found.stranded] == ["late"]
    assert not found.is_on_time
    assert "`late` is with `maud`, who is not in the team" in found.text()
    assert "chez `maud`" in found.text("fr")
    assert backlog(LOG, None, DESK, TEAM.with_member(Member("maud"))).stranded == ()


def test_what_nobody_has_is_routed() -> None:
    found = backlog(LOG, None, DESK, TEAM)
    assert [(one.request.id, one.member) for one in found.routings] == [
        ("bill", "yann"),
        ("soon", "yann"),
    ]
    assert backlog(LOG, None, None, TEAM).routings == ()
    assert backlog(LOG, None, DESK).routings == ()


def test_what_is_open_is_dealt_one_request_after_the_other() -> None:
    log = RequestLog([Request(f"r{n}", NINE, author=author) for n, author in enumerate("abcab")])
    team = TEAM.with_member(Member("zoe", roles={"communicator"}).working("Mon"))
    taken = {one.request.id: one.member for one in backlog(log, None, DESK, team).routings}
    # the first two go to whom they may, by the order of ids; the last two to whom has the author
    assert taken == {"r0": "yann", "r1": "zoe", "r2": "yann", "r3": "yann", "r4": "zoe"}


def test_a_role_that_the_team_has_not_is_refused() -> None:
    with pytest.raises(InvalidError) as caught:
        backlog(LOG, None, Desk(routes=[Route("x"), Route("communicater")]), TEAM)
    assert [str(problem) for problem in caught.value.problems] == [
        "routes[0].role: no role is called `x` (one of `communicator`)",
        "routes[1].role: no role is called `communicater` (did you mean `communicator`?)",
    ]


def test_it_shows_itself() -> None:
    assert (
        backlog(LOG, NINE + 7 * HOUR, DESK, TEAM.with_member(Member("maud"))).text()
        == """\
5 requests, 2 overdue
  open      2
  assigned  1
  resolved  1
  merged    1

What is owed an answer
  request  state     who   owed since        due               overdue by
  late     assigned  maud  2026-03-02 10:00  2026-03-02 12:00  5 h
  soon     open      –     2026-03-02 11:00  2026-03-02 13:00  4 h
  bill     open      –     2026-03-02 10:00  never

Who should take what is open
  request  who     why
  bill     nobody  nobody is on duty as communicator; `yann` will be, at 2026-03-03 09:00+01:00
  soon     nobody  nobody is on duty as communicator; `yann` will be, at 2026-03-03 09:00+01:00
  (at 2026-03-02 17:00, Paris time)"""
    )
    assert backlog(RequestLog(), NINE).text("fr").startswith("0 demande, aucune en retard\n")
    assert backlog(RequestLog(), NINE).view().tone == "exception"


def test_only_the_most_urgent_are_shown() -> None:
    log = RequestLog([Request(f"r{n:02}", NINE) for n in range(23)])
    found = backlog(log, None, DESK)
    assert len(found.owed) == 23
    rows = found.view("fr").tables[0].rows
    assert len(rows) == 21
    assert rows[-1][:2] == ("…", "et 3 de plus")
    assert {len(row) for row in rows} == {6}


def test_at_least_a_like_within_two_days() -> None:
    """Messages are answered in time, or at least liked: the clause catches the third, no other."""
    desk = Desk(targets=[Target(hours(120))], acknowledge=[Target(hours(48))])
    two_days_later = [
        RequestEvent("acknowledged", "liked", NINE + HOUR),
        RequestEvent("answered", "answered", NINE + 30 * HOUR, by="maud"),
    ]
    log = RequestLog([Request(name, NINE) for name in ("liked", "answered", "ignored")])
    found = backlog(log.after(*two_days_later), NINE + 72 * HOUR, desk)
    assert {item.track.request.id: item.acknowledge_by for item in found.items} == {
        "liked": None, "answered": None, "ignored": NINE + 48 * HOUR,
    }  # fmt: skip
    assert [(item.track.request.id, item.overdue) for item in found.overdue] == [
        ("ignored", 24 * HOUR)
    ]
    assert [item.track.request.id for item in found.owed] == ["ignored", "liked"]
    assert not found.is_on_time
    assert "acknowledge by" in found.text()
    assert "acknowledge by" not in backlog(LOG, None, DESK).text()


def test_what_is_answered_and_not_resolved_in_time_is_late() -> None:
    desk = Desk(targets=[Target(hours(24))], resolve=[Target(hours(48))])
    told = [
        RequestEvent("answered", "answered", NINE + HOUR, by="maud"),
        RequestEvent("resolved", "resolved", NINE + 2 * HOUR, how="refunded"),
    ]
    log = RequestLog([Request(name, NINE) for name in ("answered", "resolved")]).after(*told)
    found = backlog(log, NINE + 72 * HOUR, desk)
    assert not found.owed
    assert [item.track.request.id for item in found.unresolved] == ["answered"]
    assert [(one.resolve_by, one.overdue) for one in found.overdue] == [
        (NINE + 48 * HOUR, 24 * HOUR)
    ]
    assert not found.is_on_time
    assert backlog(log, NINE + 48 * HOUR, desk).is_on_time
    (table,) = (one for one in found.view("fr").tables if one.title == "Ce qui est à résoudre")
    assert [row[0] for row in table.rows] == ["answered"]
    assert "resolve by" not in backlog(log, NINE + 72 * HOUR).text()


def test_each_table_says_by_how_much_its_own_deadlines_are_missed() -> None:
    desk = Desk(targets=[Target(hours(1))], resolve=[Target(hours(48))])
    log = RequestLog([Request("late", NINE)])
    for after, answer, end in ((2, "1 h", ""), (50, "49 h", "2 h")):
        shown = backlog(log, NINE + after * HOUR, desk).view()
        told = {table.title: table.rows[0][-1] for table in shown.tables}
        assert told == {"What is owed an answer": answer, "What is to be resolved": end}
