"""What is checked of requests and incidents: answers, honesty, promises, alerts."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from cmcore import (
    Act,
    BusinessClock,
    Charter,
    Desk,
    Incident,
    Member,
    Message,
    Organisation,
    Playbook,
    Request,
    RequestLog,
    Rule,
    Stage,
    Team,
    ValidationCircuit,
    Week,
    checkup,
    days,
    decide,
    hours,
    minutes,
    open_review,
    record,
)
from cmcore.circuits.approvers import Approvers
from cmcore.incidents import (
    ActEvent,
    AlertEvent,
    Duty,
    FactEvent,
    InboundEvent,
    IncidentEvent,
    Promise,
    StepEvent,
)
from cmcore.organisations import Aims
from cmcore.requests import RequestEvent, Target
from cmcore.reviews import Approved, Published
from cmcore.text import WordList
from cmcore.time import WorkingDays

Checked = Callable[..., tuple[str, str]]
NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
ONE = Aims(least=1)
DESK = Desk(targets=[Target(hours(1))])


# -------------------------------------------------------------------------------------- requests

UNFIXED = "working hours and days, as in {}, have no fixed length"


def _log(*answered: float | None, holders: tuple[str, ...] = ("ana",)) -> RequestLog:
    """Return requests of two days ago, each answered after so many hours, by so many people."""
    start = NOW - days(2)
    requests = [Request(f"r{n}", start) for n in range(len(answered))]
    events = [
        RequestEvent("answered", f"r{n}", start + hours(1) * time, by=who)
        for n, time in enumerate(answered)
        if time is not None
        for who in holders
    ]
    return RequestLog(requests, events)


@pytest.mark.parametrize("code", ["on time", "none neglected", "one hand"])
def test_nothing_is_known_of_requests_that_are_not_given(check: Checked, code: str) -> None:
    assert check(code) == ("unknown", "missing: the log of requests")


def test_requests_are_answered_in_time(check: Checked) -> None:
    log = _log(*[0.5] * 9, 2)
    assert check("on time", requests=log) == ("unknown", "missing: the targets of the desk")
    assert check("on time", requests=log, desk=DESK) == ("yes", "9 of 10 (90.0%; aim 90.0%)")
    late = _log(*[0.5] * 9, 2, None)
    assert check("on time", requests=late, desk=DESK)[0] == "no"
    assert check("on time", requests=_log(0.5), desk=DESK) == (
        "unknown",
        "only 1 known, 10 needed; missing: more requests",
    )


def test_requests_that_are_not_due_may_go_either_way(check: Checked) -> None:
    fresh = [Request(f"f{n}", NOW - minutes(5)) for n in range(10)]
    log = _log(*[0.5] * 10).after(*fresh)
    assert check("on time", requests=log, desk=DESK) == (
        "unknown",
        "10 of 20 for sure, 10 not known (aim 90.0%); missing: more requests",
    )


def test_no_request_is_neglected(check: Checked) -> None:
    waiting = RequestLog([Request("old", NOW - days(7)), Request("new", NOW)])
    assert check("none neglected", requests=waiting)[0] == "yes"
    assert check("none neglected", Aims(neglected=days(6)), requests=waiting) == (
        "no",
        "1 has waited for more than 6 d",
    )
    closed = waiting.after(RequestEvent("resolved", "old", NOW, how="spam"))
    assert check("none neglected", Aims(neglected=days(6)), requests=closed)[0] == "yes"
    for how in (
        *("ignored", "no reply", "No response.", "never answered", "nobody replied", "forgotten"),
        *(
            "Ignorée",
            "classée sans suite",
            "non traitée",
            "aucune réponse",
            "pas répondu",
            "oubliée",
        ),
    ):
        let_lie = waiting.after(RequestEvent("resolved", "old", NOW, how=how))
        assert check("none neglected", requests=let_lie) == ("no", "closed and ignored: `old`")
    for how in (
        "refunded",
        "by phone",
        "the customer ignored our reply",
        "not to be ignored: refunded",
    ):
        settled = waiting.after(RequestEvent("resolved", "old", NOW, how=how))
        assert check("none neglected", requests=settled)[0] == "yes"
    answered = waiting.after(RequestEvent("answered", "old", NOW, by="ana"))
    assert check("none neglected", Aims(neglected=days(6)), requests=answered)[0] == "yes"
    assert check("none neglected", requests=RequestLog())[0] == "unknown"


def test_each_request_stays_in_one_hand(check: Checked) -> None:
    assert check("one hand", ONE, requests=_log(1, 2)) == ("yes", "2 of 2 (100.0%; aim 90.0%)")
    several = _log(1, 2, holders=("ana", "bob"))
    assert check("one hand", ONE, requests=several)[0] == "no"
    untold = _log(*[1] * 8, None, None)
    assert check("one hand", ONE, requests=untold)[0] == "unknown"
    start = NOW - hours(3)
    moved = RequestLog(
        [Request("r", start)],
        [
            RequestEvent("assigned", "r", start, to="ana"),
            RequestEvent("handed over", "r", start + hours(1), to="bob"),
            RequestEvent("moved to private", "r", start + hours(2)),
            RequestEvent("answered", "r", NOW + hours(1), by="cleo"),
        ],
    )
    assert check("one hand", ONE, requests=moved) == ("no", "0 of 1 (0.0%; aim 90.0%)")


# ------------------------------------------------------------------------------------- incidents


def _incident(*events: IncidentEvent, until: datetime | None = NOW) -> Incident:
    opened = StepEvent("opened", NOW - days(3), step="opened")
    return Incident("i", [opened, *events], until=until)


def _said(id_: str = "said", after: float = 1, **told: Any) -> ActEvent:  # noqa: ANN401
    act = told.pop("act", Act(kind="publish", text="So it is.", scheduled=False))
    return ActEvent(id_, NOW - days(3) + hours(1) * after, act=act, **told)


NEVER = ("honest", "promises kept")
OWED = ("answers kept", "mistakes corrected", "alerts kept")


@pytest.mark.parametrize("code", NEVER)
def test_what_is_never_done_wants_incidents(check: Checked, code: str) -> None:
    assert check(code) == ("unknown", "missing: the incidents there were")
    told = "missing: an occasion that would show it"
    assert check(code, incidents=[]) == ("unknown", told)
    assert check(code, incidents=[_incident()]) == ("unknown", told)


def test_what_is_said_is_so(check: Checked) -> None:
    fact = FactEvent("fact", NOW - days(3), that={"refunded": False})
    lie, truth = _said(claims={"refunded": True}), _said(claims={"refunded": False})
    assert check("honest", incidents=[_incident(fact, lie)]) == ("no", "breached: `i: said`")
    assert check("honest", incidents=[_incident(fact, truth)]) == (
        "yes",
        "kept, on the only occasion",
    )
    assert check("honest", incidents=[_incident(truth)]) == (
        "unknown",
        "not known for `i: said`; missing: what the logs do not say",
    )


def test_an_incident_that_opens_later_is_not_looked_at(check: Checked) -> None:
    later = Incident("late", [StepEvent("opened", NOW + days(1), step="opened")])
    assert check("honest", incidents=[later])[1].endswith("an occasion that would show it")


def test_promises_are_kept(check: Checked) -> None:
    promise = Promise({"delivered": True}, NOW - days(2))
    done = FactEvent("done", NOW - days(2) - hours(1), that={"delivered": True})
    said = _said(promises=[promise])
    assert check("promises kept", incidents=[_incident(said, done)])[0] == "yes"
    late = FactEvent("done", NOW - days(1), that={"delivered": True})
    undone = FactEvent("undone", NOW - days(3), that={"delivered": False})
    assert check("promises kept", incidents=[_incident(undone, said, late)])[0] == "no"


def test_what_was_never_to_be_done_counts_before_the_opening_too(check: Checked) -> None:
    blurred = {"after": -0.5, "tolerance": hours(2)}
    early: dict[str, Any]
    for early in ({"after": -2}, blurred):
        fact = FactEvent("fact", NOW - days(3) - hours(9), that={"refunded": False})
        lie = _incident(fact, _said(claims={"refunded": True}, **early))
        assert check("honest", incidents=[lie]) == ("no", "breached: `i: said`")
        complaint = InboundEvent("complaint", NOW - days(4), criticism=True)
        gone = _incident(complaint, _said(act=Act(kind="delete"), about="complaint", **early))
        assert check("criticism kept", incidents=[gone]) == ("no", "breached: `i: said`")
    promise = Promise({"refunded": True}, NOW - days(3) - hours(4))
    still = FactEvent("still", NOW - days(3) - hours(3), that={"refunded": False})
    missed = _incident(_said(after=-8, promises=[promise]), fact, still)
    assert check("promises kept", incidents=[missed]) == ("no", "breached: `i: said`")


def test_criticism_stays(check: Checked) -> None:
    complaint = InboundEvent("complaint", NOW - days(3), criticism=True)
    gone = _said(act=Act(kind="delete"), about="complaint")
    assert check("criticism kept", incidents=[_incident(complaint, gone)]) == (
        "no",
        "breached: `i: said`",
    )
    calm = [Act(kind="publish", at=NOW)]
    assert check("criticism kept", incidents=[_incident(complaint, gone)], history=calm)[0] == "no"
    assert check("criticism kept", incidents=[_incident(complaint)], history=calm)[0] == "yes"


@pytest.mark.parametrize("code", OWED)
def test_what_is_owed_wants_a_playbook_that_owes_it(check: Checked, code: str) -> None:
    assert check(code) == ("unknown", "missing: the playbook")
    empty = Playbook("p", [Duty("truth", "tell the truth")])
    assert check(code, playbook=empty) == ("no", "nothing of the kind in `p`")


def test_incidents_are_answered_in_time(check: Checked) -> None:
    playbook = Playbook("p", [Duty("first", "answer", within=hours(2))])
    assert check("answers kept", playbook=playbook) == (
        "unknown",
        "missing: the incidents there were",
    )
    kept, late = _incident(_said(after=1)), _incident(_said(after=3))
    assert check("answers kept", playbook=playbook, incidents=[kept])[0] == "yes"
    assert check("answers kept", playbook=playbook, incidents=[late])[0] == "no"
    assert check("answers kept", playbook=playbook, incidents=[_incident()]) == (
        "no",
        "breached: `i: first`",
    )


def test_those_who_decide_are_told(check: Checked) -> None:
    playbook = Playbook("p", [Duty("tell", "alert", within=hours(1), roles=["management"])])
    told = AlertEvent("told", NOW - days(3) + minutes(30), roles={"management"})
    assert check("alerts kept", playbook=playbook, incidents=[_incident(told)])[0] == "yes"
    assert check("alert planned", playbook=playbook) == ("yes", "within 1 h (aim 1 h)")
    assert check("alert planned", Aims(alert=minutes(30)), playbook=playbook)[0] == "no"
    assert check("alert planned", playbook=Playbook("p"))[0] == "no"
    assert check("alert planned")[0] == "unknown"


def test_an_alert_in_working_days_is_soon_only_where_it_surely_is(check: Checked) -> None:
    clock = BusinessClock(Week.parse("Mon-Fri 09:00-18:00"))

    def planned(*within: timedelta | WorkingDays) -> tuple[str, str]:
        duties = [Duty(f"d{n}", "alert", within=time, clock=clock, roles=["management"])
                  for n, time in enumerate(within)]  # fmt: skip
        return check("alert planned", Aims(alert=hours(30)), playbook=Playbook("p", duties))

    assert planned(WorkingDays(2)) == ("no", "it may take over 2 d (aim 30 h)")
    assert planned(WorkingDays(1), hours(40)) == (
        "unknown",
        f"{UNFIXED.format('`d0`')}; missing: the times of alerts in hours",
    )
    assert planned(hours(2)) == ("no", "within 65 h (aim 30 h)")
    daily = BusinessClock(Week.parse("Mon-Sun 09:00-18:00"))
    duty = Duty("d", "alert", within=hours(2), clock=daily, roles=["management"])
    book = Playbook("p", [duty])
    assert check("alert planned", Aims(alert=hours(30)), playbook=book) == (
        "yes",
        "within 17 h (aim 30 h)",
    )


def test_an_hour_of_mondays_is_no_hour(check: Checked) -> None:
    clock = BusinessClock(Week.parse("Mon 09:00-10:00"))
    duty = Duty("tell", "alert", within=hours(1), clock=clock, roles=["management"])
    found = check("alert planned", playbook=Playbook("p", [duty]))
    assert found == ("no", "within 7 d (aim 1 h)")


def test_whatever_else_the_playbook_owes_is_asked_for(check: Checked) -> None:
    start = NOW - days(3)
    held = Duty("quiet", "hold", within=hours(1))
    words = Duty("no-irony", "never say", words=WordList(["joyeux"]))
    book = Playbook("p", [held, words])
    ironic = _said(act=Act(kind="publish", text="Joyeux rappel !", scheduled=False))
    assert check("playbook kept", playbook=Playbook("p"))[0] == "moot"
    assert check("playbook kept")[0] == "unknown"
    assert check("playbook kept", playbook=book)[0] == "unknown"
    assert check("playbook kept", playbook=book, incidents=[_incident(ironic)])[0] == "no"
    meant = Playbook("p", [words])
    fine = _said(act=Act(kind="publish", text="Nous rappelons.", scheduled=False))
    assert check("playbook kept", playbook=meant, incidents=[_incident(fine)])[0] == "yes"
    late = _said("posted", 5, act=Act(kind="publish", text="Bonjour", scheduled=True, at=start))
    assert check("playbook kept", playbook=Playbook("p", [held]), incidents=[_incident(late)])[
        0
    ] in {"no", "unknown"}


def test_quarrels_go_to_private_channels(check: Checked) -> None:
    private = Duty("private", "answer", within=hours(2), acts=["message"])
    public = Duty("public", "answer", within=hours(2))
    assert check("private way", playbook=Playbook("p", [public, private])) == (
        "yes",
        "`private`",
    )
    assert check("private way", playbook=Playbook("p", [public]))[0] == "no"
    assert check("private way")[0] == "unknown"


def test_a_review_that_is_late_of_what_went_out_alone_is_told() -> None:
    head = Approvers("name", {"bo"})
    after = Stage(head, within=hours(24), afterwards=True)
    law = Charter(
        "law", circuits=[ValidationCircuit("desk", [Stage(head)], [after])], default="desk"
    )
    post = Act(id="p1", author="ana", kind="publish", text="Do not eat the cake.")
    team = Team("crew", [Member("ana"), Member("bo")])
    review = open_review(decide(law, post), post, law, NOW, team=team, emergency=True)
    review = record(review, Published(post.digest(), at=NOW))
    shop, late = Organisation("o", charter=law), NOW + hours(25)
    told = [
        checkup(shop, at, reviews=given).check("exceptions asked").evidence()
        for at, given in ((late, [review]), (NOW + hours(24), [review]), (late, []),
                          (NOW - hours(1), [review]))
    ]  # fmt: skip
    assert told[0] == "went out alone, and the review is late: `p1`"
    assert told[1:] == ["missing: the incidents there were"] * 3
    approved = record(review, Approved("bo", review.digest, at=NOW + hours(1)))
    assert checkup(shop, late, reviews=[approved]).check("exceptions asked").known == "unknown"


def test_exceptions_go_through_their_circuit(check: Checked) -> None:
    circuit = ValidationCircuit("desk", [Stage(Approvers("role", ["desk"]))])
    rule = Rule.refer("all", to="desk", because="See.")
    charter = Charter("law", rules=[rule], circuits=[circuit], default="desk")
    assert check("exceptions asked") == ("unknown", "missing: a charter")
    for review, known in ((["desk"], "yes"), ([], "no"), (None, "unknown")):
        incident = _incident(_said(review=review))
        assert check("exceptions asked", charter=charter, incidents=[incident])[0] == known


CRITICAL = Message(ours=False, tone="critical")


@pytest.mark.parametrize("kind", ["delete", "hide"])
def test_criticism_removed_on_any_day_is_seen_in_the_history(check: Checked, kind: str) -> None:
    gone = Act(id="a", kind=kind, at=NOW, target=CRITICAL)
    assert check("criticism kept", history=[gone] * 20) == ("no", "removed: `a`")
    assert check("criticism kept", history=[gone], incidents=[])[0] == "no"


def test_what_is_removed_for_another_reason_is_no_criticism(check: Checked) -> None:
    harmless = [
        Act(kind="delete", at=NOW, target=Message(ours=True, tone="critical")),
        Act(kind="delete", at=NOW, target=Message(ours=False, tone="hostile")),
        Act(kind="reply", at=NOW, target=CRITICAL),
    ]
    assert check("criticism kept", history=harmless, incidents=[]) == (
        "yes",
        "none removed in 3 acts",
    )


def test_only_the_history_and_the_incidents_together_show_that_criticism_stays(
    check: Checked,
) -> None:
    calm = [Act(kind="publish", at=NOW)]
    kept = [_incident(InboundEvent("complaint", NOW - days(3), criticism=True))]
    some: list[dict[str, Any]] = [
        {}, {"history": calm}, {"incidents": kept}, {"incidents": []},
    ]  # fmt: skip
    for less in some:
        assert check("criticism kept", **less)[0] == "unknown"
    for incidents in ([], kept):
        assert check("criticism kept", history=calm, incidents=incidents)[0] == "yes"


@pytest.mark.parametrize(
    "act",
    [
        Act(kind="delete", at=NOW, target=Message(ours=False)),
        Act(kind="delete", at=NOW),
        Act(at=NOW, target=CRITICAL),
    ],
)
def test_a_deletion_of_which_too_little_is_known_may_be_of_criticism(
    check: Checked, act: Act
) -> None:
    assert check("criticism kept", history=[act])[0] == "unknown"
