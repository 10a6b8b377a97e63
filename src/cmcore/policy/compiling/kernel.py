"""The kernel: what a charter rules of an act, read from the bits that its facts leave."""

from collections.abc import Callable, Iterable, Sequence

from cmcore.foundation.truth import Truth
from cmcore.nouns.acts import Act
from cmcore.nouns.charter import Charter
from cmcore.nouns.conditions import Op, Test, tests
from cmcore.nouns.context import Context
from cmcore.nouns.decision import Outcome, Ruling
from cmcore.nouns.facts import FactType
from cmcore.nouns.rules import Rule, Term
from cmcore.policy.compiling.assembling import Assembly, Source, assemble
from cmcore.policy.compiling.blocks import (
    FORBID,
    GATE,
    PERMIT,
    REFER,
    Block,
    Gap,
    Item,
    Probe,
    bits,
)
from cmcore.policy.compiling.normal import Question, normal
from cmcore.policy.compiling.scanning import plain, scan
from cmcore.policy.compiling.seeing import Kinds, Seen
from cmcore.policy.compiling.tables import mask
from cmcore.policy.deciding.meaning import gate, judge, rule_truths
from cmcore.policy.deciding.observing import Facts

Judged = list[tuple[Rule, Truth]]


class Kernel:
    """The index of one charter; what it is asked never changes what it answers."""

    def __init__(self, charter: Charter) -> None:
        self.charter = charter
        self.form = normal(charter)
        made = Assembly(self.form)
        self.kinds = Kinds(charter, made.sources, self.form.questions)
        # facts that are read by scanning come first, and those that cost most last
        order = sorted(range(len(made.sources)), key=lambda at: _cost(made.sources[at]))
        names = {test.fact for question in self.form.questions for test in _tests(question)}
        self.facts = tuple(sorted(names))
        self.top = assemble(made.items, order)
        #: The items that stand for blocks.
        self.folded = mask(at for at, item in enumerate(self.top.items) if item.block)
        self._scan = scan(made.sources, order, self.top, keep=self.folded > 0)
        self._nothing = Ruling(Outcome.EXCEPTION, (charter.default,), ())

    def rule(self, act: Act, context: Context) -> Ruling:
        """Return the ruling on an act in its context."""
        if act.__class__ is not Act or context.__class__ is not Context:
            return judge(self.charter, Facts(self.charter, act, context))
        top = self.top
        left, sure, late, values = self._scan(act, context)
        if late or left >= top.refer or left & top.asking:
            return self._ruled(Look(self, act, context, left, sure, late, values))
        sure &= left
        if not sure & GATE or sure == GATE:
            return self._nothing
        sure ^= GATE
        if self.folded:
            return self._unfolded(act, context, left, sure, values)
        return top.alone.get(sure) or _permitted([(top, sure)])

    def _unfolded(
        self, act: Act, context: Context, left: int, sure: int, values: list[object]
    ) -> Ruling:
        """Return the ruling where only permits are left, of which some items stand for many."""
        found = self._within(sure, values)
        if found is None:
            return self._ruled(Look(self, act, context, left, sure | GATE, 0, values))
        if not found:
            return self._nothing
        block, those = found[0]
        return (None if found[1:] else block.alone.get(those)) or _permitted(found)

    def _within(self, these: int, values: Sequence[object]) -> list[tuple[Block, int]] | None:
        """Return which permits surely hold of those that items stand for; None if one asks."""
        found: list[tuple[Block, int]] = []
        while these:
            at = these.bit_length() - 1
            these ^= 1 << at
            block = self.top.items[at].block
            if block is None:
                found.append((self.top, 1 << at))
                continue
            left = sure = block.all
            for fact, look, free in block.quick:
                got = values[fact]
                if got.__class__ is not Gap:
                    left &= look(got)
                elif got is Gap.UNKNOWN:
                    sure &= free
                elif left & ~free:
                    return None
            if left & block.asking:
                return None
            left &= sure
            if left:
                found.append((block, left))
        return found

    def _ruled(self, look: "Look") -> Ruling:
        """Return the ruling that follows, by the first row of `combine` that applies."""
        default = (self.charter.default,)
        if maybe := look.left(FORBID):
            surely = look.sure(FORBID)
            if surely:
                return _ruling(Outcome.FORBIDDEN, surely)
            return _ruling(Outcome.EXCEPTION, maybe, default)
        if maybe := look.left(REFER):
            circuits = {str(item.rule.to) for item in maybe if item.rule}
            return _ruling(Outcome.EXCEPTION, maybe, tuple(sorted(circuits)))
        if (surely := look.sure(PERMIT)) and look.opened():
            return _ruling(Outcome.COVERED, surely)
        return self._nothing

    def judged(self, act: Act, context: Context) -> tuple[Judged, Facts]:
        """Return the rules that are true or unknown, as `rule_truths` has them, and the facts."""
        if act.__class__ is not Act or context.__class__ is not Context:
            facts = Facts(self.charter, act, context)
            judged = rule_truths(self.charter, facts, gate(self.charter, facts))
            return [pair for pair in judged if pair[1] is not Truth.FALSE], facts
        look = Look(self, act, context, *self._scan(act, context), whole=True)
        found = sorted(look.truths().items())
        return [(self.charter.rules[number], is_true) for number, is_true in found], look.facts


def _permitted(found: Sequence[tuple[Block, int]]) -> Ruling:
    items = [item for block, these in found for item in _items(block, these)]
    ruling = _ruling(Outcome.COVERED, items)
    if len(items) == 1:
        block, these = found[0]
        block.alone[these] = ruling
    return ruling


