"""What no act can make true is seen one fact at a time, and never said of what some act may."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore import Act, Charter, Rule, Stage, ValidationCircuit, decide, fact, hours
from cmcore.foundation.truth import Truth
from cmcore.nouns.circuits import Approvers
from cmcore.nouns.conditions import ALWAYS, NEVER, AtLeast, Condition
from cmcore.nouns.contradictions import never_true

LENGTH = fact("text").length
KIND = fact("kind")
TOPICS = fact("topics")
AGE = fact("in_reply_to.age")
PAID = fact("paid").is_(True)

NEVER_TRUE: list[Condition] = [
    NEVER,
    ~ALWAYS,
    NEVER & PAID,
    NEVER | NEVER,
    LENGTH.above(5) & LENGTH.below(3),
    LENGTH.above(5) & LENGTH.at_most(5),
    LENGTH.between(1, 3) & LENGTH.is_(4),
    LENGTH.above(5) & ~LENGTH.at_least(4),
    AGE.below(hours(1)) & PAID & AGE.at_least(hours(1)),
    KIND.is_("publish") & ~KIND.is_("publish"),
    KIND.is_("publish") & KIND.is_("reply"),
    KIND.one_of("publish", "reply") & ~KIND.one_of("reply", "publish", "share"),
    KIND.is_("publish") & KIND.none_of("publish"),
    PAID & fact("paid").is_(False),
    ~(PAID | ~PAID),
    (PAID & TOPICS.any_of("a")) & ~(TOPICS.any_of("a") | LENGTH.above(3)),
    TOPICS.all_of("a", "b") & TOPICS.only("a"),
    TOPICS.any_of("a", "b") & TOPICS.none_of("a", "b", "c"),
    TOPICS.any_of("a") & TOPICS.only("b"),
    fact("template").present(wanted=False) & fact("template").is_("x"),
    AtLeast(2, [NEVER, KIND.is_("reply"), NEVER]),
    fact("text").mentions("a") & ~fact("text").mentions("a"),
]
MAY_BE_TRUE: list[Condition] = [
    ALWAYS,
    PAID,
    ~NEVER,
    LENGTH.above(3) & LENGTH.below(5),
    LENGTH.at_least(5) & LENGTH.at_most(5),
    LENGTH.above(5) | LENGTH.below(3),
    ~(LENGTH.above(5) & LENGTH.below(3)),
    ~LENGTH.above(5) & ~LENGTH.at_most(5),  # there may be no text
    KIND.one_of("publish", "reply") & ~KIND.is_("publish"),
    TOPICS.all_of("a") & TOPICS.only("a", "b"),
    TOPICS.only("a") & TOPICS.none_of("a"),  # there may be none
    fact("hosts").any_of("a.example.com") & fact("hosts").only("example.com"),
    AtLeast(1, [NEVER, PAID]),
    fact("template").present() & fact("template").is_("x"),
    fact("recent.any").more_than(3, within=hours(1))
    & fact("recent.any").at_most(9, within=hours(1)),
]


@pytest.mark.parametrize("condition", NEVER_TRUE, ids=range(len(NEVER_TRUE)))
def test_what_excludes_itself_is_never_true(condition: Condition) -> None:
    assert never_true(condition)
    assert never_true(condition & PAID)
    assert not never_true(~condition)


@pytest.mark.parametrize("condition", MAY_BE_TRUE, ids=range(len(MAY_BE_TRUE)))
def test_what_some_act_may_make_true_is_not_said_to_be_never(condition: Condition) -> None:
    assert not never_true(condition)


TESTS = st.sampled_from(
    [
        *(KIND.is_("publish"), KIND.one_of("publish", "reply"), KIND.none_of("reply")),
        *(TOPICS.any_of("a"), TOPICS.all_of("a", "b"), TOPICS.only("a"), TOPICS.none_of("b")),
        *(LENGTH.above(1), LENGTH.at_most(1), LENGTH.between(2, 3), LENGTH.is_(3)),
        *(
            fact("template").present(),
            fact("template").present(wanted=False),
            fact("template").is_("x"),
        ),
    ]
)
CONDITIONS = st.recursive(
    TESTS,
    lambda inner: (
        st.builds(lambda one: ~one, inner)
        | st.builds(lambda one, two: one & two, inner, inner)
        | st.builds(lambda one, two: one | two, inner, inner)
    ),
    max_leaves=5,
)
ACTS = st.builds(
    Act,
    kind=st.sampled_from([None, "publish", "reply", "share"]),
    topics=st.sampled_from([None, (), ("a",), ("b",), ("a", "b")]),
    text=st.sampled_from([None, "", "a", "ab", "abc", "abcd"]),
    template=st.sampled_from([None, "x", "y"]),
)


@given(CONDITIONS, st.lists(ACTS, min_size=1, max_size=6))
def test_no_act_makes_true_what_is_said_never_to_be(condition: Condition, acts: list[Act]) -> None:
    charter = Charter(
        "c",
        circuits=[ValidationCircuit("desk", [Stage(Approvers("role", ["boss"]))])],
        default="desk",
        rules=[Rule.forbid("r", when=condition, because="so")],
    )
    for act in acts:
        found = {rule.truth for rule in decide(charter, act, repair=False).rules}
        assert not never_true(condition) or Truth.TRUE not in found
