"""Frames of every kind come back as they came, with answers; what does not fit is refused."""

import builtins
import pickle
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import product
from typing import Any

import attrs
import cloudpickle
import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from cmcore import (
    Approvers,
    Charter,
    Context,
    InvalidError,
    Label,
    Rule,
    Stage,
    ValidationCircuit,
    decide,
    fact,
)
from cmcore.base import MissingExtraError
from cmcore.charters import Author, Situation, compiled
from cmcore.codec import read_case
from cmcore.frames import audit_frame, decide_dask, decide_frame, tally_frame
from cmcore.frames.api import need

NOON = datetime(2026, 3, 30, 12, 0, tzinfo=UTC)
CHARTER = Charter(
    "framed",
    circuits=[ValidationCircuit("desk", [Stage(Approvers("role", {"coordinator"}))])],
    default="desk",
    labels={"tone": Label("symbol", {"calm", "angry"}), "reach": Label("number"),
            "ttl": Label("duration"), "until": Label("instant"), "about": Label("text")},
    events={"launch"},
    rules=[
        Rule.permit("calm", when=fact("tone").is_("calm"), because="Fine."),
        Rule.refer("far", to="desk", when=fact("reach").above(10), because="Far."),
        Rule.forbid("rude", when=fact("text").mentions("zut"), because="Rude."),
    ],
)  # fmt: skip
ROWS: dict[str, list[Any]] = {
    "tone": ["calm", "calm", None, "odd"],
    "reach": [1, 20, 3, 4],
    "text": ["hello", "hello", "oh, zut", "hello"],
}
OUTCOMES = ["covered", "exception", "forbidden", "exception"]


def outcomes(found: Any) -> list[str]:  # noqa: ANN401 - a frame
    return [str(outcome) for outcome in found["outcome"]]


def table(**columns: Any) -> pa.Table:  # noqa: ANN401 - lists, or arrays of Arrow
    return pa.table({name.replace("__", "."): column for name, column in columns.items()})


def test_frames_come_back_as_they_came() -> None:
    lazy = decide_frame(CHARTER, pl.LazyFrame(ROWS))
    assert isinstance(lazy, pl.LazyFrame)
    assert outcomes(lazy.collect()) == OUTCOMES
    assert lazy.collect_schema() == lazy.collect().schema
    frame = pd.DataFrame(ROWS, index=[4, 3, 2, 1])
    decided = decide_frame(CHARTER, frame)
    assert outcomes(decided) == OUTCOMES
    assert list(decided.index) == [4, 3, 2, 1]
    assert "outcome" not in frame


def test_a_relation_of_duckdb_comes_back_as_a_relation() -> None:
    connection = duckdb.connect()
    connection.register("acts", pa.table(ROWS))
    decided = decide_frame(CHARTER, connection.sql("from acts"))
    assert isinstance(decided, duckdb.DuckDBPyRelation)
    assert [row[0] for row in decided.select("outcome").fetchall()] == OUTCOMES
    assert audit_frame(CHARTER, connection.sql("from acts")).total == 4


def test_a_frame_without_a_row_gets_its_columns_all_the_same() -> None:
    for rules, explain in ((True, True), (False, False)):
        empty = decide_frame(CHARTER, pl.DataFrame(ROWS).clear(), rules=rules, explain=explain)
        full = decide_frame(CHARTER, pl.DataFrame(ROWS), rules=rules, explain=explain)
        assert empty.schema == full.schema
    assert tally_frame(CHARTER, pl.DataFrame(ROWS).clear()).total == 0


def test_a_long_frame_is_decided_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = decide_frame(CHARTER, pl.DataFrame(ROWS))
    whole_audit = audit_frame(CHARTER, pl.LazyFrame(ROWS))
    monkeypatch.setattr("cmcore.frames.batches.CHUNK", 1)
    monkeypatch.setattr("cmcore.frames.count.CHUNK", 1)
    monkeypatch.setattr("cmcore.frames.count._PENDING", 2)
    assert decide_frame(CHARTER, pl.DataFrame(ROWS)).equals(whole)
    assert audit_frame(CHARTER, pl.LazyFrame(ROWS)) == whole_audit
    assert audit_frame(CHARTER, pl.DataFrame(ROWS)) == whole_audit


