"""An agenda has all that each subject says is owed, and nothing else, by deadline."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from cmcore import (
    BusinessClock,
    Desk,
    Incident,
    Organisation,
    Playbook,
    Request,
    RequestLog,
    Week,
    backlog,
    due,
    hours,
    read,
)
from cmcore.organisations import agenda
from cmcore.requests import Target
from cmcore.reviews import Review, due_reviews
from cmcore.strategies import desks, incidents_and_playbooks, request_logs, reviews
from cmcore.time import Calendar, WorkingDays

Told = tuple[str, datetime | None]


def owed_by_each(given: Organisation, at: datetime) -> Iterator[Told]:
    """Ask each subject by itself."""
    assert given.playbook is not None
    assert given.requests is not None
    for incident in given.incidents or ():
        if incident.opened.at <= at:
            yield from (("duty", one.due) for one in due(incident, given.playbook, at).owed)
    for item in backlog(given.requests, at, given.desk).items:
        if item.owed is not None:
            yield "answer", item.due
        if item.acknowledge_by is not None:
            yield "acknowledgement", item.acknowledge_by
        if item.resolve_by is not None:
            yield "resolution", item.resolve_by


@given(
    incidents_and_playbooks(),
    request_logs(),
    desks(has_routes=False),
    st.lists(reviews(), max_size=2),
    st.integers(0, 9),
)
def test_an_agenda_is_what_each_subject_says(
    pair: tuple[Incident, Playbook],
    log: RequestLog,
    desk: Desk,
    some: list[Review],
    more: int,
) -> None:
    incident, playbook = pair
    at = incident.opened.at + more * hours(7) - hours(7)
    shop = Organisation("shop", incidents=[incident], playbook=playbook, requests=log, desk=desk)
    found = agenda(shop, at, some)
    begun = [one for one in some if one.opening.at <= at]
    told = Counter(owed_by_each(shop, at))
    told += Counter(("review", track.until) for one in due_reviews(begun, at).owed
                    for track in one.owed)  # fmt: skip
    # what no calendar dates is said besides
    seen = Counter((str(one.kind), one.due) for one in found.owed if one.year is None)
    seen += Counter((str(one.kind), None) for one in found.undated
                    if one.kind in {"duty", "answer"})  # fmt: skip
    assert seen == told
    dated = [one.due for one in found.owed if one.due is not None]
    assert dated == sorted(dated)
    assert all(one.is_overdue(at) for one in found.overdue)
    assert found.next is None or found.next.due is not None
    if found.next is not None and found.next.due is not None:
        assert len(agenda(shop, at, some).overdue) == len(found.overdue)


def test_a_deadline_of_no_calendar_is_owed_and_said_of_what() -> None:
    clock = BusinessClock(Week.parse("Mon-Fri 09:00-17:00"), calendar=Calendar(years={2026}))
    nine = datetime.fromisoformat("2026-03-02T09:00+00:00")
    far, near = Target(WorkingDays(400), clock), Target(hours(2))
    log = RequestLog([Request("r", nine)])
    cases = {
        "answer": Desk(targets=[far], resolve=[near]),
        "acknowledgement": Desk(acknowledge=[far], targets=[near], resolve=[near]),
        "resolution": Desk(targets=[near], resolve=[far]),
    }
    for kind, desk in cases.items():
        found = agenda(Organisation("shop", requests=log, desk=desk), nine)
        assert [(one.kind, one.year) for one in found.undated] == [(kind, 2027)]
        assert "no calendar covers 2027" in found.text()
        assert found.view("fr").tone == "exception"


def test_nothing_owed_is_good() -> None:
    nine = datetime.fromisoformat("2026-03-02T09:00+00:00")
    found = agenda(Organisation("shop"), nine)
    assert (found.owed, found.missing, found.next) == ((), (), None)
    assert found.view().tone == "covered"


def test_a_correction_is_of_an_event_and_a_fact_even_where_these_share_an_id() -> None:
    incident = read("examples/incidents/united.yaml", Incident)
    playbook = read("examples/incidents/playbook.yaml", Playbook)
    given = Organisation("air", playbook=playbook, incidents=[incident])
    claim = next(one for one in incident.events if one.id == "overbooked")
    found = agenda(given, claim.at)
    (fix,) = (one for one in found.owed if "facts" in one.subject)
    assert fix.subject == {"events": ("overbooked",), "facts": ("overbooked",)}
    assert [one.subject for one in found.owed if "roles" in one.subject] == [
        {"roles": ("management",)},
        {"roles": ("social-media",)},
    ]
    number = [one.id for one in incident.events].index(claim.id) + 1
    assert f"event {number}, overbooked)" in found.text()
    assert f"(l’événement\xa0{number}, overbooked)" in found.text("fr")
    assert "(overbooked, overbooked)" in due(incident, playbook, claim.at).text()
