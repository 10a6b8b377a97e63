"""Counting frames of any kind: their tally, a chunk at a time."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, Final

import attrs
import narwhals as nw

from cmcore.base.ids import id_problems
from cmcore.charters.act import Act
from cmcore.charters.audits.conclude import tally
from cmcore.charters.audits.tally import MOST_EXAMPLES, CauseKey, Tally, summed
from cmcore.charters.charter import Charter
from cmcore.charters.conditions.condition import tests
from cmcore.charters.conditions.facts import FactSpec, FactType
from cmcore.charters.context import Context
from cmcore.charters.history import Case
from cmcore.frames.batches import CHUNK, framed, native_columns
from cmcore.frames.cells import Ints
from cmcore.frames.chunks import Chunk
from cmcore.frames.intake import Asked, Get, Intake, arrow_columns, intake
from cmcore.frames.past import Part, Past, columns_past
from cmcore.frames.program import Plan
from cmcore.frames.shared import TooManyError
from cmcore.frames.tally import tally_chunk
from cmcore.frames.timeline import timeline
from cmcore.time.units import Every

_ID: Final = FactSpec("id", FactType.TEXT)
#: How many tallies are kept before they are added.
_PENDING: Final = 8
#: Some rows of a frame: how many, and what gives their columns. One without rows tells the types.
Piece = tuple[int, Get]


class Counter:
    """Counts the pieces of a frame, in their order.

    `ids` names the column of the ids of acts. Without the number of the first row, counted from 0,
    rows have no place: it is unknown where in the whole they stand. With a `past`, they know those
    before them.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - all that counts
        self,
        plan: Plan,
        found: Intake,
        every: Every,
        ids: str | None,
        first: int | None = None,
        past: Past | None = None,
    ) -> None:
        self.plan = plan
        self.found = found
        self.every: Every = every
        self.ids = ids
        self.first = first
        self.past = past
        self._counted = [Tally((plan.charter.id, plan.charter.version, every))]
        self._shown: defaultdict[CauseKey, int] = defaultdict(int)

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
        chunk = self.found.chunk(self.plan.around, size, get, names, self._before(size))
        whole: list[Chunk] = []

        def examples(cause: CauseKey, rows: list[int]) -> tuple[Case, ...]:
            wanted = rows[: MOST_EXAMPLES - self._shown[cause]]
            if wanted and not whole:
                whole.append(self.whole(size, get))
            self._shown[cause] += len(wanted)
            return tuple(self._case(whole[0], row, get) for row in wanted)

        self._counted.append(tally_chunk(self.plan, chunk, self.every, examples))
        if len(self._counted) == _PENDING:
            self._counted = [summed(self._counted)]
        self._past(size)
        return None

    def whole(self, size: int, get: Get) -> Chunk:
        """Return some rows with every fact that has a column."""
        names = sorted(self.found.specs)
        return self.found.chunk(self.plan.around, size, get, names, self._before(size))

    def _before(self, size: int) -> Part | None:
        return None if self.past is None else Part(self.past, self.first or 0, size)

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
        id_ = id_of(given)
        place = "" if self.first is None else f"row {self.first + row + 1}"
        return chunk.case(row, id_ or place, id_)


def tally_any(
    charter: Charter, frame: object, asked: Asked, around: Context, every: Every
) -> Tally:
    """Return the tally of a frame of any kind."""
    known = framed(frame)
    names = list(known.collect_schema().names())
    found, ids = intake(charter, names, asked), id_column(names)
    past = None
    if charter.lookback and not charter.expectations:
        known = known if isinstance(known, nw.DataFrame) else known.collect(backend="pyarrow")
        past = past_of(found, around, ids, known)
    count = Counter(counting_plan(charter, around), found, every, ids, 0, past)
    return tally_pieces(count, pieces(known), around)


def past_of(
    found: Intake, around: Context, ids: str | None, known: "nw.DataFrame[Any]"
) -> Past | None:
    """Return what the rows of a frame know of those before them; None where one by one is due.

    It is where acts went before the frame, blocks and mutes of persons are looked for, or rows have
    many words to have in common.
    """
    charter, size, get = found.charter, len(known), native_columns(known)
    conditions = (charter.framed, *(rule.when for rule in charter.rules))
    facts = {test.fact for condition in conditions for test in tests(condition)}
    is_after = around.earlier is not None and len(around.earlier.acts) > 0
    if is_after or any(name.startswith("person.") for name in facts):
        return None
    bare = attrs.evolve(around, earlier=None)
    found.check(native_columns(known[:0]))
    reader = _Acts(found, bare, size, get, ids)
    chunk = found.chunk(bare, size, get, columns_past(charter))
    try:
        return Past(chunk, around.earlier, timeline(*chunk.instants, reader.ids_of), reader.act)
    except TooManyError:
        return None


class _Acts:
    """Makes the acts of rows, as they are asked for."""

    def __init__(
        self, found: Intake, around: Context, size: int, get: Get, ids: str | None
    ) -> None:
        self.found = found
        self.around = around
        self.size = size
        self.get = get
        self.ids = ids

    @cached_property
    def chunk(self) -> Chunk:
        """All the rows, with every fact that has a column."""
        return self.found.chunk(self.around, self.size, self.get, sorted(self.found.specs))

    @cached_property
    def _ids(self) -> Any:  # noqa: ANN401 - pyarrow ships no types
        return None if self.ids is None else self.get(self.ids, _ID)[0]

    def ids_of(self, rows: Ints) -> list[str]:
        """Return the ids of some rows, an empty one where there is none."""
        return (
            [""] * len(rows)
            if self._ids is None
            else [self._id(row) or "" for row in rows.tolist()]
        )

    def _id(self, row: int) -> str | None:
        return None if self._ids is None else id_of(self._ids[row].as_py())

    def act(self, row: int) -> Act:
        """Return the act of a row, with its moment."""
        case = self.chunk.case(row, "", self._id(row))
        return case.act if case.act.at else attrs.evolve(case.act, at=case.context.at)


def id_of(given: object) -> str | None:
    """Return what stands in a column of ids, where it is the id of an act."""
    return given if isinstance(given, str) and not list(id_problems(given)) else None


def tally_pieces(count: Counter, some: Iterable[Piece], around: Context) -> Tally:
    """Return the tally of pieces: row by row, where acts are counted with others."""
    charter = count.plan.charter
    if count.past is not None or not (charter.lookback or charter.expectations):
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
