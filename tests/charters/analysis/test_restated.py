"""What two charters say of themselves, and of no act, where it is not the same."""

from typing import Any, Final

import attrs
import pytest

from cmcore import Act, Approvers, Charter, Rule, Stage, ValidationCircuit, fact
from cmcore.base.truth import Truth
from cmcore.charters import Example, Expectation, Guarantee, contrast
from cmcore.charters.conditions.operands import Rate

CHARTER: Final = Charter(
    "c",
    rules=[Rule.permit("all", because="Fine.")],
    circuits=[ValidationCircuit("a", [Stage(Approvers("role", {"a"}))])],
    default="a",
    zone="Europe/Paris",
)
WEEKLY: Final = Expectation("weekly", of="publish", at_least=Rate(2, "week"))
CALM: Final = Guarantee("covered", when=fact("incident.open").is_(True))
POST: Final = Example("covered", Act(kind="publish"))


@pytest.mark.parametrize(
    ("key", "one", "about"),
    [
        ("always", CALM, "always"),
        ("never", CALM, "never"),
        ("examples", POST, "example"),
        ("expectations", WEEKLY, "expectation"),
    ],
)
def test_what_only_one_of_two_charters_says_is_new_or_gone(
    key: str, one: object, about: str
) -> None:
    change: dict[str, Any] = {key: [one]}
    more = attrs.evolve(CHARTER, **change)
    ways = (((CHARTER, more), "added", "new: "), ((more, CHARTER), "removed", "gone: "))
    for pair, turn, told in ways:
        found = contrast(*pair)
        (said,) = found.restated
        assert (said.about, said.way) == (about, turn)
        assert one in {said.guarantee, said.example, said.expectation, said.was}
        assert found.equivalent is Truth.TRUE
        assert found.differs_besides
        assert "what they say of themselves differs" in str(found)
        assert told in str(found)
    assert contrast(more, more).restated == ()


def test_an_expectation_that_asks_more_is_shown_as_it_was_and_as_it_is() -> None:
    more = attrs.evolve(WEEKLY, at_least=Rate(3, "week"))
    found = contrast(*(attrs.evolve(CHARTER, expectations=[one]) for one in (WEEKLY, more)))
    (change,) = found.restated
    assert (change.way, change.was, change.expectation) == ("changed", WEEKLY, more)
    assert "`weekly`: at least 2 per week: `publish` → at least 3 per week" in str(found)
    assert "modifié" in found.text("fr")


def test_of_charters_that_say_the_same_nothing_is_said() -> None:
    found = contrast(CHARTER, CHARTER)
    assert not found.differs_besides
    assert "themselves" not in str(found)
