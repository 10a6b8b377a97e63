"""Intake: which column of a frame holds which fact, and whether it can."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

import numpy as np
import pyarrow as pa

from cmcore.base.errors import InvalidError, Problem, refuse
from cmcore.base.ids import nearest
from cmcore.base.values import internal
from cmcore.charters.charter import Charter
from cmcore.charters.conditions.facts import FactSpec, FactType
from cmcore.charters.context import Context
from cmcore.codec.columns import columns as columns_of
from cmcore.codec.columns import misspelt, twice
from cmcore.codec.histories import usual_facts
from cmcore.frames.cells import Bools, cells
from cmcore.frames.chunks import Before, Chunk

Types = pa.types
_Fits = Callable[[Any], bool]


def _text(kind: Any) -> bool:  # noqa: ANN401 - pyarrow ships no types
    if Types.is_dictionary(kind):
        return _text(kind.value_type) or bool(Types.is_null(kind.value_type))
    return bool(Types.is_string(kind) or Types.is_large_string(kind) or Types.is_string_view(kind))


def _texts(kind: Any) -> bool:  # noqa: ANN401 - pyarrow ships no types
    is_list = (Types.is_list(kind) or Types.is_large_list(kind) or Types.is_fixed_size_list(kind)
               or Types.is_list_view(kind) or Types.is_large_list_view(kind))  # fmt: skip
    return bool(is_list and (_text(kind.value_type) or Types.is_null(kind.value_type)))


def _number(kind: Any) -> bool:  # noqa: ANN401 - pyarrow ships no types
    return bool(Types.is_integer(kind) or Types.is_floating(kind))


def _instant(kind: Any) -> bool:  # noqa: ANN401 - pyarrow ships no types
    return bool(Types.is_timestamp(kind) and kind.tz is not None)


#: What holds a fact of each type: a check of the column's type, and the code of a hint.
_HOLDS: Final[dict[FactType, tuple[_Fits, str]]] = {
    FactType.FLAG: (Types.is_boolean, "of-booleans"),
    FactType.SYMBOL: (_text, "of-categories"),
    FactType.TEXT: (_text, "of-strings"),
    FactType.SYMBOLS: (_texts, "of-lists"),
    FactType.NUMBER: (_number, "of-numbers"),
    FactType.DURATION: (Types.is_duration, "of-durations"),
    FactType.INSTANT: (_instant, "of-timestamps"),
}
#: The numbers that a float holds exactly.
_EXACT: Final = 2**53


def _is_words(given: object) -> bool:
    return isinstance(given, list | tuple | set | frozenset | np.ndarray) and all(
        _is_text(word) for word in given
    )


def _is_text(given: object) -> bool:
    """Return whether a cell is text that Arrow can hold: half of a pair of surrogates is none."""
    return isinstance(given, str) and not _SURROGATE.search(given)


_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def _is_plain(number: float) -> bool:
    return not isinstance(number, bool) and abs(number) <= _EXACT


def _is_aware(given: object) -> bool:
    return isinstance(given, datetime) and given.utcoffset() is not None


#: The types of columns that arrive as Python objects.
_MADE_OF: Final[dict[FactType, tuple[Any, Callable[[object], bool]]]] = {
    FactType.FLAG: (pa.bool_(), lambda x: isinstance(x, bool)),
    FactType.SYMBOL: (pa.string(), _is_text),
    FactType.TEXT: (pa.string(), _is_text),
    FactType.SYMBOLS: (pa.list_(pa.string()), _is_words),
    FactType.NUMBER: (pa.float64(), lambda x: isinstance(x, int | float) and _is_plain(x)),
    FactType.DURATION: (pa.duration("us"), lambda x: isinstance(x, timedelta)),
    FactType.INSTANT: (pa.timestamp("us", "UTC"), _is_aware),
}


@internal
class Asked:
    """Which columns hold which facts, and the facts of every row that does not say otherwise."""

    columns: Mapping[str, str] | None = None
    usual: Mapping[str, object] | None = None


@internal
class Intake:
    """Which column of a frame holds each fact, and what the facts are where none says: by fact."""

    charter: Charter
    columns: Mapping[str, str]
    specs: Mapping[str, FactSpec]
    usual: Mapping[str, Any]

    def check(self, get: "Get") -> None:
        """Refuse columns that cannot hold their facts, whether or not they are read.

        Raises:
            InvalidError: with every one of them.
        """
        self._check({name: get(column, self.specs[name])[0].type
                     for name, column in self.columns.items()})  # fmt: skip

    def _check(self, types: Mapping[str, Any]) -> None:
        names = self.columns
        refuse_all(problem for name, kind in types.items()
                   for problem in type_problems(self.specs[name], names[name], kind))  # fmt: skip

    def chunk(
        self,
        around: Context,
        size: int,
        get: "Get",
        names: Iterable[str],
        before: Before | None = None,
    ) -> Chunk:
        """Return `size` rows, with the facts of `names` as far as there are columns for them.

        Raises:
            InvalidError: with every column that cannot hold its fact.
        """
        facts = set(names)
        got = {name: get(column, self.specs[name]) for name, column in self.columns.items()
               if name in facts}  # fmt: skip
        self._check({name: array.type for name, (array, _) in got.items()})
        for name in facts & self.usual.keys():
            found = got.get(name, (pa.nulls(size), None))
            got[name] = filled(self.specs[name], *found, self.usual[name])
        made = {name: cells(self.specs[name], *found) for name, found in got.items()}
        return Chunk(self.charter, self.specs, around, size, made, before)


#: What gives a column, to hold a fact, as an array of Arrow, and which of its rows are odd.
Get = Callable[[str, FactSpec], tuple[Any, Bools | None]]


def arrow_columns(table: Any) -> Get:  # noqa: ANN401 - pyarrow ships no types
    """Return what gives the columns of an Arrow table or batch."""
    return lambda column, spec: read(spec, one_piece(table.column(column)))


def read(spec: FactSpec, found: Any) -> tuple[Any, Bools | None]:  # noqa: ANN401 - pyarrow ships no types
    """Return an array of Arrow to hold a fact, and which of its rows are odd.

    DuckDB gives durations as months, days and nanoseconds; a month has no fixed length.
    """
    if spec.type is not FactType.DURATION or not Types.is_interval(found.type):
        return found, None
    given = found.to_pylist()
    odd = np.array([cell is not None and cell.months != 0 for cell in given], np.bool_)
    lasting = [
        None if cell is None or cell.months else timedelta(cell.days, 0, cell.nanoseconds // 1000)
        for cell in given
    ]
    return pa.array(lasting, pa.duration("us")), odd


def filled(spec: FactSpec, array: Any, odd: Bools | None, usual: Any) -> tuple[Any, Bools | None]:  # noqa: ANN401
    """Return an array with what is usual in place of its nulls, except those that are odd."""
    gone = ~np.asarray(array.is_valid())
    gone = gone if odd is None else gone & ~odd
    if not gone.any():
        return array, odd
    kind = _MADE_OF[spec.type][0]
    one = pa.array([list(usual) if isinstance(usual, frozenset) else usual], kind)
    places = np.where(gone, len(array), np.arange(len(array)))
    return pa.concat_arrays([array.cast(kind, safe=False), one]).take(pa.array(places)), odd


def one_piece(column: Any) -> Any:  # noqa: ANN401 - pyarrow ships no types
    """Return a column as one array of Arrow."""
    if not isinstance(column, pa.ChunkedArray):
        return column
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


def type_problems(spec: FactSpec, column: str, kind: Any) -> Iterator[Problem]:  # noqa: ANN401
    """Yield what is wrong with the type of a column that should hold a fact."""
    fits, hint = _HOLDS[spec.type]
    if Types.is_null(kind) or fits(kind):
        return
    if Types.is_timestamp(kind) and spec.type is FactType.INSTANT:
        hint = "say-zone"
    yield Problem.of(
        "column-not-readable", column, fact=spec.name, type=spec.type, kind=kind, hint=hint
    )


def refuse_all(found: Iterable[Problem]) -> None:
    """Raise an error of all the problems, if there are any.

    Raises:
        InvalidError: with every problem.
    """
    problems = list(found)
    if problems:
        raise InvalidError(problems)


def intake(charter: Charter, there: Sequence[str], asked: Asked) -> Intake:
    """Match the columns of a frame, which `there` names, with the facts of a charter.

    Raises:
        InvalidError: with every fact that is unknown, and every column that is not there or there
            twice; or when no column holds a fact.
    """
    specs = columns_of(charter.vocabulary)
    columns = asked.columns or {}
    refuse_all(_name_problems(charter, specs, there, columns))
    held = {name: name for name in there if name in specs} | dict(columns)
    if not held:
        raise refuse("no-columns", names=list(map(str, there))) if there else refuse("empty-frame")
    return Intake(charter, held, specs, usual_facts(charter, asked.usual or {}))


def _name_problems(
    charter: Charter,
    specs: Mapping[str, FactSpec],
    there: Sequence[Any],
    asked: Mapping[str, str],
) -> Iterator[Problem]:
    for fact, column in asked.items():
        if fact not in specs:
            near = nearest(fact, specs)
            yield Problem.of(
                "unknown-fact", "columns", fact, fact=fact, near=near, hint="columns-hold"
            )
        if column not in there:
            known = [str(name) for name in there]
            near = nearest(str(column), known)
            yield Problem.of("no-column", "columns", fact, column=column, near=near, known=known)
    words = [name for name in there if isinstance(name, str)]
    yield from twice(words)
    computed = [name for name in words if name not in specs and charter.vocabulary.find(name)]
    for name in computed:
        if name not in asked.values():
            yield Problem.of("computed-fact", name, fact=name)
    held = {name: name for name in words if name in specs} | dict(asked)
    yield from misspelt([n for n in words if n not in computed], {*specs, "id"}, held, asked)


def sifted(spec: FactSpec, given: Sequence[object]) -> tuple[Any, Bools]:
    """Return Python objects as an Arrow array, and which of them no fact of its type can be."""
    kind, fits = _MADE_OF[spec.type]
    there = [cell is not None and not _is_nothing(cell) for cell in given]
    sound = [gone and fits(cell) for gone, cell in zip(there, given, strict=True)]
    kept: list[Any] = [cell if good else None for good, cell in zip(sound, given, strict=True)]
    if spec.type is FactType.SYMBOLS:
        kept = [None if cell is None else list(cell) for cell in kept]
    odd = np.array(there, np.bool_) & ~np.array(sound, np.bool_)
    return pa.array(kept, type=kind), odd


def _is_nothing(cell: object) -> bool:
    """Return whether a cell is what pandas writes where there is nothing."""
    is_nan = isinstance(cell, float) and cell != cell  # noqa: PLR0124 - so NaN is told
    return is_nan or type(cell).__name__ in {"NAType", "NaTType"}
