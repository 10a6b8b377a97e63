"""What no act can make true is seen one fact at a time, and never said of what some act may."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import reduce
from itertools import combinations
from operator import and_
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore import Act, Charter, Context, Label, Rule, Stage, ValidationCircuit, decide, fact, hours
from cmcore.base.truth import Truth
from cmcore.charters import Situation, Vocabulary
from cmcore.charters.conditions.condition import ALWAYS, NEVER, AtLeast, Condition, FactTest, Not
from cmcore.charters.conditions.contradictions import never_true
from cmcore.charters.conditions.operators import Op
from cmcore.charters.kinds import KINDS
from cmcore.circuits.approvers import Approvers

LENGTH = fact("text").length
KIND = fact("kind")
TOPICS = fact("topics")
AGE = fact("in_reply_to.age")
POSTS = fact("recent.publish")
PAID = fact("paid").is_(True)

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)  # a Monday
OPEN = fact("incident.open").is_(True)
DAY = fact("local.weekday")
HOUR = fact("local.hour")
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
    ~OPEN & ~fact("incident.open").is_(False),
    ~DAY.one_of("mon", "tue", "wed", "thu") & DAY.none_of("fri", "sat", "sun"),
    KIND.present() & KIND.none_of(*KINDS),
    ~KIND.none_of("publish") & ~KIND.is_("publish"),
    ~HOUR.at_least(12) & ~HOUR.below(12),
    TOPICS.all_of("a", "b") & ~TOPICS.all_of("a"),
    TOPICS.only("a", "b") & ~TOPICS.only("a") & TOPICS.none_of("b"),
    ~TOPICS.none_of("a") & ~TOPICS.any_of("a", "b"),
    TOPICS.any_of("a", "b") & ~TOPICS.all_of("a") & TOPICS.none_of("b"),
    ~OPEN & fact("incident.severity").is_("high"),
    LENGTH.above(3) & fact("text").present(wanted=False),
    ~TOPICS.present() & TOPICS.count.at_least(2),
    POSTS.more_than(3, hours(1)) & POSTS.at_most(3, hours(1)),
    POSTS.at_least(3, hours(1)) & POSTS.fewer_than(3, hours(2)),
    POSTS.more_than(0, hours(2)) & POSTS.at_least_since(hours(3)),
    POSTS.at_least(1, per="day") & ~POSTS.at_least(1, per="week"),
    POSTS.more_than(3, per="month") & ~POSTS.more_than(2, per="year"),
    ~POSTS.fewer_than(2, per="week") & POSTS.fewer_than(2, ever=True),
    ~POSTS.at_least_since(hours(1)) & POSTS.fewer_than(1, hours(1)),
]
MAY_BE_TRUE: list[Condition] = [
    ALWAYS,
    PAID,
    ~NEVER,
    LENGTH.above(3) & LENGTH.below(5),
    LENGTH.at_least(5) & LENGTH.at_most(5),
    LENGTH.above(1) & ~LENGTH.between(2, 3),
    fact("at").during("Mon") & fact("at").at_least(NOON),
    LENGTH.above(5) | LENGTH.below(3),
    ~(LENGTH.above(5) & LENGTH.below(3)),
    ~LENGTH.above(5) & ~LENGTH.at_most(5),  # there may be no text
    KIND.one_of("publish", "reply") & ~KIND.is_("publish"),
    TOPICS.all_of("a") & TOPICS.only("a", "b"),
    TOPICS.only("a") & TOPICS.none_of("a"),  # there may be none
    fact("hosts").any_of("a.example.com") & fact("hosts").only("example.com"),
    AtLeast(1, [NEVER, PAID]),
    fact("template").present() & fact("template").is_("x"),
    KIND.none_of(*KINDS),  # it may be known to have none
    ~KIND.is_("publish") & ~KIND.is_("reply"),
    TOPICS.any_of("a") & ~TOPICS.only("a"),
    ~LENGTH.above(3) & fact("text").present(wanted=False),
    ~OPEN & fact("incident.severity").none_of("high"),
    OPEN & fact("incident.severity").is_("high"),
    fact("recent.any").more_than(3, within=hours(1))
    & fact("recent.any").at_most(9, within=hours(1)),
    POSTS.at_least(3, hours(2)) & POSTS.fewer_than(3, hours(1)),
    POSTS.at_least(3, per="week") & POSTS.fewer_than(3, per="month"),
    POSTS.at_least(3, per="month") & POSTS.fewer_than(3, per="day"),
    POSTS.at_least(3, hours(1)) & POSTS.fewer_than(3, per="day"),  # midnight has just gone by
    POSTS.at_least(3, per="day") & fact("recent.reply").fewer_than(3, per="day"),
]


@pytest.mark.parametrize("condition", NEVER_TRUE, ids=range(len(NEVER_TRUE)))
def test_what_excludes_itself_is_never_true(condition: Condition) -> None:
    assert never_true(condition)
    assert never_true(condition & PAID)
    assert not never_true(~condition)


@pytest.mark.parametrize("condition", MAY_BE_TRUE, ids=range(len(MAY_BE_TRUE)))
def test_what_some_act_may_make_true_is_not_said_to_be_never(condition: Condition) -> None:
    assert not never_true(condition)


SINCE = fact("since.launch")
PASSED: list[tuple[Condition, bool]] = [
    (SINCE.below(hours(0)), True),
    (SINCE.at_most(hours(-3)) & PAID, True),
    (SINCE.between(hours(-3), hours(-1)) | NEVER, True),
    (SINCE.at_most(hours(0)), False),
    (SINCE.between(hours(-3), hours(0)), False),
    (SINCE.below(hours(0)) | PAID, False),
    (~SINCE.at_least(hours(0)), False),  # the event may be still to come
    (~SINCE.at_least(hours(0)) & SINCE.present(), True),
]


@pytest.mark.parametrize(("condition", "never"), PASSED, ids=range(len(PASSED)))
def test_no_time_since_an_event_is_below_zero(condition: Condition, *, never: bool) -> None:
    words = Vocabulary(events=["launch"])
    assert never_true(condition, words) is never
    calm = ValidationCircuit("desk", [Stage(Approvers("role", {"editor"}))])
    rule = Rule.permit("p", when=condition, because="Fine.")
    law = Charter("c", rules=[rule], circuits=[calm], default="desk", events=["launch"])
    outcomes = {
        decide(law, Act(kind="publish", paid=True, at=NOON), Context(events={"launch": at})).outcome
        for at in (None, NOON - hours(5), NOON, NOON + hours(2))
    }
    assert ("covered" in outcomes) is not never


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
        *(fact("text").present(wanted=False), TOPICS.present(), TOPICS.count.at_least(1)),
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
) | st.just(Act(absent={"text", "topics", "template", "kind"}))


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


MOODS = ("calm", "angry", "sad")
WORDS = Vocabulary({"mood": Label("symbol", MOODS), "moods": Label("symbols", MOODS)})
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def named(many: tuple[str, ...]) -> st.SearchStrategy[list[str]]:
    """Return some of many words, and not all: no charter asks what is always so."""
    return st.lists(st.sampled_from(many), min_size=1, max_size=len(many) - 1, unique=True)


def words(name: str, many: tuple[str, ...]) -> st.SearchStrategy[Condition]:
    asked, some = fact(name), named(many)
    return (
        st.sampled_from(many).map(asked.is_)
        | some.map(lambda few: asked.one_of(*few))
        | some.map(lambda few: asked.none_of(*few))
    )


def sets() -> st.SearchStrategy[Condition]:
    asked, some = fact("moods"), named(MOODS)
    ways = st.sampled_from([asked.any_of, asked.all_of, asked.none_of, asked.only])
    return st.tuples(ways, some).map(lambda pair: pair[0](*pair[1]))


def there(name: str) -> st.SearchStrategy[Condition]:
    return st.booleans().map(lambda wanted: fact(name).present(wanted=wanted))


#: What is asked of facts of which every value can be tried.
CLOSED: dict[str, st.SearchStrategy[Condition]] = {
    "mood": words("mood", MOODS) | there("mood"),
    "moods": sets() | there("moods"),
    "paid": st.booleans().map(fact("paid").is_) | there("paid"),
    "incident.open": st.booleans().map(fact("incident.open").is_),
    "local.weekday": words("local.weekday", DAYS),
}


def tried(name: str) -> Iterator[tuple[Act, Context]]:
    """Yield acts of every value that a fact can have, and of none where it can have none."""
    if name == "incident.open":
        yield from ((Act(), Context(incident=Situation(open=one))) for one in (True, False))
    elif name == "local.weekday":
        yield from ((Act(at=NOON + timedelta(days=n)), Context()) for n in range(7))
    else:
        yield Act(absent={name}), Context()
        several = [frozenset(some) for n in range(4) for some in combinations(MOODS, n)]
        values: dict[str, list[Any]] = {"mood": [*MOODS], "moods": several}
        for value in values.get(name, ()):
            yield Act(labels={name: value}), Context()
        if name == "paid":
            yield from ((Act(paid=value), Context()) for value in (True, False))


@given(st.sampled_from(sorted(CLOSED)), st.data())
def test_of_a_closed_list_it_is_said_exactly_when_no_value_will_do(
    name: str, data: st.DataObject
) -> None:
    drawn = data.draw(
        st.lists(CLOSED[name] | CLOSED[name].map(lambda one: ~one), min_size=1, max_size=4)
    )
    condition = reduce(and_, drawn)
    charter = Charter(
        "c",
        circuits=[ValidationCircuit("desk", [Stage(Approvers("role", ["boss"]))])],
        default="desk",
        labels=WORDS.labels,
        rules=[Rule.forbid("r", when=condition, because="so")],
    )
    ways = [decide(charter, act, around, repair=False) for act, around in tried(name)]
    is_never, may_be = never_true(condition, WORDS), any(one.determining for one in ways)
    # which word of several a set must do without is not looked for
    assert is_never != may_be or (not is_never and any(map(lacks_one_of, drawn)))


def lacks_one_of(condition: Condition) -> bool:
    one = condition.of if isinstance(condition, Not) else None
    if not isinstance(one, FactTest) or one.op is not Op.ALL_OF:
        return False
    return isinstance(one.operand, frozenset) and len(one.operand) > 1
