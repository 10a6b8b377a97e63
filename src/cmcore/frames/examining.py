"""Examining: which rules are true or undecided of each group, and which facts it lacks."""

import numpy as np

from cmcore.foundation.house import value
from cmcore.foundation.truth import Truth
from cmcore.frames import kernel
from cmcore.frames.bits import places
from cmcore.frames.cells import Codes, Ints, compressed
from cmcore.frames.chunks import Chunk
from cmcore.frames.dimensions import is_read_by
from cmcore.frames.kernel import Groups
from cmcore.frames.pairs import Pairs, in_all, paired
from cmcore.frames.plan import Plan
from cmcore.frames.rulings import Rulings
from cmcore.nouns.rules import Rule
from cmcore.policy.auditing import wanting
from cmcore.policy.deciding.meaning import gate

@value
class Examined:
    """What is found of groups besides their ruling.

    `fired` are the rules that are true of each, `lacking` the facts for want of which it is what
    it is, by their place in `facts`; `doubted` tells whether a determining rule is unknown.
    """

    fired: Pairs
    lacking: Pairs
    facts: tuple[str, ...]
    doubted: Ints


def examined(plan: Plan, chunk: Chunk, found: Groups, ruled: Rulings) -> Examined:
    """Return what is to be known of groups besides their ruling."""
    width = max(1, len(plan.ids))
    fired, undecided = _truths(plan, found, width)
    determining = ruled.pairs
    decisive = np.isin(undecided.groups * width + undecided.numbers,
                       determining.groups * width + determining.numbers)  # fmt: skip
    doubted = np.unique(undecided.groups[decisive])
    open_ = ruled.state == kernel.NOTHING
    kept = decisive | open_[undecided.groups]
    wanted = Pairs(undecided.groups[kept], undecided.numbers[kept])
    facts, lacking = _Wants(plan, chunk, found).of(wanted, np.flatnonzero(open_))
    return Examined(fired, lacking, facts, doubted)


def _truths(plan: Plan, found: Groups, width: int) -> tuple[Pairs, Pairs]:
    """Return which rules are true of each group, and which are unknown."""
    sure: list[tuple[Ints, Ints]] = []
    maybe: list[tuple[Ints, Ints]] = []
    every = (slice(0, 2 * plan.words),)
    for start, bits in kernel.blocks(plan, found, every):
        true, possible = bits[:, : plan.words], bits[:, plan.words :]
        for into, held in ((sure, true), (maybe, possible & ~true)):
            rows, at = places(held)
            into.append((start + rows, plan.rule_of[at]))
    fired = paired(*in_all(sure), width)
    doubted = paired(*in_all(maybe), width)
    known = np.isin(doubted.groups * width + doubted.numbers,
                    fired.groups * width + fired.numbers)  # fmt: skip
    return fired, Pairs(doubted.groups[~known], doubted.numbers[~known])


class _Wants:
    """Asks the reference which facts are wanting, once for each rule and class of rows."""

    def __init__(self, plan: Plan, chunk: Chunk, found: Groups) -> None:
        self.plan = plan
        self.chunk = chunk
        self.found = found
        self._codes: dict[int, Codes] = {}
        self._places: dict[str, int] = {}
        self._found: list[tuple[Ints, Ints]] = []

    def of(self, wanted: Pairs, opened: Ints) -> tuple[tuple[str, ...], Pairs]:
        """Return the facts wanting for pairs of group and rule, and for the gate of `opened`."""
        rules = {rule.id: rule for rule in self.plan.charter.rules}
        for number in np.unique(wanted.numbers):
            rule = rules[self.plan.ids[number]]
            self._ask(wanted.groups[wanted.numbers == number], rule)
        self._ask(opened, None)
        names = tuple(sorted(self._places))
        order = np.array([names.index(name) for name in self._places], np.intp)
        groups, facts = in_all(self._found)
        numbers = order[facts] if len(facts) else facts
        return names, paired(groups, numbers, max(1, len(names)))

    def _ask(self, asked: Ints, rule: Rule | None) -> None:
        """Note what is wanting for a rule, or for the gate, in the groups asked of."""
        if not len(asked):
            return
        codes = self._told_apart(asked, rule)
        firsts = codes.firsts()
        for number, first in enumerate(firsts):
            row = int(self.found.firsts[asked[first]])
            own = asked[codes.codes == number]
            for name in self._wanting(row, rule):
                place = self._places.setdefault(name, len(self._places))
                self._found.append((own, np.full(len(own), place, np.intp)))

    def _told_apart(self, asked: Ints, rule: Rule | None) -> Codes:
        charter = self.plan.charter
        rows = self.found.firsts[asked]
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
        return frozenset(wanting(charter.term, charter.scope.condition(), facts))
