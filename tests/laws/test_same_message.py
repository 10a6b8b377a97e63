"""Acts about one message: the same where both are known by one id, and nowhere more than that."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore import Act, Charter, Context, Message, Outcome, decide, parse
from cmcore.charters import Earlier
from cmcore.charters.conditions.facts import TARGETS
from cmcore.charters.meaning.recall import recent

NOON: Final = datetime(2026, 6, 1, 12, tzinfo=UTC)
DAY: Final = timedelta(days=1)
BEFORE: Final = NOON - timedelta(hours=1)
#: A copy is kept before a message is hidden, and nothing is hidden twice.
CHARTER: Final = parse(
    """
charter: copies
kinds: {keep-copy: {en: keep a copy, fr: garder une copie}}
circuits: {desk: [{ask: {role: lead}}]}
default: desk
rules:
  - permit: kept
    when: {kind: hide, recent.keep-copy.same_message: {at least: 1 ever}}
    because: A copy was kept.
  - forbid: twice
    when: {kind: hide, recent.hide.same_message: {at least: 1 ever}}
    because: It is hidden already.
""",
    Charter,
    format="yaml",
)
_IDS: Final = st.sampled_from([None, "m1", "m2", "M1"])
_MESSAGES: Final = st.none() | _IDS.map(lambda id_: Message(id=id_, author="jo"))


@st.composite
def _acts(draw: st.DrawFn) -> Act:
    made = Act(
        kind=draw(st.sampled_from(["keep-copy", "keep-copy", "hide", "warn", "reply"])),
        at=BEFORE,
        target=draw(_MESSAGES),
        in_reply_to=draw(_MESSAGES),
    )
    free = [name for name in TARGETS if getattr(made, name) is None]
    return attrs.evolve(made, absent=draw(st.frozensets(st.sampled_from(free))) if free else ())


def _count(act: Act, earlier: Act) -> tuple[int, int | None]:
    log = recent(act, Earlier([earlier]), NOON, "any", ("same_message",))
    return log.count(DAY)


def _about(id_: str | None, kind: str = "hide") -> Act:
    return Act(kind=kind, at=BEFORE, target=Message(id=id_))


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        (_about("m1"), _about("m1"), (1, 1)),
        (_about("m1"), _about(" m1"), (1, 1)),
        (_about("m1"), _about("M1"), (0, 0)),
        (_about("m1"), _about(None), (0, 1)),
        (_about(None), _about("m1"), (0, 1)),
        (_about("m1"), Act(kind="hide", at=BEFORE), (0, 1)),
        (_about("m1"), Act(kind="hide", at=BEFORE, target=Message(absent={"id"})), (0, 1)),
        (_about("m1"), Act(kind="publish", at=BEFORE), (0, 0)),
        (Act(kind="publish"), _about("m1"), (0, 0)),
        (_about("m1"), Act(kind="reply", at=BEFORE, in_reply_to=Message(id="m1")), (1, 1)),
        # whether a warning answers another message is not said
        (_about("m1"), _about("m2", "warn"), (0, 1)),
        (_about("m1"), attrs.evolve(_about("m2", "warn"), absent={"in_reply_to"}), (0, 0)),
    ],
)
def test_acts_are_about_one_message_by_its_id(one: Act, other: Act, count: tuple[int, int]) -> None:
    assert _count(one, other) == count


def _told(act: Act, ids: Mapping[str, str]) -> Act:
    """Return the act with the ids of messages that nobody knew, and what it is not about."""
    told = {
        name: attrs.evolve(message, id=ids[name])
        for name in TARGETS
        if (message := getattr(act, name)) is not None and message.id is None
    }
    return attrs.evolve(act, **told)


@given(_acts(), st.lists(_acts(), max_size=4), st.data())
def test_no_message_that_turns_out_to_be_one_lets_less_through(
    act: Act, earlier: list[Act], data: st.DataObject
) -> None:
    """What is covered or forbidden while ids are unknown stays so, whichever they are."""
    act = attrs.evolve(act, kind="hide", at=NOON)
    before = decide(CHARTER, act, Context(earlier=Earlier(earlier))).outcome
    known = st.fixed_dictionaries(dict.fromkeys(TARGETS, st.sampled_from(["m1", "m2", "m3"])))
    told = [_told(one, data.draw(known)) for one in (act, *earlier)]
    after = decide(CHARTER, told[0], Context(earlier=Earlier(told[1:]))).outcome
    assert before in {Outcome.EXCEPTION, after}


def test_only_a_copy_of_this_very_message_lets_it_be_hidden() -> None:
    def outcome(id_: str | None) -> Outcome:
        earlier = Earlier([_about("m1", "keep-copy")])
        return decide(CHARTER, attrs.evolve(_about(id_), at=NOON), Context(earlier=earlier)).outcome

    assert [outcome(id_) for id_ in ("m1", "m2", None)] == [
        Outcome.COVERED,
        Outcome.EXCEPTION,
        Outcome.EXCEPTION,
    ]
