"""The kernel: what a charter rules of an act, read from the bits that its facts leave."""

from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from operator import or_
from typing import Final

from cmcore.base.ledgers import Memory
from cmcore.base.truth import Truth
from cmcore.base.values import internal
from cmcore.charters.act import Act
from cmcore.charters.charter import Charter
from cmcore.charters.conditions.condition import DATED, FactTest, tests
from cmcore.charters.conditions.facts import FactType
from cmcore.charters.context import Context
from cmcore.charters.decision import Outcome, Ruling
from cmcore.charters.index._assemble import Assembly, Source
from cmcore.charters.index._blocks import (
    FORBID,
    PERMIT,
    REFER,
    Gap,
    Item,
    Left,
)
from cmcore.charters.index._narrow import Look
from cmcore.charters.index._scan import Ways, plain, scan
from cmcore.charters.index._shelves import shelve
from cmcore.charters.index._sight import Kinds, Seen
from cmcore.charters.index.normal_form import MOST, Question, normal
from cmcore.charters.meaning.evaluation import combine, gate, judge, rule_truths
from cmcore.charters.meaning.observation import Facts
from cmcore.charters.rule import Rule, Term

Judged = list[tuple[Rule, Truth]]

#: The room for rulings, in rules named: at least so many, and so many for each item.
_ROOM: Final = 4096
_ROOM_EACH: Final = 8
#: How many judgements are remembered.
_REMEMBERED: Final = 4096


@internal
class Verdict:
    """The rules that are true or unknown of an act, as `rule_truths` has them, and the ruling.

    `fired` are the ids of those that are true, `undecided` the others.
    """

    judged: tuple[tuple[Rule, Truth], ...]
    ruling: Ruling
    fired: tuple[str, ...]
    undecided: tuple[Rule, ...]


