"""Spark itself, in local mode, against frames: run with `make engines`, since it needs Java."""

import sys
from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pytest
from pyspark.sql import SparkSession

from cmcore import Approvers, Charter, Label, Rule, Stage, ValidationCircuit, fact
from cmcore.frames import audit_frame, decide_frame, decide_spark, tally_frame, tally_spark

CHARTER = Charter(
    "parted",
    circuits=[ValidationCircuit("desk", [Stage(Approvers("role", {"coordinator"}))])],
    default="desk",
    labels={"tone": Label("symbol", {"calm", "angry"}), "reach": Label("number")},
    rules=[
        Rule.permit("calm", when=fact("tone").is_("calm"), because="Fine."),
        Rule.refer("topical", to="desk", when=fact("topics").any_of("war"), because="Delicate."),
        Rule.forbid("early", when=fact("local.hour").below(6), because="At night."),
        Rule.forbid("rude", when=fact("target.tone").is_("rude"), because="Not to them."),
        Rule.forbid("far", when=fact("reach").above(90), because="Too far."),
    ],
)
ROWS = 500
TABLE = pa.table(
    {
        "id": [f"a{n}" for n in range(ROWS)],
        "tone": [("calm", "angry", None)[n % 3] for n in range(ROWS)],
        "topics": [(["sport"], ["sport", "war"], [], None)[n % 4] for n in range(ROWS)],
        "target.tone": [("kind", "rude", None, "kind", "kind")[n % 5] for n in range(ROWS)],
        "reach": [n % 100 for n in range(ROWS)],
        "at": pa.array([n * 3_600_000_000 for n in range(ROWS)], pa.timestamp("us", "UTC")),
    }
)


@pytest.fixture(scope="module")
def acts() -> Iterator[Any]:
    """Return the table as a frame of Spark, in three parts."""
    settings: dict[str, Any] = {
        "spark.ui.enabled": "false",
        "spark.sql.session.timeZone": "Europe/Paris",
    }
    with pytest.MonkeyPatch.context() as patch:
        # its workers need the library too; by themselves, they take the first Python on the path
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        session = SparkSession.builder.master("local[2]").config(map=settings).getOrCreate()
        yield session.createDataFrame(TABLE).repartition(3)
        session.stop()


def test_spark_decides_as_a_frame_is_decided(acts: Any) -> None:  # noqa: ANN401 - a frame of Spark
    decided = decide_spark(CHARTER, acts, explain=True).toArrow().sort_by("id")
    expected = decide_frame(CHARTER, TABLE, explain=True).sort_by("id")
    for name in ("id", "outcome", "circuits", "rules", "unknowns"):
        assert decided[name].to_pylist() == expected[name].to_pylist()


def test_spark_counts_as_a_frame_is_counted(acts: Any) -> None:  # noqa: ANN401 - a frame of Spark
    counted, expected = tally_spark(CHARTER, acts), tally_frame(CHARTER, TABLE)
    for name in ("outcomes", "fired", "determined", "alone", "wanting", "periods"):
        assert getattr(counted, name) == getattr(expected, name)
    assert audit_frame(CHARTER, acts).verdict is audit_frame(CHARTER, TABLE).verdict
