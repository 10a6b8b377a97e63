"""What came before an incident opened is no occasion, and is told as such, save what caused it."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore import (
    Act,
    Charter,
    Incident,
    Playbook,
    ValidationCircuit,
    WordList,
    conduct,
    due,
    hours,
)
from cmcore.base.truth import Truth
from cmcore.circuits import Approvers, Stage
from cmcore.incidents import (
    ActEvent,
    Duty,
    DutyKind,
    FactEvent,
    InboundEvent,
    Promise,
    Scale,
    SeverityLevel,
    SignalEvent,
    Standing,
    StepEvent,
)
from cmcore.incidents.playbook import SPEAKING
from cmcore.strategies import charters, incidents

from .true_incidents import untied

ALWAYS: Final = Playbook(
    "always",
    [
        Duty("criticism", "keep criticism"),
        Duty("words", "never say", words=WordList(["never"])),
        Duty("truth", "tell the truth"),
        Duty("promises", "keep promises"),
        Duty("story", "never contradict"),
        Duty("circuits", "ask the circuit"),
    ],
)
PROMISES: Final = Playbook("promises", [Duty("promises", "keep promises")])
REMOVING: Final = frozenset({"delete", "hide", "mute", "block"})


def removed(incident: Incident) -> bool:
    """Tell whether anything of somebody else's was taken away, or nobody knows whose it was."""
    return any(
        not one.about or any(isinstance(incident.event(id_), InboundEvent) for id_ in one.about)
        for one in incident.of(ActEvent)
        if one.act.kind in REMOVING
    )


def claimed_twice(incident: Incident) -> bool:
    facts = [fact for one in incident.of(ActEvent) for fact in one.claims]
    return len(facts) > len({*facts})


#: Kind of duty -> whether a record has anything that it is about, whenever that was.
HAPPENED: Final[Mapping[DutyKind, Callable[[Incident], bool]]] = {
    DutyKind.KEEP_CRITICISM: removed,
    DutyKind.NEVER_SAY: lambda it: any(one.act.kind in SPEAKING for one in it.of(ActEvent)),
    DutyKind.TELL_TRUTH: lambda it: any(one.claims for one in it.of(ActEvent)),
    DutyKind.KEEP_PROMISES: lambda it: any(one.promises for one in it.of(ActEvent)),
    DutyKind.NEVER_CONTRADICT: claimed_twice,
    DutyKind.ASK_CIRCUIT: lambda it: bool(it.of(ActEvent)),
}


def exact(incident: Incident) -> Incident:
    events = [attrs.evolve(event, tolerance=timedelta(0), after=None) for event in incident.events]
    return attrs.evolve(incident, events=events, until=max(incident.end, events[-1].at), untold=())


@given(incidents(), charters(max_rules=1))
def test_nothing_is_only_said_where_nothing_was(incident: Incident, charter: Charter) -> None:
    for one in conduct(incident, ALWAYS, charter).findings:
        if one.code.startswith("idle") and one.standing is Standing.NO_OCCASION:
            assert not HAPPENED[one.kind](incident)
        if one.code.startswith("early"):
            assert one.events
            for event in map(incident.event, one.events):
                assert event.around.first < incident.opened.around.last
                assert f"`{event.id}`" in one.text()


@given(incidents(max_events=3), st.sampled_from(["delete", "publish"]), st.integers(1, 90))
def test_what_came_before_breaches_nothing_and_is_named(
    incident: Incident, kind: str, minutes: int
) -> None:
    true = exact(incident)
    at = true.opened.at - timedelta(minutes=minutes)
    act = Act(kind=kind, text="We never did.")
    more = ActEvent("before", at, act=act, claims={"safe": True})
    told = conduct(attrs.evolve(true, events=[*true.events, more]), ALWAYS)
    named = {id_ for one in told.of("no occasion") for id_ in one.events}
    assert not any("before" in one.subject for one in told.findings)
    then = {one.kind for one in conduct(true, ALWAYS).of("no occasion")}
    about = DutyKind.KEEP_CRITICISM if kind == "delete" else DutyKind.NEVER_SAY
    assert ("before" in named) is (not then.isdisjoint({about, DutyKind.TELL_TRUTH}))


