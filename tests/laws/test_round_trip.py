"""Round trip: what is written to JSON, YAML or TOML and read back is equal and decides the same."""

from pathlib import Path
from tempfile import TemporaryDirectory

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore import (
    Act,
    Audit,
    Charter,
    Context,
    Decision,
    Label,
    Plan,
    Rule,
    ValidationCircuit,
    decide,
    dump,
    parse,
    read,
    structure,
    unstructure,
    write,
)
from cmcore.charters import Comparison, Vocabulary
from cmcore.charters.history import Case, Unreadable
from cmcore.codec.documents import parse_document
from cmcore.strategies import (
    acts,
    audits,
    charters_and_cases,
    circuits,
    comparisons,
    contexts,
    decisions,
    histories,
    labels,
    plans,
    rules,
)

FORMATS = ("json", "yaml", "toml")
each_format = pytest.mark.parametrize("form", FORMATS)
PLAIN = (str, int, float, bool, list, dict, type(None))


def survives(thing: object, kind: type[object], form: str) -> None:
    back = parse(dump(thing, format=form), kind, format=form)
    assert back == thing
    assert hash(back) == hash(thing)
    assert dump(back, format=form) == dump(thing, format=form)


def is_plain(data: object) -> bool:
    if isinstance(data, dict):
        return all(type(key) is str and is_plain(item) for key, item in data.items())
    return all(map(is_plain, data)) if isinstance(data, list) else type(data) in PLAIN


class TestRoundTrip:
    """A charter written to JSON, YAML or TOML and read back is equal and decides the same."""

    @each_format
    @given(pair=charters_and_cases())
    def test_a_charter_reads_back_equal_and_decides_the_same(
        self, pair: tuple[Charter, Case], form: str
    ) -> None:
        charter, case = pair
        back = parse(dump(charter, format=form), Charter, format=form)
        assert back == charter
        assert decide(back, case.act, case.context) == decide(charter, case.act, case.context)
        survives(charter, Charter, form)

    @each_format
    @given(act=acts())
    def test_an_act_reads_back_equal(self, act: Act, form: str) -> None:
        survives(act, Act, form)

    @each_format
    @given(context=contexts())
    def test_a_context_reads_back_equal(self, context: Context, form: str) -> None:
        if form == "toml":  # which has no way to say that an event has not happened
            known = {name: at for name, at in context.events.items() if at is not None}
            context = attrs.evolve(context, events=known)
        survives(context, Context, form)

    @each_format
    @given(circuit=circuits())
    def test_a_circuit_reads_back_equal(self, circuit: ValidationCircuit, form: str) -> None:
        survives(circuit, ValidationCircuit, form)

    @each_format
    @given(rule=rules(Vocabulary()))
    def test_a_rule_over_the_built_in_facts_reads_back_equal(self, rule: Rule, form: str) -> None:
        survives(rule, Rule, form)

    @each_format
    @given(plan=plans())
    def test_a_plan_reads_back_equal(self, plan: Plan, form: str) -> None:
        survives(plan, Plan, form)
        with TemporaryDirectory() as folder:
            path = Path(folder, f"plan.{form}")
            write(plan, path)
            assert read(path, Plan) == plan

    @given(labels())
    def test_a_label_reads_back_equal(self, label: Label) -> None:
        assert structure(unstructure(label), Label) == label

    @given(histories())
    def test_a_case_and_an_unreadable_row_read_back_equal(
        self, history: list[Act | Case | Unreadable]
    ) -> None:
        for row in history:
            survives(row, type(row), "json")

    @given(st.one_of(decisions(), audits(), comparisons()))
    def test_a_verdict_is_written_as_plain_data_in_every_format(
        self, verdict: Decision | Audit | Comparison
    ) -> None:
        plain = unstructure(verdict)
        assert is_plain(plain)
        for form in ("json", "yaml"):
            assert parse_document(dump(verdict, format=form), form) == plain

    @each_format
    @given(pair=charters_and_cases())
    def test_a_charter_written_to_a_file_reads_back_equal(
        self, pair: tuple[Charter, Case], form: str
    ) -> None:
        with TemporaryDirectory() as folder:
            path = Path(folder, f"charter.{form}")
            write(pair[0], path)
            assert read(path, Charter) == pair[0]
            assert [file.name for file in Path(folder).iterdir()] == [path.name]
