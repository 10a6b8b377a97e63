"""What people still read and is known to be false has to be put right: report and list agree."""

from datetime import UTC, datetime, timedelta
from typing import Final

from hypothesis import example, given
from hypothesis import strategies as st

from cmcore import Act, Incident, Playbook, conduct, due, hours
from cmcore.incidents import ActEvent, Duty, FactEvent, IncidentEvent, StepEvent

NOON: Final = datetime(2026, 3, 2, 12, tzinfo=UTC)
TICK: Final = timedelta(minutes=30)
CORRECT: Final = Playbook("p", [Duty("d", "correct", within=hours(2))])
#: What is told of one fact: when, whether it is so or only claimed to be, and its value.
Story = list[tuple[int, str, bool]]
STORIES: Final = st.lists(
    st.tuples(st.integers(1, 9), st.sampled_from(["fact", "claim", "claim"]), st.booleans()),
    min_size=1,
    max_size=5,
    unique_by=lambda one: one[0],
).map(sorted)


def incident(story: Story) -> Incident:
    events: list[IncidentEvent] = [StepEvent("o", NOON, step="opened")]
    for tick, what, so in story:
        id_, at = f"e{tick}", NOON + tick * TICK
        if what == "fact":
            events.append(FactEvent(id_, at, that={"leak": so}))
        else:
            act = Act(kind="publish", text="To all.")
            events.append(ActEvent(id_, at, act=act, claims={"leak": so}))
    return Incident("it", events, until=NOON + 30 * TICK)


def told_by(story: Story, now: int) -> bool | None:
    """Return what the fact was last told to be; None before anything was."""
    return next((so for tick, what, so in reversed(story) if what == "fact" and tick <= now), None)


def read(story: Story, now: int) -> dict[str, bool]:
    """Return the claims to put right at a moment, each with whether that is sure."""
    owed: dict[str, bool] = {}
    for made, what, so in story:
        then, last = told_by(story, made), told_by(story, now)
        is_wrong = then is not None and then != so
        is_perhaps = then is None and last is not None and last != so
        is_right = any(
            made < tick <= now and kind == "claim" and given != so and told_by(story, tick) == given
            for tick, kind, given in story
        )
        if what == "claim" and made <= now and (is_wrong or is_perhaps) and not is_right:
            owed[f"e{made}"] = is_wrong
    return owed


@example([(1, "claim", False), (6, "fact", True)], 7)
@given(STORIES, st.integers(0, 12))
def test_a_claim_that_is_false_by_now_is_listed(story: Story, now: int) -> None:
    told = incident(story)
    at = NOON + now * TICK
    listed = {one.subject[0]: one.is_sure for one in due(told, CORRECT, at).owed}
    assert listed == read(story, now)
    found = {one.subject[0]: one for one in conduct(told.as_of(at), CORRECT).findings
             if one.subject}  # fmt: skip
    perhaps = {id_ for id_, one in found.items() if one.code == "perhaps owed since"}
    assert {id_ for id_, is_sure in listed.items() if not is_sure} == perhaps & {*listed}
    # what is not listed any more was put right
    assert all(len(found[id_].events) > 2 for id_ in perhaps - {*listed})
    for id_, is_sure in listed.items():
        assert str(found[id_].standing) in ({"breached", "unknown"} if is_sure else {"unknown"})


def test_the_report_names_the_fact_that_stands_against_it() -> None:
    told = incident([(1, "claim", False), (6, "fact", True)])
    (one,) = conduct(told, CORRECT).findings
    assert one.events == ("e1", "e6")
    assert one.text() == (
        "owed by 2026-03-02 14:30 if the claim was false already: "
        "`e6` only says what is so from then on"
    )
    assert "perhaps: correct" in due(told, CORRECT, told.end).text()
