import attrs
import pytest
from hypothesis import given

from cmcore.base.errors import Problem
from cmcore.base.frozen import FrozenMap
from cmcore.charters.audits.audit import (
    Audit,
    Drift,
    ExceptionCause,
    RuleTally,
    Trend,
    Verdict,
)
from cmcore.charters.audits.figures import Interval, Period
from cmcore.charters.decision import Outcome
from cmcore.charters.history import Unreadable
from cmcore.display.views import TONES
from cmcore.strategies import audits

AUDIT = Audit(
    "airline",
    3,
    target=0.8,
    confidence=0.9,
    total=10,
    covered=6,
    forbidden=1,
    interval=Interval(0.25, 0.75),
    verdict=Verdict.MISSED,
    rules=(
        RuleTally("angry", "refer", 2, 2, 1),
        RuleTally("daily", "permit", 7, 6, 5),
        RuleTally("old", "forbid"),
        RuleTally("new", "permit"),
    ),
    causes=(
        ExceptionCause(Outcome.EXCEPTION, ("angry",), ("crisis", "desk"), 2),
        ExceptionCause(Outcome.FORBIDDEN, ("ads",), (), 1, unknown=True),
    ),
    periods=(Period("2026-01", 4, 1), Period("undated", 6, 5)),
    drift=Drift(Trend.RISING, 2.1),
)
SHOWN = """\
target missed: 60.0% covered (6 of 10)
  between 25.0% and 75.0% at 90% confidence, for a target of 80.0%
  0% ──────────├─────────────●─────┤─┊──────── 100%   ● share  ┊ target
  exceptions: 3, forbidden: 1
  over time: the covered share is rising
  never fired: `new`, `old`

What is not covered, and why
  cause        outcome    circuits      acts  share
  angry        exception  crisis, desk  2     20.0%
  perhaps ads  forbidden                1     10.0%

What each permit covers
  permit  acts  alone  share
  daily   6     5      60.0%

Over time
  period   acts  covered  share
  2026-01  4     1        25.0%  ██
  undated  6     5        83.3%  ████████
  (airline, version 3)"""


def test_an_audit_shows_itself() -> None:
    assert str(AUDIT) == SHOWN
    assert AUDIT.view().tone == "forbidden"


def test_an_audit_shows_itself_in_french() -> None:
    told = AUDIT.text("fr")
    assert told.startswith("objectif manqué\xa0: 60,0\u00a0% couverts (6 sur 10)")
    assert "What" not in told
    assert "peut-être ads" in told
    assert "sans date" in told
    assert "undated" not in told
    unread = attrs.evolve(AUDIT, unreadable=(Unreadable("line 3"), Unreadable("line x")))
    assert "ligne 3, line x" in unread.text("fr")


def test_an_audit_counts() -> None:
    assert AUDIT.exceptions == 3
    assert AUDIT.share == 0.6
    assert AUDIT.never_fired == ("new", "old")
    assert Period("2026-01", 4, 1).share == 0.25


EMPTY = Audit(
    "a",
    1,
    target=0.5,
    confidence=0.9,
    total=0,
    covered=0,
    forbidden=0,
    interval=Interval(0, 1),
    verdict=Verdict.UNDECIDED,
    rules=(),
    causes=(),
    periods=(),
    drift=Drift(Trend.UNDECIDED),
)


def test_an_audit_of_nothing_has_no_share() -> None:
    assert EMPTY.share is None
    assert EMPTY.never_fired == ()
    assert str(EMPTY).splitlines() == [
        "not enough evidence: – covered (0 of 0)",
        "  between 0.0% and 100.0% at 90% confidence, for a target of 50.0%",
        "  0% ├───────────────────┊───────────────────┤ 100%   ● share  ┊ target",
        "  exceptions: 0, forbidden: 0",
        "  over time: not enough evidence of a drift",
        "  (a, version 1)",
    ]


def test_lost_rows_and_doubts_are_told_with_what_follows() -> None:
    told = str(attrs.evolve(AUDIT, unreadable_count=2, lost=3, doubts=1)).splitlines()
    assert "  3 more rows may be lost with them" in told
    assert ("  one of them casts doubt on other rows: correct the file to judge the target") in told