DESK: Final = ValidationCircuit("desk", [Stage(Approvers("role", {"editor"}))])
#: A charter that lets nothing out unseen.
ASKING: Final = Charter("asking", circuits=[DESK], default="desk")
NINE: Final = datetime(2026, 3, 2, 9, tzinfo=UTC)
SOON: Final = timedelta(minutes=5)


@given(incidents(), st.sampled_from([None, "watch"]), st.sets(st.integers(0, 2)))
def test_what_caused_it_breaches_what_it_would_had_it_opened_long_before(
    incident: Incident, level: str | None, named: set[int]
) -> None:
    incident = untied(incident)
    opened = incident.opened
    acts = [one.id for one in incident.of(ActEvent)
            if opened.around.before(one.around) is not Truth.TRUE]  # fmt: skip
    causes = [id_ for n, id_ in enumerate(acts) if n in named]
    start = min(one.around.first for one in incident.events) - SOON
    kinds = [duty for duty in ALWAYS.duties if duty.kind is not DutyKind.ASK_CIRCUIT]
    playbook = Playbook("p", [attrs.evolve(duty, level=level) for duty in kinds])
    judged, expected = (
        [(one.kind, one.code, one.subject)
         for one in conduct(opening_with(incident, step), playbook).of("breached")
         if one.subject[:1] and one.subject[0] in causes]
        for step in (attrs.evolve(opened, about=causes),
                     attrs.evolve(opened, at=start, tolerance=timedelta(0), after=None, about=()))
    )  # fmt: skip
    assert judged == expected


def opening_with(incident: Incident, opened: StepEvent) -> Incident:
    events = [opened if one.id == opened.id else one for one in incident.events]
    return attrs.evolve(incident, events=events)


@pytest.mark.parametrize("tolerance", [timedelta(0), hours(2)])
def test_the_worst_deeds_are_breaches_where_they_caused_it(tolerance: timedelta) -> None:
    later = Duty("later", "tell the truth", level="serious")
    events = [
        InboundEvent("blame", NINE - hours(1), criticism=True),
        FactEvent("really", NINE - hours(1), that={"safe": False}),
        ActEvent("gone", NINE - hours(0.5), act=Act(kind="delete"), about="blame"),
        ActEvent("lie", NINE - hours(0.3), claims={"safe": True},
                 act=Act(kind="publish", text="Never unsafe.")),
        StepEvent("o", NINE, step="opened", about=["gone", "lie"], tolerance=tolerance),
        SignalEvent("s", NINE + hours(5), measure="messages", number=9),
    ]  # fmt: skip
    scale = Scale([SeverityLevel("watch"), SeverityLevel("serious", {"messages": 5})])
    incident = Incident("it", events, scale=scale)
    found = conduct(incident, Playbook("p", [*ALWAYS.duties, later]), ASKING)
    told = {one.duty: (str(one.standing), one.events[:1]) for one in found.findings}
    assert told == {
        "criticism": ("breached", ("gone",)),
        "words": ("breached", ("lie",)),
        "truth": ("breached", ("lie",)),
        "promises": ("no occasion", ()),
        "story": ("no occasion", ()),
        "circuits": ("unknown", ("lie",)) if tolerance else ("no occasion", ("gone",)),
        "later": ("no occasion", ("lie",)),
    }


@given(incidents(), st.integers(1, 90), st.integers(0, 300), st.booleans())
def test_a_promise_counts_whenever_it_was_made(
    incident: Incident,
    before: int,
    later: int,
    so: bool,  # noqa: FBT001
) -> None:
    true = exact(incident)
    opened = true.opened.at
    promise = Promise({"refunded": so}, opened + timedelta(minutes=later))
    made = [
        ActEvent("word", at, act=Act(kind="reply"), promises=[promise])
        for at in (opened - timedelta(minutes=before), opened)
    ]
    told = [
        attrs.evolve(true, events=[*true.events, one], until=max(true.end, promise.by))
        for one in made
    ]
    early, late = (
        [(one.standing, one.code) for one in conduct(each, PROMISES).findings
         if "word" in one.subject]
        for each in told
    )  # fmt: skip
    assert early == late != []
    owed = [[one.due for one in due(each, PROMISES, promise.by).owed if "word" in one.subject]
            for each in told]  # fmt: skip
    assert owed[0] == owed[1]


