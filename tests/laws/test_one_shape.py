"""One shape: an act has one shape in plain data, wherever it is read; with dots, it is a row."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cmcore import (
    Act,
    Charter,
    InvalidError,
    Label,
    Message,
    ValidationCircuit,
    read_history,
    structure,
    unstructure,
)
from cmcore.charters import Case, Unreadable
from cmcore.codec import read_case
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


@given(pair=charters_and_cases())
def test_a_line_of_a_history_reads_what_is_written_of_an_act(
    tmp_path_factory: pytest.TempPathFactory, pair: tuple[Charter, Case]
) -> None:
    charter, case = pair
    file = tmp_path_factory.getbasetemp() / "one.jsonl"
    file.write_text(json.dumps(unstructure(case.act)) + "\n", encoding="utf-8")
    (row,) = read_history(file, charter)
    if case.act == Act():  # written as `{}`: a row that holds nothing is none that was meant
        assert isinstance(row, Unreadable)
    else:
        assert isinstance(row, Case)
        assert row.act == case.act


def test_mappings_of_an_export_that_say_nothing_of_facts_are_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "export.jsonl"
    lines = (
        {"labels": {"values": ["spam"]}, "absent": "no", "in_reply_to": {"tone": "y"}},
        {"labels": {"promse": True}},
        {"target": {"tone": "x"}, "target.tone": "y"},
    )
    file.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    whole, slip, twice = read_history(file, PROMISING)
    assert isinstance(whole, Case)
    assert whole.act == Act(in_reply_to=Message(tone="y"))
    told = [(p.code, p.path) for row in (slip, twice) for p in getattr(row, "problems", ())]
    assert told == [("unknown-fact", ("labels", "promse")), ("fact-twice", ("target.tone",))]


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


def told(act: Act | Message) -> list[str]:
    """Return what is given of an act or a message that might have been known to be nothing."""
    own = {name: getattr(act, name) for name in (one.name for one in attrs.fields(type(act)))}
    own |= act.labels if isinstance(act, Act) else {}
    return [
        name
        for name, one in own.items()
        if one is not None and one != frozenset() and name not in {"id", "at", "labels", "absent"}
    ]


@given(pair=charters_and_cases(), data=st.data())
def test_what_is_given_is_not_said_to_be_absent_in_any_shape(
    pair: tuple[Charter, Case], data: st.DataObject
) -> None:
    charter, act = pair[0], pair[1].act
    messages = {head: one for head in MESSAGES if (one := getattr(act, head)) is not None}
    head = data.draw(st.sampled_from(["", *messages]))
    spoiled: Any = messages.get(head, act)
    names = told(spoiled)
    assume(names)
    name = data.draw(st.sampled_from(names))
    with pytest.raises(InvalidError) as caught:
        attrs.evolve(spoiled, absent={*spoiled.absent, name})
    path = ("labels", name) if not head and name in act.labels else (name,)
    assert [(p.code, p.path) for p in caught.value.problems] == [("given-and-absent", path)]
    plain = unstructure(act)
    below = plain[head] if head else plain
    below["absent"] = [*below.get("absent", []), name]
    for read in (lambda: structure(plain, Act), lambda: read_case(plain, charter)):
        with pytest.raises(InvalidError) as caught:
            read()
        first, *others = caught.value.problems
        assert (first.code, first.path, others) == (
            "given-and-absent",
            (*filter(None, [head]), *path),
            [],
        )


def test_an_empty_set_and_what_is_not_known_may_be_absent() -> None:
    assert Act(topics=(), absent={"topics"}).absent == {"topics"}
    assert Act(labels={"tone": None, "tags": []}, absent={"tone", "tags"}).labels["tags"] == set()


def test_what_a_row_says_to_be_nothing_is_not_given_by_what_is_usual(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text('{"absent": ["template", "target"]}\n', encoding="utf-8")
    usual = {"template": "t", "target.tone": "angry", "in_reply_to.tone": "calm"}
    (row,) = read_history(file, CHARTER, usual=usual)
    assert isinstance(row, Case)
    assert row.act == Act(in_reply_to=Message(tone="calm"), absent={"template", "target"})


def test_an_act_that_says_a_thing_both_ways_is_refused() -> None:
    with pytest.raises(InvalidError, match="is given twice"):
        structure({"target": {"tone": "x"}, "target.tone": "y"}, Act)
    with pytest.raises(InvalidError, match="is not a known key"):
        structure({"author.tone": "x"}, Act)
