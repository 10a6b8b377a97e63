"""A time that is not known is told as unknown, or with how far it may be off: never as known."""

from datetime import UTC, datetime, timedelta
from itertools import takewhile
from typing import Final

import attrs
from hypothesis import given
from hypothesis import strategies as st

from cmcore import Act, Incident, Playbook, conduct, due, hours
from cmcore.incidents import (
    ActEvent,
    Duty,
    FactEvent,
    Promise,
    Standing,
    StepEvent,
)
from cmcore.incidents.playbook import SPEAKING
from cmcore.strategies import incidents_and_playbooks

from .true_incidents import truly

NOON: Final = datetime(2026, 3, 2, 12, tzinfo=UTC)
TICK: Final = timedelta(minutes=30)
WITHIN: Final = 4
ANSWER: Final = Playbook("p", [Duty("d", "answer", within=WITHIN * TICK)])
PROMISES: Final = Playbook("p", [Duty("d", "keep promises")])
#: The kinds of event that meet a duty with a deadline.
KINDS: Final = frozenset({*SPEAKING, "share", "acknowledged", "alerted", "held", "reviewed"})

#: Ticks of posts, each with whether nobody says that it was scheduled before.
Posts = list[tuple[int, bool]]


class TestTolerances:
    """What is told to be off by a tolerance lies within it, whatever the true instants are."""

    @given(incidents_and_playbooks(), st.data())
    def test_a_deadline_lies_within_its_tolerance(
        self, pair: tuple[Incident, Playbook], data: st.DataObject
    ) -> None:
        incident, playbook = pair
        then = {(one.duty, one.subject): one.due
                for one in conduct(truly(data, incident), playbook).findings}  # fmt: skip
        for one in conduct(incident, playbook).findings:
            so = then.get((one.duty, one.subject))
            if one.due is not None and so is not None:
                assert abs(so - one.due) <= one.due_tolerance
            if one.due_tolerance and str(one.due)[:16] in one.text():
                assert "±" in one.text()

    @given(incidents_and_playbooks())
    def test_a_time_is_that_of_an_event_that_is_shown(
        self, pair: tuple[Incident, Playbook]
    ) -> None:
        incident, playbook = pair
        for one in conduct(incident, playbook).findings:
            if one.at is not None:
                shown = [incident.event(id_) for id_ in one.events]
                assert (one.at, one.at_tolerance) in [(e.at, e.tolerance) for e in shown]

    @given(incidents_and_playbooks(), st.integers(0, 90))
    def test_what_is_owed_says_how_far_its_deadline_may_be_off(
        self, pair: tuple[Incident, Playbook], ticks: int
    ) -> None:
        incident, playbook = pair
        at = incident.opened.at + ticks * TICK
        told = {(one.duty, one.subject): one.due_tolerance
                for one in conduct(incident.as_of(at), playbook).findings}  # fmt: skip
        for one in due(incident, playbook, at).owed:
            if one.kind.is_timed:
                assert told[one.duty, one.subject] == one.tolerance
                assert ("±" in due(incident, playbook, at).text()) >= bool(one.tolerance)


@st.composite
def posts(draw: st.DrawFn) -> Posts:
    """Return a strategy for posts, one at a time."""
    ticks = sorted(draw(st.sets(st.integers(1, 9), min_size=1, max_size=3)))
    return [(tick, draw(st.booleans())) for tick in ticks]


class TestEarlier:
    """No number rests on a later event, where an earlier one may have been in time."""

    @given(incidents_and_playbooks())
    def test_where_the_record_leaves_out_what_may_have_met_a_duty_it_has_no_time(
        self, pair: tuple[Incident, Playbook]
    ) -> None:
        incident, playbook = pair
        everything = attrs.evolve(incident, untold=KINDS)
        for one in conduct(everything, playbook).findings:
            if one.kind.is_timed and one.standing is not Standing.KEPT:
                assert one.at is None or "slipped" in one.code

    @given(posts(), st.booleans())
    def test_an_answer_has_a_time_only_where_no_earlier_one_may_be_it(
        self,
        told: Posts,
        untold: bool,  # noqa: FBT001
    ) -> None:
        events = [
            ActEvent(f"p{tick}", NOON + tick * TICK, act=Act(
                kind="publish", text="Sorry.", scheduled=None if is_unsaid else False))
            for tick, is_unsaid in told
        ]  # fmt: skip
        opened = StepEvent("o", NOON, step="opened")
        left_out = ["publish"] if untold else []
        incident = Incident("it", [opened, *events], until=NOON + hours(24), untold=left_out)
        (one,) = conduct(incident, ANSWER).findings
        sure = [tick for tick, is_unsaid in told if not is_unsaid]
        before = [*takewhile(lambda post: post[1], told)]
        if sure and sure[0] <= WITHIN:
            assert (one.standing, one.at) == (Standing.KEPT, NOON + sure[0] * TICK)
        elif untold or before or not sure:
            assert (one.at, one.margin) == (None, None)
            assert "after the deadline" not in one.text()
        else:
            assert (one.standing, one.at) == (Standing.BREACHED, NOON + sure[0] * TICK)

    @given(st.lists(st.booleans(), max_size=5), st.integers(0, 6))
    def test_a_promise_came_true_when_the_fact_first_was_so_for_good(
        self, turns: list[bool], by: int
    ) -> None:
        facts = [FactEvent(f"f{n}", NOON + n * TICK + TICK / 2, that={"sent": so})
                 for n, so in enumerate(turns)]  # fmt: skip
        word = ActEvent("word", NOON, act=Act(kind="reply"),
                        promises=[Promise({"sent": True}, NOON + by * TICK)])  # fmt: skip
        opened = StepEvent("o", NOON, step="opened")
        incident = Incident("it", [opened, word, *facts], until=NOON + hours(24))
        (one,) = conduct(incident, PROMISES).findings
        known = turns[:by]
        if known and known[-1]:
            first = len(known) - len([*takewhile(bool, reversed(known))])
            assert (one.standing, one.at) == (Standing.KEPT, facts[first].at)
        elif known:
            late = next((facts[by + n].at for n, so in enumerate(turns[by:]) if so), None)
            assert (one.standing, one.at) == (Standing.BREACHED, late)
        else:
            assert (one.standing, one.at) == (Standing.UNKNOWN, None)
