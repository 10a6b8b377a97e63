"""What an audit refuses, and the order it puts a history in; its laws are in `tests/laws`."""

from datetime import UTC, datetime, timedelta
from typing import Any

import attrs
import pytest

from cmcore import (
    Act,
    Approvers,
    Charter,
    InvalidError,
    Rule,
    Stage,
    ValidationCircuit,
    audit,
    compare,
    fact,
    hours,
)
from cmcore.base.errors import Problem
from cmcore.charters import Unreadable
from cmcore.charters.audits.conclude import MOST_LISTED
from cmcore.time.units import Every

NOON = datetime(2026, 3, 30, 12, 0, tzinfo=UTC)
CHARTER = Charter(
    "audited",
    circuits=[ValidationCircuit("desk", [Stage(Approvers("role", {"coordinator"}))])],
    default="desk",
    rules=[Rule.permit("posts", when=fact("kind").is_("publish"), because="Our daily life.")],
)
BUSY = CHARTER.with_rule(
    Rule.refer("busy", to="desk", when=fact("recent.any").at_least(1, hours(1)), because="Slowly.")
)
REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"confidence": 0}, "`0` is not a confidence"),
    ({"confidence": 0.9999999999999999}, "`0.9999999999999999` is not a confidence"),
    ({"missing": -1}, "`-1` is not a valid number here"),
    ({"every": "fortnight"}, "`fortnight` is not a valid choice"),
]


@pytest.mark.parametrize(("options", "message"), REFUSED)
def test_an_impossible_option_is_refused(options: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidError, match=message):
        audit(CHARTER, [], **options)


@pytest.mark.parametrize(
    ("every", "names"),
    [
        ("day", ["2025-12-29", "2026-03-30"]),
        ("week", ["2026-W01", "2026-W14"]),
        ("month", ["2025-12", "2026-03"]),
        ("quarter", ["2025-Q4", "2026-Q1"]),
        ("year", ["2025", "2026"]),
    ],
)
def test_periods_are_calendar_periods_with_the_undated_last(every: Every, names: list[str]) -> None:
    moments = [NOON, None, NOON - timedelta(days=91)]
    report = audit(CHARTER, [Act(kind="publish", at=at) for at in moments], every=every)
    assert [period.name for period in report.periods if period.total] == [*names, "undated"]


def test_a_stream_out_of_order_is_unreadable_where_order_matters() -> None:
    rows = [Act(kind="publish", at=NOON), Act(kind="publish", at=NOON - timedelta(minutes=5))]
    assert audit(CHARTER, iter(rows)).unreadable == ()
    (late,) = audit(BUSY, iter(rows)).unreadable
    assert str(late) == "act 2: comes before the row above (put the history in order of time)"
    first = Unreadable("line 3", (Problem.of("row-not-utf"),), rows[-1].at)
    mixed: list[Act | Unreadable] = [rows[0], first]
    (row,) = audit(BUSY, iter(mixed)).unreadable
    assert [problem.code for problem in row.problems] == ["row-not-utf", "late-row"]
    assert row.casts_doubt
    assert audit(BUSY, rows).unreadable == ()


def test_rows_that_are_only_late_are_counted_and_the_first_of_them_listed() -> None:
    many = MOST_LISTED + 100
    newest_first: list[Act | Unreadable] = [
        Act(kind="publish", at=NOON - timedelta(minutes=n)) for n in range(many)
    ]
    others = [Unreadable(f"line {n}", (Problem.of("row-not-utf"),)) for n in range(5)]
    report = audit(BUSY, iter([*newest_first, *others]))
    assert (report.late, report.unreadable_count) == (many - 1, many + 4)
    assert [row.place for row in report.unreadable[:3]] == ["act 2", "act 3", "act 4"]
    assert report.unreadable[3:] == tuple(others)
    told = [places for places, _ in report.view().tables[-1].rows]
    assert told == [
        f"act 2, act 3, act 4, and {many - 4} more",
        "line 0, line 1, line 2, and 2 more",
    ]


def test_a_comparison_leaves_out_what_it_cannot_read() -> None:
    rows: list[Act | Unreadable] = [Act(kind="publish", at=NOON), Unreadable("line 3")]
    found = compare(CHARTER, CHARTER.without_rule("posts"), rows)
    assert (found.total, found.changed_count, found.unreadable) == (1, 1, 1)


def test_long_lists_are_cut_and_counted_whole() -> None:
    many = MOST_LISTED + 1
    report = audit(CHARTER, [Unreadable(f"line {number}") for number in range(many)])
    assert (len(report.unreadable), report.unreadable_count) == (MOST_LISTED, many)
    found = compare(CHARTER, CHARTER.without_rule("posts"), [Act(kind="publish")] * many)
    assert (len(found.changed), found.changed_count) == (MOST_LISTED, many)


def test_a_period_is_of_the_days_of_the_charters_zone() -> None:
    charter = attrs.evolve(CHARTER, zone="America/New_York")
    found = audit(charter, [Act(at=datetime(2026, 10, 25, 1, tzinfo=UTC))], every="day")
    assert [one.name for one in found.periods] == ["2026-10-24"]


@pytest.mark.parametrize("row", [None, 5, {"kind": "publish"}])
def test_what_is_no_row_is_refused_by_its_type(row: object) -> None:
    kind = type(row).__name__
    with pytest.raises(InvalidError, match=f"an act, a case or an unreadable row, not a .*{kind}"):
        audit(CHARTER, [row])  # type: ignore[list-item]
