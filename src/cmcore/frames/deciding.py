"""Deciding tables: batch by batch, the answers beside the rows."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import numpy as np
import pyarrow as pa

from cmcore.frames.chunks import Chunk
from cmcore.frames.kernel import Groups, groups
from cmcore.frames.plan import Plan
from cmcore.frames.rulings import OUTCOMES, Rulings, rulings

_LISTS: Final = pa.list_(pa.string())


def answers(plan: Plan, chunk: Chunk, *, rules: bool = True) -> dict[str, Any]:
    """Return the columns that say what the plan rules of each row, as arrays of Arrow."""
    if not chunk.size:
        return {name: pa.array([], kind) for name, kind in columns_made(rules=rules).items()}
    found = groups(plan, chunk)
    ruled = rulings(plan, found, determining=rules)
    columns = {"outcome": _outcomes(ruled), "circuits": _circuits(ruled)}
    if rules:
        columns["rules"] = _rules(plan, ruled)
    if found.group is None:
        return columns
    rows = pa.array(found.group)
    return {name: column.take(rows) for name, column in columns.items()}


def columns_made(*, rules: bool = True) -> dict[str, Any]:
    """Return the columns that are added to a frame, with their types in Arrow."""
    made = {"outcome": pa.dictionary(pa.int8(), pa.string()), "circuits": _LISTS}
    return {**made, "rules": _LISTS} if rules else made


def _outcomes(ruled: Rulings) -> Any:  # noqa: ANN401 - pyarrow ships no types
    names = pa.array(OUTCOMES, pa.string())
    return pa.DictionaryArray.from_arrays(pa.array(ruled.outcomes), names)


def _circuits(ruled: Rulings) -> Any:  # noqa: ANN401 - pyarrow ships no types
    return pa.array([list(one) for one in ruled.circuit_sets], _LISTS).take(pa.array(ruled.circuits))


def _rules(plan: Plan, ruled: Rulings) -> Any:  # noqa: ANN401 - pyarrow ships no types
    ids = pa.array(plan.ids, pa.string()).take(pa.array(ruled.rules))
    return pa.ListArray.from_arrays(pa.array(ruled.starts, pa.int32()), ids)
