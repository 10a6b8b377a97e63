"""Whatever is asked of a fact is a test, or is refused in a sentence: never a bare error."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore import InvalidError, fact, hours
from cmcore.charters.conditions.condition import FactTest

ODD: st.SearchStrategy[Any] = st.sampled_from(
    [
        None,
        True,
        -1,
        0.5,
        "word",
        b"b",
        ["a"],
        ("a", 3),
        {"a"},
        {"a": 1},
        [["a"]],
        object(),
        hours(1),
    ]
) | st.just(hours(1))
WORDED = ("one_of", "any_of", "all_of", "none_of", "only", "mentions")
ONE = (
    "is_",
    "below",
    "above",
    "at_most",
    "at_least",
    "at_least_since",
    "matches",
    "all_match",
    "during",
    "present",
)
TWO = ("more_than", "fewer_than", "between", "at_most", "at_least")


@pytest.mark.parametrize(
    ("name", "count"), [*((n, 1) for n in WORDED + ONE), *((n, 2) for n in WORDED + TWO)]
)
@given(st.data())
def test_a_fact_is_asked_or_the_question_is_refused(
    name: str, count: int, data: st.DataObject
) -> None:
    asked = [data.draw(ODD) for _ in range(count)]
    with suppress(InvalidError):
        assert isinstance(getattr(fact("x"), name)(*asked), FactTest)


@pytest.mark.parametrize("name", WORDED)
@pytest.mark.parametrize("many", [["a", "b"], ("b", "a"), {"a", "b"}, frozenset("ab")])
def test_words_may_be_given_in_a_collection(name: str, many: Any) -> None:  # noqa: ANN401
    ask = getattr(fact("x"), name)
    assert ask(many) == ask("a", "b")


@pytest.mark.parametrize("exceptions", ["ne pas", 3, [3], [["a"]]])
def test_exceptions_are_a_list_of_words(exceptions: Any) -> None:  # noqa: ANN401
    with pytest.raises(InvalidError):
        fact("x").mentions("a", exceptions=exceptions)
