"""A frame has the rows of what it is made of, and the same in every kind of frame."""

from datetime import UTC, datetime, timedelta
from typing import Any

import narwhals as nw
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cmcore import (
    Act,
    Audit,
    Charter,
    Coverage,
    Decision,
    InvalidError,
    audit,
    catalog,
    fact,
    minutes,
    strategies,
    to_frame,
)
from cmcore.base import MissingExtraError, Problem
from cmcore.charters import Case, Expectation, Rate, Unreadable
from cmcore.circuits import Completability
from cmcore.requests import ResponseTimes
from cmcore.tables import to_frames
from cmcore.tables.api import BACKENDS, Backend
from cmcore.tables.columns import Type
from cmcore.tables.parts import PARTS
from cmcore.tables.shapes import SHAPES
from cmcore.teams import Gap, Remedy
from cmcore.teams.gap import GapKind

OFTEN = settings(max_examples=25, deadline=None, suppress_health_check=[*HealthCheck])
backends = st.sampled_from(BACKENDS)
VERDICTS = st.one_of(
    *(strategies.audits(), strategies.coverages(), strategies.assignments(), strategies.plans()),
    *(strategies.teams(), strategies.charters(), strategies.comparisons(), strategies.conducts()),
    *(strategies.incidents(), strategies.dues(), strategies.response_times()),
    *(strategies.staffings(), strategies.backlogs(), strategies.request_logs()),
    *(strategies.detections(), strategies.reviews(), strategies.completabilities()),
    *(strategies.promotions(), strategies.remedies()),
)
MANY = st.one_of(
    *(st.lists(one, min_size=1, max_size=4) for one in (
        strategies.acts(), strategies.cases() | strategies.unreadable(), strategies.decisions(),
        strategies.requests(), strategies.members(), strategies.rules(), strategies.gaps(),
        strategies.incident_events(), strategies.signals(), strategies.sightings(),
        strategies.routings(), strategies.trainings() | strategies.hires(),
    )),
)  # fmt: skip


def read(frame: Any) -> Any:
    return nw.from_native(frame, eager_only=True)


@given(VERDICTS)
@OFTEN
def test_every_kind_of_frame_says_the_same(thing: object) -> None:
    assert type(thing) in PARTS
    for name, polars in to_frames(thing).items():
        told = read(polars)
        types = {column: str(kind) for column, kind in told.schema.items()}
        for backend in ("pandas", "pyarrow"):
            other = read(to_frames(thing, backend)[name])
            assert {column: str(kind) for column, kind in other.schema.items()} == types
            assert plain(other) == plain(told)


def plain(frame: Any) -> list[dict[str, Any]]:
    """Return the rows of a frame, its nulls all alike."""
    rows = nw.from_native(frame.to_arrow(), eager_only=True).rows(named=True)
    return [
        {name: str(cell) if isinstance(cell, datetime) else cell for name, cell in row.items()}
        for row in rows
    ]


@given(MANY, backends)
@OFTEN
def test_things_of_one_kind_give_a_row_each(many: list[Any], backend: Any) -> None:
    frame = read(to_frame(many, backend))
    assert len(frame) == len(many)
    ids = [getattr(one, "id", None) for one in many]
    if "id" in frame.columns and any(ids):
        assert plain_ids(frame) == ids


def plain_ids(frame: Any) -> list[Any]:
    return [row["id"] for row in plain(frame)]


@given(strategies.audits())
@OFTEN
def test_the_tables_of_an_audit_add_up(found: Audit) -> None:
    frames = {name: read(frame) for name, frame in to_frames(found).items()}
    (summary,) = frames["summary"].rows(named=True)
    assert summary["total"] == found.total
    assert summary["low"] == found.interval.low
    assert summary["verdict"] == str(found.verdict.value)
    assert sum(row["acts"] for row in frames["causes"].rows(named=True)) == (
        found.total - found.covered
    )
    periods = frames["periods"].rows(named=True)
    assert [row["share"] for row in periods] == [one.share for one in found.periods]


def test_every_occasion_of_an_expectation_is_a_row() -> None:
    weekly = Expectation("weekly", of="posts", at_least=Rate(1, "week"))
    charter = Charter(
        "c",
        circuits=[catalog.circuits["owner"]],
        default="owner",
        counts={"posts": fact("kind").is_("publish")},
        expectations=[weekly],
    )
    start = datetime(2026, 1, 5, 9, tzinfo=UTC)
    found = audit(charter, [Act(kind="publish", at=start + timedelta(days=n)) for n in (0, 8, 22)])
    rows = plain(read(to_frames(found)["occasions"]))
    (result,) = found.expectations
    assert [(row["expectation"], row["occasion"], row["counted"]) for row in rows] == [
        ("weekly", one.name, one.count) for one in result.occasions
    ]
    assert [row["counted"] for row in rows][1:3] == [1, 0]


@given(strategies.coverages())
@OFTEN
def test_a_coverage_gives_its_gaps_first(found: Coverage) -> None:
    rows = read(to_frame(found)).rows(named=True)
    about = [{*gap.what.values()} for gap in found.gaps]
    assert [{*row["what"].split(" · ")} for row in rows] == about
    hours = read(to_frame(found, table="hours")).rows(named=True)
    assert [row["needed"] for row in hours] == [one.needed for one in found.heat]


