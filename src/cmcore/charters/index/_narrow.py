"""Looking: what the facts of one act leave of an index, asked for step by step."""

from collections.abc import Iterable

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
from cmcore.charters.index._shelves import Index
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

    def hasten(self, probes: Iterable[Probe]) -> None:
        """Leave only the forbids if one of them holds already, whatever is still to be read."""
        forbids = self.block.regions[FORBID]
        sure = self.left & self.sure & forbids & ~self.block.asking
        for _, its in probes:
            sure &= its.free
        if sure:
            self.left &= forbids

    def those(self, region: int, seen: Seen) -> list[Item]:
        """Return the items of a region that hold or may do."""
        within = self.block.regions[region]
        return self.block.those(self.settle(within, seen).left & within)

    def surely(self, region: int, seen: Seen) -> list[Item]:
        """Return the items of a region that hold."""
        within = self.block.regions[region] & self.sure
        return self.block.those(self.settle(within, seen).left & self.sure & within)

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

    __slots__ = ("_parts", "_seen")

    def __init__(  # noqa: PLR0913 - what the scan returns
        self,
        seen: Seen,
        index: Index,
        left: int,
        sure: int,
        late: int,
        *,
        whole: bool = False,
    ) -> None:
        self._seen = seen
        top = Part(index.top, left, sure)
        probes = [probe for probe in index.top.probes if late >> probe[0] & 1]
        if probes and not whole:
            top.hasten(probes)
        for shelf in index.shelves:
            seen.value(shelf.fact)
        others = [Part(block, block.all, block.all) for block in index.others(seen.values)]
        self._parts = [
            top.narrow(probes, seen),
            *(part.narrow(part.block.probes, seen) for part in others),
        ]

    def left(self, region: int) -> list[Item]:
        """Return the items of a region that hold or may do."""
        return [item for part in self._parts for item in part.those(region, self._seen)]

    def sure(self, region: int) -> list[Item]:
        """Return the items of a region that hold."""
        return [item for part in self._parts for item in part.surely(region, self._seen)]

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
        top = self._parts[0]
        gate = top.block.gate
        part = top.settle(gate, self._seen)
        if not part.left & gate:
            return Truth.FALSE
        return Truth.of(True if part.left & part.sure & gate else None)

    def opened(self) -> bool:
        """Return whether the charter is surely in force here, and the act in its scope."""
        return self._gate() is Truth.TRUE
