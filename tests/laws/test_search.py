"""Search: what `decide` finds by the sheet of a charter is what the plain evaluation finds."""

from datetime import UTC, datetime
from typing import Any

import attrs
import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from cmcore import Act, Approvers, Charter, Context, Label, Outcome, decide
from cmcore.charters import Earlier, Vocabulary
from cmcore.charters.conditions.facts import SAME
from cmcore.charters.decision import Decision
from cmcore.charters.decisions import judgement as judging
from cmcore.charters.decisions.decide import explained
from cmcore.charters.history import Case
from cmcore.charters.meaning.edits import EDITABLE, apply, edits, sketched
from cmcore.charters.meaning.observation import Facts
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
        *(
            "mentions",
            "hosts",
            "paid",
            "network",
            "topics.count",
            "recent.any.same_network",
            "recent.any.same_text",
        ),
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


#: Whatever an act may have in common with those before it, and every fact and measure of a label.
CHARTER = Charter("c", circuits=[DESK], default="desk", labels=WORDS.labels)
READ = (
    *(name for name in WORDS.names() if not name.startswith("recent.")),
    *("recent.any", *(f"recent.any.{same}" for same in SAME)),
)


NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
ONE, OTHER = (
    Act(
        kind="publish",
        at=NOON,
        network=network,
        account=word,
        language=language,
        topics={word},
        text=f"{word} #{word} @{word} https://{word}.org/x",
        links={f"https://{word}.net/y"},
        hashtags={f"tag-{word}"},
        mentions={f"by-{word}"},
        media={word},
        described=is_so,
        paid=is_so,
        template=word,
        labels={"claim": is_so, "tone": tone, "themes": {word}, "discount": 3 + is_so,
                "aside": word},
    )
    for word, network, language, tone, is_so in [
        ("one", "x", "fr", "calm", True), ("other", "bluesky", "en", "angry", False)]
)  # fmt: skip
TODAY = Context(earlier=Earlier([ONE, OTHER, OTHER]))


class TestMoved:
    """An edit moves what it is said to move, and nothing else."""

    @pytest.mark.parametrize("field", sorted({*EDITABLE, *WORDS.labels}))
    def test_all_that_a_field_determines_is_read_again(self, field: str) -> None:
        made: dict[str, Any] = {field: getattr(OTHER, field, None)}
        if field not in EDITABLE:
            made = {"labels": {**ONE.labels, field: OTHER.labels[field]}}
        before, act = Facts(CHARTER, ONE, TODAY), attrs.evolve(ONE, **made)
        was = {name: before.read(name) for name in READ}
        kept, fresh = before.edited(act, field), Facts(CHARTER, act, TODAY)
        assert {n: kept.read(n) for n in READ} == {n: fresh.read(n) for n in READ} != was

    @given(charters_and_cases(FREE, ill=True), st.data())
    def test_facts_read_after_an_edit_what_they_read_of_the_act_edited(
        self, pair: Pair, data: st.DataObject
    ) -> None:
        charter, case = pair
        found = [change for field in sorted({*EDITABLE, *charter.labels})
                 for change in edits(charter, case.act, case.context, field)]  # fmt: skip
        if not found:
            return
        change = data.draw(st.sampled_from(found))
        before = Facts(charter, case.act, case.context)
        for name in READ:
            before.read(name)
        act = apply(change, case.act, charter)
        event(change.fact)
        assert sketched(change, case.act, charter.vocabulary.find(change.fact)) == act
        kept, fresh = before.edited(act, change.fact), Facts(charter, act, case.context)
        assert {n: kept.read(n) for n in READ} == {n: fresh.read(n) for n in READ}


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
