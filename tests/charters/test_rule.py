from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore.base.errors import InvalidError
from cmcore.base.truth import Truth
from cmcore.charters.conditions.condition import ALWAYS
from cmcore.charters.conditions.fact import fact
from cmcore.charters.rule import Effect, Rule, Term

DAY = timedelta(days=1)
days = st.dates(date(2026, 1, 1), date(2026, 1, 9))
PAID = fact("paid").is_(True)


@given(st.none() | days, st.none() | days, days)
def test_a_term_holds_from_its_first_day_through_its_last(
    since: date | None, through: date | None, day: date
) -> None:
    if since is not None and through is not None and since > through:
        with pytest.raises(InvalidError) as caught:
            Term(since, through)
        (problem,) = caught.value.problems
        assert (problem.message, problem.path) == ("it ends before it begins", ("through",))
        assert problem.hint == "swap the two dates"
        return
    term = Term(since, through)
    inside = (since is None or since <= day) and (through is None or day <= through)
    assert term.holds(day) is Truth.of(inside)


@given(st.none() | days, st.none() | days)
def test_a_term_is_unknown_on_an_unknown_day_save_where_there_is_none(
    since: date | None, through: date | None
) -> None:
    if since is None or through is None or since <= through:
        is_open = since is None and through is None
        expected = Truth.TRUE if is_open else Truth.UNKNOWN
        assert Term(since, through).holds(None) is expected


def test_both_ends_of_a_term_are_in_it() -> None:
    day = date(2026, 1, 5)
    term = Term(day, day)
    assert [term.holds(d) for d in (day - DAY, day, day + DAY)] == [
        Truth.FALSE,
        Truth.TRUE,
        Truth.FALSE,
    ]


@pytest.mark.parametrize(
    ("made", "effect", "to"),
    [
        (Rule.permit("a", when=PAID, because="so"), Effect.PERMIT, ()),
        (Rule.refer("a", to="desk", when=PAID, because="so"), Effect.REFER, "desk"),
        (
            Rule.refer("a", to=["desk", "crisis"], when=PAID, because="so"),
            Effect.REFER,
            {"crisis", "desk"},
        ),
        (Rule.forbid("a", when=PAID, because="so"), Effect.FORBID, ()),
    ],
)
def test_a_rule_is_made_by_its_effect(made: Rule, effect: Effect, to: str | Iterable[str]) -> None:
    assert made == Rule("a", effect, when=PAID, because="so", to=to)
    assert Rule("a", str(effect), when=PAID, because="so", to=to) == made


@pytest.mark.parametrize(
    "make",
    [
        lambda: Rule.permit("a", because="so"),
        lambda: Rule.refer("a", to="d", because="so"),
        lambda: Rule.forbid("a", because="so"),
    ],
    ids=["permit", "refer", "forbid"],
)
def test_a_rule_holds_always_unless_it_says_otherwise(make: Callable[[], Rule]) -> None:
    assert make().when == ALWAYS
    assert make().term == Term()


@pytest.mark.parametrize(
    ("given_", "path", "message", "hint"),
    [
        (
            {"id": " "},
            "permit",
            "`` cannot be an id",
            "1 to 200 printable characters, no spaces at either end",
        ),
        ({"because": ""}, "because", "rule `a` gives no reason", "tell the author why"),
        ({"because": " \n"}, "because", "rule `a` gives no reason", "tell the author why"),
        ({"effect": "refer"}, "to", "rule `a` refers to no circuit", "name a circuit"),
        (
            {"to": "desk"},
            "to",
            "a permit rule goes to no circuit",
            "make it a refer rule, or name no circuit",
        ),
    ],
    ids=["id", "no reason", "blank reason", "no circuit", "circuit"],
)
def test_a_rule_that_makes_no_sense_is_refused(
    given_: dict[str, Any], path: str, message: str, hint: str
) -> None:
    with pytest.raises(InvalidError) as caught:
        Rule(**{"id": "a", "effect": "permit", "because": "so", **given_})
    (problem,) = caught.value.problems
    assert (problem.path, problem.message, problem.hint) == ((path,), message, hint)


def test_a_rule_tells_everything_that_is_wrong_with_it() -> None:
    with pytest.raises(InvalidError) as caught:
        Rule("", Effect.REFER)
    assert [p.path for p in caught.value.problems] == [("refer",), ("because",), ("to",)]


def test_a_rule_asks_a_condition() -> None:
    with pytest.raises(InvalidError, match="expected a condition, not a Python `Fact`"):
        Rule.permit("a", when=fact("paid"), because="so")  # type: ignore[arg-type]
