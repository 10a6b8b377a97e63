"""The kernel: rows of bits brought together, and what they say of each row."""

from collections.abc import Iterator, Sequence
from math import prod
from typing import Final

import numpy as np

from cmcore.base.values import internal
from cmcore.frames.bits import Bits
from cmcore.frames.cells import Codes, Ints, compressed
from cmcore.frames.chunks import Chunk
from cmcore.frames.classes import Classes, Table
from cmcore.frames.program import Plan

#: How many rows are processed at once, so that their bits stay in the cache.
BLOCK: Final = 4096
#: The most classes that two dimensions are joined into.
_JOINED: Final = 4096

#: What decides a row, in order: the effects, strictest first, then that no rule applies.
FORBIDDEN, HELD, PERMITTED, NOTHING = range(4)


@internal
class Groups:
    """Rows that are decided alike: the tables of one of each group, and the group of each row.

    `sides` are the tables of each side of the plan, `tables` the same brought together. `group` is
    None where every row stands for itself; `firsts` has a row of each group.
    """

    sides: tuple[Table, ...]
    tables: tuple[Table, ...]
    size: int
    group: Ints | None
    firsts: Ints


def groups(plan: Plan, chunk: Chunk) -> Groups:
    """Return the rows of a chunk by group, as far as that spares work."""
    tables = plan.tables(chunk)
    sides = tuple(table if plan.explains and side.is_loose else _distinct(table)
                  for side, table in zip(plan.sides, tables, strict=True))  # fmt: skip
    classes = [table for table in sides if isinstance(table, Classes)]
    others = [table for table in sides if not isinstance(table, Classes)]
    joined = _joined(classes)
    total = prod(table.codes.count for table in joined)
    if others or total > max(_JOINED, chunk.size):
        rows = np.arange(chunk.size, dtype=np.intp)
        return Groups(sides, (*joined, *others), chunk.size, None, rows)
    keys = np.zeros(chunk.size, np.intp)
    for table in joined:
        keys = keys * table.codes.count + table.codes.codes
    found = compressed(keys, total)
    rows = found.firsts()
    alike = tuple(table.only(rows) for table in classes)
    return Groups(alike, tuple(t.only(rows) for t in joined), found.count, found.codes, rows)


#: From how many classes on looking for equal ones costs more than it saves.
_MANY: Final = 1 << 16


def _distinct(table: Table) -> Table:
    """Make one class of those that leave the same bits."""
    if not isinstance(table, Classes) or table.codes.count > _MANY:
        return table
    numbers: dict[bytes, int] = {}
    places = [numbers.setdefault(row.tobytes(), len(numbers)) for row in table.bits]
    kept = np.fromiter((numbers[key] for key in numbers), np.intp, len(numbers))
    if len(kept) == table.codes.count:
        return table
    to = np.array(places, np.intp)
    first = np.empty(len(kept), np.intp)
    first[to[::-1]] = np.arange(len(to) - 1, -1, -1)
    return Classes(Codes(to[table.codes.codes], len(kept)), table.bits[first])


def _joined(tables: Sequence[Classes]) -> list[Classes]:
    """Join the smallest tables as long as what they make is small."""
    left = sorted(tables, key=lambda table: table.codes.count)
    while len(left) > 1 and left[0].codes.count * left[1].codes.count <= _JOINED:
        one, other, *rest = left
        bits = one.bits[:, None, :] & other.bits[None, :, :]
        codes = one.codes.codes * other.codes.count + other.codes.codes
        count = one.codes.count * other.codes.count
        both = Classes(Codes(codes, count), bits.reshape(count, bits.shape[-1]))
        left = sorted([both, *rest], key=lambda table: table.codes.count)
    return left


def blocks(plan: Plan, found: Groups, columns: Sequence[slice]) -> Iterator[tuple[int, Bits]]:
    """Yield the bits of the groups, block by block, with the first group of each.

    `columns` are the words that are wanted of the true bits and then of the possible ones.
    """
    wanted = np.concatenate([np.arange(part.start, part.stop) for part in columns])
    tables = [table.columns(wanted) for table in found.tables]
    real = np.concatenate((plan.real, plan.real))[wanted]
    for start in range(0, found.size, BLOCK):
        stop = min(found.size, start + BLOCK)
        bits = np.broadcast_to(real, (stop - start, len(wanted))).copy()
        for bits_of in tables:
            bits &= bits_of(start, stop)
        yield start, bits
