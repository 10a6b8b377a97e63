"""One shape: an act has one shape in plain data, wherever it is read; with dots, it is a row."""

from collections.abc import Mapping
from typing import Any

import attrs
import pytest
from hypothesis import given

from cmcore import (
    Act,
    Case,
    Charter,
    InvalidError,
    Label,
    Message,
    ValidationCircuit,
    read_case,
    structure,
    unstructure,
)
from cmcore.codec.documents import parse_document
from cmcore.strategies import acts, charters_and_cases

DESK: Any = {"desk": [{"ask": {"role": "editor"}}]}
CHARTER = Charter("c", circuits=[structure(DESK, ValidationCircuit)], default="desk")
MESSAGES = ("in_reply_to", "target")


def dotted(plain: Mapping[str, Any]) -> dict[str, Any]:
    """Write an act as a row: the facts of messages beside its own."""
    row = {key: one for key, one in plain.items() if key not in MESSAGES}
    for head in MESSAGES:
        row |= {f"{head}.{name}": one for name, one in plain.get(head, {}).items()}
    return row


@given(charters_and_cases())
def test_what_is_written_of_a_case_or_an_act_is_read_as_a_case(pair: tuple[Charter, Case]) -> None:
    charter, case = pair
    assert read_case(unstructure(case), charter) == case
    found = read_case(unstructure(case.act), charter)
    assert found.act == case.act
    assert structure(unstructure(case.act), Act) == case.act


@given(acts())
def test_a_row_with_dots_is_the_same_act(act: Act) -> None:
    row = dotted(unstructure(act))
    bare: dict[str, Any] = {head: {} for head in MESSAGES if getattr(act, head) == Message()}
    assert structure({**row, **bare}, Act) == act


NESTED = """
kind: reply
in_reply_to: {tone: critical, absent: [author]}
labels: {promise: yes}
absent: [template]
"""
FLAT = """
kind: reply
in_reply_to.tone: critical
in_reply_to.author: (none)
promise: yes
template: (none)
"""
PROMISING = attrs.evolve(CHARTER, labels={"promise": Label("flag")})


def test_both_ways_of_writing_say_the_same() -> None:
    nested, flat = (parse_document(text, "yaml") for text in (NESTED, FLAT))
    act = read_case(nested, PROMISING).act
    assert act == read_case(flat, PROMISING).act
    assert act == Act(
        kind="reply",
        in_reply_to=Message(tone="critical", absent={"author"}),
        labels={"promise": True},
        absent={"template"},
    )
    del flat["promise"]  # which no charter declares here
    assert structure(flat, Act) == attrs.evolve(act, labels={})


@pytest.mark.parametrize(
    ("data", "code", "path"),
    [
        ({"target": {"tne": "x"}}, "unknown-fact", ("target", "tne")),
        ({"labels": {"bogus": True}}, "unknown-fact", ("labels", "bogus")),
        ({"target": {"tone": "x"}, "target.tone": "y"}, "fact-twice", ("target.tone",)),
        ({"target": {"absent": 3}}, "wrong-value", ("target", "absent")),
        ({"absent": [3]}, "wrong-value", ("absent", 0)),
        ({"labels": 3}, "unknown-fact", ("labels",)),
        ({"act": {"kind": "publsh"}}, "unknown-value", ("act", "kind")),
        ({"act": {}, "context": {"at": 3}}, "wrong-value", ("context", "at")),
    ],
    ids=str,
)
def test_a_problem_is_where_the_fact_stands(
    data: dict[str, Any], code: str, path: tuple[str | int, ...]
) -> None:
    with pytest.raises(InvalidError) as caught:
        read_case(data, CHARTER)
    assert (code, path) in [(problem.code, problem.path) for problem in caught.value.problems]


def test_an_act_that_says_a_thing_both_ways_is_refused() -> None:
    with pytest.raises(InvalidError, match="is said twice"):
        structure({"target": {"tone": "x"}, "target.tone": "y"}, Act)
    with pytest.raises(InvalidError, match="means nothing here"):
        structure({"author.tone": "x"}, Act)
