"""Whether a ban is still running, held against the story of each person told step by step."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any, Final

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cmcore import Act, Charter, Context, Message, Rule, fact
from cmcore.base.ledgers import Extract, Ledger
from cmcore.charters import ABSENT, UNKNOWN, Earlier
from cmcore.charters.meaning.observation import Facts
from cmcore.circuits.approvers import Approvers, Source
from cmcore.circuits.circuit import ValidationCircuit
from cmcore.circuits.stage import Stage

NOON: Final = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY: Final = timedelta(days=1)
PEOPLE: Final = ("ana", "bob")
KINDS: Final = ("block", "unblock", "publish")
LASTS: Final = (timedelta(0), DAY, 3 * DAY)
FOR_GOOD: Final = "for good"
CHARTER: Final = Charter(
    "c",
    rules=[Rule.forbid("r", when=fact("person.blocked").is_(True), because="No.")],
    circuits=[ValidationCircuit("desk", [Stage(Approvers(Source.ROLE, {"editor"}))])],
    default="desk",
)
#: What is told of one earlier act: its kind, person, day and how long it lasts; None: not told.
Told = tuple[str | None, str | None, int | None, Any]


def an_act(told: Told) -> Act:
    kind, person, day, lasts = told
    whole: dict[str, Any] = {"kind": kind, "at": None if day is None else NOON + day * DAY}
    if person is not None or kind != "publish":
        whole["target"] = Message(author=person)
    if kind == "block" and isinstance(lasts, timedelta):
        whole["duration"] = lasts
    if kind == "block" and lasts == FOR_GOOD:
        whole["absent"] = {"duration"}
    return Act(**whole)


@st.composite
def stories(draw: st.DrawFn) -> list[Told]:
    """Return a strategy for up to three acts, each on a day of its own."""
    days = draw(st.lists(st.integers(-6, 1), max_size=3, unique=True))
    return [
        (draw(st.sampled_from(KINDS[:2])), draw(st.sampled_from(PEOPLE)), day,
         draw(st.sampled_from((*LASTS, FOR_GOOD))))
        for day in days
    ]  # fmt: skip


def is_blocked(person: str, story: list[Told]) -> bool:
    """Tell it step by step: what happened until now, in order of time."""
    running: list[datetime | None] = []
    for kind, whom, day, lasts in sorted(story, key=lambda one: one[2] or 0):
        if whom == person and day is not None and day <= 0:
            at = NOON + day * DAY
            if kind == "unblock":
                running = []
            elif kind == "block":
                running.append(None if lasts == FOR_GOOD else at + lasts)
    return any(end is None or end > NOON for end in running)


def read(acts: list[Act], act: Act, since: datetime | None = None) -> object:
    return Facts(CHARTER, act, Context(at=NOON, earlier=Earlier(acts, since))).read(
        "person.blocked"
    )


def to(person: str | None) -> Act:
    return Act(kind="reply", in_reply_to=Message(author=person))


@given(stories(), st.sampled_from(PEOPLE))
def test_a_block_runs_until_it_is_over_or_undone(story: list[Told], person: str) -> None:
    acts = [an_act(told) for told in story]
    assert read(acts, to(person)) is is_blocked(person, story)
    fresh = Act(kind="message", recipient=f"@{person.upper()}")
    assert read(acts, fresh) is is_blocked(person, story)
    ledger = Ledger([an_act(("block", "zoe", -1, DAY)), *acts])
    found = Facts(
        CHARTER,
        fresh,
        Context(at=NOON, earlier=Earlier(Extract(ledger, range(1, len(ledger.rows))))),
    )
    assert found.read("person.blocked") is is_blocked(person, story)


def turns(told: Told) -> Iterator[Told]:
    """Yield what an act may turn out to be, as far as this makes a difference."""
    kinds, people, lasting = KINDS, (*PEOPLE, "zoe"), (*LASTS, FOR_GOOD)
    parts: list[tuple[Any, ...]] = [
        (one,) if one is not None else every
        for one, every in zip(told, (kinds, people, tuple(range(-7, 2)), lasting), strict=True)
    ]
    yield from product(*parts)


@given(stories(), st.data())
def test_what_is_said_of_a_story_half_told_is_so_of_all_that_it_may_be(
    story: list[Told], data: st.DataObject
) -> None:
    gaps = data.draw(st.sets(st.tuples(st.integers(0, 2), st.integers(0, 3)), max_size=2))
    half: list[Told] = []
    for n, told in enumerate(story):
        parts: list[Any] = [None if (n, m) in gaps else part for m, part in enumerate(told)]
        kind, person, day, lasts = parts
        # of an act whose kind is not told, its duration is not told either
        half.append((kind, person, day, None if kind is None else lasts))
    found = read([an_act(told) for told in half], to("ana"))
    whole = {is_blocked("ana", list(turned)) for turned in product(*map(list, map(turns, half)))}
    assert found is UNKNOWN or {found} == whole
    if half == story:
        assert found is not UNKNOWN


@pytest.mark.parametrize("lasts", [DAY, FOR_GOOD])
def test_what_undid_another_block_may_not_have_undone_one_without_a_moment(lasts: Any) -> None:  # noqa: ANN401
    undated = an_act(("block", "ana", None, lasts))
    assert read([undated, an_act(("unblock", "ana", -1, DAY))], to("ana")) is UNKNOWN


@example([("block", "ana", -4, FOR_GOOD)], [])
@given(stories(), stories())
def test_before_the_record_begins_there_may_have_been_a_block(
    before: list[Told], after: list[Told]
) -> None:
    since = NOON - 3 * DAY
    kept = [told for told in after if told[2] is not None and told[2] > -3]
    lost = [told for told in before if told[2] is not None and told[2] <= -3]
    found = read([an_act(told) for told in kept], to("ana"), since)
    assert found in {UNKNOWN, is_blocked("ana", [*lost, *kept])}
    if any(told[:2] == ("unblock", "ana") and (told[2] or 0) <= 0 for told in kept):
        assert found is is_blocked("ana", kept)


def test_who_is_not_told_may_be_blocked_and_nobody_is_not() -> None:
    block = an_act(("block", "ana", -1, DAY * 2))
    assert read([block], to(None)) is UNKNOWN
    assert read([block], Act(kind="publish")) is ABSENT
    no_record = Facts(CHARTER, to("ana"), Context(at=NOON))
    assert no_record.read("person.blocked") is UNKNOWN
    assert Facts(CHARTER, Act(kind="publish"), Context()).read("person.muted") is ABSENT
    assert CHARTER.lookback == timedelta.max


@pytest.mark.parametrize("at", [None, NOON - DAY])
def test_of_two_acts_of_one_moment_nobody_knows_which_came_first(at: datetime | None) -> None:
    block = attrs.evolve(an_act(("block", "ana", -1, FOR_GOOD)), at=at)
    back = attrs.evolve(an_act(("unblock", "ana", -1, None)), at=at)
    assert read([block, back], to("ana")) is UNKNOWN
    assert read([back], to("ana")) is False
