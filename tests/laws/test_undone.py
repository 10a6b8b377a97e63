"""An act that fulfils a duty does so as long as it stands, held against a reading of the story."""

from datetime import UTC, datetime, timedelta
from typing import Final

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cmcore import Act, Incident, Playbook, WordList, conduct, due
from cmcore.base.truth import Truth
from cmcore.incidents import ActEvent, Duty, FactEvent, IncidentEvent, Standing, StepEvent

NOON: Final = datetime(2026, 3, 2, 12, tzinfo=UTC)
TICK: Final = timedelta(minutes=30)
#: How many ticks there are for each duty.
WITHIN: Final = 6
BAN: Final = Duty("ban", "never say", words=WordList(["your fault"]))
DUTIES: Final = {
    "reply": Duty("d", "answer", within=WITHIN * TICK),
    "message": Duty("d", "answer", within=WITHIN * TICK, acts={"message"}),
    "publish": Duty("d", "correct", within=WITHIN * TICK),
    "edit": Duty("d", "correct", within=WITHIN * TICK),
}
CORRECTING: Final = ("publish", "edit")
#: What a later act may make of one: what still says it, what does not, and what is silent.
GOOD, BAD, SILENT = "good", ("false", "empty", "ban"), "silent"
REMOVED: Final = ("archive", "delete", "hide")
#: What puts back what was taken away, and which of it.
BACK: Final = {"unhide": ("hide",), "restore": ("archive", "delete")}
CHANGES: Final = (GOOD, *BAD, SILENT, *REMOVED, *BACK)

#: The kind of the act and when it comes; then when each change comes, of which version, to what.
Story = tuple[str, int, list[tuple[int, int, str]]]


@st.composite
def stories(draw: st.DrawFn) -> Story:
    """Return a strategy for acts that fulfil a duty and for what we made of them."""
    kind, at = draw(st.sampled_from(sorted(DUTIES))), draw(st.integers(1, 8))
    ticks = sorted(draw(st.sets(st.integers(at + 1, 14), max_size=3)))
    return kind, at, [
        (tick, draw(st.integers(0, n)), draw(st.sampled_from(CHANGES)))
        for n, tick in enumerate(ticks)
    ]  # fmt: skip


def said(kind: str, what: str) -> tuple[Act, dict[str, bool]]:
    """Return an act that says something, and what it claims."""
    text = {"empty": "", "ban": "It is your fault."}.get(what, "Sorry.")
    right = {GOOD: False, "false": True}
    claims = {"safe": right[what]} if what in right and (kind in CORRECTING or what != GOOD) else {}
    return Act(kind=kind, text=text, media=set()), claims


def incident(story: Story) -> Incident:
    kind, at, changes = story
    events: list[IncidentEvent] = [
        StepEvent("o", NOON, step="opened"),
        FactEvent("f", NOON - TICK, that={"safe": False}),
        ActEvent("lie", NOON, act=Act(kind="publish", text="All is well."), claims={"safe": True}),
    ]
    act, claims = said(kind, GOOD)
    about = "lie" if kind in CORRECTING else ()
    posts = [ActEvent("v0", NOON + at * TICK, act=act, claims=claims, about=about)]
    for n, (tick, version, what) in enumerate(changes, start=1):
        is_edit = what not in {*REMOVED, *BACK}
        act, claims = said("edit", what) if is_edit else (Act(kind=what), {})
        claims = claims if kind in CORRECTING or what == "false" else {}
        edits = [one.id for one in posts if one.act.kind not in {*REMOVED, *BACK}]
        taken = [one.id for one in posts if one.act.kind in BACK.get(what, ())]
        # what puts something back may be about the post, or about the act that took it away
        many = taken if taken and version % 2 else edits
        about = many[min(version, len(many) - 1)]
        posts.append(ActEvent(f"v{n}", NOON + tick * TICK, act=act, claims=claims, about=about))
    return Incident("it", [*events, *posts], until=NOON + 40 * TICK)


def spoils(story: Story, at: int = 99) -> list[tuple[str, Truth]]:
    """Return what may have taken the act away by a moment, each with whether it still has."""
    kind, _, changes = story
    spoilt: list[tuple[str, Truth]] = []
    for what in (what for tick, _, what in changes if tick <= at):
        if what in BACK:
            spoilt = [one for one in spoilt if one[0] not in BACK[what]]
        elif what in REMOVED:
            spoilt.append((what, Truth.TRUE))
        else:
            says = stays(kind, what)
            spoilt = [(one, truth & ~says) for one, truth in spoilt]
            spoilt.append((what, ~says))
    return [one for one in spoilt if one[1] is not Truth.FALSE]