@pytest.mark.parametrize(
    ("facts", "standing", "is_owed"),
    [([], "unknown", True), ([-2], "breached", True), ([-2, -0.5], "no occasion", False)],
)
def test_a_promise_that_was_over_counts_as_long_as_nobody_knows_how_it_ended(
    facts: list[float],
    standing: str,
    is_owed: bool,  # noqa: FBT001
) -> None:
    noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
    promise = Promise({"sent": True}, noon - hours(1))
    events = [
        ActEvent("word", noon - hours(3), act=Act(kind="reply"), promises=[promise]),
        *(FactEvent(f"f{n}", noon + hours(at), that={"sent": False}) for n, at in enumerate(facts)),
        StepEvent("o", noon, step="opened"),
    ]
    incident = Incident("it", events, until=noon + hours(9))
    (one,) = conduct(incident, PROMISES).findings
    assert (str(one.standing), one.events[0]) == (standing, "word")
    assert bool(due(incident, PROMISES, noon).owed) is is_owed


@given(incidents())
def test_what_is_said_to_be_in_doubt_is(incident: Incident) -> None:
    opened = incident.opened.around
    for one in conduct(incident, ALWAYS).findings:
        event = incident.event(one.events[0]) if one.events else incident.opened
        if one.code == "perhaps bound":
            assert opened.by(event.around) is Truth.UNKNOWN
        if one.code == "perhaps known":
            assert event.around.before(opened) is Truth.TRUE
            assert one.due
            assert one.due - one.due_tolerance < opened.last


def test_where_a_promise_may_have_been_known_to_be_missed_that_is_what_is_in_doubt() -> None:
    promise = Promise({"sent": True}, NINE - hours(1.5))
    events = [
        FactEvent("unsent", NINE - hours(60), that={"sent": False}),
        ActEvent("closed-weekend", NINE - hours(50), act=Act(kind="reply"), promises=[promise]),
        FactEvent("still", NINE - hours(1), that={"sent": False}),
        StepEvent("o", NINE, step="opened", tolerance=hours(1)),
    ]
    (one,) = conduct(Incident("it", events), PROMISES).findings
    assert (str(one.standing), one.code) == ("unknown", "perhaps known")
    assert one.text() == (
        "`sent` promised to be yes at 2026-03-02 07:30, and it was no, "
        "which may have been known before the duty began"
    )
    assert "c’était non" in one.text("fr")


@given(incidents(), st.integers(1, 90), st.booleans())
def test_an_answer_of_before_is_named_where_none_came_since(
    incident: Incident,
    minutes: int,
    is_about: bool,  # noqa: FBT001
) -> None:
    true = exact(incident)
    playbook = Playbook("p", [Duty("answer", "answer", within=hours(2))])
    at = true.opened.at - timedelta(minutes=minutes)
    asked = InboundEvent("asked", at - hours(1))
    about = "asked" if is_about else ()
    word = ActEvent("word", at, act=Act(kind="reply", text="Sorry."), about=about)
    end = max(true.end, true.opened.at + hours(3))
    without, then = (
        conduct(attrs.evolve(true, events=[*true.events, *more], until=end), playbook).findings[0]
        for more in ([], [asked, word])
    )
    assert (then.standing, then.at) == (without.standing, without.at)
    is_named = then.standing is Standing.BREACHED and then.code == "not answered"
    assert ("word" in then.events) is (is_about and is_named)
    if is_about and then.standing is Standing.BREACHED:
        assert then.code in {"late", "late at most", "not answered"}
