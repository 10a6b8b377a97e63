"""Incidents, their events and their scales: what they refuse, and what they tell."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from cmcore import (
    Act,
    Incident,
    InvalidError,
    Message,
    Playbook,
    conduct,
    due,
    dump,
    hours,
    parse,
)
from cmcore.charters import CALM, Situation
from cmcore.incidents import (
    ActEvent,
    AlertEvent,
    Duty,
    FactEvent,
    HoldEvent,
    InboundEvent,
    IncidentEvent,
    IncidentState,
    Promise,
    RetrospectiveEvent,
    Scale,
    SeverityLevel,
    SignalEvent,
    StepEvent,
    situation,
)

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
SCALE = Scale(
    [
        SeverityLevel("watch"),
        SeverityLevel("serious", {"messages": 10}),
        SeverityLevel("crisis", {"press": 1}),
    ]
)


def at(hour: float) -> datetime:
    return NOON + hours(hour)


def step(id_: str, hour: float, name: str = "opened", **more: Any) -> StepEvent:  # noqa: ANN401
    return StepEvent(id_, at(hour), step=name, **more)


def said(kind: str = "reply", **more: Any) -> Act:  # noqa: ANN401
    return Act(kind=kind, **more)


def measured(id_: str, hour: float, measure: str, number: float, **more: Any) -> SignalEvent:  # noqa: ANN401
    return SignalEvent(id_, at(hour), measure=measure, number=number, **more)


OPENED = step("o", 0)


def refused(make: Callable[[], object]) -> list[str]:
    with pytest.raises(InvalidError) as caught:
        make()
    return [str(problem) for problem in caught.value.problems]


def incident(*events: IncidentEvent, **more: Any) -> Incident:  # noqa: ANN401
    return Incident("it", [OPENED, *events], **more)


# --------------------------------------------------------------------------------------- events


def test_an_event_is_kept_in_utc_with_its_tolerance() -> None:
    event = HoldEvent("h", datetime.fromisoformat("2026-03-02T13:00+01:00"), tolerance=hours(1))
    assert event.at == NOON
    assert event.at.tzinfo is UTC
    assert (event.around.first, event.around.last) == (at(-1), at(1))


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: HoldEvent("", NOON), ["id: `` cannot be an id"]),
        (lambda: HoldEvent("h", NOON, by=""), ["by: `` cannot be an id"]),
        (lambda: HoldEvent("h", NOON.replace(tzinfo=None)), ["does not say its time zone"]),
        (lambda: HoldEvent("h", NOON, tolerance=-hours(1)), ["the tolerance is impossible"]),
        (
            lambda: HoldEvent("h", datetime(1, 1, 2, tzinfo=UTC), tolerance=timedelta(9)),
            ["too close to an end of the calendar"],
        ),
        (lambda: AlertEvent("a", NOON, roles=()), ["`roles` is empty"]),
        (lambda: AlertEvent("a", NOON, roles={""}), ["roles: `` cannot be an id"]),
        (lambda: FactEvent("f", NOON, that={}), ["`that` is empty (as in `that: {refunded: no}`)"]),
        (
            lambda: FactEvent("f", NOON, that={"x": float("nan")}),
            ["that.x: `nan` is not yes or no, a number or text"],
        ),
        (lambda: ActEvent("a", NOON, act=Act()), ["`kind` is missing (one of `archive`"]),
        (
            lambda: ActEvent("a", NOON, act=said(), claims={"": True}),
            ["claims: `` cannot be an id"],
        ),
        (lambda: Promise({}, NOON), ["`that` is empty (as in `that: {delivered: yes}`)"]),
        (lambda: measured("s", 0, "m", -1), ["number: `-1` is not a measure"]),
        (lambda: measured("s", 0, "", 1), ["measure: `` cannot be an id"]),
        (lambda: step("r", 0, "reopened", reason=" "), ["does not say `reason`"]),
        (lambda: step("r", 0, "closed", reason="x"), ["`closed` has no `reason`"]),
        (lambda: step("r", 0, "closed", about="a"), ["`closed` has no `about`"]),
        (lambda: step("r", 0, "solved"), ["step: `solved` is not a valid choice (did you m"]),
    ],
)
def test_an_event_that_makes_no_sense_is_refused(
    make: Callable[[], object], told: list[str]
) -> None:
    found = refused(make)
    assert len(found) == len(told)
    assert all(part in line for part, line in zip(told, found, strict=True))


def test_an_act_takes_after_its_event() -> None:
    event = ActEvent("a", NOON, act=said(author="maud", labels={"hostile": "yes"}))
    assert (event.by, event.act.id, event.act.at, event.act.author) == ("maud", "a", NOON, "maud")
    assert event.act.labels["hostile"] is True
    assert ActEvent("a", NOON, by="yann", act=said(author="maud")).act.author == "yann"


def test_a_message_takes_after_its_event() -> None:
    event = InboundEvent("m", NOON, by="ana", message=Message(text="why?"))
    assert (event.message.author, event.message.at) == ("ana", NOON)
    assert InboundEvent("m", NOON, message=Message(author="bo")).by == "bo"


# --------------------------------------------------------------------------------------- scales


@pytest.mark.parametrize(
    ("levels", "told"),
    [
        ([], "`scale` is empty"),
        ([SeverityLevel("a"), SeverityLevel("a", {"x": 1})], "the id `a` is used more than once"),
        ([SeverityLevel("a", {"x": 1})], "the first level, `a`, asks for something"),
        ([SeverityLevel("a"), SeverityLevel("b")], "nothing reaches `b`"),
    ],
)
def test_a_scale_that_makes_no_sense_is_refused(levels: list[SeverityLevel], told: str) -> None:
    (found,) = refused(lambda: Scale(levels))
    assert told in found


def test_a_level_that_makes_no_sense_is_refused() -> None:
    assert len(refused(lambda: SeverityLevel("", {"": -1}))) == 3
    assert "is not a measure" in refused(lambda: SeverityLevel("a", {"x": True}))[0]


def test_a_scale_ranks_its_levels() -> None:
    assert SCALE.names == ("watch", "serious", "crisis")
    assert [SCALE.reached("messages", n) for n in (9, 10)] == [0, 1]
    assert "did you mean `crisis`?" in refused(lambda: SCALE.rank("crises"))[0]
    assert "one of `watch`, `serious`, `crisis`" in refused(lambda: SCALE.rank("zzz"))[0]


# ---------------------------------------------------------------------------- consistent histories


def test_every_inconsistency_is_named_with_its_place() -> None:
    events = [
        step("o", 0),
        InboundEvent("m", at(3)),
        ActEvent("a", at(1), act=said(), about=["m", "mm", "a", "o"]),
        ActEvent("a", at(2), act=said(), promises=[Promise({"x": True}, at(1))]),
        FactEvent("f", at(1), that={"x": "maybe", "y": 1}),
        FactEvent("g", at(1), that={"y": 2}, source="paper"),
        ActEvent("b", at(4), act=said(), claims={"y": True}),
        step("c", 1, "closed"),
        RetrospectiveEvent("r", at(1), about="m"),
        HoldEvent("h", at(9)),
    ]
    found = refused(lambda: Incident("it", events, sources={"papers": "…"}, until=at(5)))
    assert [line.replace("2026-03-02T", "").replace(":00+00:00", "") for line in found] == [
        "events[2].about[0]: it is about `m`, which comes later (it is at 13:00, `m` at 15:00)",
        "events[2].about[1]: no event is called `mm` (did you mean `m`?)",
        "events[2].about[2]: `a` is about itself (name another event)",
        *_neither("events[2].about[3]", "o"),
        "events[3]: the id `a` is used more than once (events[2] has it already)",
        "events[3].promises[0].by: it promises for 13:00, which is past (it is made at 14:00)",
        *_sort("events[3].promises[0].that.x", "`x` is yes or no here, and text elsewhere"),
        _clash("events[5].that.y", "y"),
        "events[5].source: no source is called `paper` (did you mean `papers`?)",
        *_sort("events[6].claims.y", "`y` is yes or no here, and a number elsewhere"),
        "events[7]: it is open: it cannot be `closed` (resolve it first)",
        "events[8].about[0]: it is about `m`, which comes later (it is at 13:00, `m` at 15:00)",
        "events[9].at: it comes after the end, at 21:00 (the incident is known until 17:00)",
    ]


def _clash(place: str, name: str) -> str:
    hint = "events[4] says otherwise at the same instant"
    return f"{place}: `{name}` has two values at 13:00 ({hint})"


def _neither(place: str, id_: str) -> list[str]:
    hint = "an act is about messages, or about other acts"
    return [f"{place}: `{id_}` is neither a message nor an act ({hint})"]


def _sort(place: str, told: str) -> list[str]:
    return [f"{place}: {told} (a fact always has the same type)"]


def test_we_correct_acts_of_ours_that_came_before() -> None:
    events = [
        InboundEvent("m", at(-1)),
        ActEvent("lie", at(-1), act=said()),
        step("o", 0),
        ActEvent("word", at(1), act=said(), about=["m"], corrects=["lie", "m", "lies"]),
    ]
    found = refused(lambda: Incident("it", events))
    assert [line.partition(" (")[0] for line in found] == [
        "events[3].corrects[1]: `m` is not an act of ours",
        "events[3].corrects[2]: no event is called `lies`",
    ]
    word = ActEvent("word", at(1), act=said(), about=["lie", "m"], corrects="lie")
    known = Incident("it", [*events[:3], word])
    assert word.about == ("m", "lie")
    assert known.as_of(at(2)).event("word") == word
    assert "[says that `lie` was wrong]" in known.text()


def test_the_opening_is_about_acts_of_ours_that_came_before() -> None:
    events = [
        InboundEvent("m", at(-1)),
        ActEvent("late", at(1), act=said()),
        ActEvent("joke", at(-1), act=said()),
        step("o", 0, about=["m", "late", "joke", "jokes"]),
    ]
    found = refused(lambda: Incident("it", events))
    assert [line.partition(" (")[0] for line in found] == [
        "events[3].about[0]: `m` is not an act of ours",
        "events[3].about[1]: it is about `late`, which comes later",
        "events[3].about[3]: no event is called `jokes`",
    ]
    whole = Incident("it", [*events[:3], step("o", 0, about="joke")])
    joke = whole.event("joke")
    assert isinstance(joke, ActEvent)
    assert whole.situation_before(joke) == CALM
    assert whole.as_of(at(0.5)).opened.about == ("joke",)


def test_tolerances_leave_room_for_what_would_be_inconsistent() -> None:
    late = InboundEvent("m", at(3), tolerance=hours(1))
    act = ActEvent("a", at(1), act=said(), about="m", tolerance=hours(1))
    assert incident(late, act).event("a") == act
    assert incident(HoldEvent("h", at(3), tolerance=hours(1)), until=at(2)).end == at(2)


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: Incident("", [OPENED]), "incident: `` cannot be an id"),
        (lambda: incident(zone="Paris"), "zone: "),
        (lambda: incident(until=NOON.replace(tzinfo=None)), "does not say its time zone"),
        (
            lambda: incident(untold=["alert"]),
            "there is no kind of event `alert` (did you mean `alerted`?)",
        ),
        (lambda: incident(untold=["zzz"]), "as in `untold: [alerted, held]`"),
        (lambda: Incident("it", []), "nothing opens the incident"),
        (lambda: incident(step("c", -1, "contained")), "it is `contained` before it is opened"),
        (lambda: incident(step("p", 1)), "it is open: it cannot be `opened` (an incident opens"),
        (lambda: incident(step("r", 1, "reopened", reason="x")), "(it is not resolved)"),
        (
            lambda: incident(step("r", 1, "resolved"), step("c", 2, "contained")),
            "it is resolved: it cannot be `contained` (reopen it first, with a reason)",
        ),
        (
            lambda: incident(
                step("r", 1, "resolved"), step("c", 2, "closed"), step("d", 3, "closed")
            ),
            "it is closed: it cannot be `closed` (it is closed already)",
        ),
    ],
)
def test_what_cannot_be_is_refused(make: Callable[[], object], told: str) -> None:
    (found,) = refused(make)
    assert told in found


# -------------------------------------------------------------------------------------- situations


LIFE = incident(
    measured("s", 1, "messages", 12),
    measured("t", 2, "messages", 3),
    measured("p", 4, "press", 1),
    step("c", 3, "contained"),
    step("r", 5, "resolved"),
    step("again", 7, "reopened", reason="it was not over"),
    scale=SCALE,
)


@pytest.mark.parametrize(
    ("hour", "state", "severity"),
    [
        (-1, None, None),
        (0, IncidentState.OPEN, "watch"),
        (1, IncidentState.OPEN, "serious"),
        (3, IncidentState.CONTAINED, "serious"),
        (4, IncidentState.CONTAINED, "crisis"),
        (5, IncidentState.RESOLVED, None),
        (7, IncidentState.OPEN, "crisis"),
    ],
)
def test_an_incident_knows_its_state_and_its_severity(
    hour: float, state: IncidentState | None, severity: str | None
) -> None:
    assert LIFE.state(at(hour)) is state
    is_open = state is not None and state.is_live
    assert LIFE.situation(at(hour)) == Situation(open=is_open, severity=severity)


def test_the_end_is_where_the_log_ends() -> None:
    assert LIFE.state() is IncidentState.OPEN
    assert LIFE.end == at(7)
    assert LIFE.opened == OPENED


def test_tolerances_leave_a_situation_open() -> None:
    blurred = incident(
        measured("s", 3, "messages", 12, tolerance=hours(1)),
        step("r", 6, "resolved", tolerance=hours(1)),
        scale=SCALE,
    )
    found = [blurred.situation(at(hour)) for hour in (1, 3, 4, 6, 7)]
    assert [now.open for now in found] == [True, True, True, None, False]
    assert [now.severity for now in found] == ["watch", None, "serious", None, None]


def test_what_was_measured_before_it_opened_counts_from_its_opening_on() -> None:
    early = incident(measured("s", -2, "press", 1), scale=SCALE)
    assert early.situation(at(-1)) == CALM
    assert early.situation(at(0)).severity == "crisis"
    assert early.start("crisis") == NOON
    assert early.start("watch") == NOON
    assert incident(scale=SCALE).start("crisis") is None


def test_as_of_a_moment_nothing_later_is_known() -> None:
    late = InboundEvent("m", at(3), tolerance=hours(2))
    act = ActEvent("a", at(2), act=said(), about="m", tolerance=hours(2))
    now = incident(late, act).as_of(at(2))
    assert [event.id for event in now.events] == ["o", "a"]
    assert now.until == at(2)
    assert "is not open yet" in refused(lambda: LIFE.as_of(at(-1)))[0]


def test_of_several_incidents_the_most_severe_counts() -> None:
    small, big = incident(scale=SCALE), LIFE
    assert situation([], NOON) == CALM
    assert situation([small, big], at(-1)) == CALM
    assert situation([small, big], at(4)) == Situation(open=True, severity="crisis")
    assert situation([small, big], at(6)) == Situation(open=True, severity="watch")
    blurred = incident(measured("s", 3, "messages", 12, tolerance=hours(1)), scale=SCALE)
    assert situation([small, blurred], at(3)) == Situation(open=True)
    assert situation([big, blurred], at(4)).severity == "crisis"
    maybe = Incident("m", [StepEvent("o", at(1), tolerance=hours(2), step="opened")])
    assert situation([maybe], NOON) == Situation()
    assert "different scales" in refused(lambda: situation([small, maybe], NOON))[0]


@pytest.mark.parametrize("tone", [None, "critical", " Critical", "other", "angry"])
@pytest.mark.parametrize("criticism", [None, True, False])
def test_a_message_is_not_criticism_by_its_tone_and_none_by_what_is_said(
    tone: str | None,
    criticism: bool | None,  # noqa: FBT001
) -> None:
    contrary = {True: "other", False: "critical", None: None}[criticism]
    when = "2026-03-02T13:00+01:00"
    message = {"inbound": "m", "at": when, "criticism": criticism, "tone": tone}
    text = json.dumps({"incident": "it", "events": [{"opened": "o", "at": when}, message]})
    if tone is not None and tone.strip().lower() == contrary:
        with pytest.raises(InvalidError, match="its tone is") as caught:
            parse(text, Incident, format="json")
        assert [one.path[-1] for one in caught.value.problems] == ["tone"]
    else:
        assert parse(text, Incident, format="json").id == "it"


NAMES = {
    "sent": "the lamp is on its way",
    "back": "she has a lamp",
    "press": "articles",
    "serious": "2 (press)",
}


@pytest.mark.parametrize(
    ("names", "told"),
    [
        ({}, ("`sent`: yes", "`press`: 3", "level `serious`")),
        (NAMES, ("the lamp is on its way: yes", "articles: 3", "level 2 (press)")),
    ],
)
def test_facts_measures_and_levels_go_by_their_names(
    names: dict[str, str], told: tuple[str, str, str]
) -> None:
    promise = Promise({"sent": True, "back": True}, at(3))
    given = Incident(
        "lamps",
        [
            OPENED,
            FactEvent("f", at(1), that={"sent": True}),
            measured("m", 1, "press", 3),
            ActEvent("a", at(2), act=said(text="Tomorrow."), promises=[promise]),
        ],
        scale=Scale([SeverityLevel("watch"), SeverityLevel("serious", {"visits": 9})]),
        names=names,
    )
    held = Duty("posts", "hold", within=hours(1), level="serious")
    kept = Playbook("p", [held, Duty("kept", "keep promises")])
    assert all(one in given.text() for one in told[:2])
    found = conduct(given, kept).text()
    assert all(one in found for one in told)
    fact = told[0].removesuffix(": yes")
    assert f"{fact} promised to be yes at" in found
    assert f"(a, {names.get('back', 'back')})" in due(given, kept, at(2)).text()
    assert parse(dump(given), Incident) == given


def test_a_name_of_nothing_is_refused_with_the_nearest_and_cut_with_what_it_names() -> None:
    events = [
        OPENED,
        measured("m", 1, "press", 3),
        FactEvent("f", at(2), that={"sent": True}),
        ActEvent("a", at(3), act=said(), promises=[Promise({"back": True}, at(5))]),
    ]
    scale = Scale([SeverityLevel("watch"), SeverityLevel("serious", {"visits": 9})])
    with pytest.raises(InvalidError) as caught:
        Incident("lamps", events, scale=scale, names={"snet": "sent", "zz": "nothing"})
    assert [str(one) for one in caught.value.problems] == [
        "names.snet: no fact, measure or level of the incident is `snet` (did you mean `sent`?)",
        (
            "names.zz: no fact, measure or level of the incident is `zz` "
            "(names are for what stands in the incident)"
        ),
    ]
    names = dict.fromkeys(["sent", "back", "press", "visits", "watch", "serious"], "called")
    whole = Incident("lamps", events, scale=scale, names=names)
    assert sorted(whole.as_of(at(1)).names) == ["press", "serious", "visits", "watch"]
    assert whole.as_of(at(3)).names == whole.names