class Kernel:
    """The index of one charter; what it is asked never changes what it answers."""

    def __init__(self, charter: Charter, most: int = MOST) -> None:
        self.charter = charter
        self.form = normal(charter, most)
        made = Assembly(self.form)
        self._kinds = Kinds(charter, made.sources, self.form.questions)
        # facts that are read by scanning come first, and those that cost most last
        order = sorted(range(len(made.sources)), key=lambda at: _cost(made.sources[at]))
        names = {test.fact for question in self.form.questions for test in _tests(question)}
        self.facts = tuple(sorted(names))
        self.index = shelve(made.items, order)
        self._keys = [shelf.fact for shelf in self.index.shelves]
        self._nothing = Ruling(Outcome.EXCEPTION, (charter.default,), ())
        self.known = Memory[Ruling](_ROOM + _ROOM_EACH * len(made.items))
        #: Returns the ruling on an act in its context.
        self.rule: Callable[[Act, Context], Ruling]
        without = charter.vocabulary.without
        self._is_large = is_large = bool(self.index.loose or self.index.shelves)
        #: What was judged by what is left of the items, where that is all that is to be known.
        self._judged: dict[tuple[int, int] | None, Verdict] = {}
        self._scan, self.rule = scan(
            made.sources, order, self.index.top, self._ways(), without, keep=is_large
        )

    def _ways(self) -> Ways:
        return Ways(self._odd, self._looked, self._ruled, self._unshelved, self.known)

    def _odd(self, act: Act, context: Context) -> Ruling:
        """Return the ruling on what only looks like an act or a context."""
        return judge(self.charter, Facts(self.charter, act, context))

    def _ruled(self, left: int, sure: int) -> Ruling:
        """Return the ruling where all items are in one block, and nothing is left to be asked."""
        key = left if left == sure else (left, sure)
        return self._keep(key, self._combined([(self.index.top, left, sure)]))

    def _keep(self, key: object, ruling: Ruling) -> Ruling:
        return self.known.keep(key, ruling, len(ruling.determining))

    def _unshelved(  # noqa: PLR0913, PLR0917 - an act, and what the scan returns
        self, act: Act, context: Context, left: int, sure: int, late: int, values: list[object]
    ) -> Ruling:
        """Return the ruling where items are on shelves, too."""
        parts = self._parts(left, sure, late, values)
        if parts is None:
            return self._looked(act, context, left, sure, late, values)
        key = tuple(parts)
        return self.known.get(key) or self._keep(key, self._combined(parts))

    def _parts(
        self, left: int, sure: int, late: int, values: Sequence[object]
    ) -> list[Left] | None:
        """Return what is left of all blocks; None where more is to be read or asked."""
        top = self.index.top
        awaited = top.asking
        if late:
            awaited |= reduce(or_, (its.asking for at, its in top.probes if late >> at & 1), 0)
        if left & awaited:
            return None
        if Gap.PENDING in [values[fact] for fact in self._keys]:
            return None
        parts = [(top, left, sure & left)]
        for block in self.index.others(values):
            part = block.narrowed(values)
            if part is None:
                return None
            if part[1]:
                parts.append(part)
        return parts

    def _combined(self, parts: Sequence[Left]) -> Ruling:
        """Return the ruling that follows from what is left, as `combine` has it."""
        if surely := [item for block, _, sure in parts
                      for item in block.those(sure & block.regions[FORBID])]:  # fmt: skip
            return _ruling(Outcome.FORBIDDEN, surely)
        if maybe := [item for block, left, _ in parts
                     for item in block.those(left & block.refusing)]:  # fmt: skip
            return self._held(maybe)
        is_open = any(sure & block.gate for block, _, sure in parts)
        surely = [item for block, _, sure in parts
                  for item in block.those(sure & block.regions[PERMIT])]  # fmt: skip
        return _ruling(Outcome.COVERED, surely) if is_open and surely else self._nothing

    def _looked(  # noqa: PLR0913, PLR0917 - an act, and what the scan returns
        self, act: Act, context: Context, left: int, sure: int, late: int, values: list[object]
    ) -> Ruling:
        """Return the ruling where more is to be read or asked."""
        look = self._look(act, context, left, sure, late, values)
        if surely := look.sure(FORBID):
            return _ruling(Outcome.FORBIDDEN, surely)
        if maybe := look.left(FORBID) + look.left(REFER):
            return self._held(maybe)
        if (surely := look.sure(PERMIT)) and look.opened():
            return _ruling(Outcome.COVERED, surely)
        return self._nothing

    def _held(self, maybe: list[Item]) -> Ruling:
        """Return the ruling where rules refer, or may forbid, and none surely forbids."""
        default = self.charter.default
        asked = (item.rule.sent_to(default) for item in maybe if item.rule)
        circuits = frozenset[str]().union(*asked)
        return _ruling(Outcome.EXCEPTION, maybe, tuple(sorted(circuits)))

    def _look(  # noqa: PLR0913, PLR0917 - the same
        self,
        act: Act,
        context: Context,
        left: int,
        sure: int,
        late: int,
        values: list[object],
        *,
        whole: bool = False,
    ) -> Look:
        seen = Seen(self._kinds, act, context, values or None)
        return Look(seen, self.index, left, sure, late, whole=whole)

    def judged(self, act: Act, context: Context) -> tuple[Verdict, Facts]:
        """Return the rules that are true or unknown, with what follows, and the facts."""
        charter = self.charter
        if act.__class__ is not Act or context.__class__ is not Context:
            facts = Facts(charter, act, context)
            judged = rule_truths(charter, facts, gate(charter, facts))
            return _verdict(charter, [pair for pair in judged if pair[1] is not Truth.FALSE]), facts
        left, sure, late, values = self._scan(act, context)
        key = None if self._is_large or late or left & self.index.top.asking else (left, sure)
        if key in self._judged:
            return self._judged[key], Facts(charter, act, context)
        look = self._look(act, context, left, sure, late, values, whole=True)
        found = sorted(look.truths().items())
        made = _verdict(charter, [(charter.rules[number], is_true) for number, is_true in found])
        if key is not None and len(self._judged) < _REMEMBERED:
            self._judged[key] = made
        return made, look.facts


def _verdict(charter: Charter, judged: Judged) -> Verdict:
    fired = tuple(rule.id for rule, is_true in judged if is_true is Truth.TRUE)
    undecided = tuple(rule for rule, is_true in judged if is_true is Truth.UNKNOWN)
    return Verdict(tuple(judged), combine(charter, judged), fired, undecided)


def _tests(question: Question) -> Iterable[FactTest]:
    return [DATED] if isinstance(question, Term) else tests(question)


def _cost(source: Source) -> int:
    if plain(source):
        return 0
    return 2 if source.type is FactType.TEXT else 1


def _ruling(outcome: Outcome, items: Sequence[Item], circuits: tuple[str, ...] = ()) -> Ruling:
    if len(items) == 1:
        return Ruling(outcome, circuits, (items[0].id,))
    return Ruling(outcome, circuits, tuple(sorted({item.id for item in items})))
