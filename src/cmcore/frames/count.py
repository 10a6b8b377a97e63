"""Counting frames of any kind: their tally, a chunk at a time."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import attrs
import narwhals as nw

from cmcore.base.ids import id_problems
from cmcore.charters.audits.audit import ExceptionCause
from cmcore.charters.audits.conclude import tally
from cmcore.charters.audits.tally import MOST_EXAMPLES, Tally, cause_key, summed
from cmcore.charters.charter import Charter
from cmcore.charters.conditions.facts import FactSpec, FactType
from cmcore.charters.context import Context
from cmcore.charters.history import Case
from cmcore.frames.batches import CHUNK, framed, native_columns
from cmcore.frames.chunks import Chunk
from cmcore.frames.intake import Asked, Get, Intake, arrow_columns, intake
from cmcore.frames.program import Plan
from cmcore.frames.tally import tally_chunk
from cmcore.time.units import Every

_ID: Final = FactSpec("id", FactType.TEXT)
#: How many tallies are kept before they are added.
_PENDING: Final = 8
#: Some rows of a frame: how many, and what gives their columns. One without rows tells the types.
Piece = tuple[int, Get]


class Counter:
    """Counts the pieces of a frame, in their order.

    `ids` names the column of the ids of acts. Without the number of the first row, counted from 0,
    rows have no place: it is unknown where in the whole they stand.
    """

    def __init__(
        self, plan: Plan, found: Intake, every: Every, ids: str | None, first: int | None = None
    ) -> None:
        self.plan = plan
        self.found = found
        self.every: Every = every
        self.ids = ids
        self.first = first
        self._counted = [Tally((plan.charter.id, plan.charter.version, every))]
        self._shown: dict[object, int] = {}

    def all_of(self, pieces: Iterable[Piece]) -> Tally:
        """Return the tally of all the pieces."""
        for size, get in pieces:
            self.take(size, get)
        return summed(self._counted)

    def take(self, size: int, get: Get) -> None:
        """Count some more rows.

        Raises:
            InvalidError: with every column that cannot hold its fact.
        """
        if not size:
            return self.found.check(get)
        names = sorted({*self.plan.reads, "at"})
        chunk = self.found.chunk(self.plan.around, size, get, names)
        whole: list[Chunk] = []

        def examples(cause: ExceptionCause, rows: list[int]) -> tuple[Case, ...]:
            wanted = rows[: MOST_EXAMPLES - self._shown.get(cause_key(cause), 0)]
            if wanted and not whole:
                whole.append(self.whole(size, get))
            self._shown[cause_key(cause)] = self._shown.get(cause_key(cause), 0) + len(wanted)
            return tuple(self._case(whole[0], row, get) for row in wanted)

        self._counted.append(tally_chunk(self.plan, chunk, self.every, examples))
        if len(self._counted) == _PENDING:
            self._counted = [summed(self._counted)]
        self._past(size)
        return None

    def whole(self, size: int, get: Get) -> Chunk:
        """Return some rows with every fact that has a column."""
        return self.found.chunk(self.plan.around, size, get, sorted(self.found.specs))

    def cases(self, size: int, get: Get) -> Iterator[Case]:
        """Yield the cases of some more rows, which know of no earlier acts yet.

        Raises:
            InvalidError: with every column that cannot hold its fact.
        """
        if not size:
            self.found.check(get)
        whole = self.whole(size, get)
        for row in range(size):
            yield self._case(whole, row, get)
        self._past(size)

    def _past(self, size: int) -> None:
        self.first = None if self.first is None else self.first + size

    def _case(self, chunk: Chunk, row: int, get: Get) -> Case:
        given = None if self.ids is None else get(self.ids, _ID)[0][row].as_py()
        id_ = given if isinstance(given, str) and not list(id_problems(given)) else None
        place = "" if self.first is None else f"row {self.first + row + 1}"
        return chunk.case(row, id_ or place, id_)


def tally_any(
    charter: Charter, frame: object, asked: Asked, around: Context, every: Every
) -> Tally:
    """Return the tally of a frame of any kind."""
    known = framed(frame)
    names = list(known.collect_schema().names())
    found = intake(charter, names, asked)
    count = Counter(counting_plan(charter, around), found, every, id_column(names), 0)
    return tally_pieces(count, pieces(known), around)


def tally_pieces(count: Counter, some: Iterable[Piece], around: Context) -> Tally:
    """Return the tally of pieces: row by row, where acts are counted with others."""
    charter = count.plan.charter
    if not charter.lookback and not charter.expectations:
        return count.all_of(some)
    whole = [case for size, get in some for case in count.cases(size, get)]
    return tally(charter, whole, context=around, every=count.every)


def counting_plan(charter: Charter, around: Context) -> Plan:
    """Return what counts the rows of a frame, none of which knows of earlier acts by itself."""
    return Plan(charter, attrs.evolve(around, earlier=None), explains=True)


def id_column(names: Sequence[str]) -> str | None:
    """Return the column of the ids of acts, where there is one."""
    return "id" if "id" in names else None


def pieces(known: Any) -> Iterator[Piece]:  # noqa: ANN401 - an eager or a lazy frame
    """Yield the rows of a frame in pieces of a given size."""
    if isinstance(known, nw.DataFrame):
        return native_pieces(known)
    return arrow_pieces(_BATCHES.get(known.implementation.name, _collected)(known))


def native_pieces(known: "nw.DataFrame[Any]") -> Iterator[Piece]:
    """Yield the rows of an eager frame in pieces of a given size."""
    yield 0, native_columns(known[:0])
    for start in range(0, len(known), CHUNK):
        part = known[start : start + CHUNK]
        yield len(part), native_columns(part)


def arrow_pieces(batches: Iterable[Any]) -> Iterator[Piece]:
    """Yield the rows of Arrow tables or batches in pieces of a given size."""
    for batch in batches:
        yield 0, arrow_columns(batch.slice(0, 0))
        for start in range(0, batch.num_rows, CHUNK):
            part = batch.slice(start, CHUNK)
            yield part.num_rows, arrow_columns(part)


def _collected(known: Any) -> Iterator[Any]:  # noqa: ANN401
    yield known.collect(backend="pyarrow").to_native()


def _duckdb(known: Any) -> Iterator[Any]:  # noqa: ANN401
    yield from known.to_native().to_arrow_reader(CHUNK)


def _polars(known: Any) -> Iterator[Any]:  # noqa: ANN401
    for part in known.to_native().collect_batches(chunk_size=CHUNK, maintain_order=True):
        yield part.to_arrow()


_BATCHES: Final = {"DUCKDB": _duckdb, "POLARS": _polars}