#: What each type of fact may be for every row, as plain data.
USUAL: dict[str, object] = {
    "kind": "publish",
    "tone": "angry",
    "reach": 20,
    "text": "oh, zut",
    "topics": ["b", "a"],
    "ttl": "2 h",
    "until": "2026-03-30T14:00+02:00",
    "paid": "yes",
    "in_reply_to.at": "2026-03-30T11:00Z",
}
TOLD = attrs.evolve(
    CHARTER,
    rules=[
        *CHARTER.rules,
        Rule.refer("paid", to="desk", when=fact("paid").is_(True), because="Paid."),
        Rule.forbid("topic", when=fact("topics").all_of("a", "b"), because="Both."),
        Rule.forbid("long", when=fact("ttl").above(timedelta(hours=1)), because="Long."),
        Rule.forbid("late", when=fact("until").at_most(NOON), because="Late."),
        Rule.refer("old", to="desk", when=fact("in_reply_to.age").above(timedelta(0)), because="x"),
    ],
)


#: Every way in which three columns give something or nothing.
GIVEN = [*product((True, False), repeat=3)]
OWN = {"tone": "calm", "reach": 1, "topics": ["a"]}
HELD = {name: [one if row[n] else None for row in GIVEN]
        for n, (name, one) in enumerate(OWN.items())}  # fmt: skip


@pytest.mark.parametrize(
    ("made", "names"),
    [
        *((made, [*USUAL]) for made in (pl.DataFrame, pl.LazyFrame, pd.DataFrame, pa.table)),
        *((pa.table, [name]) for name in USUAL),
    ],
)
def test_what_is_usual_stands_where_a_row_does_not_say_otherwise(
    made: Callable[[Any], Any], names: list[str]
) -> None:
    usual = {name: USUAL[name] for name in names}
    found = decide_frame(TOLD, made(HELD), usual=usual, context=Context(at=NOON))
    found = found.collect() if isinstance(found, pl.LazyFrame) else found
    rows = [{**usual, **{n: cells[row] for n, cells in HELD.items() if cells[row] is not None}}
            for row in range(len(GIVEN))]  # fmt: skip
    again = [decide(TOLD, read_case(row, TOLD).act, at=NOON, repair=False) for row in rows]
    assert outcomes(found) == [str(decision.outcome) for decision in again]


def test_an_audit_knows_what_is_usual_too() -> None:
    usual = {"tone": "calm", "reach": 1, "text": "hello"}
    found = audit_frame(CHARTER, pa.table({"reach": [None, 20, 3]}), usual=usual)
    assert (found.covered, found.total) == (2, 3)


def test_a_value_that_does_not_fit_is_not_what_is_usual() -> None:
    frame = pd.DataFrame({"reach": [3, "many", None]}, dtype=object)
    usual = {"tone": "calm", "reach": 1, "text": "hello"}
    assert outcomes(decide_frame(CHARTER, frame, usual=usual)) == [
        "covered", "exception", "covered"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("usual", "said"),
    [
        ({"knd": "publish"}, "there is no fact `knd`"),
        ({"reach": "many"}, "reach: `many` is not a number"),
        ({"template": "(none)", "topics": "(none)"}, "template: `template` cannot be `(none)`"),
        ({"event.launch": "(none)"}, "event.launch: `event.launch` cannot be `(none)`"),
    ],
)
def test_what_is_usual_is_checked(usual: dict[str, object], said: str) -> None:
    with pytest.raises(InvalidError, match=re.escape(said)):
        decide_frame(CHARTER, pa.table(ROWS), usual=usual)


def test_columns_may_be_called_otherwise() -> None:
    renamed = pa.table(ROWS).rename_columns(["mood", "reach", "body"])
    columns = {"tone": "mood", "text": "body"}
    assert outcomes(decide_frame(CHARTER, renamed, columns=columns)) == OUTCOMES
    assert audit_frame(CHARTER, renamed, columns=columns).covered == 1


def test_what_is_around_every_row_may_be_told_once() -> None:
    junior = fact("author.seniority").is_("junior") & fact("incident.open").is_(False)
    charter = CHARTER.with_rule(Rule.forbid("crisis", when=junior, because="Not now."))
    around = Context(author=Author(seniority="junior"), incident=Situation(open=False))
    seniority = pa.array([None, "senior", None, None], pa.string())
    frame = pa.table({**ROWS, "author.seniority": seniority})
    decided = decide_frame(charter, frame, context=around)
    assert outcomes(decided) == ["forbidden", "exception", "forbidden", "forbidden"]


