"""Looking: what the facts of one act leave of an index, asked for step by step."""

from collections.abc import Callable, Iterable

from cmcore.base.truth import Truth
from cmcore.charters.index._blocks import (
    FORBID,
    PERMIT,
    REFER,
    Block,
    Gap,
    Item,
    Probe,
    bits,
)
from cmcore.charters.index._sight import Seen
from cmcore.charters.meaning.observation import Facts


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
        """Ask the items `within` the questions that no table answers."""
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

    __slots__ = ("_parts", "_seen", "_top")

    def __init__(  # noqa: PLR0913 - what the scan returns
        self,
        seen: Seen,
        top: Block,
        left: int,
        sure: int,
        late: int,
        *,
        whole: bool = False,
    ) -> None:
        self._seen = seen
        self._top = Part(top, left, sure)
        self._parts: dict[int, Part] = {}
        if late:
            probes = [probe for probe in top.probes if late >> probe[0] & 1]
            if not whole:
                self._hasten(probes)
            self._top.narrow(probes, self._seen)

    def _hasten(self, probes: Iterable[Probe]) -> None:
        """Leave only the forbids if one of them holds already, whatever is still to be read."""
        top = self._top
        forbids = top.block.regions[FORBID]
        sure = top.left & top.sure & forbids & ~top.block.asking & ~top.block.folded
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
        for item in part.block.those(these):
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
        gate = self._top.block.gate
        part = self._top.settle(gate, self._seen)
        if not part.left & gate:
            return Truth.FALSE
        return Truth.of(True if part.left & part.sure & gate else None)

    def opened(self) -> bool:
        """Return whether the charter is surely in force here, and the act in its scope."""
        return self._gate() is Truth.TRUE

    def _part(self, block: Block) -> Part:
        part = self._parts.get(id(block))
        if part is None:
            part = Part(block, block.all, block.all).narrow(block.probes, self._seen)
            self._parts[id(block)] = part
        return part
