"""What lacks at the least without some people: prices that proved it once prove it for others.

At any prices, what is proven for all (see `duals`) is, without somebody, what they alone would have
gained by them the more. So one good set of prices bounds every absence at once, and where it does
not prove enough, it is where to start from.
"""

from cmcore.teams.solver._bundles import choose
from cmcore.teams.solver._duals import FADE, Dual, Node, Prices, Relaxed
from cmcore.teams.solver.model import Model, bits

ROUNDS = 200
"""How often prices are changed at most for one absence."""
FEW = 20
"""The same, where they prove no more; half as often after each absence where that was so."""
_UNIT = 1 << 26


class Floors:
    """Bounds of the shortage without any people; groups by the masks of people."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self._dual = Dual(model, 0, ())
        self._steps = model.ladders((_UNIT, 0, 0, 0, 0, 0))
        self._patience = FEW
        self._known: list[tuple[Prices, int, list[int]]] = []
        self._try(Prices([0] * len(model.rows), (_UNIT, 0, 0, 0, 0, 0)))

    def least(self, away: int) -> int:
        """Return what lacks at the least without some people, by the prices that are known."""
        return max(0, -(-self._best(away)[0] // _UNIT))

    def raised(self, away: int, aim: int) -> int:
        """Return the same, once better prices were looked for that prove `aim`."""
        proof, prices = self._best(away)
        start, way, pace = proof, [0] * len(self.model.rows), 0
        rounds = stale = 0
        node = self._node(prices, away)
        while rounds < ROUNDS and stale <= self._patience and -(-proof // _UNIT) < aim:
            relaxed = self._dual.relax(node, prices)
            if relaxed.proof > proof:
                proof, node.prices, stale = relaxed.proof, prices, 0
            way = self._dual.drift(relaxed.slopes, way)
            prices = self._dual.step(prices, way, aim * _UNIT - relaxed.proof, pace)
            rounds, stale = rounds + 1, stale + 1
            pace += stale % FADE == 0
        self._patience = self._patience // 2 if rounds and proof == start else FEW
        if proof > start:
            self._try(node.prices)
        return max(0, -(-proof // _UNIT))

    def _best(self, away: int) -> tuple[int, Prices]:
        """Return the most that known prices prove without some people, and the prices."""
        return max(
            ((proof + sum(gains[person] for person in bits(away)), prices)
             for prices, proof, gains in self._known),
            key=lambda two: two[0],
        )  # fmt: skip

    def _node(self, prices: Prices, away: int = 0) -> Node:
        may = [0 if away >> n & 1 else mask for n, mask in enumerate(self.model.may)]
        return Node([0] * len(may), may, [0] * len(self.model.rows), prices)

    def _try(self, prices: Prices) -> None:
        """Keep some prices, with what they prove of everybody and what each gains by them."""
        relaxed = self._dual.relax(self._node(prices), prices)
        gains = [self._gain(person, prices, relaxed) for person in range(len(self.model.may))]
        self._known.append((prices, relaxed.proof, gains))

    def _gain(self, person: int, prices: Prices, relaxed: Relaxed) -> int:
        choice, bonuses = (0, self.model.may[person]), self._dual.bonuses(person, prices)
        gains, steps = relaxed.gains[person], self._steps[person]
        return choose(self.model, person, choice, gains, steps, bonuses)[0]
