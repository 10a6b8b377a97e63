"""Agreement: the compiled path rules and decides as the reference evaluation does, always."""

from collections.abc import Iterator
from functools import reduce

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cmcore import (
    Act,
    Approvers,
    Charter,
    Context,
    Rule,
    Stage,
    ValidationCircuit,
    decide,
    fact,
)
from cmcore.base import Truth
from cmcore.charters import Ruling, compiled
from cmcore.charters.conditions.facts import FactType, Label
from cmcore.charters.history import Case
from cmcore.charters.index import _shelves as shelving
from cmcore.charters.index import normal_form as normal
from cmcore.charters.index._engine import Kernel
from cmcore.charters.meaning.evaluation import gate, judge, rule_truth, rule_truths
from cmcore.charters.meaning.observation import Facts
from cmcore.circuits.approvers import Source
from cmcore.strategies import cases, charters, charters_and_cases

Pair = tuple[Charter, Case]
MANY = settings(max_examples=min(2 * settings().max_examples, 20_000))
#: Charters that look at texts, or at the acts before, or at sets: what is not one lookup.
TEXTS = charters(facts=("text", "target.text", "text.length"), min_rules=2, max_rules=6)
LOGS = charters(facts=("recent.any", "recent.publish.same_network", "at"), min_rules=1)
SETS = charters(facts=("topics", "hashtags", "author.roles"), min_rules=2, max_rules=6)
LINES = charters(facts=("at", "local.hour", "target.followers", "target.age"), min_rules=2)
FITS = charters(facts=("fits", "network", "text", "text.length_on_x"), min_rules=2)
DEEP = charters(min_rules=1, max_depth=4)
ANY = st.one_of(
    charters(), charters(min_rules=4, max_rules=9), TEXTS, LOGS, SETS, LINES, FITS, DEEP
)


@pytest.fixture(params=[(2048, 2048), (0, 1), (1, 2), (2, 3)], ids=str)
def _sizes(request: pytest.FixtureRequest) -> Iterator[None]:
    """Make blocks of one item or of a few, as if charters were large."""
    patch = pytest.MonkeyPatch()
    for name, size in zip(("ONE_BLOCK", "A_BLOCK"), request.param, strict=True):
        patch.setattr(shelving, name, size)
    yield
    patch.undo()


def ruled(charter: Charter, case: Case) -> Ruling:
    return judge(charter, Facts(charter, case.act, case.context))


def check_judged(index: Kernel, case: Case) -> None:
    """Hold what an index says of each rule against the reference."""
    facts = Facts(index.charter, case.act, case.context)
    known = rule_truths(index.charter, facts, gate(index.charter, facts))
    found, _ = index.judged(case.act, case.context)
    assert [*found.judged] == [pair for pair in known if pair[1] is not Truth.FALSE]
    assert found.ruling == judge(index.charter, facts)
    told = {rule.id: is_true for rule, is_true in found.judged}
    assert {id_ for id_, is_true in told.items() if is_true is Truth.TRUE} == {*found.fired}
    assert {*told} == {*found.fired, *(rule.id for rule in found.undecided)}


class TestAgreement:
    """Reference and compiled evaluation agree on all they say."""

    @pytest.mark.usefixtures("_sizes")
    @MANY
    @given(charters_and_cases(ANY, ill=True))
    def test_an_index_rules_as_the_reference_does(self, pair: Pair) -> None:
        charter, case = pair
        assert Kernel(charter).rule(case.act, case.context) == ruled(charter, case)

    @pytest.mark.usefixtures("_sizes")
    @settings(max_examples=max(settings().max_examples // 2, 1))
    @given(ANY, st.data())
    def test_it_does_so_whatever_it_was_asked_before(
        self, charter: Charter, data: st.DataObject
    ) -> None:
        index = compiled(charter)
        asked: list[Case] = data.draw(st.lists(cases(charter, ill=True), min_size=2, max_size=4))
        for case in (*asked, *asked):
            assert index.rule(case.act, case.context) == ruled(charter, case)
            check_judged(index.kernel, case)

    @pytest.mark.usefixtures("_sizes")
    @given(charters_and_cases(ANY, ill=True))
    def test_it_knows_which_rules_are_true_and_which_unknown(self, pair: Pair) -> None:
        charter, case = pair
        check_judged(Kernel(charter), case)

    @settings(max_examples=max(settings().max_examples // 2, 1))
    @given(charters_and_cases(ill=True))
    def test_a_compiled_charter_decides_as_the_charter_does(self, pair: Pair) -> None:
        charter, case = pair
        found, index = decide(charter, case.act, case.context), compiled(charter)
        ruling = index.rule(case.act, case.context)
        assert index.decide(case.act, case.context) == found
        assert ruling == Ruling(found.outcome, found.circuits, found.determining)

    @MANY
    @given(charters_and_cases(ANY, ill=True), st.sampled_from([1, 2, 5, 256]))
    def test_the_normal_form_of_a_rule_is_as_true_as_the_rule(self, pair: Pair, most: int) -> None:
        charter, case = pair
        facts = Facts(charter, case.act, case.context)
        form = normal.normal(charter, most)
        for norm in form.rules:
            assert worth(form, norm, facts) is rule_truth(norm.rule, facts, Truth.TRUE)
        assert worth(form, form.gate, facts) is gate(charter, facts)

    @given(charters(), st.sampled_from([Context(), None]))
    def test_nothing_known_of_an_act_is_no_exception(
        self, charter: Charter, context: Context | None
    ) -> None:
        assert compiled(charter).rule(Act(), context) == ruled(charter, Case(Act()))


def worth(form: normal.NormalForm, norm: normal.NormalRule, facts: Facts) -> Truth:
    """Return the truth of a rule, taken from its alternatives."""

    def holds(literal: int) -> Truth:
        found = normal.answer(form.question(literal), facts)
        return found if literal > 0 else ~found

    ways = [reduce(Truth.__and__, map(holds, way), Truth.TRUE) for way in norm.conjuncts]
    return reduce(Truth.__or__, ways, Truth.FALSE)


@given(st.text(alphabet=" \t\n\xa0a", max_size=4), st.booleans())
def test_a_text_label_of_spaces_is_none_by_every_way(text: str, asked: bool) -> None:  # noqa: FBT001 - drawn
    desk = ValidationCircuit("desk", [Stage(Approvers(Source.ROLE, {"editor"}))])
    rule = Rule.permit("p", when=fact("reason").present(asked), because=".")
    labels = {"reason": Label(FactType.TEXT)}
    charter = Charter("c", circuits=[desk], default="desk", labels=labels, rules=[rule])
    act = Act(labels={"reason": text})

    expected = "covered" if bool(text.strip()) is asked else "exception"
    assert judge(charter, Facts(charter, act, Context())).outcome == expected
    assert decide(charter, act).outcome == expected
    assert compiled(charter).rule(act).outcome == expected