def _tests(question: Question) -> Iterable[Test]:
    return [Test("at", Op.PRESENT, operand=True)] if isinstance(question, Term) else tests(question)


def _cost(source: Source) -> int:
    if plain(source):
        return 0
    return 2 if source.type is FactType.TEXT else 1


def _items(block: Block, these: int) -> list[Item]:
    return [block.items[at] for at in bits(these)]


def _ruling(outcome: Outcome, items: Sequence[Item], circuits: tuple[str, ...] = ()) -> Ruling:
    if len(items) == 1:
        return Ruling(outcome, circuits, (items[0].id,))
    return Ruling(outcome, circuits, tuple(sorted({item.id for item in items})))


class Part:
    """What is left of a block: the items that may hold, and those that surely do if they hold."""

    __slots__ = ("_ask", "_odd", "block", "left", "sure")

    def __init__(self, block: Block, left: int, sure: int) -> None:
        self.block = block
        self.left = left
        self.sure = sure
        self._odd = 0
        self._ask = block.asking

    def narrow(self, probes: Iterable[Probe], seen: Seen) -> "Part":
        """Narrow by facts, each read only if an item that asks for it is left."""
        for fact, its in probes:
            if not self.left & its.asking:
                continue
            got = seen.value(fact)
            if got.__class__ is not Gap:
                self.left &= its.look(got)
            elif got is Gap.UNKNOWN:
                self.sure &= its.free
            elif got is Gap.ABSENT:
                self.left &= its.absent
            else:
                self._odd |= its.asking
                self._ask |= its.asking
        return self

    def settle(self, within: int, seen: Seen) -> "Part":
        """Ask of the items `within` what no table tells."""
        items = self.block.items
        for at in bits(self._ask & self.left & within):
            bit = 1 << at
            self._ask ^= bit
            found = seen.holds(items[at].literals if self._odd & bit else items[at].asks)
            if found is Truth.FALSE:
                self.left ^= bit
            elif found is Truth.UNKNOWN:
                self.sure &= ~bit
        return self


class Look:
    """One act looked at: what its facts leave of each block, as far as somebody asks."""

    __slots__ = ("_kernel", "_parts", "_seen", "_top")

    def __init__(  # noqa: PLR0913, PLR0917 - an act, and what the scan returns
        self,
        kernel: Kernel,
        act: Act,
        context: Context,
        left: int,
        sure: int,
        late: int,
        values: list[object],
        *,
        whole: bool = False,
    ) -> None:
        self._kernel = kernel
        self._seen = Seen(kernel.kinds, act, context, values or None)
        self._top = Part(kernel.top, left, sure)
        self._parts: dict[int, Part] = {}
        if late:
            probes = [probe for probe in kernel.top.probes if late >> probe[0] & 1]
            if not whole:
                self._hasten(probes)
            self._top.narrow(probes, self._seen)

    def _hasten(self, probes: Iterable[Probe]) -> None:
        """Leave only the forbids if one of them holds already, whatever is still to be read."""
        top = self._top
        forbids = top.block.regions[FORBID]
        sure = top.left & top.sure & forbids & ~top.block.asking & ~self._kernel.folded
        for _, its in probes:
            sure &= its.free
        if sure:
            top.left &= forbids

    def left(self, region: int) -> list[Item]:
        """Return the items of a region that hold or may do."""
        return self._left(self._top, region)

    def _left(self, part: Part, region: int) -> list[Item]:
        within = part.block.regions[region]
        return self._unfolded(
            part, part.settle(within, self._seen).left & within, region, self._left
        )

    def sure(self, region: int) -> list[Item]:
        """Return the items of a region that hold."""
        return self._sure(self._top, region)

    def _sure(self, part: Part, region: int) -> list[Item]:
        within = part.block.regions[region] & part.sure
        left = part.settle(within, self._seen).left
        return self._unfolded(part, left & part.sure & within, region, self._sure)

    def _unfolded(
        self, part: Part, these: int, region: int, unfold: Callable[[Part, int], list[Item]]
    ) -> list[Item]:
        """Return the items of a mask, with those that items stand for in their place."""
        found: list[Item] = []
        for item in _items(part.block, these):
            found += [item] if item.block is None else unfold(self._part(item.block), region)
        return found

    @property
    def facts(self) -> Facts:
        """The readings of the reference evaluation."""
        return self._seen.facts

    def truths(self) -> dict[int, Truth]:
        """Return the rules that are true or unknown, by their place in the charter."""
        is_open = self._gate()
        found: dict[int, Truth] = {}
        for effect in (PERMIT, REFER, FORBID):
            surely = {item.number for item in self.sure(effect)}
            for item in self.left(effect):
                own = Truth.of(True if item.number in surely else None)
                own = own & is_open if effect is PERMIT else own
                if own is not Truth.FALSE:
                    found[item.number] = own
        return found

    def _gate(self) -> Truth:
        part = self._top.settle(GATE, self._seen)
        if not part.left & GATE:
            return Truth.FALSE
        return Truth.of(True if part.sure & GATE else None)

    def opened(self) -> bool:
        """Tell whether the charter is surely in force here, and the act in its scope."""
        return self._gate() is Truth.TRUE

    def _part(self, block: Block) -> Part:
        part = self._parts.get(id(block))
        if part is None:
            part = Part(block, block.all, block.all).narrow(block.probes, self._seen)
            self._parts[id(block)] = part
        return part
