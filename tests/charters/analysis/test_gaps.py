"""Gaps of charters with many tests of one fact: what is told of them is short, and holds."""

from typing import Final

import pytest

from cmcore import Act, Approvers, Charter, Context, Rule, Stage, ValidationCircuit, fact
from cmcore.base.language import LANGUAGES
from cmcore.base.truth import Truth
from cmcore.charters import Condition, analyse
from cmcore.charters.conditions.condition import All
from cmcore.charters.meaning.kleene import truth
from cmcore.charters.meaning.observation import Facts

CIRCUITS: Final = [ValidationCircuit("a", [Stage(Approvers("role", {"a"}))])]
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


def test_of_many_rules_that_are_not_settled_the_first_are_named() -> None:
    charter = forbidding(*map(text.mentions, WORDS[:8]))
    assert "f0, f1, f2, f3, f4, f5, … (8 in all)" in str(analyse(charter, budget=0))


def test_an_act_of_which_something_is_unknown_makes_no_gap() -> None:
    rule = Rule.permit("p", when=fact("paid").is_(True), because="Fine.")
    found = analyse(Charter("c", rules=[rule], circuits=CIRCUITS, default="a"))
    assert [one.when for one in found.gaps] == [All([~rule.when])]
    assert found.more_gaps is Truth.FALSE
