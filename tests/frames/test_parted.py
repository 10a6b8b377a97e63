"""Tables that several machines hold: what they run, and the sum of what they count."""

import pickle
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import dask
import dask.dataframe as dd
import pandas as pd
import pyarrow as pa
import pytest
from attrs import field, frozen

from cmcore import (
    Approvers,
    Charter,
    InvalidError,
    Label,
    Rule,
    Stage,
    ValidationCircuit,
    fact,
    hours,
)
from cmcore.charters import conclude
from cmcore.frames import api as home
from cmcore.frames import (
    audit_frame,
    decide_dask,
    decide_frame,
    decide_spark,
    tally_dask,
    tally_frame,
    tally_spark,
)

CHARTER = Charter(
    "parted",
    circuits=[ValidationCircuit("desk", [Stage(Approvers("role", {"coordinator"}))])],
    default="desk",
    labels={"tone": Label("symbol", {"calm", "angry"})},
    rules=[
        Rule.permit("calm", when=fact("tone").is_("calm"), because="Fine."),
        Rule.refer("topical", to="desk", when=fact("topics").any_of("war"), because="Delicate."),
    ],
)
BUSY = CHARTER.with_rule(
    Rule.refer("busy", to="desk", when=fact("recent.any").at_least(1, hours(1)), because="Slowly.")
)
TABLE = pa.table(
    {
        "id": ["a", "b", "c", "d", "e"],
        "tone": ["calm", "angry", None, "calm", "calm"],
        "topics": [["sport"], ["sport"], [], ["war"], None],
        "at": pa.array([1, 2, 3, 4, None], pa.timestamp("s", "UTC")),
    }
)


@frozen
class Kind:
    """A type of Spark."""

    name: str

    def simpleString(self) -> str:  # noqa: N802 - Spark's own name
        return self.name


@frozen
class Field:
    """A column of a frame of Spark."""

    name: str
    dataType: Kind  # noqa: N815 - Spark's own name


@frozen
class Sparkling:
    """What stands for a frame of Spark: batches in parts, and what it was last asked to run."""

    parts: list[list[Any]]
    kinds: dict[str, str]
    asked: list[str] = field(factory=list)

    @property
    def columns(self) -> list[str]:
        return list(self.kinds)

    @property
    def schema(self) -> list[Field]:
        return [Field(name, Kind(kind)) for name, kind in self.kinds.items()]

    def toDF(self, *names: str) -> "Sparkling":  # noqa: N802 - Spark's own name
        parts = [
            [pa.RecordBatch.from_arrays(batch.columns, list(names)) for batch in part]
            for part in self.parts
        ]
        kinds = dict(zip(names, self.kinds.values(), strict=True))
        return Sparkling(parts, kinds, self.asked)

    def mapInArrow(  # noqa: N802 - Spark's own name
        self, run: Callable[[Iterable[Any]], Iterator[Any]], schema: str
    ) -> "Sparkling":
        # to Spark, a name with a dot is a field of a column
        assert not any("." in name for name in self.columns)
        sent = pickle.dumps(run)
        found = [list(pickle.loads(sent)(iter(part))) for part in self.parts]  # noqa: S301
        return Sparkling(found, self.kinds, [*self.asked, schema])

    def collect(self) -> list[tuple[Any, ...]]:
        batches = [batch for part in self.parts for batch in part]
        return [tuple(row.values()) for batch in batches for row in batch.to_pylist()]


def spark(**kinds: str) -> Sparkling:
    """Return the table in parts of two rows, each a batch."""
    batches = TABLE.to_batches(max_chunksize=1)
    told = {"id": "string", "tone": "string", "topics": "array<string>", "at": "timestamp"}
    return Sparkling([batches[:2], batches[2:4], batches[4:], []], told | kinds)


