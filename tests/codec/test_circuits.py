from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given

from cmcore.base.errors import InvalidError, Problem
from cmcore.circuits.approvers import Approvers, Source
from cmcore.circuits.circuit import ValidationCircuit
from cmcore.circuits.quorum import ALL, NO_OBJECTION, Quorum
from cmcore.circuits.stage import Stage, Timeout
from cmcore.codec.bounds import Data
from cmcore.codec.circuits import STAGE, read_circuit, write_circuit
from cmcore.strategies import circuits
from cmcore.time.calendar import WorkingDays
from cmcore.time.clocks import BusinessClock
from cmcore.time.week import Week

EDITORS = Approvers(Source.ROLE, {"editor"})
HOUR = timedelta(hours=1)
ASK = {"ask": {"role": "editor"}}
WEEKEND = Week.parse("Sat-Sun")


def refused(data: object) -> tuple[Problem, ...]:
    with pytest.raises(InvalidError) as caught:
        read_circuit("desk", data)
    return caught.value.problems


@pytest.mark.parametrize("need", [2.5, "some"])
def test_what_is_no_quorum_is_told_how_to_be_one(need: object) -> None:
    (problem,) = refused([{**ASK, "need": need}])
    assert problem.message == f"`{need}` is not a quorum"
    assert (
        problem.hint == "write `any`, `all`, `majority`, a number, `2/3`, `50%` or `no objection`"
    )


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
        (
            {**ASK, "need": "no objection", "within": "1 h"},
            Stage(EDITORS, NO_OBJECTION, HOUR),
        ),
        ({**ASK, "deputies": {"role": "editor"}}, Stage(EDITORS, deputies=EDITORS)),
        (
            {**ASK, "within": "1 h", "during": "Sat-Sun"},
            Stage(EDITORS, within=HOUR, clock=BusinessClock(WEEKEND)),
        ),
        (
            {**ASK, "within": "1 h", "during": ["Sat", "Sun"], "zone": "Europe/Paris"},
            Stage(EDITORS, within=HOUR, clock=BusinessClock(WEEKEND, "Europe/Paris")),
        ),
        (
            {**ASK, "within": "end of the next working day", "during": "Sat-Sun"},
            Stage(EDITORS, within=WorkingDays(1), clock=BusinessClock(WEEKEND)),
        ),
        ({"ask": {"name": ["Bob", "Ann"]}}, Stage(Approvers(Source.NAME, {"Ann", "Bob"}))),
    ],
    ids=lambda item: str(item) if isinstance(item, dict | list) else None,
)
def test_a_stage_is_read(data: Data, stage: Stage) -> None:
    assert STAGE.read(data) == stage


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
        (
            Stage(EDITORS, NO_OBJECTION, HOUR, "lapse", EDITORS, BusinessClock(WEEKEND)),
            {
                "ask": {"role": "editor"},
                "need": "no objection",
                "within": "1 h",
                "else": "lapse",
                "deputies": {"role": "editor"},
                "during": "Sat-Sun",
                "zone": "UTC",
            },
        ),
    ],
    ids=["all", "names", "usual", "silence"],
)
def test_a_stage_is_written_in_order(stage: Stage, data: Data) -> None:
    assert STAGE.write(stage) == data
    assert list(STAGE.write(stage)) == list(data)


def test_a_circuit_is_a_list_of_stages_or_has_an_emergency() -> None:
    two = [Stage(EDITORS), Stage(EDITORS, ALL)]
    plain = [STAGE.write(stage) for stage in two]
    assert read_circuit("desk", plain) == ValidationCircuit("desk", two)
    assert read_circuit("desk", {"stages": plain}) == ValidationCircuit("desk", two)
    shorter = ValidationCircuit("desk", two, two[1:])
    assert read_circuit("desk", {"stages": plain, "emergency": plain[1:]}) == shorter
    assert write_circuit(ValidationCircuit("desk", two)) == plain
    assert write_circuit(shorter) == {"stages": plain, "emergency": plain[1:]}


def test_hours_are_in_the_zone_of_the_charter_unless_said() -> None:
    timed = {**ASK, "within": "1 h", "during": "Sat"}
    there = {**timed, "zone": "Asia/Tokyo"}
    made = read_circuit("desk", {"stages": [timed, there], "emergency": [timed]}, "Europe/Paris")
    zones = [stage.clock and stage.clock.zone for stage in (*made.stages, *made.emergency)]
    assert zones == ["Europe/Paris", "Asia/Tokyo", "Europe/Paris"]


