"""Search: what `decide` finds by the sheet of a charter is what the plain evaluation finds."""

import attrs
import pytest
from hypothesis import event, given, settings

from cmcore import Approvers, Charter, Label, Outcome, decide
from cmcore.charters import Vocabulary
from cmcore.charters.decision import Decision
from cmcore.charters.decisions import judgement as judging
from cmcore.charters.decisions.decide import explained
from cmcore.charters.history import Case
from cmcore.circuits.circuit import Stage, ValidationCircuit
from cmcore.strategies import charters, charters_and_cases

Pair = tuple[Charter, Case]
MANY = settings(max_examples=min(2 * settings().max_examples, 200_000))
#: What an author may change, all of it.
WORDS = Vocabulary(
    {
        "claim": Label("flag"),
        "tone": Label("symbol", {"calm", "angry", "ironic"}),
        "themes": Label("symbols"),
        "discount": Label("number", fixed=False),
        "aside": Label("text"),
    }
)
FREE = charters(
    vocabulary=WORDS,
    facts=(
        *("claim", "tone", "themes", "discount", "aside", "topics", "text", "links", "hashtags"),
        *("mentions", "hosts", "paid", "network", "topics.count", "recent.any.same_network"),
    ),
    min_rules=2,
    max_rules=6,
    max_depth=1,
    dated=False,
)
#: The same with few facts, so that several edits of one are needed.
NARROW = charters(
    vocabulary=WORDS,
    facts=("themes", "text", "hashtags", "claim", "topics"),
    min_rules=2,
    max_rules=8,
    max_depth=2,
    dated=False,
)
DESK = ValidationCircuit("desk", [Stage(Approvers("role", {"editor"}))])


def plainly(charter: Charter, case: Case) -> Decision:
    """Return the decision by the plain evaluation of every rule and the search that tries all."""
    return explained(judging.judge_plainly(charter, case.act, case.context), repair=True)


def settled(decision: Decision) -> Decision:
    """Return a decision without the repair that was not looked for to the end."""
    return attrs.evolve(decision, repair=None, repair_note=None)


def check(charter: Charter, case: Case) -> None:
    """Hold a decision against the plain one."""
    plain, found = plainly(charter, case), decide(charter, case.act, case.context)
    told = plain.repair_note or (plain.repair and len(plain.repair.changes))
    event(f"{plain.outcome}: {told}")
    if plain.repair_note != "repair not found":
        assert found == plain
        return
    # the plain search may have ended early: what is found beyond is still a repair
    assert settled(found) == settled(plain)
    if found.repair is not None:
        covered = decide(charter, found.repair.act, case.context)
        assert covered.outcome is Outcome.COVERED


class TestSearch:
    """What `decide` finds by the sheet of a charter is what the plain evaluation finds."""

    @MANY
    @given(charters_and_cases(FREE, ill=True))
    def test_decisions_are_those_of_the_plain_evaluation(self, pair: Pair) -> None:
        check(*pair)

    @MANY
    @given(charters_and_cases(NARROW))
    def test_so_they_are_where_one_fact_is_edited_several_times(self, pair: Pair) -> None:
        check(*pair)

    @given(charters_and_cases())
    def test_so_they_are_of_any_charter_and_act(self, pair: Pair) -> None:
        check(*pair)

    @given(charters_and_cases(FREE))
    def test_a_charter_too_large_for_a_sheet_decides_the_same(self, pair: Pair) -> None:
        charter, case = pair
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(judging, "sheet_of", lambda _: None)
            found = decide(charter, case.act, case.context)
        assert found == plainly(charter, case)
