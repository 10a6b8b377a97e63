"""What tests ask: how many acts a window holds, as far as is known; which letters have a case."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore import Act, Approvers, Charter, Context, Stage, ValidationCircuit, fact, hours, minutes
from cmcore.base.truth import Truth
from cmcore.charters import Earlier
from cmcore.charters.conditions.condition import FactTest
from cmcore.charters.meaning.kleene import truth
from cmcore.charters.meaning.observation import Facts

NOON = datetime(2026, 3, 30, 12, 0, tzinfo=UTC)
CHARTER = Charter(
    "c",
    circuits=[ValidationCircuit("desk", [Stage(Approvers("role", {"coordinator"}))])],
    default="desk",
)
HOUR = hours(1)
LOG = fact("recent.any")


def asked(test: FactTest, act: Act, earlier: Earlier | None = None) -> Truth:
    return truth(test, Facts(CHARTER, act, Context(earlier=earlier)))


@given(
    st.lists(st.integers(1, 40), max_size=2),
    st.lists(st.integers(1, 40), max_size=5),
    st.lists(st.integers(1, 40), max_size=2),
    st.integers(1, 4),
    st.none() | st.integers(1, 40),
)
def test_a_rate_is_known_as_far_as_the_record_tells(
    others: list[int], sure: list[int], maybe: list[int], limit: int, since: int | None
) -> None:
    """Moments are counted in threes of minutes before noon: the window holds the first twenty."""
    acts = [
        Act(kind="publish", network=network, at=NOON - minutes(3 * back))
        for many, network in ((others, "y"), (sure, "x"), (maybe, None))
        for back in many
    ]
    earlier = Earlier(acts, None if since is None else NOON - minutes(3 * since))
    least = sum(back < 20 for back in sure)
    most = None if since is not None and since < 20 else least + sum(back < 20 for back in maybe)
    log = fact("recent.publish.same_network")
    counts = range(least, (99 if most is None else most) + 1)
    for test, holds in (
        (log.more_than(limit, within=HOUR), [count > limit for count in counts]),
        (log.at_most(limit, within=HOUR), [count <= limit for count in counts]),
        (log.at_least(limit, within=HOUR), [count >= limit for count in counts]),
        (log.fewer_than(limit, within=HOUR), [count < limit for count in counts]),
        (log.at_least_since(HOUR), [count == 0 for count in counts]),
    ):
        sense = Truth.of(all(holds)) if len(set(holds)) == 1 else Truth.UNKNOWN
        assert asked(test, Act(kind="publish", network="x", at=NOON), earlier) is sense


@pytest.mark.parametrize(
    "test",
    [
        LOG.more_than(1, within=HOUR),
        LOG.at_most(1, within=HOUR),
        LOG.at_least(1, within=HOUR),
        LOG.fewer_than(1, within=HOUR),
        LOG.at_least_since(HOUR),
    ],
)
def test_without_a_record_no_rate_is_known(test: FactTest) -> None:
    assert asked(test, Act(kind="publish", at=NOON)) is Truth.UNKNOWN
    assert asked(test, Act(kind="publish"), Earlier([])) is Truth.UNKNOWN


@given(st.sampled_from(["rappel", "Rappel", "RAPPEL"]), st.sampled_from(["rappel", "Rappel"]))
def test_a_text_has_a_case_and_a_word_has_none(written: str, pattern: str) -> None:
    act = Act(kind="publish", text=f"Un {written} !", topics={written}, network=written)
    assert asked(fact("text").matches(pattern), act) is Truth.of(pattern in written)
    for word in ("topics", "network"):
        assert asked(fact(word).matches(pattern), act) is Truth.TRUE


def test_what_cannot_be_read_of_an_earlier_act_may_be_alike() -> None:
    fits, unfit = "fr", "not a language at all"
    alike = fact("recent.any.same_language").at_least(1, within=HOUR)
    for mine, theirs in ((fits, unfit), (unfit, fits)):
        before = Act(kind="publish", at=NOON - minutes(5), language=theirs)
        act = Act(kind="publish", at=NOON, language=mine)
        assert asked(alike, act, Earlier([before])) is Truth.UNKNOWN
