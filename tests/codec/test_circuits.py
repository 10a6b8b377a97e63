from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given

from cmcore.codec.circuits import read_circuit, read_stage, write_circuit, write_stage
from cmcore.foundation.errors import InvalidError, Problem
from cmcore.nouns.circuits import (
    ALL,
    Approvers,
    Quorum,
    Source,
    Stage,
    Timeout,
    ValidationCircuit,
)
from cmcore.strategies import circuits

EDITORS = Approvers(Source.ROLE, {"editor"})
HOUR = timedelta(hours=1)


def refused(data: object) -> tuple[Problem, ...]:
    with pytest.raises(InvalidError) as caught:
        read_circuit("desk", data)
    return caught.value.problems


@given(circuits())
def test_a_circuit_written_reads_back_equal(circuit: ValidationCircuit) -> None:
    assert read_circuit(circuit.id, write_circuit(circuit)) == circuit


@pytest.mark.parametrize(
    ("data", "stage"),
    [
        ({"ask": {"role": "editor"}}, Stage(EDITORS)),
        ({"ask": {"role": ["editor"]}, "need": 1}, Stage(EDITORS)),
        ({"ask": {"role": "editor"}, "need": "all"}, Stage(EDITORS, ALL)),
        ({"ask": {"role": "editor"}, "need": "2/3"}, Stage(EDITORS, Quorum(2, 3))),
        ({"ask": {"role": "editor"}, "within": "1 h"}, Stage(EDITORS, within=HOUR)),
        ({"ask": {"role": "editor"}, "else": "lapse"}, Stage(EDITORS, otherwise=Timeout.LAPSE)),
        ({"ask": {"name": ["Bob", "Ann"]}}, Stage(Approvers(Source.NAME, {"Ann", "Bob"}))),
    ],
    ids=str,
)
def test_a_stage_is_read(data: Any, stage: Stage) -> None:
    assert read_stage(data) == stage


@pytest.mark.parametrize(
    ("stage", "data"),
    [
        (
            Stage(EDITORS, Quorum(2), HOUR, Timeout.REFUSE),
            {"ask": {"role": "editor"}, "need": 2, "within": "1 h", "else": "refuse"},
        ),
        (
            Stage(Approvers(Source.NAME, {"Bob", "Ann"}), Quorum(1, 2)),
            {"ask": {"name": ["Ann", "Bob"]}, "need": "1/2", "else": "escalate"},
        ),
        (Stage(EDITORS), {"ask": {"role": "editor"}, "need": "any", "else": "escalate"}),
    ],
    ids=["all", "names", "usual"],
)
def test_a_stage_is_written_in_order(stage: Stage, data: Any) -> None:
    assert write_stage(stage) == data
    assert list(write_stage(stage)) == list(data)


@pytest.mark.parametrize(
    ("data", "path", "message", "hint"),
    [
        ({}, (), "a mapping stands where a list is due", None),
        ([], ("stages",), "a circuit needs a stage", "name who is asked"),
        ([3], (0,), "`3` stands where a mapping is due", None),
        ([{}], (0, "ask"), "`ask` is missing", "write one of `role`, `skill`, `team`, `name`"),
        ([{"ask": "editor"}], (0, "ask"), "`editor` stands where a mapping is due", None),
        ([{"ask": {}}], (0, "ask"), "a stage asks people found in one way", "write one of"),
        (
            [{"ask": {"role": "a", "team": "b"}}],
            (0, "ask"),
            "a stage asks people found in one way",
            "write one of",
        ),
        (
            [{"ask": {"rol": "a"}}],
            (0, "ask", "rol"),
            "`rol` means nothing here",
            "did you mean `role`?",
        ),
        ([{"ask": {"role": 3}}], (0, "ask", "role"), "`3` stands where a list is due", None),
        ([{"ask": {"role": []}}], (0, "ask", "role"), "nobody is asked", "name at least one"),
        ([{"ask": {"role": " a"}}], (0, "ask", "role"), "`a` cannot be an id", None),
        (
            [{"ask": {"role": "a"}, "need": "most"}],
            (0, "need"),
            "`most` is not a quorum",
            "write `any`",
        ),
        ([{"ask": {"role": "a"}, "need": 1.5}], (0, "need"), "`1.5` stands where text", None),
        ([{"ask": {"role": "a"}, "need": True}], (0, "need"), "`True` is not a quorum", None),
        ([{"ask": {"role": "a"}, "need": 0}], (0, "need"), "`0` approvals make no sense", None),
        (
            [{"ask": {"role": "a"}, "within": 30}],
            (0, "within"),
            "`30` stands where text is due",
            "put it in quotes",
        ),
        (
            [{"ask": {"role": "a"}, "within": "0 s"}],
            (0, "within"),
            "a stage has no time",
            "write a duration above zero",
        ),
        (
            [{"ask": {"role": "a"}, "else": "approve"}],
            (0, "else"),
            "`approve` is not known here",
            "one of `escalate`, `refuse`, `lapse`",
        ),
        (
            [{"ask": {"role": "a"}, "needs": 1}],
            (0, "needs"),
            "`needs` means nothing here",
            "did you mean `need`?",
        ),
    ],
    ids=lambda item: str(item) if isinstance(item, dict | list) else None,
)
def test_a_stage_that_makes_no_sense_is_refused_at_its_place(
    data: Any, path: tuple[Any, ...], message: str, hint: str | None
) -> None:
    (problem,) = refused(data)
    assert problem.path == path
    assert problem.message.startswith(message)
    assert (problem.hint or "").startswith(hint or "")


def test_everything_that_is_wrong_is_told_at_once() -> None:
    found = refused(
        [
            {"ask": {"rol": "a", "team": 3}, "need": "most", "within": "soon", "else": 1, "x": 2},
            {"need": 0},
        ]
    )
    assert [problem.path for problem in found] == [
        (0, "x"),
        (0, "ask", "rol"),
        (0, "ask", "team"),
        (0, "need"),
        (0, "within"),
        (0, "else"),
        (1, "ask"),
        (1, "need"),
    ]
