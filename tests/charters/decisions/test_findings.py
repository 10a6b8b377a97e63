"""What a test finds is the same whether it is found again or for the first time."""

import attrs
import pytest
from hypothesis import given

from cmcore import Act, Approvers, Charter, Context, Label, Rule, Stage, ValidationCircuit, fact
from cmcore.charters.conditions.condition import FactTest
from cmcore.charters.conditions.condition import tests as asked_by
from cmcore.charters.decisions import findings as kept
from cmcore.charters.decisions.findings import found
from cmcore.charters.history import Case
from cmcore.charters.meaning.explanation import finding
from cmcore.charters.meaning.observation import Facts
from cmcore.strategies import charters_and_cases

DESK = ValidationCircuit("desk", [Stage(Approvers("role", {"editor"}))])
WHEN = (
    fact("network").one_of("x", "bluesky")
    & fact("topics").any_of("sport", "news")
    & fact("text").mentions("rappel")
    & fact("reach").above(10)
)
CHARTER = Charter("words", circuits=[DESK], default="desk", labels={"reach": Label("number")},
                  rules=[Rule.permit("all", when=WHEN, because=".")])  # fmt: skip
ASKED = [*asked_by(WHEN)]


def facts(charter: Charter, **said: object) -> Facts:
    """Return what facts read of an act that says so much."""
    return Facts(charter, Act(kind="publish", **said), Context())  # type: ignore[arg-type]


def fresh() -> Charter:
    """Return a charter with which nothing is kept yet."""
    return attrs.evolve(CHARTER)


def of(name: str) -> FactTest:
    """Return the test of a fact."""
    return next(test for test in ASKED if test.fact == name)


@given(charters_and_cases(ill=True))
def test_it_is_what_the_plain_evaluation_finds(pair: tuple[Charter, Case]) -> None:
    charter, case = pair
    for act in (case.act, Act(kind="publish"), case.act):
        read = Facts(charter, act, case.context)
        for rule in charter.rules:
            for test in asked_by(rule.when):
                assert found(charter, test, read) == finding(test, read)


@pytest.mark.parametrize(("name", "one", "other"), [
    ("network", {"network": "x"}, {"network": "mastodon"}),
    ("topics", {"topics": {"sport"}}, {"topics": {"garden"}}),
])  # fmt: skip
def test_words_are_found_again_and_no_others_in_their_place(
    name: str, one: dict[str, object], other: dict[str, object]
) -> None:
    charter, test = fresh(), of(name)
    first = found(charter, test, facts(charter, **one))
    assert found(charter, test, facts(charter, **one)) is first
    away = found(charter, test, facts(charter, **other))
    assert away == finding(test, facts(charter, **other)) != first


@pytest.mark.parametrize(("name", "said"), [
    ("text", {"text": "Un rappel."}),
    ("reach", {"labels": {"reach": 12}}),
    ("topics", {"topics": {f"topic{number}" for number in range(65)}}),
])  # fmt: skip
def test_neither_texts_nor_numbers_nor_many_words_are_kept(
    name: str, said: dict[str, object]
) -> None:
    charter = fresh()
    assert found(charter, of(name), facts(charter, **said)).test is of(name)
    assert not charter.notes.get("findings")


def test_no_more_are_kept_than_are_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST", 2)
    charter, test = fresh(), of("topics")
    for word in ("sport", "news", "garden", "sport", "news"):
        read = facts(charter, topics={word})
        assert found(charter, test, read) == finding(test, read)
        assert 1 <= len(charter.notes["findings"]) <= 2


def test_two_tests_of_a_fact_do_not_find_in_each_others_place() -> None:
    charter = fresh()
    read = facts(charter, network="x")
    others = fact("network").is_("x") | fact("network").is_("bluesky")
    for test in (*asked_by(others), of("network")):
        assert found(charter, test, read) == finding(test, read)