def test_every_type_that_does_not_fit_is_told_at_once() -> None:
    frame = table(
        network=[1],
        topics=["a"],
        tone=[True],
        reach=[Decimal("1.5")],
        at=pa.array([datetime(2026, 1, 1)]),  # noqa: DTZ001 - naive on purpose
        in_reply_to__at=[date(2026, 1, 1)],
        ttl=[1],
        paid=["no"],
        links=[[1]],
        media=pa.array([None], pa.null()),
    )
    with pytest.raises(InvalidError) as refused:
        audit_frame(CHARTER, frame, columns={"text": "reach"})
    told = str(refused.value)
    for name in (
        "network",
        "topics",
        "tone",
        "reach",
        "at",
        "in_reply_to.at",
        "ttl",
        "paid",
        "links",
    ):
        assert f"- {name}: " in told
    assert "media" not in told
    assert "naive timestamps are refused" in told
    assert "`text` is text, which a column of type `decimal128(2, 1)` cannot hold" in told


def test_a_column_called_as_a_computed_fact_may_hold_another() -> None:
    frame = table(text__length=[3, 4])
    found = audit_frame(CHARTER, frame, columns={"in_reply_to.replies": "text.length"})
    assert found.total == 2


def test_every_name_that_means_nothing_is_told_at_once() -> None:
    frame = table(tone=["calm"], text__length=[3], outcome=["covered"])
    with pytest.raises(InvalidError, match="the frame has a column `outcome` already"):
        decide_frame(CHARTER, frame)
    with pytest.raises(InvalidError) as refused:
        audit_frame(CHARTER, frame, columns={"tine": "tone", "kind": "kint", "zzz": "tone"})
    told = str(refused.value)
    assert "there is no fact `tine` (did you mean `tone`?)" in told
    assert "there is no fact `zzz` (columns hold what acts and contexts are made of)" in told
    assert "there is no column `kint` (one of `tone`, `text.length`, `outcome`)" in told
    assert "text.length: the fact `text.length` is computed, never given" in told
    with pytest.raises(InvalidError, match=r"there is no column `kind`$"):
        decide_frame(CHARTER, pa.table({}), columns={"kind": "kind"})


@pytest.mark.parametrize("given", [[1, 2], "frame", None])
def test_what_is_no_frame_is_refused(given: object) -> None:
    with pytest.raises(InvalidError, match="is not a frame"):
        decide_frame(CHARTER, given)


def test_there_are_no_other_periods() -> None:
    with pytest.raises(InvalidError, match="`fortnight` is not a valid choice"):
        tally_frame(CHARTER, pa.table(ROWS), every="fortnight")  # type: ignore[arg-type]


def test_values_of_mixed_types_are_unknown_where_they_do_not_fit() -> None:
    mixed = {
        "tone": ["calm", 3, None, "calm"],
        "reach": [1, "far", 2.5, pd.NA],
        "text": ["hello", "hello", 3, "zut"],
        "paid": [True, "yes", None, False],
        "topics": [["a"], {"b"}, np.array(["c"]), ("d", 4)],
        "at": [NOON, "noon", pd.NaT, NOON.replace(tzinfo=None)],
        "ttl": [timedelta(1), 3, None, float("nan")],
        "about": ["x", None, 3, "y"],
        "until": [NOON, 3, None, NOON],
        "kind": ["publish", 3, "nothing", "delete"],
    }
    frame = pd.DataFrame({name: pd.Series(cells, dtype=object) for name, cells in mixed.items()})
    asked = [
        Rule.refer("topical", to="desk", when=fact("topics").any_of("a", "c"), because="?"),
        Rule.refer("paid", to="desk", when=fact("paid").is_(True), because="?"),
        Rule.refer("late", to="desk", when=fact("at").above(NOON), because="?"),
        Rule.refer("long", to="desk", when=fact("ttl").above(timedelta(2)), because="?"),
        Rule.refer("soon", to="desk", when=fact("until").below(NOON), because="?"),
        Rule.refer("told", to="desk", when=fact("about").mentions("x"), because="?"),
        Rule.refer("gone", to="desk", when=fact("kind").is_("delete"), because="?"),
    ]
    decided = decide_frame(CHARTER.with_rule(*asked), frame, explain=True)
    assert [list(rules) for rules in decided["rules"]] == [
        ["paid", "told", "topical"],
        ["far", "gone", "late", "long", "paid", "soon", "told"],
        ["gone", "late", "long", "paid", "rude", "soon", "told", "topical"],
        ["rude"],
    ]
    unknown = ["about", "at", "kind", "paid", "reach", "ttl", "until"]
    assert list(decided["unknowns"][1]) == unknown
    unknown = ["about", "at", "kind", "paid", "text", "ttl", "until"]
    assert list(decided["unknowns"][2]) == unknown


