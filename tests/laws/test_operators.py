"""Operators: what is true of one is said once, and everything that goes by it agrees."""

from itertools import combinations
from typing import Any, Final

import attrs
import pyarrow as pa
import pytest
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from cmcore import Act, Approvers, Charter, Context, Label, Rule, Stage, ValidationCircuit
from cmcore.base import Truth
from cmcore.charters import FactType, Vocabulary, compiled
from cmcore.charters.conditions.condition import FactTest, of_nothing
from cmcore.charters.conditions.facts import ABSENT, LABEL_TYPES, Bad, Missing
from cmcore.charters.conditions.operators import OPERATORS, TAKES, Op, Relation
from cmcore.charters.history import Case
from cmcore.charters.meaning.evaluation import judge
from cmcore.charters.meaning.evaluation import test_truth as truth_of_test
from cmcore.charters.meaning.explanation import finding
from cmcore.charters.meaning.observation import Facts
from cmcore.charters.sentences import operators as words
from cmcore.codec.conditions import read_condition, write_condition
from cmcore.display.wording import LANGUAGES
from cmcore.frames import decide_frame
from cmcore.strategies import cases, tests_

LABELS: Final = {f"a_{kind}": Label(kind) for kind in LABEL_TYPES}
WORDS: Final = Vocabulary(LABELS)
PAIRS: Final = [(kind, op) for kind, ops in TAKES.items() for op in ops]
OF_LABELS: Final = [(kind, op) for kind, op in PAIRS if kind in LABEL_TYPES]
#: Operators of which one holds of a known value where the other does not.
OPPOSITES: Final = [
    (kind, one, other)
    for kind, ops in TAKES.items()
    for one, other in combinations(ops, 2)
    if (ops[one].relation, ops[one].operand) == (ops[other].relation, ops[other].operand)
    and OPERATORS[one].negated is not OPERATORS[other].negated
]
Pair = tuple[FactType, Op]
DESK: Final = ValidationCircuit("desk", [Stage(Approvers("role", ["editor"]))])


@st.composite
def asked(draw: st.DrawFn, kind: FactType, op: Op) -> FactTest:
    """Draw a test of a fact of that type that asks for that operator."""
    name = "recent.any" if kind is FactType.LOG else f"a_{kind}"
    test = draw(tests_(WORDS, facts=[name], ops=[op]))
    assume(test.op is op)
    return test


def permitting(test: FactTest) -> Charter:
    """Return a charter that permits what makes a test true, and forbids what makes it false."""
    rules = [
        Rule.permit("yes", when=test, because="It holds."),
        Rule.forbid("no", when=~test, because="It does not."),
    ]
    return Charter("c", rules=rules, circuits=[DESK], default="desk", labels=LABELS)


@st.composite
def asked_of_acts(draw: st.DrawFn, kind: FactType, op: Op) -> tuple[Charter, FactTest, Case]:
    test = draw(asked(kind, op))
    charter = permitting(test)
    return charter, test, draw(cases(charter, ill=True))


def known(facts: Facts, test: FactTest) -> Any:  # noqa: ANN401 - of any type
    """Return what a fact reads, if anything is known of it."""
    got = facts.read(test.fact)
    assume(not isinstance(got, Missing | Bad))
    return got


class TestWords:
    """Whatever may be asked has its words."""

    def test_every_operator_has_a_row_of_words_and_no_other_has(self) -> None:
        assert words.OPERATORS.keys() == {*Op}

    @pytest.mark.parametrize("op", Op)
    def test_what_may_fail_for_want_of_a_value_says_what_it_wants(self, op: Op) -> None:
        may_fail = any(kind in LABEL_TYPES for kind in OPERATORS[op].senses)
        may_fail = may_fail and op is not Op.PRESENT and not OPERATORS[op].negated
        assert (words.OPERATORS[op].wants is not None) is may_fail

    @given(st.sampled_from(PAIRS), st.data())
    def test_what_it_found_is_said_in_both_languages(self, pair: Pair, data: st.DataObject) -> None:
        kind, op = pair
        charter, test, case = data.draw(asked_of_acts(kind, op))
        found = finding(test, Facts(charter, case.act, case.context))
        event(str(found.truth))
        texts = {found.text(language) for language in LANGUAGES}
        assert len(texts) == len(LANGUAGES)
        assert all(f"`{test.fact}`" in text and "{" not in text for text in texts)


