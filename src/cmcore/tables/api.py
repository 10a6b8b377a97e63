"""Tables: verdicts and nouns as data frames, of whatever kind the reader works with (narwhals)."""

from collections.abc import Iterable, Mapping
from importlib.util import find_spec
from typing import Any, Final, Literal

from cmcore.base.errors import MissingExtraError, refuse
from cmcore.base.ids import nearest
from cmcore.tables.columns import Column, Rows, Type, rows_of
from cmcore.tables.parts import PARTS
from cmcore.tables.shapes import SHAPES

#: The kinds of data frame there may be.
Backend = Literal["polars", "pandas", "pyarrow"]
BACKENDS: Final = ("polars", "pandas", "pyarrow")


def to_frame(thing: object, backend: Backend = "polars", *, table: str | None = None) -> Any:  # noqa: ANN401 - a frame of the backend
    """Return a verdict, or several values of one kind, as one data frame.

    A verdict gives its main table, or the `table` of that name. Acts, cases of a history (including
    unreadable rows), decisions, requests, members, gaps and so on give one row each, in their
    order. Instants are in UTC, durations are durations, sets and lists of words are one text with
    commas, and unknown values are null. A label of acts has the column `labels.` plus its name. An
    empty table keeps its columns and their types.

    Raises:
        InvalidError: when the value has no table, or none of that name, or values differ in kind.
        MissingExtraError: without narwhals, or the library of the backend.

    Examples:
        >>> from cmcore import Plan, to_frame
        >>> to_frame(Plan([("maud", "author")]), "pyarrow").to_pylist()
        [{'member': 'maud', 'role': 'author'}]
    """
    found = _tables(thing)
    name = next(iter(found)) if table is None else table
    if name not in found:
        raise refuse("unknown-table", name=name, near=nearest(name, found), known=found)
    return _frame(found[name], backend)


def to_frames(thing: object, backend: Backend = "polars") -> dict[str, Any]:
    """Return every table of a verdict by its name, each as a data frame; see `to_frame`.

    Raises:
        InvalidError: when the value has no table, or values differ in kind.
        MissingExtraError: without narwhals, or the library of the backend.

    Examples:
        >>> from cmcore import Charter, audit, read, read_history
        >>> from cmcore.tables import to_frames
        >>> charter = read("examples/nodejs-bluesky/charter.yaml", Charter)
        >>> history = read_history("examples/nodejs-bluesky/history.csv", charter)
        >>> list(to_frames(audit(charter, history), "pyarrow"))
        ['causes', 'periods', 'expectations', 'occasions', 'rules', 'summary', 'unreadable']
    """
    return {name: _frame(rows, backend) for name, rows in _tables(thing).items()}


def _tables(thing: object) -> Mapping[str, Rows]:
    parts = PARTS.get(type(thing))
    if parts is not None:
        return {name: part.rows(thing) for name, part in parts.items()}
    if _shape(thing) is not None:
        return {"rows": _rows([thing])}
    if isinstance(thing, Iterable) and not isinstance(thing, str | bytes | Mapping):
        return {"rows": _rows(list(thing))}
    raise refuse("no-table", kind=type(thing).__name__)


def _shape(thing: object) -> tuple[Column, ...] | None:
    return next((SHAPES[kind] for kind in type(thing).__mro__ if kind in SHAPES), None)


def _rows(many: list[Any]) -> Rows:
    """Return a row for each thing, of one kind except for rows that could not be read."""
    shapes = [_shape(thing) for thing in many]
    names = {tuple(one.name for one in shape) if shape else () for shape in shapes}
    if len(names) != 1 or () in names:
        kinds = {type(thing).__name__ for thing in many}
        raise refuse("mixed-rows", kinds=kinds or {"nothing"})
    shape = shapes[0] or ()
    cells = [rows_of([thing], own or ()).cells for thing, own in zip(many, shapes, strict=True)]
    made = {one.name: [row[one.name][0] for row in cells] for one in shape}
    more, labels = _labels(many)
    return Rows((*shape, *more), {**made, **labels})


def _labels(many: list[Any]) -> tuple[tuple[Column, ...], dict[str, list[object]]]:
    """Return a column for each label that some act has."""
    acts = [getattr(thing, "act", thing) for thing in many]
    given = [getattr(act, "labels", None) or {} for act in acts]
    names = sorted({name for labels in given for name in labels})
    cells = {name: rows_of([labels.get(name) for labels in given], (_PLAIN,)).cells["plain"]
             for name in names}  # fmt: skip
    kinds = {name: _kind(cells[name]) for name in names}
    shape = tuple(Column(f"labels.{name}", kinds[name], _PLAIN.read) for name in names)
    return shape, {f"labels.{name}": cells[name] for name in names}


_PLAIN: Final = Column("plain", Type.TEXT, lambda given: given)


def _kind(cells: list[object]) -> Type:
    """Return the type that all the values of a label have, text where they differ."""
    found = {type(one) for one in cells if one is not None}
    return next((kind for kinds, kind in _LABELS if found <= kinds), Type.TEXT)


_LABELS: Final = (
    ({bool}, Type.FLAG),
    ({int}, Type.COUNT),
    ({int, float}, Type.NUMBER),
)


def _frame(rows: Rows, backend: str) -> Any:  # noqa: ANN401 - a frame of the backend
    if backend not in BACKENDS:
        near = nearest(backend, BACKENDS)
        raise refuse("not-a-choice", "backend", given=backend, near=near, known=BACKENDS)
    make = _pandas if backend == "pandas" else _any
    for package in (backend, "narwhals"):  # the extra of a backend brings both
        if find_spec(package) is None:
            raise MissingExtraError(package)
    cells = {one.name: _ready(rows.cells[one.name], one.type) for one in rows.columns}
    return make(cells, {one.name: one.type for one in rows.columns}, backend)


def _ready(many: list[object], kind: Type) -> list[object]:
    """Return the cells of a column as every backend takes them."""
    if kind is Type.NUMBER:
        return [None if one is None else float(str(one)) for one in many]
    if kind is Type.TEXT:
        return [None if one is None else sound(str(one)) for one in many]
    return many


def sound(text: str) -> str:
    """Return a text that can be written in UTF-8: half a character becomes a question mark."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _any(cells: dict[str, list[object]], kinds: dict[str, Type], backend: str) -> Any:  # noqa: ANN401
    import narwhals as nw

    types: dict[Type, Any] = {
        Type.TEXT: nw.String(),
        Type.COUNT: nw.Int64(),
        Type.NUMBER: nw.Float64(),
        Type.FLAG: nw.Boolean(),
        Type.INSTANT: nw.Datetime("us", "UTC"),
        Type.DURATION: nw.Duration("us"),
    }
    schema = {name: types[kind] for name, kind in kinds.items()}
    return nw.from_dict(cells, schema=schema, backend=backend).to_native()  # type: ignore[arg-type]


def _pandas(cells: dict[str, list[object]], kinds: dict[str, Type], _: str) -> Any:  # noqa: ANN401
    """Return a frame of pandas with types that know null, which its plain ones do not."""
    import pandas as pd

    made = {name: pd.Series(many, dtype=_PANDAS[kinds[name]]) for name, many in cells.items()}
    return pd.DataFrame(made)


_PANDAS: Final[Mapping[Type, Any]] = {
    Type.TEXT: "string",
    Type.COUNT: "Int64",
    Type.NUMBER: "Float64",
    Type.FLAG: "boolean",
    Type.INSTANT: "datetime64[us, UTC]",
    Type.DURATION: "timedelta64[us]",
}
