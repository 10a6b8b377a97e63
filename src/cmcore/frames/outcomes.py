"""Rulings: the outcome, the circuits and the determining rules of many rows at once."""

from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cmcore.base.values import internal
from cmcore.charters.rule import Effect
from cmcore.frames import bit_rows
from cmcore.frames.bit_rows import Groups
from cmcore.frames.bits import WORD, Bits, any_bit, places
from cmcore.frames.cells import Bools, Ints
from cmcore.frames.pairs import Pairs, in_all, paired
from cmcore.frames.program import Plan

#: The outcomes, by number: from most to least open.
OUTCOMES: Final = ("covered", "exception", "forbidden")
_OUTCOME_OF: Final = np.array([2, 1, 0, 1], np.int8)
#: The first effect of the rules that determine it; those that hold an act forbid or refer.
_EFFECT_OF: Final = {
    bit_rows.FORBIDDEN: Effect.FORBID,
    bit_rows.HELD: Effect.FORBID,
    bit_rows.PERMITTED: Effect.PERMIT,
}
_BITS: Final = 62


@internal
class Rulings:
    """What is ruled of each group: what decides it, its circuits, and its determining rules.

    `outcomes` are places in `OUTCOMES`, `circuits` numbers in `circuit_sets`; `rules` are places
    among the ids of the plan, those of group n from `starts[n]` to `starts[n + 1]`. Without the
    rules, both are empty.
    """

    state: NDArray[np.int8]
    outcomes: NDArray[np.int8]
    circuits: Ints
    circuit_sets: tuple[tuple[str, ...], ...]
    starts: Ints
    rules: Ints

    @property
    def pairs(self) -> Pairs:
        """The groups with the determining rules of each."""
        groups = np.arange(len(self.state), dtype=np.intp)
        return Pairs(np.repeat(groups, np.diff(self.starts)), self.rules)


def rulings(plan: Plan, found: Groups, *, determining: bool = True) -> Rulings:
    """Return what the plan rules of every group."""
    return _Ruler(plan, found, determining=determining).rulings()


class _Ruler:
    """Goes through the blocks of the groups, and keeps what they say."""

    def __init__(self, plan: Plan, found: Groups, *, determining: bool) -> None:
        self.plan = plan
        self.found = found
        self.determining = determining
        width = [span.stop - span.start for span in plan.spans.values()]
        edges = np.cumsum([0, width[0], width[0] + width[1], width[2]])
        self._of_state = [slice(a, b) for a, b in pairwise(edges)]
        self.state = np.empty(found.size, np.int8)
        self.keys = np.zeros((found.size, -(-len(plan.circuits) // _BITS)), np.int64)
        self._pairs: list[tuple[Ints, Ints]] = []

    def rulings(self) -> Rulings:
        plan, words = self.plan, self.plan.words
        forbid, refer, permit = (plan.spans[effect] for effect in plan.spans)
        possible = [slice(words + span.start, words + span.stop) for span in (forbid, refer)]
        for start, bits in bit_rows.blocks(plan, self.found, (forbid, *possible, permit)):
            self._take(start, bits)
        circuits, sets = self._circuits()
        starts, rules = self._rules()
        return Rulings(self.state, _OUTCOME_OF[self.state], circuits, sets, starts, rules)

    def _take(self, start: int, bits: Bits) -> None:
        any_of = [any_bit(bits[:, part]) for part in self._of_state]
        state = np.select(any_of, range(len(any_of)), bit_rows.NOTHING).astype(np.int8)
        self.state[start : start + len(bits)] = state
        held = np.flatnonzero(state == bit_rows.HELD)
        self._send(start, held, bits[held, self._of_state[bit_rows.HELD]])
        if self.determining:
            for which, part in enumerate(self._of_state):
                rows = np.flatnonzero(state == which)
                if len(rows):
                    self._determine(start, rows, bits[rows, part], which)

    def _send(self, start: int, rows: Ints, bits: Bits) -> None:
        """Note the circuits of rows that rules hold, each of which asks one."""
        for place, words in enumerate(self.plan.circuit_bits):
            sent: Bools = np.zeros(len(rows), np.bool_)
            for word, mask in words:
                sent |= (bits[:, word] & mask) != 0
            self.keys[start + rows, place // _BITS] |= sent.astype(np.int64) << (place % _BITS)

    def _circuits(self) -> tuple[Ints, tuple[tuple[str, ...], ...]]:
        sets: list[tuple[str, ...]] = [(), (self.plan.charter.default,)]
        numbers = np.where(self.state == bit_rows.NOTHING, 1, 0)
        held = np.flatnonzero(self.state == bit_rows.HELD)
        if len(held):
            keys, places = np.unique(self.keys[held], axis=0, return_inverse=True)
            numbers[held] = places.reshape(-1) + len(sets)
            sets += [self._named(key) for key in keys]
        return numbers.astype(np.intp), tuple(sets)

    def _named(self, key: NDArray[np.int64]) -> tuple[str, ...]:
        return tuple(circuit for place, circuit in enumerate(self.plan.circuits)
                     if int(key[place // _BITS]) >> (place % _BITS) & 1)  # fmt: skip

    def _determine(self, start: int, rows: Ints, bits: Bits, which: int) -> None:
        first = self.plan.spans[_EFFECT_OF[which]].start * WORD
        at, found = places(bits)
        self._pairs.append((start + rows[at], self.plan.rule_of[first + found]))

    def _rules(self) -> tuple[Ints, Ints]:
        groups, rules = in_all(self._pairs)
        found = paired(groups, rules, max(1, len(self.plan.ids)))
        return found.lists(self.found.size)