def stays(kind: str, what: str) -> Truth:
    """Tell whether an edit to something leaves what fulfilled the duty."""
    if kind not in CORRECTING:
        return Truth.of(what not in BAD)
    return {GOOD: Truth.TRUE, "false": Truth.FALSE}.get(what, Truth.UNKNOWN)


def stands(story: Story, at: int) -> bool:
    """Tell whether what fulfils the duty surely stands at a moment."""
    return not spoils(story, at)


def is_gone(story: Story) -> bool:
    """Tell whether nothing is left in the end of what fulfilled the duty."""
    return any(truth is Truth.TRUE for _, truth in spoils(story))


def playbook(kind: str) -> Playbook:
    return Playbook("p", [DUTIES[kind], BAN])


@given(stories())
def test_a_duty_is_kept_by_what_stands_at_the_deadline(story: Story) -> None:
    kind, at, _ = story
    one = next(one for one in conduct(incident(story), playbook(kind)).findings if one.duty == "d")
    if at > WITHIN:
        assert one.standing is Standing.BREACHED
    elif stands(story, WITHIN):
        assert one.standing is Standing.KEPT
        assert one.code == ("done undone" if is_gone(story) else "done")
    else:
        assert (one.standing, one.code.split()[0]) == (Standing.UNKNOWN, "unsaid")


@example(("reply", 1, [(9, 0, "delete")]), 12)
@given(stories(), st.integers(0, 20))
def test_a_duty_is_owed_again_once_what_fulfilled_it_is_undone_in_time(
    story: Story, now: int
) -> None:
    kind, at, _ = story
    told = due(incident(story), playbook(kind), NOON + now * TICK)
    is_met = at <= now and stands(story, min(now, WITHIN) if at <= WITHIN else now)
    # an edit that puts it right after the deadline is late, and does it
    edits = [(tick, what) for tick, _, what in story[2] if what not in {*REMOVED, *BACK}]
    is_late = any(stays(kind, what) is Truth.TRUE and WITHIN < tick <= now for tick, what in edits)
    is_met |= is_late and stands(story, now)
    # what was edited into a lie has to be corrected on its own account
    owed = [one for one in told.owed if one.subject in {(), ("lie", "safe")}]
    known = [one for one in story[2] if one[0] <= now]
    is_lost = is_met and is_gone((kind, at, known))
    assert [one.is_sure for one in owed] == ([False] if is_lost else [] if is_met else [True])
    if is_lost:
        since = owed[0].since
        assert owed[0].due == since + WITHIN * TICK
        assert since in {NOON + tick * TICK for tick, _, _ in known if tick > WITHIN}


@pytest.mark.parametrize(("what", "code"), [("delete", "gone"), ("false", "changed")])
def test_what_undid_it_is_shown(what: str, code: str) -> None:
    soon, later = (("publish", 1, [(tick, 0, what)]) for tick in (2, 9))
    (one, *_) = conduct(incident(soon), playbook("publish")).findings
    assert (one.code, one.events) == (f"unsaid {code}", ("lie", "v0", "v1"))
    (one, *_) = conduct(incident(later), playbook("publish")).findings
    assert one.text() == (
        "done at 2026-03-02 12:30, 2 h 30 min before the deadline; undone later by `v1`"
    )


def test_of_an_edited_post_it_is_not_known_what_people_saw() -> None:
    (one, *_) = conduct(incident(("reply", 1, [(2, 0, "ban")])), playbook("reply")).findings
    assert one.text() == (
        "due at 2026-03-02 15:00: `v0` was edited, "
        "and nobody knows whether people had seen it before"
    )


@pytest.mark.parametrize(("back", "standing"), [("unhide", "kept"), ("restore", "unknown")])
def test_what_puts_an_act_back_may_be_about_what_took_it_away(back: str, standing: str) -> None:
    story = ("reply", 1, [(2, 0, "hide"), (3, 1, back)])
    (one, *_) = conduct(incident(story), playbook("reply")).findings
    assert str(one.standing) == standing