class TestMeaning:
    """What is said of an operator is so of what it means."""

    @given(st.sampled_from(OF_LABELS), st.data())
    def test_one_that_holds_where_something_is_not_there_holds_of_nothing(
        self, pair: Pair, data: st.DataObject
    ) -> None:
        kind, op = pair
        test = data.draw(asked(kind, op))
        facts = Facts(permitting(test), Act(absent=[test.fact]), Context())
        assert facts.read(test.fact) is ABSENT
        assert truth_of_test(test, facts) is Truth.of(of_nothing(test))
        if op is not Op.PRESENT:
            assert of_nothing(test) is OPERATORS[op].negated
        if kind is FactType.SYMBOLS and op is not Op.PRESENT:  # an empty set is as good as none
            empty = Facts(permitting(test), Act(labels={test.fact: frozenset()}), Context())
            assert truth_of_test(test, empty) is Truth.of(of_nothing(test))

    @given(st.sampled_from(OPPOSITES), st.data())
    def test_two_of_one_relation_are_opposites_if_one_is_negated(
        self, pair: tuple[FactType, Op, Op], data: st.DataObject
    ) -> None:
        kind, one, other = pair
        test = data.draw(asked(kind, one))
        charter = permitting(test)
        case = data.draw(cases(charter))
        facts = Facts(charter, case.act, case.context)
        known(facts, test)
        turned = attrs.evolve(test, op=other)
        assert truth_of_test(turned, facts) is ~truth_of_test(test, facts)

    @given(st.sampled_from([(kind, op) for kind, op in PAIRS if TAKES[kind][op].span]), st.data())
    def test_a_span_holds_the_values_that_the_operator_holds_of(
        self, pair: Pair, data: st.DataObject
    ) -> None:
        kind, op = pair
        charter, test, case = data.draw(asked_of_acts(kind, op))
        facts = Facts(charter, case.act, case.context)
        got, span = known(facts, test), TAKES[kind][op].span
        assert span is not None
        start, stop = span(test.operand)
        before, after = (got, False), (got, True)
        is_in = (start is None or start <= before) and (stop is None or after <= stop)
        event(str(is_in))
        assert truth_of_test(test, facts) is Truth.of(is_in)

    @given(st.sampled_from([*TAKES[FactType.SYMBOLS]]), st.data())
    def test_more_elements_only_help_what_looks_for_one_and_harm_what_bars_one(
        self, op: Op, data: st.DataObject
    ) -> None:
        charter, test, case = data.draw(asked_of_acts(FactType.SYMBOLS, op))
        got = known(Facts(charter, case.act, case.context), test)
        more = got | data.draw(st.frozensets(st.sampled_from(["event", "recipe", "a.b", "x"])))
        fewer, larger = (
            truth_of_test(test, Facts(charter, Act(labels={test.fact: held}), Context()))
            for held in (got, more)
        )
        assert larger is fewer or (larger is Truth.TRUE) is not OPERATORS[op].negated

    @given(st.sampled_from([(kind, op) for kind, op in PAIRS if TAKES[kind][op].found]), st.data())
    def test_what_is_shown_is_there_where_the_relation_is(
        self, pair: Pair, data: st.DataObject
    ) -> None:
        kind, op = pair
        charter, test, case = data.draw(asked_of_acts(kind, op))
        facts = Facts(charter, case.act, case.context)
        known(facts, test)
        found = finding(test, facts)
        assert bool(found.hits) is ((found.truth is Truth.TRUE) is not OPERATORS[op].negated)


class TestEngines:
    """Every engine finds of an operator what the reference finds."""

    @given(st.sampled_from(PAIRS), st.data())
    def test_the_index_rules_as_the_reference_does(self, pair: Pair, data: st.DataObject) -> None:
        kind, op = pair
        charter, _, case = data.draw(asked_of_acts(kind, op))
        ruled = judge(charter, Facts(charter, case.act, case.context))
        event(ruled.outcome)
        assert compiled(charter).rule(case.act, case.context) == ruled

    @settings(max_examples=max(settings().max_examples // 2, 1))
    @given(st.sampled_from(OF_LABELS), st.data())
    def test_frames_are_decided_as_the_reference_does(
        self, pair: Pair, data: st.DataObject
    ) -> None:
        kind, op = pair
        test = data.draw(asked(kind, op))
        charter = permitting(test)
        given = [data.draw(cases(charter)).act.labels.get(test.fact) for _ in range(4)]
        acts = [Act(labels={} if one is None else {test.fact: one}) for one in given]
        ruled = [judge(charter, Facts(charter, act, Context())).outcome for act in acts]
        cells = [list(one) if isinstance(one, frozenset) else one for one in given]
        decided = decide_frame(charter, pa.table({test.fact: pa.array(cells, ARROW[kind])}))
        assert decided["outcome"].to_pylist() == ruled

    @given(st.sampled_from(PAIRS), st.data())
    def test_what_a_file_says_reads_back(self, pair: Pair, data: st.DataObject) -> None:
        kind, op = pair
        test = data.draw(asked(kind, op))
        assert read_condition(write_condition(test), WORDS) == test


ARROW: Final = {
    FactType.FLAG: pa.bool_(),
    FactType.SYMBOL: pa.string(),
    FactType.TEXT: pa.string(),
    FactType.SYMBOLS: pa.list_(pa.string()),
    FactType.NUMBER: pa.float64(),
    FactType.DURATION: pa.duration("us"),
    FactType.INSTANT: pa.timestamp("us", "UTC"),
}


def test_every_relation_is_one_that_an_operator_asks_for() -> None:
    assert {sense.relation for ops in TAKES.values() for sense in ops.values()} == {*Relation}