@pytest.mark.parametrize(
    ("data", "path", "message", "hint"),
    [
        (3, (), "`3` is not a list", None),
        ({}, ("stages",), "`stages` is missing", "list who is asked, in order"),
        ({"stages": 3}, ("stages",), "`3` is not a list", None),
        ({"stages": []}, ("stages",), "a circuit needs a stage", "name who is asked"),
        ({"stages": [{}]}, ("stages", 0, "ask"), "`ask` is missing", "write one of `role`"),
        ({"stages": [ASK], "crisis": []}, ("crisis",), "`crisis` is not a known key", "one of"),
        ({"stages": [ASK], "emergency": [{}]}, ("emergency", 0, "ask"), "`ask` is missing", None),
        (
            {"stages": [ASK], "emergency": []},
            ("emergency",),
            "an emergency needs a stage",
            "list its stages, or leave it out",
        ),
        (
            {"stages": [ASK], "emergency": [ASK]},
            ("emergency",),
            "the emergency is not shorter than the circuit",
            "take a stage away",
        ),
        ([], ("stages",), "a circuit needs a stage", "name who is asked"),
        ([3], (0,), "`3` is not a mapping", None),
        ([{}], (0, "ask"), "`ask` is missing", "write one of `role`, `skill`, `team`, `name`"),
        ([{"ask": "editor"}], (0, "ask"), "`editor` is not a mapping", None),
        (
            [{"ask": {}}],
            (0, "ask"),
            "a stage finds the people it asks in one way only",
            "write one of",
        ),
        (
            [{"ask": {"role": "a", "team": "b"}}],
            (0, "ask"),
            "a stage finds the people it asks in one way only",
            "write one of",
        ),
        (
            [{"ask": {"rol": "a"}}],
            (0, "ask", "rol"),
            "`rol` is not a known key",
            "did you mean `role`?",
        ),
        ([{"ask": {"role": 3}}], (0, "ask", "role"), "`3` is not a list", None),
        ([{"ask": {"role": []}}], (0, "ask", "role"), "`role` is empty", "name at least one"),
        ([{"ask": {"role": " a"}}], (0, "ask", "role"), "`a` cannot be an id", None),
        (
            [{"ask": {"role": ["a", "b", "a"]}, "need": 3}],
            (0, "ask", "role"),
            "`a` is listed twice, and its approval counts once",
            "list it once, and say how many must agree",
        ),
        (
            [{"ask": {"role": "a"}, "need": "most"}],
            (0, "need"),
            "`most` is not a quorum",
            "write `any`",
        ),
        ([{"ask": {"role": "a"}, "need": 1.5}], (0, "need"), "`1.5` is not a quorum", None),
        ([{"ask": {"role": "a"}, "need": True}], (0, "need"), "`yes` is not a quorum", None),
        (
            [{"ask": {"role": "a"}, "need": 0}],
            (0, "need"),
            "`0` does not say how many must agree",
            None,
        ),
        (
            [{"ask": {"role": "a"}, "within": 30}],
            (0, "within"),
            "`30` is not a duration such as `2 h`",
            "write `30 h`, or another unit",
        ),
        (
            [{"ask": {"role": "a"}, "within": "0 s"}],
            (0, "within"),
            "`0 s` is not a duration above zero",
            "write one such as",
        ),
        (
            [{"ask": {"role": "a"}, "need": "no objection"}],
            (0, "within"),
            "`no objection` has no end",
            "say how long to wait for objections",
        ),
        (
            [{"ask": {"role": "a"}, "need": "no objection", "within": "soon"}],
            (0, "within"),
            "`soon` is not a number",
            None,
        ),
        (
            [{"ask": {"role": "a"}, "deputies": {}}],
            (0, "deputies"),
            "a stage finds the people",
            None,
        ),
        (
            [{"ask": {"role": "a"}, "during": "Sat"}],
            (0, "during"),
            "hours have no effect without a time limit",
            "say how long",
        ),
        (
            [{"ask": {"role": "a"}, "within": "1 h", "during": "Someday"}],
            (0, "during"),
            "`Someday` is not a day",
            None,
        ),
        (
            [{"ask": {"role": "a"}, "within": "1 h", "during": "never"}],
            (0, "during"),
            "the clock of a stage never runs",
            "give it hours",
        ),
        (
            [{"ask": {"role": "a"}, "within": "1 h", "zone": "UTC"}],
            (0, "zone"),
            "a zone says nothing without hours",
            "write the hours under `during`",
        ),
        (
            [{"ask": {"role": "a"}, "within": "1 h", "during": "Sat", "zone": "Paris"}],
            (0, "zone"),
            "`Paris` is not a known time zone",
            None,
        ),
        (
            [{"ask": {"role": "a"}, "else": "approve"}],
            (0, "else"),
            "`approve` is not a valid choice",
            "one of `escalate`, `refuse`, `lapse`",
        ),
        (
            [{"ask": {"role": "a"}, "needs": 1}],
            (0, "needs"),
            "`needs` is not a known key",
            "did you mean `need`?",
        ),
    ],
    ids=lambda item: str(item) if isinstance(item, dict | list) else None,
)
def test_a_stage_that_makes_no_sense_is_refused_at_its_place(
    data: Data, path: tuple[Any, ...], message: str, hint: str | None
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


def test_a_share_may_have_a_blank_before_its_sign() -> None:
    spaced, plain = (read_circuit("c", [{**ASK, "need": need}]) for need in ("50 %", "50%"))
    assert spaced == plain


@pytest.mark.parametrize("near", ["no objections", "no-objection", "No objection"])
def test_a_silence_that_is_misspelt_is_told_how_it_is_written(near: str) -> None:
    with pytest.raises(InvalidError, match="did you mean `no objection`"):
        read_circuit("c", [{**ASK, "need": near, "within": "1 d"}])
