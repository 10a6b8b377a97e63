"""A stored audit says what its own counts come to, or is refused where it does not."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore import (
    Approvers,
    Audit,
    Charter,
    InvalidError,
    Stage,
    ValidationCircuit,
    audit,
    structure,
    unstructure,
)
from cmcore.charters import ExpectationResult
from cmcore.strategies import audits, expectation_results

DESK = ValidationCircuit("desk", [Stage(Approvers("role", {"editor"}))])
MANUAL = Charter("manual", circuits=[DESK], default="desk")


@given(audits())
def test_an_audit_reads_back_equal(audit: Audit) -> None:
    assert structure(unstructure(audit), Audit) == audit


@given(audits(), st.data())
def test_a_number_that_is_not_what_the_others_come_to_is_refused(
    audit: Audit, data: st.DataObject
) -> None:
    stored: Any = unstructure(audit)
    name, forged = data.draw(
        st.sampled_from(
            [
                ("total", -1),
                ("covered", audit.total + 1),
                ("doubts", -3),
                ("target", 1.5),
                ("interval", {"low": 0.25, "high": 0.125}),
            ]
        )
    )
    with pytest.raises(InvalidError, match="does not follow from the other numbers"):
        structure({**stored, name: forged}, Audit)


@given(expectation_results(), st.data())
def test_an_expectation_stands_as_its_occasions_do(
    found: ExpectationResult, data: st.DataObject
) -> None:
    stored: Any = unstructure(found)
    assert structure(stored, ExpectationResult) == found
    forged: dict[str, Any] = data.draw(
        st.sampled_from(
            [
                {"missed": -1},
                {"standing": "met", "missed": 1},
                {"standing": "met", "met": 0, "missed": 0, "undecided": 0},
                {"standing": "no occasion", "met": 1},
                {"standing": "not enough evidence", "missed": 1},
                {"standing": "partial"},
            ]
        )
    )
    with pytest.raises(InvalidError, match="does not follow from the other numbers"):
        structure({**stored, **forged}, ExpectationResult)


@given(
    audits(),
    st.sampled_from(["total", "missing", "lost", "covered"]),
    st.sampled_from([10**10, 10**15, 10**17]),
)
def test_a_count_of_more_acts_than_a_share_is_estimated_of_is_refused(
    audit: Audit, name: str, count: int
) -> None:
    stored: Any = {**unstructure(audit), "total": count, name: count}
    with pytest.raises(InvalidError, match="does not follow from the other numbers"):
        structure(stored, Audit)


@given(audits(), st.sampled_from(["met", "missed", "not enough evidence"]))
def test_a_verdict_is_that_of_the_interval(audit: Audit, verdict: str) -> None:
    stored: Any = unstructure(audit)
    if verdict != audit.verdict:
        with pytest.raises(InvalidError, match="verdict: it does not follow"):
            structure({**stored, "verdict": verdict}, Audit)


@pytest.mark.parametrize(
    ("name", "forged", "place"),
    [
        ("target", -0.5, "target"),
        ("target", 1.5, "target"),
        ("confidence", 0, "target"),
        ("confidence", 1, "target"),
        ("covered", 1, "total"),
        ("missing", -1, "missing"),
        ("interval", {"low": 0.25, "high": 0.5}, "interval"),
        ("verdict", "met", "verdict"),
    ],
)
def test_what_no_audit_can_count_or_aim_at_is_refused_where_it_is(
    name: str, forged: object, place: str
) -> None:
    nothing = audit(MANUAL, [])
    stored: Any = unstructure(nothing)
    assert structure(stored, Audit) == nothing
    with pytest.raises(InvalidError) as refused:
        structure({**stored, name: forged}, Audit)
    assert [one.path for one in refused.value.problems] == [(place,)]
