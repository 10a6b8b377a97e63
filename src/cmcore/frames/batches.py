"""Tables: frames of any kind, taken a chunk at a time and given back with the answers."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import narwhals as nw
import pyarrow as pa

from cmcore.base.errors import InvalidError, Problem, refuse
from cmcore.base.values import internal
from cmcore.charters.charter import Charter
from cmcore.charters.conditions.facts import FactSpec, FactType
from cmcore.charters.context import Context
from cmcore.codec.columns import twice
from cmcore.frames.cells import Bools
from cmcore.frames.chunks import Chunk
from cmcore.frames.decide import Told, answers
from cmcore.frames.intake import (
    Asked,
    Get,
    Intake,
    arrow_columns,
    intake,
    one_piece,
    read,
    refuse_all,
    sifted,
)
from cmcore.frames.program import Plan

#: How many rows are decided at once: enough to save work, few enough for memory.
CHUNK: Final = 1 << 18

#: What Arrow makes of any number where Python objects stand in a column.
_LENIENT: Final = frozenset({FactType.FLAG, FactType.NUMBER, FactType.DURATION, FactType.INSTANT})


def framed(frame: object) -> Any:  # noqa: ANN401 - an eager or a lazy frame
    """Return a frame as narwhals knows it.

    Raises:
        InvalidError: when it is no frame, or two of its columns have one name.
    """
    known: Any = frame
    try:
        return nw.from_native(known)
    except TypeError:
        raise refuse("wrong-value", given=type(frame).__name__, wanted="frame") from None
    except nw.exceptions.DuplicateError:
        names = known.column_names if isinstance(known, pa.Table) else known.columns
        raise InvalidError(twice(map(str, names))) from None


def native_columns(part: "nw.DataFrame[Any]") -> Get:
    """Return what gives the columns of an eager frame; values of mixed types are sifted."""

    def get(column: str, spec: FactSpec) -> tuple[Any, Bools | None]:
        series = part.get_column(column)
        if series.dtype == nw.Object and spec.type in _LENIENT:
            found, odd = sifted(spec, series.to_list())
            if found.null_count < len(found):
                return found, odd
        try:
            found = series.to_arrow()
        except (pa.ArrowException, TypeError, ValueError, OverflowError):
            return sifted(spec, series.to_list())
        return read(spec, one_piece(found))

    return get


def free_names(names: list[str], made: Mapping[str, Any]) -> None:
    """Refuse a frame whose columns are called like those that are added.

    Raises:
        InvalidError: with every such column.
    """
    taken = [name for name in names if name in made]
    refuse_all(Problem.of("column-taken", name, column=name) for name in taken)


@internal
class Decider:
    """What decides the rows of a frame: the plan, where its facts are, and what is to be told."""

    plan: Plan
    intake: Intake
    told: Told

    def answers(self, chunk: Chunk) -> dict[str, Any]:
        """Return the columns to add to a chunk."""
        return answers(self.plan, chunk, self.told)


def decide_eager(decider: Decider, frame: "nw.DataFrame[Any]") -> "nw.DataFrame[Any]":
    """Return an eager frame with the answers beside its rows."""
    parts = chunks(decider.plan, decider.intake, frame)
    made = [decider.answers(chunk) for chunk in parts]
    columns = {name: pa.chunked_array([one[name] for one in made]) for name in made[0]}
    table = pa.table({name: column.unify_dictionaries() for name, column in columns.items()})
    beside = nw.from_arrow(table, backend=frame.implementation)
    return frame.with_columns(*(beside.get_column(name) for name in columns))


def chunks(plan: Plan, found: Intake, frame: "nw.DataFrame[Any]") -> Iterator[Chunk]:
    """Yield the rows of an eager frame in chunks of a given size; at least one chunk."""
    found.check(native_columns(frame[:0]))
    for start in range(0, max(1, len(frame)), CHUNK):
        part = frame[start : start + CHUNK]
        yield found.chunk(plan.around, len(part), native_columns(part), plan.reads)


def decide_batch(decider: Decider, batch: Any) -> Any:  # noqa: ANN401 - of Arrow
    """Return a batch of Arrow with the answers beside its rows."""
    plan = decider.plan
    decider.intake.check(arrow_columns(batch.slice(0, 0)))
    chunk = decider.intake.chunk(plan.around, batch.num_rows, arrow_columns(batch), plan.reads)
    for name, column in decider.answers(chunk).items():
        batch = batch.append_column(name, column)
    return batch


def decider(
    charter: Charter, names: list[str], asked: Asked, around: Context, told: Told
) -> Decider:
    """Return what decides frames that have the columns named.

    Raises:
        InvalidError: with every name that is unknown, or taken already.
    """
    free_names(names, told.columns)
    return Decider(
        Plan(charter, around, explains=told.explain), intake(charter, names, asked), told
    )


def decide_any(charter: Charter, frame: object, asked: Asked, around: Context, told: Told) -> Any:  # noqa: ANN401 - of the kind of the frame
    """Return a frame of any kind with the answers beside its rows."""
    known = framed(frame)
    names = list(known.collect_schema().names())
    made = decider(charter, names, asked, around, told)
    if isinstance(known, nw.DataFrame):
        return decide_eager(made, known).to_native()
    return _LAZY.get(known.implementation.name, _collected)(made, known)


_Lazy = Callable[[Decider, Any], Any]


def _collected(made: Decider, frame: Any) -> Any:  # noqa: ANN401 - of the kind of the frame
    return decide_eager(made, frame.collect(backend="pyarrow")).to_native()


def _polars(made: Decider, frame: Any) -> Any:  # noqa: ANN401 - of the kind of the frame
    import polars as pl

    lazy: Any = frame.to_native()

    def decided(part: Any) -> Any:  # noqa: ANN401 - a frame of polars
        return decide_eager(made, nw.from_native(part)).to_native()

    empty = decided(pl.DataFrame(schema=lazy.collect_schema()))
    return lazy.map_batches(decided, schema=empty.schema, streamable=True)


def _duckdb(made: Decider, frame: Any) -> Any:  # noqa: ANN401 - of the kind of the frame
    import duckdb

    return duckdb.from_arrow(_collected(made, frame))


_LAZY: Final[dict[str, _Lazy]] = {"POLARS": _polars, "DUCKDB": _duckdb}
