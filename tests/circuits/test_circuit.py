from datetime import timedelta
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore.base.amounts import show_duration
from cmcore.base.errors import InvalidError
from cmcore.base.ids import clip
from cmcore.circuits.approvers import Approvers, Source
from cmcore.circuits.circuit import ValidationCircuit
from cmcore.circuits.quorum import ALL, ANY, MAJORITY, NAMED, NO_OBJECTION, Quorum, Silence
from cmcore.circuits.stage import Stage, Timeout
from cmcore.strategies import quorums
from cmcore.time.calendar import WorkingDays
from cmcore.time.clocks import BusinessClock
from cmcore.time.week import Week

EDITORS = Approvers(Source.ROLE, {"editor"})


@given(quorums())
def test_a_quorum_written_reads_back_the_same(quorum: Quorum) -> None:
    assert Quorum.parse(str(quorum)) == quorum


@given(st.integers(1, 10**18 - 1), st.integers(1, 10**18 - 1), st.booleans())
def test_a_share_is_no_more_than_all(count: int, out_of: int, beyond: bool) -> None:  # noqa: FBT001
    if count <= out_of - beyond:
        quorum = Quorum(count, out_of, beyond)
        assert Quorum.parse(str(quorum)) == quorum
    else:
        with pytest.raises(InvalidError, match="does not say how many must agree"):
            Quorum(count, out_of, beyond)


@pytest.mark.parametrize(
    ("text", "quorum"),
    [
        ("any", ANY),
        ("all", ALL),
        ("majority", MAJORITY),
        ("1", ANY),
        (1, ANY),
        (3, Quorum(3)),
        ("3", Quorum(3)),
        ("2/3", Quorum(2, 3)),
        ("1/1", ALL),
        ("50%", Quorum(50, 100)),
        ("100%", Quorum(100, 100)),
        ("more than 1/2", MAJORITY),
        ("more than 66%", Quorum(66, 100, beyond=True)),
    ],
)
def test_a_quorum_is_read(text: str | int, quorum: Quorum) -> None:
    assert Quorum.parse(text) == quorum


@pytest.mark.parametrize(
    "text",
    ["", "most", "one", "-1", "1.5", " 1", "1/2/3", "1/", "%", "2/3%", "²", "٣", True, "9" * 19],
    ids=repr,
)
def test_anything_else_is_no_quorum(text: str | int) -> None:
    with pytest.raises(InvalidError) as caught:
        Quorum.parse(text)
    (problem,) = caught.value.problems
    shown = "yes" if text is True else clip(text)
    assert problem.message == f"`{shown}` is not a quorum"
    assert problem.hint is not None
    assert all(f"`{name}`" in problem.hint for name in NAMED)


@pytest.mark.parametrize(
    "text",
    ["0", "0/3", "3/2", "1/0", "0%", "101%", 0, "more than 2", "more than 3/3"],
    ids=repr,
)
def test_a_quorum_of_nobody_or_of_more_than_all_is_refused(text: str | int) -> None:
    with pytest.raises(InvalidError) as caught:
        Quorum.parse(text)
    (problem,) = caught.value.problems
    assert problem.message.endswith("does not say how many must agree")
    assert problem.hint == "ask for at least one, and no more than all"


@pytest.mark.parametrize(
    ("quorum", "text"),
    [
        (ANY, "any"),
        (ALL, "all"),
        (MAJORITY, "majority"),
        (Quorum(2), "2"),
        (Quorum(2, 3), "2/3"),
        (Quorum(2, 3, beyond=True), "more than 2/3"),
    ],
    ids=str,
)
def test_a_quorum_is_written_as_people_do(quorum: Quorum, text: str) -> None:
    assert str(quorum) == text


def test_approvers_are_found_in_one_way() -> None:
    made = Approvers("role", ["b", "a", "b"])
    assert made == Approvers(Source.ROLE, {"a", "b"})
    assert made.by is Source.ROLE


def test_approvers_are_named() -> None:
    with pytest.raises(InvalidError) as caught:
        Approvers(Source.TEAM, [])
    (problem,) = caught.value.problems
    assert (problem.message, problem.path, problem.hint) == (
        "`team` is empty",
        ("team",),
        "name at least one",
    )
    with pytest.raises(InvalidError) as caught:
        Approvers(Source.NAME, ["", " b", "fine"])
    assert [p.path for p in caught.value.problems] == [("name",), ("name",)]
    with pytest.raises(InvalidError, match="is one text, not a list of them"):
        Approvers(Source.NAME, "Ann")


def test_a_stage_asks_any_and_escalates_unless_it_says_otherwise() -> None:
    assert Stage(EDITORS) == Stage(EDITORS, ANY, None, Timeout.ESCALATE)
    assert Stage(EDITORS, otherwise="lapse").otherwise is Timeout.LAPSE


@pytest.mark.parametrize("within", [timedelta(0), timedelta(minutes=-1)])
def test_a_stage_has_time(within: timedelta) -> None:
    with pytest.raises(InvalidError) as caught:
        Stage(EDITORS, within=within)
    (problem,) = caught.value.problems
    assert problem.path == ("within",)
    assert problem.message == f"`{show_duration(within)}` is not a duration above zero"


def test_silence_never_approves() -> None:
    assert set(Timeout) == {"escalate", "refuse", "lapse"}
    with pytest.raises(ValueError, match="approve"):
        Stage(EDITORS, otherwise="approve")


