"""Spark: the same over its batches of Arrow."""

import pickle
from collections.abc import Iterator, Mapping
from typing import Any, Final

import pyarrow as pa

from cmcore.base.errors import Problem
from cmcore.charters.audits.tally import Tally, summed
from cmcore.charters.charter import Charter
from cmcore.charters.context import Context
from cmcore.frames.decide import Told
from cmcore.frames.intake import Asked, refuse_all, type_problems
from cmcore.frames.parted import Counting, Deciding, refuse_looking_back
from cmcore.time.units import Every

#: The types of Spark that are known before any batch comes, in Arrow.
_TYPES: Final[Mapping[str, Any]] = {
    "string": pa.string(),
    "boolean": pa.bool_(),
    **dict.fromkeys(("tinyint", "smallint", "int", "bigint"), pa.int64()),
    **dict.fromkeys(("float", "double"), pa.float64()),
    "date": pa.date32(),
    "timestamp": pa.timestamp("us", "UTC"),
    "timestamp_ntz": pa.timestamp("us"),
    "array<string>": pa.list_(pa.string()),
}


def decide(charter: Charter, frame: Any, asked: Asked, around: Context, told: Told) -> Any:  # noqa: ANN401 - a frame of Spark
    """Return a frame of Spark with the answers beside its rows, when Spark comes to ask for it."""
    run = Deciding(charter, tuple(frame.columns), asked, around, told)
    made = run.decider()
    refuse_all(_problems(made.intake, frame))
    fields = [f"{_quoted(field.name)} {field.dataType.simpleString()}" for field in frame.schema]
    fields += [f"{name} {_SQL[name]}" for name in made.told.columns]
    return _numbered(frame).mapInArrow(run, ", ".join(fields))


def tally(
    charter: Charter,
    frame: Any,  # noqa: ANN401
    asked: Asked,
    around: Context,
    every: Every,
) -> Tally:
    """Return the tally of a frame of Spark, each part counted where it is."""
    refuse_looking_back(charter)
    run = Counting(charter, tuple(frame.columns), asked, around, every)
    refuse_all(_problems(run.intake(), frame))
    rows = _numbered(frame).mapInArrow(run, "tally binary").collect()
    parts = (pickle.loads(row[0]) for row in rows)  # noqa: S301 - our own
    return summed((run.tally([]), *parts))


_SQL: Final = {"outcome": "string", "circuits": "array<string>", "rules": "array<string>",
               "unknowns": "array<string>", "outside": "array<string>"}  # fmt: skip


def _problems(found: Any, frame: Any) -> Iterator[Problem]:  # noqa: ANN401
    types = {field.name: field.dataType.simpleString() for field in frame.schema}
    for name, column in found.columns.items():
        kind = _TYPES.get(types[column])
        if kind is not None:
            yield from type_problems(found.specs[name], column, kind)


def _numbered(frame: Any) -> Any:  # noqa: ANN401 - a frame of Spark
    """Return a frame with plain names: to Spark, `target.tone` is the field `tone` of a column."""
    return frame.toDF(*(f"c{number}" for number in range(len(frame.columns))))


def _quoted(name: str) -> str:
    return "`{}`".format(name.replace("`", "``"))
