import copy
import pickle
from datetime import timedelta

import pytest

from cmcore import view
from cmcore.charters.conditions.condition import FactTest
from cmcore.charters.conditions.fact import Fact, fact
from cmcore.charters.conditions.facts import FactType
from cmcore.charters.conditions.operands import Hours, Operand, Quiet, Range, Rate
from cmcore.charters.conditions.operators import TAKES, Op
from cmcore.charters.conditions.vocabulary import Vocabulary
from cmcore.text.words import WordList
from cmcore.time.week import Week

HOUR = timedelta(hours=1)
ASKED = [
    (fact("paid").is_(True), "paid", Op.IS, True),
    (fact("network").one_of("x", "y"), "network", Op.ONE_OF, frozenset({"x", "y"})),
    (fact("topics").any_of("x"), "topics", Op.ANY_OF, frozenset({"x"})),
    (fact("topics").all_of("x", "x"), "topics", Op.ALL_OF, frozenset({"x"})),
    (fact("topics").none_of("x"), "topics", Op.NONE_OF, frozenset({"x"})),
    (fact("topics").only("x"), "topics", Op.ONLY, frozenset({"x"})),
    (fact("text").length.below(280), "text.length", Op.BELOW, 280),
    (fact("text").length.above(1), "text.length", Op.ABOVE, 1),
    (fact("local").hour.at_most(9), "local.hour", Op.AT_MOST, 9),
    (fact("local").hour.at_least(9), "local.hour", Op.AT_LEAST, 9),
    (fact("recent").any.at_most(3, HOUR), "recent.any", Op.AT_MOST, Rate(3, HOUR)),
    (
        fact("recent").publish.same_topic.at_least(3, within=HOUR),
        "recent.publish.same_topic",
        Op.AT_LEAST,
        Rate(3, HOUR),
    ),
    (fact("recent.any").more_than(3, within=HOUR), "recent.any", Op.MORE_THAN, Rate(3, HOUR)),
    (fact("recent.any").fewer_than(3, within=HOUR), "recent.any", Op.FEWER_THAN, Rate(3, HOUR)),
    (fact("recent.any").at_least_since(HOUR), "recent.any", Op.AT_LEAST, Quiet(HOUR)),
    (fact("text").words.between(1, 5), "text.words", Op.BETWEEN, Range(1, 5)),
    (fact("text").mentions("a", "b"), "text", Op.MENTIONS, WordList(("a", "b"))),
    (
        fact("text").mentions("a", exceptions=["a b"]),
        "text",
        Op.MENTIONS,
        WordList(("a",), ("a b",)),
    ),
    (fact("text").matches("a+"), "text", Op.MATCHES, "a+"),
    (fact("topics").all_match("a+"), "topics", Op.ALL_MATCH, "a+"),
    (fact("at").during("Mon"), "at", Op.DURING, Hours(Week.parse("Mon"))),
    (fact("at").during(Week.always(), "UTC"), "at", Op.DURING, Hours(Week.always(), "UTC")),
    (fact("template").present(), "template", Op.PRESENT, True),
    (fact("template").present(False), "template", Op.PRESENT, False),  # noqa: FBT003
]


@pytest.mark.parametrize(("made", "name", "op", "operand"), ASKED)
def test_a_question_makes_a_test(made: FactTest, name: str, op: Op, operand: Operand) -> None:
    assert made == FactTest(name, op, operand)
    spec = Vocabulary().find(name)
    assert spec is not None
    assert TAKES[spec.type][op].operand.takes(operand)


def test_every_op_can_be_asked() -> None:
    assert {op for _, _, op, _ in ASKED} == set(Op)


@pytest.mark.parametrize(
    ("made", "name"),
    [
        (fact("text").length, "text.length"),
        (fact("in_reply_to").text.fancy, "in_reply_to.text.fancy"),
        (fact("caption").words, "caption.words"),
        (fact("author").roles.count, "author.roles.count"),
        (fact("incident").open, "incident.open"),
        (fact("since").launch, "since.launch"),
    ],
)
def test_a_dot_goes_further_into_a_fact(made: Fact, name: str) -> None:
    assert made == Fact(name)


@pytest.mark.parametrize(
    ("part", "hint"),
    [
        ("any_off", "did you mean `any_of`?"),
        ("lenght", "did you mean `length`?"),
        ("zzzzzz", "name it whole, as in `fact(...)`"),
    ],
)
def test_a_slip_of_the_pen_is_no_fact(part: str, hint: str) -> None:
    with pytest.raises(AttributeError) as caught:
        getattr(fact("topics"), part)
    assert str(caught.value).startswith(f"nothing is called `{part}` on a fact (did you mean") or (
        str(caught.value) == f"nothing is called `{part}` on a fact ({hint})"
    )
    assert hint.removeprefix("did you mean ").rstrip("?") in str(caught.value)


def test_a_fact_is_a_value() -> None:
    made = fact("text")
    assert copy.deepcopy(made) == pickle.loads(pickle.dumps(made)) == made  # noqa: S301 - what we pickled ourselves
    assert hash(made) == hash(Fact("text"))
    assert {kind for kind in FactType if Op.PRESENT in TAKES[kind]} == set(FactType) - {
        FactType.LOG
    }


@pytest.mark.parametrize("name", ["recent", "recent.publish", "since.launch", "text"])
def test_no_fact_has_what_notebooks_and_copies_look_for(name: str) -> None:
    """Whatever any name would be, `_ipython_display_` and `__deepcopy__` among them."""
    for part in ("_ipython_display_", "_repr_html_", "_names_told", "__array__"):
        assert not hasattr(fact(name), part)
    assert copy.deepcopy(fact(name)) == fact(name)
    assert name in str(view(fact(name)))
