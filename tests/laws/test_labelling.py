"""Labelling: the facts that are worth supplying are the fewest that settle a history."""

from collections.abc import Iterator, Sequence
from itertools import combinations, product
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore import Act, Charter, Label, Rule, fact
from cmcore.base.truth import Truth
from cmcore.charters import (
    UNKNOWN,
    Case,
    Labelling,
    Situation,
    Unreadable,
    analyse,
)
from cmcore.charters.analysis import _labels
from cmcore.charters.meaning.evaluation import combine, gate, rule_truths
from cmcore.charters.meaning.observation import Facts

from .test_analysis import ASKED, CIRCUITS, FEW, case_of, conditions

NAMES = ["network", "paid", "incident", "score"]
#: An act as the values of facts; what is not known of one is unknown.
_Row = tuple[Any, ...]


@st.composite
def charters_and_rows(draw: st.DrawFn) -> tuple[Charter, list[_Row]]:
    """Draw a charter that asks of a few facts, and acts of which some are unknown."""
    effects = draw(st.lists(st.sampled_from(["permit", "refer", "forbid"]), min_size=1, max_size=4))
    rules = [
        Rule(
            f"r{number}", effect, when=draw(conditions(NAMES)), because="Because.",
            to=draw(st.sets(st.sampled_from("ab"), min_size=1)) if effect == "refer" else None,
        )
        for number, effect in enumerate(effects)
    ]  # fmt: skip
    charter = Charter(
        "small", rules=rules, circuits=CIRCUITS, default="a", labels={"score": Label("number")}
    )
    row = st.tuples(*(st.sampled_from([*ASKED[name][1], UNKNOWN]) for name in NAMES))
    return charter, draw(st.lists(row, min_size=1, max_size=3))


def is_in_doubt(charter: Charter, case: Case) -> bool:
    """Return whether some truth of the rules that are unknown would change what is decided."""
    facts = Facts(charter, case.act, case.context)
    known = rule_truths(charter, facts, gate(charter, facts))
    now = combine(charter, known)
    ways = [(one,) if one is not Truth.UNKNOWN else (Truth.TRUE, Truth.FALSE) for _, one in known]
    others = (
        combine(charter, zip((rule for rule, _ in known), turned, strict=True))
        for turned in product(*ways)
    )
    return any((one.outcome, one.circuits) != (now.outcome, now.circuits) for one in others)


def completions(name: str, value: object) -> Iterator[object]:
    """Yield all that a fact may turn out to be."""
    if value is UNKNOWN or value == Situation():
        yield from (
            one for one in ASKED[name][1]
            if one is not UNKNOWN and one not in (Situation(), Situation(open=True, severity=None))
        )  # fmt: skip
    elif value == Situation(open=True, severity=None):
        yield from (Situation(open=True, severity=one) for one in ("high", "low"))
    else:
        yield value


def settles(charter: Charter, row: _Row, names: Sequence[str]) -> bool:
    """Return whether an act is in no doubt, whatever some facts turn out to be."""
    ways = [
        [*completions(name, value)] if name in names else [value]
        for name, value in zip(NAMES, row, strict=True)
    ]
    return not any(is_in_doubt(charter, case_of(NAMES, one)) for one in product(*ways))


def labelling(charter: Charter, rows: Sequence[_Row]) -> Labelling:
    found = analyse(charter, history=[case_of(NAMES, row) for row in rows]).labelling
    assert found
    return found


@FEW
@given(charters_and_rows())
def test_no_fewer_facts_settle_as_much_and_these_do(drawn: tuple[Charter, list[_Row]]) -> None:
    charter, rows = drawn
    found = labelling(charter, rows)
    doubted = [row for row in rows if is_in_doubt(charter, case_of(NAMES, row))]
    assert found.settled == len(rows) - len(doubted)
    assert found.left == 0
    sizes = [
        size for size in range(len(NAMES) + 1)
        if any(all(settles(charter, row, some) for row in rows)
               for some in combinations(NAMES, size))
    ]  # fmt: skip
    assert found.is_smallest
    assert found.least == sizes[0]
    given: list[str] = []
    for one in found.facts:
        given.append(one.fact)
        assert one.settled == found.settled + sum(settles(charter, row, given) for row in doubted)
        others = [name for name in NAMES if name != one.fact]
        assert one.acts == sum(not settles(charter, row, others) for row in doubted)


def test_what_a_text_tells_is_known_with_it() -> None:
    rules = [
        Rule.permit("linked", when=fact("links").count.above(0), because="Links."),
        Rule.refer("words", to="b", when=fact("text").mentions("rappel"), because="Words."),
    ]
    charter = Charter("small", rules=rules, circuits=CIRCUITS, default="a")
    found = analyse(charter, history=[Act(), Act(kind="publish")]).labelling
    assert found
    assert [(one.fact, one.acts, one.settled) for one in found.facts] == [("text", 2, 2)]


