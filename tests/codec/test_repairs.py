"""A stored repair that gives a word to a set is read back, and refused where it does not."""

from typing import Any

import attrs
import pytest

from cmcore import (
    Act,
    Approvers,
    Charter,
    Decision,
    InvalidError,
    Label,
    Rule,
    Stage,
    ValidationCircuit,
    decide,
    fact,
    structure,
    unstructure,
)

DESK = ValidationCircuit("desk", [Stage(Approvers("role", {"editor"}))])
GIFTS = Charter(
    "c",
    rules=[Rule.permit("gifts", when=fact("themes").any_of("gift"), because="Fine.")],
    circuits=[DESK],
    default="desk",
    labels={"themes": Label("symbols")},
)
LISTED = attrs.evolve(GIFTS, labels={"themes": Label("symbols", {"event", "gift"})})


@pytest.mark.parametrize(
    ("charter", "themes", "action"),
    [
        (GIFTS, {"themes": {"news"}}, "add"),
        (GIFTS, {}, "only"),
        (LISTED, {"themes": {"event"}}, "add"),
        # of a set with a word that its label does not have, nothing is known
        (LISTED, {"themes": {"news"}}, "only"),
    ],
    ids=["some", "unknown", "listed", "unlisted"],
)
def test_a_word_that_a_set_is_given_is_the_one_that_its_change_names(
    charter: Charter, themes: dict[str, Any], action: str
) -> None:
    decision = decide(charter, Act(kind="publish", labels=themes))
    assert decision.repair is not None
    (change,) = decision.repair.changes
    assert (change.action, change.fact, change.value) == (action, "themes", "gift")
    stored: Any = unstructure(decision)
    assert structure(stored, Decision) == decision
    stored["repair"]["changes"][0]["value"] = "party"
    with pytest.raises(InvalidError) as refused:
        structure(stored, Decision)
    assert [one.code for one in refused.value.problems] == ["repair-against-changes"]