def test_facts_of_spark_may_have_a_dot_in_their_name() -> None:
    rude = Rule.forbid("rude", when=fact("target.tone").is_("rude"), because="Not to them.")
    table = pa.table({"id": ["a", "b"], "target.tone": ["rude", "kind"]})
    kinds = {"id": "string", "target.tone": "string"}
    frame = Sparkling([table.to_batches(max_chunksize=1)], kinds)
    charter = CHARTER.with_rule(rude)
    found: Any = decide_spark(charter, frame)
    expected = decide_frame(charter, table)
    assert found.collect() == [tuple(row.values()) for row in expected.to_pylist()]
    assert tally_spark(charter, frame).outcomes == tally_frame(charter, table).outcomes


def test_spark_runs_what_decides_a_frame() -> None:
    found: Any = decide_spark(CHARTER, spark(), explain=True)
    expected = decide_frame(CHARTER, TABLE, explain=True)
    rows = [dict(zip(expected.column_names, row, strict=True)) for row in found.collect()]
    assert rows == expected.to_pylist()
    declared = "`id` string, `tone` string, `topics` array<string>, `at` timestamp"
    answers = "outcome string, circuits array<string>, rules array<string>"
    answers += ", unknowns array<string>, outside array<string>"
    assert found.asked == [f"{declared}, {answers}"]


def test_spark_is_told_of_what_does_not_fit_before_it_runs() -> None:
    frame = spark(tone="bigint", topics="map<string,string>", at="timestamp_ntz")
    with pytest.raises(InvalidError) as refused:
        decide_spark(CHARTER, frame)
    assert [problem.path for problem in refused.value.problems] == [("tone",), ("at",)]
    with pytest.raises(InvalidError):
        tally_spark(CHARTER, frame)


def test_spark_counts_its_parts_and_the_sum_is_that_of_the_whole() -> None:
    counted = tally_spark(CHARTER, spark(), every="day")
    assert counted == tally_frame(CHARTER, TABLE, every="day")
    assert conclude(CHARTER, counted) == audit_frame(CHARTER, TABLE, every="day")
    nothing = Sparkling([], spark().kinds)
    assert tally_spark(CHARTER, nothing).total == 0


def partitions(count: int) -> Any:  # noqa: ANN401 - a frame of Dask
    """Return the table as a frame of Dask."""
    with dask.config.set({"dataframe.convert-string": False}):
        make: Any = dd.from_pandas
        return make(TABLE.to_pandas(), npartitions=count)


@pytest.fixture(autouse=True)
def _lists_stay_lists() -> Iterator[None]:
    with dask.config.set({"dataframe.convert-string": False, "scheduler": "synchronous"}):
        yield


def test_dask_decides_its_partitions() -> None:
    found = decide_dask(CHARTER, partitions(3), rules=False).compute()
    expected = decide_frame(CHARTER, TABLE.to_pandas(), rules=False)
    assert found["outcome"].tolist() == expected["outcome"].tolist()
    pd.testing.assert_index_equal(found.columns, expected.columns)


def test_dask_counts_its_partitions_and_the_sum_is_that_of_the_whole() -> None:
    assert tally_dask(CHARTER, partitions(3)) == tally_frame(CHARTER, TABLE)


def test_frames_that_lie_elsewhere_are_known_by_their_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(decide_frame(CHARTER, partitions(2)), dd.DataFrame)
    assert audit_frame(CHARTER, partitions(2)) == audit_frame(CHARTER, TABLE)
    monkeypatch.setattr(home, "_SPARK", Sparkling.__module__)
    assert isinstance(decide_frame(CHARTER, spark()), Sparkling)
    assert audit_frame(CHARTER, spark()) == audit_frame(CHARTER, TABLE)


def test_what_counts_earlier_acts_is_not_counted_apart() -> None:
    for counts, frame in ((tally_spark, spark()), (tally_dask, partitions(2))):
        with pytest.raises(InvalidError, match="counts earlier acts"):
            counts(BUSY, frame)
    assert tally_frame(BUSY, TABLE).fired["busy"] == 3
    with pytest.raises(InvalidError, match="`topics` is a set of words"):
        audit_frame(BUSY, pa.table({"topics": ["war"]}))
