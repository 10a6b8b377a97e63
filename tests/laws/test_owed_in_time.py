"""Duties with a deadline, held against a reading of the story from the first event to the last."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Final

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cmcore import Act, Incident, Playbook, conduct, due, hours
from cmcore.incidents import (
    ActEvent,
    AlertEvent,
    Duty,
    HoldEvent,
    IncidentEvent,
    RetrospectiveEvent,
    Scale,
    SeverityLevel,
    SignalEvent,
    StepEvent,
)

NOON: Final = datetime(2026, 3, 2, 12, tzinfo=UTC)
TICK: Final = timedelta(minutes=30)
#: How many ticks there are for each duty, and how long the record goes on.
WITHIN, LONG = 4, 40
SCALE: Final = Scale([SeverityLevel("watch"), SeverityLevel("serious", {"messages": 10})])
#: What meets each duty.
MEETS: Final = {
    "acknowledge": "acknowledged", "alert": "alerted", "answer": "reply", "hold": "held"
}  # fmt: skip
#: What happens, as often as it is drawn.
HAPPENS: Final = (
    *(*MEETS.values(), "held", "advert", "advert", "serious", "resolved", "reopened", "closed"),
)
#: What may happen before the incident opens.
EARLY: Final = ("alerted", "reply", "held", "held", "advert")
#: What ends what is owed since the incident began, for each duty.
ENDS: Final = {"hold": {"resolved", "reopened", "closed"}}

#: Ticks, each with what happens then; the incident opens at 0.
Story = list[tuple[int, str]]


@st.composite
def stories(draw: st.DrawFn) -> Story:
    """Return a strategy for what happens, one thing at a time, no step being impossible."""
    early = sorted(draw(st.sets(st.integers(-6, -1), max_size=2)))
    story = [*((tick, draw(st.sampled_from(EARLY))) for tick in early), (0, "opened")]
    state = "open"
    for tick in sorted(draw(st.sets(st.integers(1, 16), max_size=8))):
        what = possible(draw(st.sampled_from(HAPPENS)), state)
        state = {"reopened": "open"}.get(what, what if what in {"resolved", "closed"} else state)
        story.append((tick, what))
    return story


def possible(what: str, state: str) -> str:
    """Return what can happen in a state instead of a step that cannot."""
    if state == "open":
        return "resolved" if what in {"reopened", "closed"} else what
    if what in {"resolved", "acknowledged"} or (what == "closed" == state):
        return "reopened"
    return what


def event(tick: int, what: str) -> IncidentEvent:
    id_, at = f"e{tick}", NOON + tick * TICK
    if what in {"reply", "advert"}:
        kind = "reply" if what == "reply" else "publish"
        act = Act(kind=kind, text="Hello.", scheduled=what == "advert")
        return ActEvent(id_, at, act=act)
    if what == "alerted":
        return AlertEvent(id_, at, roles={"boss"})
    if what == "held":
        return HoldEvent(id_, at)
    if what == "serious":
        return SignalEvent(id_, at, measure="messages", number=10)
    return StepEvent(id_, at, step=what, reason="again" if what == "reopened" else "")


def incident(story: Story) -> Incident:
    events = [event(tick, what) for tick, what in story]
    return Incident("it", events, scale=SCALE, until=NOON + LONG * TICK)


def playbook(kind: str, level: str | None) -> Playbook:
    roles = {"boss"} if kind == "alert" else None
    return Playbook("p", [Duty("d", kind, within=WITHIN * TICK, level=level, roles=roles)])


def episodes(story: Story, level: str | None) -> list[tuple[int, int, int]]:
    """Return when it began each time, when the duty was owed, and when it began again."""
    begun = [tick for tick, what in story if what in {"opened", "reopened"}]
    serious = [tick for tick, what in story if what == "serious"]
    reached = 0 if level is None else min(serious, default=LONG)
    return [(start, max(start, reached), again) for start, again in pairwise([*begun, LONG])
            if reached <= again and reached < LONG]  # fmt: skip


def read(story: Story, kind: str, episode: tuple[int, int, int]) -> tuple[bool, bool]:
    """Tell whether a duty was kept in an episode, and whether somebody has to do it at the end."""
    start, owed, again = episode
    kept = met = kind in STANDS and STANDS[kind](story, start)
    slipped = is_over = False
    is_open, last = True, owed + WITHIN
    for tick, what in story:
        if tick <= start:
            continue
        is_over |= what in ENDS.get(kind, {"reopened", "closed"})
        if what in {"resolved", "reopened"}:
            is_open = what == "reopened"
        elif what == MEETS[kind]:
            met = True
            kept |= tick <= last
        elif what == "advert" and kind == "hold" and is_open and tick < again:
            slipped |= tick > last or (met and tick > owed)
            kept &= tick > owed
            met = False
    return kept and not slipped, not met and not is_over


def holds_at(story: Story, start: int) -> bool:
    """Tell whether posts are held when it begins: nothing was resolved or went out since."""
    told = [what for tick, what in story if tick < start and what in {"held", "advert", "resolved"}]
    return told[-1:] == ["held"]


def knows_at(story: Story, start: int) -> bool:
    """Tell whether the role knows when it begins: it was told, and nothing was resolved since."""
    told = [what for tick, what in story if tick < start and what in {"alerted", "resolved"}]
    return told[-1:] == ["alerted"]


#: What may stand already when an incident begins.
STANDS: Final = {"hold": holds_at, "alert": knows_at}


@example([(-1, "alerted"), (0, "opened")], "alert", None)
@example([(-1, "held"), (0, "opened"), (1, "advert")], "hold", None)
@given(stories(), st.sampled_from(sorted(MEETS)), st.sampled_from([None, "serious"]))
def test_a_duty_is_kept_where_what_it_asks_for_stood_in_time(
    story: Story, kind: str, level: str | None
) -> None:
    expected = [read(story, kind, one)[0] for one in episodes(story, level)]
    found = [one for one in conduct(incident(story), playbook(kind, level)).findings if one.due]
    assert [str(one.standing) for one in found] == [
        "kept" if kept else "breached" for kept in expected
    ]


@given(
    stories(),
    st.sampled_from(sorted(MEETS)),
    st.sampled_from([None, "serious"]),
    st.integers(0, 20),
)
def test_what_is_owed_now_is_what_nothing_meets_that_stands(
    story: Story, kind: str, level: str | None, now: int
) -> None:
    known = [(tick, what) for tick, what in story if tick <= now]
    expected = [
        f"e{one[0]}" if one[0] else ""
        for one in episodes(known, level)
        if read(known, kind, one)[1]
    ]
    found = due(incident(story), playbook(kind, level), NOON + now * TICK)
    told = [one.subject[1:] if kind == "alert" else one.subject for one in found.owed]
    assert sorted("".join(subject) for subject in told) == sorted(expected)


def test_a_post_as_scheduled_breaks_the_hold_at_once() -> None:
    hold = playbook("hold", None)
    story = incident([(0, "opened"), (1, "held"), (3, "advert")])
    now = story.as_of(NOON + 3 * TICK)
    (found,) = conduct(now, hold).findings
    assert (str(found.standing), found.events, found.margin) == ("breached", ("e3", "e1"), None)
    assert found.text() == "`e3` went out as scheduled, though posts were held"
    assert [one.kind for one in due(story, hold, NOON + 3 * TICK).owed] == ["hold"]


def test_where_it_is_not_known_whether_a_post_was_scheduled_neither_is_the_hold() -> None:
    post = ActEvent("post", NOON + hours(2), act=Act(kind="publish", text="Hello."))
    told = incident([(0, "opened"), (1, "held"), (6, "serious")])
    told = Incident("it", [*told.events, post], scale=SCALE, until=told.end)
    (found,) = conduct(told, playbook("hold", "serious")).findings
    assert (str(found.standing), found.code, found.events) == (
        "unknown", "unsaid released", ("e1",))  # fmt: skip
    (found,) = conduct(told, playbook("hold", None)).findings
    assert (str(found.standing), found.code) == ("unknown", "perhaps slipped held")


@pytest.mark.parametrize("kind", ["hold", "alert"])
def test_a_resolution_at_the_very_opening_comes_after_it(kind: str) -> None:
    told = incident([(-1, "held"), (-2, "alerted"), (0, "opened")])
    over = StepEvent("over", NOON, step="resolved")
    for events in (told.events, (*told.events, over)):
        (found,) = conduct(attrs.evolve(told, events=events), playbook(kind, None)).findings
        assert str(found.standing) == "kept"


def test_it_is_not_owed_twice_where_nobody_knows_which_came_first() -> None:
    told = incident([(0, "opened"), (2, "resolved"), (6, "reopened")])
    level = SignalEvent("s", NOON + 6 * TICK, measure="messages", number=10, tolerance=hours(1))
    told = Incident("it", [*told.events, level], scale=SCALE, until=told.end)
    first, second = conduct(told, playbook("answer", "serious")).findings
    assert (str(first.standing), first.code) == ("unknown", "doubt")
    assert (str(second.standing), second.subject) == ("breached", ("e6",))


@pytest.mark.parametrize(
    ("serious", "owed"), [(1, [(), ("e6",)]), (7, [("e6",)])], ids=["before", "after"]
)
def test_it_is_owed_once_where_its_level_is_only_reached_after_a_reopening(
    serious: int, owed: list[tuple[str, ...]]
) -> None:
    story = [(0, "opened"), (2, "resolved"), (6, "reopened"), (serious, "serious")]
    told = incident(sorted(story))
    findings = conduct(told, playbook("answer", "serious")).findings
    assert [(str(one.standing), one.subject) for one in findings] == [
        ("breached", subject) for subject in owed
    ]
    assert findings[-1].due == NOON + (max(6, serious) + WITHIN) * TICK


@given(stories(), st.lists(st.integers(-6, 16), max_size=2, unique=True))
def test_a_look_back_is_owed_after_each_resolution_that_outlasts_its_time(
    story: Story, looks: list[int]
) -> None:
    told = incident(story)
    reviews = [RetrospectiveEvent(f"r{tick}", NOON + tick * TICK + TICK / 2) for tick in looks]
    told = attrs.evolve(told, events=[*told.events, *reviews])
    switches = [tick for tick, what in story if what in {"resolved", "reopened"}]
    expected: list[str] = []
    for start, again in zip(switches[::2], [*switches[1::2], LONG], strict=False):
        if start + WITHIN < again:
            is_kept = any(start <= tick < start + WITHIN for tick in looks)
            expected.append("kept" if is_kept else "breached")
    found = conduct(told, playbook("review", None)).findings
    assert [str(one.standing) for one in found if one.due] == expected
    owed = due(told, playbook("review", None), told.end).owed
    is_over = len(switches) % 2 == 1 and any(tick >= switches[-1] for tick in looks)
    assert bool(owed) is not is_over