@given(strategies.decisions())
@OFTEN
def test_a_decision_is_a_row(found: Decision) -> None:
    (row,) = read(to_frame(found)).rows(named=True)
    assert row["outcome"] == found.outcome.value
    assert row["circuits"] == ", ".join(found.circuits)
    assert (row["repair"] is None) == (found.repair is None)


@given(strategies.response_times())
@OFTEN
def test_response_times_have_two_columns_for_each_share(found: ResponseTimes) -> None:
    first = read(to_frame(found)).rows(named=True)[0]
    assert first["by"] == "all"
    for one in found.overall.quantiles:
        assert first[f"q{100 * one.share:g}_low"] == one.low
        assert first[f"q{100 * one.share:g}_high"] == one.high


@given(strategies.completabilities())
@OFTEN
def test_every_moment_that_fails_is_a_row(found: Completability) -> None:
    rows = read(to_frame(found, table="failures")).rows(named=True)
    spans = [span for one in found.circuits for each in one.failures for span in each.when]
    assert [(row["start"], row["stop"]) for row in rows] == [(s.start, s.stop) for s in spans]


@given(strategies.remedies())
@settings(OFTEN, max_examples=8)
def test_what_a_remedy_takes_adds_up_to_its_cost(found: Remedy) -> None:
    rows = read(to_frame(found)).rows(named=True)
    assert sum(row["cost"] for row in rows) == found.cost
    assert all((row["option"] == "hire") == (row["learned"] is None) for row in rows)


AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_history_has_its_labels_and_its_unreadable_rows(backend: Any) -> None:
    history = [
        Case(Act(id="a", at=AT, topics={"b", "a"}, labels={"promise": True, "tone": "warm"})),
        Unreadable("line 3", (Problem("empty-week"), Problem("no-stage"))),
        Case(Act(id="b", labels={"score": 2, "size": 2.5, "tone": 3})),
    ]
    frame = read(to_frame(history, backend))
    rows = plain(frame)
    assert [row["problems"] for row in rows] == [
        None,
        "the week is empty; a circuit needs a stage",
        None,
    ]
    assert [row["topics"] for row in rows] == ["a, b", None, None]
    assert [row["labels.promise"] for row in rows] == [True, None, None]
    assert [row["labels.score"] for row in rows] == [None, None, 2]
    assert [row["labels.size"] for row in rows] == [None, None, 2.5]
    assert [row["labels.tone"] for row in rows] == ["warm", None, "3"]
    assert str(frame.schema["at"]) == "Datetime(time_unit='us', time_zone='UTC')"
    assert frame.schema["labels.score"] == nw.Int64


@pytest.mark.parametrize("backend", BACKENDS)
def test_odd_values_stand_in_a_column_all_the_same(backend: Any) -> None:
    huge = Act(labels={"n": 10**18 - 1}), Act(labels={"n": 1})
    assert [row["labels.n"] for row in plain(read(to_frame(huge, backend)))] == [10**18 - 1, 1]
    (row,) = plain(read(to_frame([Act(text="half \ud83d")], backend)))
    assert row["text"] == "half ?"
    (row,) = plain(read(to_frame([Act(labels={"wait": minutes(3)})], backend)))
    assert row["labels.wait"] == "0:03:00"


def test_amounts_tell_their_unit() -> None:
    hours = Gap(
        GapKind.HOURS, ("hours", 0), {"role": "x"}, timedelta(hours=8), timedelta(minutes=90)
    )
    seats = Gap(GapKind.SEATS, ("seats",), {"role": "y"}, 3, 1)
    rows = read(to_frame([hours, seats])).rows(named=True)
    assert [(row["asked"], row["lacking"], row["unit"]) for row in rows] == [
        (8.0, 1.5, "hours"),
        (3.0, 1.0, "count"),
    ]


def test_every_shape_has_columns_with_a_type() -> None:
    assert all(one.type in Type for shape in SHAPES.values() for one in shape)


@pytest.mark.parametrize("thing", ["a text", 3, {"a": 1}, b"", None])
def test_what_makes_no_table_is_refused(thing: object) -> None:
    with pytest.raises(InvalidError, match="there is no table of"):
        to_frame(thing)


@pytest.mark.parametrize("many", [[], [Act(), 3], [Act(), Problem("empty-week")], [3]])
def test_things_of_no_kind_or_of_several_are_refused(many: list[object]) -> None:
    with pytest.raises(InvalidError, match="no table can be made of"):
        to_frame(many)


def test_an_unknown_table_or_kind_of_frame_is_refused() -> None:
    with pytest.raises(InvalidError, match=r"there is no table `row`.*did you mean `rows`"):
        to_frame([Act()], table="row")
    with pytest.raises(InvalidError, match="`polar` is not a valid choice"):
        to_frame([Act()], "polar")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("missing", "backend", "extra"),
    [
        ({"narwhals"}, "polars", "frames"),
        ({"polars"}, "polars", "polars"),
        ({"pandas", "narwhals"}, "pandas", "pandas"),
        ({"pyarrow"}, "pyarrow", "frames"),
    ],
)
def test_the_extra_named_brings_what_is_missing(
    missing: set[str], backend: Backend, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "cmcore.tables.api.find_spec", lambda name: None if name in missing else name
    )
    with pytest.raises(MissingExtraError, match=rf"cmcore\[{extra}\]"):
        to_frame([Act()], backend)