def test_few_causes_are_told_and_the_acts_of_the_rest_counted() -> None:
    causes = tuple(
        ExceptionCause(Outcome.EXCEPTION, (f"r{n}",), ("desk",), 50 - n) for n in range(40)
    )
    total = sum(cause.count for cause in causes)
    table = attrs.evolve(AUDIT, causes=causes, total=total, covered=0).view().tables[0]
    assert len(table.rows) == 31
    assert table.rows[-1][:4] == ("and 10 more", "", "", str(sum(range(11, 21))))
    assert sum(int(row[3]) for row in table.rows) == total


def test_one_problem_of_many_rows_is_told_once() -> None:
    late, other = Problem.of("late-row"), Problem.of("row-not-utf")
    rows = tuple(Unreadable(f"line {n}", (other if n == 3 else late,)) for n in range(2, 60))
    table = attrs.evolve(AUDIT, unreadable=rows, unreadable_count=70).view().tables[-1]
    assert table.rows == (
        ("line 2, line 4, line 5, and 54 more", str(late)),
        ("line 3", str(other)),
        ("…", "and 12 more"),
    )


@pytest.mark.parametrize(
    ("missing", "told"),
    [
        (None, "the history is partial: ? acts are missing"),
        (3, "the history is partial: 3 acts are missing"),
    ],
)
def test_a_partial_history_is_told_as_one(missing: int | None, told: str) -> None:
    assert f"  {told}" in str(attrs.evolve(AUDIT, missing=missing)).splitlines()
    assert "partial" not in str(AUDIT)


def test_facts_wanting_are_told_with_their_counts() -> None:
    told = str(attrs.evolve(AUDIT, wanting=FrozenMap({"paid": 3, "at": 1})))
    assert "  undecided, unknown: `at` (1), `paid` (3)" in told.splitlines()


@pytest.mark.parametrize(("count", "listed"), [(1, 1), (20, 20), (25, 25), (30, 22)])
def test_unreadable_rows_are_told_and_the_rest_counted(count: int, listed: int) -> None:
    rows = tuple(
        Unreadable(f"line {n}", (Problem("bad-date"), Problem("quote-open", ("a", n))))
        for n in range(listed)
    )
    told = str(attrs.evolve(AUDIT, unreadable=rows, unreadable_count=count))
    assert f"  {count} could not be read" in told.splitlines()
    said = "a date or a time is not valid; a[0]: a quote is opened and never closed"
    assert f"  line 0   {said}" in told or f"  line 0  {said}" in told
    shown = [line for line in told.splitlines() if line.startswith("  line ")]
    assert len(shown) == min(listed, 20)
    assert ("…" in told) == (count > 20)
    if count > 20:
        assert f"and {count - 20} more" in told


@pytest.mark.parametrize(
    ("cause", "name", "english", "french"),
    [
        (ExceptionCause(Outcome.EXCEPTION, ("a", "b"), ("c",), 1), "a, b", "a, b", "a, b"),
        (
            ExceptionCause(Outcome.EXCEPTION, ("a",), ("c",), 1, unknown=True),
            "a",
            "perhaps a",
            "peut-être a",
        ),
        (
            ExceptionCause(Outcome.EXCEPTION, (), ("c",), 1),
            "nothing permits it",
            "nothing permits it",
            "rien ne l’autorise",
        ),
        (ExceptionCause(Outcome.EXCEPTION, (), (), 1), "unreadable", "unreadable", "illisible"),
    ],
)
def test_a_cause_has_a_name(cause: ExceptionCause, name: str, english: str, french: str) -> None:
    assert (cause.name, cause.text(), cause.text("fr")) == (name, english, french)


@given(audits())
def test_any_audit_adds_up_and_shows_itself(audit: Audit) -> None:
    assert audit.covered + audit.exceptions + audit.forbidden == audit.total
    assert audit.exceptions >= 0
    assert sum(cause.count for cause in audit.causes) == audit.total - audit.covered
    assert sum(period.total for period in audit.periods) == audit.total
    for language in ("en", "fr"):
        view = audit.view(language)
        assert view.tone in TONES
        assert audit.text(language)
        assert [len(row) for t in view.tables for row in t.rows] == [
            len(t.headings) for t in view.tables for _ in t.rows
        ]
