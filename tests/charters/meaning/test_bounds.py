"""How many edits a condition takes at the least, and what its author may change of an act."""

from collections.abc import Sequence

import pytest

from cmcore import Act, Approvers, Charter, Context, Message, Stage, ValidationCircuit, fact
from cmcore.base.truth import Truth
from cmcore.charters import at_least
from cmcore.charters.conditions.condition import Condition, FactTest
from cmcore.charters.meaning.bounds import least_edits
from cmcore.charters.meaning.edits import may_change
from cmcore.charters.meaning.observation import Facts

CHARTER = Charter(
    "c",
    circuits=[ValidationCircuit("desk", [Stage(Approvers("role", {"coordinator"}))])],
    default="desk",
)
ONE = fact("text").mentions("un")
TWO = fact("text").mentions("deux", "trois")
THREE = fact("text").mentions("q", "cinq", "six")
PAID = fact("paid").is_(True)
SIGNS = fact("topics").any_of("a", "b", "d")
LISTS = (ONE, TWO, THREE)


@pytest.mark.parametrize(
    ("condition", "asked", "goal", "least"),
    [
        (ONE, LISTS[:1], False, 1),
        (TWO, LISTS[1:2], False, 2),
        (ONE & TWO, LISTS, False, 1),
        (ONE | TWO, LISTS, False, 2),
        (~(ONE & TWO), LISTS, True, 1),
        (at_least(2, ONE, TWO, THREE), LISTS, False, 2),
        (at_least(2, TWO, THREE, PAID), LISTS, False, 2),
        (TWO, [TWO, fact("hashtags").count.above(1)], False, 1),
        (TWO, [TWO, fact("in_reply_to.text").mentions("un")], False, 2),
        (TWO, [TWO, fact("text").matches("d.*s")], False, 1),
        (SIGNS, [SIGNS], False, 2),
        (SIGNS & PAID, [SIGNS, PAID], False, 0),
        (~SIGNS, [SIGNS], True, 2),
        (fact("hashtags").any_of("a", "b"), [SIGNS], False, 1),
        (PAID, [PAID], True, 1),
        (PAID, [PAID], False, 0),
        (fact("text").mentions("l"), [fact("text").mentions("l")], False, 0),
    ],
)
def test_as_many_edits_as_words_stand_in_the_way(
    condition: Condition,
    asked: Sequence[FactTest],
    *,
    goal: bool,
    least: int,
) -> None:
    act = Act(kind="publish", text="un deux trois q cinq six l'eau", paid=False,
              topics={"a", "b", "c"}, hashtags={"a", "b"})  # fmt: skip
    facts = Facts(CHARTER, act, Context())
    assert least_edits(condition, facts, asked, Truth.of(goal)) == least


@pytest.mark.parametrize(
    ("act", "changes"),
    [
        (Act(kind="edit", target=Message()), True),
        (Act(kind="quote", target=Message()), True),
        (Act(kind="hide", target=Message()), False),
        (Act(kind="hide"), False),
        (Act(kind="publish"), True),
        (Act(target=Message()), False),
        (Act(), True),
    ],
)
def test_only_what_says_something_of_its_own_may_be_changed(act: Act, *, changes: bool) -> None:
    assert may_change(CHARTER, act, "topics") is changes
