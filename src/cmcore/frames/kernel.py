"""The kernel: rows of bits brought together, and what they say of each row."""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cmcore.foundation.house import value
from cmcore.frames.cells import Bools, Codes, Ints, compressed
from cmcore.frames.chunks import Chunk
from cmcore.frames.plan import Bits, Plan
from cmcore.nouns.rules import Effect

#: How many rows are worked on at once, so that their bits stay near.
BLOCK: Final = 4096
#: The most classes that two dimensions are joined into.
_JOINED: Final = 4096

#: What decides a row, in order: the rows of the table of `combine`.
FORBIDDEN, DOUBTED, REFERRED, PERMITTED, NOTHING = range(5)


@value
class Table:
    """Classes of rows, with the bits that each leaves: those of `Plan.classes`, side by side."""

    codes: Codes
    bits: Bits


@value
class Groups:
    """Rows that are decided alike: the tables of one of each group, and the group of each row.

    `group` is None where every row stands for itself.
    """

    tables: tuple[Table, ...]
    size: int
    group: Ints | None
    firsts: Ints


def groups(plan: Plan, chunk: Chunk) -> Groups:
    """Return the rows of a chunk by group, as far as that spares work."""
    made = [Table(codes, np.concatenate((sure, maybe), axis=1))
            for codes, sure, maybe in plan.classes(chunk)]  # fmt: skip
    tables = _joined([_distinct(table) for table in made])
    total = 1
    for table in tables:
        total *= table.codes.count
    if total > max(_JOINED, chunk.size):
        rows = np.arange(chunk.size, dtype=np.intp)
        return Groups(tuple(tables), chunk.size, None, rows)
    keys = np.zeros(chunk.size, np.intp)
    for table in tables:
        keys = keys * table.codes.count + table.codes.codes
    found = compressed(keys, total)
    firsts = found.firsts()
    kept = [Table(Codes(t.codes.codes[firsts], t.codes.count), t.bits) for t in tables]
    return Groups(tuple(kept), found.count, found.codes, firsts)


#: From how many classes on it costs more to look for equal ones than it spares.
_MANY: Final = 1 << 16


def _distinct(table: Table) -> Table:
    """Make one class of those that leave the same bits."""
    if table.codes.count > _MANY:
        return table
    numbers: dict[bytes, int] = {}
    places = [numbers.setdefault(row.tobytes(), len(numbers)) for row in table.bits]
    kept = np.fromiter((numbers[key] for key in numbers), np.intp, len(numbers))
    if len(kept) == table.codes.count:
        return table
    to = np.array(places, np.intp)
    first = np.empty(len(kept), np.intp)
    first[to[::-1]] = np.arange(len(to) - 1, -1, -1)
    return Table(Codes(to[table.codes.codes], len(kept)), table.bits[first])


def _joined(tables: Sequence[Table]) -> list[Table]:
    """Join the smallest tables as long as what they make is small."""
    left = sorted(tables, key=lambda table: table.codes.count)
    while len(left) > 1 and left[0].codes.count * left[1].codes.count <= _JOINED:
        one, other, *rest = left
        bits = one.bits[:, None, :] & other.bits[None, :, :]
        codes = one.codes.codes * other.codes.count + other.codes.codes
        count = one.codes.count * other.codes.count
        both = Table(Codes(codes, count), bits.reshape(count, bits.shape[-1]))
        left = sorted([both, *rest], key=lambda table: table.codes.count)
    return left


def blocks(plan: Plan, found: Groups, columns: Sequence[slice]) -> Iterator[tuple[int, Bits]]:
    """Yield the bits of the groups, block by block, with the first group of each.

    `columns` are the words that are wanted of the true bits and then of the possible ones.
    """
    wanted = np.concatenate([np.arange(part.start, part.stop) for part in columns])
    tables = [(table.codes.codes, np.ascontiguousarray(table.bits[:, wanted]))
              for table in found.tables]  # fmt: skip
    real = np.concatenate((plan.real, plan.real))[wanted]
    for start in range(0, found.size, BLOCK):
        stop = min(found.size, start + BLOCK)
        bits = np.broadcast_to(real, (stop - start, len(wanted))).copy()
        for codes, held in tables:
            bits &= held[codes[start:stop]]
        yield start, bits


def any_bit(bits: Bits) -> Bools:
    """Tell which rows have a bit."""
    if not bits.shape[1]:
        return np.zeros(len(bits), np.bool_)
    found = bits[:, 0].copy()
    for column in range(1, bits.shape[1]):
        found |= bits[:, column]
    return found != 0


def places(bits: Bits) -> tuple[Ints, Ints]:
    """Return the row and the place of every bit, in no order."""
    rows, words = np.nonzero(bits)
    left = bits[rows, words]
    found: list[tuple[Ints, Ints]] = []
    one = np.uint64(1)
    while len(left):
        below = (left & (~left + one)) - one
        found.append((rows, words * 64 + np.bitwise_count(below)))
        left = left & (left - one)
        more = left != 0
        rows, words, left = rows[more], words[more], left[more]
    none = np.zeros(0, np.intp)
    return (np.concatenate([none, *(r for r, _ in found)]),
            np.concatenate([none, *(p for _, p in found)]))  # fmt: skip
