"""Which rules are true or undecided for each group, and which facts are missing."""

import numpy as np

from cmcore.base.truth import Truth
from cmcore.base.values import internal
from cmcore.charters.audits.conclude import wanting
from cmcore.charters.meaning.evaluation import gate, outside
from cmcore.charters.rule import Rule
from cmcore.frames import bit_rows
from cmcore.frames.bit_rows import Groups
from cmcore.frames.bits import WORD, places
from cmcore.frames.cells import Codes, Ints, compressed
from cmcore.frames.chunks import Chunk
from cmcore.frames.dimensions import is_read_by
from cmcore.frames.outcomes import Rulings
from cmcore.frames.pairs import Pairs, among, distinct, in_all, paired
from cmcore.frames.program import Plan


@internal
class Examined:
    """What is found of groups besides their ruling.

    `fired` are the rules that are true of each, `lacking` the facts whose absence explains why it
    is what it is, by their place in `facts`; `doubted` says whether a determining rule is unknown,
    or where none determines, the gate. `outside` says why the charter covers nothing there, by
    place in `reasons`, of which the first is that it may.
    """

    fired: Pairs
    lacking: Pairs
    facts: tuple[str, ...]
    doubted: Ints
    outside: Ints
    reasons: tuple[tuple[str, ...], ...]


def examined(plan: Plan, chunk: Chunk, found: Groups, ruled: Rulings) -> Examined:
    """Return what is to be known of groups besides their ruling."""
    width = max(1, len(plan.ids))
    fired, undecided, bits = _truths(plan, found, width)
    decisive = among(undecided.keys(width), ruled.pairs.keys(width))
    open_ = ruled.state == bit_rows.NOTHING
    kept = decisive | open_[undecided.groups]
    wanted = Pairs(undecided.groups[kept], undecided.numbers[kept])
    wants = _Wants(plan, chunk, found)
    simple = plan.simple[wanted.numbers] if len(plan.ids) else np.zeros(0, np.bool_)
    easy = wanted.keys(width)[simple]
    by_bit = among(bits.groups * width + plan.rule_of[bits.places], easy)
    wants.read(_Bits(bits.groups[by_bit], bits.places[by_bit]))
    wants.ask(Pairs(wanted.groups[~simple], wanted.numbers[~simple]), np.flatnonzero(open_))
    facts, lacking = wants.found()
    doubted = distinct(np.concatenate((undecided.groups[decisive], *wants.unsure)))
    return Examined(fired, lacking, facts, doubted, wants.outside, tuple(wants.reasons))


@internal
class _Bits:
    """Alternatives that are unknown of groups: the group, and the place of the bit."""

    groups: Ints
    places: Ints


def _truths(plan: Plan, found: Groups, width: int) -> tuple[Pairs, Pairs, _Bits]:
    """Return which rules are true of each group, which are unknown, and by which bits."""
    sure: list[tuple[Ints, Ints]] = []
    maybe: list[tuple[Ints, Ints]] = []
    every = (slice(0, 2 * plan.words),)
    for start, bits in bit_rows.blocks(plan, found, every):
        true, possible = bits[:, : plan.words], bits[:, plan.words :]
        for into, held in ((sure, true), (maybe, possible & ~true)):
            rows, at = places(held)
            into.append((start + rows, at))
    groups, at = in_all(sure)
    fired = paired(groups, plan.rule_of[at], width)
    groups, at = in_all(maybe)
    doubted = paired(groups, plan.rule_of[at], width)
    known = among(doubted.keys(width), fired.keys(width))
    undecided = Pairs(doubted.groups[~known], doubted.numbers[~known])
    return fired, undecided, _Bits(groups, at)


class _Wants:
    """Asks the reference which facts are wanting, once for each rule and class of rows."""

    def __init__(self, plan: Plan, chunk: Chunk, found: Groups) -> None:
        self.plan = plan
        self.chunk = chunk
        self.groups = found
        self._codes: dict[int, Codes] = {}
        self._places: dict[str, int] = {}
        self._found: list[tuple[Ints, Ints]] = []
        self.outside = np.zeros(found.size, np.intp)
        self.reasons: dict[tuple[str, ...], int] = {(): 0}
        self.unsure: list[Ints] = []

    def read(self, bits: _Bits) -> None:
        """Note which dimensions leave no more than possible what is unknown of simple rules."""
        words, shifts = bits.places // WORD, (bits.places % WORD).astype(np.uint64)
        for side, table in zip(self.plan.sides, self.groups.sides, strict=True):
            sure = table.at(bits.groups, words) >> shifts & np.uint64(1)
            self._note(distinct(bits.groups[sure == 0]), side.dimension.fact)

    def ask(self, wanted: Pairs, opened: Ints) -> None:
        """Note what is wanting for pairs of group and rule, and for the gate of `opened`."""
        rules = {rule.id: rule for rule in self.plan.charter.rules}
        for number in distinct(wanted.numbers):
            rule = rules[self.plan.ids[number]]
            self._ask(wanted.groups[wanted.numbers == number], rule)
        self._ask(opened, None)

    def found(self) -> tuple[tuple[str, ...], Pairs]:
        """Return the names of all missing facts, sorted, and which are missing in each group."""
        names = tuple(sorted(self._places))
        order = np.array([names.index(name) for name in self._places], np.intp)
        groups, facts = in_all(self._found)
        numbers = order[facts] if len(facts) else facts
        return names, paired(groups, numbers, max(1, len(names)))

    def _note(self, groups: Ints, fact: str) -> None:
        place = self._places.setdefault(fact, len(self._places))
        self._found.append((groups, np.full(len(groups), place, np.intp)))

    def _ask(self, asked: Ints, rule: Rule | None) -> None:
        """Note what is wanting for a rule, or for the gate, in the groups asked of."""
        if not len(asked):
            return
        codes = self._told_apart(asked, rule)
        firsts = codes.firsts()
        for number, first in enumerate(firsts):
            row = int(self.groups.firsts[asked[first]])
            own = asked[codes.codes == number]
            if rule is None:
                self._shut(row, own)
            for name in self._wanting(row, rule):
                self._note(own, name)

    def _shut(self, row: int, own: Ints) -> None:
        """Note why the charter covers nothing in the groups that are like a row."""
        charter, facts = self.plan.charter, self.chunk.facts(row)
        reason = outside(charter, facts)
        self.outside[own] = self.reasons.setdefault(reason, len(self.reasons))
        if gate(charter, facts) is Truth.UNKNOWN:
            self.unsure.append(own)

    def _told_apart(self, asked: Ints, rule: Rule | None) -> Codes:
        charter = self.plan.charter
        rows = self.groups.firsts[asked]
        keys = Codes(np.zeros(len(asked), np.intp), 1)
        for place, dimension in enumerate(self.plan.dimensions):
            if is_read_by(dimension, charter, rule):
                if place not in self._codes:
                    self._codes[place] = dimension.codes(self.chunk)
                whole = self._codes[place]
                keys = keys.by(Codes(whole.codes[rows], whole.count))
        return compressed(keys.codes, keys.count)

    def _wanting(self, row: int, rule: Rule | None) -> frozenset[str]:
        charter, facts = self.plan.charter, self.chunk.facts(row)
        if rule is not None:
            return frozenset(wanting(rule.term, rule.when, facts))
        if gate(charter, facts) is not Truth.UNKNOWN:
            return frozenset()
        return frozenset(wanting(charter.term, charter.framed, facts))