def test_a_circuit_is_named_and_has_a_stage() -> None:
    made = ValidationCircuit("desk", [Stage(EDITORS)])
    assert made.stages == (Stage(EDITORS),)
    with pytest.raises(InvalidError) as caught:
        ValidationCircuit("", [])
    assert [p.path for p in caught.value.problems] == [("id",), ("stages",)]
    assert caught.value.problems[1].message == "a circuit needs a stage"


def test_an_emergency_has_fewer_stages() -> None:
    two = [Stage(EDITORS), Stage(EDITORS, ALL)]
    made = ValidationCircuit("desk", two, two[1:])
    assert made.way() == made.stages
    assert made.way(emergency=True) == made.emergency == (Stage(EDITORS, ALL),)
    usual = ValidationCircuit("desk", two)
    assert usual.way(emergency=True) == usual.stages
    for emergency in (two, [*two, *two]):
        with pytest.raises(InvalidError) as caught:
            ValidationCircuit("desk", two, emergency)
        (problem,) = caught.value.problems
        assert (problem.message, problem.path) == (
            "the emergency is not shorter than the circuit",
            ("emergency",),
        )


def test_silence_is_asked_for_in_so_many_words_and_ends() -> None:
    assert str(NO_OBJECTION) == "no objection"
    assert Silence() == NO_OBJECTION
    assert Stage(EDITORS, NO_OBJECTION, timedelta(days=7)).need == NO_OBJECTION
    with pytest.raises(InvalidError) as caught:
        Stage(EDITORS, NO_OBJECTION)
    (problem,) = caught.value.problems
    assert (problem.message, problem.path) == ("`no objection` has no end", ("within",))


def test_the_clock_of_a_stage_runs_for_a_time() -> None:
    office = BusinessClock(Week.parse("Mon-Fri 09:00-18:00"))
    assert Stage(EDITORS, within=timedelta(hours=4), clock=office).clock == office
    with pytest.raises(InvalidError) as caught:
        Stage(EDITORS, NO_OBJECTION, clock=BusinessClock(Week.never()))
    assert [(p.message, p.path) for p in caught.value.problems] == [
        ("`no objection` has no end", ("within",)),
        ("hours have no effect without a time limit", ("during",)),
        ("the clock of a stage never runs", ("during",)),
    ]


def test_working_days_are_those_of_the_clock_of_a_stage() -> None:
    office = BusinessClock(Week.parse("Mon-Fri 09:00-18:00"))
    stage = Stage(EDITORS, within=WorkingDays(2), clock=office)
    assert stage.said()[1] == "within 2 working days, Mon-Fri 09:00-18:00, UTC"
    assert stage.said("fr")[1] == "sous 2 jours ouvrés, lun.–ven. 9\xa0h–18\xa0h, UTC"
    today = attrs.evolve(stage, within=WorkingDays(0))
    assert today.said()[1] == "by the end of the working day, Mon-Fri 09:00-18:00, UTC"
    with pytest.raises(InvalidError) as caught:
        Stage(EDITORS, within=WorkingDays(2))
    (problem,) = caught.value.problems
    assert (problem.code, problem.path) == ("working-days-without-hours", ("within",))
    assert problem.hint == "write them, as in `during: Mon-Fri 09:00-18:00`"


@pytest.mark.parametrize(("text", "is_share"), [("any", False), ("3", False), ("all", True)])
def test_a_quorum_is_a_number_or_a_share(text: str, is_share: bool) -> None:  # noqa: FBT001
    assert Quorum.parse(text).is_share is is_share


@pytest.mark.parametrize(
    ("field", "given", "due"),
    [
        ("ask", "ana", "approvers"),
        ("need", 2, "a quorum"),
        ("need", "all", "a quorum"),
        ("within", "2 h", "a duration"),
        ("deputies", {"ana"}, "approvers"),
        ("clock", "Mon-Fri", "a clock"),
    ],
)
def test_what_is_of_another_kind_is_told_with_its_place(
    field: str, given: object, due: str
) -> None:
    told: dict[str, Any] = {"ask": EDITORS, field: given}
    with pytest.raises(InvalidError, match=f"^{field}: .* is not {due}") as caught:
        Stage(**told)
    assert caught.value.problems[0].hint


def test_all_that_is_of_another_kind_is_told_at_once() -> None:
    stage: Any = Stage
    with pytest.raises(InvalidError, match="3 problems"):
        stage("ana", "all", "2 h")


@pytest.mark.parametrize("given", [1.5, "1", None, True])
def test_a_quorum_counts_whole_people(given: Any) -> None:  # noqa: ANN401 - of any kind
    out_of: Any = 0.5 if given is None else given
    with pytest.raises(InvalidError, match=r"is not a whole number|how many must agree"):
        Quorum(given)
    with pytest.raises(InvalidError, match=r"is not a whole number|how many must agree"):
        Quorum(1, out_of)


@pytest.mark.parametrize("given", [Stage(EDITORS), 3, None])
def test_stages_are_a_list_of_them(given: Any) -> None:  # noqa: ANN401 - of any kind
    with pytest.raises(InvalidError, match=r"^stages: .* is not a list of stages"):
        ValidationCircuit("desk", given)
    with pytest.raises(InvalidError, match=r"^stages\[0\]: .* is not a stage"):
        ValidationCircuit("desk", [given] if not isinstance(given, Stage) else [EDITORS])  # type: ignore[list-item]