def test_instants_beyond_the_calendar_are_unknown() -> None:
    seconds = pa.array([0, 10**15, None], pa.int64()).cast(pa.timestamp("s", "UTC"))
    early = Rule.refer("early", to="desk", when=fact("at").below(NOON), because="Early.")
    answered = fact("in_reply_to.age").above(timedelta(days=1))
    aged = Rule.refer("aged", to="desk", when=answered, because="Late.")
    later = fact("since.launch").above(timedelta(0))
    launched = Rule.refer("launched", to="desk", when=later, because="Launched.")
    charter = CHARTER.with_rule(early, aged, launched)
    frame = pa.table({"at": seconds, "in_reply_to.at": seconds, "event.launch": seconds,
                      "text": ["hello"] * 3})  # fmt: skip
    around = Context(at=NOON, events={"launch": NOON - timedelta(1)})
    decided = decide_frame(charter, frame, context=around, explain=True)
    assert decided["rules"].to_pylist() == [
        ["early", "far"],
        ["aged", "early", "far", "launched"],
        ["aged", "far", "launched"],
    ]


def test_nanoseconds_are_read_to_the_microsecond() -> None:
    at = pa.array([-1, 1_500, None], pa.int64()).cast(pa.timestamp("ns", "UTC"))
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    late = Rule.refer("late", to="desk", when=fact("at").at_least(epoch), because="Late.")
    decided = decide_frame(
        CHARTER.with_rule(late), pa.table({"at": at, "reach": [1] * 3, "text": ["hello"] * 3})
    )
    assert [("late" in rules) for rules in decided["rules"].to_pylist()] == [False, True, True]


def test_a_frame_of_another_lazy_kind_is_collected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cmcore.frames.batches._LAZY", {})
    monkeypatch.setattr("cmcore.frames.count._BATCHES", {})
    assert outcomes(decide_frame(CHARTER, pl.LazyFrame(ROWS))) == OUTCOMES
    assert audit_frame(CHARTER, pl.LazyFrame(ROWS)).total == 4


def test_a_column_of_python_objects_none_of_which_fits_is_refused() -> None:
    frame = pd.DataFrame({"reach": pd.Series(["far", "near"], dtype=object)})
    with pytest.raises(InvalidError, match="`reach` is a number"):
        decide_frame(CHARTER, frame)


def test_a_column_of_python_objects_may_be_odd_all_over() -> None:
    for odd in ([True, "far"], [True, 3j]):
        frame = pd.DataFrame({"reach": pd.Series(odd, dtype=object), "text": ["hello"] * 2})
        assert outcomes(decide_frame(CHARTER, frame)) == ["exception"] * 2


def test_the_examples_of_an_audit_say_where_they_stand() -> None:
    frame = pa.table({**ROWS, "id": ["a", None, "c", " "], "network": ["x"] * 4})
    found = audit_frame(CHARTER, frame)
    shown = {cause.rules: [case.place for case in cause.examples] for cause in found.causes}
    assert shown == {("far",): ["row 2"], ("rude",): ["c"], (): ["row 4"]}
    assert found.causes[0].examples[0].act.network == "x"
    assert found.periods[0].name == "undated"


def test_charters_travel() -> None:
    for made in (CHARTER, compiled(CHARTER)):
        assert pickle.loads(pickle.dumps(made)) == made  # noqa: S301 - our own
        assert cloudpickle.loads(cloudpickle.dumps(made)) == made


def test_what_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    genuine = builtins.__import__
    absentees = {"narwhals"}

    def absent(name: str, *rest: Any) -> Any:  # noqa: ANN401 - as Python's own
        if name in absentees:
            raise ImportError(name)
        return genuine(name, *rest)

    monkeypatch.setattr("importlib.import_module", absent)
    with pytest.raises(MissingExtraError, match=r"cmcore\[frames\]"):
        decide_frame(CHARTER, pa.table(ROWS))
    absentees.add("dask")  # whose extra brings the other too
    with pytest.raises(MissingExtraError, match=r"cmcore\[dask\]"):
        decide_dask(CHARTER, None)
    need("json")


def test_a_count_that_is_not_whole_is_not_known() -> None:
    rule = Rule.permit("many", when=fact("target.followers").at_least(2), because="Many.")
    charter = attrs.evolve(CHARTER, rules=[rule])
    found = decide_frame(charter, pl.DataFrame({"target.followers": [3.0, 2.5, 1.0, None]}))
    assert found["outcome"].to_list() == ["covered", "exception", "exception", "exception"]
