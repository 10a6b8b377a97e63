"""Deciding tables: batch by batch, the answers beside the rows."""

from collections.abc import Sequence
from typing import Any, Final

import pyarrow as pa

from cmcore.base.values import internal
from cmcore.frames.bit_rows import groups
from cmcore.frames.cells import Ints
from cmcore.frames.chunks import Chunk
from cmcore.frames.examine import examined
from cmcore.frames.outcomes import OUTCOMES, Rulings, rulings
from cmcore.frames.program import Plan

_LISTS: Final = pa.list_(pa.string())


@internal
class Told:
    """What to report for each row besides its outcome and circuits."""

    rules: bool = True
    explain: bool = False

    @property
    def columns(self) -> dict[str, Any]:
        """The columns that are added, with their types in Arrow."""
        made = {"outcome": pa.dictionary(pa.int8(), pa.string()), "circuits": _LISTS}
        made |= {"rules": _LISTS} if self.rules else {}
        return made | ({"unknowns": _LISTS, "outside": _LISTS} if self.explain else {})


def answers(plan: Plan, chunk: Chunk, told: Told) -> dict[str, Any]:
    """Return the columns that say what the plan rules of each row, as arrays of Arrow."""
    if not chunk.size:
        return {name: pa.array([], kind) for name, kind in told.columns.items()}
    found = groups(plan, chunk)
    ruled = rulings(plan, found, determining=told.rules or told.explain)
    columns = {"outcome": _outcomes(ruled), "circuits": _circuits(ruled)}
    if told.rules:
        columns["rules"] = _lists(plan.ids, ruled.starts, ruled.rules)
    if told.explain:
        more = examined(plan, chunk, found, ruled)
        columns["unknowns"] = _lists(more.facts, *more.lacking.lists(found.size))
        reasons = pa.array([list(one) for one in more.reasons], _LISTS)
        columns["outside"] = reasons.take(pa.array(more.outside))
    if found.group is None:
        return columns
    rows = pa.array(found.group)
    return {name: column.take(rows) for name, column in columns.items()}


def _outcomes(ruled: Rulings) -> Any:  # noqa: ANN401 - pyarrow ships no types
    names = pa.array(OUTCOMES, pa.string())
    return pa.DictionaryArray.from_arrays(pa.array(ruled.outcomes), names)


def _circuits(ruled: Rulings) -> Any:  # noqa: ANN401 - pyarrow ships no types
    return pa.array([list(one) for one in ruled.circuit_sets], _LISTS).take(
        pa.array(ruled.circuits)
    )


def _lists(names: Sequence[str], starts: Ints, numbers: Ints) -> Any:  # noqa: ANN401
    words = pa.array(names, pa.string()).take(pa.array(numbers))
    return pa.ListArray.from_arrays(pa.array(starts, pa.int32()), words)
