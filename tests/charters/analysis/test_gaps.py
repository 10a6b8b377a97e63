"""Gaps of charters with many tests of one fact: what is told of them is short, and holds."""

from datetime import UTC, date, datetime
from itertools import permutations
from pathlib import Path
from typing import Final

import pytest

from cmcore import (
    Act,
    Approvers,
    Charter,
    Context,
    Rule,
    Stage,
    ValidationCircuit,
    catalog,
    fact,
    read,
)
from cmcore.base.language import LANGUAGES
from cmcore.base.truth import Truth
from cmcore.charters import Condition, analyse
from cmcore.charters.analysis._examiner import Examiner
from cmcore.charters.analysis._formula import FALSE, Atom, every
from cmcore.charters.conditions.condition import All, FactTest
from cmcore.charters.conditions.condition import tests as asked_in
from cmcore.charters.conditions.operators import Op
from cmcore.charters.meaning.kleene import truth
from cmcore.charters.meaning.observation import Facts
from cmcore.charters.rule import Term

CIRCUITS: Final = [ValidationCircuit("a", [Stage(Approvers("role", {"a"}))])]
TWEET: Final = Path(__file__).parents[2] / "clauses" / "nodejs_tweet.yaml"
WORDS: Final = [f"word{number:02}" for number in range(30)]
text, topics = fact("text"), fact("topics")


def forbidding(*when: Condition) -> Charter:
    """Return a charter that forbids what any of some conditions is true of."""
    rules = [Rule.forbid(f"f{number}", when=one, because="No.") for number, one in enumerate(when)]
    return Charter("c", rules=rules, circuits=CIRCUITS, default="a")


def gap(charter: Charter) -> All:
    """Return the only kind of act of which a charter says nothing."""
    (found,) = analyse(charter).gaps
    return found.when


def is_of(kind: Condition, charter: Charter, act: Act) -> Truth:
    return truth(kind, Facts(charter, act, Context()))


@pytest.mark.parametrize(
    "last", [text.mentions("word30"), text.mentions("word00") | text.mentions("word30")]
)
def test_of_many_words_that_are_forbidden_none_is_missing(last: Condition) -> None:
    charter = forbidding(*map(text.mentions, WORDS), last)
    kind = gap(charter)
    assert is_of(kind, charter, Act(text="A calm day.")) is Truth.TRUE
    for word in (*WORDS, "word30"):
        assert is_of(kind, charter, Act(text=f"A calm {word}.")) is Truth.FALSE


def test_of_two_sets_that_topics_must_lie_in_what_they_share_is_told() -> None:
    charter = forbidding(~topics.only("a", "b"), ~topics.only("b", "c"))
    assert gap(charter) == All([topics.only("b")])


def test_of_a_long_list_the_first_are_told_and_how_many_there_are() -> None:
    charter = forbidding(*map(text.mentions, WORDS))
    told = [str(analyse(charter).view(language)) for language in LANGUAGES]
    assert "word04, word05, … (30 in all)  " in told[0]
    assert "word04, word05, … (30 en tout)  " in told[1]


def test_of_a_list_that_several_gaps_have_only_the_first_says_what_is_in_it() -> None:
    words = text.mentions(*WORDS, exceptions=["word00 word01"])
    rules = [
        Rule.forbid("words", when=words, because="No."),
        Rule.permit("ads", when=fact("paid").is_(True) & topics.only("tea"), because="Fine."),
    ]
    found = analyse(Charter("c", rules=rules, circuits=CIRCUITS, default="a"))
    assert (
        sum(asked.operand == words.operand for gap in found.gaps for asked in asked_in(gap.when))
        > 1
    )
    english, french = (str(found.view(language)) for language in LANGUAGES)
    assert english.count("(30 in all)") == english.count("word01)") == 1
    assert french.count("(30 en tout)") == french.count("word01)") == 1
    more = len(found.gaps) - 1
    assert english.count("word00, … (the same 30)") == more
    assert french.count("word00, … (les mêmes 30)") == more


def test_a_short_list_is_said_each_time() -> None:
    rules = [
        Rule.forbid("words", when=text.mentions("ab", "cd"), because="No."),
        Rule.permit("ads", when=fact("paid").is_(True) & topics.only("tea"), because="Fine."),
    ]
    found = analyse(Charter("c", rules=rules, circuits=CIRCUITS, default="a"))
    assert str(found).count("does not mention ab, cd") == len(found.gaps)


def test_of_a_real_charter_all_of_two_dozen_kinds_are_told_the_shortest_first() -> None:
    found = analyse(read(TWEET, Charter))
    sizes = [len(gap.when.of) for gap in found.gaps]
    assert 12 < len(sizes) <= 24
    assert sizes == sorted(sizes)
    assert found.more_gaps is Truth.FALSE


def test_of_many_rules_that_are_not_settled_the_first_are_named() -> None:
    charter = forbidding(*map(text.mentions, WORDS[:8]))
    assert "f0, f1, f2, f3, f4, f5, … (8 in all)" in str(analyse(charter, budget=0))


def test_an_act_of_which_something_is_unknown_makes_no_gap() -> None:
    rule = Rule.permit("p", when=fact("paid").is_(True), because="Fine.")
    found = analyse(Charter("c", rules=[rule], circuits=CIRCUITS, default="a"))
    assert [one.when for one in found.gaps] == [All([~rule.when])]
    assert found.more_gaps is Truth.FALSE


REAL: Final = ("forwards", "nodejs_bluesky", "owasp")


@pytest.mark.parametrize(
    "charter",
    [
        *(pytest.param(read(TWEET.with_name(f"{name}.yaml"), Charter), id=name) for name in REAL),
        pytest.param(catalog.charters["small-brand"], id="small-brand"),
        pytest.param(
            forbidding(topics.any_of("a"), topics.any_of("a", "b"), topics.any_of("c")), id="within"
        ),
        pytest.param(
            forbidding(topics.only("a", "b") & text.mentions("x"), topics.only("a")), id="only"
        ),
    ],
)
def test_no_kind_of_act_lies_in_another(charter: Charter) -> None:
    kinds = [one.when for one in analyse(charter).gaps]
    examiner = Examiner(charter, besides=kinds)
    for one, other in permutations(examiner.besides, 2):
        # of acts of which all is known
        assert not examiner.excludes(every((one, Atom(other.question, FALSE))))


MENTIONS: Final = (text.mentions("ad"), text.mentions("sponsor"))


@pytest.mark.parametrize(
    "when",
    [
        (~MENTIONS[0], ~MENTIONS[1]),
        (~(MENTIONS[0] & MENTIONS[1]),),
        (~MENTIONS[0] | ~MENTIONS[1],),
        (~fact("in_reply_to.text").mentions("ad"), ~fact("in_reply_to.text").mentions("sponsor")),
    ],
)
def test_acts_may_have_to_mention_several_things(when: tuple[Condition, ...]) -> None:
    kind = gap(forbidding(*when))
    assert str(kind).count("mentions") == 2


def test_acts_from_before_a_charter_come_last() -> None:
    everyday = fact("kind").is_("publish") | fact("paid").is_(False)
    rules = [Rule.permit("p", when=everyday, because="Everyday.")]
    since = Term(since=date(2026, 1, 1))
    charter = Charter("c", rules=rules, circuits=CIRCUITS, default="a", term=since)
    before = FactTest("at", Op.AT_LEAST, datetime(2026, 1, 1, tzinfo=UTC))
    assert [gap.when.of[0] for gap in analyse(charter).gaps][-1] == ~All([before])