def either() -> Charter:
    """Return a charter that asks whether there are links, which a text tells as well."""
    asking = fact("kind").is_("delete") & fact("text").mentions("rappel")
    rules = [
        Rule.permit("linked", when=fact("links").present(), because="Links."),
        Rule.forbid("erasing", when=asking, because="Never."),
    ]
    return Charter("small", rules=rules, circuits=CIRCUITS, default="a")


def test_where_either_of_two_facts_will_do_one_is_named() -> None:
    found = analyse(either(), history=[Act(kind="publish")]).labelling
    assert found
    assert [(one.fact, one.settled) for one in found.facts] == [("links", 1)]
    assert found.is_smallest
    assert "no fewer facts settle as much" in str(found)


def test_of_one_fact_and_two_that_will_do_the_one_is_named() -> None:
    tags = Rule.permit("tagged", when=fact("hashtags").present(), because="Tags.")
    found = analyse(either().with_rule(tags), history=[Act(kind="publish")]).labelling
    assert found
    assert ([one.fact for one in found.facts], found.least) == (["text"], 1)


def test_of_a_history_that_is_settled_nothing_is_worth_labelling() -> None:
    settled = Act(kind="publish", text="https://a.example")
    found = analyse(either(), history=[settled, settled]).labelling
    assert found
    assert (found.settled, found.facts, found.left) == (2, (), 0)
    assert "acts settled: 2 of 2" in str(found)
    assert "Worth" not in str(found)


def test_less_work_settles_less_and_names_no_facts_that_were_not_found_to_do() -> None:
    history = [Act(kind="publish"), Act(), Act(kind="delete", text="No reminder.")]
    whole = analyse(either(), history=history).labelling
    assert whole
    some = {
        analyse(either(), history=history, budget=budget).labelling for budget in range(0, 600, 50)
    }
    for one in some:
        assert one
        assert one.acts == whole.acts
        assert one == whole or (one.settled <= whole.settled and not one.facts)
    assert len(some) > 1


def test_what_a_search_is_given_up_for_is_left() -> None:
    found = analyse(either(), history=[Act(), Act()], steps=0).labelling
    assert found
    assert found.left == 2
    assert "2 acts are not shown to be settled" in str(found)
    assert "2 actes dont aucun fait" in found.text("fr")


def test_of_what_is_too_much_to_try_only_a_bound_is_claimed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(_labels, "_SETS", 0)
    tags = Rule.permit("tagged", when=fact("hashtags").present(), because="Tags.")
    found = analyse(either().with_rule(tags), history=[Act(kind="publish")]).labelling
    assert found
    assert found.facts[-1].settled == 1
    assert found.least == 1
    told = attrs.evolve(found, least=0)
    assert not told.is_smallest
    assert "at least 0 facts are needed" in str(told)


def test_of_an_act_without_a_moment_a_record_alone_settles_nothing() -> None:
    rules = [
        Rule.permit(
            "rare", when=fact("recent.publish").fewer_than(2, per="week"), because="Now and then."
        )
    ]
    charter = Charter("small", rules=rules, circuits=CIRCUITS, default="a")
    found = analyse(charter, history=[Case(Act(kind="publish"))]).labelling
    assert found
    assert {one.fact for one in found.facts} == {"at", "recent"}


def test_what_no_fact_is_shown_to_settle_is_counted() -> None:
    odd = fact("text").matches(r"(?:[[:word:]]{3}[[:punct:]]){2}")
    rules = [
        Rule.permit("odd", when=odd, because="Odd."),
        Rule.refer("moment", to="b", because="When?",
                   when=fact("recent.publish").fewer_than(2, per="week")),
    ]  # fmt: skip
    charter = Charter("small", rules=rules, circuits=CIRCUITS, default="a")
    found = analyse(charter, history=[Unreadable("line 1"), Act(text="a")]).labelling
    assert found
    assert (found.acts, found.settled, found.unreadable) == (1, 0, 1)
    assert "1 row could not be read" in str(found)
    assert "1 ligne n’a pas pu être lue" in found.text("fr")


def test_conflicts_come_first_that_touch_the_most_of_a_history() -> None:
    ways = {"one": "product", "two": "event"}
    rules = [
        Rule.permit(name, when=fact("topics").any_of(word), because="Yes.")
        for name, word in ways.items()
    ]
    rules.append(Rule.refer("ads", to="b", when=fact("paid").is_(True), because="Ads."))
    charter = Charter("small", rules=rules, circuits=CIRCUITS, default="a")
    acts = [
        Act(topics={"event"}, paid=True),
        Act(topics={"event", "product"}, paid=True),
        Act(topics={"product"}, paid=False),
    ]
    found = analyse(charter, history=acts)
    touched = [(one.permit, one.other, one.touched) for one in found.overlaps]
    assert touched == [("two", "ads", 2), ("one", "ads", 1)]
    assert [one.touched for one in analyse(charter).overlaps] == [None, None]
