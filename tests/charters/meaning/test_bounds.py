"""How many edits a condition takes at the least, and what its author may change of an act."""

import sys
from collections import Counter
from collections.abc import Sequence

import attrs
import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from cmcore import Act, Approvers, Charter, Context, Message, Rule, Stage, ValidationCircuit, fact
from cmcore.base.truth import Truth
from cmcore.charters import at_least
from cmcore.charters.conditions.condition import Condition, FactTest
from cmcore.charters.conditions.patterns import SPACES
from cmcore.charters.meaning.bounds import Cuts, least_edits
from cmcore.charters.meaning.edits import apply, edits, may_change
from cmcore.charters.meaning.kleene import truth
from cmcore.charters.meaning.observation import Facts
from cmcore.text.links import links_in
from cmcore.text.tokens import tokens

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
#: `deux` may come to stand in an exception.
BUT = fact("text").mentions("deux", "trois", exceptions=["un q deux"])
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
        (TWO, [TWO, fact("hashtags").count.above(1)], False, 2),
        (TWO, [TWO, fact("text").mentions("deux trois")], False, 1),
        (TWO, [TWO, fact("text").mentions("trois fois")], False, 2),
        (THREE, [THREE, fact("text").mentions("ci* si*")], False, 2),
        (BUT, [BUT], False, 1),
        (TWO, [TWO, fact("in_reply_to.text").mentions("un")], False, 2),
        (TWO, [TWO, fact("text").matches("d.*s")], False, 1),
        (TWO, [TWO, fact("text").matches("(?i)D[^x]*")], False, 1),
        (TWO, [TWO, fact("text").matches("[0-9]{5}")], False, 2),
        (TWO, [TWO, fact("text").matches(r"de\w+|\bt\S*")], False, 2),
        (SIGNS, [SIGNS], False, 2),
        (SIGNS & PAID, [SIGNS, PAID], False, 0),
        (~SIGNS, [SIGNS], True, 2),
        (fact("hashtags").any_of("a", "b"), [SIGNS], False, 1),
        (PAID, [PAID], True, 1),
        (PAID, [PAID], False, 0),
        (fact("text").mentions("l"), [fact("text").mentions("l")], False, 1),
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
    assert least_edits(condition, facts, Cuts(asked), Truth.of(goal)) == least


@pytest.mark.parametrize(
    ("text", "least"),
    [
        ("un deux", 2),
        ("un, (deux) deux.", 2),
        ("l'un", 1),
        ("un中deux", 1),
        ("un.fr/deux", 1),
        ("https://ex.fr/un/deux", 1),
    ],
)
def test_what_may_go_together_is_counted_once(text: str, least: int) -> None:
    listed = fact("text").mentions("un", "deux", "l", "中")
    facts = Facts(CHARTER, Act(kind="publish", text=text), Context())
    assert least_edits(listed, facts, Cuts([listed]), Truth.FALSE) == least


@pytest.mark.parametrize(
    ("text", "least"),
    [("un deux", 2), ("un\xa0deux", 2), ("un, (deux)", 1), ("un,deux", 1), ("un\u2028deux", 1)],
)
def test_beside_a_pattern_words_count_that_stand_between_spaces(text: str, least: int) -> None:
    listed, more = fact("text").mentions("un", "deux"), fact("text").matches("@\\S+")
    facts = Facts(CHARTER, Act(kind="publish", text=text), Context())
    assert least_edits(listed, facts, Cuts([listed, more]), Truth.FALSE) == least


def test_the_white_space_of_patterns_is_that_of_python() -> None:
    assert {chr(code) for code in range(sys.maxunicode + 1) if chr(code).isspace()} == SPACES


#: Words by themselves and in what leans on them, joins them, or is an address.
PIECES = ("un", "deux", "l'un", "deux-un.", ".deux", "#un", "@un.deux", "un.fr",
          "https://ex.fr/un/deux", "12", "x12", ".fr")  # fmt: skip
