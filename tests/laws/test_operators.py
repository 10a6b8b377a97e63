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
from cmcore.charters.conditions.condition import FactTest, of_nothing, words_asked
from cmcore.charters.conditions.condition import tests as every_test
from cmcore.charters.conditions.facts import ABSENT, LABEL_TYPES, Bad, Missing
from cmcore.charters.conditions.operators import OPERATORS, TAKES, Op, Relation
from cmcore.charters.history import Case
from cmcore.charters.kinds import fact_text
from cmcore.charters.meaning.evaluation import judge
from cmcore.charters.meaning.explanation import finding
from cmcore.charters.meaning.kleene import test_truth as truth_of_test
from cmcore.charters.meaning.observation import Facts
from cmcore.charters.sentences import operators as words
from cmcore.codec.conditions import read_condition, write_condition
from cmcore.display.wording import LANGUAGES
from cmcore.frames import decide_frame, program
from cmcore.strategies import cases, contexts, tests_

LABELS: Final = {f"label_of_{kind}": Label(kind) for kind in LABEL_TYPES}
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
    name = "recent.any" if kind is FactType.LOG else f"label_of_{kind}"
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
        texts = {language: found.text(language) for language in LANGUAGES}
        assert len({*texts.values()}) == len(LANGUAGES)
        for language, text in texts.items():
            assert fact_text(test.fact, language) in text
            assert "{" not in text


class TestMeaning:
    """What is said of an operator is so of what it means."""

    @pytest.mark.parametrize(("kind", "op"), OF_LABELS)
    @settings(max_examples=3)
    @given(data=st.data())
    def test_one_that_holds_where_something_is_not_there_holds_of_nothing(
        self, kind: FactType, op: Op, data: st.DataObject
    ) -> None:
        test = data.draw(asked(kind, op))
        facts = Facts(permitting(test), Act(absent=[test.fact]), Context())
        assert facts.read(test.fact) is ABSENT
        assert truth_of_test(test, facts) is Truth.of(of_nothing(test))
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


@st.composite
def charters_of(draw: st.DrawFn, kind: FactType) -> Charter:
    """Draw a charter that permits what some operators hold of, or do not hold of."""
    ways = st.sampled_from([(op, holds) for op in TAKES[kind] for holds in (True, False)])
    rules = [
        Rule.permit(f"{op}: {holds}", when=test if holds else ~test, because="Daily.")
        for op, holds in draw(st.lists(ways, min_size=1, max_size=5, unique=True))
        for test in [draw(asked(kind, op))]
    ]
    return Charter("c", rules=rules, circuits=[DESK], default="desk", labels=LABELS)


@st.composite
def acts_for(draw: st.DrawFn, charter: Charter, kind: FactType) -> Act:
    """Draw an act for a charter of one type; words are most likely those that are named."""
    drawn: Act = draw(cases(charter)).act
    if kind not in {FactType.SYMBOL, FactType.SYMBOLS} or draw(st.integers(0, 3)) == 0:
        return drawn
    named = {
        word
        for rule in charter.rules
        for test in every_test(rule.when)
        for word in words_asked(test)
    }
    word = st.sampled_from(sorted({*named, "other"}))
    held = st.frozensets(word, max_size=5) if kind is FactType.SYMBOLS else word
    return attrs.evolve(drawn, labels={f"label_of_{kind}": draw(held)}, absent=())


class TestEngines:
    """Every engine finds of all operators what the reference finds."""

    @settings(max_examples=max(settings().max_examples // 2, 1))
    @given(st.sampled_from(FactType), st.data())
    def test_the_index_rules_as_the_reference_does(
        self, kind: FactType, data: st.DataObject
    ) -> None:
        charter = data.draw(charters_of(kind))
        index = compiled(charter)
        for _ in range(4):
            act, context = data.draw(acts_for(charter, kind)), data.draw(contexts(charter))
            assert index.rule(act, context) == judge(charter, Facts(charter, act, context))

    @pytest.mark.parametrize("many", [-1, program.MANY])
    @settings(max_examples=max(settings().max_examples // 4, 8))
    @given(st.sampled_from([*LABEL_TYPES, *[FactType.SYMBOLS] * 5]), st.data())
    def test_frames_are_decided_as_the_reference_does(
        self, many: int, kind: FactType, data: st.DataObject
    ) -> None:
        charter, name = data.draw(charters_of(kind)), f"label_of_{kind}"
        given = [data.draw(acts_for(charter, kind)).labels.get(name) for _ in range(6)]
        acts = [Act(labels={} if one is None else {name: one}) for one in given]
        ruled = [judge(charter, Facts(charter, act, Context())) for act in acts]
        cells = [list(one) if isinstance(one, frozenset) else one for one in given]
        table = pa.table({name: pa.array(cells, ARROW[kind])})
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(program, "MANY", many)
            decided = decide_frame(charter, table)
            rules = decide_frame(charter, table, rules=True)["rules"].to_pylist()
        assert decided["outcome"].to_pylist() == [one.outcome for one in ruled]
        assert [tuple(row) for row in rules] == [one.determining for one in ruled]

    @settings(max_examples=max(settings().max_examples // 10, 2))
    @given(st.data())
    def test_what_a_file_says_reads_back(self, data: st.DataObject) -> None:
        for pair in PAIRS:
            test = data.draw(asked(*pair))
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