#: Letters that stand alone, so that what is around them joins once they are gone.
STUCK = ("un中deux", "🎉un")


def texts(pieces: Sequence[str], gaps: Sequence[str]) -> st.SearchStrategy[str]:
    pairs = st.tuples(st.sampled_from(pieces), st.sampled_from([" ", " ", *gaps]))
    found = st.lists(pairs, min_size=2, max_size=7)
    return found.map(lambda these: "".join(piece + gap for piece, gap in these))


WORDS = st.sampled_from(("un", "deux", "l", "un deux", "de*", "de* un", "12", "中", "🎉", "fr"))
LISTED = st.builds(
    lambda entries, exceptions: fact("text").mentions(*entries, exceptions=exceptions),
    st.lists(WORDS, min_size=1, max_size=4),
    st.sampled_from([[], [], ["un deux trois"], ["12 un"]]),
)
OTHERS = st.sampled_from(
    (fact("hosts").any_of("ex.fr"), fact("hashtags").any_of("un"), fact("mentions").any_of("un"),
     fact("text").matches("1."), fact("text").matches("(?s)u.*x"), fact("text").matches("un ?d"),
     fact("text").matches("[0-9]+"), fact("text").matches("(?i)D[a-z]*"),
     fact("text").matches(r"u\S*|,\S"))
)  # fmt: skip
MANY = settings(max_examples=min(3 * settings().max_examples, 20_000))
#: What they find has no white space, but where there are separators of lines.
PATTERNS = st.sampled_from(["[a-z]+", "[0-9]+", r"u\S*", "(?i)[^ ]+"]).map(fact("text").matches)
#: How many texts a brute force may read.
PATIENCE = 300


def assert_bounded(test: FactTest, others: list[FactTest], text: str) -> None:
    """Assert that no fewer edits than its bound make a test of a text false."""
    rules = [Rule.forbid(f"r{at}", when=one, because=".") for at, one in enumerate([test, *others])]
    charter = attrs.evolve(CHARTER, rules=rules)
    reached = [Act(kind="publish", text=text)]
    facts = Facts(charter, reached[0], Context())
    least = least_edits(test, facts, Cuts([test, *others]), Truth.FALSE)
    event(f"at least {least}")
    for _ in range(least):
        assert all(truth(test, Facts(charter, act, Context())) is Truth.TRUE for act in reached)
        reached = [apply(change, act, charter) for act in reached
                   for change in edits(charter, act, Context(), "text")][:PATIENCE]  # fmt: skip


@MANY
@given(LISTED, st.lists(LISTED | OTHERS, max_size=2), texts([*PIECES, *STUCK], ["\n", ", ", ""]))
def test_no_fewer_edits_than_the_bound_do(
    test: FactTest, others: list[FactTest], text: str
) -> None:
    assert_bounded(test, others, text)


@MANY
@given(
    st.just(fact("text").mentions("un", "deux", "mai")),
    st.lists(PATTERNS, min_size=1, max_size=2),
    texts(["un", "deux", "mai", "12", "x"], [",", "-", ", ", "\u2028", "'", ") "]),
)
def test_nor_where_patterns_find_what_stands_between_spaces(
    test: FactTest, others: list[FactTest], text: str
) -> None:
    assert_bounded(test, others, text)


@MANY
@given(st.lists(LISTED | OTHERS, min_size=1, max_size=2), texts(PIECES, ["\n", ", "]))
def test_an_edit_takes_out_whole_words_and_whole_addresses(
    asked: list[FactTest], text: str
) -> None:
    rules = [Rule.forbid(f"r{at}", when=one, because=".") for at, one in enumerate(asked)]
    charter = attrs.evolve(CHARTER, rules=rules)
    act = Act(kind="publish", text=text)
    for change in edits(charter, act, Context(), "text"):
        left = apply(change, act, charter).text or ""
        event(change.action)
        assert left != text
        assert links_in(left) <= links_in(text)
        assert Counter(tokens(left)) <= Counter(tokens(text))


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
